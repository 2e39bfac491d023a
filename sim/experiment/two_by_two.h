/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Policy and quality apart: of four policies x00 (neither), x10 (other policy), x01 (better
 * quality), x11 (both), in the metric that decides,
 *
 *   policy = x10 - x00,   quality = x01 - x00,   interaction = x11 - x10 - x01 + x00,
 *
 * which add up to x11 - x00, in every replication. Intervals are paired: the four lived on the same
 * random numbers.
 */
#ifndef CCS_EXPERIMENT_TWO_BY_TWO_H
#define CCS_EXPERIMENT_TWO_BY_TWO_H

#include "experiment/results.h"

enum ccs_effect {
    CCS_EFFECT_POLICY,
    CCS_EFFECT_QUALITY,
    CCS_EFFECT_INTERACTION,
    CCS_EFFECT_BOTH,
    CCS_EFFECT_COUNT
};

struct ccs_two_by_two {
    size_t policy[4]; /* of the results: neither, policy, quality, both */
    int row;          /* the metric that decides */
    struct ccs_estimate effect[CCS_EFFECT_COUNT];
};

const char *ccs_effect_name(enum ccs_effect effect);

/* Fills results->two_by_two, which stays NULL where the scenario has no such section, or not all
 * four were run, or the metric that decides is a quantile or has denominators that differ between
 * them, so that effects would not add up. CCS_ENOMEM. */
ccs_status ccs_two_by_two_find(struct ccs_results *results);

#endif
