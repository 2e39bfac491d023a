/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net value of a policy, line by line, in discounted money: what its issues cause, to their end.
 *
 * Its issues are those open at t0 and those that arise in [t0, T) with all that follows from them.
 * A line is what one thing contributes; costs and losses are negative. Lines are integers, so that
 * they add up to net value to the last unit, and so do differences between policies.
 *
 * Customers lost enter by the compensator of leaving: at each moment of truth that an active
 * customer meets, p x V e^(-delta t) with the probability p of leaving at it and the value V of
 * the customer. It has the mean of V e^(-delta t) over those who leave at such moments, because the
 * resistance of a customer is memoryless (world/case/customer.h), with a fraction of its variance,
 * and it is not 0 where nobody happened to leave. Those who leave by the baseline hazard enter
 * nowhere: by the identity
 *   PV(margin) + e^(-delta T) V(T) - V(0) = integral of h0 V e^(-delta t) - sum of V e^(-delta t)
 *   over leavers
 * they are what the integral expects. (Doob-Meyer decomposition; as a control variate: Asmussen
 * and Glynn, Stochastic Simulation, 2007, chapter V.)
 *
 * Labor enters in two views: by workload, the minutes caused by the issues at wage / target
 * occupancy as if staff followed the work; and as staffed, the hours paid in the window whatever
 * they were used for. A view has its own lines.
 */
#ifndef CCS_BOOKS_NET_VALUE_H
#define CCS_BOOKS_NET_VALUE_H

#include "books/ledger.h"
#include "config/run_config.h"

/* Moments of truth, in order of precedence: one event is at most one moment. RIGHTLY_REFUSED came
 * last and has the place of FAILED_CONTACT, which it is instead of. */
enum ccs_moment {
    CCS_MOMENT_CANCELLATION, /* at the retention desk */
    CCS_MOMENT_GIVEN_UP,
    CCS_MOMENT_PROMISE_BROKEN,
    CCS_MOMENT_ISSUE_ENDED,
    CCS_MOMENT_FAILED_CONTACT,
    CCS_MOMENT_ABANDONED,
    CCS_MOMENT_SILENT_ISSUE,
    CCS_MOMENT_RIGHTLY_REFUSED, /* a claim without right, which the customer will make again */
    CCS_MOMENT_NONE
};

/* Lines: customers lost by moment, money by account, labor by workload by root cause, and parts of
 * it that are told apart from the root cause, labor as staffed. */
enum ccs_line {
    CCS_LINE_LOST = 0,
    CCS_LINE_PAID = CCS_LINE_LOST + CCS_MOMENT_NONE,
    CCS_LINE_LABOR = CCS_LINE_PAID + CCS_ACCOUNT_COUNT,
    CCS_LINE_RETELLING = CCS_LINE_LABOR + CCS_CAUSE_COUNT,
    CCS_LINE_ANGER,    /* talk stretched by it */
    CCS_LINE_ARGUING,  /* with a customer who demands a supervisor */
    CCS_LINE_CHECKING, /* a claim before it is conceded */
    CCS_LINE_STAFFED,
    CCS_LINE_COUNT
};

/* Sums beyond this have no room in 63 bits. */
#define CCS_NET_VALUE_ROOM 9.2e18

struct ccs_net_value {
    ccs_money line[CCS_LINE_COUNT];
    ccs_money debts;      /* justified claims of its issues that are never paid; not in net value */
    ccs_money left_after; /* realised: value of those who leave after T because of its issues */
    bool has_overflowed;
};

/* "lost_given_up", "concessions_justified", "labor_first_request"; NULL for a line that never
 * holds anything (accounts that are no costs, and labor of the window, which is one line). */
const char *ccs_line_name(enum ccs_line line);

/* "customers lost" or "labor", and in *part which of them ("given_up"); NULL for a line that stands
 * by itself, whose name is *part. Only for lines with a name. */
const char *ccs_line_group(enum ccs_line line, const char **part);

/* Is the line part of net value in this view of labor? False for lines without a name. */
bool ccs_line_is_in(enum ccs_line line, enum ccs_labor_view view);

/* Adds to a line, or to another amount of `net`. */
void ccs_net_value_add(struct ccs_net_value *net, ccs_money *to, ccs_money amount);

/* Sum of the lines of the view. Without meaning where `net` has not fitted. */
ccs_money ccs_net_value_sum(const struct ccs_net_value *net, enum ccs_labor_view view);

/* Is there room for every line, and for their sum in both views? */
bool ccs_net_value_fits(const struct ccs_net_value *net);

#endif
