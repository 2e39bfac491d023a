/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Promises: "we will call you back". A promise is real work with an owner and a due time; it is
 * kept when an agent begins the call before it falls due, broken otherwise, void when the customer
 * has gone. A forgotten promise never becomes work.
 */
#ifndef CCS_WORLD_CASE_PROMISE_H
#define CCS_WORLD_CASE_PROMISE_H

#include "world/world.h"

/* Makes the promise at the end of a contact handled by `tier`. False if the company makes no
 * working promises (then it was only a put-off). */
bool ccs_promise_make(struct ccs_world *w, struct ccs_issue *is, int tier);

/* An agent begins the promised call. */
void ccs_promise_keep(struct ccs_world *w, struct ccs_issue *is);

/* The event: it falls due unkept. */
void ccs_promise_due_event(struct ccs_world *w, uint32_t issue);

#endif
