/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staffing and serving: see team.h. */
#include "center/team.h"

#include "base/units.h"
#include "center/books.h"
#include "center/closing.h"
#include "center/contact.h"
#include "center/leg.h"
#include "center/routing.h"
#include "center/timetable.h"

#include <math.h>

static const struct ccs_field team_fields[] = {
    {.key = "agents",
     .type = CCS_FIELD_SERIES,
     .offset = offsetof(struct ccs_team_config, agents),
     .min = 0,
     .max = 1000000,
     .unit = "agents on duty",
     .help = "Headcount, constant or by interval (inline or CSV); rounded to whole agents. Outside "
             "the team's calendar nobody is on duty."},
    {.key = "tier",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_team_config, tier),
     .min = 1,
     .max = CCS_TIER_MAX,
     .def = "1",
     .help = "1 takes first contacts; an escalation goes to the next higher tier that serves the "
             "issue type."},
    {.key = "calendar",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_team_config, calendar),
     .ref = "calendars",
     .def = "null",
     .help = "When the team works; left out: always."},
    {.key = "channels",
     .type = CCS_FIELD_REF_LIST,
     .offset = offsetof(struct ccs_team_config, channels),
     .ref = "channels",
     .def = "null",
     .help = "Channels the team serves; left out: all; an empty list: none (back office)."},
    {.key = "skills",
     .type = CCS_FIELD_REF_LIST,
     .offset = offsetof(struct ccs_team_config, skills),
     .ref = "issue_types",
     .def = "null",
     .help = "Issue types the team serves; left out: all."},
    {.key = "wage_per_h",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct ccs_team_config, wage_per_h),
     .max = 1e6,
     .unit = "currency per hour",
     .def = "0",
     .help = "Full cost of an hour on duty."},
    {.key = "target_occupancy",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, target_occupancy),
     .min = 0.05,
     .max = 1,
     .def = "0.85",
     .source = "assumption: planners' usual ceiling of 80 to 90 %",
     .help = "Occupancy at which `cost_workload` prices handled time, as if staff followed work."},
    {.key = "talk_factor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, talk_factor),
     .min = 0.01,
     .max = 100,
     .def = "1",
     .help = "Factor on talk time for this team."},
    {.key = "skill_priority",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, skill_priority),
     .ref = "issue_types",
     .min = -1000,
     .max = 1000,
     .def = "null",
     .help = "Priority of a skill, by issue type; types not mentioned have 0. A contact goes to "
             "free teams with the highest one first; for a free agent it adds to the priorities of "
             "channel and issue type."},
    {.key = "overflow_after_s",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, overflow_after_s),
     .ref = "issue_types",
     .min = 0,
     .max = 1e6,
     .unit = "s",
     .def = "null",
     .help = "The team takes contacts of an issue type only once they have waited so long; types "
             "not mentioned at once."},
    {.key = "reserve",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, reserve),
     .ref = "issue_types",
     .min = 0,
     .max = 1000000,
     .unit = "agents",
     .def = "null",
     .help = "Agents kept free: the team takes contacts and work of an issue type only while more "
             "than so many agents are free; types not mentioned while anybody is."},
};

const struct ccs_section ccs_team_section = {
    .title = "team",
    .help = "A group of alike agents.",
    .size = sizeof(struct ccs_team_config),
    .field = team_fields,
    .field_n = sizeof team_fields / sizeof team_fields[0],
};

static const struct ccs_team_config *config_of(const struct ccs_world *w, uint32_t team)
{
    return CCS_MAP_AT(w->model->config->teams, struct ccs_team_config, team);
}

void ccs_team_staff(struct ccs_world *w, uint32_t team)
{
    const struct ccs_config *config = w->model->config;
    const struct ccs_team_config *cfg = config_of(w, team);
    int32_t level = 0;
    ccs_time until = CCS_TIME_NEVER;
    if (!config->teams.present || config->teams.present[team]) {
        const struct ccs_calendar_config *calendar =
            cfg->calendar < 0
                ? NULL
                : CCS_MAP_AT(config->calendars, struct ccs_calendar_config, cfg->calendar);
        bool open = ccs_calendar_open(calendar, config->run.start_day, w->now, &until);
        if (open) {
            ccs_time change;
            level = (int32_t)ccs_round(
                ccs_series_at(&cfg->agents, config->run.start_day, w->now, &change));
            until = change < until ? change : until;
        }
    }
    ccs_team_touch(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    int32_t before = tm->level;
    tm->level = level;
    tm->staffing_event = CCS_EVENT_NONE;
    if (until != CCS_TIME_NEVER) {
        tm->staffing_event = ccs_world_schedule(w, until, CCS_EV_STAFFING, team);
    }
    ccs_closing_staffed(w, (uint16_t)team, before);
    ccs_team_serve(w, (uint16_t)team);
}

/* The contact a free agent of the team takes next, by priority alone. */
static uint32_t next_contact(const struct ccs_world *w, const struct ccs_team_plan *plan)
{
    const struct ccs_lane *lanes = w->lanes.data;
    const struct ccs_contact *contacts = w->contacts.data;
    uint32_t best = CCS_NONE;
    int16_t best_priority = 0;
    for (uint16_t i = 0; i < plan->lane_n; i++) {
        uint32_t head = lanes[plan->lane[i]].head;
        if (head == CCS_NONE) {
            continue;
        }
        int16_t priority = w->model->lanes[plan->lane[i]].priority;
        if (best != CCS_NONE && priority < best_priority) {
            break;
        }
        if (best == CCS_NONE || contacts[head].u.wait.order < contacts[best].u.wait.order) {
            best = head;
            best_priority = priority;
        }
    }
    return best;
}

void ccs_team_serve(struct ccs_world *w, uint16_t team)
{
    const struct ccs_team_plan *plan = &w->model->teams[team];
    const struct ccs_team *tm = ccs_team_at(w, team);
    while (tm->busy < tm->level) {
        uint32_t contact =
            w->model->routes_plainly ? next_contact(w, plan) : ccs_routing_contact(w, team);
        if (contact == CCS_NONE) {
            return; /* nor anybody who has stayed */
        }
        if (w->events.heap.len + 8 > w->events.heap.cap) { /* one event may start many */
            w->status = ccs_event_list_reserve(&w->events, w->budget, 64);
            if (w->status) {
                return;
            }
        }
        ccs_contact_unqueue(w, contact);
        ccs_leg_start(w, contact, team);
    }
    if (tm->staying > 0) {
        ccs_closing_serve(w, team);
    }
}

void ccs_team_release(struct ccs_world *w, uint16_t team)
{
    ccs_team_touch(w, team);
    ccs_team_at(w, team)->busy--;
    ccs_team_serve(w, team);
}

bool ccs_team_on_duty(const struct ccs_world *w, int channel, int type, int tier)
{
    uint16_t lane = ccs_model_inbound_lane(w->model, channel, type, tier);
    if (lane == CCS_NO_LANE) {
        return false;
    }
    const struct ccs_lane_plan *plan = &w->model->lanes[lane];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        if (((const struct ccs_team *)w->teams.data)[plan->team[i]].level > 0) {
            return true;
        }
    }
    return false;
}
