/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Durations, dates and times of day: see duration.h. Day numbers by the usual reckoning in years
 * that begin on 1 March, so that the leap day comes last.
 */
#include "format/field/duration.h"

#include "base/json_out.h"
#include "base/units.h"
#include "format/document/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY_S 86400.0
#define MONTH_S (30.4375 * DAY_S)
#define YEAR_S (365.25 * DAY_S)

static const struct {
    const char *name;
    double seconds;
    bool is_canonical; /* used in output */
} units[] = {
    {"ms", 1e-3, true},         {"s", 1.0, true},           {"min", 60.0, true},
    {"h", 3600.0, true},        {"day", DAY_S, false},      {"days", DAY_S, true},
    {"week", 7 * DAY_S, false}, {"weeks", 7 * DAY_S, true}, {"month", MONTH_S, false},
    {"months", MONTH_S, true},  {"year", YEAR_S, false},    {"years", YEAR_S, true},
};
enum {
    UNIT_N = sizeof units / sizeof units[0]
};

/* What people write instead, and what it is called here. */
static const struct {
    const char *wrong, *right;
} aliases[] = {
    {"sec", "s"},   {"secs", "s"},   {"second", "s"},   {"seconds", "s"},
    {"m", "min"},   {"mins", "min"}, {"minute", "min"}, {"minutes", "min"},
    {"hr", "h"},    {"hrs", "h"},    {"hour", "h"},     {"hours", "h"},
    {"d", "days"},  {"w", "weeks"},  {"mon", "months"}, {"mo", "months"},
    {"y", "years"}, {"yr", "years"}, {"msec", "ms"},    {"milliseconds", "ms"},
};

bool ccs_duration_unit(const char *unit, double *seconds)
{
    for (size_t i = 0; i < UNIT_N; i++) {
        if (strcmp(units[i].name, unit) == 0) {
            *seconds = units[i].seconds;
            return true;
        }
    }
    return false;
}

static void fault_unit(const char *unit, char fault[CCS_DURATION_FAULT])
{
    struct ccs_nearest nearest = ccs_nearest_to(unit);
    char suggestion[CCS_SUGGEST_TEXT];
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].wrong, unit) == 0) {
            nearest.best = aliases[i].right;
        }
    }
    for (size_t i = 0; nearest.best == NULL && i < UNIT_N; i++) {
        ccs_nearest_try(&nearest, units[i].name);
    }
    snprintf(fault, CCS_DURATION_FAULT, "no unit `%.24s` (ms s min h days weeks months years)%s",
             unit, ccs_nearest_text(suggestion, &nearest));
}

bool ccs_duration_parse(const char *text, double *seconds, char fault[CCS_DURATION_FAULT])
{
    /* The unit begins with the first letter that is not the exponent of the number. */
    size_t n = strspn(text, "0123456789+-.");
    if ((text[n] == 'e' || text[n] == 'E') && strspn(text + n + 1, "+-0123456789") > 0) {
        n += 1 + strspn(text + n + 1, "+-0123456789");
    }
    const char *unit = text + n + strspn(text + n, " ");
    double number, unit_s;
    if (!ccs_text_number(text, n, &number)) {
        snprintf(fault, CCS_DURATION_FAULT,
                 "must be a number and a unit, like \"90 s\" (found \"%.40s\")", text);
        return false;
    }
    if (*unit == '\0') {
        snprintf(fault, CCS_DURATION_FAULT, "has no unit: write \"%.*s s\" if seconds are meant",
                 n > 40 ? 40 : (int)n, text);
        return false;
    }
    if (!ccs_duration_unit(unit, &unit_s)) {
        fault_unit(unit, fault);
        return false;
    }
    *seconds = number * unit_s;
    if (!(fabs(*seconds) <= CCS_DURATION_MAX_S)) {
        snprintf(fault, CCS_DURATION_FAULT, "is longer than 285,000 years (found \"%.40s\")", text);
        return false;
    }
    return true;
}

char *ccs_duration_text(char text[CCS_DURATION_TEXT], double seconds)
{
    char number[CCS_DOUBLE_TEXT];
    size_t best = 1; /* seconds */
    for (size_t i = 0; i < UNIT_N; i++) {
        double count = seconds / units[i].seconds;
        bool is_larger = units[i].seconds > units[best].seconds || best == 1;
        if (units[i].is_canonical && seconds != 0.0 && count == floor(count) && is_larger) {
            best = i;
        }
    }
    snprintf(text, CCS_DURATION_TEXT, "%s %s",
             ccs_double_text(number, seconds / units[best].seconds), units[best].name);
    return text;
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Digits at text[0..n-1], or -1. */
static int64_t digits(const char *text, size_t n)
{
    int64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool ccs_date_parse(const char *text, int64_t *day)
{
    static const int days_in_month[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    int64_t y = digits(text, 4), m = digits(text + 5, 2), d = digits(text + 8, 2);
    if (y < 1000 || m < 1 || m > 12 || d < 1 ||
        d > days_in_month[m - 1] + (m == 2 && is_leap(y) ? 1 : 0)) {
        return false;
    }
    int64_t year = m <= 2 ? y - 1 : y;      /* begins on 1 March */
    int64_t month = m <= 2 ? m + 9 : m - 3; /* 0 = March */
    int64_t of_year = (153 * month + 2) / 5 + d - 1;
    *day = 365 * year + year / 4 - year / 100 + year / 400 + of_year - 719468;
    return true;
}

char *ccs_date_text(char text[CCS_DATE_TEXT], int64_t day)
{
    int64_t since = day + 719468; /* days since 0000-03-01 */
    int64_t era = (since >= 0 ? since : since - 146096) / 146097;
    int64_t of_era = since - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t d = of_year - (153 * month + 2) / 5 + 1;
    int64_t m = month < 10 ? month + 3 : month - 9;
    int64_t y = year + era * 400 + (m <= 2 ? 1 : 0);
    snprintf(text, CCS_DATE_TEXT, "%04d-%02d-%02d", (int)(y % 10000), (int)m, (int)d);
    return text;
}

bool ccs_clock_parse(const char *text, size_t length, int32_t *minutes)
{
    if (length != 5 || text[2] != ':') {
        return false;
    }
    int64_t h = digits(text, 2), min = digits(text + 3, 2);
    if (h < 0 || min < 0 || min > 59 || h * 60 + min > 24 * 60) {
        return false;
    }
    *minutes = (int32_t)(h * 60 + min);
    return true;
}
