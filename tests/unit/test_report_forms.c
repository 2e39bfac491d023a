/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms of a result: what the text, JSON and CSV say of one small experiment, and of results
 * that have been bent to be rare, missing or out of balance. That whole files keep the contract is
 * tested from outside (tests/cli).
 */
#include "experiment/experiment.h"
#include "report/report.h"

#include "../json_quotes.h"

#include <check.h>
#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_report_forms(void);

/* Names need quotes in CSV and escapes in JSON. */
static const char scenario_text[] =
    "{'name': 'a, \\'b\\'', 'currency': 'EUR',"
    " 'run': {'horizon': '2 days', 'warmup': '1 day', 'follow_up': '1 day',"
    "           'period': '1 day', 'replications': 3},"
    " 'channels': {'phone': {'patience': {'dist': 'exponential', 'mean': '5 min'}}},"
    " 'issue_types': {'call, short': {'volume': {'rate_per_h': 20},"
    "     'talk': {'dist': 'exponential', 'mean': '5 min'}}},"
    " 'teams': {'front': {'agents': 3, 'wage_per_h': 20}},"
    " 'policies': {'one': {'kind': 'none'},"
    "     'two': {'kind': 'none', 'with': {'teams': {'front': {'agents': 2}}}}},"
    " 'baseline': 'one'}";

static struct ccs_scenario *scenario;
static struct ccs_results *results;

static void setup(void)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    char *json = json_text(scenario_text);
    ck_assert_int_eq(ccs_scenario_parse(&scenario, "test", "", json, strlen(json), NULL, 0, diags),
                     CCS_OK);
    free(json);
    ccs_diagnostics_destroy(diags);
    struct ccs_experiment_options options = {.seed = -1, .jobs = 1};
    char message[600];
    ck_assert_int_eq(ccs_experiment_run(scenario, &options, &results, message, sizeof message),
                     CCS_OK);
}

static void teardown(void)
{
    ccs_results_destroy(results);
    ccs_scenario_destroy(scenario);
}

static struct ccs_estimate *estimate_of(const char *metric)
{
    int row = ccs_results_row(results, metric, CCS_SLICE_ALL, NULL);
    ck_assert_int_ge(row, 0);
    return &results->estimates[row]; /* of the first policy */
}

static char *as_text(bool is_bold)
{
    struct ccs_report report;
    struct ccs_report_text_options options = {.width = 100, .is_bold = is_bold};
    ck_assert_int_eq(ccs_report_text(results, "ccsim compare x", &options, &report), CCS_OK);
    ck_assert_uint_eq(strlen(report.text), report.size);
    return report.text;
}

static cJSON *as_json(void)
{
    struct ccs_report report;
    ck_assert_int_eq(ccs_report_json(results, "ccsim compare x", &report), CCS_OK);
    cJSON *json = cJSON_Parse(report.text);
    ck_assert_ptr_nonnull(json);
    free(report.text);
    return json;
}

static const cJSON *member(const cJSON *object, const char *key)
{
    const cJSON *found = cJSON_GetObjectItemCaseSensitive(object, key);
    ck_assert_msg(found != NULL, "no %s", key);
    return found;
}

static const cJSON *metric_of(const cJSON *json, const char *metric)
{
    return member(member(member(member(json, "policies"), "one"), "metrics"), metric);
}

static char *as_csv(void)
{
    struct ccs_report report;
    ck_assert_int_eq(ccs_report_csv(results, "ccsim compare x", &report), CCS_OK);
    return report.text;
}

START_TEST(text_tells_scenario_seed_command_and_verdict)
{
    char *text = as_text(false);
    ck_assert_ptr_nonnull(strstr(text, "a, \"b\"\n"));
    ck_assert_ptr_nonnull(strstr(text, "3 replications, seed 1, scenario "));
    ck_assert_ptr_nonnull(strstr(text, "$ ccsim compare x\n"));
    ck_assert_ptr_nonnull(strstr(text, "\nVerdict\n"));
    ck_assert_ptr_nonnull(strstr(text, "Checks, held in every run\n"));
    ck_assert_ptr_null(strchr(text, '\033'));
    for (const char *c = text; *c != '\0'; c++) {
        ck_assert_int_lt((unsigned char)*c, 0x80); /* ASCII was asked for */
    }
    free(text);
}
END_TEST

