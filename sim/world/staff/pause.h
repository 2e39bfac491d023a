/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unplanned pauses: with some probability an agent who has ended a contact (after the wrap-up) is
 * not available for a while: paid, neither busy nor idle, like a break.
 *
 * With shifts the agent takes the pause as a late break (agent.h). In a team staffed by headcount
 * one agent fewer is on duty until the pause ends. When the headcount falls in the meantime, an
 * agent in a pause goes home before an agent in a contact. An agent who works past the end of duty,
 * or whose planned break is due, takes no pause.
 *
 * Invariant: in a team staffed by headcount level + paused = present, and paused + busy <= present
 * unless paused is 0.
 */
#ifndef CCS_WORLD_STAFF_PAUSE_H
#define CCS_WORLD_STAFF_PAUSE_H

#include "world/world.h"

/* Draws how long the agent will pause after this contact; 0: not at all. */
ccs_time ccs_pause_draw(const struct ccs_world *w, const struct ccs_issue *is,
                        const struct ccs_contact *ct);

/* The agent's contact is over and a pause begins. `agent`: CCS_NONE where agents are alike. */
void ccs_pause_begin(struct ccs_world *w, uint16_t team, uint32_t agent, ccs_time length);
void ccs_pause_end_event(struct ccs_world *w, uint32_t team);

/* Sets level and away of a team staffed by headcount after a change of present, absent or
 * paused. */
void ccs_pause_level(struct ccs_team *tm);

/* The team has shifts under the new model: the pauses of its headcount are over. */
void ccs_pause_forget(struct ccs_team *tm);

#endif
