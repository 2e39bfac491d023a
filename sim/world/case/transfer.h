/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Transfers: contacts that a team passes on to another without asking the policy, with a
 * probability by rule (`routing.transfers`).
 *
 * A draw when a leg begins, keyed by issue, attempt and leg, chooses a rule or none: one uniform
 * number for all rules of the team and issue type, in order of their names, so that the rules are
 * disjoint events and two policies with the same rules share them. The agent talks until then
 * (`after`, or a whole talk) and passes the contact on (`time`). The contact waits for that one
 * team; there the policy decides, at that team's tier. A rule applies once in a contact.
 *
 * A rule that is drawn has no effect where the other team does not serve the channel or, for a
 * customer on the line, has no agent on duty when the leg begins: the first agent goes on.
 *
 * The rows are in config/transfer_config.c, the queues in model/model_transfers.c, the checks in
 * lint/lint_transfers.c.
 */
#ifndef CCS_WORLD_CASE_TRANSFER_H
#define CCS_WORLD_CASE_TRANSFER_H

#include "world/world.h"

/* A leg begins: draws whether a rule will pass the contact on. Returns the time of the talk until
 * then, CCS_TIME_NEVER if that is a whole talk; sets `*passing` to what passing on takes besides,
 * if a rule applies. Only under models with transfers. */
ccs_time ccs_transfer_plan(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is,
                           ccs_time *passing);

/* The talk is over: is the contact to go to the team that its extra record names? The model may
 * have changed since the leg began. */
bool ccs_transfer_is_due(const struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is);

/* The queue of an inbound contact that an agent has passed on: by a rule, or to the next tier. */
uint16_t ccs_transfer_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                            const struct ccs_issue *is);

#endif
