/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must hold of engine and naive simulator alike, whatever they agree on: nobody is lost,
 * Little's law, and no period in which more was worked than the staff had time for. See
 * reference.h.
 */
#include "reference.h"

#define SAME(what, a, b)                                                                           \
    do {                                                                                           \
        if ((a) != (b)) {                                                                          \
            ck_abort_msg(what ": %lld, %lld", (long long)(a), (long long)(b));                     \
        }                                                                                          \
    } while (0)

/* The integrals of a team of the engine up to now. */
static struct team_time so_far(const struct ccs_world *w, int t)
{
    const struct ccs_team *tm = &((const struct ccs_team *)w->teams.data)[t];
    ccs_time dt = w->now - tm->touched;
    int over = tm->busy - tm->level > tm->late ? tm->busy - tm->level : tm->late;
    return (struct team_time){.busy_us = tm->busy_us + tm->busy * dt,
                              .level_us = tm->level_us + tm->level * dt,
                              .late_us = tm->overtime_us + (over > 0 ? over : 0) * dt,
                              .away_us = tm->away_us + tm->away * dt};
}

void ref_live_by_period(struct lone_world *lone, const struct ccs_model *model,
                        struct team_time time[MAX_PERIODS][MAX_TEAMS])
{
    struct team_time before[MAX_TEAMS] = {{0}};
    world_begin(lone, model);
    ccs_time period = model->config->run.period;
    ccs_time horizon = lone->w->horizon;
    for (int p = 0; p * period < horizon; p++) {
        world_run(lone, (p + 1) * period < horizon ? (p + 1) * period : horizon);
        for (int t = 0; t < model->team_n; t++) {
            struct team_time now = so_far(lone->w, t);
            time[p][t] = (struct team_time){.busy_us = now.busy_us - before[t].busy_us,
                                            .level_us = now.level_us - before[t].level_us,
                                            .late_us = now.late_us - before[t].late_us,
                                            .away_us = now.away_us - before[t].away_us};
            before[t] = now;
        }
    }
    ccs_world_close(lone->w);
    world_run(lone, horizon + model->config->run.follow_up);
    ccs_world_finish(lone->w);
}

/* Work is counted leg by leg; duty and overtime agent by agent, as time passes. */
static void check_time(const struct reference *m, struct team_time time[MAX_PERIODS][MAX_TEAMS])
{
    for (int p = 0; p * m->config->run.period < m->horizon; p++) {
        for (int t = 0; t < m->team_n; t++) {
            const struct team_time *e = &time[p][t];
            const struct team_time *r = &m->tally.time[p][t];
            SAME("busy in a period", e->busy_us, r->busy_us);
            SAME("on duty in a period", e->level_us, r->level_us);
            SAME("overtime in a period", e->late_us, r->late_us);
            SAME("away in a period", e->away_us, r->away_us);
            SAME("legs in a period, and busy", m->tally.worked_us[p][t], e->busy_us);
            MUST(m->tally.worked_us[p][t] <= e->level_us + e->late_us);
        }
    }
}

static void check_contacts(const struct reference *m, const struct ccs_world *w)
{
    int64_t lost_e = 0;
    int64_t lost_r = 0;
    const struct ccs_access *access = w->measure.access.data;
    for (uint32_t i = 0; i < w->measure.access.len; i++) {
        const struct ccs_access *e = &access[i];
        const struct ccs_access *r =
            &m->tally.access[i / (uint32_t)m->channel_n][i % (uint32_t)m->channel_n];
        lost_e += e->offered - e->answered - e->abandoned - e->balked - e->voicemail - e->cleared -
                  e->withdrawn;
        lost_r += r->offered - r->answered - r->abandoned - r->balked - r->voicemail - r->cleared;
    }
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = &((const struct ccs_contact *)w->contacts.data)[i];
        lost_e -= ct->phase == CCS_PHASE_WAITING && ct->measured && !ct->answered &&
                  ct->kind == CCS_CONTACT_INBOUND;
    }
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *x = &m->calls[i];
        lost_r -= x->state == WAITING && x->is_offered && !x->is_answered && !x->is_callback;
    }
    SAME("contacts lost", lost_e, 0);
    SAME("contacts lost by the reference", lost_r, 0);
}

void ref_check(const struct reference *m, const struct ccs_world *w,
               struct team_time time[MAX_PERIODS][MAX_TEAMS])
{
    check_contacts(m, w);
    SAME("Little's law", w->measure.sums.queue_us, w->measure.sums.waited_us);
    SAME("Little's law of the reference", m->tally.queue_us, m->tally.waited_us);
    check_time(m, time);
}
