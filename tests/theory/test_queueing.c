/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The engine against closed forms: Erlang B, C and A, Pollaczek and Khinchine, Little, geometric
 * numbers of contacts, renewal-reward cost, inversion of a varying rate, the day factor, patience.
 * The formulas are written here a second time, in a few lines, so that no code is tested with
 * itself. Published and more demanding cases are in scenarios/verify.
 *
 * Seeds are fixed. The limit is |z| <= 4 throughout (a correct engine passes a check with
 * probability 0.99994 before the seed is fixed), where t statistics are turned into normal scores
 * (stats/zscore.h) and chi-square statistics by their tail probability.
 */
#include "erlang.h"
#include "sim_help.h"

#include "stats/zscore.h"

#include <gsl/gsl_cdf.h>

Suite *suite_queueing(void);

/* --- closed forms --- */

struct erlang_a {
    double wait, abandon, queue;
};

/* M/M/c+M as a birth-death chain cut at 2000, where nothing is left; rates per service time. */
static struct erlang_a erlang_a(double a, int c, double theta)
{
    double p = 1.0;
    double total = 0.0;
    struct erlang_a r = {0};
    for (int n = 0; n <= 2000; n++) {
        total += p;
        r.wait += n >= c ? p : 0.0;
        r.queue += n > c ? (n - c) * p : 0.0;
        int next = n + 1;
        p *= a / (next < c ? next : c + (next - c) * theta);
    }
    r.wait /= total;
    r.queue /= total;
    r.abandon = theta * r.queue / a;
    return r;
}

/* --- running and comparing --- */

/* A scenario from "run" to the end, printf-like, run as it says. */
__attribute__((format(printf, 1, 2))) static struct run simulate(const char *format, ...)
{
    static char text[16384];
    int head = snprintf(text, sizeof text, "{'schema_version': 1, 'name': 'theory', ");
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text + head, sizeof text - (size_t)head, format, args);
    va_end(args);
    ck_assert_int_lt(n, (int)sizeof text - head);
    struct run run = {.sc = scenario_of(text)};
    run.res = experiment_of(run.sc, 0, 1);
    assert_balanced(run.res);
    return run;
}

static double z_of(const struct run *run, const char *metric, double value)
{
    return ccs_z_compare(estimate_of(run->res, 0, metric), value, 0);
}

static void agrees(const struct run *run, const char *metric, double value)
{
    double z = z_of(run, metric, value);
    const struct ccs_estimate *e = estimate_of(run->res, 0, metric);
    ck_assert_msg(fabs(z) <= CCS_Z_FAIL, "%s: %.7g +- %.2g, closed form %.7g, z %.2f", metric,
                  e->mean, e->half_width, value, z);
}

/* One pool of exponential service of one minute: `channel` is what is inside the braces of the only
 * channel. */
static struct run pool(double per_min, int agents, const char *channel)
{
    return simulate("'run': {'horizon': '20 h', 'warmup': '2 h', 'follow_up': '2 h',"
                    "  'replications': 20, 'seed': 11},"
                    "'channels': {'phone': {%s}},"
                    "'issue_types': {'call': {'volume': {'rate_per_h': %g},"
                    "  'talk': {'dist': 'exponential', 'mean': '1 min'}}},"
                    "'teams': {'agents': {'agents': %d}}}",
                    channel, 60 * per_min, agents);
}

/* --- one pool --- */

START_TEST(waiting_without_abandonment_is_erlang_c)
{
    const double a = 6.0;
    const int c = 8;
    struct run run = pool(a, c, "'service_level_threshold': '20 s'");
    double wait = erlang_c(a, c);
    agrees(&run, "wait_probability", wait);
    agrees(&run, "wait_mean", 60 * wait / (c - a));
    agrees(&run, "queue_length", a * wait / (c - a));
    agrees(&run, "service_level", 1 - wait * exp(-(c - a) * 20.0 / 60));
    agrees(&run, "waited_over_2min_share", wait * exp(-(c - a) * 2.0));
    agrees(&run, "occupancy", a / c);
    agrees(&run, "contacts_offered", 20 * 60 * a);
    run_free(&run);
}
END_TEST

START_TEST(blocking_without_waiting_room_is_erlang_b)
{
    struct run run = pool(6, 8, "'lines': 8");
    double b = erlang_b(6, 8);
    agrees(&run, "blocking_rate", b);
    agrees(&run, "occupancy", 6 * (1 - b) / 8);
    ck_assert_double_eq(estimate_of(run.res, 0, "wait_mean")->mean, 0);
    run_free(&run);
}
END_TEST

