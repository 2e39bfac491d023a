/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must hold of a world at any moment, looked at every few hours of random runs with every
 * mechanism on; and that the checks a run makes of itself can fail.
 */
#include "any_moment.h"

Suite *suite_invariants(void);

#define EVERYTHING "tests/data/everything.json"

/* ---- random scenarios ---- */

static double uniform(double lo, double hi)
{
    return lo + (hi - lo) * rand() / (double)RAND_MAX;
}

/* Turns every knob, some of them to their ends. */
static void shake(cJSON *doc)
{
    static const char *const probabilities[] = {"/behavior/recontact/after_refusal",
                                                "/behavior/recontact/after_right_refusal",
                                                "/behavior/recontact/after_put_off",
                                                "/behavior/recontact/after_broken_promise",
                                                "/behavior/recontact/after_false_closure",
                                                "/behavior/recontact/after_abandoned",
                                                "/behavior/retelling/context_carried_probability",
                                                "/behavior/supervisor/demand_probability",
                                                "/behavior/retention/threat_probability",
                                                "/behavior/retention/save_probability",
                                                "/promises/callback/forget_probability",
                                                "/channels/phone/redial_probability",
                                                "/issue_types/refund/justified_probability",
                                                "/issue_types/refund/verification/sensitivity"};
    for (size_t i = 0; i < sizeof probabilities / sizeof *probabilities; i++) {
        double u = uniform(-0.2, 1.2);
        putf(doc, probabilities[i], "%.4f", u < 0 ? 0 : u > 1 ? 1 : u);
    }
    static const char *const small[] = {
        "/behavior/leaving/given_up",         "/behavior/leaving/promise_broken",
        "/behavior/leaving/issue_ended",      "/behavior/leaving/failed_contact",
        "/behavior/leaving/abandoned",        "/behavior/leaving/silent_issue",
        "/behavior/leaving/rightly_refused",  "/behavior/leaving/given_up_without_right",
        "/promises/false_closure/probability"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        putf(doc, small[i], "%.4f", uniform(0, 0.3));
    }
    if (rand() % 4 == 0) {
        put(doc, "/behavior/leaving/promise_broken", "1");
    }
    static const char *const transfers[] = {"'cold'", "'warm'", "'consult'"};
    put(doc, "/policies/late/transfer", transfers[rand() % 3]);
    put(doc, "/policies/early/transfer", transfers[rand() % 3]);
    putf(doc, "/policies/late/promise_share", "%.3f", uniform(0, 1));
    putf(doc, "/policies/late/trigger_contacts", "%d", 1 + rand() % 4);
    putf(doc, "/teams/senior/agents", "%d", rand() % 3);
    putf(doc, "/teams/back/agents", "%d", 1 + rand() % 2);
    putf(doc, "/teams/desk/agents", "{'interval': '2 days', 'values': [%d, 0, 1], 'repeat': 'all'}",
         rand() % 2);
    putf(doc, "/channels/phone/lines", "%d", 2 + rand() % 8);
    putf(doc, "/promises/callback/by", "'%s'", rand() % 2 ? "same_tier" : "next_tier");
    putf(doc, "/promises/callback/due", "'%d min'", 10 + rand() % 3000);
    putf(doc, "/promises/callback/priority", "%d", rand() % 5 - 2);
    putf(doc, "/behavior/retention/settles_issue", rand() % 2 ? "true" : "false");
    putf(doc, "/run/discount_rate_per_year", "%.3f", rand() % 3 ? uniform(0, 0.5) : 0.0);
    putf(doc, "/run/start", "'2026-03-%02d'", 1 + rand() % 28);
    putf(doc, "/run/horizon", "'%d days'", 8 + rand() % 20);
    putf(doc, "/segments/loyal/churn_hazard_per_year", "%.3f", uniform(0, 3));
    put(doc, "/run/warmup", "'3 weeks'");
    put(doc, "/run/follow_up", "'4 weeks'");
}

static void step_through(struct lone_world *lone, ccs_time until, struct gone *gone)
{
    while (lone->w->now < until) {
        ccs_time to = lone->w->now + (1 + rand() % 240) * CCS_US_PER_MIN;
        world_run(lone, to < until ? to : until);
        look_around(lone->w);
        if (gone) {
            check_the_gone(lone->w, gone, 800);
        }
    }
}

