/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rate, piece by piece, and its inversion: see arrival_rate.h. */
#include "world/demand/arrival_rate.h"

#include "base/units.h"
#include "model/timetable.h"

#include <math.h>

struct piece {
    double rate, slope;
    ccs_time end;
};

static void shorten(struct piece *p, ccs_time end)
{
    p->end = end < p->end ? end : p->end;
}

static void scale(struct piece *p, double factor)
{
    p->rate *= factor;
    p->slope *= factor;
}

/* The rule for a day, or NULL. */
static const struct ccs_day_rule *rule_for(const struct ccs_stream_plan *plan, int64_t day)
{
    size_t low = 0;
    size_t high = plan->rule_n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (plan->rule[middle].day < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < plan->rule_n && plan->rule[low].day == day ? &plan->rule[low] : NULL;
}

/* A table of a rule covers its day: its time 0 is that midnight. */
static double day_table(const struct ccs_series *series, int64_t start_day, int64_t day, ccs_time t,
                        ccs_time *end)
{
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    double value = ccs_series_at(series, day, t - midnight, end);
    *end = *end == CCS_TIME_NEVER ? CCS_TIME_NEVER : *end + midnight;
    return value;
}

/* Bursts that multiply the rate. */
static void surge(struct piece *p, const struct ccs_stream_plan *plan, ccs_time t)
{
    for (size_t i = 0; i < plan->surge_n; i++) {
        const struct ccs_surge *s = &plan->surge[i];
        if (t < s->from) {
            shorten(p, s->from);
        } else if (t < s->to) {
            scale(p, s->factor);
            shorten(p, s->to);
        }
    }
}

/* The rate from t on as far as tables say, without random factors, multiplied by `factor`. */
static struct piece planned(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                            double factor, ccs_time t)
{
    int64_t start_day = model->config->run.start_day;
    int64_t day = plan->rule_n ? ccs_day_of(start_day, t) : 0;
    const struct ccs_day_rule *rule = plan->rule_n ? rule_for(plan, day) : NULL;
    struct piece p = {.rate = plan->per_us * factor, .end = CCS_TIME_NEVER};
    ccs_time end;
    if (rule && rule->volume) {
        p.rate = factor * plan->share / (double)rule->volume->interval;
        p.rate *= day_table(rule->volume, start_day, day, t, &end);
        shorten(&p, end);
    } else if (plan->is_line) {
        double slope;
        double per_us = p.rate;
        p.rate *= ccs_series_line_at(plan->volume, start_day, t, &slope, &end);
        p.slope = per_us * slope;
        shorten(&p, end);
    } else if (plan->volume) {
        p.rate *= ccs_series_at(plan->volume, start_day, t, &end);
        shorten(&p, end);
    }
    if (plan->share_table) {
        scale(&p, ccs_series_at(plan->share_table, start_day, t, &end));
        shorten(&p, end);
    }
    if (rule && rule->profile) {
        scale(&p, day_table(rule->profile, start_day, day, t, &end) / plan->profile_mean);
        shorten(&p, end);
    } else if (plan->profile) {
        scale(&p, ccs_series_at(plan->profile, start_day, t, &end) / plan->profile_mean);
        shorten(&p, end);
    }
    if (rule) {
        scale(&p, rule->factor);
    }
    if (plan->rule_n) {
        shorten(&p, (day - start_day + 1) * CCS_US_PER_DAY);
    }
    surge(&p, plan, t);
    return p;
}

double ccs_rate_rule_factor(const struct ccs_stream_plan *plan, int64_t day)
{
    const struct ccs_day_rule *rule = plan->rule_n ? rule_for(plan, day) : NULL;
    return rule ? rule->factor : 1.0;
}

double ccs_rate_integral(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                         ccs_time from, ccs_time to)
{
    double sum = 0.0;
    for (ccs_time t = from; t < to;) {
        struct piece p = planned(model, plan, 1.0, t);
        shorten(&p, to);
        double length = (double)(p.end - t);
        sum += (p.rate + p.slope * length / 2) * length;
        t = p.end;
    }
    return sum;
}

ccs_time ccs_rate_part(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       ccs_time from, ccs_time to, double *weight)
{
    struct piece p = planned(model, plan, 1.0, from);
    shorten(&p, to);
    double length = (double)(p.end - from);
    *weight = (p.rate + p.slope * length / 2) * length;
    return p.end;
}

ccs_time ccs_rate_last(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       ccs_time from, ccs_time to)
{
    ccs_time last = from;
    for (ccs_time t = from; t < to;) {
        struct piece p = planned(model, plan, 1.0, t);
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
    /* of daily counts the counts are scaled */
    bool scales = plan->counts_all && plan->kind != CCS_ARRIVAL_DAILY;
    struct piece p = planned(w->model, plan, scales ? w->volume_factor : 1.0, st->at);
    if (plan->has_factor) {
        scale(&p, ccs_arrival_factor(w, plan, st, &p.end));
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
