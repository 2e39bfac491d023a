/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counts of intervals: exactly N contacts in each interval of a table, at independent times spread
 * evenly over it, made in order: of k points still to come in what is left of the interval, the
 * next is at 1 - V^(1/k) of its length, V uniform (see arrival_daily.c). Given their counts, that
 * is what the arrivals of a Poisson process with a rate constant within intervals do, so that real
 * counts can be run as they were.
 *
 * A count with a fraction f is one more with probability f, keyed by the interval's beginning.
 */
#include "base/units.h"
#include "model/timetable.h"
#include "world/demand/arrival_rate.h"

#include <math.h>

/* Contacts expected in the interval at t (0 where the table has no value), and the end of it. The
 * factor of a special day is that of the day on which the interval begins. */
static double mean_at(const struct ccs_model *model, const struct ccs_stream_plan *plan, ccs_time t,
                      ccs_time *end)
{
    int64_t start_day = model->config->run.start_day;
    return plan->per_count * ccs_series_at(plan->counts, start_day, t, end) *
           ccs_rate_rule_factor(plan, ccs_day_of(start_day, t));
}

/* The beginning of the interval in which t lies. */
static ccs_time begin_of(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                         ccs_time t)
{
    ccs_time end;
    double value = ccs_series_at(plan->counts, model->config->run.start_day, t, &end);
    return value > 0 ? end - plan->counts->interval : t;
}

static void fill(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st, ccs_time begin)
{
    double mean = mean_at(w->model, plan, begin, &st->piece_end);
    mean *= plan->counts_all ? w->volume_factor : 1.0;
    double whole = floor(mean);
    int64_t since_1970 = w->model->config->run.start_day * CCS_US_PER_DAY + begin;
    double u = ccs_uniform_at(w->key, ccs_entity_member(plan->entity, (uint64_t)since_1970),
                              CCS_DRAW_INTERVAL_COUNT, 0);
    st->left = (int64_t)whole + (u < mean - whole);
    st->piece_begin = begin;
    st->mass = (double)st->piece_end - (double)begin;
}

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    ccs_time limit = ccs_arrival_limit(w);
    for (;;) {
        while (st->left == 0) {
            if (st->piece_end > limit) {
                return false;
            }
            bool is_first = st->piece_end == w->now && st->n == 0 && st->mass == 0;
            fill(w, plan, st, is_first ? begin_of(w->model, plan, st->piece_end) : st->piece_end);
        }
        struct ccs_stream s = ccs_arrival_draws(w, plan, st);
        st->mass *= exp(log(ccs_stream_uniform(&s)) / (double)st->left); /* of time still to come */
        st->left--;
        st->at = st->piece_end - (ccs_time)ceil(st->mass);
        st->at = st->at < st->piece_begin ? st->piece_begin : st->at;
        if (st->at > limit) {
            return false;
        }
        if (st->at >= w->now) {
            return true;
        }
        st->n++; /* the run begins later in this interval */
    }
}

/* Intervals of which only a part lies in the window count by their length. */
static double expected(const struct ccs_model *model, const struct ccs_stream_plan *plan)
{
    double sum = 0.0;
    ccs_time horizon = model->config->run.horizon;
    for (ccs_time t = begin_of(model, plan, 0), end; t < horizon; t = end) {
        double mean = mean_at(model, plan, t, &end);
        ccs_time from = t > 0 ? t : 0;
        ccs_time to = end < horizon ? end : horizon;
        sum += mean > 0 ? mean * (double)(to - from) / (double)(end - t) : 0.0;
    }
    return sum;
}

const struct ccs_arrival_process ccs_arrival_interval = {
    .name = "interval counts", .next = next, .expected = expected};
