/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of problems: the "issue_types" section. */
#ifndef CCS_CONFIG_ISSUE_TYPE_CONFIG_H
#define CCS_CONFIG_ISSUE_TYPE_CONFIG_H

#include "config/channel_config.h"
#include "config/demand_config.h"

struct ccs_back_office_config {
    int32_t team;
    struct ccs_dist work;
};

struct ccs_verification_config {
    struct ccs_dist time;
    double sensitivity; /* P(supports | justified) */
    double specificity; /* P(contradicts | unjustified) */
};

enum ccs_needs {
    CCS_NEEDS_EXPLANATION,
    CCS_NEEDS_DECISION
};

/* What a settled issue leads to, by type: see follow_on.h. */
struct ccs_follow_on_config {
    double probability;
    struct ccs_dist delay;
};

struct ccs_issue_type_config {
    struct ccs_real_map rate_per_customer_year; /* by segment */
    struct ccs_volume_config *volume;           /* NULL: not volume-driven */
    struct ccs_series profile;                  /* relative intensity over the week */
    double day_factor_cv;
    struct ccs_dist day_factor;   /* instead of it: any distribution, scaled to mean 1 */
    const char *day_factor_group; /* NULL: factors of its own */
    struct ccs_common_day_factor_config *common_day_factor;
    struct ccs_period_factor_config *period_factor;
    struct ccs_holiday_config *holidays;
    struct ccs_map special_days;     /* struct ccs_special_day_config, by date */
    struct ccs_map bursts;           /* struct ccs_burst_config */
    struct ccs_real_map channel_mix; /* weights by channel */
    int64_t priority;
    int needs; /* enum ccs_needs */
    struct ccs_dist amount;
    double justified_probability;
    double fulfilment_cost;
    struct ccs_dist talk, hold, wrap;
    struct ccs_series talk_profile; /* factor by the time at which talk begins; absent: 1 */
    struct ccs_real_list talk_factor_by_tier;
    struct ccs_dist patience;                     /* absent: as the channel says */
    ccs_time service_level_threshold;             /* absent: the same */
    struct ccs_balking_config *balking;           /* NULL: the same */
    double redial_probability;                    /* absent: the same */
    struct ccs_redial_config *redial;             /* NULL: the same */
    struct ccs_back_office_config *back_office;   /* NULL: nothing to do afterwards */
    struct ccs_verification_config *verification; /* NULL: cannot be checked */
    struct ccs_map leads_to;                      /* struct ccs_follow_on_config by type name */
};

/* Does anything drawn change the rate? */
static inline bool ccs_issue_type_varies(const struct ccs_issue_type_config *type)
{
    return type->day_factor_cv > 0 || ccs_dist_is_given(&type->day_factor) ||
           type->common_day_factor || type->period_factor;
}

/* Whose customers a burst's contacts are (-1: nobody's); *is_clear false if that is not said. */
int ccs_burst_segment(const struct ccs_issue_type_config *type,
                      const struct ccs_burst_config *burst, bool *is_clear);

extern const struct ccs_section ccs_issue_type_section;

#endif
