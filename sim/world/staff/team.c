/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staffing and serving: see team.h. */
#include "world/staff/team.h"

#include "base/units.h"
#include "model/roster.h"
#include "model/timetable.h"
#include "world/booking.h"
#include "world/case/leg.h"
#include "world/queue/contact.h"
#include "world/queue/routing.h"
#include "world/queue/waiting.h"
#include "world/staff/agent.h"
#include "world/staff/closing.h"
#include "world/staff/pause.h"

/* How many agents are due now in a team staffed by headcount; `until`: when that changes. */
static int32_t headcount(const struct ccs_world *w, uint16_t team, ccs_time *until)
{
    const struct ccs_config *config = w->model->config;
    const struct ccs_team_config *cfg = ccs_team_of(w, team);
    *until = CCS_TIME_NEVER;
    if (config->teams.present && !config->teams.present[team]) {
        return 0;
    }
    if (!ccs_calendar_open(ccs_config_calendar(config, cfg->calendar), config->run.start_day,
                           w->now, until)) {
        return 0;
    }
    ccs_time change;
    double agents = ccs_series_at(&cfg->agents, config->run.start_day, w->now, &change);
    int32_t n = (int32_t)ccs_round(cfg->agents_factor * agents);
    *until = change < *until ? change : *until;
    return n;
}

/* Staffs a team with shifts: each agent follows the roster. The only staffing events are the
 * changes of the calendar, for closing time. */
static void staff_shifts(struct ccs_world *w, uint16_t team)
{
    const struct ccs_config *config = w->model->config;
    int32_t calendar = ccs_team_of(w, team)->calendar;
    if (w->model->has_closing && calendar >= 0) {
        ccs_time until;
        ccs_calendar_open(ccs_config_calendar(config, calendar), config->run.start_day, w->now,
                          &until);
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
    tm->present = ccs_roster_present(w->model, w->key, team, due, w->now, &tm->absent, &until);
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

/* The contact that a free agent of the team takes next where the model routes plainly. */
static uint32_t next_contact(const struct ccs_world *w, const struct ccs_team_plan *plan)
{
    const struct ccs_queue *queues = w->queues.data;
    const struct ccs_contact *contacts = w->contacts.data;
    uint32_t best = CCS_NONE;
    int16_t best_priority = 0;
    for (uint16_t i = 0; i < plan->queue_n; i++) {
        uint32_t head = queues[plan->queue[i]].head;
        if (head == CCS_NONE) {
            continue;
        }
        int16_t priority = w->model->queues[plan->queue[i]].priority;
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
            return; /* no contact waits for the team, not even one to serve out */
        }
        if (!ccs_event_list_has_room(&w->events, 8)) { /* one event may start many legs */
            w->status = ccs_event_list_reserve(&w->events, w->budget, 64);
            if (w->status) {
                return;
            }
        }
        ccs_waiting_leave(w, contact);
        ccs_leg_start(w, contact, team);
    }
    if (tm->closing_agents > 0 || tm->is_serving_out) {
        ccs_closing_serve(w, team);
    }
}

void ccs_team_take(struct ccs_world *w, uint16_t team, const struct ccs_contact *ct,
                   const struct ccs_issue *is)
{
    ccs_team_touch(w, team);
    if (w->model->has_agents) {
        ccs_contact_extra_at(w, ccs_contact_index(w, ct))->agent = ccs_agent_take(w, team, ct, is);
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
    uint16_t queue = ccs_model_inbound_queue(w->model, channel, type, tier);
    if (queue == CCS_NO_QUEUE) {
        return false;
    }
    const struct ccs_queue_plan *plan = &w->model->queues[queue];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        const struct ccs_team *tm = &((const struct ccs_team *)w->teams.data)[plan->team[i]];
        if (tm->level > 0 || tm->paused > 0) { /* an agent in a pause will be back */
            return true;
        }
    }
    return false;
}
