/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The queueing core against a naive simulator of the same model.
 *
 * The reference below reads the bound scenario (not the compiled tables) and works with linear
 * scans only: no heap, no lanes, no pools, no linked lists. It draws from the same keyed streams,
 * so on any scenario both must agree in every count and in every sum of times to the microsecond.
 * What it covers: arrivals (rate, interval table, population rate, profile, day factor), channels
 * with hours, lines, IVR, patience and redial, teams with tiers, skills, calendars and staffing by
 * interval, priorities, talk + hold + wrap, the rules of routing with priorities of skills,
 * overflow delays and reserves, shifts with breaks, absence, shrinkage, agents of different speed.
 * Scenarios are made at random from a fixed seed.
 */
#include "../sim_help.h"

#include "center/routing.h"
#include "center/timetable.h"

Suite *suite_reference_model(void);

enum {
    MAX_STREAMS = 8,
    MAX_TEAMS = 8,
    MAX_AGENTS = 200,
    MAX_CHANNELS = 4,
    MAX_TYPES = 4,
    MAX_PERIODS = 64
};

enum what {
    ARRIVAL,
    ATTEMPT,
    QUEUE,
    PATIENCE,
    TALK_END,
    WRAP_END,
    STAFFING,
    OVERFLOW,
    ROSTER
};

struct event {
    ccs_time time;
    uint64_t order; /* of scheduling: ties */
    enum what what;
    int who;
};

enum state {
    AWAY,
    IN_IVR,
    WAITING,
    TALKING,
    OVER
};

struct call {
    uint64_t key;
    int type, channel, team, agent;
    enum state state;
    uint32_t attempts, contacts;
    ccs_time arose, since;
    uint64_t joined; /* order of joining */
    bool is_offered; /* in the window */
    bool is_cohort;
    int64_t handle_us, effort_us;
};

struct stream {
    uint64_t entity;
    int type;
    double per_us;
    const struct ccs_series *volume, *profile;
    uint64_t n;
    ccs_time at;
};

enum where {
    OFF,
    FREE,
    BUSY,
    PAUSE
};

/* An agent, told apart from the others whether it matters or not. */
struct agent {
    int team, slot;
    enum where where;
    bool is_late, is_paid, owed_paid;
    int64_t free_since; /* order of becoming free, or of going */
    ccs_time since, busy_from, owed, back;
    int64_t busy_us;
    double speed;
};

struct team {
    int level, busy, away; /* level and away: of teams by headcount */
    bool has_shifts;
    int64_t away_us;
    int64_t busy_us, level_us, paid_us, legs, talk_us, hold_us, wrap_us;
};

struct tally {
    struct ccs_access access[MAX_PERIODS][MAX_CHANNELS];
    struct ccs_cohort cohort[MAX_TYPES];
    int64_t queue_us, unreachable;
};

struct reference {
    const struct ccs_config *config;
    uint64_t world_key;
    ccs_time now, horizon, end;
    struct event *events;
    size_t event_n, event_cap;
    uint64_t scheduled, joined;
    struct call *calls;
    size_t call_n, call_cap;
    struct stream stream[MAX_STREAMS];
    int stream_n;
    struct team team[MAX_TEAMS];
    struct agent agent[MAX_AGENTS];
    int agent_n;
    int64_t moves; /* of agents */
    int team_n, channel_n, type_n;
    int in_channel[MAX_CHANNELS];
    struct tally tally;
};

/* ---- reading the scenario ---- */

static const struct ccs_channel_config *channel_of(const struct reference *m, int c)
{
    return CCS_MAP_AT(m->config->channels, struct ccs_channel_config, c);
}

static const struct ccs_issue_type_config *type_of(const struct reference *m, int y)
{
    return CCS_MAP_AT(m->config->issue_types, struct ccs_issue_type_config, y);
}

static const struct ccs_team_config *team_of(const struct reference *m, int t)
{
    return CCS_MAP_AT(m->config->teams, struct ccs_team_config, t);
}

static bool lists(const struct ccs_ref_list *list, int index)
{
    bool found = list->index == NULL; /* left out: all */
    for (size_t i = 0; i < list->n; i++) {
        found = found || list->index[i] == index;
    }
    return found;
}

/* Does the team take this type's contacts on this channel first? */
static bool takes(const struct reference *m, int t, int channel, int type)
{
    int64_t lowest = CCS_TIER_MAX + 1;
    for (int k = 0; k < m->team_n; k++) {
        if (lists(&team_of(m, k)->channels, channel) && lists(&team_of(m, k)->skills, type) &&
            team_of(m, k)->tier < lowest) {
            lowest = team_of(m, k)->tier;
        }
    }
    return lists(&team_of(m, t)->channels, channel) && lists(&team_of(m, t)->skills, type) &&
           team_of(m, t)->tier == lowest;
}

static bool is_live(const struct reference *m, int channel)
{
    return channel_of(m, channel)->kind != CCS_CHANNEL_FORM;
}

/* ---- events ---- */

static void schedule(struct reference *m, ccs_time time, enum what what, int who)
{
    if (m->event_n == m->event_cap) {
        m->event_cap = 2 * m->event_cap + 64;
        m->events = realloc(m->events, m->event_cap * sizeof *m->events);
        ck_assert_ptr_nonnull(m->events);
    }
    m->events[m->event_n++] = (struct event){time, m->scheduled++, what, who};
}

static void cancel(struct reference *m, enum what what, int who)
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

static bool in_window(const struct reference *m)
{
    return m->now >= 0 && m->now < m->horizon;
}

/* Integrals over the window, from now to `t`. */
static void pass_time(struct reference *m, ccs_time t)
{
    ccs_time from = m->now > 0 ? m->now : 0;
    ccs_time to = t < m->horizon ? t : m->horizon;
    for (int i = 0; from < to && i < m->team_n; i++) {
        struct team *tm = &m->team[i];
        int level = tm->level;
        int away = tm->away;
        int late = tm->busy > tm->level ? tm->busy - tm->level : 0;
        if (tm->has_shifts) {
            level = late = away = 0;
            for (int a = 0; a < m->agent_n; a++) {
                const struct agent *ag = &m->agent[a];
                level +=
                    ag->team == i && (ag->where == FREE || (ag->where == BUSY && !ag->is_late));
                late += ag->team == i && ag->where == BUSY && ag->is_late;
                away += ag->team == i && ag->where == PAUSE && ag->is_paid;
            }
        }
        tm->busy_us += tm->busy * (to - from);
        tm->level_us += level * (to - from);
        tm->paid_us += (level + late) * (to - from);
        tm->away_us += away * (to - from);
    }
    for (size_t i = 0; from < to && i < m->call_n; i++) {
        m->tally.queue_us += m->calls[i].state == WAITING ? to - from : 0;
    }
    m->now = t;
}

/* ---- draws ---- */

static struct ccs_stream draw_of(const struct reference *m, const struct call *call,
                                 enum ccs_purpose purpose, bool by_attempt)
{
    return ccs_stream_at(m->world_key, call->key, purpose, by_attempt ? call->attempts << 8 : 0);
}

