/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars and interval tables in simulated time: see timetable.h. */
#include "model/timetable.h"

#include "base/units.h"

#define MIN_PER_DAY 1440
#define MIN_PER_WEEK (7 * MIN_PER_DAY)

static int64_t floor_div(int64_t a, int64_t b)
{
    int64_t q = a / b;
    return q - (a % b != 0 && (a < 0) != (b < 0));
}

int64_t ccs_day_of(int64_t start_day, ccs_time t)
{
    return start_day + floor_div(t, CCS_US_PER_DAY);
}

int ccs_weekday_of(int64_t day)
{
    int64_t d = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(d < 0 ? d + 7 : d);
}

bool ccs_calendar_is_holiday(const struct ccs_calendar_config *calendar, int64_t day)
{
    for (size_t i = 0; i < calendar->holidays.n; i++) {
        if ((int64_t)calendar->holidays.v[i] == day) {
            return true;
        }
    }
    return false;
}

/* Open or closed within one day, and until when within that day (at most its end). */
static bool open_today(const struct ccs_calendar_config *calendar, int64_t start_day, ccs_time t,
                       ccs_time *until)
{
    int64_t day = ccs_day_of(start_day, t);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    ccs_time end = midnight + CCS_US_PER_DAY;
    *until = end;
    if (ccs_calendar_is_holiday(calendar, day)) {
        return false;
    }
    ccs_time monday = midnight - ccs_weekday_of(day) * CCS_US_PER_DAY;
    for (size_t i = 0; i < calendar->hours.n; i++) {
        ccs_time from = monday + calendar->hours.span[i].from_min * CCS_US_PER_MIN;
        ccs_time to = monday + calendar->hours.span[i].to_min * CCS_US_PER_MIN;
        if (t < from) {
            *until = from < end ? from : end;
            return false;
        }
        if (t < to) {
            *until = to < end ? to : end;
            return true;
        }
    }
    return false;
}

bool ccs_calendar_open(const struct ccs_calendar_config *calendar, int64_t start_day, ccs_time t,
                       ccs_time *until)
{
    if (!calendar) {
        *until = CCS_TIME_NEVER;
        return true;
    }
    bool open = open_today(calendar, start_day, t, until);
    /* Joins days: hours over midnight, or days closed in a row, are one stretch. A calendar without
     * a change in a year is taken never to change. */
    ccs_time limit = t + CCS_US_PER_YEAR + 2 * CCS_US_PER_DAY;
    while (*until < limit) {
        ccs_time next;
        if (open_today(calendar, start_day, *until, &next) != open) {
            return open;
        }
        *until = next;
    }
    *until = CCS_TIME_NEVER;
    return open;
}

ccs_time ccs_calendar_next_open(const struct ccs_calendar_config *calendar, int64_t start_day,
                                ccs_time t)
{
    ccs_time until;
    if (ccs_calendar_open(calendar, start_day, t, &until)) {
        return t;
    }
    return until;
}

/* In a table placed day by day: how many days with values lie between the start day and `day`.
 * False if the day has no values. */
static bool run_of_day(const struct ccs_series *series, int64_t start_day, int64_t day,
                       int64_t *run)
{
    int64_t offset = day - start_day;
    if (!series->weekdays_only) {
        *run = offset;
        return true;
    }
    if (ccs_weekday_of(day) >= 5) {
        return false;
    }
    /* working days since the Monday of the start week, less those before the start day */
    int64_t start_weekday = ccs_weekday_of(start_day);
    int64_t since_monday = offset + start_weekday;
    int64_t week = floor_div(since_monday, 7);
    int64_t before = start_weekday < 5 ? start_weekday : 5;
    *run = week * 5 + (since_monday - week * 7) - before;
    return true;
}

