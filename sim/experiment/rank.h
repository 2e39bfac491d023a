/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of two policies a metric speaks for, where that is clear: the rule of every check mark, in
 * text, sweeps and the verdict.
 *
 * A metric ranks two policies unless it has no better direction, the policy also moves what it is
 * divided by, or it gets better by serving fewer callers and the policy it speaks for loses clearly
 * more of them (`callers_lost_share`, at 5 %, not adjusted: this is a caution) or has clearly more
 * issues given up that were not rightly ended (`given_up_share`).
 */
#ifndef CCS_EXPERIMENT_RANK_H
#define CCS_EXPERIMENT_RANK_H

#include "experiment/results.h"

#define CCS_RANK_LEVEL 0.05

/* p of a paired difference: that of its t test; where few events leave a bound instead, 0.05 if it
 * is clear of 0, else 1; NAN where there is neither. */
double ccs_rank_p(const struct ccs_paired *pair);

/* +1 if a is above b at the 5 % level (adjusted), -1 if below, 0 if that is not decided. */
int ccs_rank_sign(const struct ccs_comparison *cmp, int row);

/* +1 if policy a clearly loses more callers, or issues, than b, -1 if b does, 0 if that is not
 * decided. */
int ccs_rank_loses(const struct ccs_results *results, const struct ccs_comparison *cmp);

/* Could a good value of the metric come from losing callers? `favors`: +1 it speaks for a, -1 for
 * b. */
bool ccs_rank_is_spoiled(const struct ccs_results *results, const struct ccs_comparison *cmp,
                         const struct ccs_metric *metric, int favors);

/* +1 if the row says at the 5 % level that a is better, -1 that b is, 0 if it is not decided or the
 * metric does not rank these two. */
int ccs_rank_better(const struct ccs_results *results, const struct ccs_comparison *cmp, int row);

#endif
