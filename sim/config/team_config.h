/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of agents: the "teams" section. */
#ifndef CCS_CONFIG_TEAM_CONFIG_H
#define CCS_CONFIG_TEAM_CONFIG_H

#include "config/shift_config.h"
#include "config/wage_config.h"

#define CCS_TIER_MAX 8

struct ccs_team_config {
    struct ccs_series agents;  /* absent: by shifts */
    double agents_factor;      /* on them, before rounding */
    struct ccs_map shifts;     /* struct ccs_shift_config */
    struct ccs_series absence; /* probability per agent and day, or shift, where it begins */
    bool absence_paid;
    struct ccs_series shrinkage; /* share of the scheduled time, where a part begins */
    ccs_time shrinkage_part;     /* in parts of this length */
    double speed_cv;
    int64_t tier;
    int32_t calendar;             /* -1: always */
    struct ccs_ref_list channels; /* absent: all */
    struct ccs_ref_list skills;   /* issue types; absent: all */
    double wage_per_h;
    struct ccs_map wage_surcharges; /* struct ccs_surcharge_config */
    double overtime_factor;
    double target_occupancy;
    struct ccs_real_map talk_factor, wrap_factor; /* by issue type */
    struct ccs_dist answer_delay;                 /* absent: none */
    struct ccs_pause_config *pause_after_contact; /* NULL: none */
    double cost_per_contact;                      /* billed by an outsourcer, beside the wage */
    double cost_per_handled_min;
    struct ccs_real_map skill_priority;   /* by issue type; n = 0: none */
    struct ccs_real_map agent_priority;   /* the same for choosing agents; n = 0: skill_priority */
    struct ccs_real_map contact_priority; /* and for choosing contacts; n = 0: skill_priority */
    struct ccs_real_map overflow_after_s; /* by issue type */
    struct ccs_real_map reserve;          /* by issue type: agents kept free of it */
};

/* Largest headcount that the team ever has. */
double ccs_team_most_agents(const struct ccs_team_config *team);

extern const struct ccs_section ccs_team_section;

#endif
