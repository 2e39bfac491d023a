/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durations, dates, opening hours, interval tables, CSV and distributions. */
#include "base/units.h"
#include "format/document/csv.h"
#include "format/field/duration.h"
#include "test_scenario_help.h"

#include <locale.h>

Suite *suite_scenario_series(void);

static struct ccs_diagnostics *diags;
static struct ccs_document *doc;
static struct ccs_arena arena;
static struct mini_root root;
static char folder[64];

static void set_up(void)
{
    diags = ccs_diagnostics_create();
    ck_assert_ptr_nonnull(diags);
    doc = NULL;
    ccs_arena_init(&arena, 0);
    make_folder(folder);
}

static void tear_down(void)
{
    ccs_document_destroy(doc);
    ccs_diagnostics_destroy(diags);
    ccs_arena_fini(&arena);
    remove_folder(folder);
}

/* A scenario that consists of one member of "all", read as if from the test's folder. */
static ccs_status bind(const char *member)
{
    char text[2048];
    snprintf(text, sizeof text, "{'all': {%s}}", member);
    ccs_document_destroy(doc);
    char *json = json_text(text);
    ck_assert_int_eq(ccs_document_parse(&doc, "a.json", folder, json, strlen(json), diags), CCS_OK);
    free(json);
    return bind_root(doc, &arena, diags, &root);
}

static void bind_soundly(const char *member)
{
    ccs_status status = bind(member);
    print_diags(diags);
    ck_assert_int_eq(status, CCS_OK);
}

/* ---- Durations and dates ---- */

START_TEST(durations_are_numbers_with_units)
{
    static const struct {
        const char *text;
        double seconds;
    } cases[] = {
        {"90 s", 90},          {"90s", 90},          {"6 min", 360},         {"1.5 h", 5400},
        {"250 ms", 0.25},      {"1 day", 86400},     {"2 days", 172800},     {"1 week", 604800},
        {"2 weeks", 1209600},  {"1 month", 2629800}, {"6 months", 15778800}, {"1 year", 31557600},
        {"2 years", 63115200}, {"-3 s", -3},         {"1e2 s", 100},         {".5 min", 30},
        {"1.5e-1 h", 540},     {"0 s", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double seconds;
        char fault[CCS_DURATION_FAULT];
        ck_assert_msg(ccs_duration_parse(cases[i].text, &seconds, fault), "%s: %s", cases[i].text,
                      fault);
        ck_assert_double_eq(seconds, cases[i].seconds);
    }
}
END_TEST

START_TEST(what_is_no_duration_says_what_to_write)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"90", "has no unit: write \"90 s\" if seconds are meant"},
        {"6 minutes", "no unit `minutes` (ms s min h days weeks months years); did you mean "
                      "`min`?"},
        {"2 m", "no unit `m` (ms s min h days weeks months years); did you mean `min`?"},
        {"3 dayz", "no unit `dayz` (ms s min h days weeks months years); did you mean `day`?"},
        {"5 S", NULL},
        {"", "must be a number and a unit, like \"90 s\" (found \"\")"},
        {"s", "must be a number and a unit, like \"90 s\" (found \"s\")"},
        {"1 h 30 min", NULL},
        {"1,5 h", NULL},
        {"inf s", NULL},
        {"nan s", NULL},
        {"0x10 s", NULL},
        {"1-2 s", NULL},
        {" 5 s", NULL},
        {"5 s ", NULL},
        {"1e400 s", NULL},
        {"300000 years", "is longer than 285,000 years (found \"300000 years\")"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double seconds;
        char fault[CCS_DURATION_FAULT];
        ck_assert_msg(!ccs_duration_parse(cases[i].text, &seconds, fault), "%s", cases[i].text);
        if (cases[i].fault != NULL) {
            ck_assert_str_eq(fault, cases[i].fault);
        }
    }
}
END_TEST

