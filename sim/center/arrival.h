/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arrival streams: when the next exogenous issue arises.
 *
 * A non-homogeneous Poisson process by inversion of the cumulative rate: E_n ~ Exp(1) is keyed by
 * (stream, n), and the next arrival is where the integral of the rate since the last one reaches
 * E_n (Cinlar, Introduction to Stochastic Processes, 1975, ch. 4). The rate is constant in pieces:
 * volume or population rate x profile x day factor. The day factor is gamma with mean 1, keyed by
 * date, so that each day is as busy under every policy.
 *
 * A population's issues are one stream per segment and type with the rates of all customers added
 * up, and each arrival is given to a customer drawn by key: in law the same as one Poisson process
 * per customer (superposition and marking), at no cost per customer. Arrivals of customers who have
 * left are lost, never given to another.
 */
#ifndef CCS_CENTER_ARRIVAL_H
#define CCS_CENTER_ARRIVAL_H

#include "center/world.h"

/* Schedules the next arrival of a stream, if there is one before the end of the run. */
void ccs_arrival_schedule(struct ccs_world *w, uint32_t stream);

/* Expected arrivals of a stream in the window, by its table alone (factor and day factors 1). */
double ccs_arrival_expected(const struct ccs_model *model, uint32_t stream);

/* The event. */
void ccs_arrival_event(struct ccs_world *w, uint32_t stream);

#endif
