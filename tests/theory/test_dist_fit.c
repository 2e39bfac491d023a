/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions against their closed forms.
 *
 * Moments: mean and variance from integrating the cdf, E X = int (1 - F), E X^2 = int 2x (1 - F),
 * agree with ccs_dist_mean and ccs_dist_variance within 1e-6.
 *
 * Fit: N = 100,000 values, each drawn under its own key as the simulator does, are carried by the
 * cdf to what must be uniforms (an atom is spread over its step by a uniform of its own, so that
 * continuous, discrete and mixed distributions are tested alike). Those must pass a
 * Kolmogorov-Smirnov test and a chi-square test on 100 equal cells with p > 1e-4 each; the
 * lag-1 correlation and the common-random-number facts are checked at |z| <= 4. Seeds are fixed.
 */
#include "random/dist.h"
#include "random/stream.h"
#include "share.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

Suite *suite_dist_fit(void);

#define N 100000
#define P_MIN 1e-4
#define Z_MAX 4.0
#define MOMENT_TOLERANCE 1e-6
#define SEED 20240611

/* ---- the cases ---- */

enum given {
    MEAN,
    MEAN_CV,
    MEAN_SD,
    MEAN_STAGES,
    MEAN_MIN,
    MIN_MAX,
    MIN_MODE_MAX,
    DATA,
    PARTS
};

struct dist_case {
    const char *label;
    enum ccs_dist_kind kind;
    enum given given;
    double a, b, c;
    bool is_far_tailed; /* 1 - F loses the tail that makes the moments: fit only */
};

