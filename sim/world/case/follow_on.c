/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Branching: see follow_on.h. */
#include "world/case/follow_on.h"

#include "base/units.h"
#include "world/case/customer.h"
#include "world/case/issue.h"

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
    /* (parent, kind, ordinal): an issue has at most one successor, so the ordinal is 0. */
    uint64_t key = ccs_entity_member(ccs_entity_member(parent->key, branch->kind), 0);
    struct ccs_issue *is =
        ccs_issue_create(w, key, branch->type, parent->customer, parent->segment);
    if (parent->flags & CCS_ISSUE_OWN) {
        is->flags |= CCS_ISSUE_OWN;
        w->own_open++;
    }
    is->timer = ccs_world_schedule(w, w->now + (delay > 0 ? delay : 0), CCS_EV_FOLLOW_ON,
                                   ccs_issue_index(w, is));
}
