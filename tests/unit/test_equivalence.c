/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/equivalence: two one-sided tests by hand, and how often they are wrong. */
#include "stats/equivalence.h"

#include "stats/interval.h"

#include <check.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

Suite *suite_equivalence(void);

START_TEST(p_values_are_those_of_the_tables)
{
    /* 10 + 10 degrees of freedom with equal errors: Welch gives 20; t(0.95; 20) = 1.7247 */
    struct ccs_sample a = {10.0, 1.0, 10};
    struct ccs_sample b = {10.0, 1.0, 10};
    struct ccs_equivalence e = ccs_equivalence_test(&a, &b, 1.7247 * sqrt(2));
    ck_assert_double_eq(e.difference, 0);
    ck_assert_double_eq_tol(e.df, 20, 1e-9);
    ck_assert_double_eq_tol(e.se, sqrt(2), 1e-12);
    ck_assert_double_eq_tol(e.p_equivalent, 0.05, 1e-5);
    ck_assert_double_eq_tol(e.p_different, 1.0, 1e-9); /* 0.95 + 0.05 */
    /* at the margin itself equivalence has p = 1/2 */
    b.mean = 12.0;
    e = ccs_equivalence_test(&a, &b, 2.0);
    ck_assert_double_eq_tol(e.p_equivalent, 0.5, 1e-12);
    ck_assert_double_ge(e.p_different, 0.5);
    /* t(0.95) beyond it, the difference is shown at 5 % (and a little for the other side) */
    e = ccs_equivalence_test(&a, &b, 2.0 - 1.7247 * sqrt(2));
    ck_assert_double_ge(e.p_different, 0.05);
    ck_assert_double_lt(e.p_different, 0.2);
    /* the sign of the difference does not matter */
    struct ccs_equivalence back = ccs_equivalence_test(&b, &a, 2.0);
    ck_assert_double_eq(back.p_equivalent, 0.5);
    ck_assert_double_eq(back.difference, -2);
}
END_TEST

START_TEST(without_noise_the_difference_decides)
{
    struct ccs_sample a = {3.0, 0.0, 9};
    struct ccs_sample b = {3.0, 0.0, 9};
    ck_assert_double_eq(ccs_equivalence_test(&a, &b, 0.0).p_equivalent, 0);
    b.mean = 3.5;
    ck_assert_double_eq(ccs_equivalence_test(&a, &b, 0.4).p_equivalent, 1);
    ck_assert_double_eq(ccs_equivalence_test(&a, &b, 0.4).p_different, 0);
    ck_assert_double_eq(ccs_equivalence_test(&a, &b, 0.5).p_equivalent, 0);
    /* one side only: the other's degrees of freedom */
    b = (struct ccs_sample){3.0, 1.0, 7};
    ck_assert_double_eq_tol(ccs_equivalence_test(&a, &b, 1).df, 7, 1e-12);
}
END_TEST

START_TEST(an_interval_leads_back_to_its_standard_error)
{
    struct ccs_estimate e = ccs_estimate_make(5.0, 2.0, 16, 15);
    ck_assert_double_eq_tol(ccs_se_of_interval((e.hi - e.lo) / 2, 15), 0.5, 1e-12);
}
END_TEST

START_TEST(more_replications_would_do_where_they_are_said_to)
{
    struct ccs_sample a = {0.0, 1.0, 1e6};
    struct ccs_equivalence e = ccs_equivalence_test(&a, &a, 1.0);
    ck_assert_double_gt(e.growth, 1);
    ck_assert_double_lt(e.power, 0.95);
    struct ccs_sample better = {0.0, 1.0 / sqrt(e.growth), 1e6};
    ck_assert_double_eq_tol(ccs_equivalence_test(&better, &better, 1.0).power, 0.95, 1e-3);
    ck_assert_double_eq_tol(ccs_equivalence_test(&better, &better, 1.0).growth, 1, 1e-9);
}
END_TEST

/* Mean of n normal values. */
static struct ccs_sample draw(gsl_rng *rng, double mean, double sd, size_t n)
{
    double x[64];
    for (size_t i = 0; i < n; i++) {
        x[i] = mean + sd * gsl_ran_ugaussian(rng);
    }
    struct ccs_estimate e = ccs_mean_estimate(x, n);
    return (struct ccs_sample){e.mean, e.se, e.df};
}

/* |z| <= 4 of a binomial count. */
static void assert_rate(size_t hits, size_t n, double p)
{
    ck_assert_double_le(fabs((double)hits - (double)n * p), 4 * sqrt((double)n * p * (1 - p)) + 1);
}

START_TEST(wrong_answers_are_as_rare_as_stated)
{
    enum {
        RUNS = 20000,
        N = 12
    };
    const double margin = 1.2;
    size_t equivalent = 0, different = 0, silent = 0;
    double power = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937); /* its fixed first seed */
    for (int i = 0; i < RUNS; i++) {
        struct ccs_sample a = draw(rng, 0.0, 1.0, N);
        struct ccs_sample on_margin = draw(rng, margin, 1.0, N);
        struct ccs_sample same = draw(rng, 0.0, 1.0, N);
        struct ccs_equivalence e = ccs_equivalence_test(&a, &on_margin, margin);
        equivalent += e.p_equivalent <= 0.05;
        different += e.p_different <= 0.05;
        e = ccs_equivalence_test(&a, &same, margin);
        silent += e.p_equivalent <= 0.05;
        power += e.power / RUNS;
    }
    gsl_rng_free(rng);
    assert_rate(equivalent, RUNS, 0.05);
    assert_rate(different, RUNS, 0.05);
    /* the power takes the standard errors as they came out: right on average, within 2 % */
    ck_assert_double_eq_tol((double)silent / RUNS, power, 0.02);
}
END_TEST

Suite *suite_equivalence(void)
{
    Suite *s = suite_create("equivalence");
    TCase *tc = tcase_create("two one-sided tests");
    tcase_add_test(tc, p_values_are_those_of_the_tables);
    tcase_add_test(tc, without_noise_the_difference_decides);
    tcase_add_test(tc, an_interval_leads_back_to_its_standard_error);
    tcase_add_test(tc, more_replications_would_do_where_they_are_said_to);
    tcase_add_test(tc, wrong_answers_are_as_rare_as_stated);
    suite_add_tcase(s, tc);
    return s;
}
