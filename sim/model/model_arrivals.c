/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: from bound volumes, rates and profiles to streams. See struct ccs_stream_plan. */
#include "base/units.h"
#include "format/field/duration.h"
#include "model/model_compiler.h"
#include "model/timetable.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Adds a stream of this type; the calling function fills in the rest. */
static struct ccs_stream_plan *add_stream(struct compiler *c, int type, int segment,
                                          const char *what)
{
    static struct ccs_stream_plan nowhere;
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const char *segment_name = segment >= 0 ? c->config->segments.name[segment] : "";
    char *name = ccs_arena_printf(c->arena, "%s/%s/%s", segment_name,
                                  c->config->issue_types.name[type], what);
    if (!name) {
        c->no_memory = true;
        return &nowhere;
    }
    bool flat = ty->profile.is_constant;
    struct ccs_stream_plan *plan = &c->model->streams[c->model->stream_n++];
    *plan = (struct ccs_stream_plan){
        .entity = ccs_entity_from_name("stream", name),
        .issue_type = (uint16_t)type,
        .segment = segment,
        .profile = flat ? NULL : &ty->profile,
        .profile_mean = flat ? 1.0 : ccs_series_mean(&ty->profile),
        .period = ty->period_factor,
        .share = 1.0,
    };
    ccs_model_plan_day_factors(c, type, plan);
    return plan;
}

static int by_day(const void *a, const void *b)
{
    const struct ccs_day_rule *x = a;
    const struct ccs_day_rule *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

static struct ccs_day_rule rule_of(const struct ccs_special_day_config *day, int64_t date)
{
    return (struct ccs_day_rule){
        .day = date,
        .factor = isnan(day->factor) ? 1.0 : day->factor,
        .profile = ccs_series_is_given(&day->profile) ? &day->profile : NULL,
        .volume = ccs_series_is_given(&day->per_interval) ? &day->per_interval : NULL,
    };
}

static bool has_rule(const struct ccs_stream_plan *plan, size_t n, int64_t day)
{
    for (size_t i = 0; i < n; i++) {
        if (plan->rule[i].day == day) {
            return true;
        }
    }
    return false;
}

/* Special days, then the holidays that are no special days. Names that are no dates are skipped:
 * lint reports them (lint/lint_demand.c). */
static void plan_days(struct compiler *c, int type, struct ccs_stream_plan *plan)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const struct ccs_calendar_config *calendar =
        ty->holidays ? ccs_config_calendar(c->config, ty->holidays->calendar) : NULL;
    size_t holiday_n = calendar ? calendar->holidays.n : 0;
    if (ty->special_days.n + holiday_n == 0) {
        return;
    }
    plan->rule = get(c, ty->special_days.n + holiday_n, sizeof *plan->rule);
    size_t n = 0;
    for (size_t i = 0; i < ty->special_days.n && plan->rule; i++) {
        int64_t day;
        if (ccs_date_parse(ty->special_days.name[i], &day)) {
            plan->rule[n++] =
                rule_of(CCS_MAP_AT(ty->special_days, struct ccs_special_day_config, i), day);
        }
    }
    for (size_t i = 0; i < holiday_n && plan->rule; i++) {
        int64_t day = (int64_t)calendar->holidays.v[i];
        if (!has_rule(plan, n, day)) {
            plan->rule[n++] = rule_of(&ty->holidays->day, day);
        }
    }
    plan->rule_n = n;
    if (n > 1) {
        qsort(plan->rule, n, sizeof *plan->rule, by_day);
    }
}

/* Bursts that multiply the rate. */
static void plan_surges(struct compiler *c, int type, struct ccs_stream_plan *plan)
{
    const struct ccs_map *bursts = &ccs_config_type(c->config, type)->bursts;
    if (bursts->n == 0) {
        return;
    }
    plan->surge = get(c, bursts->n, sizeof *plan->surge);
    for (size_t i = 0; i < bursts->n && plan->surge; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(*bursts, struct ccs_burst_config, i);
        if (!isnan(b->factor)) {
            ccs_time from = (b->date - c->config->run.start_day) * CCS_US_PER_DAY + b->from;
            plan->surge[plan->surge_n++] = (struct ccs_surge){from, from + b->duration, b->factor};
        }
    }
}

/* Adds a stream with a rate: all but bursts follow the special days and factors of the issue
 * type. */
static struct ccs_stream_plan *add_rate_stream(struct compiler *c, int type, int segment,
                                               const char *what)
{
    struct ccs_stream_plan *plan = add_stream(c, type, segment, what);
    if (!c->no_memory) {
        plan_days(c, type, plan);
        plan_surges(c, type, plan);
    }
    return plan;
}

