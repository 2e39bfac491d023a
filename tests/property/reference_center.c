/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: contacts and their way, see reference.h. */
#include "reference.h"

/* ---- reading the scenario ---- */

const struct ccs_channel_config *ref_channel_of(const struct reference *m, int c)
{
    return ccs_config_channel(m->config, c);
}

const struct ccs_issue_type_config *ref_type_of(const struct reference *m, int y)
{
    return ccs_config_type(m->config, y);
}

const struct ccs_team_config *ref_team_of(const struct reference *m, int t)
{
    return ccs_config_team(m->config, t);
}

static bool lists(const struct ccs_ref_list *list, int index)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->index[i] == index) {
            return true;
        }
    }
    return list->index == NULL; /* left out: all */
}

/* Does the team take this type's contacts on this channel first? */
bool ref_takes(const struct reference *m, int t, int channel, int type)
{
    const struct ccs_team_config *own = ref_team_of(m, t);
    if (!lists(&own->channels, channel) || !lists(&own->skills, type)) {
        return false;
    }
    for (int k = 0; k < m->team_n; k++) {
        const struct ccs_team_config *other = ref_team_of(m, k);
        if (other->tier < own->tier && lists(&other->channels, channel) &&
            lists(&other->skills, type)) {
            return false;
        }
    }
    return true;
}

bool ref_is_live(const struct reference *m, int channel)
{
    return ref_channel_of(m, channel)->kind != CCS_CHANNEL_FORM;
}

/* ---- events ---- */

void ref_schedule(struct reference *m, ccs_time time, enum what what, int who)
{
    if (m->event_n == m->event_cap) {
        m->event_cap = 2 * m->event_cap + 64;
        m->events = realloc(m->events, m->event_cap * sizeof *m->events);
        ck_assert_ptr_nonnull(m->events);
    }
    m->events[m->event_n++] = (struct event){time, m->scheduled++, what, who};
}

void ref_cancel(struct reference *m, enum what what, int who)
{
    for (size_t i = 0; i < m->event_n; i++) {
        if (m->events[i].what == what && m->events[i].who == who) {
            m->events[i] = m->events[--m->event_n];
            return;
        }
    }
}

static struct event next_event(struct reference *m)
{
    size_t best = 0;
    for (size_t i = 1; i < m->event_n; i++) {
        const struct event *a = &m->events[i];
        const struct event *b = &m->events[best];
        if (a->time < b->time || (a->time == b->time && a->order < b->order)) {
            best = i;
        }
    }
    struct event ev = m->events[best];
    m->events[best] = m->events[--m->event_n];
    return ev;
}

bool ref_in_window(const struct reference *m)
{
    return m->now >= 0 && m->now < m->horizon;
}

/* The part of a leg that lies in the window, by period. */
void ref_note_work(struct reference *m, const struct agent *ag)
{
    ccs_time period = m->config->run.period;
    for (int p = 0; p * period < m->horizon; p++) {
        ccs_time from = ag->busy_from > p * period ? ag->busy_from : p * period;
        ccs_time to = (p + 1) * period < m->horizon ? (p + 1) * period : m->horizon;
        to = m->now < to ? m->now : to;
        m->tally.worked_us[p][ag->team] += from < to ? to - from : 0;
    }
}

/* The part of a wait that lies in the window. */
void ref_note_wait(struct reference *m, const struct call *call, ccs_time until)
{
    ccs_time from = call->since > 0 ? call->since : 0;
    ccs_time to = until < m->horizon ? until : m->horizon;
    m->tally.waited_us += call->state == WAITING && to > from ? to - from : 0;
}

