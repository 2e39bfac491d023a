/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What paid time costs beyond the plain wage: surcharges by time of day, weekday and holiday, and
 * the factor on overtime.
 *
 * With the surcharge's factor f at the time (1 outside all windows) and the overtime factor g, time
 * on duty (and paid breaks, meetings, absence) costs wage x f, overtime costs wage x f x g. The
 * plain wage is booked leg by leg and as idle time (world/booking.h); what comes on top,
 *
 *   wage x integral of ((f - 1) x (on duty + paid away) + (f g - 1) x overtime),
 *
 * is booked to the account labor_premium once a week.
 *
 * Invariant: f changes only in a CCS_EV_WAGE event, so that it is constant between two settlements.
 * A team without surcharges has no such events.
 */
#ifndef CCS_WORLD_STAFF_WAGE_H
#define CCS_WORLD_STAFF_WAGE_H

#include "world/world.h"

/* At t0, when the team's integrals are 0: no premium has been settled; looks the factor up. */
void ccs_wage_begin(struct ccs_world *w, uint32_t team);

/* CCS_EV_WAGE: settles, and looks up the factor that holds from now on. */
void ccs_wage_event(struct ccs_world *w, uint32_t team);

/* Settles, and books the premium since the last booking. */
void ccs_wage_book(struct ccs_world *w, uint16_t team);

#endif
