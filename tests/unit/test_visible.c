/* SPDX-License-Identifier: GPL-3.0-or-later */
/* base/visible: nothing that commands a terminal or turns a line comes out of any text form. */
#include "base/visible.h"

#include "report/report.h"
#include "report/writer.h"
#include "sim_help.h"

#include <locale.h>

Suite *suite_visible(void);

/* Names may not hold control characters; what turns a line they may. */
#define NAME "e\\u202egnp.exe\\u2066\\u2028"
#define EVIL "e\\u001b[2J\\u0007\\u007f\\u009b31m\\u202egnp.exe\\u2066\\u2028\\n"

/* Evil in every place where a text may stand. */
static const char scenario_text[] =
    "{\"name\": \"n " EVIL "\", \"description\": \"d " EVIL "\", \"currency\": \"c" EVIL "\","
    " \"run\": {\"horizon\": \"1 day\", \"follow_up\": \"1 day\", \"replications\": 2},"
    " \"calendars\": {\"k " NAME "\": {\"hours\": {\"mon-fri\": \"08:00-20:00\"}}},"
    " \"segments\": {\"s " NAME "\": {\"population\": 10, \"margin_per_month\": 3,"
    " \"churn_hazard_per_year\": 0.1}},"
    " \"channels\": {\"h " NAME "\": {}},"
    " \"issue_types\": {\"i " NAME "\": {\"rate_per_customer_year\": 300, \"talk\": \"1 min\"}},"
    " \"teams\": {\"t " NAME "\": {\"agents\": 1, \"wage_per_h\": 25}},"
    " \"policies\": {\"p " NAME "\": {\"kind\": \"none\"}, \"q " NAME "\": {\"kind\": \"none\","
    "     \"with\": {\"teams\": {\"t " NAME "\": {\"agents\": 2}}}}},"
    " \"baseline\": \"p " NAME "\"}";

static void assert_harmless(const char *what, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char escaped[CCS_VISIBLE_TEXT];
        size_t used = text[i] == '\n' ? 0 : ccs_visible_escape(escaped, text + i, n - i);
        ck_assert_msg(used == 0, "%s: %s at byte %zu after \"%.*s\"", what, escaped, i,
                      (int)(i < 40 ? i : 40), text + (i < 40 ? 0 : i - 40));
    }
}

/* To be freed. */
static char *visible(const char *text)
{
    struct ccs_report report;
    FILE *out = ccs_writer_open(&report);
    ccs_write_safe(out, text, true);
    ck_assert_int_eq(ccs_writer_close(out, &report, CCS_OK), CCS_OK);
    return report.text;
}

START_TEST(control_characters_and_turning_marks_have_a_visible_form)
{
    char *shown = visible("a\033\t\x7f\xc2\x9b\xe2\x80\xae\xe2\x81\xa6\xd8\x9c z");
    ck_assert_str_eq(shown, "a\\x1b \\x7f\\x9b\\u202e\\u2066\\u061c z");
    free(shown);
}
END_TEST

START_TEST(what_can_be_read_stays)
{
    static const char text[] =
        "h\xc3\xa9llo \xc2\xa0 \xe2\x80\x94 \xe2\x82\xac \xd8\xa7 \xf0\x9f\x98\x80 \xe2";
    char *shown = visible(text);
    ck_assert_str_eq(shown, text);
    free(shown);
}
END_TEST

START_TEST(explain_and_the_text_report_show_no_evil_name_raw)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    struct ccs_scenario *sc = scenario_of(scenario_text);
    struct ccs_results *res = experiment_of(sc, 2, 1);
    for (int is_utf8 = 0; is_utf8 < 2; is_utf8++) {
        struct ccs_report_text_options options = {
            .width = 80, .is_utf8 = is_utf8 != 0, .with_periods = true};
        struct ccs_report report;
        ck_assert_int_eq(ccs_report_explain(sc, &options, &report), CCS_OK);
        assert_harmless("explain", report.text, report.size);
        free(report.text);
        ck_assert_int_eq(ccs_report_text(res, "ccsim \033[2J", &options, &report), CCS_OK);
        assert_harmless("text", report.text, report.size);
        free(report.text);
    }
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

Suite *suite_visible(void)
{
    Suite *suite = suite_create("visible");
    TCase *tc = tcase_create("visible");
    tcase_add_test(tc, control_characters_and_turning_marks_have_a_visible_form);
    tcase_add_test(tc, what_can_be_read_stays);
    tcase_add_test(tc, explain_and_the_text_report_show_no_evil_name_raw);
    suite_add_tcase(suite, tc);
    return suite;
}
