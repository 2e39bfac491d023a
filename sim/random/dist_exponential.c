/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exponential: P(X > x) = exp(-x/m), x >= 0. Mean m, variance m^2.
 * p[0] = m. Inversion of one uniform: x = -m log u.
 */
#include "random/dist_row.h"

const char *ccs_exponential_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                                 void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_EXPONENTIAL, spec);
    if (fault) {
        return fault;
    }
    *dist = ccs_dist_of(CCS_DIST_EXPONENTIAL, spec->mean, 0, 0, 0);
    return NULL;
}

double ccs_exponential_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return ccs_draw_exponential(dist->p[0], stream);
}

double ccs_exponential_mean(const struct ccs_dist *dist)
{
    return dist->p[0];
}

double ccs_exponential_variance(const struct ccs_dist *dist)
{
    return dist->p[0] * dist->p[0];
}

double ccs_exponential_cdf(const struct ccs_dist *dist, double x)
{
    return x > 0 ? -expm1(-x / dist->p[0]) : 0;
}
