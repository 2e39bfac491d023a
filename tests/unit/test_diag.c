/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/diag.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

Suite *suite_diag(void);

static struct ccs_diagnostics *diags;

static void set_up(void)
{
    diags = ccs_diagnostics_create();
    ck_assert_ptr_nonnull(diags);
}

static void tear_down(void)
{
    ccs_diagnostics_destroy(diags);
}

/* Any code of the wanted severity; -1 if there is none. */
static int code_of(char severity)
{
    for (int i = 0; i < CCS_DIAG_CODE_COUNT; i++) {
        if (ccs_diag_info((enum ccs_diag_code)i)->code[4] == severity) {
            return i;
        }
    }
    return -1;
}

/* `before`, the code of the first error, `after`. */
static const char *expected(const char *before, const char *after)
{
    static char text[512];
    enum ccs_diag_code code = (enum ccs_diag_code)code_of('E');
    snprintf(text, sizeof text, "%s%s%s", before, ccs_diag_info(code)->code, after);
    return text;
}

START_TEST(a_line_tells_place_code_pointer_and_message)
{
    enum ccs_diag_code code = (enum ccs_diag_code)code_of('E');
    ccs_diag_add(diags, code, "a.json", 5, 16, "/teams/billing/agents", "must be >= 1 (found %d)",
                 -2);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    ck_assert_str_eq(
        ccs_diagnostics_line(diags, 0),
        expected("a.json:5:16: error ", " at /teams/billing/agents: must be >= 1 (found -2)"));
    const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, 0);
    ck_assert_str_eq(d->origin, "a.json");
    ck_assert_str_eq(d->pointer, "/teams/billing/agents");
    ck_assert_str_eq(d->message, "must be >= 1 (found -2)");
    ck_assert_int_eq(d->line, 5);
    ck_assert_int_eq(d->column, 16);
    ck_assert_int_eq(d->is_error, 1);
}
END_TEST

START_TEST(unknown_parts_are_left_out)
{
    enum ccs_diag_code code = (enum ccs_diag_code)code_of('E');
    ccs_diag_add(diags, code, "a.json", 5, 0, "", "m");
    ccs_diag_add(diags, code, "--set /x=1", 0, 0, "/x", "m");
    ccs_diag_add(diags, code, NULL, 7, 7, NULL, "m");
    ck_assert_str_eq(ccs_diagnostics_line(diags, 0), expected("a.json:5: error ", ": m"));
    ck_assert_str_eq(ccs_diagnostics_line(diags, 1), expected("--set /x=1: error ", " at /x: m"));
    ck_assert_str_eq(ccs_diagnostics_line(diags, 2), expected("error ", ": m"));
}
END_TEST

START_TEST(strings_are_copied)
{
    char origin[] = "a.json";
    char pointer[] = "/x";
    ccs_diag_add(diags, (enum ccs_diag_code)code_of('E'), origin, 0, 0, pointer, "m");
    origin[0] = 'b';
    pointer[1] = 'y';
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->origin, "a.json");
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->pointer, "/x");
}
END_TEST

START_TEST(control_characters_are_made_visible)
{
    ccs_diag_add(diags, (enum ccs_diag_code)code_of('E'), "a\nb", 0, 0, "/\x1b[2J",
                 "caf\xc3\xa9 \xc2\x9b x\x7f");
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->origin, "a\\x0ab");
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->pointer, "/\\x1b[2J");
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->message, "caf\xc3\xa9 \\x9b x\\x7f");
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
    char text[2001];
    for (size_t shift = 0; shift < 2; shift++) { /* two-byte characters, both parities */
        memset(text, 'a', shift);
        for (size_t i = shift; i + 2 <= 1000; i += 2) {
            memcpy(text + i, "\xc3\xa9", 2);
        }
        text[1000] = '\0';
        if (shift == 1) {
            text[999] = '\0';
        }
        ccs_diag_add(diags, (enum ccs_diag_code)code_of('E'), NULL, 0, 0, NULL, "%s", text);
        const char *message = ccs_diagnostics_get(diags, shift)->message;
        size_t n = strlen(message);
        ck_assert_uint_lt(n, 500);
        ck_assert_str_eq(message + n - 3, "...");
        ck_assert_uint_eq((unsigned char)message[n - 4], 0xa9); /* a whole character before */
        ck_assert_int_eq(strncmp(message, text, n - 3), 0);
    }
}
END_TEST

