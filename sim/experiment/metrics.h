/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The metrics: one table from which results, the reference in scenarios/README.md and the checks of
 * `verify` take names, units, definitions. A metric is a ratio of sums over replications (a plain
 * mean has denominator 1) or a pooled quantile.
 *
 * Window metrics belong to [t0, T), cohort metrics to the issues that arose in [t0, T), followed to
 * their end. A new metric is one function and one row in metrics.c.
 */
#ifndef CCS_EXPERIMENT_METRICS_H
#define CCS_EXPERIMENT_METRICS_H

#include "experiment/totals.h"
#include "format/document/text.h"

#include <stdbool.h>
#include <stddef.h>

/* "team", "issue_type", ... as in "by" of the results; "" for ALL. */
const char *ccs_slice_kind_name(enum ccs_slice_kind kind);

struct ccs_value {
    double num, den; /* den 1 for plain means */
    double events;   /* NAN: not made of rare events */
    bool is_available;
};

enum ccs_metric_kind {
    CCS_METRIC_MEAN,
    CCS_METRIC_RATIO,
    CCS_METRIC_QUANTILE
};
enum ccs_metric_scope {
    CCS_SCOPE_WINDOW,
    CCS_SCOPE_COHORT
};

struct ccs_metric {
    const char *name;
    const char *unit; /* "currency", "s", "share", ... */
    enum ccs_metric_kind kind;
    enum ccs_metric_scope scope;
    const char *numerator, *denominator; /* in words; denominator NULL for plain means */
    unsigned slices;                     /* bits 1 << enum ccs_slice_kind */
    int better;                          /* +1 higher is better, -1 lower, 0 neither */
    bool is_share;                       /* numerator is a part of the denominator */
    bool policy_moves; /* the policy moves the denominator: does not rank policies by itself */
    bool gets_better_by_losing; /* serving fewer callers looks better: it ranks policies only where
                                   none of them loses more callers (experiment/rank.h) */
    bool is_core;               /* one of the metrics that are always there by contract */
    double quantile;            /* QUANTILE */
    void (*get)(const struct ccs_totals *t, struct ccs_value *v); /* NULL for QUANTILE */
    const char *histogram; /* QUANTILE: "wait" or "resolution" */
};

extern const struct ccs_metric ccs_metrics[];
extern const size_t ccs_metric_n;

/* Index of a metric by name, or -1. */
int ccs_metric_find(const char *name);
/* "; did you mean `wait_mean`?", or "" when no metric is called like that. Returns `text`. */
const char *ccs_metric_suggest(char text[CCS_SUGGEST_TEXT], const char *name);

#endif
