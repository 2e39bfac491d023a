/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/breakeven: curves drawn by hand, what a bootstrap must say about them. */
#include "stats/breakeven.h"

#include "test_stats_random.h"

#include <check.h>

Suite *suite_stats_breakeven(void);

static struct ccs_breakeven breakeven(const double *curves, size_t n, size_t weeks)
{
    struct xorshift x = {.state = 31};
    struct ccs_breakeven result;
    ck_assert_int_eq(ccs_breakeven(curves, n, weeks, xorshift_index, &x, &result), CCS_OK);
    return result;
}

START_TEST(break_even_follows_the_last_week_that_is_not_positive)
{
    /* Positive early, but not to stay: weeks 3 and 4 undo it; a mean of exactly 0 is not yet. */
    static const double curve[] = {-5, 2, 3, -1, 0, 4, 8};
    struct ccs_breakeven b = breakeven(curve, 1, 7);
    ck_assert_uint_eq(b.week, 5);
    ck_assert_uint_eq(b.weeks, 7);
}
END_TEST

START_TEST(from_the_start_and_not_within_the_horizon_are_both_ends)
{
    static const double always[] = {1, 2, 3};
    static const double never[] = {1, 2, -3};
    static const double zero[] = {0, 0, 0};
    ck_assert_uint_eq(breakeven(always, 1, 3).week, 0);
    ck_assert_uint_eq(breakeven(never, 1, 3).week, 3);
    ck_assert_uint_eq(breakeven(zero, 1, 3).week, 3);
}
END_TEST

START_TEST(one_replication_has_a_week_but_no_interval)
{
    static const double curve[] = {-1, 1, 2};
    struct ccs_breakeven b = breakeven(curve, 1, 3);
    ck_assert_uint_eq(b.week, 1);
    ck_assert(!b.has_interval);
    ck_assert_double_nan(b.critical);
    ck_assert_double_nan(b.within_frac);
}
END_TEST

START_TEST(identical_replications_leave_no_doubt)
{
    double curves[4 * 5];
    static const double curve[] = {-0.3, -0.1, 0.1, 0.2, 0.7};
    for (int i = 0; i < 20; i++) {
        curves[i] = curve[i % 5];
    }
    struct ccs_breakeven b = breakeven(curves, 4, 5);
    ck_assert(b.has_interval);
    ck_assert_uint_eq(b.week, 2);
    ck_assert_uint_eq(b.lo, 2);
    ck_assert_uint_eq(b.hi, 2);
    ck_assert_uint_eq(b.established, 2);
    ck_assert_double_eq(b.within_frac, 1);
}
END_TEST

START_TEST(a_policy_against_its_copy_never_breaks_even)
{
    static const double curves[5 * 4] = {0};
    struct ccs_breakeven b = breakeven(curves, 5, 4);
    ck_assert_uint_eq(b.week, 4);
    ck_assert_uint_eq(b.lo, 4);
    ck_assert_uint_eq(b.hi, 4);
    ck_assert_uint_eq(b.established, 4);
    ck_assert_double_eq(b.within_frac, 0);
}
END_TEST

START_TEST(two_opposite_replications_span_the_whole_range)
{
    /* Drawn twice the first (1 in 4): from the start; twice the second (1 in 4): never; both: the
     * mean, from week 2. */
    static const double curves[] = {5, 6, 8, 9, -6, -6.5, -7, -7.5};
    struct ccs_breakeven b = breakeven(curves, 2, 4);
    ck_assert_uint_eq(b.week, 2);
    ck_assert_uint_eq(b.lo, 0);
    ck_assert_uint_eq(b.hi, 4);
    ck_assert_uint_eq(b.established, 4);
    /* 3 in 4 of 1000: standard deviation 0.0137, limit |z| <= 4. */
    ck_assert_double_eq_tol(b.within_frac, 0.75, 4 * 0.0137);
}
END_TEST

