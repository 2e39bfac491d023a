/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/zscore: t to normal scores, both errors combined, how many large scores are allowed. */
#include "stats/zscore.h"

#include <check.h>

Suite *suite_stats_zscore(void);

START_TEST(a_score_has_the_tail_probability_of_its_t)
{
    /* From the tables: t(0.975) is z = 1.960, t(0.995) is z = 2.576, for any df. */
    ck_assert_double_eq_tol(ccs_z_from_t(12.7062, 1), 1.95996, 1e-4);
    ck_assert_double_eq_tol(ccs_z_from_t(2.0930, 19), 1.95996, 1e-4);
    ck_assert_double_eq_tol(ccs_z_from_t(-2.0930, 19), -1.95996, 1e-4);
    ck_assert_double_eq_tol(ccs_z_from_t(3.2498, 9), 2.57583, 1e-4);
    ck_assert_double_eq_tol(ccs_z_from_t(2.57583, 1e8), 2.57583, 1e-4);
    ck_assert_double_eq(ccs_z_from_t(0, 3), 0);
}
END_TEST

START_TEST(far_tails_keep_their_order)
{
    /* df = 2 has the closed tail (1 - t/sqrt(2 + t^2))/2, which for t = 1e6 is 1/(2 t^2) = 5e-13:
     * z = 7.1305. */
    ck_assert_double_eq_tol(ccs_z_from_t(1e6, 2), 7.1305, 1e-4);
    double last = 0;
    for (int i = 0; i < 56; i++) { /* up to about a million */
        double t = 0.5 * pow(1.3, i);
        double z = ccs_z_from_t(t, 29);
        ck_assert_double_gt(z, last);
        ck_assert_double_lt(z, t);
        last = z;
    }
    ck_assert_double_eq(ccs_z_from_t(INFINITY, 5), CCS_Z_MAX);
    ck_assert_double_eq(ccs_z_from_t(-1e5, 1e6), -CCS_Z_MAX);
    ck_assert_double_nan(ccs_z_from_t(NAN, 5));
    ck_assert_double_nan(ccs_z_from_t(1, 0));
}
END_TEST

static struct ccs_estimate estimate(double mean, double se, double df)
{
    struct ccs_estimate e = ccs_estimate_make(mean, se * sqrt(df + 1), (size_t)df + 1, df);
    return e;
}

START_TEST(both_standard_errors_count)
{
    /* 3-4-5: a half-width of 4 * 1.96 is a standard error of 4. */
    struct ccs_estimate e = estimate(110, 3, 19);
    double df = 19 * pow(5.0 / 3, 4);
    double expected = ccs_z_from_t(2, df);
    ck_assert_double_eq_tol(ccs_z_compare(&e, 100, 4 * 1.9599639845400545), expected, 1e-9);
    ck_assert_double_eq_tol(ccs_z_compare(&e, 120, 4 * 1.9599639845400545), -expected, 1e-9);
    /* An exact reference leaves the plain t. */
    ck_assert_double_eq_tol(ccs_z_compare(&e, 104, 0), ccs_z_from_t(2, 19), 1e-9);
}
END_TEST

START_TEST(without_any_noise_only_equality_passes)
{
    struct ccs_estimate e = estimate(0.3, 0, 9);
    ck_assert_double_eq(ccs_z_compare(&e, 0.1 + 0.2, 0), 0); /* rounding of the reference */
    ck_assert_double_eq(ccs_z_compare(&e, 0.2999, 0), CCS_Z_MAX);
    ck_assert_double_eq(ccs_z_compare(&e, 0.3001, 0), -CCS_Z_MAX);
    /* With noise in the reference alone its normal score remains. */
    ck_assert_double_eq_tol(ccs_z_compare(&e, 0.2, 0.1 * 1.9599639845400545), 1, 1e-9);
}
END_TEST

START_TEST(no_t_interval_or_a_senseless_reference_has_no_score)
{
    struct ccs_estimate none = ccs_estimate_make(3, NAN, 1, 0);
    struct ccs_estimate e = estimate(3, 1, 9);
    ck_assert_double_nan(ccs_z_compare(&none, 3, 0));
    ck_assert_double_nan(ccs_z_compare(&e, NAN, 0));
    ck_assert_double_nan(ccs_z_compare(&e, 3, -1));
    ck_assert_double_nan(ccs_z_compare(&e, 3, NAN));
    e.kind = CCS_ESTIMATE_RARE;
    ck_assert_double_nan(ccs_z_compare(&e, 3, 0));
}
END_TEST

START_TEST(the_limit_on_large_scores_is_the_binomial_quantile)
{
    ck_assert_uint_eq(ccs_z_notable_limit(0), 0);
    ck_assert_uint_eq(ccs_z_notable_limit(1), 1); /* P(0) = 0.9545 is not enough */
    for (size_t n = 2; n <= 400; n += 7) {
        double p = 0.04550026389635842; /* P(|z| > 2) */
        double term = pow(1 - p, (double)n);
        double cdf = term;
        size_t k = 0;
        while (cdf < 0.999) {
            term *= (double)(n - k) / (double)(k + 1) * p / (1 - p);
            k++;
            cdf += term;
        }
        ck_assert_uint_eq(ccs_z_notable_limit(n), k);
    }
}
END_TEST

Suite *suite_stats_zscore(void)
{
    Suite *suite = suite_create("stats_zscore");
    TCase *t = tcase_create("score");
    tcase_add_test(t, a_score_has_the_tail_probability_of_its_t);
    tcase_add_test(t, far_tails_keep_their_order);
    suite_add_tcase(suite, t);
    TCase *compare = tcase_create("compare");
    tcase_add_test(compare, both_standard_errors_count);
    tcase_add_test(compare, without_any_noise_only_equality_passes);
    tcase_add_test(compare, no_t_interval_or_a_senseless_reference_has_no_score);
    tcase_add_test(compare, the_limit_on_large_scores_is_the_binomial_quantile);
    suite_add_tcase(suite, compare);
    return suite;
}
