/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: agents, shifts, staffing; see reference.h. */
#include "reference.h"

#include "world/queue/routing.h"

static uint64_t key_of_agent(const struct reference *m, int t, int slot)
{
    uint64_t team = ccs_entity_from_name("team", m->config->teams.name[t]);
    return ccs_entity_member(team, (uint64_t)slot);
}

static uint32_t positive(int64_t n)
{
    return (uint32_t)(n + (INT64_C(1) << 31));
}

/* On the day, or from the shift, that begins at `from`. */
static bool is_absent(const struct reference *m, int t, int slot, ccs_time from)
{
    ccs_time end;
    return ccs_uniform_at(m->world_key, key_of_agent(m, t, slot), CCS_DRAW_ABSENCE,
                          positive(ref_day_of(m, from))) <
           ref_table_at(&ref_team_of(m, t)->absence, m->config->run.start_day, from, &end);
}

static bool is_given(const struct ccs_series *share)
{
    return share->n > 0 || share->constant > 0;
}

static ccs_time part_end(const struct reference *m, int t, ccs_time at, int64_t *part,
                         ccs_time *from)
{
    ccs_time length = ref_team_of(m, t)->shrinkage_part;
    int64_t day = ref_day_of(m, at);
    ccs_time midnight = ref_midnight_of(m, day);
    int64_t n = 0;
    while (midnight + (n + 1) * length <= at) {
        n++;
    }
    *part = day * ((CCS_US_PER_DAY + length - 1) / length) + n;
    *from = midnight + n * length;
    ccs_time end = midnight + (n + 1) * length;
    return end < midnight + CCS_US_PER_DAY ? end : midnight + CCS_US_PER_DAY;
}

static bool is_shrunk(const struct reference *m, int t, int slot, ccs_time at)
{
    int64_t part;
    ccs_time from, end;
    part_end(m, t, at, &part, &from);
    return ccs_uniform_at(m->world_key, key_of_agent(m, t, slot), CCS_DRAW_SHRINKAGE,
                          positive(part)) <
           ref_table_at(&ref_team_of(m, t)->shrinkage, m->config->run.start_day, from, &end);
}

enum duty {
    NO_DUTY,
    ON_DUTY,
    IN_BREAK,
    ELSEWHERE
};

struct plan {
    ccs_time at;
    enum duty duty;
    bool is_paid;
    bool break_begins;
    ccs_time break_end, shift_end, next;
};

static void border(struct plan *p, ccs_time at)
{
    p->next = at > p->at && at < p->next ? at : p->next;
}

/* What agent `number` of the shift is to do, if the shift of `day` from..to runs; every border
 * of it in p->next. (Shifts of the random scenarios do not cross midnight.) */
static void look_at_shift(const struct reference *m, int t, const struct ccs_shift_config *shift,
                          int slot, int number, ccs_time from, ccs_time to, struct plan *p)
{
    const struct ccs_team_config *cfg = ref_team_of(m, t);
    bool runs = p->at >= from && p->at < to;
    bool absent = is_absent(m, t, slot, from);
    border(p, from);
    border(p, to);
    if (runs) {
        p->shift_end = to;
        p->is_paid = !absent || cfg->absence_paid;
        p->duty = !absent ? ON_DUTY : p->is_paid ? ELSEWHERE : NO_DUTY;
    }
    for (size_t i = 0; i < shift->breaks.n && !absent; i++) {
        const struct ccs_break_config *b = CCS_MAP_AT(shift->breaks, struct ccs_break_config, i);
        ccs_time begin = from + b->after + b->spread * number / shift->agents;
        border(p, begin);
        border(p, begin + b->length);
        if (p->at >= begin && p->at < begin + b->length) {
            p->duty = IN_BREAK;
            p->is_paid = b->paid;
            p->break_begins = p->at == begin;
            p->break_end = begin + b->length;
        }
    }
    if (runs && p->duty == ON_DUTY && is_given(&cfg->shrinkage)) {
        int64_t part;
        ccs_time begin;
        border(p, part_end(m, t, p->at, &part, &begin));
        p->duty = is_shrunk(m, t, slot, p->at) ? ELSEWHERE : ON_DUTY;
    }
}

