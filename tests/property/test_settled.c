/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By whom, how and in which contact issues are settled; when a policy that holds out gives in; and
 * that one event is one moment of truth.
 */
#include "closed_forms.h"

Suite *suite_settled(void);

/* Refuses until the third contact, which goes to the second tier. */
static const char *const THIRD_TIME =
    "{'kind': 'escalate_late', 'authority_limits': [0, 1000], 'discretion': [0, 1], "
    "'trigger_contacts': 3, 'trigger_anger': 1000, 'promise_share': 0, 'supervisor_granted': 0}";

static double settled(const struct run *run, const char *name)
{
    return slice_sum(run, "settled_issues", CCS_SLICE_SETTLED, name);
}

/* The same center with a policy, few customers of which have two issues at a time. */
static cJSON *center(const char *policy)
{
    cJSON *doc = simple();
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.5");
    put(doc, "/policies/p", policy);
    return doc;
}

/* ---- one event, one moment ---- */

static cJSON *with_desk(const char *threat)
{
    cJSON *doc = stubborn();
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.5");
    put(doc, "/teams/desk", "{'agents': 10000, 'channels': []}");
    putf(doc, "/behavior/retention",
         "{'team': 'desk', 'talk': '10 min', 'threat_probability': %s, 'save_probability': 1}",
         threat);
    return doc;
}

