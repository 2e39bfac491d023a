/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions of non-negative quantities, given by mean and cv or sd (or by their own natural
 * parameters), drawn as a standardised variate that is then scaled. One file per distribution
 * (dist_<name>.c) plus one row in the table of dist.c.
 *
 * Values have the unit their parameters had: the scenario layer gives seconds for durations and
 * currency units for money.
 *
 * Inversion reads the uniform as the probability of exceeding the value, x = Q^-1(u) with
 * Q = 1 - cdf: it has its full resolution in the long upper tail, and since every distribution
 * drawn by inversion does so, policies that differ in the distribution stay coupled too.
 *
 * Invariants: sampling consumes only the given stream; for a fixed stream and shape the value is
 * increasing in the scale, so two policies that differ in the mean stay coupled; values are
 * finite and never negative.
 */
#ifndef CCS_RANDOM_DIST_H
#define CCS_RANDOM_DIST_H

#include "random/stream.h"

#include <math.h>
#include <stddef.h>

enum ccs_dist_kind { /* order of the table in dist.c */
    CCS_DIST_CONSTANT,
    CCS_DIST_EXPONENTIAL,
    CCS_DIST_GAMMA,
    CCS_DIST_ERLANG,
    CCS_DIST_WEIBULL,
    CCS_DIST_LOGNORMAL,
    CCS_DIST_NORMAL, /* truncated at 0; mean and sd are those of the untruncated parent */
    CCS_DIST_UNIFORM,
    CCS_DIST_TRIANGULAR,
    CCS_DIST_PARETO, /* type I: by mean and cv or sd, or by mean and min */
    CCS_DIST_HYPEREXPONENTIAL,
    CCS_DIST_EMPIRICAL, /* the given values themselves, each equally likely */
    CCS_DIST_MIXTURE,
    CCS_DIST_KIND_COUNT
};

struct ccs_dist {
    enum ccs_dist_kind kind;
    double p[4];         /* working parameters; the meaning is written in dist_<name>.c */
    const double *table; /* empirical: sorted values; mixture: cumulative weights; memory from
                            the `alloc` given to make */
    const struct ccs_dist *parts; /* mixture: the spec's own (borrowed) */
    size_t n;                     /* entries of table / parts */
};

/* What a distribution accepts, for the scenario loader and the generated reference. */
enum ccs_dist_param { /* bit set */
    CCS_PARAM_MEAN = 1,
    CCS_PARAM_CV = 2, /* or sd */
    CCS_PARAM_MIN = 4,
    CCS_PARAM_MODE = 8,
    CCS_PARAM_MAX = 16,
    CCS_PARAM_STAGES = 32, /* erlang: whole number >= 1 */
    CCS_PARAM_VALUES = 64,
    CCS_PARAM_PARTS = 128
};

/* Every cv must be from CCS_CV_MIN to CCS_CV_MAX; hyperexponential needs cv >= 1, uniform cv <=
 * 1/sqrt(3). Below CCS_CV_MIN (gamma: shape above 10,000) a constant does as well, and GSL's
 * gamma cdf loses its digits: errors of 3e-10 at shape 1e4, 4e-7 at 1e5, failures at 1e6. */
#define CCS_CV_MIN 0.01
#define CCS_CV_MAX 100.0
#define CCS_STAGES_MAX 10000.0
#define CCS_DIST_VALUE_MAX 1e15 /* of any mean, sd, min, mode, max or single value */

/* Parameters as the user wrote them; NAN (tables: NULL and 0) where absent. */
struct ccs_dist_spec {
    double mean, cv, sd, min, mode, max, stages;
    const double *values; /* empirical */
    size_t value_n;
    const struct ccs_dist *parts; /* mixture */
    const double *weights;        /* mixture, positive, any sum */
    size_t part_n;
};

/* A spec with nothing given. */
static inline struct ccs_dist_spec ccs_dist_spec_empty(void)
{
    struct ccs_dist_spec spec = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NULL, 0, NULL, NULL, 0};
    return spec;
}

struct ccs_dist_info {
    const char *name;  /* as in scenarios: "lognormal" */
    unsigned required; /* enum ccs_dist_param bits: always needed */
    unsigned optional; /* may be given; `help` says which combinations make sense */
    const char *help;  /* one line: density, what the parameters mean, reference */
    /* Fills `dist` from `spec`; returns NULL, or a message saying what is wrong (static text that
     * begins with the parameter's name: "mean must be > 0"); then `dist` is unchanged.
     * Tables are allocated with `alloc(ctx, bytes)`, which may return NULL (then message);
     * only empirical and mixture use it. */
    const char *(*make)(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                        void *(*alloc)(void *ctx, size_t bytes), void *ctx);
    double (*draw)(const struct ccs_dist *dist, struct ccs_stream *stream);
    double (*mean)(const struct ccs_dist *dist);
    double (*variance)(const struct ccs_dist *dist); /* may be INFINITY */
    double (*cdf)(const struct ccs_dist *dist, double x);
};

extern const struct ccs_dist_info ccs_dist_table[CCS_DIST_KIND_COUNT];

/* By scenario name; NULL if there is none. */
const struct ccs_dist_info *ccs_dist_find(const char *name);

/* Through the table. Mean and variance are exact for what is drawn (normal: after truncation). */
double ccs_dist_draw_slow(const struct ccs_dist *dist, struct ccs_stream *stream);
double ccs_dist_mean(const struct ccs_dist *dist);
double ccs_dist_variance(const struct ccs_dist *dist); /* INFINITY: pareto with a heavy tail */
double ccs_dist_cdf(const struct ccs_dist *dist, double x);

/* Always the same value >= 0; no uniform is consumed. */
static inline struct ccs_dist ccs_dist_of_constant(double value)
{
    struct ccs_dist dist = {CCS_DIST_CONSTANT, {value, 0, 0, 0}, NULL, NULL, 0};
    return dist;
}

/* Exponential with the given mean > 0, from one uniform. */
static inline double ccs_draw_exponential(double mean, struct ccs_stream *stream)
{
    return -mean * log(ccs_stream_uniform(stream));
}

/* Draws one value. The commonest cases are inline; the rest go through the table. */
static inline double ccs_dist_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    if (dist->kind == CCS_DIST_EXPONENTIAL) {
        return ccs_draw_exponential(dist->p[0], stream);
    }
    if (dist->kind == CCS_DIST_CONSTANT) {
        return dist->p[0];
    }
    return ccs_dist_draw_slow(dist, stream);
}

#endif
