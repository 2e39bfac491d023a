/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small text helpers of the diagnostics: what was found, which name was probably meant, and adding
 * a diagnostic only once. Making control characters visible is done by base/diag.c.
 */
#ifndef CCS_FORMAT_DOCUMENT_TEXT_H
#define CCS_FORMAT_DOCUMENT_TEXT_H

#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

struct cJSON;

enum {
    CCS_FOUND_TEXT = 96,   /* room for what ccs_text_found writes */
    CCS_RANGE_TEXT = 96,   /* room for what ccs_text_range writes */
    CCS_SUGGEST_TEXT = 128 /* room for what ccs_nearest_text writes */
};

/* "-2", "\"ninety\"" (cut to about 40 bytes), "a list", "an object": the value as a message quotes
 * it. Returns `text`. */
char *ccs_text_found(char text[CCS_FOUND_TEXT], const struct cJSON *value);

/* A decimal number as people write it in tables: optional sign, digits with an optional point,
 * optional exponent; nothing around it, no hexadecimal, no infinity. Independent of the locale.
 * `length` bytes are read. False when it is not one or not within the range of a double. */
bool ccs_text_number(const char *text, size_t length, double *value);

/* "must be >= 1", "must be between 0 and 1": a range both ends of which belong to it; infinite ends
 * are left out. Returns `text`. */
char *ccs_text_range(char text[CCS_RANGE_TEXT], double min, double max);

/* Search for the name nearest to a misspelt one: edit distance with transpositions (optimal string
 * alignment; Damerau 1964), upper and lower case, `-`, `_` and blank taken as equal. */
struct ccs_nearest {
    const char *word;
    const char *best; /* NULL: nothing is near enough; borrowed from the candidates */
    size_t distance;
};
struct ccs_nearest ccs_nearest_to(const char *word);
void ccs_nearest_try(struct ccs_nearest *nearest, const char *candidate);

/* "; did you mean `agents`?", or "" when nothing is near. Returns `text`. */
char *ccs_nearest_text(char text[CCS_SUGGEST_TEXT], const struct ccs_nearest *nearest);

/* ccs_diag_add, but not if the same diagnostic is there already. `diags` may be NULL. */
void ccs_diag_add_once(struct ccs_diagnostics *diags, enum ccs_diag_code code, const char *origin,
                       int line, int column, const char *pointer, const char *message);

#endif
