/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/document/json.h"

#include "test_scenario_help.h"

#include <cjson/cJSON.h>

Suite *suite_scenario_json(void);

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

static ccs_status check_bytes(const char *text, size_t size)
{
    return ccs_json_check(text, size, "a.json", "", diags);
}

static ccs_status check(const char *text)
{
    return check_bytes(text, strlen(text));
}

/* ---- What is accepted ---- */

static const char *const sound[] = {
    "{}",
    "[]",
    " \t\r\n{ \"a\" : [ 1 , 2 ] } \n",
    "0",
    "-0",
    "-0.5e-10",
    "1E+5",
    "1.7976931348623157e308",
    "5e-324",
    "0e999", /* zero whatever the exponent */
    "\"\"",
    "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041 \\ud83d\\ude00 \\uFFFF\"",
    "\"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80 \x7f\"",
    "[true, false, null]",
    "{\"a\": {\"a\": {\"a\": 1}}, \"A\": 2, \"\": 3}",
    "{\"/\": 1, \"~\": 2}",
    /* 63 characters, the most cJSON can take */
    "0.1234567890123456789012345678901234567890123456789012345678901",
};

START_TEST(sound_text_is_accepted)
{
    struct cJSON *root;
    const char *text = sound[_i];
    ccs_status status = ccs_json_parse(text, strlen(text), "a.json", "", diags, &root);
    print_diags(diags);
    ck_assert_int_eq(status, CCS_OK);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 0);
    cJSON_Delete(root);
}
END_TEST

START_TEST(a_number_keeps_every_bit)
{
    struct cJSON *root;
    const char *text = "[0.1, 0.30000000000000004, 9007199254740991, 5e-324]";
    ck_assert_int_eq(ccs_json_parse(text, strlen(text), "a.json", "", diags, &root), CCS_OK);
    ck_assert_double_eq(ccs_json_at(root, "/0")->valuedouble, 0.1);
    ck_assert_double_eq(ccs_json_at(root, "/1")->valuedouble, 0.1 + 0.2);
    ck_assert_double_eq(ccs_json_at(root, "/2")->valuedouble, 9007199254740991.0);
    ck_assert_double_eq(ccs_json_at(root, "/3")->valuedouble, 5e-324);
    cJSON_Delete(root);
}
END_TEST

/* ---- What is refused ---- */

