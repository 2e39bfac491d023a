/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/document/document.h"

#include "format/document/json.h"
#include "test_scenario_help.h"

#include <cjson/cJSON.h>

Suite *suite_scenario_document(void);

static struct ccs_diagnostics *diags;
static struct ccs_document *doc;
static struct ccs_arena arena;
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

static ccs_status load(const char *name)
{
    char path[256];
    path_in(path, folder, name);
    return ccs_document_load(&doc, path, diags);
}

static void load_soundly(const char *name)
{
    ccs_status status = load(name);
    if (status != CCS_OK) {
        print_diags(diags);
    }
    ck_assert_int_eq(status, CCS_OK);
}

/* The value at a pointer as compact JSON; valid until the next call. */
static const char *value_at(const struct ccs_document *of, const char *pointer)
{
    static char text[512];
    const struct cJSON *value = ccs_json_at(ccs_document_root(of), pointer);
    char *printed = value == NULL ? NULL : cJSON_PrintUnformatted(value);
    snprintf(text, sizeof text, "%s", printed == NULL ? "absent" : printed);
    cJSON_free(printed);
    return text;
}

static struct ccs_document_place place_of(const struct ccs_document *of, const char *pointer)
{
    struct ccs_document_place place;
    ck_assert_int_eq(ccs_document_find(of, pointer, &arena, &place), CCS_OK);
    return place;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* ---- Reading ---- */

START_TEST(a_file_that_cannot_be_read_is_an_input_error)
{
    static const char *const names[] = {"absent.json", "", "closed.json/x"};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(load(names[i]), CCS_EIO);
        ck_assert_ptr_null(doc);
        ck_assert_uint_eq(ccs_diagnostics_count(diags), i + 1);
        ck_assert_str_eq(ccs_diagnostics_get(diags, i)->code, "CCS-E100");
    }
}
END_TEST

