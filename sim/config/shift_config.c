/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of shifts, their breaks, and unplanned pauses. */
#include "config/shift_config.h"

static const struct ccs_field break_fields[] = {
    {.key = "after",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, after),
     .min = 0,
     .max = 86400,
     .help = "How long after the beginning of the shift it begins."},
    {.key = "length",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, length),
     .min = 1,
     .max = 86400,
     .help = "How long it lasts. Who is in a contact when it begins takes it afterwards, whole, at "
             "most until the end of the shift."},
    {.key = "spread",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_break_config, spread),
     .min = 0,
     .max = 86400,
     .def = "\"0 s\"",
     .help = "The agents of the shift begin it one after the other, evenly over this time; 0: all "
             "at once."},
    {.key = "paid",
     .type = CCS_FIELD_BOOL,
     .offset = offsetof(struct ccs_break_config, paid),
     .def = "false",
     .help = "Whether it is paid."},
};

static const struct ccs_section break_section = {
    .title = "break",
    .help = "A break or lunch in a shift.",
    .size = sizeof(struct ccs_break_config),
    .field = break_fields,
    .field_n = sizeof break_fields / sizeof break_fields[0],
};

static const struct ccs_field shift_fields[] = {
    {.key = "agents",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_shift_config, agents),
     .min = 0,
     .max = 100000,
     .unit = "agents",
     .help = "How many agents have this shift."},
    {.key = "hours",
     .type = CCS_FIELD_HOURS,
     .offset = offsetof(struct ccs_shift_config, hours),
     .help = "When, by day of the week; a shift over midnight is written as two spans that meet. "
             "It does not take place on holidays of the team's calendar."},
    {.key = "breaks",
     .type = CCS_FIELD_MAP,
     .offset = offsetof(struct ccs_shift_config, breaks),
     .section = &break_section,
     .help = "Breaks and lunches, by name."},
};

const struct ccs_section ccs_shift_section = {
    .title = "shift",
    .help = "Hours of the week that agents of a team have in common.",
    .size = sizeof(struct ccs_shift_config),
    .field = shift_fields,
    .field_n = sizeof shift_fields / sizeof shift_fields[0],
};

static const struct ccs_field pause_fields[] = {
    {.key = "probability",
     .type = CCS_FIELD_PROBABILITY,
     .offset = offsetof(struct ccs_pause_config, probability),
     .max = 1,
     .help = "Probability of a pause of the agent who ends a contact, after its wrap-up; pieces of "
             "back office work are no contacts."},
    {.key = "length",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_pause_config, length),
     .unit = "duration",
     .help =
         "How long it lasts, at most until the end of the shift. It is paid, and time neither "
         "on duty nor busy. Who is over the own hours, or has a planned break due, takes none."},
};

const struct ccs_section ccs_pause_section = {
    .title = "pause after a contact",
    .help = "A pause that nobody has planned.",
    .size = sizeof(struct ccs_pause_config),
    .field = pause_fields,
    .field_n = sizeof pause_fields / sizeof pause_fields[0],
};
