/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Uniform on [a, b], 0 <= a < b: mean (a+b)/2, variance (b-a)^2/12.
 * By mean m and cv: half width m cv sqrt(3), so cv is at most 1/sqrt(3), where a = 0.
 * p[0] = a, p[1] = b. Inversion of one uniform: x = b - (b-a) u.
 */
#include "random/dist_row.h"

#include <stdbool.h>

/* 1/sqrt(3) as people write it, with rounding in the last digits. */
#define RELATIVE_HALF_WIDTH_MAX (1 + 1e-9)

const char *ccs_uniform_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                             void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_UNIFORM, spec);
    if (fault) {
        return fault;
    }
    bool has_spread = !isnan(spec->cv) || !isnan(spec->sd);
    double low = spec->min;
    double high = spec->max;
    if (isnan(spec->mean) && !has_spread) {
        if (isnan(low) || isnan(high)) {
            return "min and max must be given, or mean and cv or sd";
        }
        if (low >= high) {
            return "min must be < max";
        }
    } else {
        double cv = 0;
        if (!isnan(low) || !isnan(high)) {
            return "min and max must not be given together with mean, cv or sd";
        }
        if (isnan(spec->mean) || !has_spread) {
            return "mean must be given together with cv or sd";
        }
        fault = ccs_dist_check_cv(spec, &cv);
        if (fault) {
            return fault;
        }
        double relative_half_width = cv * sqrt(3);
        if (relative_half_width > RELATIVE_HALF_WIDTH_MAX) {
            return "cv must be at most 1/sqrt(3) = 0.57735, or the values would be negative";
        }
        low = fmax(0, spec->mean * (1 - relative_half_width));
        high = spec->mean * (1 + relative_half_width);
    }
    *dist = ccs_dist_of(CCS_DIST_UNIFORM, low, high, 0, 0);
    return NULL;
}

double ccs_uniform_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return dist->p[1] - (dist->p[1] - dist->p[0]) * ccs_stream_uniform(stream);
}

double ccs_uniform_mean(const struct ccs_dist *dist)
{
    return (dist->p[0] + dist->p[1]) / 2;
}

double ccs_uniform_variance(const struct ccs_dist *dist)
{
    double width = dist->p[1] - dist->p[0];
    return width * width / 12;
}

double ccs_uniform_cdf(const struct ccs_dist *dist, double x)
{
    return fmin(1, fmax(0, (x - dist->p[0]) / (dist->p[1] - dist->p[0])));
}
