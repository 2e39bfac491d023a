/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Teams: staffing by interval and calendar, and the moment at which a free agent takes a contact.
 *
 * A team is a number on duty and a number busy. Where the model tells agents apart, each agent has
 * a record (agent.h) besides. An agent who is in a leg when the duty ends finishes it (overtime,
 * paid).
 *
 * Routing decides which contact a free agent takes (routing.h); where the model routes plainly it
 * is the waiting contact of the highest priority and, among those, the one that has waited longest.
 *
 * Invariants: no agent is free while a contact waits that the agent may take now (routing.h:
 * skills, overflow delays, reserves); busy is the number of legs, ringing and wrap-up included, and
 * of held lines.
 */
#ifndef CCS_WORLD_STAFF_TEAM_H
#define CCS_WORLD_STAFF_TEAM_H

#include "world/world.h"

/* CCS_EV_STAFFING, or called at t0: sets how many are on duty, schedules the next change, and
 * serves. */
void ccs_team_staff(struct ccs_world *w, uint32_t team);

/* A free agent of the team becomes busy with the contact. */
void ccs_team_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                   const struct ccs_issue *is);

/* An agent of the team becomes free and takes the next contact, if there is one. `agent`: CCS_NONE
 * where agents are alike. */
void ccs_team_release(struct ccs_world *w, uint16_t team, uint32_t agent);

/* The agent in the leg of a contact, and the agent who holds the line; CCS_NONE where agents are
 * alike. */
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

/* The agent in the leg now holds the line. */
static inline void ccs_team_hold(struct ccs_world *w, const struct ccs_contact *ct)
{
    if (w->model->has_agents) {
        struct ccs_contact_extra *extra = ccs_contact_extra_at(w, ccs_contact_index(w, ct));
        extra->holder = extra->agent;
    }
}

/* Free agents take waiting contacts as long as there are both; then agents who stay serve out. */
void ccs_team_serve(struct ccs_world *w, uint16_t team);

/* Is an agent of that tier who serves the type on the channel on duty now? */
bool ccs_team_on_duty(const struct ccs_world *w, int channel, int type, int tier);

#endif
