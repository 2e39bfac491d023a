/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pareto, type I: P(X > x) = (x0/x)^a for x >= x0 > 0, a > 1.
 * Mean a x0/(a-1); variance x0^2 a / ((a-1)^2 (a-2)) for a > 2, else infinite; so cv^2 =
 * 1/(a(a-2)). By mean and cv: a = 1 + sqrt(1 + 1/cv^2), always above 2. By mean and x0:
 * a = mean/(mean - x0), which reaches the heavy tails without variance.
 * p[0] = x0, p[1] = a. Inversion of one uniform: x = x0 u^(-1/a).
 */
#include "random/dist_row.h"

#include <stdbool.h>

const char *ccs_pareto_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                            void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_PARETO, spec);
    if (fault) {
        return fault;
    }
    bool has_spread = !isnan(spec->cv) || !isnan(spec->sd);
    double least = spec->min;
    double tail = 0;
    if (has_spread == !isnan(least)) {
        return "min or cv or sd must be given, exactly one of them";
    }
    if (has_spread) {
        double cv = 0;
        fault = ccs_dist_check_cv(spec, &cv);
        if (fault) {
            return fault;
        }
        tail = 1 + sqrt(1 + 1 / (cv * cv));
        least = spec->mean * (tail - 1) / tail;
    } else {
        /* Bounds that keep the exponent away from 1 and from infinity. */
        if (least < 1e-6 * spec->mean || least > (1 - 1e-6) * spec->mean) {
            return "min must be above 0 and below the mean (by a millionth of the mean at least)";
        }
        tail = spec->mean / (spec->mean - least);
    }
    *dist = ccs_dist_of(CCS_DIST_PARETO, least, tail, 0, 0);
    return NULL;
}

double ccs_pareto_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return dist->p[0] * pow(ccs_stream_uniform(stream), -1 / dist->p[1]);
}

double ccs_pareto_mean(const struct ccs_dist *dist)
{
    return dist->p[0] * dist->p[1] / (dist->p[1] - 1);
}

double ccs_pareto_variance(const struct ccs_dist *dist)
{
    double a = dist->p[1];
    return a > 2 ? dist->p[0] * dist->p[0] * a / ((a - 1) * (a - 1) * (a - 2)) : INFINITY;
}

double ccs_pareto_cdf(const struct ccs_dist *dist, double x)
{
    return x > dist->p[0] ? -expm1(dist->p[1] * log(dist->p[0] / x)) : 0;
}
