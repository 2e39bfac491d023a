/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/histogram: bins, the relative error of quantiles, merging, and Kaplan-Meier against the
 * published leukemia data. */
#include "stats/histogram.h"

#include "base/units.h"
#include "test_stats_random.h"

#include <check.h>
#include <stdbool.h>
#include <stdlib.h>

Suite *suite_stats_histogram(void);

static struct ccs_histogram *histogram_new(void)
{
    struct ccs_histogram *h = calloc(1, sizeof *h);
    ck_assert_ptr_nonnull(h);
    return h;
}

START_TEST(bins_touch_and_hold_their_edges)
{
    ck_assert_uint_eq(ccs_histogram_bin(0), 0);
    ck_assert_uint_eq(ccs_histogram_bin(1), 1);
    ck_assert_uint_eq(ccs_histogram_bin(999), 1);
    ck_assert_uint_eq(ccs_histogram_bin(1000), 2);
    ck_assert_int_eq(ccs_histogram_hi(0), 0);
    ck_assert_int_eq(ccs_histogram_lo(1), 0);
    ck_assert_int_eq(ccs_histogram_lo(2), 1000);
    for (uint32_t k = 1; k < CCS_HISTOGRAM_BINS; k++) {
        ccs_time lo = ccs_histogram_lo(k);
        ccs_time hi = ccs_histogram_hi(k);
        ck_assert_int_lt(lo, hi);
        ck_assert_uint_eq(ccs_histogram_bin(hi - 1), k);
        if (k > 1) {
            ck_assert_int_eq(lo, ccs_histogram_hi(k - 1));
            ck_assert_uint_eq(ccs_histogram_bin(lo), k);
            ck_assert_int_le((hi - lo) * 128, lo);
        }
    }
}
END_TEST

START_TEST(the_last_bin_holds_a_hundred_years_and_all_beyond)
{
    ck_assert_uint_eq(ccs_histogram_bin(100 * CCS_US_PER_YEAR), CCS_HISTOGRAM_BINS - 1);
    ck_assert_uint_lt(ccs_histogram_bin(99 * CCS_US_PER_YEAR), CCS_HISTOGRAM_BINS - 1);
    ck_assert_uint_eq(ccs_histogram_bin(INT64_MAX), CCS_HISTOGRAM_BINS - 1);
}
END_TEST

static int by_value(const void *left, const void *right)
{
    ccs_time a = *(const ccs_time *)left;
    ccs_time b = *(const ccs_time *)right;
    return (a > b) - (a < b);
}

/* Durations over the whole range, log-uniform from 1 ms to about 30 years, one in eight zero. */
static ccs_time any_duration(struct xorshift *x)
{
    if (xorshift_uniform(x) < 0.125) {
        return 0;
    }
    return (ccs_time)(1000 * exp(27.5 * xorshift_uniform(x)));
}

START_TEST(quantiles_are_within_one_percent_of_the_sorted_durations)
{
    enum {
        N = 5000
    };
    static const double q[] = {0.05, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999, 1};
    struct xorshift x = {.state = (uint64_t)_i + 1};
    size_t n = (size_t)(1 + xorshift_uniform(&x) * (N - 1));
    ccs_time *us = calloc(N, sizeof *us);
    struct ccs_histogram *h = histogram_new();
    for (size_t i = 0; i < n; i++) {
        us[i] = any_duration(&x);
        ccs_histogram_add(h, us[i]);
    }
    qsort(us, n, sizeof *us, by_value);
    ck_assert_uint_eq(h->n, n);
    for (size_t i = 0; i < sizeof q / sizeof *q; i++) {
        size_t rank = (size_t)ceil(q[i] * (double)n - 1e-9);
        double exact = (double)us[rank - 1];
        ck_assert_double_le(fabs(ccs_histogram_quantile(h, q[i]) - exact), exact / 128);
    }
    free(us);
    free(h);
}
END_TEST

START_TEST(quantile_is_linear_within_its_bin)
{
    struct ccs_histogram *h = histogram_new();
    for (int i = 0; i < 4; i++) {
        ccs_histogram_add(h, 1000);
    }
    ck_assert_double_eq(ccs_histogram_quantile(h, 0.25), 1001);
    ck_assert_double_eq(ccs_histogram_quantile(h, 0.5), 1002);
    ck_assert_double_eq(ccs_histogram_quantile(h, 1), 1004);
    for (int i = 0; i < 4; i++) {
        ccs_histogram_add(h, 0);
    }
    ck_assert_double_eq(ccs_histogram_quantile(h, 0.5), 0);
    ck_assert_double_eq(ccs_histogram_quantile(h, 0.75), 1002);
    free(h);
}
END_TEST

START_TEST(quantile_rank_is_not_pushed_into_the_next_bin_by_rounding)
{
    /* 0.07 * 100 > 7 in double; the seventh duration is meant. */
    struct ccs_histogram *h = histogram_new();
    for (int i = 0; i < 100; i++) {
        ccs_histogram_add(h, i < 7 ? 2000 : 8000000);
    }
    ck_assert_double_gt(0.07 * 100, 7);
    ck_assert_double_le(ccs_histogram_quantile(h, 0.07), 2016);
    free(h);
}
END_TEST

