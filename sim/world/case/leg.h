/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Legs: the part of a contact that one agent handles. Talk (stretched by anger, lengthened by
 * retelling), hold, then the policy decides; what it decides is carried out here: settle, check,
 * escalate, promise, refuse. After the customer is off the line the agent wraps up.
 *
 * Invariants: a leg that has begun is finished, whatever happens to the customer or the shift; time
 * is counted when it is scheduled, and booked to the ledger as it passes.
 */
#ifndef CCS_WORLD_CASE_LEG_H
#define CCS_WORLD_CASE_LEG_H

#include "world/world.h"

/* An agent of `team` takes the contact, which is in no queue. */
void ccs_leg_start(struct ccs_world *w, uint32_t contact, uint16_t team);

/* The agent who stayed on the line (if any) has done so for `us` not yet counted, and is free. */
void ccs_leg_release_holder(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is,
                            ccs_time us);

/* Events. */
void ccs_leg_answer_event(struct ccs_world *w, uint32_t contact);
void ccs_leg_talk_end_event(struct ccs_world *w, uint32_t contact);
void ccs_leg_wrap_end_event(struct ccs_world *w, uint32_t contact);

#endif
