/* SPDX-License-Identifier: GPL-3.0-or-later */
/* experiment/metrics: the table itself, and what every metric says when nothing has happened. */
#include "../sim_help.h"

#include <ctype.h>

Suite *suite_metrics(void);

/* The contract: always there, whatever the scenario. */
static const char *const contract[] = {"cost_total",
                                       "cost_workload",
                                       "cost_per_contact",
                                       "cost_per_issue",
                                       "cost_per_resolved_issue",
                                       "concession_cost",
                                       "churn_rate_per_year",
                                       "churn_silent_share",
                                       "lifetime_value_lost",
                                       "handle_time_per_contact",
                                       "handle_time_per_issue",
                                       "contacts_per_issue",
                                       "transfers_per_issue",
                                       "first_contact_resolution",
                                       "first_contact_resolution_apparent",
                                       "resolution_time",
                                       "resolution_time_p50",
                                       "resolution_time_p90",
                                       "wait_mean",
                                       "wait_answered_mean",
                                       "service_level",
                                       "abandonment_rate",
                                       "occupancy",
                                       "escalation_rate",
                                       "promises_kept_share",
                                       "failure_demand_share",
                                       "justified_unpaid",
                                       "net_value_per_customer"};
#define CONTRACT_N (sizeof contract / sizeof *contract)

