/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: days, hours and tables by linear scans, see reference.h. */
#include "reference.h"

#define MIN_PER_DAY 1440

/* 2026-01-05, a Monday, in days since 1970-01-01. */
#define A_MONDAY 20458

int64_t ref_day_of(const struct reference *m, ccs_time t)
{
    int64_t n = 0;
    while (t < n * CCS_US_PER_DAY) {
        n--;
    }
    while (t >= (n + 1) * CCS_US_PER_DAY) {
        n++;
    }
    return m->config->run.start_day + n;
}

ccs_time ref_midnight_of(const struct reference *m, int64_t day)
{
    return (day - m->config->run.start_day) * CCS_US_PER_DAY;
}

int ref_weekday_of(int64_t day)
{
    while (day < A_MONDAY) {
        day += 7;
    }
    return (int)((day - A_MONDAY) % 7);
}

const struct ccs_calendar_config *ref_calendar_of(const struct reference *m, int index)
{
    return ccs_config_calendar(m->config, index);
}

bool ref_is_holiday(const struct ccs_calendar_config *calendar, int64_t day)
{
    bool found = false;
    for (size_t i = 0; i < calendar->holidays.n; i++) {
        found = found || (int64_t)calendar->holidays.v[i] == day;
    }
    return found;
}

bool ref_is_open(const struct reference *m, const struct ccs_calendar_config *calendar, ccs_time t)
{
    if (!calendar) {
        return true;
    }
    int64_t day = ref_day_of(m, t);
    ccs_time monday = ref_midnight_of(m, day - ref_weekday_of(day));
    bool found = false;
    for (size_t i = 0; i < calendar->hours.n; i++) {
        const struct ccs_week_span *s = &calendar->hours.span[i];
        found = found || (t >= monday + s->from_min * CCS_US_PER_MIN &&
                          t < monday + s->to_min * CCS_US_PER_MIN);
    }
    return found && !ref_is_holiday(calendar, day);
}

/* Hours begin and end at whole minutes, and no scenario is closed for two weeks. */
ccs_time ref_hours_change(const struct reference *m, const struct ccs_calendar_config *calendar,
                          ccs_time t)
{
    bool is_open = ref_is_open(m, calendar, t);
    ccs_time at = ref_midnight_of(m, ref_day_of(m, t));
    for (int i = 0; calendar && i < 15 * MIN_PER_DAY; i++, at += CCS_US_PER_MIN) {
        if (at > t && ref_is_open(m, calendar, at) != is_open) {
            return at;
        }
    }
    return CCS_TIME_NEVER;
}

/* The interval of the table at t, -1 if there is none, and its end. `day_0` is the day at whose
 * midnight time 0 is. */
static int slot_at(const struct ccs_series *series, int64_t day_0, ccs_time t, ccs_time *end)
{
    ccs_time base = series->from;
    ccs_time cycle = 0;
    ck_assert_int_eq(series->per_day, 0); /* no scenario has such a table */
    if (series->repeat == CCS_REPEAT_DAY) {
        cycle = CCS_US_PER_DAY;
    } else if (series->repeat == CCS_REPEAT_WEEK) {
        cycle = CCS_US_PER_WEEK;
        base -= ref_weekday_of(day_0) * CCS_US_PER_DAY;
    } else if (series->repeat == CCS_REPEAT_ALL) {
        cycle = series->interval * (ccs_time)series->n;
    }
    while (cycle && base > t) {
        base -= cycle;
    }
    while (cycle && base + cycle <= t) {
        base += cycle;
    }
    *end = base;
    for (int i = 0; t >= base && i < (int)series->n; i++) {
        *end += series->interval;
        if (t < *end) {
            return i;
        }
    }
    *end = t < base ? base : cycle ? base + cycle : CCS_TIME_NEVER;
    return -1;
}

double ref_table_at(const struct ccs_series *series, int64_t day_0, ccs_time t, ccs_time *end)
{
    *end = CCS_TIME_NEVER;
    int slot = series->is_constant ? -1 : slot_at(series, day_0, t, end);
    return series->is_constant ? series->constant : slot < 0 ? 0 : series->v[slot];
}

double ref_line_at(const struct ccs_series *series, int64_t day_0, ccs_time t, ccs_time later,
                   double *then)
{
    ccs_time end;
    ccs_time after;
    int i = slot_at(series, day_0, t, &end);
    int next = i < 0 ? -1 : slot_at(series, day_0, end, &after);
    *then = 0;
    if (next < 0) {
        return 0;
    }
    double slope = (series->v[next] - series->v[i]) / (double)series->interval;
    *then = series->v[i] + slope * (double)(later - (end - series->interval));
    return series->v[i] + slope * (double)(t - (end - series->interval));
}

double ref_table_mean(const struct ccs_series *series, int64_t day_0)
{
    ccs_time cycle = series->interval * (ccs_time)series->n;
    if (series->is_constant) {
        return series->constant;
    }
    if (series->repeat == CCS_REPEAT_DAY) {
        cycle = CCS_US_PER_DAY;
    } else if (series->repeat == CCS_REPEAT_WEEK) {
        cycle = CCS_US_PER_WEEK;
    }
    double sum = 0;
    ccs_time until;
    for (ccs_time t = 0; t < cycle; t += CCS_US_PER_MIN) {
        sum += ref_table_at(series, day_0, series->from + t, &until);
    }
    return sum / (double)(cycle / CCS_US_PER_MIN);
}
