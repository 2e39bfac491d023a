/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/field/bind.h"

#include "base/units.h"
#include "format/document/json.h"
#include "test_scenario_help.h"

#include <cjson/cJSON.h>

Suite *suite_scenario_bind(void);

static struct ccs_diagnostics *diags;
static struct ccs_document *doc;
static struct ccs_arena arena;
static struct mini_root root;

static void set_up(void)
{
    diags = ccs_diagnostics_create();
    ck_assert_ptr_nonnull(diags);
    doc = NULL;
    ccs_arena_init(&arena, 0);
}

static void tear_down(void)
{
    ccs_document_destroy(doc);
    ccs_diagnostics_destroy(diags);
    ccs_arena_fini(&arena);
}

static ccs_status bind(const char *text)
{
    ccs_document_destroy(doc);
    doc = sound_document(text);
    memset(&root, 0xff, sizeof root); /* whatever is not written must be seen */
    return bind_root(doc, &arena, diags, &root);
}

static void bind_soundly(const char *text)
{
    ccs_status status = bind(text);
    print_diags(diags);
    ck_assert_int_eq(status, CCS_OK);
}

/* ---- Values ---- */

START_TEST(an_empty_scenario_has_its_defaults)
{
    bind_soundly("{}");
    ck_assert_str_eq(root.name, "");
    ck_assert_int_eq(root.run.horizon, 4 * CCS_US_PER_WEEK);
    ck_assert_int_eq(root.run.seed, 1);
    ck_assert_uint_eq(root.teams.n, 0);
    ck_assert_uint_eq(root.policies.n, 0);
    ck_assert_int_eq(root.all.nested.replications, 20);
}
END_TEST

START_TEST(an_absent_value_is_told_from_every_given_one)
{
    const struct mini_all *all = &root.all;
    bind_soundly("{'teams': {'a': {'agents': 1}}}");
    ck_assert(!all->flag);
    ck_assert_int_eq(all->count, INT64_MIN);
    ck_assert_double_nan(all->real);
    ck_assert_double_nan(all->share);
    ck_assert_double_nan(all->money);
    ck_assert_int_eq(all->wait, CCS_TIME_NEVER);
    ck_assert_int_eq(all->day, INT64_MIN);
    ck_assert_ptr_null(all->text);
    ck_assert_int_eq(all->choice, -1);
    ck_assert_int_eq(all->team, -1);
    ck_assert(all->teams.n == 0 && all->teams.index == NULL);
    ck_assert_int_eq(all->talk.kind, CCS_DIST_KIND_COUNT);
    ck_assert_int_eq(all->price.kind, CCS_DIST_KIND_COUNT);
    ck_assert_int_eq(all->factor.kind, CCS_DIST_KIND_COUNT);
    ck_assert(all->list.n == 0 && all->list.v == NULL);
    ck_assert(all->days.n == 0 && all->days.v == NULL);
    ck_assert(all->by_team.n == 0 && all->by_team.v == NULL);
    ck_assert(all->moves.n == 0 && all->moves.v == NULL);
    ck_assert(all->hours.n == 0 && all->hours.span == NULL);
    ck_assert(all->calls.n == 0 && !all->calls.is_constant);
    ck_assert_ptr_null(all->alarm);
    ck_assert(all->pool.n == 0 && all->pool.data == NULL);
}
END_TEST

