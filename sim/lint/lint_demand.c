/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand of an issue type: keys that do not fit together (E304, E314) or have no effect (W404),
 * names that are no dates (E211). */
#include "base/units.h"
#include "format/field/duration.h"
#include "lint/lint_part.h"
#include "model/timetable.h"
#include "world/demand/arrival_rate.h"

#include <math.h>

/* Reports at /issue_types/NAME/volume. */
static void fail_volume(struct ccs_lint *c, int type, const char *message)
{
    ccs_lint_report(c, CCS_E314,
                    CCS_AT(c, "issue_types", c->config->issue_types.name[type], "volume"), "%s",
                    message);
}

static void check_renewal(struct ccs_lint *c, int ty)
{
    const struct ccs_volume_config *volume = ccs_config_type(c->config, ty)->volume;
    double mean = ccs_dist_mean(&volume->interarrival);
    if (!(mean > 0) || isinf(mean)) {
        fail_volume(c, ty, "the mean of `interarrival` must be above 0 and finite");
    }
    if (ccs_volume_has_counts(volume)) {
        fail_volume(c, ty,
                    "`interarrival` cannot go with counts of days or intervals: times within them "
                    "are independent");
    }
    bool alone = !ccs_series_is_given(&volume->per_interval) && !ccs_volume_has_rate(volume) &&
                 !ccs_series_is_given(&volume->rate_points_per_h);
    if (alone && !ccs_volume_is_whole(volume)) {
        fail_volume(c, ty, "`share` needs a table or a rate: without one, change `interarrival`");
    }
}

/* The first day of the run on which contacts are due but the profile is 0. */
static void check_daily_times(struct ccs_lint *c, int ty)
{
    const struct ccs_stream_plan *plan = c->model->streams;
    while (plan->issue_type != ty || plan->kind != CCS_ARRIVAL_DAILY) {
        plan++;
    }
    int64_t day = c->config->run.start_day;
    ccs_time end = ccs_run_last_end(&c->config->run);
    for (ccs_time t = 0; t < end; t += CCS_US_PER_DAY, day++) {
        ccs_time until;
        double count =
            plan->total ? 1.0 : ccs_series_at(plan->counts, c->config->run.start_day, t, &until);
        if (count * ccs_rate_rule_factor(plan, day) > 0 &&
            ccs_rate_last(c->model, plan, t, t + CCS_US_PER_DAY) == t) {
            char date[CCS_DATE_TEXT];
            ccs_lint_report(c, CCS_E314,
                            CCS_AT(c, "issue_types", c->config->issue_types.name[ty], "volume"),
                            "`%s` has contacts on %s, but `profile` is 0 all that day",
                            plan->total ? "daily_total" : "daily_counts", ccs_date_text(date, day));
            return;
        }
    }
}

static void check_daily(struct ccs_lint *c, int ty)
{
    const struct ccs_series *counts = &ccs_config_type(c->config, ty)->volume->daily_counts;
    if (counts->n > 0 && (counts->interval != CCS_US_PER_DAY || counts->from != 0)) {
        fail_volume(c, ty, "`daily_counts` must have \"interval\": \"1 day\" and no `from`");
    } else {
        check_daily_times(c, ty);
    }
}

/* Does any segment bring one issue at a time? */
static bool has_finite_source(struct ccs_lint *c)
{
    bool found = false;
    for (size_t s = 0; s < c->config->segments.n; s++) {
        found = found || ccs_config_segment(c->config, s)->one_at_a_time;
    }
    return found;
}

/* Nothing may change recorded arrivals; bursts of contacts may add to them. */
static void check_replay(struct ccs_lint *c, int ty)
{
    const struct ccs_issue_type_config *cfg = ccs_config_type(c->config, ty);
    const struct ccs_volume_config *volume = cfg->volume;
    if (ccs_volume_is_renewal(volume) || !ccs_volume_is_whole(volume) || volume->factor != 1 ||
        volume->counts != 0) {
        fail_volume(c, ty,
                    "recorded arrivals are replayed as they are: `interarrival`, `share`, `factor` "
                    "and `counts` cannot go with `replay`");
    }
    bool has_factor = ccs_issue_type_varies(cfg) || !cfg->profile.is_constant ||
                      cfg->special_days.n > 0 || cfg->holidays;
    for (size_t i = 0; i < cfg->bursts.n; i++) {
        has_factor =
            has_factor || !isnan(CCS_MAP_AT(cfg->bursts, struct ccs_burst_config, i)->factor);
    }
    if (has_factor) {
        fail_volume(c, ty,
                    "recorded arrivals are replayed as they are: leave profile, factors, special "
                    "days and holidays out");
    }
    for (size_t i = 0; i < c->model->replay[ty]->row_n; i++) {
        int32_t channel = c->model->replay[ty]->row[i].channel;
        if (channel >= 0 && ccs_model_first_tier(c->model, channel, ty) == 0) {
            ccs_lint_report(c, CCS_E304,
                            CCS_AT(c, "issue_types", c->config->issue_types.name[ty], "volume"),
                            "recorded on channel `%.100s`, where nobody serves this type",
                            c->config->channels.name[channel]);
            return;
        }
    }
}

