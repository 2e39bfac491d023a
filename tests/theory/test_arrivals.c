/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The arrival processes against what defines them: counts by period against the integral of the
 * rate, fixed and random counts of a day, times between arrivals.
 *
 * Seeds are fixed; limit |z| <= 4, chi-square statistics by their normal score (counting.h).
 */
#include "counting.h"

Suite *suite_arrivals(void);

/* --- lines --- */

START_TEST(counts_follow_the_lines_between_rate_points_to_the_last_interval)
{
    /* 0 at 8:00 up to 60 at 9:00, down to 20 at 11:00, to 0 at 12:00; in periods of 15 min */
    static struct counts c;
    count(&c, 400, DAY_RUN "'period': '15 min'",
          "'volume': {'rate_points_per_h': {'interval': '1 h', 'from': '8 h', "
          "'values': [0, 60, 40, 20, 0]}}",
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
          "'horizon': '2 days', 'warmup': '0 s', 'follow_up': '0 s', "
          "'period': '30 min'",
          "'volume': {'rate_points_per_h': {'interval': '12 h', 'repeat': 'day', "
          "'values': [10, 30]}}",
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
          "'horizon': '3 h', 'warmup': '0 s', 'follow_up': '0 s', "
          "'period': '10 min'",
          "'volume': {'interarrival': '40 s'}", "");
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
          "'horizon': '4 h', 'warmup': '0 s', 'follow_up': '0 s', "
          "'period': '1 h'",
          "'volume': {'interarrival': '1 s', 'per_interval': {'interval': '1 h', "
          "'values': [50.5, 0, 100, 7.75]}}",
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
                 "'volume': {'rate_per_h': 15, 'interarrival': {'dist': 'gamma', 'mean': '9 min', "
                 "'cv': %g}}",
                 cv[k]);
        count(&c, 1000, DAY_RUN "'period': '1 day'", type, "");
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
          "'start': '2026-01-05', 'horizon': '7 days', 'warmup': '5 h', 'follow_up': '0 s', "
          "'period': '1 h'",
          "'volume': {'daily_counts': {'interval': '1 day', 'repeat': 'week', "
          "'values': [200, 100, 100, 100, 100, 0, 10]}}, 'profile': {'interval': '1 h', "
          "'repeat': 'day', 'from': '8 h', 'values': [1, 3, 2, 0, 4]}",
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
            double expected = counts[day] * p * (double)c.reps;
            if (expected == 0) {
                ck_assert_double_eq(c.sum[bin], 0);
            } else {
                chi2 += (c.sum[bin] - expected) * (c.sum[bin] - expected) / expected;
            }
        }
        ck_assert_double_eq(all, (double)c.reps *
                                     counts[day]); /* of every day, hence of each replication */
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
    count(&c, 2000, DAY_RUN "'period': '1 day'", "'volume': {'daily_counts': 3.25}", "");
    ck_assert_double_eq_tol(mean_of(&c, 0), 3.25, 4 * sqrt(0.25 * 0.75 / 2000));
    ck_assert_double_eq_tol(variance_of(&c, 0), 0.25 * 0.75, 0.02);
}
END_TEST

/* --- days unlike others --- */

START_TEST(special_days_and_holidays_change_what_they_say_and_nothing_else)
{
    /* Mon 5 to Sun 11 January 2026, 240 a day at 10 an hour: Tuesday is a holiday with half of it,
     * Wednesday has a factor, Thursday (a holiday too) a profile of its own, Friday a table. */
    static struct counts c;
    count(&c, 400,
          "'start': '2026-01-05', 'horizon': '7 days', 'warmup': '0 s', 'follow_up': '0 s', "
          "'period': '12 h'",
          "'volume': {'rate_per_h': 10}, "
          "'holidays': {'calendar': 'office', 'factor': 0.5}, 'special_days': {"
          "'2026-01-07': {'factor': 3}, "
          "'2026-01-08': {'factor': 2, 'profile': {'interval': '6 h', 'values': [0, 0, 1, 3]}},"
          "'2026-01-09': {'per_interval': {'interval': '12 h', 'values': [7, 1]}}}",
          ", 'calendars': {'office': {'hours': {'mon-fri': '08:00-18:00'}, "
          "'holidays': ['2026-01-06', '2026-01-08']}}");
    static const double mean[] = {120, 120, 60, 60, 360, 360, 0, 480, 7, 1, 120, 120, 120, 120};
    double z = poisson_score(&c, mean);
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
}
END_TEST

