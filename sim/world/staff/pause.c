/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unplanned pauses of agents: see pause.h. */
#include "world/staff/pause.h"

#include "base/units.h"
#include "world/booking.h"
#include "world/staff/agent.h"
#include "world/staff/team.h"

ccs_time ccs_pause_draw(const struct ccs_world *w, const struct ccs_issue *is,
                        const struct ccs_contact *ct)
{
    const struct ccs_pause_config *cfg = w->model->teams[ct->team].config->pause_after_contact;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_PAUSE, ct->leg);
    return ccs_stream_uniform(&s) < cfg->probability
               ? ccs_time_from_s(ccs_dist_draw(&cfg->length, &s))
               : 0;
}

void ccs_pause_level(struct ccs_team *tm)
{
    int32_t room = tm->present > tm->busy ? tm->present - tm->busy : 0;
    if (tm->paused > room) {
        tm->pauses_over += tm->paused - room;
        tm->paused = room;
    }
    tm->level = tm->present - tm->paused;
    tm->away = tm->absent + tm->paused;
}

void ccs_pause_forget(struct ccs_team *tm)
{
    tm->pauses_over += tm->paused;
    tm->paused = 0;
}

void ccs_pause_begin(struct ccs_world *w, uint16_t team, uint32_t agent, ccs_time length)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    if (w->model->teams[team].shift_n > 0) {
        struct ccs_agent *a = ccs_agent_at(w, agent);
        if (a->owed == 0) {
            a->owed = length;
            a->owed_paid = true;
        }
        ccs_team_release(w, team, agent);
        return;
    }
    if (tm->busy > tm->level) { /* the agent works past the end of duty and goes home */
        ccs_team_release(w, team, agent);
        return;
    }
    ccs_team_touch(w, team);
    tm->busy--;
    tm->paused++;
    ccs_pause_level(tm);
    if (w->model->has_agents) {
        ccs_agent_pause(w, agent);
    }
    ccs_world_schedule(w, w->now + length, CCS_EV_PAUSE_END, team);
}

void ccs_pause_end_event(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    if (tm->pauses_over > 0) {
        tm->pauses_over--;
        return;
    }
    ccs_team_touch(w, team);
    tm->paused--;
    ccs_pause_level(tm);
    if (w->model->has_agents) {
        ccs_agents_level(w, (uint16_t)team);
    }
    ccs_team_serve(w, (uint16_t)team);
}
