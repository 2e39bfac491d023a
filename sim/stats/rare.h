/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rare events: with fewer than 10 events in all, or events in fewer than 5 replications (unless
 * that is all of them), a variance over replications says nothing, and a bound takes the place of
 * the t interval.
 *
 * Garwood (1936), Biometrika 28: k events of a Poisson count have the exact bounds
 *
 *   lo = chi2(alpha/2; 2k) / 2,   hi = chi2(1 - alpha/2; 2k + 2) / 2,   lo = 0 for k = 0,
 *
 * both divided by the exposure. With 10 events or more in fewer than 5 replications the events
 * come in bursts; then the replications with one are counted as the events, and each burst is
 * taken to be of the average size.
 * Taken as known: the exposure, and (if num is an amount and not a count) the average amount.
 */
#ifndef CCS_STATS_RARE_H
#define CCS_STATS_RARE_H

#include "stats/ratio.h"

#define CCS_RARE_EVENTS 10      /* fewer than these in total */
#define CCS_RARE_REPLICATIONS 5 /* or fewer than these with at least one */

/* Whether the events (of both policies together, if `other` is not NULL) are too few for t. */
bool ccs_rare_is(const double *events, const double *other, size_t n);

/* Exact two-sided bounds of a Poisson mean divided by an exposure. Undefined if count < 0 or
 * exposure <= 0 or level is not inside (0, 1). */
struct ccs_interval ccs_garwood(double count, double exposure, double level);

/* Bounds of sum num / sum den for few events (sums->events must be there and the ratio defined).
 * Undefined if num is an amount and there was no event. */
struct ccs_interval ccs_rare_bound(const struct ccs_sums *sums, size_t n, double level);

#endif
