/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as people read them: as many digits as the interval is worth, thousands separated, in a
 * unit that suits their size. Never by the locale.
 *
 * Digits follow the rule of the Particle Data Group (Review of Particle Physics, introduction): of
 * the three leading digits of the half-width, 100 to 354 keep two significant digits, 355 to 949
 * one, and 950 to 999 are rounded up to 1000 and keep two.
 */
#ifndef CCS_EXPERIMENT_NUMBER_H
#define CCS_EXPERIMENT_NUMBER_H

#include <stdbool.h>

enum {
    CCS_NUMBER_TEXT = 64,
    CCS_UNIT_TEXT = 64
};

/* Shown = value * factor, followed by `unit` ("" where the name of the metric says it). */
struct ccs_scale {
    double factor;
    const char *unit;
};

/* The scale for a metric's unit ("s", "share", "currency" ...) and the largest absolute value that
 * will be shown in it: seconds become s, min, h or days, shares and yearly rates percent, large
 * amounts thousands or millions ("k USD"; this unit is written into `text`), small numbers per
 * 100. */
struct ccs_scale ccs_scale_of(const char *unit, double largest, const char *currency,
                              char text[CCS_UNIT_TEXT]);

/* Decimals for a value with this half-width; negative: tens, hundreds ... Four significant digits
 * of `value` (never fewer than its whole part) without a half-width (NAN, 0). */
int ccs_number_decimals(double value, double half_width);

/* 12,345.60; -12,300 for decimals -2. `with_sign`: + where positive. "inf" and "-" (NAN) where it
 * is no number. Returns `text`. */
char *ccs_number_text(char text[CCS_NUMBER_TEXT], double value, int decimals, bool with_sign);

#endif
