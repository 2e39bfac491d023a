/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Legs: the part of a contact that one agent handles. The agent talks (anger stretches the talk,
 * retelling lengthens it) and holds, then the policy decides, and the leg carries the decision out:
 * settle, check, escalate, promise, refuse. When the customer is off the line the agent wraps up.
 *
 * How a leg begins is in leg_begin.c, how it ends in leg.c; leg_time.c counts its time.
 *
 * Invariants: a leg that has begun is finished, whatever happens to the customer or the shift.
 * Talk, hold and wrap-up are counted when they are scheduled, ringing when it ends; the ledger
 * books all of them as they pass.
 */
#ifndef CCS_WORLD_CASE_LEG_H
#define CCS_WORLD_CASE_LEG_H

#include "world/world.h"

/* An agent of `team` takes the contact, which has left its queue or never joined it. */
void ccs_leg_start(struct ccs_world *w, uint32_t contact, uint16_t team);

/* Frees the agent who holds the line, if any. `us`: the time of holding not counted yet. */
void ccs_leg_release_holder(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is,
                            ccs_time us);

/* The same, where the tier is above 1. */
bool ccs_leg_is_above_first_tier(const struct ccs_world *w, const struct ccs_contact *ct,
                                 const struct ccs_issue *is);

/* Is the contact with, or on the way to, a tier above the first that serves the issue where the
 * customer called about it? The retention desk is. */
static inline bool ccs_leg_is_higher(const struct ccs_world *w, const struct ccs_contact *ct,
                                     const struct ccs_issue *is)
{
    return ct->kind == CCS_CONTACT_DESK || (ct->tier > 1 && ccs_leg_is_above_first_tier(w, ct, is));
}

/* CCS_EV_ANSWER: the agent answers. CCS_EV_TALK_END: talk and hold are over. CCS_EV_WRAP_END: so is
 * the wrap-up. */
void ccs_leg_answer_event(struct ccs_world *w, uint32_t contact);
void ccs_leg_talk_end_event(struct ccs_world *w, uint32_t contact);
void ccs_leg_wrap_end_event(struct ccs_world *w, uint32_t contact);

#endif
