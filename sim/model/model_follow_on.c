/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follow-on issues: the branches of each type. See world/case/follow_on.h. */
#include "model/model_compiler.h"

static struct ccs_follow_on_branch *plan_branches(struct compiler *c, int type, uint16_t *n)
{
    const struct ccs_map *to = &ccs_config_type(c->config, type)->leads_to;
    struct ccs_follow_on_branch *branch = get(c, to->n, sizeof *branch);
    double total = 0.0;
    *n = 0;
    for (size_t i = 0; i < to->n && branch; i++) {
        const struct ccs_follow_on_config *cfg = CCS_MAP_AT(*to, struct ccs_follow_on_config, i);
        int target = ccs_map_find(&c->config->issue_types, to->name[i]);
        if (target < 0 || cfg->probability <= 0) {
            continue;
        }
        total += cfg->probability;
        branch[(*n)++] = (struct ccs_follow_on_branch){
            .upto = total,
            .kind = ccs_entity_from_name("leads_to", to->name[i]),
            .delay = &cfg->delay,
            .type = (uint16_t)target,
        };
    }
    return branch;
}

void ccs_model_plan_follow_on(struct compiler *c)
{
    struct ccs_model *m = c->model;
    struct ccs_follow_on_plan *plan = get(c, m->type_n, sizeof *plan);
    m->follow_on = NULL;
    for (int ty = 0; ty < m->type_n && !c->no_memory; ty++) {
        plan[ty].branch = plan_branches(c, ty, &plan[ty].n);
        m->follow_on = plan[ty].n > 0 ? plan : m->follow_on;
    }
}

bool ccs_model_is_followed_to(const struct ccs_model *model, uint16_t type)
{
    for (uint16_t i = 0; i < model->type_n && model->follow_on; i++) {
        for (uint16_t k = 0; k < model->follow_on[i].n; k++) {
            if (model->follow_on[i].branch[k].type == type) {
                return true;
            }
        }
    }
    return false;
}
