/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/batch: MSER-5 on constructed series and against its definition, batch means by hand. */
#include "stats/batch.h"

#include "test_stats_random.h"

#include <check.h>

Suite *suite_stats_batch(void);

START_TEST(mser_cuts_exactly_where_a_constructed_transient_ends)
{
    /* Fifty at 100, then 1, 2, 3, 4, 5 over and over: the means of five are 100 and 3. */
    double x[1000];
    for (int i = 0; i < 1000; i++) {
        x[i] = i < 50 ? 100 : 1 + i % 5;
    }
    struct ccs_warmup w = ccs_warmup_mser5(x, 1000);
    ck_assert_uint_eq(w.cut, 50);
    ck_assert(w.is_reliable);
}
END_TEST

START_TEST(mser_cuts_a_transient_that_ends_within_five_after_it)
{
    double x[500];
    for (int i = 0; i < 500; i++) {
        x[i] = i < 52 ? 100 : 1 + i % 5;
    }
    ck_assert_uint_eq(ccs_warmup_mser5(x, 500).cut, 55);
}
END_TEST

START_TEST(mser_agrees_with_its_definition)
{
    struct xorshift rng = {.state = (uint64_t)_i + 100};
    double x[403];
    double level = 30;
    for (int i = 0; i < 403; i++) {
        level = 0.9 * level + xorshift_normal(&rng);
        x[i] = level;
    }
    size_t m = 403 / 5;
    size_t best = 0;
    double least = INFINITY;
    for (size_t d = 0; d <= m / 2; d++) {
        double mean = 0;
        for (size_t i = 5 * d; i < 5 * m; i++) {
            mean += x[i] / (double)(5 * (m - d));
        }
        double squares = 0;
        for (size_t i = d; i < m; i++) {
            double z = (x[5 * i] + x[5 * i + 1] + x[5 * i + 2] + x[5 * i + 3] + x[5 * i + 4]) / 5;
            squares += (z - mean) * (z - mean);
        }
        double mser = squares / (double)((m - d) * (m - d));
        if (mser < least) {
            least = mser;
            best = d;
        }
    }
    ck_assert_uint_eq(ccs_warmup_mser5(x, 403).cut, 5 * best);
}
END_TEST

START_TEST(mser_keeps_all_of_a_constant_series)
{
    double x[200];
    for (int i = 0; i < 200; i++) {
        x[i] = 7;
    }
    struct ccs_warmup w = ccs_warmup_mser5(x, 200);
    ck_assert_uint_eq(w.cut, 0);
    ck_assert(w.is_reliable);
}
END_TEST

START_TEST(mser_says_when_the_run_is_too_short)
{
    double x[200];
    for (int i = 0; i < 200; i++) {
        x[i] = i; /* never settles */
    }
    struct ccs_warmup trend = ccs_warmup_mser5(x, 200);
    ck_assert(!trend.is_reliable);
    ck_assert_uint_eq(trend.cut, 100);
    ck_assert(!ccs_warmup_mser5(x, 49).is_reliable);
    ck_assert_uint_eq(ccs_warmup_mser5(x, 49).cut, 0);
    ck_assert(!ccs_warmup_mser5(x, 0).is_reliable);
}
END_TEST

START_TEST(batch_means_agree_with_a_hand_calculation)
{
    /* The first is left over; batch means 2, 4, 3, 7: mean 4, squares 14, sd sqrt(14/3). */
    static const double x[] = {99, 1, 3, 5, 3, 2, 4, 6, 8};
    struct ccs_batch_means b = ccs_batch_means(x, 9, 4);
    ck_assert_double_eq(b.estimate.mean, 4);
    ck_assert_double_eq_tol(b.estimate.sd, sqrt(14.0 / 3), 1e-15);
    ck_assert_double_eq_tol(b.estimate.half_width, 3.182446 * sqrt(14.0 / 3) / 2, 1e-6);
    ck_assert_uint_eq(b.batch_size, 2);
    ck_assert_uint_eq(b.skipped, 1);
    /* deviations -2 0 -1 3: products 0 + 0 - 3, steps 4 + 1 + 16 */
    ck_assert_double_eq_tol(b.lag1, -3.0 / 14, 1e-15);
    ck_assert_double_eq_tol(b.lag1_z, sqrt(15.0 / 2) * (1 - 21.0 / 28), 1e-15);
    ck_assert(b.is_independent);
    ck_assert_int_eq(b.estimate.n, 4);
}
END_TEST

START_TEST(too_short_batches_are_found_correlated_and_long_ones_not)
{
    enum {
        N = 64000
    };
    static double x[N];
    struct xorshift rng = {.state = 12};
    double level = 0;
    for (int i = 0; i < N; i++) {
        level = 0.95 * level + xorshift_normal(&rng); /* correlation time about 20 */
        x[i] = level;
    }
    struct ccs_batch_means shorter = ccs_batch_means(x, N / 64, 50); /* 20 each */
    struct ccs_batch_means longer = ccs_batch_means(x, N, 32);       /* 2000 each */
    ck_assert(!shorter.is_independent);
    ck_assert_ptr_nonnull(shorter.estimate.reason);
    ck_assert(longer.is_independent);
    ck_assert_ptr_null(longer.estimate.reason);
}
END_TEST

START_TEST(too_few_observations_or_batches_are_undefined)
{
    static const double x[] = {1, 2, 3};
    ck_assert_double_nan(ccs_batch_means(x, 3, 4).estimate.mean);
    ck_assert_double_nan(ccs_batch_means(x, 3, 2).estimate.mean);
    ck_assert_ptr_nonnull(ccs_batch_means(x, 3, 4).estimate.reason);
    ck_assert_double_eq(ccs_batch_means(x, 3, 3).estimate.mean, 2);
}
END_TEST

START_TEST(a_constant_run_has_zero_width)
{
    static const double x[] = {5, 5, 5, 5, 5, 5};
    struct ccs_batch_means b = ccs_batch_means(x, 6, 3);
    ck_assert_double_eq(b.estimate.half_width, 0);
    ck_assert_double_eq(b.lag1, 0);
    ck_assert(b.is_independent);
}
END_TEST

Suite *suite_stats_batch(void)
{
    Suite *suite = suite_create("stats_batch");
    TCase *mser = tcase_create("mser5");
    tcase_add_test(mser, mser_cuts_exactly_where_a_constructed_transient_ends);
    tcase_add_test(mser, mser_cuts_a_transient_that_ends_within_five_after_it);
    tcase_add_loop_test(mser, mser_agrees_with_its_definition, 0, 20);
    tcase_add_test(mser, mser_keeps_all_of_a_constant_series);
    tcase_add_test(mser, mser_says_when_the_run_is_too_short);
    suite_add_tcase(suite, mser);
    TCase *batches = tcase_create("batch means");
    tcase_add_test(batches, batch_means_agree_with_a_hand_calculation);
    tcase_add_test(batches, too_short_batches_are_found_correlated_and_long_ones_not);
    tcase_add_test(batches, too_few_observations_or_batches_are_undefined);
    tcase_add_test(batches, a_constant_run_has_zero_width);
    suite_add_tcase(suite, batches);
    return suite;
}