START_TEST(waiting_with_exponential_patience_is_erlang_a)
{
    struct run run = pool(9, 8, "'patience': {'dist': 'exponential', 'mean': '2 min'}");
    struct erlang_a exact = erlang_a(9, 8, 0.5);
    agrees(&run, "wait_probability", exact.wait);
    agrees(&run, "abandonment_rate", exact.abandon);
    agrees(&run, "queue_length", exact.queue);
    agrees(&run, "wait_mean", 60 * exact.queue / 9);
    agrees(&run, "occupancy", 9 * (1 - exact.abandon) / 8);
    run_free(&run);
}
END_TEST

START_TEST(a_wrong_closed_form_is_told_apart)
{
    struct run run = pool(6, 8, "'patience': {'dist': 'exponential', 'mean': '2 min'}");
    struct erlang_a exact = erlang_a(6, 8, 0.5);
    agrees(&run, "wait_probability", exact.wait);
    ck_assert_double_gt(fabs(z_of(&run, "wait_probability", erlang_c(6, 8))), CCS_Z_FAIL);
    ck_assert_double_gt(fabs(z_of(&run, "abandonment_rate", 1.2 * exact.abandon)), CCS_Z_FAIL);
    run_free(&run);
}
END_TEST

/* Wq = lambda E S^2 / (2 (1 - rho)) = rho (1 + cv^2) / (2 (1 - rho)) mean services. */
static const struct {
    const char *talk;
    double cv2;
} services[] = {
    {"'1 min'", 0.0},
    {"{'dist': 'erlang', 'mean': '1 min', 'stages': 4}", 0.25},
    {"{'dist': 'gamma', 'mean': '1 min', 'cv': 0.7}", 0.49},
    {"{'dist': 'lognormal', 'mean': '1 min', 'cv': 1.2}", 1.44},
    {"{'dist': 'hyperexponential', 'mean': '1 min', 'cv': 1.5}", 2.25},
};

START_TEST(waiting_for_one_agent_is_pollaczek_khinchine)
{
    const double rho = 0.6;
    double cv2 = services[_i].cv2;
    struct run run = simulate("'run': {'horizon': '100 h', 'warmup': '4 h', 'follow_up': '4 h',"
                              "  'replications': 20, 'seed': %d},"
                              "'channels': {'phone': {}},"
                              "'issue_types': {'call': {'volume': {'rate_per_h': %g}, 'talk': %s}},"
                              "'teams': {'agents': {'agents': 1}}}",
                              20 + _i, 60 * rho, services[_i].talk);
    double wait_s = 60 * rho * (1 + cv2) / (2 * (1 - rho));
    agrees(&run, "wait_probability", rho);
    agrees(&run, "wait_mean", wait_s);
    agrees(&run, "queue_length", rho * wait_s / 60);
    agrees(&run, "resolution_time", wait_s + 60);
    agrees(&run, "occupancy", rho);
    run_free(&run);
}
END_TEST

START_TEST(talk_hold_and_wrap_all_occupy_the_agent)
{
    struct run run =
        simulate("'run': {'horizon': '50 h', 'warmup': '2 h', 'follow_up': '2 h',"
                 "  'replications': 20, 'seed': 31},"
                 "'channels': {'phone': {}},"
                 "'issue_types': {'call': {'volume': {'rate_per_h': 36}, 'talk': '30 s',"
                 "  'hold': '10 s', 'wrap': {'dist': 'exponential', 'mean': '20 s'}}},"
                 "'teams': {'agents': {'agents': 1}}}");
    double second_moment = (60 * 60 + 20 * 20) / 3600.0; /* of 40 s + exponential(20 s), minutes */
    double wait_s = 60 * 0.6 * second_moment / (2 * 0.4);
    agrees(&run, "wait_mean", wait_s);
    agrees(&run, "occupancy", 0.6);
    agrees(&run, "handle_time_per_contact", 60);
    agrees(&run, "resolution_time", wait_s + 40); /* the customer does not wait for the wrap */
    run_free(&run);
}
END_TEST

START_TEST(little_holds_between_queue_and_waits)
{
    struct run run = pool(9, 8, "'patience': {'dist': 'exponential', 'mean': '2 min'}");
    double offered = estimate_of(run.res, 0, "contacts_offered")->mean;
    double wait_s = estimate_of(run.res, 0, "wait_mean")->mean;
    double queue = estimate_of(run.res, 0, "queue_length")->mean;
    /* Not exact at the edges: of 4 waiting at t0 and at T each has up to 1 min outside, of 20 h. */
    ck_assert_double_eq_tol(queue / (offered / (20 * 3600) * wait_s), 1.0, 0.002);
    ck_assert_double_gt(queue, 2.0);
    run_free(&run);
}
END_TEST

