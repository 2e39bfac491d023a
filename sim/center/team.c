/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staffing and serving: see team.h. */
#include "center/team.h"

#include "base/units.h"
#include "center/agent.h"
#include "center/books.h"
#include "center/closing.h"
#include "center/contact.h"
#include "center/leg.h"
#include "center/pause.h"
#include "center/roster.h"
#include "center/routing.h"
#include "center/timetable.h"
#include "center/wage.h"

#include <math.h>

static const struct ccs_field break_fields[] = {
    {.key = "after",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, after),
     .min = 0,
     .max = 86400,
     .help = "How long after the beginning of the shift it begins."},
    {.key = "length",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, length),
     .min = 1,
     .max = 86400,
     .help = "How long it lasts. Who is in a contact when it begins takes it afterwards, whole, at "
             "most until the end of the shift."},
    {.key = "spread",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, spread),
     .min = 0,
     .max = 86400,
     .def = "\"0 s\"",
     .help = "The agents of the shift begin it one after the other, evenly over this time; 0: all "
             "at once."},
    {.key = "paid",
     .type = CCS_FIELD_BOOL,
     .offset = offsetof(struct ccs_break_config, paid),
     .def = "false",
     .help = "Whether it is paid."},
};

static const struct ccs_section break_section = {
    .title = "break",
    .help = "A break or lunch in a shift.",
    .size = sizeof(struct ccs_break_config),
    .field = break_fields,
    .field_n = sizeof break_fields / sizeof break_fields[0],
};

static const struct ccs_field shift_fields[] = {
    {.key = "agents",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_shift_config, agents),
     .min = 0,
     .max = 100000,
     .unit = "agents",
     .help = "How many agents have this shift."},
    {.key = "hours",
     .type = CCS_FIELD_HOURS,
     .offset = offsetof(struct ccs_shift_config, hours),
     .help = "When, by day of the week; a shift over midnight is written as two spans that meet. "
             "It does not take place on holidays of the team's calendar."},
    {.key = "breaks",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct ccs_shift_config, breaks),
     .section = &break_section,
     .help = "Breaks and lunches, by name."},
};

static const struct ccs_section shift_section = {
    .title = "shift",
    .help = "Hours of the week that agents of a team have in common.",
    .size = sizeof(struct ccs_shift_config),
    .field = shift_fields,
    .field_n = sizeof shift_fields / sizeof shift_fields[0],
};

