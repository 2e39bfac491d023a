/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../child.h"

#include "base/json_out.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_json_out(void);

static struct ccs_json_out out;

static void set_up(void)
{
    ccs_json_out_init(&out);
}

static void tear_down(void)
{
    ccs_json_out_fini(&out);
}

static void set_up_quietly(void)
{
    set_up();
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr)); /* the assertion's text is expected */
}

static const char *finished(void)
{
    ck_assert_int_eq(ccs_json_out_finish(&out), CCS_OK);
    ck_assert_uint_eq(strlen(out.text), out.len);
    return out.text;
}

START_TEST(objects_are_indented_by_two)
{
    ccs_json_out_begin_object(&out);
    ccs_json_out_key(&out, "a");
    ccs_json_out_int(&out, -7);
    ccs_json_out_key(&out, "b");
    ccs_json_out_begin_object(&out);
    ccs_json_out_key(&out, "c");
    ccs_json_out_bool(&out, true);
    ccs_json_out_key(&out, "d");
    ccs_json_out_null(&out);
    ccs_json_out_end_object(&out);
    ccs_json_out_end_object(&out);
    ck_assert_str_eq(finished(), "{\n"
                                 "  \"a\": -7,\n"
                                 "  \"b\": {\n"
                                 "    \"c\": true,\n"
                                 "    \"d\": null\n"
                                 "  }\n"
                                 "}\n");
}
END_TEST

static void write_ints(int n)
{
    ccs_json_out_begin_array(&out);
    for (int i = 1; i <= n; i++) {
        ccs_json_out_int(&out, i);
    }
    ccs_json_out_end_array(&out);
}

START_TEST(four_scalars_share_a_line_and_five_do_not)
{
    ccs_json_out_begin_object(&out);
    ccs_json_out_key(&out, "four");
    write_ints(4);
    ccs_json_out_key(&out, "five");
    write_ints(5);
    ccs_json_out_end_object(&out);
    ck_assert_str_eq(finished(), "{\n"
                                 "  \"four\": [1, 2, 3, 4],\n"
                                 "  \"five\": [\n"
                                 "    1,\n"
                                 "    2,\n"
                                 "    3,\n"
                                 "    4,\n"
                                 "    5\n"
                                 "  ]\n"
                                 "}\n");
}
END_TEST

START_TEST(an_array_of_arrays_is_broken_up_but_its_short_rows_are_not)
{
    ccs_json_out_begin_array(&out);
    write_ints(2);
    write_ints(1);
    ccs_json_out_end_array(&out);
    ck_assert_str_eq(finished(), "[\n  [1, 2],\n  [1]\n]\n");
}
END_TEST

START_TEST(empty_containers_stay_short)
{
    ccs_json_out_begin_object(&out);
    ccs_json_out_key(&out, "o");
    ccs_json_out_begin_object(&out);
    ccs_json_out_end_object(&out);
    ccs_json_out_key(&out, "a");
    write_ints(0);
    ccs_json_out_end_object(&out);
    ck_assert_str_eq(finished(), "{\n  \"o\": {},\n  \"a\": []\n}\n");
}
END_TEST

START_TEST(strings_are_escaped_and_commas_in_them_left_alone)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_string(&out, "a,\n b");
    ccs_json_out_string(&out, "\"\\/\b\f\r\t\x01\x1f");
    ccs_json_out_string(&out, "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    ccs_json_out_string(&out, NULL);
    ccs_json_out_end_array(&out);
    ck_assert_str_eq(finished(), "[\"a,\\n b\", \"\\\"\\\\/\\b\\f\\r\\t\\u0001\\u001f\", "
                                 "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\", null]\n");
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_replaced)
{
    static const struct {
        const char *bytes;
        int replaced_n;
    } cases[] = {
        {"\x80", 1},             /* continuation alone */
        {"\xc0\xaf", 2},         /* overlong */
        {"\xe0\x80\xaf", 3},     /* overlong */
        {"\xed\xa0\x80", 3},     /* surrogate */
        {"\xf4\x90\x80\x80", 4}, /* above U+10FFFF */
        {"\xff", 1},
        {"\xe2\x82", 2}, /* cut short */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ccs_json_out one;
        ccs_json_out_init(&one);
        ccs_json_out_string(&one, cases[i].bytes);
        ck_assert_int_eq(ccs_json_out_finish(&one), CCS_OK);
        ck_assert_uint_eq(one.len, 3 + 3 * (size_t)cases[i].replaced_n); /* quotes, newline */
        for (int k = 0; k < cases[i].replaced_n; k++) {
            ck_assert_int_eq(memcmp(one.text + 1 + 3 * k, "\xef\xbf\xbd", 3), 0);
        }
        ccs_json_out_fini(&one);
    }
}
END_TEST

START_TEST(doubles_are_short_and_come_back_to_the_bit)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "-0"},
        {3, "3"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {1e20, "1e+20"},
        {9007199254740992.0, "9007199254740992"},
        {5e-324, "4.94065645841247e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[CCS_DOUBLE_TEXT];
        ccs_double_text(text, cases[i].value);
        double back = strtod(text, NULL);
        ck_assert_int_eq(memcmp(&back, &cases[i].value, sizeof back), 0);
        ck_assert_str_eq(text, cases[i].text);
    }
    uint64_t bits = 88172645463325252; /* xorshift64 */
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            char text[CCS_DOUBLE_TEXT];
            double back = strtod(ccs_double_text(text, value), NULL);
            ck_assert_int_eq(memcmp(&back, &value, sizeof back), 0);
        }
    }
}
END_TEST

