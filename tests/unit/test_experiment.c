/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * experiment/: from what worlds have counted to the answer. A center in which nobody ever calls and
 * nobody ever leaves, so that every number can be worked out by hand.
 */
#include "../sim_help.h"

Suite *suite_experiment(void);

#define CUSTOMERS 1000
#define WEEKS 10
#define DELTA 0.1

/* One agent at 36 an hour; customers bring 10 a month for ever (no hazard), discounted. */
static cJSON *quiet(void)
{
    cJSON *doc =
        document_of("{'name': 'quiet', 'currency': 'EUR', 'run': {'horizon': '10 weeks', "
                    "'warmup': '0 s', 'follow_up': '1 days', 'replications': 4, "
                    "'discount_rate_per_year': 0.1, 'labor': 'staffed'}, 'segments': {'all': "
                    "{'population': 1000, "
                    "'margin_per_month': 10}}, 'channels': {'phone': {}}, "
                    "'issue_types': {'call': {'volume': {'rate_per_h': 0}, 'talk': '1 min'}}, "
                    "'teams': {'all': {'agents': 1, 'wage_per_h': 36}}, 'baseline': 'now', "
                    "'policies': {'now': {'kind': 'none'}, 'cheap': {'kind': 'none', "
                    "'with': {'teams': {'all': {'wage_per_h': 30}}}}}}");
    return doc;
}

/* e^(-delta t) so many weeks after t0. */
static double discount(double w)
{
    return exp(-DELTA * 7 * w / 365.25);
}

/* Wages at 1 an hour around the clock, discounted as they fall due: so a policy that keeps the same
 * staff busier is not charged with more. */
static double wage_pv(double weeks)
{
    return 24 * 365.25 * (1 - discount(weeks)) / DELTA;
}

