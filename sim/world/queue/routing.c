/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of routing: see routing.h. */
#include "world/queue/routing.h"

#include "base/units.h"
#include "world/staff/agent.h"

/* --- which agent --- */

/* Teams of a queue with equal priority of the skill: from <= i < to. */
struct candidates {
    const struct ccs_world *w;
    const struct ccs_queue_plan *queue;
    uint16_t from, to;
    ccs_time waited;
    double u; /* uniform, for CCS_AGENT_RANDOM */
};

static const struct ccs_team *team_of(const struct candidates *c, uint16_t i)
{
    return &((const struct ccs_team *)c->w->teams.data)[c->queue->team[i]];
}

static bool may_take(const struct candidates *c, uint16_t i)
{
    const struct ccs_service *s = &c->queue->service[i];
    return c->waited >= s->after && ccs_team_free(team_of(c, i)) > s->reserve;
}

/* The first team that may take the contact; c->to if there is none. Teams of a queue come by name
 * or, under most_specialised, by number of skills. */
static uint16_t first_free(const struct candidates *c)
{
    uint16_t i = c->from;
    while (i < c->to && !may_take(c, i)) {
        i++;
    }
    return i;
}

static uint16_t any_free(const struct candidates *c)
{
    int64_t all = 0;
    for (uint16_t i = c->from; i < c->to; i++) {
        all += may_take(c, i) ? ccs_team_free(team_of(c, i)) : 0;
    }
    int64_t at = (int64_t)(c->u * (double)all);
    for (uint16_t i = c->from; i < c->to; i++) {
        at -= may_take(c, i) ? ccs_team_free(team_of(c, i)) : 0;
        if (at < 0) {
            return i;
        }
    }
    return c->to;
}

static uint16_t longest_idle(const struct candidates *c)
{
    uint16_t best = c->to;
    uint64_t order = UINT64_MAX;
    for (uint16_t i = c->from; i < c->to; i++) {
        if (may_take(c, i)) {
            const struct ccs_agent *head =
                &((const struct ccs_agent *)c->w->agents.data)[team_of(c, i)->idle_head];
            best = head->idle_order < order ? i : best;
            order = head->idle_order < order ? head->idle_order : order;
        }
    }
    return best;
}

/* The least occupied idle agent of a team; among equals the one idle longest. */
static uint32_t least_occupied_of(const struct ccs_world *w, const struct ccs_team *tm,
                                  double *occupancy)
{
    const struct ccs_agent *agents = w->agents.data;
    uint32_t best = tm->idle_head;
    *occupancy = ccs_agent_occupancy(w, &agents[best]);
    for (uint32_t i = agents[best].next; i != CCS_NONE; i = agents[i].next) {
        double own = ccs_agent_occupancy(w, &agents[i]);
        best = own < *occupancy ? i : best;
        *occupancy = own < *occupancy ? own : *occupancy;
    }
    return best;
}

static uint16_t least_occupied(const struct candidates *c)
{
    uint16_t best = c->to;
    double least = 0.0;
    for (uint16_t i = c->from; i < c->to; i++) {
        if (may_take(c, i)) {
            double own;
            least_occupied_of(c->w, team_of(c, i), &own);
            if (best == c->to || own < least) {
                best = i;
                least = own;
            }
        }
    }
    return best;
}

static uint16_t most_free(const struct candidates *c)
{
    uint16_t best = c->to;
    int32_t most = 0;
    for (uint16_t i = c->from; i < c->to; i++) {
        int32_t free = ccs_team_free(team_of(c, i));
        if (free > most && may_take(c, i)) {
            best = i;
            most = free;
        }
    }
    return best;
}

typedef uint16_t choose_fn(const struct candidates *c);

static choose_fn *const choose[CCS_AGENT_RULE_COUNT] = {
    [CCS_AGENT_IN_ORDER] = first_free,
    [CCS_AGENT_MOST_SPECIALISED] = first_free,
    [CCS_AGENT_RANDOM] = any_free,
    [CCS_AGENT_LONGEST_IDLE] = longest_idle,
    [CCS_AGENT_LEAST_OCCUPIED] = least_occupied,
    [CCS_AGENT_MOST_FREE] = most_free,
};

uint16_t ccs_routing_team(struct ccs_world *w, const struct ccs_contact *ct,
                          const struct ccs_issue *is)
{
    const struct ccs_queue_plan *queue = &w->model->queues[ct->queue];
    struct candidates c = {.w = w, .queue = queue, .waited = w->now - ct->u.wait.since};
    if (w->model->agent_rule == CCS_AGENT_RANDOM) {
        c.u = ccs_issue_uniform(w, is, CCS_DRAW_ROUTE, ct->leg);
    }
    while (c.to < queue->team_n) {
        c.from = c.to;
        while (c.to < queue->team_n && queue->service[c.to].skill == queue->service[c.from].skill) {
            c.to++;
        }
        uint16_t i = choose[w->model->agent_rule](&c);
        if (i < c.to) {
            return queue->team[i];
        }
    }
    return CCS_NO_TEAM;
}

