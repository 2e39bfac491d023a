/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Estimates with an interval: the one shape in which every metric leaves the statistics layer.
 *
 * The unit of inference is the replication: all functions take arrays over replications, never
 * over customers (customers share queues, replications share nothing). Intervals are 95 %,
 *
 *   mean +- t(0.975; df) * sd / sqrt(n),
 *
 * by Student (1908). Nothing here allocates or fails; what cannot be computed is NAN and says why.
 *
 * Invariants: results depend only on the array, in its given order; a constant array has exactly
 * its value as mean and exactly 0 as sd.
 */
#ifndef CCS_STATS_INTERVAL_H
#define CCS_STATS_INTERVAL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CCS_CONFIDENCE 0.95

struct ccs_interval {
    double lo, hi; /* NAN unless defined; hi may be INFINITY (no upper bound) */
    bool defined;
};

enum ccs_estimate_kind {
    CCS_ESTIMATE_NONE, /* no interval; the mean may still be there */
    CCS_ESTIMATE_T,    /* Student t interval */
    CCS_ESTIMATE_RARE  /* too few events for t: a bound (stats/rare.h), half_width and se NAN */
};

/* All values in the unit of the data. */
struct ccs_estimate {
    double mean;       /* NAN: undefined, see reason */
    double sd;         /* of one replication; for a ratio of its linearised residual */
    double se;         /* sd / sqrt(n) */
    double df;         /* degrees of freedom behind sd */
    double half_width; /* NAN without a t interval */
    double lo, hi;     /* NAN without any interval; of a share within [0, 1] */
    int64_t n;         /* replications */
    enum ccs_estimate_kind kind;
    const char *reason; /* why mean or t interval is missing, or a caution; static; may be NULL */
};

/* A paired difference a - b over the same replications. */
struct ccs_paired {
    struct ccs_estimate diff;
    double variance_reduction; /* (var a + var b) / var diff: what common random numbers bought;
                                  INFINITY if only the difference is free of noise, NAN if all is */
    double p; /* two-sided t test of "no difference", not adjusted; 1 if the difference is 0 in
                 every replication; 0 only together with a diff.reason (no noise at all, or beyond
                 the range of double); NAN if there is no test */
};

static inline bool ccs_estimate_is_defined(const struct ccs_estimate *estimate)
{
    return !isnan(estimate->mean);
}

static inline bool ccs_estimate_has_interval(const struct ccs_estimate *estimate)
{
    return estimate->kind != CCS_ESTIMATE_NONE && !isnan(estimate->lo) && !isnan(estimate->hi);
}

/* Quantile of Student's t; NAN unless 0 < p < 1 and df > 0. */
double ccs_t_quantile(double p, double df);

/* Two-sided p-value of a t statistic; NAN for NAN or df <= 0. */
double ccs_t_p_value(double t, double df);

/* Mean of n > 0 values, free of drift: exact for a constant array; NAN for n = 0. */
double ccs_mean(const double *x, size_t n);

/* An estimate without a value. */
struct ccs_estimate ccs_estimate_undefined(size_t n, const char *reason);

/* Mean and sd known, t interval with df degrees of freedom. No interval, with a reason, for n < 2.
 */
struct ccs_estimate ccs_estimate_make(double mean, double sd, size_t n, double df);

/* Mean over replications. Undefined for n = 0 or if a value is not finite; one replication has a
 * mean but no interval; equal values have an interval of zero width. */
struct ccs_estimate ccs_mean_estimate(const double *x, size_t n);

/* A paired difference from its parts: variances of one replication (not of the mean). */
struct ccs_paired ccs_paired_make(double diff, double var_a, double var_b, double var_diff,
                                  size_t n, double df);

/* A paired difference without a value. */
struct ccs_paired ccs_paired_undefined(size_t n, const char *reason);

#endif