static const struct {
    const char *text;
    size_t size; /* 0: strlen */
    const char *code;
    int line, column;
    const char *pointer;
} faulty[] = {
    {"\xef\xbb\xbf{}", 0, "E102", 1, 1, ""},
    {"\xff\xfe{\0}\0", 6, "E102", 1, 1, ""},
    {"{\"a\": \"\xff\"}", 0, "E103", 1, 8, "/a"},
    {"[\"\xc0\xaf\"]", 0, "E103", 1, 3, "/0"},     /* overlong */
    {"[\"\xed\xa0\x80\"]", 0, "E103", 1, 3, "/0"}, /* a surrogate as UTF-8 */
    {"[\"\xf4\x90\x80\x80\"]", 0, "E103", 1, 3, "/0"},
    {"[\"\xe2\x82\"]", 0, "E103", 1, 3, "/0"},
    {"[\"a\tb\"]", 0, "E104", 1, 4, "/0"},
    {"[\"a\0b\"]", 7, "E104", 1, 4, "/0"},
    {"[\"a\nb\"]", 0, "E104", 1, 4, "/0"},
    {"{\"a\": \"x\\u0000y\"}", 0, "E105", 1, 9, "/a"},
    {"[\"\\ud800\"]", 0, "E106", 1, 3, "/0"},
    {"[\"\\udc00\"]", 0, "E106", 1, 3, "/0"},
    {"[\"\\ud800\\u0041\"]", 0, "E106", 1, 3, "/0"},
    {"[\"\\x41\"]", 0, "E107", 1, 3, "/0"},
    {"[\"\\u12g4\"]", 0, "E107", 1, 3, "/0"},
    {"[\"\\u12\"]", 0, "E107", 1, 3, "/0"},
    {"", 0, "E108", 1, 1, ""},
    {" \n ", 0, "E108", 2, 2, ""},
    {"{", 0, "E108", 1, 2, ""},
    {"[1", 0, "E108", 1, 3, "/0"},
    {"[1, 2", 0, "E108", 1, 6, "/1"},
    {"{\"a\"", 0, "E108", 1, 5, "/a"},
    {"{\"a\":", 0, "E108", 1, 6, "/a"},
    {"[1,]", 0, "E108", 1, 4, "/1"},
    {"[,1]", 0, "E108", 1, 2, "/0"},
    {"[1,,2]", 0, "E108", 1, 4, "/1"},
    {"{\"a\": 1,}", 0, "E108", 1, 9, ""},
    {"{\"a\": }", 0, "E108", 1, 7, "/a"},
    {"{\"a\" 1}", 0, "E108", 1, 6, "/a"},
    {"{\"a\": 1 \"b\": 2}", 0, "E108", 1, 9, ""},
    {"[1 2]", 0, "E108", 1, 4, "/0"},
    {"{'a': 1}", 0, "E108", 1, 2, ""},
    {"{\"a\": 'x'}", 0, "E108", 1, 7, "/a"},
    {"{a: 1}", 0, "E108", 1, 2, ""},
    {"{1: 1}", 0, "E108", 1, 2, ""},
    {"{\"a\": yes}", 0, "E108", 1, 7, "/a"},
    {"{\"a\": True}", 0, "E108", 1, 7, "/a"},
    {"[1} ", 0, "E108", 1, 3, "/0"},
    {"]", 0, "E108", 1, 1, ""},
    {"// note\n{}", 0, "E108", 1, 1, ""},
    {"{ # note\n}", 0, "E108", 1, 3, ""},
    {"{ /* note */ }", 0, "E108", 1, 3, ""},
    {"\"abc", 0, "E108", 1, 1, ""},
    {"\"abc\\", 0, "E108", 1, 1, ""},
    {"{} x", 0, "E109", 1, 4, ""},
    {"{}{}", 0, "E109", 1, 3, ""},
    {"{}\0", 3, "E109", 1, 3, ""},
    {"1 2", 0, "E109", 1, 3, ""},
    {"[01]", 0, "E110", 1, 2, "/0"},
    {"[-01]", 0, "E110", 1, 2, "/0"},
    {"[1.]", 0, "E110", 1, 2, "/0"},
    {"[.5]", 0, "E110", 1, 2, "/0"},
    {"[+1]", 0, "E110", 1, 2, "/0"},
    {"[1e]", 0, "E110", 1, 2, "/0"},
    {"[1e+]", 0, "E110", 1, 2, "/0"},
    {"[-]", 0, "E110", 1, 2, "/0"},
    {"[0x10]", 0, "E110", 1, 2, "/0"},
    {"[1_000]", 0, "E110", 1, 2, "/0"},
    {"[NaN]", 0, "E110", 1, 2, "/0"},
    {"[-Infinity]", 0, "E110", 1, 2, "/0"},
    {"[90s]", 0, "E110", 1, 2, "/0"},
    {"[0.12345678901234567890123456789012345678901234567890123456789012]", 0, "E110", 1, 2, "/0"},
    {"[1e999]", 0, "E111", 1, 2, "/0"},
    {"[-1e309]", 0, "E111", 1, 2, "/0"},
    {"[1e-400]", 0, "E111", 1, 2, "/0"},
    {"{\"a\": 1,\n \"a\": 2}", 0, "E112", 2, 2, "/a"},
    {"{\"a\": 1, \"\\u0061\": 2}", 0, "E112", 1, 10, "/a"},
    {"{\"x\": {\"b/c\": 1, \"b/c\": 1}}", 0, "E112", 1, 18, "/x/b~1c"},
    {"{\"//\": 1, \"//\": 2}", 0, "E112", 1, 11, "/~1~1"},
};

