/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifts and their breaks, and unplanned pauses. */
#ifndef CCS_CONFIG_SHIFT_CONFIG_H
#define CCS_CONFIG_SHIFT_CONFIG_H

#include "format/field/field.h"

struct ccs_break_config {
    ccs_time after; /* the beginning of the shift */
    ccs_time length;
    ccs_time spread; /* over which the agents of the shift begin it one after the other */
    bool paid;
};

struct ccs_shift_config {
    int64_t agents;
    struct ccs_week_hours hours;
    struct ccs_map breaks; /* struct ccs_break_config */
};

/* A pause nobody has planned, after a contact: see pause.h. */
struct ccs_pause_config {
    double probability;
    struct ccs_dist length;
};

extern const struct ccs_section ccs_shift_section;

extern const struct ccs_section ccs_pause_section;

#endif
