/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arrival processes against what defines them: counts by period against the integral of the
 * rate, fixed and random counts of a day, times between arrivals.
 *
 * Arrivals are seen through the series of the results: contacts offered by period, with agents for
 * everybody. Seeds are fixed; limit |z| <= 4, chi-square statistics by their normal score.
 */
#include "sim_help.h"

#include <gsl/gsl_cdf.h>

Suite *suite_arrivals(void);

enum {
    BINS = 400
};

struct counts {
    size_t bins, reps;
    double sum[BINS];  /* over replications */
    double sum2[BINS]; /* of squares */
    double total2;     /* of squares of a replication's total */
    double total;      /* of totals */
    double pair[BINS]; /* of products of neighbouring bins, bin k with k + 1 */
};

/* Contacts offered by period in worlds of one scenario that begin at t0. */
static void count(struct counts *out, size_t reps, const char *run, const char *type,
                  const char *rest)
{
    struct text text = {.n = 0};
    say(&text,
        "{\"name\": \"arrivals\", \"run\": {%s}, \"channels\": {\"phone\": {}}, \"issue_types\": "
        "{\"call\": {%s, \"talk\": \"1 s\"}}, \"teams\": {\"all\": {\"agents\": 10000}}%s}",
        run, type, rest);
    struct ccs_scenario *sc = scenario_of(text.s);
    const struct ccs_model *model = model_of(sc, NULL);
    *out = (struct counts){.reps = reps};
    for (size_t r = 0; r < reps; r++) {
        struct lone_world lone;
        world_warm_up(&lone, model, 5, r);
        world_begin(&lone, model);
        world_run(&lone, lone.w->horizon);
        const struct ccs_access *access = lone.w->measure.access.data;
        out->bins = lone.w->measure.period_n;
        ck_assert_uint_le(out->bins, BINS);
        double total = 0;
        for (size_t i = 0; i < out->bins; i++) {
            double n = (double)access[i].offered;
            out->sum[i] += n;
            out->sum2[i] += n * n;
            out->pair[i] += i + 1 < out->bins ? n * (double)access[i + 1].offered : 0;
            total += n;
        }
        out->total += total;
        out->total2 += total * total;
        world_finish(&lone);
    }
    ccs_scenario_destroy(sc);
}

static double mean_of(const struct counts *c, size_t bin)
{
    return c->sum[bin] / (double)c->reps;
}

static double variance_of(const struct counts *c, size_t bin)
{
    double n = (double)c->reps;
    return (c->sum2[bin] - c->sum[bin] * c->sum[bin] / n) / (n - 1);
}

/* Normal score of Poisson counts against their means per replication; 0 must be 0. */
static double poisson_score(const struct counts *c, const double *mean)
{
    double chi2 = 0.0;
    int freedom = 0;
    for (size_t i = 0; i < c->bins; i++) {
        double expected = mean[i] * (double)c->reps;
        if (expected == 0) {
            ck_assert_double_eq(c->sum[i], 0);
            continue;
        }
        ck_assert_double_gt(expected, 20);
        chi2 += (c->sum[i] - expected) * (c->sum[i] - expected) / expected;
        freedom++;
    }
    double p = gsl_cdf_chisq_Q(chi2, freedom);
    return p > 0.5 ? -gsl_cdf_ugaussian_Pinv(1 - p) : gsl_cdf_ugaussian_Qinv(p);
}

#define DAY_RUN "\"horizon\": \"1 day\", \"warmup\": \"0 s\", \"follow_up\": \"0 s\", "

/* --- lines --- */

START_TEST(counts_follow_the_lines_between_rate_points_to_the_last_interval)
{
    /* 0 at 8:00 up to 60 at 9:00, down to 20 at 11:00, to 0 at 12:00; in periods of 15 min */
    static struct counts c;
    count(&c, 400, DAY_RUN "\"period\": \"15 min\"",
          "\"volume\": {\"rate_points_per_h\": {\"interval\": \"1 h\", \"from\": \"8 h\", "
          "\"values\": [0, 60, 40, 20, 0]}}",
          "");
    static const double at_hour[] = {0, 60, 40, 20, 0};
    double mean[BINS] = {0};
    for (int q = 0; q < 16; q++) {
        double a = at_hour[q / 4];
        double b = at_hour[q / 4 + 1];
        double middle = a + (b - a) * ((q % 4) + 0.5) / 4;
        mean[32 + q] = middle / 4;
    }
    double z = poisson_score(&c, mean);
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
    /* and Poisson in all: variance = mean */
    double n = (double)c.reps;
    double m = c.total / n;
    double v = (c.total2 - c.total * c.total / n) / (n - 1);
    ck_assert_double_eq_tol(m, 30 + 50 + 30 + 10, 4 * sqrt(120 / n));
    ck_assert_double_eq_tol(v / m, 1, 4 * sqrt(2 / n));
}
END_TEST

START_TEST(a_line_over_a_whole_day_goes_on_to_the_next_morning)
{
    /* 24 points repeated daily: the last interval falls from 30 back to 10 */
    static struct counts c;
    count(&c, 200,
          "\"horizon\": \"2 days\", \"warmup\": \"0 s\", \"follow_up\": \"0 s\", "
          "\"period\": \"30 min\"",
          "\"volume\": {\"rate_points_per_h\": {\"interval\": \"12 h\", \"repeat\": \"day\", "
          "\"values\": [10, 30]}}",
          "");
    double mean[BINS];
    for (int i = 0; i < 96; i++) {
        double hour = (i % 48 + 0.5) / 2;
        double rate = hour < 12 ? 10 + 20 * hour / 12 : 30 - 20 * (hour - 12) / 12;
        mean[i] = rate / 2;
    }
    double z = poisson_score(&c, mean);
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
}
END_TEST

