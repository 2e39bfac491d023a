/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One long run: where its warm-up ends, and an interval for its mean.
 *
 * Warm-up: MSER-5 (White 1997, Simulation 69; White, Cobb and Spratt 2000, Proc. Winter Simulation
 * Conf.). Of the means z of consecutive fives, drop the first d that minimise
 *
 *   MSER(d) = sum over i >= d of (z_i - mean of z_d...)^2 / (m - d)^2,
 *
 * looking only at the first half: a minimum at its end means the run is too short to tell.
 *
 * Interval: batch means with Student t, and von Neumann's ratio for the correlation that is left
 * between neighbouring batches (Fishman and Yarberry 1997, INFORMS J. on Computing 9),
 *
 *   C = sqrt((b^2 - 1)/(b - 2)) * (1 - sum (y_i - y_{i+1})^2 / (2 sum (y_i - mean)^2)) ~ N(0, 1).
 */
#ifndef CCS_STATS_BATCH_H
#define CCS_STATS_BATCH_H

#include "stats/interval.h"

struct ccs_warmup {
    size_t cut;       /* observations to drop, a multiple of 5 */
    bool is_reliable; /* false: too short (fewer than 10 fives, or the minimum at half the run) */
};

struct ccs_warmup ccs_warmup_mser5(const double *x, size_t n);

struct ccs_batch_means {
    struct ccs_estimate estimate; /* n and df count batches; sd is that of a batch mean */
    size_t batch_size;
    size_t skipped;      /* observations left over, dropped at the front */
    double lag1;         /* correlation of neighbouring batch means; 0 if they are all equal */
    double lag1_z;       /* C above */
    bool is_independent; /* C <= 1.645: no sign of positive correlation at the 5 % level; if not,
                            the interval is too narrow and estimate.reason says so */
};

/* Mean of n observations in `batches` batches of equal size, 3 or more (20 to 30 are customary).
 * Undefined with fewer batches, or fewer observations than batches. */
struct ccs_batch_means ccs_batch_means(const double *x, size_t n, size_t batches);

#endif
