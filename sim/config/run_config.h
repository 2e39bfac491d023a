/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long and how often: the "run" section. */
#ifndef CCS_CONFIG_RUN_CONFIG_H
#define CCS_CONFIG_RUN_CONFIG_H

#include "format/field/field.h"

/* How replications lie in time. */
enum ccs_days {
    CCS_DAYS_CONTINUOUS,
    CCS_DAYS_INDEPENDENT
};

/* How labor enters net value and the verdict: as the minutes that issues cause, priced at wage /
 * target occupancy, or as the hours that are staffed. */
enum ccs_labor_view {
    CCS_LABOR_WORKLOAD,
    CCS_LABOR_STAFFED,
    CCS_LABOR_AUTO /* only in a scenario: staffed where policies differ in staff, else workload */
};

/* As long as a test on pilot runs finds necessary: experiment/warmup.h. */
#define CCS_WARMUP_AUTO ((ccs_time)-1)

struct ccs_run_config {
    int64_t start_day; /* days since 1970-01-01; t = 0 is its midnight */
    ccs_time horizon;
    ccs_time warmup;    /* absent: three anger half-lives, or none; CCS_WARMUP_AUTO */
    ccs_time follow_up; /* longest */
    ccs_time period;    /* of the period report */
    int64_t replications;
    int64_t seed;
    const char *primary; /* metric that decides; NULL: chosen by what there is */
    double indifference; /* in the unit of the primary: a smaller difference does not matter */
    struct ccs_string_list targets; /* experiment/expect.h */
    double discount_rate_per_year;
    int labor;                   /* enum ccs_labor_view */
    int days;                    /* enum ccs_days */
    struct ccs_real_map backlog; /* contacts that wait at t0, by issue type */
};

/* More than there can be; pilot runs have numbers that are multiples of it and what follows. */
#define CCS_REPLICATION_RANGE (UINT64_C(1) << 40)

/* Independent days: from the window of one replication to that of the next, whole days. */
ccs_time ccs_run_step(const struct ccs_run_config *run);

/* When the last window ends: independent days have one after the other. */
static inline ccs_time ccs_run_last_end(const struct ccs_run_config *run)
{
    ccs_time later =
        run->days == CCS_DAYS_INDEPENDENT ? (run->replications - 1) * ccs_run_step(run) : 0;
    return run->horizon + later;
}

extern const struct ccs_section ccs_run_section;

#endif
