/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Durations, dates and times of day as text.
 *
 * A duration is a decimal number and a unit: "90 s", "1.5 h". Units: ms, s, min, h, day(s),
 * week(s), month(s) of 30.4375 days, year(s) of 365.25 days. A date is "YYYY-MM-DD" of the
 * Gregorian calendar, a time of day "HH:MM" from 00:00 to 24:00.
 */
#ifndef CCS_FORMAT_FIELD_DURATION_H
#define CCS_FORMAT_FIELD_DURATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CCS_DURATION_FAULT = 200, /* room for the message of ccs_duration_parse */
    CCS_DURATION_TEXT = 48,
    CCS_DATE_TEXT = 16
};

/* What ccs_time can hold, with some room for adding: 9e12 s, about 285,000 years. */
#define CCS_DURATION_MAX_S 9e12

/* The pattern of a duration for the JSON Schema. */
#define CCS_DURATION_PATTERN                                                                       \
    "^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)? *"                                       \
    "(ms|s|min|h|days?|weeks?|months?|years?)$"

/* Seconds of a duration, which may be negative; false, with a message that says what to write,
 * when it is none or exceeds CCS_DURATION_MAX_S. */
bool ccs_duration_parse(const char *text, double *seconds, char fault[CCS_DURATION_FAULT]);

/* Seconds of one unit ("min" is 60); false when there is no such unit. */
bool ccs_duration_unit(const char *unit, double *seconds);

/* "6 min": in the largest unit in which it is a whole number. Returns `text`. */
char *ccs_duration_text(char text[CCS_DURATION_TEXT], double seconds);

/* Days since 1970-01-01; false when there is no such day in the years 1000 to 9999. */
bool ccs_date_parse(const char *text, int64_t *day);

/* "2024-02-29". Returns `text`. */
char *ccs_date_text(char text[CCS_DATE_TEXT], int64_t day);

/* Minutes since midnight of "HH:MM"; `length` bytes are read. */
bool ccs_clock_parse(const char *text, size_t length, int32_t *minutes);

#endif
