/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting the time of a leg: the one place where an agent's time enters the sums of the team, the
 * issue, the period and the root cause. The ledger books it as it passes (world/booking.h).
 */
#ifndef CCS_WORLD_CASE_LEG_TIME_H
#define CCS_WORLD_CASE_LEG_TIME_H

#include "world/world.h"

/* Adds time of an agent of `team` to these sums. All of it is failure demand if the root cause of
 * the contact is, or is a cancellation; otherwise only `extra_us` is, the part that anger and
 * retelling have added. */
void ccs_leg_count_time(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                        uint16_t team, enum ccs_account account, ccs_time us, ccs_time extra_us);

/* The same for the agent who holds the line, if any. */
void ccs_leg_count_holder(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                          ccs_time us);

#endif
