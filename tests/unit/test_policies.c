/* SPDX-License-Identifier: GPL-3.0-or-later */
/* policy/: decide() as a pure function, by a table of what an agent sees and what is decided. */
#include "../sim_help.h"

#include "policy/policy.h"

Suite *suite_policies(void);

/* The center around the policies: two tiers, a type that needs a decision. */
static const char *const FRAME =
    "{'name': 't', 'run': {'horizon': '1 day'}, 'channels': {'phone': {}},"
    "'issue_types': {'refund': {'volume': {'rate_per_h': 1}, 'talk': '5 min',"
    "'needs': 'decision', 'amount': 50, 'verification': {'time': '1 min'}}},"
    "'teams': {'first': {'agents': 2}, 'second': {'agents': 1, 'tier': 2}},"
    "'baseline': 'p', 'policies': {'p': %s}}";

struct rig {
    struct ccs_scenario *sc;
    const struct ccs_model *model;
};

static struct rig start(const char *policy)
{
    char text[4000];
    snprintf(text, sizeof text, FRAME, policy);
    struct rig rig = {.sc = scenario_of(text)};
    rig.model = model_of(rig.sc, "p");
    return rig;
}

/* Decides, twice: a pure function gives the same again and leaves the view alone. */
static struct ccs_decision decide(const struct rig *rig, const struct ccs_view *view)
{
    struct ccs_view before = *view;
    struct ccs_decision first = {0};
    struct ccs_decision second = {0};
    rig->model->policy->decide(rig->model->policy_config, view, &first);
    rig->model->policy->decide(rig->model->policy_config, view, &second);
    ck_assert_mem_eq(&before, view, sizeof before);
    ck_assert_int_eq(first.action, second.action);
    ck_assert_int_eq(first.transfer, second.transfer);
    ck_assert_int_eq(first.concession, second.concession);
    return first;
}

/* A first contact at the front line about 50.00, by an agent of middling temper. */
static struct ccs_view plain_view(void)
{
    struct ccs_view view = {.tier = 1,
                            .top_tier = 2,
                            .needs_decision = true,
                            .claimed = 500000,
                            .next_tier_open = true,
                            .u_discretion = 0.5,
                            .u_instead = 0.5,
                            .u_granted = 0.5};
    return view;
}

START_TEST(kinds_of_policies_differ_and_have_rows_and_a_text)
{
    for (size_t i = 0; i < ccs_policy_n; i++) {
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(ccs_policies[i]->kind, ccs_policies[k]->kind);
        }
        ck_assert_ptr_nonnull(ccs_policies[i]->section);
        ck_assert_str_ne(ccs_policies[i]->help, "");
    }
}
END_TEST

START_TEST(every_policy_explains_what_needs_only_an_explanation)
{
    static const char *const policies[] = {
        "{'kind': 'none'}",
        "{'kind': 'empowered_first_contact', 'authority_limits': [0], 'discretion': [0]}",
        "{'kind': 'escalate_late', 'authority_limits': [0], 'discretion': [0]}"};
    for (size_t i = 0; i < 3; i++) {
        struct rig rig = start(policies[i]);
        struct ccs_view view = plain_view();
        view.needs_decision = false;
        view.can_check = true;
        ck_assert_int_eq(decide(&rig, &view).action, CCS_ACT_RESOLVE);
        ccs_scenario_destroy(rig.sc);
    }
}
END_TEST

START_TEST(none_concedes_everything_in_full)
{
    struct rig rig = start("{'kind': 'none'}");
    struct ccs_view view = plain_view();
    view.u_discretion = 0.999999;
    view.claimed = INT64_MAX / 2;
    struct ccs_decision d = decide(&rig, &view);
    ck_assert_int_eq(d.action, CCS_ACT_RESOLVE);
    ck_assert_int_eq(d.concession, INT64_MAX / 2);
    ccs_scenario_destroy(rig.sc);
}
END_TEST

/* One line of a table: what differs from the plain view, and what must be decided. A uniform left
 * out is that of the plain view. */
struct line {
    const char *what;
    int tier;
    double claimed;
    int contacts_before;
    double sensed_anger, u_discretion, u_instead;
    bool asks_supervisor;
    double u_granted;
    enum ccs_evidence evidence;
    bool can_check;
    enum ccs_action want;
};

