/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handling times by team, type and time; time to answer; unplanned pauses; outsourcers' bills. What
 * is constant is counted to the microsecond and to the last unit of money.
 */
#include "../erlang.h"
#include "../sim_help.h"

#include "stats/zscore.h"
#include "world/signature.h"

Suite *suite_handling(void);

#define RUN                                                                                        \
    "{'name': 'handling', 'run': {'start': '2026-01-05', 'horizon': '2 days', 'warmup': '0 s', "   \
    "'follow_up': '2 days'}, "
#define HEAD RUN "'channels': {'phone': {'service_level_threshold': '5 s'}}, "
#define BUSY "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '5 min'}}, "
/* all in the first hours of the day, so that all of it ends in the window */
#define COUNTED                                                                                    \
    "'issue_types': {'call': {'volume': {'daily_counts': 100}, 'profile': {'interval': '6 h', "    \
    "'repeat': 'day', 'values': [1, 0, 0, 0]}, 'talk': '2 min', "                                  \
    "'hold': '1 min', 'wrap': '30 s'}}, "

struct lived {
    struct ccs_team_sums team[2];
    struct ccs_access access;
    ccs_money outsourcing, labor;
    uint64_t signature;
};

/* One replication of what follows the head, with balanced books. */
__attribute__((format(printf, 1, 2))) static struct lived live(const char *format, ...)
{
    static char text[8192];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ck_assert_int_lt(n, (int)sizeof text);
    struct ccs_scenario *sc = scenario_of(text);
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    struct lived lived = {.signature = ccs_world_signature(lone.w)};
    for (uint32_t t = 0; t < lone.w->measure.teams.len && t < 2; t++) {
        lived.team[t] = ((const struct ccs_team_sums *)lone.w->measure.teams.data)[t];
    }
    for (uint32_t p = 0; p < lone.w->measure.access.len; p++) {
        const struct ccs_access *a = &((const struct ccs_access *)lone.w->measure.access.data)[p];
        lived.access.offered += a->offered;
        lived.access.answered += a->answered;
        lived.access.in_target += a->in_target;
        lived.access.wait_answered_us += a->wait_answered_us;
    }
    lived.outsourcing =
        ccs_ledger_sum(&lone.w->window_books, CCS_ACCOUNT_OUTSOURCING, -1, -1, -1, -1);
    lived.labor = plain_wages_of(&lone, -1);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    return lived;
}

/* --- factors --- */

START_TEST(a_team_with_a_factor_is_a_queue_with_another_service_rate)
{
    struct ccs_scenario *sc =
        scenario_of("{'name': 'factor', 'run': {'horizon': '20 h', 'warmup': '2 h', "
                    "'follow_up': '2 h', 'replications': 20, 'seed': 11}, "
                    "'channels': {'phone': {}}, 'issue_types': {'call': {'volume': {'rate_per_h': "
                    "360}, 'talk': {'dist': 'exponential', 'mean': '50 s'}}}, "
                    "'teams': {'all': {'agents': 8, 'talk_factor': {'call': 1.2}}}}");
    struct ccs_results *res = experiment_of(sc, 0, 1);
    double wait = erlang_c(6, 8);
    const struct {
        const char *metric;
        double value;
    } exact[] = {{"wait_probability", wait}, {"wait_mean", 60 * wait / 2}, {"occupancy", 0.75}};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        double z = ccs_z_compare(estimate_of(res, 0, exact[i].metric), exact[i].value, 0);
        ck_assert_msg(fabs(z) <= CCS_Z_FAIL, "%s: z %.2f", exact[i].metric, z);
    }
    assert_balanced(res);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(factors_differ_by_team_and_type)
{
    struct lived lived =
        live(RUN "'channels': {'phone': {}, 'chat': {'kind': 'chat'}}, 'issue_types': {"
                 "'u': {'volume': {'daily_counts': 100}, 'channel_mix': {'phone': 1}, "
                 "'talk': '100 s', 'wrap': '60 s'},"
                 "'v': {'volume': {'daily_counts': 60}, 'channel_mix': {'phone': 1}, "
                 "'talk': '100 s', 'wrap': '60 s'},"
                 "'x': {'volume': {'daily_counts': 50}, 'channel_mix': {'chat': 1}, "
                 "'talk': '100 s', 'wrap': '60 s'}}, 'teams': {"
                 "'a': {'agents': 900, 'channels': ['phone'], 'talk_factor': {'u': 1.5, 'x': 9}, "
                 "'wrap_factor': {'v': 2}},"
                 "'b': {'agents': 900, 'channels': ['chat'], 'talk_factor': 0.5, "
                 "'wrap_factor': 0}}}");
    ck_assert_int_eq(lived.team[0].talk_us, 2 * (100 * 150 + 60 * 100) * CCS_US_PER_S);
    ck_assert_int_eq(lived.team[1].talk_us, 2 * 50 * 50 * CCS_US_PER_S);
    ck_assert_int_eq(lived.team[1].wrap_us, 0);
    /* who wraps up after the window is not counted: a few of 160 a day at most */
    ck_assert_int_le(lived.team[0].wrap_us, 2 * (100 * 60 + 60 * 120) * CCS_US_PER_S);
    ck_assert_int_ge(lived.team[0].wrap_us, (2 * (100 * 60 + 60 * 120) - 600) * CCS_US_PER_S);
}
END_TEST

