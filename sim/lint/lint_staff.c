/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headcount, shifts and breaks that cannot be worked (E330 to E333), shifts without agents
 * (W404). */
#include "base/units.h"
#include "lint/lint_part.h"
#include "model/timetable.h"

/* The place of a shift of the team, or of a break in it; that of the team without a shift. */
static const char *place_of(struct ccs_lint *c, int team, const char *shift, const char *pause)
{
    return CCS_AT(c, "teams", c->config->teams.name[team], shift ? "shifts" : NULL, shift,
                  pause ? "breaks" : NULL, pause);
}

/* Minutes of the shortest stretch of the hours; spans that meet over Sunday midnight are one. */
static int32_t shortest_min(const struct ccs_week_hours *hours)
{
    enum {
        WEEK = 7 * 24 * 60
    };
    int32_t shortest = WEEK;
    size_t last = hours->n - 1;
    bool wraps = hours->n > 1 && hours->span[0].from_min == 0 && hours->span[last].to_min == WEEK;
    for (size_t i = 0; i < hours->n; i++) {
        int32_t length = hours->span[i].to_min - hours->span[i].from_min;
        if (wraps && (i == 0 || i == last)) {
            length = hours->span[0].to_min + WEEK - hours->span[last].from_min;
        }
        shortest = length < shortest ? length : shortest;
    }
    return shortest;
}

/* Do the breaks of any agent of the shift overlap? Their beginnings are spread linearly, so that it
 * is enough to look at both ends of the spread. */
static bool overlap(const struct ccs_break_config *a, const struct ccs_break_config *b)
{
    bool first = a->after < b->after + b->length && b->after < a->after + a->length;
    ccs_time x = a->after + a->spread;
    ccs_time y = b->after + b->spread;
    bool last = x < y + b->length && y < x + a->length;
    return first || last || (a->after < b->after) != (x < y);
}

static void check_breaks(struct ccs_lint *c, int team, const char *name,
                         const struct ccs_shift_config *shift)
{
    ccs_time length = shortest_min(&shift->hours) * CCS_US_PER_MIN;
    ccs_time away = 0;
    for (size_t i = 0; i < shift->breaks.n; i++) {
        const struct ccs_break_config *b = CCS_MAP_AT(shift->breaks, struct ccs_break_config, i);
        away += b->length;
        if (b->after + b->spread + b->length > length) {
            ccs_lint_report(c, CCS_E331, place_of(c, team, name, shift->breaks.name[i]),
                            "ends %.4g h after the beginning of the shift, which lasts %.4g h",
                            (double)(b->after + b->spread + b->length) / (double)CCS_US_PER_H,
                            (double)length / (double)CCS_US_PER_H);
        }
        for (size_t j = 0; j < i; j++) {
            if (overlap(b, CCS_MAP_AT(shift->breaks, struct ccs_break_config, j))) {
                ccs_lint_report(c, CCS_E332, place_of(c, team, name, shift->breaks.name[i]),
                                "overlaps break `%.100s` for some agents", shift->breaks.name[j]);
            }
        }
    }
    if (shift->breaks.n > 0 && away >= length) {
        ccs_lint_report(c, CCS_E331, place_of(c, team, name, NULL),
                        "is nothing but breaks: they last %.4g h, the shortest of its days %.4g h",
                        (double)away / (double)CCS_US_PER_H, (double)length / (double)CCS_US_PER_H);
    }
}

/* Is every minute of the shift within the hours of the calendar? */
static bool is_within(const struct ccs_week_hours *shift, const struct ccs_week_hours *open)
{
    for (size_t i = 0; i < shift->n; i++) {
        bool found = false;
        for (size_t k = 0; k < open->n; k++) {
            found = found || (open->span[k].from_min <= shift->span[i].from_min &&
                              shift->span[i].to_min <= open->span[k].to_min);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static void check_shifts(struct ccs_lint *c, int team)
{
    const struct ccs_team_config *cfg = ccs_config_team(c->config, team);
    for (size_t i = 0; i < cfg->shifts.n; i++) {
        const struct ccs_shift_config *shift = CCS_MAP_AT(cfg->shifts, struct ccs_shift_config, i);
        const char *name = cfg->shifts.name[i];
        if (shift->hours.n == 0) {
            ccs_lint_report(c, CCS_E333, place_of(c, team, name, NULL),
                            "has no hours: nobody ever works it");
            continue;
        }
        check_breaks(c, team, name, shift);
        if (shift->agents == 0 && !ccs_document_patched_by(c->doc)) { /* a policy may mean it */
            ccs_lint_report(c, CCS_W404, place_of(c, team, name, NULL),
                            "has 0 agents: nobody works it. Give it some, or leave it out");
        }
        if (cfg->calendar >= 0 &&
            !is_within(&shift->hours, &ccs_config_calendar(c->config, cfg->calendar)->hours)) {
            ccs_lint_report(
                c, CCS_E333, place_of(c, team, name, NULL),
                "is partly or wholly at times at which the team's calendar `%.100s` is closed",
                c->config->calendars.name[cfg->calendar]);
        }
    }
}

void ccs_lint_staff(struct ccs_lint *c)
{
    for (int t = 0; t < c->model->team_n; t++) {
        const struct ccs_team_config *cfg = ccs_config_team(c->config, t);
        if (!ccs_map_has(&c->config->teams, t)) {
            continue;
        }
        bool by_headcount = ccs_series_is_given(&cfg->agents);
        if (by_headcount == (cfg->shifts.n > 0)) {
            ccs_lint_report(c, CCS_E330, place_of(c, t, NULL, NULL), "%s",
                            by_headcount ? "has both `agents` and `shifts`: give one of them"
                                         : "needs either `agents`, a headcount, or `shifts`");
        }
        if (cfg->agents_factor != 1.0 && !by_headcount) {
            ccs_lint_report(c, CCS_E330, place_of(c, t, NULL, NULL),
                            "has `agents_factor` but no `agents`: it does nothing to shifts");
        }
        ccs_lint_headcount(c, t);
        check_shifts(c, t);
    }
}
