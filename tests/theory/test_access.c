/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happens before an agent answers, against closed forms: a limited queue, balking, voicemail,
 * menus, redialling by attempt. Birth and death chains are solved here, in a few lines.
 * Seeds are fixed; limit |z| <= 4.
 */
#include "sim_help.h"

#include "stats/zscore.h"

Suite *suite_access(void);

enum {
    STATES = 400
};

struct chain {
    double p[STATES]; /* in n servers' system */
};

/* Stationary distribution for rates up(n), down(n); rates per mean service time. */
static void solve(struct chain *c, double (*up)(int n), double (*down)(int n))
{
    double total = 0;
    c->p[0] = 1;
    for (int n = 0; n < STATES; n++) {
        total += c->p[n];
        if (n + 1 < STATES) {
            c->p[n + 1] = c->p[n] * up(n) / down(n + 1);
        }
    }
    for (int n = 0; n < STATES; n++) {
        c->p[n] /= total;
    }
}

/* A pool of `agents` with exponential talk of a minute. */
static struct run pool(double per_min, int agents, const char *channel)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'access', 'run': {'horizon': '20 h', 'warmup': '2 h', 'follow_up': '1 days', "
        "'replications': 20, 'seed': 21}, 'channels': {'phone': {%s}}, "
        "'issue_types': {'call': {'volume': {'rate_per_h': %g}, 'talk': {'dist': 'exponential', "
        "'mean': '1 min'}}}, 'teams': {'all': {'agents': %d}}}",
        channel, 60 * per_min, agents);
    struct run run = {.sc = scenario_of(text.s)};
    run.res = experiment_of(run.sc, 0, 1);
    assert_balanced(run.res);
    return run;
}

static void agrees(const struct run *run, const char *metric, double value)
{
    const struct ccs_estimate *e = estimate_of(run->res, 0, metric);
    double z = ccs_z_compare(e, value, 0);
    ck_assert_msg(fabs(z) <= CCS_Z_FAIL, "%s: %.7g +- %.2g, expected %.7g, z %.2f", metric, e->mean,
                  e->half_width, value, z);
}

static double sum_of(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric);
}

/* --- waiting places --- */

static double up_limited(int n)
{
    return n < 3 + 2 ? 2.5 : 0; /* 3 agents, 2 places */
}

static double down_3(int n)
{
    return n < 3 ? n : 3;
}

START_TEST(a_limited_queue_is_m_m_c_k)
{
    struct chain c;
    solve(&c, up_limited, down_3);
    struct run run = pool(2.5, 3, "'queue_limit': 2");
    agrees(&run, "blocking_rate", c.p[5]);
    agrees(&run, "queue_full_rate", c.p[5]);
    agrees(&run, "wait_probability", (c.p[3] + c.p[4]) / (1 - c.p[5]));
    agrees(&run, "queue_length", c.p[4] + 2 * c.p[5]);
    run_free(&run);
}
END_TEST

START_TEST(waiting_places_and_lines_are_two_ways_to_say_the_same)
{
    struct run places = pool(2.5, 3, "'queue_limit': 2");
    struct run lines = pool(2.5, 3, "'lines': 5");
    static const char *const same[] = {"blocking_rate", "wait_mean", "contacts_offered",
                                       "queue_length"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        ck_assert_double_eq(sum_of(&places, same[i]), sum_of(&lines, same[i]));
    }
    ck_assert_double_gt(sum_of(&places, "queue_full_rate"), 0);
    ck_assert_double_eq(sum_of(&lines, "queue_full_rate"), 0);
    run_free(&places);
    run_free(&lines);
}
END_TEST

/* --- balking --- */

static double up_balking(int n)
{
    /* 3 agents; expected wait (n - 3 + 1) / 3 min, tolerance exponential with mean 30 s */
    return n < 3 ? 4.0 : 4.0 * exp(-(n - 3 + 1) / 3.0 / 0.5);
}

