/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting: how a contact joins a queue, leaves it, and moves to another queue at t0.
 *
 * A queue is a chain of contacts in the order in which they joined. A mechanism of waiting
 * (patience that runs out, a further team that may take the contact) is a file beside this one and
 * a row of CCS_WAITING_TOLD. Its three functions are told when a contact joins, leaves or moves, in
 * the order of the rows. Joining and leaving are told only under models that have the mechanism; at
 * t0, when the model changes, all rows are told of every waiting contact.
 *
 * Invariants: a contact of phase WAITING is in exactly one queue, that of ct->queue; contacts join
 * in order of u.wait.order, so that the head has waited longest; a row that is told of a joining is
 * told of the leaving.
 */
#ifndef CCS_WORLD_QUEUE_WAITING_H
#define CCS_WORLD_QUEUE_WAITING_H

#include "world/world.h"

/* X(name, condition on the model `m`): ccs_NAME_joins(w, ct, is), ccs_NAME_leaves(w, ct) and
 * ccs_NAME_moves(w, ct, is), of NAME.c. The order of the rows decides the order of events of equal
 * time: append only. */
#define CCS_WAITING_TOLD(X)                                                                        \
    X(overflow, m->has_overflow)                                                                   \
    X(patience, true)

/* The contact joins its queue, ct->queue; u.wait is filled in. */
void ccs_waiting_join(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is);

/* The contact leaves its queue, for whatever reason. */
void ccs_waiting_leave(struct ccs_world *w, uint32_t contact);

/* After a change of model at t0: every waiting contact moves to its queue under the new model. If
 * there is none, its customer gives the issue up; a promised call falls due unkept. */
void ccs_waiting_move_all(struct ccs_world *w);

/* Counts a wait that has ended, answered or not, in the access sums of its period. */
void ccs_waiting_count(const struct ccs_world *w, const struct ccs_contact *ct,
                       struct ccs_access *access, ccs_time wait);

#endif
