/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Weibull with shape k and scale b: P(X > x) = exp(-(x/b)^k), x >= 0.
 * With y = 1/k: mean b Gamma(1+y), variance b^2 (Gamma(1+2y) - Gamma(1+y)^2).
 * The cv depends on y alone, log(1 + cv^2) = lnGamma(1+2y) - 2 lnGamma(1+y), increasing in y, and
 * is solved for y by Brent's method; cv 0.01 to 100 is k about 128 to 0.13.
 * p[0] = b, p[1] = y, p[2] = mean, p[3] = cv. Inversion of one uniform: x = b (-log u)^y.
 */
#include "random/dist_row.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>

#define Y_MIN 1e-4 /* cv 0.00013 */
#define Y_MAX 9.0  /* cv 223 */
#define ITERATIONS_MAX 200

static double excess_log_cv2(double y, void *target)
{
    return gsl_sf_lngamma(1 + 2 * y) - 2 * gsl_sf_lngamma(1 + y) - *(double *)target;
}

static const char *solve_y(double cv, double *y)
{
    double target = log1p(cv * cv);
    gsl_function f = {excess_log_cv2, &target};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver) {
        return "memory is exhausted";
    }
    int status = gsl_root_fsolver_set(solver, &f, Y_MIN, Y_MAX);
    int converged = GSL_CONTINUE;
    for (int i = 0; i < ITERATIONS_MAX && status == GSL_SUCCESS && converged == GSL_CONTINUE; i++) {
        status = gsl_root_fsolver_iterate(solver);
        converged = gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
                                           gsl_root_fsolver_x_upper(solver), 0, 1e-14);
    }
    *y = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS && converged == GSL_SUCCESS
               ? NULL
               : "cv must be one for which a weibull shape can be found";
}

const char *ccs_weibull_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                             void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    double cv = 0;
    double y = 0;
    const char *fault = ccs_dist_check(CCS_DIST_WEIBULL, spec);
    if (!fault) {
        fault = ccs_dist_check_cv(spec, &cv);
    }
    if (!fault) {
        fault = solve_y(cv, &y);
    }
    if (fault) {
        return fault;
    }
    double scale = spec->mean * exp(-gsl_sf_lngamma(1 + y));
    *dist = ccs_dist_of(CCS_DIST_WEIBULL, scale, y, spec->mean, cv);
    return NULL;
}

double ccs_weibull_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return dist->p[0] * pow(-log(ccs_stream_uniform(stream)), dist->p[1]);
}

double ccs_weibull_mean(const struct ccs_dist *dist)
{
    return dist->p[2];
}

double ccs_weibull_variance(const struct ccs_dist *dist)
{
    double sd = dist->p[2] * dist->p[3];
    return sd * sd;
}

double ccs_weibull_cdf(const struct ccs_dist *dist, double x)
{
    return x > 0 ? -expm1(-pow(x / dist->p[0], 1 / dist->p[1])) : 0;
}
