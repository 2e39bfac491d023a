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

/* The rate from st->at on is a line until *end. */
static double rate_of(const struct reference *m, const struct stream *st, double *slope,
                      ccs_time *end)
{
    int64_t start_day = m->config->run.start_day;
    ccs_time a = CCS_TIME_NEVER;
    ccs_time b = CCS_TIME_NEVER;
    double rate = st->per_us;
    *slope = 0;
    if (st->is_line) {
        rate *= ccs_series_line_at(st->volume, start_day, st->at, slope, &a);
        *slope *= st->per_us;
    } else if (st->volume) {
        rate *= ccs_series_at(st->volume, start_day, st->at, &a);
    }
    double factor = st->profile ? ccs_series_at(st->profile, start_day, st->at, &b) /
                                      ccs_series_mean(st->profile)
                                : 1.0;
    *end = a < b ? a : b;
    int64_t day = ccs_day_of(start_day, st->at);
    if (ref_type_of(m, st->type)->day_factor_cv > 0) {
        ccs_time midnight = (day - start_day + 1) * CCS_US_PER_DAY;
        factor *= day_factor(m, st, day);
        *end = midnight < *end ? midnight : *end;
    }
    *slope *= factor;
    return rate * factor;
}

/* Walks along the pieces until `need` is used up; false if that is after `limit`. */
static bool walk(const struct reference *m, struct stream *st, double need, ccs_time limit)
{
    while (st->at <= limit) {
        double slope;
        ccs_time end;
        double rate = rate_of(m, st, &slope, &end);
        double length = (double)end - (double)st->at;
        double have = slope == 0 ? rate * length : (rate + slope * length / 2) * length;
        if (need < have) { /* r d + s d^2 / 2 = need, as at school */
            double d = slope == 0 ? need / rate
                                  : (sqrt(fmax(rate * rate + 2 * slope * need, 0)) - rate) / slope;
            st->at += llround(d);
            return st->at <= limit;
        }
        need -= have;
        st->at = end;
    }
    return false;
}

static ccs_time midnight_of(const struct reference *m, int64_t day)
{
    return (day - m->config->run.start_day) * CCS_US_PER_DAY;
}

/* How many on the day, and the weight of all of it. */
static void begin_day(const struct reference *m, struct stream *st)
{
    ccs_time until;
    double mean =
        ccs_series_at(st->counts, m->config->run.start_day, midnight_of(m, st->day), &until);
    double u = ccs_uniform_at(m->world_key, st->entity, CCS_DRAW_DAY_COUNT,
                              (uint32_t)(st->day + (INT64_C(1) << 31)));
    st->left = (int64_t)floor(mean) + (u < mean - floor(mean));
    st->mass = 0;
    ccs_time next = midnight_of(m, st->day + 1);
    for (st->at = midnight_of(m, st->day); st->at < next;) {
        double slope;
        ccs_time end;
        double rate = rate_of(m, st, &slope, &end);
        end = end < next ? end : next;
        st->mass += rate * (double)(end - st->at);
        st->at = end;
    }
    st->at = midnight_of(m, st->day);
}

/* The earliest of those that are left of the day, or of the next day with any. */
static bool next_of_day(const struct reference *m, struct stream *st, double u)
{
    while (st->left == 0) {
        st->day++;
        if (midnight_of(m, st->day) > m->end) {
            return false;
        }
        begin_day(m, st);
    }
    double need = st->mass * -expm1(log(u) / (double)st->left);
    st->mass -= need;
    st->left--;
    ck_assert(walk(m, st, need, midnight_of(m, st->day + 1) - 1));
    return st->at <= m->end;
}

static bool next_recorded(const struct reference *m, struct stream *st)
{
    if (st->n >= st->replay->n) {
        return false;
    }
    st->at = st->replay->row[st->n].at;
    return st->at <= m->end;
}

