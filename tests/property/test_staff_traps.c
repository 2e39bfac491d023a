/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Traps in which simulators of call centers have been caught: staff at zero, shifts that end during
 * a call, borders of intervals, absence whose mean is not the stated one.
 */
#include "../sim_help.h"

#include "model/roster.h"

Suite *suite_staff_traps(void);

#define HEAD                                                                                       \
    "{'name': 'trap', 'run': {'start': '2026-01-05', 'horizon': '2 days', 'warmup': '0 s', "       \
    "'follow_up': '2 days'}, 'channels': {'phone': {}}, "

static const struct ccs_team_sums *team_sums(const struct lone_world *lone)
{
    return lone->w->measure.teams.data;
}

START_TEST(staff_may_drop_to_zero_while_contacts_wait)
{
    /* on duty in the first and the last six hours of a day; nobody gives up */
    struct ccs_scenario *sc = scenario_of(
        HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 10}, 'talk': '5 min'}}, "
             "'teams': {'all': {'agents': {'interval': '6 h', 'repeat': 'day', "
             "'values': [4, 0, 0, 4]}}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_access *access = lone.w->measure.access.data;
    ck_assert_int_eq(access->answered, access->offered);
    ck_assert_int_gt(access->over_5min, access->offered / 4);
    ck_assert_int_eq(team_sums(&lone)->level_us, 4 * 24 * CCS_US_PER_H);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_shift_that_ends_during_a_call_ends_in_overtime)
{
    /* calls of 50 minutes without a pause in two shifts of 7 hours a day: the ninth call of each
     * begins after 6 h 40 min and ends 30 min late */
    struct ccs_scenario *sc = scenario_of(
        HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '50 min'}}, "
             "'teams': {'all': {'wage_per_h': 10, 'shifts': {'day': {'agents': 2, "
             "'hours': {'mon-sun': '09:00-16:00'}}}}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_team_sums *sums = team_sums(&lone);
    ck_assert_int_eq(sums->level_us, 2 * 2 * 7 * CCS_US_PER_H);
    ck_assert_int_eq(sums->paid_us - sums->level_us, 2 * 2 * 30 * CCS_US_PER_MIN);
    ck_assert_int_eq(sums->busy_us, sums->paid_us); /* no more is handled than is staffed */
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(who_stays_in_a_call_counts_when_staff_rises_again)
{
    /* Calls of a day without a pause begin just after midnight; from noon to 18:00 one of the two
     * agents is not due. Who is late then is no third agent afterwards. */
    struct ccs_scenario *sc = scenario_of(
        HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '24 h'}}, "
             "'teams': {'all': {'agents': {'interval': '6 h', 'repeat': 'day', "
             "'values': [2, 2, 1, 2]}}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_team_sums *sums = team_sums(&lone);
    ck_assert_int_eq(sums->legs, 2 * 2);
    ck_assert_int_eq(sums->level_us, 2 * (2 + 2 + 1 + 2) * 6 * CCS_US_PER_H);
    ck_assert_int_eq(sums->paid_us - sums->level_us, 2 * 6 * CCS_US_PER_H);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_break_that_begins_during_a_call_comes_late_and_whole)
{
    /* calls of 50 minutes without a pause: the break after 2 h is taken at 2 h 30 min to 3 h; from
     * there on six calls until 8 h */
    struct ccs_scenario *sc = scenario_of(
        HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '50 min'}}, "
             "'teams': {'all': {'shifts': {'day': {'agents': 1, "
             "'hours': {'mon-sun': '09:00-17:00'}, 'breaks': {'lunch': {'after': '2 h', "
             "'length': '30 min'}}}}}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_team_sums *sums = team_sums(&lone);
    ck_assert_int_eq(sums->legs, 2 * 9);
    ck_assert_int_eq(sums->level_us, 2 * (8 * 60 - 30) * CCS_US_PER_MIN);
    ck_assert_int_eq(sums->paid_us, sums->level_us); /* the last call ends with the shift */
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_shift_over_sunday_midnight_is_one_shift)
{
    struct ccs_scenario *sc = scenario_of(
        HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1}, 'talk': '5 min'}}, "
             "'teams': {'all': {'shifts': {'night': {'agents': 1, 'hours': {'sun': '22:00-24:00', "
             "'mon': '00:00-06:00'}, 'breaks': {'rest': {'after': '3 h', 'length': '1 h'}}}}}}}");
    const struct ccs_model *m = model_of(sc, NULL); /* t = 0 is a Monday's midnight */
    struct ccs_presence p = ccs_roster_at(m, 1, 0, 0, -CCS_US_PER_H);
    ck_assert_int_eq(p.duty, CCS_DUTY_ON);
    ck_assert_int_eq(p.until, CCS_US_PER_H);
    ck_assert_int_eq(p.shift_end, 6 * CCS_US_PER_H);
    p = ccs_roster_at(m, 1, 0, 0, CCS_US_PER_H);
    ck_assert_int_eq(p.duty, CCS_DUTY_BREAK);
    ck_assert_int_eq(p.until, 2 * CCS_US_PER_H);
    p = ccs_roster_at(m, 1, 0, 0, 6 * CCS_US_PER_H); /* a border belongs to what begins there */
    ck_assert_int_eq(p.duty, CCS_DUTY_OFF);
    ck_assert_int_eq(p.until, (6 * 24 + 22) * CCS_US_PER_H);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(absence_and_shrinkage_have_the_stated_means)
{
    struct ccs_scenario *sc =
        scenario_of(HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1}, 'talk': '5 min'}}, "
                         "'teams': {'all': {'agents': 1000, 'absence': 0.1, 'shrinkage': 0.2}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    const struct ccs_team_sums *sums = team_sums(&lone);
    double share = (double)sums->level_us / (1000.0 * 48 * (double)CCS_US_PER_H);
    /* 2000 days of absence, so that its part dominates the error; z limit 4 */
    ck_assert_double_eq_tol(share, 0.9 * 0.8, 4 * 0.8 * sqrt(0.1 * 0.9 / 2000));
    ck_assert_int_eq(sums->level_us + sums->away_us, 1000 * 48 * CCS_US_PER_H);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(shrinkage_is_paid_also_where_absence_is_not)
{
    static const char *const absence[] = {"/teams/all/absence=0", "/teams/all/absence=0.25"};
    for (int i = 0; i < 2; i++) {
        struct ccs_scenario *sc =
            scenario_with(HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1}, "
                               "'talk': '5 min'}}, 'teams': {'all': {'agents': 1000, "
                               "'absence_paid': false, 'shrinkage': 0.2}}}",
                          absence[i]);
        struct lone_world lone;
        world_live_balanced(&lone, sc);
        const struct ccs_team_sums *sums = team_sums(&lone);
        double paid_h = (double)(sums->level_us + sums->away_us) / (double)CCS_US_PER_H;
        if (i == 0) {
            ck_assert_double_eq(paid_h, 48000);
        } else { /* 2000 days of absence; z limit 4 */
            ck_assert_double_eq_tol(paid_h, 0.75 * 48000, 4 * 24 * sqrt(2000 * 0.25 * 0.75));
        }
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

START_TEST(absence_and_shrinkage_may_change_with_time)
{
    /* half of them absent on the second day; a fifth of those who are there away after noon */
    static const char *const absence =
        "/teams/all/absence={'interval': '1 day', 'values': [0, 0.5]}";
    static const char *const team[] = {
        "{'agents': 1000, ",
        "{'shifts': {'day': {'agents': 1000, 'hours': {'mon-sun': '08:00-20:00'}}}, "};
    static const double hours[] = {1.5 * (12 + 12 * 0.8), 1.5 * (4 + 8 * 0.8)}; /* per agent */
    for (int i = 0; i < 2; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 1}, 'talk': '5 min'}}, "
                      "'teams': {'all': %s'shrinkage': {'interval': '12 h', 'repeat': 'day', "
                      "'values': [0, 0.2]}}}}",
                 team[i]);
        struct ccs_scenario *sc = scenario_with(text, absence);
        struct lone_world lone;
        world_live_balanced(&lone, sc);
        double level_h = (double)team_sums(&lone)->level_us / (double)CCS_US_PER_H;
        /* 1000 draws of absence dominate the error; z limit 4 */
        double sd = sqrt(1000 * 0.25) * hours[i] / 1.5;
        ck_assert_double_eq_tol(level_h, 1000 * hours[i], 4 * sd);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