START_TEST(names_are_unique_and_usable_as_keys)
{
    for (size_t i = 0; i < ccs_metric_n; i++) {
        const char *name = ccs_metrics[i].name;
        ck_assert_int_eq(ccs_metric_find(name), (int)i);
        ck_assert_str_ne(name, "");
        for (const char *c = name; *c; c++) {
            ck_assert(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_');
        }
    }
    ck_assert_int_eq(ccs_metric_find("cost"), -1);
    ck_assert_int_eq(ccs_metric_find(""), -1);
}
END_TEST

START_TEST(the_contract_is_met_and_marked_as_core)
{
    size_t core = 0;
    for (size_t i = 0; i < CONTRACT_N; i++) {
        int at = ccs_metric_find(contract[i]);
        ck_assert_msg(at >= 0, "missing: %s", contract[i]);
        ck_assert_msg(ccs_metrics[at].is_core, "not core: %s", contract[i]);
        ck_assert(ccs_metrics[at].slices & 1u << CCS_SLICE_ALL);
    }
    for (size_t i = 0; i < ccs_metric_n; i++) {
        core += ccs_metrics[i].is_core;
    }
    ck_assert_uint_eq(core, CONTRACT_N);
}
END_TEST

START_TEST(every_metric_says_what_it_is)
{
    for (size_t i = 0; i < ccs_metric_n; i++) {
        const struct ccs_metric *m = &ccs_metrics[i];
        ck_assert_ptr_nonnull(m->unit);
        ck_assert_ptr_nonnull(m->numerator);
        ck_assert_uint_ne(m->slices, 0);
        ck_assert_uint_eq(m->slices >> CCS_SLICE_KIND_COUNT, 0);
        ck_assert_int_eq(m->kind == CCS_METRIC_RATIO, m->denominator != NULL);
        ck_assert_int_eq(m->kind == CCS_METRIC_QUANTILE, m->get == NULL);
        ck_assert(!m->is_share || (m->kind == CCS_METRIC_RATIO && !strcmp(m->unit, "share")));
        if (m->kind == CCS_METRIC_QUANTILE) {
            ck_assert(!strcmp(m->histogram, "wait") || !strcmp(m->histogram, "resolution"));
            ck_assert(m->quantile > 0 && m->quantile < 1);
        }
    }
}
END_TEST

/* The times of one customer and one agent, in a scenario where nothing is random. */
static const char *const ONE_CALL =
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '1 day', 'follow_up': '1 day', "
    "'warmup': '0 s'},"
    "'channels': {'phone': {'telecom_cost_per_min': 0.5}},"
    "'issue_types': {'refund': {'volume': {'per_interval': {'interval': '1 s', 'values': [%g]}}, "
    "'talk': '5 min', 'hold': '1 min', 'wrap': '2 min',"
    "'needs': 'decision', 'amount': 50, 'fulfilment_cost': 3}},"
    "'teams': {'first': {'agents': 1, 'wage_per_h': 30, 'target_occupancy': 0.5}}}";

static double value_of(const struct ccs_results *res, const char *metric)
{
    return estimate_of(res, 0, metric)->mean;
}

START_TEST(a_center_where_nothing_happens_has_nulls_with_reasons_and_idle_cost)
{
    char text[3000];
    snprintf(text, sizeof text, ONE_CALL, 0.0);
    struct ccs_scenario *sc = scenario_of(text);
    struct ccs_results *res = experiment_of(sc, 3, 1);
    assert_balanced(res);
    static const char *const undefined[] = {
        "cost_per_contact",    "cost_per_issue",      "contacts_per_issue",
        "service_level",       "wait_mean",           "first_contact_resolution",
        "resolution_time_p50", "churn_rate_per_year", "net_value_per_customer",
        "lifetime_value_lost"};
    for (size_t i = 0; i < sizeof undefined / sizeof *undefined; i++) {
        const struct ccs_estimate *e = estimate_of(res, 0, undefined[i]);
        ck_assert_msg(!ccs_estimate_is_defined(e), "%s = %g", undefined[i], e->mean);
        ck_assert_ptr_nonnull(e->reason);
    }
    ck_assert_double_eq(value_of(res, "cost_total"), 24 * 30); /* the agent is paid all the same */
    ck_assert_double_eq(value_of(res, "cost_workload"), 0);
    ck_assert_double_eq(value_of(res, "occupancy"), 0);
    ck_assert_double_eq(value_of(res, "staffed_hours"), 24);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(one_call_by_hand)
{
    char text[3000];
    snprintf(text, sizeof text, ONE_CALL, 1.0); /* the number of calls is Poisson with mean 1 */
    struct ccs_scenario *sc = scenario_of(text);
    struct ccs_results *res = experiment_of(sc, 40, 1);
    assert_balanced(res);
    bool found = false;
    for (size_t r = 0; r < res->replications; r++) {
        const double *num = res->num;
        size_t stride = res->replications;
        if (num[row_at(res, "contacts_offered") * stride + r] != 1) {
            continue;
        }
        found = true;
#define NUM(metric) num[row_at(res, metric) * stride + r]
#define DEN(metric) res->den[row_at(res, metric) * stride + r]
        /* an agent all day, 6 connected minutes, the refund and its delivery */
        ck_assert_double_eq_tol(NUM("cost_total"), 24 * 30 + 6 * 0.5 + 50 + 3, 1e-9);
        /* 8 minutes handled at 30 / 0.5 an hour instead */
        ck_assert_double_eq_tol(NUM("cost_workload"), 8 + 6 * 0.5 + 50 + 3, 1e-9);
        ck_assert_double_eq_tol(NUM("concession_cost"), 50, 1e-9);
        ck_assert_double_eq(NUM("handle_time_per_contact"), 480);
        ck_assert_double_eq(DEN("handle_time_per_contact"), 1);
        ck_assert_double_eq(NUM("handle_time_per_issue"), 480);
        ck_assert_double_eq(NUM("resolution_time"), 360); /* to the end of the call, not the wrap */
        ck_assert_double_eq(NUM("contacts_per_issue"), 1);
        ck_assert_double_eq(NUM("first_contact_resolution"), 1);
        ck_assert_double_eq(NUM("first_contact_resolution_apparent"), 1);
        ck_assert_double_eq(NUM("service_level"), 1);
        ck_assert_double_eq(NUM("wait_mean"), 0);
        ck_assert_double_eq(NUM("occupancy"), 480);
        ck_assert_double_eq(DEN("occupancy"), 86400);
        ck_assert_double_eq(NUM("effort_per_issue"), 360);
        ck_assert_double_eq(NUM("failure_demand_share"), 0);
        ck_assert_double_eq(NUM("justified_unpaid"), 0);
    }
    ck_assert(found);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(rows_of_all_come_first_and_every_slice_has_its_names)
{
    char text[3000];
    snprintf(text, sizeof text, ONE_CALL, 1.0);
    struct ccs_scenario *sc = scenario_of(text);
    struct ccs_results *res = experiment_of(sc, 2, 1);
    bool in_slices = false;
    for (size_t i = 0; i < res->row_n; i++) {
        bool is_slice = res->rows[i].slice != CCS_SLICE_ALL;
        ck_assert(is_slice || !in_slices);
        in_slices = is_slice;
        ck_assert(!is_slice || res->rows[i].name[0] != '\0');
    }
    ck_assert_int_ge(ccs_results_row(res, "occupancy", CCS_SLICE_TEAM, "first"), 0);
    ck_assert_int_ge(ccs_results_row(res, "wait_mean", CCS_SLICE_CHANNEL, "phone"), 0);
    ck_assert_int_ge(ccs_results_row(res, "account", CCS_SLICE_ACCOUNT, "labor_idle"), 0);
    ck_assert_int_ge(
        ccs_results_row(res, "handle_hours_by_cause", CCS_SLICE_CAUSE, "first_request"), 0);
    ck_assert_int_ge(
        ccs_results_row(res, "contacts_offered", CCS_SLICE_PERIOD, "2026-01-05T00:00:00"), 0);
    ck_assert_int_eq(ccs_results_row(res, "occupancy", CCS_SLICE_TEAM, "second"), -1);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

Suite *suite_metrics(void)
{
    Suite *suite = suite_create("metrics");
    TCase *table = tcase_create("table");
    tcase_add_test(table, names_are_unique_and_usable_as_keys);
    tcase_add_test(table, the_contract_is_met_and_marked_as_core);
    tcase_add_test(table, every_metric_says_what_it_is);
    suite_add_tcase(suite, table);
    TCase *values = tcase_create("values");
    tcase_add_test(values, a_center_where_nothing_happens_has_nulls_with_reasons_and_idle_cost);
    tcase_add_test(values, one_call_by_hand);
    tcase_add_test(values, rows_of_all_come_first_and_every_slice_has_its_names);
    suite_add_tcase(suite, values);
    return suite;
}
