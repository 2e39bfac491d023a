/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See any_moment.h: one look at each kind of thing, and sums over all of them. */
#include "any_moment.h"

#include "world/queue/routing.h"
#include "world/staff/agent.h"

struct survey {
    uint32_t handles; /* pending events that somebody holds on to */
    int64_t waiting;
    int32_t busy[64];  /* by team */
    uint32_t lines[8]; /* by channel */
};

static bool is_kept(uint32_t handle)
{
    return handle != CCS_EVENT_NONE;
}

static bool is_gone(struct ccs_world *w, const struct ccs_issue *is)
{
    return is->customer != CCS_NONE && ccs_customer_at(w, is->customer)->is_gone;
}

static void look_at_contact(struct ccs_world *w, uint32_t index, struct survey *s)
{
    const struct ccs_contact *ct = ccs_contact_at(w, index);
    if (ct->phase == CCS_PHASE_FREE) {
        return;
    }
    s->handles += is_kept(ct->timer);
    if (ct->phase == CCS_PHASE_WRAPPING) { /* the agent's business only */
        MUST(is_kept(ct->timer));
        s->busy[ct->team]++;
        return;
    }
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    MUST(is->is_used);
    MUST(is->contact == index);
    bool is_inbound = ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK;
    s->lines[ct->channel] += is_inbound;
    s->waiting += ct->phase == CCS_PHASE_WAITING;
    if (w->model->has_overflow && ct->phase == CCS_PHASE_WAITING) {
        s->handles += is_kept(ccs_contact_extra_at(w, index)->overflow);
    }
    if (ct->holder != CCS_NO_TEAM) {
        s->busy[ct->holder]++;
        MUST(ct->phase == CCS_PHASE_WAITING || ct->phase == CCS_PHASE_RINGING || ct->consult);
    }
    if (ct->phase == CCS_PHASE_TALKING || ct->phase == CCS_PHASE_RINGING) {
        MUST(is_kept(ct->timer));
        s->busy[ct->team]++;
        MUST(!is_gone(w, is) || (is->flags & CCS_ISSUE_LEFT));
    } else if (ct->kind != CCS_CONTACT_WORK) { /* whoever has gone neither waits nor is called */
        MUST(!is_gone(w, is));
        MUST(!(is->flags & CCS_ISSUE_LEFT));
    }
}

static void look_at_issue(struct ccs_world *w, uint32_t index, struct survey *s)
{
    struct ccs_issue *is = ccs_issue_at(w, index);
    if (!is->is_used) {
        return;
    }
    s->handles += is_kept(is->timer);
    MUST(is_kept(is->timer) || is->contact != CCS_NONE); /* not forgotten */
    MUST(!(is->flags & CCS_ISSUE_PROMISE) || is_kept(is->timer));
    MUST(!(is->flags & CCS_ISSUE_FALSE) || is_kept(is->timer));
    if (is->contact != CCS_NONE) {
        MUST(ccs_contact_at(w, is->contact)->issue == index);
        MUST(!is_kept(is->timer) || (is->flags & CCS_ISSUE_PROMISE));
    }
    MUST(is->arose <= w->now);
    MUST(is->handle_us >= 0);
    MUST(is->cost >= 0);
    MUST(is->contacts <= is->attempts);
    if (is->customer == CCS_NONE) { /* its customer was replaced during the warm-up */
        MUST(is->flags & CCS_ISSUE_LEFT);
        return;
    }
    uint32_t at = ccs_customer_at(w, is->customer)->first_issue;
    while (at != CCS_NONE && at != index) {
        at = ccs_issue_at(w, at)->next_of_customer;
    }
    MUST(at == index);
}

static void look_at_customers(struct ccs_world *w, struct survey *s)
{
    uint32_t at = 0;
    for (uint32_t seg = 0; seg < w->model->segment_n; seg++) {
        int64_t n = ccs_config_segment(w->model->config, seg)->population;
        int64_t active = 0;
        for (int64_t i = 0; i < n; i++, at++) {
            const struct ccs_customer *cu = ccs_customer_at(w, at);
            MUST(cu->segment == seg);
            MUST(cu->anger >= 0);
            MUST(cu->is_gone || cu->resistance > 0);
            MUST(!cu->is_gone || !is_kept(cu->leave_event));
            active += !cu->is_gone;
            s->handles += is_kept(cu->leave_event);
        }
        MUST(ccs_population_at(w, seg)->active == active);
    }
}

/* Every waiting contact stands in its queue once, in the order of coming. */
static void look_at_queues(struct ccs_world *w, int64_t waiting)
{
    int64_t found = 0;
    for (uint32_t l = 0; l < w->queues.len; l++) {
        const struct ccs_queue *queue = ccs_queue_at(w, l);
        uint32_t before = CCS_NONE;
        int64_t n = 0;
        for (uint32_t i = queue->head; i != CCS_NONE; i = ccs_contact_at(w, i)->u.wait.next) {
            const struct ccs_contact *ct = ccs_contact_at(w, i);
            MUST(ct->phase == CCS_PHASE_WAITING);
            MUST(ct->queue == l);
            MUST(ct->u.wait.prev == before);
            MUST(before == CCS_NONE || ccs_contact_at(w, before)->u.wait.order < ct->u.wait.order);
            before = i;
            n++;
            MUST(n <= queue->len);
        }
        MUST(n == queue->len);
        MUST(queue->tail == before);
        found += n;
    }
    MUST(found == waiting);
}

