/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents as individuals: see agent.h. */
#include "world/staff/agent.h"

#include "base/units.h"
#include "model/roster.h"
#include "world/booking.h"
#include "world/queue/routing.h"
#include "world/staff/team.h"

#include <stdlib.h>

/* --- the list of the idle --- */

static void push_idle(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    struct ccs_team *tm = ccs_team_at(w, a->team);
    a->state = CCS_AGENT_IDLE;
    a->idle_order = w->idle_order++;
    a->next = CCS_NONE;
    a->prev = tm->idle_tail;
    if (tm->idle_tail == CCS_NONE) {
        tm->idle_head = agent;
    } else {
        ccs_agent_at(w, tm->idle_tail)->next = agent;
    }
    tm->idle_tail = agent;
}

static void remove_idle(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    struct ccs_team *tm = ccs_team_at(w, a->team);
    if (a->prev == CCS_NONE) {
        tm->idle_head = a->next;
    } else {
        ccs_agent_at(w, a->prev)->next = a->next;
    }
    if (a->next == CCS_NONE) {
        tm->idle_tail = a->prev;
    } else {
        ccs_agent_at(w, a->next)->prev = a->prev;
    }
}

static void come(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    a->since = w->now;
    a->busy_us = 0;
    push_idle(w, agent);
}

/* --- staffed by headcount --- */

/* The agent goes off duty, into the pool of agents who may come in. */
static void rest(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    struct ccs_team *tm = ccs_team_at(w, a->team);
    a->state = CCS_AGENT_OFF;
    a->next = tm->pool;
    tm->pool = agent;
}

void ccs_agents_level(struct ccs_world *w, uint16_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    int32_t free = ccs_team_free(tm);
    int32_t idle = 0;
    for (uint32_t i = tm->idle_head; i != CCS_NONE; i = ccs_agent_at(w, i)->next) {
        idle++;
    }
    for (; idle > free; idle--) {
        uint32_t agent = tm->idle_head;
        remove_idle(w, agent);
        rest(w, agent);
    }
    for (; idle < free && tm->pool != CCS_NONE; idle++) {
        uint32_t agent = tm->pool;
        tm->pool = ccs_agent_at(w, agent)->next;
        come(w, agent);
    }
}

/* --- with shifts --- */

/* Counts the agent in (by +1) or out (by -1) of the numbers of the team. */
static void count(struct ccs_world *w, const struct ccs_agent *a, int32_t by)
{
    struct ccs_team *tm = ccs_team_at(w, a->team);
    bool is_there = a->state == CCS_AGENT_IDLE || (a->state == CCS_AGENT_BUSY && !a->is_late);
    tm->level += is_there ? by : 0;
    tm->late += a->state == CCS_AGENT_BUSY && a->is_late ? by : 0;
    tm->away += a->state == CCS_AGENT_BREAK && a->is_paid ? by : 0;
}

/* The agent is in a leg: notes what the roster says until the leg is over. */
static void note_while_busy(struct ccs_world *w, struct ccs_agent *a, const struct ccs_presence *p)
{
    a->is_late = p->duty == CCS_DUTY_OFF;
    if (a->is_late) {
        a->owed = 0;
    } else if (p->duty == CCS_DUTY_BREAK && a->noted != p->until) {
        a->noted = p->until;
        a->owed += p->until - w->now;
        a->owed_paid = p->is_paid;
    }
}

/* The agent is in no leg: comes, goes, or takes a break, as the roster says. */
static void obey(struct ccs_world *w, uint32_t agent, struct ccs_presence *p)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    bool was_idle = a->state == CCS_AGENT_IDLE;
    if (p->duty != CCS_DUTY_OFF && a->owed > 0) { /* the agent takes the whole break late */
        a->back = w->now + a->owed < p->shift_end ? w->now + a->owed : p->shift_end;
        a->is_paid = a->owed_paid;
        a->owed = 0;
        p->duty = CCS_DUTY_BREAK;
    } else if (p->duty == CCS_DUTY_BREAK || p->duty == CCS_DUTY_AWAY) {
        a->is_paid = p->is_paid;
    }
    if (a->back > w->now) {
        p->duty = CCS_DUTY_BREAK;
        p->until = a->back;
    }
    if (was_idle && p->duty == CCS_DUTY_ON) {
        return;
    }
    if (was_idle) {
        remove_idle(w, agent);
    }
    if (p->duty == CCS_DUTY_ON) {
        if (a->state == CCS_AGENT_OFF) {
            come(w, agent);
        } else {
            push_idle(w, agent);
        }
    } else {
        a->state = p->duty == CCS_DUTY_OFF ? CCS_AGENT_OFF : CCS_AGENT_BREAK;
        a->owed = p->duty == CCS_DUTY_OFF ? 0 : a->owed;
    }
}

