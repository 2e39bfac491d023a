/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Models of how many call, beyond a Poisson rate: counts by interval, random totals and shares of a
 * day, products of random factors, shares by table. Their moments against closed forms. Seeds are
 * fixed; limit |z| <= 4 for means, and for variances by the fourth moment of what is drawn.
 */
#include "counting.h"

Suite *suite_arrival_models(void);

/* Standard error of a sample variance, as a share of it, where the excess kurtosis is `excess`. */
static double variance_error(const struct counts *c, double excess)
{
    return sqrt((2 + excess) / (double)c->reps);
}

START_TEST(a_factor_scales_rates_and_counts_alike)
{
    static struct counts c;
    count(&c, 100, DAY_RUN "'period': '1 h'", "'volume': {'rate_per_h': 40, 'factor': 1.5}", "");
    double mean[BINS];
    for (int i = 0; i < 24; i++) {
        mean[i] = 60;
    }
    ck_assert_double_le(fabs(poisson_score(&c, mean)), 4);
    count(&c, 20, DAY_RUN "'period': '1 day'", "'volume': {'daily_counts': 100, 'factor': 1.5}",
          "");
    ck_assert_double_eq(c.total, 20 * 150);
    ck_assert_double_eq(variance_of(&c, 0), 0);
    count(&c, 20, DAY_RUN "'period': '1 day'", "'volume': {'rate_per_h': 9, 'factor': 0}", "");
    ck_assert_double_eq(c.total, 0);
}
END_TEST

START_TEST(counts_of_intervals_are_kept_exactly_and_spread_evenly)
{
    static struct counts c;
    static const char *const type =
        "'volume': {'interval_counts': {'interval': '30 min', 'from': '8 h', "
        "'values': [30, 0, 7.5, 60]}}";
    count(&c, 400, DAY_RUN "'period': '30 min'", type, "");
    static const double values[] = {30, 0, 7.5, 60};
    for (size_t i = 0; i < 48; i++) {
        double want = i >= 16 && i < 20 ? values[i - 16] : 0;
        if (i == 18) { /* 7 or 8 */
            ck_assert_double_eq_tol(mean_of(&c, i), want, 4 * 0.5 / sqrt((double)c.reps));
            ck_assert_double_eq_tol(variance_of(&c, i), 0.25, 4 / (double)c.reps);
        } else {
            ck_assert_double_eq(c.sum[i], (double)c.reps * want);
            ck_assert_double_eq(c.sum2[i], (double)c.reps * want * want);
        }
    }
    /* in sixths of an interval: multinomial */
    count(&c, 400, DAY_RUN "'period': '5 min'", type, "");
    double mean[BINS] = {0};
    for (int i = 0; i < 24; i++) {
        mean[96 + i] = i / 6 == 2 ? c.sum[96 + i] / (double)c.reps : values[i / 6] / 6;
        ck_assert_double_le(fabs(mean_of(&c, 96 + (size_t)i) - values[i / 6] / 6),
                            4 * sqrt(values[i / 6] / 6 / (double)c.reps));
    }
    ck_assert_double_eq_tol(variance_of(&c, 116), 60.0 / 6 * 5 / 6,
                            4 * variance_error(&c, 0.1) * 9);
    ck_assert_double_le(fabs(poisson_score(&c, mean)), 4); /* two degrees of freedom less */
}
END_TEST

START_TEST(a_random_total_of_the_day_has_its_distribution)
{
    static struct counts c;
    count(&c, 1500, DAY_RUN "'period': '1 day'",
          "'volume': {'daily_total': {'dist': 'gamma', 'mean': 100, 'cv': 0.3}}", "");
    /* the fraction, evenly spread between whole numbers, is one more or not: 1/6 of variance */
    double variance = 900 + 1.0 / 6;
    ck_assert_double_eq_tol(mean_of(&c, 0), 100, 4 * sqrt(variance / (double)c.reps));
    ck_assert_double_eq_tol(variance_of(&c, 0) / variance, 1,
                            4 * variance_error(&c, 6 * 0.3 * 0.3));
}
END_TEST

