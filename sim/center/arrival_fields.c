/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what makes one day unlike another: special days, holidays, random factors, bursts. */
#include "center/config.h"

/* The rows of a special day that lies at `base` in its struct. */
#define SPECIAL_DAY_ROWS(base)                                                                     \
    {.key = "factor",                                                                              \
     .type = CCS_FIELD_REAL,                                                                       \
     .offset = (base) + offsetof(struct ccs_special_day_config, factor),                           \
     .max = 1e6,                                                                                   \
     .def = "null",                                                                                \
     .help = "Factor on the day's rate or count; 0: nobody calls. May be left out (1) beside "     \
             "`profile` or `per_interval`."},                                                      \
        {.key = "profile",                                                                         \
         .type = CCS_FIELD_SERIES,                                                                 \
         .offset = (base) + offsetof(struct ccs_special_day_config, profile),                      \
         .max = 1e9,                                                                               \
         .unit = "relative",                                                                       \
         .def = "null",                                                                            \
         .help = "Profile of the day from midnight, instead of the issue type's `profile` and on " \
                 "its scale: twice its values are twice the rate."},                               \
    {                                                                                              \
        .key = "per_interval", .type = CCS_FIELD_SERIES,                                           \
        .offset = (base) + offsetof(struct ccs_special_day_config, per_interval), .max = 1e9,      \
        .unit = "contacts per interval", .def = "null",                                            \
        .help = "Contacts per interval from midnight, instead of the volume's own table or rate."  \
    }

static const struct ccs_field special_day_fields[] = {SPECIAL_DAY_ROWS(0)};

const struct ccs_section ccs_special_day_section = {
    .title = "special day",
    .help = "A day unlike others: a factor, or a table of its own, or both.",
    .size = sizeof(struct ccs_special_day_config),
    .field = special_day_fields,
    .field_n = sizeof special_day_fields / sizeof special_day_fields[0],
};

static const struct ccs_field holiday_fields[] = {
    {.key = "calendar",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_holiday_config, calendar),
     .ref = "calendars",
     .help = "The calendar whose `holidays` are meant."},
    SPECIAL_DAY_ROWS(offsetof(struct ccs_holiday_config, day)),
};

const struct ccs_section ccs_holiday_section = {
    .title = "demand on holidays",
    .help = "Demand on the holidays of a calendar.",
    .size = sizeof(struct ccs_holiday_config),
    .field = holiday_fields,
    .field_n = sizeof holiday_fields / sizeof holiday_fields[0],
};

static const struct ccs_field period_factor_fields[] = {
    {.key = "interval",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_period_factor_config, interval),
     .min = 60,
     .max = 86400,
     .def = "\"30 min\"",
     .help = "Length of a period; must divide a day."},
    {.key = "cv",
     .type = CCS_FIELD_SERIES,
     .offset = offsetof(struct ccs_period_factor_config, cv),
     .max = 10,
     .help = "Coefficient of variation of the gamma-distributed factor with mean 1, at least 0.01; "
             "or an interval table (0: no factor then), read where each period begins."},
    {.key = "correlation",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_period_factor_config, correlation),
     .min = -0.99,
     .max = 0.9999,
     .def = "0",
     .help = "Correlation rho of neighbouring periods of a day, of their normal scores; periods k "
             "apart have rho^k. 0: independent."},
    {.key = "correlation_floor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_period_factor_config, correlation_floor),
     .max = 1,
     .def = "0",
     .help = "Share c of the scores' variance that all periods of a day have in common. Periods k "
             "apart then have c + (1 - c - n) rho^k, n = `correlation_noise`; c + n at most 1."},
    {.key = "correlation_noise",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_period_factor_config, correlation_noise),
     .max = 1,
     .def = "0",
     .help = "Share n of the scores' variance that each period has for itself alone."},
};

