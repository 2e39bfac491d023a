/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is counted: the window and the cohort, slices and wholes, tables of all contacts. */
#include "semantics.h"

Suite *suite_window(void);

/* ---- window and cohort ---- */

START_TEST(a_longer_follow_up_changes_no_window_metric_and_ends_more_issues)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/follow_up", "'2 weeks'");
    struct run brief = run_document(doc, 2);
    put(doc, "/run/follow_up", "'20 weeks'");
    struct run lengthy = run_document(doc, 2);
    for (size_t p = 0; p < brief.res->policy_n; p++) {
        ck_assert_same_numbers(brief.res, p, lengthy.res, p, CCS_SCOPE_WINDOW);
        double open_then = total_of(brief.res, brief.res->num, p, "open_share");
        double open_later = total_of(lengthy.res, lengthy.res->num, p, "open_share");
        ck_assert_double_gt(open_then, 0);
        ck_assert_double_lt(open_later, open_then);
        ck_assert_double_ge(total_of(lengthy.res, lengthy.res->num, p, "resolved_share"),
                            total_of(brief.res, brief.res->num, p, "resolved_share"));
    }
    run_free(&brief);
    run_free(&lengthy);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(once_the_cohort_has_ended_a_longer_follow_up_changes_no_number)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/follow_up", "'40 weeks'");
    struct run enough = run_document(doc, 1);
    put(doc, "/run/follow_up", "'60 weeks'");
    struct run more = run_document(doc, 1);
    for (size_t p = 0; p < enough.res->policy_n; p++) {
        ck_assert_double_eq(total_of(enough.res, enough.res->num, p, "open_share"), 0);
        ck_assert_uint_eq(enough.res->signatures[p], more.res->signatures[p]);
        ck_assert_same_numbers(enough.res, p, more.res, p, -1);
        /* every promise has met its fate */
        const struct ccs_balance *b = &more.res->balance[p];
        ck_assert(b->is_ok);
    }
    run_free(&enough);
    run_free(&more);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_length_of_the_reporting_period_changes_no_total)
{
    cJSON *doc = read_document(QUEUE);
    struct run days = run_document(doc, 2);
    put(doc, "/run/period", "'5 h'");
    struct run hours = run_document(doc, 2);
    ck_assert_uint_eq(days.res->signature, hours.res->signature);
    for (size_t i = 0; i < days.res->row_n && days.res->rows[i].slice == CCS_SLICE_ALL; i++) {
        ck_assert(same_bits(&days.res->num[i * 2], &hours.res->num[i * 2], 2));
    }
    run_free(&days);
    run_free(&hours);
    cJSON_Delete(doc);
}
END_TEST

/* Sum over the slices of one kind, of the numerator (or denominator) in one replication. */
static double slices_of(const struct ccs_results *res, const double *what, size_t policy,
                        const char *metric, enum ccs_slice_kind kind, size_t r)
{
    double sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < res->row_n; i++) {
        if (res->rows[i].slice == kind && strcmp(res->rows[i].metric->name, metric) == 0) {
            sum += what[(policy * res->row_n + i) * res->replications + r];
            found++;
        }
    }
    ck_assert_uint_gt(found, 1);
    return sum;
}

