/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios at random for the naive simulator: see reference.h. */
#include "reference.h"

int ref_pick(int n)
{
    return rand() % n;
}

bool ref_chance(int percent)
{
    return ref_pick(100) < percent;
}

/* A distribution of a duration around `mean_s`. */
static void say_dist(struct text *t, const char *key, double mean_s)
{
    switch (ref_pick(4)) {
    case 0:
        say(t, "'%s': '%.3f s'", key, mean_s);
        break;
    case 1:
        say(t, "'%s': {'dist': 'exponential', 'mean': '%.3f s'}", key, mean_s);
        break;
    case 2:
        say(t, "'%s': {'dist': 'lognormal', 'mean': '%.3f s', 'cv': 1.2}", key, mean_s);
        break;
    default:
        say(t, "'%s': {'dist': 'gamma', 'mean': '%.3f s', 'cv': 0.7}", key, mean_s);
        break;
    }
}

/* What can happen between the attempt and the agent. */
static void say_access(struct text *t, bool is_phone, int channel_n)
{
    static const char *const estimates[] = {"last_wait", "queue_length"};
    if (ref_chance(40)) {
        say(t, ", 'queue_limit': %d", ref_pick(8));
    }
    if (ref_chance(50)) {
        say(t, ", 'menus': {'depth': %d, 'hang_up_probability': 0.%d, ", 1 + ref_pick(3),
            ref_pick(4));
        say(t, "'misroute_probability': 0.%d, ", ref_pick(6));
        say_dist(t, "time", 5 + ref_pick(30));
        say(t, ", ");
        say_dist(t, "found_out_after", 20 + ref_pick(60));
        say(t, "}");
    }
    if (is_phone && ref_chance(50)) {
        say(t, ", 'balking': {'estimate': '%s', 'probability': %s, ", estimates[ref_pick(2)],
            ref_chance(50) ? "1" : "0.6");
        say_dist(t, "tolerance", 60 + ref_pick(400));
        say(t, "}");
    }
    if (is_phone && ref_chance(50)) {
        say(t, ", 'voicemail': {'after': '%d s', 'called_back': %s}", 20 + ref_pick(300),
            ref_chance(50) ? "true" : "false");
    }
    if (ref_chance(50)) {
        say(t, ", 'redial': {'after_busy': [0.%d, 0.%d]", ref_pick(10), ref_pick(10));
        say(t, ", 'after_balking': [0.%d]", ref_pick(10));
        if (ref_chance(50)) {
            say(t, ", 'after_hang_up': [0.9, 0.%d, 0.1], 'after_voicemail': [0.%d]", ref_pick(10),
                ref_pick(10));
        }
        if (ref_chance(50)) {
            say(t, ", 'after_abandonment': [0.%d, 0.5]", ref_pick(10));
        }
        if (channel_n > 1 && ref_chance(60)) {
            say(t, ", 'channel_mix': {'c1': %d, 'c2': %d}", ref_pick(3), ref_pick(3));
        }
        say(t, "}");
    }
}

static void say_channels(struct text *t, int n, struct features has)
{
    static const char *const kinds[] = {"phone", "chat", "form"};
    static const char *const ways[] = {"clear", "serve_out", "carry_over"};
    say(t, "'channels': {");
    for (int c = 0; c < n; c++) {
        /* against the order of the alphabet: order in the file must not matter */
        say(t, "%s'c%d': {'kind': '%s', 'priority': %d", c ? ", " : "", n - c,
            kinds[c == 0 ? 0 : ref_pick(3)], ref_pick(3) - 1);
        if (ref_chance(30)) {
            say(t, ", 'calendar': 'office', ");
            if (ref_chance(50)) {
                say(t, "'retry_probability': 0.%d, ", 1 + ref_pick(9));
            }
            say_dist(t, "retry_delay", 1800.0 + ref_pick(3600) + 0.000001 * ref_pick(1000000));
        }
        if (ref_chance(40)) {
            say(t, ", 'lines': %d", 2 + ref_pick(12));
        }
        if (ref_chance(40)) {
            say(t, ", ");
            say_dist(t, "ivr", 20 + ref_pick(60));
        }
        if (ref_chance(70)) {
            say(t, ", ");
            say_dist(t, "patience", 60 + ref_pick(600));
        }
        if (ref_chance(60)) {
            say(t, ", 'redial_probability': 0.%d, ", 1 + ref_pick(9));
            if (has.closing) { /* never equal: those who are cleared redial in no order */
                say(t, "'redial_delay': {'dist': 'exponential', 'mean': '9 min'}");
            } else {
                say_dist(t, "redial_delay", ref_chance(20) ? 0.5 : 300 + ref_pick(1200));
            }
        }
        if (has.closing) {
            say(t, ", 'at_closing': '%s'", ways[ref_pick(3)]);
        }
        if (has.access) {
            say_access(t, c == 0, n);
        }
        say(t, ", 'service_level_threshold': '%d s'}", 5 + ref_pick(60));
    }
    say(t, "}, ");
}

