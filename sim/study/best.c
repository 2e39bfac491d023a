/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best policy at a point: see best.h. */
#include "study/best.h"

#include "experiment/rank.h"
#include "experiment/staffing.h"
#include "experiment/verdict.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct question {
    const struct ccs_study *study;
    size_t point;
    const struct ccs_metric *metric;
};

/* a - b; differences from the baseline are kept as policy - baseline. */
static bool difference(const struct question *q, size_t a, size_t b, const char *metric,
                       struct ccs_result *d)
{
    const char *name_a = ccs_study_policy(q->study, a);
    const char *name_b = ccs_study_policy(q->study, b);
    if (a != 0) {
        return ccs_study_difference(q->study, q->point, name_a, name_b, metric, d);
    }
    if (!ccs_study_difference(q->study, q->point, name_b, name_a, metric, d)) {
        return false;
    }
    double lo = d->lo;
    d->mean = -d->mean;
    d->lo = -d->hi;
    d->hi = -lo;
    return true;
}

/* As ccs_rank_p. */
static double p_of(const struct ccs_result *d)
{
    return !isnan(d->p) || isnan(d->lo) || isnan(d->hi) ? d->p
           : d->lo > 0 || d->hi < 0                     ? CCS_RANK_LEVEL
                                                        : 1.0;
}

static bool mean_of(const struct question *q, size_t p, double *mean)
{
    struct ccs_result r;
    bool is_there =
        ccs_study_metric(q->study, q->point, ccs_study_policy(q->study, p), q->metric->name, &r);
    *mean = is_there ? r.mean : NAN;
    return !isnan(*mean);
}

static bool loses_more(const struct question *q, size_t a, size_t b)
{
    struct ccs_result d;
    return q->metric->gets_better_by_losing && difference(q, a, b, "callers_lost_share", &d) &&
           d.mean > 0 && p_of(&d) <= CCS_RANK_LEVEL;
}

/* The one with the best mean against all others; p has room for twice their number. */
static enum ccs_best_kind judge(const struct question *q, size_t best, size_t n, double *p)
{
    const char *primary = q->study->points[q->point].primary;
    double band = primary != NULL && strcmp(primary, q->metric->name) == 0
                      ? q->study->base->run.indifference
                      : 0.0;
    enum ccs_best_kind kind = CCS_BEST_POLICY;
    for (size_t i = 0; i < n; i++) {
        struct ccs_result d;
        double mean;
        p[i] = NAN;
        if (i == best || !mean_of(q, i, &mean)) {
            continue;
        }
        if (!difference(q, best, i, q->metric->name, &d) || isnan(p_of(&d))) {
            return CCS_BEST_UNDECIDED;
        }
        p[i] = p_of(&d);
        if (band > 0 && d.lo >= -band && d.hi <= band) {
            kind = CCS_BEST_INDIFFERENT;
        } else if (kind == CCS_BEST_POLICY && loses_more(q, best, i)) {
            kind = CCS_BEST_LOSES;
        }
    }
    ccs_holm_adjust(p, p + n, n);
    for (size_t i = 0; i < n; i++) {
        if (p[n + i] > CCS_RANK_LEVEL && kind != CCS_BEST_INDIFFERENT) {
            return CCS_BEST_UNDECIDED;
        }
    }
    return kind;
}

ccs_status ccs_study_best(const struct ccs_study *study, size_t point,
                          const struct ccs_metric *metric, struct ccs_best *best)
{
    const struct question q = {study, point, metric};
    size_t n = 0, at = 0, defined = 0;
    double best_mean = NAN;
    *best = (struct ccs_best){.kind = CCS_BEST_NONE};
    while (ccs_study_policy(study, n) != NULL) {
        double mean;
        if (mean_of(&q, n, &mean)) {
            bool is_better = defined == 0 || metric->better * (mean - best_mean) > 0;
            at = is_better ? n : at;
            best_mean = is_better ? mean : best_mean;
            defined++;
        }
        n++;
    }
    if (defined < 2 || metric->better == 0 || metric->policy_moves) {
        return CCS_OK;
    }
    if (strcmp(metric->unit, "currency") == 0 && !ccs_verdict_values_customers(study->base) &&
        ccs_scenario_staff_differs(study->base)) {
        best->kind = CCS_BEST_NOT_COST_ALONE;
        return CCS_OK;
    }
    double *p = calloc(2 * n, sizeof *p);
    if (p == NULL) {
        return CCS_ENOMEM;
    }
    best->kind = judge(&q, at, n, p);
    best->policy = best->kind == CCS_BEST_POLICY ? ccs_study_policy(study, at) : NULL;
    free(p);
    return CCS_OK;
}
