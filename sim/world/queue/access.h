/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Access: what can happen to an attempt before an agent answers. Menus (their time, hanging up,
 * ending in the wrong queue), a limited number of waiting places, balking, voicemail, and the next
 * attempt after a lost one.
 *
 * Traits of the customer (tolerance of an expected wait, whether the customer listens to the
 * estimate) are drawn once per issue, events of an attempt once per attempt.
 *
 * Invariant: an attempt is unreachable, blocked, queue_full, hung_up, cleared or withdrawn in IVR
 * and menus, or offered. An offered contact ends up answered, abandoned, balked, in voicemail,
 * cleared or withdrawn, or still waits (experiment/balance.c checks the second half after every
 * run).
 */
#ifndef CCS_WORLD_QUEUE_ACCESS_H
#define CCS_WORLD_QUEUE_ACCESS_H

#include "world/world.h"

/* The contact enters IVR and menus. Returns how long until the caller is through, or hangs up. */
ccs_time ccs_access_enter(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The caller hangs up in a menu. `ct` is free afterwards, `is` may be invalid. */
void ccs_access_hang_up(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The queue to which a menu misroutes the contact of the issue. */
uint16_t ccs_access_wrong_queue(const struct ccs_world *w, const struct ccs_issue *is);

/* No agent is free. True if there is no waiting place or the customer balks: `ct` is free
 * afterwards and `is` may be invalid. */
bool ccs_access_turns_away(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* After so long in its queue the contact ends in voicemail; CCS_TIME_NEVER: never. */
static inline ccs_time ccs_access_longest_wait(const struct ccs_world *w,
                                               const struct ccs_contact *ct)
{
    return ct->answered || ct->kind != CCS_CONTACT_INBOUND
               ? CCS_TIME_NEVER
               : w->model->channels[ct->channel].voicemail_after;
}

/* The customer has left a message for this tier: it becomes a call, or the attempt is lost. */
void ccs_access_leave_message(struct ccs_world *w, struct ccs_issue *is, int tier);

/* The channel is closed: does the customer try again after its next opening? */
bool ccs_access_retries(const struct ccs_world *w, const struct ccs_issue *is);

/* The attempt is lost: the customer redials, or reacts as to a failure. `is` may be invalid
 * afterwards. */
void ccs_access_lose(struct ccs_world *w, struct ccs_issue *is, enum ccs_loss loss);

#endif
