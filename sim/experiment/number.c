/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them: see number.h. */
#include "experiment/number.h"

#include "base/json_out.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    DECIMALS_MAX = 6,
    DECIMALS_MIN = -9
};

static struct ccs_scale time_scale(double largest_s)
{
    /* A unit is used from two of it on: 90 s, 2.5 min. */
    return largest_s >= 2 * 86400.0  ? (struct ccs_scale){1 / 86400.0, "days"}
           : largest_s >= 2 * 3600.0 ? (struct ccs_scale){1 / 3600.0, "h"}
           : largest_s >= 2 * 60.0   ? (struct ccs_scale){1 / 60.0, "min"}
                                     : (struct ccs_scale){1, "s"};
}

struct ccs_scale ccs_scale_of(const char *unit, double largest, const char *currency,
                              char text[CCS_UNIT_TEXT])
{
    if (strcmp(unit, "s") == 0) {
        return time_scale(largest);
    }
    if (strcmp(unit, "share") == 0 || strcmp(unit, "per year") == 0) {
        return (struct ccs_scale){100, "%"};
    }
    if (strcmp(unit, "currency") == 0) {
        const char *prefix = largest >= 1e8 ? "M " : largest >= 1e5 ? "k " : "";
        snprintf(text, CCS_UNIT_TEXT, "%s%s", prefix, currency);
        return (struct ccs_scale){largest >= 1e8 ? 1e-6 : largest >= 1e5 ? 1e-3 : 1, text};
    }
    if (strcmp(unit, "h") == 0) {
        return (struct ccs_scale){1, "h"};
    }
    return largest > 0 && largest < 0.1 ? (struct ccs_scale){100, "/100"}
                                        : (struct ccs_scale){1, ""};
}

/* Decimals of a half-width > 0: see number.h. */
static int interval_decimals(double half_width)
{
    int magnitude = (int)floor(log10(half_width));
    double leading = round(half_width / pow(10, magnitude - 2)); /* 100 to 1000 */
    return leading < 355 ? 1 - magnitude : -magnitude;
}

/* Four significant digits, but the whole part in full, and no zeros at the end. */
static int plain_decimals(double value)
{
    int magnitude = (int)floor(log10(fabs(value)));
    int decimals = magnitude >= 3 ? 0 : 3 - magnitude;
    double scaled = round(fabs(value) * pow(10, decimals));
    while (decimals > 0 && fmod(scaled, 10) == 0) {
        scaled /= 10;
        decimals--;
    }
    return decimals;
}

int ccs_number_decimals(double value, double half_width)
{
    int decimals = isfinite(half_width) && half_width > 0 ? interval_decimals(half_width)
                   : isfinite(value) && value != 0        ? plain_decimals(value)
                                                          : 0;
    return decimals > DECIMALS_MAX   ? DECIMALS_MAX
           : decimals < DECIMALS_MIN ? DECIMALS_MIN
                                     : decimals;
}

/* "1234567" to "1,234,567" */
static char *group_digits(char *to, const char *digits)
{
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) {
            *to++ = ',';
        }
        *to++ = digits[i];
    }
    *to = '\0';
    return to;
}

char *ccs_number_text(char text[CCS_NUMBER_TEXT], double value, int decimals, bool with_sign)
{
    if (isnan(value)) {
        return strcpy(text, "-");
    }
    int places = decimals > 0 ? decimals : 0;
    double quantum = decimals < 0 ? pow(10, -decimals) : 1;
    double scaled = decimals < 0 ? round(fabs(value) / quantum) * quantum
                                 : round(fabs(value) * pow(10, places)); /* in 10^-places */
    if (!(scaled < 9e15)) {
        return ccs_double_text(text, value);
    }
    char *at = text;
    if (scaled > 0 && (value < 0 || with_sign)) { /* a rounded zero has no sign */
        *at++ = value < 0 ? '-' : '+';
    }
    char digits[24];
    int64_t unit = (int64_t)pow(10, places);
    int64_t fraction = (int64_t)scaled % unit;
    snprintf(digits, sizeof digits, "%" PRId64, (int64_t)scaled / unit);
    at = group_digits(at, digits);
    if (places > 0) {
        *at = '.';
        for (int i = places; i > 0; i--, fraction /= 10) {
            at[i] = (char)('0' + fraction % 10);
        }
        at[places + 1] = '\0';
    }
    return text;
}