static void plan_bursts(struct compiler *c, int type)
{
    const struct ccs_map *bursts = &ccs_config_type(c->config, type)->bursts;
    for (size_t i = 0; i < bursts->n && !c->no_memory; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(*bursts, struct ccs_burst_config, i);
        bool is_clear;
        int segment = ccs_burst_segment(ccs_config_type(c->config, type), b, &is_clear);
        if (b->contacts > 0) {
            char what[160];
            snprintf(what, sizeof what, "burst/%s", bursts->name[i]);
            struct ccs_stream_plan *plan = add_stream(c, type, segment, what);
            plan->kind = CCS_ARRIVAL_BURST;
            plan->burst = b;
        }
    }
}

/* The process of a stream and its tables, by what the volume gives. */
static void plan_volume(struct ccs_stream_plan *plan, const struct ccs_volume_config *volume)
{
    plan->counts_all = volume->counts == CCS_COUNTS_ALL_CONTACTS;
    plan->per_us = 1.0;
    plan->share = volume->factor * (volume->share.is_constant ? volume->share.constant : 1.0);
    plan->share_table = volume->share.is_constant ? NULL : &volume->share;
    if (ccs_volume_is_renewal(volume)) {
        plan->kind = CCS_ARRIVAL_RENEWAL;
        plan->interarrival = &volume->interarrival;
        plan->interarrival_mean_s = ccs_dist_mean(&volume->interarrival);
        plan->per_us = 1e-6 / plan->interarrival_mean_s;
    }
    if (volume->replay.n > 0) {
        plan->kind = CCS_ARRIVAL_REPLAY;
        return;
    }
    if (ccs_volume_has_counts(volume)) {
        bool is_daily = !ccs_series_is_given(&volume->interval_counts);
        bool is_drawn = ccs_volume_has_total(volume);
        plan->kind = is_daily ? CCS_ARRIVAL_DAILY : CCS_ARRIVAL_INTERVAL;
        plan->total = is_drawn ? &volume->daily_total : NULL;
        plan->counts = is_drawn   ? NULL
                       : is_daily ? &volume->daily_counts
                                  : &volume->interval_counts;
        plan->per_count = plan->share;
        plan->concentration =
            isnan(volume->profile_concentration) ? 0.0 : volume->profile_concentration;
        plan->has_factor = plan->has_factor || plan->concentration > 0;
        return;
    }
    if (ccs_series_is_given(&volume->per_interval)) {
        plan->per_us = 1.0 / (double)volume->per_interval.interval;
        plan->volume = &volume->per_interval;
    } else if (ccs_series_is_given(&volume->rate_points_per_h)) {
        plan->per_us = 1.0 / (double)CCS_US_PER_H;
        plan->volume = &volume->rate_points_per_h;
        plan->is_line = true;
    } else if (ccs_volume_has_rate(volume)) {
        plan->per_us = volume->rate_per_h / (double)CCS_US_PER_H;
    }
    plan->per_us *= plan->share;
}

/* The rows of a recording that are of this type, with times since t0. */
static void plan_replay(struct compiler *c, int type, struct ccs_stream_plan *plan)
{
    const struct ccs_recording *rows = &ccs_config_type(c->config, type)->volume->replay;
    ccs_time origin = rows->is_civil ? c->config->run.start_day * CCS_US_PER_DAY : 0;
    plan->row = get(c, rows->n, sizeof *plan->row);
    for (size_t i = 0; i < rows->n && plan->row; i++) {
        if (rows->row[i].issue_type < 0 || rows->row[i].issue_type == type) {
            plan->row[plan->row_n] = rows->row[i];
            plan->row[plan->row_n++].at -= origin;
        }
    }
    c->model->replay[type] = plan;
}

void ccs_model_plan_streams(struct compiler *c)
{
    struct ccs_model *m = c->model;
    size_t n = m->type_n * (m->segment_n + 1U);
    for (int ty = 0; ty < m->type_n; ty++) {
        n += ccs_config_type(c->config, ty)->bursts.n;
    }
    m->streams = get(c, n, sizeof *m->streams);
    m->replay = get(c, m->type_n, sizeof *m->replay);
    for (int ty = 0; ty < m->type_n && !c->no_memory; ty++) {
        const struct ccs_issue_type_config *cfg = ccs_config_type(c->config, ty);
        for (int s = 0; s < m->segment_n && cfg->rate_per_customer_year.n; s++) {
            double rate = cfg->rate_per_customer_year.v[s];
            if (rate > 0) {
                int64_t size = ccs_config_segment(c->config, s)->population;
                add_rate_stream(c, ty, s, "rate")->per_us =
                    rate * (double)size / (double)CCS_US_PER_YEAR;
            }
        }
        if (cfg->volume) {
            struct ccs_stream_plan *plan = add_rate_stream(c, ty, cfg->volume->segment, "volume");
            plan_volume(plan, cfg->volume);
            if (cfg->volume->replay.n > 0 && !c->no_memory) {
                plan_replay(c, ty, plan);
            }
        }
        plan_bursts(c, ty);
    }
}
