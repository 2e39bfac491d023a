/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets which contact: the "routing" section. */
#ifndef CCS_CONFIG_ROUTING_CONFIG_H
#define CCS_CONFIG_ROUTING_CONFIG_H

#include "config/transfer_config.h"

/* X(constant, name, what it does). Append only. */
#define CCS_AGENT_RULES(X)                                                                         \
    X(IN_ORDER, "in_order", "the first team by name with a free agent")                            \
    X(MOST_SPECIALISED, "most_specialised", "the team with the fewest skills")                     \
    X(RANDOM, "random", "any free agent, all equally likely")                                      \
    X(LONGEST_IDLE, "longest_idle", "the agent who has been free longest")                         \
    X(LEAST_OCCUPIED, "least_occupied",                                                            \
      "the agent with the smallest share of busy time since coming on duty")                       \
    X(MOST_FREE, "most_free", "an agent of the team with the most free agents")

enum ccs_agent_rule {
#define X(constant, name, help) CCS_AGENT_##constant,
    CCS_AGENT_RULES(X)
#undef X
    CCS_AGENT_RULE_COUNT
};

/* X(constant, name, what it does). Append only. */
#define CCS_CONTACT_RULES(X)                                                                       \
    X(PRIORITY, "priority", "the highest priority, then the longest wait")                         \
    X(LONGEST_WAIT, "longest_wait", "the longest wait, whatever the priority")                     \
    X(WEIGHTED_WAIT, "weighted_wait", "the largest product of wait and weight of the issue type")  \
    X(LONGEST_QUEUE, "longest_queue", "the issue type of which most are waiting")                  \
    X(RISING_PRIORITY, "rising_priority", "the highest priority, which rises while it waits")

enum ccs_contact_rule {
#define X(constant, name, help) CCS_CONTACT_RULE_##constant,
    CCS_CONTACT_RULES(X)
#undef X
    CCS_CONTACT_RULE_COUNT
};

const char *ccs_agent_rule_help(enum ccs_agent_rule rule);
const char *ccs_contact_rule_help(enum ccs_contact_rule rule);

struct ccs_routing_config {
    int agent;                            /* enum ccs_agent_rule */
    int contact;                          /* enum ccs_contact_rule */
    struct ccs_real_map weights;          /* by issue type; n = 0: all 1 */
    struct ccs_real_map priority_per_min; /* by issue type */
    struct ccs_map transfers;             /* struct ccs_transfer_config */
    int64_t transferred_priority;         /* added once a contact has been passed on */
};

extern const struct ccs_section ccs_routing_section;

#endif
