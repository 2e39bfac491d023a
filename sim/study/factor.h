/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A factor: one key of the scenario and the values it is to take, from the text of --vary.
 *
 *   /pointer=a,b,c         these values; a comma inside quotes or brackets does not separate
 *   /pointer=lo:hi:step    lo, lo + step, ... up to hi, in decimal arithmetic (no drift)
 *   /pointer=lo..hi        a range, for designs that choose points themselves
 *
 * lo, hi and step are numbers or durations ("2 min:10 min:2 min"). What only looks alike
 * (08:00-17:00, ../table.csv) is a value like any other; in double quotes anything is a text.
 */
#ifndef CCS_STUDY_FACTOR_H
#define CCS_STUDY_FACTOR_H

#include "base/arena.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

#define CCS_DESIGN_MAX_POINTS ((size_t)100000)

struct ccs_factor {
    const char *pointer;
    const char **levels; /* [level_n], canonical; a range has none */
    size_t level_n;
    bool is_range;
    double lo, hi;
    const char *unit;  /* of lo and hi, "" without */
    int decimals;      /* values of a range are rounded to a millionth of it */
    bool may_be_whole; /* lo and hi are whole numbers without unit */
    bool is_whole;     /* set by the design: only whole numbers will do */
};

/* In the arena. CCS_EUSAGE with a message that quotes the text; CCS_ENOMEM. */
ccs_status ccs_factor_parse(struct ccs_factor *factor, const char *text, struct ccs_arena *arena,
                            char *message, size_t message_size);

/* The value at u in [0, 1): a level, each as likely as the next, or a point of the range. In the
 * arena; NULL when memory is exhausted. */
const char *ccs_factor_at(const struct ccs_factor *factor, double u, struct ccs_arena *arena);

#endif
