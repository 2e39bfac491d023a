/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Promises: "we will call you back". A promise is a call for a team, with a due time. It is kept
 * when an agent begins the call before it falls due, void when the customer has left before, and
 * broken otherwise. A forgotten promise never becomes a call.
 *
 * Invariant: while a promise is open (CCS_ISSUE_PROMISE) the timer of its issue is the due event.
 */
#ifndef CCS_WORLD_CASE_PROMISE_H
#define CCS_WORLD_CASE_PROMISE_H

#include "world/world.h"

/* Makes the promise at the end of a contact handled by `tier`. False if the company makes no such
 * calls: the customer was only put off. */
bool ccs_promise_make(struct ccs_world *w, struct ccs_issue *is, int tier);

/* An agent begins the promised call: the promise is kept. */
void ccs_promise_keep(struct ccs_world *w, struct ccs_issue *is);

/* CCS_EV_CALLBACK_DUE: the promise falls due and is broken. */
void ccs_promise_due_event(struct ccs_world *w, uint32_t issue);

#endif