START_TEST(after_a_hundred_errors_further_ones_are_only_counted)
{
    for (int i = 0; i < 250; i++) {
        ccs_diag_add(diags, (enum ccs_diag_code)code_of('E'), "f", i + 1, 1, "", "m%d", i);
    }
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 100);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 250);
    ck_assert_uint_eq(ccs_diagnostics_omitted(diags), 150);
    ck_assert_str_eq(ccs_diagnostics_get(diags, 99)->message, "m99");
}
END_TEST

START_TEST(warnings_are_no_errors_and_never_crowd_them_out)
{
    int warning = code_of('W');
    ck_assert_int_ge(warning, 0);
    for (int i = 0; i < 150; i++) {
        ccs_diag_add(diags, (enum ccs_diag_code)warning, "f", 1, 1, "", "w");
    }
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 0);
    ccs_diag_add(diags, (enum ccs_diag_code)code_of('E'), "f", 1, 1, "", "e");
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 101);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 1);
    ck_assert_str_eq(ccs_diagnostics_get(diags, 100)->message, "e");
    ck_assert_int_eq(ccs_diagnostics_get(diags, 0)->is_error, 0);
    ck_assert_ptr_nonnull(strstr(ccs_diagnostics_line(diags, 0), ": warning CCS-W"));
}
END_TEST

START_TEST(codes_are_found_in_any_usual_spelling)
{
    const struct ccs_diag_info *info = ccs_diag_info((enum ccs_diag_code)0);
    char lower[32];
    size_t n = strlen(info->code);
    for (size_t i = 0; i <= n; i++) {
        lower[i] = (char)tolower((unsigned char)info->code[i]);
    }
    ck_assert_ptr_eq(ccs_diag_find(info->code), info);
    ck_assert_ptr_eq(ccs_diag_find(info->code + 4), info);
    ck_assert_ptr_eq(ccs_diag_find(lower), info);
    ck_assert_ptr_eq(ccs_diag_find(lower + 4), info);
    ck_assert_ptr_null(ccs_diag_find("CCS-E999"));
    ck_assert_ptr_null(ccs_diag_find("CCS-"));
    ck_assert_ptr_null(ccs_diag_find(""));
}
END_TEST

START_TEST(the_table_has_unique_well_formed_codes_with_title_and_text)
{
    for (int i = 0; i < CCS_DIAG_CODE_COUNT; i++) {
        const struct ccs_diag_info *info = ccs_diag_info((enum ccs_diag_code)i);
        ck_assert_uint_eq(strlen(info->code), strlen("CCS-E214"));
        ck_assert_int_eq(strncmp(info->code, "CCS-", 4), 0);
        char severity = info->code[4];
        ck_assert(severity == 'E' || severity == 'W');
        ck_assert_uint_eq(strspn(info->code + 5, "0123456789"), 3);
        ck_assert_msg((severity == 'W') == (info->code[5] == '4'), "%s: E1xx..E3xx, W4xx",
                      info->code);
        ck_assert_uint_gt(strlen(info->title), 0);
        ck_assert_uint_gt(strlen(info->text), 0);
        for (int k = 0; k < i; k++) {
            ck_assert_str_ne(info->code, ccs_diag_info((enum ccs_diag_code)k)->code);
        }
    }
}
END_TEST

START_TEST(destroying_nothing_is_fine)
{
    ccs_diagnostics_destroy(NULL);
}
END_TEST

Suite *suite_diag(void)
{
    Suite *suite = suite_create("diag");
    TCase *tc = tcase_create("collection");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_line_tells_place_code_pointer_and_message);
    tcase_add_test(tc, unknown_parts_are_left_out);
    tcase_add_test(tc, strings_are_copied);
    tcase_add_test(tc, control_characters_are_made_visible);
    tcase_add_test(tc, long_texts_are_cut_between_characters);
    tcase_add_test(tc, after_a_hundred_errors_further_ones_are_only_counted);
    tcase_add_test(tc, warnings_are_no_errors_and_never_crowd_them_out);
    tcase_add_test(tc, destroying_nothing_is_fine);
    suite_add_tcase(suite, tc);
    tc = tcase_create("table");
    tcase_add_test(tc, codes_are_found_in_any_usual_spelling);
    tcase_add_test(tc, the_table_has_unique_well_formed_codes_with_title_and_text);
    suite_add_tcase(suite, tc);
    return suite;
}
