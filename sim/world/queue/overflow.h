/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Overflow: when further teams may take a waiting contact (`overflow_after_s`; terms: routing.h),
 * it is routed once more.
 *
 * Invariant: while a contact waits under a model with overflow, its extra record names the event of
 * the next such time, CCS_EVENT_NONE if there is none.
 */
#ifndef CCS_WORLD_QUEUE_OVERFLOW_H
#define CCS_WORLD_QUEUE_OVERFLOW_H

#include "world/world.h"

/* The row of CCS_WAITING_TOLD: see waiting.h. */
void ccs_overflow_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);
void ccs_overflow_leaves(struct ccs_world *w, struct ccs_contact *ct);
void ccs_overflow_moves(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);

/* CCS_EV_OVERFLOW: a free agent of a further team takes the contact, or it waits on. */
void ccs_overflow_event(struct ccs_world *w, uint32_t contact);

#endif
