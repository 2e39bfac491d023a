/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether policies differ in staff: their patched documents are compared, key by key, so that a
 * table is equal to itself however large it is. What is written differently (a default written
 * out) counts as different.
 */
#include "experiment/staffing.h"

#include "format/document/json.h"

#include <cjson/cJSON.h>

/* What decides the paid time of a team and its price. */
static const char *const staff_keys[] = {
    "agents",    "agents_factor",  "shifts",     "absence",         "absence_paid",
    "shrinkage", "shrinkage_part", "wage_per_h", "wage_surcharges", "overtime_factor",
};

static bool is_same(const cJSON *a, const cJSON *b)
{
    return (!a && !b) || (a && b && cJSON_Compare(a, b, true));
}

/* The hours in which a team works; NULL: always. */
static const cJSON *calendar_of(const cJSON *root, const cJSON *team)
{
    const cJSON *name = ccs_json_member(team, "calendar");
    return cJSON_IsString(name)
               ? ccs_json_member(ccs_json_member(root, "calendars"), name->valuestring)
               : NULL;
}

static bool team_differs(const cJSON *root_a, const cJSON *a, const cJSON *root_b, const cJSON *b)
{
    for (size_t k = 0; k < sizeof staff_keys / sizeof staff_keys[0]; k++) {
        if (!is_same(ccs_json_member(a, staff_keys[k]), ccs_json_member(b, staff_keys[k]))) {
            return true;
        }
    }
    return !is_same(calendar_of(root_a, a), calendar_of(root_b, b));
}

static const cJSON *root_of(const struct ccs_scenario *sc, size_t policy)
{
    const struct ccs_document *doc = sc->policies[policy].doc;
    return ccs_document_root(doc ? doc : sc->doc);
}

bool ccs_scenario_staff_differs_between(const struct ccs_scenario *sc, size_t a, size_t b)
{
    const cJSON *root_a = root_of(sc, a);
    const cJSON *root_b = root_of(sc, b);
    const cJSON *teams_b = ccs_json_member(root_b, "teams");
    int seen = 0;
    const cJSON *team = NULL;
    cJSON_ArrayForEach(team, ccs_json_member(root_a, "teams"))
    {
        const cJSON *other = ccs_json_member(teams_b, team->string);
        seen++;
        if (!other || team_differs(root_a, team, root_b, other)) {
            return true;
        }
    }
    return seen != cJSON_GetArraySize(teams_b);
}

bool ccs_scenario_staff_differs(const struct ccs_scenario *sc)
{
    for (size_t p = 1; p < sc->policy_n; p++) {
        if (ccs_scenario_staff_differs_between(sc, 0, p)) {
            return true;
        }
    }
    return false;
}