START_TEST(an_empty_histogram_has_no_quantile)
{
    struct ccs_histogram *h = histogram_new();
    ck_assert_double_nan(ccs_histogram_quantile(h, 0.5));
    ck_assert_double_nan(ccs_histogram_survival_quantile(h, NULL, 0.5));
    free(h);
}
END_TEST

START_TEST(merging_and_removing_are_exact_and_free_of_order)
{
    struct ccs_histogram *whole = histogram_new();
    struct ccs_histogram *a = histogram_new();
    struct ccs_histogram *b = histogram_new();
    struct xorshift x = {.state = 77};
    for (int i = 0; i < 3000; i++) {
        ccs_time us = any_duration(&x);
        ccs_histogram_add(whole, us);
        ccs_histogram_add(i % 3 ? a : b, us);
    }
    struct ccs_histogram ab = *a;
    struct ccs_histogram ba = *b;
    ccs_histogram_merge(&ab, b);
    ccs_histogram_merge(&ba, a);
    ck_assert_mem_eq(&ab, whole, sizeof ab);
    ck_assert_mem_eq(&ba, whole, sizeof ba);
    ccs_histogram_remove(&ab, b);
    ck_assert_mem_eq(&ab, a, sizeof ab);
    free(whole);
    free(a);
    free(b);
}
END_TEST

/* Weeks of remission under 6-mercaptopurine; + = still in remission (Freireich et al. 1963, Blood
 * 21; the curve as printed in Kleinbaum and Klein, Survival Analysis, 2012, ch. 2). */
static const struct {
    int weeks;
    bool censored;
} remission[] = {{6, 0},  {6, 0},  {6, 0},  {6, 1},  {7, 0},  {9, 1},  {10, 0},
                 {10, 1}, {11, 1}, {13, 0}, {16, 0}, {17, 1}, {19, 1}, {20, 1},
                 {22, 0}, {23, 0}, {25, 1}, {32, 1}, {32, 1}, {34, 1}, {35, 1}};

static const struct {
    int weeks;
    double survival;
} remission_curve[] = {{6, 0.8571},  {7, 0.8067},  {10, 0.7529}, {13, 0.6902},
                       {16, 0.6275}, {22, 0.5378}, {23, 0.4482}};

static void add_remissions(struct ccs_histogram *ended, struct ccs_histogram *censored)
{
    for (size_t i = 0; i < sizeof remission / sizeof *remission; i++) {
        ccs_histogram_add(remission[i].censored ? censored : ended,
                          remission[i].weeks * CCS_US_PER_WEEK);
    }
}

START_TEST(kaplan_meier_reproduces_the_published_survival_curve)
{
    struct ccs_histogram *ended = histogram_new();
    struct ccs_histogram *censored = histogram_new();
    add_remissions(ended, censored);
    /* The curve falls to S in the bin of its week: q slightly below 1 - S lies in that bin, q
     * slightly above it lies beyond. 0.0001 covers the four printed digits. */
    for (size_t i = 0; i < sizeof remission_curve / sizeof *remission_curve; i++) {
        uint32_t bin = ccs_histogram_bin(remission_curve[i].weeks * CCS_US_PER_WEEK);
        double lo = (double)ccs_histogram_lo(bin);
        double hi = (double)ccs_histogram_hi(bin);
        double q = 1 - remission_curve[i].survival;
        double inside = ccs_histogram_survival_quantile(ended, censored, q - 0.0001);
        double beyond = ccs_histogram_survival_quantile(ended, censored, q + 0.0001);
        ck_assert_double_ge(inside, lo);
        ck_assert_double_le(inside, hi);
        ck_assert(isnan(beyond) || beyond > hi);
    }
    /* And the curve itself, beyond the end of each bin. */
    for (size_t i = 0; i < sizeof remission_curve / sizeof *remission_curve; i++) {
        double after =
            (double)ccs_histogram_hi(ccs_histogram_bin(remission_curve[i].weeks * CCS_US_PER_WEEK));
        ck_assert_double_eq_tol(ccs_histogram_survival(ended, censored, after),
                                remission_curve[i].survival, 5.1e-5);
    }
    ck_assert_double_eq(ccs_histogram_survival(ended, censored, 0), 1);
    ck_assert_double_eq_tol(ccs_histogram_survival(ended, censored, INFINITY), 0.4482, 5.1e-5);
    /* The published median is 23 weeks. */
    double median = ccs_histogram_survival_quantile(ended, censored, 0.5);
    ck_assert_uint_eq(ccs_histogram_bin((ccs_time)median), ccs_histogram_bin(23 * CCS_US_PER_WEEK));
    free(ended);
    free(censored);
}
END_TEST

