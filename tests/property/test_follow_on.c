/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Issues that lead to other issues: what world/case/follow_on.h promises. */
#include "../sim_help.h"

Suite *suite_follow_on(void);

#define CHAIN                                                                                      \
    "{'name': 't', 'run': {'horizon': '40 h', 'follow_up': '20 h', 'period': '40 h', "             \
    "'replications': 10, 'seed': 3},"                                                              \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {"                                                                            \
    "  'order': {'volume': {'rate_per_h': 60},"                                                    \
    "    'talk': {'dist': 'exponential', 'mean': '1 min'}},"                                       \
    "  'delivery': {'talk': {'dist': 'exponential', 'mean': '2 min'}}},"                           \
    " 'teams': {'agents': {'agents': 20}}}"

/* Issues of a type that arose in the window, over all replications. */
static double issues_of(const struct ccs_results *res, const char *type)
{
    int row = ccs_results_row(res, "contacts_per_issue", CCS_SLICE_ISSUE_TYPE, type);
    ck_assert_int_ge(row, 0);
    double sum = 0.0;
    for (size_t r = 0; r < res->replications; r++) {
        sum += res->den[(size_t)row * res->replications + r];
    }
    return sum;
}

static struct run chain(const char *leads_to)
{
    cJSON *doc = document_of(CHAIN);
    if (leads_to) {
        put(doc, "/issue_types/order/leads_to", leads_to);
    }
    struct run run = run_document(doc, 0);
    cJSON_Delete(doc);
    return run;
}

START_TEST(a_probability_of_0_is_off_to_the_bit)
{
    struct run off = chain(NULL);
    struct run zero = chain("{'delivery': {'probability': 0}}");
    ck_assert_uint_eq(off.res->signature, zero.res->signature);
    ck_assert_same_numbers(off.res, 0, zero.res, 0, -1);
    ck_assert_double_eq(issues_of(off.res, "delivery"), 0);
    run_free(&off);
    run_free(&zero);
}
END_TEST

START_TEST(every_settled_issue_leads_to_one_when_the_probability_is_1)
{
    struct run run = chain("{'delivery': {'probability': 1}}");
    double orders = issues_of(run.res, "order");
    double deliveries = issues_of(run.res, "delivery");
    ck_assert_double_gt(orders, 20000);
    /* Only those in service at T are missing: about one a replication. */
    ck_assert_double_le(deliveries, orders);
    ck_assert_double_gt(deliveries, orders - 10 * 12);
    run_free(&run);
}
END_TEST

START_TEST(a_type_that_leads_to_itself_is_a_geometric_chain)
{
    /* Mean length 1 / (1 - p), variance p / (1 - p)^2 each; orders are Poisson: z over the total,
     * limit 4. */
    struct run run = chain("{'order': {'probability': 0.6}}");
    double arrivals = 60.0 * 40 * 10;
    double mean = 1 / (1 - 0.6);
    double variance = arrivals * (0.6 / (0.4 * 0.4) + mean * mean);
    double z = (issues_of(run.res, "order") - arrivals * mean) / sqrt(variance);
    ck_assert_double_lt(fabs(z), 4);
    run_free(&run);
}
END_TEST

START_TEST(one_issue_has_one_successor_at_most)
{
    struct run run = chain("{'order': {'probability': 0.3}, 'delivery': {'probability': 0.7,"
                           " 'delay': '1 min'}}");
    /* Every settled order goes on: to an order 3 times in 10, to a delivery 7 times in 10. */
    double orders = issues_of(run.res, "order");
    double deliveries = issues_of(run.res, "delivery");
    double z = (deliveries - 0.7 * orders) / sqrt(orders * 0.7 * 0.3);
    ck_assert_double_lt(fabs(z), 4);
    run_free(&run);
}
END_TEST

START_TEST(a_successor_counts_from_when_it_arises)
{
    /* None arises inside the window, so none is measured, though all are handled in the end. */
    struct run run = chain("{'delivery': {'probability': 1, 'delay': '40 h'}}");
    ck_assert_double_eq(issues_of(run.res, "delivery"), 0);
    ck_assert_double_gt(issues_of(run.res, "order"), 20000);
    run_free(&run);
}
END_TEST

