/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a metric may be from its baseline: absolute ("0.5", in the unit of the metric), relative
 * to the baseline ("2%"), or within the half-width of its 95 % interval there ("ci95"; at least
 * 1e-6 of the value, so that a number without noise is not held to its last digit).
 */
#ifndef CCS_GATE_TOLERANCE_H
#define CCS_GATE_TOLERANCE_H

#include <stdbool.h>
#include <stddef.h>

enum ccs_tolerance_kind {
    CCS_TOLERANCE_ABSOLUTE,
    CCS_TOLERANCE_RELATIVE, /* of |baseline| */
    CCS_TOLERANCE_INTERVAL
};

enum {
    CCS_TOLERANCE_FAULT = 200,
    CCS_TOLERANCE_TEXT = 40
};

struct ccs_tolerance {
    const char *metric; /* "*": every metric without one of its own */
    enum ccs_tolerance_kind kind;
    double value; /* 0.02 for "2%" */
};

/* Reads "METRIC:AMOUNT", the amount "2%", "0.5" or "ci95". False, with what to write in `fault`.
 * Metrics are those of the table, or "*". tolerance->metric points into the table. */
bool ccs_tolerance_parse(const char *text, struct ccs_tolerance *tolerance,
                         char fault[CCS_TOLERANCE_FAULT]);

/* "2%". Returns `text`. */
char *ccs_tolerance_text(char text[CCS_TOLERANCE_TEXT], const struct ccs_tolerance *tolerance);

/* The one that holds for a metric: the last with its name, else the last "*"; NULL: none. */
const struct ccs_tolerance *ccs_tolerance_find(const struct ccs_tolerance *list, size_t n,
                                               const char *metric);

/* In the unit of the metric, for a baseline of that mean and half-width (NAN: no interval). */
double ccs_tolerance_width(const struct ccs_tolerance *tolerance, double mean, double half_width);

#endif
