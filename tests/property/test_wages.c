/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wage surcharges and the overtime factor: wages to the unit, and nothing but wages. */
#include "../sim_help.h"

#include "base/units.h"

Suite *suite_wages(void);

/* A Monday. */
#define HEAD                                                                                       \
    "{'name': 'wages', 'run': {'start': '2026-01-05', 'horizon': '%d days', 'warmup': '1 day', "   \
    "'follow_up': '2 days'}, 'channels': {'phone': {}}, "                                          \
    "'calendars': {'national': {'hours': 'always', 'holidays': ['2026-01-07']}}, "
#define EMPTY "'issue_types': {'call': {'volume': {'rate_per_h': 0}, 'talk': '5 min'}}, "
#define QUIET "'issue_types': {'call': {'volume': {'rate_per_h': 10}, 'talk': '5 min'}}, "
/* calls of 50 minutes without a pause */
#define BUSY "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '50 min'}}, "
#define WEEK_OF_SURCHARGES                                                                         \
    "{'evening': {'hours': {'mon-sat': '20:00-24:00'}, 'factor': 1.25}, "                          \
    "'night': {'hours': {'mon-sun': '00:00-06:00'}, 'factor': 0.5}, "                              \
    "'sunday': {'hours': {'sun': '06:00-24:00'}, 'factor': 1.5}, "                                 \
    "'holiday': {'holidays': 'national', 'factor': 2}}"

struct wages {
    ccs_money plain, premium;
    struct ccs_team_sums sums;
};

/* What team 0 has cost in a replication whose books balance. */
static struct wages live(int days, const char *demand, const char *team)
{
    struct text text = {.n = 0};
    say(&text, HEAD "%s'teams': {'all': %s}}", days, demand, team);
    struct ccs_scenario *sc = scenario_of(text.s);
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    struct wages wages = {
        .plain = plain_wages_of(&lone, 0),
        .premium = ccs_ledger_sum(&lone.w->window_books, CCS_ACCOUNT_LABOR_PREMIUM, 0, -1, -1, -1),
        .sums = *(const struct ccs_team_sums *)lone.w->measure.teams.data,
    };
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    return wages;
}

START_TEST(surcharges_cost_their_hours_to_the_unit)
{
    /* a week of three agents: evenings 5 x 4 h, nights 6 x 6 h, Sunday 18 h, the holiday 24 h */
    struct wages wages = live(
        7, QUIET, "{'agents': 3, 'wage_per_h': 10, 'wage_surcharges': " WEEK_OF_SURCHARGES "}");
    double hours = 20 * 0.25 - 36 * 0.5 + 18 * 0.5 + 24;
    ck_assert_int_eq(wages.plain, 3 * 168 * 10 * CCS_MONEY_PER_UNIT);
    ck_assert_int_eq(wages.premium, (ccs_money)(3 * 10 * hours * CCS_MONEY_PER_UNIT));
}
END_TEST

START_TEST(a_window_that_ends_amid_a_surcharge_and_a_week_cuts_both)
{
    /* ten days from Monday to Wednesday, of which one evening is on the holiday; a headcount that
     * changes amid the evening: 20:00-22:00 of two agents, then of one */
    struct wages wages =
        live(10, EMPTY,
             "{'agents': {'interval': '1 h', 'repeat': 'day', 'values': [1, 1, 1, 1, 1, 1, 1, "
             "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1]}, 'wage_per_h': 10, "
             "'absence': 0, 'wage_surcharges': {'evening': {'hours': {'mon-sun': '20:00-24:00'}, "
             "'factor': 1.3}, 'holiday': {'holidays': 'national', 'factor': 1}}}");
    ck_assert_int_eq(wages.premium, 9 * 6 * 3 * CCS_MONEY_PER_UNIT);
}
END_TEST

