/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closing time: what world/staff/closing.h promises. Every run is balanced too (run_document). */
#include "../sim_help.h"

#include "world/case/issue.h"
#include "world/staff/agent.h"

Suite *suite_closing(void);

/* Too few agents from 9 to 17, nobody gives up: there is a queue every evening. */
#define EVENING                                                                                    \
    "{'name': 't', 'run': {'start': '2026-01-05', 'horizon': '5 days',"                            \
    "   'follow_up': '3 days', 'period': '1 day', 'replications': 5, 'seed': 8},"                  \
    " 'calendars': {'day': {'hours': {'mon-fri': '09:00-17:00'}},"                                 \
    "                'long': {'hours': {'mon-fri': '09:00-18:00'}}},"                              \
    " 'channels': {'phone': {'calendar': 'day'}},"                                                 \
    " 'issue_types': {'call': {'talk': '10 min', 'volume': {'per_interval':"                       \
    "   {'interval': '8 h', 'from': '9 h', 'repeat': 'day', 'values': [120]}}}},"                  \
    " 'teams': {'agents': {'agents': 2, 'calendar': 'day', 'wage_per_h': 20}}}"

static cJSON *evening(const char *at_closing)
{
    cJSON *doc = document_of(EVENING);
    if (at_closing) {
        putf(doc, "/channels/phone/at_closing", "'%s'", at_closing);
    }
    return doc;
}

static double sum_of(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric);
}

/* Number waiting in all queues, and with agents. */
static int count_phase(struct lone_world *lone, enum ccs_contact_phase phase)
{
    int n = 0;
    for (uint32_t i = 0; i < lone->w->contacts.len; i++) {
        n += ccs_contact_at(lone->w, i)->phase == (uint8_t)phase;
    }
    return n;
}

static void start(struct lone_world *lone, const struct ccs_scenario *sc)
{
    world_warm_up(lone, model_of(sc, NULL), 8, 0);
    world_begin(lone, model_of(sc, NULL));
}

#define AT(h, min) ((h)*CCS_US_PER_H + (min)*CCS_US_PER_MIN)

START_TEST(carry_over_is_what_happens_without_the_key)
{
    cJSON *absent = evening(NULL);
    cJSON *given = evening("carry_over");
    struct run a = run_document(absent, 0);
    struct run b = run_document(given, 0);
    ck_assert_uint_eq(a.res->signature, b.res->signature);
    ck_assert_same_numbers(a.res, 0, b.res, 0, -1);
    ck_assert_double_eq(sum_of(&a, "contacts_cleared"), 0);
    ck_assert_double_gt(sum_of(&a, "backlog_growth_per_day"), 0);
    run_free(&a);
    run_free(&b);
    cJSON_Delete(absent);
    cJSON_Delete(given);
}
END_TEST