START_TEST(every_core_metric_is_in_the_text)
{
    /* Each has a line of its own in the first table: a unit or a number follows its label. */
    char *text = as_text(false);
    size_t line_n = 0;
    const char *end = strstr(text, "\n+- half-width");
    ck_assert_ptr_nonnull(end);
    for (const char *c = strstr(text, "\nDecides\n"); c < end; c = strchr(c + 1, '\n')) {
        line_n += strncmp(c, "\n  ", 3) == 0;
    }
    size_t core_n = 0;
    for (size_t i = 0; i < ccs_metric_n; i++) {
        core_n += ccs_metrics[i].is_core;
    }
    ck_assert_uint_eq(line_n, core_n);
    free(text);
}
END_TEST

START_TEST(bold_is_only_where_asked_for)
{
    char *text = as_text(true);
    ck_assert_ptr_nonnull(strstr(text, "\033[1mVerdict\033[0m"));
    free(text);
}
END_TEST

START_TEST(a_failed_check_is_not_to_be_overlooked)
{
    results->balance[1].is_ok = false;
    results->balance[1].issues_lost = 3;
    char *text = as_text(false);
    ck_assert_ptr_nonnull(strstr(text, "Checks, FAILED\n"));
    ck_assert_ptr_nonnull(strstr(text, " 3 issues"));
    free(text);
    cJSON *json = as_json();
    ck_assert(cJSON_IsFalse(member(member(member(json, "balance"), "two"), "ok")));
    cJSON_Delete(json);
}
END_TEST

START_TEST(what_is_not_defined_is_null_with_a_reason_everywhere)
{
    cJSON *json = as_json();
    const cJSON *value = metric_of(json, "net_value_per_customer");
    ck_assert(cJSON_IsNull(member(value, "mean")));
    ck_assert(cJSON_IsNull(member(value, "ci95")));
    ck_assert(cJSON_IsString(member(value, "reason")));
    cJSON_Delete(json);
    char *text = as_text(false);
    ck_assert_ptr_nonnull(strstr(text, "\n- not available: the scenario has no population"));
    free(text);
    char *csv = as_csv();
    ck_assert_ptr_nonnull(
        strstr(csv, "\"a, \"\"b\"\"\",one,,,,,,,,net_value_per_customer,mean,,currency\n"));
    free(csv);
}
END_TEST

START_TEST(rare_events_are_flagged_and_shown_as_bounds)
{
    struct ccs_estimate *e = estimate_of("abandonment_rate");
    *e = (struct ccs_estimate){.mean = 0.002,
                               .sd = NAN,
                               .se = NAN,
                               .half_width = NAN,
                               .lo = 0,
                               .hi = 0.011,
                               .n = 3,
                               .kind = CCS_ESTIMATE_RARE};
    cJSON *json = as_json();
    const cJSON *value = metric_of(json, "abandonment_rate");
    ck_assert(cJSON_IsTrue(member(value, "rare")));
    ck_assert_double_eq(cJSON_GetArrayItem(member(value, "ci95"), 1)->valuedouble, 0.011);
    cJSON_Delete(json);
    char *text = as_text(false);
    ck_assert_ptr_nonnull(strstr(text, "0.2 [0, 1.1]"));
    ck_assert_ptr_nonnull(strstr(text, "[a, b] 95 % bounds"));
    free(text);
}
END_TEST

START_TEST(an_interval_without_an_upper_end_is_null_there)
{
    estimate_of("wait_mean")->hi = INFINITY;
    cJSON *json = as_json();
    const cJSON *ci95 = member(metric_of(json, "wait_mean"), "ci95");
    ck_assert(cJSON_IsNumber(cJSON_GetArrayItem(ci95, 0)));
    ck_assert(cJSON_IsNull(cJSON_GetArrayItem(ci95, 1)));
    cJSON_Delete(json);
}
END_TEST