/* --- customers who come back --- */

START_TEST(the_number_of_contacts_is_geometric)
{
    const double p = 0.4; /* falsely closed */
    const double r = 0.7; /* comes back */
    struct run run =
        simulate("'run': {'horizon': '200 h', 'warmup': '0 s', 'follow_up': '200 h',"
                 "  'replications': 20, 'seed': 41},"
                 "'channels': {'phone': {}},"
                 "'issue_types': {'call': {'volume': {'rate_per_h': 20}, 'talk': '1 min'}},"
                 "'teams': {'agents': {'agents': 50}},"
                 "'promises': {'false_closure': {'probability': %g, 'discovery_delay': '2 h'}},"
                 "'behavior': {'recontact': {'after_false_closure': %g,"
                 "  'delay': {'dist': 'exponential', 'mean': '1 h'}}}}",
                 p, r);
    double again = p * r;
    agrees(&run, "contacts_per_issue", 1 / (1 - again));
    agrees(&run, "first_contact_resolution", 1 - p);
    agrees(&run, "resolved_share", (1 - p) / (1 - again));
    agrees(&run, "given_up_share", p * (1 - r) / (1 - again));
    agrees(&run, "false_closures_per_issue", p / (1 - again));
    agrees(&run, "resolution_time", 60 + again / (1 - again) * (60 + 2 * 3600 + 3600));
    run_free(&run);
}
END_TEST

/* One agent is busy for years, so that everybody else waits as long as patience lasts. */
static struct run nobody_answers(const char *patience, double redial)
{
    return simulate("'run': {'horizon': '100 h', 'warmup': '10 h',"
                    "  'follow_up': '20 h', 'replications': 10, 'seed': 51},"
                    "'channels': {'phone': {'patience': %s, 'redial_probability': %g,"
                    "  'redial_delay': '5 min'}},"
                    "'issue_types': {'call': {'volume': {'rate_per_h': 60},"
                    "  'talk': '5 years'}},"
                    "'teams': {'agents': {'agents': 1}}}",
                    patience, redial);
}

START_TEST(patience_has_the_distribution_it_was_given)
{
    struct run run = nobody_answers("{'dist': 'lognormal', 'mean': '3 min', 'cv': 1.2}", 0);
    double s = sqrt(log1p(1.2 * 1.2));
    double median_min = 3 * exp(-s * s / 2);
    agrees(&run, "wait_mean", 180);
    agrees(&run, "waited_over_2min_share", gsl_cdf_ugaussian_Q(log(2 / median_min) / s));
    agrees(&run, "waited_over_5min_share", gsl_cdf_ugaussian_Q(log(5 / median_min) / s));
    ck_assert_double_eq(estimate_of(run.res, 0, "abandonment_rate")->mean, 1);
    run_free(&run);
    run = nobody_answers("'3 min'", 0);
    ck_assert_double_eq(estimate_of(run.res, 0, "wait_mean")->mean, 180);
    run_free(&run);
}
END_TEST

START_TEST(who_redials_keeps_identity_and_patience)
{
    const double again = 0.6;
    struct run run = nobody_answers("{'dist': 'exponential', 'mean': '3 min'}", again);
    double offered = total_of(run.res, run.res->num, 0, "contacts_offered");
    double issues = total_of(run.res, run.res->den, 0, "given_up_share");
    /* Poisson issues, geometric attempts. The window sees redials of earlier issues and not all
     * of its own, which balances. */
    double sd = sqrt(again / issues) / (1 - again);
    ck_assert_double_eq_tol(offered / issues, 1 / (1 - again), 4 * sd + 0.01);
    agrees(&run, "wait_mean", 180);
    /* Waiting times of one issue are one draw repeated: the mean is that of independent ones. */
    agrees(&run, "effort_per_issue", 180 / (1 - again));
    run_free(&run);
}
END_TEST

/* --- money --- */

