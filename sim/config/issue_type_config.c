/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "issue_types" section: what can go wrong, how often, and what it takes. */
#include "config/issue_type_config.h"

static const char *const needs_choices[] = {"explanation", "decision", NULL};

static const struct ccs_field back_office_fields[] = {
    CCS_ROW(REF, struct ccs_back_office_config, team, .ref = "teams",
            .help = "The team that does the work, on its own calendar."),
    CCS_ROW(DIST, struct ccs_back_office_config, work, .unit = "duration", .help = "Work content."),
};
static const struct ccs_section back_office_section = {
    .title = "back-office work",
    .help = "Work without the customer after the decision; the issue truly ends when it is done.",
    .size = sizeof(struct ccs_back_office_config),
    CCS_ROWS(back_office_fields),
};

static const struct ccs_field verification_fields[] = {
    CCS_ROW(DIST, struct ccs_verification_config, time, .unit = "duration",
            .help = "How long it takes to check the claim during the contact."),
    CCS_ROW(PROBABILITY, struct ccs_verification_config, sensitivity, .max = 1, .def = "1",
            .help = "Probability that the check supports a justified claim."),
    CCS_ROW(PROBABILITY, struct ccs_verification_config, specificity, .max = 1, .def = "1",
            .help = "Probability that the check contradicts an unjustified claim."),
};
static const struct ccs_section verification_section = {
    .title = "verification",
    .help = "Checking a claim before conceding it.",
    .size = sizeof(struct ccs_verification_config),
    CCS_ROWS(verification_fields),
};

static const struct ccs_field follow_on_fields[] = {
    CCS_ROW(PROBABILITY, struct ccs_follow_on_config, probability, .max = 1,
            .help = "Probability that a truly settled issue leads to one of this type. At most one "
                    "successor: the probabilities of a type add up to 1 at most, and every chain "
                    "must be able to end."),
    CCS_ROW(DIST, struct ccs_follow_on_config, delay, .unit = "duration", .def = "\"0 s\"",
            .help = "Time from the settlement until the new issue arises."),
};
static const struct ccs_section follow_on_section = {
    .title = "what an issue leads to",
    .help = "A new issue of the same customer that a settled one gives rise to.",
    .size = sizeof(struct ccs_follow_on_config),
    CCS_ROWS(follow_on_fields),
};

