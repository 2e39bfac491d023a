/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arrivals seen through the series of the results: contacts offered by period, with agents for
 * everybody, over replications of one seed; their moments, and a chi-square test.
 */
#ifndef CCS_TESTS_COUNTING_H
#define CCS_TESTS_COUNTING_H

#include "../share.h"
#include "sim_help.h"

#include <gsl/gsl_cdf.h>

enum {
    BINS = 400
};

struct counts {
    size_t bins, reps;
    double sum[BINS];  /* over replications */
    double sum2[BINS]; /* of squares */
    double total2;     /* of squares of a replication's total */
    double total;      /* of totals */
    double pair[BINS]; /* of products of neighbouring bins, bin k with k + 1 */
};

/* A tolerance for `reps` replications, for as many as there were. */
static inline double widened(double tolerance, size_t reps, const struct counts *c)
{
    return tolerance * sqrt((double)reps / (double)c->reps);
}

/* Contacts offered by period in worlds of one scenario that begin at t0: out->reps of them, which
 * under the sanitizers is a share of `reps`. */
static inline void count(struct counts *out, size_t reps, const char *run, const char *type,
                         const char *rest)
{
    reps = (size_t)share_of((int)reps, reps < 40 ? (int)reps : 40);
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'arrivals', 'run': {%s}, 'channels': {'phone': {}}, 'issue_types': {'call': {%s, "
        "'talk': '1 s'}}, 'teams': {'all': {'agents': 10000}}%s}",
        run, type, rest);
    struct ccs_scenario *sc = scenario_of(text.s);
    const struct ccs_model *model = model_of(sc, NULL);
    *out = (struct counts){.reps = reps};
    for (size_t r = 0; r < reps; r++) {
        struct lone_world lone;
        world_warm_up(&lone, model, 5, r);
        world_begin(&lone, model);
        world_run(&lone, lone.w->horizon);
        const struct ccs_access *access = lone.w->measure.access.data;
        out->bins = lone.w->measure.period_n;
        ck_assert_uint_le(out->bins, BINS);
        double total = 0;
        for (size_t i = 0; i < out->bins; i++) {
            double n = (double)access[i].offered;
            out->sum[i] += n;
            out->sum2[i] += n * n;
            out->pair[i] += i + 1 < out->bins ? n * (double)access[i + 1].offered : 0;
            total += n;
        }
        out->total += total;
        out->total2 += total * total;
        world_finish(&lone);
    }
    ccs_scenario_destroy(sc);
}

static inline double mean_of(const struct counts *c, size_t bin)
{
    return c->sum[bin] / (double)c->reps;
}

static inline double variance_of(const struct counts *c, size_t bin)
{
    double n = (double)c->reps;
    return (c->sum2[bin] - c->sum[bin] * c->sum[bin] / n) / (n - 1);
}

static inline double correlation_of(const struct counts *c, size_t bin)
{
    double n = (double)c->reps;
    double cov = (c->pair[bin] - c->sum[bin] * c->sum[bin + 1] / n) / (n - 1);
    return cov / sqrt(variance_of(c, bin) * variance_of(c, bin + 1));
}

/* Normal score of Poisson counts against their means per replication; 0 must be 0. */
static inline double poisson_score(const struct counts *c, const double *mean)
{
    double chi2 = 0.0;
    int freedom = 0;
    for (size_t i = 0; i < c->bins; i++) {
        double expected = mean[i] * (double)c->reps;
        if (expected == 0) {
            ck_assert_double_eq(c->sum[i], 0);
            continue;
        }
        ck_assert_double_gt(expected, 20);
        chi2 += (c->sum[i] - expected) * (c->sum[i] - expected) / expected;
        freedom++;
    }
    double p = gsl_cdf_chisq_Q(chi2, freedom);
    return p > 0.5 ? -gsl_cdf_ugaussian_Pinv(1 - p) : gsl_cdf_ugaussian_Qinv(p);
}

#define DAY_RUN "'horizon': '1 day', 'warmup': '0 s', 'follow_up': '0 s', "

#endif