START_TEST(cost_is_renewal_reward)
{
    const double a = 6.0;
    const int c = 8;
    struct run run =
        simulate("'run': {'horizon': '20 h', 'warmup': '2 h', 'follow_up': '2 h',"
                 "  'replications': 20, 'seed': 61},"
                 "'channels': {'phone': {'telecom_cost_per_min': 0.03}},"
                 "'issue_types': {'call': {'volume': {'rate_per_h': %g}, 'needs': 'decision',"
                 "  'amount': {'dist': 'lognormal', 'mean': 10, 'cv': 0.5},"
                 "  'fulfilment_cost': 2, 'justified_probability': 0.8,"
                 "  'talk': {'dist': 'exponential', 'mean': '1 min'}}},"
                 "'teams': {'agents': {'agents': %d, 'wage_per_h': 24, 'target_occupancy': 0.8}}}",
                 60 * a, c);
    double wait_min = erlang_c(a, c) / (c - a);
    double per_contact = 10 + 2 + 0.03 * (wait_min + 1);
    double contacts = 20 * 60 * a;
    agrees(&run, "cost_total", 24 * 20 * c + contacts * per_contact);
    agrees(&run, "cost_workload", contacts * (24.0 / 60 / 0.8 + per_contact));
    agrees(&run, "concession_cost", 10 * contacts);
    run_free(&run);
}
END_TEST

/* --- arrivals --- */

/* Normal score of the counts of arrivals by period against their means: chi-square over all n; a
 * mean of 0 allows no arrival at all. Sums over replications of Poisson counts are Poisson. */
static double z_of_counts(const struct run *run, const double *mean, size_t n)
{
    double chi2 = 0.0;
    size_t cells = 0;
    size_t freedom = 0; /* the means are given, none is estimated */
    for (size_t i = 0; i < run->res->row_n; i++) {
        const struct ccs_row *row = &run->res->rows[i];
        if (row->slice != CCS_SLICE_PERIOD || strcmp(row->metric->name, "contacts_offered") != 0) {
            continue;
        }
        ck_assert_uint_lt(row->index, n);
        double count = 0.0;
        for (size_t r = 0; r < run->res->replications; r++) {
            count += run->res->num[i * run->res->replications + r];
        }
        double expected = mean[row->index] * (double)run->res->replications;
        cells++;
        if (expected == 0) {
            ck_assert_double_eq(count, 0);
            continue;
        }
        ck_assert_double_gt(expected, 50); /* or chi-square is none */
        freedom++;
        chi2 += (count - expected) * (count - expected) / expected;
    }
    ck_assert_uint_eq(cells, n);
    return gsl_cdf_ugaussian_Qinv(gsl_cdf_chisq_Q(chi2, (double)freedom));
}

START_TEST(arrivals_follow_an_interval_table_to_its_last_interval)
{
    static const double values[] = {10, 0, 40, 5, 0, 0, 25, 60, 1, 7, 0, 12};
    double mean[2 * 12];
    for (size_t i = 0; i < 24; i++) { /* halves of intervals: even within them */
        mean[i] = values[i / 2] / 2;
    }
    struct run run =
        simulate("'run': {'horizon': '6 h', 'warmup': '0 s', 'period': '15 min',"
                 "  'replications': 400, 'seed': 71, 'follow_up': '12 h'},"
                 "'channels': {'phone': {}},"
                 "'issue_types': {'call': {'talk': '1 s', 'volume': {'per_interval':"
                 "  {'interval': '30 min', 'values': [10, 0, 40, 5, 0, 0, 25, 60, 1, 7, 0, 12]}}}},"
                 "'teams': {'agents': {'agents': 100}}}");
    ck_assert_double_le(fabs(z_of_counts(&run, mean, 24)), CCS_Z_FAIL);
    run_free(&run);
}
END_TEST

START_TEST(arrivals_follow_a_daily_profile_through_days_and_midnights)
{
    double mean[48];
    /* Weights: 8 x 0, 4 x 15, 8 x 6, 4 x 1; mean (60 + 48 + 4) / 24 = 14 / 3; rate 10 per hour. */
    for (size_t i = 0; i < 48; i++) {
        size_t hour = i % 24;
        double weight = hour < 8 ? 0 : hour < 12 ? 15 : hour < 20 ? 6 : 1;
        mean[i] = 10 * weight / (14.0 / 3);
    }
    struct run run =
        simulate("'run': {'horizon': '2 days', 'warmup': '1 days', 'period': '1 h',"
                 "  'replications': 200, 'seed': 72, 'follow_up': '1 h'},"
                 "'channels': {'phone': {}},"
                 "'issue_types': {'call': {'talk': '1 s', 'volume': {'rate_per_h': 10},"
                 "  'profile': {'interval': '1 h', 'repeat': 'day', 'values':"
                 "  [0,0,0,0,0,0,0,0, 15,15,15,15, 6,6,6,6,6,6,6,6, 1,1,1,1]}}},"
                 "'teams': {'agents': {'agents': 100}}}");
    ck_assert_double_le(fabs(z_of_counts(&run, mean, 48)), CCS_Z_FAIL);
    run_free(&run);
}
END_TEST