START_TEST(events_per_contact_do_not_grow_with_the_queue)
{
    /* overloaded, and twice as long: the queue is twice as long, events per contact stay the same
     */
    double per_contact[2];
    for (int i = 0; i < 2; i++) {
        struct ccs_scenario *sc = scenario_with(
            HEAD "'issue_types': {'call': {'volume': {'rate_per_h': 600}, 'talk': '5 min'}}, "
                 "'teams': {'a': {'agents': 5}, 'b': {'agents': 5, "
                 "'overflow_after_s': {'call': 60}}}}",
            i == 0 ? "/run/horizon='2 days'" : "/run/horizon='4 days'");
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, NULL), 7, 0);
        world_begin(&lone, model_of(sc, NULL));
        world_run(&lone, lone.w->horizon);
        const struct ccs_access *access = lone.w->measure.access.data;
        per_contact[i] = (double)lone.w->events_done / (double)access->offered;
        ck_assert_int_gt(access->offered, 10 * access->answered / 3);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
    ck_assert_double_eq_tol(per_contact[1], per_contact[0], 0.02);
}
END_TEST

/* What the last world left: how many events, which, and when it ended. */
static uint64_t lived(const char *channel, uint64_t *events, ccs_time *end)
{
    char text[700];
    snprintf(text, sizeof text,
             "{'name': 'trap', 'run': {'horizon': '2 days', 'warmup': '0 s', "
             "'follow_up': '2 days'}, 'channels': {'phone': {%s}}, "
             "'issue_types': {'call': {'volume': {'rate_per_h': 10}, 'talk': '5 min'}}, "
             "'teams': {'all': {'agents': 2}}}",
             channel);
    struct ccs_scenario *sc = scenario_of(text);
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    uint64_t digest = ccs_hasher_digest(&lone.w->signature);
    *events = lone.w->events_done;
    *end = lone.w->now;
    const struct ccs_access *access = lone.w->measure.access.data;
    ck_assert_int_gt(access->waited, 20);
    ck_assert_int_eq(access->abandoned, 0);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    return digest;
}

