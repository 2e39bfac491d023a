/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Triangular on [a, b] with mode c, 0 <= a <= c <= b, a < b: the density rises in a straight line
 * from a to c and falls to b. Mean (a+b+c)/3, variance (a^2+b^2+c^2-ab-ac-bc)/18
 * = ((c-a)^2 + (b-c)^2 + (c-a)(b-c)) / 18.
 * p[0] = a, p[1] = c, p[2] = b. Inversion of one uniform: P(X > x) = (b-x)^2 / ((b-a)(b-c)) above
 * the mode, 1 - (x-a)^2 / ((b-a)(c-a)) below.
 */
#include "random/dist_row.h"

const char *ccs_triangular_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                                void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_TRIANGULAR, spec);
    if (fault) {
        return fault;
    }
    if (spec->min >= spec->max) {
        return "min must be < max";
    }
    if (spec->mode < spec->min || spec->mode > spec->max) {
        return "mode must be from min to max";
    }
    *dist = ccs_dist_of(CCS_DIST_TRIANGULAR, spec->min, spec->mode, spec->max, 0);
    return NULL;
}

double ccs_triangular_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    double rise = dist->p[1] - dist->p[0];
    double fall = dist->p[2] - dist->p[1];
    double width = dist->p[2] - dist->p[0];
    double u = ccs_stream_uniform(stream);
    return u * width <= fall ? dist->p[2] - sqrt(u * width * fall)
                             : dist->p[0] + sqrt((1 - u) * width * rise);
}

double ccs_triangular_mean(const struct ccs_dist *dist)
{
    return (dist->p[0] + dist->p[1] + dist->p[2]) / 3;
}

double ccs_triangular_variance(const struct ccs_dist *dist)
{
    double rise = dist->p[1] - dist->p[0];
    double fall = dist->p[2] - dist->p[1];
    return (rise * rise + fall * fall + rise * fall) / 18;
}

double ccs_triangular_cdf(const struct ccs_dist *dist, double x)
{
    double a = dist->p[0];
    double c = dist->p[1];
    double b = dist->p[2];
    if (x <= a) {
        return 0;
    }
    if (x >= b) {
        return 1;
    }
    return x < c ? (x - a) * (x - a) / ((b - a) * (c - a))
                 : 1 - (b - x) * (b - x) / ((b - a) * (b - c));
}
