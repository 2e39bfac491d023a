/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the window is cut: staff by period, waits at the threshold. Everything here is known by hand
 * or must add up exactly.
 */
#include "../sim_help.h"

#include "world/booking.h"

Suite *suite_measures(void);

#define HEAD(period)                                                                               \
    "{'name': 'measures', 'run': {'start': '2026-01-05', 'horizon': '2 days', "                    \
    "'warmup': '0 s', 'follow_up': '2 days', 'period': '" period "'}, "

/* Two agents from 9 to 16 o'clock, calls of 50 minutes without a pause: the ninth of each ends half
 * an hour late. */
#define BUSY_DAYS(period)                                                                          \
    HEAD(period)                                                                                   \
    "'channels': {'phone': {}}, "                                                                  \
    "'issue_types': {'call': {'volume': {'rate_per_h': 1000}, 'talk': '50 min'}}, "                \
    "'teams': {'all': {'shifts': {'day': {'agents': 2, "                                           \
    "'hours': {'mon-sun': '09:00-16:00'}}}}}}"

static void live(struct lone_world *lone, const struct ccs_scenario *sc)
{
    world_warm_up(lone, model_of(sc, NULL), 7, 0);
    world_live(lone, model_of(sc, NULL));
}

static struct ccs_totals period_of(const struct lone_world *lone, size_t period)
{
    struct ccs_totals totals;
    ccs_totals_of(lone->w, CCS_SLICE_PERIOD, period, &totals);
    return totals;
}

