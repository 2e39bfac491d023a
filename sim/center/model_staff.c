/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is there when: shifts and agents of each team, and whether they make sense. See model.h. */
#include "center/model_compiler.h"

#include "base/units.h"
#include "center/routing.h"

#include <stdio.h>

static bool has_table(const struct ccs_series *agents)
{
    return agents->is_constant || agents->n > 0;
}

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
            sp->hours.holidays =
                CCS_MAP_AT(c->config->calendars, struct ccs_calendar_config, cfg->calendar)
                    ->holidays;
        }
        plan->agent_n += sp->agents;
    }
}

double ccs_model_most_agents(const struct ccs_team_config *team)
{
    double most = ccs_model_highest(&team->agents) * team->agents_factor;
    for (size_t i = 0; i < team->shifts.n; i++) {
        const struct ccs_shift_config *shift = CCS_MAP_AT(team->shifts, struct ccs_shift_config, i);
        most += shift->hours.n > 0 ? (double)shift->agents : 0.0;
    }
    return most;
}

double ccs_model_highest(const struct ccs_series *series)
{
    double most = series->is_constant ? series->constant : 0.0;
    for (size_t i = 0; i < series->n; i++) {
        most = series->v[i] > most ? series->v[i] : most;
    }
    return most;
}

double ccs_model_least(const struct ccs_series *series)
{
    double least = series->n > 0 ? series->v[0] : series->constant;
    for (size_t i = 1; i < series->n; i++) {
        least = series->v[i] < least ? series->v[i] : least;
    }
    return least;
}

/* Speeds of agents around 1. */
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
        const struct ccs_team_config *cfg = team_at(c, t);
        struct ccs_team_plan *plan = &m->teams[t];
        plan->config = cfg;
        plan->entity = ccs_entity_from_name("team", c->config->teams.name[t]);
        plan->speed.kind = CCS_DIST_KIND_COUNT;
        if (!is_present(&c->config->teams, t)) {
            continue;
        }
        plan_shifts(c, cfg, plan);
        plan->speed = speed_of(cfg);
        if (plan->shift_n == 0) {
            plan->agent_n = (uint32_t)ccs_round(ccs_model_most_agents(cfg));
        }
        m->has_agents = m->has_agents || plan->shift_n > 0 || cfg->speed_cv > 0;
    }
    m->has_seats = m->has_overflow || m->has_agents || m->passed_on;
}

/* --- what does not fit together --- */

static void complain(struct compiler *c, enum ccs_diag_code code, int team, const char *shift,
                     const char *pause, const char *message)
{
    const char *name = c->config->teams.name[team];
    const char *pointer =
        pause   ? ccs_pointer_join(c->arena, "teams", name, "shifts", shift, "breaks", pause,
                                   (char *)NULL)
        : shift ? ccs_pointer_join(c->arena, "teams", name, "shifts", shift, (char *)NULL)
                : ccs_pointer_join(c->arena, "teams", name, (char *)NULL);
    ccs_document_report(c->doc, c->diags, code, pointer ? pointer : "", "%s", message);
}

/* Minutes of the shortest stretch of the hours; spans that meet over Sunday midnight are one. */
static int32_t shortest_min(const struct ccs_week_hours *hours)
{
    enum {
        WEEK = 7 * 24 * 60
    };
    int32_t shortest = WEEK;
    size_t last = hours->n - 1;
    bool wraps = hours->n > 1 && hours->span[0].from_min == 0 && hours->span[last].to_min == WEEK;
    for (size_t i = 0; i < hours->n; i++) {
        int32_t length = hours->span[i].to_min - hours->span[i].from_min;
        if (wraps && (i == 0 || i == last)) {
            length = hours->span[0].to_min + WEEK - hours->span[last].from_min;
        }
        shortest = length < shortest ? length : shortest;
    }
    return shortest;
}

/* Do the breaks of any agent of the shift overlap? Their beginnings are spread linearly, so that it
 * is enough to look at both ends of the spread. */
static bool overlap(const struct ccs_break_config *a, const struct ccs_break_config *b)
{
    bool first = a->after < b->after + b->length && b->after < a->after + a->length;
    ccs_time x = a->after + a->spread;
    ccs_time y = b->after + b->spread;
    bool last = x < y + b->length && y < x + a->length;
    return first || last || (a->after < b->after) != (x < y);
}

