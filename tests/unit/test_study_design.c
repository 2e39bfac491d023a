/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study/: values, factors, and designs of points. */
#include "study/design.h"
#include "study/factor.h"
#include "study/value.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *suite_study_design(void);

static struct ccs_arena arena;
static char message[1000];

static void set_up(void)
{
    ccs_arena_init(&arena, 0);
    message[0] = '\0';
}

static void tear_down(void)
{
    ccs_arena_fini(&arena);
}

/* ---- values ---- */

static const char *canonical(const char *text)
{
    const char *value = NULL;
    ccs_status status = ccs_value_canonical(text, strlen(text), &arena, &value);
    return status == CCS_OK ? value : ccs_status_text(status);
}

START_TEST(a_value_has_one_spelling)
{
    static const char *const pairs[][2] = {
        {"1.0", "1"},
        {"1e3", "1000"},
        {"-0", "0"},
        {"0.1", "0.1"},
        {"6 min", "6 min"},
        {"\"6 min\"", "6 min"},
        {"\"12\"", "\"12\""}, /* a text that would read as a number keeps its quotes */
        {"\"\"", "\"\""},
        {"true", "true"},
        {"{ \"b\": 1.50, \"a\": [1, 2] }", "{\"b\":1.5,\"a\":[1,2]}"},
        {"08:00-17:00", "08:00-17:00"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        ck_assert_str_eq(canonical(pairs[i][0]), pairs[i][1]);
        ck_assert_str_eq(canonical(pairs[i][1]), pairs[i][1]);
    }
    ck_assert_str_eq(canonical("0.30000000000000004"), "0.30000000000000004"); /* no bit is lost */
    ck_assert_str_eq(canonical("[1, 2"), ccs_status_text(CCS_EDATA));
    ck_assert_str_eq(canonical("\xff"), ccs_status_text(CCS_EDATA));
}
END_TEST

START_TEST(a_value_knows_its_number)
{
    double number;
    const char *unit;
    ck_assert(ccs_value_number("12.5", &number, &unit));
    ck_assert_double_eq(number, 12.5);
    ck_assert_str_eq(unit, "");
    ck_assert(ccs_value_number("1.5 h", &number, &unit));
    ck_assert_double_eq(number, 5400);
    ck_assert_str_eq(unit, "s");
    ck_assert(!ccs_value_number("phone", &number, &unit));
    ck_assert(!ccs_value_number("true", &number, &unit));
}
END_TEST

/* ---- factors ---- */

static struct ccs_factor parse(const char *text)
{
    struct ccs_factor factor;
    ck_assert_msg(ccs_factor_parse(&factor, text, &arena, message, sizeof message) == CCS_OK,
                  "%s: %s", text, message);
    return factor;
}

/* The levels in one text, separated by |. */
static const char *levels(const char *text)
{
    struct ccs_factor factor = parse(text);
    const char *all = "";
    for (size_t i = 0; i < factor.level_n; i++) {
        all = ccs_arena_printf(&arena, "%s%s%s", all, i > 0 ? "|" : "", factor.levels[i]);
    }
    return all;
}

START_TEST(a_list_is_split_at_commas_outside_of_quotes_and_brackets)
{
    ck_assert_str_eq(levels("/a=1,2,3"), "1|2|3");
    ck_assert_str_eq(levels("/a=5"), "5");
    ck_assert_str_eq(levels("/a=6 min,10 min"), "6 min|10 min");
    ck_assert_str_eq(levels("/a=[1,2],[3]"), "[1,2]|[3]");
    ck_assert_str_eq(levels("/a={\"x\":1,\"y\":[2,3]},null"), "{\"x\":1,\"y\":[2,3]}|null");
    ck_assert_str_eq(levels("/a=\"p,q\",r"), "p,q|r");
    ck_assert_str_eq(levels("/a=\"p\\\",q\",r"), "p\",q|r");
    ck_assert_str_eq(parse("/teams/my~1team/agents=1").pointer, "/teams/my~1team/agents");
}
END_TEST

START_TEST(steps_are_counted_in_decimals_and_do_not_drift)
{
    ck_assert_str_eq(levels("/a=1:5:2"), "1|3|5");
    ck_assert_str_eq(levels("/a=1:6:2"), "1|3|5");
    ck_assert_str_eq(levels("/a=0.1:0.5:0.1"), "0.1|0.2|0.3|0.4|0.5");
    ck_assert_str_eq(levels("/a=-0.2:0.2:0.1"), "-0.2|-0.1|0|0.1|0.2");
    ck_assert_str_eq(levels("/a=3:1:-1"), "3|2|1");
    ck_assert_str_eq(levels("/a=4:4:1"), "4");
    ck_assert_str_eq(levels("/a=2 min:10 min:4 min"), "2 min|6 min|10 min");
    ck_assert_str_eq(levels("/a=30 s:2 min:0.5 min"), "30 s|60 s|90 s|120 s");
    ck_assert_str_eq(levels("/a=1e3:2e3:5e2"), "1000|1500|2000");
    struct ccs_factor many = parse("/a=0:1:0.001");
    ck_assert_uint_eq(many.level_n, 1001);
    for (size_t i = 0; i < many.level_n; i++) {
        char text[40];
        snprintf(text, sizeof text, "%.3f", (double)i / 1000);
        ck_assert_double_eq(strtod(many.levels[i], NULL), strtod(text, NULL));
    }
}
END_TEST

START_TEST(what_only_looks_like_steps_or_a_range_is_a_value)
{
    ck_assert_str_eq(levels("/a=08:00-17:00"), "08:00-17:00");
    ck_assert_str_eq(levels("/a=../calls.csv"), "../calls.csv");
    ck_assert_str_eq(levels("/a=\"1:2:3\""), "1:2:3");
    ck_assert_str_eq(levels("/a=2026-01-05"), "2026-01-05");
    ck_assert(parse("/a=1..5").is_range);
    ck_assert_str_eq(parse("/a=1.5..2.5").unit, "");
    ck_assert_double_eq(parse("/a=30 s..2 min").hi, 120);
    ck_assert_str_eq(parse("/a=1 min..2 min").unit, "min");
}
END_TEST

START_TEST(a_wrong_factor_is_told_what_is_wrong)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"a=1", "begin with a slash"},
        {"/a", "/pointer=value"},
        {"/a~=1", "~0"},
        {"/a=", "value is missing"},
        {"/a=1,,2", "value is missing"},
        {"/a=1,2,", "value is missing"},
        {"/a=1,1.0", "given twice"},
        {"/a=1:5:0", "must not be 0"},
        {"/a=5:1:1", "must be negative"},
        {"/a=1:5:-1", "must be positive"},
        {"/a=1:5", "lo:hi:step"},
        {"/a=1 min:5:1 min", "a unit, or none"},
        {"/a=1 mn:5 min:1 min", "none of ms, s"},
        {"/a=5..5", "empty"},
        {"/a=5..1", "empty"},
        {"/a=1..5 min", "a unit, or none"},
        {"/a=1 foo..5 foo", "none of ms, s"},
        {"/a=0:1:0.00001", "at most 100000"},
        {"/a=0:1:1e-14", "12 decimals"},
        {"/a=[1,2", "neither JSON nor plain text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ccs_factor factor;
        ccs_status status =
            ccs_factor_parse(&factor, cases[i].text, &arena, message, sizeof message);
        ck_assert_msg(status == CCS_EUSAGE && strstr(message, cases[i].says) != NULL, "%s: %d %s",
                      cases[i].text, status, message);
        ck_assert_msg(strstr(message, cases[i].text) != NULL, "%s", message);
    }
}
END_TEST

