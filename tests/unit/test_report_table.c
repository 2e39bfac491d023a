/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report/table and report/writer: blocks, headings, alignment, and the user's text made harmless.
 */
#include "report/table.h"
#include "report/writer.h"

#include <check.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_report_table(void);

/* Prints and frees the table; the text is the caller's. */
static char *printed(struct ccs_table *table, size_t width, bool is_utf8)
{
    struct ccs_report report;
    FILE *out = ccs_writer_open(&report);
    ccs_status status = ccs_table_print(table, width, is_utf8, out);
    ccs_table_fini(table);
    ck_assert_int_eq(ccs_writer_close(out, &report, status), CCS_OK);
    return report.text;
}

static void add_row(struct ccs_table *table, const char *a, const char *b, const char *c)
{
    ccs_table_row(table);
    ccs_table_set(table, 0, "%s", a);
    ccs_table_set(table, 1, "%s", b);
    ccs_table_set(table, 2, "%s", c);
}

START_TEST(lead_columns_are_left_and_the_others_right)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "name", "one", "two");
    add_row(&table, "a", "1", "22");
    add_row(&table, "long", "333", "4");
    char *text = printed(&table, 80, false);
    ck_assert_str_eq(text, "name  one  two\n"
                           "--------------\n"
                           "a       1   22\n"
                           "long  333    4\n");
    free(text);
}
END_TEST

START_TEST(a_table_too_wide_comes_in_blocks_that_repeat_the_lead)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "name", "one", "two");
    add_row(&table, "a", "1", "22");
    char *text = printed(&table, 10, false);
    ck_assert_str_eq(text, "name  one\n"
                           "---------\n"
                           "a       1\n"
                           "\n"
                           "name  two\n"
                           "---------\n"
                           "a      22\n");
    free(text);
}
END_TEST

START_TEST(blocks_break_at_the_seam_if_they_break_at_all)
{
    struct ccs_table table;
    ccs_table_init(&table, 4, 1);
    table.seam = 2;
    ccs_table_row(&table);
    for (size_t c = 0; c < 4; c++) {
        ccs_table_set(&table, c, "column%zu", c);
    }
    char *text = printed(&table, 24, false); /* three columns would fit */
    ck_assert_str_eq(text, "column0  column1\n"
                           "\n"
                           "column0  column2\n"
                           "\n"
                           "column0  column3\n");
    free(text);
}
END_TEST

START_TEST(nothing_is_lost_on_a_line_that_is_too_narrow_for_anything)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "name", "one", "two");
    add_row(&table, "a", "1", "22");
    char *text = printed(&table, 1, false);
    ck_assert_ptr_nonnull(strstr(text, "one"));
    ck_assert_ptr_nonnull(strstr(text, "22"));
    free(text);
}
END_TEST

START_TEST(headings_break_at_underscores_and_stand_on_the_rule)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "", "escalate_late_well_run", "x");
    add_row(&table, "a", "1", "2");
    char *text = printed(&table, 80, false);
    ck_assert_str_eq(text, "    escalate_\n"
                           "   late_well_\n"
                           "          run  x\n"
                           "----------------\n"
                           "a           1  2\n");
    free(text);
}
END_TEST

START_TEST(a_section_runs_across_and_widens_nothing)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "k", "v", "w");
    ccs_table_section(&table, "a section that is longer than all the rest");
    add_row(&table, "a", "1", "2");
    char *text = printed(&table, 80, false);
    ck_assert_str_eq(text, "k  v  w\n"
                           "-------\n"
                           "a section that is longer than all the rest\n"
                           "a  1  2\n");
    free(text);
}
END_TEST

START_TEST(cells_are_aligned_at_the_mark)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "", "x", "y");
    add_row(&table, "a", "12,340 +- 1,200", "1");
    add_row(&table, "b", "0.7 +- 0.1", "2");
    add_row(&table, "c", "none", "3");
    ccs_table_align(&table, 1, " +- ");
    char *text = printed(&table, 80, false);
    ck_assert_str_eq(text, "                 x  y\n"
                           "---------------------\n"
                           "a  12,340 +- 1,200  1\n"
                           "b     0.7 +- 0.1    2\n"
                           "c             none  3\n");
    free(text);
}
END_TEST

