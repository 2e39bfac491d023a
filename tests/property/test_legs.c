/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legs of a contact against hand calculation: transfers, checks, supervisors, and what an agent
 * sees. */
#include "closed_forms.h"

#include "world/decision.h"

Suite *suite_legs(void);

/* ---- legs ---- */

START_TEST(a_transfer_costs_what_its_two_legs_and_the_one_who_stays_take)
{
    /* 5 minutes by the first, 4 by the second (talk factor 0.8), 1 minute of wrap-up by the last;
     * with a consultation the first stays for the second leg. Nobody waits. */
    static const struct {
        const char *transfer;
        double handle_s, hold_s, cost;
    } want[] = {{"'cold'", 600, 0, 5 * 0.5 + 5 * 1.0},
                {"'warm'", 600, 0, 5 * 0.5 + 5 * 1.0},
                {"'consult'", 840, 240, 9 * 0.5 + 5 * 1.0}};
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/policies/p/transfer", want[_i].transfer);
    put(doc, "/issue_types/refund/talk_factor_by_tier", "[1, 0.8]");
    put(doc, "/issue_types/refund/wrap", "'1 min'");
    put(doc, "/teams/front/target_occupancy", "0.5");
    put(doc, "/teams/senior/target_occupancy", "0.5");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 200);
    ck_assert_double_eq(num(&run, "transfers_per_issue"), n);
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), n);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), n);
    ck_assert_double_eq(num(&run, "settled_at_first_tier_share"), 0);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * want[_i].handle_s, 1e-6);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_contact"), n * want[_i].handle_s, 1e-6);
    ck_assert_double_eq_tol(num(&run, "occupancy"), n * want[_i].handle_s, 1e-3);
    ck_assert_double_eq_tol(num(&run, "effort_per_issue"), n * 540, 1e-6);
    /* as if staff followed the work: twice the wage of 30 and 60 an hour; a refund of 50 */
    ck_assert_double_eq_tol(num(&run, "cost_workload"), n * (2 * want[_i].cost + 50), 1e-2);
    ck_assert_double_eq_tol(num(&run, "cost_per_issue"), n * (2 * want[_i].cost + 50), 1e-2);
    /* what was booked leg by leg */
    double hold = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "labor_hold");
    double talk = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "labor_talk");
    ck_assert_double_eq_tol(hold, n * want[_i].hold_s / 3600 * 30, 1e-2);
    ck_assert_double_eq_tol(talk, n * (5 * 0.5 + 4 * 1.0), 1e-2);
    ck_assert_double_eq_tol(cause_hours(&run, "transfer"), n * (want[_i].handle_s - 300) / 3600,
                            1e-6);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(all_the_time_an_agent_is_busy_is_handle_time_of_somebody)
{
    /* Two people at the top for hundreds of calls an hour: most wait with the first agent on the
     * line, many give up. All of it happens within the window, so that busy time and handle time
     * must be the same to the microsecond, team by team. */
    static const char *const transfers[] = {"'cold'", "'warm'", "'consult'"};
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/policies/p/transfer", transfers[_i]);
    put(doc, "/teams/senior/agents", "2");
    put(doc, "/channels/phone",
        "{'patience': {'dist': 'exponential', 'mean': '7 min'}, 'redial_probability': 0.5}");
    put(doc, "/issue_types/refund/hold", "'20 s'");
    put(doc, "/issue_types/refund/wrap", "'40 s'");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 6, 0);
    world_live(&lone, model_of(sc, NULL));
    const struct ccs_team_sums *sums = lone.w->measure.teams.data;
    for (int t = 0; t < 2; t++) {
        ck_assert_int_gt(sums[t].busy_us, 0);
        ck_assert_int_eq(sums[t].busy_us, sums[t].talk_us + sums[t].hold_us + sums[t].wrap_us);
    }
    const struct ccs_cohort *cohort = anonymous(&lone);
    ck_assert_int_gt(cohort->given_up, 50);
    ck_assert_int_gt(cohort->resolved, 10);
    ck_assert_int_eq(cohort->handle_us, lone.w->measure.sums.handle_us);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_leg_is_a_new_agent_with_discretion_of_its_own)
{
    /* Half of all agents dare: 1/2 settled at tier 1, 1/4 at tier 2, the rest at the top. */
    cJSON *doc = simple();
    put(doc, "/teams/top", "{'agents': 10000, 'tier': 3}");
    put(doc, "/policies/p",
        "{'kind': 'empowered_first_contact', 'authority_limits': [1000], "
        "'discretion': [0.5]}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    double transfers = num(&run, "transfers_per_issue");
    assert_share("settled at once", num(&run, "settled_at_first_tier_share"), n, 0.5);
    /* 0, 1 or 2 transfers with 1/2, 1/4, 1/4: mean 3/4, variance 11/16 */
    ck_assert_z("transfers", transfers, 0.75 * n, sqrt(n * 11 / 16));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_first_leg_tells_no_story_again_every_further_one_does)
{
    /* 1 minute per retelling, context carried over by nobody or by everybody */
    cJSON *doc = one_hour(PASSES_ON);
    putf(doc, "/behavior/retelling", "{'time': '1 min', 'context_carried_probability': %d}", _i);
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * (600 + (_i ? 0 : 60)), 1e-6);
    run_free(&run);

    /* refused once, settled by phone a day later */
    put(doc, "/policies/p", STUBBORN);
    put(doc, "/policies/p/discretion", "[0]");
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '1 days'}");
    put(doc, "/run/follow_up", "'1 weeks'");
    run = run_document(doc, 1);
    n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * (600 + (_i ? 0 : 60)), 1e-6);
    run_free(&run);

    /* an agent who does not even see that there was a first call refuses again: nobody is ever
     * done */
    put(doc, "/behavior/retelling/record_known_probability", "0");
    run = run_document(doc, 1);
    n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "resolved_share"), 0);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"),
                            300 * n + (_i ? 300 : 360) * (num(&run, "contacts_per_issue") - n),
                            1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_check_takes_its_time_and_finds_what_it_is_able_to_find)
{
    cJSON *doc = simple();
    put(doc, "/policies/p",
        "{'kind': 'empowered_first_contact', 'authority_limits': [1000], 'discretion': [1], "
        "'verify_above': 50}");
    put(doc, "/teams/senior", NULL);
    put(doc, "/issue_types/refund/justified_probability", "0.7");
    put(doc, "/issue_types/refund/verification",
        "{'time': '2 min', 'sensitivity': 0.9, 'specificity': 0.6}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    double paid = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_justified") / 50;
    double wrongly = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_unjustified") / 50;
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * 420, 1e-3);
    assert_share("rightly paid", paid, n, 0.7 * 0.9);
    assert_share("wrongly paid", wrongly, n, 0.3 * 0.4);
    assert_share("wrongly refused", num(&run, "justified_unpaid") / 50, n, 0.7 * 0.1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_blocked_demand_for_a_supervisor_takes_the_arguing_and_is_a_share_of_refusals)
{
    cJSON *doc = stubborn();
    put(doc, "/behavior/supervisor", "{'demand_probability': 0.3, 'argue': '10 min'}");
    put(doc, "/policies/p/supervisor_granted", "0.25");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    double asked = den(&run, "supervisor_granted_share");
    double granted = num(&run, "supervisor_granted_share");
    assert_share("asked", asked, n, 0.3);
    assert_share("granted", granted, asked, 0.25);
    ck_assert_double_eq(num(&run, "transfers_per_issue"), granted);
    /* a granted one is refused again by tier 2, who has nobody above: another 5 minutes */
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"),
                            n * 300 + granted * 300 + (asked - granted) * 600, 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what an agent sees ---- */

/* A policy that writes down what it is shown: refuses the first contact, promises at the second,
 * passes on the third, and settles what comes to tier 2 or as a callback. */
static struct {
    int64_t seen[5]; /* 1st, 2nd, 3rd contact, tier 2, callback */
    double tenure_years;
    bool knows_history;
} spy;

static void spy_decide(const void *config, const struct ccs_view *view,
                       struct ccs_decision *decision)
{
    (void)config;
    MUST(view->needs_decision && view->claimed == 500000);
    MUST(view->tier == 1 || view->tier == 2);
    MUST((view->top_tier > view->tier) == (view->tier == 1));
    MUST(view->next_tier_open == (view->tier == 1));
    MUST(view->evidence == CCS_EVIDENCE_NONE && !view->can_check && !view->asks_supervisor);
    MUST(view->u_discretion > 0 && view->u_discretion < 1);
    MUST(view->history_known || !view->contacts_before);
    spy.tenure_years = view->tenure_years;
    spy.knows_history = spy.knows_history && view->history_known;
    decision->action = CCS_ACT_RESOLVE;
    decision->concession = view->claimed;
    if (view->is_callback) {
        MUST(view->contacts_before == 2 && view->refusals_before == 1);
        MUST(!view->promise_broken_before);
        spy.seen[4]++;
    } else if (view->tier == 2) {
        MUST(view->contacts_before == 2 && view->promise_broken_before);
        spy.seen[3]++;
    } else if (view->contacts_before == 0) {
        MUST(view->refusals_before == 0 && !view->promise_broken_before);
        MUST(view->sensed_anger == 0);
        decision->action = CCS_ACT_REFUSE;
        spy.seen[0]++;
    } else if (view->contacts_before == 1) {
        MUST(view->refusals_before == 1 && !view->promise_broken_before);
        MUST(view->sensed_anger > 0);
        decision->action = CCS_ACT_PROMISE;
        spy.seen[1]++;
    } else {
        MUST(view->contacts_before == 2 && view->refusals_before == 1);
        MUST(view->promise_broken_before);
        decision->action = CCS_ACT_ESCALATE;
        spy.seen[2]++;
    }
}

START_TEST(an_agent_sees_what_is_on_record)
{
    static const struct ccs_policy_info info = {.kind = "spy", .decide = spy_decide};
    cJSON *doc = simple();
    put(doc, "/segments/all/tenure", "'10 years'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.01"); /* one issue at a time */
    put(doc, "/behavior/anger", "{'half_life': '1 years', 'sense_noise_sd': 0}");
    put(doc, "/behavior/recontact",
        "{'after_refusal': 1, 'after_broken_promise': 1, 'delay': '1 h'}");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 0.5}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_model model = *model_of(sc, NULL);
    model.policy = &info;
    memset(&spy, 0, sizeof spy);
    spy.knows_history = true;
    struct lone_world lone;
    world_warm_up(&lone, &model, 3, 0);
    world_live(&lone, &model);
    ck_assert_int_gt(spy.seen[0], 20);
    ck_assert_int_eq(spy.seen[1], spy.seen[0]);
    ck_assert_int_eq(spy.seen[2] + spy.seen[4], spy.seen[1]);
    ck_assert_int_eq(spy.seen[3], spy.seen[2]);
    ck_assert_int_gt(spy.seen[2], 0);
    ck_assert_int_gt(spy.seen[4], 0);
    ck_assert(spy.knows_history);
    ck_assert_double_eq_tol(spy.tenure_years, 10.25, 0.35); /* ten at t0, and up to 28 weeks */
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_explanation_concedes_nothing_whatever_is_at_stake)
{
    cJSON *doc = simple();
    put(doc, "/issue_types/refund/needs", "'explanation'");
    struct run run = run_document(doc, 1);
    ck_assert_double_gt(num(&run, "resolved_share"), 1000);
    ck_assert_double_eq(num(&run, "concession_cost"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_legs(void)
{
    Suite *suite = suite_create("legs");
    TCase *legs = tcase_create("legs");
    tcase_add_loop_test(legs, a_transfer_costs_what_its_two_legs_and_the_one_who_stays_take, 0, 3);
    tcase_add_loop_test(legs, all_the_time_an_agent_is_busy_is_handle_time_of_somebody, 0, 3);
    tcase_add_test(legs, every_leg_is_a_new_agent_with_discretion_of_its_own);
    tcase_add_loop_test(legs, the_first_leg_tells_no_story_again_every_further_one_does, 0, 2);
    tcase_add_test(legs, a_check_takes_its_time_and_finds_what_it_is_able_to_find);
    tcase_add_test(legs,
                   a_blocked_demand_for_a_supervisor_takes_the_arguing_and_is_a_share_of_refusals);
    suite_add_tcase(suite, legs);
    TCase *sees = tcase_create("what an agent sees");
    tcase_add_test(sees, an_agent_sees_what_is_on_record);
    tcase_add_test(sees, an_explanation_concedes_nothing_whatever_is_at_stake);
    suite_add_tcase(suite, sees);
    return suite;
}
