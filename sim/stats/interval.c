/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Estimates with an interval. The sums are made in two passes in the order of the array, around a
 * value that is already close to the mean, so that neither drift nor cancellation matters.
 */
#include "stats/interval.h"

#include <gsl/gsl_cdf.h>

static const char one_replication[] = "one replication has no interval";
static const char no_replication[] = "no replication";
static const char not_finite[] = "a replication has no value";
static const char no_noise[] = "the same difference in every replication: no noise to test against";
static const char beyond_double[] = "the p-value is smaller than a double can hold";

double ccs_t_quantile(double p, double df)
{
    if (!(p > 0 && p < 1) || !(df > 0)) {
        return NAN;
    }
    return gsl_cdf_tdist_Pinv(p, df);
}

double ccs_t_p_value(double t, double df)
{
    if (isnan(t) || !(df > 0)) {
        return NAN;
    }
    if (isinf(t)) {
        return 0;
    }
    return fmin(1, 2 * gsl_cdf_tdist_Q(fabs(t), df));
}

static double mean_around(const double *x, size_t n, double center)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i] - center;
    }
    return center + sum / (double)n;
}

double ccs_mean(const double *x, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    /* The second round repairs what an outlying x[0] cost the first. */
    return mean_around(x, n, mean_around(x, n, x[0]));
}

struct ccs_estimate ccs_estimate_undefined(size_t n, const char *reason)
{
    return (struct ccs_estimate){.mean = NAN,
                                 .sd = NAN,
                                 .se = NAN,
                                 .df = NAN,
                                 .half_width = NAN,
                                 .lo = NAN,
                                 .hi = NAN,
                                 .n = (int64_t)n,
                                 .kind = CCS_ESTIMATE_NONE,
                                 .reason = reason};
}

struct ccs_estimate ccs_estimate_make(double mean, double sd, size_t n, double df)
{
    struct ccs_estimate e = ccs_estimate_undefined(n, NULL);
    e.mean = mean;
    if (n < 2 || !(df > 0)) {
        e.reason = one_replication;
        return e;
    }
    e.sd = sd;
    e.df = df;
    e.se = sd / sqrt((double)n);
    e.half_width = ccs_t_quantile(0.5 + CCS_CONFIDENCE / 2, df) * e.se;
    e.lo = mean - e.half_width;
    e.hi = mean + e.half_width;
    e.kind = CCS_ESTIMATE_T;
    return e;
}

struct ccs_estimate ccs_mean_estimate(const double *x, size_t n)
{
    if (n == 0) {
        return ccs_estimate_undefined(n, no_replication);
    }
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) {
            return ccs_estimate_undefined(n, not_finite);
        }
    }
    double mean = ccs_mean(x, n);
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    double df = (double)n - 1;
    return ccs_estimate_make(mean, n > 1 ? sqrt(squares / df) : NAN, n, df);
}

struct ccs_paired ccs_paired_undefined(size_t n, const char *reason)
{
    return (struct ccs_paired){
        .diff = ccs_estimate_undefined(n, reason), .variance_reduction = NAN, .p = NAN};
}

struct ccs_paired ccs_paired_make(double diff, double var_a, double var_b, double var_diff,
                                  size_t n, double df)
{
    struct ccs_paired paired = ccs_paired_undefined(n, NULL);
    paired.diff = ccs_estimate_make(diff, n > 1 ? sqrt(var_diff) : NAN, n, df);
    if (paired.diff.kind == CCS_ESTIMATE_NONE) {
        return paired;
    }
    /* 0/0 is NAN (nothing to reduce), x/0 INFINITY: both are meant. */
    paired.variance_reduction = (var_a + var_b) / var_diff;
    if (var_diff > 0) {
        paired.p = ccs_t_p_value(diff / paired.diff.se, df);
        if (paired.p == 0) {
            paired.diff.reason = beyond_double;
        }
    } else if (diff == 0) {
        paired.p = 1;
    } else {
        paired.p = 0;
        paired.diff.reason = no_noise;
    }
    return paired;
}
