/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transfer rules that do not fit together (E345): see world/case/transfer.h. */
#include "lint/lint_part.h"

#define ROUNDING 1e-9 /* sums of a handful of decimals */

static const char *rule_place(struct ccs_lint *c, size_t rule, const char *key)
{
    return CCS_AT(c, "routing", "transfers", c->config->routing.transfers.name[rule], key);
}

static const struct ccs_transfer_config *rule_at(struct ccs_lint *c, size_t i)
{
    return CCS_MAP_AT(c->config->routing.transfers, struct ccs_transfer_config, i);
}

/* A queue of the target for the type, on any channel. */
static uint16_t any_queue(const struct ccs_model *m, int type, int team)
{
    uint16_t queue = CCS_NO_QUEUE;
    for (int ch = 0; ch < m->channel_n && queue == CCS_NO_QUEUE; ch++) {
        queue = m->team_queue[(ch * m->type_n + type) * m->team_n + team];
    }
    return queue;
}

static void check_target(struct ccs_lint *c, size_t i)
{
    const struct ccs_transfer_config *rule = rule_at(c, i);
    uint16_t any = CCS_NO_QUEUE;
    for (int ty = 0; ty < c->model->type_n; ty++) {
        uint16_t queue = any_queue(c->model, ty, rule->to);
        bool is_meant = rule->issue_types.index && ccs_ref_list_has(&rule->issue_types, ty);
        if (is_meant && queue == CCS_NO_QUEUE) {
            ccs_lint_report(c, CCS_E345, rule_place(c, i, "to"),
                            "this team serves issue type `%.100s` on no channel",
                            c->config->issue_types.name[ty]);
            return;
        }
        any = queue != CCS_NO_QUEUE ? queue : any;
    }
    if (any == CCS_NO_QUEUE) {
        ccs_lint_report(c, CCS_E345, rule_place(c, i, "to"),
                        "this team serves nobody who could be passed on to it");
    } else {
        ccs_lint_queue(c, any, "takes contacts that are passed on to it");
    }
}

/* The rules of a team and issue type must add up to at most 1. */
static void check_sums(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
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
            ccs_lint_report(
                c, CCS_E345, rule_place(c, last, "probability"),
                "with the other rules `%.100s` passes on %g of all contacts of type `%.100s`",
                c->config->teams.name[at / m->type_n], sum,
                c->config->issue_types.name[at % m->type_n]);
            return;
        }
    }
}

void ccs_lint_transfers(struct ccs_lint *c)
{
    size_t n = c->config->routing.transfers.n;
    for (size_t i = 0; i < n; i++) {
        const struct ccs_transfer_config *rule = rule_at(c, i);
        if (rule->to < 0) {
            continue; /* reported when it was bound */
        }
        if (ccs_ref_list_has(&rule->by, rule->to)) {
            ccs_lint_report(c, CCS_E345, rule_place(c, i, "by"),
                            "a team cannot pass contacts on to itself");
        }
        check_target(c, i);
    }
    if (n > CCS_TRANSFER_RULES_MAX) {
        ccs_lint_report(c, CCS_E345, rule_place(c, CCS_TRANSFER_RULES_MAX, NULL),
                        "there are more than %d rules", CCS_TRANSFER_RULES_MAX);
    } else if (n > 0) {
        check_sums(c);
    }
}