/* The agent does what the roster says now. `counted`: the team's numbers include the agent. */
static void follow(struct ccs_world *w, uint32_t agent, bool counted)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    struct ccs_presence p = ccs_roster_at(w->model, w->key, a->team, a->slot, w->now);
    ccs_team_touch(w, a->team);
    if (counted) {
        count(w, a, -1);
    }
    if (a->state == CCS_AGENT_BUSY) {
        note_while_busy(w, a, &p);
    } else {
        obey(w, agent, &p);
    }
    count(w, a, 1);
    ccs_world_cancel(w, &a->timer);
    if (p.until != CCS_TIME_NEVER) {
        a->timer = ccs_world_schedule(w, p.until, CCS_EV_AGENT, agent);
    }
}

void ccs_agents_report(struct ccs_world *w, uint16_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    tm->level = 0;
    tm->late = 0;
    tm->away = 0;
    for (uint32_t i = 0; i < w->agents.len && !w->status; i++) {
        if (ccs_agent_at(w, i)->team == team) {
            w->status = ccs_event_list_reserve(&w->events, w->budget, 2);
            if (!w->status) {
                follow(w, i, false);
            }
        }
    }
}

void ccs_agents_begin_serving_out(struct ccs_world *w, uint16_t team)
{
    for (uint32_t i = 0; i < w->agents.len; i++) {
        struct ccs_agent *a = ccs_agent_at(w, i);
        if (a->team == team) {
            a->stays =
                ccs_roster_at(w->model, w->key, team, a->slot, w->now - 1).duty == CCS_DUTY_ON;
        }
    }
}

void ccs_agents_end_serving_out(struct ccs_world *w, uint16_t team)
{
    for (uint32_t i = 0; i < w->agents.len; i++) {
        struct ccs_agent *a = ccs_agent_at(w, i);
        a->stays = a->stays && a->team != team;
    }
}

static bool may_serve_out(const struct ccs_agent *a, uint16_t team)
{
    return a->team == team && a->stays && a->state == CCS_AGENT_OFF;
}

int32_t ccs_agents_serving_out(const struct ccs_world *w, uint16_t team)
{
    int32_t n = 0;
    for (uint32_t i = 0; i < w->agents.len; i++) {
        n += may_serve_out(&((const struct ccs_agent *)w->agents.data)[i], team);
    }
    return n;
}

void ccs_agent_event(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    a->timer = CCS_EVENT_NONE;
    a->back = a->back > w->now ? a->back : INT64_MIN;
    follow(w, agent, true);
    ccs_team_serve(w, a->team);
}

/* --- legs --- */

double ccs_agent_occupancy(const struct ccs_world *w, const struct ccs_agent *a)
{
    ccs_time there = w->now - a->since;
    return there > 0 ? (double)a->busy_us / (double)there : 0.0;
}

/* An agent off duty who has stayed after closing time to serve out. */
static uint32_t recall(struct ccs_world *w, uint16_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    uint32_t agent = tm->pool;
    if (agent != CCS_NONE) {
        tm->pool = ccs_agent_at(w, agent)->next;
        return agent;
    }
    agent = 0;
    while (agent < w->agents.len && !may_serve_out(ccs_agent_at(w, agent), team)) {
        agent++;
    }
    CCS_REQUIRE(agent < w->agents.len); /* closing.c asks for an agent only if one has stayed */
    return agent;
}

