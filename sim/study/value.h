/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values of a varied key: one spelling for each, and numbers with units.
 *
 * A value is what stands after the = of --set: JSON if it reads as JSON, else a string. Its
 * *canonical* spelling is the shortest that --set reads back as the same value: 1.0 is 1, "6 min"
 * in quotes is 6 min without, objects lose their blanks. Points are told apart by it.
 */
#ifndef CCS_STUDY_VALUE_H
#define CCS_STUDY_VALUE_H

#include "base/arena.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

/* The canonical spelling of `length` bytes, in the arena. CCS_EDATA: begins like JSON ({ [ ") and
 * is none, or cannot be written in JSON; CCS_ENOMEM. */
ccs_status ccs_value_canonical(const char *text, size_t length, struct ccs_arena *arena,
                               const char **canonical);

/* The canonical spelling of a parsed value, whose numbers become raw text; NULL when memory is
 * exhausted. */
struct cJSON;
const char *ccs_value_from_json(struct cJSON *value, struct ccs_arena *arena);

/* What a canonical value measures: numbers as they are with unit "", durations in seconds with
 * unit "s". False for anything else. */
bool ccs_value_number(const char *canonical, double *number, const char **unit);

/* The value as JSON text ("6 min" with its quotes), in the arena; NULL when memory is exhausted. */
const char *ccs_value_json(const char *canonical, struct ccs_arena *arena);

/* A number with or without a unit of time: "10", "2.5 min". */
enum {
    CCS_UNIT_NAME = 16
};
struct ccs_quantity {
    double value;
    char unit[CCS_UNIT_NAME]; /* "" without */
    bool is_whole;            /* written without point and exponent */
};

enum ccs_quantity_kind {
    CCS_QUANTITY,          /* *quantity is filled in */
    CCS_QUANTITY_BAD_UNIT, /* a number and a word that is no unit */
    CCS_QUANTITY_NOT       /* something else */
};
enum ccs_quantity_kind ccs_quantity_parse(const char *text, size_t length,
                                          struct ccs_quantity *quantity);

/* Gives all of them one unit, seconds if they differ. False when only some have a unit. */
bool ccs_quantity_unify(struct ccs_quantity *quantity, size_t n);

/* Decimals needed to write `value`; -1 when more than 12. */
int ccs_quantity_decimals(double value);

/* The canonical spelling of `value` rounded to so many decimals (at most 22), in the arena. */
const char *ccs_quantity_text(double value, int decimals, const char *unit,
                              struct ccs_arena *arena);

#endif
