/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a team's wage surcharges make sense: at every time at most one of them holds. */
#include "center/model_compiler.h"

#include "center/timetable.h"

#include <stdio.h>

static void complain(struct compiler *c, enum ccs_diag_code code, int team, const char *surcharge,
                     const char *message)
{
    const char *pointer = ccs_pointer_join(c->arena, "teams", c->config->teams.name[team],
                                           "wage_surcharges", surcharge, (char *)NULL);
    ccs_document_report(c->doc, c->diags, code, pointer ? pointer : "", "%s", message);
}

static const struct ccs_calendar_config *holidays_of(const struct compiler *c,
                                                     const struct ccs_surcharge_config *surcharge)
{
    return CCS_MAP_AT(c->config->calendars, struct ccs_calendar_config, surcharge->holidays);
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

static bool overlap(const struct compiler *c, const struct ccs_surcharge_config *a,
                    const struct ccs_surcharge_config *b)
{
    if (a->holidays >= 0 && b->holidays >= 0) {
        return share_holidays(holidays_of(c, a), holidays_of(c, b));
    }
    return a->holidays < 0 && b->holidays < 0 && share_hours(&a->hours, &b->hours);
}

static void check_surcharge(struct compiler *c, int team, size_t index)
{
    const struct ccs_map *map = &team_at(c, team)->wage_surcharges;
    const struct ccs_surcharge_config *surcharge =
        CCS_MAP_AT(*map, struct ccs_surcharge_config, index);
    if ((surcharge->hours.n > 0) == (surcharge->holidays >= 0)) {
        complain(c, CCS_E334, team, map->name[index],
                 surcharge->hours.n > 0 ? "has both `hours` and `holidays`: make it two surcharges"
                                        : "needs either `hours` or `holidays`: it never holds");
        return;
    }
    if (surcharge->holidays >= 0 && holidays_of(c, surcharge)->holidays.n == 0) {
        complain(c, CCS_W404, team, map->name[index], "the calendar has no `holidays`");
    }
    for (size_t i = 0; i < index; i++) {
        if (overlap(c, surcharge, CCS_MAP_AT(*map, struct ccs_surcharge_config, i))) {
            char text[300];
            snprintf(text, sizeof text, "overlaps surcharge `%.100s`", map->name[i]);
            complain(c, CCS_E335, team, map->name[index], text);
        }
    }
}

void ccs_model_check_wages(struct compiler *c)
{
    for (int t = 0; t < c->model->team_n; t++) {
        for (size_t i = 0; is_present(&c->config->teams, t) && i < team_at(c, t)->wage_surcharges.n;
             i++) {
            check_surcharge(c, t, i);
        }
    }
}