START_TEST(random_shares_of_the_day_are_dirichlet)
{
    /* counts of the parts: Dirichlet multinomial */
    static struct counts c;
    static const double p[] = {0.125, 0.25, 0.375, 0.25};
    const double n = 400;
    const double concentration = 20;
    const double wider = (n + concentration) / (1 + concentration); /* than multinomial */
    count(&c, 1500, DAY_RUN "'period': '6 h'",
          "'profile': {'interval': '6 h', 'repeat': 'day', 'values': [1, 2, 3, 2]}, "
          "'volume': {'daily_counts': 400, 'profile_concentration': 20}",
          "");
    ck_assert_double_eq(c.total, (double)c.reps * n);
    ck_assert_double_eq(c.total2, (double)c.reps * n * n);
    for (size_t i = 0; i < 4; i++) {
        double variance = n * p[i] * (1 - p[i]) * wider;
        ck_assert_double_eq_tol(mean_of(&c, i), n * p[i], 4 * sqrt(variance / (double)c.reps));
        ck_assert_double_eq_tol(variance_of(&c, i) / variance, 1, 4 * variance_error(&c, 0.5));
        if (i < 3) {
            double rho = -sqrt(p[i] * p[i + 1] / ((1 - p[i]) * (1 - p[i + 1])));
            ck_assert_double_eq_tol(correlation_of(&c, i), rho,
                                    4 * (1 - rho * rho) / sqrt((double)c.reps));
        }
    }
}
END_TEST

START_TEST(factors_of_the_type_and_of_its_group_multiply)
{
    /* two types with 25 calls an hour each; whatever the scale of the distributions */
    static struct counts c;
    char type[800];
    const char *factor = "'volume': {'rate_per_h': 25}, 'day_factor': {'dist': 'lognormal', "
                         "'mean': 3, 'cv': 0.2}, 'common_day_factor': {'group': 'weather', "
                         "'cv': 0.3}";
    snprintf(type, sizeof type, "%s, 'talk': '1 s'}, 'other': {%s", factor, factor);
    count(&c, 2000, DAY_RUN "'period': '1 day'", type, "");
    const double m = 600;
    double one = 1.04 * 1.09 - 1;
    double variance = 2 * (m * m * one + m) + 2 * m * m * 0.09;
    ck_assert_double_eq_tol(mean_of(&c, 0), 2 * m, 4 * sqrt(variance / 2000));
    ck_assert_double_eq_tol(variance_of(&c, 0) / variance, 1, 4 * variance_error(&c, 1));
}
END_TEST

START_TEST(periods_may_share_a_floor_of_correlation_and_have_noise_of_their_own)
{
    static const struct {
        double rho, floor, noise;
    } cases[] = {{0, 0.5, 0}, {0.9, 0.2, 0.3}, {0.9, 0, 0.5}};
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        static struct counts c;
        char type[500];
        snprintf(type, sizeof type,
                 "'volume': {'rate_per_h': 500}, 'period_factor': {'interval': '1 h', 'cv': 0.3, "
                 "'correlation': %g, 'correlation_floor': %g, 'correlation_noise': %g}",
                 cases[k].rho, cases[k].floor, cases[k].noise);
        count(&c, 400, DAY_RUN "'period': '1 h'", type, "");
        double variance = 0;
        double correlation = 0;
        for (size_t i = 0; i < 24; i++) {
            variance += variance_of(&c, i) / 24;
            correlation += i < 23 ? correlation_of(&c, i) / 23 : 0;
        }
        double want = cases[k].floor + (1 - cases[k].floor - cases[k].noise) * cases[k].rho;
        ck_assert_double_eq_tol(variance / (500.0 * 500 * 0.09 + 500), 1, widened(0.12, 400, &c));
        /* gamma instead of normal, and Poisson noise, take a little off */
        ck_assert_double_eq_tol(correlation, 0.96 * want, widened(0.05, 400, &c));
    }
}
END_TEST

START_TEST(the_spread_of_periods_may_follow_a_table)
{
    static struct counts c;
    count(&c, 400, DAY_RUN "'period': '12 h'",
          "'volume': {'rate_per_h': 500}, 'period_factor': {'interval': '12 h', "
          "'cv': {'interval': '12 h', 'repeat': 'day', 'values': [0, 0.4]}}",
          "");
    const double m = 6000;
    ck_assert_double_eq_tol(variance_of(&c, 0) / m, 1, 4 * variance_error(&c, 0));
    ck_assert_double_eq_tol(variance_of(&c, 1) / (m * m * 0.16 + m), 1,
                            4 * variance_error(&c, 6 * 0.16));
}
END_TEST

START_TEST(the_share_of_a_type_may_follow_a_table)
{
    static struct counts c;
    count(&c, 100, DAY_RUN "'period': '1 h'",
          "'volume': {'rate_per_h': 80, 'share': {'interval': '6 h', 'repeat': 'day', "
          "'values': [0.25, 1, 0, 0.5]}}",
          "");
    static const double share[] = {0.25, 1, 0, 0.5};
    double mean[BINS];
    for (int i = 0; i < 24; i++) {
        mean[i] = 80 * share[i / 6];
    }
    ck_assert_double_le(fabs(poisson_score(&c, mean)), 4);
}
END_TEST

