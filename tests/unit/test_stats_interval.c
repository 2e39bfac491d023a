/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/interval: t quantiles against printed tables, means by hand, the undefined cases. */
#include "stats/interval.h"

#include <check.h>

Suite *suite_stats_interval(void);

START_TEST(t_quantiles_match_the_printed_tables)
{
    /* NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, column 0.975. */
    static const struct {
        double df, t;
    } table[] = {{1, 12.706}, {2, 4.303},  {3, 3.182},  {4, 2.776},   {5, 2.571},  {9, 2.262},
                 {19, 2.093}, {29, 2.045}, {60, 2.000}, {100, 1.984}, {1e7, 1.960}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        ck_assert_double_eq_tol(ccs_t_quantile(0.975, table[i].df), table[i].t, 5.1e-4);
    }
}
END_TEST

START_TEST(t_quantiles_exist_and_fall_for_every_number_of_replications)
{
    double last = INFINITY;
    for (int df = 1; df <= 3000; df++) {
        double t = ccs_t_quantile(0.975, df);
        ck_assert_double_lt(t, last);
        ck_assert_double_gt(t, 1.9599);
        ck_assert_double_eq_tol(ccs_t_p_value(t, df), 0.05, 1e-9); /* the solver's precision */
        last = t;
    }
}
END_TEST

START_TEST(t_quantile_outside_its_domain_is_nan)
{
    ck_assert_double_nan(ccs_t_quantile(0, 5));
    ck_assert_double_nan(ccs_t_quantile(1, 5));
    ck_assert_double_nan(ccs_t_quantile(0.9, 0));
    ck_assert_double_nan(ccs_t_quantile(NAN, 5));
    ck_assert_double_nan(ccs_t_p_value(NAN, 5));
    ck_assert_double_nan(ccs_t_p_value(1, 0));
}
END_TEST

START_TEST(mean_and_interval_agree_with_a_hand_calculation)
{
    /* Mean 5, squares 32, sd sqrt(32/7); t(0.975; 7) = 2.364624 from the tables. */
    static const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct ccs_estimate e = ccs_mean_estimate(x, 8);
    ck_assert_double_eq(e.mean, 5);
    ck_assert_double_eq_tol(e.sd, 2.138089935, 1e-9);
    ck_assert_double_eq_tol(e.half_width, 2.364624 * 2.138089935 / sqrt(8), 1e-6);
    ck_assert_double_eq(e.lo, e.mean - e.half_width);
    ck_assert_double_eq(e.hi, e.mean + e.half_width);
    ck_assert_double_eq(e.df, 7);
    ck_assert_int_eq(e.n, 8);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_T);
    ck_assert_ptr_null(e.reason);
    ck_assert(ccs_estimate_is_defined(&e) && ccs_estimate_has_interval(&e));
}
END_TEST

START_TEST(a_large_offset_costs_no_digits)
{
    /* Sums of squares would lose all digits of the sd here. */
    static const double x[] = {1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75};
    struct ccs_estimate e = ccs_mean_estimate(x, 3);
    ck_assert_double_eq(e.mean, 1e9 + 0.5);
    ck_assert_double_eq(e.sd, 0.25);
}
END_TEST

START_TEST(equal_values_have_exactly_their_value_and_zero_width)
{
    double x[7];
    for (int i = 0; i < 7; i++) {
        x[i] = 0.1;
    }
    for (size_t n = 2; n <= 7; n++) {
        struct ccs_estimate e = ccs_mean_estimate(x, n);
        ck_assert_double_eq(e.mean, 0.1);
        ck_assert_double_eq(e.sd, 0);
        ck_assert_double_eq(e.lo, 0.1);
        ck_assert_double_eq(e.hi, 0.1);
        ck_assert_int_eq(e.kind, CCS_ESTIMATE_T);
    }
}
END_TEST

START_TEST(one_replication_has_a_mean_but_no_interval)
{
    static const double x[] = {42};
    struct ccs_estimate e = ccs_mean_estimate(x, 1);
    ck_assert_double_eq(e.mean, 42);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_NONE);
    ck_assert_double_nan(e.half_width);
    ck_assert_double_nan(e.lo);
    ck_assert_double_nan(e.sd);
    ck_assert_ptr_nonnull(e.reason);
    ck_assert(ccs_estimate_is_defined(&e) && !ccs_estimate_has_interval(&e));
}
END_TEST

