/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closing time: what becomes of those inside when the last team that could serve them goes home.
 *
 * A queue *closes* at the end of opening hours of a team's calendar if from then on no team of the
 * queue is within its hours (a team without a calendar always is). Breaks and intervals without
 * staff inside the hours are no closing. Inside are the contacts of customers that wait in the
 * queue or are in the IVR on their way to it; promised calls and work items stay in any case. By
 * the `at_closing` of its channel a contact
 *
 *   carry_over  stays in the queue; patience goes on;
 *   clear       is disconnected at that instant. It counts as cleared, neither answered nor
 *               abandoned; the customer reacts as after abandoning (redials, or the attempt
 * failed); serve_out   is still served: the agents who were on duty at that instant stay until
 * nobody who was inside is left. Their legs are overtime, paid like the end of a running leg;
 *               moments without one are not.
 *
 * Who comes later finds the channel closed, or queues until the morning if it has no hours.
 */
#ifndef CCS_WORLD_STAFF_CLOSING_H
#define CCS_WORLD_STAFF_CLOSING_H

#include "world/world.h"

/* The hours or the headcount of a team have changed; `before` were on duty. */
void ccs_closing_staffed(struct ccs_world *w, uint16_t team, int32_t before);

/* The team with an agent who has stayed and is free for a contact that was inside and comes out of
 * the IVR only now; CCS_NO_TEAM if there is none. */
uint16_t ccs_closing_team(const struct ccs_world *w, const struct ccs_contact *ct);

/* Agents who have stayed take those who were inside: by priority, then longest wait, whatever the
 * rules of routing say. */
void ccs_closing_serve(struct ccs_world *w, uint16_t team);

#endif