START_TEST(durations_are_written_in_their_largest_whole_unit)
{
    static const struct {
        double seconds;
        const char *text;
    } cases[] = {{0, "0 s"},
                 {90, "90 s"},
                 {120, "2 min"},
                 {5400, "90 min"},
                 {7200, "2 h"},
                 {0.25, "250 ms"},
                 {86400, "1 days"},
                 {604800, "1 weeks"},
                 {2629800, "1 months"},
                 {31557600, "1 years"},
                 {-60, "-1 min"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[CCS_DURATION_TEXT];
        ck_assert_str_eq(ccs_duration_text(text, cases[i].seconds), cases[i].text);
    }
}
END_TEST

START_TEST(numbers_do_not_depend_on_the_locale)
{
    double seconds;
    char fault[CCS_DURATION_FAULT];
    const char *set = setlocale(LC_ALL, "de_DE.UTF-8"); /* where it is not installed: no matter */
    ck_assert_msg(ccs_duration_parse("1.5 s", &seconds, fault), "in %s: %s",
                  set == NULL ? "C" : set, fault);
    ck_assert_double_eq(seconds, 1.5);
    bind_soundly("'real': 0.5");
    ck_assert_double_eq(root.all.real, 0.5);
}
END_TEST

START_TEST(every_day_of_eight_centuries_has_its_number)
{
    int64_t day = -171499, expected = -171499; /* 1500-06-15 */
    char text[CCS_DATE_TEXT];
    ck_assert(ccs_date_parse("1500-06-15", &day));
    ck_assert_int_eq(day, expected);
    for (; expected < 120000; expected++) {
        ck_assert(ccs_date_parse(ccs_date_text(text, expected), &day));
        ck_assert_int_eq(day, expected);
    }
    ck_assert_str_eq(ccs_date_text(text, 0), "1970-01-01");
    ck_assert_str_eq(ccs_date_text(text, 19782), "2024-02-29");
    ck_assert_str_eq(ccs_date_text(text, 11016), "2000-02-29");
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
    static const char *const cases[] = {"2023-02-29", "1900-02-29",  "2024-04-31", "2024-00-10",
                                        "2024-13-01", "2024-01-00",  "2024-1-1",   "24-01-01",
                                        "2024/01/01", "2024-01-01T", "0999-01-01", "",
                                        "2024-01-0x"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t day;
        ck_assert_msg(!ccs_date_parse(cases[i], &day), "%s", cases[i]);
    }
}
END_TEST

/* ---- Opening hours ---- */

static void check_spans(const char *member, const int32_t *expected, size_t n)
{
    bind_soundly(member);
    ck_assert_uint_eq(root.all.hours.n, n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(root.all.hours.span[i].from_min, expected[2 * i]);
        ck_assert_int_eq(root.all.hours.span[i].to_min, expected[2 * i + 1]);
    }
}

START_TEST(opening_hours_become_minutes_of_the_week)
{
    check_spans("'hours': 'always'", (const int32_t[]){0, 10080}, 1);
    check_spans("'hours': {'mon-sun': '00:00-24:00'}", (const int32_t[]){0, 10080}, 1);
    check_spans("'hours': {'sat': '09:30-12:00', 'mon-tue': ['13:00-17:00',"
                " '08:00-12:00']}",
                (const int32_t[]){480, 720, 780, 1020, 1920, 2160, 2220, 2460, 7770, 7920}, 5);
    /* Touching spans are one, over midnight too; a range may go over Sunday. */
    check_spans("'hours': {'mon': ['08:00-10:00', '10:00-24:00'], 'tue': '00:00-06:00'}",
                (const int32_t[]){480, 1800}, 1);
    check_spans("'hours': {'sun-mon': '12:00-13:00'}", (const int32_t[]){720, 780, 9360, 9420}, 2);
    check_spans("'hours': {}", NULL, 0);
}
END_TEST

static const struct {
    const char *member, *code, *pointer;
} bad_hours[] = {
    {"'hours': 'never'", "E202", "/all/hours"},
    {"'hours': 8", "E202", "/all/hours"},
    {"'hours': {'monday': '08:00-18:00'}", "E212", "/all/hours/monday"},
    {"'hours': {'Mon': '08:00-18:00'}", "E212", "/all/hours/Mon"},
    {"'hours': {'mon-': '08:00-18:00'}", "E212", "/all/hours/mon-"},
    {"'hours': {'mon': '8:00-18:00'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': '08:00-24:01'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': '08:60-18:00'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': '22:00-06:00'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': '08:00-08:00'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': '08:00 - 18:00'}", "E212", "/all/hours/mon"},
    {"'hours': {'mon': 8}", "E202", "/all/hours/mon"},
    {"'hours': {'mon': ['08:00-09:00', null]}", "E203", "/all/hours/mon/1"},
    {"'hours': {'mon': ['08:00-12:00', '11:00-13:00']}", "E213", "/all/hours/mon/1"},
    {"'hours': {'mon-fri': '08:00-12:00', 'wed': '10:00-11:00'}", "E213", "/all/hours/wed"},
};

START_TEST(bad_hours_are_refused_at_their_place)
{
    ck_assert_int_eq(bind(bad_hours[_i].member), CCS_EDATA);
    if (find_diag(diags, bad_hours[_i].code, bad_hours[_i].pointer) == NULL ||
        ccs_diagnostics_count(diags) != 1) {
        print_diags(diags);
        ck_abort_msg("%s", bad_hours[_i].member);
    }
}
END_TEST

/* ---- CSV ---- */

struct csv_case {
    const char *text;
    const char *name; /* of the column */
    size_t number;
    size_t n; /* values; 0: refused */
    double value[4];
    const char *code; /* if refused */
    int line;
};

static const struct csv_case csv_cases[] = {
    {"1\n2\n3\n", NULL, 0, 3, {1, 2, 3}, NULL, 0},
    {"1\r\n2\r\n3", NULL, 0, 3, {1, 2, 3}, NULL, 0},
    {"calls\n1\n2\n", NULL, 0, 2, {1, 2}, NULL, 0},
    {"# source: somewhere\n# 2003\ncalls\n1\n", NULL, 0, 1, {1}, NULL, 0},
    {"\xef\xbb\xbf"
     "calls\n1\n",
     "calls",
     0,
     1,
     {1},
     NULL,
     0},
    {"day,calls\nmon,5\ntue,6\n", "calls", 0, 2, {5, 6}, NULL, 0},
    {"day,calls\nmon,5\ntue,6\n", NULL, 2, 2, {5, 6}, NULL, 0},
    {"\"a,b\",\"c \"\"d\"\"\"\n1,2\n", "c \"d\"", 0, 1, {2}, NULL, 0},
    {"a\n\"1\"\n  2.5 \n\n-3e-2\n", "a", 0, 3, {1, 2.5, -0.03}, NULL, 0},
    {"a,b\n1,2,3\n4,5\n", "b", 0, 0, {0}, "E116", 2}, /* more than the first row */
    {"calls\n1,5\n", NULL, 0, 0, {0}, "E116", 2},     /* a decimal comma */
    {"1,2\n3,4\n", "calls", 0, 0, {0}, "E116", 1},
    {"1,2\n3,4\n", NULL, 0, 0, {0}, "E116", 1},
    {"a;calls\n1;2\n", "calls", 0, 0, {0}, "E116", 1},
    {"a,b\n1,2\n3\n", "b", 0, 0, {0}, "E116", 3},
    {"a\n1\n\"2\n", "a", 0, 0, {0}, "E116", 3},
    {"a\n1\n\"2\"x\n", "a", 0, 0, {0}, "E116", 3},
    {"a\n1\n2\"\n", "a", 0, 0, {0}, "E116", 3},
    {"", NULL, 0, 0, {0}, "E116", 0},
    {"calls\n", NULL, 0, 0, {0}, "E116", 1},
    {"# only a remark\n", NULL, 0, 0, {0}, "E116", 1},
    {"a\n1\n\n\nx\n", "a", 0, 0, {0}, "E117", 5},
    {"a,b\n1,2\n,3\n", "a", 0, 0, {0}, "E117", 3},
    {"a\n1\nNaN\n", "a", 0, 0, {0}, "E117", 3},
    {"a\n1\n1e999\n", "a", 0, 0, {0}, "E117", 3},
    {"a\n1\n\"1,5\"\n", "a", 0, 0, {0}, "E117", 3},
    {"a\n1\n2000\n", "a", 0, 0, {0}, "E214", 3},
};

START_TEST(a_column_is_read_or_refused_with_its_line)
{
    const struct csv_case *c = &csv_cases[_i];
    const struct ccs_csv_column column = {"t.csv", "/p", c->name, c->number, -1000, 1000};
    struct ccs_real_list list;
    ccs_status status = ccs_csv_read(&column, c->text, strlen(c->text), &arena, diags, &list);
    if (c->n > 0) {
        print_diags(diags);
        ck_assert_int_eq(status, CCS_OK);
        ck_assert_uint_eq(list.n, c->n);
        for (size_t i = 0; i < c->n; i++) {
            ck_assert_double_eq(list.v[i], c->value[i]);
        }
        return;
    }
    ck_assert_int_eq(status, CCS_EDATA);
    const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, 0);
    ck_assert_str_eq(d->code + 4, c->code);
    ck_assert_int_eq(d->line, c->line);
    ck_assert_str_eq(d->origin, "t.csv");
    ck_assert_str_eq(d->pointer, "/p");
}
END_TEST