START_TEST(a_profile_holds_for_legs_that_begin_in_its_hours_and_is_1_elsewhere)
{
    /* everybody calls in six hours of the day; from 18:00 talk takes twice as long */
    for (int evening = 0; evening < 2; evening++) {
        struct lived lived =
            live(HEAD "'issue_types': {'call': {'volume': {'daily_counts': 80}, "
                      "'profile': {'interval': '6 h', 'repeat': 'day', 'values': [%s]},"
                      "'talk': '100 s', 'talk_profile': {'interval': '6 h', 'repeat': 'day', "
                      "'from': '18 h', 'values': [2]}}}, 'teams': {'a': {'agents': 900}}}",
                 evening ? "0, 0, 0, 1" : "1, 0, 0, 0");
        ck_assert_int_eq(lived.team[0].talk_us, 2 * 80 * (evening ? 200 : 100) * CCS_US_PER_S);
    }
}
END_TEST

/* --- time to answer --- */

START_TEST(a_constant_time_to_answer_shifts_every_wait_by_it)
{
    const char *demand = HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 100}, "
                              "'talk': '%d s'}}, 'teams': {'a': {'agents': 2%s}}}";
    char text[1000];
    snprintf(text, sizeof text, demand, 60, ", 'answer_delay': '5 s'");
    struct lived rings = live("%s", text);
    snprintf(text, sizeof text, demand, 65, "");
    struct lived plain = live("%s", text);
    ck_assert_int_gt(plain.access.wait_answered_us, 0);
    ck_assert_int_eq(rings.access.answered, rings.access.offered);
    ck_assert_int_eq(rings.access.answered, plain.access.answered);
    ck_assert_int_eq(rings.access.wait_answered_us,
                     plain.access.wait_answered_us + plain.access.answered * 5 * CCS_US_PER_S);
    ck_assert_int_eq(rings.team[0].busy_us, plain.team[0].busy_us);
    ck_assert_int_eq(rings.team[0].hold_us, rings.team[0].legs * 5 * CCS_US_PER_S);
}
END_TEST

START_TEST(a_time_to_answer_is_waiting_for_the_service_level)
{
    const char *delay[] = {"5 s", "5.000001 s"};
    for (int late = 0; late < 2; late++) {
        struct lived lived = live(HEAD COUNTED "'teams': {'a': {'agents': 900, "
                                               "'answer_delay': '%s'}}}",
                                  delay[late]);
        ck_assert_int_eq(lived.access.answered, 200);
        ck_assert_int_eq(lived.access.in_target, late ? 0 : 200);
    }
}
END_TEST

/* --- pauses --- */

