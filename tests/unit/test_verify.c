/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verification cases: what is read, what is scored, and above all that a wrong value fails.
 * The scenario is Erlang B with one line: half of all attempts are blocked at 1 erlang.
 */
#include "gate/verify.h"

#include "base/diag.h"
#include "stats/zscore.h"

#include "../json_quotes.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_verify(void);

#define SCENARIO                                                                                   \
    "  'scenario': {'schema_version': 1, 'name': 'x }',\n"                                         \
    "    'run': {'horizon': '20 h', 'warmup': '10 min', 'replications': 10,\n"                     \
    "            'seed': 7, 'follow_up': '1 h'},\n"                                                \
    "    'channels': {'phone': {'lines': 1}},\n"                                                   \
    "    'issue_types': {'a.b': {'volume': {'rate_per_h': 60}, 'talk':\n"                          \
    "      {'dist': 'exponential', 'mean': '1 min'}}},\n"                                          \
    "    'teams': {'agents': {'agents': 1}}}"

#define CASE(checks) "{'id': 'X-1', 'title': 't } \\' {',\n" SCENARIO ",\n" checks "}"

/* Runs a text with single quotes; the caller destroys *result. */
static ccs_status run(const char *text, const char *effort, struct ccs_verify_case **result,
                      struct ccs_diagnostics *diags)
{
    struct ccs_verify_options options = {.effort = effort, .seed = -1, .jobs = 1};
    char message[200];
    char *json = json_text(text);
    ccs_status status = ccs_verify_run_text("case.json", "", json, strlen(json), &options, result,
                                            diags, message, sizeof message);
    free(json);
    return status;
}

static struct ccs_verify_case *good(const char *text, const char *effort)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_verify_case *result;
    ccs_status status = run(text, effort, &result, diags);
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        ck_abort_msg("%s", ccs_diagnostics_line(diags, i));
    }
    ck_assert_int_eq(status, CCS_OK);
    ccs_diagnostics_destroy(diags);
    return result;
}

/* A text that is no case: its only diagnostic has this code and stands at this line. */
static void bad(const char *text, const char *code, int line)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_verify_case *result;
    ck_assert_int_eq(run(text, NULL, &result, diags), CCS_EDATA);
    ck_assert_ptr_null(result);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, 0);
    ck_assert_str_eq(d->code, code);
    ck_assert_int_eq(d->line, line);
    ccs_diagnostics_destroy(diags);
}

#define BLOCKING "'path': 'policies.none.metrics.blocking_rate', 'kind': 'exact'"