START_TEST(a_profile_of_a_special_day_is_on_the_scale_of_the_usual_one)
{
    static struct counts c;
    count(&c, 400,
          "'start': '2026-01-05', 'horizon': '2 days', 'warmup': '0 s', 'follow_up': '0 s', "
          "'period': '12 h'",
          "'volume': {'rate_per_h': 10}, 'profile': {'interval': '12 h', "
          "'repeat': 'day', 'values': [100, 300]}, "
          "'special_days': {'2026-01-06': {'profile': 400}}",
          "");
    static const double mean[] = {60, 180, 240, 240};
    double z = poisson_score(&c, mean);
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
}
END_TEST

/* --- random factors --- */

START_TEST(period_factors_have_the_stated_mean_spread_and_correlation)
{
    static const double rho[] = {0.8, 0, -0.5};
    for (int k = 0; k < 3; k++) {
        static struct counts c;
        char type[300];
        const double m = 500; /* a period; Poisson noise is 2 % of the factor's variance */
        const double cv = 0.3;
        snprintf(type, sizeof type,
                 "'volume': {'rate_per_h': %g}, 'period_factor': {'interval': '1 h', 'cv': %g, "
                 "'correlation': %g}",
                 m, cv, rho[k]);
        count(&c, 400,
              "'horizon': '36 h', 'warmup': '0 s', 'follow_up': '0 s', "
              "'period': '1 h'",
              type, "");
        double mean = 0;
        double variance = 0;
        double correlation = 0;
        for (size_t i = 0; i < 36; i++) {
            mean += mean_of(&c, i) / 36;
            variance += variance_of(&c, i) / 36;
            correlation += i < 35 && i != 23 ? correlation_of(&c, i) / 34 : 0;
        }
        ck_assert_double_eq_tol(mean / m, 1, widened(0.02, 400, &c));
        ck_assert_double_eq_tol(variance / (m * m * cv * cv + m), 1, widened(0.06, 400, &c));
        /* gamma instead of normal, and Poisson noise, take a little off */
        ck_assert_double_eq_tol(correlation, 0.96 * rho[k], widened(0.03, 400, &c));
        ck_assert_double_eq_tol(correlation_of(&c, 23), 0,
                                4 / sqrt((double)c.reps)); /* over midnight */
    }
}
END_TEST

START_TEST(period_factors_of_a_large_cv_keep_the_mean)
{
    static const double cvs[] = {6.5, 10};
    static struct counts c;
    char type[200];
    snprintf(type, sizeof type, "'volume': {'rate_per_h': 50}, 'period_factor': {'cv': %g}",
             cvs[_i]);
    count(&c, 400,
          "'horizon': '1 day', 'warmup': '0 s', 'follow_up': '0 s', 'period': "
          "'1 day'",
          type, "");
    /* 48 independent factors a day; four standard errors */
    ck_assert_double_eq_tol(mean_of(&c, 0) / 1200, 1, 4 * cvs[_i] / sqrt(48.0 * (double)c.reps));
}
END_TEST

START_TEST(a_group_shares_its_day_factor_and_others_do_not)
{
    for (int shares = 0; shares < 2; shares++) {
        static struct counts c;
        char type[500];
        const char *group = shares ? ", 'day_factor_group': 'weather'" : "";
        snprintf(type, sizeof type,
                 "'volume': {'rate_per_h': 100}, 'day_factor_cv': 0.2%s, 'talk': '1 s'}, "
                 "'other': {'volume': {'rate_per_h': 100}, 'day_factor_cv': 0.2%s",
                 group, group);
        count(&c, 600, DAY_RUN "'period': '1 day'", type, "");
        double m = 4800;
        double factor = (variance_of(&c, 0) - m) / (m * m);
        ck_assert_double_eq_tol(factor / (shares ? 0.04 : 0.02), 1, 4 * sqrt(2.0 / (double)c.reps));
    }
}
END_TEST