static double seconds(const struct reference *m, const struct call *call,
                      const struct ccs_dist *dist, enum ccs_purpose purpose, bool by_attempt)
{
    struct ccs_stream s = draw_of(m, call, purpose, by_attempt);
    return ccs_dist_draw(dist, &s);
}

/* ---- agents ---- */

static uint64_t key_of_agent(const struct reference *m, int t, int slot)
{
    uint64_t team = ccs_entity_from_name("team", m->config->teams.name[t]);
    return ccs_entity_member(team, (uint64_t)slot);
}

static uint32_t positive(int64_t n)
{
    return (uint32_t)(n + (INT64_C(1) << 31));
}

static bool is_absent(const struct reference *m, int t, int slot, int64_t day)
{
    return ccs_uniform_at(m->world_key, key_of_agent(m, t, slot), CCS_DRAW_ABSENCE, positive(day)) <
           team_of(m, t)->absence;
}

static ccs_time part_end(const struct reference *m, int t, ccs_time at, int64_t *part)
{
    int64_t start_day = m->config->run.start_day;
    ccs_time length = team_of(m, t)->shrinkage_part;
    int64_t day = ccs_day_of(start_day, at);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    int64_t n = 0;
    while (midnight + (n + 1) * length <= at) {
        n++;
    }
    *part = day * ((CCS_US_PER_DAY + length - 1) / length) + n;
    ccs_time end = midnight + (n + 1) * length;
    return end < midnight + CCS_US_PER_DAY ? end : midnight + CCS_US_PER_DAY;
}

static bool is_shrunk(const struct reference *m, int t, int slot, ccs_time at)
{
    int64_t part;
    part_end(m, t, at, &part);
    return ccs_uniform_at(m->world_key, key_of_agent(m, t, slot), CCS_DRAW_SHRINKAGE,
                          positive(part)) < team_of(m, t)->shrinkage;
}

enum duty {
    NO_DUTY,
    ON_DUTY,
    IN_BREAK,
    ELSEWHERE
};

struct plan {
    enum duty duty;
    bool is_paid;
    bool break_begins;
    ccs_time break_end, shift_end, next;
};

static void border(struct plan *p, ccs_time now, ccs_time at)
{
    p->next = at > now && at < p->next ? at : p->next;
}

/* What agent `number` of the shift is to do, if the shift of `day` from..to runs now; every border
 * of it in p->next. (Shifts of the random scenarios do not cross midnight.) */
static void look_at_shift(const struct reference *m, int t, const struct ccs_shift_config *shift,
                          int slot, int number, int64_t day, ccs_time from, ccs_time to,
                          struct plan *p)
{
    const struct ccs_team_config *cfg = team_of(m, t);
    bool runs = m->now >= from && m->now < to;
    bool absent = is_absent(m, t, slot, day);
    border(p, m->now, from);
    border(p, m->now, to);
    if (runs) {
        p->shift_end = to;
        p->is_paid = !absent || cfg->absence_paid;
        p->duty = !absent ? ON_DUTY : p->is_paid ? ELSEWHERE : NO_DUTY;
    }
    for (size_t i = 0; i < shift->breaks.n && !absent; i++) {
        const struct ccs_break_config *b = CCS_MAP_AT(shift->breaks, struct ccs_break_config, i);
        ccs_time begin = from + b->after + b->spread * number / shift->agents;
        border(p, m->now, begin);
        border(p, m->now, begin + b->length);
        if (m->now >= begin && m->now < begin + b->length) {
            p->duty = IN_BREAK;
            p->is_paid = b->paid;
            p->break_begins = m->now == begin;
            p->break_end = begin + b->length;
        }
    }
    if (runs && p->duty == ON_DUTY && cfg->shrinkage > 0) {
        int64_t part;
        border(p, m->now, part_end(m, t, m->now, &part));
        p->duty = is_shrunk(m, t, slot, m->now) ? ELSEWHERE : ON_DUTY;
    }
}

static bool is_holiday(const struct reference *m, int t, int64_t day)
{
    bool found = false;
    if (team_of(m, t)->calendar >= 0) {
        const struct ccs_calendar_config *calendar =
            CCS_MAP_AT(m->config->calendars, struct ccs_calendar_config, team_of(m, t)->calendar);
        for (size_t i = 0; i < calendar->holidays.n; i++) {
            found = found || (int64_t)calendar->holidays.v[i] == day;
        }
    }
    return found;
}

static struct plan plan_of(const struct reference *m, const struct agent *ag)
{
    struct plan p = {.duty = NO_DUTY, .next = CCS_TIME_NEVER};
    const struct ccs_map *shifts = &team_of(m, ag->team)->shifts;
    int64_t start_day = m->config->run.start_day;
    int number = ag->slot;
    size_t k = 0;
    while (number >= CCS_MAP_AT(*shifts, struct ccs_shift_config, k)->agents) {
        number -= (int)CCS_MAP_AT(*shifts, struct ccs_shift_config, k++)->agents;
    }
    const struct ccs_shift_config *shift = CCS_MAP_AT(*shifts, struct ccs_shift_config, k);
    int64_t today = ccs_day_of(start_day, m->now);
    for (int64_t day = today; day <= today + 10; day++) {
        ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
        for (size_t i = 0; i < shift->hours.n && !is_holiday(m, ag->team, day); i++) {
            const struct ccs_week_span *s = &shift->hours.span[i];
            if (s->from_min / 1440 == ccs_weekday_of(day)) {
                ccs_time from = midnight + s->from_min % 1440 * CCS_US_PER_MIN;
                ccs_time to = from + (s->to_min - s->from_min) * CCS_US_PER_MIN;
                look_at_shift(m, ag->team, shift, ag->slot, number, day, from, to, &p);
            }
        }
    }
    return p;
}

/* The agent does what is planned, as far as a leg allows. */
static void follow(struct reference *m, int a)
{
    struct agent *ag = &m->agent[a];
    struct plan p = plan_of(m, ag);
    cancel(m, ROSTER, a);
    ccs_time next = p.next;
    if (ag->where == BUSY) {
        ag->is_late = p.duty == NO_DUTY;
        if (p.duty == NO_DUTY) {
            ag->owed = 0;
        } else if (p.break_begins) {
            ag->owed += p.break_end - m->now;
            ag->owed_paid = p.is_paid;
        }
    } else if (p.duty == NO_DUTY) {
        ag->where = OFF;
        ag->owed = 0;
        ag->back = INT64_MIN;
    } else if (ag->owed > 0 || ag->back > m->now) {
        if (ag->owed > 0) {
            ag->back = m->now + ag->owed < p.shift_end ? m->now + ag->owed : p.shift_end;
            ag->is_paid = ag->owed_paid;
            ag->owed = 0;
        }
        ag->where = PAUSE;
        next = ag->back;
    } else if (p.duty != ON_DUTY) {
        ag->where = PAUSE;
        ag->is_paid = p.is_paid;
    } else if (ag->where != FREE) {
        if (ag->where == OFF) {
            ag->since = m->now;
            ag->busy_us = 0;
        }
        ag->where = FREE;
        ag->free_since = ++m->moves;
    }
    if (next != CCS_TIME_NEVER) {
        schedule(m, next, ROSTER, a);
    }
}