START_TEST(net_value_is_margin_less_costs_plus_what_the_value_of_the_customers_has_gained)
{
    cJSON *doc = quiet();
    struct run run = run_document(doc, 2);
    size_t now = policy_at(run.res, "now");
    /* PV(margin) + e^(-dT) V N - V N = 0 for V = 12 m / d: what is left is the cost */
    double cost = 36 * wage_pv(WEEKS);
    ck_assert_double_eq_tol(estimate_of(run.res, now, "net_value_per_customer")->mean,
                            -cost / CUSTOMERS,
                            WEEKS * 0.5e-4 / CUSTOMERS); /* each week is rounded */
    ck_assert_double_eq_tol(estimate_of(run.res, now, "cost_total")->mean, 36 * 168 * WEEKS, 1e-6);
    double years = CUSTOMERS * WEEKS * 7 / 365.25;
    ck_assert_double_eq_tol(estimate_of(run.res, now, "cost_per_customer_year")->mean,
                            36 * 168 * WEEKS / years, 1e-9);
    ck_assert_double_eq(estimate_of(run.res, now, "churn_rate_per_year")->mean, 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_margin_of_a_center_without_costs_is_what_its_customers_bring)
{
    /* with a hazard in the value but no time for anybody to leave, value is lost by waiting */
    cJSON *doc = quiet();
    put(doc, "/teams/all/wage_per_h", "0");
    put(doc, "/policies/cheap", NULL);
    put(doc, "/segments/all/population", "1");
    put(doc, "/segments/all/churn_hazard_per_year", "0.000001");
    struct run run = run_document(doc, 2);
    double t = WEEKS * 7 / 365.25;
    double value = 120 / (DELTA + 0.000001);
    double margin = 120 * -expm1(-DELTA * t) / DELTA;
    ck_assert_double_eq_tol(estimate_of(run.res, 0, "net_value_realised_per_customer")->mean,
                            margin + value * expm1(-DELTA * t), 1e-9);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_baseline_comes_first_and_differences_are_taken_to_it)
{
    cJSON *doc = quiet();
    struct run run = run_document(doc, 3);
    ck_assert_uint_eq(policy_at(run.res, "now"), 0);
    ck_assert_uint_eq(run.res->comparison_n, 1);
    ck_assert_uint_eq(run.res->comparisons[0].a, policy_at(run.res, "cheap"));
    ck_assert_uint_eq(run.res->comparisons[0].b, 0);
    const struct ccs_paired *cost = &run.res->comparisons[0].rows[row_at(run.res, "cost_total")];
    ck_assert_double_eq_tol(cost->diff.mean, -6 * 168 * WEEKS, 1e-6);
    const struct ccs_paired *net =
        &run.res->comparisons[0].rows[row_at(run.res, "net_value_per_customer")];
    ck_assert_double_eq_tol(net->diff.mean, 6 * wage_pv(WEEKS) / CUSTOMERS, 2e-7);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* The verdict on the one comparison with the given primary metric (NULL: the default one). */
static const struct ccs_verdict *verdict_on(cJSON *doc, const char *primary, struct run *run)
{
    if (primary) {
        putf(doc, "/run/primary", "'%s'", primary);
    }
    *run = run_document(doc, 3);
    ck_assert_uint_eq(run->res->verdict_n, 1);
    return &run->res->verdicts[0];
}

START_TEST(the_verdict_knows_which_way_is_better)
{
    /* cheap is better whether its value is higher or its cost is lower; dear is worse */
    static const char *const primary[] = {NULL, "cost_total"};
    static const char *const words[] = {"net value is higher by", "cost total is lower by"};
    cJSON *doc = quiet();
    struct run run;
    const struct ccs_verdict *verdict = verdict_on(doc, primary[_i], &run);
    ck_assert_int_eq(verdict->kind, CCS_VERDICT_A);
    ck_assert_ptr_eq(strstr(verdict->sentence, "cheap beats now"), verdict->sentence);
    ck_assert_ptr_nonnull(strstr(verdict->sentence, words[_i]));
    ck_assert_ptr_nonnull(strstr(verdict->sentence, "inputs taken as exact"));
    run_free(&run);
    put(doc, "/policies/cheap/with/teams/all/wage_per_h", "40");
    verdict = verdict_on(doc, NULL, &run);
    ck_assert_int_eq(verdict->kind, CCS_VERDICT_B);
    ck_assert_ptr_eq(strstr(verdict->sentence, "now beats cheap"), verdict->sentence);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(equal_policies_do_not_differ_and_noise_is_undecided)
{
    cJSON *doc = quiet();
    put(doc, "/policies/cheap/with", NULL);
    struct run run;
    ck_assert_int_eq(verdict_on(doc, NULL, &run)->kind, CCS_VERDICT_SAME);
    run_free(&run);
    /* a patience that is the same on average, but not for each caller */
    put(doc, "/issue_types/call/volume/rate_per_h", "6");
    put(doc, "/issue_types/call/talk", "{'dist': 'exponential', 'mean': '9 min'}");
    put(doc, "/channels/phone", "{'patience': '5 min'}");
    put(doc, "/policies/cheap/with",
        "{'channels': {'phone': {'patience': {'dist': 'gamma', 'mean': '5 min', 'cv': 0.01}}}}");
    const struct ccs_verdict *verdict = verdict_on(doc, "wait_answered_mean", &run);
    ck_assert_double_ne(run.res->comparisons[0].rows[run.res->primary].diff.mean, 0);
    ck_assert_int_eq(verdict->kind, CCS_VERDICT_UNDECIDED);
    ck_assert_ptr_eq(strstr(verdict->sentence, "Undecided"), verdict->sentence);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(one_replication_has_no_interval_and_no_verdict)
{
    cJSON *doc = quiet();
    struct run run = run_document(doc, 1);
    const struct ccs_estimate *e = estimate_of(run.res, 0, "cost_total");
    ck_assert(ccs_estimate_is_defined(e));
    ck_assert(!ccs_estimate_has_interval(e));
    ck_assert_ptr_nonnull(e->reason);
    ck_assert_int_eq(run.res->verdicts[0].kind, CCS_VERDICT_NONE);
    ck_assert_uint_ge(run.res->warning_n, 1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_investment_breaks_even_in_the_week_in_which_it_is_earned_back)
{
    /* Three agents instead of one for two weeks, then none: two weeks of twice the cost of the
     * baseline, saved back by one a week. -2 -4 -3 -2 -1 0 1 2 3 4, in discounted units: week
     * number 5 is still (just) below zero, so it is number 6. The same in value: nobody leaves. */
    cJSON *doc = quiet();
    put(doc, "/policies/cheap/with",
        "{'teams': {'all': {'agents': {'interval': '1 weeks', 'values': [3, 3]}}}}");
    struct run run = run_document(doc, 3);
    const struct ccs_comparison *cmp = &run.res->comparisons[0];
    ck_assert(cmp->has_breakeven);
    ck_assert_uint_eq(cmp->cash.weeks, WEEKS);
    ck_assert_uint_eq(cmp->cash.week, 6);
    ck_assert_uint_eq(cmp->value.week, 6);
    run_free(&run);
    /* what is saved from the first day on has broken even from the start */
    put(doc, "/policies/cheap/with", "{'teams': {'all': {'wage_per_h': 35}}}");
    run = run_document(doc, 3);
    ck_assert_uint_eq(run.res->comparisons[0].cash.week, 0);
    run_free(&run);
    /* and what only costs never does */
    put(doc, "/policies/cheap/with", "{'teams': {'all': {'wage_per_h': 37}}}");
    run = run_document(doc, 3);
    ck_assert_uint_eq(run.res->comparisons[0].cash.week, WEEKS);
    ck_assert_uint_eq(run.res->comparisons[0].value.week, WEEKS);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_horizon_that_is_no_whole_number_of_weeks_ends_with_a_part_of_one)
{
    cJSON *doc = quiet();
    put(doc, "/run/horizon", "'17 days'");
    struct run run = run_document(doc, 2);
    ck_assert_uint_eq(run.res->comparisons[0].cash.weeks, 3);
    ck_assert_double_eq_tol(estimate_of(run.res, 0, "cost_total")->mean, 36 * 24 * 17, 1e-6);
    double pv = 36 * wage_pv(17.0 / 7);
    ck_assert_double_eq_tol(estimate_of(run.res, 0, "net_value_per_customer")->mean,
                            -pv / CUSTOMERS, 1e-7);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(overload_is_told_with_the_utilisation)
{
    /* 90 minutes of work an hour for one agent, and everybody waits for ever */
    cJSON *doc = quiet();
    put(doc, "/policies/cheap", NULL);
    put(doc, "/run/horizon", "'20 days'");
    put(doc, "/issue_types/call/volume/rate_per_h", "6");
    put(doc, "/issue_types/call/talk", "'15 min'");
    struct run run = run_document(doc, 5);
    ck_assert_double_eq_tol(run.res->utilisation[0], 1.5, 0.1);
    ck_assert_double_eq_tol(run.res->backlog_per_day[0], 48, 8); /* 2 of 6 an hour are left */
    bool told = false;
    for (size_t i = 0; i < run.res->warning_n; i++) {
        told =
            told || (run.res->warnings[i].code && !strcmp(run.res->warnings[i].code, "CCS-W400"));
    }
    ck_assert(told);
    run_free(&run);
    put(doc, "/teams/all/agents", "2");
    run = run_document(doc, 5);
    for (size_t i = 0; i < run.res->warning_n; i++) {
        ck_assert(!run.res->warnings[i].code || strcmp(run.res->warnings[i].code, "CCS-W400") != 0);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_experiment(void)
{
    Suite *suite = suite_create("experiment");
    TCase *value = tcase_create("net value");
    tcase_add_test(value,
                   net_value_is_margin_less_costs_plus_what_the_value_of_the_customers_has_gained);
    tcase_add_test(value, the_margin_of_a_center_without_costs_is_what_its_customers_bring);
    tcase_add_test(value, a_horizon_that_is_no_whole_number_of_weeks_ends_with_a_part_of_one);
    suite_add_tcase(suite, value);
    TCase *answer = tcase_create("answer");
    tcase_add_test(answer, the_baseline_comes_first_and_differences_are_taken_to_it);
    tcase_add_loop_test(answer, the_verdict_knows_which_way_is_better, 0, 2);
    tcase_add_test(answer, equal_policies_do_not_differ_and_noise_is_undecided);
    tcase_add_test(answer, one_replication_has_no_interval_and_no_verdict);
    tcase_add_test(answer, an_investment_breaks_even_in_the_week_in_which_it_is_earned_back);
    tcase_add_test(answer, overload_is_told_with_the_utilisation);
    suite_add_tcase(suite, answer);
    return suite;
}
