/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mistakes that simulators of call centers make with time, each as something that would be seen:
 * averages that include the drain after the end, abandonment times taken for patience, the last
 * interval of a table, periods that serve more than they were offered, borders, empty schedules.
 */
#include "../sim_help.h"

#include "model/timetable.h"

Suite *suite_traps_time(void);

#define EIGHT_HOURS                                                                                \
    "{'name': 't', 'run': {'horizon': '8 h', 'follow_up': '4 days', 'period': '1 h', "             \
    "'replications': 10, 'seed': 4},"                                                              \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'talk': {'dist': 'exponential', 'mean': '5 min'},"                  \
    "   'volume': {'per_interval': {'interval': '8 h', 'values': [400]}}}},"                       \
    " 'teams': {'agents': {'agents': 3, 'wage_per_h': 20}}}"

static cJSON *eight_hours(void)
{
    cJSON *doc = document_of(EIGHT_HOURS);
    return doc;
}

static double sum_of(const struct run *run, const double *what, const char *metric)
{
    return total_of(run->res, what, 0, metric);
}

/* Sum of a metric over replications for period i. */
static double in_period(const struct run *run, const char *metric, size_t i, size_t r)
{
    for (size_t row = 0; row < run->res->row_n; row++) {
        const struct ccs_row *at = &run->res->rows[row];
        if (at->slice == CCS_SLICE_PERIOD && at->index == i &&
            strcmp(at->metric->name, metric) == 0) {
            return run->res->num[row * run->res->replications + r];
        }
    }
    ck_abort_msg("no %s by period", metric);
}

