/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files dist_<name>.c share: the declarations of the five functions each of them gives
 * to the table, and the checks of what the user wrote.
 */
#ifndef CCS_RANDOM_DIST_ROW_H
#define CCS_RANDOM_DIST_ROW_H

#include "random/dist.h"

#define CCS_DIST_DECLARE(name)                                                                     \
    const char *ccs_##name##_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,         \
                                  void *(*alloc)(void *ctx, size_t bytes), void *ctx);             \
    double ccs_##name##_draw(const struct ccs_dist *dist, struct ccs_stream *stream);              \
    double ccs_##name##_mean(const struct ccs_dist *dist);                                         \
    double ccs_##name##_variance(const struct ccs_dist *dist);                                     \
    double ccs_##name##_cdf(const struct ccs_dist *dist, double x);

CCS_DIST_DECLARE(constant)
CCS_DIST_DECLARE(exponential)
CCS_DIST_DECLARE(gamma)
CCS_DIST_DECLARE(erlang)
CCS_DIST_DECLARE(weibull)
CCS_DIST_DECLARE(lognormal)
CCS_DIST_DECLARE(normal)
CCS_DIST_DECLARE(uniform)
CCS_DIST_DECLARE(triangular)
CCS_DIST_DECLARE(pareto)
CCS_DIST_DECLARE(hyperexponential)
CCS_DIST_DECLARE(empirical)
CCS_DIST_DECLARE(mixture)

/* NULL, or what is wrong: a parameter missing, one this kind does not take, both cv and sd, a
 * mean <= 0 (constant: < 0), a number beyond CCS_DIST_VALUE_MAX or not finite. */
const char *ccs_dist_check(enum ccs_dist_kind kind, const struct ccs_dist_spec *spec);

/* The cv of a checked spec that has a mean and a cv or sd: NULL and *cv, or what is wrong. */
const char *ccs_dist_check_cv(const struct ccs_dist_spec *spec, double *cv);

/* Plain working distribution without tables. */
static inline struct ccs_dist ccs_dist_of(enum ccs_dist_kind kind, double p0, double p1, double p2,
                                          double p3)
{
    struct ccs_dist dist = {kind, {p0, p1, p2, p3}, NULL, NULL, 0};
    return dist;
}

#endif
