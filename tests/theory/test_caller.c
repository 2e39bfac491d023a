/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What belongs to the caller rather than to the channel, and what channels share: patience, service
 * level, balking and redialling by issue type, line groups, waiting places by staff, the mean of
 * the last waits. Against Markov chains solved here and against the same thing said otherwise.
 * Seeds are fixed; limit |z| <= 4.
 */
#include "erlang.h"
#include "sim_help.h"

#include "stats/zscore.h"

Suite *suite_caller(void);

#define MINUTE "{'dist': 'exponential', 'mean': '1 min'}"

/* 20 x 20 h; `agents` and the three objects as given. */
static struct run center(int agents, const char *channels, const char *types, const char *rest)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'caller', 'run': {'horizon': '20 h', 'warmup': '2 h', 'follow_up': '1 days', "
        "'replications': 20, 'seed': 22}, 'channels': {%s}, 'issue_types': {%s}, "
        "'teams': {'all': {'agents': %d}}%s}",
        channels, types, agents, rest);
    struct run run = {.sc = scenario_of(text.s)};
    run.res = experiment_of(run.sc, 0, 1);
    assert_balanced(run.res);
    return run;
}

/* The one type of a single phone. */
static struct run phone(int agents, double per_min, const char *channel)
{
    struct text channels = {.n = 0};
    struct text types = {.n = 0};
    say(&channels, "'phone': {%s}", channel);
    say(&types, "'call': {'volume': {'rate_per_h': %g}, 'talk': " MINUTE "}", 60 * per_min);
    return center(agents, channels.s, types.s, "");
}

static void slice_agrees(const struct run *run, const char *metric, int slice, const char *key,
                         double value)
{
    int row = ccs_results_row(run->res, metric, slice, key);
    ck_assert_msg(row >= 0, "no %s of %s", metric, key ? key : "all");
    const struct ccs_estimate *e = &run->res->estimates[row];
    double z = ccs_z_compare(e, value, 0);
    ck_assert_msg(fabs(z) <= CCS_Z_FAIL, "%s[%s]: %.7g +- %.2g, expected %.7g, z %.2f", metric,
                  key ? key : "", e->mean, e->half_width, value, z);
}

static void agrees(const struct run *run, const char *metric, double value)
{
    slice_agrees(run, metric, CCS_SLICE_ALL, NULL, value);
}

static double sum_of(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric);
}

/* The same numbers, not only the same law. */
static void are_same(const struct run *a, const struct run *b)
{
    static const char *const same[] = {"contacts_offered", "wait_mean",     "abandonment_rate",
                                       "blocking_rate",    "service_level", "queue_length",
                                       "balking_rate",     "given_up_share"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        ck_assert_msg(sum_of(a, same[i]) == sum_of(b, same[i]), "%s: %.17g and %.17g", same[i],
                      sum_of(a, same[i]), sum_of(b, same[i]));
    }
}

/* --- two classes of patience in one queue --- */

enum {
    SERVERS = 2,
    PLACES = 5,
    STATES = SERVERS + (1 << (PLACES + 1)) - 1
};

static const double ARRIVE[2] = {1.2, 1.0};      /* per minute; service 1 per minute */
static const double GIVE_UP[2] = {2.0, 1 / 3.0}; /* patience 30 s and 3 min */

/* A state is a number of busy servers, or who waits where: bit i is the class of the i-th. */
static int waiting(int length, unsigned word)
{
    return SERVERS + (1 << length) - 1 + (int)word;
}

static unsigned without(unsigned word, int i)
{
    unsigned below = (1U << i) - 1;
    return (word & below) | (word >> 1 & ~below);
}

/* One step of the uniformised chain from the state with `word` waiting. */
static void step_waiting(const double *p, double *q, double most, int length, unsigned word)
{
    int self = waiting(length, word);
    double left = most;
    for (int k = 0; k < 2 && length < PLACES; k++) {
        q[waiting(length + 1, word | (unsigned)k << length)] += p[self] * ARRIVE[k] / most;
        left -= ARRIVE[k];
    }
    int served = length > 0 ? waiting(length - 1, word >> 1) : SERVERS - 1;
    q[served] += p[self] * SERVERS / most;
    left -= SERVERS;
    for (int i = 0; i < length; i++) {
        double rate = GIVE_UP[word >> i & 1];
        q[waiting(length - 1, without(word, i))] += p[self] * rate / most;
        left -= rate;
    }
    q[self] += p[self] * left / most;
}