static const struct dist_case cases[] = {
    {"constant 360", CCS_DIST_CONSTANT, MEAN, 360, 0, 0, false},
    {"constant 0", CCS_DIST_CONSTANT, MEAN, 0, 0, 0, false},
    {"exponential 4", CCS_DIST_EXPONENTIAL, MEAN, 4, 0, 0, false},
    {"exponential 1e9", CCS_DIST_EXPONENTIAL, MEAN, 1e9, 0, 0, false},
    {"gamma cv 0.01", CCS_DIST_GAMMA, MEAN_CV, 360, 0.01, 0, false},
    {"gamma cv 0.5", CCS_DIST_GAMMA, MEAN_CV, 360, 0.5, 0, false},
    {"gamma cv 1", CCS_DIST_GAMMA, MEAN_CV, 360, 1, 0, false},
    {"gamma cv 2", CCS_DIST_GAMMA, MEAN_CV, 360, 2, 0, false},
    {"gamma sd 18 of 200", CCS_DIST_GAMMA, MEAN_SD, 200, 18, 0, false},
    {"gamma cv 8", CCS_DIST_GAMMA, MEAN_CV, 360, 8, 0, true},
    {"erlang 1 stage", CCS_DIST_ERLANG, MEAN_STAGES, 5, 1, 0, false},
    {"erlang 3 stages", CCS_DIST_ERLANG, MEAN_STAGES, 5, 3, 0, false},
    {"erlang 40 stages", CCS_DIST_ERLANG, MEAN_STAGES, 5, 40, 0, false},
    {"erlang cv 0.5", CCS_DIST_ERLANG, MEAN_CV, 5, 0.5, 0, false},
    {"weibull cv 0.01", CCS_DIST_WEIBULL, MEAN_CV, 90, 0.01, 0, false},
    {"weibull cv 0.3", CCS_DIST_WEIBULL, MEAN_CV, 90, 0.3, 0, false},
    {"weibull cv 1", CCS_DIST_WEIBULL, MEAN_CV, 90, 1, 0, false},
    {"weibull cv 2.5", CCS_DIST_WEIBULL, MEAN_CV, 90, 2.5, 0, false},
    {"weibull cv 100", CCS_DIST_WEIBULL, MEAN_CV, 90, 100, 0, true},
    {"lognormal cv 0.05", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 0.05, 0, false},
    {"lognormal cv 1.2", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 1.2, 0, false},
    {"lognormal sd 500 of 200", CCS_DIST_LOGNORMAL, MEAN_SD, 200, 500, 0, false},
    {"lognormal cv 30", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 30, 0, true},
    {"normal cv 0.1", CCS_DIST_NORMAL, MEAN_CV, 60, 0.1, 0, false},
    {"normal cv 0.5", CCS_DIST_NORMAL, MEAN_CV, 60, 0.5, 0, false},
    {"normal sd 150 of 60", CCS_DIST_NORMAL, MEAN_SD, 60, 150, 0, false},
    {"normal cv 100", CCS_DIST_NORMAL, MEAN_CV, 60, 100, 0, false},
    {"uniform 0 to 1", CCS_DIST_UNIFORM, MIN_MAX, 0, 1, 0, false},
    {"uniform 30 to 90", CCS_DIST_UNIFORM, MIN_MAX, 30, 90, 0, false},
    {"uniform cv 0.25", CCS_DIST_UNIFORM, MEAN_CV, 40, 0.25, 0, false},
    {"triangular 60 120 600", CCS_DIST_TRIANGULAR, MIN_MODE_MAX, 60, 120, 600, false},
    {"triangular rising", CCS_DIST_TRIANGULAR, MIN_MODE_MAX, 0, 5, 5, false},
    {"triangular falling", CCS_DIST_TRIANGULAR, MIN_MODE_MAX, 1, 1, 5, false},
    {"pareto cv 0.4", CCS_DIST_PARETO, MEAN_CV, 100, 0.4, 0, false},
    {"pareto cv 1.5", CCS_DIST_PARETO, MEAN_CV, 100, 1.5, 0, false},
    {"pareto min 75 of 100", CCS_DIST_PARETO, MEAN_MIN, 100, 75, 0, false},
    {"pareto min 30 of 100", CCS_DIST_PARETO, MEAN_MIN, 100, 30, 0, false},
    {"hyperexponential cv 1", CCS_DIST_HYPEREXPONENTIAL, MEAN_CV, 7, 1, 0, false},
    {"hyperexponential cv 1.5", CCS_DIST_HYPEREXPONENTIAL, MEAN_CV, 7, 1.5, 0, false},
    {"hyperexponential cv 6", CCS_DIST_HYPEREXPONENTIAL, MEAN_CV, 7, 6, 0, false},
    {"empirical one value", CCS_DIST_EMPIRICAL, DATA, 1, 0, 0, false},
    {"empirical seven values", CCS_DIST_EMPIRICAL, DATA, 7, 0, 0, false},
    {"mixture of two lognormals", CCS_DIST_MIXTURE, PARTS, 0, 2, 0, false},
    {"mixture with an atom at 0", CCS_DIST_MIXTURE, PARTS, 2, 3, 0, false},
};
#define CASE_COUNT ((int)(sizeof cases / sizeof cases[0]))

static const double data[7] = {30, 0, 12.5, 30, 600, 45, 30};
static const double part_weights[5] = {3, 1, 0.5, 2.5, 1};

/* The tables of one test live in its scratch memory. */
struct scratch {
    struct ccs_dist parts[5];
    double table[8];
};

static void *table_of_scratch(void *ctx, size_t bytes)
{
    struct scratch *scratch = ctx;
    return bytes <= sizeof scratch->table ? scratch->table : NULL;
}

