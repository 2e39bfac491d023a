/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who serves what: lanes, the route tables, and each team's list of lanes. See model.h. */
#include "center/model_compiler.h"

#include "base/units.h"

#include <string.h>

static bool in_list(const struct ccs_ref_list *list, int index)
{
    if (!list->index) {
        return true; /* left out: all */
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
    return is_present(&c->config->teams, team) && in_list(&team_at(c, team)->skills, type);
}

/* Does the team serve this type on this channel (-1: on any, for outbound calls)? */
static bool serves(const struct compiler *c, int team, int channel, int type)
{
    const struct ccs_ref_list *channels = &team_at(c, team)->channels;
    bool on_channel = channel >= 0 ? in_list(channels, channel) : !channels->index || channels->n;
    return has_skill(c, team, type) && on_channel && team != c->model->desk_team;
}

/* The lane for this set of teams and priority; made if there is none yet. */
static uint16_t lane_for(struct compiler *c, const uint16_t *team, uint16_t team_n, int priority)
{
    struct ccs_model *m = c->model;
    if (team_n == 0) {
        return CCS_NO_LANE;
    }
    for (uint16_t i = 0; i < m->lane_n; i++) {
        if (m->lanes[i].priority == priority && m->lanes[i].team_n == team_n &&
            memcmp(m->lanes[i].team, team, team_n * sizeof *team) == 0) {
            return i;
        }
    }
    uint16_t *own = get(c, team_n, sizeof *own);
    if (c->no_memory || m->lane_n == c->lane_cap) {
        c->no_memory = true;
        return CCS_NO_LANE;
    }
    memcpy(own, team, team_n * sizeof *team);
    m->lanes[m->lane_n] =
        (struct ccs_lane_plan){.priority = (int16_t)priority, .team_n = team_n, .team = own};
    return m->lane_n++;
}

static void route_inbound(struct compiler *c, uint16_t *scratch)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        for (int ty = 0; ty < m->type_n; ty++) {
            for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
                uint16_t n = 0;
                for (int t = 0; t < m->team_n; t++) {
                    if (team_at(c, t)->tier == tier && serves(c, t, ch, ty)) {
                        scratch[n++] = (uint16_t)t;
                    }
                }
                int priority = (int)(channel_at(c, ch)->priority + type_at(c, ty)->priority);
                m->inbound[(ch * m->type_n + ty) * CCS_TIER_MAX + tier - 1] =
                    lane_for(c, scratch, n, priority);
            }
        }
    }
}

/* Promised calls of a tier: by teams of that tier with the skill, or the next one that has any. */
static void route_callbacks(struct compiler *c, uint16_t *scratch)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        for (int tier = CCS_TIER_MAX; tier >= 1; tier--) {
            uint16_t n = 0;
            for (int t = 0; t < m->team_n; t++) {
                if (team_at(c, t)->tier == tier && serves(c, t, -1, ty)) {
                    scratch[n++] = (uint16_t)t;
                }
            }
            uint16_t *at = &m->callback[ty * CCS_TIER_MAX + tier - 1];
            *at = lane_for(c, scratch, n, m->callback_priority);
            if (*at == CCS_NO_LANE && tier < CCS_TIER_MAX) {
                *at = at[1];
            }
        }
        /* A tier above all teams: the highest that exists. */
        for (int tier = 2; tier <= CCS_TIER_MAX; tier++) {
            uint16_t *at = &m->callback[ty * CCS_TIER_MAX + tier - 1];
            *at = *at == CCS_NO_LANE ? at[-1] : *at;
        }
    }
}

static void route_special(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        m->work[ty] = CCS_NO_LANE;
        if (type_at(c, ty)->back_office) {
            uint16_t team = (uint16_t)type_at(c, ty)->back_office->team;
            m->work[ty] = lane_for(c, &team, 1, (int)type_at(c, ty)->priority);
        }
    }
    m->desk = CCS_NO_LANE;
    if (m->desk_team >= 0) {
        uint16_t team = (uint16_t)m->desk_team;
        m->desk = lane_for(c, &team, 1, 0);
    }
}

static int16_t priority_of(const struct ccs_model *m, uint16_t lane)
{
    return m->lanes[lane].priority;
}

/* Lists each team's lanes, the most urgent first (insertion sort: a handful). */
static void plan_teams(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (uint16_t t = 0; t < m->team_n; t++) {
        struct ccs_team_plan *plan = &m->teams[t];
        const struct ccs_team_config *cfg = team_at(c, t);
        plan->lane = get(c, m->lane_n, sizeof *plan->lane);
        plan->tier = (uint8_t)cfg->tier;
        plan->talk_factor = cfg->talk_factor;
        plan->wage_per_us = cfg->wage_per_h * (double)CCS_MONEY_PER_UNIT / (double)CCS_US_PER_H;
        plan->workload_per_us =
            cfg->target_occupancy > 0 ? plan->wage_per_us / cfg->target_occupancy : 0.0;
        for (uint16_t l = 0; l < m->lane_n && !c->no_memory; l++) {
            for (uint16_t k = 0; k < m->lanes[l].team_n; k++) {
                if (m->lanes[l].team[k] != t) {
                    continue;
                }
                uint16_t at = plan->lane_n++;
                while (at > 0 && priority_of(m, plan->lane[at - 1]) < priority_of(m, l)) {
                    plan->lane[at] = plan->lane[at - 1];
                    at--;
                }
                plan->lane[at] = l;
            }
        }
    }
}

void ccs_model_plan_routes(struct compiler *c, uint16_t *scratch)
{
    route_inbound(c, scratch);
    route_callbacks(c, scratch);
    route_special(c);
    plan_teams(c);
}

/* Largest headcount the team ever has. */
static double most_agents(const struct ccs_team_config *team)
{
    double most = team->agents.is_constant ? team->agents.constant : 0.0;
    for (size_t i = 0; i < team->agents.n; i++) {
        most = team->agents.v[i] > most ? team->agents.v[i] : most;
    }
    return most;
}

/* Somebody must be there at some time for every first contact. */
void ccs_model_check_staffed(struct compiler *c, int ch, int ty)
{
    struct ccs_model *m = c->model;
    const struct ccs_lane_plan *lane =
        &m->lanes[ccs_model_inbound_lane(m, ch, ty, ccs_model_first_tier(m, ch, ty))];
    for (uint16_t i = 0; i < lane->team_n; i++) {
        if (most_agents(team_at(c, lane->team[i])) >= 0.5) {
            return;
        }
    }
    ccs_model_fail(c, CCS_E308, "teams", c->config->teams.name[lane->team[0]], "agents",
                   "never has anybody on duty, and no other team takes these contacts");
}

int ccs_model_first_tier(const struct ccs_model *model, int channel, int type)
{
    return ccs_model_next_tier(model, channel, type, 0);
}

int ccs_model_next_tier(const struct ccs_model *model, int channel, int type, int tier)
{
    for (int next = tier + 1; next <= CCS_TIER_MAX; next++) {
        if (ccs_model_inbound_lane(model, channel, type, next) != CCS_NO_LANE) {
            return next;
        }
    }
    return 0;
}
