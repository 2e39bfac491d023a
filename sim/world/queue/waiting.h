/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting: how a contact joins a queue, leaves it, and moves to another one at t0; and who is told.
 *
 * A queue is a chain of contacts in the order of their coming. Whatever else has to do with a wait
 * (a clock that runs out, a further team that may take it) is a file of its own beside this one and
 * a row of CCS_WAITING_TOLD: its three functions are called when a contact joins, leaves or moves,
 * in the order of the rows, and only under models that have the thing at all.
 *
 * Invariants: a contact of phase WAITING is in exactly one queue, that of ct->queue; callers join
 * in order of u.wait.order, so that the head has waited longest; whatever is told of a joining is
 * told of one leaving.
 */
#ifndef CCS_WORLD_QUEUE_WAITING_H
#define CCS_WORLD_QUEUE_WAITING_H

#include "world/world.h"

/* X(name, condition on the model `m`): ccs_NAME_joins(w, ct, is), ccs_NAME_leaves(w, ct) and
 * ccs_NAME_moves(w, ct, is), in NAME.h. The order is that of events of equal time: append only. */
#define CCS_WAITING_TOLD(X)                                                                        \
    X(overflow, m->has_overflow)                                                                   \
    X(patience, true)

/* Joins the queue of ct->queue; u.wait is filled in. */
void ccs_waiting_join(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);

/* Leaves its queue, for whatever reason. */
void ccs_waiting_leave(struct ccs_world *w, uint32_t contact);

/* After a change of model at t0: every waiting contact goes to the queue it now belongs to, or is
 * given up if there is none. */
void ccs_waiting_move_all(struct ccs_world *w);

/* Counts a wait that has ended, answered or not, among those of its period. */
void ccs_waiting_count(const struct ccs_world *w, const struct ccs_contact *ct,
                       struct ccs_access *access, ccs_time wait);

#endif
