/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Further teams for a waiting contact: see overflow.h. */
#include "world/queue/overflow.h"

#include "world/case/leg.h"
#include "world/queue/routing.h"
#include "world/queue/waiting.h"

static void schedule(struct ccs_world *w, const struct ccs_contact *ct)
{
    ccs_time at = ccs_routing_overflow(w, ct);
    uint32_t contact = ccs_contact_index(w, ct);
    ccs_contact_extra_at(w, contact)->overflow =
        at == CCS_TIME_NEVER ? CCS_EVENT_NONE : ccs_world_schedule(w, at, CCS_EV_OVERFLOW, contact);
}

void ccs_overflow_joins(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    (void)is;
    schedule(w, ct);
}

void ccs_overflow_leaves(struct ccs_world *w, struct ccs_contact *ct)
{
    uint32_t contact = ccs_contact_index(w, ct);
    if (contact < w->contact_extras.len) { /* at t0 the past model may have had no extra records */
        ccs_world_cancel(w, &ccs_contact_extra_at(w, contact)->overflow);
    }
}

void ccs_overflow_moves(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    (void)is;
    ccs_overflow_leaves(w, ct); /* its event followed the terms of the past model */
    if (w->model->has_overflow) {
        schedule(w, ct);
    }
}

void ccs_overflow_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    ccs_contact_extra_at(w, contact)->overflow = CCS_EVENT_NONE;
    uint16_t team = ccs_routing_team(w, ct, ccs_issue_at(w, ct->issue));
    if (team == CCS_NO_TEAM) {
        schedule(w, ct);
        return;
    }
    ccs_waiting_leave(w, contact);
    ccs_leg_start(w, contact, team);
}