static void solve_classes(double p[STATES])
{
    const double most = ARRIVE[0] + ARRIVE[1] + SERVERS + PLACES * GIVE_UP[0];
    for (int i = 0; i < STATES; i++) {
        p[i] = 1.0 / STATES;
    }
    for (int n = 0; n < 5000; n++) {
        double q[STATES] = {0};
        for (int busy = 0; busy < SERVERS; busy++) {
            double up = (ARRIVE[0] + ARRIVE[1]) / most;
            q[busy + 1 < SERVERS ? busy + 1 : waiting(0, 0)] += p[busy] * up;
            q[busy > 0 ? busy - 1 : 0] += p[busy] * busy / most;
            q[busy] += p[busy] * (1 - up - busy / most);
        }
        for (int length = 0; length <= PLACES; length++) {
            for (unsigned word = 0; word < 1U << length; word++) {
                step_waiting(p, q, most, length, word);
            }
        }
        memcpy(p, q, sizeof q);
    }
}

START_TEST(two_classes_of_patience_in_one_queue_are_a_markov_chain)
{
    double p[STATES];
    double gone[2] = {0};
    double full = 0;
    double queue = 0;
    solve_classes(p);
    for (int length = 1; length <= PLACES; length++) {
        for (unsigned word = 0; word < 1U << length; word++) {
            double here = p[waiting(length, word)];
            for (int i = 0; i < length; i++) {
                gone[word >> i & 1] += here * GIVE_UP[word >> i & 1];
            }
            queue += length * here;
            full += length == PLACES ? here : 0;
        }
    }
    struct run run = center(SERVERS, "'phone': {'queue_limit': 5, 'patience': '7 h'}",
                            "'hasty': {'volume': {'rate_per_h': 72}, 'talk': " MINUTE
                            ", 'patience': {'dist': 'exponential', 'mean': '30 s'}}, "
                            "'calm': {'volume': {'rate_per_h': 60}, 'talk': " MINUTE
                            ", 'patience': {'dist': 'exponential', 'mean': '3 min'}}",
                            "");
    double rate = ARRIVE[0] + ARRIVE[1];
    ck_assert_double_gt(full, 0.005);
    agrees(&run, "blocking_rate", full);
    agrees(&run, "abandonment_rate", (gone[0] + gone[1]) / (rate * (1 - full)));
    agrees(&run, "wait_mean", 60 * queue / (rate * (1 - full)));
    agrees(&run, "queue_length", queue);
    slice_agrees(&run, "given_up_share", CCS_SLICE_ISSUE_TYPE, "hasty", full + gone[0] / ARRIVE[0]);
    slice_agrees(&run, "given_up_share", CCS_SLICE_ISSUE_TYPE, "calm", full + gone[1] / ARRIVE[1]);
    run_free(&run);
}
END_TEST

START_TEST(one_type_may_say_what_its_channel_could)
{
    struct run channel =
        center(3,
               "'phone': {'patience': " MINUTE ", 'service_level_threshold': '7 s', "
               "'balking': {'tolerance': " MINUTE ", 'estimate': 'queue_length'}, "
               "'redial_probability': 0.5}",
               "'call': {'volume': {'rate_per_h': 200}, 'talk': " MINUTE "}", "");
    struct run type = center(3,
                             "'phone': {'patience': '1 s', 'redial': {'after_abandonment': [1]}, "
                             "'balking': {'tolerance': '0 s'}}",
                             "'call': {'volume': {'rate_per_h': 200}, 'talk': " MINUTE
                             ", 'patience': " MINUTE ", 'service_level_threshold': '7 s', "
                             "'balking': {'tolerance': " MINUTE ", 'estimate': 'queue_length'}, "
                             "'redial_probability': 0.5}",
                             "");
    ck_assert_double_gt(sum_of(&channel, "abandonment_rate"), 1000);
    ck_assert_double_gt(sum_of(&channel, "balking_rate"), 1000);
    are_same(&channel, &type);
    run_free(&channel);
    run_free(&type);
}
END_TEST