uint32_t ccs_agent_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                        const struct ccs_issue *is)
{
    bool stays = ccs_team_at(w, team)->idle_head == CCS_NONE;
    uint32_t agent = stays ? recall(w, team) : ccs_routing_agent(w, team, ct, is);
    struct ccs_agent *a = ccs_agent_at(w, agent);
    bool by_shift = w->model->teams[team].shift_n > 0;
    if (stays && by_shift) {
        count(w, a, -1);
    } else if (!stays) {
        remove_idle(w, agent);
    }
    a->state = CCS_AGENT_BUSY;
    a->is_late = stays && by_shift;
    a->busy_from = w->now;
    if (a->is_late) {
        count(w, a, 1);
    }
    return agent;
}

void ccs_agent_release(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    struct ccs_team *tm = ccs_team_at(w, a->team);
    a->busy_us += w->now - a->busy_from;
    if (w->model->teams[a->team].shift_n > 0) {
        count(w, a, -1);
        a->state = CCS_AGENT_BREAK; /* until follow() asks the roster */
        a->is_paid = false;
        a->is_late = false;
        follow(w, agent, false);
    } else if (tm->busy < tm->level) {
        push_idle(w, agent);
    } else {
        rest(w, agent);
    }
}

void ccs_agent_pause(struct ccs_world *w, uint32_t agent)
{
    struct ccs_agent *a = ccs_agent_at(w, agent);
    a->busy_us += w->now - a->busy_from;
    rest(w, agent);
}

/* --- the beginning --- */

/* Appends the record of an agent, off duty. Room is reserved. */
static uint32_t append(struct ccs_world *w, uint16_t team, uint32_t slot)
{
    uint32_t agent = w->agents.len++;
    struct ccs_agent *a = ccs_agent_at(w, agent);
    const struct ccs_team_plan *plan = &w->model->teams[team];
    *a = (struct ccs_agent){.next = CCS_NONE,
                            .prev = CCS_NONE,
                            .slot = slot,
                            .timer = CCS_EVENT_NONE,
                            .since = w->now,
                            .busy_from = w->now,
                            .noted = INT64_MIN,
                            .back = INT64_MIN,
                            .speed = 1.0,
                            .team = team};
    if (ccs_dist_is_given(&plan->speed)) {
        struct ccs_stream s =
            ccs_stream_at(w->key, ccs_agent_entity(w->model, team, slot), CCS_DRAW_AGENT_SPEED, 0);
        a->speed = ccs_dist_draw(&plan->speed, &s);
    }
    return agent;
}

/* The index of the agent of this team and slot, in blocks of agent_n records per team; CCS_NONE if
 * the model has no such slot. */
static uint32_t place_of(const struct ccs_model *m, uint16_t team, uint32_t slot)
{
    uint32_t at = 0;
    for (uint16_t t = 0; t < team; t++) {
        at += m->teams[t].agent_n;
    }
    return slot < m->teams[team].agent_n ? at + slot : CCS_NONE;
}

/* An agent of the team for a leg that runs already: the agent of the same slot as before, in a new
 * record if the model has no such slot; for a leg without an agent before, the first agent in no
 * leg, else one more. */
static uint32_t carry_agent(struct ccs_world *w, const struct ccs_array *old, uint32_t had,
                            uint16_t team)
{
    const struct ccs_agent *before = NULL;
    uint32_t agent = CCS_NONE;
    if (had != CCS_NONE && had < old->len) {
        before = &((const struct ccs_agent *)old->data)[had];
        agent = place_of(w->model, team, before->slot);
    }
    for (uint32_t slot = 0; !before && slot < w->model->teams[team].agent_n; slot++) {
        uint32_t at = place_of(w->model, team, slot);
        if (ccs_agent_at(w, at)->state != CCS_AGENT_BUSY) {
            agent = at;
            break;
        }
    }
    if (agent == CCS_NONE) {
        agent = append(w, team, before ? before->slot : w->agents.len);
    }
    struct ccs_agent *a = ccs_agent_at(w, agent);
    a->state = CCS_AGENT_BUSY;
    a->busy_from = before ? before->busy_from : w->now;
    return agent;
}

/* Agents who are in a leg or hold the line stay there. */
static void carry_busy(struct ccs_world *w, const struct ccs_array *old)
{
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = ccs_contact_at(w, i);
        struct ccs_contact_extra *extra = ccs_contact_extra_at(w, i);
        uint32_t agent = extra->agent;
        uint32_t holder = extra->holder;
        extra->agent = CCS_NONE;
        extra->holder = CCS_NONE;
        if (ct->phase >= CCS_PHASE_RINGING) {
            extra->agent = carry_agent(w, old, agent, ct->team);
        }
        if (ct->phase != CCS_PHASE_FREE && ct->phase != CCS_PHASE_WRAPPING &&
            ct->holder != CCS_NO_TEAM) {
            extra->holder = carry_agent(w, old, holder, ct->holder);
        }
    }
}

