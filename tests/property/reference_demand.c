/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: when issues arise, see reference.h. */
#include "reference.h"

/* How many on the day, and the weight of all of it. */
static void begin_day(const struct reference *m, struct stream *st)
{
    ccs_time until;
    const struct ccs_special_day_config *special = ref_special_day(m, st->type, st->day);
    st->at = ref_midnight_of(m, st->day);
    double mean = ref_table_at(st->counts, m->config->run.start_day, st->at, &until);
    mean *= special && !isnan(special->factor) ? special->factor : 1;
    double u = ccs_uniform_at(m->world_key, st->entity, CCS_DRAW_DAY_COUNT,
                              (uint32_t)(st->day + (INT64_C(1) << 31)));
    st->mass = ref_weight_of_day(m, st, st->day);
    st->left = st->mass > 0 ? (int64_t)floor(mean) + (u < mean - floor(mean)) : 0;
}

/* The earliest of those that are left of the day, or of the next day with any. */
static bool next_of_day(const struct reference *m, struct stream *st, double u)
{
    while (st->left == 0) {
        st->day++;
        if (ref_midnight_of(m, st->day) > m->end) {
            return false;
        }
        begin_day(m, st);
    }
    double need = st->mass * -expm1(log(u) / (double)st->left);
    st->mass -= need;
    st->left--;
    ck_assert(ref_walk(m, st, need, ref_midnight_of(m, st->day + 1) - 1));
    return st->at <= m->end;
}

/* One more of those that a burst adds. */
static bool next_of_burst(const struct reference *m, struct stream *st, double u)
{
    st->mass -= log(u);
    if (st->mass >= st->burst->contacts) {
        return false;
    }
    st->at = ref_burst_at(m, st->burst, st->mass / st->burst->contacts);
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
        } else if (st->burst) {
            is_any = next_of_burst(m, st, ccs_stream_uniform(&s));
        } else if (st->counts) {
            is_any = next_of_day(m, st, ccs_stream_uniform(&s));
        } else if (st->interarrival) {
            double need = ccs_dist_draw(st->interarrival, &s) / ccs_dist_mean(st->interarrival);
            is_any = ref_walk(m, st, need, m->end);
        } else {
            is_any = ref_walk(m, st, -log(ccs_stream_uniform(&s)), m->end);
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
    int64_t n = ccs_config_segment(m->config, 0)->population;
    return (int)(ccs_uniform_at(m->world_key, key, CCS_DRAW_CUSTOMER, 0) * (double)n);
}

/* Does the customer keep to one issue at a time, and has one? */
static bool is_held_off(const struct reference *m, const struct stream *st, int customer)
{
    if (customer < 0 || !ccs_config_segment(m->config, st->segment)->one_at_a_time) {
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
                          .day = ref_day_of(m, m->now) - 1,
                          .factor_day = INT64_MIN,
                          .segment = -1,
                          .profile = profile->is_constant ? NULL : profile,
                          .profile_mean = 1};
    if (st->profile) {
        st->profile_mean = ref_table_mean(profile, m->config->run.start_day);
    }
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

/* Whose customers the contacts of a burst are: of these scenarios' only segment, if anybody's. */
static int segment_of(const struct ccs_issue_type_config *type)
{
    bool from_customers = false;
    for (size_t s = 0; s < type->rate_per_customer_year.n; s++) {
        from_customers = from_customers || type->rate_per_customer_year.v[s] > 0;
    }
    return from_customers ? 0 : -1;
}

static void add_bursts(struct reference *m, int type)
{
    const struct ccs_map *bursts = &ref_type_of(m, type)->bursts;
    for (size_t i = 0; i < bursts->n; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(*bursts, struct ccs_burst_config, i);
        if (b->contacts > 0) {
            char name[100];
            snprintf(name, sizeof name, "burst/%s", bursts->name[i]);
            int segment = b->segment >= 0 ? b->segment : segment_of(ref_type_of(m, type));
            const char *of = segment >= 0 ? m->config->segments.name[segment] : "";
            struct stream *st = add_stream(m, type, of, name);
            st->segment = segment;
            st->burst = b;
        }
    }
}

void ref_add_streams(struct reference *m)
{
    for (int y = 0; y < m->type_n; y++) {
        const struct ccs_issue_type_config *type = ref_type_of(m, y);
        for (size_t s = 0; s < m->config->segments.n && type->rate_per_customer_year.n; s++) {
            double rate = type->rate_per_customer_year.v[s];
            int64_t n = ccs_config_segment(m->config, s)->population;
            if (rate > 0) {
                struct stream *st = add_stream(m, y, m->config->segments.name[s], "rate");
                st->per_us = rate * (double)n / (double)CCS_US_PER_YEAR;
                st->segment = (int)s;
            }
        }
        if (type->volume) {
            read_volume(add_stream(m, y, "", "volume"), type->volume);
        }
        add_bursts(m, y);
    }
}
