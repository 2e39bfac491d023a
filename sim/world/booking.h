/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Booking: the one place where world events become ledger entries.
 *
 * Labour is booked leg by leg as it is worked (what straddles t0 or T is cut there), idle time as
 * the rest of the staffed time once a week (both at the plain wage; surcharges: wage.h), margin
 * from the number of active customers. Money spent in the window is also added up discounted, for
 * net value. Nothing is booked during the warm-up; the follow-up has books of its own.
 */
#ifndef CCS_WORLD_BOOKING_H
#define CCS_WORLD_BOOKING_H

#include "world/world.h"

struct ccs_ledger_key ccs_booking_key(const struct ccs_world *w, const struct ccs_issue *is,
                                      int team, enum ccs_cause cause);

/* A cost (positive) for `account`. */
void ccs_booking_cost(struct ccs_world *w, enum ccs_account account, struct ccs_ledger_key key,
                      ccs_money amount);

/* Books what a contact's agents have worked up to now: talk and hold, wrap, or holding the line. */
void ccs_booking_leg(struct ccs_world *w, struct ccs_contact *ct);

/* Brings the integrals up to `to`, before which nothing has changed. */
static inline void ccs_team_integrate(struct ccs_team *tm, ccs_time to)
{
    ccs_time dt = to - tm->touched;
    int32_t over = tm->busy - tm->level > tm->late ? tm->busy - tm->level : tm->late;
    tm->busy_us += tm->busy * dt;
    tm->level_us += tm->level * dt;
    tm->overtime_us += over > 0 ? over * dt : 0;
    tm->away_us += tm->away * dt;
    tm->touched = to;
}

/* The team has come to the end of a period, or of several: notes its integrals as of each. */
void ccs_booking_end_periods(struct ccs_world *w, uint32_t team);

/* Brings a team's integrals up to now. Call before busy or level changes. */
static inline void ccs_team_touch(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    if (w->now >= tm->period_to) {
        ccs_booking_end_periods(w, team);
    }
    ccs_team_integrate(tm, w->now);
}

/* Idle time and margin since the last closing; the state for break-even. */
void ccs_booking_close_week(struct ccs_world *w);

/* CCS_EV_BOOKS: closes week number `week` and schedules the end of the next one in the window. */
void ccs_booking_week_event(struct ccs_world *w, uint32_t week);

/* At T: the last period ends, whole or not. The integrals have been brought up to it. */
void ccs_booking_close_periods(struct ccs_world *w, uint32_t team);

/* Cuts every open leg at this moment (books it up to now). Looks at contacts that an agent has
 * taken only: of those that just wait there may be a million. */
void ccs_booking_cut(struct ccs_world *w);

#endif
