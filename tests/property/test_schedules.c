/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Staffed time to the microsecond, under schedules of every length and size, and in no part of the
 * run more work than there was staff for it: handled time, as it is booked leg by leg, is at most
 * duty and overtime, as they are integrated by team.
 */
#include "../sim_help.h"

#include "books/ledger.h"
#include "world/booking.h"

Suite *suite_schedules(void);

#define WORLD                                                                                      \
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '3 days',"                            \
    "   'warmup': '0 s', 'follow_up': '2 days', 'period': '1 day', 'replications': 2, 'seed': 5}," \
    " 'calendars': {'day': {'hours': {'mon-fri': '09:00-17:00'}}},"                                \
    " 'channels': {'phone': {}},"                                                                  \
    " 'issue_types': {'call': {'volume': {'rate_per_h': 10},"                                      \
    "   'talk': {'dist': 'exponential', 'mean': '7 min'}, 'wrap': '40 s'}},"                       \
    " 'teams': {'a': {'agents': 3, 'wage_per_h': 3600}}}"

static cJSON *world(void)
{
    cJSON *doc = document_of(WORLD);
    return doc;
}

static void set_all(cJSON *doc, const char *const *set, int n)
{
    for (int i = 0; i < n && set[i]; i += 2) {
        put(doc, set[i], set[i + 1]);
    }
}

/* ---- zero and infinite schedules ---- */

static const char office_hours[] = "{'wage_per_h': 3600, 'shifts': {'all': {'agents': 3, "
                                   "'hours': {'mon-fri': '09:00-17:00'}}}}";

/* Staffed hours of all of the run, on duty and paid away; `labor` of the run is at one unit a
 * second where nothing was overtime. */
static const struct {
    const char *set[6];
    double hours;
} schedules[] = {
    {{NULL}, 3 * 72},
    /* a shift of 24 hours every day, which is one shift without an end; and one of three days */
    {{"/teams/a", "{'wage_per_h': 3600, 'shifts': {'all': {'agents': 4, "
                  "'hours': {'mon-sun': '00:00-24:00'}}}}"},
     4 * 72},
    {{"/teams/a", "{'wage_per_h': 3600, 'shifts': {'all': {'agents': 4, 'hours': 'always'}}}"},
     4 * 72},
    {{"/teams/a", "{'wage_per_h': 3600, 'shifts': {'all': {'agents': 2, "
                  "'hours': {'mon': '10:00-24:00', 'tue': '00:00-24:00', "
                  "'wed': '00:00-07:30'}}}}"},
     2 * 45.5},
    /* nobody calls, by a table and by a rate */
    {{"/issue_types/call/volume",
      "{'per_interval': {'interval': '1 h', 'repeat': 'day', "
      "'values': [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}}"},
     3 * 72},
    {{"/issue_types/call/volume", "{'rate_per_h': 0}"}, 3 * 72},
    {{"/issue_types/call/volume", "{'daily_counts': 0}"}, 3 * 72},
    /* nobody is there but for one second */
    {{"/teams/a/agents", "{'interval': '1 s', 'values': [0, 0, 5, 0]}", "/run/follow_up", "'0 s'",
      "/issue_types/call/volume", "{'rate_per_h': 0}"},
     5 / 3600.0},
    /* as many agents as there can be, and as long a run */
    {{"/teams/a/agents", "1000000"}, 72e6},
    {{"/teams/a/agents", "1000", "/run/horizon", "'36500 days'", "/issue_types/call/volume",
      "{'rate_per_h': 0.01}"},
     1e3 * 24 * 36500},
    {{"/teams/a", "{'wage_per_h': 3600, 'shifts': {'all': {'agents': 100000, "
                  "'hours': {'mon-sun': '09:00-17:00'}}}}"},
     1e5 * 24},
    /* a century of working hours: 5214 weeks and 2 days, which are a Monday and a Tuesday */
    {{"/teams/a/calendar", "'day'", "/run/horizon", "'36500 days'", "/issue_types/call/volume",
      "{'daily_counts': 0}"},
     3 * 8 * (5214 * 5 + 2)},
    {{"/teams/a", office_hours, "/run/horizon", "'36500 days'", "/issue_types/call/volume",
      "{'daily_counts': 0}"},
     3 * 8 * (5214 * 5 + 2)},
};