static const struct ccs_field team_fields[] = {
    {.key = "agents",
     .type = CCS_FIELD_SERIES,
     .offset = offsetof(struct ccs_team_config, agents),
     .min = 0,
     .max = 1000000,
     .unit = "agents on duty",
     .def = "null",
     .help = "Headcount, constant or by interval (inline or CSV), exact to the microsecond; 2.5 "
             "agents are 3 (halves away from zero). Outside the team's calendar nobody is on duty. "
             "Give either this or `shifts`."},
    {.key = "agents_factor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, agents_factor),
     .min = 0,
     .max = 100,
     .def = "1",
     .help = "Factor on `agents`, before rounding: 0.95 is five per cent fewer in every interval."},
    {.key = "shifts",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct ccs_team_config, shifts),
     .section = &shift_section,
     .help = "Shifts, by name, each with agents of its own; instead of `agents`."},
    {.key = "absence",
     .type = CCS_FIELD_SERIES,
     .offset = offsetof(struct ccs_team_config, absence),
     .min = 0,
     .max = 1,
     .unit = "probability",
     .def = "0",
     .help = "Probability that an agent is absent on a day, or from a shift (by the day on which "
             "it begins), each agent and day on its own. Of a table, the value where the shift, or "
             "by headcount the day, begins."},
    {.key = "absence_paid",
     .type = CCS_FIELD_BOOL,
     .offset = offsetof(struct ccs_team_config, absence_paid),
     .def = "true",
     .help = "Whether absence is paid. Shrinkage always is."},
    {.key = "shrinkage",
     .type = CCS_FIELD_SERIES,
     .offset = offsetof(struct ccs_team_config, shrinkage),
     .min = 0,
     .max = 0.95,
     .unit = "share",
     .def = "0",
     .help = "Share of the scheduled time that is lost to meetings, training, coaching: for each "
             "part of the day each agent is away with this probability (of a table, the value "
             "where the part begins). Absence comes on top."},
    {.key = "shrinkage_part",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_team_config, shrinkage_part),
     .min = 60,
     .max = 86400,
     .def = "\"1 h\"",
     .source = "assumption: length of a meeting",
     .help = "Length of the parts of the day, from midnight, for which an agent is away or not."},
    {.key = "speed_cv",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, speed_cv),
     .min = 0,
     .max = 5,
     .def = "0",
     .help = "How much agents differ: each has a factor on talk, gamma distributed with mean 1 and "
             "this coefficient of variation, for good."},
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
    {.key = "wage_surcharges",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct ccs_team_config, wage_surcharges),
     .section = &ccs_surcharge_section,
     .help =
         "Factors on the wage in the evening, on Sundays, on holidays, by name. `cost_workload` "
         "and the costs per issue stay at the plain wage."},
    {.key = "overtime_factor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, overtime_factor),
     .min = 0,
     .max = 100,
     .def = "1",
     .help = "Factor on the wage of overtime, times the surcharge of the hour: 1.5 is half more. "
             "Overtime is work after the end of the own shift, or beyond the headcount on duty."},
    {.key = "target_occupancy",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_team_config, target_occupancy),
     .min = 0.05,
     .max = 1,
     .def = "0.85",
     .source = "assumption: planners' usual ceiling of 80 to 90 %",
     .help = "Occupancy at which `cost_workload` prices handled time, as if staff followed work."},
    {.key = "talk_factor",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, talk_factor),
     .ref = "issue_types",
     .min = 0.01,
     .max = 100,
     .def = "1",
     .help = "Factor on talk time for this team: one number, or numbers by issue type (generalists "
             "are slower at some); types not mentioned have 1. The work content stays that of the "
             "issue: another team meets the same problem."},
    {.key = "wrap_factor",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, wrap_factor),
     .ref = "issue_types",
     .min = 0,
     .max = 100,
     .def = "1",
     .help = "The same for after-call work; 0: none."},
    {.key = "answer_delay",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_team_config, answer_delay),
     .unit = "duration",
     .def = "null",
     .help =
         "Time from the moment an agent is assigned until the talk begins (ringing, screen "
         "pop; for a promised call: dialling), at each leg on phone or chat. The agent is busy, "
         "booked as hold; for the customer it is waiting (speed of answer, service level), but "
         "nobody gives up in it."},
    {.key = "pause_after_contact",
     .type = CCS_FIELD_OPTIONAL,
     .offset = offsetof(struct ccs_team_config, pause_after_contact),
     .section = &ccs_pause_section,
     .help = "Pauses that nobody has planned."},
    {.key = "cost_per_contact",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct ccs_team_config, cost_per_contact),
     .max = 1e6,
     .unit = "currency per leg",
     .def = "0",
     .help =
         "What an outsourcer bills for each leg: each contact, promised call or piece of back "
         "office work that the team takes. Booked as `outsourcing` when the talk begins, beside "
         "`wage_per_h`, which is then usually 0."},
    {.key = "cost_per_handled_min",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct ccs_team_config, cost_per_handled_min),
     .max = 1e6,
     .unit = "currency per minute",
     .def = "0",
     .help = "What an outsourcer bills for each minute of talk, hold and wrap-up, time to answer "
             "included. Booked as `outsourcing`."},
    {.key = "skill_priority",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, skill_priority),
     .ref = "issue_types",
     .min = -1000,
     .max = 1000,
     .def = "null",
     .help = "Priority of a skill, by issue type; types not mentioned have 0. A contact goes to "
             "free teams with the highest one first; for a free agent it adds to the priorities of "
             "channel and issue type. `agent_priority` and `contact_priority` set the two apart."},
    {.key = "agent_priority",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, agent_priority),
     .ref = "issue_types",
     .min = -1000,
     .max = 1000,
     .def = "null",
     .help = "Which agent gets a contact: free teams with the highest number for its issue type "
             "are asked first. Instead of `skill_priority` in this direction; types not mentioned "
             "have 0."},
    {.key = "contact_priority",
     .type = CCS_FIELD_REAL_MAP,
     .offset = offsetof(struct ccs_team_config, contact_priority),
     .ref = "issue_types",
     .min = -1000,
     .max = 1000,
     .def = "null",
     .help = "Which contact an agent of this team takes: added to the priorities of channel and "
             "issue type. Instead of `skill_priority` in this direction; types not mentioned have "
             "0."},
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

