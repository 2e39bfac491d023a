/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Daily counts: N contacts on a day, fixed or drawn, at independent times whose density is the
 * profile of that day (with random shares: arrival_shares.c). They are made in order: of k points
 * still to come in what is left of the day, the next is at 1 - V^(1/k) of its weight, V uniform
 * (the smallest of k uniform order statistics; Bentley and Saxe, "Generating sorted lists of random
 * numbers", ACM TOMS 6, 1980).
 *
 * A count with a fraction f is one more with probability f. That and the drawn totals are keyed by
 * date.
 */
#include "base/units.h"
#include "model/timetable.h"
#include "world/demand/arrival_rate.h"

#include <math.h>

static ccs_time midnight_of(const struct ccs_model *model, int64_t day)
{
    return (day - model->config->run.start_day) * CCS_US_PER_DAY;
}

/* Contacts expected on the day, before the factor of the world. */
static double table_at(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       int64_t day)
{
    if (plan->total) {
        return plan->per_count * ccs_rate_rule_factor(plan, day) * ccs_dist_mean(plan->total);
    }
    ccs_time until;
    return plan->per_count * ccs_rate_rule_factor(plan, day) *
           ccs_series_at(plan->counts, model->config->run.start_day, midnight_of(model, day),
                         &until);
}

static double total_on(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day)
{
    struct ccs_stream s = ccs_stream_at(w->key, plan->entity, CCS_DRAW_DAY_TOTAL,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return plan->per_count * ccs_rate_rule_factor(plan, day) * ccs_dist_draw(plan->total, &s);
}

static int64_t count_of(const struct ccs_world *w, const struct ccs_stream_plan *plan, int64_t day)
{
    double mean = plan->total ? total_on(w, plan, day) : table_at(w->model, plan, day);
    mean = fmin(mean * (plan->counts_all ? w->volume_factor : 1.0), 1e15); /* a heavy tail */
    double whole = floor(mean);
    double u = ccs_uniform_at(w->key, plan->entity, CCS_DRAW_DAY_COUNT,
                              (uint32_t)(day + (INT64_C(1) << 31)));
    return (int64_t)whole + (u < mean - whole);
}

static void next_day(struct ccs_world *w, const struct ccs_stream_plan *plan,
                     struct ccs_stream_state *st)
{
    st->count_day++;
    st->at = midnight_of(w->model, st->count_day);
    st->piece_end = st->at;
    st->mass = plan->concentration > 0
                   ? ccs_arrival_shares_mass(w, plan, st, st->at)
                   : ccs_rate_integral(w->model, plan, st->at, st->at + CCS_US_PER_DAY);
    st->left = st->mass > 0 ? count_of(w, plan, st->count_day) : 0;
}

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    ccs_time end = ccs_arrival_limit(w);
    for (;;) {
        while (st->left == 0) {
            if (midnight_of(w->model, st->count_day + 1) > end) {
                return false;
            }
            next_day(w, plan, st);
        }
        struct ccs_stream s = ccs_arrival_draws(w, plan, st);
        double need = st->mass * -expm1(log(ccs_stream_uniform(&s)) / (double)st->left);
        ccs_time last = midnight_of(w->model, st->count_day) + CCS_US_PER_DAY - 1;
        st->mass -= need;
        st->left--;
        if (!ccs_rate_walk(w, plan, st, need, last)) { /* by rounding beyond the last weight */
            st->at = ccs_rate_last(w->model, plan, last + 1 - CCS_US_PER_DAY, last + 1) - 1;
            st->piece_end = st->at;
        }
        if (st->at > end) {
            return false;
        }
        if (st->at >= w->now) {
            return true;
        }
        st->n++; /* the run begins later on this day */
    }
}

/* Days of which only a part lies in the window count by their weight. */
static double expected(const struct ccs_model *model, const struct ccs_stream_plan *plan)
{
    double sum = 0.0;
    int64_t day = model->config->run.start_day;
    for (ccs_time t = 0; t < model->config->run.horizon; t += CCS_US_PER_DAY, day++) {
        ccs_time to = t + CCS_US_PER_DAY;
        double all = ccs_rate_integral(model, plan, t, to);
        if (to > model->config->run.horizon && all > 0) {
            sum += table_at(model, plan, day) *
                   ccs_rate_integral(model, plan, t, model->config->run.horizon) / all;
        } else if (all > 0) {
            sum += table_at(model, plan, day);
        }
    }
    return sum;
}

const struct ccs_arrival_process ccs_arrival_daily = {
    .name = "daily counts", .next = next, .expected = expected};
