/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: from bound volumes, rates and profiles to streams, and what does not fit together. */
#include "center/follow_on.h"
#include "center/model_compiler.h"

#include "base/units.h"
#include "center/arrival_rate.h"
#include "center/timetable.h"
#include "scenario/duration.h"

#include <math.h>
#include <stdio.h>

static bool has_table(const struct ccs_series *series)
{
    return series->n > 0 || series->is_constant;
}

static bool has_rate(const struct ccs_volume_config *volume)
{
    return volume->rate_per_h == volume->rate_per_h; /* NAN: absent */
}

static bool is_renewal(const struct ccs_volume_config *volume)
{
    return volume->interarrival.kind != CCS_DIST_KIND_COUNT;
}

/* A stream of this type; what is special about it is the caller's to fill in. */
static struct ccs_stream_plan *add_stream(struct compiler *c, int type, int segment,
                                          const char *what)
{
    static struct ccs_stream_plan nowhere;
    const struct ccs_issue_type_config *ty = type_at(c, type);
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
        .day_cv = ty->day_factor_cv,
    };
    return plan;
}

/* How many and when: from what the volume gives. */
static void plan_volume(struct ccs_stream_plan *plan, const struct ccs_volume_config *volume)
{
    plan->counts_all = volume->counts == CCS_COUNTS_ALL_CONTACTS;
    plan->per_us = 1.0;
    if (is_renewal(volume)) {
        plan->kind = CCS_ARRIVAL_RENEWAL;
        plan->interarrival = &volume->interarrival;
        plan->interarrival_mean_s = ccs_dist_mean(&volume->interarrival);
        plan->per_us = 1e-6 / plan->interarrival_mean_s;
    }
    if (has_table(&volume->daily_counts)) {
        plan->kind = CCS_ARRIVAL_DAILY;
        plan->counts = &volume->daily_counts;
        plan->per_count = volume->share;
        return;
    }
    if (has_table(&volume->per_interval)) {
        plan->per_us = 1.0 / (double)volume->per_interval.interval;
        plan->volume = &volume->per_interval;
    } else if (has_table(&volume->rate_points_per_h)) {
        plan->per_us = 1.0 / (double)CCS_US_PER_H;
        plan->volume = &volume->rate_points_per_h;
        plan->is_line = true;
    } else if (has_rate(volume)) {
        plan->per_us = volume->rate_per_h / (double)CCS_US_PER_H;
    }
    plan->per_us *= volume->share;
}

void ccs_model_plan_streams(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n && !c->no_memory; ty++) {
        const struct ccs_issue_type_config *cfg = type_at(c, ty);
        for (int s = 0; s < m->segment_n && cfg->rate_per_customer_year.n; s++) {
            double rate = cfg->rate_per_customer_year.v[s];
            if (rate > 0) {
                int64_t n =
                    CCS_MAP_AT(c->config->segments, struct ccs_segment_config, s)->population;
                add_stream(c, ty, s, "rate")->per_us = rate * (double)n / (double)CCS_US_PER_YEAR;
            }
        }
        if (cfg->volume) {
            plan_volume(add_stream(c, ty, cfg->volume->segment, "volume"), cfg->volume);
        }
    }
}

/* At /issue_types/NAME/volume. */
static void fail_volume(struct compiler *c, int type, const char *message)
{
    ccs_model_fail(c, CCS_E314, "issue_types", c->config->issue_types.name[type], "volume",
                   message);
}

static void check_renewal(struct compiler *c, int ty)
{
    const struct ccs_volume_config *volume = type_at(c, ty)->volume;
    double mean = ccs_dist_mean(&volume->interarrival);
    if (!(mean > 0) || isinf(mean)) {
        fail_volume(c, ty, "the mean of `interarrival` must be above 0 and finite");
    }
    if (has_table(&volume->daily_counts)) {
        fail_volume(c, ty,
                    "`interarrival` cannot go with `daily_counts`: times within a day are "
                    "independent");
    }
    bool alone = !has_table(&volume->per_interval) && !has_rate(volume) &&
                 !has_table(&volume->rate_points_per_h);
    if (alone && volume->share != 1) {
        fail_volume(c, ty, "`share` needs a table or a rate: without one, change `interarrival`");
    }
}

