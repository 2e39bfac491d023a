/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Access: what can happen to an attempt before an agent answers. Menus (time, hanging up, ending in
 * the wrong queue), a limited number of waiting places, balking, voicemail, and the next attempt
 * after one that came to nothing.
 *
 * What belongs to the customer (tolerance of an expected wait, whether he listens to the estimate)
 * is drawn once per issue, what happens at an attempt once per attempt.
 *
 * Invariant: an attempt is unreachable, blocked, queue_full, hung_up or offered; an offered contact
 * ends up answered, abandoned, balked, in voicemail, cleared or withdrawn, or still waits.
 */
#ifndef CCS_WORLD_QUEUE_ACCESS_H
#define CCS_WORLD_QUEUE_ACCESS_H

#include "world/world.h"

/* Into IVR and menus: how long until the queue, or until hanging up. */
ccs_time ccs_access_enter(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* Hangs up in a menu. `ct` is free afterwards, `is` may be invalid. */
void ccs_access_hang_up(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The queue into which a misrouted contact of the issue has come. */
uint16_t ccs_access_wrong_queue(const struct ccs_world *w, const struct ccs_issue *is);

/* No agent is free: is there no waiting place, or does the customer balk? If so, `ct` is free
 * afterwards and `is` may be invalid. */
bool ccs_access_turns_away(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The wait that somebody who joins this contact's queue now expects, on the terms of `balking`
 * (CCS_TIME_NEVER: nobody works). */
ccs_time ccs_access_expected_wait(struct ccs_world *w, const struct ccs_contact *ct,
                                  const struct ccs_issue *is,
                                  const struct ccs_balking_config *balking);

/* Waits of the last contacts that went from a queue to an agent, where the model looks back on more
 * than one: world.past_waits has a ring of model.wait_window for each queue. */
void ccs_access_remember_wait(struct ccs_world *w, uint16_t queue, ccs_time wait);

/* The mean of the last `window` of them at most, rounded down; CCS_TIME_NEVER: none yet. */
ccs_time ccs_access_mean_wait(struct ccs_world *w, uint16_t queue, int64_t window);

/* What a queue of an earlier model remembers, `past_window` waits at most, goes on in `to`. */
void ccs_access_keep_waits(struct ccs_world *w, uint16_t to, const struct ccs_queue *from,
                           const ccs_time *past, uint32_t past_window);

/* A contact has gone from its queue to an agent. */
static inline void ccs_access_note_wait(struct ccs_world *w, uint16_t queue, ccs_time wait)
{
    ccs_queue_at(w, queue)->last_wait = wait;
    if (w->model->wait_window > 0) {
        ccs_access_remember_wait(w, queue, wait);
    }
}

/* After so long in its queue the contact is ended into voicemail; CCS_TIME_NEVER: never. */
static inline ccs_time ccs_access_longest_wait(const struct ccs_world *w,
                                               const struct ccs_contact *ct)
{
    return ct->answered || ct->kind != CCS_CONTACT_INBOUND
               ? CCS_TIME_NEVER
               : w->model->channels[ct->channel].voicemail_after;
}

/* A message has been left at this tier: a call to be made, or nothing. */
void ccs_access_leave_message(struct ccs_world *w, struct ccs_issue *is, int tier);

/* The attempt came to nothing: the customer redials or reacts to a failure. */
void ccs_access_lose(struct ccs_world *w, struct ccs_issue *is, enum ccs_loss loss);

#endif
