/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The queueing core against the naive simulator of reference.h, on scenarios made at random from a
 * fixed seed: equal in every count and in every sum of times.
 */
#include "reference.h"
#include "share.h"

Suite *suite_reference_model(void);

enum {
    LEAST = 14 /* seeds of a kind: each feature with and without, and twice */
};

#define SAME(field, a, b)                                                                          \
    ck_assert_msg((a) == (b), field ": engine %lld, reference %lld", (long long)(a), (long long)(b))

static void compare_access(const struct ccs_access *e, const struct ccs_access *r)
{
    SAME("offered", e->offered, r->offered);
    SAME("answered", e->answered, r->answered);
    SAME("abandoned", e->abandoned, r->abandoned);
    SAME("blocked", e->blocked, r->blocked);
    SAME("in target", e->in_target, r->in_target);
    SAME("waited", e->waited, r->waited);
    SAME("over 2 min", e->over_2min, r->over_2min);
    SAME("over 5 min", e->over_5min, r->over_5min);
    SAME("wait", e->wait_us, r->wait_us);
    SAME("wait of the answered", e->wait_answered_us, r->wait_answered_us);
    SAME("handled", e->handled, r->handled);
    SAME("handle time", e->handle_us, r->handle_us);
    SAME("queue full", e->queue_full, r->queue_full);
    SAME("hung up", e->hung_up, r->hung_up);
    SAME("cleared", e->cleared, r->cleared);
    SAME("cleared early", e->cleared_early, r->cleared_early);
    SAME("balked", e->balked, r->balked);
    SAME("voicemail", e->voicemail, r->voicemail);
    SAME("misrouted", e->misrouted, r->misrouted);
}

static void compare_cohort(const struct ccs_cohort *e, const struct ccs_cohort *r)
{
    SAME("issues", e->issues, r->issues);
    SAME("voiced", e->voiced, r->issues);
    SAME("resolved", e->resolved, r->resolved);
    SAME("given up", e->given_up, r->given_up);
    SAME("left", e->left, 0);
    SAME("open", e->open, r->open);
    SAME("contacted", e->contacted, r->contacted);
    SAME("first contact", e->first_contact, r->first_contact);
    SAME("contacts", e->contacts, r->contacts);
    SAME("legs of issues", e->legs, r->legs);
    SAME("transfers", e->transfers, r->transfers);
    SAME("cohort handle time", e->handle_us, r->handle_us);
    SAME("effort", e->effort_us, r->effort_us);
    SAME("resolution time", e->resolution_us, r->resolution_us);
}

static void compare_team(const struct ccs_team_sums *e, const struct reference *m, int t)
{
    const struct team *r = &m->team[t];
    struct team_time all = {0};
    for (int p = 0; p < MAX_PERIODS; p++) {
        const struct team_time *x = &m->tally.time[p][t];
        all.busy_us += x->busy_us;
        all.level_us += x->level_us;
        all.late_us += x->late_us;
        all.away_us += x->away_us;
    }
    SAME("busy", e->busy_us, all.busy_us);
    SAME("level", e->level_us, all.level_us);
    SAME("paid", e->paid_us, all.level_us + all.late_us);
    SAME("away", e->away_us, all.away_us);
    SAME("legs", e->legs, r->legs);
    SAME("talk", e->talk_us, r->talk_us);
    SAME("hold", e->hold_us, r->hold_us);
    SAME("wrap", e->wrap_us, r->wrap_us);
    SAME("failure demand", e->failure_us >= 0, 1);
}

static void compare(const struct ccs_world *w, const struct reference *m)
{
    const struct ccs_measure *e = &w->measure;
    for (uint32_t p = 0; p < e->period_n; p++) {
        for (int c = 0; c < m->channel_n; c++) {
            const struct ccs_access *access = e->access.data;
            compare_access(&access[p * (uint32_t)m->channel_n + (uint32_t)c],
                           &m->tally.access[p][c]);
        }
    }
    for (int y = 0; y < m->type_n; y++) {
        struct ccs_cohort sum = {0};
        for (size_t s = 0; s <= m->config->segments.n; s++) {
            const int64_t *from = (const int64_t *)&(
                (const struct ccs_cohort *)e->cohort.data)[s * (size_t)m->type_n + (size_t)y];
            for (size_t i = 0; i < sizeof sum / sizeof(int64_t); i++) {
                ((int64_t *)&sum)[i] += from[i];
            }
        }
        compare_cohort(&sum, &m->tally.cohort[y]);
    }
    for (int t = 0; t < m->team_n; t++) {
        compare_team(&((const struct ccs_team_sums *)e->teams.data)[t], m, t);
    }
    SAME("queue", e->sums.queue_us, m->tally.queue_us);
    SAME("held off", e->sums.held_off, m->tally.held_off);
    SAME("unreachable", e->sums.unreachable, m->tally.unreachable);
}

