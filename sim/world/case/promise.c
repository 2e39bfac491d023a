/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promised callbacks: see promise.h. */
#include "world/case/promise.h"

#include "world/case/issue.h"
#include "world/queue/contact.h"

bool ccs_promise_make(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    struct ccs_promise_conditions terms = {.tier = tier};
    if (!hooks->promise.fn || !hooks->promise.fn(hooks->promise.config, w, is, &terms)) {
        return false;
    }
    is->flags |= CCS_ISSUE_PROMISE;
    if (is->flags & CCS_ISSUE_COHORT) {
        ccs_issue_cohort(w, is)->promises++;
    }
    is->timer =
        ccs_world_schedule(w, w->now + terms.due, CCS_EV_CALLBACK_DUE, ccs_issue_index(w, is));
    int by = terms.tier ? terms.tier : tier;
    bool possible = w->model->callback[is->type * CCS_TIER_MAX + by - 1] != CCS_NO_QUEUE;
    if (!terms.forgotten && possible) {
        ccs_contact_open_callback(w, is, by);
    }
    return true;
}

void ccs_promise_keep(struct ccs_world *w, struct ccs_issue *is)
{
    if (!(is->flags & CCS_ISSUE_PROMISE)) {
        return; /* the call answers a voicemail message, which is no promise */
    }
    is->flags &= (uint16_t)~CCS_ISSUE_PROMISE;
    ccs_world_cancel(w, &is->timer);
    if (is->flags & CCS_ISSUE_COHORT) {
        ccs_issue_cohort(w, is)->kept++;
    }
}

void ccs_promise_due_event(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    is->timer = CCS_EVENT_NONE;
    is->flags &= (uint16_t)~CCS_ISSUE_PROMISE;
    is->flags |= CCS_ISSUE_BROKEN;
    if (is->flags & CCS_ISSUE_COHORT) {
        ccs_issue_cohort(w, is)->broken++;
    }
    if (is->contact != CCS_NONE) {
        ccs_contact_withdraw(w, is->contact);
    }
    ccs_issue_experience(w, is, CCS_EXPERIENCE_BROKEN_PROMISE, 1.0);
    ccs_issue_fail(w, is, CCS_FAILURE_PROMISE_BROKEN);
}