/* Sums that can be had in two ways. */
static void check_sums(struct ccs_world *w)
{
    const struct ccs_measure *m = &w->measure;
    const struct ccs_cohort *cohort = m->cohort.data;
    int64_t cause_us = 0;
    int64_t team_us = 0;
    for (uint32_t i = 0; i < m->cohort.len; i++) {
        const struct ccs_cohort *c = &cohort[i];
        ck_assert_int_le(c->kept + c->broken + c->voided, c->promises);
        ck_assert_int_le(c->first_contact, ccs_cohort_rightly_ended(c));
        ck_assert_int_le(c->wrongly_settled, c->claims.unjustified_paid);
        ck_assert_int_le(c->claims.refused_given_up, c->claims.unjustified_refused);
        ck_assert_int_le(c->escalated, c->contacted); /* a promised call needs no transfer */
        int64_t settled = 0;
        for (int t = 0; t <= CCS_TIER_MAX; t++) {
            settled += c->settled_by_tier[t];
        }
        ck_assert_int_eq(settled, c->resolved);
        ck_assert_int_eq(c->voiced, c->resolved + c->given_up + c->left + c->open);
    }
    for (uint32_t i = 0; i < m->cause_us.len; i++) {
        cause_us += ((const int64_t *)m->cause_us.data)[i];
    }
    for (uint32_t t = 0; t < m->teams.len; t++) {
        const struct ccs_team_sums *s = &((const struct ccs_team_sums *)m->teams.data)[t];
        team_us += s->talk_us + s->hold_us + s->wrap_us;
        ck_assert_int_ge(s->paid_us, s->busy_us);
        ck_assert_int_ge(s->paid_us, s->level_us);
    }
    ck_assert_int_eq(cause_us, m->sums.handle_us);
    ck_assert_int_eq(team_us, m->sums.handle_us);
    ck_assert_int_le(m->sums.failure_us, m->sums.handle_us);
    const struct ccs_churn *churn = m->churn.data;
    /* the last week of the curves for break-even is net value, and the margin less all costs */
    const struct ccs_week_sums *last =
        &((const struct ccs_week_sums *)m->weeks.data)[m->weeks.len - 1];
    enum ccs_labor_view view = w->model->labor_view;
    double cash = ccs_money_to_units(ccs_net_value_sum(&m->net, view));
    ck_assert_double_eq(last->value, cash);
    for (int i = CCS_LINE_LOST; i < CCS_LINE_PAID; i++) {
        cash -= ccs_money_to_units(m->net.line[i]);
    }
    for (uint32_t s = 0; s < m->churn.len; s++) {
        cash += churn[s].margin_pv;
    }
    ck_assert_double_eq_tol(last->cash, cash, 1e-9 * fabs(cash));
    ck_assert(!m->net.has_overflowed);
    for (uint32_t s = 0; s < m->churn.len; s++) {
        int64_t by_moment = 0;
        for (int k = 0; k <= CCS_MOMENT_NONE; k++) {
            by_moment += churn[s].by_moment[k];
        }
        ck_assert_int_eq(by_moment, churn[s].leavers);
        ck_assert_int_eq(churn[s].announced, churn[s].by_moment[CCS_MOMENT_CANCELLATION]);
        /* margin received = margin per month x months of the active, to a rounding per week */
        const struct ccs_segment_config *sg = ccs_config_segment(w->model->config, s);
        double booked = -ccs_money_to_units(
            ccs_ledger_sum(&w->window_books, CCS_ACCOUNT_MARGIN, -1, (int)s, -1, -1));
        double due = sg->margin_per_month * 12 * churn[s].customer_years;
        ck_assert_double_eq_tol(booked, due, 5e-5 * (double)(m->weeks.len + 1));
    }
}

/* A team with shifts, absence and breaks, as JSON. */
static void say_shift_team(struct text *t)
{
    say(t,
        "{'shifts': {'early': {'agents': %d, 'hours': {'mon-fri': '07:00-15:00'}, "
        "'breaks': {'lunch': {'after': '3 h', 'length': '%d min', 'spread': '%d min', "
        "'paid': %s}, 'coffee': {'after': '70 min', 'length': '10 min'}}}, "
        "'late': {'agents': %d, 'hours': {'mon-sun': ['00:00-02:00', '13:00-24:00']}, "
        "'breaks': {'rest': {'after': '1 h', 'length': '20 min'}}}}, "
        "'wage_per_h': 22, 'absence': 0.%d, 'absence_paid': %s, "
        "'shrinkage': 0.%d, 'speed_cv': 0.%d}",
        1 + rand() % 3, 10 + rand() % 50, rand() % 60, rand() % 2 ? "true" : "false",
        1 + rand() % 3, rand() % 4, rand() % 2 ? "true" : "false", rand() % 4, rand() % 5);
}