START_TEST(each_fault_is_found_at_its_place)
{
    size_t size = faulty[_i].size > 0 ? faulty[_i].size : strlen(faulty[_i].text);
    ck_assert_int_eq(check_bytes(faulty[_i].text, size), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, faulty[_i].code, NULL);
    if (d == NULL || d->line != faulty[_i].line || d->column != faulty[_i].column ||
        strcmp(d->pointer, faulty[_i].pointer) != 0) {
        print_diags(diags);
        ck_abort_msg("expected %s at %d:%d (%s) in %s", faulty[_i].code, faulty[_i].line,
                     faulty[_i].column, faulty[_i].pointer, faulty[_i].text);
    }
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
}
END_TEST

START_TEST(independent_faults_are_reported_together)
{
    ck_assert_int_eq(check("{\n"
                           "  \"a\": 01,\n"
                           "  \"b\": 'x',\n"
                           "  \"c\": [1, 2,],\n"
                           "  \"d\": 1e999 // too much\n"
                           "  \"e\": \"\\q\",\n"
                           "  \"a\": 2,\n"
                           "}\n"
                           "}"),
                     CCS_EDATA);
    static const struct {
        const char *code;
        int line;
    } expected[] = {{"E110", 2}, {"E108", 3}, {"E108", 4}, {"E111", 5}, {"E108", 5},
                    {"E108", 6}, {"E107", 6}, {"E108", 8}, {"E112", 7}, {"E109", 9}};
    enum {
        N = sizeof expected / sizeof expected[0]
    };
    ck_assert_uint_eq(ccs_diagnostics_count(diags), N);
    for (size_t i = 0; i < N; i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, i);
        ck_assert_str_eq(d->code + 4, expected[i].code);
        ck_assert_int_eq(d->line, expected[i].line);
    }
}
END_TEST

START_TEST(a_key_given_three_times_is_reported_twice)
{
    ck_assert_int_eq(check("{\"b\": 0, \"a\": 1, \"a\": 2, \"c\": 0, \"a\": 3}"), CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 2);
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->message,
                     "the key was given before, in line 1 column 10");
}
END_TEST

START_TEST(scanning_ends_after_a_hundred_faults)
{
    enum {
        N = 100000
    };
    char *text = malloc(4 * N + 2);
    text[0] = '[';
    for (size_t i = 0; i < N; i++) {
        memcpy(text + 1 + 4 * i, "01, ", 4);
    }
    text[4 * N + 1] = ']';
    ck_assert_int_eq(check_bytes(text, 4 * N + 2), CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 100);
    free(text);
}
END_TEST

/* ---- Limits ---- */

static char *nested(size_t depth, char open, char close)
{
    char *text = malloc(2 * depth + 1);
    ck_assert_ptr_nonnull(text);
    memset(text, open, depth);
    memset(text + depth, close, depth);
    text[2 * depth] = '\0';
    return text;
}

START_TEST(two_hundred_levels_are_accepted_and_one_more_is_not)
{
    char *text = nested(200, '[', ']');
    ck_assert_int_eq(check(text), CCS_OK);
    free(text);
    text = nested(201, '[', ']');
    ck_assert_int_eq(check(text), CCS_EDATA);
    ck_assert_int_eq(find_diag(diags, "E113", NULL)->column, 201);
    free(text);
}
END_TEST

START_TEST(a_million_nested_brackets_are_refused_quietly)
{
    char *text = nested(1000000, '[', ']');
    ck_assert_int_eq(check(text), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E113", NULL));
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    free(text);
}
END_TEST

START_TEST(more_than_four_million_values_are_refused)
{
    size_t n = CCS_JSON_MAX_VALUES + 1;
    char *text = malloc(2 * n + 2);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = i == 0 ? '[' : ',';
        text[2 * i + 1] = '0';
    }
    text[2 * n] = ']';
    ck_assert_int_eq(check_bytes(text, 2 * n + 1), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E101", NULL));
    free(text);
}
END_TEST

/* ---- Hostile texts ---- */

static const char valid[] =
    "{\"name\": \"caf\xc3\xa9 \\ud83d\\ude00\", \"list\": [1, -2.5e3, true, false, null, \"x\"],\n"
    " \"deep\": {\"a\": {\"b\": [[], {}, [{\"c\": 0.1}]]}}, \"//\": \"note\", \"n\": 1e-7}";

START_TEST(a_document_cut_anywhere_is_refused)
{
    ck_assert_int_eq(check(valid), CCS_OK);
    for (size_t n = 0; n + 1 < sizeof valid; n++) {
        char *cut = malloc(n + 1); /* exact, so that the address sanitizer sees a byte too far */
        memcpy(cut, valid, n);
        struct cJSON *root;
        ck_assert_int_eq(ccs_json_parse(cut, n, "a.json", "", NULL, &root), CCS_EDATA);
        free(cut);
    }
}
END_TEST

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u; /* Numerical Recipes' quick generator */
    return *state >> 8;
}

