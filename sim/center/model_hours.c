/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hours of channels and of those who serve them (W407): a channel that is open at no time of the
 * run, a team on duty at no time of it, and callers whom nobody can ever answer because the teams
 * for them come only when the channel has closed. Where customers need not wait on the line (forms,
 * voicemail) the last is as it should be.
 *
 * All that changes at known times is walked through, at most for the first ten years.
 */
#include "base/units.h"
#include "center/model_compiler.h"
#include "center/timetable.h"

#include <stdio.h>

#define LONGEST_LOOK (10 * CCS_US_PER_YEAR)

static ccs_time end_of_look(const struct compiler *c)
{
    ccs_time end = ccs_model_last_end(c);
    return end < LONGEST_LOOK ? end : LONGEST_LOOK;
}

static const struct ccs_calendar_config *calendar_at(const struct compiler *c, int32_t calendar)
{
    return calendar < 0 ? NULL
                        : CCS_MAP_AT(c->config->calendars, struct ccs_calendar_config, calendar);
}

static void shorten(ccs_time *until, ccs_time end)
{
    *until = end < *until ? end : *until;
}

/* Is anybody of the team scheduled at t? Until when that holds, at least. */
static bool is_on_duty(const struct compiler *c, uint16_t team, ccs_time t, ccs_time *until)
{
    const struct ccs_team_config *cfg = team_at(c, team);
    const struct ccs_team_plan *plan = &c->model->teams[team];
    int64_t start = c->config->run.start_day;
    ccs_time change;
    if (plan->shift_n == 0) {
        if (!ccs_calendar_open(calendar_at(c, cfg->calendar), start, t, until)) {
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
static bool do_meet(const struct compiler *c, const struct ccs_calendar_config *calendar,
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

static bool is_ever_open(const struct compiler *c, const struct ccs_calendar_config *calendar)
{
    return ccs_calendar_next_open(calendar, c->config->run.start_day, 0) < ccs_model_last_end(c);
}

/* A team that has agents, but not in this run. */
static void check_team(struct compiler *c, uint16_t team)
{
    const struct ccs_team_config *cfg = team_at(c, team);
    if (ccs_round(ccs_model_most_agents(cfg)) <= 0 || do_meet(c, NULL, &team, 1)) {
        return; /* without agents at all: said elsewhere, or meant */
    }
    ccs_model_fail(c, CCS_W407, "teams", c->config->teams.name[team],
                   cfg->shifts.n > 0    ? "shifts"
                   : cfg->calendar >= 0 ? "calendar"
                                        : "agents",
                   "nobody of this team is on duty at any time of the run: check the days, and "
                   "`run.start` and `run.horizon`");
}

static bool has_weight(const struct compiler *c, int channel, int type)
{
    const struct ccs_real_map *mix = &type_at(c, type)->channel_mix;
    return c->model->channel_n == 1 || (mix->n > 0 && mix->v[channel] > 0);
}

static void check_queue(struct compiler *c, int channel, int type)
{
    const struct ccs_model *m = c->model;
    int tier = ccs_model_first_tier(m, channel, type);
    if (tier == 0 || !has_weight(c, channel, type)) {
        return;
    }
    const struct ccs_lane_plan *lane = &m->lanes[ccs_model_inbound_lane(m, channel, type, tier)];
    if (do_meet(c, NULL, lane->team, lane->team_n) &&
        !do_meet(c, calendar_at(c, channel_at(c, channel)->calendar), lane->team, lane->team_n)) {
        char text[300];
        snprintf(text, sizeof text,
                 "nobody who serves this type on channel `%.100s` is on duty at any time at which "
                 "the channel is open: let their hours meet, or give it `voicemail`",
                 c->config->channels.name[channel]);
        ccs_model_fail(c, CCS_W407, "issue_types", c->config->issue_types.name[type], "", text);
    }
}

void ccs_model_check_hours(struct compiler *c)
{
    for (uint16_t t = 0; t < c->model->team_n; t++) {
        if (is_present(&c->config->teams, t)) {
            check_team(c, t);
        }
    }
    for (int ch = 0; ch < c->model->channel_n; ch++) {
        const struct ccs_channel_config *cfg = channel_at(c, ch);
        if (!is_present(&c->config->channels, ch) || cfg->calendar < 0) {
            continue;
        }
        if (!is_ever_open(c, calendar_at(c, cfg->calendar))) {
            ccs_model_fail(c, CCS_W407, "channels", c->config->channels.name[ch], "calendar",
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