START_TEST(utf8_is_measured_in_columns)
{
    ck_assert_ptr_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "", "x", "y");
    add_row(&table, "Größe", "1 ± 2", "3");
    char *text = printed(&table, 80, true);
    ck_assert_str_eq(text, "           x  y\n"
                           "───────────────\n"
                           "Größe  1 ± 2  3\n");
    free(text);
}
END_TEST

START_TEST(control_characters_cannot_reach_the_terminal)
{
    struct ccs_table table;
    ccs_table_init(&table, 3, 1);
    add_row(&table, "", "x", "y");
    ccs_table_section(&table, "\033[31msection");
    add_row(&table, "\033[2Jevil", "1", "2");
    char *text = printed(&table, 80, false);
    ck_assert_ptr_null(strchr(text, '\033'));
    ck_assert_ptr_nonnull(strstr(text, "\\x1b[2Jevil"));
    ck_assert_ptr_nonnull(strstr(text, "\\x1b[31msection"));
    free(text);
}
END_TEST

static char *safe(const char *text, bool is_utf8)
{
    struct ccs_report report;
    FILE *out = ccs_writer_open(&report);
    ccs_write_safe(out, text, is_utf8);
    ck_assert_int_eq(ccs_writer_close(out, &report, CCS_OK), CCS_OK);
    return report.text;
}

START_TEST(users_text_stays_on_one_line_and_harmless)
{
    static const struct {
        const char *text, *utf8, *ascii;
    } cases[] = {
        {"plain", "plain", "plain"},
        {"two\nlines\tof", "two lines of", "two lines of"},
        {"\033[0m\x7f", "\\x1b[0m\\x7f", "\\x1b[0m\\x7f"},
        {"gr\xc3\xbcn", "gr\xc3\xbcn", "gr\\xc3\\xbcn"},
        {"\xc2\x9b"
         "31m",
         "\\x9b31m", "\\x9b31m"},               /* a control sequence introducer of C1 */
        {"\xc2\xa0", "\xc2\xa0", "\\xc2\\xa0"}, /* the character just after C1 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *utf8 = safe(cases[i].text, true);
        char *ascii = safe(cases[i].text, false);
        ck_assert_str_eq(utf8, cases[i].utf8);
        ck_assert_str_eq(ascii, cases[i].ascii);
        free(utf8);
        free(ascii);
    }
}
END_TEST

START_TEST(a_failed_report_is_empty)
{
    struct ccs_report report;
    FILE *out = ccs_writer_open(&report);
    fputs("half of it", out);
    ck_assert_int_eq(ccs_writer_close(out, &report, CCS_ENOMEM), CCS_ENOMEM);
    ck_assert_ptr_null(report.text);
    ck_assert_uint_eq(report.size, 0);
    ck_assert_int_eq(ccs_writer_close(NULL, &report, CCS_OK), CCS_ENOMEM);
}
END_TEST

Suite *suite_report_table(void)
{
    Suite *suite = suite_create("report_table");
    TCase *tcase = tcase_create("table");
    tcase_add_test(tcase, lead_columns_are_left_and_the_others_right);
    tcase_add_test(tcase, a_table_too_wide_comes_in_blocks_that_repeat_the_lead);
    tcase_add_test(tcase, blocks_break_at_the_seam_if_they_break_at_all);
    tcase_add_test(tcase, nothing_is_lost_on_a_line_that_is_too_narrow_for_anything);
    tcase_add_test(tcase, headings_break_at_underscores_and_stand_on_the_rule);
    tcase_add_test(tcase, a_section_runs_across_and_widens_nothing);
    tcase_add_test(tcase, cells_are_aligned_at_the_mark);
    tcase_add_test(tcase, utf8_is_measured_in_columns);
    tcase_add_test(tcase, control_characters_cannot_reach_the_terminal);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("writer");
    tcase_add_test(tcase, users_text_stays_on_one_line_and_harmless);
    tcase_add_test(tcase, a_failed_report_is_empty);
    suite_add_tcase(suite, tcase);
    return suite;
}
