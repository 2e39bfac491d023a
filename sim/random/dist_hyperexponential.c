/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hyperexponential of two phases with balanced means: with probability q exponential with mean
 * m/(2q), else exponential with mean m/(2(1-q)), so each phase contributes half of the mean m.
 * q = (1 + sqrt((cv^2-1)/(cv^2+1))) / 2, cv >= 1 (Morse 1958; Whitt, "Approximating a point
 * process by a renewal process", Operations Research 30, 1982). Variance m^2 (1/(2q(1-q)) - 1).
 * p[0] = m/(2q), p[1] = q, p[2] = m/(2(1-q)), p[3] = m. Two uniforms: the phase, then the value,
 * so both keep their full resolution and the choice of phase does not depend on the mean.
 */
#include "random/dist_row.h"

const char *ccs_hyperexponential_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                                      void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    double cv = 0;
    const char *fault = ccs_dist_check(CCS_DIST_HYPEREXPONENTIAL, spec);
    if (!fault) {
        fault = ccs_dist_check_cv(spec, &cv);
    }
    if (fault) {
        return fault;
    }
    if (cv < 1) {
        return "cv must be >= 1 (erlang or gamma have less spread than exponential)";
    }
    double m = spec->mean;
    double root = sqrt((cv - 1) * (cv + 1) / (cv * cv + 1));
    /* 1 - q = (1 - root)/2 without cancellation: (1 - root^2) = 2/(cv^2+1). */
    double q = (1 + root) / 2;
    double rest = 1 / ((cv * cv + 1) * (1 + root));
    *dist = ccs_dist_of(CCS_DIST_HYPEREXPONENTIAL, m / (2 * q), q, m / (2 * rest), m);
    return NULL;
}

double ccs_hyperexponential_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    double mean = ccs_stream_uniform(stream) < dist->p[1] ? dist->p[0] : dist->p[2];
    return ccs_draw_exponential(mean, stream);
}

double ccs_hyperexponential_mean(const struct ccs_dist *dist)
{
    return dist->p[3];
}

double ccs_hyperexponential_variance(const struct ccs_dist *dist)
{
    /* E X^2 = 2 (q m1^2 + (1-q) m2^2), and q m1 = (1-q) m2 = m/2. */
    return dist->p[3] * (dist->p[0] + dist->p[2] - dist->p[3]);
}

double ccs_hyperexponential_cdf(const struct ccs_dist *dist, double x)
{
    if (x <= 0) {
        return 0;
    }
    double q = dist->p[1];
    return -(q * expm1(-x / dist->p[0]) + (1 - q) * expm1(-x / dist->p[2]));
}
