/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours of channels and of the teams that serve them (W407): a channel that is never open during
 * the run, a team that is never on duty, and callers whom no agent can ever answer because their
 * teams come only when the channel has closed. The last is as it should be where customers need not
 * wait on the line (forms, voicemail). Calendars without hours are E316.
 *
 * The checks walk through all changes at known times, at most for the first ten years.
 */
#include "base/units.h"
#include "lint/lint_part.h"
#include "model/timetable.h"

#define LONGEST_LOOK (10 * CCS_US_PER_YEAR)

static ccs_time end_of_look(struct ccs_lint *c)
{
    ccs_time end = ccs_run_last_end(&c->config->run);
    return end < LONGEST_LOOK ? end : LONGEST_LOOK;
}

static void shorten(ccs_time *until, ccs_time end)
{
    *until = end < *until ? end : *until;
}

/* Is an agent of the team scheduled at t? `until`: the answer holds at least until then. */
static bool is_on_duty(struct ccs_lint *c, uint16_t team, ccs_time t, ccs_time *until)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    const struct ccs_team_plan *plan = &c->model->teams[team];
    int64_t start = c->config->run.start_day;
    ccs_time change;
    if (plan->shift_n == 0) {
        if (!ccs_calendar_open(ccs_config_calendar(c->config, cfg->calendar), start, t, until)) {
            return false;
        }
        bool has_agents = ccs_round(ccs_series_at(&cfg->agents, start, t, &change)) > 0;
        shorten(until, change);
        return has_agents;
    }
    bool found = false;
    *until = CCS_TIME_NEVER;
    for (uint16_t i = 0; i < plan->shift_n; i++) {
        bool works = ccs_calendar_open(&plan->shift[i].hours, start, t, &change);
        found = found || (works && plan->shift[i].agents > 0);
        shorten(until, change);
    }
    return found;
}

/* Is any of n teams on duty at any time of the run at which the calendar (NULL: always) is open? */
static bool do_meet(struct ccs_lint *c, const struct ccs_calendar_config *calendar,
                    const uint16_t *team, uint16_t n)
{
    ccs_time end = end_of_look(c);
    for (ccs_time t = 0; t < end;) {
        ccs_time until;
        bool is_open = ccs_calendar_open(calendar, c->config->run.start_day, t, &until);
        for (uint16_t i = 0; is_open && i < n; i++) {
            ccs_time change;
            if (is_on_duty(c, team[i], t, &change)) {
                return true;
            }
            shorten(&until, change);
        }
        t = until;
    }
    return false;
}

static bool is_ever_open(struct ccs_lint *c, const struct ccs_calendar_config *calendar)
{
    return ccs_calendar_next_open(calendar, c->config->run.start_day, 0) <
           ccs_run_last_end(&c->config->run);
}

/* Reports a team that has agents, but none during this run. */
static void check_team(struct ccs_lint *c, uint16_t team)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    if (ccs_round(ccs_team_most_agents(cfg)) <= 0 || do_meet(c, NULL, &team, 1)) {
        return; /* lint_routes.c reports a team without agents where they are needed */
    }
    ccs_lint_report(c, CCS_W407,
                    CCS_AT(c, "teams", c->config->teams.name[team],
                           cfg->shifts.n > 0    ? "shifts"
                           : cfg->calendar >= 0 ? "calendar"
                                                : "agents"),
                    "nobody of this team is on duty at any time of the run: check the days, and "
                    "`run.start` and `run.horizon`");
}

static bool has_weight(struct ccs_lint *c, int channel, int type)
{
    const struct ccs_real_map *mix = &ccs_config_type(c->config, type)->channel_mix;
    return c->model->channel_n == 1 || (mix->n > 0 && mix->v[channel] > 0);
}

static void check_queue(struct ccs_lint *c, int channel, int type)
{
    const struct ccs_model *m = c->model;
    int tier = ccs_model_first_tier(m, channel, type);
    if (tier == 0 || !has_weight(c, channel, type)) {
        return;
    }
    const struct ccs_queue_plan *queue =
        &m->queues[ccs_model_inbound_queue(m, channel, type, tier)];
    if (do_meet(c, NULL, queue->team, queue->team_n) &&
        !do_meet(c,
                 ccs_config_calendar(c->config, ccs_config_channel(c->config, channel)->calendar),
                 queue->team, queue->team_n)) {
        ccs_lint_report(
            c, CCS_W407, CCS_AT(c, "issue_types", c->config->issue_types.name[type]),
            "nobody who serves this type on channel `%.100s` is on duty at any time at which "
            "the channel is open: let their hours meet, or give it `voicemail`",
            c->config->channels.name[channel]);
    }
}

void ccs_lint_hours(struct ccs_lint *c)
{
    for (uint16_t t = 0; t < c->model->team_n; t++) {
        if (ccs_map_has(&c->config->teams, t)) {
            check_team(c, t);
        }
    }
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        const struct ccs_channel_config *cfg = ccs_config_channel(c->config, ch);
        if (!ccs_map_has(&c->config->channels, ch) || cfg->calendar < 0) {
            continue;
        }
        if (!is_ever_open(c, ccs_config_calendar(c->config, cfg->calendar))) {
            ccs_lint_report(c, CCS_W407,
                            CCS_AT(c, "channels", c->config->channels.name[ch], "calendar"),
                            "the channel is open at no time of the run: check the hours, and "
                            "`run.start` and `run.horizon`");
            continue;
        }
        for (int ty = 0; ty < c->model->type_n && cfg->kind != CCS_CHANNEL_FORM && !cfg->voicemail;
             ty++) {
            check_queue(c, ch, ty);
        }
    }
}

void ccs_lint_calendars(struct ccs_lint *c)
{
    const struct ccs_map *calendars = &c->config->calendars;
    for (size_t k = 0; k < calendars->n; k++) {
        const struct ccs_calendar_config *calendar = ccs_config_calendar(c->config, (int)k);
        if (ccs_map_has(calendars, (int)k) && calendar->hours.n == 0) {
            ccs_lint_report(c, CCS_E316, CCS_AT(c, "calendars", calendars->name[k], "hours"),
                            "never open: nobody who depends on it would ever be served");
        }
    }
}
