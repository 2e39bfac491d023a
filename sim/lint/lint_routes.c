/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are there agents for what is to be done? Channels without a team (E304), an empty channel mix
 * (E307), queues without agents (E308), a profile of zeros (E314), teams without skills (E315). */
#include "base/units.h"
#include "lint/lint_part.h"
#include "model/timetable.h"

/* Some team must at some time have agents for the contacts of the queue. */
void ccs_lint_queue(struct ccs_lint *c, uint16_t index, const char *what)
{
    const struct ccs_queue_plan *queue = &c->model->queues[index];
    for (uint16_t i = 0; i < queue->team_n; i++) {
        const struct ccs_team_config *team = ccs_config_team(c->config, queue->team[i]);
        bool says_nothing = !team->agents.is_constant && team->agents.n == 0 && team->shifts.n == 0;
        bool comes = ccs_series_least(&team->absence) < 1;
        bool in_time = queue->service[i].after < c->config->run.horizon + c->config->run.follow_up;
        bool has_some = ccs_round(ccs_team_most_agents(team)) > queue->service[i].reserve;
        if (says_nothing || (has_some && comes && in_time)) {
            return; /* a team that says nothing about agents is reported on its own */
        }
    }
    const struct ccs_service *first = &queue->service[0];
    const struct ccs_team_config *team = ccs_config_team(c->config, queue->team[0]);
    bool is_late = first->after >= c->config->run.horizon + c->config->run.follow_up;
    ccs_lint_report(c, CCS_E308,
                    CCS_AT(c, "teams", c->config->teams.name[queue->team[0]],
                           is_late                                 ? "overflow_after_s"
                           : ccs_series_least(&team->absence) >= 1 ? "absence"
                           : team->shifts.n > 0                    ? "shifts"
                                                                   : "agents"),
                    "%s, and nobody else %s",
                    is_late              ? "takes what has waited longer than the whole run"
                    : first->reserve > 0 ? "never has more agents on duty than it keeps in reserve"
                    : ccs_series_least(&team->absence) >= 1
                        ? "never has anybody on duty: `absence` is 1"
                        : "never has anybody on duty",
                    what);
}

void ccs_lint_special(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
    for (int ty = 0; ty < m->type_n; ty++) {
        if (m->work[ty] != CCS_NO_QUEUE) {
            ccs_lint_queue(c, m->work[ty], "does its back-office work");
        }
    }
    if (m->desk != CCS_NO_QUEUE) {
        ccs_lint_queue(c, m->desk, "talks to customers who want to cancel");
    }
}

void ccs_lint_channel_mix(struct ccs_lint *c, int ty)
{
    const struct ccs_model *m = c->model;
    const char *name = c->config->issue_types.name[ty];
    const struct ccs_real_map *mix = &ccs_config_type(c->config, ty)->channel_mix;
    double total = 0.0;
    for (int ch = 0; ch < m->channel_n; ch++) {
        double weight = m->channel_n == 1 ? 1.0 : mix->n ? mix->v[ch] : 0.0;
        total += weight;
        if (weight > 0 && ccs_model_first_tier(m, ch, ty) == 0) {
            ccs_lint_report(
                c, CCS_E304, CCS_AT(c, "issue_types", name),
                "nobody serves this type on channel `%s`: give a team that channel and skill",
                c->config->channels.name[ch]);
        } else if (weight > 0) {
            ccs_lint_queue(c, ccs_model_first_queue(m, ch, ty), "takes these contacts");
        }
    }
    if (total <= 0) {
        ccs_lint_report(
            c, CCS_E307, CCS_AT(c, "issue_types", name, "channel_mix"),
            "there is more than one channel: say where customers try first, with at least one "
            "weight above 0");
    }
    if (!ccs_config_type(c->config, ty)->profile.is_constant &&
        ccs_series_mean(&ccs_config_type(c->config, ty)->profile) <= 0) {
        ccs_lint_report(c, CCS_E314, CCS_AT(c, "issue_types", name, "profile"),
                        "must not be 0 everywhere");
    }
}

void ccs_lint_skills(struct ccs_lint *c)
{
    const struct ccs_map *teams = &c->config->teams;
    for (int t = 0; t < c->model->team_n; t++) {
        const struct ccs_team_config *team = ccs_config_team(c->config, t);
        if (ccs_map_has(teams, t) && team->skills.index && team->skills.n == 0) {
            ccs_lint_report(
                c, CCS_E315, CCS_AT(c, "teams", teams->name[t], "skills"),
                "an agent without any skill can serve nobody: leave the key out for all types");
        }
    }
}
