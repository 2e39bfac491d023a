/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: when issues arise, see reference.h. */
#include "reference.h"

#include "center/timetable.h"

static double day_factor(const struct reference *m, const struct stream *st, int64_t day)
{
    double cv = ref_type_of(m, st->type)->day_factor_cv;
    if (cv <= 0) {
        return 1.0;
    }
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = cv;
    struct ccs_dist gamma;
    ck_assert_ptr_null(ccs_dist_find("gamma")->make(&gamma, &spec, NULL, NULL));
    gamma.kind = CCS_DIST_GAMMA;
    struct ccs_stream s = ccs_stream_at(m->world_key, st->entity, CCS_DRAW_DAY_FACTOR,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return ccs_dist_draw(&gamma, &s);
}

/* Walks along the pieces of constant rate until the exponential of this arrival is used up. */
void ref_schedule_arrival(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    int64_t start_day = m->config->run.start_day;
    struct ccs_stream s =
        ccs_stream_at(m->world_key, ccs_entity_member(st->entity, st->n), CCS_DRAW_ARRIVAL, 0);
    double need = -log(ccs_stream_uniform(&s));
    while (st->at <= m->end) {
        ccs_time a = CCS_TIME_NEVER;
        ccs_time b = CCS_TIME_NEVER;
        double rate = st->per_us;
        rate *= st->volume ? ccs_series_at(st->volume, start_day, st->at, &a) : 1.0;
        rate *= st->profile ? ccs_series_at(st->profile, start_day, st->at, &b) /
                                  ccs_series_mean(st->profile)
                            : 1.0;
        int64_t day = ccs_day_of(start_day, st->at);
        ccs_time piece = a < b ? a : b;
        if (ref_type_of(m, st->type)->day_factor_cv > 0) {
            ccs_time midnight = (day - start_day + 1) * CCS_US_PER_DAY;
            rate *= day_factor(m, st, day);
            piece = midnight < piece ? midnight : piece;
        }
        double have = rate * ((double)piece - (double)st->at);
        if (need < have) {
            st->at += llround(need / rate);
            if (st->at <= m->end) {
                ref_schedule(m, st->at, ARRIVAL, index);
            }
            return;
        }
        need -= have;
        st->at = piece;
    }
}

static int first_channel(const struct reference *m, const struct call *call)
{
    if (m->channel_n == 1) {
        return 0;
    }
    const double *weight = ref_type_of(m, call->type)->channel_mix.v;
    double all = 0;
    for (int c = 0; c < m->channel_n; c++) {
        all += weight[c];
    }
    double u = ccs_uniform_at(m->world_key, call->key, CCS_DRAW_CHANNEL, 0);
    double below = 0;
    for (int c = 0; c < m->channel_n - 1; c++) {
        below += weight[c];
        if (u < below / all) {
            return c;
        }
    }
    return m->channel_n - 1;
}

void ref_arrive(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    uint64_t n = st->n++;
    ref_schedule_arrival(m, index);
    if (m->call_n == m->call_cap) {
        m->call_cap = 2 * m->call_cap + 64;
        m->calls = realloc(m->calls, m->call_cap * sizeof *m->calls);
        ck_assert_ptr_nonnull(m->calls);
    }
    struct call *call = &m->calls[m->call_n++];
    *call = (struct call){.key = ccs_entity_member(st->entity, n),
                          .type = st->type,
                          .arose = m->now,
                          .is_cohort = ref_in_window(m)};
    call->channel = first_channel(m, call);
    m->tally.cohort[call->type].issues += call->is_cohort;
    ref_attempt(m, (int)(m->call_n - 1));
}

static void add_stream(struct reference *m, int type, const char *segment, const char *what,
                       double per_us, const struct ccs_series *volume)
{
    char name[300];
    snprintf(name, sizeof name, "%s/%s/%s", segment, m->config->issue_types.name[type], what);
    const struct ccs_series *profile = &ref_type_of(m, type)->profile;
    ck_assert_int_lt(m->stream_n, MAX_STREAMS);
    m->stream[m->stream_n++] = (struct stream){.entity = ccs_entity_from_name("stream", name),
                                               .type = type,
                                               .per_us = per_us,
                                               .volume = volume,
                                               .profile = profile->is_constant ? NULL : profile};
}

void ref_add_streams(struct reference *m)
{
    for (int y = 0; y < m->type_n; y++) {
        const struct ccs_issue_type_config *type = ref_type_of(m, y);
        for (size_t s = 0; s < m->config->segments.n && type->rate_per_customer_year.n; s++) {
            double rate = type->rate_per_customer_year.v[s];
            int64_t n = CCS_MAP_AT(m->config->segments, struct ccs_segment_config, s)->population;
            if (rate > 0) {
                add_stream(m, y, m->config->segments.name[s], "rate",
                           rate * (double)n / (double)CCS_US_PER_YEAR, NULL);
            }
        }
        if (type->volume) {
            bool is_table = type->volume->per_interval.n > 0;
            add_stream(m, y, "", "volume",
                       is_table ? 1.0 / (double)type->volume->per_interval.interval
                                : type->volume->rate_per_h / (double)CCS_US_PER_H,
                       is_table ? &type->volume->per_interval : NULL);
        }
    }
}
