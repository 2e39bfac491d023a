/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises, and work for later hours, against hand calculation. */
#include "closed_forms.h"

Suite *suite_promises(void);

/* ---- promises ---- */

static const char *const PROMISES_ALWAYS =
    "{'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0], "
    "'trigger_contacts': 2, 'trigger_anger': 1000, 'promise_share': 1}";

START_TEST(forgotten_promises_are_broken_and_the_others_kept)
{
    cJSON *doc = simple();
    put(doc, "/policies/p", PROMISES_ALWAYS);
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 0.35}");
    put(doc, "/behavior/recontact", "{'after_broken_promise': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    double made = num(&run, "promises_per_issue");
    ck_assert_double_eq(made, n); /* the second contact settles */
    ck_assert_double_eq(den(&run, "promises_kept_share"), made);
    assert_share("kept", num(&run, "promises_kept_share"), made, 0.65);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), 0);
    ck_assert_double_gt(cause_hours(&run, "broken_promise"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_promise_to_somebody_who_has_gone_is_void_not_broken)
{
    /* Nobody calls back for three weeks, and a good part of the customers leaves in that time. */
    cJSON *doc = simple();
    put(doc, "/run/follow_up", "'10 weeks'");
    put(doc, "/policies/p", PROMISES_ALWAYS);
    put(doc, "/segments/all/churn_hazard_per_year", "3");
    put(doc, "/teams/senior/agents",
        "{'interval': '1 weeks', 'repeat': 'all', 'values': [0, 0, 0, 9999, 9999, 9999]}");
    put(doc, "/promises/callback", "{'due': '9 weeks', 'by': 'next_tier'}");
    struct run run = run_document(doc, 2);
    double made = num(&run, "promises_per_issue");
    double kept = num(&run, "promises_kept_share");
    ck_assert_double_gt(made, kept + 0.02 * made);
    ck_assert_double_eq(den(&run, "promises_kept_share"), kept); /* none was broken */
    ck_assert_double_eq(estimate_of(run.res, 0, "promises_kept_share")->mean, 1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_was_decided_is_paid_though_the_customer_leaves_before_it_is_done)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "3");
    put(doc, "/teams/back", "{'agents': 10000, 'channels': []}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '2 weeks'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_lt(num(&run, "resolved_share"), 0.97 * n); /* some have gone meanwhile */
    ck_assert_double_eq(num(&run, "justified_unpaid"), 0);
    ck_assert_double_eq(den(&run, "cost_per_issue"), n);
    ck_assert_double_ge(num(&run, "cost_per_issue"), 50 * n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(nobody_holds_the_line_for_a_promised_call)
{
    /* The calls are made by the second tier, which opens the next morning: hours of waiting that
     * cost the customer nothing, the company no line, and anger nobody. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/run/start", "'2026-01-05'");
    put(doc, "/calendars", "{'morning': {'hours': {'tue': '08:00-12:00'}}}");
    put(doc, "/teams/senior/calendar", "'morning'");
    put(doc, "/channels/phone/telecom_cost_per_min", "0.1");
    put(doc, "/promises/callback", "{'due': '3 days', 'by': 'next_tier'}");
    put(doc, "/behavior/anger", "{'half_life': '9 months', 'weight_wait_per_min': 1}");
    put(doc, "/run/warmup", "'0 s'");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "promises_kept_share"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    /* two calls of 5 minutes, talk not stretched by any anger */
    ck_assert_double_eq_tol(num(&run, "effort_per_issue"), n * 600, 1e-6);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * 600, 1e-6);
    ck_assert_double_eq_tol(slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "telecom"), n, 1e-6);
    ck_assert_double_eq(num(&run, "wait_mean"), 0);
    ck_assert_double_eq(den(&run, "wait_mean"), n); /* the company's calls are not offered */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_kept_callback_does_not_hide_that_the_customer_called_again)
{
    /* Promised, called back within the day, refused there, calls again two days later: the first
     * contact was no resolution, not even an apparent one. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/policies/p/trigger_contacts", "3");
    put(doc, "/promises/callback", "{'due': '2 days', 'by': 'next_tier'}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '2 days'}");
    put(doc, "/policies/p/promise_share", "0.5");
    struct run run = run_document(doc, 1);
    double n = den(&run, "first_contact_resolution_apparent");
    ck_assert_double_eq(n, den(&run, "contacts_per_issue"));
    ck_assert_double_gt(num(&run, "promises_kept_share"), 0);
    /* Three contacts each. Whoever has called again in the week counts; only those who were called
     * back twice, and never called themselves, look resolved: promised twice, 1/4. */
    assert_share("apparent", num(&run, "first_contact_resolution_apparent"), n, 0.25);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_broken_promise_stays_the_cause_of_the_call_that_gets_through_at_last)
{
    /* The promise is forgotten; the call about it finds nobody, is abandoned, and tried again the
     * next day through the other chance (after_abandoned). Its cause is the broken promise. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/teams/senior", NULL);
    put(doc, "/channels/phone", "{'patience': '1 min'}");
    /* hour 0: everybody is answered; day 1: nobody is there; day 2 on: all are there */
    put(doc, "/teams/front/agents",
        "{'interval': '1 days', 'values': [1000, 0, 1000, 1000, 1000, 1000]}");
    put(doc, "/promises/callback", "{'due': '20 h', 'forget_probability': 1}");
    put(doc, "/behavior/recontact",
        "{'after_broken_promise': 1, 'after_abandoned': 1, 'delay': '6 h'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_ge(num(&run, "abandonment_rate"), n);
    ck_assert_double_eq_tol(cause_hours(&run, "broken_promise"), n / 12, 1e-9);
    ck_assert_double_eq(cause_hours(&run, "abandoned_before"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_leg_passed_on_after_a_broken_promise_is_due_to_the_promise_not_to_the_transfer)
{
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/policies/p/authority_limits", "[0, 1000]");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 1}");
    put(doc, "/behavior/recontact", "{'after_broken_promise': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "transfers_per_issue"), n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq_tol(cause_hours(&run, "first_request"), n / 12, 1e-9);
    ck_assert_double_eq_tol(cause_hours(&run, "broken_promise"), 2 * n / 12, 1e-9);
    ck_assert_double_eq(cause_hours(&run, "transfer"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_escalation_to_a_closed_tier_becomes_a_promise)
{
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/calendars", "{'later': {'hours': {'wed': '08:00-12:00'}}}");
    put(doc, "/teams/senior/calendar", "'later'");
    put(doc, "/promises/callback", "{'due': '5 days'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "promises_per_issue"), n);
    ck_assert_double_eq(num(&run, "promises_kept_share"), n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "settled_at_first_tier_share"), 0); /* decided by who called */
    ck_assert_double_eq(num(&run, "transfers_per_issue"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- hours ---- */

START_TEST(decided_on_saturday_done_when_the_back_office_opens_on_monday)
{
    cJSON *doc = one_hour("{'kind': 'none'}");
    put(doc, "/run/start", "'2026-01-10'"); /* a Saturday */
    put(doc, "/calendars", "{'office': {'hours': {'mon-fri': '09:00-17:00'}}}");
    put(doc, "/teams/back",
        "{'agents': 10000, 'calendar': 'office', 'channels': [], 'wage_per_h': 20}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '10 min'}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    world_begin(&lone, model_of(sc, NULL));
    const struct ccs_cohort *cohort = anonymous(&lone);
    ccs_time done = 2 * CCS_US_PER_DAY + 9 * CCS_US_PER_H + 10 * CCS_US_PER_MIN;
    world_run(&lone, done);
    ck_assert_int_gt(cohort->voiced, 200);
    ck_assert_int_eq(cohort->resolved, 0);
    /* the money was decided, and booked, on Saturday */
    ck_assert_int_eq(lone.w->window_books.total[CCS_ACCOUNT_CONCESSIONS_JUSTIFIED],
                     cohort->voiced * 500000);
    world_run(&lone, done + 1);
    ck_assert_int_eq(cohort->resolved, cohort->voiced);
    ck_assert_int_eq(cohort->first_contact, cohort->voiced);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_closed_channel_is_tried_again_after_its_next_opening)
{
    cJSON *doc = one_hour("{'kind': 'none'}"); /* calls in the first hour of a Monday */
    put(doc, "/calendars", "{'day': {'hours': {'mon-fri': '08:00-18:00'}}}");
    put(doc, "/channels/phone", "{'calendar': 'day', 'retry_delay': '30 min'}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    world_begin(&lone, model_of(sc, NULL));
    const struct ccs_cohort *cohort = anonymous(&lone);
    ccs_time answered = 8 * CCS_US_PER_H + 30 * CCS_US_PER_MIN;
    world_run(&lone, answered);
    ck_assert_int_eq(lone.w->measure.sums.unreachable, cohort->voiced);
    ck_assert_int_eq(lone.w->measure.conserved.contacts_born, 0);
    world_run(&lone, answered + 1);
    ck_assert_int_eq(lone.w->measure.conserved.contacts_born, cohort->voiced);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* In the first hour of Monday everybody finds the channel closed. A share of them comes back in the
 * morning, and the others are never seen again. */
START_TEST(some_who_find_a_channel_closed_do_not_come_back)
{
    static const double share[] = {0, 0.3, 0.6, 1};
    int64_t born[4];
    int64_t voiced = 0;
    for (int i = 0; i < 4; i++) {
        cJSON *doc = one_hour("{'kind': 'none'}");
        put(doc, "/calendars", "{'day': {'hours': {'mon-fri': '08:00-18:00'}}}");
        put(doc, "/channels/phone", "{'calendar': 'day', 'retry_delay': '30 min'}");
        putf(doc, "/channels/phone/retry_probability", "%g", share[i]);
        struct ccs_scenario *sc = scenario_from(doc);
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, NULL), 1, 0);
        world_begin(&lone, model_of(sc, NULL));
        const struct ccs_cohort *cohort = anonymous(&lone);
        world_run(&lone, 17 * CCS_US_PER_H);
        voiced = cohort->voiced;
        born[i] = lone.w->measure.conserved.contacts_born;
        ck_assert_int_eq(lone.w->measure.sums.unreachable, voiced);
        ck_assert_int_eq(cohort->given_up, voiced - born[i]);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
        cJSON_Delete(doc);
    }
    ck_assert_int_eq(born[0], 0);
    ck_assert_int_eq(born[3], voiced);
    for (int i = 1; i < 3; i++) { /* binomial, 4 standard deviations */
        double p = share[i];
        double sd = sqrt((double)voiced * p * (1 - p));
        ck_assert_double_le(fabs((double)born[i] - (double)voiced * p), 4 * sd);
    }
}
END_TEST

START_TEST(everybody_who_comes_back_once_makes_half_of_the_attempts_outside_hours)
{
    cJSON *doc = one_hour("{'kind': 'none'}");
    put(doc, "/calendars", "{'day': {'hours': {'mon-fri': '08:00-18:00'}}}");
    put(doc, "/channels/phone", "{'calendar': 'day', 'retry_delay': '30 min'}");
    struct run run = run_document(doc, 0);
    size_t first = row_at(run.res, "attempts_outside_hours_share") * run.res->replications;
    ck_assert_double_gt(run.res->num[first], 0);
    ck_assert_double_eq(2 * run.res->num[first], run.res->den[first]);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_promises(void)
{
    Suite *suite = suite_create("promises");
    TCase *promises = tcase_create("promises");
    tcase_add_test(promises, forgotten_promises_are_broken_and_the_others_kept);
    tcase_add_test(promises, a_promise_to_somebody_who_has_gone_is_void_not_broken);
    tcase_add_test(promises, what_was_decided_is_paid_though_the_customer_leaves_before_it_is_done);
    tcase_add_test(promises, nobody_holds_the_line_for_a_promised_call);
    tcase_add_test(promises, a_kept_callback_does_not_hide_that_the_customer_called_again);
    tcase_add_test(promises,
                   a_broken_promise_stays_the_cause_of_the_call_that_gets_through_at_last);
    tcase_add_test(
        promises, a_leg_passed_on_after_a_broken_promise_is_due_to_the_promise_not_to_the_transfer);
    tcase_add_test(promises, an_escalation_to_a_closed_tier_becomes_a_promise);
    suite_add_tcase(suite, promises);
    TCase *hours = tcase_create("hours");
    tcase_add_test(hours, decided_on_saturday_done_when_the_back_office_opens_on_monday);
    tcase_add_test(hours, a_closed_channel_is_tried_again_after_its_next_opening);
    tcase_add_test(hours, everybody_who_comes_back_once_makes_half_of_the_attempts_outside_hours);
    tcase_add_test(hours, some_who_find_a_channel_closed_do_not_come_back);
    suite_add_tcase(suite, hours);
    return suite;
}