START_TEST(numbers_that_are_none_become_null)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_double(&out, NAN);
    ccs_json_out_double(&out, INFINITY);
    ccs_json_out_double(&out, -INFINITY);
    ccs_json_out_double(&out, 1.5);
    ccs_json_out_end_array(&out);
    ck_assert_str_eq(finished(), "[null, null, null, 1.5]\n");
    char text[CCS_DOUBLE_TEXT];
    ck_assert_str_eq(ccs_double_text(text, -INFINITY), "-inf");
    ck_assert_str_eq(ccs_double_text(text, INFINITY), "inf");
    ck_assert_str_eq(ccs_double_text(text, NAN), "nan");
}
END_TEST

START_TEST(whole_numbers_keep_all_64_bits)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_int(&out, INT64_MAX);
    ccs_json_out_int(&out, INT64_MIN);
    ccs_json_out_end_array(&out);
    ck_assert_str_eq(finished(), "[9223372036854775807, -9223372036854775808]\n");
}
END_TEST

START_TEST(raw_json_is_written_as_it_is)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_raw(&out, "{\"x\":\n1}");
    ccs_json_out_raw(&out, "\"6 min\"");
    ccs_json_out_end_array(&out);
    ck_assert_str_eq(finished(), "[\n  {\"x\":\n1},\n  \"6 min\"\n]\n");
}
END_TEST

START_TEST(an_independent_parser_reads_a_large_document)
{
    ccs_json_out_begin_object(&out);
    ccs_json_out_key(&out, "rows");
    ccs_json_out_begin_array(&out);
    for (int i = 0; i < 5000; i++) {
        ccs_json_out_begin_object(&out);
        ccs_json_out_key(&out, "text");
        ccs_json_out_string(&out, "tab\t\"quoted\" \xe2\x82\xac");
        ccs_json_out_key(&out, "value");
        ccs_json_out_double(&out, i / 7.0);
        ccs_json_out_key(&out, "ci95");
        ccs_json_out_begin_array(&out);
        ccs_json_out_double(&out, i - 0.5);
        ccs_json_out_double(&out, i + 0.5);
        ccs_json_out_end_array(&out);
        ccs_json_out_end_object(&out);
    }
    ccs_json_out_end_array(&out);
    ccs_json_out_end_object(&out);
    cJSON *root = cJSON_Parse(finished());
    ck_assert_ptr_nonnull(root);
    const cJSON *rows = cJSON_GetObjectItemCaseSensitive(root, "rows");
    ck_assert_int_eq(cJSON_GetArraySize(rows), 5000);
    const cJSON *row;
    int i = 0;
    cJSON_ArrayForEach(row, rows)
    {
        ck_assert_str_eq(cJSON_GetObjectItemCaseSensitive(row, "text")->valuestring,
                         "tab\t\"quoted\" \xe2\x82\xac");
        ck_assert_double_eq(cJSON_GetObjectItemCaseSensitive(row, "value")->valuedouble, i / 7.0);
        ck_assert_int_eq(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(row, "ci95")), 2);
        i++;
    }
    cJSON_Delete(root);
}
END_TEST

static void put_value_without_key(void)
{
    ccs_json_out_begin_object(&out);
    ccs_json_out_int(&out, 1);
}

START_TEST(a_value_without_key_in_an_object_is_our_bug)
{
    assert_aborts(put_value_without_key);
}
END_TEST

static void leave_array_open(void)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_finish(&out);
}

START_TEST(an_unclosed_array_is_our_bug)
{
    assert_aborts(leave_array_open);
}
END_TEST

static void close_wrong_bracket(void)
{
    ccs_json_out_begin_array(&out);
    ccs_json_out_end_object(&out);
}

START_TEST(closing_the_wrong_bracket_is_our_bug)
{
    assert_aborts(close_wrong_bracket);
}
END_TEST

Suite *suite_json_out(void)
{
    Suite *suite = suite_create("json_out");
    TCase *tc = tcase_create("layout");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, objects_are_indented_by_two);
    tcase_add_test(tc, four_scalars_share_a_line_and_five_do_not);
    tcase_add_test(tc, an_array_of_arrays_is_broken_up_but_its_short_rows_are_not);
    tcase_add_test(tc, empty_containers_stay_short);
    tcase_add_test(tc, raw_json_is_written_as_it_is);
    tcase_add_test(tc, an_independent_parser_reads_a_large_document);
    suite_add_tcase(suite, tc);
    tc = tcase_create("values");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, strings_are_escaped_and_commas_in_them_left_alone);
    tcase_add_test(tc, bytes_that_are_not_utf8_are_replaced);
    tcase_add_test(tc, doubles_are_short_and_come_back_to_the_bit);
    tcase_add_test(tc, numbers_that_are_none_become_null);
    tcase_add_test(tc, whole_numbers_keep_all_64_bits);
    suite_add_tcase(suite, tc);
    tc = tcase_create("misuse");
    tcase_add_checked_fixture(tc, set_up_quietly, tear_down);
    tcase_add_test(tc, a_value_without_key_in_an_object_is_our_bug);
    tcase_add_test(tc, an_unclosed_array_is_our_bug);
    tcase_add_test(tc, closing_the_wrong_bracket_is_our_bug);
    suite_add_tcase(suite, tc);
    return suite;
}