/* The first day of the window on which contacts are due but the profile is 0. */
static void check_daily_times(struct compiler *c, int ty)
{
    const struct ccs_stream_plan *plan = c->model->streams;
    while (plan->counts != &type_at(c, ty)->volume->daily_counts) {
        plan++;
    }
    int64_t day = c->config->run.start_day;
    for (ccs_time t = 0; t < c->config->run.horizon; t += CCS_US_PER_DAY, day++) {
        ccs_time until;
        if (ccs_series_at(plan->counts, c->config->run.start_day, t, &until) > 0 &&
            ccs_rate_last(c->model, plan, t, t + CCS_US_PER_DAY) == t) {
            char text[200], date[CCS_DATE_TEXT];
            snprintf(text, sizeof text,
                     "`daily_counts` has contacts on %s, but `profile` is 0 all that day",
                     ccs_date_text(date, day));
            fail_volume(c, ty, text);
            return;
        }
    }
}

static void check_daily(struct compiler *c, int ty)
{
    const struct ccs_series *counts = &type_at(c, ty)->volume->daily_counts;
    if (!counts->is_constant && (counts->interval != CCS_US_PER_DAY || counts->from != 0)) {
        fail_volume(c, ty, "`daily_counts` must have \"interval\": \"1 day\" and no `from`");
    } else {
        check_daily_times(c, ty);
    }
    if (type_at(c, ty)->day_factor_cv > 0) {
        fail_volume(c, ty, "`daily_counts` are fixed: leave `day_factor_cv` out");
    }
}

static void check_volume(struct compiler *c, int ty)
{
    const struct ccs_issue_type_config *cfg = type_at(c, ty);
    const struct ccs_volume_config *volume = cfg->volume;
    bool from_customers = false;
    for (size_t s = 0; s < cfg->rate_per_customer_year.n; s++) {
        from_customers = from_customers || cfg->rate_per_customer_year.v[s] > 0;
    }
    if (!volume) {
        if (!from_customers && !ccs_follow_on_reaches(c->model, (uint16_t)ty)) {
            ccs_model_fail(c, CCS_W404, "issue_types", c->config->issue_types.name[ty], "",
                           "never arises: give `rate_per_customer_year` or `volume`");
        }
        return;
    }
    int given = has_table(&volume->per_interval) + has_rate(volume) +
                has_table(&volume->rate_points_per_h) + has_table(&volume->daily_counts);
    if (given != 1 && !(given == 0 && is_renewal(volume))) {
        fail_volume(c, ty,
                    "give one of `per_interval`, `rate_per_h`, `rate_points_per_h` and "
                    "`daily_counts`, or `interarrival` alone");
        return;
    }
    if (volume->per_interval.is_constant) {
        fail_volume(c, ty, "a constant `per_interval` has no interval: use `rate_per_h`");
    }
    if (volume->rate_points_per_h.is_constant) {
        fail_volume(c, ty, "a constant `rate_points_per_h` has no points: use `rate_per_h`");
    }
    if (from_customers) {
        fail_volume(c, ty,
                    "this type also has `rate_per_customer_year`: the same problem cannot be "
                    "driven by both");
    }
    if (is_renewal(volume)) {
        check_renewal(c, ty);
    }
    if (has_table(&volume->daily_counts)) {
        check_daily(c, ty);
    }
}

/* Does a table that is not repeated last until the horizon? */
static void check_table_length(struct compiler *c, int ty, const struct ccs_series *table,
                               size_t intervals)
{
    if (table->is_constant || table->n == 0 || table->repeat != CCS_REPEAT_NONE) {
        return;
    }
    ccs_time end = table->from + table->interval * (ccs_time)intervals;
    if (table->per_day > 0) {
        ccs_time days = (ccs_time)table->n / table->per_day;
        end = CCS_US_PER_DAY * (table->weekdays_only ? days / 5 * 7 + days % 5 : days);
    }
    const struct ccs_run_config *run = &c->config->run;
    bool successive = run->days == CCS_DAYS_INDEPENDENT;
    ccs_time needed = run->horizon + (successive ? (run->replications - 1) * ccs_run_step(run) : 0);
    if (end < needed) {
        char text[200];
        snprintf(text, sizeof text, "ends %.1f days before the %s; after it nobody calls",
                 (double)(needed - end) / (double)CCS_US_PER_DAY,
                 successive ? "last replication does" : "horizon");
        ccs_model_fail(c, CCS_W402, "issue_types", c->config->issue_types.name[ty], "volume", text);
    }
}

void ccs_model_check_demand(struct compiler *c, int type)
{
    check_volume(c, type);
    if (type_at(c, type)->volume) {
        const struct ccs_volume_config *volume = type_at(c, type)->volume;
        check_table_length(c, type, &volume->per_interval, volume->per_interval.n);
        check_table_length(c, type, &volume->daily_counts, volume->daily_counts.n);
        check_table_length(c, type, &volume->rate_points_per_h, volume->rate_points_per_h.n - 1);
    }
}