static struct plan plan_of(const struct reference *m, const struct agent *ag, ccs_time at)
{
    struct plan p = {.at = at, .duty = NO_DUTY, .next = CCS_TIME_NEVER};
    const struct ccs_map *shifts = &ref_team_of(m, ag->team)->shifts;
    const struct ccs_calendar_config *calendar =
        ref_calendar_of(m, ref_team_of(m, ag->team)->calendar);
    int number = ag->slot;
    size_t k = 0;
    while (number >= CCS_MAP_AT(*shifts, struct ccs_shift_config, k)->agents) {
        number -= (int)CCS_MAP_AT(*shifts, struct ccs_shift_config, k++)->agents;
    }
    const struct ccs_shift_config *shift = CCS_MAP_AT(*shifts, struct ccs_shift_config, k);
    int64_t today = ref_day_of(m, at);
    for (int64_t day = today; day <= today + 10; day++) {
        ccs_time midnight = ref_midnight_of(m, day);
        bool is_holiday = calendar && ref_is_holiday(calendar, day);
        for (size_t i = 0; i < shift->hours.n && !is_holiday; i++) {
            const struct ccs_week_span *s = &shift->hours.span[i];
            if (s->from_min / 1440 == ref_weekday_of(day)) {
                ccs_time from = midnight + s->from_min % 1440 * CCS_US_PER_MIN;
                ccs_time to = from + (s->to_min - s->from_min) * CCS_US_PER_MIN;
                look_at_shift(m, ag->team, shift, ag->slot, number, from, to, &p);
            }
        }
    }
    return p;
}

bool ref_is_due(const struct reference *m, const struct agent *ag, ccs_time at)
{
    return plan_of(m, ag, at).duty == ON_DUTY;
}

/* The agent does what is planned, as far as a leg allows. */
void ref_follow(struct reference *m, int a)
{
    struct agent *ag = &m->agent[a];
    struct plan p = plan_of(m, ag, m->now);
    ref_cancel(m, ROSTER, a);
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
        ref_schedule(m, next, ROSTER, a);
    }
}

/* How many of the team are on duty. */
int ref_level_of(const struct reference *m, int t)
{
    int n = m->team[t].level;
    for (int a = 0; a < m->agent_n && m->team[t].has_shifts; a++) {
        const struct agent *ag = &m->agent[a];
        n += ag->team == t && (ag->where == FREE || (ag->where == BUSY && !ag->is_late));
    }
    return n;
}

/* How many of the team are free. */
int ref_free_of(const struct reference *m, int t)
{
    int n = 0;
    for (int a = 0; a < m->agent_n; a++) {
        n += m->agent[a].team == t && m->agent[a].where == FREE;
    }
    return n;
}

/* The agent of the team who has been where they are longest (or shortest); -1 if nobody is. */
int ref_first_of(const struct reference *m, int t, enum where where, bool longest)
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
    while (ref_free_of(m, t) > due) {
        struct agent *ag = &m->agent[ref_first_of(m, t, FREE, true)];
        ag->where = OFF;
        ag->free_since = ++m->moves;
    }
    while (ref_free_of(m, t) < due) {
        struct agent *ag = &m->agent[ref_first_of(m, t, OFF, false)];
        ag->where = FREE;
        ag->free_since = ++m->moves;
        ag->since = m->now;
        ag->busy_us = 0;
    }
}

double ref_occupancy_of(const struct reference *m, const struct agent *ag)
{
    return m->now > ag->since ? (double)ag->busy_us / (double)(m->now - ag->since) : 0;
}

int ref_least_occupied_of(const struct reference *m, int t)
{
    int best = -1;
    for (int a = 0; a < m->agent_n; a++) {
        const struct agent *ag = &m->agent[a];
        if (ag->team != t || ag->where != FREE) {
            continue;
        }
        double own = ref_occupancy_of(m, ag);
        double other = best < 0 ? 0 : ref_occupancy_of(m, &m->agent[best]);
        if (best < 0 || own < other ||
            (own == other && ag->free_since < m->agent[best].free_since)) {
            best = a;
        }
    }
    return best;
}