static struct ccs_dist make(const struct dist_case *c, struct scratch *scratch)
{
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    switch (c->given) {
    case MEAN:
        spec.mean = c->a;
        break;
    case MEAN_CV:
        spec.mean = c->a;
        spec.cv = c->b;
        break;
    case MEAN_SD:
        spec.mean = c->a;
        spec.sd = c->b;
        break;
    case MEAN_STAGES:
        spec.mean = c->a;
        spec.stages = c->b;
        break;
    case MEAN_MIN:
        spec.mean = c->a;
        spec.min = c->b;
        break;
    case MIN_MAX:
        spec.min = c->a;
        spec.max = c->b;
        break;
    case MIN_MODE_MAX:
        spec.min = c->a;
        spec.mode = c->b;
        spec.max = c->c;
        break;
    case DATA:
        spec.values = data;
        spec.value_n = (size_t)c->a;
        break;
    case PARTS: {
        static const struct dist_case part[5] = {
            {"", CCS_DIST_LOGNORMAL, MEAN_CV, 120, 0.5, 0, false},
            {"", CCS_DIST_LOGNORMAL, MEAN_CV, 900, 0.8, 0, false},
            {"", CCS_DIST_CONSTANT, MEAN, 0, 0, 0, false},
            {"", CCS_DIST_UNIFORM, MIN_MAX, 10, 20, 0, false},
            {"", CCS_DIST_EXPONENTIAL, MEAN, 15, 0, 0, false},
        };
        size_t first = (size_t)c->a;
        spec.part_n = (size_t)c->b;
        for (size_t i = 0; i < spec.part_n; i++) {
            scratch->parts[i] = make(&part[first + i], scratch);
        }
        spec.parts = scratch->parts;
        spec.weights = part_weights + first;
        break;
    }
    }
    struct ccs_dist dist;
    const char *fault = ccs_dist_table[c->kind].make(&dist, &spec, table_of_scratch, scratch);
    ck_assert_msg(fault == NULL, "%s: %s", c->label, fault);
    return dist;
}

/* ---- moments by integrating the cdf ---- */

#define EDGE_MAX 512

struct edges {
    double x[EDGE_MAX];
    size_t n;
};

static void add_edge(struct edges *edges, double x)
{
    ck_assert_uint_lt(edges->n, EDGE_MAX);
    edges->x[edges->n++] = x;
}

/* Where the cdf has a step or a bend, and a grid fine enough for its smooth stretches. */
static void add_edges(struct edges *edges, const struct ccs_dist *dist)
{
    double mean = ccs_dist_mean(dist);
    double sd = sqrt(ccs_dist_variance(dist));
    switch (dist->kind) {
    case CCS_DIST_CONSTANT:
        add_edge(edges, dist->p[0]);
        return;
    case CCS_DIST_UNIFORM:
    case CCS_DIST_TRIANGULAR:
        add_edge(edges, dist->p[0]);
        add_edge(edges, dist->p[1]);
        if (dist->kind == CCS_DIST_TRIANGULAR) {
            add_edge(edges, dist->p[2]);
        }
        return;
    case CCS_DIST_EMPIRICAL:
        for (size_t i = 0; i < dist->n; i++) {
            add_edge(edges, dist->table[i]);
        }
        return;
    case CCS_DIST_MIXTURE:
        for (size_t i = 0; i < dist->n; i++) {
            add_edges(edges, &dist->parts[i]);
        }
        return;
    case CCS_DIST_PARETO:
        /* Up to where 1 - F = 1e-8; the rest in closed form. */
        for (int i = 0; i <= 100; i++) {
            add_edge(edges, dist->p[0] * pow(1e8, i / 100.0 / dist->p[1]));
        }
        return;
    default:
        for (int i = -60; i <= 20; i++) {
            add_edge(edges, mean * ldexp(1, i));
        }
        for (int i = -40; i <= 40; i++) {
            double x = mean + i * sd / 4;
            if (x > 0 && isfinite(x)) {
                add_edge(edges, x);
            }
        }
    }
}

static void moments_by_integration(const struct ccs_dist *dist, double *mean, double *variance)
{
    struct edges edges = {{0}, 0};
    add_edge(&edges, 0);
    add_edges(&edges, dist);
    gsl_sort(edges.x, 1, edges.n);
    gsl_integration_glfixed_table *rule = gsl_integration_glfixed_table_alloc(32);
    ck_assert_ptr_nonnull(rule);
    double m1 = 0;
    double m2 = 0;
    for (size_t i = 1; i < edges.n; i++) {
        for (size_t k = 0; k < 32; k++) {
            double x = 0;
            double w = 0;
            gsl_integration_glfixed_point(edges.x[i - 1], edges.x[i], k, &x, &w, rule);
            double exceeds = 1 - ccs_dist_cdf(dist, x);
            m1 += w * exceeds;
            m2 += w * 2 * x * exceeds;
        }
    }
    gsl_integration_glfixed_table_free(rule);
    if (dist->kind == CCS_DIST_PARETO) {
        double x0 = dist->p[0];
        double a = dist->p[1];
        double end = edges.x[edges.n - 1];
        m1 += x0 * pow(x0 / end, a - 1) / (a - 1);
        m2 += 2 * x0 * x0 * pow(x0 / end, a - 2) / (a - 2);
    }
    *mean = m1;
    *variance = m2 - m1 * m1;
}