/* Wages that change with the hour, and overtime; policies have others than the past. */
static void shake_wages(cJSON *doc)
{
    static const char *const teams[] = {"/teams/front", "/teams/second"};
    for (int i = 0; i < 2; i++) {
        char key[64];
        if (!cJSON_GetObjectItem(cJSON_GetObjectItem(doc, "teams"), teams[i] + 7)) {
            continue;
        }
        snprintf(key, sizeof key, "%s/wage_surcharges", teams[i]);
        int from = rand() % 24;
        putf(doc, key,
             "{'some': {'hours': {'mon-sat': '%02d:%02d-24:00'}, 'factor': %d.%02d}, "
             "'sun': {'hours': {'sun': '00:00-24:00'}, 'factor': 0.%d}}",
             from, rand() % 60, rand() % 3, rand() % 100, rand() % 10);
        snprintf(key, sizeof key, "%s/overtime_factor", teams[i]);
        putf(doc, key, "%d.%d", rand() % 3, rand() % 10);
    }
}

/* Routing and staff by every rule; a policy may change from headcount to shifts, or back. */
static void shake_staff(cJSON *doc)
{
    static const char *const agent[] = {"in_order", "most_specialised", "random", "longest_idle",
                                        "least_occupied"};
    static const char *const contact[] = {"priority", "longest_wait", "weighted_wait",
                                          "longest_queue"};
    struct text team = {.n = 0};
    say_shift_team(&team);
    put(doc, "/channels/phone/calendar", NULL); /* so that somebody is in a leg at t0 */
    put(doc, "/issue_types/public/volume", "{'rate_per_h': 8}");
    put(doc, "/issue_types/public/talk", "{'dist': 'exponential', 'mean': '12 min'}");
    put(doc, "/teams/senior/calendar", NULL);
    put(doc, "/teams/front/calendar", NULL);
    put(doc, "/teams/front/agents", "2");
    put(doc, "/teams/second", team.s);
    if (rand() % 2) {
        put(doc, "/teams/front", team.s);
    }
    put(doc, "/teams/second/overflow_after_s", "{'refund': 40, 'question': 0.5}");
    putf(doc, "/teams/second/reserve", "{'question': %d, 'lost': 1}", rand() % 2);
    putf(doc, "/teams/front/skill_priority", "{'question': %d}", rand() % 3 - 1);
    putf(doc, "/routing", "{'agent': '%s', 'contact': '%s', 'weights': {'question': 2.5}}",
         agent[rand() % 5], contact[rand() % 4]);
    putf(doc, "/policies/early/with",
         "{'teams': {'second': {'shifts': null, 'agents': %d}}, 'routing': {'agent': '%s'}}",
         rand() % 4, agent[rand() % 5]);
    putf(doc, "/policies/consulting/with",
         "{'teams': {'front': {'agents': null, 'shifts': {'day': {'agents': 3, "
         "'hours': {'mon-fri': '08:00-20:00'}}}}, 'second': {'overflow_after_s': %s}}}",
         rand() % 2 ? "null" : "{'public': 30}");
    if (rand() % 3 == 0) { /* nobody is told apart before t0 */
        put(doc, "/teams/second", NULL);
        put(doc, "/teams/front/speed_cv", NULL);
        put(doc, "/teams/front/shifts", NULL);
        put(doc, "/teams/front/agents", "2");
        put(doc, "/routing/agent", "'in_order'");
        putf(doc, "/policies/early/with", "{'teams': {'second': %s}}", team.s);
        put(doc, "/policies/consulting/with", "{'routing': {'agent': 'longest_idle'}}");
    }
    shake_wages(doc);
}

