/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables and dates against the time of the run: tables that end before the run does, begin after it
 * or do not fill their day (W402), and days, bursts and recorded arrivals outside the run (W404),
 * which are mostly a year mistyped.
 */
#include "base/units.h"
#include "format/field/duration.h"
#include "lint/lint_part.h"
#include "model/timetable.h"

#include <stdlib.h>

static bool has_end(const struct ccs_series *table)
{
    return !table->is_constant && table->n > 0 && table->repeat == CCS_REPEAT_NONE;
}

/* When a table of so many intervals ends. */
static ccs_time end_of(const struct ccs_series *table, size_t intervals)
{
    if (table->per_day > 0) {
        ccs_time days = (ccs_time)table->n / table->per_day;
        return CCS_US_PER_DAY * (table->weekdays_only ? days / 5 * 7 + days % 5 : days);
    }
    return table->from + table->interval * (ccs_time)intervals;
}

/* Does a table that is not repeated last until the horizon? `then` is what happens after it. */
static void check_length(struct ccs_lint *c, const char *pointer, const struct ccs_series *table,
                         size_t intervals, const char *then)
{
    if (!has_end(table)) {
        return;
    }
    bool successive = c->config->run.days == CCS_DAYS_INDEPENDENT;
    ccs_time needed = ccs_run_last_end(&c->config->run);
    ccs_time end = end_of(table, intervals);
    if (table->from >= needed && table->per_day == 0) {
        ccs_lint_report(c, CCS_W402, pointer,
                        "begins %.1f days after the %s: it is never in effect. Check `from`",
                        (double)(table->from - needed) / (double)CCS_US_PER_DAY,
                        successive ? "last replication" : "horizon");
    } else if (end < needed) {
        ccs_lint_report(c, CCS_W402, pointer, "ends %.1f days before the %s; after it nobody %s",
                        (double)(needed - end) / (double)CCS_US_PER_DAY,
                        successive ? "last replication does" : "horizon", then);
    }
}

/* Does a table that is repeated from the beginning of each day fill it? */
static void check_repeated(struct ccs_lint *c, const char *pointer, const struct ccs_series *table)
{
    if (table->is_constant || table->n == 0 || table->from != 0 || table->per_day > 0 ||
        table->repeat != CCS_REPEAT_DAY || /* weekly ones often leave the weekend out */
        table->interval * (ccs_time)table->n >= CCS_US_PER_DAY) {
        return;
    }
    ccs_lint_report(
        c, CCS_W402, pointer,
        "has %zu intervals where a day has %lld: nobody in the rest of it. Give the others, or "
        "`from`, where the first one begins",
        table->n, (long long)(CCS_US_PER_DAY / table->interval));
}

void ccs_lint_headcount(struct ccs_lint *c, int team)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    const struct ccs_series *agents = &cfg->agents;
    const char *pointer = CCS_AT(c, "teams", c->config->teams.name[team], "agents");
    check_repeated(c, pointer, agents);
    if (has_end(agents) && cfg->calendar >= 0) {
        ccs_time until;
        bool is_open =
            ccs_calendar_open(ccs_config_calendar(c->config, cfg->calendar),
                              c->config->run.start_day, end_of(agents, agents->n), &until);
        if (!is_open && until >= ccs_run_last_end(&c->config->run)) {
            return; /* the last hours of the run are closed */
        }
    }
    check_length(c, pointer, agents, agents->n, "is on duty");
}

/* A table that takes the place of another on one day. */
static void check_day_table(struct ccs_lint *c, const char *pointer, const struct ccs_series *table)
{
    check_repeated(c, pointer, table);
    if (!has_end(table) || table->per_day > 0) {
        return;
    }
    ccs_time end = end_of(table, table->n);
    if (end == CCS_US_PER_DAY || (end < CCS_US_PER_DAY && table->from > 0)) {
        return; /* a table that says where it begins is meant so */
    }
    if (end > CCS_US_PER_DAY) {
        ccs_lint_report(c, CCS_W402, pointer,
                        "reaches to hour %.4g of its day: what is after 24 is never in effect",
                        (double)end / (double)CCS_US_PER_H);
    } else {
        ccs_lint_report(
            c, CCS_W402, pointer,
            "ends at hour %.4g of its day; after it nobody calls. Give the other intervals, "
            "or `from`, where the first one begins",
            (double)end / (double)CCS_US_PER_H);
    }
}

/* --- days --- */

static ccs_time first_begin(struct ccs_lint *c)
{
    return -c->model->warmup;
}

static bool is_in_run(struct ccs_lint *c, int64_t day)
{
    ccs_time midnight = (day - c->config->run.start_day) * CCS_US_PER_DAY;
    return midnight + CCS_US_PER_DAY > first_begin(c) &&
           midnight < ccs_run_last_end(&c->config->run);
}

static int year_of(int64_t day)
{
    char text[CCS_DATE_TEXT];
    return (int)strtol(ccs_date_text(text, day), NULL, 10);
}

/* Is the day in none of the years that the run touches? */
static bool is_in_another_year(struct ccs_lint *c, int64_t day)
{
    int64_t start = c->config->run.start_day;
    int year = year_of(day);
    return year < year_of(ccs_day_of(start, first_begin(c))) ||
           year > year_of(ccs_day_of(start, ccs_run_last_end(&c->config->run) - 1));
}

static void say_outside(struct ccs_lint *c, const char *pointer, const char *what)
{
    char from[CCS_DATE_TEXT], to[CCS_DATE_TEXT];
    int64_t start = c->config->run.start_day;
    ccs_lint_report(c, CCS_W404, pointer,
                    "%s outside the run, which goes from %s to %s: check the year", what,
                    ccs_date_text(from, ccs_day_of(start, first_begin(c))),
                    ccs_date_text(to, ccs_day_of(start, ccs_run_last_end(&c->config->run) - 1)));
}