/* Integrals over the window, from now to `t`. */
static void pass_time(struct reference *m, ccs_time t)
{
    ccs_time from = m->now > 0 ? m->now : 0;
    ccs_time to = t < m->horizon ? t : m->horizon;
    ccs_time border = (from / m->config->run.period + 1) * m->config->run.period;
    if (to > border) { /* no step over the border of a period */
        pass_time(m, border);
        pass_time(m, t);
        return;
    }
    struct team_time *here = m->tally.time[from < to ? from / m->config->run.period : 0];
    for (int i = 0; from < to && i < m->team_n; i++) {
        struct team *tm = &m->team[i];
        int level = tm->level;
        int away = tm->away;
        int late = tm->busy > tm->level ? tm->busy - tm->level : 0;
        if (tm->has_shifts) {
            level = ref_level_of(m, i);
            late = away = 0;
            for (int a = 0; a < m->agent_n; a++) {
                const struct agent *ag = &m->agent[a];
                late += ag->team == i && ag->where == BUSY && ag->is_late;
                away += ag->team == i && ag->where == PAUSE && ag->is_paid;
            }
        }
        here[i].busy_us += tm->busy * (to - from);
        here[i].level_us += level * (to - from);
        here[i].late_us += late * (to - from);
        here[i].away_us += away * (to - from);
    }
    for (size_t i = 0; from < to && i < m->call_n; i++) {
        m->tally.queue_us += m->calls[i].state == WAITING ? to - from : 0;
    }
    m->now = t;
}

/* ---- draws ---- */

struct ccs_stream ref_draw(const struct reference *m, const struct call *call,
                           enum ccs_purpose purpose, bool by_attempt)
{
    return ccs_stream_at(m->world_key, call->key, purpose, by_attempt ? call->attempts << 8 : 0);
}

/* What belongs to the attempt; `leg` numbers what happens in it. */
double ref_uniform(const struct reference *m, const struct call *call, enum ccs_purpose purpose,
                   uint32_t leg)
{
    return ccs_uniform_at(m->world_key, call->key, purpose, call->attempts << 8 | leg);
}

ccs_time ref_duration(const struct reference *m, const struct call *call,
                      const struct ccs_dist *dist, enum ccs_purpose purpose, uint32_t leg)
{
    struct ccs_stream s =
        ccs_stream_at(m->world_key, call->key, purpose, call->attempts << 8 | leg);
    return ccs_time_from_s(ccs_dist_draw(dist, &s));
}

/* What belongs to the issue, in seconds. */
static double seconds(const struct reference *m, const struct call *call,
                      const struct ccs_dist *dist, enum ccs_purpose purpose)
{
    struct ccs_stream s = ref_draw(m, call, purpose, false);
    return ccs_dist_draw(dist, &s);
}

/* ---- the center ---- */

struct ccs_access *ref_access_of(struct reference *m, ccs_time t, int channel)
{
    return &m->tally.access[t / m->config->run.period][channel];
}

/* The first agent of this contact answers. */
static void count_answer(struct reference *m, struct call *call, ccs_time wait)
{
    call->contacts++;
    if (ref_in_window(m)) {
        ref_access_of(m, m->now, call->channel)->handled++;
    }
    if (!call->is_offered || call->is_callback) {
        return;
    }
    struct ccs_access *a = ref_access_of(m, call->since, call->channel);
    a->answered++;
    a->waited += wait > 0;
    a->wait_us += wait;
    a->wait_answered_us += wait;
    a->in_target += wait <= ref_channel_of(m, call->channel)->service_level_threshold;
    a->over_2min += wait > 120 * CCS_US_PER_S;
    a->over_5min += wait > 300 * CCS_US_PER_S;
}

static ccs_time talk_of(const struct reference *m, const struct call *call, int t,
                        const struct agent *ag)
{
    const struct ccs_issue_type_config *type = ref_type_of(m, call->type);
    if (call->queue_type != call->type) { /* until the agent finds out */
        return ref_duration(m, call, &ref_channel_of(m, call->channel)->menus->found_out_after,
                            CCS_DRAW_FOUND_OUT, 0);
    }
    double base_us =
        1e6 * (isnan(call->talk_s) ? seconds(m, call, &type->talk, CCS_DRAW_TALK) : call->talk_s);
    base_us *= ref_team_of(m, t)->talk_factor.v[call->type];
    base_us *= ag->speed;
    int64_t tier = ref_team_of(m, t)->tier;
    if (tier <= (int64_t)type->talk_factor_by_tier.n) {
        base_us *= type->talk_factor_by_tier.v[tier - 1];
    }
    return llround(base_us);
}

