/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How hazard and margin of a customer change with tenure (time with the company), and what the
 * customer is worth along the way.
 *
 * Hazard h and margin m are constant from one band to the next. The value V(tau) of an active
 * customer is the margin still to be expected, discounted at rate delta:
 *
 *   V' = (h + delta) V - m,  V = m / (h + delta) in the last piece, which has no end.
 *
 * In a piece that ends at tenure b, with r = h + delta and s = b - tau:
 *
 *   V(tau) = V(b) e^(-r s) + m (1 - e^(-r s)) / r.
 *
 * Pure functions. Times and tenures are in years, money in currency units. The first piece has no
 * beginning, so that a customer who is yet to come (negative tenure) has its hazard and margin.
 */
#ifndef CCS_MODEL_TENURE_CURVE_H
#define CCS_MODEL_TENURE_CURVE_H

#include <stdint.h>

struct ccs_tenure_piece {
    double to; /* tenure at its end; of the last: INFINITY */
    double hazard_per_year, margin_per_year;
    double value_to; /* V(to); of the last: V throughout, INFINITY where it has none */
};

struct ccs_tenure_curve {
    uint32_t n;
    struct ccs_tenure_piece *piece;
    double discount_per_year;
};

/* Integral of e^(-discount x) over [t, t + years]. */
double ccs_discounted_years(double discount, double t, double years);

/* Fills in `value_to` of all pieces, from the last to the first. */
void ccs_tenure_curve_set_values(struct ccs_tenure_curve *curve);

/* Hazard that accumulates between two tenures, from <= to. */
double ccs_tenure_hazard(const struct ccs_tenure_curve *curve, double from, double to);

/* Years from tenure `from` until so much hazard has accumulated; INFINITY if it never does. */
double ccs_tenure_wait(const struct ccs_tenure_curve *curve, double from, double hazard);

/* V(tenure). */
double ccs_tenure_value(const struct ccs_tenure_curve *curve, double tenure);

/* Margin received between two tenures, from <= to; `_pv`: discounted to t0, where the customer has
 * the tenure `from` at t years after t0. */
double ccs_tenure_margin(const struct ccs_tenure_curve *curve, double from, double to);
double ccs_tenure_margin_pv(const struct ccs_tenure_curve *curve, double from, double to, double t);

/* The piece in which both tenures lie, from <= to; NULL if there is a step between them. Sums over
 * many customers need no exponentials of each as long as that is so. */
const struct ccs_tenure_piece *ccs_tenure_common_piece(const struct ccs_tenure_curve *curve,
                                                       double from, double to);

/* Integral of h V e^(-delta t) between two tenures, where the customer has the tenure `from` at t:
 * the value that the baseline hazard takes on average from a customer who stays so long. */
double ccs_tenure_hazard_value(const struct ccs_tenure_curve *curve, double from, double to,
                               double t);

#endif