/* How many of the team are free. */
static int free_of(const struct reference *m, int t)
{
    int n = 0;
    for (int a = 0; a < m->agent_n; a++) {
        n += m->agent[a].team == t && m->agent[a].where == FREE;
    }
    return n;
}

/* The agent of the team who has been where they are longest (or shortest); -1 if nobody is. */
static int first_of(const struct reference *m, int t, enum where where, bool longest)
{
    int best = -1;
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        if (ag->team == t && ag->where == where &&
            (best < 0 || (ag->free_since < m->agent[best].free_since) == longest)) {
            best = a;
        }
    }
    return best;
}

/* By headcount: the longest free go, those who went last come first. */
static void fill_up(struct reference *m, int t)
{
    int due = m->team[t].level > m->team[t].busy ? m->team[t].level - m->team[t].busy : 0;
    while (free_of(m, t) > due) {
        struct agent *ag = &m->agent[first_of(m, t, FREE, true)];
        ag->where = OFF;
        ag->free_since = ++m->moves;
    }
    while (free_of(m, t) < due) {
        struct agent *ag = &m->agent[first_of(m, t, OFF, false)];
        ag->where = FREE;
        ag->free_since = ++m->moves;
        ag->since = m->now;
        ag->busy_us = 0;
    }
}

static double occupancy_of(const struct reference *m, const struct agent *ag)
{
    return m->now > ag->since ? (double)ag->busy_us / (double)(m->now - ag->since) : 0;
}

static int least_occupied_of(const struct reference *m, int t)
{
    int best = -1;
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        if (ag->team != t || ag->where != FREE) {
            continue;
        }
        double own = occupancy_of(m, ag);
        double other = best < 0 ? 0 : occupancy_of(m, &m->agent[best]);
        if (best < 0 || own < other ||
            (own == other && ag->free_since < m->agent[best].free_since)) {
            best = a;
        }
    }
    return best;
}

static int agent_for(const struct reference *m, int t, const struct call *call)
{
    if (m->config->routing.agent == CCS_AGENT_LEAST_OCCUPIED) {
        return least_occupied_of(m, t);
    }
    if (m->config->routing.agent != CCS_AGENT_RANDOM) {
        return first_of(m, t, FREE, true);
    }
    struct ccs_stream s =
        ccs_stream_at(m->world_key, call->key, CCS_DRAW_ROUTE, call->attempts << 8);
    ccs_stream_uniform(&s);
    int skip = (int)(ccs_stream_uniform(&s) * free_of(m, t));
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        int before = 0;
        for (int b = 0; b < m->agent_n; b++) {
            before += m->agent[b].team == t && m->agent[b].where == FREE &&
                      m->agent[b].free_since < ag->free_since;
        }
        if (ag->team == t && ag->where == FREE && before == skip) {
            return a;
        }
    }
    return -1;
}

/* The leg is over: where does the agent go? */
static void let_go(struct reference *m, int a)
{
    struct agent *ag = &m->agent[a];
    struct team *tm = &m->team[ag->team];
    tm->busy--;
    ag->busy_us += m->now - ag->busy_from;
    ag->is_late = false;
    if (tm->has_shifts) {
        ag->where = PAUSE;
        follow(m, a);
    } else {
        ag->where = tm->busy < tm->level ? FREE : OFF;
        ag->free_since = ++m->moves;
    }
}

static void hire(struct reference *m, int t)
{
    const struct ccs_team_config *cfg = team_of(m, t);
    int n = 0;
    for (size_t i = 0; i < cfg->shifts.n; i++) {
        n += (int)CCS_MAP_AT(cfg->shifts, struct ccs_shift_config, i)->agents;
    }
    m->team[t].has_shifts = cfg->shifts.n > 0;
    n = n || m->team[t].has_shifts ? n : 10; /* headcounts are below that */
    for (int slot = 0; slot < n; slot++) {
        ck_assert_int_lt(m->agent_n, MAX_AGENTS);
        struct agent *ag = &m->agent[m->agent_n++];
        *ag = (struct agent){
            .team = t, .slot = slot, .free_since = -slot, .back = INT64_MIN, .speed = 1};
        if (cfg->speed_cv > 0) {
            struct ccs_dist_spec spec = ccs_dist_spec_empty();
            spec.mean = 1.0;
            spec.cv = cfg->speed_cv;
            struct ccs_dist gamma;
            ck_assert_ptr_null(ccs_dist_find("gamma")->make(&gamma, &spec, NULL, NULL));
            gamma.kind = CCS_DIST_GAMMA;
            struct ccs_stream s =
                ccs_stream_at(m->world_key, key_of_agent(m, t, slot), CCS_DRAW_AGENT_SPEED, 0);
            ag->speed = ccs_dist_draw(&gamma, &s);
        }
    }
}

/* ---- the center ---- */

static struct ccs_access *access_of(struct reference *m, ccs_time t, int channel)
{
    return &m->tally.access[t / m->config->run.period][channel];
}

static void start(struct reference *m, int c, int t)
{
    ck_assert(m->calls != NULL && c >= 0);
    struct call *call = &m->calls[c];
    const struct ccs_issue_type_config *type = type_of(m, call->type);
    const struct ccs_channel_config *channel = channel_of(m, call->channel);
    struct team *tm = &m->team[t];
    ccs_time wait = m->now - call->since;
    cancel(m, PATIENCE, c);
    cancel(m, OVERFLOW, c);
    if (call->is_offered) {
        struct ccs_access *a = access_of(m, call->since, call->channel);
        a->answered++;
        a->waited += wait > 0;
        a->wait_us += wait;
        a->wait_answered_us += wait;
        a->in_target += wait <= channel->service_level_threshold;
        a->over_2min += wait > 120 * CCS_US_PER_S;
        a->over_5min += wait > 300 * CCS_US_PER_S;
    }
    double base_us = 1e6 * seconds(m, call, &type->talk, CCS_DRAW_TALK, false);
    base_us *= team_of(m, t)->talk_factor;
    call->agent = agent_for(m, t, call);
    ck_assert_int_ge(call->agent, 0);
    struct agent *ag = &m->agent[call->agent];
    ag->where = BUSY;
    ag->is_late = false;
    ag->busy_from = m->now;
    base_us *= ag->speed;
    int64_t tier = team_of(m, t)->tier;
    if (tier <= (int64_t)type->talk_factor_by_tier.n) {
        base_us *= type->talk_factor_by_tier.v[tier - 1];
    }
    ccs_time talk = llround(base_us);
    ccs_time hold = llround(1e6 * seconds(m, call, &type->hold, CCS_DRAW_HOLD, true));
    call->state = TALKING;
    call->team = t;
    call->contacts++;
    call->handle_us += talk + hold;
    call->effort_us += is_live(m, call->channel) ? wait + talk + hold : 0;
    tm->busy++;
    if (in_window(m)) {
        access_of(m, m->now, call->channel)->handled++;
        access_of(m, m->now, call->channel)->handle_us += talk + hold;
        tm->legs++;
        tm->talk_us += talk;
        tm->hold_us += hold;
    }
    schedule(m, m->now + talk + hold, TALK_END, c);
}

