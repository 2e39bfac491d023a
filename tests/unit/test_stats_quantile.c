/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stats/quantile: the jackknife by hand and against a naive one, pairs, the undefined cases. */
#include "stats/quantile.h"

#include "base/units.h"
#include "test_stats_random.h"

#include <check.h>
#include <stdlib.h>

Suite *suite_stats_quantile(void);

enum {
    BLOCKS = 12
};

/* Twelve blocks of one policy. */
struct sample {
    struct ccs_histogram *ended[BLOCKS];
    struct ccs_histogram *censored[BLOCKS];
};

static void sample_init(struct sample *s)
{
    for (int i = 0; i < BLOCKS; i++) {
        s->ended[i] = calloc(1, sizeof **s->ended);
        s->censored[i] = calloc(1, sizeof **s->censored);
        ck_assert(s->ended[i] && s->censored[i]);
    }
}

static void sample_fini(struct sample *s)
{
    for (int i = 0; i < BLOCKS; i++) {
        free(s->ended[i]);
        free(s->censored[i]);
    }
}

static struct ccs_durations durations(const struct sample *s)
{
    return (struct ccs_durations){.ended = (const struct ccs_histogram *const *)s->ended,
                                  .censored = (const struct ccs_histogram *const *)s->censored};
}

/* Exponential durations of mean `mean_s`, those above `limit_s` censored there; some blocks have
 * twice or three times as many as others. */
static void fill(struct sample *s, uint64_t seed, double mean_s, double limit_s, int per_block)
{
    struct xorshift x = {.state = seed};
    for (int i = 0; i < BLOCKS; i++) {
        double block_mean = mean_s * (0.8 + 0.4 * xorshift_uniform(&x));
        for (int k = 0; k < per_block * (1 + i % 3); k++) {
            double t = block_mean * xorshift_exponential(&x);
            ccs_histogram_add(t <= limit_s ? s->ended[i] : s->censored[i],
                              ccs_time_from_s(fmin(t, limit_s)));
        }
    }
}

START_TEST(twelve_blocks_agree_with_a_hand_calculation)
{
    /* Together 1200 durations evenly over 1000 ... 2000 s. Of those below the median every odd
     * block has 60, every even one 40. Leaving one out moves the share below the median by 0.1/11
     * up or down: s = sqrt(11/12 * 12 * (0.1/11)^2) = 0.1/sqrt(11); the curve rises 1000 s per
     * share. */
    struct sample a;
    sample_init(&a);
    for (int i = 0; i < BLOCKS; i++) {
        int below = i % 2 ? 60 : 40;
        for (int k = 0; k < 100; k++) {
            double at =
                k < below ? 500 * (k + 0.5) / below : 500 + 500 * (k - below + 0.5) / (100 - below);
            ccs_histogram_add(a.ended[i], ccs_time_from_s(1000 + at));
        }
    }
    struct ccs_durations d = durations(&a);
    struct ccs_estimate e = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_eq_tol(e.mean, 1500, 1500.0 / 128);
    /* 5 %: where the bin of the median is cut, its durations are taken as evenly spread. */
    double se = 1000 * 0.1 / sqrt(11);
    ck_assert_double_eq_tol(e.se, se, 0.05 * se);
    ck_assert_double_eq_tol(e.half_width, 2.200985 * e.se, 1e-4); /* t(0.975; 11) */
    ck_assert_double_eq(e.df, 11);
    ck_assert_ptr_null(e.reason);
    sample_fini(&a);
}
END_TEST

/* The definition in stats/quantile.h, from freshly merged histograms: out[i] is what leaving out
 * block i does, in seconds. */
