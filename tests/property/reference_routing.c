/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: the rules of routing, see reference.h. */
#include "reference.h"

#include "world/queue/routing.h"

static double term_of(const struct ccs_real_map *map, int type)
{
    return map->n ? map->v[type] : 0;
}

ccs_time ref_delay_of(const struct reference *m, int t, int type)
{
    return llround(1e6 * term_of(&ref_team_of(m, t)->overflow_after_s, type));
}

/* Is it in a queue of this team? */
bool ref_serves(const struct reference *m, int t, const struct call *call)
{
    if (!call->is_callback) {
        return ref_takes(m, t, call->channel, call->queue_type);
    }
    const struct ccs_ref_list *skills = &ref_team_of(m, t)->skills;
    bool has_skill = skills->index == NULL;
    for (size_t i = 0; i < skills->n; i++) {
        has_skill = has_skill || skills->index[i] == call->type;
    }
    return has_skill && ref_team_of(m, t)->tier == call->tier;
}

/* May an agent of the team take the call at this moment? */
static bool may_take(const struct reference *m, int t, const struct call *call)
{
    return ref_serves(m, t, call) &&
           ref_free_of(m, t) > term_of(&ref_team_of(m, t)->reserve, call->queue_type) &&
           m->now - call->since >= ref_delay_of(m, t, call->queue_type);
}

static size_t skills_of(const struct reference *m, int t)
{
    const struct ccs_ref_list *skills = &ref_team_of(m, t)->skills;
    return skills->index ? skills->n : (size_t)m->type_n;
}

/* The team whose agent takes it; -1 if none may. */
int ref_free_team_for(const struct reference *m, const struct call *call)
{
    double highest = -1e9;
    for (int t = 0; t < m->team_n; t++) {
        if (may_take(m, t, call)) {
            highest = fmax(highest, term_of(&ref_team_of(m, t)->skill_priority, call->queue_type));
        }
    }
    int best = -1;
    int all = 0;
    enum ccs_agent_rule rule = (enum ccs_agent_rule)m->config->routing.agent;
    for (int t = 0; t < m->team_n; t++) {
        if (!may_take(m, t, call) ||
            term_of(&ref_team_of(m, t)->skill_priority, call->queue_type) < highest) {
            continue;
        }
        all += ref_free_of(m, t);
        bool is_better = false;
        if (best >= 0 && rule == CCS_AGENT_MOST_SPECIALISED) {
            is_better = skills_of(m, t) < skills_of(m, best);
        } else if (best >= 0 && rule == CCS_AGENT_LONGEST_IDLE) {
            is_better = m->agent[ref_first_of(m, t, FREE, true)].free_since <
                        m->agent[ref_first_of(m, best, FREE, true)].free_since;
        } else if (best >= 0 && rule == CCS_AGENT_LEAST_OCCUPIED) {
            is_better = ref_occupancy_of(m, &m->agent[ref_least_occupied_of(m, t)]) <
                        ref_occupancy_of(m, &m->agent[ref_least_occupied_of(m, best)]);
        }
        if (best < 0 || is_better) {
            best = t;
        }
    }
    if (m->config->routing.agent != CCS_AGENT_RANDOM || all == 0) {
        return best;
    }
    double u =
        ccs_uniform_at(m->world_key, call->key, CCS_DRAW_ROUTE, call->attempts << 8 | call->leg);
    int at = (int)(u * all);
    for (int t = 0; t < m->team_n; t++) {
        if (may_take(m, t, call) &&
            term_of(&ref_team_of(m, t)->skill_priority, call->queue_type) == highest) {
            at -= ref_free_of(m, t);
            if (at < 0) {
                return t;
            }
        }
    }
    return -1;
}

/* Does the team take both types alike? */
bool ref_has_same_terms(const struct reference *m, int t, int a, int b)
{
    const struct ccs_team_config *team = ref_team_of(m, t);
    return term_of(&team->skill_priority, a) == term_of(&team->skill_priority, b) &&
           term_of(&team->overflow_after_s, a) == term_of(&team->overflow_after_s, b) &&
           term_of(&team->reserve, a) == term_of(&team->reserve, b);
}

/* Does the rule for contacts make no difference between the types? */
bool ref_ranks_alike(const struct reference *m, int a, int b)
{
    const struct ccs_routing_config *routing = &m->config->routing;
    if (routing->contact == CCS_CONTACT_RULE_WEIGHTED_WAIT) {
        return routing->weights.v[a] == routing->weights.v[b];
    }
    return routing->contact != CCS_CONTACT_RULE_LONGEST_QUEUE || a == b;
}

/* Does team `a` come before team `b` for the type, if nothing else decides? */
bool ref_ranks_before(const struct reference *m, int a, int b, int type)
{
    double x = term_of(&ref_team_of(m, a)->skill_priority, type);
    double y = term_of(&ref_team_of(m, b)->skill_priority, type);
    if (x == y && m->config->routing.agent == CCS_AGENT_MOST_SPECIALISED &&
        skills_of(m, a) != skills_of(m, b)) {
        return skills_of(m, a) < skills_of(m, b);
    }
    return x != y ? x > y : a < b;
}

int64_t ref_priority_of(const struct reference *m, const struct call *call)
{
    if (call->is_callback) {
        return 0; /* there are no promises in these scenarios that could say otherwise */
    }
    return ref_channel_of(m, call->channel)->priority + ref_type_of(m, call->queue_type)->priority;
}

/* What the rule for contacts compares: more is sooner. */
static double merit_of(const struct reference *m, int t, const struct call *call)
{
    double n = 0;
    switch ((enum ccs_contact_rule)m->config->routing.contact) {
    case CCS_CONTACT_RULE_PRIORITY:
        return (double)ref_priority_of(m, call) +
               term_of(&ref_team_of(m, t)->skill_priority, call->queue_type);
    case CCS_CONTACT_RULE_WEIGHTED_WAIT:
        return m->config->routing.weights.v[call->queue_type] * (double)(m->now - call->since);
    case CCS_CONTACT_RULE_LONGEST_QUEUE:
        for (size_t i = 0; i < m->call_n; i++) {
            const struct call *x = &m->calls[i];
            n += x->state == WAITING && x->queue_type == call->queue_type && ref_serves(m, t, x);
        }
        return n;
    case CCS_CONTACT_RULE_LONGEST_WAIT:
    case CCS_CONTACT_RULE_RISING_PRIORITY: /* not in these scenarios */
    case CCS_CONTACT_RULE_COUNT:
        break;
    }
    return 0;
}

/* The waiting call this team should take: by the rule, then first come; -1 if none. */
int ref_best_for(const struct reference *m, int t)
{
    int best = -1;
    double merit = 0;
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *x = &m->calls[i];
        if (x->state != WAITING || !may_take(m, t, x)) {
            continue;
        }
        double own = merit_of(m, t, x);
        if (best < 0 || own > merit || (own == merit && x->joined < m->calls[best].joined)) {
            best = (int)i;
            merit = own;
        }
    }
    return best;
}
