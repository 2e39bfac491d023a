/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The naive simulator: the rate of arrivals, and its inversion; see reference.h.
 *
 * Everything that changes a rate does so at a multiple of five minutes. So the rate is asked for
 * anew every five minutes, from the scenario, whether anything has changed or not, and the time
 * within a piece is found by halving.
 */
#include "reference.h"

#include <gsl/gsl_cdf.h>

#define PIECE (5 * CCS_US_PER_MIN)

static double draw_gamma(double cv, struct ccs_stream *s)
{
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = cv;
    struct ccs_dist gamma;
    ck_assert_ptr_null(ccs_dist_find("gamma")->make(&gamma, &spec, NULL, NULL));
    gamma.kind = CCS_DIST_GAMMA;
    return ccs_dist_draw(&gamma, s);
}

static double day_factor(const struct reference *m, const struct stream *st, int64_t day)
{
    const struct ccs_issue_type_config *type = ref_type_of(m, st->type);
    uint64_t whose = type->day_factor_group
                         ? ccs_entity_from_name("day factor", type->day_factor_group)
                         : st->entity;
    struct ccs_stream s = ccs_stream_at(m->world_key, whose, CCS_DRAW_DAY_FACTOR,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return type->day_factor_cv > 0 ? draw_gamma(type->day_factor_cv, &s) : 1;
}

/* Normal scores of all periods of the day up to this one, each from the one before. */
static double period_factor(const struct reference *m, const struct stream *st, int64_t day,
                            int period)
{
    const struct ccs_period_factor_config *cfg = ref_type_of(m, st->type)->period_factor;
    uint64_t entity = ccs_entity_member(st->entity, (uint64_t)(day + (INT64_C(1) << 31)));
    double rho = cfg->correlation;
    double score = 0;
    for (int i = 0; i <= period; i++) {
        double e = gsl_cdf_ugaussian_Qinv(
            ccs_uniform_at(m->world_key, entity, CCS_DRAW_PERIOD_FACTOR, (uint32_t)i));
        score = i == 0 ? e : rho * score + sqrt(1 - rho * rho) * e;
    }
    ccs_time end;
    double cv = ref_table_at(&cfg->cv, m->config->run.start_day,
                             ref_midnight_of(m, day) + period * cfg->interval, &end);
    double shape = 1 / (cv * cv);
    return gsl_cdf_gamma_Qinv(gsl_cdf_ugaussian_Q(score), shape, 1 / shape);
}

/* What is drawn. Kept for as long as it holds: inverses of the gamma distribution are slow. */
static double random_factor(const struct reference *m, struct stream *st, int64_t day)
{
    const struct ccs_period_factor_config *cfg = ref_type_of(m, st->type)->period_factor;
    ccs_time since = st->at - ref_midnight_of(m, day);
    int period = cfg ? (int)(since / cfg->interval) : 0;
    if (st->factor_day != day || st->factor_period != period) {
        st->factor_day = day;
        st->factor_period = period;
        st->factor = day_factor(m, st, day) * (cfg ? period_factor(m, st, day, period) : 1);
    }
    return st->factor;
}

const struct ccs_special_day_config *ref_special_day(const struct reference *m, int type,
                                                     int64_t day)
{
    const struct ccs_issue_type_config *cfg = ref_type_of(m, type);
    for (size_t i = 0; i < cfg->special_days.n; i++) {
        int date = 0; /* all of January 2026 */
        ck_assert_int_eq(sscanf(cfg->special_days.name[i], "2026-01-%d", &date), 1);
        if (day == 20458 + date - 5) {
            return CCS_MAP_AT(cfg->special_days, struct ccs_special_day_config, i);
        }
    }
    bool is_holiday =
        cfg->holidays && ref_is_holiday(ref_calendar_of(m, cfg->holidays->calendar), day);
    return is_holiday ? &cfg->holidays->day : NULL;
}

/* The rate from st->at to `later`, a line between *from and *to. */
static void rate_at(const struct reference *m, struct stream *st, ccs_time later, bool is_random,
                    double *from, double *to)
{
    int64_t start_day = m->config->run.start_day;
    int64_t day = ref_day_of(m, st->at);
    ccs_time since = st->at - ref_midnight_of(m, day);
    const struct ccs_special_day_config *special = ref_special_day(m, st->type, day);
    ccs_time end;
    double factor = 1;
    *from = *to = st->per_us;
    if (special && special->per_interval.n > 0) {
        *from = *to = ref_table_at(&special->per_interval, day, since, &end) /
                      (double)special->per_interval.interval;
    } else if (st->is_line) {
        *from *= ref_line_at(st->volume, start_day, st->at, later, to);
        *to *= st->per_us;
    } else if (st->volume) {
        *from *= ref_table_at(st->volume, start_day, st->at, &end);
        *to = *from;
    }
    if (special && (special->profile.n > 0 || special->profile.is_constant)) {
        factor *= ref_table_at(&special->profile, day, since, &end) / st->profile_mean;
    } else if (st->profile) {
        factor *= ref_table_at(st->profile, start_day, st->at, &end) / st->profile_mean;
    }
    factor *= special && !isnan(special->factor) ? special->factor : 1;
    const struct ccs_map *bursts = &ref_type_of(m, st->type)->bursts;
    for (size_t i = 0; i < bursts->n; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(*bursts, struct ccs_burst_config, i);
        ccs_time begin = ref_midnight_of(m, b->date) + b->from;
        if (!isnan(b->factor) && st->at >= begin && st->at < begin + b->duration) {
            factor *= b->factor;
        }
    }
    factor *= is_random ? random_factor(m, st, day) : 1;
    *from *= factor;
    *to *= factor;
}

static ccs_time next_piece(const struct reference *m, ccs_time t)
{
    ccs_time at = ref_midnight_of(m, ref_day_of(m, t));
    return at + ((t - at) / PIECE + 1) * PIECE;
}

/* Walks along the pieces until `need` is used up; false if that is after `limit`. */
bool ref_walk(const struct reference *m, struct stream *st, double need, ccs_time limit)
{
    while (st->at <= limit) {
        ccs_time end = next_piece(m, st->at);
        double length = (double)(end - st->at);
        double from;
        double to;
        rate_at(m, st, end, st->counts == NULL, &from, &to);
        double have = (from + to) / 2 * length;
        if (need < have) {
            double low = 0;
            double high = length;
            for (int i = 0; i < 80; i++) {
                double d = (low + high) / 2;
                bool is_enough = (from + (to - from) * d / length / 2) * d >= need;
                low = is_enough ? low : d;
                high = is_enough ? d : high;
            }
            st->at += llround(low);
            return st->at <= limit;
        }
        need -= have;
        st->at = end;
    }
    return false;
}

double ref_weight_of_day(const struct reference *m, const struct stream *st, int64_t day)
{
    struct stream at = *st;
    double sum = 0;
    for (at.at = ref_midnight_of(m, day); at.at < ref_midnight_of(m, day + 1); at.at += PIECE) {
        double from;
        double to;
        rate_at(m, &at, at.at + PIECE, false, &from, &to);
        sum += (from + to) / 2 * (double)PIECE;
    }
    return sum;
}

/* Which share of a burst has come s durations after its beginning. */
static double share(int shape, double s)
{
    if (shape == CCS_BURST_EXPONENTIAL) {
        return 1 - exp(-s);
    }
    if (s >= 1) {
        return 1;
    }
    return shape == CCS_BURST_LINEAR ? 1 - (1 - s) * (1 - s) : s;
}

/* When so much of the burst has come, as above. */
ccs_time ref_burst_at(const struct reference *m, const struct ccs_burst_config *b, double part)
{
    double low = 0;
    double high = 100;
    for (int i = 0; i < 200; i++) {
        double s = (low + high) / 2;
        bool is_enough = share(b->shape, s) >= part;
        low = is_enough ? low : s;
        high = is_enough ? s : high;
    }
    return ref_midnight_of(m, b->date) + b->from + llround(low * (double)b->duration);
}
