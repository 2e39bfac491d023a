/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Booking: the one place where world events become ledger entries.
 *
 * Labour is booked leg by leg as it is worked; a leg that straddles t0 or T is cut there. Idle time
 * is booked once a week as the rest of the staffed time. Both cost the plain wage; surcharges are
 * in staff/wage.h. Margin is booked once a week from the number of active customers. Nothing is
 * booked during the warm-up; the follow-up has books of its own. Net value has its own rules:
 * world/charge.h.
 *
 * Invariant: labour booked in the window equals wage x paid time, whatever the rounding of each leg
 * (experiment/balance.c checks it after every run).
 */
#ifndef CCS_WORLD_BOOKING_H
#define CCS_WORLD_BOOKING_H

#include "world/world.h"

struct ccs_ledger_key ccs_booking_key(const struct ccs_world *w, const struct ccs_issue *is,
                                      int team, enum ccs_cause cause);

/* Spends `amount` for the issue: books it, adds it to what the issue has cost, and charges the
 * policy with it. `team` -1: none. */
void ccs_booking_spend(struct ccs_world *w, struct ccs_issue *is, enum ccs_account account,
                       int team, enum ccs_cause cause, ccs_money amount);

/* Books a cost (positive) to `account`: in the window to its books, after it to those of the
 * follow-up, before t0 not at all. */
void ccs_booking_cost(struct ccs_world *w, enum ccs_account account, struct ccs_ledger_key key,
                      ccs_money amount);

/* Books what a contact's agents have worked up to now: ringing, talk and hold, wrap-up, and the
 * time of an agent who holds the line. */
void ccs_booking_leg(struct ccs_world *w, struct ccs_contact *ct);

/* Brings a team's integrals up to `to`. Nothing may have changed since the last time. */
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

/* A team has come to the end of one period or more: notes its integrals as of each end. */
void ccs_booking_end_periods(struct ccs_world *w, uint32_t team);

/* Brings a team's integrals up to now. Call it before busy, level, late or away changes. */
static inline void ccs_team_touch(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    if (w->now >= tm->period_to) {
        ccs_booking_end_periods(w, team);
    }
    ccs_team_integrate(tm, w->now);
}

/* Books idle time, premium on wages and margin since the last closing, and notes the state for
 * break-even. */
void ccs_booking_close_week(struct ccs_world *w);

/* After T: notes the state for break-even as that of the end of week number `week` (from 1). */
void ccs_booking_note_week(struct ccs_world *w, size_t week);

/* CCS_EV_BOOKS: closes week number `week` and schedules the end of the next one in the window. */
void ccs_booking_week_event(struct ccs_world *w, uint32_t week);

/* At T: ends the last period, whole or not. The team's integrals are as of T already. */
void ccs_booking_close_periods(struct ccs_world *w, uint32_t team);

/* Cuts every open leg at this moment: books it up to now. It visits only contacts that an agent has
 * taken (world.ever_answered), because a million others may be waiting. */
void ccs_booking_cut(struct ccs_world *w);

#endif
