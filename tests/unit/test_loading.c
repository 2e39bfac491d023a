/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What loading says about policies and warnings, and what the follow-up costs. */
#include "../sim_help.h"
#include "format/field/kinds.h"

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

/* A row's member is as large as what its kind, or its section, writes there; rows of sections that
 * are made at run time have no size. */
static int check_sizes(const struct ccs_section *section)
{
    int n = 0;
    for (size_t i = 0; i < section->field_n; i++) {
        const struct ccs_field *field = &section->field[i];
        const struct ccs_kind *kind = ccs_kind_of(field);
        bool is_section = kind->holds == CCS_HOLDS_SECTION;
        size_t written = is_section ? field->section->size : kind->size;
        ck_assert_msg(field->size == 0 || field->size == written, "%s: %zu, not %zu", field->key,
                      field->size, written);
        size_t extent = field->type == CCS_FIELD_OPTIONAL ? sizeof(void *) : written;
        ck_assert_msg(field->offset + extent <= section->size, "%s", field->key);
        n += field->size > 0;
        n += field->section == NULL ? 0 : check_sizes(field->section);
    }
    for (size_t i = 0; i < section->variant_n; i++) {
        n += check_sizes(section->variant[i].section);
    }
    return n;
}

START_TEST(members_are_as_large_as_what_their_rows_write)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    ck_assert_int_ge(check_sizes(ccs_scenario_root(&arena)), 240);
    ccs_arena_fini(&arena);
}
END_TEST

Suite *suite_loading(void)
{
    Suite *suite = suite_create("loading");
    TCase *c = tcase_create("policies and warnings");
    tcase_add_loop_test(c, what_only_a_policys_with_makes_wrong_names_the_policy, 0, 2);
    tcase_add_test(c, what_the_scenario_itself_has_wrong_is_not_blamed_on_a_policy);
    tcase_add_test(c, warnings_of_loading_are_in_the_results);
    tcase_add_test(c, members_are_as_large_as_what_their_rows_write);
    suite_add_tcase(suite, c);
    c = tcase_create("follow-up");
    tcase_add_test(c, minutes_of_calls_do_not_cost_a_day_of_follow_up);
    suite_add_tcase(suite, c);
    return suite;
}
