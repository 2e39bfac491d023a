/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sink.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_sink(void); /* that memory may end at any moment is tested by tests/faults/failing */

START_TEST(what_is_printed_is_the_text)
{
    char *text = NULL;
    size_t size = 1;
    FILE *out = ccs_sink_to_text(&text, &size);
    for (int i = 0; i < 10000; i++) {
        fprintf(out, "%d ", i % 10);
    }
    ck_assert_int_eq(ccs_sink_end_text(out, &text, &size), CCS_OK);
    ck_assert_uint_eq(size, 20000);
    ck_assert_uint_eq(strlen(text), size);
    ck_assert_int_eq(strncmp(text + 19990, "5 6 7 8 9 ", 10), 0);
    free(text);
    out = ccs_sink_to_text(&text, &size);
    ck_assert_int_eq(ccs_sink_end_text(out, &text, &size), CCS_OK);
    ck_assert_str_eq(text, "");
    free(text);
    ck_assert_int_eq(ccs_sink_end_text(NULL, &text, &size), CCS_ENOMEM);
}
END_TEST

START_TEST(a_file_that_is_not_finished_leaves_the_old_one)
{
    char name[] = "/tmp/ccsim-sink-XXXXXX";
    char found[20] = "";
    struct ccs_file_error error;
    struct ccs_file_writer writer;
    close(mkstemp(name));
    ck_assert_int_eq(ccs_file_write(name, "old", 3, &error), CCS_OK);
    FILE *out = ccs_sink_to_file(&writer, name, &error);
    fputs("half of it", out);
    ck_assert_int_eq(ccs_sink_end_file(out, &writer, false, &error), CCS_EIO);
    FILE *in = fopen(name, "r");
    ck_assert_ptr_nonnull(fgets(found, sizeof found, in));
    ck_assert_str_eq(found, "old");
    fclose(in);
    out = ccs_sink_to_file(&writer, name, &error);
    fputs("all of it", out);
    ck_assert_int_eq(ccs_sink_end_file(out, &writer, true, &error), CCS_OK);
    in = fopen(name, "r");
    ck_assert_ptr_nonnull(fgets(found, sizeof found, in));
    ck_assert_str_eq(found, "all of it");
    fclose(in);
    unlink(name);
}
END_TEST

START_TEST(a_full_disk_is_seen_however_little_is_printed)
{
    struct ccs_file_error error;
    struct ccs_file_writer writer;
    FILE *out = ccs_sink_to_file(&writer, "/dev/full", &error);
    ck_assert_ptr_nonnull(out);
    fputc('x', out);
    ck_assert_int_eq(ccs_sink_end_file(out, &writer, true, &error), CCS_EIO);
    ck_assert_ptr_nonnull(strstr(error.text, "No space left"));
    ck_assert_ptr_null(ccs_sink_to_file(&writer, "/no/such/folder/file", &error));
}
END_TEST

Suite *suite_sink(void)
{
    Suite *s = suite_create("sink");
    TCase *tc = tcase_create("core");
    tcase_add_test(tc, what_is_printed_is_the_text);
    tcase_add_test(tc, a_file_that_is_not_finished_leaves_the_old_one);
    tcase_add_test(tc, a_full_disk_is_seen_however_little_is_printed);
    suite_add_tcase(s, tc);
    return s;
}
