/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ratios of sums over replications, R = sum num / sum den, and their paired differences.
 *
 * Delta method (Cochran, Sampling Techniques, 1977, ch. 6; Asmussen and Glynn, Stochastic
 * Simulation, 2007, ch. III): with the linearised residual of replication r
 *
 *   e_r = (num_r - R den_r) / mean(den),      var(R) = sum e_r^2 / (n (n-1)),
 *
 * and for two policies on the same random numbers d_r = e_r(a) - e_r(b), which is the joint
 * covariance of all four sums written out. Student t with n - 1 degrees of freedom.
 * A plain mean over replications is the case den = 1.
 *
 * Where num counts events, or is a sum over events, and these are few, the t interval is replaced
 * by a bound (stats/rare.h).
 */
#ifndef CCS_STATS_RATIO_H
#define CCS_STATS_RATIO_H

#include "stats/interval.h"

/* What one policy has of one metric: raw sums by replication, borrowed, each of length n.
 * Numbers in any unit; integers keep their exactness up to 2^53. */
struct ccs_sums {
    const double *num;
    const double *den;    /* NULL: 1 in every replication (a plain mean) */
    const double *events; /* how many events make up num, for the rare-event rule; the same pointer
                             as num if num is that count; NULL: num is not made of rare events */
    bool is_share;        /* num is a part of den: the interval stays within [0, 1] */
};

/* Undefined with a reason if n = 0, the denominators sum to 0 or a value is not finite.
 * Without interval for n = 1. sd is that of the residual, so se = sd / sqrt(n) holds. */
struct ccs_estimate ccs_ratio_estimate(const struct ccs_sums *sums, size_t n);

/* a - b; replication r of both ran on the same random numbers. Undefined if either ratio is.
 * Identical sums give a difference of exactly 0, and p = 1. */
struct ccs_paired ccs_ratio_paired(const struct ccs_sums *a, const struct ccs_sums *b, size_t n);

#endif
