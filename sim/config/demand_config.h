/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many contacts and when: the parts of an issue type that say it. */
#ifndef CCS_CONFIG_DEMAND_CONFIG_H
#define CCS_CONFIG_DEMAND_CONFIG_H

#include "format/field/field.h"

enum ccs_counts {
    CCS_COUNTS_FIRST_REQUESTS,
    CCS_COUNTS_ALL_CONTACTS
};

/* How many contacts; exactly one of the first seven, or `interarrival` alone. The others are
 * absent (field_values.h). */
struct ccs_volume_config {
    struct ccs_series per_interval;      /* contacts per interval */
    double rate_per_h;                   /* constant rate */
    struct ccs_series rate_points_per_h; /* rate at the beginning of each interval, lines between */
    struct ccs_series daily_counts;      /* exactly so many contacts a day */
    struct ccs_series interval_counts;   /* exactly so many contacts in each interval */
    struct ccs_dist daily_total;         /* random number of contacts a day */
    struct ccs_recording replay;         /* recorded arrivals */
    struct ccs_dist interarrival; /* renewal process: shape, and rate if nothing else is given */
    double profile_concentration; /* of the random shares of the parts of a day; absent: fixed */
    struct ccs_series share;      /* of the table or rate that is this type */
    double factor;                /* on all of it */
    int counts;                   /* enum ccs_counts */
    int32_t segment;              /* whose customers call; -1: each arrival is its own customer */
};

static inline bool ccs_volume_has_rate(const struct ccs_volume_config *volume)
{
    return ccs_real_is_given(volume->rate_per_h);
}

static inline bool ccs_volume_is_renewal(const struct ccs_volume_config *volume)
{
    return ccs_dist_is_given(&volume->interarrival);
}

/* All of the table or rate is of this type. */
static inline bool ccs_volume_is_whole(const struct ccs_volume_config *volume)
{
    return volume->share.is_constant && volume->share.constant == 1;
}

static inline bool ccs_volume_has_total(const struct ccs_volume_config *volume)
{
    return ccs_dist_is_given(&volume->daily_total);
}

/* Are counts given, of days or of intervals, instead of a rate? */
static inline bool ccs_volume_has_counts(const struct ccs_volume_config *volume)
{
    return ccs_series_is_given(&volume->daily_counts) ||
           ccs_series_is_given(&volume->interval_counts) || ccs_volume_has_total(volume);
}

/* A day unlike others of its kind. */
struct ccs_special_day_config {
    double factor;                  /* on the day's rate; absent: 1 */
    struct ccs_series profile;      /* instead of the issue type's; absent: that one */
    struct ccs_series per_interval; /* instead of the volume's table or rate */
};

struct ccs_holiday_config {
    int32_t calendar;
    struct ccs_special_day_config day;
};

/* Random factors on the rate of parts of a day. */
struct ccs_period_factor_config {
    ccs_time interval;
    struct ccs_series cv;
    double correlation;       /* of neighbours, of the normal scores */
    double correlation_floor; /* variance of the scores that a whole day shares */
    double correlation_noise; /* and that each period has for itself */
};

/* A factor on the days of all issue types that name the group, beside their own. */
struct ccs_common_day_factor_config {
    const char *group;
    double cv;              /* of a gamma distribution; or absent */
    struct ccs_dist factor; /* or any distribution */
};

enum ccs_burst_shape {
    CCS_BURST_FLAT,
    CCS_BURST_LINEAR,
    CCS_BURST_EXPONENTIAL
};

/* A campaign or an outage: more contacts for a while. */
struct ccs_burst_config {
    int64_t date;
    ccs_time from; /* since midnight */
    ccs_time duration;
    double factor;   /* on the rate; or absent */
    double contacts; /* expected, on top of the rate; or absent */
    int shape;       /* enum ccs_burst_shape */
    int32_t segment; /* -1: as the type */
};

extern const struct ccs_section ccs_volume_section;

extern const struct ccs_section ccs_special_day_section;

extern const struct ccs_section ccs_holiday_section;

extern const struct ccs_section ccs_period_factor_section;

extern const struct ccs_section ccs_common_day_factor_section;

extern const struct ccs_section ccs_burst_section;

#endif
