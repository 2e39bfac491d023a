/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which teams serve what: queues, route tables, and the list of queues of each team. See
 * model.h. */
#include "model/model_compiler.h"

#include "base/units.h"

#include <stdio.h>
#include <string.h>

static bool in_list(const struct ccs_ref_list *list, int index)
{
    if (!list->index) {
        return true; /* a list that is left out holds all */
    }
    for (size_t i = 0; i < list->n; i++) {
        if (list->index[i] == index) {
            return true;
        }
    }
    return false;
}

static bool has_skill(const struct compiler *c, int team, int type)
{
    return ccs_map_has(&c->config->teams, team) &&
           in_list(&ccs_config_team(c->config, team)->skills, type);
}

/* Does the team serve this type on this channel (-1: on any, for outbound calls)? */
static bool serves(const struct compiler *c, int team, int channel, int type)
{
    const struct ccs_ref_list *channels = &ccs_config_team(c->config, team)->channels;
    bool on_channel = channel >= 0 ? in_list(channels, channel) : !channels->index || channels->n;
    return has_skill(c, team, type) && on_channel && team != c->model->desk_team;
}

static double value_of(const struct ccs_real_map *map, int index)
{
    return map->n > 0 && index >= 0 ? map->v[index] : 0.0;
}

/* The terms on which the team serves the type (-1: contacts of the retention desk). */
static struct ccs_service service_of(const struct compiler *c, int team, int type)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    const struct ccs_real_map *both = &cfg->skill_priority;
    return (struct ccs_service){
        .skill = value_of(cfg->agent_priority.n > 0 ? &cfg->agent_priority : both, type),
        .urgency = value_of(cfg->contact_priority.n > 0 ? &cfg->contact_priority : both, type),
        .after = ccs_time_from_s(value_of(&cfg->overflow_after_s, type)),
        .reserve = (int32_t)value_of(&cfg->reserve, type),
    };
}

static bool is_same_service(const struct ccs_service *a, const struct ccs_service *b)
{
    return a->skill == b->skill && a->urgency == b->urgency && a->after == b->after &&
           a->reserve == b->reserve;
}

static size_t skill_count(const struct compiler *c, int team)
{
    const struct ccs_ref_list *skills = &ccs_config_team(c->config, team)->skills;
    return skills->index ? skills->n : c->model->type_n;
}

/* Is team a asked before team b, whose name comes earlier? */
static bool comes_first(const struct compiler *c, uint16_t a, double skill_a, uint16_t b,
                        double skill_b)
{
    if (skill_a != skill_b) {
        return skill_a > skill_b;
    }
    return c->model->agent_rule == CCS_AGENT_MOST_SPECIALISED &&
           skill_count(c, a) < skill_count(c, b);
}

/* Adds a team to the list of n teams in c->scratch, in the order in which they are asked. Insertion
 * does for a handful; teams are added in order of their names. */
static uint16_t add_team(struct compiler *c, uint16_t n, int team, int type)
{
    struct ccs_service service = service_of(c, team, type);
    uint16_t at = n;
    while (at > 0 && comes_first(c, (uint16_t)team, service.skill, c->scratch[at - 1],
                                 c->service[at - 1].skill)) {
        c->scratch[at] = c->scratch[at - 1];
        c->service[at] = c->service[at - 1];
        at--;
    }
    c->scratch[at] = (uint16_t)team;
    c->service[at] = service;
    return (uint16_t)(n + 1);
}

bool ccs_model_same_queue(const struct ccs_queue_plan *a, const struct ccs_queue_plan *b)
{
    bool same = a->priority == b->priority && a->team_n == b->team_n && a->weight == b->weight &&
                a->by_type == b->by_type;
    for (uint16_t i = 0; same && i < a->team_n; i++) {
        same = a->team[i] == b->team[i] && is_same_service(&a->service[i], &b->service[i]);
    }
    return same;
}

/* The weight of waiting under the rule for contacts; 1 if the rule has none. Type -1: contacts of
 * the retention desk. */
static double weight_of(const struct compiler *c, int type)
{
    const struct ccs_routing_config *routing = &c->config->routing;
    switch ((enum ccs_contact_rule)c->model->contact_rule) {
    case CCS_CONTACT_RULE_WEIGHTED_WAIT:
        return type >= 0 ? routing->weights.v[type] : 1.0;
    case CCS_CONTACT_RULE_RISING_PRIORITY:
        return value_of(&routing->priority_per_min, type);
    default:
        return 1.0;
    }
}

/* The queue of the n teams in c->scratch for this type and priority; makes it if there is none
 * yet. */