static double term_of(const struct ccs_real_map *map, int type)
{
    return map->n ? map->v[type] : 0;
}

static ccs_time delay_of(const struct reference *m, int t, int type)
{
    return llround(1e6 * term_of(&team_of(m, t)->overflow_after_s, type));
}

/* May an agent of the team take the call at this moment? */
static bool may_take(const struct reference *m, int t, const struct call *call)
{
    return takes(m, t, call->channel, call->type) &&
           free_of(m, t) > term_of(&team_of(m, t)->reserve, call->type) &&
           m->now - call->since >= delay_of(m, t, call->type);
}

static size_t skills_of(const struct reference *m, int t)
{
    const struct ccs_ref_list *skills = &team_of(m, t)->skills;
    return skills->index ? skills->n : (size_t)m->type_n;
}

/* The team whose agent takes it; -1 if none may. */
static int free_team_for(const struct reference *m, const struct call *call)
{
    double highest = -1e9;
    for (int t = 0; t < m->team_n; t++) {
        if (may_take(m, t, call)) {
            highest = fmax(highest, term_of(&team_of(m, t)->skill_priority, call->type));
        }
    }
    int best = -1;
    int all = 0;
    enum ccs_agent_rule rule = (enum ccs_agent_rule)m->config->routing.agent;
    for (int t = 0; t < m->team_n; t++) {
        if (!may_take(m, t, call) ||
            term_of(&team_of(m, t)->skill_priority, call->type) < highest) {
            continue;
        }
        all += free_of(m, t);
        bool is_better = false;
        if (best >= 0 && rule == CCS_AGENT_MOST_SPECIALISED) {
            is_better = skills_of(m, t) < skills_of(m, best);
        } else if (best >= 0 && rule == CCS_AGENT_LONGEST_IDLE) {
            is_better = m->agent[first_of(m, t, FREE, true)].free_since <
                        m->agent[first_of(m, best, FREE, true)].free_since;
        } else if (best >= 0 && rule == CCS_AGENT_LEAST_OCCUPIED) {
            is_better = occupancy_of(m, &m->agent[least_occupied_of(m, t)]) <
                        occupancy_of(m, &m->agent[least_occupied_of(m, best)]);
        }
        if (best < 0 || is_better) {
            best = t;
        }
    }
    if (m->config->routing.agent != CCS_AGENT_RANDOM || all == 0) {
        return best;
    }
    double u = ccs_uniform_at(m->world_key, call->key, CCS_DRAW_ROUTE, call->attempts << 8);
    int at = (int)(u * all);
    for (int t = 0; t < m->team_n; t++) {
        if (may_take(m, t, call) &&
            term_of(&team_of(m, t)->skill_priority, call->type) == highest) {
            at -= free_of(m, t);
            if (at < 0) {
                return t;
            }
        }
    }
    return -1;
}

static int64_t priority_of(const struct reference *m, const struct call *call)
{
    return channel_of(m, call->channel)->priority + type_of(m, call->type)->priority;
}

/* What the rule for contacts compares: more is sooner. */
static double merit_of(const struct reference *m, int t, const struct call *call)
{
    double n = 0;
    switch ((enum ccs_contact_rule)m->config->routing.contact) {
    case CCS_CONTACT_RULE_PRIORITY:
        return (double)priority_of(m, call) + term_of(&team_of(m, t)->skill_priority, call->type);
    case CCS_CONTACT_RULE_WEIGHTED_WAIT:
        return m->config->routing.weights.v[call->type] * (double)(m->now - call->since);
    case CCS_CONTACT_RULE_LONGEST_QUEUE:
        for (size_t i = 0; i < m->call_n; i++) {
            const struct call *x = &m->calls[i];
            n += x->state == WAITING && x->type == call->type && takes(m, t, x->channel, x->type);
        }
        return n;
    case CCS_CONTACT_RULE_LONGEST_WAIT:
    case CCS_CONTACT_RULE_COUNT:
        break;
    }
    return 0;
}

/* The waiting call this team should take: by the rule, then first come; -1 if none. */
static int best_for(const struct reference *m, int t)
{
    int best = -1;
    double merit = 0;
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *x = &m->calls[i];
        if (x->state != WAITING || !may_take(m, t, x)) {
            continue;
        }
        double own = merit_of(m, t, x);
        if (best < 0 || own > merit || (own == merit && x->joined < m->calls[best].joined)) {
            best = (int)i;
            merit = own;
        }
    }
    return best;
}

/* A waiting call is offered again at the moments at which further teams may take it. */
static void schedule_overflow(struct reference *m, int c)
{
    const struct call *call = &m->calls[c];
    ccs_time next = CCS_TIME_NEVER;
    for (int t = 0; t < m->team_n; t++) {
        ccs_time at = call->since + delay_of(m, t, call->type);
        if (takes(m, t, call->channel, call->type) && at > m->now && at < next) {
            next = at;
        }
    }
    if (next != CCS_TIME_NEVER) {
        schedule(m, next, OVERFLOW, c);
    }
}

static void offer(struct reference *m, int c)
{
    int t = free_team_for(m, &m->calls[c]);
    if (t >= 0) {
        start(m, c, t);
    } else {
        schedule_overflow(m, c);
    }
}

static void serve(struct reference *m, int t)
{
    while (free_of(m, t) > 0) {
        int c = best_for(m, t);
        if (c < 0) {
            return;
        }
        start(m, c, t);
    }
}

static void join(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = channel_of(m, call->channel);
    call->state = WAITING;
    call->since = m->now;
    call->joined = m->joined++;
    call->is_offered = in_window(m);
    if (call->is_offered) {
        access_of(m, m->now, call->channel)->offered++;
    }
    offer(m, c);
    if (call->state == WAITING && is_live(m, call->channel) &&
        channel->patience.kind != CCS_DIST_KIND_COUNT) {
        double s = seconds(m, call, &channel->patience, CCS_DRAW_PATIENCE, false);
        schedule(m, m->now + ccs_time_from_s(s), PATIENCE, c);
    }
}

static void end_call(struct reference *m, struct call *call, bool is_resolved)
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

static void lose(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = channel_of(m, call->channel);
    call->state = AWAY;
    double u = ccs_uniform_at(m->world_key, call->key, CCS_DRAW_REDIAL, call->attempts << 8);
    if (u < channel->redial_probability) {
        double s = seconds(m, call, &channel->redial_delay, CCS_DRAW_REDIAL_DELAY, true);
        schedule(m, m->now + ccs_time_from_s(s > 1 ? s : 1), ATTEMPT, c);
    } else {
        end_call(m, call, false);
    }
}

