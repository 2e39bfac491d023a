/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns of results as one tidy, long table, a line per number: what `compare --format csv`
 * and `export` write. The list of columns is a contract, so what has no column of its own,
 * accounts, root causes and ways of settling, is part of the metric's name: account.labor_talk,
 * handle_hours_by_cause.first_request.
 */
#ifndef CCS_EXPERIMENT_LONG_TABLE_H
#define CCS_EXPERIMENT_LONG_TABLE_H

#include "base/json_out.h"
#include "experiment/metrics.h"

enum ccs_long_column {
    CCS_LONG_SCENARIO,
    CCS_LONG_POLICY,
    CCS_LONG_VERSUS, /* with a name: the value is the difference policy - versus */
    CCS_LONG_REPLICATION,
    CCS_LONG_PERIOD,
    CCS_LONG_SEGMENT,
    CCS_LONG_ISSUE_TYPE,
    CCS_LONG_TEAM,
    CCS_LONG_CHANNEL,
    CCS_LONG_METRIC,
    CCS_LONG_STATISTIC,
    CCS_LONG_VALUE,
    CCS_LONG_UNIT,
    CCS_LONG_COLUMN_COUNT
};
extern const char *const ccs_long_columns[CCS_LONG_COLUMN_COUNT];

/* What is told of an estimate, in this order. */
enum {
    CCS_LONG_STATISTIC_COUNT = 5
};
extern const char *const ccs_long_statistics[CCS_LONG_STATISTIC_COUNT];

/* Which number it is. */
struct ccs_long_number {
    const char *scenario, *policy, *versus; /* versus: "" unless it is a difference */
    size_t replication;                     /* from 1; 0: of all */
    enum ccs_slice_kind slice;
    const char *name; /* in the slice */
    const char *metric, *unit;
};

/* One line as texts; borrows from the number. */
struct ccs_long_line {
    const char *cell[CCS_LONG_COLUMN_COUNT];
    char replication[24], metric[400], value[CCS_DOUBLE_TEXT];
};

/* Empty where there is nothing to tell, and for a value that is not finite. */
void ccs_long_line(struct ccs_long_line *line, const struct ccs_long_number *number,
                   const char *statistic, double value);

/* Is the cell a number, to be written as it is? */
static inline bool ccs_long_is_number(enum ccs_long_column column)
{
    return column == CCS_LONG_REPLICATION || column == CCS_LONG_VALUE;
}

#endif
