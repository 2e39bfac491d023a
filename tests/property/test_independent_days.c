/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Independent days: replication r lives the r-th window after `start`. What has a date happens in
 * the replication that lives that date and in no other; without dates every replication is a copy
 * in law of the first.
 */
#include "../sim_help.h"

Suite *suite_independent_days(void);

#define DAYS                                                                                       \
    "'start': '2026-01-05', 'horizon': '1 day', 'warmup': '0 s', 'follow_up': '0 s', "             \
    "'days': 'independent'"

static void make(struct text *text, int replications, const char *type)
{
    text->n = 0;
    say(text,
        "{'name': 'days', 'run': {" DAYS
        ", 'replications': %d}, 'channels': {'phone': {}}, 'issue_types': {'call': {%s, "
        "'talk': '1 s'}}, 'teams': {'all': {'agents': 10000}}}",
        replications, type);
}

/* Contacts offered in the window of each of four replications. */
static void offered(int64_t n[4], const char *type)
{
    struct text text;
    make(&text, 4, type);
    struct ccs_scenario *sc = scenario_of(text.s);
    const struct ccs_model *model = model_of(sc, NULL);
    for (uint64_t r = 0; r < 4; r++) {
        struct lone_world lone;
        world_prepare(&lone);
        ck_assert_int_eq(ccs_world_init(lone.w, model, 3, r, 1.0, &lone.budget), CCS_OK);
        world_run(&lone, lone.w->origin);
        ck_assert_int_eq(lone.w->origin, (ccs_time)r * CCS_US_PER_DAY);
        world_live(&lone, model);
        ck_assert_uint_eq(lone.w->measure.period_n, 1);
        n[r] = ((const struct ccs_access *)lone.w->measure.access.data)->offered;
        world_finish(&lone);
    }
    ccs_scenario_destroy(sc);
}

START_TEST(daily_counts_and_special_days_fall_on_their_dates)
{
    int64_t n[4];
    offered(n, "'volume': {'daily_counts': {'interval': '1 day', 'values': [3, 50, 7, 20]}}, "
               "'special_days': {'2026-01-06': {'factor': 0.5}, '2026-01-08': {'factor': 0}}");
    ck_assert_int_eq(n[0], 3);
    ck_assert_int_eq(n[1], 25);
    ck_assert_int_eq(n[2], 7);
    ck_assert_int_eq(n[3], 0);
}
END_TEST

START_TEST(tables_and_bursts_fall_on_their_dates)
{
    int64_t n[4];
    offered(n, "'volume': {'per_interval': {'interval': '1 day', 'values': [0, 1000, 0, 0]}}, "
               "'bursts': {'outage': {'date': '2026-01-07', 'from': '10 h', 'duration': '2 h', "
               "'contacts': 400}}");
    ck_assert_int_eq(n[0], 0);
    ck_assert_double_le(fabs((double)n[1] - 1000), 4 * sqrt(1000));
    ck_assert_double_le(fabs((double)n[2] - 400), 4 * sqrt(400));
    ck_assert_int_eq(n[3], 0);
}
END_TEST

START_TEST(recorded_arrivals_fall_on_their_dates)
{
    int64_t n[4]; /* 100 arrivals in 300 units: of an hour, in 12.5 days */
    double hours[100] = {0};
    FILE *file = fopen("scenarios/data/trace_100.csv", "r");
    ck_assert_msg(file != NULL, "run the tests in the root of the repository");
    char line[200];
    size_t rows = 0;
    int64_t expected[4] = {0};
    while (fgets(line, sizeof line, file)) {
        rows += rows < 100 && sscanf(line, "%lf", &hours[rows]) == 1;
    }
    fclose(file);
    ck_assert_uint_eq(rows, 100);
    for (size_t i = 0; i < rows; i++) {
        if (hours[i] < 96) {
            expected[(int)(hours[i] / 24)]++;
        }
    }
    offered(n, "'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv', 'unit': 'h'}}");
    for (int r = 0; r < 4; r++) {
        ck_assert_int_gt(expected[r], 0);
        ck_assert_int_eq(n[r], expected[r]);
    }
}
END_TEST

START_TEST(without_dates_every_day_is_one_of_the_same_kind)
{
    int64_t n[4];
    offered(n, "'volume': {'rate_per_h': 100}");
    for (int r = 0; r < 4; r++) {
        ck_assert_double_le(fabs((double)n[r] - 2400), 4 * sqrt(2400));
        ck_assert(r == 0 || n[r] != n[r - 1]);
    }
}
END_TEST

/* Warnings and refusals look at the windows of all replications, not only at the first. */
START_TEST(what_lies_on_a_later_day_is_within_the_run)
{
    static const char burst[] =
        "'volume': {'rate_per_h': 1}, 'bursts': {'outage': {'date': '2026-01-08', "
        "'duration': '2 h', 'contacts': 400}}";
    struct text text;
    struct ccs_diagnostics *diags;
    for (int days = 2; days <= 4; days += 2) {
        make(&text, days, burst);
        struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
        ck_assert_ptr_nonnull(sc);
        ck_assert_int_eq(has_diagnostic(diags, "CCS-W404", "outside the run"), days == 2);
        ccs_scenario_destroy(sc);
        ccs_diagnostics_destroy(diags);
    }
    make(&text, 4,
         "'volume': {'daily_counts': {'interval': '1 day', 'values': [3, 5, 7, 20]}}, "
         "'profile': {'interval': '1 day', 'values': [1, 1, 0, 1]}");
    ck_assert_ptr_null(try_scenario(text.s, NULL, &diags));
    ck_assert(strstr(ccs_diagnostics_line(diags, 0), "2026-01-07") != NULL);
    ccs_diagnostics_destroy(diags);
}
END_TEST

Suite *suite_independent_days(void)
{
    Suite *suite = suite_create("independent_days");
    TCase *tc = tcase_create("windows");
    tcase_add_test(tc, daily_counts_and_special_days_fall_on_their_dates);
    tcase_add_test(tc, tables_and_bursts_fall_on_their_dates);
    tcase_add_test(tc, recorded_arrivals_fall_on_their_dates);
    tcase_add_test(tc, without_dates_every_day_is_one_of_the_same_kind);
    tcase_add_test(tc, what_lies_on_a_later_day_is_within_the_run);
    suite_add_tcase(suite, tc);
    return suite;
}
