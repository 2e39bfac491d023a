/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lognormal: log X is normal with sd s and mean log(m) - s^2/2. Mean m, cv^2 = exp(s^2) - 1.
 * p[0] = exp(E log X) = m exp(-s^2/2), the median; p[1] = s; p[2] = m; p[3] = cv.
 * Inversion of one uniform: x = median exp(s z), z the normal value exceeded with probability u
 * (GSL's quantile: Wichura, algorithm AS 241, 1988).
 */
#include "random/dist_row.h"

#include <gsl/gsl_cdf.h>

const char *ccs_lognormal_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                               void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    double cv = 0;
    const char *fault = ccs_dist_check(CCS_DIST_LOGNORMAL, spec);
    if (!fault) {
        fault = ccs_dist_check_cv(spec, &cv);
    }
    if (fault) {
        return fault;
    }
    double s2 = log1p(cv * cv);
    *dist = ccs_dist_of(CCS_DIST_LOGNORMAL, spec->mean * exp(-s2 / 2), sqrt(s2), spec->mean, cv);
    return NULL;
}

double ccs_lognormal_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return dist->p[0] * exp(dist->p[1] * gsl_cdf_ugaussian_Qinv(ccs_stream_uniform(stream)));
}

double ccs_lognormal_mean(const struct ccs_dist *dist)
{
    return dist->p[2];
}

double ccs_lognormal_variance(const struct ccs_dist *dist)
{
    double sd = dist->p[2] * dist->p[3];
    return sd * sd;
}

double ccs_lognormal_cdf(const struct ccs_dist *dist, double x)
{
    return x > 0 ? gsl_cdf_ugaussian_P(log(x / dist->p[0]) / dist->p[1]) : 0;
}