static void check_breaks(struct compiler *c, int team, const char *name,
                         const struct ccs_shift_config *shift)
{
    ccs_time length = shortest_min(&shift->hours) * CCS_US_PER_MIN;
    ccs_time away = 0;
    for (size_t i = 0; i < shift->breaks.n; i++) {
        const struct ccs_break_config *b = CCS_MAP_AT(shift->breaks, struct ccs_break_config, i);
        away += b->length;
        if (b->after + b->spread + b->length > length) {
            char text[200];
            snprintf(text, sizeof text,
                     "ends %.4g h after the beginning of the shift, which lasts %.4g h",
                     (double)(b->after + b->spread + b->length) / (double)CCS_US_PER_H,
                     (double)length / (double)CCS_US_PER_H);
            complain(c, CCS_E331, team, name, shift->breaks.name[i], text);
        }
        for (size_t j = 0; j < i; j++) {
            if (overlap(b, CCS_MAP_AT(shift->breaks, struct ccs_break_config, j))) {
                char text[300];
                snprintf(text, sizeof text, "overlaps break `%.100s` for some agents",
                         shift->breaks.name[j]);
                complain(c, CCS_E332, team, name, shift->breaks.name[i], text);
            }
        }
    }
    if (shift->breaks.n > 0 && away >= length) {
        char text[200];
        snprintf(text, sizeof text,
                 "is nothing but breaks: they last %.4g h, the shortest of its days %.4g h",
                 (double)away / (double)CCS_US_PER_H, (double)length / (double)CCS_US_PER_H);
        complain(c, CCS_E331, team, name, NULL, text);
    }
}

/* Is every minute of the shift within the hours of the calendar? */
static bool is_within(const struct ccs_week_hours *shift, const struct ccs_week_hours *open)
{
    for (size_t i = 0; i < shift->n; i++) {
        bool found = false;
        for (size_t k = 0; k < open->n; k++) {
            found = found || (open->span[k].from_min <= shift->span[i].from_min &&
                              shift->span[i].to_min <= open->span[k].to_min);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static void check_shifts(struct compiler *c, int team)
{
    const struct ccs_team_config *cfg = team_at(c, team);
    for (size_t i = 0; i < cfg->shifts.n; i++) {
        const struct ccs_shift_config *shift = CCS_MAP_AT(cfg->shifts, struct ccs_shift_config, i);
        const char *name = cfg->shifts.name[i];
        if (shift->hours.n == 0) {
            complain(c, CCS_E333, team, name, NULL, "has no hours: nobody ever works it");
            continue;
        }
        check_breaks(c, team, name, shift);
        if (shift->agents == 0 && !ccs_document_patched_by(c->doc)) { /* a policy may mean it */
            complain(c, CCS_W404, team, name, NULL,
                     "has 0 agents: nobody works it. Give it some, or leave it out");
        }
        if (cfg->calendar >= 0 &&
            !is_within(&shift->hours,
                       &CCS_MAP_AT(c->config->calendars, struct ccs_calendar_config, cfg->calendar)
                            ->hours)) {
            char text[300];
            snprintf(text, sizeof text,
                     "is partly or wholly at times at which the team's calendar `%.100s` is closed",
                     c->config->calendars.name[cfg->calendar]);
            complain(c, CCS_E333, team, name, NULL, text);
        }
    }
}

void ccs_model_check_staff(struct compiler *c)
{
    for (int t = 0; t < c->model->team_n; t++) {
        const struct ccs_team_config *cfg = team_at(c, t);
        if (!is_present(&c->config->teams, t)) {
            continue;
        }
        bool by_headcount = has_table(&cfg->agents);
        if (by_headcount == (cfg->shifts.n > 0)) {
            complain(c, CCS_E330, t, NULL, NULL,
                     by_headcount ? "has both `agents` and `shifts`: give one of them"
                                  : "needs either `agents`, a headcount, or `shifts`");
        }
        if (cfg->agents_factor != 1.0 && !by_headcount) {
            complain(c, CCS_E330, t, NULL, NULL,
                     "has `agents_factor` but no `agents`: it does nothing to shifts");
        }
        ccs_model_check_headcount(c, t);
        check_shifts(c, t);
    }
}
