/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What loading says about policies and warnings, and what the follow-up costs. */
#include "../sim_help.h"

Suite *suite_loading(void);

static const char *const patched =
    "{'name': 't', 'run': {'horizon': '1 day'}, 'baseline': 'a',"
    " 'channels': {'phone': {}},"
    " 'issue_types': {'call': {'volume': {'rate_per_h': 10}, 'talk': '3 min'}},"
    " 'teams': {'agents': {'agents': %d}, 'other': {'agents': 1, 'channels': []}},"
    " 'policies': {"
    "  'a': {'kind': 'none'},"
    "  'b': {'kind': 'none', 'with': {'teams': {%s}}}}}";

/* How many diagnostics have the code, and how many of them contain the text. */
static void count_codes(const struct ccs_diagnostics *diags, const char *code, const char *text,
                        int *n, int *with_text)
{
    *n = *with_text = 0;
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        if (strcmp(d->code, code) == 0) {
            *n += 1;
            *with_text += strstr(d->message, text) != NULL;
        }
    }
}

START_TEST(what_only_a_policys_with_makes_wrong_names_the_policy)
{
    static const struct {
        const char *with, *code;
    } cases[] = {
        {"'agents': {'channels': []}", "CCS-E304"},
        {"'agents': {'agents': 0}", "CCS-E308"},
    };
    char text[2000];
    struct ccs_diagnostics *diags;
    int n;
    int named;
    snprintf(text, sizeof text, patched, 2, cases[_i].with);
    ck_assert_ptr_null(try_scenario(text, NULL, &diags));
    count_codes(diags, cases[_i].code, "under policy `b`", &n, &named);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(named, 1);
    ccs_diagnostics_destroy(diags);
}
END_TEST

START_TEST(what_the_scenario_itself_has_wrong_is_not_blamed_on_a_policy)
{
    char text[2000];
    struct ccs_diagnostics *diags;
    int n;
    int named;
    snprintf(text, sizeof text, patched, 0, "'other': {'agents': 2}");
    ck_assert_ptr_null(try_scenario(text, NULL, &diags));
    count_codes(diags, "CCS-E308", "under policy", &n, &named);
    ck_assert_int_eq(n, 1);
    ck_assert_int_eq(named, 0);
    ccs_diagnostics_destroy(diags);
}
END_TEST

START_TEST(warnings_of_loading_are_in_the_results)
{
    struct ccs_scenario *sc =
        scenario_of("{'name': 't', 'run': {'horizon': '2 h', 'period': '1 h'},"
                    " 'channels': {'phone': {}},"
                    " 'issue_types': {'call': {'talk': '1 min',"
                    "   'volume': {'per_interval': {'interval': '1 h', 'values': [10]}}},"
                    "  'never': {'talk': '1 min'}},"
                    " 'teams': {'agents': {'agents': 2}}}");
    struct ccs_results *res = experiment_of(sc, 5, 1);
    bool ends = false;
    bool never = false;
    for (size_t i = 0; i < res->warning_n; i++) {
        const struct ccs_warning *w = &res->warnings[i];
        ends = ends || (w->code && strcmp(w->code, "CCS-W402") == 0 &&
                        strstr(w->text, "/issue_types/call/volume"));
        never = never || (w->code && strcmp(w->code, "CCS-W404") == 0 &&
                          strstr(w->text, "/issue_types/never"));
    }
    ck_assert(ends);
    ck_assert(never);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

#define SHORT_CALLS                                                                                \
    "{'name': 't', 'run': {'horizon': '1 h', 'follow_up': '%s'},"                                  \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'volume': {'rate_per_h': 6000}, 'talk': '1 min'}},"                 \
    " 'teams': {'agents': {'agents': 120}}}"

START_TEST(minutes_of_calls_do_not_cost_a_day_of_follow_up)
{
    char text[2000];
    struct ccs_results *res[2];
    struct ccs_scenario *sc[2];
    static const char *const follow_up[2] = {"26 weeks", "10 min"};
    for (int i = 0; i < 2; i++) {
        snprintf(text, sizeof text, SHORT_CALLS, follow_up[i]);
        sc[i] = scenario_of(text);
        res[i] = experiment_of(sc[i], 3, 1);
        assert_balanced(res[i]);
    }
    ck_assert_same_numbers(res[0], 0, res[1], 0, -1);
    ck_assert_double_eq(total_of(res[0], res[0]->num, 0, "open_share"), 0);
    /* An arrival and an end of talk each: an hour has 12,000, with a day of follow-up 300,000. */
    ck_assert_uint_lt(res[0]->events, 3 * 20000);
    for (int i = 0; i < 2; i++) {
        ccs_results_destroy(res[i]);
        ccs_scenario_destroy(sc[i]);
    }
}
END_TEST

Suite *suite_loading(void)
{
    Suite *suite = suite_create("loading");
    TCase *c = tcase_create("policies and warnings");
    tcase_add_loop_test(c, what_only_a_policys_with_makes_wrong_names_the_policy, 0, 2);
    tcase_add_test(c, what_the_scenario_itself_has_wrong_is_not_blamed_on_a_policy);
    tcase_add_test(c, warnings_of_loading_are_in_the_results);
    suite_add_tcase(suite, c);
    c = tcase_create("follow-up");
    tcase_add_test(c, minutes_of_calls_do_not_cost_a_day_of_follow_up);
    suite_add_tcase(suite, c);
    return suite;
}