void ref_schedule_arrival(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    for (bool is_past = true; is_past; st->n += is_past) {
        struct ccs_stream s =
            ccs_stream_at(m->world_key, ccs_entity_member(st->entity, st->n), CCS_DRAW_ARRIVAL, 0);
        bool is_any;
        if (st->replay) {
            is_any = next_recorded(m, st);
        } else if (st->counts) {
            is_any = next_of_day(m, st, ccs_stream_uniform(&s));
        } else if (st->interarrival) {
            double need = ccs_dist_draw(st->interarrival, &s) / ccs_dist_mean(st->interarrival);
            is_any = walk(m, st, need, m->end);
        } else {
            is_any = walk(m, st, -log(ccs_stream_uniform(&s)), m->end);
        }
        if (!is_any) {
            return;
        }
        is_past = st->at < m->now; /* on the day on which the run begins, but before */
    }
    ref_schedule(m, st->at, ARRIVAL, index);
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

/* Whose issue it is; -1 if nobody remembers. */
static int customer_of(const struct reference *m, const struct stream *st, uint64_t key)
{
    if (st->segment < 0) {
        return -1;
    }
    ck_assert_uint_eq(m->config->segments.n, 1);
    int64_t n = CCS_MAP_AT(m->config->segments, struct ccs_segment_config, 0)->population;
    return (int)(ccs_uniform_at(m->world_key, key, CCS_DRAW_CUSTOMER, 0) * (double)n);
}

/* Does the customer keep to one issue at a time, and has one? */
static bool is_held_off(const struct reference *m, const struct stream *st, int customer)
{
    if (customer < 0 ||
        !CCS_MAP_AT(m->config->segments, struct ccs_segment_config, st->segment)->one_at_a_time) {
        return false;
    }
    bool found = false;
    for (size_t i = 0; i < m->call_n; i++) {
        found = found || (m->calls[i].customer == customer && m->calls[i].state != OVER);
    }
    return found;
}

void ref_arrive(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    uint64_t n = st->n++;
    uint64_t key = ccs_entity_member(st->entity, n);
    int customer = customer_of(m, st, key);
    ref_schedule_arrival(m, index);
    if (is_held_off(m, st, customer)) {
        m->tally.held_off += ref_in_window(m);
        return;
    }
    if (m->call_n == m->call_cap) {
        m->call_cap = 2 * m->call_cap + 64;
        m->calls = realloc(m->calls, m->call_cap * sizeof *m->calls);
        ck_assert_ptr_nonnull(m->calls);
    }
    struct call *call = &m->calls[m->call_n++];
    *call = (struct call){.key = key,
                          .type = st->type,
                          .customer = customer,
                          .talk_s = st->replay ? st->replay->row[n].talk_s : NAN,
                          .arose = m->now,
                          .is_cohort = ref_in_window(m)};
    call->channel = first_channel(m, call);
    m->tally.cohort[call->type].issues += call->is_cohort;
    ref_attempt(m, (int)(m->call_n - 1));
}

static struct stream *add_stream(struct reference *m, int type, const char *segment,
                                 const char *what)
{
    char name[300];
    snprintf(name, sizeof name, "%s/%s/%s", segment, m->config->issue_types.name[type], what);
    const struct ccs_series *profile = &ref_type_of(m, type)->profile;
    ck_assert_int_lt(m->stream_n, MAX_STREAMS);
    struct stream *st = &m->stream[m->stream_n++];
    *st = (struct stream){.entity = ccs_entity_from_name("stream", name),
                          .type = type,
                          .day = ccs_day_of(m->config->run.start_day, m->now) - 1,
                          .segment = -1,
                          .profile = profile->is_constant ? NULL : profile};
    return st;
}

static void read_volume(struct stream *st, const struct ccs_volume_config *volume)
{
    bool is_renewal = volume->interarrival.kind != CCS_DIST_KIND_COUNT;
    if (is_renewal) {
        st->interarrival = &volume->interarrival;
    }
    if (volume->replay.n > 0) {
        st->replay = &volume->replay;
    } else if (volume->daily_counts.n > 0 || volume->daily_counts.is_constant) {
        st->counts = &volume->daily_counts;
        st->per_us = 1;
    } else if (volume->per_interval.n > 0) {
        st->volume = &volume->per_interval;
        st->per_us = 1.0 / (double)volume->per_interval.interval;
    } else if (volume->rate_points_per_h.n > 0) {
        st->volume = &volume->rate_points_per_h;
        st->is_line = true;
        st->per_us = 1.0 / (double)CCS_US_PER_H;
    } else if (isnan(volume->rate_per_h)) {
        st->per_us = 1e-6 / ccs_dist_mean(&volume->interarrival);
    } else {
        st->per_us = volume->rate_per_h / (double)CCS_US_PER_H;
    }
}

void ref_add_streams(struct reference *m)
{
    for (int y = 0; y < m->type_n; y++) {
        const struct ccs_issue_type_config *type = ref_type_of(m, y);
        for (size_t s = 0; s < m->config->segments.n && type->rate_per_customer_year.n; s++) {
            double rate = type->rate_per_customer_year.v[s];
            int64_t n = CCS_MAP_AT(m->config->segments, struct ccs_segment_config, s)->population;
            if (rate > 0) {
                struct stream *st = add_stream(m, y, m->config->segments.name[s], "rate");
                st->per_us = rate * (double)n / (double)CCS_US_PER_YEAR;
                st->segment = (int)s;
            }
        }
        if (type->volume) {
            read_volume(add_stream(m, y, "", "volume"), type->volume);
        }
    }
}
