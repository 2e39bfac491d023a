/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "transfers" section of routing. What happens: transfer.h. */
#include "config/transfer_config.h"

static const char *const mode_choices[] = {
    [CCS_TRANSFER_COLD] = "cold", [CCS_TRANSFER_WARM] = "warm", NULL};

static const struct ccs_field transfer_fields[] = {
    CCS_ROW(PROBABILITY, struct ccs_transfer_config, probability, .max = 1,
            .help = "Probability that the contact is passed on instead of being decided. What a "
                    "team passes on of one issue type adds up to 1 at most. In the same contact "
                    "each rule applies once."),
    CCS_ROW(REF, struct ccs_transfer_config, to, .ref = "teams",
            .help = "The team to which it is passed on: it must have the skill, and applies on the "
                    "channels it serves. If nobody of it is on duty when the talk begins, a "
                    "customer on the line is not passed on."),
    CCS_ROW(REF_LIST, struct ccs_transfer_config, by, .ref = "teams", .def = "null",
            .help = "Teams that pass it on; left out: every other one."),
    CCS_ROW(REF_LIST, struct ccs_transfer_config, issue_types, .ref = "issue_types", .def = "null",
            .help = "Of which issue types; left out: of all."),
    CCS_ROW(ENUM, struct ccs_transfer_config, mode, .choices = mode_choices, .def = "\"cold\"",
            .help = "cold: the customer queues again and the agent is free; warm: the agent stays "
                    "on the line until somebody answers."),
    CCS_ROW(DIST, struct ccs_transfer_config, after, .unit = "duration", .def = "null",
            .help = "How long the agent talks before passing on; left out: as long as if it were "
                    "not passed on. Hold comes on top."),
    CCS_ROW(DIST, struct ccs_transfer_config, time, .unit = "duration", .def = "\"0 s\"",
            .help = "What passing on takes the agent and the customer besides: explaining, "
                    "dialling, briefing."),
};

const struct ccs_section ccs_transfer_section = {
    .title = "transfer",
    .help = "Contacts that agents pass on to another team, where the policy decides.",
    .size = sizeof(struct ccs_transfer_config),
    CCS_ROWS(transfer_fields),
};

bool ccs_transfer_applies(const struct ccs_transfer_config *rule, int type, int team)
{
    return team != rule->to && (!rule->by.index || ccs_ref_list_has(&rule->by, team)) &&
           (!rule->issue_types.index || ccs_ref_list_has(&rule->issue_types, type));
}
