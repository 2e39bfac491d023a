/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random shares of a day: with parts i of the day (the pieces of its profile), shares p_i of the
 * profile and concentration c, the shares are Dirichlet(c p_1, c p_2, ...): independent gamma
 * variables G_i with shapes c p_i over their sum. Given a count of the day, the counts of its parts
 * are Dirichlet multinomial (Avramidis, Deslauriers and L'Ecuyer, "Modeling daily arrivals to a
 * telephone call center", Management Science 50, 2004).
 *
 * The rate is scaled so that its integral over part i is G_i, and over the day their sum: counts of
 * a day (arrival_daily.c) need no more than proportions. G_i is keyed by stream, date and the time
 * at which the part begins, so that it can be drawn again when the walk comes there.
 */
#include "base/units.h"
#include "model/timetable.h"
#include "random/gsl_rng.h"
#include "world/demand/arrival_rate.h"

#include <gsl/gsl_randist.h>

/* G of the part that begins at t. */
static double gamma_at(const struct ccs_world *w, const struct ccs_stream_plan *plan, ccs_time t,
                       double shape)
{
    int64_t start_day = w->model->config->run.start_day;
    int64_t day = ccs_day_of(start_day, t);
    ccs_time since_midnight = t - (day - start_day) * CCS_US_PER_DAY;
    uint64_t entity = ccs_entity_member(plan->entity, (uint64_t)(day + (INT64_C(1) << 31)));
    struct ccs_stream s = ccs_stream_at(w->key, entity, CCS_DRAW_PROFILE_SHARE,
                                        (uint32_t)(since_midnight / (CCS_US_PER_S / 1000)));
    gsl_rng rng = ccs_gsl_rng(&s);
    return gsl_ran_gamma(&rng, shape, 1.0);
}

double ccs_arrival_shares_mass(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                               struct ccs_stream_state *st, ccs_time midnight)
{
    ccs_time end = midnight + CCS_US_PER_DAY;
    double sum = 0.0;
    st->day_weight = ccs_rate_integral(w->model, plan, midnight, end);
    for (ccs_time t = midnight; t < end && st->day_weight > 0;) {
        double weight;
        ccs_time next = ccs_rate_part(w->model, plan, t, end, &weight);
        sum += weight > 0 ? gamma_at(w, plan, t, plan->concentration * weight / st->day_weight) : 0;
        t = next;
    }
    return sum;
}

double ccs_arrival_shares_factor(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                                 const struct ccs_stream_state *st, ccs_time end)
{
    double weight;
    ccs_rate_part(w->model, plan, st->at, end, &weight);
    return weight > 0
               ? gamma_at(w, plan, st->at, plan->concentration * weight / st->day_weight) / weight
               : 0.0;
}