/* ---- designs ---- */

static bool accepts_whole_only(void *context, const char *assignment)
{
    (void)context;
    return strchr(assignment, '.') == NULL;
}

static bool accepts_all(void *context, const char *assignment)
{
    (void)context;
    (void)assignment;
    return true;
}

static struct ccs_design *design(enum ccs_design_kind kind, size_t points, size_t n,
                                 const char *const *vary)
{
    struct ccs_design *d = NULL;
    struct ccs_design_spec spec = {.vary = vary,
                                   .vary_n = n,
                                   .kind = kind,
                                   .points = points,
                                   .seed = 1,
                                   .accepts = accepts_all};
    ccs_status status = ccs_design_create(&d, &spec, message, sizeof message);
    ck_assert_msg((status == CCS_OK) == (d != NULL), "%d", status);
    return d;
}

#define DESIGN(kind, points, ...)                                                                  \
    design(kind, points, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),              \
           (const char *const[]){__VA_ARGS__})

static double number_at(const struct ccs_design *d, size_t point, size_t pointer)
{
    return strtod(ccs_design_value(d, point, pointer), NULL);
}

START_TEST(a_grid_has_every_combination_and_the_last_factor_changes_fastest)
{
    static const char *const expected[] = {"1 x", "1 y", "1 z", "2 x", "2 y", "2 z"};
    struct ccs_design *d = DESIGN(CCS_DESIGN_GRID, 0, "/a=1:2:1", "/b=x,y,z");
    ck_assert_uint_eq(d->point_n, 6);
    for (size_t i = 0; i < 6; i++) {
        char text[20];
        snprintf(text, sizeof text, "%s %s", ccs_design_value(d, i, 0), ccs_design_value(d, i, 1));
        ck_assert_str_eq(text, expected[i]);
    }
    ccs_design_destroy(d);
}
END_TEST