START_TEST(pauses_are_paid_and_neither_on_duty_nor_busy)
{
    /* one agent, calls of 5 min without end, each followed by 5 min of pause: by headcount, with
     * agents told apart, with a shift */
    const char *staff[] = {"'agents': 1", "'agents': 1",
                           "'shifts': {'s': {'agents': 1, 'hours': 'always'}}"};
    for (int i = 0; i < 3; i++) {
        struct lived lived =
            live(HEAD BUSY "%s'teams': {'a': {%s, 'wage_per_h': 10, "
                           "'pause_after_contact': {'probability': 1, 'length': '5 min'}}}}",
                 i == 1 ? "'routing': {'agent': 'longest_idle'}, " : "", staff[i]);
        const struct ccs_team_sums *sums = &lived.team[0];
        ck_assert_int_eq(sums->level_us + sums->away_us, 2 * CCS_US_PER_DAY);
        ck_assert_int_eq(sums->paid_us, sums->level_us);
        ck_assert_int_ge(sums->legs, 287); /* 288 but for the wait for the first call */
        ck_assert_int_le(sums->legs, 288);
        ck_assert_int_ge(sums->away_us, 287 * 5 * CCS_US_PER_MIN - CCS_US_PER_MIN);
        ck_assert_int_le(sums->away_us, 288 * 5 * CCS_US_PER_MIN);
        ck_assert_int_eq(lived.labor, 48 * 10 * CCS_MONEY_PER_UNIT);
    }
}
END_TEST

START_TEST(who_pauses_goes_home_before_who_is_in_a_call)
{
    /* headcount 4 and 1 by turns of two hours; pauses of 90 min after calls of 5 min: never more
     * than the headcount is paid, and only legs that began before the drop are overtime */
    struct lived lived =
        live(HEAD BUSY "'teams': {'a': {'agents': {'interval': '2 h', 'repeat': 'day', "
                       "'values': [4, 1, 4, 1, 4, 1, 4, 1, 4, 1, 4, 1]}, 'wage_per_h': 10, "
                       "'pause_after_contact': {'probability': 0.3, 'length': '90 min'}}}}");
    const struct ccs_team_sums *sums = &lived.team[0];
    ck_assert_int_eq(sums->level_us + sums->away_us, 2 * 12 * 5 * CCS_US_PER_H);
    ck_assert_int_gt(sums->away_us, 10 * CCS_US_PER_H);
    ck_assert_int_le(sums->paid_us - sums->level_us, 12 * 3 * 5 * CCS_US_PER_MIN);
}
END_TEST

/* --- headcount --- */

