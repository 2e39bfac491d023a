/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clearing and serving out: see closing.h. */
#include "world/staff/closing.h"

#include "base/diag.h"
#include "base/units.h"
#include "model/timetable.h"
#include "world/case/issue.h"
#include "world/case/leg.h"
#include "world/queue/access.h"
#include "world/queue/contact.h"
#include "world/queue/waiting.h"
#include "world/staff/agent.h"
#include "world/staff/team.h"

static bool is_open(const struct ccs_world *w, uint16_t team, ccs_time t)
{
    const struct ccs_config *config = w->model->config;
    if (config->teams.present && !config->teams.present[team]) {
        return false;
    }
    int32_t calendar = ccs_team_of(w, team)->calendar;
    ccs_time until;
    return ccs_calendar_open(ccs_config_calendar(config, calendar), config->run.start_day, t,
                             &until);
}

static bool queue_is_closed(const struct ccs_world *w, uint16_t queue)
{
    const struct ccs_queue_plan *plan = &w->model->queues[queue];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        if (is_open(w, plan->team[i], w->now)) {
            return false;
        }
    }
    return true;
}

static bool does(const struct ccs_world *w, const struct ccs_contact *ct, enum ccs_at_closing what)
{
    return ccs_contact_is_inbound(ct) && ccs_channel_of(w, ct->channel)->at_closing == (int)what &&
           (what != CCS_CLOSING_CLEAR || w->model->channels[ct->channel].is_live);
}

/* Each cleared contact may make an event (a redial): makes room beyond EVENTS_PER_EVENT. */
static bool has_room(struct ccs_world *w)
{
    if (!ccs_event_list_has_room(&w->events, 8)) {
        w->status = ccs_event_list_reserve(&w->events, w->budget, 64);
    }
    return w->status == CCS_OK;
}

static void clear_waiting(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    struct ccs_access *access = ccs_contact_end_wait(w, ct);
    if (access) {
        access->cleared++;
    }
    ccs_access_lose(w, is, CCS_LOSS_ABANDONED);
}

static void clear_entering(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    if (w->in_window) {
        ccs_access_at(w, w->now, ct->channel)->cleared_early++;
    }
    ccs_world_cancel(w, &ct->timer);
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    ccs_access_lose(w, is, CCS_LOSS_ABANDONED);
}

/* The first contact of the queue whose channel says `what`. A customer whose contact is cleared may
 * leave, which withdraws other contacts, so that every search begins at the head again. */
static uint32_t first_to(const struct ccs_world *w, uint16_t queue, enum ccs_at_closing what)
{
    const struct ccs_contact *contacts = w->contacts.data;
    uint32_t i = ((const struct ccs_queue *)w->queues.data)[queue].head;
    while (i != CCS_NONE && !does(w, &contacts[i], what)) {
        i = contacts[i].u.wait.next;
    }
    return i;
}

static void close_queue(struct ccs_world *w, uint16_t queue)
{
    uint32_t contact;
    while (has_room(w) && (contact = first_to(w, queue, CCS_CLOSING_CLEAR)) != CCS_NONE) {
        clear_waiting(w, contact);
    }
    uint32_t i = ccs_queue_at(w, queue)->head;
    for (; i != CCS_NONE; i = ccs_contact_at(w, i)->u.wait.next) {
        struct ccs_contact *ct = ccs_contact_at(w, i);
        if (!ct->serve_out && does(w, ct, CCS_CLOSING_SERVE_OUT)) {
            ct->serve_out = 1;
            ccs_queue_at(w, queue)->serve_out_n++;
        }
    }
}

/* Is the team one of those that serve the queue? Its closing concerns no other queues. */
static bool queue_is_of(const struct ccs_world *w, uint16_t queue, uint16_t team)
{
    const struct ccs_queue_plan *plan = &w->model->queues[queue];
    bool found = false;
    for (uint16_t i = 0; i < plan->team_n; i++) {
        found = found || plan->team[i] == team;
    }
    return found;
}

