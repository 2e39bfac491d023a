/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/mser: MSER-5 on constructed series and against its definition. */
#include "stats/mser.h"

#include "test_stats_random.h"

#include <check.h>

Suite *suite_stats_mser(void);

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

Suite *suite_stats_mser(void)
{
    Suite *suite = suite_create("stats_mser");
    TCase *mser = tcase_create("mser5");
    tcase_add_test(mser, mser_cuts_exactly_where_a_constructed_transient_ends);
    tcase_add_test(mser, mser_cuts_a_transient_that_ends_within_five_after_it);
    tcase_add_loop_test(mser, mser_agrees_with_its_definition, 0, 20);
    tcase_add_test(mser, mser_keeps_all_of_a_constant_series);
    tcase_add_test(mser, mser_says_when_the_run_is_too_short);
    suite_add_tcase(suite, mser);
    return suite;
}