static void hold_at_any_moment(int n, bool with_staff)
{
    srand(4000 + (unsigned)n);
    cJSON *doc = read_document(EVERYTHING);
    shake(doc);
    if (with_staff) {
        shake_staff(doc);
    }
    struct ccs_scenario *sc = scenario_from(doc);
    static const char *const policies[] = {"late", "early", "consulting", "kept"};
    const struct ccs_model *model = model_of(sc, policies[n % 4]);
    struct lone_world lone;
    world_prepare(&lone);
    ck_assert_int_eq(ccs_world_init(lone.w, model_of(sc, NULL), (uint64_t)n, 0, 1.0, &lone.budget),
                     CCS_OK);
    look_around(lone.w);
    step_through(&lone, 0, NULL);
    ck_assert_uint_eq(lone.w->window_books.entries + lone.w->follow_up_books.entries,
                      0); /* the past is not booked */
    struct gone *gone = calloc(800, sizeof *gone);
    ck_assert_ptr_nonnull(gone);
    world_begin(&lone, model);
    look_around(lone.w);
    if (!with_staff) { /* else somebody may be answered at t0, and the line has cost something */
        ck_assert_uint_eq(lone.w->window_books.entries + lone.w->follow_up_books.entries, 0);
    }
    step_through(&lone, lone.w->horizon, gone);
    ccs_world_close(lone.w);
    step_through(&lone, lone.w->horizon + model->config->run.follow_up, gone);
    ccs_world_finish(lone.w);
    check_sums(lone.w);
    struct ccs_balance balance;
    ccs_balance_check(lone.w, &balance);
    ck_assert_msg(balance.is_ok, "net value %g, labor %g, little %g, lost %ld %ld %ld",
                  balance.net_value, balance.labor, balance.little, (long)balance.issues_lost,
                  (long)balance.contacts_lost, (long)balance.customers_lost);
    free(gone);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}

START_TEST(invariants_hold_at_any_moment_of_a_random_run)
{
    hold_at_any_moment(_i, false);
}
END_TEST

START_TEST(invariants_hold_with_agents_as_individuals_and_any_rule_of_routing)
{
    hold_at_any_moment(_i, true);
}
END_TEST