/* Every value of the tree must be found in the text at its pointer. */
static void check_places(const struct cJSON *value, const char *text, size_t size, char *pointer)
{
    struct ccs_json_place place;
    ck_assert_msg(ccs_json_locate(text, size, pointer, &place), "%s not found in %.*s", pointer,
                  (int)size, text);
    size_t n = strlen(pointer), index = 0;
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        char *at = pointer + n;
        *at++ = '/';
        if (item->string == NULL) {
            snprintf(at, 32, "%zu", index++);
        } else {
            for (const char *c = item->string; *c != '\0'; c++) {
                if (*c == '~' || *c == '/') {
                    *at++ = '~';
                    *at++ = *c == '~' ? '0' : '1';
                } else {
                    *at++ = *c;
                }
            }
            *at = '\0';
        }
        check_places(item, text, size, pointer);
    }
    pointer[n] = '\0';
}

START_TEST(damaged_documents_are_refused_or_parsed_and_every_value_is_found)
{
    uint32_t state = 12345u + (uint32_t)_i;
    static const char ends[] = "{}[]\",:\\0129.eE+-'/#tn \n\x80\xff\x01";
    size_t accepted = 0;
    for (int round = 0; round < 4000; round++) {
        size_t size = sizeof valid - 1;
        char *text = malloc(size);
        char pointer[4096] = "";
        struct cJSON *root;
        memcpy(text, valid, size);
        for (uint32_t i = 0, n = 1 + next_random(&state) % 3; i < n; i++) {
            uint32_t at = next_random(&state) % (uint32_t)size;
            uint32_t how = next_random(&state);
            text[at] = (char)(how % 2 == 0 ? ends[next_random(&state) % (sizeof ends - 1)]
                                           : text[at] ^ (1 << how % 8));
        }
        ccs_status status = ccs_json_parse(text, size, "a.json", "", diags, &root);
        /* ENOMEM would mean that cJSON refused what the check let pass. */
        ck_assert(status == CCS_OK || status == CCS_EDATA);
        if (status == CCS_OK) {
            accepted++;
            check_places(root, text, size, pointer);
        }
        cJSON_Delete(root);
        free(text);
    }
    ck_assert_uint_gt(accepted, 100); /* or the test would not test the second half */
}
END_TEST

/* ---- Places and pointers ---- */

