/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Surcharges and the overtime factor: see wage.h. */
#include "world/staff/wage.h"

#include "base/units.h"
#include "model/wage_factor.h"
#include "world/booking.h"
#include "world/charge.h"

/* Settles: adds the premium on the time since the last settlement. */
static void settle(struct ccs_world *w, uint32_t team)
{
    ccs_team_touch(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    double f = tm->wage_factor;
    double g = ccs_team_of(w, team)->overtime_factor;
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
        ccs_wage_factor(w->model->config, ccs_team_of(w, team), w->now, &until);
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
    if (ccs_team_of(w, team)->wage_surcharges.n > 0) {
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
    const struct ccs_team_config *cfg = ccs_team_of(w, team);
    if (cfg->wage_surcharges.n == 0 && cfg->overtime_factor == 1.0) {
        return;
    }
    settle(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    ccs_money due = ccs_round(w->model->teams[team].wage_per_us * tm->premium_us);
    struct ccs_ledger_key key = {team, w->model->segment_n, w->model->type_n, CCS_CAUSE_CAPACITY};
    ccs_booking_cost(w, CCS_ACCOUNT_LABOR_PREMIUM, key, due - tm->premium_booked);
    ccs_charge_staffed(w, due - tm->premium_booked);
    tm->premium_booked = due;
}
