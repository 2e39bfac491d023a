/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/ratio: delta-method intervals by hand, pairs, what is undefined and what is exactly 0. */
#include "stats/ratio.h"

#include <check.h>

Suite *suite_stats_ratio(void);

static const double den[] = {2, 2, 4};
static const double num_a[] = {1, 2, 3}; /* R = 3/4, residuals (-1/2, 1/2, 0) * 3/8 */
static const double num_b[] = {2, 1, 3}; /* R = 3/4, residuals (1/2, -1/2, 0) * 3/8 */
static const double num_c[] = {1, 1, 2}; /* R = 1/2, residuals 0 */

static struct ccs_sums sums(const double *num, const double *denominator)
{
    return (struct ccs_sums){.num = num, .den = denominator, .events = NULL, .is_share = false};
}

START_TEST(ratio_and_its_error_agree_with_a_hand_calculation)
{
    struct ccs_sums a = sums(num_a, den);
    struct ccs_estimate e = ccs_ratio_estimate(&a, 3);
    ck_assert_double_eq(e.mean, 0.75);
    ck_assert_double_eq_tol(e.sd, 0.1875, 1e-15);
    ck_assert_double_eq_tol(e.se, 0.1875 / sqrt(3), 1e-15);
    ck_assert_double_eq_tol(e.half_width, 4.302653 * 0.1875 / sqrt(3), 1e-6); /* t(0.975; 2) */
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_T);
}
END_TEST

START_TEST(ratio_of_sums_is_not_the_mean_of_ratios)
{
    struct ccs_sums a = sums(num_a, den);
    double mean_of_ratios = (1 / 2.0 + 2 / 2.0 + 3 / 4.0) / 3;
    ck_assert_double_ne(mean_of_ratios, 0.75 + 1e-9);
    static const double uneven[] = {2, 2, 8};
    a.den = uneven;
    ck_assert_double_eq(ccs_ratio_estimate(&a, 3).mean, 0.5);
}
END_TEST

START_TEST(a_plain_mean_is_the_case_of_denominator_one)
{
    static const double x[] = {3.7, 1.25, 9.5, 0.1, 4};
    static const double one[] = {1, 1, 1, 1, 1};
    struct ccs_sums without = sums(x, NULL);
    struct ccs_sums with = sums(x, one);
    struct ccs_estimate mean = ccs_mean_estimate(x, 5);
    struct ccs_estimate a = ccs_ratio_estimate(&without, 5);
    struct ccs_estimate b = ccs_ratio_estimate(&with, 5);
    ck_assert_double_eq(a.mean, mean.mean);
    ck_assert_double_eq(a.sd, mean.sd);
    ck_assert_double_eq_tol(b.mean, mean.mean, 1e-14); /* another order of rounding */
    ck_assert_double_eq_tol(b.sd, mean.sd, 1e-14);
}
END_TEST

START_TEST(a_constant_ratio_has_no_noise_left_from_rounding)
{
    double n[20];
    double d[20];
    for (int i = 0; i < 20; i++) {
        d[i] = 1 + 0.37 * i;
        n[i] = 0.3 * d[i];
    }
    struct ccs_sums s = sums(n, d);
    struct ccs_estimate e = ccs_ratio_estimate(&s, 20);
    ck_assert_double_eq_tol(e.mean, 0.3, 1e-15);
    ck_assert_double_eq(e.sd, 0);
    ck_assert_double_eq(e.half_width, 0);
}
END_TEST

