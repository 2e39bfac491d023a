/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random factors on the rate, each with mean 1, so that the volume keeps its meaning.
 *
 * Day d: W_d, gamma, keyed by date, so that each day is as busy under every policy (busyness
 * factors: Avramidis, Deslauriers and L'Ecuyer, "Modeling daily arrivals to a telephone call
 * center", Management Science 50, 2004).
 *
 * Period i of day d: B_di = G^-1(Phi(Z_di)), G the gamma distribution function with mean 1 and the
 * stated cv, and Z_d1, Z_d2, ... a stationary autoregressive series of standard normal scores that
 * begins anew each day: Z_di = rho Z_d(i-1) + sqrt(1 - rho^2) e_di. That is a normal copula with
 * correlation rho^|i-j| (Channouf and L'Ecuyer, "A normal copula model for the arrival process in a
 * call center", Int. Trans. in Operational Research 19, 2012). Both may be used together.
 */
#include "base/units.h"
#include "center/arrival_rate.h"
#include "center/timetable.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Gamma factor of the day, mean 1. */
static double day_factor(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day)
{
    struct ccs_dist gamma;
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = plan->day_cv;
    const char *wrong = ccs_dist_table[CCS_DIST_GAMMA].make(&gamma, &spec, NULL, NULL);
    CCS_REQUIRE(wrong == NULL);
    gamma.kind = CCS_DIST_GAMMA;
    struct ccs_stream s = ccs_stream_at(w->key, plan->day_entity, CCS_DRAW_DAY_FACTOR,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return ccs_dist_draw(&gamma, &s);
}

/* Standard normal, keyed by stream, date and period. */
static double noise(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day,
                    int64_t period)
{
    uint64_t entity = ccs_entity_member(plan->entity, (uint64_t)(day + (INT64_C(1) << 31)));
    return gsl_cdf_ugaussian_Qinv(
        ccs_uniform_at(w->key, entity, CCS_DRAW_PERIOD_FACTOR, (uint32_t)period));
}

/* Brings the series of scores to this period of this day. */
static void go_to(struct ccs_world *w, const struct ccs_stream_plan *plan,
                  struct ccs_stream_state *st, int64_t day, int64_t period)
{
    double rho = plan->period->correlation;
    if (st->factor_day != day) {
        st->factor_day = day;
        st->period = 0;
        st->score = noise(w, plan, day, 0);
    } else if (st->period == period) {
        return;
    }
    while (st->period < period) {
        st->period++;
        st->score = rho * st->score + sqrt(1 - rho * rho) * noise(w, plan, day, st->period);
    }
    double shape = 1 / (plan->period->cv * plan->period->cv);
    st->period_factor = gsl_cdf_gamma_Qinv(gsl_cdf_ugaussian_Q(st->score), shape, 1 / shape);
}

double ccs_rate_factor(struct ccs_world *w, const struct ccs_stream_plan *plan,
                       struct ccs_stream_state *st, ccs_time *end)
{
    int64_t start_day = w->model->config->run.start_day;
    int64_t day = ccs_day_of(start_day, st->at);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    ccs_time until = midnight + CCS_US_PER_DAY;
    double factor = 1.0;
    if (plan->day_cv > 0) {
        if (day != st->day) {
            st->day = day;
            st->day_factor = day_factor(w, plan, day);
        }
        factor = st->day_factor;
    }
    if (plan->period) {
        int64_t period = (st->at - midnight) / plan->period->interval;
        ccs_time next = midnight + (period + 1) * plan->period->interval;
        go_to(w, plan, st, day, period);
        factor *= st->period_factor;
        until = next < until ? next : until;
    }
    *end = until < *end ? until : *end;
    return factor;
}
