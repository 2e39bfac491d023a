/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transfers: contacts that a team passes on to another without asking the policy, with a
 * probability by rule (`routing.transfers`).
 *
 * Whether and where to is drawn when a leg begins, by issue, attempt and leg, one uniform number
 * for all rules of the team and issue type, in order of their names: disjoint events, which two
 * policies with the same rules share. The agent talks until then (`after`, or a whole talk), passes
 * the customer on (`time`), who queues for that one team; there the policy decides, at that team's
 * tier. In the same contact a rule applies once.
 *
 * A rule that is drawn has no effect where the other team does not serve the channel, or, for a
 * customer on the line, has nobody on duty when the leg begins: the agent goes on himself.
 */
#ifndef CCS_WORLD_CASE_TRANSFER_H
#define CCS_WORLD_CASE_TRANSFER_H

#include "world/world.h"

/* A leg begins: will the contact be passed on? The time of the talk until then, CCS_TIME_NEVER if
 * it is a whole one; `*passing` is what passing on takes besides. Only if the model has transfers.
 */
ccs_time ccs_transfer_plan(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is,
                           ccs_time *passing);

/* The talk is over: does the contact go to the team that its extra record names? The model may have
 * changed since the leg began. */
bool ccs_transfer_is_due(const struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is);

/* The queue of an inbound contact that has been passed on, for whatever reason. */
uint16_t ccs_transfer_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                            const struct ccs_issue *is);

#endif
