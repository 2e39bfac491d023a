/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles of durations pooled over replications, and their paired differences.
 *
 * The point theta is the quantile of all durations together; with censored durations that of the
 * Kaplan-Meier curve. The standard error is a jackknife over blocks of replications (Efron and
 * Tibshirani, An Introduction to the Bootstrap, 1993, ch. 11). What is jackknifed is the share F
 * that ended by theta, which is smooth where a quantile jumps from one duration to the next; the
 * slope of the curve turns shares into time (Woodruff 1952, J. American Statistical Assoc. 47):
 *
 *   s^2 = (g - 1)/g * sum (F(-i) - mean of F(-.))^2            F(-i): F(theta) without block i
 *   se  = s * (theta(q + t s) - theta(q - t s)) / (2 t s)      t with g - 1 degrees of freedom
 *
 * A difference jackknifes (F(-i) * slope) of policy a minus that of policy b, leaving out the same
 * block of both. A block is one replication or, with many, several; blocks must be equally large,
 * but for the last.
 *
 * All results in seconds. Undefined: no duration; a curve that does not fall far enough. Without
 * interval: fewer than two blocks; too few durations (the rule of stats/rare.h, kind
 * CCS_ESTIMATE_RARE). Where the curve ends before the upper limit, its slope up to the end is
 * used, and the reason says so.
 */
#ifndef CCS_STATS_QUANTILE_H
#define CCS_STATS_QUANTILE_H

#include "stats/histogram.h"
#include "stats/interval.h"

#define CCS_JACKKNIFE_BLOCKS 50 /* at most */

/* One policy's durations by block, borrowed. */
struct ccs_durations {
    const struct ccs_histogram *const *ended;    /* [blocks] */
    const struct ccs_histogram *const *censored; /* [blocks], or NULL if none can be censored */
};

/* How many replications make up a block if there are n: replication r goes to block r / size. */
size_t ccs_jackknife_block_size(size_t n);

/* 0 < q < 1; n replications in `blocks` blocks. */
struct ccs_estimate ccs_quantile_estimate(const struct ccs_durations *durations, size_t blocks,
                                          size_t n, double q);

/* a - b. */
struct ccs_paired ccs_quantile_paired(const struct ccs_durations *a, const struct ccs_durations *b,
                                      size_t blocks, size_t n, double q);

#endif
