/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Customers: who they are, how long they stay, and how they leave.
 *
 * Each customer draws one resistance R ~ Exp(1). The baseline hazard of the segment accumulates
 * with time, a moment of truth with probability p adds -ln(1 - p). The customer leaves when the sum
 * reaches R: exactly with probability p at each moment, sooner with every burden, and coupled
 * between policies because R belongs to the customer.
 *
 * Invariants: the population is closed after t0, so that a customer who has left never comes back.
 * During the warm-up a new customer (with draws of its own) takes the place of a leaver at once, so
 * that the population at t0 is the stated one.
 */
#ifndef CCS_WORLD_CASE_CUSTOMER_H
#define CCS_WORLD_CASE_CUSTOMER_H

#include "world/world.h"

/* Fills the population. Room for all customers must have been reserved. */
ccs_status ccs_customer_populate(struct ccs_world *w);

/* Makes a customer for one anonymous arrival; CCS_NONE where the model keeps no customers. */
uint32_t ccs_customer_create(struct ccs_world *w);

/* Puts an open issue on, or takes it off, its customer's list. */
void ccs_customer_attach(struct ccs_world *w, struct ccs_issue *is);
void ccs_customer_detach(struct ccs_world *w, struct ccs_issue *is);

/* A moment of truth. True: the customer has left, which ends all issues of the customer, so that
 * `is` is invalid. Anonymous customers never leave. One event is one moment: nothing happens if the
 * issue is marked CCS_ISSUE_FACED. */
bool ccs_customer_moment(struct ccs_world *w, const struct ccs_issue *is, enum ccs_moment moment);

/* The same at the retention desk, with the probability p that the desk gives. */
bool ccs_customer_cancel(struct ccs_world *w, const struct ccs_issue *is, double p);

/* CCS_EV_LEAVE: the baseline hazard has reached the resistance. */
void ccs_customer_leave_event(struct ccs_world *w, uint32_t customer);

/* Tenure at `now` in years; 0 for anonymous customers. */
double ccs_customer_tenure_years(const struct ccs_world *w, const struct ccs_issue *is);

/* Value of the customer, if active, at `now` in currency units, not discounted to t0: the margin
 * still to be expected. It is m / (h0 + delta), with margin m per year, baseline hazard h0 and
 * discount rate delta, unless these change with tenure or kind (worth.h). 0 for anonymous
 * customers. */
double ccs_customer_value(const struct ccs_world *w, uint32_t customer);

/* Brings the population integrals of a segment up to now. */
void ccs_population_touch(struct ccs_world *w, uint32_t segment);

#endif
