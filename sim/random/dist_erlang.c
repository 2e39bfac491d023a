/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Erlang: the sum of k independent exponential stages of mean m/k each, that is gamma with whole
 * shape k and scale m/k. Mean m, variance m^2/k, cv = 1/sqrt(k).
 * p[0] = k, p[1] = m/k. Drawn as gamma (dist_gamma.c), whose cost does not grow with k.
 */
#include "random/dist_row.h"

/* A cv written with three digits (0.577 for 3 stages) is meant as 1/sqrt(k). */
#define CV_TOLERANCE 0.001

const char *ccs_erlang_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                            void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    (void)alloc;
    (void)ctx;
    const char *fault = ccs_dist_check(CCS_DIST_ERLANG, spec);
    if (fault) {
        return fault;
    }
    double stages = spec->stages;
    if (isnan(spec->cv) && isnan(spec->sd)) {
        if (isnan(stages)) {
            return "stages must be given, or cv or sd";
        }
    } else {
        double cv = 0;
        if (!isnan(stages)) {
            return "stages must not be given together with cv or sd";
        }
        fault = ccs_dist_check_cv(spec, &cv);
        if (fault) {
            return fault;
        }
        stages = fmax(1, round(1 / (cv * cv)));
        if (fabs(cv * sqrt(stages) - 1) > CV_TOLERANCE) {
            return "cv must be 1/sqrt(stages) for a whole number of stages, within 0.1 % "
                   "(gamma takes any cv)";
        }
    }
    if (!(stages >= 1 && stages <= CCS_STAGES_MAX && stages == floor(stages))) {
        return "stages must be a whole number from 1 to 10000";
    }
    *dist = ccs_dist_of(CCS_DIST_ERLANG, stages, spec->mean / stages, 0, 0);
    return NULL;
}

double ccs_erlang_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return ccs_gamma_draw(dist, stream);
}

double ccs_erlang_mean(const struct ccs_dist *dist)
{
    return ccs_gamma_mean(dist);
}

double ccs_erlang_variance(const struct ccs_dist *dist)
{
    return ccs_gamma_variance(dist);
}

double ccs_erlang_cdf(const struct ccs_dist *dist, double x)
{
    return ccs_gamma_cdf(dist, x);
}