static uint16_t queue_for(struct compiler *c, uint16_t n, int type, int priority)
{
    struct ccs_model *m = c->model;
    if (n == 0) {
        return CCS_NO_QUEUE;
    }
    struct ccs_queue_plan queue = {
        .priority = (int16_t)priority,
        .team_n = n,
        .team = c->scratch,
        .service = c->service,
        .weight = weight_of(c, type),
        .by_type = m->contact_rule == CCS_CONTACT_RULE_LONGEST_QUEUE ? type : -1,
    };
    for (uint16_t i = 0; i < m->queue_n; i++) {
        if (ccs_model_same_queue(&m->queues[i], &queue)) {
            return i;
        }
    }
    queue.team = get(c, n, sizeof *queue.team);
    queue.service = get(c, n, sizeof *queue.service);
    if (c->no_memory || m->queue_n == c->queue_cap) {
        c->no_memory = true;
        return CCS_NO_QUEUE;
    }
    memcpy(queue.team, c->scratch, n * sizeof *queue.team);
    memcpy(queue.service, c->service, n * sizeof *queue.service);
    m->queues[m->queue_n] = queue;
    return m->queue_n++;
}

/* Fills a table of queues by channel, type and tier. `more` is added to the priorities. */
static void route_inbound(struct compiler *c, uint16_t *table, int more)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        for (int ty = 0; ty < m->type_n; ty++) {
            for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
                uint16_t n = 0;
                for (int t = 0; t < m->team_n; t++) {
                    if (ccs_config_team(c->config, t)->tier == tier && serves(c, t, ch, ty)) {
                        n = add_team(c, n, t, ty);
                    }
                }
                int priority = (int)(ccs_config_channel(c->config, ch)->priority +
                                     ccs_config_type(c->config, ty)->priority);
                table[(ch * m->type_n + ty) * CCS_TIER_MAX + tier - 1] =
                    queue_for(c, n, ty, priority + more);
            }
        }
    }
}

static void route_again(struct compiler *c)
{
    struct ccs_model *m = c->model;
    int more = (int)c->config->routing.transferred_priority;
    m->inbound_again = m->inbound;
    if (more != 0) {
        m->inbound_again =
            get(c, (size_t)m->channel_n * m->type_n * CCS_TIER_MAX, sizeof *m->inbound_again);
        if (!c->no_memory) {
            route_inbound(c, m->inbound_again, more);
        }
    }
}

uint16_t ccs_model_team_queue(struct compiler *c, int ch, int ty, int team)
{
    if (!serves(c, team, ch, ty)) {
        return CCS_NO_QUEUE;
    }
    int64_t priority = ccs_config_channel(c->config, ch)->priority +
                       ccs_config_type(c->config, ty)->priority +
                       c->config->routing.transferred_priority;
    return queue_for(c, add_team(c, 0, team, ty), ty, (int)priority);
}

/* Calls that a tier owes: teams of that tier with the skill make them, or the next higher tier that
 * has any. */
static void route_callbacks(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        for (int tier = CCS_TIER_MAX; tier >= 1; tier--) {
            uint16_t n = 0;
            for (int t = 0; t < m->team_n; t++) {
                if (ccs_config_team(c->config, t)->tier == tier && serves(c, t, -1, ty)) {
                    n = add_team(c, n, t, ty);
                }
            }
            uint16_t *at = &m->callback[ty * CCS_TIER_MAX + tier - 1];
            *at = queue_for(c, n, ty, m->callback_priority);
            if (*at == CCS_NO_QUEUE && tier < CCS_TIER_MAX) {
                *at = at[1];
            }
        }
        /* for tiers above all teams the highest tier that has any */
        for (int tier = 2; tier <= CCS_TIER_MAX; tier++) {
            uint16_t *at = &m->callback[ty * CCS_TIER_MAX + tier - 1];
            *at = *at == CCS_NO_QUEUE ? at[-1] : *at;
        }
    }
}

static void route_special(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        m->work[ty] = CCS_NO_QUEUE;
        if (ccs_config_type(c->config, ty)->back_office) {
            add_team(c, 0, ccs_config_type(c->config, ty)->back_office->team, ty);
            m->work[ty] = queue_for(c, 1, ty, (int)ccs_config_type(c->config, ty)->priority);
        }
    }
    m->desk = CCS_NO_QUEUE;
    if (m->desk_team >= 0) {
        add_team(c, 0, m->desk_team, -1);
        m->desk = queue_for(c, 1, -1, 0);
    }
}

/* Adds a queue to the team's list, the most urgent first. Insertion does for a handful. */
static void add_queue(const struct ccs_model *m, struct ccs_team_plan *plan, uint16_t queue,
                      struct ccs_service service)
{
    double priority = m->queues[queue].priority + service.urgency;
    uint16_t at = plan->queue_n++;
    while (at > 0 &&
           m->queues[plan->queue[at - 1]].priority + plan->service[at - 1].urgency < priority) {
        plan->queue[at] = plan->queue[at - 1];
        plan->service[at] = plan->service[at - 1];
        at--;
    }
    plan->queue[at] = queue;
    plan->service[at] = service;
}