static void attempt(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = channel_of(m, call->channel);
    call->attempts++;
    if (channel->calendar >= 0) {
        ccs_time opens = ccs_calendar_next_open(
            CCS_MAP_AT(m->config->calendars, struct ccs_calendar_config, channel->calendar),
            m->config->run.start_day, m->now);
        if (opens > m->now) {
            m->tally.unreachable += in_window(m);
            double s = seconds(m, call, &channel->retry_delay, CCS_DRAW_RETRY_DELAY, true);
            schedule(m, opens + ccs_time_from_s(s), ATTEMPT, c);
            return;
        }
    }
    if (channel->lines != INT64_MIN && m->in_channel[call->channel] >= channel->lines) {
        if (in_window(m)) {
            access_of(m, m->now, call->channel)->blocked++;
        }
        lose(m, c);
        return;
    }
    m->in_channel[call->channel]++;
    bool at_once = channel->ivr.kind == CCS_DIST_CONSTANT && channel->ivr.p[0] == 0;
    if (at_once) {
        join(m, c);
        return;
    }
    call->state = IN_IVR;
    double s = seconds(m, call, &channel->ivr, CCS_DRAW_IVR, true);
    schedule(m, m->now + ccs_time_from_s(s), QUEUE, c);
}

static void hang_up(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    ccs_time wait = m->now - call->since;
    if (call->is_offered) {
        struct ccs_access *a = access_of(m, call->since, call->channel);
        a->abandoned++;
        a->waited += wait > 0;
        a->wait_us += wait;
        a->over_2min += wait > 120 * CCS_US_PER_S;
        a->over_5min += wait > 300 * CCS_US_PER_S;
    }
    call->effort_us += wait;
    cancel(m, OVERFLOW, c);
    m->in_channel[call->channel]--;
    lose(m, c);
}

static void end_talk(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    struct team *tm = &m->team[call->team];
    ccs_time wrap =
        ccs_time_from_s(seconds(m, call, &type_of(m, call->type)->wrap, CCS_DRAW_WRAP, true));
    m->in_channel[call->channel]--;
    call->handle_us += wrap;
    if (in_window(m)) {
        tm->wrap_us += wrap;
        access_of(m, m->now, call->channel)->handle_us += wrap;
    }
    end_call(m, call, true);
    if (wrap > 0) {
        schedule(m, m->now + wrap, WRAP_END, c);
    } else {
        let_go(m, call->agent);
        serve(m, call->team);
    }
}

static void set_staff(struct reference *m, int t)
{
    const struct ccs_team_config *cfg = team_of(m, t);
    const struct ccs_calendar_config *calendar =
        cfg->calendar < 0
            ? NULL
            : CCS_MAP_AT(m->config->calendars, struct ccs_calendar_config, cfg->calendar);
    if (m->team[t].has_shifts) {
        for (int a = 0; a < m->agent_n; a++) {
            if (m->agent[a].team == t) {
                follow(m, a);
            }
        }
        serve(m, t);
        return;
    }
    ccs_time change;
    ccs_time closes;
    double agents = ccs_series_at(&cfg->agents, m->config->run.start_day, m->now, &change);
    bool is_open = ccs_calendar_open(calendar, m->config->run.start_day, m->now, &closes);
    int due = is_open ? (int)lround(agents) : 0;
    m->team[t].level = 0;
    for (int slot = 0; slot < due; slot++) {
        m->team[t].level += !is_absent(m, t, slot, ccs_day_of(m->config->run.start_day, m->now)) &&
                            !is_shrunk(m, t, slot, m->now);
    }
    m->team[t].away = cfg->absence_paid ? due - m->team[t].level : 0;
    fill_up(m, t);
    /* not looked at while closed: teams that change at the same moment do so in the order in which
     * they came to know of it */
    ccs_time next = is_open && change < closes ? change : closes;
    if (due > 0 && (cfg->absence > 0 || cfg->shrinkage > 0)) {
        int64_t part;
        ccs_time end = part_end(m, t, m->now, &part);
        ccs_time midnight =
            (ccs_day_of(m->config->run.start_day, m->now) + 1 - m->config->run.start_day) *
            CCS_US_PER_DAY;
        end = cfg->shrinkage > 0 ? end : midnight;
        next = end < next ? end : next;
    }
    if (next != CCS_TIME_NEVER) {
        schedule(m, next, STAFFING, t);
    }
    serve(m, t);
}

/* ---- demand ---- */

static double day_factor(const struct reference *m, const struct stream *st, int64_t day)
{
    double cv = type_of(m, st->type)->day_factor_cv;
    if (cv <= 0) {
        return 1.0;
    }
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = 1.0;
    spec.cv = cv;
    struct ccs_dist gamma;
    ck_assert_ptr_null(ccs_dist_find("gamma")->make(&gamma, &spec, NULL, NULL));
    gamma.kind = CCS_DIST_GAMMA;
    struct ccs_stream s = ccs_stream_at(m->world_key, st->entity, CCS_DRAW_DAY_FACTOR,
                                        (uint32_t)(day + (INT64_C(1) << 31)));
    return ccs_dist_draw(&gamma, &s);
}

/* Walks along the pieces of constant rate until the exponential of this arrival is used up. */
static void schedule_arrival(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    int64_t start_day = m->config->run.start_day;
    struct ccs_stream s =
        ccs_stream_at(m->world_key, ccs_entity_member(st->entity, st->n), CCS_DRAW_ARRIVAL, 0);
    double need = -log(ccs_stream_uniform(&s));
    while (st->at <= m->end) {
        ccs_time a = CCS_TIME_NEVER;
        ccs_time b = CCS_TIME_NEVER;
        double rate = st->per_us;
        rate *= st->volume ? ccs_series_at(st->volume, start_day, st->at, &a) : 1.0;
        rate *= st->profile ? ccs_series_at(st->profile, start_day, st->at, &b) /
                                  ccs_series_mean(st->profile)
                            : 1.0;
        int64_t day = ccs_day_of(start_day, st->at);
        ccs_time piece = a < b ? a : b;
        if (type_of(m, st->type)->day_factor_cv > 0) {
            ccs_time midnight = (day - start_day + 1) * CCS_US_PER_DAY;
            rate *= day_factor(m, st, day);
            piece = midnight < piece ? midnight : piece;
        }
        double have = rate * ((double)piece - (double)st->at);
        if (need < have) {
            st->at += llround(need / rate);
            if (st->at <= m->end) {
                schedule(m, st->at, ARRIVAL, index);
            }
            return;
        }
        need -= have;
        st->at = piece;
    }
}

static int first_channel(const struct reference *m, const struct call *call)
{
    if (m->channel_n == 1) {
        return 0;
    }
    const double *weight = type_of(m, call->type)->channel_mix.v;
    double all = 0;
    for (int c = 0; c < m->channel_n; c++) {
        all += weight[c];
    }
    double u = ccs_uniform_at(m->world_key, call->key, CCS_DRAW_CHANNEL, 0);
    double below = 0;
    for (int c = 0; c < m->channel_n - 1; c++) {
        below += weight[c];
        if (u < below / all) {
            return c;
        }
    }
    return m->channel_n - 1;
}

static void arrive(struct reference *m, int index)
{
    struct stream *st = &m->stream[index];
    uint64_t n = st->n++;
    schedule_arrival(m, index);
    if (m->call_n == m->call_cap) {
        m->call_cap = 2 * m->call_cap + 64;
        m->calls = realloc(m->calls, m->call_cap * sizeof *m->calls);
        ck_assert_ptr_nonnull(m->calls);
    }
    struct call *call = &m->calls[m->call_n++];
    *call = (struct call){.key = ccs_entity_member(st->entity, n),
                          .type = st->type,
                          .arose = m->now,
                          .is_cohort = in_window(m)};
    call->channel = first_channel(m, call);
    m->tally.cohort[call->type].issues += call->is_cohort;
    attempt(m, (int)(m->call_n - 1));
}

