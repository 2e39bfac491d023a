/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `counts: all_contacts`: first requests are scaled until the baseline's contacts, redials
 * included, are as many as the volume says, whatever process the volume is of.
 */
#include "../sim_help.h"

Suite *suite_all_contacts(void);

/* A crowded line whose callers redial; 60 an hour are asked for. */
#define CROWDED                                                                                    \
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '2 weeks',"                           \
    "   'warmup': '1 day', 'follow_up': '1 day', 'replications': 5, 'seed': 4},"                   \
    " 'channels': {'phone': {'patience': {'dist': 'exponential', 'mean': '2 min'},"                \
    "   'redial_probability': 0.8}},"                                                              \
    " 'issue_types': {'call': {'volume': {'rate_per_h': 60},"                                      \
    "   'talk': {'dist': 'exponential', 'mean': '6 min'}}},"                                       \
    " 'teams': {'all': {'agents': 6}}}"

#define ASKED (5 * 14 * 24 * 60.0)

static const struct {
    const char *name, *volume, *channel;
} cases[] = {
    {"exponential times, no table", "{'interarrival': {'dist': 'exponential', 'mean': '1 min'}}",
     NULL},
    {"regular times, no table", "{'interarrival': '1 min'}", NULL},
    {"bunched times with a table",
     "{'interarrival': {'dist': 'gamma', 'mean': '1 s', 'cv': 2}, "
     "'per_interval': {'interval': '12 h', 'repeat': 'day', 'values': [480, 960]}}",
     NULL},
    {"lines between points with regular times",
     "{'interarrival': '1 s', 'rate_points_per_h': {'interval': '12 h', 'repeat': 'day', "
     "'values': [40, 80]}}",
     NULL},
    {"daily counts", "{'daily_counts': 1440}", NULL},
    {"counts of intervals",
     "{'interval_counts': {'interval': '12 h', 'repeat': 'day', 'values': [720, 720]}}", NULL},
    {"busy lines that are redialled", "{'rate_per_h': 60}",
     "{'lines': 7, 'redial': {'after_busy': [0.9], 'after_abandonment': [0.5]}, "
     "'patience': {'dist': 'exponential', 'mean': '2 min'}}"},
    {"busy lines, regular times", "{'interarrival': '1 min'}",
     "{'lines': 6, 'redial_probability': 0.7}"},
};

/* What was tried: everybody who got through to the channel or found it busy. */
static double tried(const struct run *run)
{
    return total_of(run->res, run->res->num, 0, "contacts_offered") +
           total_of(run->res, run->res->num, 0, "blocking_rate");
}

static cJSON *crowded(int i, const char *counts)
{
    cJSON *doc = document_of(CROWDED);
    put(doc, "/issue_types/call/volume", cases[i].volume);
    if (cases[i].channel) {
        put(doc, "/channels/phone", cases[i].channel);
    }
    putf(doc, "/issue_types/call/volume/counts", "'%s'", counts);
    return doc;
}

START_TEST(contacts_of_the_baseline_are_as_many_as_the_volume_says)
{
    cJSON *doc = crowded(_i, "first_requests");
    struct run first = run_document(doc, 5);
    double natural = tried(&first);
    ck_assert_msg(natural > 1.1 * ASKED, "%s: %g", cases[_i].name, natural / ASKED);
    ck_assert_double_eq(first.res->volume_factor, 1);
    run_free(&first);
    cJSON_Delete(doc);

    doc = crowded(_i, "all_contacts");
    struct run all = run_document(doc, 5);
    /* pilot runs are other replications: noise of five of theirs and five of ours, made wider by
     * redials; 2 % is four standard errors of Poisson calls, 3 % of bunched ones */
    ck_assert_msg(fabs(tried(&all) / ASKED - 1) < (_i == 2 ? 0.03 : 0.02),
                  "%s: %g of what was asked", cases[_i].name, tried(&all) / ASKED);
    ck_assert_double_eq_tol(all.res->volume_fit, 1, 0.01);
    ck_assert_double_lt(all.res->volume_factor, 0.97);
    ck_assert_double_gt(all.res->volume_factor, 0.3);
    run_free(&all);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(where_nobody_redials_nothing_is_scaled)
{
    static const char *const volumes[] = {"{'interarrival': '1 min'}", "{'daily_counts': 1440}"};
    cJSON *doc = document_of(CROWDED);
    put(doc, "/issue_types/call/volume", volumes[_i]);
    put(doc, "/issue_types/call/volume/counts", "'all_contacts'");
    put(doc, "/channels/phone", "{}");
    put(doc, "/teams/all/agents", "60");
    struct run run = run_document(doc, 5);
    ck_assert_double_eq(run.res->volume_factor, 1);
    /* regular times, and counts, are exact: one at each minute, so many on each day */
    ck_assert_double_eq(tried(&run), ASKED);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_was_recorded_cannot_be_calibrated)
{
    cJSON *doc = document_of(CROWDED);
    put(doc, "/issue_types/call/volume",
        "{'replay': {'csv': 'tests/data/trace-mixed.csv', 'arrival': 'when'}, "
        "'counts': 'all_contacts'}");
    struct ccs_diagnostics *diags;
    ck_assert_ptr_null(try_document(doc, &diags));
    assert_diagnostic(diags, "CCS-E314", "`counts`", "a recording");
    ccs_diagnostics_destroy(diags);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_all_contacts(void)
{
    Suite *suite = suite_create("all_contacts");
    TCase *c = tcase_create("calibration");
    tcase_add_loop_test(c, contacts_of_the_baseline_are_as_many_as_the_volume_says, 0,
                        sizeof cases / sizeof cases[0]);
    tcase_add_loop_test(c, where_nobody_redials_nothing_is_scaled, 0, 2);
    tcase_add_test(c, what_was_recorded_cannot_be_calibrated);
    suite_add_tcase(suite, c);
    return suite;
}