/* --- bursts --- */

START_TEST(bursts_add_or_multiply_contacts_in_their_shape)
{
    static const char *const shape[] = {"flat", "linear", "exponential"};
    for (int k = 0; k < 3; k++) {
        static struct counts c;
        char type[500];
        snprintf(type, sizeof type,
                 "'volume': {'rate_per_h': 24}, 'bursts': {'outage': {'date': '2026-01-05', "
                 "'from': '6 h', 'duration': '4 h', 'contacts': 400, 'shape': '%s'}, "
                 "'silence': {'date': '2026-01-05', 'from': '90 min', 'duration': '1 h', "
                 "'factor': 0.25}}",
                 shape[k]);
        count(&c, 200, "'start': '2026-01-05', " DAY_RUN "'period': '1 h'", type, "");
        double mean[BINS];
        for (int h = 0; h < 24; h++) {
            double a = (h - 6) / 4.0;
            double b = (h - 5) / 4.0;
            double share = 0;
            if (k == 0) {
                share = h >= 6 && h < 10 ? 0.25 : 0;
            } else if (k == 1) {
                share = h >= 6 && h < 10 ? (1 - a) * (1 - a) - (1 - b) * (1 - b) : 0;
            } else {
                share = h >= 6 ? exp(-a) - exp(-b) : 0;
            }
            mean[h] = 24 * (h == 1 || h == 2 ? 0.625 : 1) + 400 * share;
        }
        double z = poisson_score(&c, mean);
        ck_assert_msg(fabs(z) <= 4, "%s: z %.2f", shape[k], z);
    }
}
END_TEST

/* --- replay --- */