static void add_stream(struct reference *m, int type, const char *segment, const char *what,
                       double per_us, const struct ccs_series *volume)
{
    char name[300];
    snprintf(name, sizeof name, "%s/%s/%s", segment, m->config->issue_types.name[type], what);
    const struct ccs_series *profile = &type_of(m, type)->profile;
    ck_assert_int_lt(m->stream_n, MAX_STREAMS);
    m->stream[m->stream_n++] = (struct stream){.entity = ccs_entity_from_name("stream", name),
                                               .type = type,
                                               .per_us = per_us,
                                               .volume = volume,
                                               .profile = profile->is_constant ? NULL : profile};
}

static void add_streams(struct reference *m)
{
    for (int y = 0; y < m->type_n; y++) {
        const struct ccs_issue_type_config *type = type_of(m, y);
        for (size_t s = 0; s < m->config->segments.n && type->rate_per_customer_year.n; s++) {
            double rate = type->rate_per_customer_year.v[s];
            int64_t n = CCS_MAP_AT(m->config->segments, struct ccs_segment_config, s)->population;
            if (rate > 0) {
                add_stream(m, y, m->config->segments.name[s], "rate",
                           rate * (double)n / (double)CCS_US_PER_YEAR, NULL);
            }
        }
        if (type->volume) {
            bool is_table = type->volume->per_interval.n > 0;
            add_stream(m, y, "", "volume",
                       is_table ? 1.0 / (double)type->volume->per_interval.interval
                                : type->volume->rate_per_h / (double)CCS_US_PER_H,
                       is_table ? &type->volume->per_interval : NULL);
        }
    }
}

static void run_reference(struct reference *m, const struct ccs_model *model, uint64_t seed)
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
    add_streams(m);
    for (int t = 0; t < m->team_n; t++) {
        hire(m, t);
    }
    for (int t = 0; t < m->team_n; t++) {
        set_staff(m, t);
    }
    for (int s = 0; s < m->stream_n; s++) {
        m->stream[s].at = m->now;
        schedule_arrival(m, s);
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
                cancel(m, STAFFING, t);
                set_staff(m, t);
            }
            continue;
        }
        if (ev.time >= m->end) {
            break;
        }
        pass_time(m, ev.time);
        switch (ev.what) {
        case ARRIVAL:
            arrive(m, ev.who);
            break;
        case ATTEMPT:
            attempt(m, ev.who);
            break;
        case QUEUE:
            join(m, ev.who);
            break;
        case PATIENCE:
            hang_up(m, ev.who);
            break;
        case TALK_END:
            end_talk(m, ev.who);
            break;
        case WRAP_END:
            let_go(m, m->calls[ev.who].agent);
            serve(m, m->calls[ev.who].team);
            break;
        case ROSTER:
            follow(m, ev.who);
            serve(m, m->agent[ev.who].team);
            break;
        case STAFFING:
            set_staff(m, ev.who);
            break;
        case OVERFLOW:
            offer(m, ev.who);
            break;
        }
    }
    pass_time(m, m->end);
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *call = &m->calls[i];
        struct ccs_cohort *k = &m->tally.cohort[call->type];
        if (call->is_cohort) {
            k->open += call->state != OVER;
            k->contacted += call->contacts > 0;
            k->contacts += call->contacts;
            k->handle_us += call->handle_us;
            k->effort_us += call->effort_us;
        }
    }
}

static void free_reference(struct reference *m)
{
    free(m->events);
    free(m->calls);
}

/* ---- random scenarios ---- */

static int pick(int n)
{
    return rand() % n;
}

static bool chance(int percent)
{
    return pick(100) < percent;
}

/* A distribution of a duration around `mean_s`. */
static void say_dist(struct text *t, const char *key, double mean_s)
{
    switch (pick(4)) {
    case 0:
        say(t, "\"%s\": \"%.3f s\"", key, mean_s);
        break;
    case 1:
        say(t, "\"%s\": {\"dist\": \"exponential\", \"mean\": \"%.3f s\"}", key, mean_s);
        break;
    case 2:
        say(t, "\"%s\": {\"dist\": \"lognormal\", \"mean\": \"%.3f s\", \"cv\": 1.2}", key, mean_s);
        break;
    default:
        say(t, "\"%s\": {\"dist\": \"gamma\", \"mean\": \"%.3f s\", \"cv\": 0.7}", key, mean_s);
        break;
    }
}

static void say_channels(struct text *t, int n)
{
    static const char *const kinds[] = {"phone", "chat", "form"};
    say(t, "\"channels\": {");
    for (int c = 0; c < n; c++) {
        /* against the order of the alphabet: order in the file must not matter */
        say(t, "%s\"c%d\": {\"kind\": \"%s\", \"priority\": %d", c ? ", " : "", n - c,
            kinds[c == 0 ? 0 : pick(3)], pick(3) - 1);
        if (chance(30)) {
            say(t, ", \"calendar\": \"office\", ");
            say_dist(t, "retry_delay", 1800.0 + pick(3600) + 0.000001 * pick(1000000));
        }
        if (chance(40)) {
            say(t, ", \"lines\": %d", 2 + pick(12));
        }
        if (chance(40)) {
            say(t, ", ");
            say_dist(t, "ivr", 20 + pick(60));
        }
        if (chance(70)) {
            say(t, ", ");
            say_dist(t, "patience", 60 + pick(600));
        }
        if (chance(60)) {
            say(t, ", \"redial_probability\": 0.%d, ", 1 + pick(9));
            say_dist(t, "redial_delay", chance(20) ? 0.5 : 300 + pick(1200));
        }
        say(t, ", \"service_level_threshold\": \"%d s\"}", 5 + pick(60));
    }
    say(t, "}, ");
}

static void say_demand(struct text *t, bool has_population)
{
    if (has_population && chance(40)) {
        say(t, "\"rate_per_customer_year\": {\"all\": %d}", 20 + pick(40));
    } else if (chance(50)) {
        say(t, "\"volume\": {\"rate_per_h\": %d}", 5 + pick(30));
    } else {
        say(t,
            "\"volume\": {\"per_interval\": {\"interval\": \"%d min\", \"repeat\": \"%s\", "
            "\"values\": [",
            30 + 30 * pick(3), chance(50) ? "day" : "all");
        for (int i = 0; i < 12; i++) {
            say(t, "%s%d", i ? ", " : "", pick(30));
        }
        say(t, "]}}");
    }
    if (chance(30)) {
        say(t,
            ", \"profile\": {\"interval\": \"3 h\", \"repeat\": \"day\", \"values\": "
            "[0, 1, 5, %d, 4, 2, %d, 0]}",
            pick(8), pick(3));
    }
    if (chance(30)) {
        say(t, ", \"day_factor_cv\": 0.%d", 1 + pick(5));
    }
}