START_TEST(overtime_costs_both_its_factor_and_the_surcharge_of_the_hour)
{
    /* two agents whose ninth call ends half an hour late, of which 20 min at the evening's rate */
    struct wages wages =
        live(2, BUSY,
             "{'wage_per_h': 12, 'overtime_factor': 1.5, 'shifts': {'day': {'agents': 2, "
             "'hours': {'mon-sun': '09:00-16:00'}}}, 'wage_surcharges': {'evening': {'hours': "
             "{'mon-sun': '16:10-24:00'}, 'factor': 1.25}}}");
    ck_assert_int_eq(wages.sums.paid_us - wages.sums.level_us, 2 * 2 * 30 * CCS_US_PER_MIN);
    double minutes = 2 * 2 * (10 * 0.5 + 20 * (1.25 * 1.5 - 1));
    ck_assert_int_eq(wages.premium, (ccs_money)(minutes / 60 * 12 * CCS_MONEY_PER_UNIT));
}
END_TEST

START_TEST(paid_absence_gets_the_surcharge_too)
{
    const char *team = "{'agents': 40, 'absence': 0.3, 'absence_paid': %s, 'wage_per_h': 10, "
                       "'wage_surcharges': {'all': {'hours': 'always', 'factor': 3}}}";
    for (int paid = 0; paid < 2; paid++) {
        char text[400];
        snprintf(text, sizeof text, team, paid ? "true" : "false");
        struct wages wages = live(7, QUIET, text);
        ck_assert_int_gt(wages.sums.level_us, 0);
        ck_assert_int_lt(wages.sums.level_us, 40 * 7 * CCS_US_PER_DAY);
        ck_assert_int_eq(wages.premium, 2 * wages.plain);
    }
}
END_TEST

START_TEST(a_surcharge_at_all_times_is_a_higher_wage)
{
    const char *team = "{'shifts': {'day': {'agents': 3, 'hours': {'mon-sun': '07:30-16:00'}, "
                       "'breaks': {'lunch': {'after': '3 h', 'length': '30 min', 'paid': true}}}}, "
                       "'shrinkage': 0.2, 'wage_per_h': %s}";
    char text[400];
    snprintf(text, sizeof text, team, "30");
    struct wages high = live(16, BUSY, text);
    snprintf(text, sizeof text, team,
             "20, 'wage_surcharges': {'all': {'hours': 'always', 'factor': 1.5}}");
    struct wages low = live(16, BUSY, text);
    ck_assert_int_gt(high.sums.paid_us, high.sums.level_us);
    ck_assert_int_eq(high.premium, 0);
    ck_assert_int_eq(memcmp(&high.sums, &low.sums, sizeof low.sums), 0); /* nothing but wages */
    ck_assert_int_le(llabs(high.plain - low.plain - low.premium), 1);    /* both are rounded */
}
END_TEST

START_TEST(the_total_pays_surcharges_and_the_workload_does_not)
{
    char text[4000];
    snprintf(text, sizeof text,
             HEAD QUIET "'teams': {'all': {'agents': 3, 'wage_per_h': 10}}, 'baseline': 'plain', "
                        "'policies': {'plain': {'kind': 'none'}, 'dear': {'kind': 'none', "
                        "'with': {'teams': {'all': {'wage_surcharges': %s}}}}}}",
             7, WEEK_OF_SURCHARGES);
    cJSON *doc = document_of(text);
    struct run run = run_document(doc, 2);
    size_t plain = policy_at(run.res, "plain");
    size_t dear = policy_at(run.res, "dear");
    double hours = 20 * 0.25 - 36 * 0.5 + 18 * 0.5 + 24;
    ck_assert_double_eq_tol(estimate_of(run.res, dear, "cost_total")->mean -
                                estimate_of(run.res, plain, "cost_total")->mean,
                            3 * 10 * hours, 1e-6);
    ck_assert_double_eq_tol(estimate_of(run.res, dear, "cost_workload")->mean,
                            estimate_of(run.res, plain, "cost_workload")->mean, 1e-6);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_wages(void)
{
    Suite *suite = suite_create("wages");
    TCase *tc = tcase_create("wages");
    tcase_add_test(tc, surcharges_cost_their_hours_to_the_unit);
    tcase_add_test(tc, a_window_that_ends_amid_a_surcharge_and_a_week_cuts_both);
    tcase_add_test(tc, overtime_costs_both_its_factor_and_the_surcharge_of_the_hour);
    tcase_add_test(tc, paid_absence_gets_the_surcharge_too);
    tcase_add_test(tc, a_surcharge_at_all_times_is_a_higher_wage);
    tcase_add_test(tc, the_total_pays_surcharges_and_the_workload_does_not);
    suite_add_tcase(suite, tc);
    return suite;
}