START_TEST(every_type_is_bound)
{
    const struct mini_all *all = &root.all;
    bind_soundly("{'name': 'caf\xc3\xa9', 'teams': {'b': {'agents': 2}, 'a': {'agents': 1}},"
                 " 'all': {'flag': true, 'count': -5, 'real': -1e6, 'share': 1, 'money': -2.5,"
                 " 'wait': '1.5 min', 'day': '2024-02-29', 'text': '', 'choice': 'priority',"
                 " 'team': 'b', 'teams': ['b', 'a'], 'talk': {'dist': 'exponential',"
                 " 'mean': '6 min'}, 'price': 12.5, 'factor': {'dist': 'uniform', 'min': 1,"
                 " 'max': 3}, 'list': [0, 9, 0.5], 'days': ['2024-12-25', '1969-12-31'],"
                 " 'by_team': {'b': 7}, 'moves': {'a': {'b': 0.25}}, 'hours': {'mon':"
                 " '08:00-09:00'}, 'calls': 3, 'nested': {'seed': 9007199254740991},"
                 " 'alarm': {'threshold': 4}, 'pool': {'y': {'agents': 3}, 'x': {'agents': 4,"
                 " 'skills': {'k': {}}}}}}");
    ck_assert_str_eq(root.name, "caf\xc3\xa9");
    ck_assert(all->flag);
    ck_assert_int_eq(all->count, -5);
    ck_assert_double_eq(all->real, -1e6);
    ck_assert_double_eq(all->share, 1.0);
    ck_assert_double_eq(all->money, -2.5);
    ck_assert_int_eq(all->wait, 90 * CCS_US_PER_S);
    ck_assert_int_eq(all->day, 19782);
    ck_assert_str_eq(all->text, "");
    ck_assert_int_eq(all->choice, 1);
    ck_assert_int_eq(all->team, 1);
    ck_assert_uint_eq(all->teams.n, 2);
    ck_assert_int_eq(all->teams.index[0], 1);
    ck_assert_int_eq(all->teams.index[1], 0);
    ck_assert_int_eq(all->talk.kind, CCS_DIST_EXPONENTIAL);
    ck_assert_double_eq(ccs_dist_mean(&all->talk), 360.0);
    ck_assert_int_eq(all->price.kind, CCS_DIST_CONSTANT);
    ck_assert_double_eq(ccs_dist_mean(&all->price), 12.5);
    ck_assert_double_eq(ccs_dist_mean(&all->factor), 2.0);
    ck_assert_uint_eq(all->list.n, 3);
    ck_assert_double_eq(all->list.v[2], 0.5);
    ck_assert_uint_eq(all->days.n, 2);
    ck_assert_double_eq(all->days.v[0], -1.0); /* sorted */
    ck_assert_double_eq(all->days.v[1], 20082.0);
    ck_assert_uint_eq(all->by_team.n, 2);
    ck_assert(all->by_team.v[0] == 0.0 && !all->by_team.given[0]);
    ck_assert(all->by_team.v[1] == 7.0 && all->by_team.given[1]);
    ck_assert_double_eq(all->moves.v[1], 0.25);
    ck_assert(all->moves.given[0] && !all->moves.given[1]);
    ck_assert_uint_eq(all->hours.n, 1);
    ck_assert(all->calls.is_constant);
    ck_assert_double_eq(all->calls.constant, 3.0);
    ck_assert_int_eq(all->nested.seed, INT64_C(9007199254740991));
    ck_assert_int_eq(all->nested.horizon, 4 * CCS_US_PER_WEEK);
    ck_assert_int_eq(all->alarm->threshold, 4);
    ck_assert_str_eq(all->alarm->text, "ring");
    ck_assert_uint_eq(all->pool.n, 2);
    ck_assert_str_eq(all->pool.name[0], "x");
    const struct mini_team *x = ccs_map_at(&all->pool, 0);
    ck_assert_int_eq(x->agents, 4);
    ck_assert_str_eq(x->skills.name[0], "k");
    ck_assert_double_eq(((const struct mini_skill *)x->skills.data)->level, 0.5);
}
END_TEST

START_TEST(an_empty_list_is_told_from_an_absent_one)
{
    bind_soundly("{'all': {'list': [], 'days': [], 'by_team': {}, 'hours': {}}}");
    ck_assert(root.all.list.n == 0 && root.all.list.v != NULL);
    ck_assert(root.all.days.n == 0 && root.all.days.v != NULL);
    ck_assert(root.all.by_team.n == 0 && root.all.by_team.v != NULL);
    ck_assert(root.all.hours.n == 0 && root.all.hours.span != NULL);
}
END_TEST

START_TEST(a_plain_number_stands_for_every_name)
{
    bind_soundly("{'teams': {'a': {'agents': 1}, 'b': {'agents': 1}},"
                 " 'all': {'by_team': 5}}");
    ck_assert(root.all.by_team.v[0] == 5.0 && root.all.by_team.given[0]);
    ck_assert(root.all.by_team.v[1] == 5.0 && root.all.by_team.given[1]);
}
END_TEST

