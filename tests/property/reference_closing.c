/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: closing time, see reference.h. */
#include "reference.h"

static bool is_open(const struct reference *m, int t, ccs_time at)
{
    return ref_is_open(m, ref_calendar_of(m, ref_team_of(m, t)->calendar), at);
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
    ref_note_wait(m, call, m->now);
    ref_cancel(m, PATIENCE, c);
    ref_cancel(m, OVERFLOW, c);
}

/* Of a team with shifts: those who were at work, not on a break, not absent. */
static void keep(struct reference *m, int t, bool is_open_now)
{
    for (int a = 0; a < m->agent_n; a++) {
        struct agent *ag = &m->agent[a];
        if (ag->team == t && m->team[t].has_shifts) {
            ag->stays = !is_open_now && ref_is_due(m, ag, m->now - 1);
        }
    }
}

/* How many of those who stayed could take somebody now. */
int ref_staying_of(const struct reference *m, int t)
{
    int n = m->team[t].has_shifts ? 0 : m->team[t].staying - m->team[t].busy;
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        n += ag->team == t && ag->stays && ag->where == OFF;
    }
    return n > 0 ? n : 0;
}

/* One of them: with shifts the first by number, otherwise who went last. */
int ref_staying_agent(const struct reference *m, int t)
{
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        if (ag->team == t && ag->stays && ag->where == OFF) {
            return a;
        }
    }
    return ref_first_of(m, t, OFF, false);
}

/* The team of which somebody stayed who can take a call that was inside; -1 if none. */
int ref_staying_team_for(const struct reference *m, const struct call *call)
{
    int best = -1;
    for (int t = 0; t < m->team_n; t++) {
        if (ref_serves(m, t, call) && ref_staying_of(m, t) > 0 &&
            (best < 0 || ref_ranks_before(m, t, best, call->queue_type))) {
            best = t;
        }
    }
    return best;
}

void ref_close(struct reference *m, int t, int before)
{
    if (is_open(m, t, m->now)) {
        m->team[t].staying = 0;
        keep(m, t, true);
        return;
    }
    if (!is_open(m, t, m->now - 1)) {
        return;
    }
    m->team[t].staying = before;
    keep(m, t, false);
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