START_TEST(mean_and_variance_are_the_integrals_of_the_cdf)
{
    const struct dist_case *c = &cases[_i];
    struct scratch scratch;
    struct ccs_dist dist = make(c, &scratch);
    if (c->is_far_tailed) {
        return;
    }
    double mean = 0;
    double variance = 0;
    moments_by_integration(&dist, &mean, &variance);
    double m = ccs_dist_mean(&dist);
    double v = ccs_dist_variance(&dist);
    ck_assert_msg(fabs(mean - m) <= MOMENT_TOLERANCE * m, "%s: mean %.12g, integral %.12g",
                  c->label, m, mean);
    if (isinf(v)) {
        ck_assert_int_eq(dist.kind, CCS_DIST_PARETO);
        ck_assert_double_le(dist.p[1], 2);
        return;
    }
    /* An atom has variance 0; the integral gives it as the difference of two squares. */
    ck_assert_msg(fabs(variance - v) <= MOMENT_TOLERANCE * v + 1e-12 * m * m,
                  "%s: variance %.12g, integral %.12g", c->label, v, variance);
}
END_TEST

START_TEST(mean_and_spread_are_those_asked_for)
{
    const struct dist_case *c = &cases[_i];
    struct scratch scratch;
    struct ccs_dist dist = make(c, &scratch);
    double m = ccs_dist_mean(&dist);
    double sd = sqrt(ccs_dist_variance(&dist));
    if (dist.kind == CCS_DIST_NORMAL) {
        ck_assert_double_ge(m, c->a); /* the parent's mean; truncation raises it */
        return;
    }
    /* Relative rounding of a few operations. */
    if (c->given == MEAN || c->given == MEAN_CV || c->given == MEAN_SD || c->given == MEAN_MIN ||
        c->given == MEAN_STAGES) {
        ck_assert_double_le(fabs(m - c->a), 1e-12 * c->a);
    }
    if (c->given == MEAN_CV) {
        ck_assert_double_le(fabs(sd - c->a * c->b), 1e-12 * sd);
    } else if (c->given == MEAN_SD) {
        ck_assert_double_le(fabs(sd - c->b), 1e-12 * sd);
    } else if (c->given == MEAN_STAGES) {
        ck_assert_double_le(fabs(sd - c->a / sqrt(c->b)), 1e-12 * sd);
    }
}
END_TEST

/* ---- goodness of fit ---- */

struct fit {
    double ks_p, chi_square_p, serial_z;
};

/* Q(l) = 2 sum (-1)^(j-1) exp(-2 j^2 l^2), the limit law of sqrt(n) D (Kolmogorov 1933), with
 * Stephens' correction for finite n. */
static double kolmogorov_p(double d, double n)
{
    double l = (sqrt(n) + 0.12 + 0.11 / sqrt(n)) * d;
    if (l < 0.3) {
        return 1; /* the series converges slowly there; the value is 1 - 1e-5 or more */
    }
    double sum = 0;
    for (int j = 1; j <= 20; j++) {
        sum += (j % 2 ? 2 : -2) * exp(-2.0 * j * j * l * l);
    }
    return fmin(1, fmax(0, sum));
}

