/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of shifts, their breaks, and unplanned pauses. */
#include "config/shift_config.h"

static const struct ccs_field break_fields[] = {
    CCS_ROW(DURATION, struct ccs_break_config, after, .min = 0, .max = 86400,
            .help = "How long after the beginning of the shift it begins."),
    CCS_ROW(DURATION, struct ccs_break_config, length, .min = 1, .max = 86400,
            .help = "How long it lasts. Who is in a contact when it begins takes it afterwards, "
                    "whole, at most until the end of the shift."),
    CCS_ROW(DURATION, struct ccs_break_config, spread, .min = 0, .max = 86400, .def = "\"0 s\"",
            .help = "The agents of the shift begin it one after the other, evenly over this time; "
                    "0: all at once."),
    CCS_ROW(BOOL, struct ccs_break_config, paid, .def = "false", .help = "Whether it is paid."),
};

static const struct ccs_section break_section = {
    .title = "break",
    .help = "A break or lunch in a shift.",
    .size = sizeof(struct ccs_break_config),
    CCS_ROWS(break_fields),
};

static const struct ccs_field shift_fields[] = {
    CCS_ROW(INT, struct ccs_shift_config, agents, .min = 0, .max = 100000, .unit = "agents",
            .help = "How many agents have this shift."),
    CCS_ROW(HOURS, struct ccs_shift_config, hours,
            .help = "When, by day of the week; a shift over midnight is written as two spans that "
                    "meet. It does not take place on holidays of the team's calendar."),
    CCS_ROW(MAP, struct ccs_shift_config, breaks, .section = &break_section,
            .help = "Breaks and lunches, by name."),
};

const struct ccs_section ccs_shift_section = {
    .title = "shift",
    .help = "Hours of the week that agents of a team have in common.",
    .size = sizeof(struct ccs_shift_config),
    CCS_ROWS(shift_fields),
};

static const struct ccs_field pause_fields[] = {
    CCS_ROW(PROBABILITY, struct ccs_pause_config, probability, .max = 1,
            .help = "Probability of a pause of the agent who ends a contact, after its wrap-up; "
                    "pieces of back office work are no contacts."),
    CCS_ROW(
        DIST, struct ccs_pause_config, length, .unit = "duration",
        .help =
            "How long it lasts, at most until the end of the shift. It is paid, and time neither "
            "on duty nor busy. Who is over the own hours, or has a planned break due, takes none."),
};

const struct ccs_section ccs_pause_section = {
    .title = "pause after a contact",
    .help = "A pause that nobody has planned.",
    .size = sizeof(struct ccs_pause_config),
    CCS_ROWS(pause_fields),
};