/* The Sobol sequence in two dimensions without its origin, in Gray-code order (Antonov and Saleev
 * 1979): worked out by hand from the direction numbers 1/2, 1/4, 1/8 ... and 1/2, 3/4, 5/8 ... */
START_TEST(sobol_points_are_those_of_the_sequence_without_the_origin)
{
    static const double expected[7][2] = {{0.5, 0.5},     {0.75, 0.25},   {0.25, 0.75},
                                          {0.375, 0.375}, {0.875, 0.875}, {0.625, 0.125},
                                          {0.125, 0.625}};
    struct ccs_design *d = DESIGN(CCS_DESIGN_SOBOL, 7, "/a=0.0..1.0", "/b=10.0..30.0");
    for (size_t i = 0; i < 7; i++) {
        ck_assert_double_eq(number_at(d, i, 0), expected[i][0]);
        ck_assert_double_eq(number_at(d, i, 1), 10 + 20 * expected[i][1]);
    }
    ccs_design_destroy(d);
}
END_TEST

/* Halton: the digits of 1, 2, 3 ... in base 2 and 3, mirrored at the point. Values are rounded to a
 * millionth of the range. */
START_TEST(halton_points_are_mirrored_numbers_in_base_2_and_3)
{
    struct ccs_design *d = DESIGN(CCS_DESIGN_HALTON, 20, "/a=0.0..1.0", "/b=0.0..1.0");
    for (size_t i = 0; i < 20; i++) {
        for (unsigned k = 0; k < 2; k++) {
            double mirrored = 0, place = 1;
            for (size_t rest = i + 1, base = 2 + k; rest > 0; rest /= base) {
                place /= (double)base;
                mirrored += place * (double)(rest % base);
            }
            ck_assert_double_eq_tol(number_at(d, i, k), mirrored, 0.5000001e-6);
        }
    }
    ccs_design_destroy(d);
}
END_TEST

START_TEST(a_longer_sequence_begins_with_the_shorter_one)
{
    static const enum ccs_design_kind kinds[] = {CCS_DESIGN_SOBOL, CCS_DESIGN_HALTON};
    for (size_t k = 0; k < 2; k++) {
        struct ccs_design *few = DESIGN(kinds[k], 10, "/a=0.0..1.0", "/b=1,2,3");
        struct ccs_design *many = DESIGN(kinds[k], 50, "/a=0.0..1.0", "/b=1,2,3");
        for (size_t i = 0; i < 20; i++) {
            ck_assert_str_eq(few->values[i], many->values[i]);
        }
        ccs_design_destroy(few);
        ccs_design_destroy(many);
    }
}
END_TEST

