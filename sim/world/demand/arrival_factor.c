/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random factors on the rate, each with mean 1, so that the volume keeps its meaning.
 *
 * Day d: W_d, keyed by date, so that each day is as busy under every policy (busyness factors:
 * Avramidis, Deslauriers and L'Ecuyer, "Modeling daily arrivals to a telephone call center",
 * Management Science 50, 2004). Gamma or any distribution over its mean; the type's own times one
 * that is common to a group.
 *
 * Period i of day d: B_di = G^-1(Phi(Z_di)), G the gamma distribution function with mean 1 and the
 * stated cv, and Z_d1, Z_d2, ... a stationary autoregressive series of standard normal scores that
 * begins anew each day: Z_di = rho Z_d(i-1) + sqrt(1 - rho^2) e_di. That is a normal copula with
 * correlation rho^|i-j| (Channouf and L'Ecuyer, "A normal copula model for the arrival process in a
 * call center", Int. Trans. in Operational Research 19, 2012). Both may be used together.
 *
 * With a floor c and noise n the score is sqrt(1 - c - n) Z_di + sqrt(c) D_d + sqrt(n) E_di, D and
 * E independent standard normal, so that periods k > 0 apart have c + (1 - c - n) rho^k.
 */
#include "base/units.h"
#include "model/timetable.h"
#include "random/gamma_point.h"
#include "world/demand/arrival_rate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Product of the factors of the day, mean 1. */
static double day_factor(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day)
{
    double product = 1.0;
    for (int i = 0; i < plan->day_factor_n; i++) {
        const struct ccs_day_factor *f = &plan->day_factor[i];
        struct ccs_stream s = ccs_stream_at(w->key, f->entity, CCS_DRAW_DAY_FACTOR,
                                            (uint32_t)(day + (INT64_C(1) << 31)));
        product *= ccs_dist_draw(&f->dist, &s) / f->mean;
    }
    return product;
}

#define WHOLE_DAY UINT32_MAX /* instead of a period */

/* Standard normal, keyed by stream, date and period. */
static double normal_at(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day,
                        enum ccs_purpose purpose, int64_t period)
{
    uint64_t entity = ccs_entity_member(plan->entity, (uint64_t)(day + (INT64_C(1) << 31)));
    return gsl_cdf_ugaussian_Qinv(ccs_uniform_at(w->key, entity, purpose, (uint32_t)period));
}

static double noise(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day,
                    int64_t period)
{
    return normal_at(w, plan, day, CCS_DRAW_PERIOD_FACTOR, period);
}

/* The score of the series with what the day shares and what the period has for itself. */
static double score_of(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                       const struct ccs_stream_state *st)
{
    double shared = plan->period->correlation_floor;
    double own = plan->period->correlation_noise;
    if (shared + own <= 0) {
        return st->score;
    }
    return sqrt(fmax(1 - shared - own, 0)) * st->score +
           sqrt(shared) * noise(w, plan, st->factor_day, WHOLE_DAY) +
           sqrt(own) * normal_at(w, plan, st->factor_day, CCS_DRAW_PERIOD_NOISE, st->period);
}

static double cv_of(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                    const struct ccs_stream_state *st)
{
    int64_t start_day = w->model->config->run.start_day;
    ccs_time until;
    return ccs_series_at(&plan->period->cv, start_day,
                         (st->factor_day - start_day) * CCS_US_PER_DAY +
                             st->period * plan->period->interval,
                         &until);
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
    double cv = cv_of(w, plan, st);
    double score = score_of(w, plan, st);
    st->period_factor =
        cv > 0 ? ccs_gamma_point(gsl_cdf_ugaussian_P(score), gsl_cdf_ugaussian_Q(score), cv) : 1.0;
}

double ccs_arrival_factor(struct ccs_world *w, const struct ccs_stream_plan *plan,
                          struct ccs_stream_state *st, ccs_time *end)
{
    int64_t start_day = w->model->config->run.start_day;
    int64_t day = ccs_day_of(start_day, st->at);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    ccs_time until = midnight + CCS_US_PER_DAY;
    double factor = 1.0;
    if (plan->day_factor_n > 0) {
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
    if (plan->concentration > 0) {
        factor *= ccs_arrival_shares_factor(w, plan, st, *end);
    }
    return factor;
}
