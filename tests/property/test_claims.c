/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Claims with and without right: what ends rightly, what became of them, and what those do whom the
 * company rightly refuses.
 */
#include "closed_forms.h"

Suite *suite_claims(void);

/* Pays what is not shown to be wrong; `verify_above` decides whether anybody looks. */
static const char *const PAYS = "{'kind': 'empowered_first_contact', 'authority_limits': [1000], "
                                "'discretion': [1]}";

/* 300 claims, none of them justified; a check takes a minute and is never wrong. */
static cJSON *frauds(const char *policy)
{
    cJSON *doc = one_hour(policy);
    put(doc, "/issue_types/refund/justified_probability", "0");
    put(doc, "/issue_types/refund/verification",
        "{'time': '1 min', 'sensitivity': 1, 'specificity': 1}");
    return doc;
}

/* ---- rightly ended ---- */

START_TEST(paying_frauds_ends_none_of_them_rightly)
{
    cJSON *doc = frauds(PAYS);
    struct run run = run_document(doc, 2);
    double n = den(&run, "resolved_share");
    ck_assert_double_gt(n, 400);
    ck_assert_double_eq(num(&run, "resolved_share"), 0);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), 0);
    ck_assert_double_eq(den(&run, "first_contact_resolution"), n);
    ck_assert_double_eq(num(&run, "settled_at_first_tier_share"), n); /* settled all the same */
    ck_assert_double_eq(num(&run, "claims_unjustified_paid"), n);
    ck_assert_double_eq(num(&run, "unjustified_paid_share"), n);
    ck_assert_double_eq(num(&run, "given_up_share"), 0);
    ck_assert_double_eq(num(&run, "concession_cost"), 50 * n);
    static const char *const of_none[] = {"cost_per_resolved_issue",
                                          "handle_time_per_resolved_issue", "resolution_time",
                                          "resolution_time_p50"};
    for (size_t i = 0; i < sizeof of_none / sizeof *of_none; i++) {
        const struct ccs_estimate *e = estimate_of(run.res, 0, of_none[i]);
        ck_assert_msg(!ccs_estimate_is_defined(e), "%s = %g", of_none[i], e->mean);
        ck_assert_ptr_nonnull(e->reason);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(refusing_frauds_ends_all_of_them_rightly)
{
    cJSON *doc = frauds(PAYS);
    put(doc, "/policies/p/verify_above", "0");
    struct run run = run_document(doc, 2);
    double n = den(&run, "resolved_share");
    ck_assert_double_gt(n, 400);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), n);
    ck_assert_double_eq(den(&run, "cost_per_resolved_issue"), n);
    ck_assert_double_eq_tol(num(&run, "resolution_time"), 360 * n, 1e-6);
    ck_assert_double_eq_tol(estimate_of(run.res, 0, "resolution_time_p50")->mean, 360, 4);
    ck_assert_double_eq(num(&run, "given_up_share"), 0); /* it was right to */
    ck_assert_double_eq(num(&run, "claims_unjustified_refused"), n);
    ck_assert_double_eq(num(&run, "concession_cost"), 0);
    ck_assert_double_eq(num(&run, "justified_unpaid"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_same_refusals_of_justified_claims_end_nothing_rightly)
{
    cJSON *doc = one_hour(STUBBORN);
    struct run run = run_document(doc, 2);
    double n = den(&run, "resolved_share");
    ck_assert_double_gt(n, 400);
    ck_assert_double_eq(num(&run, "resolved_share"), 0);
    ck_assert_double_eq(num(&run, "given_up_share"), n);
    ck_assert_double_eq(num(&run, "claims_justified_unpaid"), n);
    ck_assert_double_eq(num(&run, "justified_paid_share"), 0);
    ck_assert_double_eq(num(&run, "justified_unpaid"), 50 * n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_issue_that_needs_no_decision_is_no_claim)
{
    /* that nothing justifies it says nothing about an explanation */
    cJSON *doc = one_hour(STUBBORN);
    put(doc, "/issue_types/refund/needs", "'explanation'");
    put(doc, "/issue_types/refund/justified_probability", "0");
    struct run run = run_document(doc, 1);
    ck_assert_double_gt(num(&run, "resolved_share"), 200);
    ck_assert_double_eq(num(&run, "resolved_share"), den(&run, "resolved_share"));
    ck_assert(!ccs_estimate_is_defined(estimate_of(run.res, 0, "claims_unjustified_paid")));
    ck_assert(!ccs_estimate_is_defined(estimate_of(run.res, 0, "justified_paid_share")));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_gives_up_before_anybody_has_refused_is_not_rightly_refused)
{
    /* one agent, who talks until the end of the run; all others hang up */
    cJSON *doc = frauds(STUBBORN);
    put(doc, "/teams/front/agents", "1");
    put(doc, "/issue_types/refund/talk", "'2 years'");
    put(doc, "/channels/phone/patience", "'30 s'");
    struct run run = run_document(doc, 1);
    double n = den(&run, "resolved_share");
    ck_assert_double_eq(num(&run, "claims_open"), 1);
    ck_assert_double_eq(num(&run, "claims_unjustified_dropped"), n - 1);
    ck_assert_double_eq(num(&run, "claims_unjustified_refused"), 0);
    ck_assert_double_eq(num(&run, "given_up_share"), n - 1);
    ck_assert_double_eq(num(&run, "resolved_share"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_claim_is_in_one_cell_of_the_matrix)
{
    static const char *const cells[] = {"claims_justified_paid",      "claims_justified_unpaid",
                                        "claims_unjustified_paid",    "claims_unjustified_refused",
                                        "claims_unjustified_dropped", "claims_open"};
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/issue_types/refund/justified_probability", "0.6");
    put(doc, "/run/follow_up", "'3 days'"); /* so that some stay open */
    struct run run = run_document(doc, 3);
    const struct ccs_results *res = run.res;
    const struct ccs_map *types = &run.sc->policies[0].config.issue_types;
    for (size_t p = 0; p < res->policy_n; p++) {
        double claims = 0;
        double sum = 0;
        for (size_t y = 0; y < types->n; y++) {
            int row = ccs_results_row(res, "resolved_share", CCS_SLICE_ISSUE_TYPE, types->name[y]);
            if (ccs_config_type(&run.sc->policies[0].config, y)->needs == CCS_NEEDS_DECISION) {
                for (size_t r = 0; r < res->replications; r++) {
                    claims += res->den[(p * res->row_n + (size_t)row) * res->replications + r];
                }
            }
        }
        for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
            double cell = total_of(res, res->num, p, cells[i]);
            ck_assert_double_ge(cell, 0);
            sum += cell;
        }
        ck_assert_double_gt(claims, 500);
        ck_assert_double_eq(sum, claims);
        ck_assert_double_gt(total_of(res, res->num, p, "claims_open"), 0);
        ck_assert_double_eq(total_of(res, res->den, p, "justified_paid_share") +
                                total_of(res, res->den, p, "unjustified_paid_share"),
                            claims);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- failure demand ---- */

START_TEST(repeats_after_a_right_refusal_are_no_failure_demand)
{
    /* with right they are: the same calls, at the same times */
    cJSON *doc = frauds(STUBBORN);
    put(doc, "/behavior/recontact", "{'after_refusal': 0.75, 'delay': '1 h'}");
    struct run without = run_document(doc, 2);
    put(doc, "/issue_types/refund/justified_probability", "1");
    struct run with = run_document(doc, 2);
    double n = den(&without, "resolved_share");
    double repeats = num(&without, "contacts_per_issue") - n;
    ck_assert_z("contacts", repeats, 3 * n, sqrt(12 * n));
    ck_assert_double_eq(num(&without, "resolved_share"), n); /* in the end */
    assert_share("at first contact", num(&without, "first_contact_resolution"), n, 0.25);
    ck_assert_double_eq(num(&without, "failure_demand_share"), 0);
    ck_assert_double_eq_tol(cause_hours(&without, "right_refusal"), repeats / 12, 1e-6);
    ck_assert_double_eq(cause_hours(&without, "unresolved_before"), 0);
    ck_assert_double_eq(cause_hours(&with, "right_refusal"), 0);
    ck_assert_double_eq(num(&with, "contacts_per_issue"), n + repeats);
    ck_assert_double_eq_tol(num(&with, "failure_demand_share"), 300 * repeats, 1e-3);
    run_free(&with);
    run_free(&without);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(capacity_is_the_cause_of_no_leg_and_the_causes_after_it_are_shown)
{
    cJSON *doc = frauds(STUBBORN);
    struct run run = run_document(doc, 1);
    for (int c = 0; c < CCS_CAUSE_COUNT; c++) {
        int row = ccs_results_row(run.res, "handle_hours_by_cause", CCS_SLICE_CAUSE,
                                  ccs_cause_name((enum ccs_cause)c));
        ck_assert_int_eq(row >= 0, c != CCS_CAUSE_CAPACITY);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what those do who are rightly refused ---- */

static const char *const LEFT_OUT[] = {"/behavior/recontact/after_right_refusal",
                                       "/behavior/leaving/rightly_refused",
                                       "/behavior/leaving/given_up_without_right"};

/* The values that the keys stand in for: after_refusal, failed_contact, given_up. */
static const char *const STOOD_FOR[] = {"0.7", "0.04", "0.2"};

static cJSON *half_frauds(void)
{
    cJSON *doc = stubborn();
    put(doc, "/issue_types/refund/justified_probability", "0.5");
    put(doc, "/policies/p/discretion", "[0.3]");
    put(doc, "/behavior/anger", "{'half_life': '4 weeks'}");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.7, 'delay': '1 h'}");
    put(doc, "/behavior/leaving",
        "{'failed_contact': 0.04, 'given_up': 0.2, 'issue_ended': 0.01, 'anger_logit': 0.3}");
    return doc;
}

START_TEST(a_key_left_out_is_the_key_of_the_wronged_to_the_bit)
{
    cJSON *doc = half_frauds();
    struct run silent = run_document(doc, 2);
    for (int i = 0; i < 3; i++) {
        put(doc, LEFT_OUT[i], STOOD_FOR[i]);
    }
    struct run said = run_document(doc, 2);
    ck_assert_double_gt(num(&silent, "churn_rate_per_year"), 100);
    ck_assert_same_numbers(silent.res, 0, said.res, 0, -1);
    ck_assert_uint_eq(silent.res->signature, said.res->signature);
    run_free(&said);
    run_free(&silent);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_keys_are_nothing_to_those_who_are_in_the_right)
{
    cJSON *doc = half_frauds();
    put(doc, "/issue_types/refund/justified_probability", "1");
    struct run silent = run_document(doc, 2);
    for (int i = 0; i < 3; i++) {
        put(doc, LEFT_OUT[i], i == 1 ? "1" : "0");
    }
    struct run said = run_document(doc, 2);
    ck_assert_same_numbers(silent.res, 0, said.res, 0, -1);
    ck_assert_uint_eq(silent.res->signature, said.res->signature);
    run_free(&said);
    run_free(&silent);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(those_without_right_come_back_and_leave_as_their_own_keys_say)
{
    /* An issue every three years, so that hardly anybody has two. With right: refused once, gives
     * up, leaves with .5. Without: tries again with .6 after each refusal, leaves with .1 at each
     * of these, and with .2 on giving up. */
    cJSON *doc = stubborn();
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.3");
    put(doc, "/issue_types/refund/justified_probability", "0.5");
    put(doc, "/behavior/recontact",
        "{'after_refusal': 0, 'after_right_refusal': 0.6, 'delay': '1 min'}");
    put(doc, "/behavior/leaving",
        "{'given_up': 0.5, 'failed_contact': 0.9, 'rightly_refused': 0.1, "
        "'given_up_without_right': 0.2}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_cohort *c = lone.w->measure.cohort.data;
    const struct ccs_churn *churn = lone.w->measure.churn.data;
    double with = (double)c->claims.justified;
    double without = (double)c->claims.unjustified;
    assert_share("with right", with, with + without, 0.5);
    ck_assert_int_eq(c->claims.justified_unpaid, c->claims.justified);
    ck_assert_int_eq(c->claims.unjustified_refused, c->claims.unjustified);
    /* the number of refusals without right is geometric: .6 x .9 = .54 go on */
    double refused = (double)c->refusals - with;
    ck_assert_z("refusals", refused, without / 0.46, sqrt(without * 0.54) / 0.46);
    assert_share("left for being refused", (double)churn->by_moment[CCS_MOMENT_RIGHTLY_REFUSED],
                 without, 0.06 / 0.46);
    assert_share("left for giving up", (double)churn->by_moment[CCS_MOMENT_GIVEN_UP],
                 with + without, (0.5 + 0.2 * 0.4 / 0.46) / 2);
    ck_assert_int_eq(churn->by_moment[CCS_MOMENT_FAILED_CONTACT], 0);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_claims(void)
{
    Suite *suite = suite_create("claims");
    TCase *rightly = tcase_create("rightly ended");
    tcase_add_test(rightly, paying_frauds_ends_none_of_them_rightly);
    tcase_add_test(rightly, refusing_frauds_ends_all_of_them_rightly);
    tcase_add_test(rightly, the_same_refusals_of_justified_claims_end_nothing_rightly);
    tcase_add_test(rightly, an_issue_that_needs_no_decision_is_no_claim);
    tcase_add_test(rightly, who_gives_up_before_anybody_has_refused_is_not_rightly_refused);
    tcase_add_test(rightly, every_claim_is_in_one_cell_of_the_matrix);
    suite_add_tcase(suite, rightly);
    TCase *demand = tcase_create("failure demand");
    tcase_add_test(demand, repeats_after_a_right_refusal_are_no_failure_demand);
    tcase_add_test(demand, capacity_is_the_cause_of_no_leg_and_the_causes_after_it_are_shown);
    suite_add_tcase(suite, demand);
    TCase *reactions = tcase_create("reactions");
    tcase_add_test(reactions, a_key_left_out_is_the_key_of_the_wronged_to_the_bit);
    tcase_add_test(reactions, the_keys_are_nothing_to_those_who_are_in_the_right);
    tcase_add_test(reactions, those_without_right_come_back_and_leave_as_their_own_keys_say);
    suite_add_tcase(suite, reactions);
    return suite;
}