static void start(struct reference *m, int c, int t)
{
    ck_assert(m->calls != NULL && c >= 0);
    struct call *call = &m->calls[c];
    struct team *tm = &m->team[t];
    ccs_time wait = m->now - call->since;
    ref_cancel(m, PATIENCE, c);
    ref_cancel(m, OVERFLOW, c);
    ref_note_wait(m, call, m->now);
    ref_note_departure(m, call, wait);
    if (!call->is_answered) {
        count_answer(m, call, wait);
        call->is_answered = true;
    }
    bool is_late = ref_free_of(m, t) == 0; /* serves out after closing time */
    call->agent = is_late ? ref_staying_agent(m, t) : ref_agent_for(m, t, call);
    ck_assert_int_ge(call->agent, 0);
    struct agent *ag = &m->agent[call->agent];
    ag->where = BUSY;
    ag->is_late = is_late && tm->has_shifts;
    ag->busy_from = m->now;
    bool is_wrong = call->queue_type != call->type;
    ccs_time talk = talk_of(m, call, t, ag);
    ccs_time hold = is_wrong ? 0
                             : ref_duration(m, call, &ref_type_of(m, call->type)->hold,
                                            CCS_DRAW_HOLD, call->leg);
    bool is_live = call->is_callback || ref_is_live(m, call->channel);
    call->state = TALKING;
    call->team = t;
    call->legs++;
    call->handle_us += talk + hold;
    call->effort_us += is_live ? talk + hold : 0;
    call->effort_us += is_live && !call->is_callback ? wait : 0;
    tm->busy++;
    if (ref_in_window(m)) {
        ref_access_of(m, m->now, call->channel)->handle_us += talk + hold;
        tm->legs++;
        tm->talk_us += talk;
        tm->hold_us += hold;
    }
    ref_schedule(m, m->now + talk + hold, TALK_END, c);
}

/* A waiting call is offered again at the moments at which further teams may take it. */
static void schedule_overflow(struct reference *m, int c)
{
    const struct call *call = &m->calls[c];
    ccs_time next = CCS_TIME_NEVER;
    for (int t = 0; t < m->team_n; t++) {
        ccs_time at = call->since + ref_delay_of(m, t, call->queue_type);
        if (ref_serves(m, t, call) && at > m->now && at < next) {
            next = at;
        }
    }
    if (next != CCS_TIME_NEVER) {
        ref_schedule(m, next, OVERFLOW, c);
    }
}

static void offer(struct reference *m, int c)
{
    int t = ref_free_team_for(m, &m->calls[c]);
    if (t >= 0) {
        start(m, c, t);
    } else {
        schedule_overflow(m, c);
    }
}

/* After closing time: who was inside, the most urgent first. */
static int next_to_serve_out(const struct reference *m, int t)
{
    int best = -1;
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *x = &m->calls[i];
        if (x->state != WAITING || !x->stays || !ref_serves(m, t, x)) {
            continue;
        }
        int64_t own = ref_priority_of(m, x);
        int64_t other = best < 0 ? own : ref_priority_of(m, &m->calls[best]);
        if (best < 0 || own > other || (own == other && x->joined < m->calls[best].joined)) {
            best = (int)i;
        }
    }
    return best;
}

void ref_serve(struct reference *m, int t)
{
    while (ref_free_of(m, t) > 0) {
        int c = ref_best_for(m, t);
        if (c < 0) {
            break;
        }
        start(m, c, t);
    }
    while (ref_staying_of(m, t) > 0) {
        int c = next_to_serve_out(m, t);
        if (c < 0) {
            break;
        }
        start(m, c, t);
    }
}

/* Goes to an agent, or waits. */
void ref_join(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = ref_channel_of(m, call->channel);
    call->state = WAITING;
    call->since = m->now;
    call->joined = m->joined++;
    int t = ref_free_team_for(m, call);
    if (t >= 0) {
        start(m, c, t);
        return;
    }
    if (call->stays) {
        int stayed = ref_staying_team_for(m, call);
        if (stayed >= 0) {
            start(m, c, stayed);
        }
    }
    if (call->state != WAITING || ref_turns_away(m, c)) {
        return;
    }
    schedule_overflow(m, c);
    ccs_time most = CCS_TIME_NEVER;
    if (!call->is_callback && ref_is_live(m, call->channel) &&
        channel->patience.kind != CCS_DIST_KIND_COUNT) {
        most = ccs_time_from_s(seconds(m, call, &channel->patience, CCS_DRAW_PATIENCE));
    }
    ccs_time longest = ref_longest_wait(m, call);
    most = longest < most ? longest : most;
    if (most != CCS_TIME_NEVER) {
        ref_schedule(m, m->now + most, PATIENCE, c);
    }
}

