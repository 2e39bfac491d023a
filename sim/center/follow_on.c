/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branching and its compilation: see follow_on.h. */
#include "center/follow_on.h"

#include "base/diag.h"
#include "base/units.h"
#include "center/customer.h"
#include "center/issue.h"

#include <string.h>

/* Sums of a handful of decimals such as 0.2 + 0.56 + 0.24. */
#define ROUNDING 1e-9

static const struct ccs_issue_type_config *type_at(const struct ccs_config *config, size_t i)
{
    return CCS_MAP_AT(config->issue_types, struct ccs_issue_type_config, i);
}

static int find_type(const struct ccs_config *config, const char *name)
{
    for (size_t i = 0; i < config->issue_types.n; i++) {
        if (strcmp(config->issue_types.name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

struct compiler {
    const struct ccs_config *config;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    const struct ccs_document *doc;
};

static void fail(const struct compiler *c, enum ccs_diag_code code, size_t type, const char *to,
                 const char *message)
{
    const char *pointer = ccs_pointer_join(
        c->arena, "issue_types", c->config->issue_types.name[type], "leads_to", to, (char *)NULL);
    ccs_document_report(c->doc, c->diags, code, pointer ? pointer : "", "%s", message);
}

/* The branches of one type; their probabilities must not exceed 1. */
static ccs_status plan_type(const struct compiler *c, size_t type, struct ccs_follow_on_plan *plan)
{
    const struct ccs_map *to = &type_at(c->config, type)->leads_to;
    plan->branch = ccs_arena_calloc(c->arena, to->n + 1, sizeof *plan->branch);
    if (!plan->branch) {
        return CCS_ENOMEM;
    }
    double total = 0.0;
    for (size_t i = 0; i < to->n; i++) {
        const struct ccs_follow_on_config *cfg = CCS_MAP_AT(*to, struct ccs_follow_on_config, i);
        int target = find_type(c->config, to->name[i]);
        if (target < 0) {
            fail(c, CCS_E205, type, to->name[i], "there is no issue type of this name");
            continue;
        }
        if (cfg->probability <= 0) {
            continue;
        }
        total += cfg->probability;
        plan->branch[plan->n++] = (struct ccs_follow_on_branch){
            .upto = total,
            .kind = ccs_entity_from_name("leads_to", to->name[i]),
            .delay = &cfg->delay,
            .type = (uint16_t)target,
        };
    }
    if (total > 1 + ROUNDING) {
        fail(c, CCS_E340, type, NULL, "the probabilities must not add up to more than 1");
    }
    return CCS_OK;
}

/* From every type some chain must lead to a type after which it may be over. */
static ccs_status check_chains(const struct compiler *c, const struct ccs_follow_on_plan *plans)
{
    size_t n = c->config->issue_types.n;
    bool *ends = ccs_arena_calloc(c->arena, n, sizeof *ends);
    if (!ends) {
        return CCS_ENOMEM;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < n; i++) {
            const struct ccs_follow_on_plan *plan = &plans[i];
            bool can_end = plan->n == 0 || plan->branch[plan->n - 1].upto < 1 - ROUNDING;
            for (uint16_t k = 0; k < plan->n; k++) {
                can_end = can_end || ends[plan->branch[k].type];
            }
            changed = changed || can_end != ends[i];
            ends[i] = can_end;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (!ends[i]) {
            fail(c, CCS_E340, i, NULL,
                 "an issue of this type leads to others without end: some probability of leading "
                 "nowhere must be left on the way round");
        }
    }
    return CCS_OK;
}

ccs_status ccs_follow_on_compile(struct ccs_model *model, const struct ccs_config *config,
                                 struct ccs_arena *arena, struct ccs_diagnostics *diags,
                                 const struct ccs_document *doc)
{
    struct compiler c = {config, arena, diags, doc};
    size_t n = config->issue_types.n;
    size_t branches = 0;
    struct ccs_follow_on_plan *plans = ccs_arena_calloc(arena, n + 1, sizeof *plans);
    ccs_status status = plans ? CCS_OK : CCS_ENOMEM;
    for (size_t i = 0; i < n && !status; i++) {
        status = plan_type(&c, i, &plans[i]);
        branches += plans[i].n;
    }
    model->follow_on = NULL;
    if (!status && branches > 0) {
        status = check_chains(&c, plans);
        model->follow_on = plans;
    }
    return status;
}

bool ccs_follow_on_reaches(const struct ccs_model *model, uint16_t type)
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

void ccs_follow_on_spawn(struct ccs_world *w, const struct ccs_issue *parent)
{
    const struct ccs_follow_on_plan *plan = &w->model->follow_on[parent->type];
    if (plan->n == 0) {
        return;
    }
    double u = ccs_uniform_at(w->key, parent->key, CCS_DRAW_FOLLOW_ON, 0);
    uint16_t k = 0;
    while (k < plan->n && u >= plan->branch[k].upto) {
        k++;
    }
    if (k == plan->n) {
        return;
    }
    const struct ccs_follow_on_branch *branch = &plan->branch[k];
    struct ccs_stream s = ccs_stream_at(w->key, parent->key, CCS_DRAW_FOLLOW_ON_DELAY, 0);
    ccs_time delay = ccs_time_from_s(ccs_dist_draw(branch->delay, &s));
    /* (parent, kind, ordinal): an issue has one successor at most, so the ordinal is 0. */
    uint64_t key = ccs_entity_member(ccs_entity_member(parent->key, branch->kind), 0);
    struct ccs_issue *is =
        ccs_issue_create(w, key, branch->type, parent->customer, parent->segment);
    is->timer = ccs_world_schedule(w, w->now + (delay > 0 ? delay : 0), CCS_EV_FOLLOW_ON,
                                   ccs_issue_index(w, is));
}
