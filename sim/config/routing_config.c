/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "routing" section, and the rules in words. What they do: world/queue/routing.c. */
#include "config/routing_config.h"

/* --- rows --- */

static const char *const agent_choices[] = {
#define X(constant, name, help) name,
    CCS_AGENT_RULES(X)
#undef X
        NULL};

static const char *const contact_choices[] = {
#define X(constant, name, help) name,
    CCS_CONTACT_RULES(X)
#undef X
        NULL};

const char *ccs_agent_rule_help(enum ccs_agent_rule rule)
{
    static const char *const help[] = {
#define X(constant, name, help) help,
        CCS_AGENT_RULES(X)
#undef X
    };
    return help[rule];
}

const char *ccs_contact_rule_help(enum ccs_contact_rule rule)
{
    static const char *const help[] = {
#define X(constant, name, help) help,
        CCS_CONTACT_RULES(X)
#undef X
    };
    return help[rule];
}

static const struct ccs_field routing_fields[] = {
    CCS_ROW(
        ENUM, struct ccs_routing_config, agent, .choices = agent_choices, .def = "\"in_order\"",
        .help =
            "Which agent gets a contact when several are free. Teams in which the issue type has "
            "the highest `agent_priority` or, where they have none, `skill_priority` come first; "
            "the rule chooses among these: in_order, the first team by name; most_specialised, the "
            "team with the fewest skills; random, any free agent, all equally likely; "
            "longest_idle, who has been free longest; least_occupied, who has spent the smallest "
            "share of the time since coming on duty in contacts; most_free, the team with the most "
            "free agents. Within a team it is otherwise whoever has been free longest."),
    CCS_ROW(ENUM, struct ccs_routing_config, contact, .choices = contact_choices,
            .def = "\"priority\"",
            .help = "Which contact a free agent takes: priority, the highest sum of the priorities "
                    "of channel, issue type and skill, then the longest wait; longest_wait, "
                    "whatever the priority; weighted_wait, the largest product of wait and weight; "
                    "longest_queue, from the issue type of which most wait for this team; "
                    "rising_priority, the highest sum of the priorities and of `priority_per_min` "
                    "for each minute waited. Work in progress is never interrupted."),
    CCS_ROW(REAL_MAP, struct ccs_routing_config, weights, .ref = "issue_types", .min = 0,
            .max = 1e6, .def = "1",
            .help = "For weighted_wait: weight of a minute of waiting, by issue type; types not "
                    "mentioned have 1."),
    CCS_ROW(REAL_MAP, struct ccs_routing_config, priority_per_min, .ref = "issue_types", .min = 0,
            .max = 1e6, .unit = "per minute", .def = "0",
            .help = "For rising_priority: what each minute of waiting in the queue adds to the "
                    "priority, by issue type; types not mentioned stay at their priority."),
    CCS_ROW(MAP, struct ccs_routing_config, transfers, .section = &ccs_transfer_section,
            .help = "Contacts that agents pass on to another team without asking the policy, by "
                    "name: a caller who needs a specialist. At most 64."),
    CCS_ROW(INT, struct ccs_routing_config, transferred_priority, .min = -200, .max = 200,
            .def = "0",
            .help = "Added to the priority of contacts that have been passed on, for whatever "
                    "reason (transfer, escalation, misrouting), so that nobody has to wait at the "
                    "end of a queue twice."),
};

const struct ccs_section ccs_routing_section = {
    .title = "routing",
    .help = "Who gets which contact.",
    .size = sizeof(struct ccs_routing_config),
    CCS_ROWS(routing_fields),
};