START_TEST(a_replayed_day_is_the_recorded_one_to_the_microsecond)
{
    /* One server: Lindley's recursion on the same numbers. */
    FILE *file = fopen("scenarios/data/trace_100.csv", "r");
    ck_assert_msg(file != NULL, "run the tests in the root of the repository");
    char line[200];
    ccs_time free_at = 0;
    int64_t wait_us = 0;
    int64_t n = 0;
    while (fgets(line, sizeof line, file)) {
        double arrival;
        double talk;
        if (sscanf(line, "%lf,%lf", &arrival, &talk) == 2) {
            ccs_time at = llround(arrival * 1e6);
            ccs_time start = at > free_at ? at : free_at;
            wait_us += start - at;
            free_at = start + llround(talk * 1e6);
            n++;
        }
    }
    fclose(file);
    ck_assert_int_eq(n, 100);
    struct ccs_scenario *sc =
        scenario_of("{'name': 'replay', 'run': {'horizon': '300 s', 'warmup': '0 s', "
                    "'follow_up': '0 s'}, 'channels': {'phone': {}}, "
                    "'issue_types': {'call': {'volume': {'replay': {'csv': "
                    "'scenarios/data/trace_100.csv', 'talk': 'talk'}}, "
                    "'talk': '1 s'}}, 'teams': {'server': {'agents': 1}}}");
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    world_live(&lone, model_of(sc, NULL));
    const struct ccs_access *access = lone.w->measure.access.data;
    ck_assert_int_eq(access->answered, 100);
    ck_assert_int_eq(access->wait_us, wait_us);
    ck_assert(lone.w->measure.cohort.data != NULL);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(recorded_dates_types_channels_and_talk_times_are_taken_over)
{
    /* 5 January is t0; what came the evening before belongs to the warm-up. */
    struct ccs_scenario *sc =
        scenario_of("{'name': 'replay', 'run': {'start': '2026-01-05', 'horizon': '2 days', "
                    "'warmup': '2 h', 'follow_up': '0 s', 'period': '1 h'}, "
                    "'channels': {'phone': {}, 'chat': {'kind': 'chat'}}, "
                    "'issue_types': {'bill': {'volume': {'replay': {'csv': "
                    "'tests/data/trace-mixed.csv', 'arrival': 'when', "
                    "'issue_type': 'reason', "
                    "'channel': 'medium', 'talk': 'seconds'}}, 'talk': '1 s', "
                    "'channel_mix': {'phone': 1}}, 'fault': {'volume': {'replay': {'csv': "
                    "'tests/data/trace-mixed.csv', "
                    "'arrival': 'when', 'issue_type': 'reason'}}, 'talk': '7 s', "
                    "'channel_mix': {'phone': 1}}}, 'teams': {'all': {'agents': 9}}}");
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    ck_assert_uint_eq(lone.w->measure.conserved.issues_born, 1);
    world_live(&lone, model_of(sc, NULL));
    const struct ccs_access(*access)[2] = lone.w->measure.access.data; /* chat, phone */
    int64_t offered = 0;
    for (size_t i = 0; i < lone.w->measure.period_n; i++) {
        offered += access[i][0].offered + access[i][1].offered;
    }
    ck_assert_int_eq(offered, 4);
    ck_assert_int_eq(access[8][1].handle_us, (120 + 7) * CCS_US_PER_S); /* the fault by its dist */
    ck_assert_int_eq(access[9][1].handle_us, 60 * CCS_US_PER_S);
    ck_assert_int_eq(access[34][0].handle_us, 90 * CCS_US_PER_S);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(wrong_rows_of_a_recording_are_named_with_their_line)
{
    static const char *const line[] = {
        "trace-bad.csv:3: error CCS-E117", "trace-bad.csv:4: error CCS-E117",
        "trace-bad.csv:5: error CCS-E205", "trace-bad.csv:6: error CCS-E214",
        "trace-bad.csv:7: error CCS-E117", "trace-bad.csv:8: error CCS-E116",
        "trace-bad.csv:9: error CCS-E116", /* a decimal comma */
    };
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(
        "{'name': 'replay', 'run': {'horizon': '1 day'}, 'channels': {'phone': {}}, "
        "'issue_types': {'bill': {'volume': {'replay': {'csv': 'tests/data/trace-bad.csv', "
        "'issue_type': 'reason', 'talk': 'talk'}}, 'talk': '1 s'}}, "
        "'teams': {'server': {'agents': 1}}}",
        NULL, &diags);
    ck_assert_ptr_null(sc);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 7);
    for (size_t i = 0; i < 7; i++) {
        ck_assert_msg(strstr(ccs_diagnostics_line(diags, i), line[i]) != NULL, "%s: %s", line[i],
                      ccs_diagnostics_line(diags, i));
    }
    ccs_diagnostics_destroy(diags);
}
END_TEST

/* --- what does not fit --- */

/* The issue type has this diagnostic, and is refused if that is an error. */
static void refuses(const char *type, const char *code, const char *about)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'bad', 'run': {'start': '2026-01-05', 'horizon': '1 week'}, "
        "'calendars': {'office': {'hours': 'always'}}, 'segments': {'a': {'population': 10}, "
        "'b': {'population': 10}}, 'channels': {'phone': {}}, 'issue_types': {'call': {%s, "
        "'talk': '1 min'}}, 'teams': {'all': {'agents': 1}}}",
        type);
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
    assert_diagnostic(diags, code, about, type);
    ck_assert_msg((sc == NULL) == (code[4] == 'E'), "%s", type);
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
}