static void check_lines(const struct rig *rig, const struct line *line, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct ccs_view view = plain_view();
        view.tier = line[i].tier;
        view.claimed = ccs_money_from_units(line[i].claimed);
        view.contacts_before = line[i].contacts_before;
        view.history_known = line[i].contacts_before > 0;
        view.sensed_anger = line[i].sensed_anger;
        view.u_discretion = line[i].u_discretion > 0 ? line[i].u_discretion : view.u_discretion;
        view.u_instead = line[i].u_instead > 0 ? line[i].u_instead : view.u_instead;
        view.asks_supervisor = line[i].asks_supervisor;
        view.u_granted = line[i].u_granted > 0 ? line[i].u_granted : view.u_granted;
        view.evidence = line[i].evidence;
        view.can_check = line[i].can_check;
        struct ccs_decision d = decide(rig, &view);
        ck_assert_msg(d.action == line[i].want, "%s: decided %d, wanted %d", line[i].what, d.action,
                      line[i].want);
        ccs_money due = line[i].want == CCS_ACT_RESOLVE ? view.claimed : 0;
        ck_assert_msg(d.concession == due, "%s: concession", line[i].what);
        ck_assert_int_le(d.concession, line[i].tier == 1 ? 100 * 10000 : INT64_MAX);
    }
}

#define SEE(what_, tier_, claimed_, ...)                                                           \
    {                                                                                              \
        .what = what_, .tier = tier_, .claimed = claimed_, __VA_ARGS__                             \
    }

START_TEST(empowered_settles_what_it_may_and_passes_on_the_rest_at_once)
{
    struct rig rig = start("{'kind': 'empowered_first_contact', 'authority_limits': [100, 1000], "
                           "'discretion': [0.9, 0.95], 'verify_above': 80}");
    static const struct line lines[] = {
        SEE("small", 1, 50, .want = CCS_ACT_RESOLVE),
        SEE("exactly the limit", 1, 100, .want = CCS_ACT_RESOLVE),
        SEE("a cent above", 1, 100.01, .want = CCS_ACT_ESCALATE),
        SEE("does not dare", 1, 50, .u_discretion = 0.9, .want = CCS_ACT_ESCALATE),
        SEE("just dares", 1, 50, .u_discretion = 0.899999, .want = CCS_ACT_RESOLVE),
        SEE("top tier, small", 2, 50, .want = CCS_ACT_RESOLVE),
        SEE("top tier, at the limit", 2, 1000, .want = CCS_ACT_RESOLVE),
        SEE("top tier, too much", 2, 1001, .want = CCS_ACT_REFUSE),
        SEE("top tier, does not dare: nobody above", 2, 50, .u_discretion = 0.99,
            .want = CCS_ACT_RESOLVE),
        SEE("anger changes nothing", 1, 500, .sensed_anger = 50, .contacts_before = 9,
            .want = CCS_ACT_ESCALATE),
        SEE("to be checked", 1, 80, .can_check = true, .want = CCS_ACT_CHECK),
        SEE("too small to be checked", 1, 79.99, .can_check = true, .want = CCS_ACT_RESOLVE),
        SEE("passed on, not checked here", 1, 500, .can_check = true, .want = CCS_ACT_ESCALATE),
        SEE("checked and supported", 1, 80, .evidence = CCS_EVIDENCE_SUPPORTS,
            .want = CCS_ACT_RESOLVE),
        SEE("checked and contradicted", 1, 80, .evidence = CCS_EVIDENCE_CONTRADICTS,
            .want = CCS_ACT_REFUSE),
        SEE("contradicted at the top", 2, 80, .evidence = CCS_EVIDENCE_CONTRADICTS,
            .want = CCS_ACT_REFUSE),
    };
    check_lines(&rig, lines, sizeof lines / sizeof *lines);
    ccs_scenario_destroy(rig.sc);
}
END_TEST