const struct ccs_section ccs_period_factor_section = {
    .title = "period factor",
    .help = "Random factors with mean 1 on the rate of each period, correlated within a day by a "
            "normal copula (AR(1)), independent between days; on top of the day factor.",
    .size = sizeof(struct ccs_period_factor_config),
    .field = period_factor_fields,
    .field_n = sizeof period_factor_fields / sizeof period_factor_fields[0],
};

static const struct ccs_field common_day_factor_fields[] = {
    {.key = "group",
     .type = CCS_FIELD_STRING,
     .offset = offsetof(struct ccs_common_day_factor_config, group),
     .help = "Issue types that name the same group share one draw a day."},
    {.key = "cv",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_common_day_factor_config, cv),
     .min = CCS_CV_MIN,
     .max = 10,
     .def = "null",
     .help = "Coefficient of variation of a gamma-distributed factor."},
    {.key = "factor",
     .type = CCS_FIELD_DIST_REAL,
     .offset = offsetof(struct ccs_common_day_factor_config, factor),
     .unit = "relative",
     .def = "null",
     .help = "Instead of `cv`: any distribution; scaled to mean 1."},
};

const struct ccs_section ccs_common_day_factor_section = {
    .title = "common day factor",
    .help = "A random factor with mean 1 on the days of a group of issue types. Beside a factor of "
            "the type's own with coefficient of variation a and one of b here, the product has "
            "sqrt((1 + a^2) (1 + b^2) - 1).",
    .size = sizeof(struct ccs_common_day_factor_config),
    .field = common_day_factor_fields,
    .field_n = sizeof common_day_factor_fields / sizeof common_day_factor_fields[0],
};

static const char *const shapes[] = {"flat", "linear", "exponential", NULL};

static const struct ccs_field burst_fields[] = {
    {.key = "date",
     .type = CCS_FIELD_DATE,
     .offset = offsetof(struct ccs_burst_config, date),
     .help = "The day on which it begins."},
    {.key = "from",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_burst_config, from),
     .min = 0,
     .max = 86400,
     .def = "\"0 s\"",
     .help = "Time of day at which it begins, since midnight."},
    {.key = "duration",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_burst_config, duration),
     .min = 1,
     .max = 3.2e8,
     .help = "How long it lasts; with shape exponential the time in which it falls to 37 %."},
    {.key = "factor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_burst_config, factor),
     .max = 1e6,
     .def = "null",
     .help = "Factor on the rate of this issue type meanwhile (0: it cannot arise)."},
    {.key = "contacts",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_burst_config, contacts),
     .max = 1e9,
     .def = "null",
     .help = "Instead of a factor: contacts expected in all, on top of the rate."},
    {.key = "shape",
     .type = CCS_FIELD_ENUM,
     .offset = offsetof(struct ccs_burst_config, shape),
     .choices = shapes,
     .def = "\"flat\"",
     .help = "How `contacts` spread: evenly, falling in a line to 0, or falling exponentially."},
    {.key = "segment",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_burst_config, segment),
     .ref = "segments",
     .def = "null",
     .help = "Whose customers the extra contacts are. Left out: as the volume's, or the only "
             "segment with a rate."},
};

const struct ccs_section ccs_burst_section = {
    .title = "burst",
    .help = "More contacts for a while.",
    .size = sizeof(struct ccs_burst_config),
    .field = burst_fields,
    .field_n = sizeof burst_fields / sizeof burst_fields[0],
};

int ccs_burst_segment(const struct ccs_issue_type_config *ty, const struct ccs_burst_config *b,
                      bool *is_clear)
{
    *is_clear = true;
    if (b->segment >= 0 || ty->volume) {
        return b->segment >= 0 ? b->segment : ty->volume->segment;
    }
    int found = -1;
    for (size_t s = 0; s < ty->rate_per_customer_year.n; s++) {
        if (ty->rate_per_customer_year.v[s] > 0) {
            *is_clear = *is_clear && found < 0;
            found = (int)s;
        }
    }
    return found;
}