START_TEST(balking_by_queue_length_is_a_birth_and_death_chain)
{
    struct chain c;
    solve(&c, up_balking, down_3);
    struct run run = pool(4, 3,
                          "'balking': {'tolerance': {'dist': 'exponential', 'mean': '30 s'}, "
                          "'estimate': 'queue_length'}");
    double balked = 0;
    double queue = 0;
    double occupancy = 0;
    for (int n = 0; n < STATES; n++) {
        balked += c.p[n] * (4.0 - up_balking(n)) / 4.0;
        queue += n > 3 ? (n - 3) * c.p[n] : 0;
        occupancy += (n < 3 ? n : 3) * c.p[n] / 3;
    }
    agrees(&run, "balking_rate", balked);
    agrees(&run, "queue_length", queue);
    agrees(&run, "occupancy", occupancy);
    run_free(&run);
}
END_TEST

static double up_loss(int n)
{
    return n < 3 ? 2.0 : 0.0;
}

START_TEST(whoever_tolerates_no_wait_makes_it_a_loss_system)
{
    struct chain c;
    solve(&c, up_loss, down_3);
    struct run run = pool(2, 3, "'balking': {'tolerance': '0 s', 'estimate': 'queue_length'}");
    agrees(&run, "balking_rate", c.p[3]); /* Erlang B */
    ck_assert_double_eq(sum_of(&run, "wait_mean"), 0);
    run_free(&run);
}
END_TEST

START_TEST(the_last_wait_is_what_the_next_customer_expects)
{
    /* Nobody has ever waited, so nobody balks: the first in the queue waits, and from then on those
     * with a tolerance below that turn away. With `probability` 0 nobody does. */
    struct run all = pool(4, 3, "'balking': {'tolerance': '20 s'}");
    struct run half = pool(4, 3,
                           "'balking': {'tolerance': '20 s', 'probability': 0.5}, "
                           "'patience': '5 min'");
    struct run none = pool(4, 3,
                           "'balking': {'tolerance': '20 s', 'probability': 0}, "
                           "'patience': '5 min'");
    double one = estimate_of(all.res, 0, "balking_rate")->mean;
    double two = estimate_of(half.res, 0, "balking_rate")->mean;
    ck_assert_double_gt(one, two);
    ck_assert_double_gt(two, 0.05);
    ck_assert_double_eq(sum_of(&none, "balking_rate"), 0);
    run_free(&all);
    run_free(&half);
    run_free(&none);
}
END_TEST

/* --- voicemail --- */

START_TEST(a_message_after_t_is_patience_that_ends_at_t)
{
    struct run patience = pool(4, 3, "'patience': '40 s'");
    struct run message = pool(4, 3, "'voicemail': {'after': '40 s', 'called_back': false}");
    struct run both = pool(4, 3,
                           "'patience': '50 s', 'voicemail': {'after': '40 s', "
                           "'called_back': false}");
    ck_assert_double_gt(sum_of(&patience, "abandonment_rate"), 100);
    ck_assert_double_eq(sum_of(&patience, "abandonment_rate"), sum_of(&message, "voicemail_rate"));
    ck_assert_double_eq(sum_of(&message, "abandonment_rate"), 0);
    ck_assert_double_eq(sum_of(&patience, "wait_mean"), sum_of(&message, "wait_mean"));
    ck_assert_double_eq(sum_of(&both, "voicemail_rate"), sum_of(&message, "voicemail_rate"));
    run_free(&patience);
    run_free(&message);
    run_free(&both);
}
END_TEST