/* Index of the value at t in a table placed day by day; -1: no value. */
static int64_t index_in_run(const struct ccs_series *series, int64_t start_day, ccs_time t,
                            ccs_time *until)
{
    int64_t day = ccs_day_of(start_day, t);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    ccs_time first = midnight + series->from;
    *until = midnight + CCS_US_PER_DAY;
    int64_t run;
    if (!run_of_day(series, start_day, day, &run)) {
        return -1;
    }
    if (t < first) {
        *until = first;
        return -1;
    }
    int64_t slot = (t - first) / series->interval;
    if (slot >= series->per_day) {
        return -1;
    }
    ccs_time end = first + (slot + 1) * series->interval;
    *until = end < *until ? end : *until;
    int64_t at = run * series->per_day + slot;
    if (series->repeat != CCS_REPEAT_NONE) {
        at -= floor_div(at, (int64_t)series->n) * (int64_t)series->n;
    }
    return at >= 0 && at < (int64_t)series->n ? at : -1;
}

/* The same for any table; *until as for ccs_series_at. */
static int64_t index_at(const struct ccs_series *series, int64_t start_day, ccs_time t,
                        ccs_time *until)
{
    *until = CCS_TIME_NEVER;
    if (series->per_day > 0) {
        return index_in_run(series, start_day, t, until);
    }
    ccs_time cycle = CCS_TIME_NEVER;
    ccs_time origin = series->from;
    ccs_time span = series->interval * (ccs_time)series->n;
    switch (series->repeat) {
    case CCS_REPEAT_NONE:
        break;
    case CCS_REPEAT_DAY:
        cycle = CCS_US_PER_DAY;
        break;
    case CCS_REPEAT_WEEK:
        cycle = CCS_US_PER_WEEK;
        origin -= ccs_weekday_of(start_day) * CCS_US_PER_DAY;
        break;
    case CCS_REPEAT_ALL:
        cycle = span;
        break;
    }
    ccs_time at = t - origin;
    ccs_time base = origin;
    if (cycle != CCS_TIME_NEVER) {
        int64_t rounds = floor_div(at, cycle);
        at -= rounds * cycle;
        base += rounds * cycle;
    }
    if (at < 0) {
        *until = base;
        return -1;
    }
    if (at >= span) {
        *until = cycle == CCS_TIME_NEVER ? CCS_TIME_NEVER : base + cycle;
        return -1;
    }
    int64_t slot = at / series->interval;
    *until = base + (slot + 1) * series->interval;
    return slot;
}

double ccs_series_at(const struct ccs_series *series, int64_t start_day, ccs_time t,
                     ccs_time *until)
{
    if (series->is_constant) {
        *until = CCS_TIME_NEVER;
        return series->constant;
    }
    int64_t i = index_at(series, start_day, t, until);
    return i >= 0 ? series->v[i] : 0.0;
}

double ccs_series_line_at(const struct ccs_series *series, int64_t start_day, ccs_time t,
                          double *slope, ccs_time *until)
{
    *slope = 0.0;
    if (series->is_constant) {
        *until = CCS_TIME_NEVER;
        return series->constant;
    }
    int64_t i = index_at(series, start_day, t, until);
    ccs_time after;
    int64_t next = i >= 0 ? index_at(series, start_day, *until, &after) : -1;
    if (next < 0) {
        return 0.0;
    }
    ccs_time since = t - (*until - series->interval);
    *slope = (series->v[next] - series->v[i]) / (double)series->interval;
    return series->v[i] + *slope * (double)since;
}

double ccs_series_mean(const struct ccs_series *series)
{
    if (series->is_constant) {
        return series->constant;
    }
    double sum = 0.0;
    for (size_t i = 0; i < series->n; i++) {
        sum += series->v[i];
    }
    ccs_time span = series->interval * (ccs_time)series->n;
    if (series->per_day > 0) {
        span = CCS_US_PER_DAY * ((ccs_time)series->n / series->per_day);
        span = series->weekdays_only ? span / 5 * 7 : span;
    } else if (series->repeat == CCS_REPEAT_DAY) {
        span = CCS_US_PER_DAY;
    } else if (series->repeat == CCS_REPEAT_WEEK) {
        span = CCS_US_PER_WEEK;
    }
    return sum * (double)series->interval / (double)span;
}
