/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Net value: what a policy is charged with, against closed forms. What is paid later is paid; what
 * nobody happened to lose is not worth nothing; lines add up.
 */
#include "closed_forms.h"

#include "books/net_value.h"
#include "experiment/staffing.h"

Suite *suite_net_value(void);

/* `late` pays the same claims as `emp`, four weeks later, at the second contact. */
static cJSON *pipeline(void)
{
    cJSON *doc = simple();
    put(doc, "/run/warmup", "'12 weeks'");
    put(doc, "/segments/all",
        "{'population': 4000, 'margin_per_month': 10, "
        "'churn_hazard_per_year': 0.2}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '4 weeks'}");
    put(doc, "/policies",
        "{'late': {'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0], "
        "'trigger_contacts': 2, 'trigger_anger': 1000, 'promise_share': 0, "
        "'supervisor_granted': 0}, "
        "'emp': {'kind': 'empowered_first_contact', 'authority_limits': [1000], "
        "'discretion': [1]}}");
    put(doc, "/baseline", "'late'");
    return doc;
}

static const struct ccs_estimate *difference(const struct run *run, const char *metric)
{
    return &run->res->comparisons[0].rows[row_at(run->res, metric)].diff;
}

START_TEST(paying_the_same_later_saves_nothing_but_what_is_owed_to_those_who_left)
{
    static const char *const horizon[] = {"'4 weeks'", "'8 weeks'", "'52 weeks'"};
    cJSON *doc = pipeline();
    put(doc, "/run/horizon", horizon[_i]);
    put(doc, "/teams/front/wage_per_h", "0");
    struct run run = run_document(doc, 4);
    /* with debts settled nothing at all, in each replication; without, exactly the debts */
    const struct ccs_estimate *settled = difference(&run, "net_value_settled_per_customer");
    ck_assert_double_eq_tol(settled->mean, 0, 1e-9);
    ck_assert_double_eq_tol(settled->half_width, 0, 1e-9);
    ck_assert_double_eq_tol(difference(&run, "net_value_total")->mean,
                            difference(&run, "debts")->mean, 1e-6);
    run_free(&run);
    /* nobody leaves: nothing is owed */
    put(doc, "/segments/all", "{'population': 4000}");
    run = run_document(doc, 4);
    ck_assert_double_eq(difference(&run, "net_value_total")->mean, 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_longer_follow_up_changes_nothing_once_no_issue_is_open)
{
    cJSON *doc = pipeline();
    put(doc, "/run/follow_up", "'10 weeks'");
    struct run some = run_document(doc, 3);
    put(doc, "/run/follow_up", "'40 weeks'");
    struct run more = run_document(doc, 3);
    static const char *const metrics[] = {"net_value_total", "debts",
                                          "net_value_realised_per_customer", "cost_per_issue"};
    for (size_t i = 0; i < sizeof metrics / sizeof metrics[0]; i++) {
        ck_assert_double_eq(difference(&some, metrics[i])->mean,
                            difference(&more, metrics[i])->mean);
    }
    run_free(&some);
    run_free(&more);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_is_still_open_at_the_end_is_owed)
{
    /* a follow-up of a week ends before the second contact: settled, paying later is no gain */
    cJSON *doc = pipeline();
    put(doc, "/run/follow_up", "'1 weeks'");
    put(doc, "/teams/front/wage_per_h", "0");
    struct run run = run_document(doc, 3);
    ck_assert_double_lt(difference(&run, "net_value_per_customer")->mean, -1);
    ck_assert_double_eq_tol(difference(&run, "net_value_settled_per_customer")->mean, 0, 1e-9);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(labor_by_workload_is_every_leg_at_wage_over_target_occupancy)
{
    cJSON *doc = pipeline();
    put(doc, "/segments/all", "{'population': 4000}");
    put(doc, "/teams/front/target_occupancy", "0.8");
    struct run run = run_document(doc, 3);
    /* late: a second leg of 5 minutes at 30 an hour for each issue that arises in the window; those
     * open at t0 have had their first contact under both, and cost the same */
    double per_leg = 30.0 / 60 * 5 / 0.8;
    const struct ccs_results *res = run.res;
    size_t issues = row_at(res, "cost_per_issue");
    double n = 0;
    for (size_t r = 0; r < 3; r++) {
        n += res->den[issues * 3 + r] / 3;
    }
    ck_assert_double_eq_tol(difference(&run, "net_value_total")->mean, n * per_leg, 1e-6 * n);
    /* the staff is the same: as staffed nothing differs, but for whoever talks as a shift ends */
    ck_assert_double_eq_tol(difference(&run, "net_value_staffed_per_customer")->mean, 0, 1e-9);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

static double staffed_labor(const struct run *run, size_t policy, size_t r)
{
    for (size_t row = 0; row < run->res->row_n; row++) {
        if (run->res->rows[row].slice == CCS_SLICE_LINE &&
            run->res->rows[row].index == CCS_LINE_STAFFED) {
            return run->res->num[(policy * run->res->row_n + row) * 3 + r];
        }
    }
    ck_abort_msg("no line of labor as staffed");
    return 0;
}

START_TEST(the_same_staff_costs_the_same_as_staffed_whatever_it_works)
{
    /* 10 weeks and 3 days, so that the last closing is no whole week */
    cJSON *doc = pipeline();
    put(doc, "/run/horizon", "'73 days'");
    put(doc, "/run/discount_rate_per_year", "0.3");
    put(doc, "/run/labor", "'staffed'");
    put(doc, "/teams/front/agents", "40");
    put(doc, "/teams/senior/agents", "40");
    struct run run = run_document(doc, 3);
    /* wage x integral of e^(-delta t) over the window */
    double t = 73 / 365.25;
    double pv = 40 * (30 + 60) * 365.25 * 24 * -expm1(-0.3 * t) / 0.3;
    for (size_t r = 0; r < 3; r++) {
        double late = staffed_labor(&run, 0, r);
        ck_assert_double_eq(late, staffed_labor(&run, 1, r));
        ck_assert_double_eq_tol(late, -pv, 1e-2);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(lines_add_up_to_net_value_in_every_replication)
{
    static const char *const view[] = {"'workload'", "'staffed'"};
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/run/labor", view[_i]);
    struct run run = run_document(doc, 6);
    const struct ccs_results *res = run.res;
    for (size_t p = 0; p < res->policy_n; p++) {
        for (size_t r = 0; r < 6; r++) {
            int64_t sum = 0;
            int64_t lines = 0;
            for (size_t row = 0; row < res->row_n; row++) {
                if (res->rows[row].slice == CCS_SLICE_LINE) {
                    sum += ccs_money_from_units(res->num[(p * res->row_n + row) * 6 + r]);
                    lines++;
                }
            }
            size_t total = row_at(res, "net_value_total");
            ck_assert_int_gt(lines, 10);
            ck_assert_int_eq(sum, ccs_money_from_units(res->num[(p * res->row_n + total) * 6 + r]));
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* Refused once, 50 customers worth 1.19 million each leave with 0.0005. */
static cJSON *dear_leavers(void)
{
    cJSON *doc = simple();
    put(doc, "/run/horizon", "'52 weeks'");
    put(doc, "/run/discount_rate_per_year", "0.1");
    put(doc, "/segments/all",
        "{'population': 50, 'margin_per_month': 10000, "
        "'churn_hazard_per_year': 0.001}");
    put(doc, "/issue_types/refund/rate_per_customer_year", "1");
    put(doc, "/teams/front/wage_per_h", "0");
    put(doc, "/behavior/leaving", "{'given_up': 0.0005}");
    put(doc, "/policies/p", STUBBORN);
    return doc;
}

START_TEST(customers_who_might_have_left_count_where_none_did)
{
    /* E = integral over [0, T] of rate p V e^(-(delta + h0 + rate p) t) per customer */
    cJSON *doc = dear_leavers();
    struct run run = run_document(doc, 100);
    double value = 120000 / 0.101;
    double t = 52 * 7 / 365.25;
    double want = -0.0005 * value * -expm1(-0.1015 * t) / 0.1015;
    const struct ccs_estimate *net = estimate_of(run.res, 0, "net_value_per_customer");
    ck_assert_z("net value", net->mean, want, net->sd / 10);
    /* a Poisson number of refusals, each p V */
    ck_assert_double_eq_tol(net->sd, -want / sqrt(50), 0.2 * -want / sqrt(50));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_expected_and_the_realised_value_of_leaving_have_one_mean)
{
    cJSON *doc = dear_leavers();
    put(doc, "/segments/all",
        "{'population': 2000, 'margin_per_month': 10, "
        "'churn_hazard_per_year': 0.2}");
    put(doc, "/behavior/leaving",
        "{'given_up': 0.3, 'issue_ended': 0.1, 'failed_contact': 0.1, 'promise_broken': 0.2}");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.7, 'delay': '3 weeks'}");
    struct run run = run_document(doc, 40);
    size_t expected = row_at(run.res, "net_value_per_customer");
    size_t realised = row_at(run.res, "net_value_realised_per_customer");
    double sum = 0;
    double square = 0;
    for (size_t r = 0; r < 40; r++) {
        double d = (run.res->num[realised * 40 + r] - run.res->num[expected * 40 + r]) / 2000;
        sum += d;
        square += d * d;
    }
    double sd = sqrt((square - sum * sum / 40) / 39);
    ck_assert_z("realised - expected", sum / 40, 0, sd / sqrt(40));
    ck_assert_double_lt(estimate_of(run.res, 0, "net_value_per_customer")->sd,
                        estimate_of(run.res, 0, "net_value_realised_per_customer")->sd);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_policy_that_patches_staff_or_wages_has_other_staff)
{
    static const struct {
        const char *with;
        bool differs;
    } cases[] = {
        {"{'teams': {'front': {'agents': 9}}}", true},
        {"{'teams': {'front': {'wage_per_h': 31}}}", true},
        {"{'teams': {'more': {'agents': 1}}}", true},
        {"{'calendars': {'open': {'hours': {'mon-fri': '08:00-12:00'}}}}", true},
        {"{'calendars': {'other': {'hours': {'mon-fri': '08:00-12:00'}}}}", false},
        {"{'teams': {'front': {'skills': ['refund']}}}", false},
        {"{'channels': {'phone': {'lines': 100}}}", false},
    };
    cJSON *doc = pipeline();
    put(doc, "/calendars",
        "{'open': {'hours': {'mon-fri': '08:00-18:00'}}, "
        "'other': {'hours': {'mon-fri': '08:00-18:00'}}}");
    put(doc, "/teams/front/calendar", "'open'");
    put(doc, "/policies/emp/with", cases[_i].with);
    struct ccs_scenario *sc = scenario_from(doc);
    ck_assert_int_eq(ccs_scenario_staff_differs(sc), cases[_i].differs);
    ck_assert_int_eq(sc->policies[0].model.labor_view,
                     cases[_i].differs ? CCS_LABOR_STAFFED : CCS_LABOR_WORKLOAD);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(where_nothing_is_remembered_long_run_states_differ_as_the_switch_does)
{
    cJSON *doc = pipeline();
    put(doc, "/run/horizon", "'20 weeks'");
    put(doc, "/behavior/recontact/delay", "'1 days'");
    put(doc, "/segments/all", "{'population': 4000}");
    struct run run = run_document(doc, 10);
    struct ccs_experiment_options options = {
        .replications = 10, .seed = -1, .jobs = 1, .independent_pasts = true};
    struct ccs_results *long_run = NULL;
    char message[500];
    ck_assert_int_eq(ccs_experiment_run(run.sc, &options, &long_run, message, sizeof message),
                     CCS_OK);
    const struct ccs_estimate *a = difference(&run, "net_value_per_customer_year");
    const struct ccs_estimate *b =
        &long_run->comparisons[0].rows[row_at(long_run, "net_value_per_customer_year")].diff;
    ck_assert_z("per customer-year", a->mean, b->mean,
                sqrt(a->sd * a->sd + b->sd * b->sd) / sqrt(10));
    ck_assert_double_gt(b->mean, 1);
    ccs_results_destroy(long_run);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_net_value(void)
{
    Suite *suite = suite_create("net_value");
    TCase *tc = tcase_create("what a policy is charged with");
    tcase_add_loop_test(tc, paying_the_same_later_saves_nothing_but_what_is_owed_to_those_who_left,
                        0, 3);
    tcase_add_test(tc, a_longer_follow_up_changes_nothing_once_no_issue_is_open);
    tcase_add_test(tc, what_is_still_open_at_the_end_is_owed);
    tcase_add_test(tc, labor_by_workload_is_every_leg_at_wage_over_target_occupancy);
    tcase_add_test(tc, the_same_staff_costs_the_same_as_staffed_whatever_it_works);
    tcase_add_loop_test(tc, lines_add_up_to_net_value_in_every_replication, 0, 2);
    tcase_add_test(tc, customers_who_might_have_left_count_where_none_did);
    tcase_add_test(tc, the_expected_and_the_realised_value_of_leaving_have_one_mean);
    tcase_add_loop_test(tc, a_policy_that_patches_staff_or_wages_has_other_staff, 0, 7);
    tcase_add_test(tc, where_nothing_is_remembered_long_run_states_differ_as_the_switch_does);
    suite_add_tcase(suite, tc);
    return suite;
}
