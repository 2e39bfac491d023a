/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gamma with shape a and scale b: density x^(a-1) exp(-x/b) / (b^a Gamma(a)), x > 0.
 * Mean ab, variance ab^2; from mean and cv: a = 1/cv^2, b = mean cv^2.
 * p[0] = a, p[1] = b. GSL's sampler (Marsaglia and Tsang, "A simple method for generating gamma
 * variables", ACM TOMS 26, 2000): rejection inside the value's own stream, then scaled by b.
 */
#include "random/dist_row.h"
#include "random/gsl_rng.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

const char *ccs_gamma_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                           void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    double cv = 0;
    const char *fault = ccs_dist_check(CCS_DIST_GAMMA, spec);
    if (!fault) {
        fault = ccs_dist_check_cv(spec, &cv);
    }
    if (fault) {
        return fault;
    }
    *dist = ccs_dist_of(CCS_DIST_GAMMA, 1 / (cv * cv), spec->mean * cv * cv, 0, 0);
    return NULL;
}

double ccs_gamma_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    gsl_rng rng = ccs_gsl_rng(stream);
    return gsl_ran_gamma(&rng, dist->p[0], dist->p[1]);
}

double ccs_gamma_mean(const struct ccs_dist *dist)
{
    return dist->p[0] * dist->p[1];
}

double ccs_gamma_variance(const struct ccs_dist *dist)
{
    return dist->p[0] * dist->p[1] * dist->p[1];
}

double ccs_gamma_cdf(const struct ccs_dist *dist, double x)
{
    return x > 0 ? gsl_cdf_gamma_P(x, dist->p[0], dist->p[1]) : 0;
}
