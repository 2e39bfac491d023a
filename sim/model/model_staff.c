/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts and agents of each team, and whether agents are individuals. See model.h. */
#include "model/model_compiler.h"

#include "base/units.h"

#include <stdio.h>

static void plan_shifts(struct compiler *c, const struct ccs_team_config *cfg,
                        struct ccs_team_plan *plan)
{
    plan->shift = get(c, cfg->shifts.n, sizeof *plan->shift);
    for (size_t i = 0; i < cfg->shifts.n && !c->no_memory; i++) {
        const struct ccs_shift_config *shift = CCS_MAP_AT(cfg->shifts, struct ccs_shift_config, i);
        struct ccs_shift_plan *sp = &plan->shift[plan->shift_n++];
        sp->config = shift;
        sp->agents = (uint32_t)shift->agents;
        sp->hours.hours = shift->hours;
        if (cfg->calendar >= 0) {
            sp->hours.holidays = ccs_config_calendar(c->config, cfg->calendar)->holidays;
        }
        plan->agent_n += sp->agents;
    }
}

/* The distribution of the agents' speeds, with mean 1. */
static struct ccs_dist speed_of(const struct ccs_team_config *cfg)
{
    struct ccs_dist speed = {.kind = CCS_DIST_KIND_COUNT};
    if (cfg->speed_cv > 0) {
        struct ccs_dist_spec spec = ccs_dist_spec_empty();
        spec.mean = 1.0;
        spec.cv = cfg->speed_cv;
        ccs_dist_find("gamma")->make(&speed, &spec, NULL, NULL);
        speed.kind = CCS_DIST_GAMMA;
    }
    return speed;
}

void ccs_model_plan_staff(struct compiler *c)
{
    struct ccs_model *m = c->model;
    m->has_agents =
        m->agent_rule == CCS_AGENT_LONGEST_IDLE || m->agent_rule == CCS_AGENT_LEAST_OCCUPIED;
    for (uint16_t t = 0; t < m->team_n; t++) {
        const struct ccs_team_config *cfg = ccs_config_team(c->config, t);
        struct ccs_team_plan *plan = &m->teams[t];
        plan->config = cfg;
        plan->entity = ccs_entity_from_name("team", c->config->teams.name[t]);
        plan->speed.kind = CCS_DIST_KIND_COUNT;
        if (!ccs_map_has(&c->config->teams, t)) {
            continue;
        }
        plan_shifts(c, cfg, plan);
        plan->speed = speed_of(cfg);
        if (plan->shift_n == 0) {
            plan->agent_n = (uint32_t)ccs_round(ccs_team_most_agents(cfg));
        }
        m->has_agents = m->has_agents || plan->shift_n > 0 || cfg->speed_cv > 0;
    }
    m->has_contact_extras = m->has_overflow || m->has_agents || m->team_queue;
}