START_TEST(order_in_the_file_does_not_matter)
{
    bind_soundly("{'teams': {'a': {'agents': 1}, 'c': {'agents': 3}, 'b': {'agents': 2}}}");
    ck_assert_uint_eq(root.teams.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct mini_team *team = ccs_map_at(&root.teams, i);
        ck_assert_int_eq(team->agents, (int64_t)i + 1);
        ck_assert_int_eq(root.teams.name[i][0], "abc"[i]);
    }
}
END_TEST

START_TEST(minus_zero_becomes_zero)
{
    bind_soundly("{'all': {'real': -0.0, 'list': [-0.0]}}");
    ck_assert(!signbit(root.all.real));
    ck_assert(!signbit(root.all.list.v[0]));
}
END_TEST

START_TEST(a_kind_chooses_its_rows)
{
    bind_soundly("{'policies': {'p': {'kind': 'late', 'limit': 5, 'with': {}},"
                 " 'q': {'kind': 'early', 'tier': 2, 'discretion': 0.5}}}");
    const struct mini_policy *p = ccs_map_at(&root.policies, 0);
    const struct mini_policy *q = ccs_map_at(&root.policies, 1);
    ck_assert_int_eq(p->kind.kind, 0);
    ck_assert_double_eq(((const struct mini_late *)p->kind.value)->limit, 5.0);
    ck_assert_double_eq(p->discretion, 0.1);
    ck_assert_int_eq(q->kind.kind, 1);
    ck_assert_int_eq(((const struct mini_early *)q->kind.value)->tier, 2);
    ck_assert_double_eq(q->discretion, 0.5);
}
END_TEST

START_TEST(a_part_of_a_document_can_be_bound_alone)
{
    struct mini_run run;
    doc = sound_document("{'a/b': {'run': {'seed': 5, 'sed': 1}}}");
    ck_assert_int_eq(ccs_bind(doc, "/a~1b/run", &mini_run_section, NULL, 0, &arena, diags, &run),
                     CCS_EDATA);
    ck_assert_int_eq(run.seed, 5);
    ck_assert_ptr_nonnull(find_diag(diags, "E200", "/a~1b/run/sed"));
    ck_assert_int_eq(ccs_bind(doc, "/none", &mini_run_section, NULL, 0, &arena, diags, &run),
                     CCS_OK);
    ck_assert_int_eq(run.seed, 1);
}
END_TEST

/* ---- What is refused ---- */

