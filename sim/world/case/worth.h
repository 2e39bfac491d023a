/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What customers are worth: margin, baseline hazard and value, equal under all policies.
 *
 * The customers of most segments are alike, and counts of them are enough. Where the segment has a
 * plan (tenure bands, opportunists) each customer follows a curve of the model by tenure, and sums
 * are made customer by customer, at the closings of the books: a customer who is active at one was
 * active since the one before, because the population is closed.
 *
 * Invariant: over the window, per segment,
 *   PV(margin) + e^(-delta T) sum V(T) - sum V(t0) + sum e^(-delta t) V over leavers
 *     = sum of integrals of h0 V e^(-delta t) over the active (ccs_balance_check).
 */
#ifndef CCS_WORLD_CASE_WORTH_H
#define CCS_WORLD_CASE_WORTH_H

#include "base/units.h"
#include "world/world.h"

/* The curve that the customer follows; NULL where hazard and margin are those of the segment. */
static inline const struct ccs_tenure_curve *ccs_customer_curve(const struct ccs_world *w,
                                                                uint32_t customer)
{
    const struct ccs_customer *cu = &((const struct ccs_customer *)w->customers.data)[customer];
    const struct ccs_worth_plan *plan = w->model->worth[cu->segment];
    if (!plan) {
        return NULL;
    }
    return cu->is_opportunist ? &plan->opportunist : &plan->plain;
}

/* Years with the company at time t, of a customer who follows a curve; negative before the
 * beginning. */
static inline double ccs_customer_tenure_at(const struct ccs_world *w, uint32_t customer,
                                            ccs_time t)
{
    return ((const double *)w->tenures.data)[customer] +
           (double)(t - w->origin) / (double)CCS_US_PER_YEAR;
}

/* What distinguishes the claims of this customer; NULL unless an opportunist. */
const struct ccs_opportunists_config *ccs_customer_opportunism(const struct ccs_world *w,
                                                               uint32_t customer);

/* Value of the segment's active customers at `now`, in currency units, not discounted to t0. */
double ccs_population_value(const struct ccs_world *w, uint16_t segment);

/* Integral of h0 V e^(-delta t) over the active from t0 to `now`; the population is touched. */
double ccs_population_hazard_value(const struct ccs_world *w, uint16_t segment);

/* Segments with a plan: the margin since the last closing, and discounted, in currency units. A
 * closing. */
void ccs_population_take_margin(struct ccs_world *w, uint16_t segment, double *margin,
                                double *margin_pv);

/* A customer is about to leave in the window: keeps what belongs to the time since the last
 * closing. Nothing where the segment has no plan. */
void ccs_worth_leave(struct ccs_world *w, uint32_t customer);

#endif
