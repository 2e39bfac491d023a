/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arrival streams: when the next exogenous issue arises. One file per process
 * (arrival_<name>.c), one row each in the table of arrival.c; what they share, the rate in pieces
 * and its inversion, is in arrival_rate.h.
 *
 * The issues of a population come in one stream per segment and type, with the rates of all
 * customers added up; each arrival is given to a customer drawn by key. In law that is one Poisson
 * process per customer (superposition and marking), at no cost per customer. Arrivals of customers
 * who have left are lost, never given to another customer.
 *
 * Invariant: the n-th arrival of a stream is keyed by (stream, n), so that it is the same under
 * every policy.
 */
#ifndef CCS_WORLD_DEMAND_ARRIVAL_H
#define CCS_WORLD_DEMAND_ARRIVAL_H

#include "world/world.h"

struct ccs_arrival_process {
    const char *name;
    /* Sets st->at to the time of arrival st->n. False if that is after the end of the run. */
    bool (*next)(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st);
    /* Expected number in the window, random factors at their mean, volume factor 1. */
    double (*expected)(const struct ccs_model *model, const struct ccs_stream_plan *plan);
};

/* At the beginning of a world: sets the stream up and schedules its first arrival. */
void ccs_arrival_begin(struct ccs_world *w, uint32_t stream);

/* Expected arrivals of a stream in the window, by its table alone (factor and day factors 1). */
double ccs_arrival_expected(const struct ccs_model *model, uint32_t stream);

/* CCS_EV_ARRIVAL: schedules the next arrival of the stream; the issue of this one arises. */
void ccs_arrival_event(struct ccs_world *w, uint32_t stream);

#endif