static void naive_effects(const struct sample *s, double q, double *out)
{
    struct ccs_histogram ended = {.n = 0};
    struct ccs_histogram censored = {.n = 0};
    for (int i = 0; i < BLOCKS; i++) {
        ccs_histogram_merge(&ended, s->ended[i]);
        ccs_histogram_merge(&censored, s->censored[i]);
    }
    double theta = ccs_histogram_survival_quantile(&ended, &censored, q);
    double share[BLOCKS];
    double mean = 0;
    for (int i = 0; i < BLOCKS; i++) {
        struct ccs_histogram ended_i = {.n = 0};
        struct ccs_histogram censored_i = {.n = 0};
        for (int k = 0; k < BLOCKS; k++) {
            if (k != i) {
                ccs_histogram_merge(&ended_i, s->ended[k]);
                ccs_histogram_merge(&censored_i, s->censored[k]);
            }
        }
        share[i] = 1 - ccs_histogram_survival(&ended_i, &censored_i, theta);
        mean += share[i] / BLOCKS;
    }
    double squares = 0;
    for (int i = 0; i < BLOCKS; i++) {
        squares += (share[i] - mean) * (share[i] - mean);
    }
    double ts = 2.2009851600916 * sqrt(squares * (BLOCKS - 1) / BLOCKS); /* t(0.975; 11) */
    double slope = (ccs_histogram_survival_quantile(&ended, &censored, q + ts) -
                    ccs_histogram_survival_quantile(&ended, &censored, q - ts)) /
                   (2 * ts);
    for (int i = 0; i < BLOCKS; i++) {
        out[i] = share[i] * slope / 1e6;
    }
}

static double naive_se_s(const double *effect)
{
    double mean = 0;
    for (int i = 0; i < BLOCKS; i++) {
        mean += effect[i] / BLOCKS;
    }
    double squares = 0;
    for (int i = 0; i < BLOCKS; i++) {
        squares += (effect[i] - mean) * (effect[i] - mean);
    }
    return sqrt(squares * (BLOCKS - 1) / BLOCKS);
}

START_TEST(jackknife_agrees_with_the_naive_definition)
{
    static const double limit_s[] = {1e9, 400}; /* without and with censoring */
    struct sample a;
    struct sample b;
    sample_init(&a);
    sample_init(&b);
    fill(&a, 3, 200, limit_s[_i], 80);
    fill(&b, 3, 260, limit_s[_i], 80);
    struct ccs_durations da = durations(&a);
    struct ccs_durations db = durations(&b);
    for (int i = 2; i < 8; i++) {
        double q = i / 10.0;
        struct ccs_estimate e = ccs_quantile_estimate(&da, BLOCKS, BLOCKS, q);
        struct ccs_paired d = ccs_quantile_paired(&da, &db, BLOCKS, BLOCKS, q);
        double effect_a[BLOCKS];
        double effect_b[BLOCKS];
        double effect_d[BLOCKS];
        naive_effects(&a, q, effect_a);
        naive_effects(&b, q, effect_b);
        for (int k = 0; k < BLOCKS; k++) {
            effect_d[k] = effect_a[k] - effect_b[k];
        }
        double se_a = naive_se_s(effect_a);
        double se_b = naive_se_s(effect_b);
        double se_d = naive_se_s(effect_d);
        ck_assert_int_eq(e.kind, CCS_ESTIMATE_T);
        ck_assert_double_gt(se_a, 0);
        ck_assert_double_eq_tol(e.se, se_a, 1e-9 * se_a);
        ck_assert_double_eq_tol(d.diff.se, se_d, 1e-9 * se_d);
        ck_assert_double_eq_tol(d.variance_reduction, (se_a * se_a + se_b * se_b) / (se_d * se_d),
                                1e-6);
        ck_assert_double_eq(e.df, BLOCKS - 1);
    }
    sample_fini(&a);
    sample_fini(&b);
}
END_TEST

START_TEST(coupled_policies_have_a_sharper_difference)
{
    struct sample a;
    struct sample b;
    sample_init(&a);
    sample_init(&b);
    fill(&a, 9, 200, 1e9, 200);
    fill(&b, 9, 220, 1e9, 200); /* same draws, ten percent longer */
    struct ccs_durations da = durations(&a);
    struct ccs_durations db = durations(&b);
    struct ccs_paired d = ccs_quantile_paired(&da, &db, BLOCKS, BLOCKS, 0.9);
    struct ccs_estimate ea = ccs_quantile_estimate(&da, BLOCKS, BLOCKS, 0.9);
    ck_assert_double_eq_tol(d.diff.mean, -0.1 * ea.mean, 0.02 * ea.mean); /* two bin widths */
    ck_assert_double_gt(d.variance_reduction, 10);
    ck_assert_double_lt(d.p, 0.001);
    sample_fini(&a);
    sample_fini(&b);
}
END_TEST