START_TEST(staff_is_counted_in_the_hours_in_which_it_works)
{
    struct ccs_scenario *sc = scenario_of(BUSY_DAYS("1 h"));
    struct lone_world lone;
    live(&lone, sc);
    for (size_t h = 0; h < 48; h++) {
        struct ccs_totals hour = period_of(&lone, h);
        bool is_on = h % 24 >= 9 && h % 24 < 16;
        ccs_time late = h % 24 == 16 ? 2 * 30 * CCS_US_PER_MIN : 0;
        ck_assert_int_eq(hour.team.level_us, is_on ? 2 * CCS_US_PER_H : 0);
        ck_assert_int_eq(hour.team.paid_us - hour.team.level_us, late);
        ck_assert_int_eq(hour.team.busy_us, hour.team.paid_us);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(a_last_period_may_be_short_and_a_stretch_span_many)
{
    /* 48 h = 6 periods of 7 h and one of 6 h; the night spans several borders without an event */
    struct ccs_scenario *sc = scenario_of(BUSY_DAYS("7 h"));
    struct lone_world lone;
    live(&lone, sc);
    static const ccs_time level_h[7] = {0, 5, 2, 0, 2, 5, 0};
    ck_assert_uint_eq(lone.w->measure.period_n, 7);
    for (size_t p = 0; p < 7; p++) {
        ck_assert_int_eq(period_of(&lone, p).team.level_us, 2 * level_h[p] * CCS_US_PER_H);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}
END_TEST

/* Each period and all together, under every policy; with borders nobody would choose. */
static void check_work(const struct ccs_world *w)
{
    struct ccs_team_sums sum = {0};
    struct ccs_totals all;
    ccs_totals_of(w, CCS_SLICE_ALL, 0, &all);
    for (size_t p = 0; p < w->measure.period_n; p++) {
        struct ccs_totals part;
        ccs_totals_of(w, CCS_SLICE_PERIOD, p, &part);
        ck_assert_int_le(part.team.busy_us, part.team.paid_us);
        ck_assert_int_ge(part.team.paid_us, part.team.level_us);
        ck_assert_int_ge(part.team.busy_us, 0);
        sum.busy_us += part.team.busy_us;
        sum.paid_us += part.team.paid_us;
        sum.level_us += part.team.level_us;
        sum.away_us += part.team.away_us;
    }
    ck_assert_int_gt(sum.busy_us, 0);
    ck_assert_int_eq(sum.busy_us, all.team.busy_us);
    ck_assert_int_eq(sum.paid_us, all.team.paid_us);
    ck_assert_int_eq(sum.level_us, all.team.level_us);
    ck_assert_int_eq(sum.away_us, all.team.away_us);
}

static const char *const shipped[] = {"minimal", "bank", "newspaper-refund"};
#define SHIPPED_N ((int)(sizeof shipped / sizeof *shipped))

static struct ccs_scenario *shipped_scenario(int i)
{
    char *sets[] = {json_text("/run/horizon='6 days'"), json_text("/run/period='18423 s'"),
                    json_text("/run/warmup='6 days'")};
    char path[100];
    snprintf(path, sizeof path, "scenarios/%s.json", shipped[i]);
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    struct ccs_scenario *sc = NULL;
    ck_assert_int_eq(ccs_scenario_load(&sc, path, (const char *const *)sets, 3, diags), CCS_OK);
    ccs_diagnostics_destroy(diags);
    free(sets[0]);
    free(sets[1]);
    free(sets[2]);
    return sc;
}

START_TEST(no_period_has_more_work_than_staff_and_all_add_up_to_the_window)
{
    struct ccs_scenario *sc = shipped_scenario(_i);
    for (size_t p = 0; p < sc->policy_n; p++) {
        const struct ccs_model *model = &sc->policies[p].model;
        struct lone_world past, lone;
        world_warm_up(&past, model, 11, 1);
        world_prepare(&lone);
        ck_assert_int_eq(ccs_world_copy(lone.w, past.w), CCS_OK); /* as policies are compared */
        world_live(&lone, model);
        check_work(lone.w);
        world_finish(&lone);
        world_finish(&past);
    }
    ccs_scenario_destroy(sc);
}
END_TEST

/* The borders are where the world happens to be looked at: a world that stops and is brought up to
 * date at each of them has counted the same. */
START_TEST(a_world_that_is_touched_at_every_border_says_the_same)
{
    struct ccs_scenario *sc = shipped_scenario(1);
    const struct ccs_model *model = model_of(sc, sc->policies[sc->baseline].name);
    struct lone_world plain, stepped;
    world_warm_up(&plain, model, 3, 0);
    world_live(&plain, model);
    world_warm_up(&stepped, model, 3, 0);
    world_begin(&stepped, model);
    struct ccs_team before = {0};
    size_t p = 0;
    for (ccs_time to = 0; to < stepped.w->horizon; p++) {
        to += model->config->run.period;
        to = to < stepped.w->horizon ? to : stepped.w->horizon;
        world_run(&stepped, to);
        struct ccs_team now = {0};
        for (uint32_t t = 0; t < model->team_n; t++) {
            ccs_team_touch(stepped.w, t);
            now.busy_us += ccs_team_at(stepped.w, t)->busy_us;
            now.level_us += ccs_team_at(stepped.w, t)->level_us;
        }
        struct ccs_totals part = period_of(&plain, p);
        ck_assert_int_eq(part.team.busy_us, now.busy_us - before.busy_us);
        ck_assert_int_eq(part.team.level_us, now.level_us - before.level_us);
        before = now;
    }
    ck_assert_uint_eq(p, plain.w->measure.period_n);
    world_finish(&stepped);
    world_finish(&plain);
    ccs_scenario_destroy(sc);
}
END_TEST

static double ratio_of(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric) /
           total_of(run->res, run->res->den, 0, metric);
}

START_TEST(waits_are_split_at_the_threshold_and_by_how_they_end)
{
    /* a call a minute of 97 s each, one agent, everybody gives up after 31 s: by hand */
    static const double thresholds[] = {10, 20, 31, 45}; /* at 31: exactly within it */
    for (size_t k = 0; k < sizeof thresholds / sizeof thresholds[0]; k++) {
        double offered = 0, waited = 0, abandoned = 0, in_target = 0, given_up_in = 0;
        double wait_all = 0, wait_abandoned = 0, beyond = 0, free_at = 0;
        for (double at = 60; at < 2 * 86400; at += 60) {
            bool stays = free_at - at < 31;
            double wait = !stays ? 31 : free_at > at ? free_at - at : 0;
            free_at = stays ? at + wait + 97 : free_at;
            offered++;
            waited += wait > 0;
            wait_all += wait;
            beyond += wait > thresholds[k] ? wait - thresholds[k] : 0;
            abandoned += !stays;
            wait_abandoned += stays ? 0 : wait;
            in_target += stays && wait <= thresholds[k];
            given_up_in += !stays && wait <= thresholds[k];
        }
        ck_assert_double_gt(abandoned, 100);
        cJSON *doc = document_of(
            HEAD("1 day") "'channels': {'phone': {'patience': '31 s'}}, "
                          "'issue_types': {'call': {'volume': {'interarrival': '60 s'}, "
                          "'talk': '97 s'}}, 'teams': {'all': {'agents': 1}}}");
        putf(doc, "/channels/phone/service_level_threshold", "'%g s'", thresholds[k]);
        struct run run = run_document(doc, 2);
        ck_assert_double_eq(ratio_of(&run, "service_level"), in_target / offered);
        ck_assert_double_eq(ratio_of(&run, "service_level_without_short_abandons"),
                            in_target / (offered - given_up_in));
        ck_assert_double_eq(ratio_of(&run, "abandoned_after_threshold_share"),
                            (abandoned - given_up_in) / offered);
        ck_assert_double_eq_tol(ratio_of(&run, "wait_delayed_mean"), wait_all / waited, 1e-9);
        ck_assert_double_eq_tol(ratio_of(&run, "wait_abandoned_mean"), wait_abandoned / abandoned,
                                1e-9);
        ck_assert_double_eq_tol(ratio_of(&run, "wait_beyond_threshold_mean"), beyond / offered,
                                1e-9);
        run_free(&run);
        cJSON_Delete(doc);
    }
}
END_TEST

Suite *suite_measures(void)
{
    Suite *suite = suite_create("measures");
    TCase *work = tcase_create("work by period");
    tcase_add_test(work, staff_is_counted_in_the_hours_in_which_it_works);
    tcase_add_test(work, a_last_period_may_be_short_and_a_stretch_span_many);
    tcase_add_loop_test(work, no_period_has_more_work_than_staff_and_all_add_up_to_the_window, 0,
                        SHIPPED_N);
    tcase_add_test(work, a_world_that_is_touched_at_every_border_says_the_same);
    suite_add_tcase(suite, work);
    TCase *waits = tcase_create("waits");
    tcase_add_test(waits, waits_are_split_at_the_threshold_and_by_how_they_end);
    suite_add_tcase(suite, waits);
    return suite;
}