START_TEST(survival_and_its_quantile_are_inverse)
{
    struct ccs_histogram *ended = histogram_new();
    struct ccs_histogram *censored = histogram_new();
    struct xorshift x = {.state = 15};
    for (int i = 0; i < 2000; i++) {
        double t = xorshift_exponential(&x);
        double c = 3 * xorshift_exponential(&x);
        ccs_histogram_add(_i && c < t ? censored : ended, ccs_time_from_s(100 * fmin(t, c)));
    }
    for (int i = 2; i < 90; i++) {
        double q = i / 100.0;
        double us = ccs_histogram_survival_quantile(ended, censored, q);
        ck_assert_double_eq_tol(ccs_histogram_survival(ended, censored, us), 1 - q, 1e-9);
    }
    ck_assert(_i == 0 || censored->n > 100);
    free(ended);
    free(censored);
}
END_TEST

START_TEST(survival_without_durations_or_censoring_is_plain)
{
    struct ccs_histogram *h = histogram_new();
    ck_assert_double_nan(ccs_histogram_survival(h, NULL, 1));
    ccs_histogram_add(h, 0);
    ccs_histogram_add(h, 500);
    ccs_histogram_add(h, 1000);
    ccs_histogram_add(h, CCS_US_PER_DAY);
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, 0), 0.75);
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, 1000), 0.5);
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, 1002), 0.375); /* half of [1000, 1004) */
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, 1003.5), 0.28125);
    ck_assert_double_eq_tol(ccs_histogram_survival(h, NULL, 0.5), 0.749875, 1e-15); /* rounding */
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, 5000), 0.25);
    ck_assert_double_eq(ccs_histogram_survival(h, NULL, INFINITY), 0);
    free(h);
}
END_TEST

START_TEST(a_curve_that_does_not_fall_far_enough_has_no_quantile)
{
    struct ccs_histogram *ended = histogram_new();
    struct ccs_histogram *censored = histogram_new();
    add_remissions(ended, censored); /* ends at 0.448 */
    ck_assert(!isnan(ccs_histogram_survival_quantile(ended, censored, 0.55)));
    ck_assert_double_nan(ccs_histogram_survival_quantile(ended, censored, 0.56));
    ck_assert_double_nan(ccs_histogram_survival_quantile(ended, censored, 0.9));
    struct ccs_histogram *empty = histogram_new();
    ck_assert_double_nan(ccs_histogram_survival_quantile(empty, censored, 0.1));
    free(ended);
    free(censored);
    free(empty);
}
END_TEST

START_TEST(without_censoring_both_quantiles_are_the_same)
{
    struct ccs_histogram *h = histogram_new();
    struct ccs_histogram *censored = histogram_new();
    struct xorshift x = {.state = 5};
    for (int i = 0; i < 999; i++) {
        ccs_histogram_add(h, any_duration(&x));
    }
    /* One censored at the very end makes the product-limit path run without changing much; none at
     * all must change nothing. */
    for (int i = 1; i < 18; i++) {
        double q = i / 20.0;
        double plain = ccs_histogram_quantile(h, q);
        ck_assert_double_eq(ccs_histogram_survival_quantile(h, censored, q), plain);
        ck_assert_double_eq(ccs_histogram_survival_quantile(h, NULL, q), plain);
    }
    /* A thousandth duration, known to be longer than all: the ranks are those of 1000 values. */
    ccs_histogram_add(censored, 99 * CCS_US_PER_YEAR);
    struct ccs_histogram all = *h;
    ccs_histogram_merge(&all, censored);
    for (int i = 1; i < 18; i++) {
        double q = i / 20.0;
        double plain = ccs_histogram_quantile(&all, q);
        double km = ccs_histogram_survival_quantile(h, censored, q);
        ck_assert_double_le(fabs(km - plain), plain / 128); /* the same bin */
    }
    free(h);
    free(censored);
}
END_TEST

Suite *suite_stats_histogram(void)
{
    Suite *suite = suite_create("stats_histogram");
    TCase *bins = tcase_create("bins");
    tcase_add_test(bins, bins_touch_and_hold_their_edges);
    tcase_add_test(bins, the_last_bin_holds_a_hundred_years_and_all_beyond);
    tcase_add_test(bins, merging_and_removing_are_exact_and_free_of_order);
    suite_add_tcase(suite, bins);
    TCase *quantile = tcase_create("quantile");
    tcase_add_loop_test(quantile, quantiles_are_within_one_percent_of_the_sorted_durations, 0, 20);
    tcase_add_test(quantile, quantile_is_linear_within_its_bin);
    tcase_add_test(quantile, quantile_rank_is_not_pushed_into_the_next_bin_by_rounding);
    tcase_add_test(quantile, an_empty_histogram_has_no_quantile);
    suite_add_tcase(suite, quantile);
    TCase *survival = tcase_create("survival");
    tcase_add_test(survival, kaplan_meier_reproduces_the_published_survival_curve);
    tcase_add_loop_test(survival, survival_and_its_quantile_are_inverse, 0, 2);
    tcase_add_test(survival, survival_without_durations_or_censoring_is_plain);
    tcase_add_test(survival, a_curve_that_does_not_fall_far_enough_has_no_quantile);
    tcase_add_test(survival, without_censoring_both_quantiles_are_the_same);
    suite_add_tcase(suite, survival);
    return suite;
}
