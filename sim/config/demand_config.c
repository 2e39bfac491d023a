/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of demand: volumes, and what makes one day unlike another (special days, holidays, random
 * factors, bursts). */
#include "config/issue_type_config.h"

/* The rows of a special day: `day` is where it lies in `record`, with a dot ("day."), or nothing.
 */
#define SPECIAL_DAY_ROWS(record, day)                                                              \
    CCS_ROW_AS("factor", REAL, record, day factor, .max = 1e6, .def = "null",                      \
               .help = "Factor on the day's rate or count; 0: nobody calls. May be left out (1) "  \
                       "beside `profile` or `per_interval`."),                                     \
        CCS_ROW_AS("profile", SERIES, record, day profile, .max = 1e9, .unit = "relative",         \
                   .def = "null",                                                                  \
                   .help = "Profile of the day from midnight, instead of the issue type's "        \
                           "`profile` and on its scale: twice its values are twice the rate."),    \
        CCS_ROW_AS(                                                                                \
            "per_interval", SERIES, record, day per_interval, .max = 1e9,                          \
            .unit = "contacts per interval", .def = "null",                                        \
            .help =                                                                                \
                "Contacts per interval from midnight, instead of the volume's own table or rate.")

static const struct ccs_field special_day_fields[] = {
    SPECIAL_DAY_ROWS(struct ccs_special_day_config, )};

const struct ccs_section ccs_special_day_section = {
    .title = "special day",
    .help = "A day unlike others: a factor, or a table of its own, or both.",
    .size = sizeof(struct ccs_special_day_config),
    CCS_ROWS(special_day_fields),
};

static const struct ccs_field holiday_fields[] = {
    CCS_ROW(REF, struct ccs_holiday_config, calendar, .ref = "calendars",
            .help = "The calendar whose `holidays` are meant."),
    SPECIAL_DAY_ROWS(struct ccs_holiday_config, day.),
};

const struct ccs_section ccs_holiday_section = {
    .title = "demand on holidays",
    .help = "Demand on the holidays of a calendar.",
    .size = sizeof(struct ccs_holiday_config),
    CCS_ROWS(holiday_fields),
};

static const struct ccs_field period_factor_fields[] = {
    CCS_ROW(DURATION, struct ccs_period_factor_config, interval, .min = 60, .max = 86400,
            .def = "\"30 min\"", .help = "Length of a period; must divide a day."),
    CCS_ROW(SERIES, struct ccs_period_factor_config, cv, .max = 10,
            .help =
                "Coefficient of variation of the gamma-distributed factor with mean 1, at least "
                "0.01; or an interval table (0: no factor then), read where each period begins."),
    CCS_ROW(REAL, struct ccs_period_factor_config, correlation, .min = -0.99, .max = 0.9999,
            .def = "0",
            .help = "Correlation rho of neighbouring periods of a day, of their normal scores; "
                    "periods k apart have rho^k. 0: independent."),
    CCS_ROW(
        REAL, struct ccs_period_factor_config, correlation_floor, .max = 1, .def = "0",
        .help =
            "Share c of the scores' variance that all periods of a day have in common. Periods k "
            "apart then have c + (1 - c - n) rho^k, n = `correlation_noise`; c + n at most 1."),
    CCS_ROW(REAL, struct ccs_period_factor_config, correlation_noise, .max = 1, .def = "0",
            .help = "Share n of the scores' variance that each period has for itself alone."),
};

const struct ccs_section ccs_period_factor_section = {
    .title = "period factor",
    .help = "Random factors with mean 1 on the rate of each period, correlated within a day by a "
            "normal copula (AR(1)), independent between days; on top of the day factor.",
    .size = sizeof(struct ccs_period_factor_config),
    CCS_ROWS(period_factor_fields),
};

static const struct ccs_field common_day_factor_fields[] = {
    CCS_ROW(STRING, struct ccs_common_day_factor_config, group,
            .help = "Issue types that name the same group share one draw a day."),
    CCS_ROW(REAL, struct ccs_common_day_factor_config, cv, .min = CCS_CV_MIN, .max = 10,
            .def = "null", .help = "Coefficient of variation of a gamma-distributed factor."),
    CCS_ROW(DIST_REAL, struct ccs_common_day_factor_config, factor, .unit = "relative",
            .def = "null", .help = "Instead of `cv`: any distribution; scaled to mean 1."),
};

const struct ccs_section ccs_common_day_factor_section = {
    .title = "common day factor",
    .help = "A random factor with mean 1 on the days of a group of issue types. Beside a factor of "
            "the type's own with coefficient of variation a and one of b here, the product has "
            "sqrt((1 + a^2) (1 + b^2) - 1).",
    .size = sizeof(struct ccs_common_day_factor_config),
    CCS_ROWS(common_day_factor_fields),
};

static const char *const shapes[] = {"flat", "linear", "exponential", NULL};

static const struct ccs_field burst_fields[] = {
    CCS_ROW(DATE, struct ccs_burst_config, date, .help = "The day on which it begins."),
    CCS_ROW(DURATION, struct ccs_burst_config, from, .min = 0, .max = 86400, .def = "\"0 s\"",
            .help = "Time of day at which it begins, since midnight."),
    CCS_ROW(DURATION, struct ccs_burst_config, duration, .min = 1, .max = 3.2e8,
            .help =
                "How long it lasts; with shape exponential the time in which it falls to 37 %."),
    CCS_ROW(REAL, struct ccs_burst_config, factor, .max = 1e6, .def = "null",
            .help = "Factor on the rate of this issue type meanwhile (0: it cannot arise)."),
    CCS_ROW(REAL, struct ccs_burst_config, contacts, .max = 1e9, .def = "null",
            .help = "Instead of a factor: contacts expected in all, on top of the rate."),
    CCS_ROW(ENUM, struct ccs_burst_config, shape, .choices = shapes, .def = "\"flat\"",
            .help =
                "How `contacts` spread: evenly, falling in a line to 0, or falling exponentially."),
    CCS_ROW(REF, struct ccs_burst_config, segment, .ref = "segments", .def = "null",
            .help = "Whose customers the extra contacts are. Left out: as the volume's, or the "
                    "only segment with a rate."),
};