START_TEST(each_type_has_its_own_service_level)
{
    /* M/M/3 with 2.4 a minute: P(wait > t) = C exp(-(3 - 2.4) t), Erlang 1917 */
    double a = 2.4;
    double top = a * a * a / 6 / (1 - a / 3);
    double c = top / (1 + a + a * a / 2 + top);
    double quick = 1 - c * exp(-0.6 * 10 / 60.0);
    double slow = 1 - c * exp(-0.6 * 2.0);
    double other = 1 - c * exp(-0.6 * 30 / 60.0);
    struct run run = center(3, "'phone': {'service_level_threshold': '30 s'}",
                            "'quick': {'volume': {'rate_per_h': 48}, 'talk': " MINUTE
                            ", 'service_level_threshold': '10 s'}, "
                            "'slow': {'volume': {'rate_per_h': 36}, 'talk': " MINUTE
                            ", 'service_level_threshold': '2 min'}, "
                            "'other': {'volume': {'rate_per_h': 60}, 'talk': " MINUTE "}",
                            "");
    agrees(&run, "service_level", (48 * quick + 36 * slow + 60 * other) / 144);
    run_free(&run);
}
END_TEST

/* --- redialling by type --- */

/* Nobody ever answers; two types of 200 an hour for 20 hours. */
static struct run unanswered(const char *channel, const char *a, const char *b)
{
    struct text text = {.n = 0};
    say(&text,
        "{'name': 'redial', 'run': {'horizon': '20 h', 'warmup': '0 s', 'follow_up': '10 h', "
        "'replications': 10}, 'channels': {'phone': {%s, 'patience': '1 s', "
        "'redial_delay': '5 s'}, 'chat': {'kind': 'chat', 'patience': '1 s', "
        "'redial_delay': '5 s'}}, 'issue_types': {'a': {'volume': {'rate_per_h': 200}, "
        "'talk': '1 min', 'channel_mix': {'phone': 1}%s}, 'b': {'volume': {'rate_per_h': 200}, "
        "'talk': '1 min', 'channel_mix': {'phone': 1}%s}}, "
        "'teams': {'all': {'agents': {'interval': '25 h', 'values': [0, 1]}}}}",
        channel, a, b);
    struct run run = {.sc = scenario_of(text.s)};
    run.res = experiment_of(run.sc, 0, 1);
    assert_balanced(run.res);
    return run;
}

START_TEST(the_type_says_first_who_redials)
{
    const char *channel = "'redial_probability': 0.9, 'redial': {'after_abandonment': [1, 1, 0]}";
    /* its number before the channel's list; left out: that list */
    struct run number = unanswered(channel, ", 'redial_probability': 0", "");
    agrees(&number, "contacts_offered", 20 * 200 * (1 + 3));
    run_free(&number);
    /* its list before its number */
    struct run list = unanswered(channel,
                                 ", 'redial_probability': 0.9, 'redial': {'after_abandonment': "
                                 "[0.5, 0]}",
                                 "");
    agrees(&list, "contacts_offered", 20 * 200 * (1.5 + 3));
    run_free(&list);
    /* for a reason without a list its number; without that, as the channel says */
    struct run rest =
        unanswered(channel, ", 'redial_probability': 0, 'redial': {'after_busy': [1]}",
                   ", 'redial': {'after_busy': [1]}");
    agrees(&rest, "contacts_offered", 20 * 200 * (1 + 3));
    run_free(&rest);
}
END_TEST

START_TEST(the_type_says_first_where_it_redials)
{
    struct run run =
        unanswered("'redial': {'after_abandonment': [1, 0], 'channel_mix': {'chat': 1}}",
                   ", 'redial': {'channel_mix': {'phone': 1}}", "");
    slice_agrees(&run, "contacts_offered", CCS_SLICE_CHANNEL, "phone", 20 * 200 * (2 + 1));
    slice_agrees(&run, "contacts_offered", CCS_SLICE_CHANNEL, "chat", 20 * 200);
    run_free(&run);
}
END_TEST

