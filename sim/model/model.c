/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bound configuration to flat tables: see model.h. */
#include "model/model.h"

#include "base/units.h"
#include "model/model_compiler.h"

#include <math.h>

static void plan_channels(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        const struct ccs_channel_config *cfg = ccs_config_channel(c->config, ch);
        m->channels[ch] = (struct ccs_channel_plan){
            .telecom_per_us =
                cfg->telecom_cost_per_min * (double)CCS_MONEY_PER_UNIT / (double)CCS_US_PER_MIN,
            .lines = !ccs_int_is_given(cfg->lines) ? UINT32_MAX : (uint32_t)cfg->lines,
            .is_live = cfg->kind != CCS_CHANNEL_FORM,
            .may_turn_away =
                ccs_int_is_given(cfg->queue_limit) || ccs_real_is_given(cfg->queue_limit_per_agent),
            .queue_limit =
                !ccs_int_is_given(cfg->queue_limit) ? UINT32_MAX : (uint32_t)cfg->queue_limit,
            .voicemail_after = cfg->voicemail && cfg->kind != CCS_CHANNEL_FORM
                                   ? cfg->voicemail->after
                                   : CCS_TIME_NEVER,
            .has_ivr = !(cfg->ivr.kind == CCS_DIST_CONSTANT && ccs_dist_mean(&cfg->ivr) <= 0),
        };
        m->has_closing = m->has_closing || cfg->at_closing != CCS_CLOSING_CARRY_OVER;
        m->channels[ch].has_entry = m->channels[ch].has_ivr || cfg->menus;
        if (m->outbound_channel < 0 && cfg->kind == CCS_CHANNEL_PHONE) {
            m->outbound_channel = ch;
        }
    }
}

/* Where customers of each type try first. */
static void plan_channel_mix(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        double *cdf = &m->channel_cdf[ty * m->channel_n];
        double total = 0.0;
        for (int ch = 0; ch < m->channel_n; ch++) {
            total += ccs_config_first_weight(c->config, ty, ch);
            cdf[ch] = total;
        }
        for (int ch = 0; ch < m->channel_n && total > 0; ch++) {
            cdf[ch] /= total;
        }
    }
}

static void plan_line_groups(struct compiler *c)
{
    const struct ccs_map *groups = &c->config->line_groups;
    for (size_t g = 0; g < groups->n; g++) {
        const struct ccs_ref_list *channels =
            &CCS_MAP_AT(*groups, struct ccs_line_group_config, g)->channels;
        for (size_t i = 0; i < channels->n; i++) {
            c->model->channels[channels->index[i]].shares_lines = true;
        }
    }
}

ccs_status ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                             struct ccs_arena *arena)
{
    struct compiler c = {.model = model, .config = config, .arena = arena};
    model->config = config;
    model->channel_n = (uint16_t)config->channels.n;
    model->team_n = (uint16_t)config->teams.n;
    model->segment_n = (uint16_t)config->segments.n;
    model->type_n = (uint16_t)config->issue_types.n;
    model->outbound_channel = -1;
    size_t routes = (size_t)model->channel_n * model->type_n * CCS_TIER_MAX;
    size_t passed_on = config->routing.transfers.n > 0
                           ? (size_t)model->channel_n * model->type_n * model->team_n
                           : 0;
    size_t again = config->routing.transferred_priority != 0 ? routes : 0;
    size_t queues = routes + again + passed_on + model->type_n * (CCS_TIER_MAX + 1U) + 1;
    c.queue_cap = queues < CCS_NO_QUEUE ? (uint16_t)queues : CCS_NO_QUEUE;
    model->queues = get(&c, c.queue_cap, sizeof *model->queues);
    model->teams = get(&c, model->team_n, sizeof *model->teams);
    model->channels = get(&c, model->channel_n, sizeof *model->channels);
    model->terms = get(&c, (size_t)model->channel_n * model->type_n, sizeof *model->terms);
    model->segment_entity = get(&c, model->segment_n, sizeof *model->segment_entity);
    model->channel_cdf = get(&c, routes, sizeof *model->channel_cdf);
    model->inbound = get(&c, routes, sizeof *model->inbound);
    model->callback = get(&c, model->type_n * (size_t)CCS_TIER_MAX, sizeof *model->callback);
    model->work = get(&c, model->type_n, sizeof *model->work);
    c.scratch = get(&c, model->team_n, sizeof *c.scratch);
    c.service = get(&c, model->team_n, sizeof *c.service);
    if (c.no_memory) {
        return CCS_ENOMEM;
    }
    for (int s = 0; s < model->segment_n; s++) {
        model->segment_entity[s] = ccs_entity_from_name("segment", config->segments.name[s]);
    }
    plan_channels(&c);
    plan_channel_mix(&c);
    plan_line_groups(&c);
    ccs_model_plan_access(&c);
    ccs_model_plan_routes(&c);
    ccs_model_plan_staff(&c);
    ccs_model_plan_streams(&c);
    ccs_model_plan_follow_on(&c);
    ccs_model_plan_worth(&c);
    bool is_given = config->run.warmup != CCS_TIME_NEVER && config->run.warmup != CCS_WARMUP_AUTO;
    model->warmup = is_given ? config->run.warmup : 3 * model->anger_half_life;
    model->has_population = model->segment_n > 0;
    return c.no_memory ? CCS_ENOMEM : CCS_OK;
}