START_TEST(doubles_come_back_with_the_same_bits)
{
    estimate_of("wait_mean")->mean = 0.1 + 0.2;
    cJSON *json = as_json();
    ck_assert_double_eq(member(metric_of(json, "wait_mean"), "mean")->valuedouble, 0.1 + 0.2);
    cJSON_Delete(json);
    char *csv = as_csv();
    ck_assert_ptr_nonnull(strstr(csv, "wait_mean,mean,0.30000000000000004,s\n"));
    free(csv);
}
END_TEST

START_TEST(slices_stand_under_their_names)
{
    cJSON *json = as_json();
    const cJSON *one = member(member(json, "policies"), "one");
    const cJSON *by = member(one, "by");
    ck_assert(
        cJSON_IsNumber(member(member(member(member(by, "team"), "front"), "occupancy"), "mean")));
    ck_assert(cJSON_IsNumber(member(
        member(member(member(by, "issue_type"), "call, short"), "contacts_per_issue"), "mean")));
    const cJSON *series = member(member(one, "series"), "contacts_offered");
    ck_assert_int_eq(cJSON_GetArraySize(series), 2);
    ck_assert_str_eq(member(cJSON_GetArrayItem(series, 1), "period")->valuestring,
                     "2026-01-06T00:00:00");
    cJSON_Delete(json);
    char *csv = as_csv();
    ck_assert_ptr_nonnull(strstr(csv, ",two,,,,,\"call, short\",,,contacts_per_issue,mean,"));
    ck_assert_ptr_nonnull(strstr(csv, ",one,,3,2026-01-06T00:00:00,,,,,contacts_offered,value,"));
    ck_assert_ptr_nonnull(strstr(csv, ",two,one,,,,,front,,occupancy,p,"));
    free(csv);
}
END_TEST

START_TEST(a_result_stopped_early_says_so_in_every_form)
{
    results->is_partial = true;
    results->replications_asked = 8;
    char *text = as_text(false);
    ck_assert_ptr_nonnull(strstr(text, "3 of 8 replications"));
    free(text);
    cJSON *json = as_json();
    ck_assert(cJSON_IsTrue(member(member(json, "meta"), "partial")));
    cJSON_Delete(json);
    char *csv = as_csv();
    ck_assert_ptr_nonnull(strstr(csv, "\n# partial: stopped after 3 of 8 replications\n"));
    free(csv);
}
END_TEST

START_TEST(a_line_break_in_the_scenario_cannot_break_the_metadata)
{
    struct ccs_scenario bent = *scenario;
    bent.name = "evil\nscenario,policy";
    results->scenario = &bent;
    char *csv = as_csv();
    results->scenario = scenario;
    ck_assert_ptr_nonnull(strstr(csv, "\n# scenario: evil scenario,policy\n"));
    free(csv);
}
END_TEST

START_TEST(explain_tells_policies_and_what_they_change)
{
    struct ccs_report report;
    struct ccs_report_text_options options = {.width = 100};
    ck_assert_int_eq(ccs_report_explain(scenario, &options, &report), CCS_OK);
    ck_assert_ptr_nonnull(strstr(report.text, "  one is none, the baseline: "));
    ck_assert_ptr_nonnull(strstr(report.text, "    /teams/front/agents = 2 instead of 3\n"));
    ck_assert_ptr_nonnull(strstr(report.text, "    1. phone: call, short (priority 0)\n"));
    free(report.text);
}
END_TEST

START_TEST(the_reference_has_a_line_per_metric)
{
    struct ccs_report report;
    ck_assert_int_eq(ccs_report_metrics_markdown(&report), CCS_OK);
    size_t line_n = 0;
    for (const char *c = strstr(report.text, "\n| "); c != NULL; c = strstr(c + 1, "\n| ")) {
        line_n++;
    }
    ck_assert_uint_eq(line_n, ccs_metric_n + 1); /* and the heading */
    free(report.text);
}
END_TEST