static void close_entering(struct ccs_world *w, uint16_t team)
{
    for (uint32_t i = 0; i < w->contacts.len && has_room(w); i++) {
        struct ccs_contact *ct = ccs_contact_at(w, i);
        if (ct->phase != CCS_PHASE_ENTERING || !ccs_contact_is_inbound(ct)) {
            continue;
        }
        uint16_t queue = ccs_contact_queue(w, ct, ccs_issue_at(w, ct->issue));
        if (queue == CCS_NO_QUEUE || !queue_is_of(w, queue, team) || !queue_is_closed(w, queue)) {
            continue;
        }
        if (does(w, ct, CCS_CLOSING_CLEAR)) {
            clear_entering(w, ct);
        } else if (does(w, ct, CCS_CLOSING_SERVE_OUT)) {
            ct->serve_out = 1;
        }
    }
}

void ccs_closing_staffed(struct ccs_world *w, uint16_t team, int32_t before)
{
    if (!w->model->has_closing) {
        return;
    }
    struct ccs_team *tm = ccs_team_at(w, team);
    bool by_shift = w->model->teams[team].shift_n > 0;
    if (is_open(w, team, w->now)) {
        tm->closing_agents = 0;
        if (tm->is_serving_out) {
            tm->is_serving_out = false;
            ccs_agents_end_serving_out(w, team);
        }
        return;
    }
    if (!is_open(w, team, w->now - 1)) {
        return; /* the team has closed before */
    }
    tm->closing_agents = before;
    if (by_shift) {
        tm->is_serving_out = true;
        ccs_agents_begin_serving_out(w, team);
    }
    const struct ccs_team_plan *plan = &w->model->teams[team];
    bool any = false;
    for (uint16_t i = 0; i < plan->queue_n && !w->status; i++) {
        if (queue_is_closed(w, plan->queue[i])) {
            any = true;
            close_queue(w, plan->queue[i]);
        }
    }
    if (any) {
        close_entering(w, team);
    }
}

/* Is an agent free who has stayed after closing time? */
static bool has_somebody(const struct ccs_world *w, uint16_t team)
{
    const struct ccs_team *tm = &((const struct ccs_team *)w->teams.data)[team];
    return tm->is_serving_out ? ccs_agents_serving_out(w, team) > 0 : tm->busy < tm->closing_agents;
}

uint16_t ccs_closing_team(const struct ccs_world *w, const struct ccs_contact *ct)
{
    const struct ccs_queue_plan *plan = &w->model->queues[ct->queue];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        if (has_somebody(w, plan->team[i])) {
            return plan->team[i];
        }
    }
    return CCS_NO_TEAM;
}

/* The most urgent contact that was inside at closing time; seldom far from the head of its
 * queue. */
static uint32_t next_to_serve_out(const struct ccs_world *w, uint16_t team)
{
    const struct ccs_team_plan *plan = &w->model->teams[team];
    const struct ccs_contact *contacts = w->contacts.data;
    uint32_t best = CCS_NONE;
    int16_t best_priority = 0;
    for (uint16_t k = 0; k < plan->queue_n; k++) {
        const struct ccs_queue *queue = &((const struct ccs_queue *)w->queues.data)[plan->queue[k]];
        int16_t priority = w->model->queues[plan->queue[k]].priority;
        if (queue->serve_out_n == 0 || (best != CCS_NONE && priority < best_priority)) {
            continue;
        }
        uint32_t i = queue->head;
        while (!contacts[i].serve_out) {
            i = contacts[i].u.wait.next;
        }
        /* the order of a team's queues also counts the skill, which does not matter here */
        if (best == CCS_NONE || priority > best_priority ||
            contacts[i].u.wait.order < contacts[best].u.wait.order) {
            best = i;
            best_priority = priority;
        }
    }
    return best;
}

void ccs_closing_serve(struct ccs_world *w, uint16_t team)
{
    while (has_somebody(w, team) && has_room(w)) {
        uint32_t contact = next_to_serve_out(w, team);
        if (contact == CCS_NONE) {
            return;
        }
        ccs_waiting_leave(w, contact);
        ccs_leg_start(w, contact, team);
    }
}
