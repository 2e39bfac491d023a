/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The patience of waiting callers: see patience.h. */
#include "world/queue/patience.h"

#include "base/units.h"
#include "world/case/issue.h"
#include "world/hooks.h"
#include "world/queue/access.h"
#include "world/queue/contact.h"

static ccs_time patience_of(struct ccs_world *w, const struct ccs_issue *is,
                            const struct ccs_dist *patience)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_PATIENCE, -1);
    double patience_s = ccs_dist_draw(patience, &s);
    if (is->customer != CCS_NONE) {
        for (int i = 0; i < hooks->patience_n; i++) {
            patience_s *= hooks->patience[i].fn(hooks->patience[i].config, w, is);
        }
    }
    return ccs_time_from_s(patience_s);
}

void ccs_patience_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    ccs_time most = CCS_TIME_NEVER;
    const struct ccs_dist *patience =
        ccs_model_access_terms(w->model, ct->channel, is->type)->patience;
    if (ccs_contact_is_inbound(ct) && patience) {
        most = patience_of(w, is, patience);
    }
    ccs_time cap = ccs_access_longest_wait(w, ct);
    most = cap < most ? cap : most;
    if (most != CCS_TIME_NEVER) {
        ct->timer = ccs_world_schedule(w, w->now + most, CCS_EV_PATIENCE, ccs_contact_index(w, ct));
    }
}

void ccs_patience_leaves(struct ccs_world *w, struct ccs_contact *ct)
{
    ccs_world_cancel(w, &ct->timer);
}

void ccs_patience_moves(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    (void)w;
    (void)ct;
    (void)is; /* the clock goes on */
}

void ccs_patience_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    int tier = ct->tier;
    bool leaves_message = w->now - ct->u.wait.since >= ccs_access_longest_wait(w, ct);
    ct->timer = CCS_EVENT_NONE;
    ccs_time wait = w->now - ct->u.wait.since;
    ccs_time in_target = ccs_model_access_terms(w->model, ct->channel, is->type)->in_target;
    struct ccs_access *access = ccs_contact_end_wait(w, ct);
    if (access && leaves_message) {
        access->voicemail++;
    } else if (access) {
        access->abandoned++;
        access->parts.abandoned_in_target += wait <= in_target;
        access->parts.wait_abandoned_us += wait;
    }
    if (leaves_message) {
        ccs_access_leave_message(w, is, tier);
    } else {
        ccs_access_lose(w, is, CCS_LOSS_ABANDONED);
    }
}
