/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules of routing: against closed forms where there are any, else against sample paths worked out
 * by hand. Statistical limits as in test_queueing.c: |z| <= 4 on fixed seeds.
 */
#include "erlang.h"
#include "sim_help.h"

#include "stats/zscore.h"
#include "world/demand/backlog.h"

Suite *suite_routing(void);

/* --- two lines, one agent and more --- */

/* An issue type that never calls. */
#define NOBODY "'volume': {'rate_per_h': 0}, 'talk': '1 min'"

/* `a` calls on line `pa`, `b` on `pb`; what stands in the braces of issue types, teams, run. */
static cJSON *two_lines(const char *a, const char *b, const char *teams, const char *run)
{
    struct text t = {.n = 0};
    say(&t,
        "{'name': 'two lines', 'run': {%s}, 'channels': {'pa': {}, 'pb': {}}, "
        "'issue_types': {'a': {'channel_mix': {'pa': 1}, %s}, "
        "'b': {'channel_mix': {'pb': 1}, %s}}, 'teams': {%s}}",
        run, a, b, teams);
    return document_of(t.s);
}

static void agrees(const struct run *run, const char *metric, enum ccs_slice_kind kind,
                   const char *name, double value)
{
    int row = kind == CCS_SLICE_ALL ? (int)row_at(run->res, metric)
                                    : ccs_results_row(run->res, metric, kind, name);
    ck_assert_int_ge(row, 0);
    const struct ccs_estimate *e = &run->res->estimates[row];
    double z = ccs_z_compare(e, value, 0);
    ck_assert_msg(fabs(z) <= CCS_Z_FAIL, "%s of %s: %.7g +- %.2g, closed form %.7g, z %.2f", metric,
                  name, e->mean, e->half_width, value, z);
}

/*
 * M/M/1 with two classes of one service time S whose priority rises by b per minute of waiting:
 *     W_hi = (W_fifo - rho_lo W_lo (1 - b_lo / b_hi)),   W_lo = W_fifo / (1 - rho_hi (1 - b_lo /
 * b_hi)) with W_fifo = rho S / (1 - rho). Kleinrock, "A delay dependent queue discipline", Naval
 * Research Logistics Quarterly 11 (1964); Queueing Systems, vol. 2 (1976), section 3.7.
 */
static void rising(double rate_lo, double b_lo, double rate_hi, double b_hi)
{
    struct text lo = {.n = 0};
    struct text hi = {.n = 0};
    const char *talk = "'talk': {'dist': 'exponential', 'mean': '1 min'}";
    say(&lo, "'volume': {'rate_per_h': %.17g}, %s", 60 * rate_lo, talk);
    say(&hi, "'volume': {'rate_per_h': %.17g}, %s", 60 * rate_hi, talk);
    cJSON *doc = two_lines(lo.s, hi.s, "'one': {'agents': 1}",
                           "'horizon': '300 h', 'warmup': '5 h', 'follow_up': '1 h', 'seed': 5");
    putf(doc, "/routing",
         "{'contact': 'rising_priority', 'priority_per_min': {'a': %.17g, 'b': %.17g}}", b_lo,
         b_hi);
    struct run run = run_document(doc, 20);
    double rho = rate_lo + rate_hi;
    double fifo = rho / (1 - rho);
    double w_lo = fifo / (1 - rate_hi * (1 - b_lo / b_hi));
    double w_hi = fifo - rate_lo * w_lo * (1 - b_lo / b_hi);
    agrees(&run, "wait_mean", CCS_SLICE_CHANNEL, "pa", 60 * w_lo);
    agrees(&run, "wait_mean", CCS_SLICE_CHANNEL, "pb", 60 * w_hi);
    agrees(&run, "wait_mean", CCS_SLICE_ALL, "all", 60 * fifo); /* conserved */
    ck_assert_double_gt(w_lo, 1.1 * w_hi);
    run_free(&run);
    cJSON_Delete(doc);
}

START_TEST(priority_that_rises_with_waiting_is_kleinrocks)
{
    static const double cases[][4] = {{0.4, 1, 0.4, 2}, {0.6, 1, 0.2, 10}, {0.3, 0, 0.4, 1}};
    rising(cases[_i][0], cases[_i][1], cases[_i][2], cases[_i][3]);
}
END_TEST

