/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting the time of a leg: the one place where minutes of an agent enter the sums of the team,
 * the issue, the period and the root cause. The ledger books them as they pass (books.h).
 */
#ifndef CCS_WORLD_CASE_LEG_TIME_H
#define CCS_WORLD_CASE_LEG_TIME_H

#include "world/world.h"

/* Adds time of an agent of `team` to all that counts it. `extra_us`: the part that anger and
 * retelling have added; all of it is failure demand if the cause is. */
void ccs_leg_count_time(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                        uint16_t team, enum ccs_account account, ccs_time us, ccs_time extra_us);

/* The agent who stays on the line (if any) is handling the contact too. */
void ccs_leg_count_holder(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                          ccs_time us);

#endif