/* Draws from `drawn`, judged by the cdf of `claimed`. */
static struct fit fit_of(const struct ccs_dist *drawn, const struct ccs_dist *claimed, uint32_t n)
{
    double *v = malloc(n * sizeof *v);
    ck_assert_ptr_nonnull(v);
    uint64_t key = ccs_stream_key(SEED, 0);
    uint64_t type = ccs_entity_from_name("fit", "issue");
    size_t cell[100] = {0};
    struct fit fit = {0, 0, 0};
    for (uint32_t i = 0; i < n; i++) {
        uint64_t entity = ccs_entity_member(type, i);
        struct ccs_stream stream = ccs_stream_at(key, entity, CCS_DRAW_TALK, 0);
        double x = ccs_dist_draw(drawn, &stream);
        ck_assert(isfinite(x) && x >= 0);
        double low = ccs_dist_cdf(claimed, nextafter(x, -1));
        double high = ccs_dist_cdf(claimed, x);
        /* Between neighbouring doubles a cdf may fall by its own rounding (GSL, gamma with shape
         * 10,000: up to 3e-10). */
        ck_assert(low >= 0 && low <= high + 1e-9 && high <= 1);
        v[i] = low + (high - low) * ccs_uniform_at(key, entity, CCS_DRAW_HOLD, 0);
        cell[v[i] < 1 ? (size_t)(v[i] * 100) : 99]++;
        fit.serial_z += i ? (v[i] - 0.5) * (v[i - 1] - 0.5) * 12 / sqrt(n) : 0;
    }
    gsl_sort(v, 1, n);
    double d = 0;
    for (size_t i = 0; i < n; i++) {
        d = fmax(d, fmax((double)(i + 1) / n - v[i], v[i] - (double)i / n));
    }
    fit.ks_p = kolmogorov_p(d, n);
    double statistic = 0;
    for (size_t i = 0; i < 100; i++) {
        double off = (double)cell[i] - n / 100.0;
        statistic += off * off / (n / 100.0);
    }
    fit.chi_square_p = gsl_cdf_chisq_Q(statistic, 99);
    free(v);
    return fit;
}

START_TEST(keyed_draws_follow_the_cdf)
{
    struct scratch scratch;
    struct ccs_dist dist = make(&cases[_i], &scratch);
    struct fit fit = fit_of(&dist, &dist, (uint32_t)share_of(N, N / 10));
    ck_assert_msg(fit.ks_p > P_MIN && fit.chi_square_p > P_MIN && fabs(fit.serial_z) <= Z_MAX,
                  "%s: Kolmogorov-Smirnov p = %g, chi-square p = %g, serial z = %.2f",
                  cases[_i].label, fit.ks_p, fit.chi_square_p, fit.serial_z);
}
END_TEST

/* Drawn and claimed differ a little: both tests must say so. */
static const struct dist_case wrong[][2] = {
    {{"exponential, mean 3 % off", CCS_DIST_EXPONENTIAL, MEAN, 4, 0, 0, false},
     {"", CCS_DIST_EXPONENTIAL, MEAN, 4.12, 0, 0, false}},
    {{"lognormal, cv 1.2 for 1.3", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 1.2, 0, false},
     {"", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 1.3, 0, false}},
    {{"gamma for lognormal of equal mean and cv", CCS_DIST_GAMMA, MEAN_CV, 360, 0.5, 0, false},
     {"", CCS_DIST_LOGNORMAL, MEAN_CV, 360, 0.5, 0, false}},
    {{"weibull, cv 0.3 for 0.32", CCS_DIST_WEIBULL, MEAN_CV, 90, 0.3, 0, false},
     {"", CCS_DIST_WEIBULL, MEAN_CV, 90, 0.32, 0, false}},
    {{"uniform for triangular", CCS_DIST_UNIFORM, MIN_MAX, 0, 1, 0, false},
     {"", CCS_DIST_TRIANGULAR, MIN_MODE_MAX, 0, 0.5, 1, false}},
    {{"hyperexponential, cv 1.5 for 1.6", CCS_DIST_HYPEREXPONENTIAL, MEAN_CV, 7, 1.5, 0, false},
     {"", CCS_DIST_HYPEREXPONENTIAL, MEAN_CV, 7, 1.6, 0, false}},
    {{"six of the seven values", CCS_DIST_EMPIRICAL, DATA, 6, 0, 0, false},
     {"", CCS_DIST_EMPIRICAL, DATA, 7, 0, 0, false}},
    {{"an atom missing from the mixture", CCS_DIST_MIXTURE, PARTS, 3, 2, 0, false},
     {"", CCS_DIST_MIXTURE, PARTS, 2, 3, 0, false}},
};
#define WRONG_COUNT ((int)(sizeof wrong / sizeof wrong[0]))

