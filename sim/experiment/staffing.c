/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing the staff of policies: see staffing.h. */
#include "experiment/staffing.h"

#include "format/document/json.h"

#include <cjson/cJSON.h>

/* Members of a team that decide paid time or its price; a calendar by what is in it. */
static const char *const members[] = {
    "agents",          "agents_factor",       "shifts",
    "absence",         "absence_paid",        "shrinkage",
    "shrinkage_part",  "wage_per_h",          "wage_surcharges",
    "overtime_factor", "pause_after_contact",
};

static bool are_equal(const cJSON *a, const cJSON *b)
{
    return (!a && !b) || (a && b && cJSON_Compare(a, b, true));
}

static const cJSON *member(const cJSON *object, const char *key)
{
    return object ? ccs_json_member(object, key) : NULL;
}

/* The calendar that the team names, as written under that policy. */
static const cJSON *calendar_of(const cJSON *root, const cJSON *team)
{
    const cJSON *name = member(team, "calendar");
    return cJSON_IsString(name) ? member(member(root, "calendars"), name->valuestring) : NULL;
}

static bool team_differs(const cJSON *a_root, const cJSON *a, const cJSON *b_root, const cJSON *b)
{
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (!are_equal(member(a, members[i]), member(b, members[i]))) {
            return true;
        }
    }
    return !are_equal(calendar_of(a_root, a), calendar_of(b_root, b));
}

static bool has_other_staff(const cJSON *a, const cJSON *b)
{
    const cJSON *a_teams = member(a, "teams");
    const cJSON *b_teams = member(b, "teams");
    if (cJSON_GetArraySize(a_teams) != cJSON_GetArraySize(b_teams)) {
        return true;
    }
    const cJSON *team;
    cJSON_ArrayForEach(team, a_teams)
    {
        const cJSON *other = member(b_teams, team->string);
        if (!other || team_differs(a, team, b, other)) {
            return true;
        }
    }
    return false;
}

static const cJSON *root_of(const struct ccs_scenario *scenario, size_t policy)
{
    const struct ccs_document *doc = scenario->policies[policy].doc;
    return ccs_document_root(doc ? doc : scenario->doc);
}

bool ccs_scenario_staff_differs_between(const struct ccs_scenario *scenario, size_t a, size_t b)
{
    return has_other_staff(root_of(scenario, a), root_of(scenario, b));
}

bool ccs_scenario_staff_differs(const struct ccs_scenario *scenario)
{
    for (size_t i = 0; i < scenario->policy_n; i++) {
        if (ccs_scenario_staff_differs_between(scenario, scenario->baseline, i)) {
            return true;
        }
    }
    return false;
}