START_TEST(a_latin_hypercube_has_one_point_in_each_cell_of_each_factor)
{
    enum {
        N = 40
    };
    struct ccs_design *d = DESIGN(CCS_DESIGN_LHS, N, "/a=0.0..1.0", "/b=100.0..300.0", "/c=x,y");
    int cells[2][N] = {{0}};
    int x = 0;
    double sum = 0;
    ck_assert_uint_eq(d->point_n, N);
    for (size_t i = 0; i < N; i++) {
        cells[0][(int)(number_at(d, i, 0) * N)]++;
        cells[1][(int)((number_at(d, i, 1) - 100) / 200 * N)]++;
        x += ccs_design_value(d, i, 2)[0] == 'x';
        sum += number_at(d, i, 0) * (number_at(d, i, 1) - 200);
    }
    for (int i = 0; i < N; i++) {
        ck_assert_int_eq(cells[0][i], 1);
        ck_assert_int_eq(cells[1][i], 1);
    }
    ck_assert_int_eq(x, N / 2); /* a list is a factor with cells too */
    /* paired at random: sd of the mean product is 200/12/sqrt(N); a fixed seed, |z| < 4 */
    ck_assert_double_lt(fabs(sum / N), 4 * 200.0 / 12 / sqrt(N));
    ccs_design_destroy(d);
}
END_TEST

START_TEST(a_hypercube_depends_on_its_seed_and_not_on_the_order_of_factors)
{
    const char *const one[] = {"/a=0.0..1.0", "/b=0.0..1.0"};
    const char *const turned[] = {"/b=0.0..1.0", "/a=0.0..1.0"};
    struct ccs_design *d[3];
    for (size_t i = 0; i < 3; i++) {
        struct ccs_design_spec spec = {.vary = i == 1 ? turned : one,
                                       .vary_n = 2,
                                       .kind = CCS_DESIGN_LHS,
                                       .points = 12,
                                       .seed = i == 2 ? 2 : 1,
                                       .accepts = accepts_all};
        ck_assert_int_eq(ccs_design_create(&d[i], &spec, message, sizeof message), CCS_OK);
    }
    int equal = 0;
    for (size_t i = 0; i < 12; i++) {
        ck_assert_str_eq(ccs_design_value(d[0], i, 0), ccs_design_value(d[1], i, 1));
        ck_assert_str_eq(ccs_design_value(d[0], i, 1), ccs_design_value(d[1], i, 0));
        equal += strcmp(ccs_design_value(d[0], i, 0), ccs_design_value(d[2], i, 0)) == 0;
    }
    ck_assert_int_lt(equal, 3);
    for (size_t i = 0; i < 3; i++) {
        ccs_design_destroy(d[i]);
    }
}
END_TEST

START_TEST(whole_numbers_where_nothing_else_will_do_and_each_as_often)
{
    struct ccs_design *d = NULL;
    const char *const vary[] = {"/a=1..4"};
    struct ccs_design_spec spec = {.vary = vary,
                                   .vary_n = 1,
                                   .kind = CCS_DESIGN_HALTON,
                                   .points = 400,
                                   .accepts = accepts_whole_only};
    ck_assert_int_eq(ccs_design_create(&d, &spec, message, sizeof message), CCS_OK);
    ck_assert_uint_eq(d->point_n, 4);
    ck_assert_uint_eq(d->dropped, 396);
    ccs_design_destroy(d);
    struct ccs_factor f = parse("/a=1..4");
    f.is_whole = true;
    int count[5] = {0};
    for (int i = 0; i < 4000; i++) {
        count[(int)strtod(ccs_factor_at(&f, i / 4000.0, &arena), NULL)]++;
    }
    for (int i = 1; i <= 4; i++) {
        ck_assert_int_eq(count[i], 1000);
    }
    ck_assert_str_eq(ccs_factor_at(&f, 0x1.fffffffffffffp-1, &arena), "4");
    d = DESIGN(CCS_DESIGN_SOBOL, 3, "/a=0..1", "/teams/x/agents=0..9");
    ck_assert_str_eq(ccs_design_value(d, 1, 0), "0.75"); /* fractions are accepted there */
    ck_assert_str_eq(ccs_design_value(d, 1, 1), "2");    /* agents are counted */
    ccs_design_destroy(d);
}
END_TEST