static void check_volume(struct ccs_lint *c, int ty)
{
    const struct ccs_issue_type_config *cfg = ccs_config_type(c->config, ty);
    const struct ccs_volume_config *volume = cfg->volume;
    bool from_customers = false;
    for (size_t s = 0; s < cfg->rate_per_customer_year.n; s++) {
        from_customers = from_customers || cfg->rate_per_customer_year.v[s] > 0;
    }
    if (!volume) {
        if (!from_customers && cfg->bursts.n == 0 &&
            !ccs_model_is_followed_to(c->model, (uint16_t)ty)) {
            ccs_lint_report(c, CCS_W404, CCS_AT(c, "issue_types", c->config->issue_types.name[ty]),
                            "never arises: give `rate_per_customer_year` or `volume`");
        }
        return;
    }
    int given = ccs_series_is_given(&volume->per_interval) + ccs_volume_has_rate(volume) +
                ccs_series_is_given(&volume->rate_points_per_h) +
                ccs_series_is_given(&volume->daily_counts) +
                ccs_series_is_given(&volume->interval_counts) + ccs_volume_has_total(volume) +
                (volume->replay.n > 0);
    if (given != 1 && !(given == 0 && ccs_volume_is_renewal(volume))) {
        fail_volume(c, ty,
                    "give one of `per_interval`, `rate_per_h`, `rate_points_per_h`, "
                    "`daily_counts`, `interval_counts`, `daily_total` and `replay`, or "
                    "`interarrival` alone");
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
    if (volume->counts == CCS_COUNTS_ALL_CONTACTS && has_finite_source(c)) {
        fail_volume(c, ty,
                    "`all_contacts` cannot be calibrated beside a segment with `one_at_a_time`: "
                    "its first requests depend on how long issues stay open");
    }
    if (volume->replay.n > 0) {
        check_replay(c, ty);
        return;
    }
    if (ccs_volume_is_renewal(volume)) {
        check_renewal(c, ty);
    }
    ccs_lint_counts(c, ty);
    if (ccs_series_is_given(&volume->daily_counts) || ccs_volume_has_total(volume)) {
        check_daily(c, ty);
    }
}

/* Reports at /issue_types/NAME/key, or /issue_types/NAME/key/entry. */
static void fail_entry(struct ccs_lint *c, enum ccs_diag_code code, int type, const char *key,
                       const char *entry, const char *message)
{
    const char *pointer = CCS_AT(c, "issue_types", c->config->issue_types.name[type], key, entry);
    ccs_lint_report(c, code, pointer, "%s", message);
}

static void check_special_day(struct ccs_lint *c, int type, const char *key, const char *entry,
                              const struct ccs_special_day_config *day)
{
    const struct ccs_volume_config *volume = ccs_config_type(c->config, type)->volume;
    bool has_volume = ccs_series_is_given(&day->per_interval);
    if (isnan(day->factor) && !has_volume && !ccs_series_is_given(&day->profile)) {
        fail_entry(c, CCS_E314, type, key, entry,
                   "says nothing about the day: give `factor`, `profile` or `per_interval`");
    }
    if (day->per_interval.is_constant) {
        fail_entry(c, CCS_E314, type, key, entry, "a constant `per_interval` has no interval");
    }
    if (has_volume && (!volume || ccs_volume_has_counts(volume))) {
        fail_entry(c, CCS_E314, type, key, entry,
                   "`per_interval` replaces the table or rate of a `volume`, and there is none: "
                   "use `factor` or `profile`");
    }
}

static void check_days(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    for (size_t i = 0; i < ty->special_days.n; i++) {
        int64_t day;
        const char *name = ty->special_days.name[i];
        if (!ccs_date_parse(name, &day)) {
            fail_entry(c, CCS_E211, type, "special_days", name,
                       "must be named by its date, \"YYYY-MM-DD\"");
        }
        check_special_day(c, type, "special_days", name,
                          CCS_MAP_AT(ty->special_days, struct ccs_special_day_config, i));
    }
    if (ty->holidays) {
        check_special_day(c, type, "holidays", NULL, &ty->holidays->day);
        if (ty->holidays->calendar >= 0 &&
            ccs_config_calendar(c->config, ty->holidays->calendar)->holidays.n == 0) {
            fail_entry(c, CCS_W404, type, "holidays", NULL, "the calendar has no `holidays`");
        }
    }
    if (ty->period_factor && CCS_US_PER_DAY % ty->period_factor->interval != 0) {
        fail_entry(c, CCS_E314, type, "period_factor", "interval", "must divide a day");
    }
}

static void check_bursts(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    for (size_t i = 0; i < ty->bursts.n; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(ty->bursts, struct ccs_burst_config, i);
        const char *name = ty->bursts.name[i];
        bool has_factor = !isnan(b->factor);
        bool is_clear;
        ccs_burst_segment(ccs_config_type(c->config, type), b, &is_clear);
        if (has_factor != isnan(b->contacts)) {
            fail_entry(c, CCS_E314, type, "bursts", name, "give either `factor` or `contacts`");
        } else if (has_factor && b->shape != CCS_BURST_FLAT) {
            fail_entry(c, CCS_E314, type, "bursts", name,
                       "`shape` belongs to `contacts`; a factor holds for all of `duration`");
        } else if (has_factor && ty->volume && ccs_volume_has_counts(ty->volume)) {
            fail_entry(c, CCS_E314, type, "bursts", name,
                       "a factor cannot change counts of days or intervals: give `contacts`");
        } else if (!has_factor && !is_clear) {
            fail_entry(c, CCS_E314, type, "bursts", name,
                       "several segments have a rate: say by `segment` whose customers these are");
        }
    }
}

void ccs_lint_demand(struct ccs_lint *c, int type)
{
    check_days(c, type);
    check_bursts(c, type);
    ccs_lint_day_factors(c, type);
    check_volume(c, type);
}