/* Each is the whole of "all"; team "billing" exists. */
static const struct {
    const char *member, *code, *pointer, *message;
} faulty[] = {
    {"'flagg': true", "E200", "/flagg", "unknown key; did you mean `flag`?"},
    {"'zzz': true", "E200", "/zzz", "unknown key"},
    {"'flag': 1", "E202", "/flag", "must be true or false (found 1)"},
    {"'flag': null", "E203", "/flag", NULL},
    {"'count': 2.5", "E215", "/count", "must be a whole number (found 2.5)"},
    {"'count': 9007199254740992", "E215", "/count", NULL},
    {"'count': -6", "E214", "/count", "must be between -5 and 10 (found -6)"},
    {"'count': '3'", "E202", "/count", "must be a number: write 3 without quotes"},
    {"'count': {}", "E202", "/count", "must be a number (found an object)"},
    {"'real': 5.5", "E214", "/real", "must be <= 5 (found 5.5)"},
    {"'share': 45", "E214", "/share",
     "must be between 0 and 1 (found 45); it is a share, not a percentage"},
    {"'share': -0.1", "E214", "/share", "must be between 0 and 1 (found -0.1)"},
    {"'money': 'a lot'", "E202", "/money", "must be a number (found \"a lot\")"},
    {"'wait': 90", "E210", "/wait",
     "must be a duration with a unit: write \"90 s\" if seconds are meant"},
    {"'wait': '90'", "E210", "/wait", "has no unit: write \"90 s\" if seconds are meant"},
    {"'wait': '90 sec'", "E210", "/wait",
     "no unit `sec` (ms s min h days weeks months years); did you mean `s`?"},
    {"'wait': '-1 s'", "E214", "/wait", "must be >= 0 s (found -1 s)"},
    {"'wait': '1e9 years'", "E210", "/wait", NULL},
    {"'wait': true", "E202", "/wait", NULL},
    {"'day': '2023-02-29'", "E211", "/day", NULL},
    {"'day': 20240131", "E202", "/day", NULL},
    {"'text': 5", "E202", "/text", "must be a string (found 5)"},
    {"'choice': 'prioritiy'", "E204", "/choice",
     "must be one of fifo, priority (found \"prioritiy\"); did you mean `priority`?"},
    {"'choice': 1", "E202", "/choice", NULL},
    {"'team': 'biling'", "E205", "/team", "no team named `biling`; did you mean `billing`?"},
    {"'team': 'Billing'", "E205", "/team", "no team named `Billing`; did you mean `billing`?"},
    {"'team': 0", "E202", "/team", "must be the name of a team (found 0)"},
    {"'teams': 'billing'", "E202", "/teams", "must be a list of team names (found \"billing\")"},
    {"'teams': []", "E214", "/teams", "the number of names must be >= 1 (found 0)"},
    {"'teams': ['billing', 'billing']", "E207", "/teams/1", "`billing` is given twice"},
    {"'teams': [null]", "E203", "/teams/0", NULL},
    {"'list': [1, '2']", "E202", "/list/1", "must be a number: write 2 without quotes"},
    {"'list': [1, 10]", "E214", "/list/1", "must be between 0 and 9 (found 10)"},
    {"'list': 1", "E202", "/list", "must be a list of numbers (found 1)"},
    {"'days': ['2024-01-01', '2024-01-01']", "E207", "/days", "2024-01-01 is given twice"},
    {"'days': [5]", "E202", "/days/0", NULL},
    {"'by_team': {'sales': 1}", "E205", "/by_team/sales", "no team named `sales`"},
    {"'by_team': {'billing': 101}", "E214", "/by_team/billing", NULL},
    {"'by_team': [1]", "E202", "/by_team",
     "must be a number, or an object from team names to numbers (found a list)"},
    {"'moves': {'billing': 1}", "E202", "/moves/billing", NULL},
    {"'moves': {'billing': {'x': 1}}", "E205", "/moves/billing/x", NULL},
    {"'moves': {'x': {}}", "E205", "/moves/x", NULL},
    {"'moves': 1", "E202", "/moves", NULL},
    {"'nested': 1", "E202", "/nested", "must be an object (found 1)"},
    {"'nested': {'seed': -1}", "E214", "/nested/seed",
     "must be between 0 and 9007199254740991 (found -1)"},
    {"'alarm': {}", "E201", "/alarm/threshold", "is required but missing"},
    {"'alarm': []", "E202", "/alarm", NULL},
    {"'pool': []", "E202", "/pool", "must be an object keyed by names (found a list)"},
    {"'pool': {'a': 5}", "E202", "/pool/a", "must be an object (found 5)"},
    {"'pool': {'': {'agents': 1}}", "E206", "/pool/", NULL},
    {"'pool': {'a\\tb': {'agents': 1}}", "E206", NULL, NULL},
    {"'pool': {'a': {'agents': 0}}", "E214", "/pool/a/agents", "must be >= 1 (found 0)"},
    {"'pool': {'a': {'agents': 1, 'break': '30 s'}}", "E214", "/pool/a/break",
     "must be between 1 min and 1 h (found 30 s)"},
    {"'pool': {'a': {'agents': 1, 'wage': 3}}", "E200", "/pool/a/wage",
     "unknown key; did you mean `wage_per_h`?"},
};

START_TEST(each_fault_is_found_at_its_pointer)
{
    char text[512], pointer[128];
    snprintf(text, sizeof text, "{'teams': {'billing': {'agents': 1}},\n'all': {%s}}",
             faulty[_i].member);
    ck_assert_int_eq(bind(text), CCS_EDATA);
    snprintf(pointer, sizeof pointer, "/all%s",
             faulty[_i].pointer == NULL ? "" : faulty[_i].pointer);
    const struct ccs_diagnostic *d =
        find_diag(diags, faulty[_i].code, faulty[_i].pointer == NULL ? NULL : pointer);
    if (d == NULL || (faulty[_i].message != NULL && strcmp(d->message, faulty[_i].message) != 0)) {
        print_diags(diags);
        ck_abort_msg("%s: expected %s: %s", faulty[_i].member, faulty[_i].code,
                     faulty[_i].message == NULL ? "..." : faulty[_i].message);
    }
    ck_assert_int_eq(d->line, 2);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
}
END_TEST