START_TEST(a_design_that_makes_no_sense_is_refused)
{
    static const struct {
        enum ccs_design_kind kind;
        size_t points;
        const char *vary[2], *says;
    } cases[] = {
        {CCS_DESIGN_GRID, 0, {"/a=1..2", "/b=1"}, "a grid needs a step"},
        {CCS_DESIGN_GRID, 5, {"/a=1:2:1", "/b=1"}, "--points needs --design"},
        {CCS_DESIGN_LHS, 0, {"/a=1..2", "/b=1"}, "needs --points"},
        {CCS_DESIGN_SOBOL, 100001, {"/a=1..2", "/b=1"}, "at most 100000"},
        {CCS_DESIGN_GRID, 0, {"/a=1:1000:1", "/b=1:1000:1"}, "more than 100000"},
        {CCS_DESIGN_GRID, 0, {"/a=1", "/a=2"}, "varied twice"},
        {CCS_DESIGN_GRID, 0, {"/a=1", "/a/b=2"}, "inside /a"},
        {CCS_DESIGN_GRID, 0, {"/run/seed=1", "/b=2"}, "one seed"},
        {CCS_DESIGN_GRID, 0, {"/run/replications=1", "/b=2"}, "--reps"},
        {CCS_DESIGN_GRID, 0, {"/name=x", "/b=2"}, "no effect"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ccs_design *d = design(cases[i].kind, cases[i].points, 2, cases[i].vary);
        ck_assert_msg(d == NULL && strstr(message, cases[i].says) != NULL, "%s %s: %s",
                      cases[i].vary[0], cases[i].vary[1], message);
    }
    ck_assert_ptr_null(design(CCS_DESIGN_GRID, 0, 0, NULL));
    ck_assert(strstr(message, "nothing is varied") != NULL);
}
END_TEST

START_TEST(sobol_ends_at_40_factors)
{
    const char *vary[41];
    for (int i = 0; i < 41; i++) {
        vary[i] = ccs_arena_printf(&arena, "/a%d=0.0..1.0", i);
    }
    struct ccs_design *d = design(CCS_DESIGN_SOBOL, 3, 40, vary);
    ck_assert_ptr_nonnull(d);
    ccs_design_destroy(d);
    ck_assert_ptr_null(design(CCS_DESIGN_SOBOL, 3, 41, vary));
    ck_assert_msg(strstr(message, "at most 40 factors (found 41)") != NULL, "%s", message);
}
END_TEST

/* ---- files ---- */

static struct ccs_design *from_file(const char *text, ccs_status expected)
{
    char path[] = "/tmp/ccsim-points-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    struct ccs_design *d = NULL;
    struct ccs_design_spec spec = {.points_file = path};
    message[0] = '\0';
    ccs_status status = ccs_design_create(&d, &spec, message, sizeof message);
    unlink(path);
    ck_assert_msg(status == expected, "%d, not %d: %s", status, expected, message);
    return d;
}

START_TEST(points_come_from_a_table)
{
    struct ccs_design *d =
        from_file("# made elsewhere\n/a,/b/c\n1,6 min\n2.0,\n3,\"x,y\"\n", CCS_OK);
    ck_assert_uint_eq(d->pointer_n, 2);
    ck_assert_uint_eq(d->point_n, 3);
    ck_assert_str_eq(d->pointers[1], "/b/c");
    ck_assert_str_eq(ccs_design_value(d, 0, 1), "6 min");
    ck_assert_str_eq(ccs_design_value(d, 1, 0), "2");
    ck_assert_ptr_null(ccs_design_value(d, 1, 1));
    ck_assert_str_eq(ccs_design_value(d, 2, 1), "x,y");
    ccs_design_destroy(d);
}
END_TEST

START_TEST(points_come_from_a_list_of_objects)
{
    struct ccs_design *d = from_file(
        " [{\"/a\": 0.1}, {\"/b\": \"6 min\", \"/a\": 2}, {\"/b\": {\"x\": [1, 2]}}]", CCS_OK);
    ck_assert_uint_eq(d->pointer_n, 2);
    ck_assert_uint_eq(d->point_n, 3);
    ck_assert_str_eq(ccs_design_value(d, 0, 0), "0.1");
    ck_assert_ptr_null(ccs_design_value(d, 0, 1));
    ck_assert_str_eq(ccs_design_value(d, 1, 1), "6 min");
    ck_assert_str_eq(ccs_design_value(d, 2, 1), "{\"x\":[1,2]}");
    ccs_design_destroy(d);
}
END_TEST

START_TEST(a_wrong_file_is_told_where_it_is_wrong)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "has no points"},
        {"/a\n", "has no points"},
        {"a\n1\n", "begin with a slash"},
        {"/a,/b\n1\n", ":2: 1 cells"},
        {"/a,/b\n1,2\n1,2,3\n", ":3: more cells"},
        {"/a\n[1\n", ":2: /a: '[1' is neither"},
        {"/a\n1\n2\n1.0\n", "points 1 and 3 are the same"},
        {"/a\n\"1\n", "not CSV"},
        {"/a,/a\n1,2\n", "varied twice"},
        {"[{\"/a\": 1}", "error CCS-E108"},
        {"[1]", ":1:2: error CCS-E202 at /0: must be an object (found 1)"},
        {"{\"/a\": 1}", "must be a list"},
        {"[]", "has no points"},
        {"[{\"a\": 1}]", "begin with a slash"},
        {"[{\"/a\": 1}, {\"/a\": 1.0}]", "points 1 and 2 are the same"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool is_usage = strstr(cases[i].says, "varied") != NULL;
        from_file(cases[i].text, is_usage ? CCS_EUSAGE : CCS_EDATA);
        ck_assert_msg(strstr(message, cases[i].says) != NULL, "%s: %s", cases[i].text, message);
    }
    struct ccs_design *d;
    struct ccs_design_spec spec = {.points_file = "/nowhere/points.csv"};
    ck_assert_int_eq(ccs_design_create(&d, &spec, message, sizeof message), CCS_EIO);
    spec.points = 3;
    ck_assert_int_eq(ccs_design_create(&d, &spec, message, sizeof message), CCS_EUSAGE);
}
END_TEST