/* --- lines that channels share --- */

#define TWO_CHANNELS(mix)                                                                          \
    "'call': {'volume': {'rate_per_h': 150}, 'talk': " MINUTE ", 'channel_mix': {" mix "}}"

START_TEST(shared_lines_are_one_loss_system_of_the_summed_rate)
{
    struct run group =
        center(3, "'local': {}, 'national': {}", TWO_CHANNELS("'local': 1, 'national': 2"),
               ", 'line_groups': {'trunk': {'lines': 3, 'channels': ['local', 'national']}}");
    double b = erlang_b(2.5, 3);
    agrees(&group, "blocking_rate", b);
    slice_agrees(&group, "blocking_rate", CCS_SLICE_CHANNEL, "local", b);
    slice_agrees(&group, "blocking_rate", CCS_SLICE_CHANNEL, "national", b);
    run_free(&group);
}
END_TEST

START_TEST(shared_lines_with_a_queue_are_m_m_c_k)
{
    struct run group =
        center(3, "'local': {}, 'national': {}", TWO_CHANNELS("'local': 1, 'national': 2"),
               ", 'line_groups': {'trunk': {'lines': 6, 'channels': ['local', 'national']}}");
    struct run lines = phone(3, 2.5, "'lines': 6");
    double p[7] = {1};
    double total = 1;
    for (int n = 1; n <= 6; n++) {
        p[n] = p[n - 1] * 2.5 / (n < 3 ? n : 3);
        total += p[n];
    }
    agrees(&group, "blocking_rate", p[6] / total);
    agrees(&group, "queue_length", (p[4] + 2 * p[5] + 3 * p[6]) / total);
    are_same(&group, &lines); /* it does not matter what number was dialled */
    run_free(&group);
    run_free(&lines);
}
END_TEST

START_TEST(a_channel_in_two_groups_needs_a_line_in_each)
{
    /* A loss network: 1.5 and 1 a minute; a alone at most 2, both at most 3, b and c at most 2.
     * The product form, cut off at these limits (Kelly 1986). */
    double total = 0;
    double busy[3] = {0};
    static const double rate[3] = {1.5, 1.0, 0.5};
    for (int a = 0; a <= 2; a++) {
        for (int b = 0; a + b <= 3; b++) {
            for (int c = 0; b + c <= 2; c++) {
                double p = pow(rate[0], a) / tgamma(a + 1) * pow(rate[1], b) / tgamma(b + 1) *
                           pow(rate[2], c) / tgamma(c + 1);
                total += p;
                busy[0] += a == 2 || a + b == 3 ? p : 0;
                busy[1] += a + b == 3 || b + c == 2 ? p : 0;
                busy[2] += b + c == 2 ? p : 0;
            }
        }
    }
    struct run run =
        center(5, "'a': {'lines': 2}, 'b': {}, 'c': {}",
               "'call': {'volume': {'rate_per_h': 180}, 'talk': " MINUTE ", 'channel_mix': "
               "{'a': 3, 'b': 2, 'c': 1}}",
               ", 'line_groups': {'one': {'lines': 3, 'channels': ['a', 'b']}, 'two': {'lines': 2, "
               "'channels': ['c', 'b']}}");
    static const char *const name[] = {"a", "b", "c"};
    for (int i = 0; i < 3; i++) {
        slice_agrees(&run, "blocking_rate", CCS_SLICE_CHANNEL, name[i], busy[i] / total);
    }
    run_free(&run);
}
END_TEST

#define MIXED TWO_CHANNELS("'x': 1, 'y': 1")