/* --- renewal --- */

START_TEST(a_constant_time_between_arrivals_puts_each_where_it_belongs)
{
    static struct counts c;
    count(&c, 2,
          "\"horizon\": \"3 h\", \"warmup\": \"0 s\", \"follow_up\": \"0 s\", "
          "\"period\": \"10 min\"",
          "\"volume\": {\"interarrival\": \"40 s\"}", "");
    for (size_t i = 0; i < c.bins; i++) {
        /* multiples of 40 s in [600 i, 600 (i + 1)), 0 not among them */
        double from = ceil(600.0 * (double)i / 40);
        double to = ceil(600.0 * (double)(i + 1) / 40);
        ck_assert_double_eq(c.sum[i], 2 * (to - (from < 1 ? 1 : from)));
    }
}
END_TEST

START_TEST(a_varying_rate_runs_a_renewal_process_in_operational_time)
{
    /* Deterministic in operational time: the 3rd hour has exactly twice the contacts of the 1st. */
    static struct counts c;
    count(&c, 2,
          "\"horizon\": \"4 h\", \"warmup\": \"0 s\", \"follow_up\": \"0 s\", "
          "\"period\": \"1 h\"",
          "\"volume\": {\"interarrival\": \"1 s\", \"per_interval\": {\"interval\": \"1 h\", "
          "\"values\": [50.5, 0, 100, 7.75]}}",
          "");
    static const double expected[] = {50, 0, 100, 8};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq(c.sum[i], 2 * expected[i]);
    }
}
END_TEST

START_TEST(renewal_counts_vary_as_their_times_do)
{
    /* Variance of counts over mean tends to cv^2 (renewal central limit theorem); 4 % off at 360
     * arrivals is what is left of the finite day. */
    static const double cv[] = {0.5, 2.0};
    for (int k = 0; k < 2; k++) {
        static struct counts c;
        char type[200];
        snprintf(type, sizeof type,
                 "\"volume\": {\"rate_per_h\": 15, \"interarrival\": {\"dist\": \"gamma\", "
                 "\"mean\": \"9 min\", \"cv\": %g}}",
                 cv[k]);
        count(&c, 1000, DAY_RUN "\"period\": \"1 day\"", type, "");
        double ratio = variance_of(&c, 0) / mean_of(&c, 0);
        ck_assert_double_eq_tol(ratio / (cv[k] * cv[k]), 1, 0.04 + 4 * sqrt(2.0 / 1000));
    }
}
END_TEST

/* --- daily counts --- */

START_TEST(daily_counts_are_kept_exactly_and_spread_by_the_profile)
{
    static struct counts c;
    count(&c, 300,
          "\"start\": \"2026-01-05\", \"horizon\": \"7 days\", \"warmup\": \"5 h\", "
          "\"follow_up\": \"0 s\", \"period\": \"1 h\"",
          "\"volume\": {\"daily_counts\": {\"interval\": \"1 day\", \"repeat\": \"week\", "
          "\"values\": [200, 100, 100, 100, 100, 0, 10]}}, \"profile\": {\"interval\": \"1 h\", "
          "\"repeat\": \"day\", \"from\": \"8 h\", \"values\": [1, 3, 2, 0, 4]}",
          "");
    static const double counts[] = {200, 100, 100, 100, 100, 0, 10};
    static const double share[] = {0.1, 0.3, 0.2, 0, 0.4};
    double chi2 = 0;
    for (int day = 0; day < 7; day++) {
        double all = 0;
        for (int h = 0; h < 24; h++) {
            size_t bin = (size_t)(24 * day + h);
            double p = h >= 8 && h < 13 ? share[h - 8] : 0;
            all += c.sum[bin];
            double expected = counts[day] * p * 300;
            if (expected == 0) {
                ck_assert_double_eq(c.sum[bin], 0);
            } else {
                chi2 += (c.sum[bin] - expected) * (c.sum[bin] - expected) / expected;
            }
        }
        ck_assert_double_eq(all, 300 * counts[day]); /* of every day, hence of each replication */
    }
    double n = (double)c.reps;
    ck_assert_double_eq(c.total2 * n, c.total * c.total);            /* no variance at all */
    double z = gsl_cdf_ugaussian_Qinv(gsl_cdf_chisq_Q(chi2, 6 * 3)); /* 6 days, 4 hours each */
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
}
END_TEST

START_TEST(a_fraction_of_a_daily_count_is_a_probability)
{
    static struct counts c;
    count(&c, 2000, DAY_RUN "\"period\": \"1 day\"", "\"volume\": {\"daily_counts\": 3.25}", "");
    ck_assert_double_eq_tol(mean_of(&c, 0), 3.25, 4 * sqrt(0.25 * 0.75 / 2000));
    ck_assert_double_eq_tol(variance_of(&c, 0), 0.25 * 0.75, 0.02);
}
END_TEST

Suite *suite_arrivals(void)
{
    Suite *suite = suite_create("arrivals");
    TCase *tc = tcase_create("processes");
    tcase_add_test(tc, counts_follow_the_lines_between_rate_points_to_the_last_interval);
    tcase_add_test(tc, a_line_over_a_whole_day_goes_on_to_the_next_morning);
    tcase_add_test(tc, a_constant_time_between_arrivals_puts_each_where_it_belongs);
    tcase_add_test(tc, a_varying_rate_runs_a_renewal_process_in_operational_time);
    tcase_add_test(tc, renewal_counts_vary_as_their_times_do);
    tcase_add_test(tc, daily_counts_are_kept_exactly_and_spread_by_the_profile);
    tcase_add_test(tc, a_fraction_of_a_daily_count_is_a_probability);
    suite_add_tcase(suite, tc);
    return suite;
}
