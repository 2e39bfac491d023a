/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The design of a study: which points of the space of factors are simulated.
 *
 *   grid      every combination of the levels, the last factor changing fastest
 *   lhs       Latin hypercube (McKay, Beckman, Conover, Technometrics 21, 1979): each factor's
 *             range in N cells of equal probability, one point in each, cells paired at random
 *   sobol     the Sobol sequence of GSL (Antonov and Saleev 1979), at most 40 factors
 *   halton    the Halton sequence of GSL, at most 1229 factors
 *
 * GSL leaves out the origin, point 0 of the sequences; nothing else is skipped and nothing
 * leaped, so that the first N points of a longer sequence are those of the shorter one: asking for
 * more points later keeps those that are there. A Latin hypercube of another size shares none.
 * Points that fall together (few levels, whole numbers) are kept once.
 *
 * A range whose ends are whole numbers takes whole numbers only where the scenario accepts no
 * others, and for "agents"; each is then equally likely. Else values are real, rounded to a
 * millionth of the range.
 *
 * The random numbers of a hypercube are keyed by seed, pointer and point: the order of factors
 * does not matter.
 */
#ifndef CCS_STUDY_DESIGN_H
#define CCS_STUDY_DESIGN_H

#include "base/arena.h"

#include <ccsim/status.h>
#include <ccsim/study.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ccs_design_spec {
    const char *const *vary; /* texts of --vary */
    size_t vary_n;
    const char *points_file; /* or NULL */
    enum ccs_design_kind kind;
    size_t points; /* 0: not given */
    uint64_t seed;
    /* Does the scenario accept "/pointer=value"? Asked for whole-number ranges. */
    bool (*accepts)(void *context, const char *assignment);
    void *context;
};

struct ccs_design {
    struct ccs_arena arena;
    size_t pointer_n;
    const char **pointers;
    size_t point_n;
    const char **values; /* [point_n][pointer_n], canonical; NULL: as the scenario says */
    size_t dropped;      /* points that had been there already */
    bool is_from_file;
};

/* CCS_EUSAGE: the options make no sense; CCS_EIO, CCS_EDATA: the points file cannot be read, or is
 * wrong; CCS_ENOMEM. `message` says what and where. */
ccs_status ccs_design_create(struct ccs_design **design, const struct ccs_design_spec *spec,
                             char *message, size_t message_size);
void ccs_design_destroy(struct ccs_design *design); /* NULL is fine */

static inline const char *ccs_design_value(const struct ccs_design *design, size_t point,
                                           size_t pointer)
{
    return design->values[point * design->pointer_n + pointer];
}

/* For points_file.c: reads the file into pointers, point_n and values. */
ccs_status ccs_design_read(struct ccs_design *design, const char *path, char *message,
                           size_t message_size);

#endif