START_TEST(successors_do_not_depend_on_how_fast_they_are_served)
{
    /* Keys by (parent, kind, ordinal): with all the staff one could want, or too few, every issue
     * has the same talk. Everything that arose in the window is followed to its end. */
    cJSON *doc = document_of(CHAIN);
    put(doc, "/issue_types/order/leads_to", "{'delivery': {'probability': 0.5}}");
    put(doc, "/issue_types/order/volume",
        "{'per_interval': {'interval': '1 h', 'values': [60, 60, 60]}}");
    struct run many = run_document(doc, 0);
    put(doc, "/teams/agents/agents", "3");
    struct run few = run_document(doc, 0);
    ck_assert_double_eq(issues_of(many.res, "delivery"), issues_of(few.res, "delivery"));
    ck_assert_double_eq(total_of(many.res, many.res->num, 0, "handle_time_per_issue"),
                        total_of(few.res, few.res->num, 0, "handle_time_per_issue"));
    ck_assert_double_gt(total_of(few.res, few.res->num, 0, "wait_mean"),
                        2 * total_of(many.res, many.res->num, 0, "wait_mean"));
    run_free(&many);
    run_free(&few);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_leaves_takes_what_would_have_followed_along)
{
    cJSON *doc = document_of(CHAIN);
    put(doc, "/segments", "{'readers': {'population': 3000}}");
    put(doc, "/issue_types/order/volume", NULL);
    put(doc, "/issue_types/order/rate_per_customer_year", "20");
    put(doc, "/issue_types/order/leads_to", "{'delivery': {'probability': 1, 'delay': '1 h'}}");
    put(doc, "/behavior", "{'leaving': {'issue_ended': 1}}");
    struct run leavers = run_document(doc, 0);
    put(doc, "/behavior", "{'leaving': {'issue_ended': 0}}");
    struct run loyal = run_document(doc, 0);
    ck_assert_double_eq(issues_of(leavers.res, "delivery"), 0);
    ck_assert_double_gt(issues_of(loyal.res, "delivery"), 1000);
    run_free(&leavers);
    run_free(&loyal);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
    static const struct {
        const char *leads_to, *code;
    } cases[] = {
        {"{'delivery': {'probability': 0.6}, 'order': {'probability': 0.5}}", "CCS-E340"},
        {"{'order': {'probability': 1}}", "CCS-E340"},
        {"{'refund': {'probability': 0.5}}", "CCS-E205"},
        {"{'delivery': {'delay': '1 h'}}", "CCS-E201"},
    };
    cJSON *doc = document_of(CHAIN);
    put(doc, "/issue_types/order/leads_to", cases[_i].leads_to);
    struct ccs_diagnostics *diags;
    ck_assert_ptr_null(try_document(doc, &diags));
    assert_diagnostic(diags, cases[_i].code, NULL, cases[_i].leads_to);
    ccs_diagnostics_destroy(diags);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_type_that_only_follows_others_is_no_oversight)
{
    cJSON *doc = document_of(CHAIN);
    for (int reached = 0; reached < 2; reached++) {
        struct ccs_diagnostics *diags;
        char *text = cJSON_PrintUnformatted(doc);
        struct ccs_scenario *sc = try_scenario(text, NULL, &diags);
        ck_assert_ptr_nonnull(sc);
        ck_assert_uint_eq(ccs_diagnostics_count(diags), reached ? 0 : 1); /* W404: never arises */
        ccs_diagnostics_destroy(diags);
        ccs_scenario_destroy(sc);
        cJSON_free(text);
        put(doc, "/issue_types/order/leads_to", "{'delivery': {'probability': 0.5}}");
    }
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_follow_on(void)
{
    Suite *suite = suite_create("follow_on");
    TCase *c = tcase_create("chains");
    tcase_add_test(c, a_probability_of_0_is_off_to_the_bit);
    tcase_add_test(c, every_settled_issue_leads_to_one_when_the_probability_is_1);
    tcase_add_test(c, a_type_that_leads_to_itself_is_a_geometric_chain);
    tcase_add_test(c, one_issue_has_one_successor_at_most);
    tcase_add_test(c, a_successor_counts_from_when_it_arises);
    tcase_add_test(c, successors_do_not_depend_on_how_fast_they_are_served);
    tcase_add_test(c, who_leaves_takes_what_would_have_followed_along);
    suite_add_tcase(suite, c);
    c = tcase_create("diagnostics");
    tcase_add_loop_test(c, what_does_not_fit_is_refused, 0, 4);
    tcase_add_test(c, a_type_that_only_follows_others_is_no_oversight);
    suite_add_tcase(suite, c);
    return suite;
}