/* Nobody is idle while somebody waits whom they may serve now. */
static void look_at_teams(struct ccs_world *w, struct survey *s)
{
    for (uint32_t t = 0; t < w->model->team_n; t++) {
        const struct ccs_team *tm = ccs_team_at(w, t);
        MUST(tm->busy == s->busy[t]);
        s->handles += is_kept(tm->staffing_event);
        s->handles += is_kept(tm->wage_event);
        int32_t free = ccs_team_free(tm);
        for (uint32_t l = 0; l < w->queues.len && free > 0; l++) {
            uint32_t head = ccs_queue_at(w, l)->head;
            for (uint16_t k = 0; k < w->model->queues[l].team_n && head != CCS_NONE; k++) {
                const struct ccs_service *terms = &w->model->queues[l].service[k];
                ccs_time waited = w->now - ccs_contact_at(w, head)->u.wait.since;
                MUST(w->model->queues[l].team[k] != t || free <= terms->reserve ||
                     waited <= terms->after);
            }
        }
    }
}

/* Each agent is where the numbers of the team and the extra records of contacts say. */
static void look_at_agents(struct ccs_world *w, struct survey *s)
{
    if (!w->model->has_agents) {
        return;
    }
    int32_t idle[64] = {0};
    int32_t busy[64] = {0};
    int32_t late[64] = {0};
    int32_t away[64] = {0};
    int64_t placed = 0;
    int64_t working = 0;
    for (uint32_t i = 0; i < w->agents.len; i++) {
        const struct ccs_agent *a = ccs_agent_at(w, i);
        s->handles += is_kept(a->timer);
        idle[a->team] += a->state == CCS_AGENT_IDLE;
        busy[a->team] += a->state == CCS_AGENT_BUSY;
        late[a->team] += a->state == CCS_AGENT_BUSY && a->is_late;
        away[a->team] += a->state == CCS_AGENT_BREAK && a->is_paid;
        working += a->state == CCS_AGENT_BUSY;
        MUST(a->busy_us >= 0);
    }
    for (uint32_t t = 0; t < w->model->team_n; t++) {
        const struct ccs_team *tm = ccs_team_at(w, t);
        MUST(busy[t] == tm->busy);
        MUST(idle[t] == ccs_team_free(tm));
        if (w->model->teams[t].shift_n > 0) {
            MUST(late[t] == tm->late && away[t] == tm->away);
            MUST(tm->level == idle[t] + busy[t] - late[t]);
        }
        uint64_t order = 0;
        for (uint32_t i = tm->idle_head; i != CCS_NONE; i = ccs_agent_at(w, i)->next) {
            MUST(ccs_agent_at(w, i)->state == CCS_AGENT_IDLE && ccs_agent_at(w, i)->team == t);
            MUST(ccs_agent_at(w, i)->idle_order >= order);
            order = ccs_agent_at(w, i)->idle_order + 1;
            idle[t]--;
        }
        MUST(idle[t] == 0);
    }
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = ccs_contact_at(w, i);
        const struct ccs_contact_extra *extra = ccs_contact_extra_at(w, i);
        if (ct->phase >= CCS_PHASE_RINGING) {
            placed++;
            MUST(ccs_agent_at(w, extra->agent)->state == CCS_AGENT_BUSY);
            MUST(ccs_agent_at(w, extra->agent)->team == ct->team);
        }
        if (ct->phase != CCS_PHASE_FREE && ct->phase != CCS_PHASE_WRAPPING &&
            ct->holder != CCS_NO_TEAM) {
            placed++;
            MUST(ccs_agent_at(w, extra->holder)->state == CCS_AGENT_BUSY);
            MUST(ccs_agent_at(w, extra->holder)->team == ct->holder);
        }
    }
    MUST(placed == working);
}

void look_around(struct ccs_world *w)
{
    struct survey s = {0};
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        look_at_contact(w, i, &s);
    }
    for (uint32_t i = 0; i < w->issues.len; i++) {
        look_at_issue(w, i, &s);
    }
    look_at_customers(w, &s);
    look_at_queues(w, s.waiting);
    look_at_teams(w, &s);
    look_at_agents(w, &s);
    for (uint32_t c = 0; c < w->model->channel_n; c++) {
        MUST(((const uint32_t *)w->lines_used.data)[c] == s.lines[c]);
    }
    /* beside those: one arrival per stream, the closing of the week */
    uint32_t pending = ccs_event_list_count(&w->events);
    MUST(pending >= s.handles);
    MUST(pending <= s.handles + w->model->stream_n + 1U);
    MUST(ccs_ledger_check(&w->window_books) == 0);
    MUST(ccs_ledger_check(&w->follow_up_books) == 0);
}

void check_the_gone(struct ccs_world *w, struct gone *gone, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct ccs_customer *cu = ccs_customer_at(w, i);
        if (!cu->is_gone) {
            MUST(!gone[i].is_known); /* nobody comes back */
        } else if (!gone[i].is_known) {
            gone[i] = (struct gone){true, cu->handled};
        } else {
            MUST(cu->handled == gone[i].handled);
        }
    }
}