/* Agents of the past model keep how long they have been on duty and idle, and breaks they are
 * owed. */
static void carry_over(struct ccs_world *w, const struct ccs_array *old)
{
    for (uint32_t i = 0; i < old->len; i++) {
        struct ccs_agent before = ((const struct ccs_agent *)old->data)[i];
        uint32_t at = place_of(w->model, before.team, before.slot);
        if (at == CCS_NONE) {
            continue;
        }
        double speed = ccs_agent_at(w, at)->speed;
        before.speed = speed;
        before.next = CCS_NONE;
        before.prev = CCS_NONE;
        if (before.state == CCS_AGENT_BUSY) {
            before.state = CCS_AGENT_OFF; /* until carry_busy finds the contact */
        }
        *ccs_agent_at(w, at) = before;
    }
}

struct idle_agent {
    uint64_t order;
    uint32_t agent;
};

static int by_idle_order(const void *a, const void *b)
{
    uint64_t x = ((const struct idle_agent *)a)->order;
    uint64_t y = ((const struct idle_agent *)b)->order;
    return (x > y) - (x < y);
}

/* Makes the lists of idle agents, in their old order, and the pools of the others, lowest slot
 * first. */
static ccs_status make_lists(struct ccs_world *w)
{
    struct ccs_array idle;
    ccs_array_init(&idle, sizeof(struct idle_agent));
    ccs_status status = ccs_array_reserve(&idle, w->budget, w->agents.len);
    if (status) {
        return status;
    }
    struct idle_agent *list = idle.data;
    for (uint32_t i = w->agents.len; i-- > 0;) {
        struct ccs_agent *a = ccs_agent_at(w, i);
        bool by_shift = w->model->teams[a->team].shift_n > 0;
        if (a->state == CCS_AGENT_IDLE) {
            list[idle.len++] = (struct idle_agent){a->idle_order, i};
        } else if (!by_shift && a->state != CCS_AGENT_BUSY) {
            a->owed = 0;
            a->back = INT64_MIN;
            rest(w, i);
        }
        a->is_late = by_shift && a->is_late;
    }
    if (idle.len > 1) {
        qsort(list, idle.len, sizeof *list, by_idle_order);
    }
    for (uint32_t i = 0; i < idle.len; i++) {
        push_idle(w, list[i].agent);
    }
    ccs_array_fini(&idle, w->budget);
    return CCS_OK;
}

void ccs_agents_forget(struct ccs_world *w)
{
    for (uint32_t i = 0; i < w->agents.len; i++) {
        ccs_world_cancel(w, &ccs_agent_at(w, i)->timer);
    }
}

ccs_status ccs_agents_begin(struct ccs_world *w, const struct ccs_model *old_model)
{
    struct ccs_array old = w->agents;
    uint32_t n = 0;
    uint32_t legs = 0;
    ccs_array_init(&w->agents, sizeof(struct ccs_agent));
    for (uint16_t t = 0; t < w->model->team_n; t++) {
        struct ccs_team *tm = ccs_team_at(w, t);
        tm->idle_head = CCS_NONE;
        tm->idle_tail = CCS_NONE;
        tm->pool = CCS_NONE;
        tm->late = 0;
        tm->away = 0;
        n += w->model->teams[t].agent_n;
        legs += (uint32_t)tm->busy;
    }
    ccs_status status = ccs_array_reserve(&w->agents, w->budget, (size_t)n + legs);
    for (uint16_t t = 0; t < w->model->team_n && !status; t++) {
        for (uint32_t slot = 0; slot < w->model->teams[t].agent_n; slot++) {
            append(w, t, slot);
        }
    }
    if (!status) {
        if (old_model && old_model->has_agents) {
            carry_over(w, &old);
        }
        carry_busy(w, &old);
        status = make_lists(w);
    }
    ccs_array_fini(&old, w->budget);
    return status;
}
