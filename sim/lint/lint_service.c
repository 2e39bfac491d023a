/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Terms that keep a team from serving its contacts: more agents in reserve than it has, an overflow
 * for which no contact waits long enough (W404), agents who hardly ever come or differ beyond
 * belief (W408). Whether any team has agents for a queue is checked in lint_routes.c (E308).
 */
#include "base/units.h"
#include "lint/lint_part.h"

/* Presence below it, and differences above it, are mostly a percentage or a unit mistaken. */
#define FEW_PRESENT 0.2
#define WIDE_SPEED_CV 1.0

static void check_presence(struct ccs_lint *c, int team)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    double absence = ccs_series_least(&cfg->absence);
    double shrinkage = ccs_series_least(&cfg->shrinkage);
    double present = (1 - absence) * (1 - shrinkage);
    if (absence >= 1) {
        ccs_lint_report(c, CCS_W408, CCS_AT(c, "teams", c->config->teams.name[team], "absence"),
                        "is 1: nobody of this team ever comes");
    } else if (present < FEW_PRESENT) {
        ccs_lint_report(
            c, CCS_W408,
            CCS_AT(c, "teams", c->config->teams.name[team],
                   absence > shrinkage ? "absence" : "shrinkage"),
            "at most %.3g %% of the agents are there at any time, with absence %g and shrinkage "
            "%g; 0.08 is 8 %%",
            100 * present, absence, shrinkage);
    }
    if (cfg->speed_cv > WIDE_SPEED_CV) {
        ccs_lint_report(
            c, CCS_W408, CCS_AT(c, "teams", c->config->teams.name[team], "speed_cv"),
            "is %g: above 1 most agents need hardly any time and a few very long; with 0.2 "
            "most are "
            "within a fifth of the average",
            cfg->speed_cv);
    }
}

/* Do other teams serve the type where the team does (has_others)? Have all customers hung up or
 * left a message before the team would take them (have_gone)? */
static void look_around(struct ccs_lint *c, uint16_t team, int type, double after_s,
                        bool *is_served, bool *has_others, bool *have_gone)
{
    const struct ccs_model *m = c->model;
    uint8_t tier = m->teams[team].tier;
    *is_served = false;
    *has_others = false;
    *have_gone = true;
    for (int ch = 0; ch < m->channel_n; ch++) {
        uint16_t queue = ccs_model_inbound_queue(m, ch, type, tier);
        bool here = false;
        for (uint16_t i = 0; queue != CCS_NO_QUEUE && i < m->queues[queue].team_n; i++) {
            here = here || m->queues[queue].team[i] == team;
        }
        if (!here) {
            continue;
        }
        const struct ccs_channel_config *cfg = ccs_config_channel(c->config, ch);
        const struct ccs_dist *patience = ccs_model_access_terms(m, ch, type)->patience;
        bool is_live = m->channels[ch].is_live;
        bool has_hung_up = patience && ccs_dist_cdf(patience, after_s) >= 1;
        bool is_recorded = cfg->voicemail && ccs_time_to_s(cfg->voicemail->after) <= after_s;
        *is_served = true;
        *has_others = *has_others || m->queues[queue].team_n > 1;
        *have_gone = *have_gone && is_live && (has_hung_up || is_recorded);
    }
}

static void check_service(struct ccs_lint *c, uint16_t team, int type)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    double after_s = cfg->overflow_after_s.n > 0 ? cfg->overflow_after_s.v[type] : 0;
    double reserve = cfg->reserve.n > 0 ? cfg->reserve.v[type] : 0;
    double most = ccs_team_most_agents(cfg);
    const char *name = c->config->issue_types.name[type];
    bool is_served, has_others, have_gone;
    if (after_s <= 0 && reserve <= 0) {
        return;
    }
    look_around(c, team, type, after_s, &is_served, &has_others, &have_gone);
    if (!is_served) {
        return;
    }
    if (reserve > 0 && most > 0 && reserve >= most && has_others) {
        ccs_lint_report(
            c, CCS_W404, CCS_AT(c, "teams", c->config->teams.name[team], "reserve", name),
            "is %g, but the team never has more than %g agents: it never takes this type", reserve,
            most);
    }
    if (after_s > 0 && ccs_time_from_s(after_s) >= c->config->run.horizon) {
        ccs_lint_report(c, CCS_W404,
                        CCS_AT(c, "teams", c->config->teams.name[team], "overflow_after_s", name),
                        "is %g s, the whole run only %g s: the team never takes this type", after_s,
                        ccs_time_to_s(c->config->run.horizon));
    } else if (after_s > 0 && have_gone && !c->model->makes_promises) {
        ccs_lint_report(
            c, CCS_W404, CCS_AT(c, "teams", c->config->teams.name[team], "overflow_after_s", name),
            "is %g s, but by then everybody has hung up or left a message: the team never "
            "takes this type",
            after_s);
    }
}

void ccs_lint_service(struct ccs_lint *c)
{
    for (uint16_t t = 0; t < c->model->team_n; t++) {
        if (!ccs_map_has(&c->config->teams, t)) {
            continue;
        }
        check_presence(c, t);
        for (int ty = 0; ty < c->model->type_n; ty++) {
            check_service(c, t, ty);
        }
    }
}
