/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Routing: which agent gets a contact, and which contact a free agent takes. Two tables of rules;
 * a new rule is a function and a row in routing.c.
 *
 * Terms between a team and an issue type (struct ccs_service) come before any rule: a team may take
 * a contact only once it has waited `after`, and only while more than `reserve` agents of the team
 * are free. Teams with a higher priority of the skill (`agent_priority`) come first; the rule
 * chooses among teams of equal priority.
 *
 * rising_priority: at time t a contact that has waited w minutes ranks by priority + b_type * w, b
 * from `priority_per_min`: Kleinrock's delay-dependent priority (L. Kleinrock, "A delay dependent
 * queue discipline", Naval Research Logistics Quarterly 11, 1964), also called accumulating
 * priority. The priority of all contacts of a queue rises at the same rate, so that its head is the
 * highest in it.
 *
 * Invariants: queues are first come, first served, so that only the head of a queue can be next; no
 * agent is free while a contact waits that the agent may take on these terms; the cost of a choice
 * depends on the number of teams and queues (least_occupied: and of free agents), never on the
 * number of waiting contacts.
 */
#ifndef CCS_WORLD_QUEUE_ROUTING_H
#define CCS_WORLD_QUEUE_ROUTING_H

#include "world/world.h"

/* How many agents of a team are on duty and free. */
static inline int32_t ccs_team_free(const struct ccs_team *tm)
{
    int32_t free = tm->level - (tm->busy - tm->late);
    return free > 0 ? free : 0;
}

/* The team whose agent takes this contact now; CCS_NO_TEAM if no free agent may. The contact is in
 * its queue, or about to join it (u.wait is filled in). */
uint16_t ccs_routing_team(struct ccs_world *w, const struct ccs_contact *ct,
                          const struct ccs_issue *is);

/* Which idle agent of that team takes it, where agents are individuals. */
uint32_t ccs_routing_agent(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                           const struct ccs_issue *is);

/* The waiting contact that a free agent of the team takes next; CCS_NONE if there is none. */
uint32_t ccs_routing_contact(const struct ccs_world *w, uint16_t team);

/* The first time after now at which a further team may take the contact; CCS_TIME_NEVER if there is
 * none. */
ccs_time ccs_routing_overflow(const struct ccs_world *w, const struct ccs_contact *ct);

#endif