/* Signature of a week of two lines at three agents under a routing section. */
static uint64_t signature(const char *routing)
{
    cJSON *doc = two_lines("'volume': {'rate_per_h': 30}, 'talk': {'dist': 'exponential', "
                           "'mean': '3 min'}",
                           "'volume': {'rate_per_h': 15}, 'priority': 2, "
                           "'talk': {'dist': 'exponential', 'mean': '2 min'}",
                           "'x': {'agents': 1, 'contact_priority': {'a': 3}}, "
                           "'y': {'agents': 1}",
                           "'horizon': '1 week', 'seed': 3");
    put(doc, "/routing", routing);
    struct run run = run_document(doc, 2);
    uint64_t s = run.res->signatures[0];
    run_free(&run);
    cJSON_Delete(doc);
    return s;
}

START_TEST(priority_that_does_not_rise_is_plain_priority)
{
    uint64_t flat = signature("{'contact': 'rising_priority'}");
    ck_assert_uint_eq(flat, signature("{'contact': 'priority'}"));
    ck_assert_uint_ne(flat, signature("{'contact': 'longest_wait'}"));
    /* and one that rises so fast that nothing else matters is first come, first served */
    uint64_t steep = signature("{'contact': 'rising_priority', "
                               "'priority_per_min': {'a': 1e6, 'b': 1e6}}");
    ck_assert_uint_eq(steep, signature("{'contact': 'longest_wait'}"));
}
END_TEST

/* --- who has served what, on paths without chance --- */

static int64_t legs(const struct lone_world *lone, int team)
{
    return ((const struct ccs_team_sums *)lone->w->measure.teams.data)[team].legs;
}

static int64_t handled(const struct lone_world *lone, int channel)
{
    return ((const struct ccs_access *)lone->w->measure.access.data)[channel].handled;
}

/* Runs the window of the only policy. */
static struct ccs_scenario *live(cJSON *doc, struct lone_world *lone)
{
    struct ccs_scenario *sc = scenario_from(doc);
    cJSON_Delete(doc);
    const struct ccs_model *model = model_of(sc, NULL);
    world_warm_up(lone, model, 1, 0);
    ck_assert_int_eq(ccs_backlog_place(lone->w), CCS_OK);
    world_begin(lone, model);
    world_run(lone, lone->w->horizon);
    return sc;
}

