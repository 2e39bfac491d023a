/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teams: staffing by interval and calendar, and which contact a free agent takes.
 *
 * Agents of a team are alike, a team is a number on duty and a number busy, unless something in the
 * scenario tells them apart: then each has a record (agent.h) besides. Whoever is in a leg when the
 * shift ends finishes it (overtime, paid).
 *
 * Invariants: no agent is free while a contact waits that it may take now (routing.h: skills,
 * overflow delays, reserves); which one a free agent takes is the routing's affair, by default the
 * waiting contact of the highest priority, and among those the one that has queued longest.
 */
#ifndef CCS_WORLD_STAFF_TEAM_H
#define CCS_WORLD_STAFF_TEAM_H

#include "world/world.h"

/* Sets the level of duty at now and schedules the next change. */
void ccs_team_staff(struct ccs_world *w, uint32_t team);

/* An agent of the team, which has a free one, takes the contact. */
void ccs_team_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                   const struct ccs_issue *is);

/* An agent of the team becomes free (`agent`: where they are individuals): takes the next contact,
 * if there is one. */
void ccs_team_release(struct ccs_world *w, uint16_t team, uint32_t agent);

/* The agent in the leg of a contact, or holding the line; CCS_NONE where agents are alike. */
static inline uint32_t ccs_team_agent_of(struct ccs_world *w, const struct ccs_contact *ct)
{
    return w->model->has_agents ? ccs_contact_extra_at(w, ccs_contact_index(w, ct))->agent
                                : CCS_NONE;
}
static inline uint32_t ccs_team_holder_of(struct ccs_world *w, const struct ccs_contact *ct)
{
    return w->model->has_agents ? ccs_contact_extra_at(w, ccs_contact_index(w, ct))->holder
                                : CCS_NONE;
}

/* The agent in the leg stays on the line. */
static inline void ccs_team_hold(struct ccs_world *w, const struct ccs_contact *ct)
{
    if (w->model->has_agents) {
        struct ccs_contact_extra *extra = ccs_contact_extra_at(w, ccs_contact_index(w, ct));
        extra->holder = extra->agent;
    }
}

/* Starts as many waiting contacts as there are free agents. */
void ccs_team_serve(struct ccs_world *w, uint16_t team);

/* Is anybody of that tier, serving the type on the channel, on duty now? */
bool ccs_team_on_duty(const struct ccs_world *w, int channel, int type, int tier);

#endif