/* One factor per issue type; 1 where the map is empty, as for teams that this policy leaves out. */
static double *factors(struct compiler *c, const struct ccs_real_map *map)
{
    double *v = get(c, c->model->type_n, sizeof *v);
    for (int y = 0; v && y < c->model->type_n; y++) {
        v[y] = map->n ? map->v[y] : 1.0;
    }
    return v;
}

/* Times and prices of the team's legs. */
static void plan_handling(struct compiler *c, const struct ccs_team_config *cfg,
                          struct ccs_team_plan *plan)
{
    const struct ccs_dist *delay = &cfg->answer_delay;
    const struct ccs_pause_config *pause = cfg->pause_after_contact;
    bool is_none = !ccs_dist_is_given(delay) ||
                   (delay->kind == CCS_DIST_CONSTANT && ccs_dist_mean(delay) <= 0);
    plan->talk_factor = factors(c, &cfg->talk_factor);
    plan->wrap_factor = factors(c, &cfg->wrap_factor);
    plan->rings = !is_none;
    plan->pauses = pause && pause->probability > 0;
    plan->per_contact = ccs_money_from_units(cfg->cost_per_contact);
    plan->per_handled_us =
        cfg->cost_per_handled_min * (double)CCS_MONEY_PER_UNIT / (double)CCS_US_PER_MIN;
}

static void plan_teams(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (uint16_t t = 0; t < m->team_n; t++) {
        struct ccs_team_plan *plan = &m->teams[t];
        const struct ccs_team_config *cfg = ccs_config_team(c->config, t);
        plan->queue = get(c, m->queue_n, sizeof *plan->queue);
        plan->service = get(c, m->queue_n, sizeof *plan->service);
        plan->tier = (uint8_t)cfg->tier;
        plan_handling(c, cfg, plan);
        plan->wage_per_us = cfg->wage_per_h * (double)CCS_MONEY_PER_UNIT / (double)CCS_US_PER_H;
        plan->workload_per_us =
            cfg->target_occupancy > 0 ? plan->wage_per_us / cfg->target_occupancy : 0.0;
        for (uint16_t l = 0; l < m->queue_n && !c->no_memory; l++) {
            for (uint16_t k = 0; k < m->queues[l].team_n; k++) {
                if (m->queues[l].team[k] == t) {
                    add_queue(m, plan, l, m->queues[l].service[k]);
                }
            }
        }
    }
}

/* Sets routes_plainly and has_overflow. */
static void plan_terms(struct ccs_model *m)
{
    static const struct ccs_service plain = {0};
    m->routes_plainly =
        (m->agent_rule == CCS_AGENT_IN_ORDER || m->agent_rule == CCS_AGENT_MOST_SPECIALISED) &&
        m->contact_rule == CCS_CONTACT_RULE_PRIORITY;
    m->has_overflow = false;
    for (uint16_t l = 0; l < m->queue_n; l++) {
        for (uint16_t i = 0; i < m->queues[l].team_n; i++) {
            const struct ccs_service *s = &m->queues[l].service[i];
            m->routes_plainly = m->routes_plainly && is_same_service(s, &plain);
            m->has_overflow = m->has_overflow || s->after > 0;
        }
    }
}

void ccs_model_plan_routes(struct compiler *c)
{
    c->model->agent_rule = c->config->routing.agent;
    c->model->contact_rule = c->config->routing.contact;
    route_inbound(c, c->model->inbound, 0);
    route_callbacks(c);
    route_special(c);
    route_again(c);
    ccs_model_plan_transfers(c);
    plan_teams(c);
    plan_terms(c->model);
}

int ccs_model_first_tier(const struct ccs_model *model, int channel, int type)
{
    return ccs_model_next_tier(model, channel, type, 0);
}

int ccs_model_next_tier(const struct ccs_model *model, int channel, int type, int tier)
{
    for (int next = tier + 1; next <= CCS_TIER_MAX; next++) {
        if (ccs_model_inbound_queue(model, channel, type, next) != CCS_NO_QUEUE) {
            return next;
        }
    }
    return 0;
}

uint16_t ccs_model_first_queue(const struct ccs_model *model, int channel, int type)
{
    int tier = ccs_model_first_tier(model, channel, type);
    return tier ? ccs_model_inbound_queue(model, channel, type, tier) : CCS_NO_QUEUE;
}

uint32_t ccs_model_other_queues(const struct ccs_model *model, int channel, int type, uint32_t k,
                                uint16_t *queue)
{
    uint16_t own = ccs_model_first_queue(model, channel, type);
    uint32_t n = 0;
    *queue = own;
    for (int y = 0; y < model->type_n; y++) {
        uint16_t there = ccs_model_first_queue(model, channel, y);
        if (there != own && there != CCS_NO_QUEUE) {
            *queue = n == k ? there : *queue;
            n++;
        }
    }
    return n;
}