/* One contact at a time, never two at once: teams x and y are always both free. */
static void alone(const char *x, const char *y, int a_team, int b_team)
{
    struct text teams = {.n = 0};
    say(&teams, "'x': {'agents': 1, %s}, 'y': {'agents': 1, %s}", x, y);
    for (int only = 0; only < 2; only++) {
        const char *call = "'volume': {'interarrival': '10 min'}, 'talk': '1 min'";
        struct lone_world lone;
        struct ccs_scenario *sc =
            live(two_lines(only == 0 ? call : NOBODY, only == 1 ? call : NOBODY, teams.s,
                           "'horizon': '10 h'"),
                 &lone);
        int expected = only == 0 ? a_team : b_team;
        ck_assert_int_ge(legs(&lone, expected), 59);
        ck_assert_int_eq(legs(&lone, 1 - expected), 0);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}

START_TEST(agent_priority_decides_who_is_asked_whatever_the_skill_priority)
{
    alone("'reserve': {}", "'reserve': {}", 0, 0); /* by name */
    alone("'reserve': {}", "'agent_priority': {'a': 1}", 1, 0);
    alone("'skill_priority': {'a': 5, 'b': 5}", "'agent_priority': {'a': 6}", 1, 0);
    alone("'skill_priority': {'a': 5}, 'agent_priority': {'a': 0}", "'skill_priority': {'b': 1}", 0,
          1);
    alone("'reserve': {}", "'contact_priority': {'a': 5, 'b': 5}", 0, 0);
}
END_TEST

/* Ten of each wait at t0 for one agent who needs a minute for each: who has been served when ten
 * have? */
static void backlog(const char *team, int64_t a_served)
{
    struct text teams = {.n = 0};
    say(&teams, "'x': {'agents': 1, %s}", team);
    struct lone_world lone;
    struct ccs_scenario *sc = live(two_lines(NOBODY, NOBODY, teams.s,
                                             "'horizon': '10 min', 'period': '10 min', "
                                             "'backlog': {'a': 10, 'b': 10}"),
                                   &lone);
    ck_assert_int_eq(handled(&lone, 0), a_served);
    ck_assert_int_eq(handled(&lone, 1), 10 - a_served);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}

START_TEST(contact_priority_decides_what_is_taken_whatever_the_skill_priority)
{
    backlog("'contact_priority': {'a': 1}", 10);
    backlog("'contact_priority': {'b': 1}", 0);
    backlog("'skill_priority': {'a': 5}", 10);
    backlog("'skill_priority': {'a': 5}, 'contact_priority': {'b': 0.5}", 0);
    backlog("'skill_priority': {'b': 5}, 'agent_priority': {'a': 9}", 0);
}
END_TEST

START_TEST(most_free_asks_the_team_with_the_most_free_agents)
{
    /* x has one agent, y three; contacts come every second and keep their agents. */
    static const int64_t of_x[] = {0, 0, 0, 1, 1};
    for (int s = 1; s <= 6; s++) {
        struct text run = {.n = 0};
        say(&run, "'horizon': '%d s'", s);
        struct lone_world lone;
        cJSON *doc = two_lines("'volume': {'interarrival': '1 s'}, 'talk': '1 h'",
                               "'volume': {'rate_per_h': 0}, 'talk': '1 h'",
                               "'x': {'agents': 1}, 'y': {'agents': 3}", run.s);
        put(doc, "/routing", "{'agent': 'most_free'}");
        struct ccs_scenario *sc = live(doc, &lone);
        int64_t n = legs(&lone, 0) + legs(&lone, 1);
        ck_assert_int_eq(n, s - 1 < 4 ? s - 1 : 4);
        ck_assert_int_eq(legs(&lone, 0), of_x[n]);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

/* --- transfers --- */

/*
 * Jackson, "Networks of waiting lines", Operations Research 5 (1957): what leaves an M/M/c is
 * Poisson, so that a share p of it meets the second station as an M/M/c of its own. The time until
 * passing on and the talk after it are drawn apart, both exponential with mean 1 minute.
 */
START_TEST(a_share_passed_on_meets_the_second_team_as_poisson_arrivals)
{
    static const double shares[] = {0.5, 1.0};
    double p = shares[_i];
    cJSON *doc = two_lines("'volume': {'rate_per_h': 120}, 'talk': {'dist': 'exponential', "
                           "'mean': '1 min'}",
                           NOBODY, "'first': {'agents': 3}, 'second': {'agents': 3, 'tier': 2}",
                           "'horizon': '200 h', 'warmup': '5 h', 'follow_up': '5 h', 'seed': 6");
    putf(doc, "/routing",
         "{'transfers': {'up': {'probability': %g, 'to': 'second', 'by': ['first'], "
         "'after': {'dist': 'exponential', 'mean': '1 min'}}}}",
         p);
    struct run run = run_document(doc, 20);
    double one = erlang_c(2, 3);
    double two = erlang_c(2 * p, 3);
    agrees(&run, "wait_mean", CCS_SLICE_ALL, "all", 60 * one / (3 - 2));
    agrees(&run, "queue_length", CCS_SLICE_ALL, "all",
           2 * one / (3 - 2) + 2 * p * two / (3 - 2 * p));
    agrees(&run, "occupancy", CCS_SLICE_TEAM, "first", 2.0 / 3);
    agrees(&run, "occupancy", CCS_SLICE_TEAM, "second", 2 * p / 3);
    if (p < 1) {
        agrees(&run, "transfers_per_issue", CCS_SLICE_ALL, "all", p);
    } else {
        ck_assert_double_eq(estimate_of(run.res, 0, "transfers_per_issue")->mean, 1);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_rule_that_is_never_drawn_changes_nothing)
{
    uint64_t plain = signature("{}");
    ck_assert_uint_eq(plain, signature("{'transfers': {'r': {'probability': 0, 'to': 'y'}}}"));
    ck_assert_uint_ne(plain, signature("{'transfers': {'r': {'probability': 0.1, 'to': 'y'}}}"));
}
END_TEST

/* A call every 10 minutes, each passed on: what the two teams have worked. */
START_TEST(a_warm_transfer_keeps_the_first_agent_until_the_second_answers)
{
    static const char *const modes[] = {"cold", "warm"};
    for (int warm = 0; warm < 2; warm++) {
        cJSON *doc = two_lines("'volume': {'interarrival': '10 min'}, 'talk': '2 min'", NOBODY,
                               "'first': {'agents': 1}, 'second': {'agents': 1, 'tier': 2, "
                               "'answer_delay': '20 s'}",
                               "'horizon': '595 min'");
        putf(doc, "/routing",
             "{'transfers': {'up': {'probability': 1, 'to': 'second', 'mode': '%s', "
             "'after': '1 min', 'time': '30 s'}}}",
             modes[warm]);
        struct lone_world lone;
        struct ccs_scenario *sc = live(doc, &lone);
        const struct ccs_team_sums *sums = lone.w->measure.teams.data;
        ck_assert_int_eq(sums[0].legs, 59);
        ck_assert_int_eq(sums[0].talk_us, 59 * 90 * CCS_US_PER_S);
        ck_assert_int_eq(sums[0].hold_us, warm ? 59 * 20 * CCS_US_PER_S : 0);
        ck_assert_int_eq(sums[1].legs, 59);
        ck_assert_int_eq(sums[1].talk_us, 59 * 120 * CCS_US_PER_S);
        ck_assert_int_eq(sums[1].hold_us, 59 * 20 * CCS_US_PER_S); /* until answered */
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

/* Ten of b wait for the second team, a minute each; after 30 s one of a is passed on to it, who
 * keeps its only agent for the rest of the time. */
START_TEST(who_has_been_passed_on_may_go_first)
{
    static const int priorities[] = {0, 5, -5};
    static const int64_t served[] = {5, 2, 5};
    for (int i = 0; i < 3; i++) {
        cJSON *doc = two_lines("'volume': {'rate_per_h': 0}, 'talk': '30 min'", NOBODY,
                               "'first': {'agents': 1, 'skills': ['a']}, "
                               "'second': {'agents': 1, 'tier': 2}",
                               "'horizon': '270 s', 'backlog': {'a': 1, 'b': 10}");
        putf(doc, "/routing",
             "{'transferred_priority': %d, 'transfers': {'up': {'probability': 1, "
             "'to': 'second', 'after': '30 s'}}}",
             priorities[i]);
        struct lone_world lone;
        struct ccs_scenario *sc = live(doc, &lone);
        ck_assert_int_eq(legs(&lone, 0), 1);
        ck_assert_int_eq(legs(&lone, 1), served[i]);
        world_finish(&lone);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

Suite *suite_routing(void)
{
    Suite *suite = suite_create("routing");
    TCase *tc = tcase_create("contacts");
    tcase_add_loop_test(tc, priority_that_rises_with_waiting_is_kleinrocks, 0, 3);
    tcase_add_test(tc, priority_that_does_not_rise_is_plain_priority);
    tcase_add_test(tc, contact_priority_decides_what_is_taken_whatever_the_skill_priority);
    suite_add_tcase(suite, tc);
    tc = tcase_create("agents");
    tcase_add_test(tc, agent_priority_decides_who_is_asked_whatever_the_skill_priority);
    tcase_add_test(tc, most_free_asks_the_team_with_the_most_free_agents);
    suite_add_tcase(suite, tc);
    tc = tcase_create("transfers");
    tcase_add_loop_test(tc, a_share_passed_on_meets_the_second_team_as_poisson_arrivals, 0, 2);
    tcase_add_test(tc, a_rule_that_is_never_drawn_changes_nothing);
    tcase_add_test(tc, a_warm_transfer_keeps_the_first_agent_until_the_second_answers);
    tcase_add_test(tc, who_has_been_passed_on_may_go_first);
    suite_add_tcase(suite, tc);
    return suite;
}
