/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hazard, margin and value piece by piece: see tenure_curve.h. */
#include "model/tenure_curve.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Integral of e^(-rate x) over [0, years]. */
static double decay(double rate, double years)
{
    return rate > 0 ? -expm1(-rate * years) / rate : years;
}

double ccs_discounted_years(double discount, double t, double years)
{
    return exp(-discount * t) * decay(discount, years);
}

static double value_in(const struct ccs_tenure_piece *piece, double discount, double tenure)
{
    if (isinf(piece->to)) {
        return piece->value_to;
    }
    double rate = piece->hazard_per_year + discount;
    double left = piece->to - tenure;
    if (rate <= 0) {
        return piece->value_to + piece->margin_per_year * left;
    }
    /* Both e^(-r s) and 1 - e^(-r s) to full precision, by one call of the library. */
    double x = rate * left;
    bool is_near = x < 0.1;
    double part = is_near ? -expm1(-x) : exp(-x);
    double lost = is_near ? part : 1.0 - part;
    double kept = is_near ? 1.0 - part : part;
    return piece->value_to * kept + piece->margin_per_year * (lost / rate);
}

void ccs_tenure_curve_set_values(struct ccs_tenure_curve *curve)
{
    for (uint32_t i = curve->n; i-- > 0;) {
        struct ccs_tenure_piece *piece = &curve->piece[i];
        if (i + 1 < curve->n) {
            piece->value_to = value_in(piece + 1, curve->discount_per_year, piece->to);
        } else {
            double rate = piece->hazard_per_year + curve->discount_per_year;
            piece->value_to = piece->margin_per_year > 0 ? piece->margin_per_year / rate : 0.0;
        }
    }
}

static const struct ccs_tenure_piece *piece_at(const struct ccs_tenure_curve *curve, double tenure)
{
    const struct ccs_tenure_piece *piece = curve->piece;
    while (tenure >= piece->to) {
        piece++;
    }
    return piece;
}

const struct ccs_tenure_piece *ccs_tenure_common_piece(const struct ccs_tenure_curve *curve,
                                                       double from, double to)
{
    const struct ccs_tenure_piece *piece = piece_at(curve, from);
    return to <= piece->to ? piece : NULL;
}

double ccs_tenure_hazard(const struct ccs_tenure_curve *curve, double from, double to)
{
    double sum = 0.0;
    for (const struct ccs_tenure_piece *p = piece_at(curve, from); from < to; p++) {
        double end = least(p->to, to);
        sum += p->hazard_per_year * (end - from);
        from = end;
    }
    return sum;
}

double ccs_tenure_wait(const struct ccs_tenure_curve *curve, double from, double hazard)
{
    double years = 0.0;
    const struct ccs_tenure_piece *p = piece_at(curve, from);
    while (!isinf(p->to) && p->hazard_per_year * (p->to - from) < hazard) {
        hazard -= p->hazard_per_year * (p->to - from);
        years += p->to - from;
        from = p->to;
        p++;
    }
    return p->hazard_per_year > 0 ? years + hazard / p->hazard_per_year : INFINITY;
}

double ccs_tenure_value(const struct ccs_tenure_curve *curve, double tenure)
{
    return value_in(piece_at(curve, tenure), curve->discount_per_year, tenure);
}

double ccs_tenure_margin(const struct ccs_tenure_curve *curve, double from, double to)
{
    double sum = 0.0;
    for (const struct ccs_tenure_piece *p = piece_at(curve, from); from < to; p++) {
        double end = least(p->to, to);
        sum += p->margin_per_year * (end - from);
        from = end;
    }
    return sum;
}

double ccs_tenure_margin_pv(const struct ccs_tenure_curve *curve, double from, double to, double t)
{
    double delta = curve->discount_per_year;
    double sum = 0.0;
    for (const struct ccs_tenure_piece *p = piece_at(curve, from); from < to; p++) {
        double years = least(p->to, to) - from;
        sum += p->margin_per_year * ccs_discounted_years(delta, t, years);
        t += years;
        from = least(p->to, to);
    }
    return sum;
}

/*
 * The same of one piece, undiscounted at its beginning. With D the integral of e^(-delta x) over
 * [0, years] and G that of h e^(-r s) e^(-delta x), s running from `left` to left - years:
 *
 *   V(b) G + m / r (h D - G),  G = e^(-r left) (e^(h years) - 1).
 */
static double hazard_value_in(const struct ccs_tenure_piece *piece, double delta, double left,
                              double years)
{
    double hazard = piece->hazard_per_year;
    if (hazard <= 0) {
        return 0.0;
    }
    double kept = hazard * decay(delta, years);
    if (isinf(piece->to)) {
        return kept * piece->value_to;
    }
    double rate = hazard + delta;
    double grown = hazard * years; /* the second form cannot overflow, the first is exact near 0 */
    double g = grown < 1 ? exp(-rate * left) * expm1(grown)
                         : exp(-rate * (left - years) - delta * years) - exp(-rate * left);
    return piece->value_to * g + piece->margin_per_year / rate * (kept - g);
}

double ccs_tenure_hazard_value(const struct ccs_tenure_curve *curve, double from, double to,
                               double t)
{
    double delta = curve->discount_per_year;
    double sum = 0.0;
    for (const struct ccs_tenure_piece *p = piece_at(curve, from); from < to; p++) {
        double years = least(p->to, to) - from;
        sum += exp(-delta * t) * hazard_value_in(p, delta, p->to - from, years);
        t += years;
        from = least(p->to, to);
    }
    return sum;
}
