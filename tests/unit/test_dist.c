/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of distributions: what each accepts and refuses, how values are drawn (inversion in
 * one direction, coupling, number of uniforms), and the corners of the cdf. That draws follow the
 * cdf and the moments are right is tested in tests/theory/test_dist_fit.c.
 */
#include "random/dist.h"
#include "random/gamma_point.h"
#include "random/stream.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_dist(void);

static void *no_memory(void *ctx, size_t bytes)
{
    (void)ctx;
    (void)bytes;
    return NULL;
}

static void *from_buffer(void *ctx, size_t bytes)
{
    ck_assert_uint_le(bytes, 64);
    return ctx;
}

static const char *make(struct ccs_dist *dist, const char *name, const struct ccs_dist_spec *spec)
{
    const struct ccs_dist_info *info = ccs_dist_find(name);
    ck_assert_ptr_nonnull(info);
    return info->make(dist, spec, no_memory, NULL);
}

static struct ccs_dist by_mean_cv(const char *name, double mean, double cv)
{
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    struct ccs_dist dist;
    spec.mean = mean;
    spec.cv = cv;
    const char *fault = make(&dist, name, &spec);
    ck_assert_msg(fault == NULL, "%s: %s", name, fault);
    return dist;
}

static struct ccs_dist by_mean(const char *name, double mean)
{
    return by_mean_cv(name, mean, NAN);
}

static struct ccs_stream stream_at(uint32_t occurrence)
{
    return ccs_stream_at(ccs_stream_key(5, 0), 77, CCS_DRAW_TALK, occurrence);
}

/* ---- the table ---- */

START_TEST(every_kind_has_a_complete_row_and_is_found_by_its_name)
{
    for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
        const struct ccs_dist_info *info = &ccs_dist_table[i];
        ck_assert_ptr_nonnull(info->name);
        ck_assert_ptr_nonnull(info->help);
        ck_assert(info->make && info->draw && info->mean && info->variance && info->cdf);
        ck_assert_uint_eq(info->required & info->optional, 0);
        ck_assert_uint_ne(info->required | info->optional, 0);
        ck_assert_ptr_eq(ccs_dist_find(info->name), info);
    }
    ck_assert_ptr_null(ccs_dist_find("Lognormal"));
    ck_assert_ptr_null(ccs_dist_find(""));
    ck_assert_ptr_null(ccs_dist_find("beta"));
}
END_TEST

START_TEST(rows_stand_at_their_own_number)
{
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_CONSTANT].name, "constant");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_EXPONENTIAL].name, "exponential");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_GAMMA].name, "gamma");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_ERLANG].name, "erlang");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_WEIBULL].name, "weibull");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_LOGNORMAL].name, "lognormal");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_NORMAL].name, "normal");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_UNIFORM].name, "uniform");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_TRIANGULAR].name, "triangular");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_PARETO].name, "pareto");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_HYPEREXPONENTIAL].name, "hyperexponential");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_EMPIRICAL].name, "empirical");
    ck_assert_str_eq(ccs_dist_table[CCS_DIST_MIXTURE].name, "mixture");
}
END_TEST

/* ---- what is refused, and in which words ---- */

#define ABSENT NAN

