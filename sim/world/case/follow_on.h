/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Follow-on issues: an issue that is truly settled gives rise, with a probability by type, to one
 * issue of another type (or of its own) after a delay. The branching is exclusive: one uniform
 * number per settled issue chooses one successor or none, so that with exponential talk and one
 * team per type the issues move through an open Jackson network (Jackson 1957, Operations Research
 * 5).
 *
 * The successor is a separate issue: the same customer, its own draws, its own first channel, root
 * cause first request. Its key is (parent, kind, ordinal), so that it does not depend on the time
 * or order of events. It belongs to the cohort by the time at which it arises, after the delay.
 *
 * Invariant: chains die out. The probabilities of each type add up to at most 1, and from each type
 * some chain of successors leads to a type whose sum is below 1: exactly then the matrix of
 * probabilities has a spectral radius below 1 (lint/lint_follow_on.c refuses all others).
 */
#ifndef CCS_WORLD_CASE_FOLLOW_ON_H
#define CCS_WORLD_CASE_FOLLOW_ON_H

#include "world/world.h"

/* Makes the successor, if there is to be one, of a settled issue still attached to its customer. */
void ccs_follow_on_spawn(struct ccs_world *w, const struct ccs_issue *parent);

#endif