START_TEST(clearing_leaves_nobody_waiting_and_everybody_accounted_for)
{
    cJSON *doc = evening("clear");
    put(doc, "/channels/phone/patience", "{'dist': 'exponential', 'mean': '3 h'}");
    struct run run = run_document(doc, 0);
    double offered = sum_of(&run, "contacts_offered");
    ck_assert_double_gt(offered, 2000);
    ck_assert_double_gt(sum_of(&run, "contacts_cleared"), 5 * 5 * 2);
    ck_assert_double_eq(offered, sum_of(&run, "contacts_answered") +
                                     sum_of(&run, "abandonment_rate") +
                                     sum_of(&run, "contacts_cleared"));
    ck_assert_double_eq(sum_of(&run, "clearing_rate"), sum_of(&run, "contacts_cleared"));
    ck_assert_double_eq(sum_of(&run, "backlog_growth_per_day"), 0);
    /* Nobody redials here: who was cleared or abandoned has given up. */
    ck_assert_double_eq(sum_of(&run, "given_up_share"),
                        sum_of(&run, "abandonment_rate") + sum_of(&run, "contacts_cleared"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_was_cleared_redials_and_comes_back_in_the_morning)
{
    cJSON *doc = evening("clear");
    put(doc, "/channels/phone/redial_probability", "1");
    put(doc, "/channels/phone/retry_delay", "'1 h'"); /* never past the next closing */
    put(doc, "/issue_types/call/volume/per_interval/values", "[90]");
    struct run run = run_document(doc, 0);
    ck_assert_double_gt(sum_of(&run, "contacts_cleared"), 10);
    /* Each finds the channel closed ten minutes later; the end of the window is at night. */
    ck_assert_double_eq(sum_of(&run, "attempts_outside_hours"), sum_of(&run, "contacts_cleared"));
    ck_assert_double_eq(sum_of(&run, "given_up_share"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(serving_out_answers_everybody_in_paid_overtime)
{
    cJSON *doc = evening("serve_out");
    struct run out = run_document(doc, 0);
    put(doc, "/channels/phone/at_closing", "'clear'");
    struct run cleared = run_document(doc, 0);
    ck_assert_double_eq(sum_of(&out, "contacts_offered"), sum_of(&out, "contacts_answered"));
    ck_assert_double_eq(sum_of(&out, "contacts_cleared"), 0);
    ck_assert_double_eq(sum_of(&out, "backlog_growth_per_day"), 0);
    ck_assert_double_gt(sum_of(&out, "overtime_hours"), 4 * sum_of(&cleared, "overtime_hours"));
    /* Wages are due for every hour, those after closing too. */
    double hours = sum_of(&out, "staffed_hours");
    ck_assert_double_eq_tol(hours, 5 * 5 * 2 * 8 + sum_of(&out, "overtime_hours"), 1e-9);
    ck_assert_double_eq_tol(sum_of(&out, "cost_total"), 20 * hours, 0.01);
    run_free(&out);
    run_free(&cleared);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(those_on_duty_at_closing_serve_out_and_no_more)
{
    /* n wait at 17:00, two agents, ten minutes each: they need n / 2 rounds after the running one,
     * whose end lies within ten minutes. */
    cJSON *doc = evening("serve_out");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    start(&lone, sc);
    world_run(&lone, AT(17, 0));
    int n = count_phase(&lone, CCS_PHASE_WAITING);
    ck_assert_int_gt(n, 6);
    for (int minute = 1; minute < 10 * (n / 2); minute++) {
        world_run(&lone, AT(17, minute));
        ck_assert_int_eq(ccs_team_at(lone.w, 0)->busy, 2);
    }
    world_run(&lone, AT(17, 10 * ((n + 1) / 2 + 1)));
    ck_assert_int_eq(count_phase(&lone, CCS_PHASE_WAITING), 0);
    ck_assert_int_eq(ccs_team_at(lone.w, 0)->busy, 0);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_queue_closes_with_the_last_team_that_serves_it)
{
    cJSON *doc = evening("clear");
    put(doc, "/channels/phone/calendar", "'long'");
    put(doc, "/teams/late", "{'agents': 1, 'calendar': 'long'}");
    put(doc, "/issue_types/call/volume/per_interval/values", "[200]");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    start(&lone, sc);
    world_run(&lone, AT(17, 0) + 1); /* the first team has gone home */
    int n = count_phase(&lone, CCS_PHASE_WAITING);
    ck_assert_int_gt(n, 10);
    world_run(&lone, AT(18, 0));
    ck_assert_int_gt(count_phase(&lone, CCS_PHASE_WAITING), n - 7);
    world_run(&lone, AT(18, 0) + 1);
    ck_assert_int_eq(count_phase(&lone, CCS_PHASE_WAITING), 0);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_hour_without_staff_inside_the_hours_is_no_closing)
{
    cJSON *doc = evening("clear");
    put(doc, "/teams/agents/agents",
        "{'interval': '1 h', 'from': '9 h', 'repeat': 'day',"
        " 'values': [2, 2, 2, 0, 2, 2, 2, 2]}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    start(&lone, sc);
    world_run(&lone, AT(12, 0));
    int before = count_phase(&lone, CCS_PHASE_WAITING);
    world_run(&lone, AT(12, 0) + 1);
    ck_assert_int_eq(count_phase(&lone, CCS_PHASE_WAITING), before);
    world_run(&lone, AT(12, 59));
    ck_assert_int_gt(count_phase(&lone, CCS_PHASE_WAITING), before);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_is_in_the_ivr_is_inside)
{
    cJSON *doc = evening("clear");
    put(doc, "/channels/phone/ivr", "'30 min'");
    put(doc, "/teams/agents/agents", "30"); /* nobody waits */
    struct run cleared = run_document(doc, 0);
    put(doc, "/channels/phone/at_closing", "'serve_out'");
    struct run served = run_document(doc, 0);
    put(doc, "/channels/phone/at_closing", "'carry_over'");
    struct run carried = run_document(doc, 0);
    /* 7.5 calls an evening on average in the last half hour. */
    double inside = sum_of(&cleared, "contacts_cleared");
    ck_assert_double_gt(inside, 100);
    ck_assert_double_eq(sum_of(&cleared, "clearing_rate"), 0); /* never offered */
    ck_assert_double_eq(sum_of(&cleared, "contacts_offered"),
                        sum_of(&cleared, "contacts_answered"));
    ck_assert_double_eq(sum_of(&served, "contacts_offered"),
                        sum_of(&cleared, "contacts_offered") + inside);
    ck_assert_double_eq(sum_of(&served, "contacts_answered"), sum_of(&served, "contacts_offered"));
    /* Carried over, they wait until the morning. */
    ck_assert_double_eq(sum_of(&served, "wait_mean"), 0);
    ck_assert_double_gt(sum_of(&carried, "wait_mean"), 100 * 12 * 3600.0);
    run_free(&cleared);
    run_free(&served);
    run_free(&carried);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(each_channel_closes_in_its_own_way_even_in_one_queue)
{
    cJSON *doc = evening("clear");
    put(doc, "/channels/chat", "{'kind': 'chat', 'calendar': 'day', 'at_closing': 'serve_out'}");
    put(doc, "/channels/mail", "{'kind': 'form', 'calendar': 'day'}");
    put(doc, "/issue_types/call/channel_mix", "{'phone': 1, 'chat': 1, 'mail': 1}");
    put(doc, "/issue_types/call/volume/per_interval/values", "[200]");
    struct ccs_scenario *sc = scenario_from(doc);
    ck_assert_uint_eq(model_of(sc, NULL)->queue_n, 1);
    struct lone_world lone;
    start(&lone, sc);
    world_run(&lone, AT(17, 0));
    int by_channel[2][3] = {{0}};
    for (int late = 0; late < 2; late++) {
        for (uint32_t i = 0; i < lone.w->contacts.len; i++) {
            const struct ccs_contact *ct = ccs_contact_at(lone.w, i);
            by_channel[late][ct->channel] += ct->phase == CCS_PHASE_WAITING;
        }
        world_run(&lone, AT(late ? 33 : 24, 0)); /* midnight; next morning before opening */
    }
    /* By name: chat, mail, phone. */
    ck_assert_int_gt(by_channel[0][0], 5);
    ck_assert_int_gt(by_channel[0][1], 5);
    ck_assert_int_gt(by_channel[0][2], 5);
    ck_assert_int_eq(by_channel[1][0], 0);
    ck_assert_int_eq(by_channel[1][1], by_channel[0][1]);
    ck_assert_int_eq(by_channel[1][2], 0);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_world_copied_during_overtime_goes_on_the_same)
{
    cJSON *doc = evening("serve_out");
    put(doc, "/calendars/day/hours", "{'mon-fri': '16:00-23:55'}");
    put(doc, "/issue_types/call/volume/per_interval/from", "'16 h'");
    put(doc, "/run/start", "'2026-01-06'");
    put(doc, "/run/warmup", "'8 h'");
    put(doc, "/policies", "{'a': {'kind': 'none'}, 'b': {'kind': 'none'}}");
    put(doc, "/baseline", "'a'");
    struct run run = run_document(doc, 0);
    /* The overtime of four evenings, and most of that of the evening before t0. */
    ck_assert_double_gt(sum_of(&run, "overtime_hours"), 5 * 4.5 * 2);
    ck_assert_same_numbers(run.res, 0, run.res, 1, -1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_closing_that_never_comes_is_pointed_out)
{
    static const struct {
        const char *pointer, *value;
    } cases[] = {{"/teams/agents/calendar", NULL}, {"/channels/phone/kind", "'form'"}};
    cJSON *doc = evening("clear");
    put(doc, cases[_i].pointer, cases[_i].value);
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc = try_document(doc, &diags);
    ck_assert_ptr_nonnull(sc);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    const struct ccs_diagnostic *d = ccs_diagnostics_get(diags, 0);
    ck_assert_str_eq(d->code, "CCS-W404");
    ck_assert_str_eq(d->pointer, "/channels/phone/at_closing");
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

static int waiting_of(struct lone_world *lone, uint16_t type)
{
    int n = 0;
    for (uint32_t i = 0; i < lone->w->contacts.len; i++) {
        const struct ccs_contact *ct = ccs_contact_at(lone->w, i);
        n += ct->phase == CCS_PHASE_WAITING && ccs_issue_at(lone->w, ct->issue)->type == type;
    }
    return n;
}

/* By day the skill puts calls before what is urgent, so that both are left in the evening. */
START_TEST(serving_out_goes_by_priority_whatever_the_priorities_of_skills)
{
    cJSON *doc = evening("serve_out");
    put(doc, "/issue_types/urgent",
        "{'priority': 1, 'talk': '10 min', 'volume': {'per_interval': {'interval': '1 h', "
        "'from': '16 h', 'repeat': 'day', 'values': [30]}}}");
    put(doc, "/teams/agents/skill_priority", "{'call': 5}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    start(&lone, sc);
    world_run(&lone, AT(17, 0));
    int calls = waiting_of(&lone, 0);
    int urgent = waiting_of(&lone, 1);
    ck_assert_int_gt(calls, 0);
    ck_assert_int_gt(urgent, 12);
    world_run(&lone, AT(17, 55));
    ck_assert_int_eq(waiting_of(&lone, 0), calls);
    ck_assert_int_le(waiting_of(&lone, 1), urgent - 8);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* Those of the early shift have gone home. */
START_TEST(with_shifts_the_agents_who_were_on_duty_serve_out)
{
    cJSON *doc = evening("serve_out");
    put(doc, "/teams/agents/agents", NULL);
    put(doc, "/teams/agents/shifts",
        "{'early': {'agents': 2, 'hours': {'mon-fri': '09:00-13:00'}}, "
        "'late': {'agents': 1, 'hours': {'mon-fri': '13:00-17:00'}}}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    start(&lone, sc);
    for (int min = 5; min < 120; min += 5) {
        world_run(&lone, AT(17, min));
        int busy = 0;
        for (uint32_t i = 0; i < lone.w->agents.len; i++) {
            const struct ccs_agent *a = ccs_agent_at(lone.w, i);
            busy += a->state == CCS_AGENT_BUSY;
            MUST(a->state != CCS_AGENT_BUSY || a->slot == 2);
        }
        ck_assert_int_eq(busy, 1);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_closing(void)
{
    Suite *suite = suite_create("closing");
    TCase *c = tcase_create("closing time");
    tcase_add_test(c, carry_over_is_what_happens_without_the_key);
    tcase_add_test(c, clearing_leaves_nobody_waiting_and_everybody_accounted_for);
    tcase_add_test(c, who_was_cleared_redials_and_comes_back_in_the_morning);
    tcase_add_test(c, serving_out_answers_everybody_in_paid_overtime);
    tcase_add_test(c, those_on_duty_at_closing_serve_out_and_no_more);
    tcase_add_test(c, a_queue_closes_with_the_last_team_that_serves_it);
    tcase_add_test(c, an_hour_without_staff_inside_the_hours_is_no_closing);
    tcase_add_test(c, who_is_in_the_ivr_is_inside);
    tcase_add_test(c, each_channel_closes_in_its_own_way_even_in_one_queue);
    tcase_add_test(c, a_world_copied_during_overtime_goes_on_the_same);
    tcase_add_test(c, serving_out_goes_by_priority_whatever_the_priorities_of_skills);
    tcase_add_test(c, with_shifts_the_agents_who_were_on_duty_serve_out);
    tcase_add_loop_test(c, a_closing_that_never_comes_is_pointed_out, 0, 2);
    suite_add_tcase(suite, c);
    return suite;
}