static void must_agree(unsigned seed, struct features has)
{
    struct text text = {.n = 0};
    ref_scenario(&text, seed, has);
    struct ccs_scenario *sc = scenario_of(text.s);
    const struct ccs_model *model = model_of(sc, NULL);
    struct lone_world lone;
    world_warm_up(&lone, model, 99, 0);
    static struct team_time time[MAX_PERIODS][MAX_TEAMS];
    ref_live_by_period(&lone, model, time);
    static struct reference m; /* too large for a stack under the sanitizers */
    ref_run(&m, model, 99);
    compare(lone.w, &m);
    ref_check(&m, lone.w, time);
    struct ccs_balance balance;
    ccs_balance_check(lone.w, &balance);
    ck_assert(balance.is_ok);
    ref_free(&m);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
}

START_TEST(the_queueing_core_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(7000 + (unsigned)_i, (struct features){0});
}
END_TEST

START_TEST(routing_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(9000 + (unsigned)_i, (struct features){.routing = true});
}
END_TEST

START_TEST(shifts_and_single_agents_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(12000 + (unsigned)_i, (struct features){.routing = _i % 2 == 0, .staff = true});
}
END_TEST

START_TEST(access_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(15000 + (unsigned)_i, (struct features){.staff = _i % 4 == 3, .access = true});
}
END_TEST

START_TEST(arrivals_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(18000 + (unsigned)_i, (struct features){.access = _i % 3 == 2, .arrivals = true});
}
END_TEST

START_TEST(closing_agrees_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(21000 + (unsigned)_i, (struct features){.access = _i % 2 == 1, .closing = true});
}
END_TEST

START_TEST(days_and_bursts_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(24000 + (unsigned)_i, (struct features){.arrivals = _i % 2 == 1, .days = true});
}
END_TEST

START_TEST(shifts_at_closing_time_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(27000 + (unsigned)_i,
               (struct features){
                   .routing = _i % 4 == 3, .staff = true, .access = _i % 2 == 1, .closing = true});
}
END_TEST

START_TEST(all_features_together_agree_with_a_naive_simulator_to_the_microsecond)
{
    must_agree(30000 + (unsigned)_i, (struct features){.routing = true,
                                                       .staff = _i % 5 != 4,
                                                       .access = _i % 4 != 3,
                                                       .arrivals = _i % 2 == 1,
                                                       .closing = _i % 3 != 2,
                                                       .days = _i % 7 != 6});
}
END_TEST

/* Would the comparison notice? One agent more in the engine than in the reference. */
START_TEST(the_comparison_notices_one_agent_more)
{
    const char *text = "{'name': 't', 'run': {'horizon': '1 day', 'follow_up': '1 day', "
                       "'warmup': '0 s'}, 'channels': {'phone': {}}, "
                       "'issue_types': {'call': {'volume': {'rate_per_h': 60}, "
                       "'talk': {'dist': 'exponential', 'mean': '5 min'}}}, "
                       "'teams': {'all': {'agents': 6}}}";
    struct ccs_scenario *six = scenario_of(text);
    struct ccs_scenario *seven = scenario_with(text, "/teams/all/agents=7");
    struct lone_world lone;
    world_warm_up(&lone, model_of(six, NULL), 1, 0);
    world_live(&lone, model_of(six, NULL));
    static struct reference m;
    ref_run(&m, model_of(six, NULL), 1);
    compare(lone.w, &m);
    ref_free(&m);
    ref_run(&m, model_of(seven, NULL), 1);
    const struct ccs_access *engine = lone.w->measure.access.data;
    ck_assert_int_eq(engine->offered, m.tally.access[0][0].offered);
    ck_assert_int_ne(engine->wait_us, m.tally.access[0][0].wait_us);
    ref_free(&m);
    world_finish(&lone);
    ccs_scenario_destroy(six);
    ccs_scenario_destroy(seven);
}
END_TEST

Suite *suite_reference_model(void)
{
    Suite *suite = suite_create("reference_model");
    TCase *tc = tcase_create("naive simulator");
    tcase_add_test(tc, the_comparison_notices_one_agent_more);
    tcase_add_loop_test(tc, the_queueing_core_agrees_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(60, LEAST));
    tcase_add_loop_test(tc, routing_agrees_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(100, LEAST));
    tcase_add_loop_test(tc,
                        shifts_and_single_agents_agree_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(120, LEAST));
    tcase_add_loop_test(tc, access_agrees_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(200, LEAST));
    tcase_add_loop_test(tc, arrivals_agree_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(160, LEAST));
    tcase_add_loop_test(tc, closing_agrees_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(160, LEAST));
    suite_add_tcase(suite, tc);
    tc = tcase_create("days");
    tcase_add_loop_test(tc, days_and_bursts_agree_with_a_naive_simulator_to_the_microsecond, 0,
                        share_of(30, LEAST));
    suite_add_tcase(suite, tc);
    tc = tcase_create("shifts at closing");
    tcase_add_loop_test(tc, shifts_at_closing_time_agree_with_a_naive_simulator_to_the_microsecond,
                        0, share_of(60, LEAST));
    suite_add_tcase(suite, tc);
    tc = tcase_create("all together");
    tcase_add_loop_test(tc, all_features_together_agree_with_a_naive_simulator_to_the_microsecond,
                        0, share_of(60, LEAST));
    suite_add_tcase(suite, tc);
    return suite;
}
