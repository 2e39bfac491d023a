/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Closing time: what becomes of the contacts inside when the last team that could serve them goes
 * home.
 *
 * A queue *closes* at the end of opening hours of a team's calendar if from then on no team of the
 * queue is within its hours (a team without a calendar always is). Breaks and intervals without
 * staff inside the hours are no closing. Inside are the contacts of customers that wait in the
 * queue or are in IVR and menus on their way to it; promised calls and work items stay in any case.
 * By the `at_closing` of its channel a contact
 *
 *   carry_over   stays in the queue; patience goes on;
 *   clear        is disconnected at that instant. It counts as cleared, neither answered nor
 *                abandoned; the customer reacts as after abandoning: redials, or the attempt has
 *                failed;
 *   serve_out    is still served: the agents who were on duty at that instant stay until no
 *                contact that was inside is left. Their legs are overtime, paid like the end of a
 *                running leg; time between legs is not paid.
 *
 * A caller who comes later finds the channel closed or, if the channel has no hours, waits until
 * the teams come back.
 *
 * Invariant: serve_out_n of a queue is the number of its contacts that are marked `serve_out`.
 */
#ifndef CCS_WORLD_STAFF_CLOSING_H
#define CCS_WORLD_STAFF_CLOSING_H

#include "world/world.h"

/* The hours or the headcount of a team have changed; `before` agents were on duty (0 with
 * shifts). */
void ccs_closing_staffed(struct ccs_world *w, uint16_t team, int32_t before);

/* For a contact that was inside at closing time and comes out of IVR and menus now: the first team
 * with a free agent who has stayed; CCS_NO_TEAM if there is none. */
uint16_t ccs_closing_team(const struct ccs_world *w, const struct ccs_contact *ct);

/* Agents who have stayed take contacts that were inside, by priority, then by longest wait,
 * whatever the rules of routing say. */
void ccs_closing_serve(struct ccs_world *w, uint16_t team);

#endif
