/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Do the intervals keep their promise? Each test repeats an experiment whose true value is known
 * and counts how often the 95 % interval holds it.
 *
 * Exact intervals must cover 95 % within |z| <= 4 of the binomial. Approximate ones (delta method,
 * jackknife, bootstrap) must cover at least `least` and at most `most`, stated in each
 * test, again within |z| <= 4: fixed seeds, so the limits judge the method and never flicker.
 * The last test proves that the same counting finds an interval that is 10 % too narrow.
 */
#include "stats/breakeven.h"
#include "stats/mser.h"
#include "stats/quantile.h"
#include "stats/rare.h"
#include "stats/ratio.h"
#include "stats/sequential.h"
#include "stats/zscore.h"

#include "../unit/test_stats_random.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_intervals(void);

#define Z_LIMIT 4.0

static bool covers(const struct ccs_estimate *e, double truth)
{
    return e->lo <= truth && truth <= e->hi;
}

/* Whether `hits` of `trials` is compatible with some coverage in [least, most]. */
static bool is_coverage(int hits, int trials, double least, double most)
{
    double share = (double)hits / trials;
    double low = least - Z_LIMIT * sqrt(least * (1 - least) / trials);
    double high = most + Z_LIMIT * sqrt(most * (1 - most) / trials);
    return low <= share && share <= high;
}

/* How often the t interval of 5 standard normals, scaled by `factor`, holds 0. */
static int normal_hits(int trials, double factor)
{
    struct xorshift rng = {.state = 1001};
    int hits = 0;
    for (int trial = 0; trial < trials; trial++) {
        double x[5];
        for (int i = 0; i < 5; i++) {
            x[i] = xorshift_normal(&rng);
        }
        struct ccs_estimate e = ccs_mean_estimate(x, 5);
        hits += fabs(e.mean) <= factor * e.half_width;
    }
    return hits;
}

START_TEST(t_intervals_of_normal_means_cover_exactly)
{
    ck_assert(is_coverage(normal_hits(20000, 1), 20000, 0.95, 0.95));
}
END_TEST

START_TEST(an_interval_ten_percent_too_narrow_is_found)
{
    ck_assert(!is_coverage(normal_hits(20000, 0.9), 20000, 0.95, 0.95));
    ck_assert(!is_coverage(normal_hits(20000, 1.1), 20000, 0.95, 0.95));
}
END_TEST

START_TEST(p_values_of_no_difference_are_uniform_and_coupling_reduces_variance)
{
    /* Two policies with equal means, correlation 0.9: a variance reduction of 1 / (1 - 0.9). */
    enum {
        TRIALS = 10000,
        N = 10
    };
    struct xorshift rng = {.state = 1002};
    int below[3] = {0, 0, 0};
    static const double level[3] = {0.05, 0.25, 0.5};
    double log_reduction = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double x[N];
        double y[N];
        for (int i = 0; i < N; i++) {
            double common = sqrt(0.9) * xorshift_normal(&rng);
            x[i] = 5 + common + sqrt(0.1) * xorshift_normal(&rng);
            y[i] = 5 + common + sqrt(0.1) * xorshift_normal(&rng);
        }
        struct ccs_sums a = {.num = x, .den = NULL, .events = NULL, .is_share = false};
        struct ccs_sums b = {.num = y, .den = NULL, .events = NULL, .is_share = false};
        struct ccs_paired d = ccs_ratio_paired(&a, &b, N);
        for (int k = 0; k < 3; k++) {
            below[k] += d.p <= level[k];
        }
        log_reduction += log(d.variance_reduction) / TRIALS;
    }
    for (int k = 0; k < 3; k++) {
        ck_assert(is_coverage(below[k], TRIALS, level[k], level[k]));
    }
    ck_assert_double_eq_tol(exp(log_reduction), 10,
                            1); /* a ratio of chi-squares, nearly unbiased */
}
END_TEST

/* Adds normals until the half-width of the mean is `goal`, and says whether the interval then holds
 * the truth. `naive`: a look after every one, from the second on. */
