/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Civil time: what day and minute of the week a simulated time is, when a calendar is open, and
 * what value an interval table has. Days are 24 h (no daylight saving); t = 0 is midnight of the
 * start day; times before it (the warm-up) are negative and count backwards.
 *
 * Invariant: every function also says until when its answer holds, so that nothing is polled.
 */
#ifndef CCS_MODEL_TIMETABLE_H
#define CCS_MODEL_TIMETABLE_H

#include "config/config.h"

/* Day number (since 1970-01-01) of time t. */
int64_t ccs_day_of(int64_t start_day, ccs_time t);

/* 0 = Monday .. 6 = Sunday. */
int ccs_weekday_of(int64_t day);

bool ccs_calendar_is_holiday(const struct ccs_calendar_config *calendar, int64_t day);

/* Is `calendar` (NULL: always) open at t? `until`: the first later time at which that changes,
 * CCS_TIME_NEVER if it does not change within a year. */
bool ccs_calendar_open(const struct ccs_calendar_config *calendar, int64_t start_day, ccs_time t,
                       ccs_time *until);

/* First time >= t at which it is open; CCS_TIME_NEVER if it stays closed for a year. */
ccs_time ccs_calendar_next_open(const struct ccs_calendar_config *calendar, int64_t start_day,
                                ccs_time t);

/* Value of the series at t; `until` as above. */
double ccs_series_at(const struct ccs_series *series, int64_t start_day, ccs_time t,
                     ccs_time *until);

/* The same for a table whose values are points at the beginnings of the intervals with straight
 * lines between: the value at t and its slope per microsecond. 0 where no point follows at once:
 * in the last interval of a table that is not repeated, and before a gap. */
double ccs_series_line_at(const struct ccs_series *series, int64_t start_day, ccs_time t,
                          double *slope, ccs_time *until);

/* Time-weighted mean over one week of a constant, day- or week-periodic series (over the whole
 * table otherwise). */
double ccs_series_mean(const struct ccs_series *series);

#endif