START_TEST(a_wrong_cdf_fails_the_same_test)
{
    struct scratch drawn_scratch;
    struct scratch claimed_scratch;
    struct ccs_dist drawn = make(&wrong[_i][0], &drawn_scratch);
    struct ccs_dist claimed = make(&wrong[_i][1], &claimed_scratch);
    struct fit fit = fit_of(&drawn, &claimed, N);
    ck_assert_msg(fit.ks_p < P_MIN && fit.chi_square_p < P_MIN,
                  "%s: Kolmogorov-Smirnov p = %g, chi-square p = %g", wrong[_i][0].label, fit.ks_p,
                  fit.chi_square_p);
}
END_TEST

START_TEST(kolmogorov_tail_has_its_tabulated_values)
{
    /* Critical values of sqrt(n) D, large n: 1.3581 at 5 %, 1.6276 at 1 % (Smirnov 1948). */
    double n = 1e12; /* large enough for the correction to vanish */
    ck_assert_double_eq_tol(kolmogorov_p(1.3581 / sqrt(n), n), 0.05, 1e-5);
    ck_assert_double_eq_tol(kolmogorov_p(1.6276 / sqrt(n), n), 0.01, 1e-5);
}
END_TEST

/* ---- common random numbers ---- */

/* Average of a sample and its standard error, as a normal score against the exact value. */
static double z_of(const double *x, size_t n, double expected)
{
    double mean = 0;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
    }
    double square = 0;
    for (size_t i = 0; i < n; i++) {
        square += (x[i] - mean) * (x[i] - mean);
    }
    return (mean - expected) / sqrt(square / (double)(n - 1) / (double)n);
}

struct coupling {
    double difference_z; /* of the mean squared centred difference */
    double covariance_z; /* of the mean product of the centred values */
};

/* Values of two distributions under the same keys (or, `independent`, under two purposes). */
static struct coupling couple(const struct ccs_dist *a, const struct ccs_dist *b, bool independent,
                              size_t n, double expected_variance, double expected_covariance)
{
    double *square = malloc(n * sizeof *square);
    double *product = malloc(n * sizeof *product);
    ck_assert(square && product);
    uint64_t key = ccs_stream_key(SEED, 1);
    uint64_t type = ccs_entity_from_name("coupling", "talk");
    for (size_t i = 0; i < n; i++) {
        uint64_t entity = ccs_entity_member(type, i);
        struct ccs_stream sa = ccs_stream_at(key, entity, CCS_DRAW_TALK, 0);
        struct ccs_stream sb =
            ccs_stream_at(key, entity, independent ? CCS_DRAW_WRAP : CCS_DRAW_TALK, 0);
        double x = ccs_dist_draw(a, &sa) - ccs_dist_mean(a);
        double y = ccs_dist_draw(b, &sb) - ccs_dist_mean(b);
        square[i] = (x - y) * (x - y);
        product[i] = x * y;
    }
    struct coupling z = {z_of(square, n, expected_variance), z_of(product, n, expected_covariance)};
    free(square);
    free(product);
    return z;
}