START_TEST(every_promise_is_kept_broken_or_void_once_all_issues_have_ended)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/follow_up", "'60 weeks'");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 3, 0);
    world_live(&lone, model_of(sc, NULL));
    ck_assert_int_eq(lone.w->cohort_open, 0);
    const struct ccs_cohort *cohort = lone.w->measure.cohort.data;
    int64_t sum[4] = {0};
    for (uint32_t i = 0; i < lone.w->measure.cohort.len; i++) {
        ck_assert_int_eq(cohort[i].promises, cohort[i].kept + cohort[i].broken + cohort[i].voided);
        sum[0] += cohort[i].promises;
        sum[1] += cohort[i].kept;
        sum[2] += cohort[i].broken;
        sum[3] += cohort[i].voided;
    }
    for (int i = 0; i < 4; i++) {
        ck_assert_int_gt(sum[i], 0); /* there is something of each */
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- a policy that takes away what somebody is waiting for ---- */

START_TEST(a_policy_may_take_a_channel_or_a_team_away_from_those_who_wait)
{
    /* At t0 queues are long; each policy closes something. Nobody may be lost or crash. */
    static const char *const with[] = {
        "{'teams': {'senior': null}}",
        "{'teams': {'chief': null, 'senior': {'channels': ['phone']}}}",
        "{'teams': {'senior': {'skills': ['lost']}}}",
        ("{'teams': {'front': {'agents': 4}, 'desk': {'agents': {'interval': '1 days', "
         "'values': [1, 0, 0], 'repeat': 'none'}}}}"),
        "{'channels': {'phone': {'lines': 1}}}",
        "{'teams': {'senior': {'tier': 4}}}",
        "{'promises': {'callback': null}}",
        "{'teams': {'back': {'channels': null}}}"};
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/teams/front/agents", "1");
    putf(doc, "/policies/early/with", "%s", with[_i]);
    struct ccs_scenario *sc = scenario_from(doc);
    const struct ccs_model *model = model_of(sc, "early");
    for (uint64_t r = 0; r < 3; r++) {
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, "late"), 8, r);
        world_begin(&lone, model);
        look_around(lone.w);
        step_through(&lone, lone.w->horizon, NULL);
        ccs_world_close(lone.w);
        step_through(&lone, lone.w->horizon + model->config->run.follow_up, NULL);
        ccs_world_finish(lone.w);
        check_sums(lone.w);
        struct ccs_balance balance;
        ccs_balance_check(lone.w, &balance);
        ck_assert(balance.is_ok);
        world_finish(&lone);
    }
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_saved_customer_whose_type_is_not_served_by_phone_does_not_get_stuck)
{
    /* One cancels by phone; the type itself is served by chat only. */
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/issue_types/refund/channel_mix", "{'chat': 1}");
    put(doc, "/behavior/recontact/channel_switch", "{}");
    put(doc, "/behavior/retention/settles_issue", "false");
    put(doc, "/behavior/retention/threat_probability", "0.6");
    put(doc, "/teams/front/skills", "['question', 'lost', 'public']");
    put(doc, "/teams/chats", "{'agents': 2, 'channels': ['chat'], 'wage_per_h': 20}");
    put(doc, "/teams/senior/channels", "['chat', 'form']");
    put(doc, "/teams/senior/skills", "['refund']");
    put(doc, "/teams/chief", NULL);
    struct run run = run_document(doc, 2);
    ck_assert_double_gt(total_of(run.res, run.res->num, 0, "cancellations_per_customer"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- the checks can fail ---- */

#define SUMS(w, type, array, i) (&((type *)(w)->measure.array.data)[i])

static void spoil(struct ccs_world *w, int what)
{
    switch (what) {
    case 0:
        w->window_books.total[CCS_ACCOUNT_TELECOM] += 1;
        break;
    case 1:
        w->follow_up_books.total[CCS_ACCOUNT_CASH] -= 1;
        break;
    case 2:
        SUMS(w, struct ccs_churn, churn, 0)->value_lost *= 1.001;
        break;
    case 3:
        SUMS(w, struct ccs_churn, churn, 1)->margin_pv *= 1.00001;
        break;
    case 4:
        SUMS(w, struct ccs_team_sums, teams, 2)->paid_us += CCS_US_PER_H;
        break;
    case 5:
        w->measure.conserved.issues_ended--;
        break;
    case 6:
        SUMS(w, struct ccs_cohort, cohort, 0)->resolved++;
        break;
    case 7:
        w->measure.conserved.contacts_born++;
        break;
    case 8:
        ccs_population_at(w, 0)->active--;
        break;
    case 9:
        SUMS(w, struct ccs_churn, churn, 0)->silent++;
        break;
    case 10:
        w->measure.sums.waited_us += w->measure.sums.waited_us / 1000000 + 1;
        break;
    case 11:
        SUMS(w, struct ccs_cohort, cohort, 1)->kept += 100000;
        break;
    case 12:
        ccs_customer_at(w, 3)->is_gone ^= 1;
        break;
    case 13:
        SUMS(w, struct ccs_cohort, cohort, 1)->claims.justified++;
        break;
    case 14:
        SUMS(w, struct ccs_cohort, cohort, 1)->wrongly_settled += 100000;
        break;
    }
}
#define SPOILS 15

START_TEST(a_spoiled_world_does_not_balance)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 5, 0);
    world_live(&lone, model_of(sc, NULL));
    struct ccs_balance balance;
    ccs_balance_check(lone.w, &balance);
    ck_assert(balance.is_ok);
    spoil(lone.w, _i);
    ccs_balance_check(lone.w, &balance);
    ck_assert_msg(!balance.is_ok, "spoiling %d went unnoticed", _i);
    struct ccs_balance total = {.runs = 3, .is_ok = true};
    ccs_balance_merge(&total, &balance);
    ck_assert(!total.is_ok);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_invariants(void)
{
    Suite *suite = suite_create("invariants");
    TCase *always = tcase_create("at any moment");
    tcase_add_loop_test(always, invariants_hold_at_any_moment_of_a_random_run, 0, 16);
    tcase_add_loop_test(always, invariants_hold_with_agents_as_individuals_and_any_rule_of_routing,
                        0, 32);
    tcase_add_test(always, every_promise_is_kept_broken_or_void_once_all_issues_have_ended);
    tcase_add_loop_test(always, a_policy_may_take_a_channel_or_a_team_away_from_those_who_wait, 0,
                        8);
    tcase_add_test(always, a_saved_customer_whose_type_is_not_served_by_phone_does_not_get_stuck);
    suite_add_tcase(suite, always);
    TCase *meta = tcase_create("the checks can fail");
    tcase_add_loop_test(meta, a_spoiled_world_does_not_balance, 0, SPOILS);
    suite_add_tcase(suite, meta);
    return suite;
}
