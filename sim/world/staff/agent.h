/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Agents as individuals. A scenario that needs to tell them apart (shifts, speed of each, routing
 * by idle time or occupancy) gets a record per agent; in all others agents of a team are alike, a
 * team is a number on duty and a number busy, and none of this is called.
 *
 * A team's free agents form a list in order of becoming free, so that the one who has been idle
 * longest is at its head. In a team staffed by headcount, when fewer are due, the longest idle go
 * first and the rest as they become free; so its numbers are those of a team of alike agents. In a
 * team with shifts each agent follows the own roster:
 * - whoever is in a leg when the shift ends finishes it: overtime;
 * - whoever is in a leg when a break begins finishes it and then takes the whole break, at most
 * until the end of the shift;
 * - whoever is in a leg when a meeting begins joins for the rest of it.
 *
 * Invariants: an agent is in the list of its team exactly if idle; in a team with shifts, level =
 * idle + busy within the shift, late = busy beyond it; busy is the number of agents in state BUSY.
 */
#ifndef CCS_WORLD_STAFF_AGENT_H
#define CCS_WORLD_STAFF_AGENT_H

#include "world/world.h"

enum ccs_agent_state {
    CCS_AGENT_OFF,
    CCS_AGENT_IDLE,
    CCS_AGENT_BUSY,
    CCS_AGENT_BREAK, /* or away: `is_paid` tells */
};

struct ccs_agent {
    uint32_t next, prev; /* idle: in the list of the team; off, without shifts: next in the pool */
    uint32_t slot;
    uint32_t timer;      /* next change by the roster */
    uint64_t idle_order; /* of becoming idle */
    ccs_time since;      /* came on duty */
    ccs_time busy_from;
    int64_t busy_us; /* since coming on duty */
    ccs_time owed;   /* break not taken because of a leg */
    ccs_time noted;  /* end of the break last added to that; INT64_MIN: none */
    ccs_time back;   /* end of a late break; INT64_MIN: none */
    double speed;    /* factor on talk */
    uint16_t team;
    uint8_t state; /* enum ccs_agent_state */
    bool is_late;  /* busy after the end of the shift */
    bool is_paid;  /* during a break or away */
    bool owed_paid;
    bool stays; /* with shifts: was on duty at closing time and serves out */
};

/* All agents of the model at now, with those who are in a leg where they were. Before the teams are
 * staffed; at the start (`old` NULL) and at t0, when the model changes. */
ccs_status ccs_agents_begin(struct ccs_world *w, const struct ccs_model *old);

/* The old model's plans for them are off. */
void ccs_agents_forget(struct ccs_world *w);

/* A team with shifts: every agent does what the roster says. */
void ccs_agents_report(struct ccs_world *w, uint16_t team);

/* Of a team with shifts, whoever was on duty by the roster a moment ago stays to serve out. */
void ccs_agents_begin_serving_out(struct ccs_world *w, uint16_t team);
void ccs_agents_end_serving_out(struct ccs_world *w, uint16_t team);

/* How many of them could take a contact now. */
int32_t ccs_agents_serving_out(const struct ccs_world *w, uint16_t team);

/* A team without: as many come or go as its level demands. */
void ccs_agents_level(struct ccs_world *w, uint16_t team);

/* The agent of the team who takes the contact, no longer idle; where nobody is, one of those who
 * have stayed after closing time. */
uint32_t ccs_agent_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                        const struct ccs_issue *is);

/* Headcount: after the leg the agent is not there for a while. */
void ccs_agent_pause(struct ccs_world *w, uint32_t agent);

/* The leg is over. */
void ccs_agent_release(struct ccs_world *w, uint32_t agent);

/* By the roster something changes. */
void ccs_agent_event(struct ccs_world *w, uint32_t agent);

/* Share of the time since coming on duty spent in legs. */
double ccs_agent_occupancy(const struct ccs_world *w, const struct ccs_agent *a);

static inline struct ccs_agent *ccs_agent_at(struct ccs_world *w, uint32_t i)
{
    return &((struct ccs_agent *)w->agents.data)[i];
}

#endif