static void say_types(struct text *t, int n, int channel_n, bool has_population)
{
    say(t, "\"issue_types\": {");
    for (int y = 0; y < n; y++) {
        say(t, "%s\"t%d\": {", y ? ", " : "", n - y);
        say_demand(t, has_population);
        say(t, ", \"priority\": %d, ", pick(3));
        say_dist(t, "talk", 120 + pick(600));
        if (chance(40)) {
            say(t, ", ");
            say_dist(t, "hold", 10 + pick(60));
        }
        if (chance(60)) {
            say(t, ", ");
            say_dist(t, "wrap", 10 + pick(200));
        }
        if (chance(30)) {
            say(t, ", \"talk_factor_by_tier\": [0.%d, 1.5]", 5 + pick(4));
        }
        if (channel_n > 1) {
            say(t, ", \"channel_mix\": {");
            for (int c = 0; c < channel_n; c++) {
                say(t, "%s\"c%d\": %d", c ? ", " : "", c + 1, 1 + pick(3));
            }
            say(t, "}");
        }
        say(t, "}");
    }
    say(t, "}, ");
}

/* A number for some of the issue types. */
static void say_map(struct text *t, const char *key, int type_n, int low, int high)
{
    say(t, ", \"%s\": {", key);
    const char *comma = "";
    for (int y = 1; y <= type_n; y++) {
        if (chance(60)) {
            say(t, "%s\"t%d\": %d", comma, y, low + pick(high - low + 1));
            comma = ", ";
        }
    }
    say(t, "}");
}

static void say_terms(struct text *t, int type_n, bool takes_all)
{
    if (chance(40)) {
        say_map(t, "skill_priority", type_n, -2, 2);
    }
    if (!takes_all && chance(50)) {
        say_map(t, "overflow_after_s", type_n, 0, 90);
    }
    if (!takes_all && chance(40)) {
        say_map(t, "reserve", type_n, 0, 2);
    }
}

/* Shifts within the hours of the calendar. */
static void say_shifts(struct text *t)
{
    bool has_calendar = chance(40);
    say(t, "\"shifts\": {");
    int n = 1 + pick(2);
    for (int i = 0; i < n; i++) {
        int from = has_calendar ? 8 + pick(3) : 1 + pick(12);
        say(t, "%s\"s%d\": {\"agents\": %d, \"hours\": {\"%s\": \"%02d:%02d-%02d:00\"",
            i ? ", " : "", i, 1 + pick(4), has_calendar || chance(50) ? "mon-fri" : "mon-sun", from,
            30 * pick(2), from + 7);
        say(t, "}, \"breaks\": {");
        const char *comma = "";
        if (chance(60)) {
            say(t,
                "\"lunch\": {\"after\": \"3 h\", \"length\": \"%d min\", \"spread\": \"%d min\", "
                "\"paid\": %s}",
                10 + pick(50), pick(60), chance(50) ? "true" : "false");
            comma = ", ";
        }
        if (chance(50)) {
            say(t, "%s\"coffee\": {\"after\": \"%d min\", \"length\": \"15 min\"}", comma,
                pick(120));
        }
        say(t, "}}");
    }
    say(t, "}%s", has_calendar ? ", \"calendar\": \"office\"" : "");
}

static void say_presence(struct text *t)
{
    if (chance(40)) {
        say(t, ", \"absence\": 0.%d, \"absence_paid\": %s", 1 + pick(5),
            chance(50) ? "true" : "false");
    }
    if (chance(40)) {
        say(t, ", \"shrinkage\": 0.%d, \"shrinkage_part\": \"%d min\"", 1 + pick(4),
            20 + pick(100));
    }
    if (chance(40)) {
        say(t, ", \"speed_cv\": 0.%d", 1 + pick(6));
    }
}

static void say_routing(struct text *t, int type_n, int rules)
{
    static const char *const contact[] = {"priority", "longest_wait", "weighted_wait",
                                          "longest_queue"};
    static const char *const agent[] = {"in_order", "most_specialised", "random", "longest_idle",
                                        "least_occupied"};
    say(t, ", \"routing\": {\"agent\": \"%s\", \"contact\": \"%s\"", agent[pick(rules)],
        contact[pick(4)]);
    if (chance(50)) {
        say_map(t, "weights", type_n, 0, 4);
    }
    say(t, "}");
}

/* The first team takes everything, so that nothing is left unserved. */
static void say_teams(struct text *t, int n, int type_n, int channel_n, bool has_terms,
                      bool has_staff)
{
    say(t, "\"teams\": {");
    for (int k = 0; k < n; k++) {
        say(t, "%s\"g%d\": {", k ? ", " : "", n - k);
        bool has_shifts = has_staff && k > 0 && chance(60);
        if (has_shifts) {
            say_shifts(t);
        } else if (chance(50)) {
            say(t, "\"agents\": %d", 1 + pick(5));
        } else {
            say(t, "\"agents\": {\"interval\": \"%d h\", \"repeat\": \"%s\", \"values\": [",
                1 + pick(3), chance(50) ? "day" : "all");
            for (int i = 0; i < 7; i++) {
                say(t, "%s%d", i ? ", " : "", pick(6));
            }
            say(t, "]}");
        }
        say(t, ", \"wage_per_h\": %d, \"talk_factor\": 1.%d", 10 + pick(20), pick(5));
        if (has_staff) {
            say_presence(t);
        }
        if (!has_shifts && chance(30)) {
            say(t, ", \"calendar\": \"%s\"", chance(50) ? "office" : "late");
        }
        if (k > 0) {
            say(t, ", \"tier\": %d", 1 + (int)chance(25));
            if (chance(50)) {
                say(t, ", \"skills\": [\"t%d\"]", 1 + pick(type_n));
            }
            if (chance(40)) {
                say(t, ", \"channels\": [\"c%d\"]", 1 + pick(channel_n));
            }
        }
        if (has_terms) {
            say_terms(t, type_n, k == 0);
        }
        say(t, "}");
    }
    say(t, "}");
}

static void make_scenario(struct text *t, unsigned seed, bool has_routing, bool has_staff)
{
    srand(seed);
    int channel_n = 1 + pick(3);
    int type_n = 1 + pick(3);
    int team_n = 1 + pick(4);
    bool has_population = chance(40);
    say(t,
        "{\"name\": \"random\", \"run\": {\"start\": \"2026-01-%02d\", \"horizon\": \"%d h\", "
        "\"warmup\": \"%d h\", \"follow_up\": \"%d h\", \"period\": \"%d h\"}, "
        "\"calendars\": {\"office\": {\"hours\": {\"mon-fri\": \"08:00-18:00\", \"sat\": "
        "[\"09:00-12:00\", \"13:30-16:00\"]}, \"holidays\": [\"2026-01-14\"]}, "
        "\"late\": {\"hours\": {\"mon-sun\": [\"00:00-06:00\", \"20:00-24:00\"]}}}, ",
        5 + pick(14), 20 + pick(30), pick(3) * 5, 10 + pick(40), 6 + pick(14));
    if (has_population) {
        say(t, "\"segments\": {\"all\": {\"population\": %d}}, ", 2000 + pick(3000));
    }
    say_channels(t, channel_n);
    say_types(t, type_n, channel_n, has_population);
    say_teams(t, team_n, type_n, channel_n, has_routing, has_staff);
    if (has_routing) {
        say_routing(t, type_n, has_staff ? 5 : 3);
    }
    say(t, "}");
}

