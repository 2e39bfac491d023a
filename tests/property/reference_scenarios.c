/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios at random for the naive simulator: see reference.h. */
#include "reference.h"

static int pick(int n)
{
    return rand() % n;
}

static bool chance(int percent)
{
    return pick(100) < percent;
}

/* A distribution of a duration around `mean_s`. */
static void say_dist(struct text *t, const char *key, double mean_s)
{
    switch (pick(4)) {
    case 0:
        say(t, "\"%s\": \"%.3f s\"", key, mean_s);
        break;
    case 1:
        say(t, "\"%s\": {\"dist\": \"exponential\", \"mean\": \"%.3f s\"}", key, mean_s);
        break;
    case 2:
        say(t, "\"%s\": {\"dist\": \"lognormal\", \"mean\": \"%.3f s\", \"cv\": 1.2}", key, mean_s);
        break;
    default:
        say(t, "\"%s\": {\"dist\": \"gamma\", \"mean\": \"%.3f s\", \"cv\": 0.7}", key, mean_s);
        break;
    }
}

/* What can happen between the attempt and the agent. */
static void say_access(struct text *t, bool is_phone, int channel_n)
{
    static const char *const estimates[] = {"last_wait", "queue_length"};
    if (chance(40)) {
        say(t, ", \"queue_limit\": %d", pick(8));
    }
    if (chance(50)) {
        say(t, ", \"menus\": {\"depth\": %d, \"hang_up_probability\": 0.%d, ", 1 + pick(3),
            pick(4));
        say(t, "\"misroute_probability\": 0.%d, ", pick(6));
        say_dist(t, "time", 5 + pick(30));
        say(t, ", ");
        say_dist(t, "found_out_after", 20 + pick(60));
        say(t, "}");
    }
    if (is_phone && chance(50)) {
        say(t, ", \"balking\": {\"estimate\": \"%s\", \"probability\": %s, ", estimates[pick(2)],
            chance(50) ? "1" : "0.6");
        say_dist(t, "tolerance", 60 + pick(400));
        say(t, "}");
    }
    if (is_phone && chance(50)) {
        say(t, ", \"voicemail\": {\"after\": \"%d s\", \"called_back\": %s}", 20 + pick(300),
            chance(50) ? "true" : "false");
    }
    if (chance(50)) {
        say(t, ", \"redial\": {\"after_busy\": [0.%d, 0.%d]", pick(10), pick(10));
        say(t, ", \"after_balking\": [0.%d]", pick(10));
        if (chance(50)) {
            say(t, ", \"after_hang_up\": [0.9, 0.%d, 0.1], \"after_voicemail\": [0.%d]", pick(10),
                pick(10));
        }
        if (chance(50)) {
            say(t, ", \"after_abandonment\": [0.%d, 0.5]", pick(10));
        }
        if (channel_n > 1 && chance(60)) {
            say(t, ", \"channel_mix\": {\"c1\": %d, \"c2\": %d}", pick(3), pick(3));
        }
        say(t, "}");
    }
}

static void say_channels(struct text *t, int n, struct features has)
{
    static const char *const kinds[] = {"phone", "chat", "form"};
    static const char *const ways[] = {"clear", "serve_out", "carry_over"};
    say(t, "\"channels\": {");
    for (int c = 0; c < n; c++) {
        /* against the order of the alphabet: order in the file must not matter */
        say(t, "%s\"c%d\": {\"kind\": \"%s\", \"priority\": %d", c ? ", " : "", n - c,
            kinds[c == 0 ? 0 : pick(3)], pick(3) - 1);
        if (chance(30)) {
            say(t, ", \"calendar\": \"office\", ");
            say_dist(t, "retry_delay", 1800.0 + pick(3600) + 0.000001 * pick(1000000));
        }
        if (chance(40)) {
            say(t, ", \"lines\": %d", 2 + pick(12));
        }
        if (chance(40)) {
            say(t, ", ");
            say_dist(t, "ivr", 20 + pick(60));
        }
        if (chance(70)) {
            say(t, ", ");
            say_dist(t, "patience", 60 + pick(600));
        }
        if (chance(60)) {
            say(t, ", \"redial_probability\": 0.%d, ", 1 + pick(9));
            if (has.closing) { /* never equal: those who are cleared redial in no order */
                say(t, "\"redial_delay\": {\"dist\": \"exponential\", \"mean\": \"9 min\"}");
            } else {
                say_dist(t, "redial_delay", chance(20) ? 0.5 : 300 + pick(1200));
            }
        }
        if (has.closing) {
            say(t, ", \"at_closing\": \"%s\"", ways[pick(3)]);
        }
        if (has.access) {
            say_access(t, c == 0, n);
        }
        say(t, ", \"service_level_threshold\": \"%d s\"}", 5 + pick(60));
    }
    say(t, "}, ");
}