START_TEST(a_value_and_its_key_are_located_by_pointer)
{
    static const char text[] = "{\n"
                               "  \"teams\": {\"a/b\": {\"agents\":\n"
                               "      -2}, \"m~n\": [10, {\"x\": 5}]},\n"
                               "  \"caf\\u00e9\": 1\n"
                               "}";
    static const struct {
        const char *pointer;
        struct ccs_json_place place;
    } cases[] = {
        {"", {1, 1, 1, 1}},
        {"/teams", {2, 12, 2, 3}},
        {"/teams/a~1b", {2, 20, 2, 13}},
        {"/teams/a~1b/agents", {3, 7, 2, 21}},
        {"/teams/m~0n/0", {3, 20, 3, 20}},
        {"/teams/m~0n/1/x", {3, 30, 3, 25}},
        {"/caf\xc3\xa9", {4, 16, 4, 3}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ccs_json_place place;
        ck_assert(ccs_json_locate(text, sizeof text - 1, cases[i].pointer, &place));
        ck_assert_int_eq(place.line, cases[i].place.line);
        ck_assert_int_eq(place.column, cases[i].place.column);
        ck_assert_int_eq(place.key_line, cases[i].place.key_line);
        ck_assert_int_eq(place.key_column, cases[i].place.key_column);
    }
}
END_TEST

START_TEST(what_is_not_in_the_text_is_not_located)
{
    static const char text[] = "{\"a\": [1, 2], \"b\": {}}";
    static const char *const pointers[] = {"/c",  "/A",    "/a/2", "/a/-", "/a/01",
                                           "/b/", "/a/0/", "a",    "/",    "/aa"};
    for (size_t i = 0; i < sizeof pointers / sizeof pointers[0]; i++) {
        struct ccs_json_place place;
        ck_assert(!ccs_json_locate(text, sizeof text - 1, pointers[i], &place));
    }
}
END_TEST

START_TEST(keys_are_found_exactly)
{
    struct cJSON *root;
    const char *text = "{\"Teams\": 1, \"teams\": {\"x/y\": [4, 5]}}";
    ck_assert_int_eq(ccs_json_parse(text, strlen(text), "a.json", "", diags, &root), CCS_OK);
    ck_assert_double_eq(ccs_json_at(root, "/Teams")->valuedouble, 1);
    ck_assert_double_eq(ccs_json_at(root, "/teams/x~1y/1")->valuedouble, 5);
    ck_assert_ptr_eq(ccs_json_at(root, ""), root);
    ck_assert_ptr_null(ccs_json_at(root, "/TEAMS"));
    ck_assert_ptr_null(ccs_json_at(root, "/teams/x/y"));
    ck_assert_ptr_null(ccs_json_at(root, "/teams/x~1y/2"));
    ck_assert_ptr_null(ccs_json_at(root, "/Teams/0"));
    ck_assert_ptr_null(ccs_json_member(root, "TEAMS"));
    ck_assert_ptr_null(ccs_json_member(NULL, "a"));
    cJSON_Delete(root);
}
END_TEST

Suite *suite_scenario_json(void)
{
    Suite *suite = suite_create("scenario_json");
    TCase *accepts = tcase_create("accepts");
    tcase_add_checked_fixture(accepts, set_up, tear_down);
    tcase_add_loop_test(accepts, sound_text_is_accepted, 0, sizeof sound / sizeof sound[0]);
    tcase_add_test(accepts, a_number_keeps_every_bit);
    suite_add_tcase(suite, accepts);

    TCase *refuses = tcase_create("refuses");
    tcase_add_checked_fixture(refuses, set_up, tear_down);
    tcase_add_loop_test(refuses, each_fault_is_found_at_its_place, 0,
                        sizeof faulty / sizeof faulty[0]);
    tcase_add_test(refuses, independent_faults_are_reported_together);
    tcase_add_test(refuses, a_key_given_three_times_is_reported_twice);
    tcase_add_test(refuses, scanning_ends_after_a_hundred_faults);
    suite_add_tcase(suite, refuses);

    TCase *limits = tcase_create("limits");
    tcase_add_checked_fixture(limits, set_up, tear_down);
    tcase_add_test(limits, two_hundred_levels_are_accepted_and_one_more_is_not);
    tcase_add_test(limits, a_million_nested_brackets_are_refused_quietly);
    tcase_add_test(limits, more_than_four_million_values_are_refused);
    suite_add_tcase(suite, limits);

    TCase *hostile = tcase_create("hostile");
    tcase_add_checked_fixture(hostile, set_up, tear_down);
    tcase_add_test(hostile, a_document_cut_anywhere_is_refused);
    tcase_add_loop_test(hostile, damaged_documents_are_refused_or_parsed_and_every_value_is_found,
                        0, 3);
    suite_add_tcase(suite, hostile);

    TCase *places = tcase_create("places");
    tcase_add_checked_fixture(places, set_up, tear_down);
    tcase_add_test(places, a_value_and_its_key_are_located_by_pointer);
    tcase_add_test(places, what_is_not_in_the_text_is_not_located);
    tcase_add_test(places, keys_are_found_exactly);
    suite_add_tcase(suite, places);
    return suite;
}
