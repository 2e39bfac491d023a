/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts: from the attempt through IVR and queue to the legs, and what comes of them.
 *
 * Invariants: a contact record belongs to one issue (issue->contact) until its talk is over; the
 * wrap-up after that belongs to the agent only. A caller who redials is the same issue: the same
 * patience, the same work content.
 */
#ifndef CCS_WORLD_QUEUE_CONTACT_H
#define CCS_WORLD_QUEUE_CONTACT_H

#include "world/world.h"

/* The customer tries to make contact on is->channel. May end the issue. */
void ccs_contact_attempt(struct ccs_world *w, uint32_t issue);

/* A promised call back; waits in its queue until an agent makes it. */
void ccs_contact_open_callback(struct ccs_world *w, struct ccs_issue *is, int tier);

/* A contact that waits already, whatever hours and lines say; nobody takes it before the next
 * change of staffing. */
void ccs_contact_open_waiting(struct ccs_world *w, struct ccs_issue *is);

/* Back-office work for a decided issue. */
void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is);

/* Withdraws a contact that is not in a leg. False (nothing done) if a leg is running or it is
 * decided back-office work. */
bool ccs_contact_withdraw(struct ccs_world *w, uint32_t contact);

/* Goes straight to a free agent, or joins its queue. */
void ccs_contact_enqueue(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is);

/* The customer is off the line (or was never on it). */
void ccs_contact_leave_channel(struct ccs_world *w, struct ccs_contact *ct);

/* The wait of a contact ends without an agent: it is counted, paid for, and the contact is over.
 * Returns the sums of the period in which it was offered, for the caller to count in why; NULL if
 * it does not count as access. */
struct ccs_access *ccs_contact_end_wait(struct ccs_world *w, struct ccs_contact *ct);

/* The queue of any but an inbound contact that has found its way. */
uint16_t ccs_contact_special_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                                   const struct ccs_issue *is);

/* The queue the contact belongs in under the present model; CCS_NO_QUEUE if nobody takes it. */
static inline uint16_t ccs_contact_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                                         const struct ccs_issue *is)
{
    return ct->kind == CCS_CONTACT_INBOUND && !ct->misrouted && ct->leg == 0
               ? ccs_model_inbound_queue(w->model, ct->channel, is->type, ct->tier)
               : ccs_contact_special_queue(w, ct, is);
}

/* Gives the record back. */
void ccs_contact_free(struct ccs_world *w, struct ccs_contact *ct);

/* An agent has been reached: counts towards contacts per issue and first-contact resolution. */
void ccs_contact_note_handled(struct ccs_world *w, const struct ccs_contact *ct,
                              struct ccs_issue *is);

/* The connection costs money while a customer is on the line; mostly none. */
void ccs_contact_pay_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                             struct ccs_issue *is, ccs_time us);
static inline void ccs_contact_book_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                                            struct ccs_issue *is, ccs_time us)
{
    if (w->model->channels[ct->channel].telecom_per_us > 0) {
        ccs_contact_pay_telecom(w, ct, is, us);
    }
}

static inline const struct ccs_channel_config *ccs_channel_of(const struct ccs_world *w,
                                                              int channel)
{
    return CCS_MAP_AT(w->model->config->channels, struct ccs_channel_config, channel);
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

/* Sums of the period in which t lies (t in the window). */
static inline struct ccs_access *ccs_access_at(struct ccs_world *w, ccs_time t, int channel)
{
    if (t < w->period_from || t >= w->period_to) { /* seldom: a division for each contact is dear */
        ccs_time length = w->model->config->run.period;
        ccs_time period = (t - w->origin) / length;
        w->period_row = (uint32_t)period * w->model->channel_n;
        w->period_from = w->origin + period * length;
        w->period_to = w->period_from + length;
    }
    return &((struct ccs_access *)w->measure.access.data)[w->period_row + (uint32_t)channel];
}

/* Event: through the IVR. */
void ccs_contact_entered_event(struct ccs_world *w, uint32_t contact);

#endif