START_TEST(the_right_value_passes)
{
    struct ccs_verify_case *c = good(CASE("'checks': [{" BLOCKING ", 'value': 0.5}]"), NULL);
    ck_assert_str_eq(c->id, "X-1");
    ck_assert_str_eq(c->title, "t } \" {");
    ck_assert(c->is_ok && c->is_balanced && c->checks[0].is_ok);
    ck_assert_double_le(fabs(c->checks[0].z), 4.0);
    ck_assert_uint_eq(c->replications, 10);
    ck_assert_double_eq_tol(c->checks[0].simulated.mean, 0.5, 0.05);
    struct ccs_verify_tally tally = {0};
    ccs_verify_tally_add(&tally, c);
    ck_assert(ccs_verify_tally_is_ok(&tally));
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(a_wrong_value_fails)
{
    /* The half-width of this run is about 0.01, so 0.45 is far more than 4 standard errors off. */
    struct ccs_verify_case *c = good(CASE("'checks': [{" BLOCKING ", 'value': 0.45}]"), NULL);
    ck_assert(!c->is_ok && !c->checks[0].is_ok && c->is_balanced);
    ck_assert_double_gt(c->checks[0].z, 4.0);
    struct ccs_verify_tally tally = {0};
    ccs_verify_tally_add(&tally, c);
    ck_assert(!ccs_verify_tally_is_ok(&tally));
    ck_assert_uint_eq(tally.failed, 1);
    ck_assert_uint_eq(tally.checks_failed, 1);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(one_wrong_value_among_right_ones_fails)
{
    struct ccs_verify_case *c =
        good(CASE("'checks': [{" BLOCKING ", 'value': 0.5}, {" BLOCKING ", 'value': 0.6},"
                  "{" BLOCKING ", 'value': 0.5}]"),
             NULL);
    ck_assert(!c->is_ok);
    ck_assert(c->checks[0].is_ok && !c->checks[1].is_ok && c->checks[2].is_ok);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(the_uncertainty_of_the_reference_counts)
{
    struct ccs_verify_case *c =
        good(CASE("'checks': [{" BLOCKING ", 'value': 0.45, 'half_width': 0.1}]"), NULL);
    ck_assert(c->is_ok);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(scale_turns_the_value_into_the_unit_of_the_metric)
{
    /* A contact that gets the line takes a minute: 1 min = 60 s. */
    struct ccs_verify_case *c =
        good(CASE("'checks': [{'path': 'policies.none.metrics.resolution_time',"
                  "'kind': 'exact', 'value': 1, 'scale': 60}]"),
             NULL);
    ck_assert(c->is_ok);
    ck_assert_double_eq_tol(c->checks[0].simulated.mean, 1.0, 0.2);
    ck_assert_double_lt(c->checks[0].simulated.half_width, 0.2);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(a_slice_is_found_though_its_name_has_a_dot)
{
    struct ccs_verify_case *c =
        good(CASE("'checks': [{'path': 'policies.none.by.issue_type.a.b.contacts_per_issue',"
                  "'kind': 'exact', 'value': 0.5}]"),
             NULL);
    ck_assert(c->is_ok);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(a_value_without_an_interval_is_not_taken_as_right)
{
    struct ccs_verify_case *c =
        good(CASE("'checks': [{'path': 'policies.none.metrics.abandonment_rate',"
                  "'kind': 'exact', 'value': 0}]"),
             NULL); /* no event: no score */
    ck_assert(!c->is_ok);
    ck_assert(isnan(c->checks[0].z));
    ck_assert_ptr_nonnull(c->checks[0].problem);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(effort_replaces_members_of_run)
{
    static const char text[] = CASE("'checks': [{" BLOCKING ", 'value': 0.5}],"
                                    "'effort': {'default': {'replications': 4},"
                                    "'full': {'replications': 5, 'horizon': '1 h'}}");
    struct ccs_verify_case *c = good(text, NULL);
    ck_assert_uint_eq(c->replications, 4);
    uint64_t events = c->events;
    ccs_verify_case_destroy(c);
    c = good(text, "full");
    ck_assert_uint_eq(c->replications, 5);
    ck_assert_uint_lt(c->events, events / 2);
    ccs_verify_case_destroy(c);
}
END_TEST

START_TEST(an_unknown_effort_is_an_error_of_usage)
{
    struct ccs_verify_options options = {.effort = "huge", .seed = -1};
    struct ccs_verify_case *result;
    char message[100];
    ck_assert_int_eq(
        ccs_verify_run_text("x", "", "{}", 2, &options, &result, NULL, message, sizeof message),
        CCS_EUSAGE);
    ck_assert_ptr_null(result);
    ck_assert_str_ne(message, "");
}
END_TEST

START_TEST(a_skipped_case_says_why_and_is_not_run)
{
    struct ccs_verify_case *c = good("{'id': 'X-2', 'skipped': 'no such thing'}", NULL);
    ck_assert_str_eq(c->skipped, "no such thing");
    ck_assert(c->is_ok);
    ck_assert_uint_eq(c->events, 0);
    struct ccs_verify_tally tally = {0};
    ccs_verify_tally_add(&tally, c);
    ck_assert_uint_eq(tally.skipped, 1);
    ccs_verify_case_destroy(c);
}
END_TEST

/* n cases of `checks` checks each, the first `notable` cases with |z| = 2.5 everywhere. */
static struct ccs_verify_tally tally_of(size_t n, size_t check_n, size_t notable)
{
    struct ccs_verify_tally tally = {0};
    struct ccs_verify_check checks[20];
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < check_n; k++) {
            checks[k] = (struct ccs_verify_check){.z = i < notable ? -2.5 : 0.1, .is_ok = true};
        }
        struct ccs_verify_case c = {.checks = checks, .check_n = check_n, .is_ok = true};
        ccs_verify_tally_add(&tally, &c);
    }
    return tally;
}

START_TEST(too_many_notable_checks_fail_though_none_is_beyond_4)
{
    struct ccs_verify_tally tally = tally_of(20, 1, 10);
    ck_assert_uint_eq(tally.failed, 0);
    ck_assert_uint_eq(tally.notable, 10);
    ck_assert_uint_eq(ccs_verify_tally_limit(&tally), ccs_z_notable_limit(20)); /* binomial */
    ck_assert(!ccs_verify_tally_is_ok(&tally));
    tally = tally_of(20, 1, 1);
    ck_assert(ccs_verify_tally_is_ok(&tally));
}
END_TEST

/* One run that lies off moves all its checks: they count as one. */
START_TEST(the_checks_of_a_case_are_taken_as_dependent)
{
    for (size_t n = 1; n <= 40; n++) {
        struct ccs_verify_tally tally = tally_of(n, 7, 0);
        ck_assert_uint_eq(ccs_verify_tally_limit(&tally), 7 * ccs_z_notable_limit(n));
    }
    struct ccs_verify_tally tally = tally_of(1, 20, 1);
    ck_assert(ccs_verify_tally_is_ok(&tally)); /* one case says nothing */
    tally = tally_of(20, 7, 10);
    ck_assert(!ccs_verify_tally_is_ok(&tally));
}
END_TEST

START_TEST(what_is_no_case_is_told_with_its_place)
{
    bad("{'id': 'X',\n'skiped': 'typo', 'skipped': ''}", "CCS-E200", 2);
    bad("[]", "CCS-E114", 1);
    bad("{'id': 'X'", "CCS-E108", 1);
    bad(CASE("'checks': [{" BLOCKING "}]"), "CCS-E201", 0);
    bad(CASE("'checks': []"), "CCS-E201", 9);
    bad(CASE("'checks': [\n{" BLOCKING ", 'value': '0.5'}]"), "CCS-E202", 10);
    bad(CASE("'checks': [{'path': 'policies.none.metrics.blocking_rate', 'kind': 'guess',"
             "'value': 1}]"),
        "CCS-E204", 9);
    bad(CASE("'checks': [\n\n{'path': 'policies.none.metrics.blocking', 'kind': 'exact',"
             "'value': 1}]"),
        "CCS-E205", 11);
}
END_TEST

START_TEST(unknown_keys_are_told_with_what_was_meant_and_an_escaped_pointer)
{
    static const char *const lines[] = {
        "case.json:2:11: error CCS-E200 at /titel: unknown key; did you mean `title`?",
        "case.json:3:11: error CCS-E200 at /a~1b~0c: unknown key",
        "case.json:4:13: error CCS-E202 at /skipped: must be a string (found 7)",
    };
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_verify_case *result;
    ck_assert_int_eq(
        run("{\"id\": \"a\", \"// a comment\": 1,\n \"titel\": \"x\",\n \"a/b~c\": 1,\n"
            " \"skipped\": 7}",
            NULL, &result, diags),
        CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), sizeof lines / sizeof lines[0]);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        ck_assert_str_eq(ccs_diagnostics_line(diags, i), lines[i]);
    }
    ccs_diagnostics_destroy(diags);
}
END_TEST

START_TEST(a_fault_in_the_scenario_has_the_line_of_the_case_file)
{
    bad("{'id': 'X',\n 'checks': [{" BLOCKING ", 'value': 1}],\n"
        "'scenario': {'schema_version': 1, 'name': 'x',\n"
        "'run': {'horizon': '1 h'}, 'channels': {'phone': {}},\n"
        "'issue_types': {'x': {'volume': {'rate_per_h': 1}, 'talk': '1 min'}},\n"
        "'teams': {'agents': {'agents': -1}}}}",
        "CCS-E214", 6);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_an_error_of_input)
{
    struct ccs_verify_options options = {.seed = -1};
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_verify_case *result;
    char message[100];
    ck_assert_int_eq(
        ccs_verify_run("/nonexistent/case.json", &options, &result, diags, message, sizeof message),
        CCS_EIO);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 1);
    ccs_diagnostics_destroy(diags);
}
END_TEST

START_TEST(an_interrupted_case_has_no_result)
{
    volatile int stop = 1;
    static const char text[] = CASE("'checks': [{" BLOCKING ", 'value': 0.5}],"
                                    "'effort': {'default': {'horizon': '2000 h'}}");
    struct ccs_verify_options options = {.seed = -1, .jobs = 1, .stop = &stop};
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_verify_case *result;
    char message[200];
    char *json = json_text(text);
    ck_assert_int_eq(ccs_verify_run_text("x", "", json, strlen(json), &options, &result, diags,
                                         message, sizeof message),
                     CCS_EINTERRUPTED);
    free(json);
    ck_assert_ptr_null(result);
    ccs_diagnostics_destroy(diags);
}
END_TEST

Suite *suite_verify(void)
{
    Suite *suite = suite_create("verify");
    TCase *tc = tcase_create("verify");
    tcase_add_test(tc, the_right_value_passes);
    tcase_add_test(tc, a_wrong_value_fails);
    tcase_add_test(tc, one_wrong_value_among_right_ones_fails);
    tcase_add_test(tc, the_uncertainty_of_the_reference_counts);
    tcase_add_test(tc, scale_turns_the_value_into_the_unit_of_the_metric);
    tcase_add_test(tc, a_slice_is_found_though_its_name_has_a_dot);
    tcase_add_test(tc, a_value_without_an_interval_is_not_taken_as_right);
    tcase_add_test(tc, effort_replaces_members_of_run);
    tcase_add_test(tc, an_unknown_effort_is_an_error_of_usage);
    tcase_add_test(tc, a_skipped_case_says_why_and_is_not_run);
    tcase_add_test(tc, too_many_notable_checks_fail_though_none_is_beyond_4);
    tcase_add_test(tc, the_checks_of_a_case_are_taken_as_dependent);
    tcase_add_test(tc, what_is_no_case_is_told_with_its_place);
    tcase_add_test(tc, unknown_keys_are_told_with_what_was_meant_and_an_escaped_pointer);
    tcase_add_test(tc, a_fault_in_the_scenario_has_the_line_of_the_case_file);
    tcase_add_test(tc, a_file_that_is_not_there_is_an_error_of_input);
    tcase_add_test(tc, an_interrupted_case_has_no_result);
    suite_add_tcase(suite, tc);
    return suite;
}
