/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Demand: from bound volumes, rates and profiles to streams, and what does not fit together. */
#include "center/model_compiler.h"

#include "base/units.h"
#include "center/timetable.h"

#include <stdio.h>

static void add_stream(struct compiler *c, int type, int segment, const char *what, double per_us,
                       const struct ccs_series *volume)
{
    const struct ccs_issue_type_config *ty = type_at(c, type);
    const char *segment_name = segment >= 0 ? c->config->segments.name[segment] : "";
    char *name = ccs_arena_printf(c->arena, "%s/%s/%s", segment_name,
                                  c->config->issue_types.name[type], what);
    if (!name) {
        c->no_memory = true;
        return;
    }
    bool flat = ty->profile.is_constant;
    c->model->streams[c->model->stream_n++] = (struct ccs_stream_plan){
        .entity = ccs_entity_from_name("stream", name),
        .issue_type = (uint16_t)type,
        .segment = segment,
        .per_us = per_us,
        .volume = volume,
        .profile = flat ? NULL : &ty->profile,
        .profile_mean = flat ? 1.0 : ccs_series_mean(&ty->profile),
        .day_cv = ty->day_factor_cv,
    };
}

void ccs_model_plan_streams(struct compiler *c)
{
    struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        const struct ccs_issue_type_config *cfg = type_at(c, ty);
        for (int s = 0; s < m->segment_n && cfg->rate_per_customer_year.n; s++) {
            double rate = cfg->rate_per_customer_year.v[s];
            if (rate > 0) {
                int64_t n =
                    CCS_MAP_AT(c->config->segments, struct ccs_segment_config, s)->population;
                add_stream(c, ty, s, "rate", rate * (double)n / (double)CCS_US_PER_YEAR, NULL);
            }
        }
        if (cfg->volume) {
            bool table = cfg->volume->per_interval.n > 0 || cfg->volume->per_interval.is_constant;
            double per_us = table ? 1.0 / (double)cfg->volume->per_interval.interval
                                  : cfg->volume->rate_per_h / (double)CCS_US_PER_H;
            add_stream(c, ty, cfg->volume->segment, "volume", per_us * cfg->volume->share,
                       table ? &cfg->volume->per_interval : NULL);
            m->streams[m->stream_n - 1].counts_all = cfg->volume->counts == CCS_COUNTS_ALL_CONTACTS;
        }
    }
}

static void check_volume(struct compiler *c, int ty)
{
    const struct ccs_issue_type_config *cfg = type_at(c, ty);
    const char *name = c->config->issue_types.name[ty];
    bool from_customers = false;
    for (size_t s = 0; s < cfg->rate_per_customer_year.n; s++) {
        from_customers = from_customers || cfg->rate_per_customer_year.v[s] > 0;
    }
    if (!cfg->volume) {
        if (!from_customers) {
            ccs_model_fail(c, CCS_W404, "issue_types", name, "",
                           "never arises: give `rate_per_customer_year` or `volume`");
        }
        return;
    }
    const struct ccs_series *table = &cfg->volume->per_interval;
    bool has_table = table->n > 0 || table->is_constant;
    bool has_rate = cfg->volume->rate_per_h == cfg->volume->rate_per_h;
    if (has_table == has_rate) {
        ccs_model_fail(c, CCS_E314, "issue_types", name, "volume",
                       "give either `per_interval` or `rate_per_h`");
    } else if (has_table && table->is_constant) {
        ccs_model_fail(c, CCS_E314, "issue_types", name, "volume",
                       "a constant `per_interval` has no interval: use `rate_per_h`");
    }
    if (from_customers) {
        ccs_model_fail(
            c, CCS_E314, "issue_types", name, "volume",
            "this type also has `rate_per_customer_year`: the same problem cannot be driven by "
            "both");
    }
}

/* Does a table that is not repeated last until the horizon? */
static void check_table_length(struct compiler *c, int ty)
{
    const struct ccs_series *table = &type_at(c, ty)->volume->per_interval;
    if (table->is_constant || table->n == 0 || table->repeat != CCS_REPEAT_NONE) {
        return;
    }
    ccs_time end = table->from + table->interval * (ccs_time)table->n;
    if (table->per_day > 0) {
        ccs_time days = (ccs_time)table->n / table->per_day;
        end = CCS_US_PER_DAY * (table->weekdays_only ? days / 5 * 7 + days % 5 : days);
    }
    if (end < c->config->run.horizon) {
        char text[200];
        snprintf(text, sizeof text, "ends %.1f days before the horizon; after it nobody calls",
                 (double)(c->config->run.horizon - end) / (double)CCS_US_PER_DAY);
        ccs_model_fail(c, CCS_W402, "issue_types", c->config->issue_types.name[ty], "volume", text);
    }
}

void ccs_model_check_demand(struct compiler *c, int type)
{
    check_volume(c, type);
    if (type_at(c, type)->volume) {
        check_table_length(c, type);
    }
}
