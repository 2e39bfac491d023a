/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/rare: Garwood's bounds against printed ones, and when they take the place of t. */
#include "stats/rare.h"

#include <check.h>

Suite *suite_stats_rare(void);

START_TEST(garwood_bounds_match_the_printed_table)
{
    /* Exact 95 % limits of a Poisson count, as printed in epidemiology texts (Ulm 1990, American
     * Journal of Epidemiology 131; Breslow and Day 1987, table 2.10). */
    static const struct {
        double count, lo, hi;
    } table[] = {{0, 0, 3.689},      {1, 0.0253, 5.572}, {2, 0.2422, 7.225}, {3, 0.6187, 8.767},
                 {5, 1.623, 11.668}, {9, 4.115, 17.085}, {10, 4.795, 18.390}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct ccs_interval b = ccs_garwood(table[i].count, 1, 0.95);
        ck_assert(b.defined);
        ck_assert_double_eq_tol(b.lo, table[i].lo, 1e-3);
        ck_assert_double_eq_tol(b.hi, table[i].hi, 1e-3);
    }
}
END_TEST

static double poisson_at_most(int k, double mean)
{
    double term = exp(-mean);
    double sum = k < 0 ? 0 : term;
    for (int i = 1; i <= k; i++) {
        term *= mean / i;
        sum += term;
    }
    return sum;
}

START_TEST(garwood_bounds_leave_exactly_half_the_error_on_each_side)
{
    for (int k = 0; k <= 30; k++) {
        struct ccs_interval b = ccs_garwood(k, 4, 0.9);
        ck_assert_double_eq_tol(poisson_at_most(k, 4 * b.hi), 0.05, 1e-9);
        if (k > 0) {
            ck_assert_double_eq_tol(1 - poisson_at_most(k - 1, 4 * b.lo), 0.05, 1e-9);
        }
    }
}
END_TEST

START_TEST(garwood_without_exposure_or_sense_is_undefined)
{
    ck_assert(!ccs_garwood(3, 0, 0.95).defined);
    ck_assert(!ccs_garwood(-1, 1, 0.95).defined);
    ck_assert(!ccs_garwood(NAN, 1, 0.95).defined);
    ck_assert(!ccs_garwood(1, 1, 1).defined);
}
END_TEST

START_TEST(nine_events_or_four_replications_are_too_few)
{
    static const double nine[] = {2, 2, 2, 2, 1, 0, 0, 0};
    static const double ten[] = {2, 2, 2, 2, 2, 0, 0, 0};
    static const double bursts[] = {50, 50, 50, 50, 0, 0, 0, 0};
    ck_assert(ccs_rare_is(nine, NULL, 8));
    ck_assert(!ccs_rare_is(ten, NULL, 8));
    ck_assert(ccs_rare_is(bursts, NULL, 8));
    ck_assert(!ccs_rare_is(bursts, NULL, 4)); /* in all replications there are: nothing is rare */
    ck_assert(!ccs_rare_is(nine, nine, 8));   /* two policies together */
}
END_TEST

START_TEST(few_events_get_a_flagged_bound_instead_of_t)
{
    static const double events[] = {1, 0, 2, 0, 0, 0, 0, 0, 0, 0};
    double den[10];
    for (int i = 0; i < 10; i++) {
        den[i] = 100;
    }
    struct ccs_sums s = {.num = events, .den = den, .events = events, .is_share = false};
    struct ccs_estimate e = ccs_ratio_estimate(&s, 10);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_RARE);
    ck_assert_double_eq(e.mean, 0.003);
    ck_assert_double_eq_tol(e.lo, 0.0006187, 1e-7); /* 0.6187 / 1000 */
    ck_assert_double_eq_tol(e.hi, 0.008767, 1e-6);
    ck_assert_double_nan(e.half_width);
    ck_assert_double_nan(e.se);
    ck_assert_ptr_nonnull(e.reason);
    s.events = NULL;
    ck_assert_int_eq(ccs_ratio_estimate(&s, 10).kind, CCS_ESTIMATE_T);
}
END_TEST

START_TEST(no_event_still_has_an_upper_bound)
{
    static const double zero[] = {0, 0, 0, 0, 0};
    struct ccs_sums s = {.num = zero, .den = NULL, .events = zero, .is_share = false};
    struct ccs_estimate e = ccs_ratio_estimate(&s, 5);
    ck_assert_double_eq(e.mean, 0);
    ck_assert_double_eq(e.lo, 0);
    ck_assert_double_eq_tol(e.hi, 3.688879454 / 5, 1e-9); /* -ln 0.025 */
}
END_TEST

START_TEST(a_share_stays_within_one)
{
    static const double num[] = {1, 1, 0, 1, 0};
    static const double den[] = {1, 1, 0, 1, 0};
    struct ccs_sums s = {.num = num, .den = den, .events = num, .is_share = true};
    struct ccs_estimate e = ccs_ratio_estimate(&s, 5);
    ck_assert_double_eq(e.mean, 1);
    ck_assert_double_eq(e.hi, 1);
    ck_assert_double_eq_tol(e.lo, 0.6187 / 3, 1e-4);
}
END_TEST