static const struct {
    const char *type, *code, *about;
} bad[] = {
    {"'volume': {'interval_counts': 5}", "CCS-E314", "no interval"},
    {"'volume': {'rate_per_h': 5, 'daily_total': {'dist': 'exponential', 'mean': 9}}", "CCS-E314",
     "give one of"},
    {"'volume': {'interval_counts': {'interval': '1 h', 'values': [5]}}, "
     "'profile': {'interval': '12 h', 'repeat': 'day', 'values': [1, 2]}",
     "CCS-E314", "spread evenly"},
    {"'volume': {'daily_total': {'dist': 'normal', 'mean': 1e8, 'cv': 0.1}}", "CCS-E314",
     "10,000,000"},
    {"'volume': {'daily_total': {'dist': 'exponential', 'mean': 9}, 'counts': 'all_contacts'}",
     "CCS-E314", "calibrated"},
    {"'volume': {'daily_counts': 5, 'profile_concentration': 9}", "CCS-E314", "needs a `profile`"},
    {"'volume': {'rate_per_h': 5, 'profile_concentration': 9}", "CCS-E314", "belongs to"},
    {"'volume': {'rate_per_h': 5, 'share': 0}", "CCS-E314", "above 0"},
    {"'volume': {'daily_counts': 5, 'share': {'interval': '12 h', 'repeat': 'day', "
     "'values': [0.5, 1]}}",
     "CCS-E314", "needs a rate"},
    {"'volume': {'daily_counts': 5}, 'day_factor': {'dist': 'exponential', 'mean': 1}", "CCS-E314",
     "leave"},
    {"'volume': {'rate_per_h': 5}, 'day_factor_cv': 0.001", "CCS-E314", "at least 0.01"},
    {"'volume': {'rate_per_h': 5}, 'day_factor_cv': 0.2, 'day_factor': {'dist': 'exponential', "
     "'mean': 1}",
     "CCS-E314", "give one of them"},
    {"'volume': {'rate_per_h': 5}, 'common_day_factor': {'group': 'x'}", "CCS-E314",
     "either `cv` or `factor`"},
    {"'volume': {'rate_per_h': 5}, 'period_factor': {'cv': 0.001}", "CCS-E314", "at least 0.01"},
    {"'volume': {'rate_per_h': 5}, 'period_factor': {'cv': 0.1, 'correlation_floor': 0.7, "
     "'correlation_noise': 0.7}",
     "CCS-E314", "at most 1"},
    {"'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv'}, 'factor': 2}", "CCS-E314",
     "replay"},
    {"'volume': {'interval_counts': {'interval': '1 s', 'repeat': 'day', 'values': [1e7]}}",
     "CCS-E317", "contacts"},
};

START_TEST(what_does_not_go_together_is_named)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'bad', 'run': {'horizon': '3 years', 'warmup': '0 s'}, "
        "'channels': {'phone': {}}, 'issue_types': {'call': {%s, 'talk': '1 s'}}, "
        "'teams': {'all': {'agents': 1}}}",
        bad[_i].type);
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
    ck_assert_msg(sc == NULL, "%s", bad[_i].type);
    assert_diagnostic(diags, bad[_i].code, bad[_i].about, bad[_i].type);
    ccs_diagnostics_destroy(diags);
}
END_TEST

Suite *suite_arrival_models(void)
{
    Suite *suite = suite_create("arrival_models");
    TCase *tc = tcase_create("models");
    tcase_add_test(tc, a_factor_scales_rates_and_counts_alike);
    tcase_add_test(tc, counts_of_intervals_are_kept_exactly_and_spread_evenly);
    tcase_add_test(tc, a_random_total_of_the_day_has_its_distribution);
    tcase_add_test(tc, random_shares_of_the_day_are_dirichlet);
    tcase_add_test(tc, factors_of_the_type_and_of_its_group_multiply);
    tcase_add_test(tc, periods_may_share_a_floor_of_correlation_and_have_noise_of_their_own);
    tcase_add_test(tc, the_spread_of_periods_may_follow_a_table);
    tcase_add_test(tc, the_share_of_a_type_may_follow_a_table);
    tcase_add_loop_test(tc, what_does_not_go_together_is_named, 0, sizeof bad / sizeof bad[0]);
    suite_add_tcase(suite, tc);
    return suite;
}
