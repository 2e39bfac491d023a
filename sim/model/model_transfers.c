/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queues of contacts that a rule passes on: see world/case/transfer.h. */
#include "model/model_compiler.h"

void ccs_model_plan_transfers(struct compiler *c)
{
    struct ccs_model *m = c->model;
    size_t n = c->config->routing.transfers.n;
    m->team_queue = NULL;
    if (n == 0) {
        return;
    }
    size_t queues = (size_t)m->channel_n * m->type_n * m->team_n;
    m->team_queue = get(c, queues, sizeof *m->team_queue);
    for (size_t i = 0; i < queues && !c->no_memory; i++) {
        m->team_queue[i] = CCS_NO_QUEUE;
    }
    for (size_t i = 0; i < n && !c->no_memory; i++) {
        const struct ccs_transfer_config *rule =
            CCS_MAP_AT(c->config->routing.transfers, struct ccs_transfer_config, i);
        for (int at = 0; rule->to >= 0 && at < m->channel_n * m->type_n; at++) {
            int type = at % m->type_n;
            if (!rule->issue_types.index || ccs_ref_list_has(&rule->issue_types, type)) {
                m->team_queue[at * m->team_n + rule->to] =
                    ccs_model_team_queue(c, at / m->type_n, type, rule->to);
            }
        }
    }
}