const struct ccs_section ccs_burst_section = {
    .title = "burst",
    .help = "More contacts for a while.",
    .size = sizeof(struct ccs_burst_config),
    CCS_ROWS(burst_fields),
};

int ccs_burst_segment(const struct ccs_issue_type_config *ty, const struct ccs_burst_config *b,
                      bool *is_clear)
{
    *is_clear = true;
    bool is_given = ccs_index_is_given(b->segment);
    if (is_given || ty->volume) {
        return is_given ? b->segment : ty->volume->segment;
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

static const char *const counts_choices[] = {"first_requests", "all_contacts", NULL};

static const struct ccs_field volume_fields[] = {
    CCS_ROW(SERIES, struct ccs_volume_config, per_interval, .min = 0, .max = 1e9,
            .unit = "contacts per interval", .def = "null",
            .help = "Contacts per interval, inline or from CSV, as planners have them. Arrivals "
                    "are Poisson with a constant rate within each interval."),
    CCS_ROW(REAL, struct ccs_volume_config, rate_per_h, .min = 0, .max = 1e9,
            .unit = "contacts per hour", .def = "null",
            .help = "A constant rate instead of a table."),
    CCS_ROW(SERIES, struct ccs_volume_config, rate_points_per_h, .min = 0, .max = 1e9,
            .unit = "contacts per hour", .def = "null",
            .help = "Instead of a table: the rate at the beginning of each interval, with straight "
                    "lines between. Where no point follows at once (the last one of a table that "
                    "is not repeated, or that leaves a gap) nobody calls."),
    CCS_ROW(SERIES, struct ccs_volume_config, daily_counts, .min = 0, .max = 1e7,
            .unit = "contacts per day", .def = "null",
            .help = "Instead of a table: exactly so many contacts each day ({\"interval\": \"1 "
                    "day\", \"values\": [..]}, or one number for every day), at independent times "
                    "by `profile`. A fraction is one contact more with that probability."),
    CCS_ROW(SERIES, struct ccs_volume_config, interval_counts, .min = 0, .max = 1e7,
            .unit = "contacts per interval", .def = "null",
            .help = "Instead of a table: exactly so many contacts in each interval, at independent "
                    "times spread evenly over it; for runs on the real counts of real days. A "
                    "fraction is one contact more with that probability."),
    CCS_ROW(
        DIST_REAL, struct ccs_volume_config, daily_total, .unit = "contacts per day", .def = "null",
        .help =
            "Instead of a table: a random number of contacts each day, independent of other days, "
            "at times by `profile`. A fraction is one contact more with that probability."),
    CCS_ROW(REAL, struct ccs_volume_config, profile_concentration, .min = 0.1, .max = 1e9,
            .def = "null",
            .help =
                "With `daily_total` or `daily_counts`: the shares of the intervals of `profile` in "
                "a day are random too, Dirichlet with this concentration around the profile: a "
                "share with mean p has the variance p (1 - p) / (1 + concentration) (Avramidis, "
                "Deslauriers, L'Ecuyer 2004). Left out: the shares are the profile's."),
    CCS_ROW(
        RECORDING, struct ccs_volume_config, replay, .def = "null",
        .help =
            "Instead of a table: recorded arrivals, the same in every replication, from a CSV file "
            "with a header. Beside `csv`, names of columns: `arrival` (a number since the start, "
            "in `unit`: s, min, h; or \"2026-01-05 09:30:12\"), and where recorded `talk` "
            "(seconds), `issue_type` (rows of other types are passed over) and `channel`."),
    CCS_ROW(DIST, struct ccs_volume_config, interarrival, .unit = "duration", .def = "null",
            .help = "Renewal arrivals: the time from one contact to the next, independent of all "
                    "others (Poisson arrivals where left out; \"75 s\" is one every 75 s). With a "
                    "table or a rate only its shape counts: operational time runs with the rate."),
    CCS_ROW(SERIES, struct ccs_volume_config, share, .max = 1, .unit = "share", .def = "1",
            .help = "Share of the table or rate that is of this type: a number above 0, or an "
                    "interval table where it changes, say over the day."),
    CCS_ROW(REAL, struct ccs_volume_config, factor, .max = 1e6, .def = "1",
            .help = "Factor on the whole volume, table, rate or counts: 1.1 is 10 % more contacts, "
                    "0 none. `bursts` stay as they are."),
    CCS_ROW(ENUM, struct ccs_volume_config, counts, .choices = counts_choices,
            .def = "\"first_requests\"",
            .help = "What the table counts. Real tables usually contain redials and repeats: with "
                    "`all_contacts` all such tables are scaled by one factor, so that the baseline "
                    "policy reproduces their total over the window; the fit is reported."),
    CCS_ROW(REF, struct ccs_volume_config, segment, .ref = "segments", .def = "null",
            .help = "Whose customers these are. Left out: every arrival is a customer of its own "
                    "with one issue, and churn is not available."),
};
const struct ccs_section ccs_volume_section = {
    .title = "volume",
    .help = "Arrivals by a forecast of contacts.",
    .size = sizeof(struct ccs_volume_config),
    CCS_ROWS(volume_fields),
};
