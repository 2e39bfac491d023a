/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pauses that nobody has planned: with some probability the agent who ends a contact (after the
 * wrap-up) is not available for a while: paid, neither busy nor idle, like a break.
 *
 * With shifts the agent takes it as a late break (agent.h). In a team staffed by headcount it is
 * one fewer on duty until it ends; when the headcount falls meanwhile, who pauses goes home before
 * who is in a contact. Whoever is over the own hours, or has a planned break due, takes none.
 *
 * Invariant: in a team staffed by headcount level + paused = present, and paused + busy <= present
 * unless paused is 0.
 */
#ifndef CCS_WORLD_STAFF_PAUSE_H
#define CCS_WORLD_STAFF_PAUSE_H

#include "world/world.h"

/* How long the agent of a contact that ends now will pause after it; 0: not at all. */
ccs_time ccs_pause_draw(const struct ccs_world *w, const struct ccs_issue *is,
                        const struct ccs_contact *ct);

/* The agent (where they are individuals) is free, and pauses. */
void ccs_pause_begin(struct ccs_world *w, uint16_t team, uint32_t agent, ccs_time length);
void ccs_pause_end_event(struct ccs_world *w, uint32_t team);

/* Who is on duty out of those present. Headcount; after a change of present or paused. */
void ccs_pause_level(struct ccs_team *tm);

/* The team has shifts now: pauses of a headcount are over. */
void ccs_pause_forget(struct ccs_team *tm);

#endif
