/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts: from the attempt through IVR and lane to the legs, and what comes of them.
 *
 * Invariants: a contact record belongs to one issue (issue->contact) until its talk is over; the
 * wrap-up after that belongs to the agent only. A caller who redials is the same issue: the same
 * patience, the same work content.
 */
#ifndef CCS_CENTER_CONTACT_H
#define CCS_CENTER_CONTACT_H

#include "center/world.h"

/* The customer tries to make contact on is->channel. May end the issue. */
void ccs_contact_attempt(struct ccs_world *w, uint32_t issue);

/* A promised call back; waits in its lane until an agent makes it. */
void ccs_contact_open_callback(struct ccs_world *w, struct ccs_issue *is, int tier);

/* Back-office work for a decided issue. */
void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is);

/* Takes a contact out of its lane (its wait is accounted for). */
void ccs_contact_unqueue(struct ccs_world *w, uint32_t contact);

/* An agent of `team` takes the contact, which is in no lane. */
void ccs_contact_start(struct ccs_world *w, uint32_t contact, uint16_t team);

/* Withdraws a contact that is not in a leg. False (nothing done) if a leg is running or it is
 * decided back-office work. */
bool ccs_contact_withdraw(struct ccs_world *w, uint32_t contact);

/* After a change of model at t0: every waiting contact goes to the lane it now belongs to. */
void ccs_contact_reroute_all(struct ccs_world *w);

/* Events. */
void ccs_contact_queue_event(struct ccs_world *w, uint32_t contact);
void ccs_contact_patience_event(struct ccs_world *w, uint32_t contact);
void ccs_contact_talk_end_event(struct ccs_world *w, uint32_t contact);
void ccs_contact_wrap_end_event(struct ccs_world *w, uint32_t contact);

#endif
