/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Patience: a caller who waits longer than the patience drawn for the issue abandons; a caller who
 * has waited as long as `voicemail` says ends in it. One timer serves both; it goes on when the
 * contact moves to another queue at t0.
 */
#ifndef CCS_WORLD_QUEUE_PATIENCE_H
#define CCS_WORLD_QUEUE_PATIENCE_H

#include "world/world.h"

/* The row of CCS_WAITING_TOLD: see waiting.h. */
void ccs_patience_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);
void ccs_patience_leaves(struct ccs_world *w, struct ccs_contact *ct);
void ccs_patience_moves(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);

/* CCS_EV_PATIENCE: the caller abandons, or leaves a message. */
void ccs_patience_event(struct ccs_world *w, uint32_t contact);

#endif
