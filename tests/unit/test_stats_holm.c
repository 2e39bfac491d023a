/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/holm: a textbook example, the cap at 1, ties and what is left out. */
#include "stats/holm.h"

#include <check.h>
#include <math.h>

Suite *suite_stats_holm(void);

#define TOLERANCE 1e-15 /* products of printed decimals round in the last bit */

START_TEST(four_hypotheses_of_the_textbook_are_adjusted_in_step)
{
    /* p = .01 .04 .03 .005, thresholds .05/4 .05/3 .05/2 .05: the two smallest are rejected. */
    static const double p[] = {0.01, 0.04, 0.03, 0.005};
    double adjusted[4];
    ccs_holm_adjust(p, adjusted, 4);
    ck_assert_double_eq_tol(adjusted[0], 0.03, TOLERANCE);
    ck_assert_double_eq_tol(adjusted[1], 0.06, TOLERANCE); /* 0.04 alone, but never below 0.06 */
    ck_assert_double_eq_tol(adjusted[2], 0.06, TOLERANCE);
    ck_assert_double_eq_tol(adjusted[3], 0.02, TOLERANCE);
}
END_TEST

START_TEST(adjusted_values_never_exceed_one_and_ties_stay_tied)
{
    static const double p[] = {0.6, 0.02, 0.5, 0.02, 1};
    double adjusted[5];
    ccs_holm_adjust(p, adjusted, 5);
    ck_assert_double_eq(adjusted[0], 1);
    ck_assert_double_eq_tol(adjusted[1], 0.1, TOLERANCE);
    ck_assert_double_eq(adjusted[1], adjusted[3]);
    ck_assert_double_eq(adjusted[2], 1);
    ck_assert_double_eq(adjusted[4], 1);
}
END_TEST

START_TEST(a_missing_value_stays_missing_and_does_not_count)
{
    static const double p[] = {NAN, 0.04, NAN, 0.01};
    double adjusted[4];
    ccs_holm_adjust(p, adjusted, 4);
    ck_assert_double_nan(adjusted[0]);
    ck_assert_double_nan(adjusted[2]);
    ck_assert_double_eq_tol(adjusted[3], 0.02, TOLERANCE);
    ck_assert_double_eq_tol(adjusted[1], 0.04, TOLERANCE);

    static const double none[] = {NAN, NAN};
    ccs_holm_adjust(none, adjusted, 2);
    ck_assert_double_nan(adjusted[0]);
    ck_assert_double_nan(adjusted[1]);
}
END_TEST

START_TEST(a_single_value_is_left_as_it_is)
{
    static const double p[] = {0.037};
    double adjusted[1] = {-1};
    ccs_holm_adjust(p, adjusted, 0);
    ck_assert_double_eq(adjusted[0], -1);
    ccs_holm_adjust(p, adjusted, 1);
    ck_assert_double_eq(adjusted[0], 0.037);
}
END_TEST

Suite *suite_stats_holm(void)
{
    Suite *suite = suite_create("stats_holm");
    TCase *t = tcase_create("holm");
    tcase_add_test(t, four_hypotheses_of_the_textbook_are_adjusted_in_step);
    tcase_add_test(t, adjusted_values_never_exceed_one_and_ties_stay_tied);
    tcase_add_test(t, a_missing_value_stays_missing_and_does_not_count);
    tcase_add_test(t, a_single_value_is_left_as_it_is);
    suite_add_tcase(suite, t);
    return suite;
}