uint32_t ccs_routing_agent(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                           const struct ccs_issue *is)
{
    const struct ccs_team *tm = ccs_team_at(w, team);
    CCS_REQUIRE(tm->idle_head != CCS_NONE);
    if (w->model->agent_rule == CCS_AGENT_LEAST_OCCUPIED) {
        double occupancy;
        return least_occupied_of(w, tm, &occupancy);
    }
    uint32_t agent = tm->idle_head;
    if (w->model->agent_rule == CCS_AGENT_RANDOM) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_ROUTE, ct->leg);
        ccs_stream_uniform(&s); /* the draw that has chosen the team */
        int32_t skip = (int32_t)(ccs_stream_uniform(&s) * ccs_team_free(tm));
        for (; skip > 0 && ccs_agent_at(w, agent)->next != CCS_NONE; skip--) {
            agent = ccs_agent_at(w, agent)->next;
        }
    }
    return agent;
}

ccs_time ccs_routing_overflow(const struct ccs_world *w, const struct ccs_contact *ct)
{
    const struct ccs_queue_plan *queue = &w->model->queues[ct->queue];
    ccs_time next = CCS_TIME_NEVER;
    for (uint16_t i = 0; i < queue->team_n; i++) {
        ccs_time at = ct->u.wait.since + queue->service[i].after;
        next = at > w->now && at < next ? at : next;
    }
    return next;
}

/* --- which contact --- */

/* The head of a queue, as a candidate. */
struct head {
    uint32_t contact;
    uint64_t order; /* of joining its queue */
    ccs_time waited;
    double priority, weight;
    int64_t length;
    int32_t by_type;
};

static bool has_priority(const struct head *a, const struct head *b)
{
    return a->priority > b->priority || (a->priority == b->priority && a->order < b->order);
}

static bool is_earlier(const struct head *a, const struct head *b)
{
    return a->order < b->order;
}

static bool weighs_more(const struct head *a, const struct head *b)
{
    double x = a->weight * (double)a->waited;
    double y = b->weight * (double)b->waited;
    return x > y || (x == y && a->order < b->order);
}

static double risen_priority(const struct head *head)
{
    return head->priority + head->weight * ((double)head->waited / (double)CCS_US_PER_MIN);
}

static bool has_risen_higher(const struct head *a, const struct head *b)
{
    double x = risen_priority(a);
    double y = risen_priority(b);
    return x > y || (x == y && a->order < b->order);
}

static bool is_in_longer_queue(const struct head *a, const struct head *b)
{
    return a->length > b->length || (a->length == b->length && a->order < b->order);
}

typedef bool better_fn(const struct head *a, const struct head *b);

static better_fn *const better[CCS_CONTACT_RULE_COUNT] = {
    [CCS_CONTACT_RULE_PRIORITY] = has_priority,
    [CCS_CONTACT_RULE_LONGEST_WAIT] = is_earlier,
    [CCS_CONTACT_RULE_WEIGHTED_WAIT] = weighs_more,
    [CCS_CONTACT_RULE_LONGEST_QUEUE] = is_in_longer_queue,
    [CCS_CONTACT_RULE_RISING_PRIORITY] = has_risen_higher,
};

/* How many contacts of this issue type wait for the team. */
static int64_t queue_length(const struct ccs_world *w, const struct ccs_team_plan *plan,
                            int32_t by_type)
{
    int64_t n = 0;
    for (uint16_t i = 0; i < plan->queue_n; i++) {
        if (w->model->queues[plan->queue[i]].by_type == by_type) {
            n += ((const struct ccs_queue *)w->queues.data)[plan->queue[i]].len;
        }
    }
    return n;
}

uint32_t ccs_routing_contact(const struct ccs_world *w, uint16_t team)
{
    const struct ccs_model *m = w->model;
    const struct ccs_team_plan *plan = &m->teams[team];
    int32_t free = ccs_team_free(&((const struct ccs_team *)w->teams.data)[team]);
    struct head best = {.contact = CCS_NONE};
    for (uint16_t i = 0; i < plan->queue_n; i++) {
        const struct ccs_queue *queue = &((const struct ccs_queue *)w->queues.data)[plan->queue[i]];
        if (queue->head == CCS_NONE || free <= plan->service[i].reserve) {
            continue;
        }
        const struct ccs_contact *ct = &((const struct ccs_contact *)w->contacts.data)[queue->head];
        const struct ccs_queue_plan *lp = &m->queues[plan->queue[i]];
        struct head head = {
            .contact = queue->head,
            .order = ct->u.wait.order,
            .waited = w->now - ct->u.wait.since,
            .priority = lp->priority + plan->service[i].urgency,
            .weight = lp->weight,
            .by_type = lp->by_type,
        };
        if (head.waited < plan->service[i].after) {
            continue;
        }
        if (m->contact_rule == CCS_CONTACT_RULE_LONGEST_QUEUE) {
            head.length = queue_length(w, plan, head.by_type);
        }
        if (best.contact == CCS_NONE || better[m->contact_rule](&head, &best)) {
            best = head;
        }
    }
    return best.contact;
}