static const struct ccs_field issue_type_fields[] = {
    CCS_ROW(REAL_MAP, struct ccs_issue_type_config, rate_per_customer_year, .max = 1e6,
            .unit = "per customer and year", .ref = "segments", .def = "0",
            .help =
                "How often this problem befalls a customer, by segment (or one number for all)."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, volume, .section = &ccs_volume_section,
                     .help = "Arrivals by a forecast instead of by customer."),
    CCS_ROW(
        SERIES, struct ccs_issue_type_config, profile, .max = 1e9, .unit = "relative", .def = "1",
        .help = "Relative intensity over the day or week (168 values with \"interval\": \"1 h\", "
                "\"repeat\": \"week\"); scaled to mean 1, so that the rate keeps its meaning."),
    CCS_ROW(REAL, struct ccs_issue_type_config, day_factor_cv, .max = 10, .def = "0",
            .help = "Coefficient of variation of a gamma-distributed factor on each day's rate "
                    "(busyness); 0: none."),
    CCS_ROW(
        DIST_REAL, struct ccs_issue_type_config, day_factor, .unit = "relative", .def = "null",
        .help =
            "Instead of `day_factor_cv`: the factor on each day's rate from any distribution, "
            "lognormal or empirical say; scaled to mean 1, so that the volume keeps its meaning."),
    CCS_ROW(STRING, struct ccs_issue_type_config, day_factor_group, .def = "null",
            .help = "Issue types that name the same group share one draw of the day factor: a busy "
                    "day is busy for all of them. Left out: each is independent."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, common_day_factor,
                     .section = &ccs_common_day_factor_section,
                     .help = "A second factor on each day's rate, shared by a group of issue "
                             "types; it multiplies the type's own."),
    CCS_ROW_OPTIONAL(
        struct ccs_issue_type_config, period_factor, .section = &ccs_period_factor_section,
        .help = "Random factors on the rate of each part of a day, correlated along the day."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, holidays, .section = &ccs_holiday_section,
                     .help = "What the holidays of a calendar do to the rate."),
    CCS_ROW(MAP, struct ccs_issue_type_config, special_days, .section = &ccs_special_day_section,
            .help = "Days unlike others, by date: {\"2026-12-24\": {\"factor\": 0.4}}. They go "
                    "before `holidays`."),
    CCS_ROW(MAP, struct ccs_issue_type_config, bursts, .section = &ccs_burst_section,
            .help = "Campaigns and outages: more contacts for a while, by name."),
    CCS_ROW(REAL_MAP, struct ccs_issue_type_config, channel_mix, .max = 1e9, .unit = "weight",
            .ref = "channels", .def = "0",
            .help = "Where customers try first, by channel; needed when there is more than one."),
    CCS_ROW(INT, struct ccs_issue_type_config, priority, .min = -100, .max = 100, .def = "0",
            .help = "Added to the channel's priority; higher is served first, non-preemptively."),
    CCS_ROW(ENUM, struct ccs_issue_type_config, needs, .choices = needs_choices,
            .def = "\"explanation\"",
            .help = "What settles it: only an explanation, which every agent can give, or a "
                    "decision by somebody with authority."),
    CCS_ROW(DIST_MONEY, struct ccs_issue_type_config, amount, .unit = "currency", .def = "0",
            .help = "Amount at stake, drawn once per issue."),
    CCS_ROW(PROBABILITY, struct ccs_issue_type_config, justified_probability, .max = 1, .def = "1",
            .help = "Share of claims that are justified. No policy sees which."),
    CCS_ROW(MONEY, struct ccs_issue_type_config, fulfilment_cost, .max = 1e9,
            .unit = "currency per settled issue", .def = "0",
            .help = "Material cost of settling, beyond labour and the amount conceded."),
    CCS_ROW(DIST, struct ccs_issue_type_config, talk, .unit = "duration",
            .help = "Talk time of a leg before anger and retelling: the work content, drawn once "
                    "per issue, so a second attempt meets the same problem."),
    CCS_ROW(DIST, struct ccs_issue_type_config, hold, .unit = "duration", .def = "\"0 s\"",
            .help = "Time the customer is put on hold during a leg."),
    CCS_ROW(DIST, struct ccs_issue_type_config, wrap, .unit = "duration", .def = "\"0 s\"",
            .help = "After-call work of the agent who ends the contact."),
    CCS_ROW(SERIES, struct ccs_issue_type_config, talk_profile, .min = 0.01, .max = 100,
            .unit = "factor", .def = "null",
            .help = "Factor on talk time by the time of the day or week at which the talk begins, "
                    "for legs of all teams. Taken as it stands (a planner has a handle time per "
                    "interval), not scaled to mean 1; where the table says nothing it is 1."),
    CCS_ROW(REAL_LIST, struct ccs_issue_type_config, talk_factor_by_tier, .min = 0.01, .max = 100,
            .def = "[]", .help = "Factor on talk time at tier 1, 2, ...; 1 where the list ends."),
    CCS_ROW(
        DIST, struct ccs_issue_type_config, patience, .unit = "duration", .def = "null",
        .help =
            "How long a customer with this problem waits in one queue before abandoning, drawn "
            "once per issue; goes before the channel's `patience`. Left out: as the channel says."),
    CCS_ROW(DURATION, struct ccs_issue_type_config, service_level_threshold, .min = 0, .max = 3.2e9,
            .def = "null",
            .help = "Contacts about it answered within this time are in the service level; goes "
                    "before the channel's. Left out: as the channel says."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, balking, .section = &ccs_balking_section,
                     .help = "Turning away at once from a long expected wait; takes the place of "
                             "the channel's `balking`. Left out: as the channel says."),
    CCS_ROW(PROBABILITY, struct ccs_issue_type_config, redial_probability, .max = 1, .def = "null",
            .help = "Probability of trying again after an attempt that came to nothing; goes "
                    "before `redial_probability` and the lists of `redial` of the channel. Left "
                    "out: as the channel says."),
    CCS_ROW_OPTIONAL(
        struct ccs_issue_type_config, redial, .section = &ccs_redial_section,
        .help = "Redialling by reason and number of the attempt, and on another channel. A list "
                "given here goes before all else; for reasons without one `redial_probability` of "
                "the type, then the channel's `redial` and `redial_probability` hold. A "
                "`channel_mix` given here goes before the channel's."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, back_office, .section = &back_office_section,
                     .help = "Work to be done after the decision."),
    CCS_ROW_OPTIONAL(struct ccs_issue_type_config, verification, .section = &verification_section,
                     .help = "How a claim can be checked; left out: it cannot."),
    CCS_ROW(MAP, struct ccs_issue_type_config, leads_to, .section = &follow_on_section,
            .help = "Issues that a truly settled issue of this type gives rise to, by issue type: "
                    "an order, then a delivery to arrange. Each is a new issue with draws of its "
                    "own, root cause first request: no failure demand."),
};

const struct ccs_section ccs_issue_type_section = {
    .title = "issue type",
    .help = "A kind of problem: how often it arises, what is at stake, what it takes to settle it.",
    .size = sizeof(struct ccs_issue_type_config),
    CCS_ROWS(issue_type_fields),
};