START_TEST(all_faults_are_reported_at_once)
{
    ck_assert_int_eq(bind("{'nam': 'x', 'run': {'seed': 1.5, 'horizon': 3},\n"
                          " 'teams': {'a': {}, 'b': {'agents': '2'}},\n"
                          " 'policies': {'p': {'kind': 'late', 'tier': 1}, 'q': {},\n"
                          "   'r': {'kind': 'erly', 'tier': 1, 'zz': 2}},\n"
                          " 'all': {'team': 'c'}}"),
                     CCS_EDATA);
    static const char *const expected[][2] = {
        {"E200", "/nam"},
        {"E215", "/run/seed"},
        {"E210", "/run/horizon"},
        {"E201", "/teams/a/agents"},
        {"E202", "/teams/b/agents"},
        {"E200", "/policies/p/tier"},
        {"E201", "/policies/q/kind"},
        {"E204", "/policies/r/kind"},
        {"E200", "/policies/r/zz"},
        {"E205", "/all/team"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ck_assert_msg(find_diag(diags, expected[i][0], expected[i][1]) != NULL, "%s at %s",
                      expected[i][0], expected[i][1]);
    }
    ck_assert_uint_eq(ccs_diagnostics_count(diags), sizeof expected / sizeof expected[0]);
    ck_assert_str_eq(find_diag(diags, "E200", "/policies/p/tier")->message,
                     "unknown key here: it belongs to kind \"early\"");
    /* A missing key is placed at the object that lacks it. */
    ck_assert_int_eq(find_diag(diags, "E201", "/teams/a/agents")->line, 2);
    ck_assert_int_eq(find_diag(diags, "E201", "/teams/a/agents")->column, 17);
}
END_TEST

START_TEST(more_faults_than_are_kept_are_only_counted)
{
    char *text = malloc(40000);
    size_t n = (size_t)sprintf(text, "{'all': {'list': [");
    for (int i = 0; i < 3000; i++) {
        n += (size_t)sprintf(text + n, "%s-1", i > 0 ? ", " : "");
    }
    sprintf(text + n, "]}}");
    ck_assert_int_eq(bind(text), CCS_EDATA);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 100);
    ck_assert_uint_eq(ccs_diagnostics_error_count(diags), 3000);
    free(text);
}
END_TEST

START_TEST(a_fault_from_set_is_reported_at_set)
{
    doc = sound_document("{'teams': {'a': {'agents': 1}}}");
    ck_assert_int_eq(ccs_document_set(doc, &mini_root_section, "/teams/a/agents=-2", diags),
                     CCS_OK);
    ck_assert_int_eq(bind_root(doc, &arena, diags, &root), CCS_EDATA);
    ck_assert_str_eq(ccs_diagnostics_line(diags, 0),
                     "--set /teams/a/agents=-2: error CCS-E214 at /teams/a/agents: must be >= 1 "
                     "(found -2)");
}
END_TEST

/* ---- Several policies ---- */

static const char *const may_patch[] = {"teams"};

static const char policies[] =
    "{'teams': {'a': {'agents': 1}, 'b': {'agents': 0}},\n"
    " 'all': {'team': 'a', 'by_team': {'a': 1}},\n"
    " 'policies': {'p': {'kind': 'late', 'with': {'teams': {'a': null}}},\n"
    "  'q': {'kind': 'late', 'with': {'teams': {'c': {'agents': 3}}}}}}";

/* Binds the document under a policy with the union of names {a, b, c}. */
static ccs_status bind_under(const char *policy, struct ccs_document **patched)
{
    static const char *const names[] = {"a", "b", "c"};
    const struct ccs_name_group group = {"teams", names, 3};
    ck_assert_int_eq(ccs_document_patch(patched, doc, policy, may_patch, 1, diags), CCS_OK);
    return ccs_bind(*patched, "", &mini_root_section, &group, 1, &arena, diags, &root);
}

START_TEST(an_index_means_the_same_team_under_every_policy)
{
    struct ccs_document *patched;
    doc = sound_document(policies);
    bind_under("q", &patched);
    ck_assert_uint_eq(root.teams.n, 3);
    ck_assert_str_eq(root.teams.name[2], "c");
    ck_assert(root.teams.present[0] && root.teams.present[1] && root.teams.present[2]);
    ck_assert_int_eq(((struct mini_team *)ccs_map_at(&root.teams, 2))->agents, 3);
    ccs_document_destroy(patched);
    bind_under("p", &patched);
    ck_assert_uint_eq(root.teams.n, 3);
    ck_assert(!root.teams.present[0] && root.teams.present[1] && !root.teams.present[2]);
    ck_assert_ptr_null(ccs_map_at(&root.teams, 0));
    ck_assert_str_eq(root.teams.name[0], "a");
    ccs_document_destroy(patched);
}
END_TEST