START_TEST(a_zero_denominator_is_undefined_with_a_reason)
{
    static const double zero[] = {0, 0, 0};
    static const double some[] = {0, 0, 4}; /* zero in single replications is fine */
    struct ccs_sums s = sums(num_a, zero);
    struct ccs_estimate e = ccs_ratio_estimate(&s, 3);
    ck_assert_double_nan(e.mean);
    ck_assert_str_eq(e.reason, "the denominator is zero");
    s.den = some;
    ck_assert_double_eq(ccs_ratio_estimate(&s, 3).mean, 1.5);
    ck_assert_double_nan(ccs_ratio_estimate(&s, 0).mean);

    struct ccs_sums ok = sums(num_a, den);
    s.den = zero;
    struct ccs_paired d = ccs_ratio_paired(&ok, &s, 3);
    ck_assert_double_nan(d.diff.mean);
    ck_assert_double_nan(d.p);
    ck_assert_str_eq(d.diff.reason, "the denominator is zero");
}
END_TEST

START_TEST(one_replication_gives_a_ratio_without_interval)
{
    struct ccs_sums a = sums(num_a, den);
    struct ccs_sums b = sums(num_b, den);
    struct ccs_estimate e = ccs_ratio_estimate(&a, 1);
    ck_assert_double_eq(e.mean, 0.5);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_NONE);
    struct ccs_paired d = ccs_ratio_paired(&a, &b, 1);
    ck_assert_double_eq(d.diff.mean, -0.5);
    ck_assert_int_eq(d.diff.kind, CCS_ESTIMATE_NONE);
    ck_assert_double_nan(d.p);
}
END_TEST

START_TEST(paired_ratios_agree_with_a_hand_calculation)
{
    struct ccs_sums a = sums(num_a, den);
    struct ccs_sums b = sums(num_b, den);
    struct ccs_sums c = sums(num_c, den);
    /* Opposite residuals: the variance of the difference doubles. */
    struct ccs_paired ab = ccs_ratio_paired(&a, &b, 3);
    ck_assert_double_eq(ab.diff.mean, 0);
    ck_assert_double_eq_tol(ab.diff.sd, 0.375, 1e-15);
    ck_assert_double_eq_tol(ab.variance_reduction, 0.5, 1e-14);
    ck_assert_double_eq(ab.p, 1);
    /* No residual in c: all noise is a's. */
    struct ccs_paired ac = ccs_ratio_paired(&a, &c, 3);
    ck_assert_double_eq(ac.diff.mean, 0.25);
    ck_assert_double_eq_tol(ac.diff.sd, 0.1875, 1e-15);
    ck_assert_double_eq_tol(ac.variance_reduction, 1, 1e-14);
    /* t = 0.25 / (0.1875/sqrt 3) = 2.3094; for df = 2, p = 1 - t / sqrt(2 + t^2). */
    double t = 0.25 / (0.1875 / sqrt(3));
    ck_assert_double_eq_tol(ac.p, 1 - t / sqrt(2 + t * t), 1e-12);
}
END_TEST

START_TEST(paired_means_are_the_mean_of_the_differences)
{
    static const double x[] = {10, 12, 9, 15, 11};
    static const double y[] = {9, 12.5, 8, 13, 9};
    double d[5];
    for (int i = 0; i < 5; i++) {
        d[i] = x[i] - y[i];
    }
    struct ccs_sums a = sums(x, NULL);
    struct ccs_sums b = sums(y, NULL);
    struct ccs_paired paired = ccs_ratio_paired(&a, &b, 5);
    struct ccs_estimate mean = ccs_mean_estimate(d, 5);
    ck_assert_double_eq_tol(paired.diff.mean, mean.mean, 1e-14);
    ck_assert_double_eq_tol(paired.diff.half_width, mean.half_width, 1e-14);
    ck_assert_double_gt(paired.variance_reduction, 1);
}
END_TEST

START_TEST(a_policy_against_its_copy_differs_by_exactly_zero)
{
    static const double n[] = {0.1, 0.7, 1e9 + 0.3, 3};
    static const double d[] = {3, 7, 11, 0.9};
    double n2[4];
    double d2[4];
    for (int i = 0; i < 4; i++) {
        n2[i] = n[i];
        d2[i] = d[i];
    }
    struct ccs_sums a = sums(n, d);
    struct ccs_sums b = sums(n2, d2);
    struct ccs_paired paired = ccs_ratio_paired(&a, &b, 4);
    ck_assert_double_eq(paired.diff.mean, 0);
    ck_assert_double_eq(paired.diff.lo, 0);
    ck_assert_double_eq(paired.diff.hi, 0);
    ck_assert_double_eq(paired.p, 1);
}
END_TEST

