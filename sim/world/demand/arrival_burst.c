/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A burst of contacts on top of the rate: a Poisson process with N contacts expected in all, of
 * which F(s) have come s after its beginning. Arrivals are where N F reaches E_1, E_1 + E_2, ...,
 * E ~ Exp(1), by the inverse of F:
 *     flat         F(s) = s / D                   until D
 *     linear       F(s) = 1 - (1 - s / D)^2       the rate falls in a line to 0 at D
 *     exponential  F(s) = 1 - exp(-s / D)         the rate falls to 37 % every D
 */
#include "base/units.h"
#include "world/demand/arrival_rate.h"

#include <math.h>

static ccs_time begin_of(const struct ccs_model *model, const struct ccs_burst_config *burst)
{
    return (burst->date - model->config->run.start_day) * CCS_US_PER_DAY + burst->from;
}

/* F^-1, in units of D; x < 1. */
static double inverse(int shape, double x)
{
    switch ((enum ccs_burst_shape)shape) {
    case CCS_BURST_LINEAR:
        return x / (1 + sqrt(1 - x)); /* 1 - sqrt(1 - x) */
    case CCS_BURST_EXPONENTIAL:
        return -log1p(-x);
    case CCS_BURST_FLAT:
        break;
    }
    return x;
}

/* F; any s. */
static double share(int shape, double s)
{
    if (s <= 0) {
        return 0.0;
    }
    switch ((enum ccs_burst_shape)shape) {
    case CCS_BURST_LINEAR:
        return s < 1 ? s * (2 - s) : 1.0;
    case CCS_BURST_EXPONENTIAL:
        return -expm1(-s);
    case CCS_BURST_FLAT:
        break;
    }
    return s < 1 ? s : 1.0;
}

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    const struct ccs_burst_config *burst = plan->burst;
    ccs_time begin = begin_of(w->model, burst);
    for (;;) {
        struct ccs_stream s = ccs_arrival_draws(w, plan, st);
        st->mass -= log(ccs_stream_uniform(&s));
        if (st->mass >= burst->contacts) {
            return false;
        }
        double after = (double)burst->duration * inverse(burst->shape, st->mass / burst->contacts);
        if (after > (double)(ccs_arrival_limit(w) - begin)) {
            return false;
        }
        st->at = begin + ccs_round(after);
        if (st->at >= w->now) {
            return true;
        }
        st->n++; /* arrivals before the run begins */
    }
}

static double expected(const struct ccs_model *model, const struct ccs_stream_plan *plan)
{
    const struct ccs_burst_config *burst = plan->burst;
    double from = (double)-begin_of(model, burst);
    double to = from + (double)model->config->run.horizon;
    double length = (double)burst->duration;
    return burst->contacts *
           (share(burst->shape, to / length) - share(burst->shape, from / length));
}

const struct ccs_arrival_process ccs_arrival_burst = {
    .name = "burst", .next = next, .expected = expected};