START_TEST(a_wrong_rate_in_one_interval_is_noticed)
{
    static const double wrong[] = {10, 20, 33}; /* 10, 20, 30 is what is simulated */
    static const double right[] = {10, 20, 30};
    struct run run = simulate("'run': {'horizon': '90 min', 'warmup': '0 s', 'period': '30 min',"
                              "  'replications': 400, 'seed': 73, 'follow_up': '1 h'},"
                              "'channels': {'phone': {}},"
                              "'issue_types': {'call': {'talk': '1 s', 'volume': {'per_interval':"
                              "  {'interval': '30 min', 'values': [10, 20, 30]}}}},"
                              "'teams': {'agents': {'agents': 100}}}");
    ck_assert_double_le(fabs(z_of_counts(&run, right, 3)), CCS_Z_FAIL);
    ck_assert_double_gt(z_of_counts(&run, wrong, 3), CCS_Z_FAIL);
    run_free(&run);
}
END_TEST

START_TEST(the_day_factor_gives_days_their_spread)
{
    enum {
        DAYS = 28,
        REPS = 40,
        N = DAYS * REPS
    };
    const double mean = 240.0;
    const double cv = 0.25;
    struct run run =
        simulate("'run': {'horizon': '%d days', 'warmup': '0 s', 'period': '1 days',"
                 "  'replications': %d, 'seed': 81, 'follow_up': '1 h'},"
                 "'channels': {'phone': {}},"
                 "'issue_types': {'call': {'talk': '1 s', 'volume': {'rate_per_h': %g},"
                 "  'day_factor_cv': %g}},"
                 "'teams': {'agents': {'agents': 100}}}",
                 DAYS, REPS, mean / 24, cv);
    double sum = 0.0;
    double squares = 0.0;
    double neighbours = 0.0; /* products of deviations of one day and the next */
    size_t seen = 0;
    double last[REPS] = {0};
    for (size_t i = 0; i < run.res->row_n; i++) {
        const struct ccs_row *row = &run.res->rows[i];
        if (row->slice != CCS_SLICE_PERIOD || strcmp(row->metric->name, "contacts_offered") != 0) {
            continue;
        }
        for (size_t r = 0; r < REPS; r++) {
            double x = run.res->num[i * REPS + r] - mean;
            sum += x;
            squares += x * x;
            neighbours += row->index > 0 ? x * last[r] : 0.0;
            last[r] = x;
            seen++;
        }
    }
    ck_assert_uint_eq(seen, N);
    /* Gamma-Poisson counts are negative binomial with k = 1 / cv^2: variance m + m^2 / k, excess
     * kurtosis 6 / k + 1 / variance. */
    double variance = mean + mean * mean * cv * cv;
    double kurtosis = 6 * cv * cv + 1 / variance;
    ck_assert_double_eq_tol(sum / N, 0, 4 * sqrt(variance / N));
    ck_assert_double_eq_tol(squares / N / variance, 1, 4 * sqrt((2 + kurtosis) / N));
    ck_assert_double_eq_tol(neighbours / N / variance, 0, 4 / sqrt(N));
    run_free(&run);
}
END_TEST

Suite *suite_queueing(void)
{
    Suite *suite = suite_create("queueing");
    TCase *tc = tcase_create("pool");
    tcase_add_test(tc, waiting_without_abandonment_is_erlang_c);
    tcase_add_test(tc, blocking_without_waiting_room_is_erlang_b);
    tcase_add_test(tc, waiting_with_exponential_patience_is_erlang_a);
    tcase_add_test(tc, a_wrong_closed_form_is_told_apart);
    tcase_add_loop_test(tc, waiting_for_one_agent_is_pollaczek_khinchine, 0,
                        sizeof services / sizeof services[0]);
    tcase_add_test(tc, talk_hold_and_wrap_all_occupy_the_agent);
    tcase_add_test(tc, little_holds_between_queue_and_waits);
    suite_add_tcase(suite, tc);
    tc = tcase_create("return");
    tcase_add_test(tc, the_number_of_contacts_is_geometric);
    tcase_add_test(tc, patience_has_the_distribution_it_was_given);
    tcase_add_test(tc, who_redials_keeps_identity_and_patience);
    tcase_add_test(tc, cost_is_renewal_reward);
    suite_add_tcase(suite, tc);
    tc = tcase_create("arrivals");
    tcase_add_test(tc, arrivals_follow_an_interval_table_to_its_last_interval);
    tcase_add_test(tc, arrivals_follow_a_daily_profile_through_days_and_midnights);
    tcase_add_test(tc, a_wrong_rate_in_one_interval_is_noticed);
    tcase_add_test(tc, the_day_factor_gives_days_their_spread);
    suite_add_tcase(suite, tc);
    return suite;
}