START_TEST(slices_add_up_to_the_whole)
{
    static const struct {
        const char *metric, *whole;
        enum ccs_slice_kind kind;
    } parts[] = {{"contacts_offered", "contacts_offered", CCS_SLICE_CHANNEL},
                 {"contacts_offered", "contacts_offered", CCS_SLICE_PERIOD},
                 {"contacts_handled", "contacts_handled", CCS_SLICE_CHANNEL},
                 {"contacts_handled", "contacts_handled", CCS_SLICE_PERIOD},
                 {"wait_mean", "wait_mean", CCS_SLICE_PERIOD},
                 {"service_level", "service_level", CCS_SLICE_PERIOD},
                 {"handle_hours", "handle_hours", CCS_SLICE_TEAM},
                 {"handle_hours_by_cause", "handle_hours", CCS_SLICE_CAUSE},
                 {"staffed_hours", "staffed_hours", CCS_SLICE_TEAM},
                 {"occupancy", "occupancy", CCS_SLICE_TEAM},
                 {"churn_rate_per_year", "churn_rate_per_year", CCS_SLICE_SEGMENT},
                 {"lifetime_value_lost", "lifetime_value_lost", CCS_SLICE_SEGMENT},
                 {"contacts_per_issue", "contacts_per_issue", CCS_SLICE_ISSUE_TYPE},
                 {"cost_per_issue", "cost_per_issue", CCS_SLICE_ISSUE_TYPE},
                 {"resolution_time", "resolution_time", CCS_SLICE_ISSUE_TYPE},
                 {"concession_cost", "concession_cost", CCS_SLICE_ISSUE_TYPE}};
    cJSON *doc = read_document(EVERYTHING);
    struct run run = run_document(doc, 2);
    const struct ccs_results *res = run.res;
    for (size_t p = 0; p < res->policy_n; p++) {
        for (size_t r = 0; r < 2; r++) {
            for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
                size_t i = (p * res->row_n + row_at(res, parts[k].whole)) * 2 + r;
                double num = slices_of(res, res->num, p, parts[k].metric, parts[k].kind, r);
                /* sums of doubles that were integers of microseconds or ten-thousandths */
                ck_assert_double_eq_tol(num, res->num[i], 1e-9 * (1 + fabs(num)));
                if (res->rows[row_at(res, parts[k].whole)].metric->kind == CCS_METRIC_RATIO) {
                    double den = slices_of(res, res->den, p, parts[k].metric, parts[k].kind, r);
                    ck_assert_double_eq_tol(den, res->den[i], 1e-9 * (1 + den));
                }
            }
            /* double entry: all accounts together are nothing */
            double all = slices_of(res, res->num, p, "account", CCS_SLICE_ACCOUNT, r);
            ck_assert_double_eq_tol(all, 0, 1e-6);
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- volumes ---- */

/* A crowded line whose callers redial: 60 first requests an hour become more contacts than that. */
static cJSON *crowded(const char *counts)
{
    cJSON *doc =
        document_of("{'name': 't', 'run': {'horizon': '2 weeks', 'warmup': '1 days', "
                    "'follow_up': '1 days', 'replications': 5, 'seed': 4}, "
                    "'channels': {'phone': {'patience': {'dist': 'exponential', 'mean': '2 min'}, "
                    "'redial_probability': 0.8}}, 'issue_types': {'call': {'volume': "
                    "{'per_interval': {'interval': '1 h', 'repeat': 'all', 'values': [60]}}, "
                    "'talk': {'dist': 'exponential', 'mean': '6 min'}}}, "
                    "'teams': {'all': {'agents': 6}}, 'baseline': 'few', "
                    "'policies': {'few': {'kind': 'none'}, 'many': {'kind': 'none', "
                    "'with': {'teams': {'all': {'agents': 20}}}}}}");
    putf(doc, "/issue_types/call/volume/counts", "'%s'", counts);
    return doc;
}

START_TEST(a_table_of_all_contacts_is_reproduced_by_the_baseline_and_serves_every_policy)
{
    const double table = 5 * 14 * 24 * 60;
    cJSON *doc = crowded("first_requests");
    struct run first = run_document(doc, 5);
    double offered = total_of(first.res, first.res->num, 0, "contacts_offered");
    ck_assert_double_gt(offered, 1.1 * table); /* redials come on top */
    ck_assert_double_eq(first.res->volume_factor, 1);
    run_free(&first);
    cJSON_Delete(doc);

    doc = crowded("all_contacts");
    struct run all = run_document(doc, 5);
    offered = total_of(all.res, all.res->num, 0, "contacts_offered");
    /* pilot runs are other replications: Poisson noise of five of theirs and five of ours, made
     * wider by redials; 2 % is more than four standard errors */
    ck_assert_double_eq_tol(offered / table, 1, 0.02);
    ck_assert_double_eq_tol(all.res->volume_fit, 1, 0.01);
    ck_assert_double_lt(all.res->volume_factor, 0.95);
    /* the other policy gets the same first requests, not a calibration of its own */
    size_t row = row_at(all.res, "contacts_per_issue");
    for (size_t r = 0; r < 5; r++) {
        ck_assert_double_eq(all.res->den[row * 5 + r],
                            all.res->den[(all.res->row_n + row) * 5 + r]);
    }
    ck_assert_double_lt(total_of(all.res, all.res->num, 1, "contacts_offered"), 0.97 * table);
    /* and nothing of it depends on the number of threads */
    struct ccs_results *again = experiment_of(all.sc, 5, 2);
    assert_same_results(all.res, again);
    ccs_results_destroy(again);
    run_free(&all);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_window(void)
{
    Suite *suite = suite_create("window");
    TCase *window = tcase_create("window and cohort");
    tcase_add_test(window, a_longer_follow_up_changes_no_window_metric_and_ends_more_issues);
    tcase_add_test(window, once_the_cohort_has_ended_a_longer_follow_up_changes_no_number);
    tcase_add_test(window, the_length_of_the_reporting_period_changes_no_total);
    tcase_add_test(window, slices_add_up_to_the_whole);
    suite_add_tcase(suite, window);
    TCase *volumes = tcase_create("volumes");
    tcase_add_test(volumes,
                   a_table_of_all_contacts_is_reproduced_by_the_baseline_and_serves_every_policy);
    suite_add_tcase(suite, volumes);
    return suite;
}
