/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wage surcharges: each needs hours or holidays (E334), and no two may hold at a time (E335). */
#include "lint/lint_part.h"

#include "model/timetable.h"

static const struct ccs_calendar_config *holidays_of(struct ccs_lint *c,
                                                     const struct ccs_surcharge_config *surcharge)
{
    return ccs_config_calendar(c->config, surcharge->holidays);
}

static bool share_hours(const struct ccs_week_hours *a, const struct ccs_week_hours *b)
{
    for (size_t i = 0; i < a->n; i++) {
        for (size_t k = 0; k < b->n; k++) {
            if (a->span[i].from_min < b->span[k].to_min &&
                b->span[k].from_min < a->span[i].to_min) {
                return true;
            }
        }
    }
    return false;
}

static bool share_holidays(const struct ccs_calendar_config *a, const struct ccs_calendar_config *b)
{
    for (size_t i = 0; i < a->holidays.n; i++) {
        if (ccs_calendar_is_holiday(b, (int64_t)a->holidays.v[i])) {
            return true;
        }
    }
    return false;
}

static bool overlap(struct ccs_lint *c, const struct ccs_surcharge_config *a,
                    const struct ccs_surcharge_config *b)
{
    if (a->holidays >= 0 && b->holidays >= 0) {
        return share_holidays(holidays_of(c, a), holidays_of(c, b));
    }
    return a->holidays < 0 && b->holidays < 0 && share_hours(&a->hours, &b->hours);
}

static void check_surcharge(struct ccs_lint *c, int team, size_t index)
{
    const struct ccs_map *map = &ccs_config_team(c->config, team)->wage_surcharges;
    const struct ccs_surcharge_config *surcharge =
        CCS_MAP_AT(*map, struct ccs_surcharge_config, index);
    if ((surcharge->hours.n > 0) == (surcharge->holidays >= 0)) {
        ccs_lint_report(
            c, CCS_E334,
            CCS_AT(c, "teams", c->config->teams.name[team], "wage_surcharges", map->name[index]),
            "%s",
            surcharge->hours.n > 0 ? "has both `hours` and `holidays`: make it two surcharges"
                                   : "needs either `hours` or `holidays`: it never holds");
        return;
    }
    if (surcharge->holidays >= 0 && holidays_of(c, surcharge)->holidays.n == 0) {
        ccs_lint_report(
            c, CCS_W404,
            CCS_AT(c, "teams", c->config->teams.name[team], "wage_surcharges", map->name[index]),
            "the calendar has no `holidays`");
    }
    for (size_t i = 0; i < index; i++) {
        if (overlap(c, surcharge, CCS_MAP_AT(*map, struct ccs_surcharge_config, i))) {
            ccs_lint_report(c, CCS_E335,
                            CCS_AT(c, "teams", c->config->teams.name[team], "wage_surcharges",
                                   map->name[index]),
                            "overlaps surcharge `%.100s`", map->name[i]);
        }
    }
}

void ccs_lint_wages(struct ccs_lint *c)
{
    for (int t = 0; t < c->model->team_n; t++) {
        for (size_t i = 0; ccs_map_has(&c->config->teams, t) &&
                           i < ccs_config_team(c->config, t)->wage_surcharges.n;
             i++) {
            check_surcharge(c, t, i);
        }
    }
}
