/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a run begins: independent days, a given backlog. Every run is balanced (run_document). */
#include "../sim_help.h"

Suite *suite_start(void);

#define DAY                                                                                        \
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '1 day',"                             \
    "   'follow_up': '2 days', 'period': '6 h', 'replications': 7, 'seed': 8,"                     \
    "   'days': 'independent'},"                                                                   \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'talk': '1 min', 'volume': {'rate_per_h': 20}}},"                   \
    " 'teams': {'agents': {'agents': 2}}}"

static cJSON *day(void)
{
    cJSON *doc = document_of(DAY);
    return doc;
}

/* Numerator of a metric in one replication of the first policy. */
static double in_replication(const struct run *run, const char *metric, size_t r)
{
    return run->res->num[row_at(run->res, metric) * run->res->replications + r];
}

static bool is_refused_with(const cJSON *doc, const char *code)
{
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_document(doc, &diags);
    bool is_named = has_diagnostic(diags, code, NULL);
    bool is_refused = sc == NULL;
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
    return is_named && (is_refused || code[4] == 'W');
}

/* ---- independent days ---- */

START_TEST(each_replication_lives_its_own_day_of_the_table)
{
    cJSON *doc = day();
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '1 day', 'values': [0, 200, 0, 400, 0, 0, 600]}}");
    struct run run = run_document(doc, 0);
    static const double expected[7] = {0, 200, 0, 400, 0, 0, 600};
    for (size_t r = 0; r < 7; r++) {
        double offered = in_replication(&run, "contacts_offered", r);
        /* Poisson: within 4 standard deviations, and none where there is none. */
        ck_assert_double_le(fabs(offered - expected[r]), 4 * sqrt(expected[r]));
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(dates_advance_through_weekends_and_holidays)
{
    cJSON *doc = day();
    put(doc, "/calendars",
        "{'week': {'hours': {'mon-fri': '08:00-20:00'}, 'holidays': ['2026-01-07']}}");
    put(doc, "/channels/phone/calendar", "'week'");
    struct run run = run_document(doc, 0);
    static const bool is_open[7] = {true, true, false, true, true, false, false};
    for (size_t r = 0; r < 7; r++) {
        ck_assert_int_eq(in_replication(&run, "contacts_answered", r) > 0, is_open[r]);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_day_begins_empty)
{
    /* Three agents' worth of calls for two agents: 1440 stay behind every day, never more. */
    cJSON *doc = day();
    put(doc, "/issue_types/call/volume/rate_per_h", "180");
    put(doc, "/run/follow_up", "'0 s'");
    struct run run = run_document(doc, 0);
    for (size_t r = 0; r < 7; r++) {
        double growth = in_replication(&run, "backlog_growth_per_day", r);
        ck_assert_double_le(fabs(growth - 1440), 4 * sqrt(180 * 24.0));
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_first_independent_day_is_the_first_day)
{
    cJSON *doc = day();
    put(doc, "/run/replications", "1");
    struct run independent = run_document(doc, 0);
    put(doc, "/run/days", "'continuous'");
    struct run continuous = run_document(doc, 0);
    ck_assert_uint_eq(independent.res->signature, continuous.res->signature);
    ck_assert_int_eq(
        ccs_results_row(independent.res, "service_level", CCS_SLICE_PERIOD, "day 1 06:00:00") >= 0,
        1);
    run_free(&independent);
    run_free(&continuous);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_horizon_of_some_days_steps_by_whole_days)
{
    cJSON *doc = day();
    put(doc, "/run/horizon", "'30 h'");
    put(doc, "/run/replications", "3");
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '1 day', 'values': [0, 0, 500, 0, 0, 0]}}");
    struct run run = run_document(doc, 0);
    ck_assert_double_eq(in_replication(&run, "contacts_offered", 0), 0);
    ck_assert_double_gt(in_replication(&run, "contacts_offered", 1), 400); /* days 2 and 3 */
    ck_assert_double_eq(in_replication(&run, "contacts_offered", 2), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(independent_days_with_everything_in_them_balance_and_pair)
{
    /* Population, discounting, warm-up, closing: all that looks at the clock. */
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/run/days", "'independent'");
    put(doc, "/run/replications", "3");
    put(doc, "/run/discount_rate_per_year", "0.1");
    struct run run = run_document(doc, 0);
    ck_assert_uint_eq(run.res->replications, 3);
    double late = in_replication(&run, "contacts_offered", 2);
    ck_assert_double_gt(late, 0);
    struct ccs_results *two = experiment_of(run.sc, 0, 2);
    ck_assert_uint_eq(two->signature, run.res->signature);
    ck_assert_same_numbers(two, 0, run.res, 0, -1);
    ccs_results_destroy(two);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_independent_days_cannot_do_is_said)
{
    cJSON *doc = day();
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '1 day', 'values': [10, 10, 10]}}");
    ck_assert(is_refused_with(doc, "CCS-W402")); /* three days for seven replications */
    put(doc, "/run/replications", "3");
    ck_assert(!is_refused_with(doc, "CCS-W402"));
    put(doc, "/issue_types/call/volume/counts", "'all_contacts'");
    ck_assert(is_refused_with(doc, "CCS-E309"));
    cJSON_Delete(doc);
}
END_TEST

/* ---- backlog ---- */

/* Nobody calls; what there is to do waits at midnight. */
static cJSON *quiet(const char *backlog)
{
    cJSON *doc = day();
    put(doc, "/run/days", NULL);
    put(doc, "/run/replications", "3");
    put(doc, "/issue_types/call/volume", "{'per_interval': {'interval': '1 day', 'values': [0]}}");
    put(doc, "/teams/agents/agents", "1");
    put(doc, "/run/backlog", backlog);
    return doc;
}

START_TEST(a_backlog_is_worked_off_minute_by_minute)
{
    cJSON *doc = quiet("{'call': 60}");
    struct run run = run_document(doc, 0);
    for (size_t r = 0; r < 3; r++) {
        ck_assert_double_eq(in_replication(&run, "contacts_handled", r), 60);
        ck_assert_double_eq(in_replication(&run, "contacts_offered", r), 0);
        ck_assert_double_eq(in_replication(&run, "backlog_growth_per_day", r), -60);
        /* 59 wait a minute, then 58 ...: 1770 minutes in all. */
        ck_assert_double_eq(in_replication(&run, "queue_length", r), 1770 * 60.0);
        ck_assert_double_eq(in_replication(&run, "handle_hours", r), 1);
        ck_assert_double_eq(in_replication(&run, "occupancy", r), 3600);
        ck_assert_double_eq(in_replication(&run, "resolved_share", r), 0); /* of no cohort */
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_backlog_of_0_is_off_to_the_bit)
{
    cJSON *doc = day();
    struct run off = run_document(doc, 0);
    put(doc, "/run/backlog", "{'call': 0}");
    struct run zero = run_document(doc, 0);
    ck_assert_uint_eq(off.res->signature, zero.res->signature);
    ck_assert_same_numbers(off.res, 0, zero.res, 0, -1);
    run_free(&off);
    run_free(&zero);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_backlog_waits_for_the_doors_to_open)
{
    cJSON *doc = quiet("{'call': 30}");
    put(doc, "/calendars", "{'week': {'hours': {'mon-fri': '08:00-20:00'}}}");
    put(doc, "/channels/phone/calendar", "'week'");
    put(doc, "/teams/agents/calendar", "'week'");
    struct run run = run_document(doc, 0);
    ck_assert_double_eq(in_replication(&run, "contacts_handled", 0), 30);
    ck_assert_double_eq(in_replication(&run, "attempts_outside_hours", 0), 0);
    ck_assert_double_eq(in_replication(&run, "queue_length", 0), (30 * 480 + 435) * 60.0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_backlog_loses_patience)
{
    cJSON *doc = quiet("{'call': 500}");
    put(doc, "/channels/phone/patience", "{'dist': 'exponential', 'mean': '1 min'}");
    struct run run = run_document(doc, 0);
    ck_assert_double_lt(in_replication(&run, "contacts_handled", 0), 40);
    ck_assert_double_eq(in_replication(&run, "abandonment_rate", 0), 0); /* never offered */
    ck_assert_double_eq(in_replication(&run, "backlog_growth_per_day", 0), -500);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(all_policies_find_the_same_backlog_after_the_warm_up)
{
    cJSON *doc = read_document("tests/data/everything.json");
    cJSON *types = cJSON_GetObjectItemCaseSensitive(doc, "issue_types");
    put(doc, "/run/replications", "2");
    struct run without = run_document(doc, 0);
    putf(doc, "/run/backlog", "{'%s': 40}", types->child->string);
    struct run with = run_document(doc, 0);
    ck_assert_uint_ne(without.res->signature, with.res->signature);
    /* What has left at T less what was there at t0: 40 more at t0 under every policy. */
    for (size_t p = 0; p < with.res->policy_n; p++) {
        double handled = total_of(with.res, with.res->num, p, "contacts_handled");
        ck_assert_double_gt(handled,
                            total_of(without.res, without.res->num, p, "contacts_handled"));
    }
    run_free(&without);
    run_free(&with);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_is_no_backlog_is_refused)
{
    static const struct {
        const char *backlog, *code;
    } cases[] = {
        {"{'call': 2.5}", "CCS-E215"}, {"{'mail': 2}", "CCS-E205"}, {"{'call': -1}", "CCS-E214"}};
    cJSON *doc = quiet(cases[_i].backlog);
    ck_assert(is_refused_with(doc, cases[_i].code));
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_start(void)
{
    Suite *suite = suite_create("start");
    TCase *c = tcase_create("independent days");
    tcase_add_test(c, each_replication_lives_its_own_day_of_the_table);
    tcase_add_test(c, dates_advance_through_weekends_and_holidays);
    tcase_add_test(c, every_day_begins_empty);
    tcase_add_test(c, the_first_independent_day_is_the_first_day);
    tcase_add_test(c, a_horizon_of_some_days_steps_by_whole_days);
    tcase_add_test(c, independent_days_with_everything_in_them_balance_and_pair);
    tcase_add_test(c, what_independent_days_cannot_do_is_said);
    suite_add_tcase(suite, c);
    c = tcase_create("backlog");
    tcase_add_test(c, a_backlog_is_worked_off_minute_by_minute);
    tcase_add_test(c, a_backlog_of_0_is_off_to_the_bit);
    tcase_add_test(c, a_backlog_waits_for_the_doors_to_open);
    tcase_add_test(c, a_backlog_loses_patience);
    tcase_add_test(c, all_policies_find_the_same_backlog_after_the_warm_up);
    tcase_add_loop_test(c, what_is_no_backlog_is_refused, 0, 3);
    suite_add_tcase(suite, c);
    return suite;
}