/* ---- comparison ---- */

#define SAME(field, a, b)                                                                          \
    ck_assert_msg((a) == (b), field ": engine %lld, reference %lld", (long long)(a), (long long)(b))

static void compare_access(const struct ccs_access *e, const struct ccs_access *r)
{
    SAME("offered", e->offered, r->offered);
    SAME("answered", e->answered, r->answered);
    SAME("abandoned", e->abandoned, r->abandoned);
    SAME("blocked", e->blocked, r->blocked);
    SAME("in target", e->in_target, r->in_target);
    SAME("waited", e->waited, r->waited);
    SAME("over 2 min", e->over_2min, r->over_2min);
    SAME("over 5 min", e->over_5min, r->over_5min);
    SAME("wait", e->wait_us, r->wait_us);
    SAME("wait of the answered", e->wait_answered_us, r->wait_answered_us);
    SAME("handled", e->handled, r->handled);
    SAME("handle time", e->handle_us, r->handle_us);
}

static void compare_cohort(const struct ccs_cohort *e, const struct ccs_cohort *r)
{
    SAME("issues", e->issues, r->issues);
    SAME("voiced", e->voiced, r->issues);
    SAME("resolved", e->resolved, r->resolved);
    SAME("given up", e->given_up, r->given_up);
    SAME("left", e->left, 0);
    SAME("open", e->open, r->open);
    SAME("contacted", e->contacted, r->contacted);
    SAME("first contact", e->first_contact, r->first_contact);
    SAME("contacts", e->contacts, r->contacts);
    SAME("legs", e->legs, r->contacts);
    SAME("transfers", e->transfers, 0);
    SAME("cohort handle time", e->handle_us, r->handle_us);
    SAME("effort", e->effort_us, r->effort_us);
    SAME("resolution time", e->resolution_us, r->resolution_us);
}

static void compare_team(const struct ccs_team_sums *e, const struct team *r)
{
    SAME("legs", e->legs, r->legs);
    SAME("busy", e->busy_us, r->busy_us);
    SAME("level", e->level_us, r->level_us);
    SAME("paid", e->paid_us, r->paid_us);
    SAME("away", e->away_us, r->away_us);
    SAME("talk", e->talk_us, r->talk_us);
    SAME("hold", e->hold_us, r->hold_us);
    SAME("wrap", e->wrap_us, r->wrap_us);
    SAME("failure demand", e->failure_us >= 0, 1);
}

static void compare(const struct ccs_world *w, const struct reference *m)
{
    const struct ccs_measure *e = &w->measure;
    for (uint32_t p = 0; p < e->period_n; p++) {
        for (int c = 0; c < m->channel_n; c++) {
            const struct ccs_access *access = e->access.data;
            compare_access(&access[p * (uint32_t)m->channel_n + (uint32_t)c],
                           &m->tally.access[p][c]);
        }
    }
    for (int y = 0; y < m->type_n; y++) {
        struct ccs_cohort sum = {0};
        for (size_t s = 0; s <= m->config->segments.n; s++) {
            const int64_t *from = (const int64_t *)&(
                (const struct ccs_cohort *)e->cohort.data)[s * (size_t)m->type_n + (size_t)y];
            for (size_t i = 0; i < sizeof sum / sizeof(int64_t); i++) {
                ((int64_t *)&sum)[i] += from[i];
            }
        }
        compare_cohort(&sum, &m->tally.cohort[y]);
    }
    for (int t = 0; t < m->team_n; t++) {
        compare_team(&((const struct ccs_team_sums *)e->teams.data)[t], &m->team[t]);
    }
    SAME("queue", e->queue_us, m->tally.queue_us);
    SAME("unreachable", e->unreachable, m->tally.unreachable);
}

static void must_agree(unsigned seed, bool has_routing, bool has_staff)
{
    struct text text = {.n = 0};
    make_scenario(&text, seed, has_routing, has_staff);
    struct ccs_scenario *sc = scenario_of(text.s);
    const struct ccs_model *model = model_of(sc, NULL);
    struct lone_world lone;
    world_warm_up(&lone, model, 99, 0);
    world_live(&lone, model);
    static struct reference m; /* too large for a stack under the sanitizers */
    run_reference(&m, model, 99);
    compare(lone.w, &m);
    struct ccs_balance balance;
    ccs_balance_check(lone.w, &balance);
    ck_assert(balance.is_ok);
    free_reference(&m);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}

START_TEST(the_queueing_core_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(7000 + (unsigned)_i, false, false);
}
END_TEST

START_TEST(routing_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(9000 + (unsigned)_i, true, false);
}
END_TEST

START_TEST(shifts_and_single_agents_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(12000 + (unsigned)_i, _i % 2 == 0, true);
}
END_TEST

/* Would the comparison notice? One agent more in the engine than in the reference. */
START_TEST(the_comparison_notices_one_agent_more)
{
    const char *text =
        "{\"name\": \"t\", \"run\": {\"horizon\": \"1 day\", \"follow_up\": \"1 day\", "
        "\"warmup\": \"0 s\"}, \"channels\": {\"phone\": {}}, \"issue_types\": "
        "{\"call\": {\"volume\": {\"rate_per_h\": 60}, \"talk\": {\"dist\": "
        "\"exponential\", \"mean\": \"5 min\"}}}, \"teams\": {\"all\": {\"agents\": "
        "6}}}";
    struct ccs_scenario *six = scenario_of(text);
    struct ccs_scenario *seven = scenario_with(text, "/teams/all/agents=7");
    struct lone_world lone;
    world_warm_up(&lone, model_of(six, NULL), 1, 0);
    world_live(&lone, model_of(six, NULL));
    static struct reference m;
    run_reference(&m, model_of(six, NULL), 1);
    compare(lone.w, &m);
    free_reference(&m);
    run_reference(&m, model_of(seven, NULL), 1);
    const struct ccs_access *engine = lone.w->measure.access.data;
    ck_assert_int_eq(engine->offered, m.tally.access[0][0].offered);
    ck_assert_int_ne(engine->wait_us, m.tally.access[0][0].wait_us);
    free_reference(&m);
    world_finish(&lone);
    ccs_scenario_destroy(six);
    ccs_scenario_destroy(seven);
}
END_TEST

Suite *suite_reference_model(void)
{
    Suite *suite = suite_create("reference_model");
    TCase *tc = tcase_create("naive simulator");
    tcase_add_test(tc, the_comparison_notices_one_agent_more);
    tcase_add_loop_test(tc, the_queueing_core_agrees_with_a_naive_simulator_to_the_microsecond, 0,
                        60);
    tcase_add_loop_test(tc, routing_agrees_with_a_naive_simulator_to_the_microsecond, 0, 100);
    tcase_add_loop_test(
        tc, shifts_and_single_agents_agree_with_a_naive_simulator_to_the_microsecond, 0, 120);
    suite_add_tcase(suite, tc);
    return suite;
}
