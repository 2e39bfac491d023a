/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Issues that lead to other issues: once an issue is truly settled it gives rise, with a
 * probability by type, to one issue of another type (or of its own) after a delay. The branching is
 * exclusive: one uniform per settled issue chooses one successor or none, so that with exponential
 * talk and one team per type the issues move through an open Jackson network (Jackson 1957,
 * Operations Research 5).
 *
 * The successor is an issue of its own: the same customer, its own draws, its own first channel,
 * root cause first request. Its key is (parent, kind, ordinal), so that it does not depend on when
 * or in which order anything happens. It counts from when it arises, delay included.
 *
 * Invariant: chains die out. Each type has at most probability 1 in all, and from each type some
 * chain of successors leads to one with less: exactly then the matrix of probabilities has a
 * spectral radius below 1.
 */
#ifndef CCS_WORLD_CASE_FOLLOW_ON_H
#define CCS_WORLD_CASE_FOLLOW_ON_H

#include "world/world.h"

/* A settled issue, still attached to its customer: makes the successor, if there is to be one. */
void ccs_follow_on_spawn(struct ccs_world *w, const struct ccs_issue *parent);

#endif
