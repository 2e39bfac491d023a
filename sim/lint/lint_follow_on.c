/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follow-on issues: names (E205), sums of probabilities and chains that do not end (E340). */
#include "lint/lint_part.h"

/* Sums of a handful of decimals such as 0.2 + 0.56 + 0.24. */
#define ROUNDING 1e-9

static const char *place_of(struct ccs_lint *c, int type, const char *to)
{
    return CCS_AT(c, "issue_types", c->config->issue_types.name[type], "leads_to", to);
}

static void check_type(struct ccs_lint *c, int type)
{
    const struct ccs_map *to = &ccs_config_type(c->config, type)->leads_to;
    double total = 0.0;
    for (size_t i = 0; i < to->n; i++) {
        if (ccs_map_find(&c->config->issue_types, to->name[i]) < 0) {
            ccs_lint_report(c, CCS_E205, place_of(c, type, to->name[i]),
                            "there is no issue type of this name");
            continue;
        }
        total += CCS_MAP_AT(*to, struct ccs_follow_on_config, i)->probability;
    }
    if (total > 1 + ROUNDING) {
        ccs_lint_report(c, CCS_E340, place_of(c, type, NULL),
                        "the probabilities must not add up to more than 1");
    }
}

/* Can a chain end after an issue of the type, or after a follow-on of it whose type `ends`? */
static bool can_end(const struct ccs_follow_on_plan *plan, const bool *ends)
{
    bool can = plan->n == 0 || plan->branch[plan->n - 1].upto < 1 - ROUNDING;
    for (uint16_t k = 0; k < plan->n; k++) {
        can = can || ends[plan->branch[k].type];
    }
    return can;
}

/* From every type some chain must lead to a type after which a chain can end. */
static void check_chains(struct ccs_lint *c)
{
    int n = c->model->type_n;
    bool *ends = ccs_arena_calloc(c->arena, (size_t)n, sizeof *ends);
    for (bool changed = ends != NULL; changed;) {
        changed = false;
        for (int i = 0; i < n; i++) {
            bool can = can_end(&c->model->follow_on[i], ends);
            changed = changed || can != ends[i];
            ends[i] = can;
        }
    }
    for (int i = 0; i < n && ends; i++) {
        if (!ends[i]) {
            ccs_lint_report(
                c, CCS_E340, place_of(c, i, NULL),
                "an issue of this type leads to others without end: some probability of "
                "leading nowhere must be left on the way round");
        }
    }
}

void ccs_lint_follow_on(struct ccs_lint *c)
{
    for (int ty = 0; ty < c->model->type_n; ty++) {
        check_type(c, ty);
    }
    if (c->model->follow_on) {
        check_chains(c);
    }
}