START_TEST(a_policy_against_its_copy_differs_by_exactly_zero)
{
    struct sample a;
    sample_init(&a);
    fill(&a, 21, 100, 150, 60);
    struct ccs_durations d = durations(&a);
    struct ccs_paired p = ccs_quantile_paired(&d, &d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_eq(p.diff.mean, 0);
    ck_assert_double_eq(p.diff.lo, 0);
    ck_assert_double_eq(p.diff.hi, 0);
    ck_assert_double_eq(p.p, 1);
    sample_fini(&a);
}
END_TEST

START_TEST(the_point_does_not_depend_on_how_replications_are_blocked)
{
    struct sample a;
    sample_init(&a);
    fill(&a, 4, 50, 1e9, 40);
    struct ccs_durations d = durations(&a);
    struct ccs_estimate twelve = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.9);
    for (int i = 0; i < BLOCKS / 2; i++) {
        ccs_histogram_merge(a.ended[i], a.ended[i + BLOCKS / 2]);
    }
    struct ccs_estimate six = ccs_quantile_estimate(&d, BLOCKS / 2, BLOCKS, 0.9);
    ck_assert_double_eq(six.mean, twelve.mean);
    ck_assert_double_eq(six.df, 5);
    ck_assert_int_eq(six.n, BLOCKS);
    ck_assert_double_eq_tol(six.sd, six.se * sqrt(BLOCKS), 1e-12 * six.sd);
    sample_fini(&a);
}
END_TEST

START_TEST(undefined_quantiles_say_why)
{
    struct sample s;
    sample_init(&s);
    struct ccs_durations d = durations(&s);
    struct ccs_estimate e = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_nan(e.mean);
    ck_assert_str_eq(e.reason, "nothing to take a quantile of");

    fill(&s, 8, 100, 50, 100); /* about 60 % censored */
    e = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.9);
    ck_assert_double_nan(e.mean);
    ck_assert_str_eq(e.reason, "too many ended otherwise, or not before the run did");
    ck_assert_double_nan(ccs_quantile_paired(&d, &d, BLOCKS, BLOCKS, 0.9).diff.mean);
    sample_fini(&s);
}
END_TEST

START_TEST(an_interval_beyond_the_end_of_the_curve_says_so)
{
    struct sample s;
    sample_init(&s);
    fill(&s, 8, 100, 50, 100); /* about 60 % censored at 50 s: the curve ends near 0.4 */
    struct ccs_durations d = durations(&s);
    struct ccs_histogram ended = {.n = 0};
    struct ccs_histogram censored = {.n = 0};
    for (int i = 0; i < BLOCKS; i++) {
        ccs_histogram_merge(&ended, s.ended[i]);
        ccs_histogram_merge(&censored, s.censored[i]);
    }
    double end = 1 - ccs_histogram_survival(&ended, &censored, INFINITY);
    struct ccs_estimate inside = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, end - 0.2);
    struct ccs_estimate edge = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, end - 0.002);
    ck_assert_int_eq(inside.kind, CCS_ESTIMATE_T);
    ck_assert_ptr_null(inside.reason);
    ck_assert_int_eq(edge.kind, CCS_ESTIMATE_T);
    ck_assert_double_gt(edge.half_width, 0);
    ck_assert_ptr_nonnull(edge.reason);
    ck_assert_ptr_nonnull(ccs_quantile_paired(&d, &d, BLOCKS, BLOCKS, end - 0.002).diff.reason);
    sample_fini(&s);
}
END_TEST