Suite *suite_study_design(void)
{
    Suite *suite = suite_create("study_design");
    TCase *values = tcase_create("values and factors");
    tcase_add_checked_fixture(values, set_up, tear_down);
    tcase_add_test(values, a_value_has_one_spelling);
    tcase_add_test(values, a_value_knows_its_number);
    tcase_add_test(values, a_list_is_split_at_commas_outside_of_quotes_and_brackets);
    tcase_add_test(values, steps_are_counted_in_decimals_and_do_not_drift);
    tcase_add_test(values, what_only_looks_like_steps_or_a_range_is_a_value);
    tcase_add_test(values, a_wrong_factor_is_told_what_is_wrong);
    suite_add_tcase(suite, values);
    TCase *designs = tcase_create("designs");
    tcase_add_checked_fixture(designs, set_up, tear_down);
    tcase_add_test(designs, a_grid_has_every_combination_and_the_last_factor_changes_fastest);
    tcase_add_test(designs, sobol_points_are_those_of_the_sequence_without_the_origin);
    tcase_add_test(designs, halton_points_are_mirrored_numbers_in_base_2_and_3);
    tcase_add_test(designs, a_longer_sequence_begins_with_the_shorter_one);
    tcase_add_test(designs, a_latin_hypercube_has_one_point_in_each_cell_of_each_factor);
    tcase_add_test(designs, a_hypercube_depends_on_its_seed_and_not_on_the_order_of_factors);
    tcase_add_test(designs, whole_numbers_where_nothing_else_will_do_and_each_as_often);
    tcase_add_test(designs, a_design_that_makes_no_sense_is_refused);
    tcase_add_test(designs, sobol_ends_at_40_factors);
    suite_add_tcase(suite, designs);
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, set_up, tear_down);
    tcase_add_test(files, points_come_from_a_table);
    tcase_add_test(files, points_come_from_a_list_of_objects);
    tcase_add_test(files, a_wrong_file_is_told_where_it_is_wrong);
    suite_add_tcase(suite, files);
    return suite;
}