START_TEST(a_misspelt_column_is_suggested)
{
    const struct ccs_csv_column column = {"t.csv", "/p", "cals", 0, -1000, 1000};
    struct ccs_real_list list;
    const char *text = "day,calls,agents\n1,2,3\n";
    ck_assert_int_eq(ccs_csv_read(&column, text, strlen(text), &arena, diags, &list), CCS_EDATA);
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->message,
                     "the first row has no column `cals`; did you mean `calls`?");
}
END_TEST

START_TEST(a_table_full_of_faults_is_not_reported_to_the_end)
{
    char text[4000] = "a\n";
    struct ccs_real_list list;
    const struct ccs_csv_column column = {"t.csv", "/p", "a", 0, -1000, 1000};
    for (int i = 0; i < 1000; i++) {
        strcat(text, "x\n");
    }
    ck_assert_int_eq(ccs_csv_read(&column, text, strlen(text), &arena, diags, &list), CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 10);
}
END_TEST

START_TEST(a_damaged_table_is_read_or_refused)
{
    static const char sound[] = "# x\nday,\"calls \"\"in\"\"\"\nmon,5\r\ntue,\"6.5\"\nwed,-1e3\n";
    uint32_t state = 99;
    for (int round = 0; round < 5000; round++) {
        size_t size = sizeof sound - 1;
        char *text = malloc(size);
        struct ccs_real_list list;
        const struct ccs_csv_column column = {"t.csv", "/p", NULL, 2, -INFINITY, INFINITY};
        memcpy(text, sound, size);
        for (int i = 0; i < 3; i++) {
            state = state * 1664525u + 1013904223u;
            text[(state >> 8) % size] = "\",\n\r\0#x5;"[(state >> 4) % 9];
        }
        struct ccs_diagnostics *found = ccs_diagnostics_create();
        ccs_status status = ccs_csv_read(&column, text, size, &arena, found, &list);
        ck_assert_int_eq(status == CCS_OK, ccs_diagnostics_error_count(found) == 0);
        ck_assert_int_eq(status == CCS_OK, list.n > 0);
        ccs_diagnostics_destroy(found);
        free(text);
    }
}
END_TEST