/* ---- many policies ---- */

enum {
    FORM_TEXT,
    FORM_JSON,
    FORM_CSV,
    FORM_N
};

/* The size of each form for n policies that are all the same. */
static void sizes_of(int n, size_t size[FORM_N])
{
    static char text[8000];
    int used = snprintf(text, sizeof text,
                        "{\"name\": \"many\", \"run\": {\"horizon\": \"6 h\", \"follow_up\": \"1 "
                        "h\", \"replications\": 2}, \"channels\": {\"phone\": {}}, "
                        "\"issue_types\": {\"call\": {\"volume\": {\"rate_per_h\": 20}, \"talk\": "
                        "\"3 min\"}}, \"teams\": {\"a\": {\"agents\": 3}}, \"baseline\": "
                        "\"p100\", \"policies\": {");
    for (int i = 0; i < n; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "%s\"p%d\": {\"kind\": \"none\"}",
                         i > 0 ? ", " : "", 100 + i);
    }
    snprintf(text + used, sizeof text - (size_t)used, "}}");
    struct ccs_scenario *sc;
    struct ccs_results *res;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ck_assert_int_eq(ccs_scenario_parse(&sc, "test", "", text, strlen(text), NULL, 0, diags),
                     CCS_OK);
    ccs_diagnostics_destroy(diags);
    struct ccs_experiment_options options = {.seed = -1, .jobs = 1};
    char message[600];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_OK);
    struct ccs_report_text_options look = {.width = 80, .is_utf8 = false};
    struct ccs_report out[FORM_N];
    ck_assert_int_eq(ccs_report_text(res, "ccsim", &look, &out[FORM_TEXT]), CCS_OK);
    ck_assert_int_eq(ccs_report_json(res, "ccsim", &out[FORM_JSON]), CCS_OK);
    ck_assert_int_eq(ccs_report_csv(res, "ccsim", &out[FORM_CSV]), CCS_OK);
    for (int form = 0; form < FORM_N; form++) {
        size[form] = out[form].size;
        free(out[form].text);
    }
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}

START_TEST(every_form_grows_in_proportion_to_the_number_of_policies)
{
    size_t few[FORM_N], many[FORM_N];
    sizes_of(12, few);
    sizes_of(36, many);
    for (int form = 0; form < FORM_N; form++) {
        ck_assert_msg((double)many[form] < 3.2 * (double)few[form], "form %d: %zu, then %zu bytes",
                      form, few[form], many[form]);
    }
    ck_assert_uint_lt(many[FORM_TEXT], 36 * 500); /* some lines for each policy */
}
END_TEST

Suite *suite_report_forms(void)
{
    Suite *suite = suite_create("report_forms");
    TCase *tcase = tcase_create("forms");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, text_tells_scenario_seed_command_and_verdict);
    tcase_add_test(tcase, every_core_metric_is_in_the_text);
    tcase_add_test(tcase, bold_is_only_where_asked_for);
    tcase_add_test(tcase, a_failed_check_is_not_to_be_overlooked);
    tcase_add_test(tcase, what_is_not_defined_is_null_with_a_reason_everywhere);
    tcase_add_test(tcase, rare_events_are_flagged_and_shown_as_bounds);
    tcase_add_test(tcase, an_interval_without_an_upper_end_is_null_there);
    tcase_add_test(tcase, doubles_come_back_with_the_same_bits);
    tcase_add_test(tcase, slices_stand_under_their_names);
    tcase_add_test(tcase, a_result_stopped_early_says_so_in_every_form);
    tcase_add_test(tcase, a_line_break_in_the_scenario_cannot_break_the_metadata);
    tcase_add_test(tcase, explain_tells_policies_and_what_they_change);
    tcase_add_test(tcase, the_reference_has_a_line_per_metric);
    tcase_add_test(tcase, every_form_grows_in_proportion_to_the_number_of_policies);
    suite_add_tcase(suite, tcase);
    return suite;
}
