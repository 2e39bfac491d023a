/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inversion of the cumulative rate, piece by piece: see arrival.h. */
#include "center/arrival.h"

#include "base/units.h"
#include "center/issue.h"
#include "center/timetable.h"

#include <math.h>

static struct ccs_stream_state *state_of(struct ccs_world *w, uint32_t stream)
{
    return &((struct ccs_stream_state *)w->streams.data)[stream];
}

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
    struct ccs_stream s = ccs_stream_at(w->key, plan->entity, CCS_DRAW_DAY_FACTOR,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return ccs_dist_draw(&gamma, &s);
}

double ccs_arrival_expected(const struct ccs_model *model, uint32_t stream)
{
    const struct ccs_stream_plan *plan = &model->streams[stream];
    int64_t start_day = model->config->run.start_day;
    ccs_time horizon = model->config->run.horizon;
    double sum = 0.0;
    for (ccs_time t = 0; t < horizon;) {
        ccs_time until = horizon;
        ccs_time end;
        double rate = plan->per_us;
        if (plan->volume) {
            rate *= ccs_series_at(plan->volume, start_day, t, &end);
            until = end < until ? end : until;
        }
        if (plan->profile) {
            rate *= ccs_series_at(plan->profile, start_day, t, &end) / plan->profile_mean;
            until = end < until ? end : until;
        }
        sum += rate * (double)(until - t);
        t = until;
    }
    return sum;
}

/* Finds the rate from `at` on and how long it holds. */
static void next_piece(struct ccs_world *w, const struct ccs_stream_plan *plan,
                       struct ccs_stream_state *st)
{
    int64_t start_day = w->model->config->run.start_day;
    double rate = plan->counts_all ? plan->per_us * w->volume_factor : plan->per_us;
    ccs_time until = CCS_TIME_NEVER;
    ccs_time end;
    if (plan->volume) {
        rate *= ccs_series_at(plan->volume, start_day, st->at, &end);
        until = end < until ? end : until;
    }
    if (plan->profile) {
        rate *= ccs_series_at(plan->profile, start_day, st->at, &end) / plan->profile_mean;
        until = end < until ? end : until;
    }
    if (plan->day_cv > 0) {
        int64_t day = ccs_day_of(start_day, st->at);
        if (day != st->day) {
            st->day = day;
            st->day_factor = day_factor(w, plan, day);
        }
        rate *= st->day_factor;
        end = (day - start_day + 1) * CCS_US_PER_DAY;
        until = end < until ? end : until;
    }
    st->rate = rate;
    st->piece_end = until;
}

void ccs_arrival_schedule(struct ccs_world *w, uint32_t stream)
{
    const struct ccs_stream_plan *plan = &w->model->streams[stream];
    const struct ccs_run_config *run = &w->model->config->run;
    struct ccs_stream_state *st = state_of(w, stream);
    struct ccs_stream s =
        ccs_stream_at(w->key, ccs_entity_member(plan->entity, st->n), CCS_DRAW_ARRIVAL, 0);
    double need = -log(ccs_stream_uniform(&s));
    ccs_time end = run->horizon + run->follow_up;
    for (;;) {
        if (st->at >= st->piece_end) {
            next_piece(w, plan, st);
        }
        double have = st->rate * ((double)st->piece_end - (double)st->at);
        if (need < have) {
            break;
        }
        need -= have;
        st->at = st->piece_end;
        if (st->at > end) {
            return;
        }
    }
    double step = need / st->rate;
    if (step > (double)(end - st->at)) {
        st->at = CCS_TIME_NEVER;
        st->piece_end = CCS_TIME_NEVER;
        return;
    }
    st->at += ccs_round(step);
    ccs_world_schedule(w, st->at, CCS_EV_ARRIVAL, stream);
}

void ccs_arrival_event(struct ccs_world *w, uint32_t stream)
{
    uint64_t n = state_of(w, stream)->n++;
    ccs_arrival_schedule(w, stream);
    ccs_issue_arrive(w, stream, n);
}