/* Comes to the queue from outside. */
static void arrive_at_queue(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    call->is_offered = ref_in_window(m);
    if (call->is_offered) {
        struct ccs_access *a = ref_access_of(m, m->now, call->channel);
        a->offered++;
        a->misrouted += call->queue_type != call->type;
    }
    ref_join(m, c);
}

void ref_end(struct reference *m, struct call *call, bool is_resolved)
{
    call->state = OVER;
    if (!call->is_cohort) {
        return;
    }
    struct ccs_cohort *k = &m->tally.cohort[call->type];
    k->resolved += is_resolved;
    k->given_up += !is_resolved;
    k->resolution_us += is_resolved ? m->now - call->arose : 0;
    k->first_contact += is_resolved && call->contacts == 1;
}

void ref_attempt(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = ref_channel_of(m, call->channel);
    call->attempts++;
    if (channel->calendar >= 0) {
        const struct ccs_calendar_config *calendar = ref_calendar_of(m, channel->calendar);
        if (!ref_is_open(m, calendar, m->now)) {
            ccs_time opens = ref_hours_change(m, calendar, m->now);
            m->tally.unreachable += ref_in_window(m);
            if (ref_uniform(m, call, CCS_DRAW_RETRY, 0) >= channel->retry_probability) {
                ref_end(m, call, false);
                return;
            }
            ccs_time delay = ref_duration(m, call, &channel->retry_delay, CCS_DRAW_RETRY_DELAY, 0);
            ref_schedule(m, opens + delay, ATTEMPT, c);
            return;
        }
    }
    if (channel->lines != INT64_MIN && m->in_channel[call->channel] >= channel->lines) {
        if (ref_in_window(m)) {
            ref_access_of(m, m->now, call->channel)->blocked++;
        }
        ref_lose(m, c, CCS_LOSS_BUSY);
        return;
    }
    m->in_channel[call->channel]++;
    call->queue_type = call->type;
    call->is_callback = call->is_answered = call->stays = call->hangs_up = false;
    call->leg = 0;
    bool at_once =
        channel->ivr.kind == CCS_DIST_CONSTANT && channel->ivr.p[0] == 0 && !channel->menus;
    if (at_once) {
        arrive_at_queue(m, c);
        return;
    }
    call->state = IN_IVR;
    call->since = m->now;
    call->is_offered = ref_in_window(m);
    ref_schedule(m, m->now + ref_enter(m, c), QUEUE, c);
}

/* Out of the IVR and the menus: into the queue, or gone. */
static void leave_menus(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    if (!call->hangs_up) {
        arrive_at_queue(m, c);
        return;
    }
    if (call->is_offered) {
        ref_access_of(m, call->since, call->channel)->hung_up++;
    }
    m->in_channel[call->channel]--;
    ref_lose(m, c, CCS_LOSS_HUNG_UP);
}

/* Has waited long enough: gives up, or is ended into voicemail. */
static void hang_up(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    ccs_time wait = m->now - call->since;
    bool is_message = wait >= ref_longest_wait(m, call);
    if (call->is_offered && !call->is_answered) {
        struct ccs_access *a = ref_access_of(m, call->since, call->channel);
        a->abandoned += !is_message;
        a->voicemail += is_message;
        a->waited += wait > 0;
        a->wait_us += wait;
        a->over_2min += wait > 120 * CCS_US_PER_S;
        a->over_5min += wait > 300 * CCS_US_PER_S;
    }
    call->effort_us += wait;
    ref_note_wait(m, call, m->now);
    ref_cancel(m, OVERFLOW, c);
    m->in_channel[call->channel]--;
    if (is_message) {
        ref_leave_message(m, c);
    } else {
        ref_lose(m, c, CCS_LOSS_ABANDONED);
    }
}

/* The agent has found out that the call came to the wrong queue. */
static void pass_on(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    int team = call->team;
    int agent = call->agent;
    call->queue_type = call->type;
    call->transfers++;
    call->leg++;
    ref_join(m, c);
    ref_let_go(m, agent);
    ref_serve(m, team);
}