START_TEST(demand_that_does_not_fit_is_named)
{
    static const char *const bad[][3] = {
        {"'volume': {}", "CCS-E314", "give one of"},
        {"'volume': {'rate_per_h': 1, 'daily_counts': 5}", "CCS-E314", "give one of"},
        {"'volume': {'rate_points_per_h': 4}", "CCS-E314", "no points"},
        {"'volume': {'rate_points_per_h': {'interval': '1 h', 'values': [1, -1]}}", "CCS-E214",
         "/issue_types/call/volume/rate_points_per_h/values/1"},
        {"'volume': {'interarrival': '0 s'}", "CCS-E314", "mean of `interarrival`"},
        {"'volume': {'interarrival': {'dist': 'pareto', 'mean': '1 min', 'min': '1 s'}, "
         "'daily_counts': 5}",
         "CCS-E314", "independent"},
        {"'volume': {'interarrival': '1 min', 'share': 0.5}", "CCS-E314", "`share`"},
        {"'volume': {'daily_counts': {'interval': '1 h', 'values': [1]}}", "CCS-E314", "1 day"},
        {"'volume': {'daily_counts': 5}, 'day_factor_cv': 0.1", "CCS-E314", "are fixed"},
        {"'volume': {'daily_counts': 5}, 'profile': {'interval': '24 h', 'repeat': 'week', "
         "'values': [1, 1, 0, 1, 1]}",
         "CCS-E314", "2026-01-07"},
        {"'volume': {'rate_per_h': 5}, 'special_days': {'24.12.': {'factor': 0}}", "CCS-E211",
         "YYYY-MM-DD"},
        {"'volume': {'rate_per_h': 5}, 'special_days': {'2026-01-06': {}}", "CCS-E314",
         "says nothing"},
        {"'rate_per_customer_year': 1, 'special_days': {'2026-01-06': {'per_interval': "
         "{'interval': '1 h', 'values': [1]}}}",
         "CCS-E314", "use `factor`"},
        {"'volume': {'rate_per_h': 5}, 'holidays': {'calendar': 'office', 'factor': 0}", "CCS-W404",
         "no `holidays`"},
        {"'volume': {'rate_per_h': 5}, 'period_factor': {'interval': '7 min', 'cv': 0.1}",
         "CCS-E314", "divide a day"},
        {"'volume': {'rate_per_h': 5}, 'bursts': {'x': {'date': '2026-01-06', "
         "'duration': '1 h'}}",
         "CCS-E314", "either `factor` or"},
        {"'volume': {'rate_per_h': 5}, 'bursts': {'x': {'date': '2026-01-06', 'duration': '1 h', "
         "'factor': 2, 'shape': 'linear'}}",
         "CCS-E314", "`shape` belongs"},
        {"'rate_per_customer_year': 1, 'bursts': {'x': {'date': '2026-01-06', 'duration': '1 h', "
         "'contacts': 2}}",
         "CCS-E314", "several segments"},
        {"'volume': {'rate_per_h': 5}, 'bursts': {'x': {'date': '2027-01-06', 'duration': '1 h', "
         "'contacts': 2}}",
         "CCS-W404", "outside the run"},
        {"'volume': {'replay': {'csv': 'nowhere.csv'}}", "CCS-E100", "nowhere.csv"},
        {"'volume': {'replay': {'csv': 'tests/data/trace-mixed.csv'}}", "CCS-E116",
         "has no `arrival`"},
        {"'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv'}, 'share': 0.5}", "CCS-E314",
         "replayed as they are"},
        {"'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv'}}, 'day_factor_cv': 0.5",
         "CCS-E314", "replayed as they are"},
        {"'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv', 'colum': 'x'}}", "CCS-E200",
         "unknown key"},
        {"'volume': {'rate_points_per_h': {'interval': '1 day', 'values': [1, 2, 3]}}", "CCS-W402",
         "ends 5.0 days"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        refuses(bad[i][0], bad[i][1], bad[i][2]);
    }
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
    tcase_add_test(tc, special_days_and_holidays_change_what_they_say_and_nothing_else);
    tcase_add_test(tc, a_profile_of_a_special_day_is_on_the_scale_of_the_usual_one);
    tcase_add_test(tc, period_factors_have_the_stated_mean_spread_and_correlation);
    tcase_add_loop_test(tc, period_factors_of_a_large_cv_keep_the_mean, 0, 2);
    tcase_add_test(tc, a_group_shares_its_day_factor_and_others_do_not);
    tcase_add_test(tc, bursts_add_or_multiply_contacts_in_their_shape);
    tcase_add_test(tc, a_replayed_day_is_the_recorded_one_to_the_microsecond);
    tcase_add_test(tc, recorded_dates_types_channels_and_talk_times_are_taken_over);
    tcase_add_test(tc, wrong_rows_of_a_recording_are_named_with_their_line);
    tcase_add_test(tc, demand_that_does_not_fit_is_named);
    suite_add_tcase(suite, tc);
    return suite;
}