static bool stops_well(struct xorshift *rng, double goal, bool naive)
{
    enum {
        MOST = 3000
    };
    static double x[MOST];
    struct ccs_goal target = {.half_width = goal};
    struct ccs_sequence sequence = {.max = MOST};
    size_t n = 0;
    size_t next = naive ? 2 : ccs_sequence_start(&sequence, 2);
    struct ccs_estimate e = {0};
    while (next > n) {
        for (; n < next; n++) {
            x[n] = 10 + xorshift_normal(rng);
        }
        e = ccs_mean_estimate(x, n);
        if (naive) {
            next += e.half_width > goal;
        } else {
            next = ccs_sequence_next(&sequence, n, ccs_goal_holds(&target, &e),
                                     ccs_goal_replications(&target, &e));
        }
    }
    return covers(&e, 10);
}

START_TEST(stopping_when_the_interval_is_narrow_enough_keeps_its_coverage)
{
    /* Goals that known variance would reach with this many: 94.4 % or more wherever one stops. */
    static const double needed[] = {5, 15, 25, 40, 80, 300};
    int trials = needed[_i] > 100 ? 4000 : 20000;
    struct xorshift rng = {.state = 1100 + (uint64_t)_i};
    int hits = 0;
    for (int trial = 0; trial < trials; trial++) {
        hits += stops_well(&rng, 1.959964 / sqrt(needed[_i]), false);
    }
    ck_assert_msg(is_coverage(hits, trials, 0.944, 0.95), "%d of %d", hits, trials);
}
END_TEST

START_TEST(stopping_at_the_first_narrow_interval_is_found)
{
    /* the reason for the rule: without it, one interval in nine misses */
    struct xorshift rng = {.state = 1110};
    int hits = 0;
    for (int trial = 0; trial < 4000; trial++) {
        hits += stops_well(&rng, 1.959964 / sqrt(10), true);
    }
    ck_assert_msg(!is_coverage(hits, 4000, 0.93, 0.95), "%d of 4000", hits);
}
END_TEST

/* One replication's sums: `count` ~ around 100, each contributing a skewed amount. */
static void draw_sums(struct xorshift *rng, double mean, double *num, double *den)
{
    int count = 60 + (int)xorshift_index(rng, 81);
    *num = 0;
    *den = count;
    double busy = 0.7 + 0.6 * xorshift_uniform(rng); /* a busy day moves all of its amounts */
    for (int i = 0; i < count; i++) {
        *num += mean * busy * xorshift_exponential(rng);
    }
}

START_TEST(delta_method_intervals_of_ratios_cover_nearly)
{
    /* First-order method, skewed data, 20 replications: 0.93 to 0.96. */
    enum {
        TRIALS = 4000,
        N = 20
    };
    struct xorshift rng = {.state = 1003};
    int one = 0;
    int pair = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double num_a[N];
        double num_b[N];
        double den_a[N];
        double den_b[N];
        for (int i = 0; i < N; i++) {
            struct xorshift again = rng; /* the same draws for both, b with a larger mean */
            draw_sums(&rng, 3, &num_a[i], &den_a[i]);
            draw_sums(&again, 4, &num_b[i], &den_b[i]);
            den_b[i] += (double)xorshift_index(&rng, 20); /* and a denominator of its own */
        }
        struct ccs_sums a = {.num = num_a, .den = den_a, .events = NULL, .is_share = false};
        struct ccs_sums b = {.num = num_b, .den = den_b, .events = NULL, .is_share = false};
        struct ccs_estimate e = ccs_ratio_estimate(&a, N);
        struct ccs_paired d = ccs_ratio_paired(&a, &b, N);
        one += covers(&e, 3);
        pair += covers(&d.diff, 3 - 400 / 109.5); /* mean count 100, 9.5 more on average */
    }
    ck_assert(is_coverage(one, TRIALS, 0.93, 0.96));
    ck_assert(is_coverage(pair, TRIALS, 0.93, 0.96));
}
END_TEST

START_TEST(garwood_bounds_cover_at_least_what_they_promise)
{
    /* Exactly, by enumeration: the chance that the bounds of a Poisson count hold its mean. */
    for (int i = 1; i < 240; i++) {
        double mean = i / 20.0;
        double term = exp(-mean);
        double covered = 0;
        for (int k = 0; k < 60; k++) {
            struct ccs_interval b = ccs_garwood(k, 1, 0.95);
            covered += b.lo <= mean && mean <= b.hi ? term : 0;
            term *= mean / (k + 1);
        }
        ck_assert_double_ge(covered, 0.95);
        ck_assert_double_le(covered, 1);
    }
}
END_TEST