START_TEST(a_stale_timeout_moves_no_clock)
{
    /* many wait a little, all are answered: the timer of their patience must go with the wait, so
     * that the events, and the end of the run, are those of customers who wait for ever */
    uint64_t events[2];
    ccs_time end[2];
    uint64_t for_ever = lived("", &events[0], &end[0]);
    ck_assert_uint_eq(lived("'patience': '40 h'", &events[1], &end[1]), for_ever);
    ck_assert_uint_eq(events[1], events[0]);
    ck_assert_int_eq(end[1], end[0]);
}
END_TEST

START_TEST(staff_changes_at_the_minute_not_at_the_half_hour)
{
    /* 10-minute intervals within hours that begin and end at odd minutes. On each day on duty:
     * seven in the table until 09:10, but nobody before 09:13; three (2.5, halves up) until 09:20,
     * then one until 09:27 */
    struct ccs_scenario *sc =
        scenario_of("{'name': 'trap', 'run': {'start': '2026-01-05', 'horizon': '2 days', "
                    "'warmup': '0 s', 'follow_up': '0 s'}, 'channels': {'phone': {}}, "
                    "'calendars': {'odd': {'hours': {'mon-sun': '09:13-09:27'}}}, "
                    "'issue_types': {'call': {'volume': {'daily_counts': 0}, 'talk': '5 min'}}, "
                    "'teams': {'all': {'calendar': 'odd', 'agents': {'interval': '10 min', "
                    "'from': '9 h', 'repeat': 'day', 'values': [7, 2.5, 1]}}}}");
    struct lone_world lone;
    world_live_balanced(&lone, sc);
    ck_assert_int_eq(team_sums(&lone)->level_us, 2 * (7 * 3 + 7 * 1) * CCS_US_PER_MIN);
    ck_assert_int_eq(team_sums(&lone)->paid_us, team_sums(&lone)->level_us);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

Suite *suite_staff_traps(void)
{
    Suite *suite = suite_create("staff_traps");
    TCase *tc = tcase_create("staff");
    tcase_add_test(tc, staff_may_drop_to_zero_while_contacts_wait);
    tcase_add_test(tc, a_shift_that_ends_during_a_call_ends_in_overtime);
    tcase_add_test(tc, who_stays_in_a_call_counts_when_staff_rises_again);
    tcase_add_test(tc, a_break_that_begins_during_a_call_comes_late_and_whole);
    tcase_add_test(tc, a_shift_over_sunday_midnight_is_one_shift);
    tcase_add_test(tc, absence_and_shrinkage_have_the_stated_means);
    tcase_add_test(tc, shrinkage_is_paid_also_where_absence_is_not);
    tcase_add_test(tc, absence_and_shrinkage_may_change_with_time);
    tcase_add_test(tc, a_stale_timeout_moves_no_clock);
    tcase_add_test(tc, staff_changes_at_the_minute_not_at_the_half_hour);
    tcase_add_test(tc, events_per_contact_do_not_grow_with_the_queue);
    suite_add_tcase(suite, tc);
    return suite;
}
