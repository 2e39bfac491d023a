/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenarios at random for the naive simulator: days unlike others, bursts. See reference.h. Times
 * are multiples of five minutes, dates lie in January 2026.
 */
#include "reference.h"

static void say_values(struct text *t, int n, int most)
{
    say(t, "'values': [");
    for (int i = 0; i < n; i++) {
        say(t, "%s%d", i ? ", " : "", ref_pick(most));
    }
    say(t, "]");
}

/* What a special day says; a table of its own only where there is a volume to replace. */
static void say_special(struct text *t, bool has_table)
{
    const char *comma = "";
    bool has_factor = ref_chance(60);
    if (has_factor) {
        say(t, "'factor': %d.%d", ref_pick(3), ref_pick(10));
        comma = ", ";
    }
    bool has_profile = ref_chance(40);
    if (has_profile) {
        say(t, "%s'profile': {'interval': '4 h', 'repeat': 'day', ", comma);
        say_values(t, 6, 6);
        say(t, "}");
        comma = ", ";
    }
    if (has_table && (ref_chance(40) || !(has_factor || has_profile))) {
        say(t, "%s'per_interval': {'interval': '%d min', 'repeat': '%s', ", comma,
            30 + 30 * ref_pick(3), ref_chance(50) ? "day" : "all");
        say_values(t, 10, 25);
        say(t, "}");
    } else if (!(has_factor || has_profile)) {
        say(t, "'factor': 0");
    }
}

static void say_burst(struct text *t, int date, bool may_have_factor, bool has_segment)
{
    static const char *const shapes[] = {"flat", "linear", "exponential"};
    say(t, "{'date': '2026-01-%02d', 'from': '%d min', 'duration': '%d min'", date,
        5 * ref_pick(280), 5 + 5 * ref_pick(50));
    if (may_have_factor && ref_chance(50)) {
        say(t, ", 'factor': %d.%d}", ref_pick(5), ref_pick(10));
        return;
    }
    say(t, ", 'contacts': %d.5", ref_pick(80));
    if (ref_chance(75)) {
        say(t, ", 'shape': '%s'", shapes[ref_pick(3)]);
    }
    if (has_segment && ref_chance(50)) {
        say(t, ", 'segment': 'all'");
    }
    say(t, "}");
}

void ref_say_days(struct text *t, int start, enum ref_demand demand, bool has_segment)
{
    bool is_fixed = demand == REF_COUNTS || demand == REF_RECORDED;
    if (!is_fixed && ref_chance(40)) {
        static const int length_min[] = {10, 15, 30, 60, 240};
        say(t, ", 'period_factor': {'interval': '%d min', 'cv': 0.%d, 'correlation': %s0.%d}",
            length_min[ref_pick(5)], 1 + ref_pick(9), ref_chance(25) ? "-" : "", ref_pick(10));
    }
    if (!is_fixed && ref_chance(20)) {
        say(t, ", 'day_factor_group': 'weather'");
    }
    bool has_table = demand == REF_VOLUME;
    if (demand != REF_RECORDED && ref_chance(60)) {
        int first = ref_pick(2);
        say(t, ", 'special_days': {");
        for (int i = 0; i <= ref_pick(2); i++) {
            say(t, "%s'2026-01-%02d': {", i ? ", " : "", start + first + i);
            say_special(t, has_table);
            say(t, "}");
        }
        say(t, "}");
    }
    if (demand != REF_RECORDED && ref_chance(40)) {
        say(t, ", 'holidays': {'calendar': 'office', ");
        say_special(t, has_table);
        say(t, "}");
    }
    if (ref_chance(70)) {
        int n = 1 + ref_pick(3);
        say(t, ", 'bursts': {");
        for (int i = 0; i < n; i++) {
            say(t, "%s'b%d': ", i ? ", " : "", n - i);
            say_burst(t, start + ref_pick(3), !is_fixed, has_segment);
        }
        say(t, "}");
    }
}