START_TEST(an_amount_scales_with_its_events_and_is_unbounded_without_one)
{
    static const double events[] = {1, 0, 1, 0, 0};
    static const double amount[] = {50, 0, 150, 0, 0};
    static const double zero[] = {0, 0, 0, 0, 0};
    struct ccs_sums s = {.num = amount, .den = NULL, .events = events, .is_share = false};
    struct ccs_estimate e = ccs_ratio_estimate(&s, 5);
    ck_assert_double_eq(e.mean, 40);
    ck_assert_double_eq_tol(e.lo, 0.2422 * 100 / 5, 1e-2);
    ck_assert_double_eq_tol(e.hi, 7.2247 * 100 / 5, 1e-2);

    double loss[] = {-50, 0, -150, 0, 0};
    s.num = loss;
    e = ccs_ratio_estimate(&s, 5);
    ck_assert_double_lt(e.lo, e.mean);
    ck_assert_double_gt(e.hi, e.mean);

    static const double nothing[] = {0, 0, 0, 0, 0};
    s.num = nothing;
    s.events = zero;
    e = ccs_ratio_estimate(&s, 5);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_RARE);
    ck_assert(!ccs_estimate_has_interval(&e));
    ck_assert_ptr_nonnull(e.reason);
}
END_TEST

START_TEST(bursts_are_counted_not_their_events)
{
    /* 120 events, but all in two of eight replications: two bursts of 60. */
    static const double events[] = {0, 70, 0, 0, 50, 0, 0, 0};
    struct ccs_sums s = {.num = events, .den = NULL, .events = events, .is_share = false};
    struct ccs_estimate e = ccs_ratio_estimate(&s, 8);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_RARE);
    ck_assert_double_eq(e.mean, 15);
    ck_assert_double_eq_tol(e.lo, 0.2422 * 60 / 8, 1e-3);
    ck_assert_double_eq_tol(e.hi, 7.2247 * 60 / 8, 1e-3);
}
END_TEST

START_TEST(a_rare_difference_is_bounded_without_a_test)
{
    static const double a[] = {1, 0, 2, 0, 0};
    static const double b[] = {0, 0, 0, 0, 1};
    struct ccs_sums sa = {.num = a, .den = NULL, .events = a, .is_share = false};
    struct ccs_sums sb = {.num = b, .den = NULL, .events = b, .is_share = false};
    struct ccs_paired d = ccs_ratio_paired(&sa, &sb, 5);
    struct ccs_interval ia = ccs_garwood(3, 5, 0.975);
    struct ccs_interval ib = ccs_garwood(1, 5, 0.975);
    ck_assert_int_eq(d.diff.kind, CCS_ESTIMATE_RARE);
    ck_assert_double_eq_tol(d.diff.mean, 0.4, 1e-15);
    ck_assert_double_eq(d.diff.lo, ia.lo - ib.hi);
    ck_assert_double_eq(d.diff.hi, ia.hi - ib.lo);
    ck_assert_double_nan(d.p);
}
END_TEST

START_TEST(no_event_under_either_policy_is_no_proof_of_equality)
{
    static const double zero[] = {0, 0, 0, 0, 0};
    struct ccs_sums s = {.num = zero, .den = NULL, .events = zero, .is_share = false};
    struct ccs_paired d = ccs_ratio_paired(&s, &s, 5);
    ck_assert_double_eq(d.diff.mean, 0);
    ck_assert_double_lt(d.diff.lo, 0);
    ck_assert_double_eq(d.diff.hi, -d.diff.lo);
    ck_assert_double_eq(d.p, 1);
}
END_TEST

Suite *suite_stats_rare(void)
{
    Suite *suite = suite_create("stats_rare");
    TCase *garwood = tcase_create("garwood");
    tcase_add_test(garwood, garwood_bounds_match_the_printed_table);
    tcase_add_test(garwood, garwood_bounds_leave_exactly_half_the_error_on_each_side);
    tcase_add_test(garwood, garwood_without_exposure_or_sense_is_undefined);
    suite_add_tcase(suite, garwood);
    TCase *rule = tcase_create("rule");
    tcase_add_test(rule, nine_events_or_four_replications_are_too_few);
    tcase_add_test(rule, few_events_get_a_flagged_bound_instead_of_t);
    tcase_add_test(rule, no_event_still_has_an_upper_bound);
    tcase_add_test(rule, a_share_stays_within_one);
    tcase_add_test(rule, an_amount_scales_with_its_events_and_is_unbounded_without_one);
    tcase_add_test(rule, bursts_are_counted_not_their_events);
    tcase_add_test(rule, a_rare_difference_is_bounded_without_a_test);
    tcase_add_test(rule, no_event_under_either_policy_is_no_proof_of_equality);
    suite_add_tcase(suite, rule);
    return suite;
}
