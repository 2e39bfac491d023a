/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Adding replications until an interval is narrow enough.
 *
 * A goal is a half-width: absolute, or relative to the mean. An estimate with a relative half-width
 * of g' lies within g = g' / (1 - g') of the truth, hence what is asked is tightened to
 * g' = g / (1 + g) (Law, Simulation Modeling and Analysis, 2015, ch. 9.4.1).
 *
 * Whoever looks after every replication stops as soon as the standard deviation happens to look
 * small, and then the interval is too narrow (Chow and Robbins 1965, Annals of Mathematical
 * Statistics 36). Against this:
 *
 *   - never fewer than 20 replications (unless the maximum is below), as the standard deviation
 *     of fewer is worth little; 30 where there is no noise at all, which may be chance;
 *   - goals must hold at two looks in succession;
 *   - looks are few: the next number is what the widest interval calls for,
 *     n (half-width / goal)^2, but at least a tenth more and at most three times as many.
 *
 * Normal data: the final interval covers 94.4 % or more whatever the goal, where looking after
 * every replication covers 88 to 93 % (tests/theory/test_intervals.c; whole experiments:
 * tests/intervals/).
 * Only half-widths are looked at, never whether a difference is clear of 0.
 */
#ifndef CCS_STATS_SEQUENTIAL_H
#define CCS_STATS_SEQUENTIAL_H

#include "stats/interval.h"

#define CCS_SEQUENTIAL_LEAST 20
#define CCS_SEQUENTIAL_LEAST_CONSTANT 30

struct ccs_goal {
    double half_width; /* > 0; relative: < 1 */
    bool is_relative;
};

/* The half-width to be reached, in the unit of the estimate; NAN if it has no mean. */
double ccs_goal_half_width(const struct ccs_goal *goal, const struct ccs_estimate *estimate);

/* Is it reached? An estimate without t interval (undefined, or made of rare events) never does. */
bool ccs_goal_holds(const struct ccs_goal *goal, const struct ccs_estimate *estimate);

/* About how many replications it takes, by the standard deviation so far; INFINITY if no number
 * will do (relative to a mean of 0), NAN if that cannot be told. */
double ccs_goal_replications(const struct ccs_goal *goal, const struct ccs_estimate *estimate);

struct ccs_sequence {
    size_t max;
    bool held; /* at the last look */
};

/* How many to begin with, when `asked` is what would be done without goals. */
size_t ccs_sequence_start(const struct ccs_sequence *sequence, size_t asked);

/* After a look at n: how many to go on to; n to stop. `holds`: all goals do; `needed`: the largest
 * number any of those that do not calls for, NAN if that is not known. */
size_t ccs_sequence_next(struct ccs_sequence *sequence, size_t n, bool holds, double needed);

#endif