START_TEST(a_fault_all_policies_share_is_reported_once)
{
    struct ccs_document *p, *q;
    doc = sound_document(policies);
    ck_assert_int_eq(bind_under("p", &p), CCS_EDATA);
    ck_assert_int_eq(bind_under("q", &q), CCS_EDATA);
    size_t shared = 0;
    for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
        shared += strcmp(ccs_diagnostics_get(diags, i)->pointer, "/teams/b/agents") == 0;
    }
    ck_assert_uint_eq(shared, 1);
    ccs_document_destroy(p);
    ccs_document_destroy(q);
}
END_TEST

START_TEST(a_reference_to_what_a_policy_deletes_is_refused)
{
    struct ccs_document *patched;
    doc = sound_document(policies);
    ck_assert_int_eq(bind_under("p", &patched), CCS_EDATA);
    const struct ccs_diagnostic *d = find_diag(diags, "E305", "/all/team");
    ck_assert_ptr_nonnull(d);
    ck_assert_str_eq(d->message, "there is no team `a` under policy `p`");
    ck_assert_ptr_nonnull(find_diag(diags, "E305", "/all/by_team/a"));
    ccs_document_destroy(patched);
}
END_TEST

START_TEST(a_required_key_deleted_by_a_policy_is_missed_where_it_was_deleted)
{
    struct ccs_document *patched;
    doc = sound_document("{'teams': {'a': {'agents': 1}}, 'policies': {'p': {'kind':"
                         " 'late', 'with':\n {'teams': {'a': {'agents': null}}}}}}");
    bind_under("p", &patched);
    const struct ccs_diagnostic *d = find_diag(diags, "E201", "/policies/p/with/teams/a/agents");
    ck_assert_ptr_nonnull(d);
    ck_assert_int_eq(d->line, 2);
    ccs_document_destroy(patched);
}
END_TEST

/* ---- Hostile documents ---- */

static const char full[] =
    "{'name': 'n', 'run': {'horizon': '1 h'}, 'teams': {'a': {'agents': 1,"
    " 'talk': {'dist': 'mixture', 'parts': [{'weight': 1, 'dist': 'gamma', 'mean': '1 s', "
    "'cv': 1}, {'weight': 2, 'dist': 'empirical', 'values': ['1 s', 2],"
    " 'unit': 'min'}]}}}, 'policies': {'p': {'kind': 'late', 'with': {}}},"
    " 'all': {'teams': ['a'], 'list': [1], 'days': ['2024-01-01'], 'by_team': {'a': 1},"
    " 'moves': {'a': {'a': 1}}, 'hours': {'mon-fri': ['08:00-09:00']},"
    " 'calls': {'interval': '1 h', 'values': [1, 2], 'repeat': 'day'}, 'alarm': {'threshold': 1},"
    " 'pool': {'x': {'agents': 1, 'skills': {'k': {}}}}}}";

static const char *const replacements[] = {
    "null",        "true",
    "-1",          "1e308",
    "0.5",         "''",
    "'x'",         "'-5 s'",
    "[]",          "{}",
    "[[]]",        "{'dist': 'erlang', 'mean': '1 s', 'stages': -3}",
    "{'a': null}", "{'csv': '/dev/null', 'interval': '1 h'}",
};

/* Pointers of all values below, in order; the strings are the caller's. */
static void list_pointers(const struct cJSON *value, const char *pointer, char list[][128],
                          size_t *n)
{
    snprintf(list[(*n)++], 128, "%s", pointer);
    size_t index = 0;
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        char below[128], digits[16];
        snprintf(digits, sizeof digits, "%zu", index++);
        snprintf(below, sizeof below, "%s/%s", pointer,
                 item->string != NULL ? item->string : digits);
        list_pointers(item, below, list, n);
    }
}

