/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Charging: the one place where what an issue causes enters the net value of the policy
 * (books/net_value.h), discounted to t0. Only the policy's own issues are charged: those open at
 * t0, those that arise in [t0, T) and all that follows from them, whenever it falls due.
 *
 * Invariant: nothing is charged before t0, and labor as staffed only in [t0, T).
 */
#ifndef CCS_WORLD_CHARGE_H
#define CCS_WORLD_CHARGE_H

#include "world/world.h"

/* e^(-delta t) at this moment, in years since t0. */
double ccs_discount_now(struct ccs_world *w);

/* Money spent for the issue. */
void ccs_charge_cost(struct ccs_world *w, const struct ccs_issue *is, enum ccs_account account,
                     ccs_money amount);

/* Wages due for the week of the window that ends now, whoever the work was for: the staffed view.
 * They are discounted as if paid evenly over that week, so that equal wages come to the same,
 * however much of the time was worked and when. */
void ccs_charge_staffed(struct ccs_world *w, ccs_money amount);

/* Time of an agent of `team` for a contact with root cause `cause`: the workload view, and what an
 * outsourcer bills for handled time. */
void ccs_charge_time(struct ccs_world *w, const struct ccs_issue *is, uint16_t team,
                     enum ccs_cause cause, ccs_time us);

/* So much of that time was spent on what `line` says: takes it from the line of the root cause. */
void ccs_charge_part(struct ccs_world *w, const struct ccs_issue *is, uint16_t team,
                     enum ccs_cause cause, enum ccs_line line, ccs_time us);

/* A moment of truth at which an active customer worth `value` (currency units) leaves with
 * probability p. */
void ccs_charge_moment(struct ccs_world *w, const struct ccs_issue *is, enum ccs_moment moment,
                       double p, double value);

/* The customer, worth `value`, has left because of the issue: noted where that is after T. */
void ccs_charge_leaver(struct ccs_world *w, const struct ccs_issue *is, double value);

/* A justified claim ends, or is still open at the end of the run, without having been paid. */
void ccs_charge_debt(struct ccs_world *w, const struct ccs_issue *is);

#endif
