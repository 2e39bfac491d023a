/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Constant: P(X = m) = 1, m >= 0.
 * p[0] = m. Draws nothing from the stream.
 */
#include "random/dist_row.h"

const char *ccs_constant_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                              void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_CONSTANT, spec);
    if (fault) {
        return fault;
    }
    *dist = ccs_dist_of_constant(spec->mean);
    return NULL;
}

double ccs_constant_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    (void)stream;
    return dist->p[0];
}

double ccs_constant_mean(const struct ccs_dist *dist)
{
    return dist->p[0];
}

double ccs_constant_variance(const struct ccs_dist *dist)
{
    (void)dist;
    return 0;
}

double ccs_constant_cdf(const struct ccs_dist *dist, double x)
{
    return x >= dist->p[0];
}
