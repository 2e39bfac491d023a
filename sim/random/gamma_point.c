/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gamma points: GSL's where they are points (Q of them is q), else found here. With scale 1 and
 * shape a,
 *
 *   P(a, x) = x^a / Gamma(a + 1) (1 - a x / (a + 1) + ...)     (Abramowitz and Stegun, 6.5.29)
 *
 * so that x0 = (p Gamma(a + 1))^(1/a) is a lower bound, and x itself when it is small. Otherwise
 * Q(a, x) = q is bisected in log x between x0 and where e^-x underflows: Q falls everywhere.
 */
#include "random/gamma_point.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdbool.h>

#define EXACT 1e-8    /* relative error of q that GSL's points keep where they are right */
#define SMALL 1e-12   /* relative error of x0 is about that of its size */
#define LARGEST 750.0 /* Q(a, x) < e^-x for a < 1 */

enum {
    STEPS = 60 /* halve log(LARGEST / SMALL) = 34 to below the last bit */
};

static double find_point(double p, double q, double shape)
{
    double low = (log(p) + gsl_sf_lngamma(shape + 1)) / shape;
    double high = log(LARGEST);
    for (int i = 0; i < STEPS && low > log(SMALL); i++) {
        double middle = (low + high) / 2;
        if (gsl_sf_gamma_inc_Q(shape, exp(middle)) > q) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return exp(low);
}

double ccs_gamma_point(double p, double q, double cv)
{
    double shape = 1 / (cv * cv);
    double x = gsl_cdf_gamma_Qinv(q, shape, 1 / shape);
    bool is_point = fabs(gsl_cdf_gamma_Q(x, shape, 1 / shape) - q) <= EXACT * q;
    return is_point || shape >= 1 ? x : find_point(p, q, shape) / shape;
}
