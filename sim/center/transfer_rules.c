/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of transfers, their lanes, and what does not fit together: see transfer.h. */
#include "center/model_compiler.h"
#include "center/transfer.h"

#include <stdio.h>

#define ROUNDING 1e-9 /* sums of a handful of decimals */
#define RULES_MAX 64  /* bits of ccs_seat.done */

static const char *const mode_choices[] = {
    [CCS_TRANSFER_COLD] = "cold", [CCS_TRANSFER_WARM] = "warm", NULL};

static const struct ccs_field transfer_fields[] = {
    {.key = "probability",
     .type = CCS_FIELD_PROBABILITY,
     .offset = offsetof(struct ccs_transfer_config, probability),
     .max = 1,
     .help = "Probability that the contact is passed on instead of being decided. What a team "
             "passes on of one issue type adds up to 1 at most. In the same contact each rule "
             "applies once."},
    {.key = "to",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_transfer_config, to),
     .ref = "teams",
     .help = "The team to which it is passed on: it must have the skill, and applies on the "
             "channels it serves. If nobody of it is on duty when the talk begins, a customer on "
             "the line is not passed on."},
    {.key = "by",
     .type = CCS_FIELD_REF_LIST,
     .offset = offsetof(struct ccs_transfer_config, by),
     .ref = "teams",
     .def = "null",
     .help = "Teams that pass it on; left out: every other one."},
    {.key = "issue_types",
     .type = CCS_FIELD_REF_LIST,
     .offset = offsetof(struct ccs_transfer_config, issue_types),
     .ref = "issue_types",
     .def = "null",
     .help = "Of which issue types; left out: of all."},
    {.key = "mode",
     .type = CCS_FIELD_ENUM,
     .offset = offsetof(struct ccs_transfer_config, mode),
     .choices = mode_choices,
     .def = "\"cold\"",
     .help = "cold: the customer queues again and the agent is free; warm: the agent stays on the "
             "line until somebody answers."},
    {.key = "after",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_transfer_config, after),
     .unit = "duration",
     .def = "null",
     .help = "How long the agent talks before passing on; left out: as long as if it were not "
             "passed on. Hold comes on top."},
    {.key = "time",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_transfer_config, time),
     .unit = "duration",
     .def = "\"0 s\"",
     .help = "What passing on takes the agent and the customer besides: explaining, dialling, "
             "briefing."},
};

const struct ccs_section ccs_transfer_section = {
    .title = "transfer",
    .help = "Contacts that agents pass on to another team, where the policy decides.",
    .size = sizeof(struct ccs_transfer_config),
    .field = transfer_fields,
    .field_n = sizeof transfer_fields / sizeof transfer_fields[0],
};

static bool contains(const struct ccs_ref_list *list, int index)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->index[i] == index) {
            return true;
        }
    }
    return false;
}

bool ccs_transfer_applies(const struct ccs_transfer_config *rule, int type, int team)
{
    return team != rule->to && (!rule->by.index || contains(&rule->by, team)) &&
           (!rule->issue_types.index || contains(&rule->issue_types, type));
}

static const struct ccs_transfer_config *rule_at(const struct compiler *c, size_t i)
{
    return CCS_MAP_AT(c->config->routing.transfers, struct ccs_transfer_config, i);
}

void ccs_model_plan_transfers(struct compiler *c)
{
    struct ccs_model *m = c->model;
    size_t n = c->config->routing.transfers.n;
    m->passed_on = NULL;
    if (n == 0) {
        return;
    }
    size_t lanes = (size_t)m->channel_n * m->type_n * m->team_n;
    m->passed_on = get(c, lanes, sizeof *m->passed_on);
    for (size_t i = 0; i < lanes && !c->no_memory; i++) {
        m->passed_on[i] = CCS_NO_LANE;
    }
    for (size_t i = 0; i < n && !c->no_memory; i++) {
        const struct ccs_transfer_config *rule = rule_at(c, i);
        for (int at = 0; rule->to >= 0 && at < m->channel_n * m->type_n; at++) {
            int type = at % m->type_n;
            if (!rule->issue_types.index || contains(&rule->issue_types, type)) {
                m->passed_on[at * m->team_n + rule->to] =
                    ccs_model_team_lane(c, at / m->type_n, type, rule->to);
            }
        }
    }
}

static void fail(struct compiler *c, size_t rule, const char *key, const char *message)
{
    const char *name = c->config->routing.transfers.name[rule];
    const char *pointer = ccs_pointer_join(c->arena, "routing", "transfers", name, key, NULL);
    ccs_document_report(c->doc, c->diags, CCS_E345, pointer ? pointer : "", "%s", message);
}

/* A lane of the target for the type, on any channel. */
static uint16_t any_lane(const struct ccs_model *m, int type, int team)
{
    uint16_t lane = CCS_NO_LANE;
    for (int ch = 0; ch < m->channel_n && lane == CCS_NO_LANE; ch++) {
        lane = m->passed_on[(ch * m->type_n + type) * m->team_n + team];
    }
    return lane;
}

static void check_target(struct compiler *c, size_t i)
{
    const struct ccs_transfer_config *rule = rule_at(c, i);
    uint16_t any = CCS_NO_LANE;
    for (int ty = 0; ty < c->model->type_n; ty++) {
        uint16_t lane = any_lane(c->model, ty, rule->to);
        bool is_meant = rule->issue_types.index && contains(&rule->issue_types, ty);
        if (is_meant && lane == CCS_NO_LANE) {
            char text[300];
            snprintf(text, sizeof text, "this team serves issue type `%.100s` on no channel",
                     c->config->issue_types.name[ty]);
            fail(c, i, "to", text);
            return;
        }
        any = lane != CCS_NO_LANE ? lane : any;
    }
    if (any == CCS_NO_LANE) {
        fail(c, i, "to", "this team serves nobody who could be passed on to it");
    } else {
        ccs_model_check_lane(c, any, "takes contacts that are passed on to it");
    }
}

/* Under whatever a team passes on of an issue type: at most everything. */
static void check_sums(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int at = 0; at < m->team_n * m->type_n; at++) {
        double sum = 0.0;
        size_t last = 0;
        for (size_t i = 0; i < c->config->routing.transfers.n; i++) {
            if (ccs_transfer_applies(rule_at(c, i), at % m->type_n, at / m->type_n)) {
                sum += rule_at(c, i)->probability;
                last = i;
            }
        }
        if (sum > 1 + ROUNDING) {
            char text[400];
            snprintf(text, sizeof text,
                     "with the other rules `%.100s` passes on %g of all contacts of type `%.100s`",
                     c->config->teams.name[at / m->type_n], sum,
                     c->config->issue_types.name[at % m->type_n]);
            fail(c, last, "probability", text);
            return;
        }
    }
}

void ccs_model_check_transfers(struct compiler *c)
{
    size_t n = c->config->routing.transfers.n;
    for (size_t i = 0; i < n; i++) {
        const struct ccs_transfer_config *rule = rule_at(c, i);
        if (rule->to < 0) {
            continue; /* reported when it was bound */
        }
        if (contains(&rule->by, rule->to)) {
            fail(c, i, "by", "a team cannot pass contacts on to itself");
        }
        check_target(c, i);
    }
    if (n > RULES_MAX) {
        fail(c, RULES_MAX, NULL, "there are more than 64 rules");
    } else if (n > 0) {
        check_sums(c);
    }
}
