/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Policy and quality apart: effects against the differences they are made of. */
#include "closed_forms.h"

#include "experiment/two_by_two.h"

Suite *suite_two_by_two(void);

#define LATE                                                                                       \
    "'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0.2], "                   \
    "'trigger_contacts': 3, 'trigger_anger': 1000, 'promise_share': 1"
#define EARLY "'kind': 'empowered_first_contact', 'authority_limits': [1000], 'discretion': [1]"
#define WELL "'with': {'promises': {'callback': {'forget_probability': 0}}}"

static cJSON *four_policies(void)
{
    cJSON *doc = simple();
    put(doc, "/run/horizon", "'3 weeks'");
    put(doc, "/segments/all",
        "{'population': 2000, 'margin_per_month': 10, "
        "'churn_hazard_per_year': 0.2}");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 0.5}");
    put(doc, "/behavior/recontact", "{'after_broken_promise': 0.8, 'delay': '1 days'}");
    put(doc, "/behavior/leaving", "{'given_up': 0.2, 'promise_broken': 0.05}");
    put(doc, "/policies",
        "{'late': {" LATE "}, 'early': {" EARLY "}, 'late_well': {" LATE ", " WELL "}, "
        "'early_well': {" EARLY ", " WELL "}}");
    put(doc, "/baseline", "'late'");
    put(doc, "/two_by_two",
        "{'neither': 'late', 'policy': 'early', 'quality': 'late_well', 'both': 'early_well'}");
    return doc;
}

START_TEST(effects_are_paired_differences_and_add_up)
{
    cJSON *doc = four_policies();
    struct run run = run_document(doc, 6);
    const struct ccs_two_by_two *square = run.res->two_by_two;
    ck_assert_ptr_nonnull(square);
    static const char *const to[] = {"early", "late_well", NULL, "early_well"};
    for (int e = 0; e < CCS_EFFECT_COUNT; e++) {
        double sign;
        if (to[e]) {
            const struct ccs_paired *pair =
                pair_of(run.res, policy_at(run.res, to[e]), 0, "net_value_per_customer", &sign);
            ck_assert_double_eq_tol(square->effect[e].mean, sign * pair->diff.mean, 1e-12);
            ck_assert_double_eq_tol(square->effect[e].half_width, pair->diff.half_width, 1e-9);
        }
    }
    double sum = square->effect[CCS_EFFECT_POLICY].mean + square->effect[CCS_EFFECT_QUALITY].mean +
                 square->effect[CCS_EFFECT_INTERACTION].mean;
    ck_assert_double_eq_tol(sum, square->effect[CCS_EFFECT_BOTH].mean, 1e-12);
    /* nobody who is settled at once is promised anything: quality matters under `late` only */
    ck_assert_double_gt(square->effect[CCS_EFFECT_QUALITY].lo, 0);
    ck_assert_double_eq_tol(square->effect[CCS_EFFECT_INTERACTION].mean,
                            -square->effect[CCS_EFFECT_QUALITY].mean,
                            0.1 * square->effect[CCS_EFFECT_QUALITY].mean);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_section_changes_no_number)
{
    cJSON *doc = four_policies();
    struct run with = run_document(doc, 2);
    put(doc, "/two_by_two", NULL);
    struct run without = run_document(doc, 2);
    ck_assert_ptr_null(without.res->two_by_two);
    for (size_t p = 0; p < 4; p++) {
        ck_assert_same_numbers(with.res, p, without.res, p, -1);
    }
    run_free(&with);
    run_free(&without);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(without_one_of_the_four_or_with_a_metric_that_does_not_add_up_there_is_none)
{
    cJSON *doc = four_policies();
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_experiment_options options = {
        .policy = "early", .replications = 2, .seed = -1, .jobs = 1};
    struct ccs_results *res = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_OK);
    ck_assert_ptr_null(res->two_by_two);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
    put(doc, "/run/primary", "'wait_mean'"); /* policies change how many contacts there are */
    struct run run = run_document(doc, 2);
    ck_assert_ptr_null(run.res->two_by_two);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_two_by_two(void)
{
    Suite *suite = suite_create("two_by_two");
    TCase *tc = tcase_create("effects");
    tcase_add_test(tc, effects_are_paired_differences_and_add_up);
    tcase_add_test(tc, the_section_changes_no_number);
    tcase_add_test(tc, without_one_of_the_four_or_with_a_metric_that_does_not_add_up_there_is_none);
    suite_add_tcase(suite, tc);
    return suite;
}
