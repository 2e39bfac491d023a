/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rosters: what an agent is to do at a time. Shifts give every agent of a team hours of the week
 * and breaks; absence takes away whole shifts, shrinkage parts of them. A pure function of the
 * model, the agent's key and the time.
 *
 * Random presence: an agent is absent from a shift with probability `absence`, keyed by agent and
 * the day on which the shift begins; of each part of the day (shrinkage_part long, from midnight)
 * the agent is away with probability `shrinkage`, keyed by agent and part. So the means are the
 * stated ones, whatever else happens.
 *
 * Invariant: each answer says until when it holds, so that nothing is polled; times are not
 * rounded.
 */
#ifndef CCS_MODEL_ROSTER_H
#define CCS_MODEL_ROSTER_H

#include "model/model.h"

enum ccs_duty {
    CCS_DUTY_OFF,   /* no shift, or absent from it without pay */
    CCS_DUTY_ON,    /* handling contacts */
    CCS_DUTY_BREAK, /* in a break */
    CCS_DUTY_AWAY   /* meeting, training, absent with pay */
};

struct ccs_presence {
    enum ccs_duty duty;
    bool is_paid;
    ccs_time until;     /* when the answer changes; CCS_TIME_NEVER */
    ccs_time shift_end; /* unless duty is OFF */
};

/* What agent `slot` of a team with shifts is to do at t. `key`: of the replication. */
struct ccs_presence ccs_roster_at(const struct ccs_model *model, uint64_t key, uint16_t team,
                                  uint32_t slot, ccs_time t);

/* How many of the first n agents of a team without shifts are present at t. `paid_away`: how many
 * of the others are paid. Lowers `until` to the time at which that may change. */
int32_t ccs_roster_present(const struct ccs_model *model, uint64_t key, uint16_t team, int32_t n,
                           ccs_time t, int32_t *paid_away, ccs_time *until);

/* Key of an agent: team name and slot. */
static inline uint64_t ccs_agent_entity(const struct ccs_model *model, uint16_t team, uint32_t slot)
{
    return ccs_entity_member(model->teams[team].entity, slot);
}

#endif