/* Other ways to say how many and when. */
static enum ref_demand say_process(struct text *t)
{
    static const char *const shapes[] = {"exponential", "lognormal", "gamma"};
    int shape = 0;
    switch (ref_pick(4)) {
    case 0:
        say(t, "'volume': {'rate_points_per_h': {'interval': '%d min', 'repeat': '%s', 'values': [",
            60 + 60 * ref_pick(2), ref_chance(50) ? "day" : "all");
        for (int i = 0; i < 12; i++) {
            say(t, "%s%d", i ? ", " : "", ref_pick(25));
        }
        say(t, "]}}");
        return REF_VOLUME;
    case 1:
        shape = ref_pick(3);
        say(t, "'volume': {%s", ref_chance(50) ? "'rate_per_h': 20, " : "");
        say(t, "'interarrival': {'dist': '%s', 'mean': '%d s'%s}}", shapes[shape],
            90 + ref_pick(300), shape ? ", 'cv': 0.8" : "");
        return REF_VOLUME;
    case 2:
        say(t,
            "'volume': {'daily_counts': {'interval': '1 day', 'repeat': 'all', "
            "'values': [%d, %d.%d, %d]}}",
            50 + ref_pick(300), ref_pick(300), ref_pick(10), ref_pick(400));
        return REF_COUNTS;
    default:
        say(t, "'volume': {'replay': {'csv': 'scenarios/data/trace_100.csv', 'unit': 'min'%s}}",
            ref_chance(50) ? ", 'talk': 'talk'" : "");
        return REF_RECORDED;
    }
}

static void say_demand(struct text *t, int yearly, int start, struct features has)
{
    enum ref_demand demand = REF_VOLUME;
    if (has.arrivals && ref_chance(70)) {
        demand = say_process(t);
    } else if (yearly && ref_chance(40)) {
        demand = REF_CUSTOMERS;
        say(t, "'rate_per_customer_year': {'all': %d}", yearly * (20 + ref_pick(40)));
    } else if (ref_chance(50)) {
        say(t, "'volume': {'rate_per_h': %d}", 5 + ref_pick(30));
    } else {
        say(t, "'volume': {'per_interval': {'interval': '%d min', 'repeat': '%s', 'values': [",
            30 + 30 * ref_pick(3), ref_chance(50) ? "day" : "all");
        for (int i = 0; i < 12; i++) {
            say(t, "%s%d", i ? ", " : "", ref_pick(30));
        }
        say(t, "]}}");
    }
    if (demand != REF_RECORDED && ref_chance(30)) {
        say(t,
            ", 'profile': {'interval': '3 h', 'repeat': 'day', "
            "'values': [0, 1, 5, %d, 4, 2, %d, 0]}",
            ref_pick(8), ref_pick(3));
    }
    if (demand != REF_COUNTS && demand != REF_RECORDED && ref_chance(30)) {
        say(t, ", 'day_factor_cv': 0.%d", 1 + ref_pick(5));
    }
    if (has.days) {
        ref_say_days(t, start, demand, yearly > 0);
    }
}