START_TEST(an_endless_file_is_refused_as_too_large)
{
    ck_assert_int_eq(ccs_document_load(&doc, "/dev/zero", diags), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E101", ""));
}
END_TEST

START_TEST(bad_json_is_bad_data_with_its_place)
{
    write_json(folder, "a.json", "{'a': 1,\n 'b': 01}");
    ck_assert_int_eq(load("a.json"), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E110", "/b");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    ck_assert_int_eq(d->column, 7);
    ck_assert(ends_with(d->origin, "/a.json"));
}
END_TEST

START_TEST(a_scenario_must_be_an_object)
{
    write_json(folder, "a.json", "[1, 2]");
    ck_assert_int_eq(load("a.json"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E114", ""));
}
END_TEST

START_TEST(comments_are_dropped_at_every_level)
{
    doc = sound_document("{'$schema': 'x', '//': {'a': null}, '$': 1, '/a': 2,"
                         " 'b': {'// why': 1, 'c': [{'$x': 1, 'd': 2}]}}");
    ck_assert_str_eq(value_at(doc, ""), "{\"/a\":2,\"b\":{\"c\":[{\"d\":2}]}}");
}
END_TEST

/* ---- extends ---- */

START_TEST(an_extending_file_is_merged_over_its_parent)
{
    write_json(folder, "base.json",
               "{'name': 'base', 'list': [1, 2, 3], 'teams': {'a': {'agents': 1,"
               " 'wage': 20}, 'b': {'agents': 5}}, 'gone': 1}");
    write_json(folder, "a.json",
               "{'extends': 'base.json', 'name': 'child', 'list': [9], 'gone': null,"
               " 'teams': {'a': {'agents': 2}, 'b': null, 'c': {'agents': 3}}}");
    load_soundly("a.json");
    ck_assert_str_eq(value_at(doc, "/name"), "\"child\"");
    ck_assert_str_eq(value_at(doc, "/list"), "[9]");
    ck_assert_str_eq(value_at(doc, "/gone"), "absent");
    ck_assert_str_eq(value_at(doc, "/extends"), "absent");
    ck_assert_str_eq(value_at(doc, "/teams/a/agents"), "2");
    ck_assert_str_eq(value_at(doc, "/teams/a/wage"), "20");
    ck_assert_str_eq(value_at(doc, "/teams/b"), "absent");
    ck_assert_str_eq(value_at(doc, "/teams/c/agents"), "3");
}
END_TEST

START_TEST(null_is_kept_inside_a_policy_of_an_extending_file)
{
    write_json(folder, "base.json",
               "{'policies': {'p': {'with': {'teams': {'a': {'agents': 1}}}},"
               " 'q': {'with': {'teams': {}}}}}");
    write_json(folder, "a.json",
               "{'extends': 'base.json', 'policies': {'p': {'with': {'teams': {'a': null, "
               "'b': {'wage': null}}}}, 'q': {'with': null}}}");
    load_soundly("a.json");
    ck_assert_str_eq(value_at(doc, "/policies/p/with/teams"), "{\"a\":null,\"b\":{\"wage\":null}}");
    ck_assert_str_eq(value_at(doc, "/policies/q"), "{}");
}
END_TEST

START_TEST(a_null_that_deletes_nothing_is_a_warning_where_it_stands)
{
    write_json(folder, "base.json", "{'teams': {'billing': {}}}");
    write_json(folder, "a.json", "{'extends': 'base.json',\n 'teams': {'biling': null}}");
    load_soundly("a.json");
    const struct ccs_diagnostic *d = find_diag(diags, "W403", "/teams/biling");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 0);
}
END_TEST

START_TEST(extends_starts_at_the_folder_of_its_file)
{
    char below[128], command[160];
    snprintf(below, sizeof below, "%sbelow/", folder);
    snprintf(command, sizeof command, "mkdir '%s'", below);
    ck_assert_int_eq(system(command), 0);
    write_json(folder, "top.json", "{'from': 'top'}");
    write_json(below, "middle.json", "{'extends': '../top.json', 'm': 1}");
    write_json(folder, "a.json", "{'extends': 'below/middle.json'}");
    load_soundly("a.json");
    ck_assert_str_eq(value_at(doc, "/from"), "\"top\"");
    ck_assert_str_eq(value_at(doc, "/m"), "1");
}
END_TEST

START_TEST(a_parent_that_cannot_be_read_is_the_scenarios_fault)
{
    write_json(folder, "a.json", "{\n'extends': 'absent.json'}");
    ck_assert_int_eq(load("a.json"), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E100", "/extends");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    write_json(folder, "b.json", "{'extends': '/dev/zero'}");
    ck_assert_int_eq(load("b.json"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E101", "/extends"));
    write_json(folder, "c.json", "{'extends': ['a.json']}");
    ck_assert_int_eq(load("c.json"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E202", "/extends"));
}
END_TEST

START_TEST(files_that_extend_each_other_in_a_circle_are_refused)
{
    write_json(folder, "a.json", "{'extends': 'b.json'}");
    write_json(folder, "b.json", "{'extends': './a.json'}");
    ck_assert_int_eq(load("a.json"), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E115", "/extends");
    ck_assert_ptr_nonnull(d);
    ck_assert(ends_with(d->origin, "/b.json"));
    write_json(folder, "self.json", "{'extends': 'self.json'}");
    ck_assert_int_eq(load("self.json"), CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 2);
}
END_TEST

START_TEST(sixteen_files_may_extend_each_other_and_one_more_may_not)
{
    char name[32], text[64];
    write_json(folder, "0.json", "{'x': 1}");
    for (int i = 1; i <= 16; i++) {
        snprintf(name, sizeof name, "%d.json", i);
        snprintf(text, sizeof text, "{'extends': '%d.json'}", i - 1);
        write_json(folder, name, text);
    }
    load_soundly("15.json");
    ck_assert_str_eq(value_at(doc, "/x"), "1");
    ccs_document_destroy(doc);
    ck_assert_int_eq(load("16.json"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E115", "/extends"));
}
END_TEST

/* ---- --set ---- */

static ccs_status set(const char *assignment)
{
    return set_document(doc, &mini_root_section, assignment, diags);
}

START_TEST(set_replaces_a_value_with_json_or_text)
{
    static const struct {
        const char *assignment, *pointer, *value;
    } cases[] = {
        {"/teams/a/agents=12", "/teams/a/agents", "12"},
        {"/run/horizon=26 weeks", "/run/horizon", "\"26 weeks\""},
        {"/run/horizon='2 h'", "/run/horizon", "\"2 h\""},
        {"/all/list=[1, 2]", "/all/list", "[1,2]"},
        {"/all/list/1=5", "/all/list/1", "5"},
        {"/all/text=x=y", "/all/text", "\"x=y\""},
        {"/all/text=", "/all/text", "\"\""},
        {"/all/text=01", "/all/text", "\"01\""},
        {"/all/flag=true", "/all/flag", "true"},
        {"/all/alarm/threshold=3", "/all/alarm", "{\"threshold\":3}"},
        {"/teams/m~1n~0={'agents': 1, '//': 2}", "/teams/m~1n~0", "{\"agents\":1}"},
        {"/policies/p/with/teams/a/agents=3", "/policies/p/with",
         "{\"teams\":{\"a\":{\"agents\":3}}}"},
        {"/policies/p/limit=7", "/policies/p/limit", "7"},
    };
    doc = sound_document("{'teams': {'a': {'agents': 1}}, 'all': {'list': [7, 8]},"
                         " 'policies': {'p': {'kind': 'late'}}}");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ccs_status status = set(cases[i].assignment);
        print_diags(diags);
        ck_assert_int_eq(status, CCS_OK);
        ck_assert_str_eq(value_at(doc, cases[i].pointer), cases[i].value);
    }
}
END_TEST

START_TEST(set_cannot_found_a_team_by_a_typing_error)
{
    doc = sound_document("{'teams': {'billing': {'agents': 1}}, 'policies': {'p': {'with': {}}}}");
    ck_assert_int_eq(set("/teams/biling/agents=12"), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E205", "/teams/biling");
    ck_assert_ptr_nonnull(d);
    ck_assert_str_eq(d->message, "there is no `biling` here; did you mean `billing`?");
    ck_assert_str_eq(d->origin, "--set /teams/biling/agents=12");
    ck_assert_int_eq(set("/policies/p/with/teams/biling/agents=12"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E205", "/policies/p/with/teams/biling"));
    ck_assert_int_eq(set("/policies/p/with/teams/billing/agents=12"), CCS_OK);
}
END_TEST

START_TEST(set_refuses_what_has_no_place)
{
    static const struct {
        const char *assignment, *code, *pointer;
    } cases[] = {
        {"/run/seed/x=1", "E202", "/run/seed"},
        {"/all/list/2=1", "E205", "/all/list/2"},
        {"/all/list/-=1", "E205", "/all/list/-"},
        {"/all/list/9/x=1", "E205", "/all/list/9"},
        {"/$note=1", "E200", "/$note"},
        {"/run/~1~1=1", "E200", "/run/~1~1"},
        {"/extends=b.json", "E200", "/extends"},
        {"/run={'seed': 01}", "E110", "/run/seed"},
        {"/run=[1, ", "E108", NULL},
        {"/name=\xff", "E103", "/name"},
    };
    doc = sound_document("{'run': {'seed': 1}, 'all': {'list': [7, 8]}}");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_int_eq(set(cases[i].assignment), CCS_EDATA);
        if (find_diag(diags, cases[i].code, cases[i].pointer) == NULL) {
            print_diags(diags);
            ck_abort_msg("%s", cases[i].assignment);
        }
    }
}
END_TEST

START_TEST(an_assignment_without_form_is_a_usage_error)
{
    static const char *const cases[] = {"", "x=1", "/x", "=1", "/a~2=1", "/a~=1", "teams/a=1"};
    doc = sound_document("{}");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_ptr_nonnull(ccs_document_set_fault(cases[i]));
        ck_assert_int_eq(set(cases[i]), CCS_EUSAGE);
    }
    ck_assert_ptr_null(ccs_document_set_fault("/a~0~1b/c=~2/x"));
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 0);
}
END_TEST

/* ---- One policy's document ---- */

static const char *const allowed[] = {"teams", "prices"};

static ccs_status patch(struct ccs_document **patched, const char *policy)
{
    return ccs_document_patch(patched, doc, policy, allowed, 2, diags);
}

START_TEST(a_policy_patches_what_it_may)
{
    struct ccs_document *patched;
    doc = sound_document("{'teams': {'a': {'agents': 1, 'wage': 9}, 'b': {}}, 'prices': [1, 2],"
                         " 'policies': {'p': {'with': {'teams': {'a': {'agents': 7}, 'b': null,"
                         " 'c': {'agents': 2}}, 'prices': [3]}}, 'q': {}}}");
    ck_assert_int_eq(patch(&patched, "p"), CCS_OK);
    ck_assert_str_eq(value_at(patched, "/teams"),
                     "{\"a\":{\"wage\":9,\"agents\":7},\"c\":{\"agents\":2}}");
    ck_assert_str_eq(value_at(patched, "/prices"), "[3]");
    ck_assert_str_eq(ccs_document_policy(patched), "p");
    ccs_document_destroy(patched);
    ck_assert_int_eq(patch(&patched, "q"), CCS_OK);
    ck_assert_str_eq(value_at(patched, "/prices"), "[1,2]");
    ccs_document_destroy(patched);
    ck_assert_str_eq(value_at(doc, "/prices"), "[1,2]");
    ck_assert_int_eq(patch(&patched, "r"), CCS_EUSAGE);
}
END_TEST

START_TEST(a_policy_may_not_patch_the_run)
{
    struct ccs_document *patched;
    doc = sound_document("{'policies': {'p': {'with': {\n'run': {'seed': 3}}},"
                         " 'q': {'with': 5}}}");
    ck_assert_int_eq(patch(&patched, "p"), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E218", "/policies/p/with/run");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    ck_assert_str_eq(d->message, "a policy may only change teams, prices");
    ck_assert_int_eq(patch(&patched, "q"), CCS_EDATA);
    ck_assert_ptr_nonnull(find_diag(diags, "E202", "/policies/q/with"));
}
END_TEST

START_TEST(a_null_in_with_that_deletes_nothing_is_a_warning)
{
    struct ccs_document *patched;
    doc = sound_document("{'teams': {'billing': {}}, 'policies': {'p': {'with':\n"
                         "{'teams': {'biling': null}}}}}");
    ck_assert_int_eq(patch(&patched, "p"), CCS_OK);
    const struct ccs_diagnostic *d = find_diag(diags, "W403", "/policies/p/with/teams/biling");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    ccs_document_destroy(patched);
}
END_TEST

START_TEST(names_are_the_union_over_documents_in_order)
{
    struct ccs_document *other = sound_document("{'teams': {'zeta': 1, 'Alpha': 1}}");
    const char **names;
    size_t n;
    doc = sound_document("{'teams': {'zeta': 1, 'beta': 1, '$c': 1}, 'list': [1]}");
    const struct ccs_document *both[] = {doc, other};
    ck_assert_int_eq(ccs_document_names(both, 2, "teams", &arena, &names, &n), CCS_OK);
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(names[0], "Alpha");
    ck_assert_str_eq(names[1], "beta");
    ck_assert_str_eq(names[2], "zeta");
    ck_assert_int_eq(ccs_document_names(both, 2, "list", &arena, &names, &n), CCS_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(ccs_document_names(both, 2, "absent", &arena, &names, &n), CCS_OK);
    ck_assert_uint_eq(n, 0);
    ccs_document_destroy(other);
}
END_TEST

/* ---- Where values come from ---- */

START_TEST(every_value_knows_the_layer_it_came_from)
{
    struct ccs_document *patched;
    write_json(folder, "base.json",
               "{'run': {'seed': 1},\n 'teams': {'a': {'agents': 1, 'wage': 9}}}");
    write_json(folder, "a.json",
               "{'extends': 'base.json',\n\n 'teams': {'a': {'agents': 2}},\n"
               " 'policies': {'p/q': {'with': {'teams':\n   {'a': {'talk': 5}}}}}}");
    load_soundly("a.json");
    ck_assert_int_eq(set("/run/seed=7"), CCS_OK);
    ck_assert_int_eq(set("/all/alarm/threshold=7"), CCS_OK);

    struct ccs_document_place place = place_of(doc, "/teams/a/wage");
    ck_assert(ends_with(place.origin, "/base.json"));
    ck_assert(ends_with(place.extending, "/a.json"));
    ck_assert_str_eq(place.directory, folder);
    ck_assert_int_eq(place.line, 2);

    place = place_of(doc, "/teams/a/agents");
    ck_assert(ends_with(place.origin, "/a.json"));
    ck_assert_ptr_null(place.extending);
    ck_assert_int_eq(place.line, 3);
    ck_assert_int_eq(place.column, 28);
    ck_assert_int_eq(place.key_column, 18);

    place = place_of(doc, "/run/seed");
    ck_assert_str_eq(place.origin, "--set /run/seed=7");
    ck_assert_int_eq(place.line, 0);
    ck_assert_str_eq(place.directory, "");
    ck_assert_str_eq(place_of(doc, "/all/alarm").origin, "--set /all/alarm/threshold=7");

    /* What was never written is placed at the nearest ancestor that was. */
    place = place_of(doc, "/teams/a/skills/x");
    ck_assert_int_eq(place.line, 3);
    ck_assert_int_eq(place.column, 17);
    ck_assert_str_eq(place.pointer, "/teams/a/skills/x");

    ck_assert_int_eq(patch(&patched, "p/q"), CCS_OK);
    place = place_of(patched, "/teams/a/talk");
    ck_assert_int_eq(place.line, 5);
    ck_assert_str_eq(place.pointer, "/policies/p~1q/with/teams/a/talk");
    ck_assert_int_eq(place_of(patched, "/teams/a/agents").line, 3);
    ck_assert_str_eq(place_of(patched, "/run/seed").origin, "--set /run/seed=7");
    ccs_document_destroy(patched);
}
END_TEST

START_TEST(a_diagnostic_is_added_once_and_names_its_origin)
{
    write_json(folder, "base.json", "{'run': {'seed': -1}}");
    write_json(folder, "a.json", "{'extends': 'base.json'}");
    load_soundly("a.json");
    for (int i = 0; i < 3; i++) {
        ccs_document_report(doc, diags, CCS_E214, "/run/seed", "must be >= %d", 0);
    }
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, 0);
    ck_assert_int_eq(d->line, 1);
    ck_assert_int_eq(d->column, 18);
    ck_assert_ptr_nonnull(strstr(d->origin, "base.json"));
    ck_assert_ptr_nonnull(strstr(d->message, "must be >= 0 [extended by "));
    ccs_document_report_key(doc, diags, CCS_E200, "/run/seed", "unknown key");
    ck_assert_int_eq(find_diag(diags, "E200", NULL)->column, 10);
}
END_TEST

/* ---- Identity ---- */

static uint64_t hash_of(const struct ccs_document *of)
{
    static const char *const ignore[] = CCS_DOCUMENT_UNHASHED;
    uint64_t hash;
    ck_assert_int_eq(ccs_document_hash(of, ignore, sizeof ignore / sizeof ignore[0], &hash),
                     CCS_OK);
    return hash;
}

static uint64_t hash_text(const char *text)
{
    struct ccs_document *of = sound_document(text);
    uint64_t hash = hash_of(of);
    ccs_document_destroy(of);
    return hash;
}

START_TEST(spelling_order_and_remarks_do_not_change_the_identity)
{
    uint64_t hash = hash_text("{'a': {'x': 0.1, 'y': [1, 2]}, 'b': 'caf\xc3\xa9'}");
    static const char *const same[] = {
        "{'b':'caf\\u00e9','a':{'y':[1,2],'x':0.1}}",
        "{'a': {'x': 1e-1, 'y': [1.0, 2e0]}, 'b': 'caf\xc3\xa9', '//': 5}",
        ("{'name': 'n', 'description': 'd', 'a': {'x': 0.1, 'y': [1, 2], '$': 0},"
         " 'b': 'caf\xc3\xa9', 'run': {'seed': 4, 'replications': 5}}"),
        /* what is only asked of the results */
        ("{'a': {'x': 0.1, 'y': [1, 2]}, 'b': 'caf\xc3\xa9', 'expect': ['x > 1'], 'two_by_two': "
         "{'both': 'p'}, 'run': {'targets': ['x > 1'], 'indifference': 2}}"),
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        ck_assert_uint_eq(hash_text(same[i]), hash);
    }
    ck_assert_uint_eq(hash_text("{'z': -0.0}"), hash_text("{'z': 0}"));
}
END_TEST

START_TEST(whatever_matters_changes_the_identity)
{
    uint64_t hash = hash_text("{'a': {'x': 0.1, 'y': [1, 2]}}");
    static const char *const other[] = {
        "{'a': {'x': 0.10000000000000002, 'y': [1, 2]}}", /* one bit */
        "{'a': {'x': 0.1, 'y': [2, 1]}}",
        "{'a': {'x': 0.1}, 'y': [1, 2]}",
        "{'a': {'x': '0.1', 'y': [1, 2]}}",
        "{'a': {'x': 0.1, 'y': [[1, 2]]}}",
        "{'a': {'x': 0.1, 'y': [1, 2]}, 'run': {'horizon': '1 h'}}",
        "{'a': {'x': 0.1, 'y': [1, 2]}, 'c': {}}",
        "{'a': {'name': 1, 'x': 0.1, 'y': [1, 2]}}",
    };
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        ck_assert_uint_ne(hash_text(other[i]), hash);
    }
}
END_TEST

START_TEST(a_table_counts_by_its_content_and_not_by_its_name)
{
    write_file(folder, "a.csv", "1\n2\n");
    write_file(folder, "b.csv", "1\n2\n");
    write_file(folder, "c.csv", "1\n3\n");
    uint64_t hash[4];
    for (int i = 0; i < 4; i++) {
        char text[64];
        snprintf(text, sizeof text, "{'t': {'csv': '%c.csv'}}", 'a' + i);
        write_json(folder, "s.json", text);
        load_soundly("s.json");
        hash[i] = hash_of(doc);
        ccs_document_destroy(doc);
        doc = NULL;
    }
    ck_assert_uint_eq(hash[0], hash[1]);
    ck_assert_uint_ne(hash[0], hash[2]);
    ck_assert_uint_ne(hash[0], hash[3]); /* absent: by its name */
}
END_TEST

START_TEST(extending_and_setting_give_the_identity_of_the_result)
{
    write_json(folder, "base.json", "{'a': 1, 'b': 2}");
    write_json(folder, "s.json", "{'extends': 'base.json', 'b': 3}");
    load_soundly("s.json");
    ck_assert_uint_eq(hash_of(doc), hash_text("{'a': 1, 'b': 3}"));
    ck_assert_int_eq(ccs_document_set(doc, NULL, "/a=5", diags), CCS_OK);
    ck_assert_uint_eq(hash_of(doc), hash_text("{'a': 5, 'b': 3}"));
}
END_TEST

START_TEST(pointers_are_joined_with_escapes)
{
    ck_assert_str_eq(ccs_pointer_join(&arena, "teams", "a/b~c", "", NULL), "/teams/a~1b~0c/");
    ck_assert_str_eq(ccs_pointer_join(&arena, NULL), "");
}
END_TEST

Suite *suite_scenario_document(void)
{
    Suite *suite = suite_create("scenario_document");
    TCase *reading = tcase_create("reading");
    tcase_add_checked_fixture(reading, set_up, tear_down);
    tcase_add_test(reading, a_file_that_cannot_be_read_is_an_input_error);
    tcase_add_test(reading, an_endless_file_is_refused_as_too_large);
    tcase_add_test(reading, bad_json_is_bad_data_with_its_place);
    tcase_add_test(reading, a_scenario_must_be_an_object);
    tcase_add_test(reading, comments_are_dropped_at_every_level);
    suite_add_tcase(suite, reading);

    TCase *extending = tcase_create("extends");
    tcase_add_checked_fixture(extending, set_up, tear_down);
    tcase_add_test(extending, an_extending_file_is_merged_over_its_parent);
    tcase_add_test(extending, null_is_kept_inside_a_policy_of_an_extending_file);
    tcase_add_test(extending, a_null_that_deletes_nothing_is_a_warning_where_it_stands);
    tcase_add_test(extending, extends_starts_at_the_folder_of_its_file);
    tcase_add_test(extending, a_parent_that_cannot_be_read_is_the_scenarios_fault);
    tcase_add_test(extending, files_that_extend_each_other_in_a_circle_are_refused);
    tcase_add_test(extending, sixteen_files_may_extend_each_other_and_one_more_may_not);
    suite_add_tcase(suite, extending);

    TCase *setting = tcase_create("set");
    tcase_add_checked_fixture(setting, set_up, tear_down);
    tcase_add_test(setting, set_replaces_a_value_with_json_or_text);
    tcase_add_test(setting, set_cannot_found_a_team_by_a_typing_error);
    tcase_add_test(setting, set_refuses_what_has_no_place);
    tcase_add_test(setting, an_assignment_without_form_is_a_usage_error);
    suite_add_tcase(suite, setting);

    TCase *patching = tcase_create("policies");
    tcase_add_checked_fixture(patching, set_up, tear_down);
    tcase_add_test(patching, a_policy_patches_what_it_may);
    tcase_add_test(patching, a_policy_may_not_patch_the_run);
    tcase_add_test(patching, a_null_in_with_that_deletes_nothing_is_a_warning);
    tcase_add_test(patching, names_are_the_union_over_documents_in_order);
    suite_add_tcase(suite, patching);

    TCase *places = tcase_create("places");
    tcase_add_checked_fixture(places, set_up, tear_down);
    tcase_add_test(places, every_value_knows_the_layer_it_came_from);
    tcase_add_test(places, a_diagnostic_is_added_once_and_names_its_origin);
    suite_add_tcase(suite, places);

    TCase *identity = tcase_create("identity");
    tcase_add_checked_fixture(identity, set_up, tear_down);
    tcase_add_test(identity, spelling_order_and_remarks_do_not_change_the_identity);
    tcase_add_test(identity, whatever_matters_changes_the_identity);
    tcase_add_test(identity, a_table_counts_by_its_content_and_not_by_its_name);
    tcase_add_test(identity, extending_and_setting_give_the_identity_of_the_result);
    tcase_add_test(identity, pointers_are_joined_with_escapes);
    suite_add_tcase(suite, identity);
    return suite;
}
