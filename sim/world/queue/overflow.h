/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overflow: a waiting contact is offered again when further teams may take it (`overflow_after_s`;
 * terms: routing.h). Only under models that have overflow. */
#ifndef CCS_WORLD_QUEUE_OVERFLOW_H
#define CCS_WORLD_QUEUE_OVERFLOW_H

#include "world/world.h"

/* Told of waiting contacts: see waiting.h. */
void ccs_overflow_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);
void ccs_overflow_leaves(struct ccs_world *w, struct ccs_contact *ct);
void ccs_overflow_moves(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);

/* CCS_EV_OVERFLOW: a free agent of a further team takes it, or it waits for the next one. */
void ccs_overflow_event(struct ccs_world *w, uint32_t contact);

#endif
