/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comparing simulated estimates with reference values: what `verify` and the theory tests use.
 *
 * A t statistic becomes the normal score with the same tail probability, so that one limit serves
 * every number of replications. The standard errors of simulation and reference add in squares;
 * the degrees of freedom are Welch and Satterthwaite's, the reference's own being taken as many:
 *
 *   se^2 = se_sim^2 + (half width / 1.96)^2,     df = df_sim * (se / se_sim)^4.
 *
 * A check fails at |z| > 4 (6e-5); of n checks no more may have |z| > 2 than a binomial of
 * probability 0.0455 stays within in 99.9 % of cases.
 */
#ifndef CCS_STATS_ZSCORE_H
#define CCS_STATS_ZSCORE_H

#include "stats/interval.h"

#define CCS_Z_FAIL 4.0
#define CCS_Z_NOTABLE 2.0
#define CCS_Z_NOTABLE_CONFIDENCE 0.999

/* The largest |z| that is returned: beyond it double has no tail probability. */
#define CCS_Z_MAX 37.0

/* Normal score of a t statistic; within +-CCS_Z_MAX; NAN for NAN or df <= 0. */
double ccs_z_from_t(double t, double df);

/* Score of (simulated - reference). `half_width` is the 95 % half-width of the reference, 0 if it
 * is exact. With no noise on either side 0 if they are equal (up to 1e-12 of the reference), else
 * +-CCS_Z_MAX. NAN if the estimate has no t interval or half_width is negative or NAN. */
double ccs_z_compare(const struct ccs_estimate *simulated, double reference, double half_width);

/* The probability of |z| > 2. */
double ccs_z_notable_chance(void);

/* How many of n independent checks may have |z| > 2. */
size_t ccs_z_notable_limit(size_t n);

#endif
