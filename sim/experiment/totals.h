/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a finished world has counted, added up for one slice: what metrics are made of. */
#ifndef CCS_EXPERIMENT_TOTALS_H
#define CCS_EXPERIMENT_TOTALS_H

#include "books/measure.h"

#include <stdbool.h>
#include <stddef.h>

struct ccs_world;

/* What a metric can be broken down by. */
enum ccs_slice_kind {
    CCS_SLICE_ALL,
    CCS_SLICE_TEAM,
    CCS_SLICE_CHANNEL,
    CCS_SLICE_SEGMENT,
    CCS_SLICE_ISSUE_TYPE,
    CCS_SLICE_CAUSE,
    CCS_SLICE_ACCOUNT,
    CCS_SLICE_LINE,
    CCS_SLICE_SETTLED, /* by whom, how and in which contact: see ccs_settled_at */
    CCS_SLICE_PERIOD,
    CCS_SLICE_KIND_COUNT
};

/* All counters added up for one slice; 0 where the slice has none. */
struct ccs_totals {
    struct ccs_access access; /* all channels of the slice */
    struct ccs_access live;   /* channels on which customers wait on the line */
    struct ccs_team_sums team;
    struct ccs_cohort cohort;
    struct ccs_churn churn;
    double account[CCS_ACCOUNT_COUNT]; /* currency units, window */
    double workload_labor;             /* handled time at wage / target occupancy */
    double cause_s;                    /* handle time of one root cause */
    double horizon_s;
    bool has_population;
    bool has_claims;            /* some issue type needs a decision */
    double net[CCS_LABOR_AUTO]; /* net value by view of labor, currency units */
    double net_line;            /* one line of it */
    enum ccs_labor_view view;   /* that decides */
    const struct ccs_measure *measure;
    double queue_s;                 /* integral of the number waiting */
    int64_t settled[CCS_WAY_COUNT]; /* issues of the cohort */
};

/* A cell of struct ccs_settled by its number in CCS_SLICE_SETTLED. */
struct ccs_settled_at {
    int tier; /* 0: desk or back office */
    enum ccs_way way;
    int contact; /* 1 to CCS_SETTLED_CONTACTS: this, and for the last all later ones */
};

enum {
    CCS_SETTLED_CELLS = (CCS_TIER_MAX + 1) * CCS_WAY_COUNT * CCS_SETTLED_CONTACTS
};

static inline struct ccs_settled_at ccs_settled_at(size_t index)
{
    size_t group = index / CCS_SETTLED_CONTACTS;
    return (struct ccs_settled_at){(int)(group / CCS_WAY_COUNT),
                                   (enum ccs_way)(group % CCS_WAY_COUNT),
                                   (int)(index % CCS_SETTLED_CONTACTS) + 1};
}

/* Adds up a finished world for one slice. */
void ccs_totals_of(const struct ccs_world *w, enum ccs_slice_kind kind, size_t index,
                   struct ccs_totals *totals);

#endif
