/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The automatic warm-up: what experiment/warmup.h promises. */
#include "../sim_help.h"

#include "experiment/warmup.h"
#include "stats/zscore.h"

Suite *suite_warmup(void);

/* M/M/1; load in the rate. */
#define QUEUE                                                                                      \
    "{'name': 't', 'run': {'horizon': '10 h', 'follow_up': '10 h', 'warmup': 'auto', "             \
    "'replications': 400, 'seed': 8},"                                                             \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'talk': {'dist': 'exponential', 'mean': '1 min'},"                  \
    "   'volume': {'rate_per_h': 54}}},"                                                           \
    " 'teams': {'agents': {'agents': 1}}}"

static cJSON *queue(void)
{
    cJSON *doc = document_of(QUEUE);
    return doc;
}

static bool warns_of_no_steady_state(const struct run *run)
{
    bool warned = false;
    for (size_t i = 0; i < run->res->warning_n; i++) {
        const char *code = run->res->warnings[i].code;
        warned = warned || (code && strcmp(code, "CCS-W440") == 0);
    }
    return warned;
}

START_TEST(what_it_finds_takes_the_bias_of_the_empty_start_away)
{
    /* Load 0.8: 4 minutes wait in the long run; three hours from empty are short of that. */
    cJSON *doc = queue();
    put(doc, "/issue_types/call/volume/rate_per_h", "48");
    put(doc, "/run/horizon", "'3 h'");
    struct run found = run_document(doc, 0);
    ck_assert(!warns_of_no_steady_state(&found));
    ck_assert_int_gt(found.res->warmup, CCS_US_PER_H);
    ck_assert_ptr_nonnull(strstr(found.res->warmup_finding, "MSER-5"));
    ck_assert_double_le(fabs(ccs_z_compare(estimate_of(found.res, 0, "wait_mean"), 4 * 60, 0)), 4);
    put(doc, "/run/warmup", "'0 s'");
    struct run empty = run_document(doc, 0);
    ck_assert_ptr_null(empty.res->warmup_finding);
    ck_assert_double_lt(ccs_z_compare(estimate_of(empty.res, 0, "wait_mean"), 4 * 60, 0), -4);
    run_free(&found);
    run_free(&empty);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(found_or_given_the_same_warm_up_gives_the_same_results)
{
    cJSON *doc = queue();
    put(doc, "/run/replications", "3");
    struct run found = run_document(doc, 0);
    putf(doc, "/run/warmup", "'%.0f s'", ccs_time_to_s(found.res->warmup));
    struct run given = run_document(doc, 0);
    ck_assert_int_eq(given.res->warmup, found.res->warmup);
    ck_assert_uint_eq(given.res->signature, found.res->signature);
    ck_assert_same_numbers(given.res, 0, found.res, 0, -1);
    run_free(&found);
    run_free(&given);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(it_depends_on_the_scenario_and_the_seed_alone)
{
    cJSON *doc = queue();
    put(doc, "/run/replications", "3");
    struct run one = run_document(doc, 0);
    struct ccs_results *more = experiment_of(one.sc, 7, 2);
    ck_assert_int_eq(more->warmup, one.res->warmup);
    ck_assert_str_eq(more->warmup_finding, one.res->warmup_finding);
    put(doc, "/policies",
        "{'a': {'kind': 'none'}, 'b': {'kind': 'none',"
        " 'with': {'teams': {'agents': {'agents': 3}}}}}");
    put(doc, "/baseline", "'a'");
    struct run two = run_document(doc, 0);
    ck_assert_str_eq(two.res->warmup_finding, one.res->warmup_finding);
    put(doc, "/run/seed", "9");
    struct run other = run_document(doc, 0);
    ck_assert_str_ne(other.res->warmup_finding, one.res->warmup_finding); /* its level at least */
    ccs_results_destroy(more);
    run_free(&one);
    run_free(&two);
    run_free(&other);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(overload_has_no_steady_state)
{
    cJSON *doc = queue();
    put(doc, "/run/replications", "2");
    put(doc, "/issue_types/call/volume/rate_per_h", "66");
    struct run run = run_document(doc, 0);
    ck_assert(warns_of_no_steady_state(&run));
    ck_assert_ptr_nonnull(strstr(run.res->warmup_finding, "no steady state"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(weekdays_are_no_trend)
{
    /* Busy on Mondays, closed on weekends: steady from week to week. */
    cJSON *doc = queue();
    put(doc, "/run/replications", "2");
    put(doc, "/run/horizon", "'1 week'");
    put(doc, "/calendars", "{'week': {'hours': {'mon-fri': '08:00-20:00'}}}");
    put(doc, "/teams/agents/calendar", "'week'");
    put(doc, "/channels/phone/calendar", "'week'");
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '1 day', 'repeat': 'week',"
        " 'values': [600, 300, 300, 300, 400, 0, 0]}}");
    put(doc, "/teams/agents/agents", "2");
    struct run run = run_document(doc, 0);
    ck_assert(!warns_of_no_steady_state(&run));
    ck_assert_ptr_nonnull(strstr(run.res->warmup_finding, "intervals of 1 day"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(tables_that_begin_at_t0_have_no_past)
{
    cJSON *doc = queue();
    put(doc, "/run/replications", "2");
    put(doc, "/issue_types/call/volume",
        "{'per_interval': {'interval': '5 h', 'values': [100, 100]}}");
    put(doc, "/run/follow_up", "'1 h'");
    struct run run = run_document(doc, 0);
    ck_assert(warns_of_no_steady_state(&run));
    ck_assert_int_eq(run.res->warmup, 0);
    ck_assert_ptr_nonnull(strstr(run.res->warmup_finding, "nothing happens before t0"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anger_has_its_three_half_lives)
{
    cJSON *doc = read_document("tests/data/with.json"); /* half-life two weeks */
    put(doc, "/run/warmup", "'auto'");
    put(doc, "/run/replications", "2");
    struct run run = run_document(doc, 0);
    ck_assert_int_ge(run.res->warmup, 6 * CCS_US_PER_WEEK);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_warmup(void)
{
    Suite *suite = suite_create("warmup");
    TCase *c = tcase_create("automatic");
    tcase_add_test(c, what_it_finds_takes_the_bias_of_the_empty_start_away);
    tcase_add_test(c, found_or_given_the_same_warm_up_gives_the_same_results);
    tcase_add_test(c, it_depends_on_the_scenario_and_the_seed_alone);
    tcase_add_test(c, overload_has_no_steady_state);
    tcase_add_test(c, weekdays_are_no_trend);
    tcase_add_test(c, tables_that_begin_at_t0_have_no_past);
    tcase_add_test(c, anger_has_its_three_half_lives);
    suite_add_tcase(suite, c);
    return suite;
}