/* Replications of durations with a common random level each. */
struct durations {
    struct ccs_histogram *ended[20];
    struct ccs_histogram *censored[20];
};

static void durations_init(struct durations *d)
{
    for (int i = 0; i < 20; i++) {
        d->ended[i] = malloc(sizeof **d->ended);
        d->censored[i] = malloc(sizeof **d->censored);
        ck_assert(d->ended[i] && d->censored[i]);
    }
}

static void durations_fini(struct durations *d)
{
    for (int i = 0; i < 20; i++) {
        free(d->ended[i]);
        free(d->censored[i]);
    }
}

START_TEST(jackknife_intervals_of_pooled_quantiles_cover_nearly)
{
    /* 20 replications of 60 exponentials (mean 100 s), censored by another exponential (mean
     * 300 s): Kaplan-Meier median and, without censoring, 90th percentile. The bins add 0.4 %,
     * and the slope is estimated: 0.93 to 0.97. */
    enum {
        TRIALS = 1000,
        N = 20,
        PER = 60
    };
    struct xorshift rng = {.state = 1004};
    struct durations d;
    durations_init(&d);
    int median_hits = 0;
    int p90_hits = 0;
    double p90_se = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int i = 0; i < N; i++) {
            memset(d.ended[i], 0, sizeof **d.ended);
            memset(d.censored[i], 0, sizeof **d.censored);
            for (int k = 0; k < PER; k++) {
                double t = 100 * xorshift_exponential(&rng);
                double c = 300 * xorshift_exponential(&rng);
                ccs_histogram_add(t <= c ? d.ended[i] : d.censored[i],
                                  (ccs_time)(1e6 * fmin(t, c)));
            }
        }
        struct ccs_durations s = {.ended = (const struct ccs_histogram *const *)d.ended,
                                  .censored = (const struct ccs_histogram *const *)d.censored};
        struct ccs_estimate median = ccs_quantile_estimate(&s, N, N, 0.5);
        median_hits += covers(&median, 100 * log(2));

        for (int i = 0; i < N; i++) {
            memset(d.ended[i], 0, sizeof **d.ended);
            for (int k = 0; k < PER; k++) {
                ccs_histogram_add(d.ended[i], (ccs_time)(1e8 * xorshift_exponential(&rng)));
            }
        }
        s.censored = NULL;
        struct ccs_estimate p90 = ccs_quantile_estimate(&s, N, N, 0.9);
        p90_hits += covers(&p90, 100 * log(10));
        p90_se += p90.se / TRIALS;
    }
    durations_fini(&d);
    ck_assert(is_coverage(median_hits, TRIALS, 0.93, 0.97));
    ck_assert(is_coverage(p90_hits, TRIALS, 0.93, 0.97));
    /* Asymptotically sqrt(q (1 - q) / n) / f = 100 sqrt(0.9 / 0.1 / 1200); the jackknife's noise
     * averages out over the trials, 5 % is left for its bias. */
    double theory = 100 * sqrt(9.0 / (N * PER));
    ck_assert_double_eq_tol(p90_se, theory, 0.05 * theory);
}
END_TEST

START_TEST(mser_takes_the_initial_bias_out_of_a_run)
{
    /* Starts at +40, decays as 0.95^i around 0: biases the mean of 2000 by 0.4; standard error of
     * the mean of what is left 20/sqrt(1900) = 0.46 per run, 0.033 over 200 runs. */
    enum {
        TRIALS = 200,
        N = 2000
    };
    static double x[N];
    struct xorshift rng = {.state = 1006};
    double whole = 0;
    double cut = 0;
    int reliable = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double level = 40;
        for (int i = 0; i < N; i++) {
            level = 0.95 * level + xorshift_normal(&rng);
            x[i] = level;
        }
        struct ccs_warmup w = ccs_warmup_mser5(x, N);
        reliable += w.is_reliable;
        ck_assert_uint_ge(w.cut, 20);
        whole += ccs_mean(x, N) / TRIALS;
        cut += ccs_mean(x + w.cut, N - w.cut) / TRIALS;
    }
    ck_assert_double_gt(whole, 0.4 - Z_LIMIT * 0.033);
    ck_assert_double_lt(fabs(cut), Z_LIMIT * 0.033);
    ck_assert_int_ge(reliable, TRIALS * 9 / 10);
}
END_TEST