START_TEST(no_replication_or_a_missing_value_is_undefined_with_a_reason)
{
    static const double x[] = {1, NAN, 3};
    static const double y[] = {1, INFINITY, 3};
    struct ccs_estimate none = ccs_mean_estimate(x, 0);
    struct ccs_estimate missing = ccs_mean_estimate(x, 3);
    struct ccs_estimate infinite = ccs_mean_estimate(y, 3);
    ck_assert(!ccs_estimate_is_defined(&none) && none.reason);
    ck_assert(!ccs_estimate_is_defined(&missing) && missing.reason);
    ck_assert(!ccs_estimate_is_defined(&infinite) && infinite.reason);
    ck_assert_double_nan(ccs_mean(x, 0));
}
END_TEST

START_TEST(paired_difference_reports_p_and_variance_reduction)
{
    /* se = sqrt(5)/sqrt(20) = 0.5 and diff = 2.093024 se: p is 0.05 by definition. */
    double t = ccs_t_quantile(0.975, 19);
    struct ccs_paired d = ccs_paired_make(0.5 * t, 20, 30, 5, 20, 19);
    ck_assert_double_eq_tol(d.diff.se, 0.5, 1e-15);
    ck_assert_double_eq_tol(d.p, 0.05, 1e-9);
    ck_assert_double_eq(d.variance_reduction, 10);
    ck_assert_ptr_null(d.diff.reason);
}
END_TEST

START_TEST(no_difference_at_all_has_p_one_and_a_noiseless_difference_says_so)
{
    struct ccs_paired same = ccs_paired_make(0, 4, 4, 0, 10, 9);
    ck_assert_double_eq(same.p, 1);
    ck_assert_double_eq(same.diff.lo, 0);
    ck_assert_double_eq(same.diff.hi, 0);
    ck_assert_double_infinite(same.variance_reduction);
    ck_assert_ptr_null(same.diff.reason);

    struct ccs_paired shifted = ccs_paired_make(3, 4, 4, 0, 10, 9);
    ck_assert_double_eq(shifted.p, 0);
    ck_assert_ptr_nonnull(shifted.diff.reason);

    struct ccs_paired constant = ccs_paired_make(0, 0, 0, 0, 10, 9);
    ck_assert_double_nan(constant.variance_reduction);

    struct ccs_paired single = ccs_paired_make(3, NAN, NAN, NAN, 1, 0);
    ck_assert_double_eq(single.diff.mean, 3);
    ck_assert_double_nan(single.p);
    ck_assert_int_eq(single.diff.kind, CCS_ESTIMATE_NONE);
}
END_TEST

Suite *suite_stats_interval(void)
{
    Suite *suite = suite_create("stats_interval");
    TCase *t = tcase_create("t");
    tcase_add_test(t, t_quantiles_match_the_printed_tables);
    tcase_add_test(t, t_quantiles_exist_and_fall_for_every_number_of_replications);
    tcase_add_test(t, t_quantile_outside_its_domain_is_nan);
    suite_add_tcase(suite, t);
    TCase *mean = tcase_create("mean");
    tcase_add_test(mean, mean_and_interval_agree_with_a_hand_calculation);
    tcase_add_test(mean, a_large_offset_costs_no_digits);
    tcase_add_test(mean, equal_values_have_exactly_their_value_and_zero_width);
    tcase_add_test(mean, one_replication_has_a_mean_but_no_interval);
    tcase_add_test(mean, no_replication_or_a_missing_value_is_undefined_with_a_reason);
    suite_add_tcase(suite, mean);
    TCase *paired = tcase_create("paired");
    tcase_add_test(paired, paired_difference_reports_p_and_variance_reduction);
    tcase_add_test(paired, no_difference_at_all_has_p_one_and_a_noiseless_difference_says_so);
    suite_add_tcase(suite, paired);
    return suite;
}