/* Other ways to say how many and when. Returns whether a random factor may go with it. */
static bool say_process(struct text *t, bool *may_have_profile)
{
    static const char *const shapes[] = {"exponential", "lognormal", "gamma"};
    *may_have_profile = true;
    int shape = 0;
    switch (pick(4)) {
    case 0:
        say(t,
            "\"volume\": {\"rate_points_per_h\": {\"interval\": \"%d min\", \"repeat\": \"%s\", "
            "\"values\": [",
            60 + 60 * pick(2), chance(50) ? "day" : "all");
        for (int i = 0; i < 12; i++) {
            say(t, "%s%d", i ? ", " : "", pick(25));
        }
        say(t, "]}}");
        return true;
    case 1:
        shape = pick(3);
        say(t, "\"volume\": {%s", chance(50) ? "\"rate_per_h\": 20, " : "");
        say(t, "\"interarrival\": {\"dist\": \"%s\", \"mean\": \"%d s\"%s}}", shapes[shape],
            90 + pick(300), shape ? ", \"cv\": 0.8" : "");
        return true;
    case 2:
        say(t,
            "\"volume\": {\"daily_counts\": {\"interval\": \"1 day\", \"repeat\": \"all\", "
            "\"values\": [%d, %d.%d, %d]}}",
            50 + pick(300), pick(300), pick(10), pick(400));
        return false;
    default:
        say(t,
            "\"volume\": {\"replay\": {\"csv\": \"scenarios/data/trace_100.csv\", \"unit\": "
            "\"min\"%s}}",
            chance(50) ? ", \"talk\": \"talk\"" : "");
        *may_have_profile = false;
        return false;
    }
}

static void say_demand(struct text *t, int yearly, bool has_arrivals)
{
    bool may_vary = true;
    bool may_have_profile = true;
    if (has_arrivals && chance(70)) {
        may_vary = say_process(t, &may_have_profile);
    } else if (yearly && chance(40)) {
        say(t, "\"rate_per_customer_year\": {\"all\": %d}", yearly * (20 + pick(40)));
    } else if (chance(50)) {
        say(t, "\"volume\": {\"rate_per_h\": %d}", 5 + pick(30));
    } else {
        say(t,
            "\"volume\": {\"per_interval\": {\"interval\": \"%d min\", \"repeat\": \"%s\", "
            "\"values\": [",
            30 + 30 * pick(3), chance(50) ? "day" : "all");
        for (int i = 0; i < 12; i++) {
            say(t, "%s%d", i ? ", " : "", pick(30));
        }
        say(t, "]}}");
    }
    if (may_have_profile && chance(30)) {
        say(t,
            ", \"profile\": {\"interval\": \"3 h\", \"repeat\": \"day\", \"values\": "
            "[0, 1, 5, %d, 4, 2, %d, 0]}",
            pick(8), pick(3));
    }
    if (may_vary && chance(30)) {
        say(t, ", \"day_factor_cv\": 0.%d", 1 + pick(5));
    }
}

