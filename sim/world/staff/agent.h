/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Agents as individuals. A model that needs to tell agents apart (shifts, speed of each agent,
 * routing by idle time or occupancy) has a record per agent. Under all other models the agents of a
 * team are alike: a team is a number on duty and a number busy, and nothing here is called.
 *
 * The free agents of a team form a list in the order in which they became free, so that the agent
 * who has been idle longest is at its head. In a team staffed by headcount, when the headcount
 * falls, the agents idle longest go home first, busy agents when they become free; so its numbers
 * are those of a team of alike agents. In a team with shifts each agent follows a roster
 * (model/roster.h). An agent who is in a leg
 *   - when the shift ends, finishes the leg: overtime;
 *   - when a break begins, finishes the leg, then takes the whole break, at most until the end of
 *     the shift;
 *   - when a meeting begins, finishes the leg, then joins the rest of the meeting.
 *
 * Invariants: an agent is in the list of the team exactly if idle. In every team with records busy
 * is the number of agents in state BUSY. In a team with shifts level = idle + busy within the
 * shift, late = busy past its end.
 */
#ifndef CCS_WORLD_STAFF_AGENT_H
#define CCS_WORLD_STAFF_AGENT_H

#include "world/world.h"

enum ccs_agent_state {
    CCS_AGENT_OFF,
    CCS_AGENT_IDLE,
    CCS_AGENT_BUSY,
    CCS_AGENT_BREAK, /* in a break, a meeting or paid absence: `is_paid` */
};

struct ccs_agent {
    uint32_t next, prev; /* in the list of the idle; off duty by headcount: next in the pool */
    uint32_t slot;
    uint32_t timer;      /* next change by the roster */
    uint64_t idle_order; /* of becoming idle */
    ccs_time since;      /* when the agent came on duty */
    ccs_time busy_from;
    int64_t busy_us; /* since coming on duty */
    ccs_time owed;   /* length of breaks not taken because of a leg */
    ccs_time noted;  /* end of the break last added to `owed`; INT64_MIN: none */
    ccs_time back;   /* end of a late break; INT64_MIN: none */
    double speed;    /* factor on talk */
    uint16_t team;
    uint8_t state; /* enum ccs_agent_state */
    bool is_late;  /* busy after the end of the shift */
    bool is_paid;  /* in state BREAK */
    bool owed_paid;
    bool stays; /* with shifts: was on duty at closing time and stays to serve out */
};

/* Makes the records of all agents of the model: at the start (`old` NULL), and at t0 when the model
 * changes. Agents in a leg stay in it. Called before the teams are staffed. CCS_ENOMEM. */
ccs_status ccs_agents_begin(struct ccs_world *w, const struct ccs_model *old);

/* Cancels the next changes that the past model's roster has scheduled. */
void ccs_agents_forget(struct ccs_world *w);

/* In a team with shifts every agent does what the roster says now. */
void ccs_agents_report(struct ccs_world *w, uint16_t team);

/* In a team with shifts the agents who were on duty a microsecond ago stay to serve out. */
void ccs_agents_begin_serving_out(struct ccs_world *w, uint16_t team);
void ccs_agents_end_serving_out(struct ccs_world *w, uint16_t team);

/* How many agents who stay to serve out could take a contact now. */
int32_t ccs_agents_serving_out(const struct ccs_world *w, uint16_t team);

/* In a team staffed by headcount as many agents come or go as its level demands. */
void ccs_agents_level(struct ccs_world *w, uint16_t team);

/* Chooses the agent of the team who takes the contact and makes the agent busy: an idle agent or,
 * if there is none, one who has stayed after closing time. */
uint32_t ccs_agent_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                        const struct ccs_issue *is);

/* In a team staffed by headcount: the agent pauses after a contact. */
void ccs_agent_pause(struct ccs_world *w, uint32_t agent);

/* The agent's leg, or holding of the line, is over. */
void ccs_agent_release(struct ccs_world *w, uint32_t agent);

/* CCS_EV_AGENT: the roster changes what the agent is to do. */
void ccs_agent_event(struct ccs_world *w, uint32_t agent);

/* Share of the time since the agent came on duty that was spent in finished legs. */
double ccs_agent_occupancy(const struct ccs_world *w, const struct ccs_agent *a);

static inline struct ccs_agent *ccs_agent_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_agent *)w->agents.data)[i];
}

#endif