static void end_talk(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    struct team *tm = &m->team[call->team];
    if (call->queue_type != call->type) {
        pass_on(m, c);
        return;
    }
    ccs_time wrap =
        ref_duration(m, call, &ref_type_of(m, call->type)->wrap, CCS_DRAW_WRAP, call->leg);
    m->in_channel[call->channel] -= !call->is_callback;
    call->handle_us += wrap;
    if (ref_in_window(m)) {
        tm->wrap_us += wrap;
        ref_access_of(m, m->now, call->channel)->handle_us += wrap;
    }
    ref_end(m, call, true);
    if (wrap > 0) {
        ref_schedule(m, m->now + wrap, WRAP_END, c);
    } else {
        ref_let_go(m, call->agent);
        ref_serve(m, call->team);
    }
}

void ref_run(struct reference *m, const struct ccs_model *model, uint64_t seed)
{
    const struct ccs_config *config = model->config;
    *m = (struct reference){.config = config,
                            .world_key = ccs_stream_key(seed, 0),
                            .now = -model->warmup,
                            .horizon = config->run.horizon,
                            .end = config->run.horizon + config->run.follow_up,
                            .team_n = (int)config->teams.n,
                            .channel_n = (int)config->channels.n,
                            .type_n = (int)config->issue_types.n};
    ck_assert_int_le(m->team_n, MAX_TEAMS);
    ck_assert_int_le(m->channel_n, MAX_CHANNELS);
    ck_assert_int_le(m->type_n, MAX_TYPES);
    ck_assert_int_lt((m->horizon - 1) / config->run.period, MAX_PERIODS);
    ref_add_streams(m);
    for (int t = 0; t < m->team_n; t++) {
        ref_hire(m, t);
    }
    for (int t = 0; t < m->team_n; t++) {
        ref_set_staff(m, t);
    }
    for (int s = 0; s < m->stream_n; s++) {
        m->stream[s].at = m->now;
        ref_schedule_arrival(m, s);
    }
    bool is_past = true;
    while (m->event_n > 0) {
        struct event ev = next_event(m);
        if (is_past && ev.time >= 0) { /* at t0 the policy takes over: every team is staffed anew */
            is_past = false;
            m->events[m->event_n++] = ev;
            pass_time(m, 0);
            for (int a = 0; a < m->agent_n; a++) { /* who is not there comes in by number again */
                if (m->agent[a].where == OFF) {
                    m->agent[a].free_since = -m->agent[a].slot;
                }
            }
            for (int t = 0; t < m->team_n; t++) {
                ref_cancel(m, STAFFING, t);
                ref_set_staff(m, t);
            }
            continue;
        }
        if (ev.time >= m->end) {
            break;
        }
        pass_time(m, ev.time);
        switch (ev.what) {
        case ARRIVAL:
            ref_arrive(m, ev.who);
            break;
        case ATTEMPT:
            ref_attempt(m, ev.who);
            break;
        case QUEUE:
            leave_menus(m, ev.who);
            break;
        case PATIENCE:
            hang_up(m, ev.who);
            break;
        case TALK_END:
            end_talk(m, ev.who);
            break;
        case WRAP_END:
            ref_let_go(m, m->calls[ev.who].agent);
            ref_serve(m, m->calls[ev.who].team);
            break;
        case ROSTER:
            ref_follow(m, ev.who);
            ref_serve(m, m->agent[ev.who].team);
            break;
        case STAFFING:
            ref_set_staff(m, ev.who);
            break;
        case OVERFLOW:
            offer(m, ev.who);
            break;
        }
    }
    pass_time(m, m->end);
    for (int a = 0; a < m->agent_n; a++) {
        if (m->agent[a].where == BUSY) {
            ref_note_work(m, &m->agent[a]);
        }
    }
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *call = &m->calls[i];
        struct ccs_cohort *k = &m->tally.cohort[call->type];
        ref_note_wait(m, call, m->end);
        if (call->is_cohort) {
            k->open += call->state != OVER;
            k->contacted += call->contacts > 0;
            k->contacts += call->contacts;
            k->legs += call->legs;
            k->transfers += call->transfers;
            k->handle_us += call->handle_us;
            k->effort_us += call->effort_us;
        }
    }
}

void ref_free(struct reference *m)
{
    free(m->events);
    free(m->calls);
    free(m->departures);
}