START_TEST(every_message_is_called_back)
{
    struct run run = pool(2.7, 3, "'voicemail': {'after': '30 s'}");
    double messages = sum_of(&run, "voicemail_rate");
    ck_assert_double_gt(messages, 1000);
    /* all issues of the window are settled by one contact, calls back included */
    ck_assert_double_eq(estimate_of(run.res, 0, "resolved_share")->mean, 1);
    ck_assert_double_eq(estimate_of(run.res, 0, "contacts_per_issue")->mean, 1);
    ck_assert_double_eq(sum_of(&run, "promises_per_issue"), 0);
    run_free(&run);
}
END_TEST

/* --- menus --- */

START_TEST(menus_take_time_and_callers)
{
    struct run run =
        pool(2, 5, "'menus': {'depth': 3, 'time': '10 s', 'hang_up_probability': 0.1}");
    agrees(&run, "menu_hang_up_rate", 1 - pow(0.9, 3));
    agrees(&run, "contacts_offered", 20 * 60 * 2 * pow(0.9, 3));
    agrees(&run, "given_up_share", 1 - pow(0.9, 3));
    run_free(&run);
}
END_TEST

START_TEST(misrouted_contacts_are_found_out_and_passed_on)
{
    struct ccs_scenario *sc =
        scenario_of("{'name': 'maze', 'run': {'horizon': '40 h', 'warmup': '0 s', "
                    "'follow_up': '1 days', 'replications': 10}, "
                    "'channels': {'phone': {'menus': {'time': '5 s', "
                    "'misroute_probability': 0.2, 'found_out_after': '30 s'}}}, "
                    "'issue_types': {'bill': {'volume': {'rate_per_h': 60}, 'talk': '2 min'}, "
                    "'fault': {'volume': {'rate_per_h': 60}, 'talk': '2 min'}}, "
                    "'teams': {'billing': {'agents': 8, 'skills': ['bill']}, "
                    "'repairs': {'agents': 8, 'skills': ['fault']}}}");
    struct run run = {.sc = sc, .res = experiment_of(sc, 0, 1)};
    assert_balanced(run.res);
    agrees(&run, "misrouted_share", 0.2);
    agrees(&run, "transfers_per_issue", 0.2);
    agrees(&run, "handle_time_per_issue", 120 + 0.2 * 30);
    /* both legs of a misrouted contact are failure demand */
    agrees(&run, "failure_demand_share", 0.2 * 150 / (120 + 0.2 * 30));
    ck_assert_double_eq(estimate_of(run.res, 0, "first_contact_resolution")->mean, 1);
    ck_assert_double_eq(sum_of(&run, "escalation_rate"), 0);
    run_free(&run);
}
END_TEST

/* --- redial --- */

/* Nobody answers in the window; `channel` is what the phone says. */
static struct run unanswered(const char *channel, const char *rest)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'redial', 'run': {'horizon': '20 h', 'warmup': '0 s', 'follow_up': '10 h', "
        "'replications': 10}, 'channels': {'phone': {%s, 'redial_delay': '5 s'}%s}, "
        "'issue_types': {'call': {'volume': {'rate_per_h': 200}, 'talk': '1 min', "
        "'channel_mix': {'phone': 1}}}, 'teams': {'all': {'agents': {'interval': '25 h', "
        "'values': [0, 1]}}}}",
        channel, rest);
    struct run run = {.sc = scenario_of(text.s)};
    run.res = experiment_of(run.sc, 0, 1);
    assert_balanced(run.res);
    return run;
}

START_TEST(redialling_goes_by_the_number_of_the_attempt)
{
    struct run run = unanswered("'patience': '1 s', 'redial_probability': 0.9, "
                                "'redial': {'after_abandonment': [1, 0.5, 0]}",
                                "");
    agrees(&run, "contacts_offered", 20 * 200 * 2.5);
    agrees(&run, "abandonment_rate", 1);
    run_free(&run);
}
END_TEST