START_TEST(coupled_exponentials_differ_by_variance_1_not_41)
{
    const struct dist_case means[2] = {{"", CCS_DIST_EXPONENTIAL, MEAN, 4, 0, 0, false},
                                       {"", CCS_DIST_EXPONENTIAL, MEAN, 5, 0, 0, false}};
    struct ccs_dist a = make(&means[0], NULL);
    struct ccs_dist b = make(&means[1], NULL);
    /* x = 4E, y = 5E: Var (5-4)E = 1, Cov = 20. */
    struct coupling z = couple(&a, &b, false, N, 1, 20);
    ck_assert_double_le(fabs(z.difference_z), Z_MAX);
    ck_assert_double_le(fabs(z.covariance_z), Z_MAX);
    /* Independent: 16 + 25, and no covariance. */
    z = couple(&a, &b, true, N, 41, 0);
    ck_assert_double_le(fabs(z.difference_z), Z_MAX);
    ck_assert_double_le(fabs(z.covariance_z), Z_MAX);
    /* And the check can tell the two apart. */
    z = couple(&a, &b, true, N, 1, 20);
    ck_assert_double_gt(fabs(z.difference_z), Z_MAX);
    ck_assert_double_gt(fabs(z.covariance_z), Z_MAX);
}
END_TEST

START_TEST(coupled_lognormals_of_other_mean_and_cv_stay_within_variance_0_184)
{
    const struct dist_case talk[2] = {
        {"", CCS_DIST_LOGNORMAL, MEAN_SD, 4, 4.381780460041329, 0, false}, /* cv^2 = 1.2 */
        {"", CCS_DIST_LOGNORMAL, MEAN_SD, 5, 4.47213595499958, 0, false}}; /* cv^2 = 0.8 */
    struct ccs_dist a = make(&talk[0], NULL);
    struct ccs_dist b = make(&talk[1], NULL);
    ck_assert_double_eq_tol(ccs_dist_variance(&a), 19.2, 1e-12);
    ck_assert_double_eq_tol(ccs_dist_variance(&b), 20, 1e-12);
    /* By one uniform both are exp of the same normal value: Cov = 4 5 (exp(s1 s2) - 1). */
    double covariance = 20 * expm1(sqrt(log(2.2) * log(1.8)));
    double variance = 19.2 + 20 - 2 * covariance;
    ck_assert_double_eq_tol(variance, 0.18425006635595054, 1e-12);
    ck_assert_double_eq_tol(covariance / sqrt(19.2 * 20), 0.9955070757234852, 1e-14);
    struct coupling z = couple(&a, &b, false, 10 * N, variance, covariance);
    ck_assert_double_le(fabs(z.difference_z), Z_MAX);
    ck_assert_double_le(fabs(z.covariance_z), Z_MAX);
    z = couple(&a, &b, true, N, 39.2, 0);
    ck_assert_double_le(fabs(z.difference_z), Z_MAX);
    ck_assert_double_le(fabs(z.covariance_z), Z_MAX);
}
END_TEST

static void setup(void)
{
    gsl_set_error_handler_off();
}

Suite *suite_dist_fit(void)
{
    Suite *suite = suite_create("dist_fit");

    TCase *moments = tcase_create("moments");
    tcase_add_unchecked_fixture(moments, setup, NULL);
    tcase_add_loop_test(moments, mean_and_variance_are_the_integrals_of_the_cdf, 0, CASE_COUNT);
    tcase_add_loop_test(moments, mean_and_spread_are_those_asked_for, 0, CASE_COUNT);
    suite_add_tcase(suite, moments);

    TCase *fit = tcase_create("fit");
    tcase_add_unchecked_fixture(fit, setup, NULL);
    tcase_add_loop_test(fit, keyed_draws_follow_the_cdf, 0, CASE_COUNT);
    tcase_add_loop_test(fit, a_wrong_cdf_fails_the_same_test, 0, WRONG_COUNT);
    tcase_add_test(fit, kolmogorov_tail_has_its_tabulated_values);
    suite_add_tcase(suite, fit);

    TCase *coupling = tcase_create("common random numbers");
    tcase_add_unchecked_fixture(coupling, setup, NULL);
    tcase_add_test(coupling, coupled_exponentials_differ_by_variance_1_not_41);
    tcase_add_test(coupling, coupled_lognormals_of_other_mean_and_cv_stay_within_variance_0_184);
    suite_add_tcase(suite, coupling);
    return suite;
}
