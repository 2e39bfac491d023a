/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Normal truncated at 0: N(m, s^2) given that it is not negative; m and s are the parent's.
 * With h = m/s and r = phi(h)/Phi(h): mean m + s r, variance s^2 (1 - h r - r^2)
 * (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1, section 13.10.1).
 * p[0] = m, p[1] = s, p[2] = Phi(h).
 * Inversion of one uniform: P(X > x) = Q((x - m)/s) / Phi(h) = u.
 */
#include "random/dist_row.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static double hazard_at_zero(const struct ccs_dist *dist)
{
    double h = dist->p[0] / dist->p[1];
    return gsl_ran_ugaussian_pdf(h) / gsl_cdf_ugaussian_P(h);
}

const char *ccs_normal_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                            void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    double cv = 0;
    const char *fault = ccs_dist_check(CCS_DIST_NORMAL, spec);
    if (!fault) {
        fault = ccs_dist_check_cv(spec, &cv);
    }
    if (fault) {
        return fault;
    }
    double sd = spec->mean * cv;
    double p_kept = gsl_cdf_ugaussian_P(1 / cv);
    *dist = ccs_dist_of(CCS_DIST_NORMAL, spec->mean, sd, p_kept, 0);
    return NULL;
}

double ccs_normal_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    double z = gsl_cdf_ugaussian_Qinv(ccs_stream_uniform(stream) * dist->p[2]);
    /* At the truncation point the quantile may round to just below it. */
    return fmax(0, dist->p[0] + dist->p[1] * z);
}

double ccs_normal_mean(const struct ccs_dist *dist)
{
    return dist->p[0] + dist->p[1] * hazard_at_zero(dist);
}

double ccs_normal_variance(const struct ccs_dist *dist)
{
    double h = dist->p[0] / dist->p[1];
    double r = hazard_at_zero(dist);
    return dist->p[1] * dist->p[1] * (1 - h * r - r * r);
}

double ccs_normal_cdf(const struct ccs_dist *dist, double x)
{
    if (x < 0) {
        return 0;
    }
    /* Q(-h) and Phi(h) are the same number up to rounding. */
    return fmax(0, 1 - gsl_cdf_ugaussian_Q((x - dist->p[0]) / dist->p[1]) / dist->p[2]);
}
