/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts: from the attempt through IVR and queue to the first leg, and how a contact ends.
 *
 * Invariants: a contact record belongs to one issue (issue->contact) until its talk is over; the
 * wrap-up after that belongs to the agent only. A caller who redials has the same issue, with the
 * same patience and the same work content.
 */
#ifndef CCS_WORLD_QUEUE_CONTACT_H
#define CCS_WORLD_QUEUE_CONTACT_H

#include "world/world.h"

/* CCS_EV_ATTEMPT, or called: the customer tries to make contact on is->channel. May end the
 * issue. */
void ccs_contact_attempt(struct ccs_world *w, uint32_t issue);

/* Makes the contact of a call that the company owes: it waits until an agent makes the call. */
void ccs_contact_open_callback(struct ccs_world *w, struct ccs_issue *is, int tier);

/* Makes a contact that waits already, whatever hours and lines say. No agent takes it before the
 * teams are staffed again or an agent becomes free. */
void ccs_contact_open_waiting(struct ccs_world *w, struct ccs_issue *is);

/* Makes the work item of back-office work for a settled issue. */
void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is);

/* Withdraws a contact that is not in a leg. False, with nothing done, if a leg runs or the contact
 * is back-office work. */
bool ccs_contact_withdraw(struct ccs_world *w, uint32_t contact);

/* The contact goes straight to a free agent, is turned away, or joins its queue. */
void ccs_contact_enqueue(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The contact leaves its channel: frees its line, and its issue has no contact any more. */
void ccs_contact_leave_channel(struct ccs_world *w, struct ccs_contact *ct);

/* The wait of a contact ends without an agent: counts and books it and frees the contact. Returns
 * the access sums of the period in which the contact was offered, where the calling function counts
 * the reason; NULL if the contact does not count as access. */
struct ccs_access *ccs_contact_end_wait(struct ccs_world *w, struct ccs_contact *ct);

/* The queue of a contact that is misrouted, has been passed on, or is not inbound. */
uint16_t ccs_contact_special_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                                   const struct ccs_issue *is);

/* The queue of the contact under the present model; CCS_NO_QUEUE if no team serves it. */
static inline uint16_t ccs_contact_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                                         const struct ccs_issue *is)
{
    return ct->kind == CCS_CONTACT_INBOUND && !ct->misrouted && ct->leg == 0
               ? ccs_model_inbound_queue(w->model, ct->channel, is->type, ct->tier)
               : ccs_contact_special_queue(w, ct, is);
}

/* Frees the record. */
void ccs_contact_free(struct ccs_world *w, struct ccs_contact *ct);

/* The contact has reached an agent: counts towards contacts per issue and first-contact
 * resolution. */
void ccs_contact_note_handled(struct ccs_world *w, const struct ccs_contact *ct,
                              struct ccs_issue *is);

/* Books the cost of the connection while a customer is on the line. The inline function spares the
 * call where the channel costs nothing, as most do. */
void ccs_contact_pay_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                             struct ccs_issue *is, ccs_time us);
static inline void ccs_contact_book_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                                            struct ccs_issue *is, ccs_time us)
{
    if (w->model->channels[ct->channel].telecom_per_us > 0) {
        ccs_contact_pay_telecom(w, ct, is, us);
    }
}

static inline bool ccs_contact_is_live(const struct ccs_world *w, const struct ccs_contact *ct)
{
    return ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK
               ? w->model->channels[ct->channel].is_live
               : ct->kind == CCS_CONTACT_CALLBACK;
}

/* Does the contact count as access (offered, answered, abandoned)? */
static inline bool ccs_contact_is_inbound(const struct ccs_contact *ct)
{
    return ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK;
}

/* Access sums of the channel in the period of t, which lies in the window. */
static inline struct ccs_access *ccs_access_at(struct ccs_world *w, ccs_time t, int channel)
{
    if (t < w->period_from || t >= w->period_to) { /* seldom true: saves a division per contact */
        ccs_time length = w->model->config->run.period;
        ccs_time period = (t - w->origin) / length;
        w->period_row = (uint32_t)period * w->model->channel_n;
        w->period_from = w->origin + period * length;
        w->period_to = w->period_from + length;
    }
    return &((struct ccs_access *)w->measure.access.data)[w->period_row + (uint32_t)channel];
}

/* CCS_EV_ENTERED: the caller is through IVR and menus, or hangs up there. */
void ccs_contact_entered_event(struct ccs_world *w, uint32_t contact);

#endif
