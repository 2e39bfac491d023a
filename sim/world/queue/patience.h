/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Patience: a caller who waits longer than the patience abandons; one who has waited for
 * `voicemail` is ended into it. One clock for both, which goes on when the queue changes at t0.
 */
#ifndef CCS_WORLD_QUEUE_PATIENCE_H
#define CCS_WORLD_QUEUE_PATIENCE_H

#include "world/world.h"

/* Told of waiting contacts: see waiting.h. */
void ccs_patience_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);
static inline void ccs_patience_leaves(struct ccs_world *w, struct ccs_contact *ct)
{
    ccs_world_cancel(w, &ct->timer);
}
static inline void ccs_patience_moves(struct ccs_world *w, struct ccs_contact *ct,
                                      const struct ccs_issue *is)
{
    (void)w;
    (void)ct;
    (void)is;
}

/* CCS_EV_PATIENCE: abandons, or leaves a message. */
void ccs_patience_event(struct ccs_world *w, uint32_t contact);

#endif