START_TEST(a_quantile_within_an_atom_has_no_width)
{
    /* 70 % do not wait at all, in every block a little more or less: the median is 0 for sure. */
    struct sample s;
    sample_init(&s);
    for (int i = 0; i < BLOCKS; i++) {
        for (int k = 0; k < 100; k++) {
            ccs_histogram_add(s.ended[i], k < 70 + i % 3 ? 0 : k * CCS_US_PER_S);
        }
    }
    struct ccs_durations d = durations(&s);
    struct ccs_estimate e = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_eq(e.mean, 0);
    ck_assert_double_eq(e.half_width, 0);
    sample_fini(&s);
}
END_TEST

START_TEST(too_few_durations_are_flagged_rare)
{
    struct sample s;
    sample_init(&s);
    for (int k = 0; k < 9; k++) {
        ccs_histogram_add(s.ended[k], (k + 1) * CCS_US_PER_S);
    }
    struct ccs_durations d = durations(&s);
    struct ccs_estimate e = ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_eq_tol(e.mean, 5, 5.0 / 128);
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_RARE);
    ck_assert(!ccs_estimate_has_interval(&e));
    struct ccs_paired p = ccs_quantile_paired(&d, &d, BLOCKS, BLOCKS, 0.5);
    ck_assert_double_eq(p.diff.mean, 0);
    ck_assert_double_nan(p.p);
    ccs_histogram_add(s.ended[9], CCS_US_PER_S);
    ck_assert_int_eq(ccs_quantile_estimate(&d, BLOCKS, BLOCKS, 0.5).kind, CCS_ESTIMATE_T);
    sample_fini(&s);
}
END_TEST

START_TEST(one_block_has_a_point_but_no_interval)
{
    struct sample s;
    sample_init(&s);
    fill(&s, 2, 10, 1e9, 100);
    struct ccs_durations d = durations(&s);
    struct ccs_estimate e = ccs_quantile_estimate(&d, 1, 1, 0.5);
    ck_assert(ccs_estimate_is_defined(&e));
    ck_assert_int_eq(e.kind, CCS_ESTIMATE_NONE);
    ck_assert_double_nan(ccs_quantile_paired(&d, &d, 1, 1, 0.5).p);
    sample_fini(&s);
}
END_TEST

START_TEST(blocks_are_at_most_fifty_and_equal_but_for_the_last)
{
    for (size_t n = 1; n <= 5000; n++) {
        size_t size = ccs_jackknife_block_size(n);
        size_t blocks = (n + size - 1) / size;
        ck_assert_uint_ge(size, 1);
        ck_assert_uint_le(blocks, CCS_JACKKNIFE_BLOCKS);
        ck_assert(n > 50 || size == 1);
        ck_assert(n <= 50 || blocks > 25);
    }
}
END_TEST

Suite *suite_stats_quantile(void)
{
    Suite *suite = suite_create("stats_quantile");
    TCase *jackknife = tcase_create("jackknife");
    tcase_add_test(jackknife, twelve_blocks_agree_with_a_hand_calculation);
    tcase_add_loop_test(jackknife, jackknife_agrees_with_the_naive_definition, 0, 2);
    tcase_add_test(jackknife, the_point_does_not_depend_on_how_replications_are_blocked);
    tcase_add_test(jackknife, blocks_are_at_most_fifty_and_equal_but_for_the_last);
    suite_add_tcase(suite, jackknife);
    TCase *paired = tcase_create("paired");
    tcase_add_test(paired, coupled_policies_have_a_sharper_difference);
    tcase_add_test(paired, a_policy_against_its_copy_differs_by_exactly_zero);
    suite_add_tcase(suite, paired);
    TCase *undefined = tcase_create("undefined");
    tcase_add_test(undefined, undefined_quantiles_say_why);
    tcase_add_test(undefined, an_interval_beyond_the_end_of_the_curve_says_so);
    tcase_add_test(undefined, a_quantile_within_an_atom_has_no_width);
    tcase_add_test(undefined, too_few_durations_are_flagged_rare);
    tcase_add_test(undefined, one_block_has_a_point_but_no_interval);
    suite_add_tcase(suite, undefined);
    return suite;
}
