/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: closing time of teams by headcount, see reference.h. */
#include "reference.h"

#include "center/timetable.h"

static bool is_open(const struct reference *m, int t, ccs_time at)
{
    int calendar = ref_team_of(m, t)->calendar;
    ccs_time until;
    return calendar < 0 ||
           ccs_calendar_open(CCS_MAP_AT(m->config->calendars, struct ccs_calendar_config, calendar),
                             m->config->run.start_day, at, &until);
}

/* Was the team the last that could still take the call? */
static bool is_last(const struct reference *m, int team, const struct call *call)
{
    bool is_closed = ref_serves(m, team, call);
    for (int t = 0; t < m->team_n; t++) {
        is_closed = is_closed && !(ref_serves(m, t, call) && is_open(m, t, m->now));
    }
    return is_closed;
}

static void clear_waiting(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    ccs_time wait = m->now - call->since;
    if (call->is_offered && !call->is_answered) {
        struct ccs_access *a = ref_access_of(m, call->since, call->channel);
        a->cleared++;
        a->waited += wait > 0;
        a->wait_us += wait;
        a->over_2min += wait > 120 * CCS_US_PER_S;
        a->over_5min += wait > 300 * CCS_US_PER_S;
    }
    call->effort_us += wait;
    ref_cancel(m, PATIENCE, c);
    ref_cancel(m, OVERFLOW, c);
}

void ref_close(struct reference *m, int t, int before)
{
    if (is_open(m, t, m->now)) {
        m->team[t].staying = 0;
        return;
    }
    if (!is_open(m, t, m->now - 1)) {
        return;
    }
    m->team[t].staying = before;
    for (size_t i = 0; i < m->call_n; i++) {
        struct call *call = &m->calls[i];
        int what = ref_channel_of(m, call->channel)->at_closing;
        if ((call->state != WAITING && call->state != IN_IVR) || call->is_callback ||
            !is_last(m, t, call)) {
            continue;
        }
        if (what == CCS_CLOSING_SERVE_OUT) {
            call->stays = true;
        } else if (what == CCS_CLOSING_CLEAR && ref_is_live(m, call->channel)) {
            if (call->state == WAITING) {
                clear_waiting(m, (int)i);
            } else {
                ref_cancel(m, QUEUE, (int)i);
                if (ref_in_window(m)) {
                    ref_access_of(m, m->now, call->channel)->cleared_early++;
                }
            }
            m->in_channel[call->channel]--;
            ref_lose(m, (int)i, CCS_LOSS_ABANDONED);
        }
    }
}