START_TEST(the_drain_after_the_end_is_in_no_average)
{
    /* Seven hours of work too much: three agents are busy for another two hours. */
    cJSON *doc = eight_hours();
    struct run run = run_document(doc, 0);
    ck_assert_double_gt(sum_of(&run, run.res->num, "backlog_growth_per_day"), 10 * 50);
    ck_assert_double_eq(sum_of(&run, run.res->num, "staffed_hours"), 10 * 3 * 8);
    ck_assert_double_eq_tol(sum_of(&run, run.res->num, "cost_total"), 10 * 3 * 8 * 20, 1e-9);
    double share =
        sum_of(&run, run.res->num, "occupancy") / sum_of(&run, run.res->den, "occupancy");
    ck_assert_double_gt(share, 0.97);
    ck_assert_double_le(share, 1);
    /* But every call that was offered is followed to its end. */
    ck_assert_double_eq(sum_of(&run, run.res->num, "contacts_answered"),
                        sum_of(&run, run.res->num, "contacts_offered"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_longer_follow_up_moves_no_window_metric)
{
    cJSON *doc = read_document("tests/data/everything.json");
    put(doc, "/run/replications", "2");
    put(doc, "/run/follow_up", "'6 weeks'");
    struct run one = run_document(doc, 0);
    put(doc, "/run/follow_up", "'12 weeks'");
    struct run two = run_document(doc, 0);
    for (size_t p = 0; p < one.res->policy_n; p++) {
        ck_assert_same_numbers(one.res, p, two.res, p, CCS_SCOPE_WINDOW);
    }
    run_free(&one);
    run_free(&two);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(times_until_abandonment_are_not_patience)
{
    /* Patience of 10 minutes on average; who abandons does so much earlier, because who was patient
     * has been answered. With exponential patience waiting time / abandonments estimates its mean:
     * standard error about mean / sqrt(abandonments); limit 4. */
    cJSON *doc = eight_hours();
    put(doc, "/channels/phone/patience", "{'dist': 'exponential', 'mean': '10 min'}");
    put(doc, "/run/replications", "40");
    put(doc, "/teams/agents/agents", "5");
    struct run run = run_document(doc, 0);
    double abandoned = sum_of(&run, run.res->num, "abandonment_rate");
    double waited = sum_of(&run, run.res->num, "wait_mean");
    double until = (waited - sum_of(&run, run.res->num, "wait_answered_mean")) / abandoned;
    ck_assert_double_gt(abandoned, 500);
    ck_assert_double_lt(until, 0.5 * 600);
    ck_assert_double_lt(fabs(waited / abandoned / 600 - 1), 4 / sqrt(abandoned));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_last_interval_of_a_table_counts_as_far_as_it_reaches)
{
    /* Intervals of 50 minutes; the window ends inside the third, or after the table. */
    static const struct {
        const char *horizon;
        double expected;
    } cases[] = {{"140 min", 100 + 300 + 500 * 0.8}, {"4 h", 100 + 300 + 500}, {"149 min", 890}};
    cJSON *doc = eight_hours();
    putf(doc, "/run/horizon", "'%s'", cases[_i].horizon);
    put(doc, "/run/period", "'30 min'");
    put(doc, "/teams/agents/agents", "100");
    put(doc, "/issue_types/call/volume/per_interval",
        "{'interval': '50 min', 'values': [100, 300, 500]}");
    struct run run = run_document(doc, 0);
    double expected = 10 * cases[_i].expected;
    double z = (sum_of(&run, run.res->num, "contacts_offered") - expected) / sqrt(expected);
    ck_assert_double_lt(fabs(z), 4);
    if (_i == 1) { /* after 150 minutes nobody calls any more */
        for (size_t r = 0; r < run.res->replications; r++) {
            ck_assert_double_gt(in_period(&run, "contacts_offered", 4, r), 0);
            for (size_t i = 5; i < 8; i++) {
                ck_assert_double_eq(in_period(&run, "contacts_offered", i, r), 0);
            }
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(no_period_serves_more_than_it_was_offered)
{
    /* A morning rush that is worked off all day: waits of an hour cross the borders. */
    cJSON *doc = eight_hours();
    put(doc, "/issue_types/call/volume/per_interval",
        "{'interval': '1 h', 'values': [100, 80, 10, 5, 5, 5, 5, 5]}");
    put(doc, "/channels/phone/patience", "{'dist': 'exponential', 'mean': '2 h'}");
    struct run run = run_document(doc, 0);
    bool handled_more = false;
    for (size_t r = 0; r < run.res->replications; r++) {
        for (size_t i = 0; i < 8; i++) {
            double offered = in_period(&run, "contacts_offered", i, r);
            double ended = in_period(&run, "contacts_answered", i, r) +
                           in_period(&run, "abandonment_rate", i, r);
            ck_assert_double_eq(ended, offered); /* all are followed to their end */
            ck_assert_double_le(in_period(&run, "service_level", i, r), offered);
            handled_more = handled_more || in_period(&run, "contacts_handled", i, r) > offered;
        }
    }
    ck_assert(handled_more); /* counted by when it is handled, and so it should be */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_border_belongs_to_what_begins_there)
{
    double values[3] = {1, 2, 4};
    struct ccs_series series = {.interval = CCS_US_PER_H, .v = values, .n = 3};
    struct ccs_week_span span = {9 * 60, 17 * 60}; /* Mondays */
    struct ccs_calendar_config calendar = {.hours = {&span, 1}};
    const int64_t monday = 4; /* 1970-01-05 */
    ccs_time until;
    ck_assert_double_eq(ccs_series_at(&series, monday, CCS_US_PER_H - 1, &until), 1);
    ck_assert_int_eq(until, CCS_US_PER_H);
    ck_assert_double_eq(ccs_series_at(&series, monday, CCS_US_PER_H, &until), 2);
    ck_assert_double_eq(ccs_series_at(&series, monday, 3 * CCS_US_PER_H - 1, &until), 4);
    ck_assert_double_eq(ccs_series_at(&series, monday, 3 * CCS_US_PER_H, &until), 0);
    ck_assert(!ccs_calendar_open(&calendar, monday, 9 * CCS_US_PER_H - 1, &until));
    ck_assert_int_eq(until, 9 * CCS_US_PER_H);
    ck_assert(ccs_calendar_open(&calendar, monday, 9 * CCS_US_PER_H, &until));
    ck_assert(ccs_calendar_open(&calendar, monday, 17 * CCS_US_PER_H - 1, &until));
    ck_assert_int_eq(until, 17 * CCS_US_PER_H);
    ck_assert(!ccs_calendar_open(&calendar, monday, 17 * CCS_US_PER_H, &until));
}
END_TEST

START_TEST(hours_without_anybody_end_when_somebody_comes)
{
    cJSON *doc = eight_hours();
    put(doc, "/teams/agents/agents",
        "{'interval': '1 h', 'repeat': 'day', 'values': [0, 0, 0, 0, 0, 0, 0, 60]}");
    put(doc, "/issue_types/call/volume/per_interval/values", "[80]");
    struct run run = run_document(doc, 0);
    for (size_t r = 0; r < run.res->replications; r++) {
        for (size_t i = 0; i < 7; i++) {
            ck_assert_double_eq(in_period(&run, "contacts_handled", i, r), 0);
        }
    }
    ck_assert_double_eq(sum_of(&run, run.res->num, "contacts_answered"),
                        sum_of(&run, run.res->num, "contacts_offered"));
    ck_assert_double_eq(sum_of(&run, run.res->num, "staffed_hours"), 10 * 60);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_day_without_calls_has_no_averages_but_reasons)
{
    cJSON *doc = eight_hours();
    put(doc, "/issue_types/call/volume/per_interval/values", "[0]");
    struct run run = run_document(doc, 0);
    const struct ccs_estimate *wait = estimate_of(run.res, 0, "wait_mean");
    ck_assert(isnan(wait->mean));
    ck_assert_ptr_nonnull(wait->reason);
    ck_assert_double_eq(estimate_of(run.res, 0, "contacts_offered")->mean, 0);
    ck_assert_double_eq(estimate_of(run.res, 0, "occupancy")->mean, 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_traps_time(void)
{
    Suite *suite = suite_create("traps_time");
    TCase *c = tcase_create("traps");
    tcase_add_test(c, the_drain_after_the_end_is_in_no_average);
    tcase_add_test(c, a_longer_follow_up_moves_no_window_metric);
    tcase_add_test(c, times_until_abandonment_are_not_patience);
    tcase_add_loop_test(c, the_last_interval_of_a_table_counts_as_far_as_it_reaches, 0, 3);
    tcase_add_test(c, no_period_serves_more_than_it_was_offered);
    tcase_add_test(c, a_border_belongs_to_what_begins_there);
    tcase_add_test(c, hours_without_anybody_end_when_somebody_comes);
    tcase_add_test(c, a_day_without_calls_has_no_averages_but_reasons);
    suite_add_tcase(suite, c);
    return suite;
}