START_TEST(staffed_hours_are_exact_however_long_or_large_the_schedule)
{
    cJSON *doc = world();
    set_all(doc, schedules[_i].set, 6);
    for (int i = 0; i < 6 && schedules[_i].set[i]; i += 2) {
        if (strcmp(schedules[_i].set[i], "/run/horizon") == 0) {
            put(doc, "/run/period", schedules[_i].set[i + 1]);
        }
    }
    struct run run = run_document(doc, 0);
    double staffed = total_of(run.res, run.res->num, 0, "staffed_hours");
    double overtime = total_of(run.res, run.res->num, 0, "overtime_hours");
    double cost = total_of(run.res, run.res->num, 0, "cost_total");
    /* staffed time is paid time: duty plus overtime; hours were microseconds */
    ck_assert_double_eq_tol(staffed - overtime, 2 * schedules[_i].hours,
                            1e-12 * schedules[_i].hours + 1e-9);
    ck_assert_double_eq_tol(cost, 3600 * staffed, 1e-3 + 1e-12 * cost);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- serving out with shifts ---- */

#define LATE_RUSH                                                                                  \
    "{'per_interval': {'interval': '1 h', 'from': '16 h', 'repeat': 'day', 'values': [60]}}"

START_TEST(those_whose_shift_ends_at_closing_serve_out_in_overtime)
{
    /* two shifts: an early one that ends at 13:00, and a late one until closing at 17:00; sixty
     * calls in the last hour for two agents */
    cJSON *doc = world();
    put(doc, "/channels/phone", "{'calendar': 'day', 'at_closing': 'serve_out'}");
    put(doc, "/issue_types/call/volume", LATE_RUSH);
    put(doc, "/issue_types/call/talk", "'10 min'");
    put(doc, "/issue_types/call/wrap", "'0 s'");
    put(doc, "/teams/a",
        "{'calendar': 'day', 'wage_per_h': 3600, 'shifts': {"
        "'early': {'agents': 3, 'hours': {'mon-fri': '09:00-13:00'}}, "
        "'late': {'agents': 2, 'hours': {'mon-fri': '11:00-17:00'}}}}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 5, 0);
    world_begin(&lone, model_of(sc, NULL));
    const ccs_time closing = 17 * CCS_US_PER_H;
    world_run(&lone, closing - 1);
    ccs_team_touch(lone.w, 0);
    const struct ccs_team *tm = ccs_team_at(lone.w, 0);
    ck_assert_int_eq(tm->level, 2);
    ck_assert_int_eq(tm->level_us, (3 * 4 + 2 * 6) * CCS_US_PER_H - 2);
    const struct ccs_access *access = lone.w->measure.access.data;
    int64_t waiting = access->offered - access->answered;
    ck_assert_int_gt(waiting, 30);
    /* two calls run; each of the two serves its half of those who wait, ten minutes each */
    world_run(&lone, closing + (waiting / 2 - 1) * 10 * CCS_US_PER_MIN);
    ck_assert_int_eq(ccs_team_at(lone.w, 0)->busy, 2);
    world_run(&lone, closing + ((waiting + 1) / 2 + 1) * 10 * CCS_US_PER_MIN);
    ccs_team_touch(lone.w, 0);
    tm = ccs_team_at(lone.w, 0);
    ck_assert_int_eq(tm->busy, 0);
    ck_assert_int_eq(access->answered, access->offered);
    /* all work was duty or overtime; what was done after 17:00 is overtime, and nothing else is */
    ck_assert_int_eq(tm->level_us, (3 * 4 + 2 * 6) * CCS_US_PER_H);
    ck_assert_int_eq(tm->busy_us, access->answered * 10 * CCS_US_PER_MIN);
    int64_t running = 2 * 10 * CCS_US_PER_MIN; /* at most: the two that ran at closing */
    ck_assert_int_ge(tm->overtime_us, waiting * 10 * CCS_US_PER_MIN);
    ck_assert_int_le(tm->overtime_us, waiting * 10 * CCS_US_PER_MIN + running);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_shift_that_has_gone_home_does_not_serve_out)
{
    /* the only shift ends an hour before closing: who calls then waits, is not served that evening,
     * and the queue of the evening is served the next morning */
    cJSON *doc = world();
    put(doc, "/channels/phone", "{'calendar': 'day', 'at_closing': 'serve_out'}");
    put(doc, "/issue_types/call/volume", LATE_RUSH);
    put(doc, "/issue_types/call/talk", "'1 min'");
    put(doc, "/teams/a",
        "{'calendar': 'day', 'shifts': {'early': {'agents': 30, "
        "'hours': {'mon-fri': '09:00-16:00'}}}}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 5, 0);
    world_begin(&lone, model_of(sc, NULL));
    world_run(&lone, 33 * CCS_US_PER_H - 1);
    const struct ccs_access *access = lone.w->measure.access.data;
    ck_assert_int_gt(access[0].offered, 30);
    ck_assert_int_eq(access[0].answered, 0);
    ccs_team_touch(lone.w, 0);
    ck_assert_int_eq(ccs_team_at(lone.w, 0)->overtime_us, 0);
    world_run(&lone, 34 * CCS_US_PER_H);
    ck_assert_int_eq(access[0].answered, access[0].offered);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- interval by interval ---- */

START_TEST(a_contact_counts_in_the_period_it_was_offered_in_and_staff_in_that_of_the_work)
{
    /* all call before 06:00, when the agents begin: offered in the first period, answered in the
     * second */
    cJSON *doc = world();
    put(doc, "/run/period", "'6 h'");
    put(doc, "/issue_types/call/volume", "{'daily_counts': 40}");
    put(doc, "/issue_types/call/profile",
        "{'interval': '6 h', 'repeat': 'day', 'values': [1, 0, 0, 0]}");
    put(doc, "/issue_types/call/talk", "'1 min'");
    put(doc, "/issue_types/call/wrap", "'0 s'");
    put(doc, "/teams/a",
        "{'shifts': {'day': {'agents': 50, 'hours': {'mon-sun': '06:00-20:00'}}}}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 5, 0);
    world_begin(&lone, model_of(sc, NULL));
    world_run(&lone, 6 * CCS_US_PER_H - 1);
    const struct ccs_access *access = lone.w->measure.access.data;
    ck_assert_int_eq(access[0].offered, 40);
    ck_assert_int_eq(access[0].answered, 0);
    world_run(&lone, 13 * CCS_US_PER_H);
    ck_assert_int_eq(access[0].answered, 40);
    ck_assert_int_eq(access[0].handled, 0); /* where the handling begins, as its time */
    ck_assert_int_eq(access[0].waited, 40);
    ck_assert_int_gt(access[0].wait_answered_us, 0);
    ck_assert_int_eq(access[1].offered, 0);
    ck_assert_int_eq(access[1].answered, 0);
    ck_assert_int_eq(access[1].handled, 40);
    ck_assert_int_eq(access[1].handle_us, 40 * CCS_US_PER_MIN);
    ck_assert_int_eq(access[1].wait_us, 0);
    ccs_team_touch(lone.w, 0);
    const struct ccs_work *work = lone.w->measure.work.data;
    ck_assert_int_eq(work[0].busy_us, 0);
    ck_assert_int_eq(work[0].level_us, 0);
    ck_assert_int_eq(work[1].busy_us, 40 * CCS_US_PER_MIN);
    ck_assert_int_eq(work[1].level_us, 50 * 6 * CCS_US_PER_H);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

#define OVERLOAD "/issue_types/call/volume/rate_per_h", "60"
static const char two_shifts[] =
    "{'wage_per_h': 3600, 'shifts': {"
    "'early': {'agents': 2, 'hours': {'mon-sun': '06:10-14:20'}, "
    "'breaks': {'lunch': {'after': '3 h', 'length': '31 min', 'spread': '20 min'}}}, "
    "'late': {'agents': 3, 'hours': {'mon-sun': '13:50-22:05'}}}}";

static const char helpers[] =
    "{'agents': 2, 'wage_per_h': 3600, 'calendar': 'day', 'overflow_after_s': {'call': 30}, "
    "'reserve': {'call': 1}}";

/* Teams serve without a pause, or not; periods of half an hour, and of seven minutes. */
static const struct {
    const char *set[8];
    bool has_overtime; /* somebody is surely still in a contact when duty ends */
} kinds[] = {
    {{NULL}, false},
    {{OVERLOAD}, false},
    {{OVERLOAD, "/teams/a", two_shifts}, true},
    {{OVERLOAD, "/teams/a", two_shifts, "/teams/a/shrinkage", "0.3", "/teams/a/absence", "0.2"},
     true},
    {{OVERLOAD, "/teams/a/calendar", "'day'", "/channels/phone",
      "{'calendar': 'day', 'at_closing': 'serve_out'}"},
     true},
    {{OVERLOAD, "/teams/a/agents",
      "{'interval': '25 min', 'repeat': 'all', 'values': [4, 0, 2, 1, 5, 0.4]}"},
     true},
    {{OVERLOAD, "/teams/a/speed_cv", "0.4", "/routing", "{'agent': 'longest_idle'}"}, false},
    {{OVERLOAD, "/teams/b", helpers}, true},
};

static double labor_of(const struct lone_world *lone, uint16_t team)
{
    static const enum ccs_account accounts[] = {CCS_ACCOUNT_LABOR_TALK, CCS_ACCOUNT_LABOR_HOLD,
                                                CCS_ACCOUNT_LABOR_WRAP};
    ccs_money sum = 0;
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++) {
        sum += ccs_ledger_sum(&lone->w->window_books, accounts[i], team, -1, -1, -1);
    }
    return fabs(ccs_money_to_units(sum));
}

struct seen {
    double labor_s;
    int64_t busy_us, level_us, overtime_us;
};

static struct seen look(struct lone_world *lone, uint16_t team)
{
    ccs_booking_cut(lone->w);
    ccs_team_touch(lone->w, team);
    const struct ccs_team *tm = ccs_team_at(lone->w, team);
    return (struct seen){labor_of(lone, team), tm->busy_us, tm->level_us, tm->overtime_us};
}

/* One period: 1 is no less than anybody worked in it. */
static void compare(const struct seen *before, const struct seen *after, int64_t legs)
{
    int64_t busy = after->busy_us - before->busy_us;
    int64_t level = after->level_us - before->level_us;
    int64_t overtime = after->overtime_us - before->overtime_us;
    double labor_s = after->labor_s - before->labor_s;
    /* a unit is a second, money is rounded to a ten-thousandth at each booking, of which a leg has
     * three and another at each border of periods */
    double slack_s = 1e-4 * (double)(3 * legs + 20);
    MUST(level >= 0 && overtime >= 0);
    MUST(busy <= level + overtime);
    MUST(overtime <= busy);
    MUST(labor_s <= (double)(level + overtime) / 1e6 + slack_s);
    MUST(fabs(labor_s - (double)busy / 1e6) <= slack_s);
}

START_TEST(in_no_period_more_is_handled_than_was_staffed)
{
    static const ccs_time lengths[] = {30 * CCS_US_PER_MIN, 7 * CCS_US_PER_MIN};
    cJSON *doc = world();
    set_all(doc, kinds[_i].set, 8);
    struct ccs_scenario *sc = scenario_from(doc);
    const struct ccs_model *m = model_of(sc, NULL);
    for (size_t k = 0; k < 2; k++) {
        struct lone_world lone;
        struct seen last[2] = {{0}};
        world_warm_up(&lone, m, 5, k);
        world_begin(&lone, m);
        for (ccs_time t = lengths[k]; t <= m->config->run.horizon; t += lengths[k]) {
            world_run(&lone, t);
            for (uint16_t team = 0; team < m->team_n; team++) {
                struct seen now = look(&lone, team);
                compare(&last[team], &now, 5 * 60);
                last[team] = now;
            }
        }
        int64_t busy = 0;
        int64_t overtime = 0;
        for (uint16_t team = 0; team < m->team_n; team++) {
            busy += last[team].busy_us;
            overtime += last[team].overtime_us;
        }
        ck_assert_int_gt(busy, 10 * CCS_US_PER_H);
        ck_assert_int_eq(overtime > 0, kinds[_i].has_overtime);
        world_finish(&lone);
    }
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_schedules(void)
{
    Suite *suite = suite_create("schedules");
    TCase *c = tcase_create("staff");
    tcase_add_loop_test(c, staffed_hours_are_exact_however_long_or_large_the_schedule, 0,
                        sizeof schedules / sizeof schedules[0]);
    tcase_add_test(c, those_whose_shift_ends_at_closing_serve_out_in_overtime);
    tcase_add_test(c, a_shift_that_has_gone_home_does_not_serve_out);
    tcase_add_test(c,
                   a_contact_counts_in_the_period_it_was_offered_in_and_staff_in_that_of_the_work);
    tcase_add_loop_test(c, in_no_period_more_is_handled_than_was_staffed, 0,
                        sizeof kinds / sizeof kinds[0]);
    suite_add_tcase(suite, c);
    return suite;
}
