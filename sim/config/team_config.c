/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a scenario says about teams: rows of teams, shifts and breaks. */
#include "config/team_config.h"

static const struct ccs_field team_fields[] = {
    CCS_ROW(SERIES, struct ccs_team_config, agents, .min = 0, .max = 1000000,
            .unit = "agents on duty", .def = "null",
            .help = "Headcount, constant or by interval (inline or CSV), exact to the microsecond; "
                    "2.5 agents are 3 (halves away from zero). Outside the team's calendar nobody "
                    "is on duty. Give either this or `shifts`."),
    CCS_ROW(
        REAL, struct ccs_team_config, agents_factor, .min = 0, .max = 100, .def = "1",
        .help =
            "Factor on `agents`, before rounding: 0.95 is five per cent fewer in every interval."),
    CCS_ROW(MAP, struct ccs_team_config, shifts, .section = &ccs_shift_section,
            .help = "Shifts, by name, each with agents of its own; instead of `agents`."),
    CCS_ROW(SERIES, struct ccs_team_config, absence, .min = 0, .max = 1, .unit = "probability",
            .def = "0",
            .help = "Probability that an agent is absent on a day, or from a shift (by the day on "
                    "which it begins), each agent and day on its own. Of a table, the value where "
                    "the shift, or by headcount the day, begins."),
    CCS_ROW(BOOL, struct ccs_team_config, absence_paid, .def = "true",
            .help = "Whether absence is paid. Shrinkage always is."),
    CCS_ROW(SERIES, struct ccs_team_config, shrinkage, .min = 0, .max = 0.95, .unit = "share",
            .def = "0",
            .help = "Share of the scheduled time that is lost to meetings, training, coaching: for "
                    "each part of the day each agent is away with this probability (of a table, "
                    "the value where the part begins). Absence comes on top."),
    CCS_ROW(
        DURATION, struct ccs_team_config, shrinkage_part, .min = 60, .max = 86400, .def = "\"1 h\"",
        .source = "assumption: length of a meeting",
        .help =
            "Length of the parts of the day, from midnight, for which an agent is away or not."),
    CCS_ROW(REAL, struct ccs_team_config, speed_cv, .min = 0, .max = 5, .def = "0",
            .help = "How much agents differ: each has a factor on talk, gamma distributed with "
                    "mean 1 and this coefficient of variation, for good."),
    CCS_ROW(INT, struct ccs_team_config, tier, .min = 1, .max = CCS_TIER_MAX, .def = "1",
            .help = "1 takes first contacts; an escalation goes to the next higher tier that "
                    "serves the issue type."),
    CCS_ROW(REF, struct ccs_team_config, calendar, .ref = "calendars", .def = "null",
            .help = "When the team works; left out: always."),
    CCS_ROW(REF_LIST, struct ccs_team_config, channels, .ref = "channels", .def = "null",
            .help = "Channels the team serves; left out: all; an empty list: none (back office)."),
    CCS_ROW(REF_LIST, struct ccs_team_config, skills, .ref = "issue_types", .def = "null",
            .help = "Issue types the team serves; left out: all."),
    CCS_ROW(MONEY, struct ccs_team_config, wage_per_h, .max = 1e6, .unit = "currency per hour",
            .def = "0", .help = "Full cost of an hour on duty."),
    CCS_ROW(MAP, struct ccs_team_config, wage_surcharges, .section = &ccs_surcharge_section,
            .help = "Factors on the wage in the evening, on Sundays, on holidays, by name. "
                    "`cost_workload` and the costs per issue stay at the plain wage."),
    CCS_ROW(
        REAL, struct ccs_team_config, overtime_factor, .min = 0, .max = 100, .def = "1",
        .help =
            "Factor on the wage of overtime, times the surcharge of the hour: 1.5 is half more. "
            "Overtime is work after the end of the own shift, or beyond the headcount on duty."),
    CCS_ROW(
        REAL, struct ccs_team_config, target_occupancy, .min = 0.05, .max = 1, .def = "0.85",
        .source = "assumption: planners' usual ceiling of 80 to 90 %",
        .help =
            "Occupancy at which `cost_workload` prices handled time, as if staff followed work."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, talk_factor, .ref = "issue_types", .min = 0.01,
            .max = 100, .def = "1",
            .help = "Factor on talk time for this team: one number, or numbers by issue type "
                    "(generalists are slower at some); types not mentioned have 1. The work "
                    "content stays that of the issue: another team meets the same problem."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, wrap_factor, .ref = "issue_types", .min = 0,
            .max = 100, .def = "1", .help = "The same for after-call work; 0: none."),
    CCS_ROW(DIST, struct ccs_team_config, answer_delay, .unit = "duration", .def = "null",
            .help = "Time from the moment an agent is assigned until the talk begins (ringing, "
                    "screen pop; for a promised call: dialling), at each leg on phone or chat. The "
                    "agent is busy, booked as hold; for the customer it is waiting (speed of "
                    "answer, service level), but nobody gives up in it."),
    CCS_ROW_OPTIONAL(struct ccs_team_config, pause_after_contact, .section = &ccs_pause_section,
                     .help = "Pauses that nobody has planned."),
    CCS_ROW(MONEY, struct ccs_team_config, cost_per_contact, .max = 1e6, .unit = "currency per leg",
            .def = "0",
            .help = "What an outsourcer bills for each leg: each contact, promised call or piece "
                    "of back office work that the team takes. Booked as `outsourcing` when the "
                    "talk begins, beside `wage_per_h`, which is then usually 0."),
    CCS_ROW(MONEY, struct ccs_team_config, cost_per_handled_min, .max = 1e6,
            .unit = "currency per minute", .def = "0",
            .help = "What an outsourcer bills for each minute of talk, hold and wrap-up, time to "
                    "answer included. Booked as `outsourcing`."),
    CCS_ROW(
        REAL_MAP, struct ccs_team_config, skill_priority, .ref = "issue_types", .min = -1000,
        .max = 1000, .def = "null",
        .help =
            "Priority of a skill, by issue type; types not mentioned have 0. A contact goes to "
            "free teams with the highest one first; for a free agent it adds to the priorities of "
            "channel and issue type. `agent_priority` and `contact_priority` set the two apart."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, agent_priority, .ref = "issue_types", .min = -1000,
            .max = 1000, .def = "null",
            .help = "Which agent gets a contact: free teams with the highest number for its issue "
                    "type are asked first. Instead of `skill_priority` in this direction; types "
                    "not mentioned have 0."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, contact_priority, .ref = "issue_types", .min = -1000,
            .max = 1000, .def = "null",
            .help = "Which contact an agent of this team takes: added to the priorities of channel "
                    "and issue type. Instead of `skill_priority` in this direction; types not "
                    "mentioned have 0."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, overflow_after_s, .ref = "issue_types", .min = 0,
            .max = 1e6, .unit = "s", .def = "null",
            .help = "The team takes contacts of an issue type only once they have waited so long; "
                    "types not mentioned at once."),
    CCS_ROW(REAL_MAP, struct ccs_team_config, reserve, .ref = "issue_types", .min = 0,
            .max = 1000000, .unit = "agents", .def = "null",
            .help =
                "Agents kept free: the team takes contacts and work of an issue type only while "
                "more than so many agents are free; types not mentioned while anybody is."),
};

const struct ccs_section ccs_team_section = {
    .title = "team",
    .help = "A group of alike agents.",
    .size = sizeof(struct ccs_team_config),
    CCS_ROWS(team_fields),
};

double ccs_team_most_agents(const struct ccs_team_config *team)
{
    double most = ccs_series_highest(&team->agents) * team->agents_factor;
    for (size_t i = 0; i < team->shifts.n; i++) {
        const struct ccs_shift_config *shift = CCS_MAP_AT(team->shifts, struct ccs_shift_config, i);
        most += shift->hours.n > 0 ? (double)shift->agents : 0.0;
    }
    return most;
}