static void say_types(struct text *t, int n, int channel_n, int yearly, int start,
                      struct features has)
{
    say(t, "'issue_types': {");
    for (int y = 0; y < n; y++) {
        say(t, "%s't%d': {", y ? ", " : "", n - y);
        say_demand(t, yearly, start, has);
        say(t, ", 'priority': %d, ", ref_pick(3));
        say_dist(t, "talk", 120 + ref_pick(600));
        if (ref_chance(40)) {
            say(t, ", ");
            say_dist(t, "hold", 10 + ref_pick(60));
        }
        if (ref_chance(60)) {
            say(t, ", ");
            say_dist(t, "wrap", 10 + ref_pick(200));
        }
        if (ref_chance(30)) {
            say(t, ", 'talk_factor_by_tier': [0.%d, 1.5]", 5 + ref_pick(4));
        }
        if (channel_n > 1) {
            say(t, ", 'channel_mix': {");
            for (int c = 0; c < channel_n; c++) {
                say(t, "%s'c%d': %d", c ? ", " : "", c + 1, 1 + ref_pick(3));
            }
            say(t, "}");
        }
        say(t, "}");
    }
    say(t, "}, ");
}

/* A number for some of the issue types. */
static void say_map(struct text *t, const char *key, int type_n, int low, int high)
{
    say(t, ", '%s': {", key);
    const char *comma = "";
    for (int y = 1; y <= type_n; y++) {
        if (ref_chance(60)) {
            say(t, "%s't%d': %d", comma, y, low + ref_pick(high - low + 1));
            comma = ", ";
        }
    }
    say(t, "}");
}

static void say_terms(struct text *t, int type_n, bool takes_all)
{
    if (ref_chance(40)) {
        say_map(t, "skill_priority", type_n, -2, 2);
    }
    if (!takes_all && ref_chance(50)) {
        say_map(t, "overflow_after_s", type_n, 0, 90);
    }
    if (!takes_all && ref_chance(40)) {
        say_map(t, "reserve", type_n, 0, 2);
    }
}

/* Shifts within the hours of the calendar. */
static void say_shifts(struct text *t, bool has_closing)
{
    bool has_calendar = ref_chance(has_closing ? 80 : 40);
    say(t, "'shifts': {");
    int n = 1 + ref_pick(2);
    for (int i = 0; i < n; i++) {
        int from = has_calendar ? 8 + ref_pick(3) : 1 + ref_pick(12);
        int to = has_calendar && has_closing && ref_chance(70) ? 18 : from + 7;
        say(t, "%s's%d': {'agents': %d, 'hours': {'%s': '%02d:%02d-%02d:00'", i ? ", " : "", i,
            1 + ref_pick(4), has_calendar || ref_chance(50) ? "mon-fri" : "mon-sun", from,
            30 * ref_pick(2), to);
        say(t, "}, 'breaks': {");
        const char *comma = "";
        if (ref_chance(60)) {
            say(t, "'lunch': {'after': '3 h', 'length': '%d min', 'spread': '%d min', 'paid': %s}",
                10 + ref_pick(50), ref_pick(60), ref_chance(50) ? "true" : "false");
            comma = ", ";
        }
        if (ref_chance(50)) {
            say(t, "%s'coffee': {'after': '%d min', 'length': '15 min'}", comma, ref_pick(120));
        }
        say(t, "}}");
    }
    say(t, "}%s", has_calendar ? ", 'calendar': 'office'" : "");
}

/* A share for all times, or one that changes. */
static void say_share(struct text *t, const char *key, int most)
{
    if (ref_chance(50)) {
        say(t, ", '%s': 0.%d", key, 1 + ref_pick(most));
    } else {
        say(t, ", '%s': {'interval': '6 h', 'repeat': 'day', 'values': [0.%d, 0.%d, 0.%d, 0]}", key,
            ref_pick(most), ref_pick(most), 1 + ref_pick(most));
    }
}

static void say_presence(struct text *t)
{
    if (ref_chance(40)) {
        say_share(t, "absence", 5);
        say(t, ", 'absence_paid': %s", ref_chance(50) ? "true" : "false");
    }
    if (ref_chance(40)) {
        say_share(t, "shrinkage", 4);
        say(t, ", 'shrinkage_part': '%d min'", 20 + ref_pick(100));
    }
    if (ref_chance(40)) {
        say(t, ", 'speed_cv': 0.%d", 1 + ref_pick(6));
    }
}