/* ---- Interval tables ---- */

START_TEST(an_inline_table_is_bound)
{
    bind_soundly("'calls': {'interval': '30 min', 'values': [1, 2.5], 'repeat': 'week',"
                 " 'from': '8 h'}");
    const struct ccs_series *s = &root.all.calls;
    ck_assert(!s->is_constant);
    ck_assert_int_eq(s->interval, 30 * CCS_US_PER_MIN);
    ck_assert_int_eq(s->from, 8 * CCS_US_PER_H);
    ck_assert_int_eq(s->repeat, CCS_REPEAT_WEEK);
    ck_assert_int_eq(s->per_day, 0);
    ck_assert(!s->weekdays_only);
    ck_assert_uint_eq(s->n, 2);
    ck_assert_double_eq(s->v[1], 2.5);
}
END_TEST

START_TEST(a_table_from_a_file_is_bound)
{
    write_file(folder, "calls.csv", "day,calls\n1,10\n1,20\n2,30\n2,40\n");
    bind_soundly("'calls': {'interval': '5 min', 'csv': 'calls.csv', 'column': 'calls', "
                 "'per_day': 2, 'days': 'weekdays', 'from': '7 h',"
                 " 'repeat': 'all'}");
    const struct ccs_series *s = &root.all.calls;
    ck_assert_uint_eq(s->n, 4);
    ck_assert_double_eq(s->v[3], 40.0);
    ck_assert_int_eq(s->per_day, 2);
    ck_assert(s->weekdays_only);
    ck_assert_int_eq(s->repeat, CCS_REPEAT_ALL);
}
END_TEST