START_TEST(whom_the_desk_saves_does_not_leave_for_what_led_there)
{
    cJSON *doc = with_desk("1");
    put(doc, "/behavior/leaving", "{'failed_contact': 0.5, 'issue_ended': 0.5}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 1000);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "churn_rate_per_year"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_broken_promise_is_no_moment_when_the_customer_threatens)
{
    cJSON *doc = with_desk("1");
    put(doc, "/policies/p/promise_share", "1");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 1}");
    put(doc, "/behavior/leaving", "{'promise_broken': 1}");
    struct run run = run_document(doc, 2);
    ck_assert_double_eq(num(&run, "resolved_share"), den(&run, "resolved_share"));
    ck_assert_double_eq(num(&run, "promises_kept_share"), 0);
    ck_assert_double_eq(num(&run, "churn_rate_per_year"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_desk_that_does_not_settle_is_one_moment_as_well)
{
    /* Half threatens, is kept, and half of these threatens again after the desk has not helped;
     * the others give up there. Only those who give up without the desk meet that moment. */
    cJSON *doc = with_desk("0.5");
    put(doc, "/behavior/retention/settles_issue", "false");
    put(doc, "/behavior/leaving", "{'given_up': 1, 'failed_contact': 1}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 1000);
    assert_share("left", num(&run, "churn_rate_per_year"), n, 0.5);
    ck_assert_double_eq(num(&run, "resolved_share"), 0);
    ck_assert_double_eq(num(&run, "saved_share"), den(&run, "saved_share"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(work_after_the_desk_ends_in_a_moment_of_its_own)
{
    cJSON *doc = with_desk("1");
    put(doc, "/teams/back", "{'agents': 10000, 'channels': []}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '1 days'}");
    put(doc, "/behavior/leaving", "{'issue_ended': 1}");
    put(doc, "/run/horizon", "'8 weeks'");
    struct run run = run_document(doc, 1);
    double n = num(&run, "settled_issues");
    ck_assert_double_gt(n, 500);
    ck_assert_double_gt(num(&run, "churn_rate_per_year"), 0.9 * n); /* the others after T */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- triggers ---- */

START_TEST(the_third_contact_escalates_though_nobody_knows_the_story)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/behavior/retelling", "{'time': '1 min'}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 1000);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 3 * n);
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    ck_assert_double_eq(settled(&run, "tier 2, after escalation, contact 3"), n);
    ck_assert_double_eq(num(&run, "settled_issues"), n);
    ck_assert_double_eq(num(&run, "settled_after_escalation_share"), n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(without_the_record_each_agent_begins_anew)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/behavior/retelling", "{'time': '1 min', 'record_known_probability': 0}");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.8, 'delay': '1 h'}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "escalation_rate"), 0);
    ck_assert_double_eq(num(&run, "given_up_share"), n);
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), 5 * n, sqrt(20 * n));
    run_free(&run);

    /* known to every second agent: two contacts, and then a geometric number of mean 2 */
    put(doc, "/behavior/retelling/record_known_probability", "0.5");
    put(doc, "/behavior/recontact/after_refusal", "1");
    run = run_document(doc, 2);
    n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), 4 * n, sqrt(2 * n));
    ck_assert_double_gt(settled(&run, "tier 2, after escalation, contact 4 and more"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_record_that_is_always_known_changes_nothing)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/behavior/retelling", "{'time': '1 min', 'context_carried_probability': 0.5}");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.8, 'delay': '1 h'}");
    struct run without = run_document(doc, 1);
    put(doc, "/behavior/retelling/record_known_probability", "1");
    struct run with = run_document(doc, 1);
    ck_assert_uint_eq(with.res->signature, without.res->signature);
    ck_assert_same_numbers(with.res, 0, without.res, 0, -1);
    run_free(&with);
    run_free(&without);
    cJSON_Delete(doc);
}
END_TEST

/* Sets up to three places of a center in which the policy can escalate and concede; then this is
 * warned of (NULL: nothing is). */
static const struct {
    const char *set[6];
    const char *at;
} triggers[] = {
    {{NULL}, NULL},
    {{"/behavior/retelling", "{'time': '1 min', 'record_known_probability': 0}"},
     "/policies/p/trigger_contacts"},
    {{"/behavior/retelling", "{'time': '1 min', 'record_known_probability': 0.1}"}, NULL},
    {{"/behavior/retelling", "{'time': '1 min', 'record_known_probability': 0}",
      "/policies/p/trigger_contacts", "1"},
     NULL},
    {{"/policies/p/trigger_anger", "1.5"}, "/policies/p/trigger_anger"},
    {{"/policies/p/trigger_anger", "0"}, NULL},
    {{"/policies/p/trigger_anger", "1.5", "/behavior/anger", "{}"}, NULL},
    {{"/policies/p/trigger_anger", NULL}, NULL}, /* nobody has asked for the default */
    {{"/policies/p/authority_limits", "[0, 49]"}, "/policies/p/authority_limits"},
    {{"/policies/p/authority_limits", "[0, 50]"}, NULL},
    /* holds out for ever: nobody comes to the tier that may concede, until it calls */
    {{"/policies/p/trigger_contacts", "1000"}, "/policies/p/authority_limits"},
    {{"/policies/p/trigger_contacts", "1000", "/policies/p/promise_share", "0.5",
      "/promises/callback", "{'due': '1 days', 'by': 'next_tier'}"},
     NULL},
    {{"/policies/p/trigger_contacts", "1000", "/policies/p/promise_share", "0.5",
      "/promises/callback", "{'due': '1 days'}"},
     "/policies/p/authority_limits"},
    {{"/policies/p/trigger_contacts", "1000", "/policies/p/supervisor_granted", "0.1",
      "/behavior/supervisor", "{'demand_probability': 0.1}"},
     NULL},
    {{"/teams/senior", NULL}, "/policies/p/authority_limits"},
    {{"/policies/p/authority_limits", "[50, 0]"}, NULL},
    {{"/policies/p/authority_limits", "[0]", "/teams/desk", "{'agents': 9, 'channels': []}",
      "/behavior/retention",
      "{'team': 'desk', 'talk': '1 min', 'threat_probability': 0, 'save_probability': 1}"},
     NULL},
    {{"/issue_types/refund/needs", "'explanation'", "/policies/p/authority_limits", "[0]"}, NULL},
    {{"/policies/p", "{'kind': 'empowered_first_contact', 'authority_limits': [0]}"}, NULL},
};

START_TEST(a_trigger_that_never_fires_is_warned_of)
{
    cJSON *doc = center(THIRD_TIME);
    for (int i = 0; i < 6 && triggers[_i].set[i]; i += 2) {
        put(doc, triggers[_i].set[i], triggers[_i].set[i + 1]);
    }
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_document(doc, &diags);
    ck_assert_ptr_nonnull(sc);
    if (triggers[_i].at) {
        assert_diagnostic(diags, "CCS-W420", triggers[_i].at, triggers[_i].at);
    } else if (has_diagnostic(diags, "CCS-W420", NULL)) {
        print_diagnostics(diags);
        ck_abort_msg("case %d: warned of", _i);
    }
    ccs_scenario_destroy(sc);
    ccs_diagnostics_destroy(diags);
    cJSON_Delete(doc);
}
END_TEST

/* ---- settled by ---- */

START_TEST(a_promised_call_of_a_higher_tier_is_an_escalation)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/policies/p/trigger_contacts", "1000");
    put(doc, "/policies/p/promise_share", "1");
    put(doc, "/promises/callback", "{'due': '1 days', 'by': 'next_tier'}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 1000);
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    ck_assert_double_eq(settled(&run, "tier 2, promised call, contact 2"), n);
    ck_assert_double_eq(num(&run, "settled_by_promised_call_share"), n);
    ck_assert_double_eq(den(&run, "settled_by_promised_call_share"), n);
    run_free(&run);

    /* the tier that promised calls: nobody higher has to do with it */
    put(doc, "/promises/callback/by", "'same_tier'");
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/policies/p/authority_limits", "[1000]");
    run = run_document(doc, 2);
    ck_assert_double_eq(num(&run, "escalation_rate"), 0);
    ck_assert_double_eq(settled(&run, "tier 1, promised call, contact 2"), n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_promised_call_that_is_passed_on_is_settled_after_escalation)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/policies/p/promise_share", "1");
    put(doc, "/promises/callback", "{'due': '1 days'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "promises_kept_share"), n);
    ck_assert_double_eq(settled(&run, "tier 2, after escalation, contact 2"), n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_desk_settles_in_the_second_contact_and_counts_as_a_higher_tier)
{
    cJSON *doc = with_desk("1");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(settled(&run, "retention desk, contact 2"), n);
    ck_assert_double_eq(num(&run, "settled_by_desk_share"), n);
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_nobody_has_to_decide_is_settled_at_once_or_by_the_back_office)
{
    cJSON *doc = center(THIRD_TIME);
    put(doc, "/issue_types/refund/needs", "'explanation'");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(settled(&run, "tier 1, at once, contact 1"), n);
    ck_assert_double_eq(num(&run, "settled_at_once_share"), n);
    ck_assert_int_lt(
        ccs_results_row(run.res, "settled_issues", CCS_SLICE_SETTLED, "back office, contact 1"), 0);
    run_free(&run);

    put(doc, "/teams/back", "{'agents': 10000, 'channels': []}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '1 h'}");
    run = run_document(doc, 1);
    ck_assert_double_eq(settled(&run, "back office, contact 1"), n);
    ck_assert_double_eq(num(&run, "settled_at_once_share"), 0);
    ck_assert_double_eq(den(&run, "settled_at_once_share"), n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_rule_that_passes_contacts_to_a_higher_tier_is_an_escalation)
{
    cJSON *doc = center("{'kind': 'none'}");
    put(doc, "/routing",
        "{'transfers': {'up': {'by': ['front'], 'to': 'senior', "
        "'probability': 0.3}}}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    double up = num(&run, "escalation_rate");
    assert_share("passed on", up, n, 0.3);
    ck_assert_double_eq(settled(&run, "tier 2, after escalation, contact 1"), up);
    ck_assert_double_eq(settled(&run, "tier 1, at once, contact 1"), n - up);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* The rows of a scenario are those that can hold anything: with everything on, none is missing. */
START_TEST(the_ways_of_settling_add_up_to_all_that_is_settled)
{
    cJSON *doc = read_document("tests/data/everything.json");
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *res = experiment_of(sc, 2, 1);
    assert_balanced(res);
    for (size_t p = 0; p < res->policy_n; p++) {
        double sum = 0;
        for (size_t row = 0; row < res->row_n; row++) {
            if (res->rows[row].slice == CCS_SLICE_SETTLED) {
                const double *v = &res->num[(p * res->row_n + row) * res->replications];
                sum += v[0] + v[1];
            }
        }
        ck_assert_double_gt(sum, 0);
        ck_assert_double_eq(sum, total_of(res, res->num, p, "settled_issues"));
        ck_assert_double_eq(sum, total_of(res, res->den, p, "settled_at_once_share"));
    }
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_settled(void)
{
    Suite *suite = suite_create("settled");
    TCase *moments = tcase_create("moments");
    tcase_set_timeout(moments, 60);
    tcase_add_test(moments, whom_the_desk_saves_does_not_leave_for_what_led_there);
    tcase_add_test(moments, a_broken_promise_is_no_moment_when_the_customer_threatens);
    tcase_add_test(moments, a_desk_that_does_not_settle_is_one_moment_as_well);
    tcase_add_test(moments, work_after_the_desk_ends_in_a_moment_of_its_own);
    suite_add_tcase(suite, moments);
    TCase *trigger = tcase_create("triggers");
    tcase_set_timeout(trigger, 60);
    tcase_add_test(trigger, the_third_contact_escalates_though_nobody_knows_the_story);
    tcase_add_test(trigger, without_the_record_each_agent_begins_anew);
    tcase_add_test(trigger, a_record_that_is_always_known_changes_nothing);
    tcase_add_loop_test(trigger, a_trigger_that_never_fires_is_warned_of, 0,
                        (int)(sizeof triggers / sizeof triggers[0]));
    suite_add_tcase(suite, trigger);
    TCase *by = tcase_create("by whom and how");
    tcase_set_timeout(by, 60);
    tcase_add_test(by, a_promised_call_of_a_higher_tier_is_an_escalation);
    tcase_add_test(by, a_promised_call_that_is_passed_on_is_settled_after_escalation);
    tcase_add_test(by, the_desk_settles_in_the_second_contact_and_counts_as_a_higher_tier);
    tcase_add_test(by, what_nobody_has_to_decide_is_settled_at_once_or_by_the_back_office);
    tcase_add_test(by, a_rule_that_passes_contacts_to_a_higher_tier_is_an_escalation);
    tcase_add_test(by, the_ways_of_settling_add_up_to_all_that_is_settled);
    suite_add_tcase(suite, by);
    return suite;
}
