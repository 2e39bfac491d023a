/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Surcharges and the overtime factor: see wage.h. */
#include "center/wage.h"

#include "base/units.h"
#include "center/books.h"
#include "center/timetable.h"

static const struct ccs_field surcharge_fields[] = {
    {.key = "hours",
     .type = CCS_FIELD_HOURS,
     .offset = offsetof(struct ccs_surcharge_config, hours),
     .def = "{}",
     .help = "When, by day of the week, like the hours of a calendar; over midnight as two spans "
             "that meet. Hours of a team's surcharges may not overlap. Either this or `holidays`."},
    {.key = "holidays",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_surcharge_config, holidays),
     .ref = "calendars",
     .def = "null",
     .help = "All day on the holidays of this calendar, instead of the surcharges by hours."},
    {.key = "factor",
     .type = CCS_FIELD_REAL,
     .offset = offsetof(struct ccs_surcharge_config, factor),
     .min = 0,
     .max = 100,
     .help = "Factor on the wage: 1.25 is a quarter more."},
};

const struct ccs_section ccs_surcharge_section = {
    .title = "wage surcharge",
    .help = "A factor on the wage at some hours of the week or on holidays.",
    .size = sizeof(struct ccs_surcharge_config),
    .field = surcharge_fields,
    .field_n = sizeof surcharge_fields / sizeof surcharge_fields[0],
};

static const struct ccs_team_config *config_of(const struct ccs_world *w, uint32_t team)
{
    return CCS_MAP_AT(w->model->config->teams, struct ccs_team_config, team);
}

static bool is_by_holidays(const struct ccs_surcharge_config *surcharge)
{
    return surcharge->holidays >= 0;
}

/* The surcharge for the holiday that t is on, if any; the answer holds for the day. */
static const struct ccs_surcharge_config *holiday_at(const struct ccs_config *config,
                                                     const struct ccs_team_config *team, ccs_time t,
                                                     ccs_time *until)
{
    int64_t day = ccs_day_of(config->run.start_day, t);
    const struct ccs_surcharge_config *found = NULL;
    for (size_t i = 0; i < team->wage_surcharges.n; i++) {
        const struct ccs_surcharge_config *surcharge =
            CCS_MAP_AT(team->wage_surcharges, struct ccs_surcharge_config, i);
        if (!is_by_holidays(surcharge)) {
            continue;
        }
        *until = (day + 1 - config->run.start_day) * CCS_US_PER_DAY;
        if (ccs_calendar_is_holiday(
                CCS_MAP_AT(config->calendars, struct ccs_calendar_config, surcharge->holidays),
                day)) {
            found = surcharge;
        }
    }
    return found;
}

double ccs_wage_factor(const struct ccs_config *config, const struct ccs_team_config *team,
                       ccs_time t, ccs_time *until)
{
    *until = CCS_TIME_NEVER;
    const struct ccs_surcharge_config *holiday = holiday_at(config, team, t, until);
    if (holiday) {
        return holiday->factor;
    }
    double factor = 1.0;
    for (size_t i = 0; i < team->wage_surcharges.n; i++) {
        const struct ccs_surcharge_config *surcharge =
            CCS_MAP_AT(team->wage_surcharges, struct ccs_surcharge_config, i);
        if (is_by_holidays(surcharge)) {
            continue;
        }
        struct ccs_calendar_config hours = {.hours = surcharge->hours};
        ccs_time change;
        if (ccs_calendar_open(&hours, config->run.start_day, t, &change)) {
            factor = surcharge->factor;
        }
        *until = change < *until ? change : *until;
    }
    return factor;
}

/* Prices the time since the last settlement. */
static void settle(struct ccs_world *w, uint32_t team)
{
    ccs_team_touch(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    double f = tm->wage_factor;
    double g = config_of(w, team)->overtime_factor;
    int64_t ordinary_us = tm->level_us + tm->away_us;
    tm->premium_us += (f - 1.0) * (double)(ordinary_us - tm->settled_ordinary_us) +
                      (f * g - 1.0) * (double)(tm->overtime_us - tm->settled_overtime_us);
    tm->settled_ordinary_us = ordinary_us;
    tm->settled_overtime_us = tm->overtime_us;
}

static void look_up(struct ccs_world *w, uint32_t team)
{
    ccs_time until;
    ccs_team_at(w, team)->wage_factor =
        ccs_wage_factor(w->model->config, config_of(w, team), w->now, &until);
    ccs_team_at(w, team)->wage_event =
        until < w->horizon ? ccs_world_schedule(w, until, CCS_EV_WAGE, team) : CCS_EVENT_NONE;
}

void ccs_wage_begin(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    tm->wage_factor = 1.0;
    tm->settled_ordinary_us = tm->settled_overtime_us = 0;
    tm->premium_us = 0.0;
    tm->premium_booked = 0;
    if (config_of(w, team)->wage_surcharges.n > 0) {
        look_up(w, team);
    }
}

void ccs_wage_event(struct ccs_world *w, uint32_t team)
{
    settle(w, team);
    look_up(w, team);
}

void ccs_wage_book(struct ccs_world *w, uint16_t team)
{
    const struct ccs_team_config *cfg = config_of(w, team);
    if (cfg->wage_surcharges.n == 0 && cfg->overtime_factor == 1.0) {
        return;
    }
    settle(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    ccs_money due = ccs_round(w->model->teams[team].wage_per_us * tm->premium_us);
    struct ccs_ledger_key key = {team, w->model->segment_n, w->model->type_n, CCS_CAUSE_CAPACITY};
    ccs_books_cost(w, CCS_ACCOUNT_LABOR_PREMIUM, key, due - tm->premium_booked);
    tm->premium_booked = due;
}