START_TEST(redialling_after_busy_and_abandonment_are_apart)
{
    /* no waiting place: all are busy, and the list for abandonment does not matter */
    struct run run = unanswered("'queue_limit': 0, 'redial': {'after_abandonment': [1], "
                                "'after_busy': [0.75, 0]}",
                                "");
    ck_assert_double_eq(sum_of(&run, "contacts_offered"), 0);
    agrees(&run, "given_up_share", 1);
    double busy = sum_of(&run, "queue_full_rate") / 10;
    ck_assert_double_eq_tol(busy, 20 * 200 * 1.75, 4 * sqrt(20 * 200 * 3 / 10.0));
    run_free(&run);
}
END_TEST

START_TEST(redialling_may_change_the_channel)
{
    struct run run = unanswered("'patience': '1 s', 'redial': {'after_abandonment': [1, 0], "
                                "'channel_mix': {'chat': 3, 'phone': 1}}",
                                ", 'chat': {'kind': 'chat', 'patience': '1 s'}");
    int chat = ccs_results_row(run.res, "contacts_offered", CCS_SLICE_CHANNEL, "chat");
    ck_assert_int_ge(chat, 0);
    double z = ccs_z_compare(&run.res->estimates[chat], 20 * 200 * 0.75, 0);
    ck_assert_msg(fabs(z) <= 4, "z %.2f", z);
    agrees(&run, "contacts_offered", 20 * 200 * 2);
    run_free(&run);
}
END_TEST

START_TEST(access_without_effect_is_named)
{
    static const char *const bad[][2] = {
        {"'kind': 'form', 'balking': {'tolerance': '1 min'}", "balking"},
        {"'kind': 'form', 'voicemail': {'after': '1 min'}", "voicemail"},
        {"'lines': 3, 'queue_limit': 3", "queue_limit"},
        {"'menus': {'misroute_probability': 0.1}", "same queue"},
        {"'redial': {'after_busy': [0.5, 1.5]}", "after_busy/1"},
        {"'voicemail': {}", "voicemail/after"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct text text = {.n = 0};
        say(&text,
            "{'name': 'bad', 'run': {'horizon': '1 day'}, 'channels': {'phone': {%s}}, "
            "'issue_types': {'call': {'volume': {'rate_per_h': 5}, 'talk': '1 min'}}, "
            "'teams': {'all': {'agents': 1}}}",
            bad[i][0]);
        struct ccs_diagnostics *diags;
        struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
        ck_assert_uint_ge(ccs_diagnostics_count(diags), 1);
        const char *line = ccs_diagnostics_line(diags, 0);
        ck_assert_msg(strstr(line, bad[i][1]) != NULL, "%s: %s", bad[i][0], line);
        ck_assert_msg(strstr(line, i < 4 ? "CCS-W404" : "CCS-E2") != NULL, "%s", line);
        ccs_diagnostics_destroy(diags);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

Suite *suite_access(void)
{
    Suite *suite = suite_create("access");
    TCase *tc = tcase_create("before the agent");
    tcase_add_test(tc, a_limited_queue_is_m_m_c_k);
    tcase_add_test(tc, waiting_places_and_lines_are_two_ways_to_say_the_same);
    tcase_add_test(tc, balking_by_queue_length_is_a_birth_and_death_chain);
    tcase_add_test(tc, whoever_tolerates_no_wait_makes_it_a_loss_system);
    tcase_add_test(tc, the_last_wait_is_what_the_next_customer_expects);
    tcase_add_test(tc, a_message_after_t_is_patience_that_ends_at_t);
    tcase_add_test(tc, every_message_is_called_back);
    tcase_add_test(tc, menus_take_time_and_callers);
    tcase_add_test(tc, misrouted_contacts_are_found_out_and_passed_on);
    tcase_add_test(tc, redialling_goes_by_the_number_of_the_attempt);
    tcase_add_test(tc, redialling_after_busy_and_abandonment_are_apart);
    tcase_add_test(tc, redialling_may_change_the_channel);
    tcase_add_test(tc, access_without_effect_is_named);
    suite_add_tcase(suite, tc);
    return suite;
}