START_TEST(a_factor_on_the_headcount_counts_before_rounding)
{
    const struct {
        const char *factor;
        int64_t agents;
    } cases[] = {{"1", 10 + 5}, {"0.95", 10 + 5}, {"0.94", 9 + 5}, {"1.3", 13 + 7}, {"0.5", 5 + 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct lived lived =
            live(HEAD COUNTED "'teams': {'a': {'agents': {'interval': '12 h', 'repeat': 'day', "
                              "'values': [10, 5]}, 'agents_factor': %s}}}",
                 cases[i].factor);
        ck_assert_int_eq(lived.team[0].level_us, 2 * 12 * cases[i].agents * CCS_US_PER_H);
    }
}
END_TEST

START_TEST(a_factor_on_a_headcount_that_is_not_there_is_refused)
{
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_scenario(
        HEAD COUNTED "'teams': {'a': {'agents_factor': 0.9, 'shifts': {'s': {'agents': 1, "
                     "'hours': 'always'}}}}}",
        NULL, &diags);
    ck_assert_ptr_null(sc);
    ck_assert_str_eq(ccs_diagnostics_get(diags, 0)->code, "CCS-E330");
    ccs_diagnostics_destroy(diags);
}
END_TEST

/* --- outsourcers --- */

START_TEST(outsourcing_costs_contacts_times_price_and_minutes_times_price)
{
    struct lived lived = live(HEAD COUNTED "'teams': {'a': {'agents': 900, "
                                           "'cost_per_contact': 2.35}}}");
    ck_assert_int_eq(lived.team[0].legs, 200);
    ck_assert_int_eq(lived.outsourcing, 200 * 23500);
    ck_assert_int_eq(lived.labor, 0);
    lived = live(HEAD COUNTED "'teams': {'a': {'agents': 900, 'answer_delay': '6 s', "
                              "'cost_per_handled_min': 0.6}}}");
    ck_assert_int_eq(lived.outsourcing, 200 * 36 * 600); /* 3.6 min each; slices of whole units */
}
END_TEST

START_TEST(outsourcing_is_in_the_costs_of_the_run_and_of_the_issue)
{
    struct ccs_scenario *sc =
        scenario_of(HEAD COUNTED "'teams': {'a': {'agents': 900, 'cost_per_contact': 2, "
                                 "'cost_per_handled_min': 1}}}");
    struct ccs_results *res = experiment_of(sc, 2, 1);
    assert_balanced(res);
    ck_assert_double_eq_tol(estimate_of(res, 0, "cost_per_issue")->mean, 5.5, 1e-9);
    ck_assert_double_eq_tol(estimate_of(res, 0, "cost_total")->mean, 200 * 5.5, 1e-9);
    ck_assert_double_eq_tol(estimate_of(res, 0, "cost_workload")->mean, 200 * 5.5, 1e-9);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

/* --- all at once --- */

START_TEST(neutral_values_change_nothing)
{
    struct lived without = live(HEAD COUNTED "'teams': {'a': {'agents': 3}}}");
    struct lived with =
        live(HEAD COUNTED "'teams': {'a': {'agents': 3, 'agents_factor': 1, 'talk_factor': {}, "
                          "'wrap_factor': 1, 'answer_delay': '0 s', "
                          "'pause_after_contact': {'probability': 0, 'length': '1 h'}, "
                          "'cost_per_contact': 0}}}");
    ck_assert_uint_eq(with.signature, without.signature);
}
END_TEST

START_TEST(every_mechanism_at_once_keeps_the_books_balanced)
{
    for (int plainly = 0; plainly < 2; plainly++) {
        cJSON *doc = read_document("tests/data/everything.json");
        cJSON *teams = cJSON_GetObjectItemCaseSensitive(doc, "teams");
        for (cJSON *team = teams->child; team; team = team->next) {
            cJSON_AddItemToObject(team, "answer_delay",
                                  document_of("{'dist': 'exponential', 'mean': '1 min'}"));
            cJSON_AddItemToObject(
                team, "pause_after_contact",
                document_of("{'probability': 0.3, 'length': {'dist': 'exponential', "
                            "'mean': '20 min'}}"));
            cJSON_AddItemToObject(team, "cost_per_contact", document_of("0.5"));
            cJSON_AddItemToObject(team, "cost_per_handled_min", document_of("0.25"));
        }
        if (!plainly) {
            put(doc, "/routing", "{'agent': 'longest_idle'}");
        }
        struct ccs_scenario *sc = scenario_from(doc);
        struct ccs_results *res = experiment_of(sc, 2, 1);
        assert_balanced(res);
        ccs_results_destroy(res);
        ccs_scenario_destroy(sc);
        cJSON_Delete(doc);
    }
}
END_TEST

Suite *suite_handling(void)
{
    Suite *s = suite_create("handling");
    TCase *tc = tcase_create("handling");
    tcase_add_test(tc, a_team_with_a_factor_is_a_queue_with_another_service_rate);
    tcase_add_test(tc, factors_differ_by_team_and_type);
    tcase_add_test(tc, a_profile_holds_for_legs_that_begin_in_its_hours_and_is_1_elsewhere);
    tcase_add_test(tc, a_constant_time_to_answer_shifts_every_wait_by_it);
    tcase_add_test(tc, a_time_to_answer_is_waiting_for_the_service_level);
    tcase_add_test(tc, pauses_are_paid_and_neither_on_duty_nor_busy);
    tcase_add_test(tc, who_pauses_goes_home_before_who_is_in_a_call);
    tcase_add_test(tc, a_factor_on_the_headcount_counts_before_rounding);
    tcase_add_test(tc, a_factor_on_a_headcount_that_is_not_there_is_refused);
    tcase_add_test(tc, outsourcing_costs_contacts_times_price_and_minutes_times_price);
    tcase_add_test(tc, outsourcing_is_in_the_costs_of_the_run_and_of_the_issue);
    tcase_add_test(tc, neutral_values_change_nothing);
    tcase_add_test(tc, every_mechanism_at_once_keeps_the_books_balanced);
    suite_add_tcase(s, tc);
    return s;
}