int ref_agent_for(const struct reference *m, int t, const struct call *call)
{
    if (m->config->routing.agent == CCS_AGENT_LEAST_OCCUPIED) {
        return ref_least_occupied_of(m, t);
    }
    if (m->config->routing.agent != CCS_AGENT_RANDOM) {
        return ref_first_of(m, t, FREE, true);
    }
    struct ccs_stream s =
        ccs_stream_at(m->world_key, call->key, CCS_DRAW_ROUTE, call->attempts << 8 | call->leg);
    ccs_stream_uniform(&s);
    int skip = (int)(ccs_stream_uniform(&s) * ref_free_of(m, t));
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
void ref_let_go(struct reference *m, int a)
{
    struct agent *ag = &m->agent[a];
    struct team *tm = &m->team[ag->team];
    tm->busy--;
    ref_note_work(m, ag);
    ag->busy_us += m->now - ag->busy_from;
    ag->is_late = false;
    if (tm->has_shifts) {
        ag->where = PAUSE;
        ref_follow(m, a);
    } else {
        ag->where = tm->busy < tm->level ? FREE : OFF;
        ag->free_since = ++m->moves;
    }
}

void ref_hire(struct reference *m, int t)
{
    const struct ccs_team_config *cfg = ref_team_of(m, t);
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

/* With shifts: everybody knows when to come and go, only hours end for the team. */
static void set_shifts(struct reference *m, int t)
{
    const struct ccs_calendar_config *calendar = ref_calendar_of(m, ref_team_of(m, t)->calendar);
    bool closes = false;
    for (int c = 0; c < m->channel_n; c++) {
        closes = closes || ref_channel_of(m, c)->at_closing != CCS_CLOSING_CARRY_OVER;
    }
    if (calendar && closes) {
        ref_schedule(m, ref_hours_change(m, calendar, m->now), STAFFING, t);
    }
    for (int a = 0; a < m->agent_n; a++) {
        if (m->agent[a].team == t) {
            ref_follow(m, a);
        }
    }
    ref_close(m, t, 0);
    ref_serve(m, t);
}

void ref_set_staff(struct reference *m, int t)
{
    const struct ccs_team_config *cfg = ref_team_of(m, t);
    const struct ccs_calendar_config *calendar = ref_calendar_of(m, cfg->calendar);
    if (m->team[t].has_shifts) {
        set_shifts(m, t);
        return;
    }
    int before = m->team[t].level;
    ccs_time change;
    double agents = ref_table_at(&cfg->agents, m->config->run.start_day, m->now, &change);
    bool is_open = ref_is_open(m, calendar, m->now);
    ccs_time closes = ref_hours_change(m, calendar, m->now);
    int due = is_open ? (int)lround(agents) : 0;
    m->team[t].level = 0;
    m->team[t].away = 0;
    for (int slot = 0; slot < due; slot++) {
        if (is_absent(m, t, slot, ref_midnight_of(m, ref_day_of(m, m->now)))) {
            m->team[t].away += cfg->absence_paid;
        } else if (is_shrunk(m, t, slot, m->now)) {
            m->team[t].away++;
        } else {
            m->team[t].level++;
        }
    }
    fill_up(m, t);
    /* not looked at while closed: teams that change at the same moment do so in the order in which
     * they came to know of it */
    ccs_time next = is_open && change < closes ? change : closes;
    if (due > 0 && (is_given(&cfg->absence) || is_given(&cfg->shrinkage))) {
        int64_t part;
        ccs_time begin;
        ccs_time end = part_end(m, t, m->now, &part, &begin);
        ccs_time midnight = ref_midnight_of(m, ref_day_of(m, m->now) + 1);
        end = is_given(&cfg->shrinkage) ? end : midnight;
        next = end < next ? end : next;
    }
    if (next != CCS_TIME_NEVER) {
        ref_schedule(m, next, STAFFING, t);
    }
    ref_close(m, t, before);
    ref_serve(m, t);
}
