/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts, breaks, absence and shrinkage: see roster.h. */
#include "model/roster.h"

#include "base/units.h"
#include "model/timetable.h"

static ccs_time earlier(ccs_time a, ccs_time b)
{
    return a < b ? a : b;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Occurrence numbers are unsigned; days and parts before t0 are negative. */
static uint32_t occurrence(int64_t n)
{
    return (uint32_t)(n + (INT64_C(1) << 31));
}

/* Can the probability be above 0? A table may be anything. */
static bool is_ever(const struct ccs_series *p)
{
    return p->is_constant ? p->constant > 0 : p->n > 0;
}

/* Is the agent absent from the shift of `day` that begins at `from` (by headcount: from the
 * day)? */
static bool is_absent(const struct ccs_model *m, uint64_t key, uint16_t team, uint32_t slot,
                      int64_t day, ccs_time from)
{
    ccs_time until;
    double p =
        ccs_series_at(&m->teams[team].config->absence, m->config->run.start_day, from, &until);
    return p > 0 && ccs_uniform_at(key, ccs_agent_entity(m, team, slot), CCS_DRAW_ABSENCE,
                                   occurrence(day)) < p;
}

/* A part of a day, for shrinkage. */
struct part {
    int64_t number; /* counted over all days */
    ccs_time from, to;
};

static struct part part_at(const struct ccs_team_config *cfg, int64_t start_day, ccs_time t)
{
    int64_t per_day = (CCS_US_PER_DAY + cfg->shrinkage_part - 1) / cfg->shrinkage_part;
    int64_t day = floor_div(t, CCS_US_PER_DAY);
    int64_t n = (t - day * CCS_US_PER_DAY) / cfg->shrinkage_part;
    ccs_time from = day * CCS_US_PER_DAY + n * cfg->shrinkage_part;
    return (struct part){.number = (start_day + day) * per_day + n,
                         .from = from,
                         .to = earlier(from + cfg->shrinkage_part, (day + 1) * CCS_US_PER_DAY)};
}

static bool is_shrunk(const struct ccs_model *m, uint64_t key, uint16_t team, uint32_t slot,
                      const struct part *part)
{
    ccs_time until;
    double p = ccs_series_at(&m->teams[team].config->shrinkage, m->config->run.start_day,
                             part->from, &until);
    return p > 0 && ccs_uniform_at(key, ccs_agent_entity(m, team, slot), CCS_DRAW_SHRINKAGE,
                                   occurrence(part->number)) < p;
}

/* When the shift that runs at t began. Spans that meet at Sunday midnight are one shift; a holiday
 * ends it, so that it begins anew on the day after. */
static ccs_time shift_start(const struct ccs_calendar_config *hours, int64_t start_day, ccs_time t)
{
    int64_t day = ccs_day_of(start_day, t);
    ccs_time monday = (day - ccs_weekday_of(day) - start_day) * CCS_US_PER_DAY;
    ccs_time from = t;
    for (size_t i = 0; i < hours->hours.n; i++) {
        const struct ccs_week_span *s = &hours->hours.span[i];
        if (t >= monday + s->from_min * CCS_US_PER_MIN && t < monday + s->to_min * CCS_US_PER_MIN) {
            const struct ccs_week_span *last = &hours->hours.span[hours->hours.n - 1];
            bool goes_on = s->from_min == 0 && last->to_min == 7 * 24 * 60 && last != s;
            from = monday + (goes_on ? last->from_min - 7 * 24 * 60 : s->from_min) * CCS_US_PER_MIN;
        }
    }
    for (int64_t d = day; d >= ccs_day_of(start_day, from); d--) {
        if (ccs_calendar_is_holiday(hours, d)) {
            return (d + 1 - start_day) * CCS_US_PER_DAY;
        }
    }
    return from;
}

/* The shift of a slot, and the slot's number in it. */
static const struct ccs_shift_plan *shift_of(const struct ccs_team_plan *plan, uint32_t slot,
                                             uint32_t *number)
{
    for (uint16_t i = 0; i < plan->shift_n; i++) {
        if (slot < plan->shift[i].agents) {
            *number = slot;
            return &plan->shift[i];
        }
        slot -= plan->shift[i].agents;
    }
    return NULL;
}

/* Is the agent in a break of the shift that began at `from`? Lowers p->until to the next border. */
static bool in_break(const struct ccs_shift_plan *shift, uint32_t number, ccs_time from, ccs_time t,
                     struct ccs_presence *p)
{
    for (size_t i = 0; i < shift->config->breaks.n; i++) {
        const struct ccs_break_config *b =
            CCS_MAP_AT(shift->config->breaks, struct ccs_break_config, i);
        ccs_time begin = from + b->after + b->spread * (ccs_time)number / (ccs_time)shift->agents;
        if (t >= begin && t < begin + b->length) {
            p->until = earlier(p->until, begin + b->length);
            p->is_paid = b->paid;
            return true;
        }
        if (begin > t) {
            p->until = earlier(p->until, begin);
        }
    }
    return false;
}

struct ccs_presence ccs_roster_at(const struct ccs_model *model, uint64_t key, uint16_t team,
                                  uint32_t slot, ccs_time t)
{
    const struct ccs_team_plan *plan = &model->teams[team];
    const struct ccs_team_config *cfg = plan->config;
    int64_t start_day = model->config->run.start_day;
    struct ccs_presence p = {.duty = CCS_DUTY_OFF, .until = CCS_TIME_NEVER};
    uint32_t number;
    const struct ccs_shift_plan *shift = shift_of(plan, slot, &number);
    if (!shift || !ccs_calendar_open(&shift->hours, start_day, t, &p.until)) {
        return p; /* an agent who belongs to no shift any more only finishes what is begun */
    }
    p.shift_end = p.until;
    ccs_time from = shift_start(&shift->hours, start_day, t);
    if (is_absent(model, key, team, slot, ccs_day_of(start_day, from), from)) {
        p.duty = cfg->absence_paid ? CCS_DUTY_AWAY : CCS_DUTY_OFF;
        p.is_paid = cfg->absence_paid;
        return p;
    }
    if (in_break(shift, number, from, t, &p)) {
        p.duty = CCS_DUTY_BREAK;
        return p;
    }
    p.duty = CCS_DUTY_ON;
    p.is_paid = true;
    if (is_ever(&cfg->shrinkage)) {
        struct part part = part_at(cfg, start_day, t);
        p.duty = is_shrunk(model, key, team, slot, &part) ? CCS_DUTY_AWAY : CCS_DUTY_ON;
        p.until = earlier(p.until, part.to);
    }
    return p;
}

int32_t ccs_roster_present(const struct ccs_model *model, uint64_t key, uint16_t team, int32_t n,
                           ccs_time t, int32_t *paid_away, ccs_time *until)
{
    const struct ccs_team_config *cfg = model->teams[team].config;
    *paid_away = 0;
    if (n == 0 || (!is_ever(&cfg->absence) && !is_ever(&cfg->shrinkage))) {
        return n;
    }
    int64_t start_day = model->config->run.start_day;
    int64_t day = ccs_day_of(start_day, t);
    ccs_time midnight = (day - start_day) * CCS_US_PER_DAY;
    struct part part = part_at(cfg, start_day, t);
    *until = earlier(*until, is_ever(&cfg->shrinkage) ? part.to : midnight + CCS_US_PER_DAY);
    int32_t present = 0;
    for (uint32_t slot = 0; slot < (uint32_t)n; slot++) {
        bool absent = is_absent(model, key, team, slot, day, midnight);
        bool here = !absent && !is_shrunk(model, key, team, slot, &part);
        present += here;
        *paid_away += !here && (!absent || cfg->absence_paid);
    }
    return present;
}