START_TEST(a_policy_may_share_other_lines)
{
    struct ccs_scenario *sc =
        scenario_of("{'name': 'lines', 'run': {'horizon': '20 h', 'warmup': '1 h', "
                    "'follow_up': '1 days', 'replications': 4}, 'channels': {'x': {}, 'y': {}}, "
                    "'issue_types': {" MIXED "}, 'teams': {'all': {'agents': 3}}, "
                    "'line_groups': {'trunk': {'lines': 4, 'channels': ['x', 'y']}}, "
                    "'baseline': 'four', 'policies': {'four': {'kind': 'none'}, "
                    "'same': {'kind': 'none', 'with': {'line_groups': {'trunk': {'lines': 4}}}}, "
                    "'five': {'kind': 'none', 'with': {'line_groups': {'trunk': {'lines': 5}}}}, "
                    "'none': {'kind': 'none', 'with': {'line_groups': {'trunk': null}}}}}");
    struct ccs_results *res = experiment_of(sc, 0, 1);
    double blocked[4];
    static const char *const name[] = {"four", "same", "five", "none"};
    for (int i = 0; i < 4; i++) {
        blocked[i] = total_of(res, res->num, policy_at(res, name[i]), "blocking_rate");
    }
    ck_assert_double_gt(blocked[0], blocked[2]);
    ck_assert_double_eq(blocked[0], blocked[1]);
    ck_assert_double_gt(blocked[2], 0);
    ck_assert_double_eq(blocked[3], 0);
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

/* --- waiting places by staff --- */

START_TEST(places_per_agent_of_a_constant_staff_are_a_queue_limit)
{
    struct run places = phone(3, 2.5, "'queue_limit': 2");
    struct run share = phone(3, 2.5, "'queue_limit_per_agent': 0.7"); /* 2.1 */
    struct run least = phone(3, 2.5, "'queue_limit_per_agent': 9, 'queue_limit': 2");
    struct run both = phone(3, 2.5, "'queue_limit_per_agent': 0.7, 'queue_limit': 9");
    double p[6] = {1};
    double total = 1;
    for (int n = 1; n <= 5; n++) {
        p[n] = p[n - 1] * 2.5 / (n < 3 ? n : 3);
        total += p[n];
    }
    agrees(&share, "blocking_rate", p[5] / total); /* M/M/3/5 */
    agrees(&share, "queue_full_rate", p[5] / total);
    are_same(&share, &places);
    are_same(&least, &places);
    are_same(&both, &places);
    run_free(&places);
    run_free(&share);
    run_free(&least);
    run_free(&both);
}
END_TEST

START_TEST(rounding_takes_no_place_away)
{
    /* 0.29 x 100 is 28.999999999999996 in binary: 29 places */
    struct run share = phone(100, 110, "'queue_limit_per_agent': 0.29");
    struct run places = phone(100, 110, "'queue_limit': 29");
    ck_assert_double_gt(sum_of(&places, "queue_full_rate"), 1000);
    are_same(&share, &places);
    run_free(&share);
    run_free(&places);
}
END_TEST

START_TEST(places_come_and_go_with_the_staff)
{
    /* nobody for 10 hours, then so many that nobody needs a place */
    struct ccs_scenario *sc =
        scenario_of("{'name': 'places', 'run': {'horizon': '20 h', 'warmup': '0 s', "
                    "'period': '10 h', 'replications': 10}, "
                    "'channels': {'phone': {'queue_limit_per_agent': 3}}, "
                    "'issue_types': {'call': {'volume': {'rate_per_h': 30}, 'talk': " MINUTE
                    "}}, 'teams': {'all': {'agents': {'interval': '10 h', 'values': [0, 20]}}}}");
    struct run run = {.sc = sc, .res = experiment_of(sc, 0, 1)};
    assert_balanced(run.res);
    agrees(&run, "contacts_offered", 10 * 30);
    agrees(&run, "blocking_rate", 0.5);
    ck_assert_double_eq(sum_of(&run, "wait_mean"), 0);
    run_free(&run);
}
END_TEST

/* --- the mean of the last waits --- */

#define BALKS(estimate, rest)                                                                      \
    "'balking': {'tolerance': {'dist': 'exponential', 'mean': '40 s'}, "                           \
    "'estimate': '" estimate "'" rest "}"

START_TEST(the_mean_of_one_is_the_last_wait)
{
    struct run last = phone(3, 4, BALKS("last_wait", ""));
    struct run mean = phone(3, 4, BALKS("mean_of_last", ", 'window': 1"));
    struct run two = phone(3, 4, BALKS("mean_of_last", ", 'window': 2"));
    ck_assert_double_gt(sum_of(&last, "balking_rate"), 1000);
    are_same(&last, &mean);
    ck_assert_double_ne(sum_of(&last, "balking_rate"), sum_of(&two, "balking_rate"));
    run_free(&last);
    run_free(&mean);
    run_free(&two);
}
END_TEST

START_TEST(what_is_expected_before_any_wait_is_known_can_be_said)
{
    static const char *const estimate[] = {"last_wait", "mean_of_last"};
    for (int i = 0; i < 2; i++) {
        struct text channel = {.n = 0};
        say(&channel, "'balking': {'tolerance': " MINUTE ", 'estimate': '%s', 'initial': '90 s'}",
            estimate[i]);
        struct run run = unanswered(channel.s, "", ""); /* nobody ever leaves the queue answered */
        slice_agrees(&run, "balking_rate", CCS_SLICE_CHANNEL, "phone", 1 - exp(-1.5));
        run_free(&run);
    }
}
END_TEST

/* One agent, a call a minute that takes 97 s; whoever expects more than 70 s does not stay. The
 * same by hand: returns who balks of n. */
static int64_t balk_by_hand(int64_t n, int window)
{
    double start[64]; /* of those who stay and have not begun, in a ring */
    double came[64];
    double wait[4096] = {0}; /* of those who have begun, in order */
    int64_t stayed = 0;
    int64_t begun = 0;
    int64_t balked = 0;
    double free_at = 0;
    for (int64_t k = 0; k < n; k++) {
        double now = 60.0 * (double)k;
        for (; begun < stayed && start[begun % 64] <= now; begun++) {
            wait[begun] = start[begun % 64] - came[begun % 64];
        }
        double sum = 0;
        int64_t of = begun < window ? begun : window;
        for (int64_t i = begun - of; i < begun; i++) {
            sum += wait[i];
        }
        if (free_at > now && of > 0 && sum / (double)of > 70) {
            balked++;
            continue;
        }
        MUST(stayed - begun < 64 && stayed < 4096);
        start[stayed % 64] = free_at > now ? free_at : now;
        came[stayed % 64] = now;
        free_at = start[stayed % 64] + 97;
        stayed++;
    }
    return balked;
}

START_TEST(who_balks_at_the_mean_of_the_last_waits_is_found_by_hand)
{
    for (int window = 1; window <= 5; window += 2) {
        struct text text = {.n = 0};
        say(&text,
            "{'name': 'hand', 'run': {'horizon': '20 h', 'warmup': '0 s', 'follow_up': '1 days', "
            "'replications': 2}, 'channels': {'phone': {'balking': {'tolerance': '70 s', "
            "'estimate': 'mean_of_last', 'window': %d}}}, "
            "'issue_types': {'call': {'volume': {'interarrival': '60 s'}, 'talk': '97 s'}}, "
            "'teams': {'all': {'agents': 1}}}",
            window);
        struct run run = {.sc = scenario_of(text.s)};
        run.res = experiment_of(run.sc, 0, 1);
        int64_t n = (int64_t)sum_of(&run, "contacts_offered") / 2;
        ck_assert_int_ge(n, 1199);
        int64_t expected = balk_by_hand(n, window);
        ck_assert_int_gt(expected, 300);
        ck_assert_double_eq(sum_of(&run, "balking_rate"), 2.0 * (double)expected);
        run_free(&run);
    }
}
END_TEST

#define BALKS_LONG BALKS("mean_of_last", ", 'window': 7, 'initial': '1 h'")

START_TEST(a_policy_goes_on_from_the_waits_of_the_warm_up)
{
    struct ccs_scenario *sc =
        scenario_of("{'name': 'past', 'run': {'horizon': '2 h', 'warmup': '1 h', "
                    "'follow_up': '1 days', 'replications': 10}, "
                    "'channels': {'phone': {" BALKS_LONG "}}, "
                    "'issue_types': {'call': {'volume': {'rate_per_h': 240}, 'talk': " MINUTE "}}, "
                    "'teams': {'all': {'agents': 3}}, 'baseline': 'seven', "
                    "'policies': {'seven': {'kind': 'none'}, "
                    "'same': {'kind': 'none', 'with': {'teams': {'all': {'agents': 3}}}}, "
                    "'last': {'kind': 'none', "
                    "'with': {'channels': {'phone': {'balking': {'estimate': 'last_wait'}}}}}, "
                    "'one': {'kind': 'none', "
                    "'with': {'channels': {'phone': {'balking': {'window': 1}}}}}}}");
    struct ccs_results *res = experiment_of(sc, 0, 1);
    static const char *const metric[] = {"balking_rate", "wait_mean", "contacts_offered"};
    for (int i = 0; i < 3; i++) {
        double of[4];
        static const char *const name[] = {"seven", "same", "last", "one"};
        for (int k = 0; k < 4; k++) {
            of[k] = total_of(res, res->num, policy_at(res, name[k]), metric[i]);
        }
        ck_assert_double_eq(of[0], of[1]);
        ck_assert_double_eq(of[2], of[3]);
    }
    ccs_results_destroy(res);
    ccs_scenario_destroy(sc);
}
END_TEST

/* --- what cannot be meant --- */

START_TEST(what_is_wrong_with_shared_lines_is_said)
{
    static const char *const bad[][3] = {
        {"'trunk': {'lines': 3, 'channels': ['x', 'x']}", "CCS-E207", "channels"},
        {"'trunk': {'channels': ['x', 'y']}", "CCS-E201", "lines"},
        {"'trunk': {'lines': 3}", "CCS-E201", "channels"},
        {"'trunk': {'lines': 3, 'channels': []}", "CCS-E214", "number of names"},
        {"'trunk': {'lines': 0, 'channels': ['x']}", "CCS-E214", "lines"},
        {"'trunk': {'lines': 3, 'channels': ['z']}", "CCS-E205", "z"},
        {"'trunk': {'lines': 9, 'channels': ['x', 'y']}", "CCS-W404", "own `lines`"},
        {"'trunk': {'lines': 4, 'channels': ['x', 'y']}", "CCS-W404", "fewer"},
        {"'trunk': {'lines': 2, 'channels': ['w', 'y']}", "CCS-W404", "queue_limit"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct text text = {.n = 0};
        say(&text,
            "{'name': 'bad', 'run': {'horizon': '1 day'}, 'channels': {'w': {'queue_limit': 2}, "
            "'x': {'lines': 5}, 'y': {'lines': 2}}, 'issue_types': {'call': {'volume': "
            "{'rate_per_h': 5}, 'talk': '1 min', 'channel_mix': {'x': 1}}}, "
            "'teams': {'all': {'agents': 1}}, 'line_groups': {%s}}",
            bad[i][0]);
        struct ccs_diagnostics *diags;
        struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
        ck_assert_msg(ccs_diagnostics_count(diags) >= 1, "%s", bad[i][0]);
        const char *line = ccs_diagnostics_line(diags, 0);
        ck_assert_msg(strstr(line, bad[i][1]) && strstr(line, bad[i][2]), "%s: %s", bad[i][0],
                      line);
        ccs_diagnostics_destroy(diags);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

START_TEST(what_a_type_says_of_waiting_where_nobody_waits_is_named)
{
    static const char *const key[] = {"patience", "balking"};
    static const char *const value[] = {"'1 min'", "{'tolerance': '1 min'}"};
    for (int i = 0; i < 2; i++) {
        struct text text = {.n = 0};
        say(&text,
            "{'name': 'bad', 'run': {'horizon': '1 day'}, 'channels': {'mail': {'kind': 'form'}}, "
            "'issue_types': {'call': {'volume': {'rate_per_h': 5}, 'talk': '1 min', '%s': %s}}, "
            "'teams': {'all': {'agents': 1}}}",
            key[i], value[i]);
        struct ccs_diagnostics *diags;
        struct ccs_scenario *sc = try_scenario(text.s, NULL, &diags);
        ck_assert_ptr_nonnull(sc);
        ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
        const char *line = ccs_diagnostics_line(diags, 0);
        ck_assert_msg(strstr(line, "CCS-W404") && strstr(line, key[i]), "%s", line);
        ccs_diagnostics_destroy(diags);
        ccs_scenario_destroy(sc);
    }
}
END_TEST

START_TEST(what_looks_at_patience_sees_that_of_the_type)
{
    struct ccs_diagnostics *diags;
    struct ccs_scenario *sc =
        try_scenario("{'name': 'late', 'run': {'horizon': '1 day'}, "
                     "'channels': {'phone': {'patience': '5 min'}}, "
                     "'issue_types': {'hasty': {'volume': {'rate_per_h': 5}, 'talk': '1 min', "
                     "'patience': '10 s'}, 'calm': {'volume': {'rate_per_h': 5}, "
                     "'talk': '1 min'}}, 'teams': {'a': {'agents': 1}, 'b': {'agents': 1, "
                     "'overflow_after_s': {'hasty': 30, 'calm': 30}}}}",
                     NULL, &diags);
    ck_assert_ptr_nonnull(sc);
    ck_assert_uint_eq(ccs_diagnostics_count(diags), 1);
    const char *line = ccs_diagnostics_line(diags, 0);
    ck_assert_msg(strstr(line, "CCS-W404 at /teams/b/overflow_after_s/hasty"), "%s", line);
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
}
END_TEST

/* --- patience from a report --- */

START_TEST(mean_wait_over_abandonment_rate_is_the_mean_of_exponential_patience)
{
    struct run run = phone(3, 4, "'patience': {'dist': 'exponential', 'mean': '130 s'}");
    double wait = estimate_of(run.res, 0, "wait_mean")->mean;
    double rate = estimate_of(run.res, 0, "abandonment_rate")->mean;
    /* about 25,000 abandonments, each exponential: a standard error of 0.65 % */
    ck_assert_double_eq_tol(wait / rate, 130, 4 * 130 * 0.0065);
    run_free(&run);
}
END_TEST

Suite *suite_caller(void)
{
    Suite *suite = suite_create("caller");
    TCase *tc = tcase_create("caller, lines and places");
    tcase_add_test(tc, two_classes_of_patience_in_one_queue_are_a_markov_chain);
    tcase_add_test(tc, one_type_may_say_what_its_channel_could);
    tcase_add_test(tc, each_type_has_its_own_service_level);
    tcase_add_test(tc, the_type_says_first_who_redials);
    tcase_add_test(tc, the_type_says_first_where_it_redials);
    tcase_add_test(tc, shared_lines_are_one_loss_system_of_the_summed_rate);
    tcase_add_test(tc, shared_lines_with_a_queue_are_m_m_c_k);
    tcase_add_test(tc, a_channel_in_two_groups_needs_a_line_in_each);
    tcase_add_test(tc, a_policy_may_share_other_lines);
    tcase_add_test(tc, places_per_agent_of_a_constant_staff_are_a_queue_limit);
    tcase_add_test(tc, rounding_takes_no_place_away);
    tcase_add_test(tc, places_come_and_go_with_the_staff);
    tcase_add_test(tc, the_mean_of_one_is_the_last_wait);
    tcase_add_test(tc, what_is_expected_before_any_wait_is_known_can_be_said);
    tcase_add_test(tc, who_balks_at_the_mean_of_the_last_waits_is_found_by_hand);
    tcase_add_test(tc, a_policy_goes_on_from_the_waits_of_the_warm_up);
    tcase_add_test(tc, what_is_wrong_with_shared_lines_is_said);
    tcase_add_test(tc, what_a_type_says_of_waiting_where_nobody_waits_is_named);
    tcase_add_test(tc, what_looks_at_patience_sees_that_of_the_type);
    tcase_add_test(tc, mean_wait_over_abandonment_rate_is_the_mean_of_exponential_patience);
    suite_add_tcase(suite, tc);
    return suite;
}
