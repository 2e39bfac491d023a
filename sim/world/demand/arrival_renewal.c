/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Renewal arrivals: the integral of the rate between two is X / E[X], X from any distribution. With
 * a constant rate of 1 / E[X] that is the renewal process with times X between arrivals; with a
 * varying rate the process runs in operational time (Gerhardt and Nelson, "Transforming renewal
 * processes for simulation of nonstationary arrival processes", INFORMS J. on Computing 21, 2009).
 * The first arrival comes one X after the beginning of the run. A constant X makes arrivals
 * deterministic.
 */
#include "world/demand/arrival_rate.h"

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    struct ccs_stream s = ccs_arrival_draws(w, plan, st);
    double need = ccs_dist_draw(plan->interarrival, &s) / plan->interarrival_mean_s;
    return ccs_rate_walk(w, plan, st, need, ccs_arrival_limit(w));
}

const struct ccs_arrival_process ccs_arrival_renewal = {
    .name = "renewal", .next = next, .expected = ccs_rate_expected};