static void say_types(struct text *t, int n, int channel_n, int yearly, bool has_arrivals)
{
    say(t, "\"issue_types\": {");
    for (int y = 0; y < n; y++) {
        say(t, "%s\"t%d\": {", y ? ", " : "", n - y);
        say_demand(t, yearly, has_arrivals);
        say(t, ", \"priority\": %d, ", pick(3));
        say_dist(t, "talk", 120 + pick(600));
        if (chance(40)) {
            say(t, ", ");
            say_dist(t, "hold", 10 + pick(60));
        }
        if (chance(60)) {
            say(t, ", ");
            say_dist(t, "wrap", 10 + pick(200));
        }
        if (chance(30)) {
            say(t, ", \"talk_factor_by_tier\": [0.%d, 1.5]", 5 + pick(4));
        }
        if (channel_n > 1) {
            say(t, ", \"channel_mix\": {");
            for (int c = 0; c < channel_n; c++) {
                say(t, "%s\"c%d\": %d", c ? ", " : "", c + 1, 1 + pick(3));
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
    say(t, ", \"%s\": {", key);
    const char *comma = "";
    for (int y = 1; y <= type_n; y++) {
        if (chance(60)) {
            say(t, "%s\"t%d\": %d", comma, y, low + pick(high - low + 1));
            comma = ", ";
        }
    }
    say(t, "}");
}

static void say_terms(struct text *t, int type_n, bool takes_all)
{
    if (chance(40)) {
        say_map(t, "skill_priority", type_n, -2, 2);
    }
    if (!takes_all && chance(50)) {
        say_map(t, "overflow_after_s", type_n, 0, 90);
    }
    if (!takes_all && chance(40)) {
        say_map(t, "reserve", type_n, 0, 2);
    }
}

/* Shifts within the hours of the calendar. */
static void say_shifts(struct text *t)
{
    bool has_calendar = chance(40);
    say(t, "\"shifts\": {");
    int n = 1 + pick(2);
    for (int i = 0; i < n; i++) {
        int from = has_calendar ? 8 + pick(3) : 1 + pick(12);
        say(t, "%s\"s%d\": {\"agents\": %d, \"hours\": {\"%s\": \"%02d:%02d-%02d:00\"",
            i ? ", " : "", i, 1 + pick(4), has_calendar || chance(50) ? "mon-fri" : "mon-sun", from,
            30 * pick(2), from + 7);
        say(t, "}, \"breaks\": {");
        const char *comma = "";
        if (chance(60)) {
            say(t,
                "\"lunch\": {\"after\": \"3 h\", \"length\": \"%d min\", \"spread\": \"%d min\", "
                "\"paid\": %s}",
                10 + pick(50), pick(60), chance(50) ? "true" : "false");
            comma = ", ";
        }
        if (chance(50)) {
            say(t, "%s\"coffee\": {\"after\": \"%d min\", \"length\": \"15 min\"}", comma,
                pick(120));
        }
        say(t, "}}");
    }
    say(t, "}%s", has_calendar ? ", \"calendar\": \"office\"" : "");
}

static void say_presence(struct text *t)
{
    if (chance(40)) {
        say(t, ", \"absence\": 0.%d, \"absence_paid\": %s", 1 + pick(5),
            chance(50) ? "true" : "false");
    }
    if (chance(40)) {
        say(t, ", \"shrinkage\": 0.%d, \"shrinkage_part\": \"%d min\"", 1 + pick(4),
            20 + pick(100));
    }
    if (chance(40)) {
        say(t, ", \"speed_cv\": 0.%d", 1 + pick(6));
    }
}

static void say_routing(struct text *t, int type_n, int rules)
{
    static const char *const contact[] = {"priority", "longest_wait", "weighted_wait",
                                          "longest_queue"};
    static const char *const agent[] = {"in_order", "most_specialised", "random", "longest_idle",
                                        "least_occupied"};
    say(t, ", \"routing\": {\"agent\": \"%s\", \"contact\": \"%s\"", agent[pick(rules)],
        contact[pick(4)]);
    if (chance(50)) {
        say_map(t, "weights", type_n, 0, 4);
    }
    say(t, "}");
}

/* The first team takes everything, so that nothing is left unserved. */
static void say_teams(struct text *t, int n, int type_n, int channel_n, struct features has)
{
    say(t, "\"teams\": {");
    for (int k = 0; k < n; k++) {
        say(t, "%s\"g%d\": {", k ? ", " : "", n - k);
        bool has_shifts = has.staff && k > 0 && chance(60);
        if (has_shifts) {
            say_shifts(t);
        } else if (chance(50)) {
            say(t, "\"agents\": %d", 1 + pick(5));
        } else {
            say(t, "\"agents\": {\"interval\": \"%d h\", \"repeat\": \"%s\", \"values\": [",
                1 + pick(3), chance(50) ? "day" : "all");
            for (int i = 0; i < 7; i++) {
                say(t, "%s%d", i ? ", " : "", pick(6));
            }
            say(t, "]}");
        }
        say(t, ", \"wage_per_h\": %d, \"talk_factor\": 1.%d", 10 + pick(20), pick(5));
        if (has.staff) {
            say_presence(t);
        }
        if (!has_shifts && chance(has.closing ? 80 : 30)) {
            say(t, ", \"calendar\": \"%s\"", chance(50) ? "office" : "late");
        }
        if (k > 0) {
            say(t, ", \"tier\": %d", 1 + (int)chance(25));
            if (chance(50)) {
                say(t, ", \"skills\": [\"t%d\"]", 1 + pick(type_n));
            }
            if (chance(40)) {
                say(t, ", \"channels\": [\"c%d\"]", 1 + pick(channel_n));
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
    int channel_n = 1 + pick(3);
    int type_n = 1 + pick(3);
    int team_n = 1 + pick(4);
    bool has_population = chance(40);
    int yearly = has_population; /* demand of a customer: few have to call often */
    say(t,
        "{\"name\": \"random\", \"run\": {\"start\": \"2026-01-%02d\", \"horizon\": \"%d h\", "
        "\"warmup\": \"%d h\", \"follow_up\": \"%d h\", \"period\": \"%d h\"}, "
        "\"calendars\": {\"office\": {\"hours\": {\"mon-fri\": \"08:00-18:00\", \"sat\": "
        "[\"09:00-12:00\", \"13:30-16:00\"]}, \"holidays\": [\"2026-01-14\"]}, "
        "\"late\": {\"hours\": {\"mon-sun\": [\"00:00-06:00\", \"20:00-24:00\"]}}}, ",
        5 + pick(14), 20 + pick(30), pick(3) * 5, 10 + pick(40), 6 + pick(14));
    if (has_population) {
        bool is_small = has.arrivals && chance(60);
        say(t, "\"segments\": {\"all\": {\"population\": %d%s}}, ",
            is_small ? 40 + pick(60) : 2000 + pick(3000),
            is_small ? ", \"one_at_a_time\": true" : "");
        yearly = is_small ? 100 : 1;
    }
    say_channels(t, channel_n, has);
    say_types(t, type_n, channel_n, yearly, has.arrivals);
    say_teams(t, team_n, type_n, channel_n, has);
    if (has.routing) {
        say_routing(t, type_n, has.staff ? 5 : 3);
    }
    say(t, "}");
}