START_TEST(any_value_anywhere_is_bound_or_refused)
{
    static char list[128][128];
    size_t n = 0, refused = 0;
    bind_soundly(full);
    list_pointers(ccs_document_root(doc), "", list, &n);
    for (size_t i = 1; i < n; i++) { /* the root cannot be set */
        for (size_t j = 0; j < sizeof replacements / sizeof replacements[0]; j++) {
            char assignment[256];
            struct ccs_arena own;
            struct ccs_diagnostics *found = ccs_diagnostics_create();
            struct ccs_document *changed = sound_document(full);
            snprintf(assignment, sizeof assignment, "%s=%s", list[i], replacements[j]);
            ck_assert_int_eq(set_document(changed, NULL, assignment, found), CCS_OK);
            ccs_arena_init(&own, 0);
            ccs_status status = bind_root(changed, &own, found, &root);
            ck_assert(status == CCS_OK || status == CCS_EDATA);
            ck_assert_int_eq(status == CCS_EDATA, ccs_diagnostics_error_count(found) > 0);
            refused += status == CCS_EDATA;
            ccs_arena_fini(&own);
            ccs_diagnostics_destroy(found);
            ccs_document_destroy(changed);
        }
    }
    ck_assert_uint_gt(refused, n * 5);
}
END_TEST

START_TEST(exhausted_memory_is_a_status_and_not_a_crash)
{
    const struct ccs_name_group group = {"teams", (const char *const[]){"a"}, 1};
    struct ccs_arena whole;
    doc = sound_document(full);
    ccs_arena_init(&whole, 0);
    ck_assert_int_eq(ccs_bind(doc, "", &mini_root_section, &group, 1, &whole, diags, &root),
                     CCS_OK);
    size_t limit = whole.used;
    ccs_arena_fini(&whole);
    for (size_t i = 0; i < 64; i++) {
        struct ccs_arena small;
        ccs_arena_init(&small, 1 + limit * i / 64);
        ccs_status status = ccs_bind(doc, "", &mini_root_section, &group, 1, &small, diags, &root);
        ck_assert(status == CCS_ENOMEM || (status == CCS_OK && i > 0));
        ccs_arena_fini(&small);
    }
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 0);
}
END_TEST

Suite *suite_scenario_bind(void)
{
    Suite *suite = suite_create("scenario_bind");
    TCase *values = tcase_create("values");
    tcase_add_checked_fixture(values, set_up, tear_down);
    tcase_add_test(values, an_empty_scenario_has_its_defaults);
    tcase_add_test(values, an_absent_value_is_told_from_every_given_one);
    tcase_add_test(values, every_type_is_bound);
    tcase_add_test(values, an_empty_list_is_told_from_an_absent_one);
    tcase_add_test(values, a_plain_number_stands_for_every_name);
    tcase_add_test(values, order_in_the_file_does_not_matter);
    tcase_add_test(values, minus_zero_becomes_zero);
    tcase_add_test(values, a_kind_chooses_its_rows);
    tcase_add_test(values, a_part_of_a_document_can_be_bound_alone);
    suite_add_tcase(suite, values);

    TCase *refuses = tcase_create("refuses");
    tcase_add_checked_fixture(refuses, set_up, tear_down);
    tcase_add_loop_test(refuses, each_fault_is_found_at_its_pointer, 0,
                        sizeof faulty / sizeof faulty[0]);
    tcase_add_test(refuses, all_faults_are_reported_at_once);
    tcase_add_test(refuses, more_faults_than_are_kept_are_only_counted);
    tcase_add_test(refuses, a_fault_from_set_is_reported_at_set);
    suite_add_tcase(suite, refuses);

    TCase *several = tcase_create("policies");
    tcase_add_checked_fixture(several, set_up, tear_down);
    tcase_add_test(several, an_index_means_the_same_team_under_every_policy);
    tcase_add_test(several, a_fault_all_policies_share_is_reported_once);
    tcase_add_test(several, a_reference_to_what_a_policy_deletes_is_refused);
    tcase_add_test(several, a_required_key_deleted_by_a_policy_is_missed_where_it_was_deleted);
    suite_add_tcase(suite, several);

    TCase *hostile = tcase_create("hostile");
    tcase_add_checked_fixture(hostile, set_up, tear_down);
    tcase_add_test(hostile, any_value_anywhere_is_bound_or_refused);
    tcase_add_test(hostile, exhausted_memory_is_a_status_and_not_a_crash);
    suite_add_tcase(suite, hostile);
    return suite;
}
