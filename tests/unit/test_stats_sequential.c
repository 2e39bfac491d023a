/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/sequential: goals and steps, worked out by hand. Coverage is in theory/test_intervals.c. */
#include "stats/sequential.h"

#include <check.h>

Suite *suite_stats_sequential(void);

static struct ccs_estimate made(double mean, double half_width, int64_t n)
{
    return (struct ccs_estimate){
        .mean = mean, .half_width = half_width, .n = n, .kind = CCS_ESTIMATE_T};
}

START_TEST(an_absolute_goal_is_the_half_width_itself)
{
    struct ccs_goal goal = {0.5, false};
    struct ccs_estimate e = made(-100, 0.5, 20);
    ck_assert_double_eq(ccs_goal_half_width(&goal, &e), 0.5);
    ck_assert(ccs_goal_holds(&goal, &e));
    e.half_width = 0.5000001;
    ck_assert(!ccs_goal_holds(&goal, &e));
    e.half_width = 1; /* half the width takes four times as many */
    ck_assert_double_eq(ccs_goal_replications(&goal, &e), 80);
}
END_TEST

START_TEST(a_relative_goal_holds_for_the_truth_and_not_only_for_the_mean)
{
    /* a mean that is 5 % off at worst from a truth of 1: 1.05 has half-width 0.05 = 1.05 * g/(1+g)
     */
    struct ccs_goal goal = {0.05, true};
    struct ccs_estimate e = made(1.05, 0.0499, 20);
    ck_assert_double_eq_tol(ccs_goal_half_width(&goal, &e), 0.05, 1e-15);
    ck_assert(ccs_goal_holds(&goal, &e));
    e.half_width = 0.0501;
    ck_assert(!ccs_goal_holds(&goal, &e));
    e = made(-1.05, 0.0499, 20); /* the sign does not matter */
    ck_assert(ccs_goal_holds(&goal, &e));
    e = made(0, 0.01, 20);
    ck_assert(!ccs_goal_holds(&goal, &e));
    ck_assert_double_infinite(ccs_goal_replications(&goal, &e));
}
END_TEST

START_TEST(what_has_no_t_interval_is_never_precise)
{
    struct ccs_goal goal = {100, false};
    struct ccs_estimate e = ccs_estimate_undefined(20, "nothing");
    ck_assert(!ccs_goal_holds(&goal, &e));
    ck_assert_double_nan(ccs_goal_replications(&goal, &e));
    ck_assert_double_nan(ccs_goal_half_width(&goal, &e));
    e = made(0.01, NAN, 20);
    e.kind = CCS_ESTIMATE_RARE;
    ck_assert(!ccs_goal_holds(&goal, &e));
    ck_assert_double_nan(ccs_goal_replications(&goal, &e));
    e.half_width = 0.001; /* even if somebody should have set one */
    ck_assert(!ccs_goal_holds(&goal, &e));
}
END_TEST

START_TEST(no_noise_at_all_is_believed_from_thirty_replications_on)
{
    struct ccs_goal goals[] = {{1e-9, false}, {0.5, true}};
    for (int i = 0; i < 2; i++) {
        struct ccs_estimate e = made(3, 0, 29);
        ck_assert(!ccs_goal_holds(&goals[i], &e));
        ck_assert_double_eq(ccs_goal_replications(&goals[i], &e), 30);
        e.n = 30;
        ck_assert(ccs_goal_holds(&goals[i], &e));
    }
}
END_TEST

START_TEST(it_begins_with_twenty_or_more_but_never_with_too_many)
{
    struct ccs_sequence s = {.max = 100};
    ck_assert_uint_eq(ccs_sequence_start(&s, 5), 20);
    ck_assert_uint_eq(ccs_sequence_start(&s, 50), 50);
    ck_assert_uint_eq(ccs_sequence_start(&s, 500), 100);
    s.max = 7;
    ck_assert_uint_eq(ccs_sequence_start(&s, 5), 7);
}
END_TEST

START_TEST(steps_are_what_is_needed_within_limits)
{
    struct ccs_sequence s = {.max = 1000};
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, false, 37), 37);
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, false, 20.5), 22); /* a tenth at least */
    ck_assert_uint_eq(ccs_sequence_next(&s, 21, false, 3), 24);
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, false, 1e9), 60); /* three times at most */
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, false, INFINITY), 60);
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, false, NAN), 60);
    ck_assert_uint_eq(ccs_sequence_next(&s, 900, false, 950), 990);
    ck_assert_uint_eq(ccs_sequence_next(&s, 999, false, NAN), 1000);
    ck_assert_uint_eq(ccs_sequence_next(&s, 1000, false, NAN), 1000); /* the end */
    ck_assert_uint_eq(ccs_sequence_next(&s, 1, false, NAN), 3);
}
END_TEST

START_TEST(it_stops_when_all_has_held_twice_in_succession)
{
    struct ccs_sequence s = {.max = 1000};
    ck_assert_uint_eq(ccs_sequence_next(&s, 20, true, 0), 22);
    ck_assert_uint_eq(ccs_sequence_next(&s, 22, false, 30), 30); /* it was chance */
    ck_assert_uint_eq(ccs_sequence_next(&s, 30, true, 0), 33);
    ck_assert_uint_eq(ccs_sequence_next(&s, 33, true, 0), 33);
}
END_TEST

Suite *suite_stats_sequential(void)
{
    Suite *suite = suite_create("stats_sequential");
    TCase *tcase = tcase_create("all");
    tcase_add_test(tcase, an_absolute_goal_is_the_half_width_itself);
    tcase_add_test(tcase, a_relative_goal_holds_for_the_truth_and_not_only_for_the_mean);
    tcase_add_test(tcase, what_has_no_t_interval_is_never_precise);
    tcase_add_test(tcase, no_noise_at_all_is_believed_from_thirty_replications_on);
    tcase_add_test(tcase, it_begins_with_twenty_or_more_but_never_with_too_many);
    tcase_add_test(tcase, steps_are_what_is_needed_within_limits);
    tcase_add_test(tcase, it_stops_when_all_has_held_twice_in_succession);
    suite_add_tcase(suite, tcase);
    return suite;
}