/* How many are due at now in a team staffed by headcount; `until` when that changes. */
static int32_t headcount(const struct ccs_world *w, uint16_t team, ccs_time *until)
{
    const struct ccs_config *config = w->model->config;
    const struct ccs_team_config *cfg = config_of(w, team);
    *until = CCS_TIME_NEVER;
    if (config->teams.present && !config->teams.present[team]) {
        return 0;
    }
    const struct ccs_calendar_config *calendar =
        cfg->calendar < 0
            ? NULL
            : CCS_MAP_AT(config->calendars, struct ccs_calendar_config, cfg->calendar);
    if (!ccs_calendar_open(calendar, config->run.start_day, w->now, until)) {
        return 0;
    }
    ccs_time change;
    double agents = ccs_series_at(&cfg->agents, config->run.start_day, w->now, &change);
    int32_t n = (int32_t)ccs_round(cfg->agents_factor * agents);
    *until = change < *until ? change : *until;
    return n;
}

/* From here on the agents know when to come and go; closing time is the calendar's. */
static void staff_shifts(struct ccs_world *w, uint16_t team)
{
    const struct ccs_config *config = w->model->config;
    int32_t calendar = config_of(w, team)->calendar;
    if (w->model->has_closing && calendar >= 0) {
        ccs_time until;
        ccs_calendar_open(CCS_MAP_AT(config->calendars, struct ccs_calendar_config, calendar),
                          config->run.start_day, w->now, &until);
        if (until != CCS_TIME_NEVER) {
            ccs_team_at(w, team)->staffing_event =
                ccs_world_schedule(w, until, CCS_EV_STAFFING, team);
        }
    }
    ccs_pause_forget(ccs_team_at(w, team));
    ccs_agents_report(w, team);
    ccs_closing_staffed(w, team, 0);
    ccs_team_serve(w, team);
}

void ccs_team_staff(struct ccs_world *w, uint32_t index)
{
    uint16_t team = (uint16_t)index;
    struct ccs_team *tm = ccs_team_at(w, team);
    int32_t before = tm->level;
    ccs_team_touch(w, team);
    tm->staffing_event = CCS_EVENT_NONE;
    if (w->model->teams[team].shift_n > 0) {
        staff_shifts(w, team);
        return;
    }
    ccs_time until;
    int32_t due = headcount(w, team, &until);
    tm->present = ccs_roster_present(w->model, w->key, team, due, w->now, &until);
    tm->absent = w->model->teams[team].config->absence_paid ? due - tm->present : 0;
    ccs_pause_level(tm);
    if (until != CCS_TIME_NEVER) {
        tm->staffing_event = ccs_world_schedule(w, until, CCS_EV_STAFFING, team);
    }
    if (w->model->has_agents) {
        ccs_agents_level(w, team);
    }
    ccs_closing_staffed(w, team, before);
    ccs_team_serve(w, team);
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
    while (ccs_team_free(tm) > 0) {
        uint32_t contact =
            w->model->routes_plainly ? next_contact(w, plan) : ccs_routing_contact(w, team);
        if (contact == CCS_NONE) {
            return; /* nor anybody who has stayed */
        }
        if (!ccs_event_list_has_room(&w->events, 8)) { /* one event may start many */
            w->status = ccs_event_list_reserve(&w->events, w->budget, 64);
            if (w->status) {
                return;
            }
        }
        ccs_contact_unqueue(w, contact);
        ccs_leg_start(w, contact, team);
    }
    if (tm->staying > 0 || tm->has_stayed) {
        ccs_closing_serve(w, team);
    }
}

void ccs_team_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                   const struct ccs_issue *is)
{
    ccs_team_touch(w, team);
    if (w->model->has_agents) {
        ccs_seat_at(w, ccs_contact_index(w, ct))->agent = ccs_agent_take(w, team, ct, is);
    }
    ccs_team_at(w, team)->busy++;
}

void ccs_team_release(struct ccs_world *w, uint16_t team, uint32_t agent)
{
    ccs_team_touch(w, team);
    ccs_team_at(w, team)->busy--;
    if (w->model->has_agents) {
        ccs_agent_release(w, agent);
    }
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
        const struct ccs_team *tm = &((const struct ccs_team *)w->teams.data)[plan->team[i]];
        if (tm->level > 0 || tm->paused > 0) { /* who pauses will be back */
            return true;
        }
    }
    return false;
}