static const struct {
    const char *name;
    double mean, cv, sd, min, mode, max, stages;
    const char *message;
} refused[] = {
    {"constant", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "mean must be given"},
    {"constant", -1, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "mean must be a number from 0 to 1e15"},
    {"constant", INFINITY, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "mean must be a number from 0 to 1e15"},
    {"exponential", 0, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "mean must be > 0"},
    {"exponential", -4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "mean must be > 0"},
    {"exponential", 4, 1, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "cv must not be given: this distribution does not use it"},
    {"exponential", 4, ABSENT, 4, ABSENT, ABSENT, ABSENT, ABSENT,
     "sd must not be given: this distribution does not use it"},
    {"gamma", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv or sd must be given"},
    {"gamma", 4, 1, 4, ABSENT, ABSENT, ABSENT, ABSENT, "cv and sd must not both be given"},
    {"gamma", 4, 0, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv must be from 0.01 to 100"},
    {"gamma", 4, -1, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv must be from 0.01 to 100"},
    {"gamma", 4, 101, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv must be from 0.01 to 100"},
    {"gamma", 4, ABSENT, 0, ABSENT, ABSENT, ABSENT, ABSENT,
     "sd must be from 0.01 to 100 times the mean"},
    {"gamma", 4, 1, ABSENT, ABSENT, 3, ABSENT, ABSENT,
     "mode must not be given: this distribution does not use it"},
    {"lognormal", ABSENT, 1, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "mean must be given"},
    {"lognormal", 4, 0.0099, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv must be from 0.01 to 100"},
    {"weibull", 4, ABSENT, 401, ABSENT, ABSENT, ABSENT, ABSENT,
     "sd must be from 0.01 to 100 times the mean"},
    {"normal", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, "cv or sd must be given"},
    {"erlang", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "stages must be given, or cv or sd"},
    {"erlang", 4, 0.5, ABSENT, ABSENT, ABSENT, ABSENT, 4,
     "stages must not be given together with cv or sd"},
    {"erlang", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, 2.5,
     "stages must be a whole number from 1 to 10000"},
    {"erlang", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, 0,
     "stages must be a whole number from 1 to 10000"},
    {"erlang", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, -1,
     "stages must be a whole number from 1 to 10000"},
    {"erlang", 4, 0.6, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "cv must be 1/sqrt(stages) for a whole number of stages, within 0.1 % (gamma takes any cv)"},
    {"erlang", 4, 2, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "cv must be 1/sqrt(stages) for a whole number of stages, within 0.1 % (gamma takes any cv)"},
    {"uniform", ABSENT, ABSENT, ABSENT, 3, ABSENT, ABSENT, ABSENT,
     "min and max must be given, or mean and cv or sd"},
    {"uniform", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "min and max must be given, or mean and cv or sd"},
    {"uniform", ABSENT, ABSENT, ABSENT, 3, ABSENT, 3, ABSENT, "min must be < max"},
    {"uniform", ABSENT, ABSENT, ABSENT, -1, ABSENT, 3, ABSENT,
     "min must be a number from 0 to 1e15"},
    {"uniform", 2, ABSENT, ABSENT, 1, ABSENT, 3, ABSENT,
     "min and max must not be given together with mean, cv or sd"},
    {"uniform", 2, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "mean must be given together with cv or sd"},
    {"uniform", 2, 0.6, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "cv must be at most 1/sqrt(3) = 0.57735, or the values would be negative"},
    {"triangular", ABSENT, ABSENT, ABSENT, 1, ABSENT, 3, ABSENT, "mode must be given"},
    {"triangular", ABSENT, ABSENT, ABSENT, 1, 4, 3, ABSENT, "mode must be from min to max"},
    {"triangular", ABSENT, ABSENT, ABSENT, 1, 0.5, 3, ABSENT, "mode must be from min to max"},
    {"triangular", ABSENT, ABSENT, ABSENT, 3, 3, 3, ABSENT, "min must be < max"},
    {"triangular", ABSENT, ABSENT, ABSENT, 1, 2, 1e16, ABSENT,
     "max must be a number from 0 to 1e15"},
    {"triangular", 2, ABSENT, ABSENT, 1, 2, 3, ABSENT,
     "mean must not be given: this distribution does not use it"},
    {"pareto", 4, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "min or cv or sd must be given, exactly one of them"},
    {"pareto", 4, 1, ABSENT, 2, ABSENT, ABSENT, ABSENT,
     "min or cv or sd must be given, exactly one of them"},
    {"pareto", 4, ABSENT, ABSENT, 4, ABSENT, ABSENT, ABSENT,
     "min must be above 0 and below the mean (by a millionth of the mean at least)"},
    {"pareto", 4, ABSENT, ABSENT, 0, ABSENT, ABSENT, ABSENT,
     "min must be above 0 and below the mean (by a millionth of the mean at least)"},
    {"hyperexponential", 4, 0.99, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "cv must be >= 1 (erlang or gamma have less spread than exponential)"},
    {"empirical", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "values must contain at least one value"},
    {"mixture", ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT,
     "parts must contain at least one distribution"},
};

START_TEST(wrong_parameters_are_refused_in_plain_words)
{
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.mean = refused[_i].mean;
    spec.cv = refused[_i].cv;
    spec.sd = refused[_i].sd;
    spec.min = refused[_i].min;
    spec.mode = refused[_i].mode;
    spec.max = refused[_i].max;
    spec.stages = refused[_i].stages;
    struct ccs_dist dist = ccs_dist_of_constant(123);
    const char *message = make(&dist, refused[_i].name, &spec);
    ck_assert_msg(message != NULL, "%s was accepted; expected: %s", refused[_i].name,
                  refused[_i].message);
    ck_assert_str_eq(message, refused[_i].message);
    ck_assert_int_eq(dist.kind, CCS_DIST_CONSTANT); /* untouched */
    ck_assert_double_eq(dist.p[0], 123);
}
END_TEST

START_TEST(tables_are_refused_when_their_content_is_wrong_or_memory_is_exhausted)
{
    double buffer[8];
    double values[3] = {1, -2, 3};
    double weights[2] = {1, 0};
    struct ccs_dist parts[2] = {ccs_dist_of_constant(1), ccs_dist_of_constant(2)};
    struct ccs_dist dist = ccs_dist_of_constant(123);
    const struct ccs_dist_info *empirical = ccs_dist_find("empirical");
    const struct ccs_dist_info *mixture = ccs_dist_find("mixture");

    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    spec.values = values;
    spec.value_n = 3;
    ck_assert_str_eq(empirical->make(&dist, &spec, from_buffer, buffer),
                     "values must be numbers from 0 to 1e15");
    values[1] = NAN;
    ck_assert_str_eq(empirical->make(&dist, &spec, from_buffer, buffer),
                     "values must be numbers from 0 to 1e15");
    values[1] = 2;
    ck_assert_str_eq(empirical->make(&dist, &spec, no_memory, NULL), "values must fit into memory");
    ck_assert_str_eq(mixture->make(&dist, &spec, from_buffer, buffer),
                     "values must not be given: this distribution does not use them");

    spec = ccs_dist_spec_empty();
    spec.parts = parts;
    spec.part_n = 2;
    ck_assert_str_eq(mixture->make(&dist, &spec, from_buffer, buffer), "weights must be given");
    spec.weights = weights;
    ck_assert_str_eq(mixture->make(&dist, &spec, from_buffer, buffer),
                     "weights must be > 0 and at most 1e15");
    weights[1] = 1;
    ck_assert_str_eq(mixture->make(&dist, &spec, no_memory, NULL), "parts must fit into memory");
    ck_assert_int_eq(dist.kind, CCS_DIST_CONSTANT);
    ck_assert_ptr_null(mixture->make(&dist, &spec, from_buffer, buffer));
    ck_assert_int_eq(dist.kind, CCS_DIST_MIXTURE);
}
END_TEST

START_TEST(limits_themselves_are_accepted)
{
    static const char *const by_cv[] = {"gamma", "weibull", "lognormal", "normal", "pareto"};
    for (size_t i = 0; i < sizeof by_cv / sizeof by_cv[0]; i++) {
        by_mean_cv(by_cv[i], 4, CCS_CV_MIN);
        by_mean_cv(by_cv[i], 4, CCS_CV_MAX);
    }
    by_mean_cv("hyperexponential", 4, 1);
    by_mean_cv("hyperexponential", 4, CCS_CV_MAX);
    by_mean("constant", 0);
    by_mean("exponential", CCS_DIST_VALUE_MAX);
    struct ccs_dist uniform = by_mean_cv("uniform", 4, 0.57735026918962584); /* 1/sqrt(3), up */
    ck_assert_double_ge(ccs_dist_cdf(&uniform, 1e-9), 0);
    ck_assert_double_eq(ccs_dist_cdf(&uniform, -1e-9), 0);
}
END_TEST

START_TEST(erlang_takes_a_cv_rounded_to_three_digits)
{
    struct ccs_dist dist = by_mean_cv("erlang", 6, 0.577);
    ck_assert_double_eq(dist.p[0], 3);
    ck_assert_double_eq_tol(ccs_dist_mean(&dist), 6, 1e-14);
    ck_assert_double_eq_tol(ccs_dist_variance(&dist), 12, 1e-13);
}
END_TEST

/* ---- drawing ---- */

static const struct {
    const char *name;
    double cv;
    int uniforms; /* consumed per value; 0: rejection, any number */
} scaled[] = {
    {"constant", NAN, 0},  {"exponential", NAN, 1},      {"gamma", 0.7, 0},
    {"gamma", 3, 0},       {"erlang", 0.5, 0},           {"weibull", 1.4, 1},
    {"lognormal", 1.2, 1}, {"normal", 0.6, 1},           {"uniform", 0.3, 1},
    {"pareto", 2, 1},      {"hyperexponential", 1.8, 2},
};
#define SCALED_COUNT ((int)(sizeof scaled / sizeof scaled[0]))

START_TEST(value_is_proportional_to_the_mean_on_the_same_stream)
{
    struct ccs_dist four = by_mean_cv(scaled[_i].name, 4, scaled[_i].cv);
    struct ccs_dist five = by_mean_cv(scaled[_i].name, 5, scaled[_i].cv);
    for (uint32_t i = 0; i < 2000; i++) {
        struct ccs_stream s = stream_at(i);
        struct ccs_stream t = stream_at(i);
        double x = ccs_dist_draw(&four, &s);
        double y = ccs_dist_draw(&five, &t);
        ck_assert_double_le(x, y);
        /* A few roundings; near the truncation point of normal a difference is taken. */
        ck_assert_double_le(fabs(y - 1.25 * x), 1e-12 * y + 1e-14);
    }
}
END_TEST

START_TEST(inversion_consumes_a_fixed_number_of_uniforms)
{
    if (scaled[_i].uniforms == 0) {
        return;
    }
    struct ccs_dist dist = by_mean_cv(scaled[_i].name, 4, scaled[_i].cv);
    for (uint32_t i = 0; i < 100; i++) {
        struct ccs_stream s = stream_at(i);
        uint64_t before = s.lane;
        ccs_dist_draw(&dist, &s);
        ck_assert_uint_eq(s.lane - before, (uint64_t)scaled[_i].uniforms);
    }
}
END_TEST

START_TEST(value_is_exceeded_with_the_probability_of_its_uniform)
{
    if (scaled[_i].uniforms != 1) {
        return;
    }
    struct ccs_dist dist = by_mean_cv(scaled[_i].name, 4, scaled[_i].cv);
    for (uint32_t i = 0; i < 2000; i++) {
        struct ccs_stream s = stream_at(i);
        struct ccs_stream t = stream_at(i);
        double u = ccs_stream_uniform(&s);
        double x = ccs_dist_draw(&dist, &t);
        /* GSL's normal quantile is good to about 1e-13. */
        ck_assert_double_eq_tol(1 - ccs_dist_cdf(&dist, x), u, 1e-12);
    }
}
END_TEST

START_TEST(distributions_drawn_by_inversion_are_coupled_with_each_other)
{
    struct ccs_dist a = by_mean_cv("lognormal", 4, 1.2);
    struct ccs_dist b = by_mean("exponential", 4);
    for (uint32_t i = 1; i < 2000; i++) {
        struct ccs_stream s = stream_at(i - 1);
        struct ccs_stream t = stream_at(i - 1);
        struct ccs_stream v = stream_at(i);
        struct ccs_stream w = stream_at(i);
        double da = ccs_dist_draw(&a, &v) - ccs_dist_draw(&a, &s);
        double db = ccs_dist_draw(&b, &w) - ccs_dist_draw(&b, &t);
        ck_assert((da > 0) == (db > 0));
    }
}
END_TEST

START_TEST(inline_and_table_draws_are_the_same)
{
    struct ccs_dist dist = by_mean(_i ? "exponential" : "constant", 4);
    for (uint32_t i = 0; i < 100; i++) {
        struct ccs_stream s = stream_at(i);
        struct ccs_stream t = stream_at(i);
        struct ccs_stream v = stream_at(i);
        double x = ccs_dist_draw(&dist, &s);
        ck_assert_double_eq(x, ccs_dist_draw_slow(&dist, &t));
        ck_assert_uint_eq(s.lane, t.lane);
        if (_i) {
            ck_assert_double_eq(x, ccs_draw_exponential(4, &v));
        }
    }
}
END_TEST

START_TEST(empirical_gives_back_the_data_and_only_the_data)
{
    double buffer[8];
    double values[4] = {30, 10, 20, 10};
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    struct ccs_dist dist;
    spec.values = values;
    spec.value_n = 4;
    ck_assert_ptr_null(ccs_dist_find("empirical")->make(&dist, &spec, from_buffer, buffer));
    ck_assert_double_eq(values[0], 30); /* the caller's order is left alone */
    ck_assert_double_eq(ccs_dist_mean(&dist), 17.5);
    ck_assert_double_eq(ccs_dist_variance(&dist), 68.75);
    ck_assert_double_eq(ccs_dist_cdf(&dist, 9.999), 0);
    ck_assert_double_eq(ccs_dist_cdf(&dist, 10), 0.5);
    ck_assert_double_eq(ccs_dist_cdf(&dist, 29.999), 0.75);
    ck_assert_double_eq(ccs_dist_cdf(&dist, 30), 1);
    for (uint32_t i = 0; i < 1000; i++) {
        struct ccs_stream s = stream_at(i);
        struct ccs_stream t = stream_at(i);
        double u = ccs_stream_uniform(&s);
        ck_assert_double_eq(ccs_dist_draw(&dist, &t), u < 0.25 ? 30 : u < 0.5 ? 20 : 10);
    }
}
END_TEST

START_TEST(mixture_chooses_by_weight_and_the_part_draws_on)
{
    double buffer[8];
    double weights[2] = {6, 2};
    struct ccs_dist parts[2] = {ccs_dist_of_constant(1), by_mean("exponential", 4)};
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    struct ccs_dist dist;
    spec.parts = parts;
    spec.weights = weights;
    spec.part_n = 2;
    ck_assert_ptr_null(ccs_dist_find("mixture")->make(&dist, &spec, from_buffer, buffer));
    ck_assert_double_eq(ccs_dist_mean(&dist), 1.75);
    /* 3/4 (0 + 0.75^2) + 1/4 (16 + 2.25^2) */
    ck_assert_double_eq(ccs_dist_variance(&dist), 5.6875);
    for (uint32_t i = 0; i < 1000; i++) {
        struct ccs_stream s = stream_at(i);
        struct ccs_stream t = stream_at(i);
        double x = ccs_stream_uniform(&s) < 0.75 ? 1 : ccs_draw_exponential(4, &s);
        ck_assert_double_eq(ccs_dist_draw(&dist, &t), x);
    }
}
END_TEST

/* ---- values known from elsewhere ---- */

START_TEST(truncated_normal_has_its_textbook_moments)
{
    /* Parent mean = sd = 1, h = 1: r = phi(1)/Phi(1) = 0.2419707245/0.8413447461. */
    struct ccs_dist dist = by_mean_cv("normal", 1, 1);
    double r = 0.24197072451914337 / 0.84134474606854293;
    ck_assert_double_eq_tol(ccs_dist_mean(&dist), 1 + r, 1e-14);
    ck_assert_double_eq_tol(ccs_dist_variance(&dist), 1 - r - r * r, 1e-14);
    ck_assert_double_eq(ccs_dist_cdf(&dist, -1e-300), 0);
    /* (Phi(0) - Phi(-1)) / Phi(1) at x = 1 */
    ck_assert_double_eq_tol(ccs_dist_cdf(&dist, 1), 0.34134474606854293 / 0.84134474606854293,
                            1e-14);
}
END_TEST

START_TEST(weibull_shape_is_solved_from_the_cv)
{
    /* Shape 2 (Rayleigh): cv^2 = 4/pi - 1. Shape 1/2: Gamma(5)/Gamma(3)^2 - 1 = 5. Shape 1: 1. */
    struct ccs_dist rayleigh = by_mean_cv("weibull", 1, sqrt(4 / M_PI - 1));
    ck_assert_double_eq_tol(rayleigh.p[1], 0.5, 1e-13);
    ck_assert_double_eq_tol(rayleigh.p[0], 2 / sqrt(M_PI), 1e-13);
    struct ccs_dist half = by_mean_cv("weibull", 10, sqrt(5));
    ck_assert_double_eq_tol(half.p[1], 2, 1e-13);
    ck_assert_double_eq_tol(half.p[0], 5, 1e-12);
    struct ccs_dist one = by_mean_cv("weibull", 10, 1);
    ck_assert_double_eq_tol(one.p[1], 1, 1e-13);
}
END_TEST

START_TEST(hyperexponential_phases_have_balanced_means)
{
    /* cv^2 = 3: q = (1 + sqrt(1/2))/2. */
    struct ccs_dist dist = by_mean_cv("hyperexponential", 6, sqrt(3));
    double q = dist.p[1];
    ck_assert_double_eq_tol(q, (1 + sqrt(0.5)) / 2, 1e-15);
    ck_assert_double_eq_tol(q * dist.p[0], 3, 1e-14);
    ck_assert_double_eq_tol((1 - q) * dist.p[2], 3, 1e-14);
    struct ccs_dist plain = by_mean_cv("hyperexponential", 6, 1);
    ck_assert_double_eq(plain.p[0], 6);
    ck_assert_double_eq(plain.p[2], 6);
}
END_TEST

START_TEST(pareto_by_min_reaches_tails_without_variance)
{
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    struct ccs_dist dist;
    spec.mean = 3;
    spec.min = 1;
    ck_assert_ptr_null(make(&dist, "pareto", &spec));
    ck_assert_double_eq_tol(dist.p[1], 1.5, 1e-15);
    ck_assert(isinf(ccs_dist_variance(&dist)));
    ck_assert_double_eq_tol(ccs_dist_mean(&dist), 3, 1e-14);
    ck_assert_double_eq(ccs_dist_cdf(&dist, 1), 0);
    ck_assert_double_eq_tol(ccs_dist_cdf(&dist, 4), 1 - 0.125, 1e-15);
}
END_TEST

static void setup(void)
{
    gsl_set_error_handler_off();
}

START_TEST(gamma_points_have_the_stated_moments_at_any_cv)
{
    static const double cvs[] = {0.5, 1, 2, 3, 5, 6, 6.5, 8, 10, 30};
    double cv = cvs[_i];
    double mean = 0;
    double square = 0;
    const double step = 0.002; /* of u, q = e^-u: both integrals by midpoints, to about step^2 */
    for (double u = step / 2; u < 60; u += step) {
        double x = ccs_gamma_point(-expm1(-u), exp(-u), cv);
        ck_assert(x >= 0);
        mean += x * exp(-u) * step;
        square += x * x * exp(-u) * step;
    }
    ck_assert_double_eq_tol(mean, 1, 1e-4);
    ck_assert_double_eq_tol(sqrt(square - mean * mean) / cv, 1, 1e-4);
}
END_TEST

Suite *suite_dist(void)
{
    Suite *suite = suite_create("dist");

    TCase *table = tcase_create("table");
    tcase_add_test(table, every_kind_has_a_complete_row_and_is_found_by_its_name);
    tcase_add_test(table, rows_stand_at_their_own_number);
    suite_add_tcase(suite, table);

    TCase *input = tcase_create("input");
    tcase_add_unchecked_fixture(input, setup, NULL);
    tcase_add_loop_test(input, wrong_parameters_are_refused_in_plain_words, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(input, tables_are_refused_when_their_content_is_wrong_or_memory_is_exhausted);
    tcase_add_test(input, limits_themselves_are_accepted);
    tcase_add_test(input, erlang_takes_a_cv_rounded_to_three_digits);
    suite_add_tcase(suite, input);

    TCase *draw = tcase_create("draw");
    tcase_add_unchecked_fixture(draw, setup, NULL);
    tcase_add_loop_test(draw, value_is_proportional_to_the_mean_on_the_same_stream, 0,
                        SCALED_COUNT);
    tcase_add_loop_test(draw, inversion_consumes_a_fixed_number_of_uniforms, 0, SCALED_COUNT);
    tcase_add_loop_test(draw, value_is_exceeded_with_the_probability_of_its_uniform, 0,
                        SCALED_COUNT);
    tcase_add_test(draw, distributions_drawn_by_inversion_are_coupled_with_each_other);
    tcase_add_loop_test(draw, inline_and_table_draws_are_the_same, 0, 2);
    tcase_add_test(draw, empirical_gives_back_the_data_and_only_the_data);
    tcase_add_test(draw, mixture_chooses_by_weight_and_the_part_draws_on);
    suite_add_tcase(suite, draw);

    TCase *known = tcase_create("known values");
    tcase_add_unchecked_fixture(known, setup, NULL);
    tcase_add_test(known, truncated_normal_has_its_textbook_moments);
    tcase_add_test(known, weibull_shape_is_solved_from_the_cv);
    tcase_add_test(known, hyperexponential_phases_have_balanced_means);
    tcase_add_test(known, pareto_by_min_reaches_tails_without_variance);
    tcase_add_loop_test(known, gamma_points_have_the_stated_moments_at_any_cv, 0, 10);
    suite_add_tcase(suite, known);
    return suite;
}