/* A list of special days may be that of the whole year, for a run of a week: those of other years
 * are named one by one, those of the same year only if there is none in the run. */
static void check_special_days(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const char *name = c->config->issue_types.name[type];
    bool has_any = false;
    bool is_named = false;
    for (size_t i = 0; i < ty->special_days.n; i++) {
        const char *date = ty->special_days.name[i];
        int64_t day;
        if (!ccs_date_parse(date, &day)) {
            return; /* lint_demand.c reports names that are no dates */
        }
        const char *pointer = CCS_AT(c, "issue_types", name, "special_days", date);
        const struct ccs_special_day_config *special =
            CCS_MAP_AT(ty->special_days, struct ccs_special_day_config, i);
        check_day_table(c, pointer, &special->per_interval);
        check_day_table(c, pointer, &special->profile);
        has_any = has_any || is_in_run(c, day);
        if (is_in_another_year(c, day)) {
            is_named = true;
            say_outside(c, pointer, "is");
        }
    }
    if (ty->special_days.n > 0 && !has_any && !is_named) {
        say_outside(c, CCS_AT(c, "issue_types", name, "special_days"),
                    ty->special_days.n > 1 ? "all of them are" : "is");
    }
}

/* Calendars are often shared by runs of several years: they may list all their holidays. */
static bool has_year(struct ccs_lint *c, const struct ccs_calendar_config *calendar)
{
    bool found = calendar->holidays.n == 0;
    for (size_t i = 0; i < calendar->holidays.n; i++) {
        found = found || !is_in_another_year(c, (int64_t)calendar->holidays.v[i]);
    }
    return found;
}

static void check_holidays(struct ccs_lint *c, int type)
{
    const struct ccs_holiday_config *holidays = ccs_config_type(c->config, type)->holidays;
    const char *pointer = CCS_AT(c, "issue_types", c->config->issue_types.name[type], "holidays");
    if (holidays) {
        check_day_table(c, pointer, &holidays->day.per_interval);
        check_day_table(c, pointer, &holidays->day.profile);
    }
    for (size_t k = 0; type == 0 && k < c->config->calendars.n; k++) {
        if (ccs_map_has(&c->config->calendars, (int)k) &&
            !has_year(c, ccs_config_calendar(c->config, (int)k))) {
            say_outside(c, CCS_AT(c, "calendars", c->config->calendars.name[k], "holidays"),
                        "all of them are in years");
        }
    }
}

static void check_bursts(struct ccs_lint *c, int type)
{
    const struct ccs_map *bursts = &ccs_config_type(c->config, type)->bursts;
    for (size_t i = 0; i < bursts->n; i++) {
        const struct ccs_burst_config *b = CCS_MAP_AT(*bursts, struct ccs_burst_config, i);
        ccs_time begin = (b->date - c->config->run.start_day) * CCS_US_PER_DAY + b->from;
        if (begin + b->duration <= first_begin(c) || begin >= ccs_run_last_end(&c->config->run)) {
            say_outside(c,
                        CCS_AT(c, "issue_types", c->config->issue_types.name[type], "bursts",
                               bursts->name[i]),
                        "is");
        }
    }
}

/* --- recorded arrivals --- */

static void check_recording(struct ccs_lint *c, int type)
{
    const struct ccs_stream_plan *plan = c->model->replay[type];
    size_t before = 0;
    size_t after = 0;
    for (size_t i = 0; i < plan->row_n; i++) {
        before += plan->row[i].at < first_begin(c);
        after += plan->row[i].at >= ccs_run_last_end(&c->config->run);
    }
    const char *pointer = CCS_AT(c, "issue_types", c->config->issue_types.name[type], "volume");
    if (before + after == plan->row_n) {
        ccs_lint_report(c, CCS_W404, pointer,
                        "no recorded arrival of this type lies within the run");
    } else if (before + after > 0) {
        ccs_lint_report(
            c, CCS_W404, pointer,
            "%zu of %zu recorded arrivals lie outside the run: %zu before it begins, %zu "
            "after the horizon",
            before + after, plan->row_n, before, after);
    }
}

void ccs_lint_dates(struct ccs_lint *c, int type)
{
    const struct ccs_issue_type_config *ty = ccs_config_type(c->config, type);
    const char *name = c->config->issue_types.name[type];
    const char *pointer = CCS_AT(c, "issue_types", name, "volume");
    if (ty->volume) {
        const struct ccs_volume_config *volume = ty->volume;
        check_length(c, pointer, &volume->per_interval, volume->per_interval.n, "calls");
        check_repeated(c, pointer, &volume->per_interval);
        check_repeated(c, pointer, &volume->rate_points_per_h);
        check_repeated(c, pointer, &volume->interval_counts);
        check_length(c, pointer, &volume->interval_counts, volume->interval_counts.n, "calls");
        check_repeated(c, pointer, &volume->share);
        check_length(c, pointer, &volume->share, volume->share.n, "calls");
        check_length(c, pointer, &volume->daily_counts, volume->daily_counts.n, "calls");
        check_length(c, pointer, &volume->rate_points_per_h, volume->rate_points_per_h.n - 1,
                     "calls");
        if (volume->replay.n > 0) {
            check_recording(c, type);
        }
    }
    pointer = CCS_AT(c, "issue_types", name, "profile");
    check_length(c, pointer, &ty->profile, ty->profile.n, "calls");
    check_repeated(c, pointer, &ty->profile);
    check_special_days(c, type);
    check_holidays(c, type);
    check_bursts(c, type);
}
