/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns, and a line of cells: see long_table.h. */
#include "experiment/long_table.h"

#include <math.h>
#include <stdio.h>

const char *const ccs_long_columns[CCS_LONG_COLUMN_COUNT] = {
    "scenario", "policy",  "versus", "replication", "period", "segment", "issue_type",
    "team",     "channel", "metric", "statistic",   "value",  "unit"};

const char *const ccs_long_statistics[CCS_LONG_STATISTIC_COUNT] = {"mean", "sd", "n", "ci95_lo",
                                                                   "ci95_hi"};

/* Where the name of a slice goes: its column, or the end of the metric's name. */
static enum ccs_long_column column_of(enum ccs_slice_kind slice)
{
    static const enum ccs_long_column columns[CCS_SLICE_KIND_COUNT] = {
        [CCS_SLICE_ALL] = CCS_LONG_COLUMN_COUNT,      [CCS_SLICE_TEAM] = CCS_LONG_TEAM,
        [CCS_SLICE_CHANNEL] = CCS_LONG_CHANNEL,       [CCS_SLICE_SEGMENT] = CCS_LONG_SEGMENT,
        [CCS_SLICE_ISSUE_TYPE] = CCS_LONG_ISSUE_TYPE, [CCS_SLICE_CAUSE] = CCS_LONG_METRIC,
        [CCS_SLICE_ACCOUNT] = CCS_LONG_METRIC,        [CCS_SLICE_LINE] = CCS_LONG_METRIC,
        [CCS_SLICE_SETTLED] = CCS_LONG_METRIC,        [CCS_SLICE_PERIOD] = CCS_LONG_PERIOD,
    };
    return columns[slice];
}

void ccs_long_line(struct ccs_long_line *line, const struct ccs_long_number *number,
                   const char *statistic, double value)
{
    enum ccs_long_column at = column_of(number->slice);
    for (int i = CCS_LONG_PERIOD; i <= CCS_LONG_CHANNEL; i++) {
        line->cell[i] = i == (int)at ? number->name : "";
    }
    line->replication[0] = '\0';
    if (number->replication > 0) {
        snprintf(line->replication, sizeof line->replication, "%zu", number->replication);
    }
    line->cell[CCS_LONG_METRIC] = number->metric;
    if (at == CCS_LONG_METRIC) {
        snprintf(line->metric, sizeof line->metric, "%s.%s", number->metric, number->name);
        line->cell[CCS_LONG_METRIC] = line->metric;
    }
    line->cell[CCS_LONG_SCENARIO] = number->scenario;
    line->cell[CCS_LONG_POLICY] = number->policy;
    line->cell[CCS_LONG_VERSUS] = number->versus;
    line->cell[CCS_LONG_REPLICATION] = line->replication;
    line->cell[CCS_LONG_STATISTIC] = statistic;
    line->cell[CCS_LONG_VALUE] = isfinite(value) ? ccs_double_text(line->value, value) : "";
    line->cell[CCS_LONG_UNIT] = number->unit;
}