START_TEST(break_even_bands_hold_the_whole_curve_and_intervals_the_week)
{
    /* Random walks with drift: cumulative differences as a simulation gives them. The true mean is
     * -12 + 1.5 (w + 1), positive from week 8 on. Band: 0.95 to 0.99 of curves wholly inside;
     * week: a percentile bootstrap of 12 replications, 0.88 to 0.98. */
    enum {
        TRIALS = 300,
        N = 12,
        W = 20
    };
    struct xorshift rng = {.state = 1007};
    int inside = 0;
    int week = 0;
    int too_early = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double curves[N * W];
        for (int r = 0; r < N; r++) {
            double level = -12;
            for (int w = 0; w < W; w++) {
                level += 1.5 + 2 * xorshift_normal(&rng);
                curves[r * W + w] = level;
            }
        }
        struct ccs_breakeven b;
        ck_assert_int_eq(ccs_breakeven(curves, N, W, xorshift_index, &rng, &b), CCS_OK);
        bool all = true;
        for (int w = 0; w < W; w++) {
            double x[N];
            for (int r = 0; r < N; r++) {
                x[r] = curves[r * W + w];
            }
            struct ccs_estimate e = ccs_mean_estimate(x, N);
            all = all && fabs(e.mean - (-12 + 1.5 * (w + 1))) <= b.critical * e.se;
        }
        inside += all;
        week += b.lo <= 8 && 8 <= b.hi;
        too_early += b.established < 8;
    }
    ck_assert(is_coverage(inside, TRIALS, 0.95, 0.99));
    ck_assert(is_coverage(week, TRIALS, 0.88, 0.98));
    ck_assert(is_coverage(too_early, TRIALS, 0, 0.025));
}
END_TEST

START_TEST(normal_scores_of_small_samples_are_normal)
{
    /* Four replications against an exact reference: P(|z| > 2) must be 0.0455, not t's 0.139. */
    enum {
        TRIALS = 20000
    };
    struct xorshift rng = {.state = 1008};
    int beyond = 0;
    int raw = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double x[4];
        for (int i = 0; i < 4; i++) {
            x[i] = 10 + xorshift_normal(&rng);
        }
        struct ccs_estimate e = ccs_mean_estimate(x, 4);
        beyond += fabs(ccs_z_compare(&e, 10, 0)) > CCS_Z_NOTABLE;
        raw += fabs((e.mean - 10) / e.se) > CCS_Z_NOTABLE;
    }
    ck_assert(is_coverage(beyond, TRIALS, 0.0455, 0.0455));
    ck_assert(!is_coverage(raw, TRIALS, 0.0455, 0.0455));
}
END_TEST

Suite *suite_intervals(void)
{
    Suite *suite = suite_create("intervals");
    TCase *t = tcase_create("coverage");
    tcase_add_loop_test(t, stopping_when_the_interval_is_narrow_enough_keeps_its_coverage, 0, 6);
    tcase_add_test(t, stopping_at_the_first_narrow_interval_is_found);
    tcase_add_test(t, t_intervals_of_normal_means_cover_exactly);
    tcase_add_test(t, p_values_of_no_difference_are_uniform_and_coupling_reduces_variance);
    tcase_add_test(t, delta_method_intervals_of_ratios_cover_nearly);
    tcase_add_test(t, garwood_bounds_cover_at_least_what_they_promise);
    tcase_add_test(t, jackknife_intervals_of_pooled_quantiles_cover_nearly);
    tcase_add_test(t, mser_takes_the_initial_bias_out_of_a_run);
    tcase_add_test(t, break_even_bands_hold_the_whole_curve_and_intervals_the_week);
    tcase_add_test(t, normal_scores_of_small_samples_are_normal);
    tcase_add_test(t, an_interval_ten_percent_too_narrow_is_found);
    suite_add_tcase(suite, t);
    return suite;
}