static void say_routing(struct text *t, int type_n, int rules)
{
    static const char *const contact[] = {"priority", "longest_wait", "weighted_wait",
                                          "longest_queue"};
    static const char *const agent[] = {"in_order", "most_specialised", "random", "longest_idle",
                                        "least_occupied"};
    say(t, ", 'routing': {'agent': '%s', 'contact': '%s'", agent[ref_pick(rules)],
        contact[ref_pick(4)]);
    if (ref_chance(50)) {
        say_map(t, "weights", type_n, 0, 4);
    }
    say(t, "}");
}

/* The first team takes everything, so that nothing is left unserved. */
static void say_teams(struct text *t, int n, int type_n, int channel_n, struct features has)
{
    say(t, "'teams': {");
    for (int k = 0; k < n; k++) {
        say(t, "%s'g%d': {", k ? ", " : "", n - k);
        bool has_shifts = has.staff && k > 0 && ref_chance(60);
        if (has_shifts) {
            say_shifts(t, has.closing);
        } else if (ref_chance(50)) {
            say(t, "'agents': %d", 1 + ref_pick(5));
        } else {
            say(t, "'agents': {'interval': '%d h', 'repeat': '%s', 'values': [", 1 + ref_pick(3),
                ref_chance(50) ? "day" : "all");
            for (int i = 0; i < 7; i++) {
                say(t, "%s%d", i ? ", " : "", ref_pick(6));
            }
            say(t, "]}");
        }
        say(t, ", 'wage_per_h': %d, 'talk_factor': 1.%d", 10 + ref_pick(20), ref_pick(5));
        if (has.staff) {
            say_presence(t);
        }
        if (!has_shifts && ref_chance(has.closing ? 80 : 30)) {
            say(t, ", 'calendar': '%s'", ref_chance(50) ? "office" : "late");
        }
        if (k > 0) {
            say(t, ", 'tier': %d", 1 + (int)ref_chance(25));
            if (ref_chance(50)) {
                say(t, ", 'skills': ['t%d']", 1 + ref_pick(type_n));
            }
            if (ref_chance(40)) {
                say(t, ", 'channels': ['c%d']", 1 + ref_pick(channel_n));
            }
        }
        if (has.routing) {
            say_terms(t, type_n, k == 0);
        }
        say(t, "}");
    }
    say(t, "}");
}

void ref_scenario(struct text *t, unsigned seed, struct features has)
{
    srand(seed);
    int channel_n = 1 + ref_pick(3);
    int type_n = 1 + ref_pick(3);
    int team_n = 1 + ref_pick(4);
    bool has_population = ref_chance(40);
    int start = 5 + ref_pick(14);
    int yearly = has_population; /* demand of a customer: few have to call often */
    say(t,
        "{'name': 'random', 'run': {'start': '2026-01-%02d', 'horizon': '%d h', 'warmup': '%d h', "
        "'follow_up': '%d h', 'period': '%d h'}, "
        "'calendars': {'office': {'hours': {'mon-fri': '08:00-18:00', "
        "'sat': ['09:00-12:00', '13:30-16:00']}, 'holidays': ['2026-01-%02d']}, "
        "'late': {'hours': {'mon-sun': ['00:00-06:00', '20:00-24:00']}}}, ",
        start, 20 + ref_pick(30), ref_pick(3) * 5, 10 + ref_pick(40), 6 + ref_pick(14),
        has.days ? start + 1 : 14);
    if (has_population) {
        bool is_small = has.arrivals && ref_chance(60);
        say(t, "'segments': {'all': {'population': %d%s}}, ",
            is_small ? 40 + ref_pick(60) : 2000 + ref_pick(3000),
            is_small ? ", 'one_at_a_time': true" : "");
        yearly = is_small ? 100 : 1;
    }
    say_channels(t, channel_n, has);
    say_types(t, type_n, channel_n, yearly, start, has);
    say_teams(t, team_n, type_n, channel_n, has);
    if (has.routing) {
        say_routing(t, type_n, has.staff ? 5 : 3);
    }
    say(t, "}");
}