START_TEST(a_table_is_found_from_the_file_that_names_it)
{
    char below[128], command[160], path[256];
    snprintf(below, sizeof below, "%sbelow/", folder);
    snprintf(command, sizeof command, "mkdir '%s'", below);
    ck_assert_int_eq(system(command), 0);
    write_file(below, "calls.csv", "1\n2\n");
    write_json(below, "base.json", "{'all': {'calls': {'interval': '1 h', 'csv': 'calls.csv'}}}");
    write_json(folder, "a.json", "{'extends': 'below/base.json'}");
    path_in(path, folder, "a.json");
    ck_assert_int_eq(ccs_document_load(&doc, path, diags), CCS_OK);
    ck_assert_int_eq(bind_root(doc, &arena, diags, &root), CCS_OK);
    ck_assert_uint_eq(root.all.calls.n, 2);
    snprintf(command, sizeof command, "rm -r '%s'", below);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

static const struct {
    const char *table, *code, *pointer;
} bad_tables[] = {
    {"{'values': [1]}", "E201", "/interval"},
    {"{'interval': '0 s', 'values': [1]}", "E214", "/interval"},
    {"{'interval': 30, 'values': [1]}", "E210", "/interval"},
    {"{'interval': '1 h'}", "E217", ""},
    {"{'interval': '1 h', 'values': [1], 'csv': 't.csv'}", "E217", ""},
    {"{'interval': '1 h', 'values': []}", "E217", "/values"},
    {"{'interval': '1 h', 'values': 5}", "E202", "/values"},
    {"{'interval': '1 h', 'values': [1, -1]}", "E214", "/values/1"},
    {"{'interval': '1 h', 'values': [1], 'column': 1}", "E217", "/column"},
    {"{'interval': '1 h', 'values': [1], 'repeat': 'daily'}", "E204", "/repeat"},
    {"{'interval': '1 h', 'values': [1], 'days': 'weekdays'}", "E217", "/days"},
    {"{'interval': '1 h', 'values': [1, 2, 3], 'per_day': 2}", "E217", "/per_day"},
    {"{'interval': '1 h', 'values': [1], 'per_day': 0}", "E214", "/per_day"},
    {"{'interval': '1 h', 'values': [1], 'per_day': 1.5}", "E215", "/per_day"},
    {"{'interval': '13 h', 'values': [1, 2], 'per_day': 2}", "E217", "/per_day"},
    {"{'interval': '1 h', 'values': [1], 'per_day': 1, 'repeat': 'week'}", "E217", "/repeat"},
    {"{'interval': '13 h', 'values': [1, 2], 'repeat': 'day'}", "E217", ""},
    {"{'interval': '1 h', 'from': '23.5 h', 'values': [1], 'repeat': 'day'}", "E217", ""},
    {"{'interval': '7 days', 'values': [1, 2], 'repeat': 'week'}", "E217", ""},
    {"{'interval': '1 h', 'values': [1], 'repaet': 'day'}", "E200", "/repaet"},
    {"{'interval': '1 h', 'csv': 'absent.csv'}", "E100", "/csv"},
    {"{'interval': '1 h', 'csv': '/dev/zero'}", "E101", "/csv"},
    {"{'interval': '1 h', 'csv': 5}", "E202", "/csv"},
    {"{'interval': '1 h', 'csv': 't.csv', 'column': 0}", "E214", "/column"},
    {"{'interval': '1 h', 'csv': 't.csv', 'column': 1.5}", "E215", "/column"},
    {"{'interval': '1 h', 'csv': 't.csv', 'column': true}", "E202", "/column"},
    {"{'interval': '1 h', 'csv': 't.csv', 'column': 7}", "E116", "/csv"},
    {"{'interval': '1 h', 'csv': 't.csv', 'column': 'b'}", "E214", "/csv"},
    {"{'interval': '1 h', 'csv': '-'}", "E100", "/csv"},
    {"'many'", "E202", ""},
    {"-1", "E214", ""},
};

START_TEST(a_table_that_does_not_fit_is_refused)
{
    char member[512], pointer[64];
    write_file(folder, "t.csv", "a,b\n1,-5\n");
    snprintf(member, sizeof member, "'calls': %s", bad_tables[_i].table);
    snprintf(pointer, sizeof pointer, "/all/calls%s", bad_tables[_i].pointer);
    ck_assert_int_eq(bind(member), CCS_EDATA);
    if (find_diag(diags, bad_tables[_i].code, pointer) == NULL ||
        ccs_diagnostics_count(diags) != 1) {
        print_diags(diags);
        ck_abort_msg("%s", member);
    }
}
END_TEST

START_TEST(a_table_that_is_there_and_cannot_be_read_is_no_mistake_of_the_scenario)
{
    ck_assert_int_eq(bind("'calls': {'interval': '1 h', 'csv': '.'}"), CCS_EIO);
    ck_assert_ptr_nonnull(find_diag(diags, "E100", "/all/calls/csv"));
}
END_TEST

/* ---- Distributions ---- */

START_TEST(distributions_are_bound_in_seconds)
{
    static const struct {
        const char *text;
        enum ccs_dist_kind kind;
        double mean, sd;
    } cases[] = {
        {"'2 min'", CCS_DIST_CONSTANT, 120, 0},
        {"{'dist': 'constant', 'mean': '5 s'}", CCS_DIST_CONSTANT, 5, 0},
        {"{'dist': 'lognormal', 'mean': '6 min', 'cv': 1.2}", CCS_DIST_LOGNORMAL, 360, 432},
        {"{'dist': 'gamma', 'mean': '6 min', 'sd': '3 min'}", CCS_DIST_GAMMA, 360, 180},
        {"{'dist': 'erlang', 'mean': '6 min', 'stages': 4}", CCS_DIST_ERLANG, 360, 180},
        {"{'dist': 'uniform', 'min': '10 s', 'max': '20 s'}", CCS_DIST_UNIFORM, 15,
         10 / 3.4641016151377544},
        {"{'dist': 'triangular', 'min': '0 s', 'mode': '30 s', 'max': '1 min'}",
         CCS_DIST_TRIANGULAR, 30, 12.24744871391589},
        {"{'dist': 'empirical', 'values': ['10 s', '0.5 min']}", CCS_DIST_EMPIRICAL, 20, 10},
        {"{'dist': 'empirical', 'values': [1, 3], 'unit': 'min'}", CCS_DIST_EMPIRICAL, 120, 60},
        {"{'dist': 'empirical', 'csv': 't.csv', 'column': 'a', 'unit': 'ms'}", CCS_DIST_EMPIRICAL,
         2, 1},
        {"{'dist': 'mixture', 'parts': [{'weight': 3, 'dist': 'constant', 'mean': '10 s'}, "
         "{'weight': 1, 'dist': 'constant', 'mean': '30 s'}]}",
         CCS_DIST_MIXTURE, 15, 8.660254037844386},
    };
    write_file(folder, "t.csv", "b,a\n0,1000\n0,3000\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char member[512];
        snprintf(member, sizeof member, "'talk': %s", cases[i].text);
        bind_soundly(member);
        ck_assert_int_eq(root.all.talk.kind, cases[i].kind);
        /* Only rounding in the formulas stands between these. */
        ck_assert_double_eq_tol(ccs_dist_mean(&root.all.talk), cases[i].mean, 1e-9);
        ck_assert_double_eq_tol(sqrt(ccs_dist_variance(&root.all.talk)), cases[i].sd, 1e-6);
    }
}
END_TEST

START_TEST(money_and_numbers_have_distributions_without_units)
{
    bind_soundly("'price': {'dist': 'gamma', 'mean': 20, 'sd': 5}, 'factor': {'dist': 'empirical', "
                 "'values': [1, 2, 3]}");
    ck_assert_double_eq_tol(ccs_dist_mean(&root.all.price), 20, 1e-9);
    ck_assert_double_eq_tol(ccs_dist_mean(&root.all.factor), 2, 1e-9);
}
END_TEST

static const struct {
    const char *member, *code, *pointer;
} bad_dists[] = {
    {"'talk': 90", "E210", "/talk"},
    {"'talk': '90'", "E210", "/talk"},
    {"'talk': [1]", "E202", "/talk"},
    {"'talk': '2 h'", "E214", "/talk"},
    {"'talk': {'mean': '6 min'}", "E201", "/talk/dist"},
    {"'talk': {'dist': 'log-normal', 'mean': '6 min'}", "E204", "/talk/dist"},
    {"'talk': {'dist': 5}", "E202", "/talk/dist"},
    {"'talk': {'dist': 'lognormal', 'mean': '6 min'}", "E201", "/talk/cv"},
    {"'talk': {'dist': 'lognormal', 'cv': 1}", "E201", "/talk/mean"},
    {"'talk': {'dist': 'lognormal', 'mean': 360, 'cv': 1}", "E210", "/talk/mean"},
    {"'talk': {'dist': 'lognormal', 'mean': '6 min', 'cv': '1'}", "E202", "/talk/cv"},
    {"'talk': {'dist': 'lognormal', 'mean': '6 min', 'cv': 1, 'sd': '1 s'}", "E216", "/talk/sd"},
    {"'talk': {'dist': 'lognormal', 'mean': '6 min', 'cv': -1}", "E216", "/talk/cv"},
    {"'talk': {'dist': 'lognormal', 'mean': '0 s', 'cv': 1}", "E216", "/talk/mean"},
    {"'talk': {'dist': 'exponential', 'mean': '6 min', 'cv': 1}", "E216", "/talk/cv"},
    {"'talk': {'dist': 'exponential', 'mean': '6 min', 'maen': 1}", "E200", "/talk/maen"},
    {"'talk': {'dist': 'exponential', 'mean': '6 min', 'weight': 1}", "E200", "/talk/weight"},
    {"'talk': {'dist': 'erlang', 'mean': '6 min', 'stages': 1.5}", "E216", "/talk/stages"},
    {"'talk': {'dist': 'hyperexponential', 'mean': '6 min', 'cv': 0.5}", "E216", "/talk/cv"},
    {"'talk': {'dist': 'uniform', 'min': '2 s', 'max': '1 s'}", "E216", NULL},
    {"'talk': {'dist': 'empirical'}", "E216", "/talk"},
    {"'talk': {'dist': 'empirical', 'values': []}", "E216", "/talk"},
    {"'talk': {'dist': 'empirical', 'values': [1]}", "E201", "/talk/unit"},
    {"'talk': {'dist': 'empirical', 'values': [1], 'unit': 'sec'}", "E210", "/talk/unit"},
    {"'talk': {'dist': 'empirical', 'values': ['1 s', 'x']}", "E210", "/talk/values/1"},
    {"'talk': {'dist': 'empirical', 'values': ['1 s', true]}", "E202", "/talk/values/1"},
    {"'talk': {'dist': 'empirical', 'values': '1 s'}", "E202", "/talk/values"},
    {"'talk': {'dist': 'empirical', 'csv': 'absent.csv', 'unit': 's'}", "E100", "/talk/csv"},
    {"'talk': {'dist': 'mixture'}", "E201", "/talk/parts"},
    {"'talk': {'dist': 'mixture', 'parts': []}", "E216", "/talk"},
    {"'talk': {'dist': 'mixture', 'parts': [5]}", "E202", "/talk/parts/0"},
    {"'talk': {'dist': 'mixture', 'parts': [{'dist': 'constant', 'mean': '1 s'}]}", "E201",
     "/talk/parts/0/weight"},
    {"'talk': {'dist': 'mixture', 'parts': [{'weight': 0, 'dist': 'constant',"
     " 'mean': '1 s'}]}",
     "E214", "/talk/parts/0/weight"},
    {"'talk': {'dist': 'mixture', 'parts': [{'weight': 1, 'dist': 'constant'}]}", "E201",
     "/talk/parts/0/mean"},
    {"'price': '12'", "E202", "/price"},
    {"'price': -1", "E216", "/price"},
    {"'price': {'dist': 'gamma', 'mean': '20 s', 'cv': 1}", "E202", "/price/mean"},
    {"'price': {'dist': 'empirical', 'values': [1], 'unit': 's'}", "E216", "/price/unit"},
};

START_TEST(a_distribution_that_does_not_fit_is_refused)
{
    char pointer[64];
    snprintf(pointer, sizeof pointer, "/all%s",
             bad_dists[_i].pointer == NULL ? "" : bad_dists[_i].pointer);
    ck_assert_int_eq(bind(bad_dists[_i].member), CCS_EDATA);
    if (find_diag(diags, bad_dists[_i].code, bad_dists[_i].pointer == NULL ? NULL : pointer) ==
            NULL ||
        ccs_diagnostics_count(diags) != 1) {
        print_diags(diags);
        ck_abort_msg("%s: expected %s", bad_dists[_i].member, bad_dists[_i].code);
    }
}
END_TEST

Suite *suite_scenario_series(void)
{
    Suite *suite = suite_create("scenario_series");
    TCase *time = tcase_create("time");
    tcase_add_checked_fixture(time, set_up, tear_down);
    tcase_add_test(time, durations_are_numbers_with_units);
    tcase_add_test(time, what_is_no_duration_says_what_to_write);
    tcase_add_test(time, durations_are_written_in_their_largest_whole_unit);
    tcase_add_test(time, numbers_do_not_depend_on_the_locale);
    tcase_add_test(time, every_day_of_eight_centuries_has_its_number);
    tcase_add_test(time, days_that_do_not_exist_are_refused);
    suite_add_tcase(suite, time);

    TCase *hours = tcase_create("hours");
    tcase_add_checked_fixture(hours, set_up, tear_down);
    tcase_add_test(hours, opening_hours_become_minutes_of_the_week);
    tcase_add_loop_test(hours, bad_hours_are_refused_at_their_place, 0,
                        sizeof bad_hours / sizeof bad_hours[0]);
    suite_add_tcase(suite, hours);

    TCase *csv = tcase_create("csv");
    tcase_add_checked_fixture(csv, set_up, tear_down);
    tcase_add_loop_test(csv, a_column_is_read_or_refused_with_its_line, 0,
                        sizeof csv_cases / sizeof csv_cases[0]);
    tcase_add_test(csv, a_misspelt_column_is_suggested);
    tcase_add_test(csv, a_table_full_of_faults_is_not_reported_to_the_end);
    tcase_add_test(csv, a_damaged_table_is_read_or_refused);
    suite_add_tcase(suite, csv);

    TCase *tables = tcase_create("tables");
    tcase_add_checked_fixture(tables, set_up, tear_down);
    tcase_add_test(tables, an_inline_table_is_bound);
    tcase_add_test(tables, a_table_from_a_file_is_bound);
    tcase_add_test(tables, a_table_is_found_from_the_file_that_names_it);
    tcase_add_loop_test(tables, a_table_that_does_not_fit_is_refused, 0,
                        sizeof bad_tables / sizeof bad_tables[0]);
    tcase_add_test(tables, a_table_that_is_there_and_cannot_be_read_is_no_mistake_of_the_scenario);
    suite_add_tcase(suite, tables);

    TCase *dists = tcase_create("distributions");
    tcase_add_checked_fixture(dists, set_up, tear_down);
    tcase_add_test(dists, distributions_are_bound_in_seconds);
    tcase_add_test(dists, money_and_numbers_have_distributions_without_units);
    tcase_add_loop_test(dists, a_distribution_that_does_not_fit_is_refused, 0,
                        sizeof bad_dists / sizeof bad_dists[0]);
    suite_add_tcase(suite, dists);
    return suite;
}