START_TEST(established_comes_after_break_even_and_needs_more_than_luck)
{
    /* Means rise from -6 by 1 a week; noise of sd 2 around it in each of 20 replications. */
    enum {
        N = 20,
        W = 16
    };
    double curves[N * W];
    struct xorshift x = {.state = 404};
    for (int r = 0; r < N; r++) {
        for (int w = 0; w < W; w++) {
            curves[r * W + w] = w - 6 + 2 * xorshift_normal(&x);
        }
    }
    struct ccs_breakeven b = breakeven(curves, N, W);
    ck_assert_uint_ge(b.week, 6);
    ck_assert_uint_le(b.week, 8);
    ck_assert_uint_le(b.lo, b.week);
    ck_assert_uint_ge(b.hi, b.week);
    ck_assert_uint_gt(b.established, b.week);
    ck_assert_uint_lt(b.established, W);
    /* Sixteen independent weeks: near Bonferroni's t(1 - 0.025/16; 19) = 3.38, with 25 % for the
     * bootstrap's own noise. */
    ck_assert_double_eq_tol(b.critical, 3.38, 0.25 * 3.38);
}
END_TEST

START_TEST(two_replications_never_establish_anything)
{
    /* Half of the resamples draw one of the two twice and have no noise of their own. */
    static const double curves[] = {100, 200, 101, 201};
    struct ccs_breakeven b = breakeven(curves, 2, 2);
    ck_assert_uint_eq(b.week, 0);
    ck_assert_double_infinite(b.critical);
    ck_assert_uint_eq(b.established, 2);

    /* But what is the same in both is beyond doubt, however wide the band elsewhere. */
    static const double certain[] = {-1, 5, 1, 5};
    b = breakeven(certain, 2, 2);
    ck_assert_double_infinite(b.critical);
    ck_assert_uint_eq(b.established, 1);
}
END_TEST

START_TEST(the_same_draws_give_the_same_answer)
{
    static const double curves[] = {-1, 2, 3, -2, 1, 4, -3, -1, 5, -1, -2, 1};
    struct ccs_breakeven a = breakeven(curves, 4, 3);
    struct ccs_breakeven b = breakeven(curves, 4, 3);
    ck_assert_uint_eq(a.lo, b.lo);
    ck_assert_uint_eq(a.hi, b.hi);
    ck_assert_double_eq(a.critical, b.critical);
    ck_assert_double_eq(a.within_frac, b.within_frac);
}
END_TEST

START_TEST(nothing_to_look_at_is_a_wrong_call)
{
    static const double curve[] = {1};
    struct xorshift x = {.state = 1};
    struct ccs_breakeven result;
    ck_assert_int_eq(ccs_breakeven(curve, 0, 1, xorshift_index, &x, &result), CCS_EUSAGE);
    ck_assert_int_eq(ccs_breakeven(curve, 1, 0, xorshift_index, &x, &result), CCS_EUSAGE);
}
END_TEST

Suite *suite_stats_breakeven(void)
{
    Suite *suite = suite_create("stats_breakeven");
    TCase *week = tcase_create("week");
    tcase_add_test(week, break_even_follows_the_last_week_that_is_not_positive);
    tcase_add_test(week, from_the_start_and_not_within_the_horizon_are_both_ends);
    tcase_add_test(week, one_replication_has_a_week_but_no_interval);
    tcase_add_test(week, nothing_to_look_at_is_a_wrong_call);
    suite_add_tcase(suite, week);
    TCase *interval = tcase_create("interval");
    tcase_add_test(interval, identical_replications_leave_no_doubt);
    tcase_add_test(interval, a_policy_against_its_copy_never_breaks_even);
    tcase_add_test(interval, two_opposite_replications_span_the_whole_range);
    tcase_add_test(interval, established_comes_after_break_even_and_needs_more_than_luck);
    tcase_add_test(interval, two_replications_never_establish_anything);
    tcase_add_test(interval, the_same_draws_give_the_same_answer);
    suite_add_tcase(suite, interval);
    return suite;
}
