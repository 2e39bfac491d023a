/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bound configuration to flat tables, and what does not fit together: see model.h. */
#include "center/model.h"

#include "base/units.h"
#include "center/backlog.h"
#include "center/closing.h"
#include "center/follow_on.h"
#include "center/model_compiler.h"
#include "center/timetable.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void plan_channels(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ch = 0; ch < m->channel_n; ch++) {
        const struct ccs_channel_config *cfg = channel_at(c, ch);
        m->channels[ch] = (struct ccs_channel_plan){
            .telecom_per_us =
                cfg->telecom_cost_per_min * (double)CCS_MONEY_PER_UNIT / (double)CCS_US_PER_MIN,
            .lines = cfg->lines == INT64_MIN ? UINT32_MAX : (uint32_t)cfg->lines,
            .is_live = cfg->kind != CCS_CHANNEL_FORM,
            .has_gate = cfg->queue_limit != INT64_MIN || !isnan(cfg->queue_limit_per_agent),
            .queue_limit = cfg->queue_limit == INT64_MIN ? UINT32_MAX : (uint32_t)cfg->queue_limit,
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

/* Has the scenario itself been told the same? Policies without a `with` are compiled first. */
static bool is_known(const struct compiler *c, enum ccs_diag_code code, const char *pointer,
                     const char *message)
{
    for (size_t i = 0; i < ccs_diagnostics_count(c->diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(c->diags, i);
        if (strcmp(d->code, ccs_diag_info(code)->code) == 0 && strcmp(d->pointer, pointer) == 0 &&
            strcmp(d->message, message) == 0) {
            return true;
        }
    }
    return false;
}

void ccs_model_report(struct compiler *c, enum ccs_diag_code code, const char *pointer,
                      const char *message)
{
    pointer = pointer ? pointer : "";
    const char *policy = ccs_document_patched_by(c->doc);
    if (!policy) {
        ccs_document_report(c->doc, c->diags, code, pointer, "%s", message);
    } else if (!is_known(c, code, pointer, message)) {
        ccs_document_report(c->doc, c->diags, code, pointer, "%s (under policy `%s`)", message,
                            policy);
    }
}

void ccs_model_fail(struct compiler *c, enum ccs_diag_code code, const char *map, const char *name,
                    const char *key, const char *message)
{
    ccs_model_report(c, code,
                     *key ? ccs_pointer_join(c->arena, map, name, key, (char *)NULL)
                          : ccs_pointer_join(c->arena, map, name, (char *)NULL),
                     message);
}

static void check_routes(struct compiler *c, int ty)
{
    struct ccs_model *m = c->model;
    const char *name = c->config->issue_types.name[ty];
    const struct ccs_real_map *mix = &type_at(c, ty)->channel_mix;
    double total = 0.0;
    for (int ch = 0; ch < m->channel_n; ch++) {
        double weight = m->channel_n == 1 ? 1.0 : mix->n ? mix->v[ch] : 0.0;
        total += weight;
        m->channel_cdf[ty * m->channel_n + ch] = total;
        if (weight > 0 && ccs_model_first_tier(m, ch, ty) == 0) {
            char text[300];
            snprintf(text, sizeof text,
                     "nobody serves this type on channel `%s`: give a team that channel and skill",
                     c->config->channels.name[ch]);
            ccs_model_fail(c, CCS_E304, "issue_types", name, "", text);
        } else if (weight > 0) {
            ccs_model_check_staffed(c, ch, ty);
        }
    }
    for (int ch = 0; ch < m->channel_n && total > 0; ch++) {
        m->channel_cdf[ty * m->channel_n + ch] /= total;
    }
    if (total <= 0) {
        ccs_model_fail(
            c, CCS_E307, "issue_types", name, "channel_mix",
            "there is more than one channel: say where customers try first, with at least one "
            "weight above 0");
    }
    if (!type_at(c, ty)->profile.is_constant && ccs_series_mean(&type_at(c, ty)->profile) <= 0) {
        ccs_model_fail(c, CCS_E314, "issue_types", name, "profile", "must not be 0 everywhere");
    }
}

static void check_warmup(struct compiler *c)
{
    const struct ccs_model *m = c->model;
    ccs_time enough = 3 * m->anger_half_life;
    if (m->segment_n > 0 && c->config->run.warmup >= 0 && c->config->run.warmup < enough) {
        const char *pointer = ccs_pointer_join(c->arena, "run", "warmup", (char *)NULL);
        ccs_document_report(c->doc, c->diags, CCS_W401, pointer ? pointer : "",
                            "is shorter than three half-lives of anger (%.0f days): leave it out",
                            (double)enough / (double)CCS_US_PER_DAY);
    }
}

static void check(struct compiler *c)
{
    const struct ccs_config *config = c->config;
    for (int ty = 0; ty < c->model->type_n; ty++) {
        ccs_model_check_demand(c, ty);
        ccs_model_check_dates(c, ty);
        check_routes(c, ty);
        ccs_model_check_type_access(c, ty);
    }
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        ccs_model_check_access(c, ch);
    }
    ccs_line_groups_check(c);
    check_warmup(c);
    ccs_closing_check(c->model, c->arena, c->diags, c->doc);
    ccs_backlog_check(c->config, c->arena, c->diags, c->doc);
    ccs_model_check_staff(c);
    ccs_model_check_wages(c);
    ccs_model_check_special(c);
    ccs_model_check_terms(c);
    ccs_model_check_transfers(c);
    for (int t = 0; t < c->model->team_n; t++) {
        const struct ccs_team_config *tm = team_at(c, t);
        if (is_present(&config->teams, t) && tm->skills.index && tm->skills.n == 0) {
            ccs_model_fail(
                c, CCS_E315, "teams", config->teams.name[t], "skills",
                "an agent without any skill can serve nobody: leave the key out for all types");
        }
    }
    for (size_t k = 0; k < config->calendars.n; k++) {
        const struct ccs_calendar_config *calendar =
            CCS_MAP_AT(config->calendars, struct ccs_calendar_config, k);
        if (is_present(&config->calendars, (int)k) && calendar->hours.n == 0) {
            ccs_model_fail(c, CCS_E316, "calendars", config->calendars.name[k], "hours",
                           "never open: nobody who depends on it would ever be served");
        }
    }
    if (ccs_diagnostics_error_count(c->diags) == 0) { /* of what makes sense otherwise */
        ccs_model_check_size(c);
        ccs_model_check_count(c);
        ccs_model_check_hours(c);
    }
}

ccs_status ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                             struct ccs_arena *arena, struct ccs_diagnostics *diags,
                             const struct ccs_document *doc)
{
    struct compiler c = {
        .model = model, .config = config, .arena = arena, .diags = diags, .doc = doc};
    size_t errors = ccs_diagnostics_error_count(diags);
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
    size_t lanes = routes + again + passed_on + model->type_n * (CCS_TIER_MAX + 1U) + 1;
    c.lane_cap = lanes < CCS_NO_LANE ? (uint16_t)lanes : CCS_NO_LANE;
    model->lanes = get(&c, c.lane_cap, sizeof *model->lanes);
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
    ccs_model_plan_access(&c);
    ccs_line_groups_plan(&c);
    ccs_model_plan_routes(&c);
    ccs_model_plan_staff(&c);
    ccs_model_plan_streams(&c);
    if (c.no_memory) {
        return CCS_ENOMEM;
    }
    if (ccs_follow_on_compile(model, config, arena, diags, doc) == CCS_ENOMEM) {
        return CCS_ENOMEM;
    }
    bool is_given = config->run.warmup != CCS_TIME_NEVER && config->run.warmup != CCS_WARMUP_AUTO;
    model->warmup = is_given ? config->run.warmup : 3 * model->anger_half_life;
    check(&c);
    model->has_population = model->segment_n > 0;
    return ccs_diagnostics_error_count(diags) > errors ? CCS_EDATA : CCS_OK;
}