START_TEST(escalate_late_holds_out_until_triggered)
{
    struct rig rig = start("{'kind': 'escalate_late', 'authority_limits': [100, 1000], "
                           "'discretion': [0.1, 0.9], 'trigger_contacts': 3, 'trigger_anger': 2, "
                           "'promise_share': 0.4, 'supervisor_granted': 0.3}");
    static const struct line lines[] = {
        SEE("refuses", 1, 50, .want = CCS_ACT_REFUSE),
        SEE("promises", 1, 50, .u_instead = 0.39, .want = CCS_ACT_PROMISE),
        SEE("promise share is a share", 1, 50, .u_instead = 0.4, .want = CCS_ACT_REFUSE),
        SEE("rare discretion", 1, 50, .u_discretion = 0.09, .want = CCS_ACT_RESOLVE),
        SEE("discretion, above the limit", 1, 101, .u_discretion = 0.09, .want = CCS_ACT_REFUSE),
        SEE("second contact", 1, 50, .contacts_before = 1, .want = CCS_ACT_REFUSE),
        SEE("third contact, within authority", 1, 50, .contacts_before = 2,
            .want = CCS_ACT_RESOLVE),
        SEE("third contact, above it", 1, 101, .contacts_before = 2, .want = CCS_ACT_ESCALATE),
        SEE("anger just below", 1, 500, .sensed_anger = 1.99, .want = CCS_ACT_REFUSE),
        SEE("angry enough", 1, 500, .sensed_anger = 2, .want = CCS_ACT_ESCALATE),
        SEE("angry, within authority", 1, 50, .sensed_anger = 2, .want = CCS_ACT_RESOLVE),
        SEE("the second tier decides", 2, 500, .want = CCS_ACT_RESOLVE),
        SEE("the second tier is stubborn", 2, 500, .u_discretion = 0.95, .want = CCS_ACT_REFUSE),
        SEE("the top cannot pass on", 2, 2000, .contacts_before = 5, .want = CCS_ACT_REFUSE),
        SEE("the top promises", 2, 2000, .contacts_before = 5, .u_instead = 0.1,
            .want = CCS_ACT_PROMISE),
        SEE("a supervisor is granted", 1, 50, .asks_supervisor = true, .u_granted = 0.29,
            .want = CCS_ACT_ESCALATE),
        SEE("a supervisor is denied", 1, 50, .asks_supervisor = true, .u_granted = 0.3,
            .want = CCS_ACT_REFUSE),
        SEE("contradicted", 1, 50, .contacts_before = 9, .evidence = CCS_EVIDENCE_CONTRADICTS,
            .want = CCS_ACT_REFUSE),
        SEE("nothing is checked unless asked for", 1, 50, .u_discretion = 0.01, .can_check = true,
            .want = CCS_ACT_RESOLVE),
    };
    check_lines(&rig, lines, sizeof lines / sizeof *lines);
    ccs_scenario_destroy(rig.sc);
}
END_TEST

START_TEST(the_last_limit_holds_for_all_higher_tiers)
{
    struct rig rig = start("{'kind': 'empowered_first_contact', 'authority_limits': [10, 60], "
                           "'discretion': [1]}");
    for (int tier = 1; tier <= CCS_TIER_MAX; tier++) {
        struct ccs_view view = plain_view();
        view.tier = tier;
        view.top_tier = CCS_TIER_MAX;
        enum ccs_action want = tier == 1 ? CCS_ACT_ESCALATE : CCS_ACT_RESOLVE;
        ck_assert_int_eq(decide(&rig, &view).action, want);
    }
    ccs_scenario_destroy(rig.sc);
}
END_TEST

START_TEST(the_way_of_passing_on_is_as_configured)
{
    static const char *const names[] = {"cold", "warm", "consult"};
    for (int i = 0; i < 3; i++) {
        char text[300];
        snprintf(text, sizeof text,
                 "{'kind': 'empowered_first_contact', 'authority_limits': [10], "
                 "'transfer': '%s'}",
                 names[i]);
        struct rig rig = start(text);
        struct ccs_view view = plain_view();
        struct ccs_decision d = decide(&rig, &view);
        ck_assert_int_eq(d.action, CCS_ACT_ESCALATE);
        ck_assert_int_eq(d.transfer, i);
        ccs_scenario_destroy(rig.sc);
    }
}
END_TEST

START_TEST(an_empty_list_of_limits_is_refused)
{
    char text[4000];
    snprintf(text, sizeof text, FRAME,
             _i == 0 ? "{'kind': 'escalate_late', 'authority_limits': []}"
                     : "{'kind': 'escalate_late', 'authority_limits': [5], "
                       "'discretion': []}");
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(text, NULL, &diags);
    ck_assert_msg(sc == NULL, "accepted: what may tier 1 concede?");
    ck_assert_uint_ge(ccs_diagnostics_error_count(diags), 1);
    ccs_diagnostics_destroy(diags);
}
END_TEST

Suite *suite_policies(void)
{
    Suite *suite = suite_create("policies");
    TCase *tc = tcase_create("decide");
    tcase_add_test(tc, kinds_of_policies_differ_and_have_rows_and_a_text);
    tcase_add_test(tc, every_policy_explains_what_needs_only_an_explanation);
    tcase_add_test(tc, none_concedes_everything_in_full);
    tcase_add_test(tc, empowered_settles_what_it_may_and_passes_on_the_rest_at_once);
    tcase_add_test(tc, escalate_late_holds_out_until_triggered);
    tcase_add_test(tc, the_last_limit_holds_for_all_higher_tiers);
    tcase_add_test(tc, the_way_of_passing_on_is_as_configured);
    tcase_add_loop_test(tc, an_empty_list_of_limits_is_refused, 0, 2);
    suite_add_tcase(suite, tc);
    return suite;
}