START_TEST(the_same_difference_everywhere_is_p_zero_with_a_comment)
{
    double x[20];
    double y[20];
    for (int i = 0; i < 20; i++) {
        x[i] = 0.1 * i;
        y[i] = x[i] + 0.7; /* the sum rounds, so the differences are not bit-equal */
    }
    struct ccs_sums a = sums(x, NULL);
    struct ccs_sums b = sums(y, NULL);
    struct ccs_paired paired = ccs_ratio_paired(&a, &b, 20);
    ck_assert_double_eq_tol(paired.diff.mean, -0.7, 1e-15);
    ck_assert_double_eq(paired.diff.sd, 0);
    ck_assert_double_eq(paired.p, 0);
    ck_assert_ptr_nonnull(paired.diff.reason);
}
END_TEST

START_TEST(a_missing_value_is_undefined)
{
    static const double bad[] = {1, NAN, 2};
    struct ccs_sums s = sums(bad, den);
    ck_assert_double_nan(ccs_ratio_estimate(&s, 3).mean);
    s = sums(num_a, bad);
    ck_assert_double_nan(ccs_ratio_estimate(&s, 3).mean);
    ck_assert_ptr_nonnull(ccs_ratio_estimate(&s, 3).reason);
}
END_TEST

START_TEST(the_interval_of_a_share_is_cut_off_at_0_and_1)
{
    static const double few[] = {1, 0, 0};
    static const double most[] = {2, 2, 3};
    struct ccs_sums s = sums(few, den);
    double below = ccs_ratio_estimate(&s, 3).lo;
    s.is_share = true;
    struct ccs_estimate low = ccs_ratio_estimate(&s, 3);
    ck_assert_double_lt(below, 0);
    ck_assert_double_eq(low.lo, 0);
    ck_assert_double_eq(low.hi, low.mean + low.half_width); /* the half-width stays */
    s.num = most;
    struct ccs_estimate high = ccs_ratio_estimate(&s, 3);
    ck_assert_double_eq(high.lo, high.mean - high.half_width);
    ck_assert_double_eq(high.hi, 1);
    ck_assert_double_gt(high.mean + high.half_width, 1);
}
END_TEST

Suite *suite_stats_ratio(void)
{
    Suite *suite = suite_create("stats_ratio");
    TCase *one = tcase_create("estimate");
    tcase_add_test(one, ratio_and_its_error_agree_with_a_hand_calculation);
    tcase_add_test(one, ratio_of_sums_is_not_the_mean_of_ratios);
    tcase_add_test(one, a_plain_mean_is_the_case_of_denominator_one);
    tcase_add_test(one, a_constant_ratio_has_no_noise_left_from_rounding);
    tcase_add_test(one, a_zero_denominator_is_undefined_with_a_reason);
    tcase_add_test(one, one_replication_gives_a_ratio_without_interval);
    tcase_add_test(one, a_missing_value_is_undefined);
    tcase_add_test(one, the_interval_of_a_share_is_cut_off_at_0_and_1);
    suite_add_tcase(suite, one);
    TCase *paired = tcase_create("paired");
    tcase_add_test(paired, paired_ratios_agree_with_a_hand_calculation);
    tcase_add_test(paired, paired_means_are_the_mean_of_the_differences);
    tcase_add_test(paired, a_policy_against_its_copy_differs_by_exactly_zero);
    tcase_add_test(paired, the_same_difference_everywhere_is_p_zero_with_a_comment);
    suite_add_tcase(suite, paired);
    return suite;
}
