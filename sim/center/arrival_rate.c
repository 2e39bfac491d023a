/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rate, piece by piece, and its inversion: see arrival_rate.h. */
#include "center/arrival_rate.h"

#include "base/units.h"
#include "center/timetable.h"

#include <math.h>

struct piece {
    double rate, slope;
    ccs_time end;
};

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

static void shorten(struct piece *p, ccs_time end)
{
    p->end = end < p->end ? end : p->end;
}

static void scale(struct piece *p, double factor)
{
    p->rate *= factor;
    p->slope *= factor;
}

/* What tables say about the rate from t on: everything that is not drawn. */
static struct piece planned(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                            double per_us, ccs_time t)
{
    int64_t start_day = model->config->run.start_day;
    struct piece p = {.rate = per_us, .end = CCS_TIME_NEVER};
    ccs_time end;
    if (plan->is_line) {
        double slope;
        p.rate *= ccs_series_line_at(plan->volume, start_day, t, &slope, &end);
        p.slope = per_us * slope;
        shorten(&p, end);
    } else if (plan->volume) {
        p.rate *= ccs_series_at(plan->volume, start_day, t, &end);
        shorten(&p, end);
    }
    if (plan->profile) {
        scale(&p, ccs_series_at(plan->profile, start_day, t, &end) / plan->profile_mean);
        shorten(&p, end);
    }
    return p;
}

double ccs_rate_integral(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                         ccs_time from, ccs_time to)
{
    double sum = 0.0;
    for (ccs_time t = from; t < to;) {
        struct piece p = planned(model, plan, plan->per_us, t);
        shorten(&p, to);
        double length = (double)(p.end - t);
        sum += (p.rate + p.slope * length / 2) * length;
        t = p.end;
    }
    return sum;
}

ccs_time ccs_rate_last(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       ccs_time from, ccs_time to)
{
    ccs_time last = from;
    for (ccs_time t = from; t < to;) {
        struct piece p = planned(model, plan, plan->per_us, t);
        shorten(&p, to);
        last = p.rate > 0 || p.slope > 0 ? p.end : last;
        t = p.end;
    }
    return last;
}

double ccs_rate_expected(const struct ccs_model *model, const struct ccs_stream_plan *plan)
{
    return ccs_rate_integral(model, plan, 0, model->config->run.horizon);
}

/* Finds the rate from `at` on and how long it holds. */
static void next_piece(struct ccs_world *w, const struct ccs_stream_plan *plan,
                       struct ccs_stream_state *st)
{
    int64_t start_day = w->model->config->run.start_day;
    bool scales = plan->counts_all && !plan->counts; /* daily counts are scaled themselves */
    double per_us = scales ? plan->per_us * w->volume_factor : plan->per_us;
    struct piece p = planned(w->model, plan, per_us, st->at);
    if (plan->day_cv > 0) {
        int64_t day = ccs_day_of(start_day, st->at);
        if (day != st->day) {
            st->day = day;
            st->day_factor = day_factor(w, plan, day);
        }
        scale(&p, st->day_factor);
        shorten(&p, (day - start_day + 1) * CCS_US_PER_DAY);
    }
    st->rate = p.rate;
    st->slope = p.slope;
    st->piece_begin = st->at;
    st->piece_end = p.end;
}

/* Time until the integral of a line is `need`. */
static double invert(double rate, double slope, double need)
{
    if (slope == 0.0) {
        return need / rate;
    }
    double square = rate * rate + 2 * slope * need;
    return 2 * need / (rate + (square > 0 ? sqrt(square) : 0.0));
}

bool ccs_rate_walk(struct ccs_world *w, const struct ccs_stream_plan *plan,
                   struct ccs_stream_state *st, double need, ccs_time limit)
{
    double rate;
    for (;;) {
        if (st->at >= st->piece_end) {
            next_piece(w, plan, st);
        }
        double length = (double)st->piece_end - (double)st->at;
        rate = st->rate;
        double have = rate * length;
        if (st->slope != 0.0) {
            rate += st->slope * (double)(st->at - st->piece_begin);
            rate = rate > 0 ? rate : 0.0; /* a line that ends in 0, by rounding */
            have = (rate + st->slope * length / 2) * length;
        }
        if (need < have) {
            break;
        }
        need -= have;
        st->at = st->piece_end;
        if (st->at > limit) {
            return false;
        }
    }
    double step = invert(rate, st->slope, need);
    if (step > (double)(limit - st->at)) {
        st->at = CCS_TIME_NEVER;
        st->piece_end = CCS_TIME_NEVER;
        return false;
    }
    st->at += ccs_round(step);
    if (st->slope != 0.0 && st->at > st->piece_end) {
        st->at = st->piece_end; /* by rounding, where the line ends in 0 */
    }
    return true;
}
