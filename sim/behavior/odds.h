/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shifting a probability on the logit scale: logit p' = logit p + shift. 0 and 1 stay. */
#ifndef CCS_BEHAVIOR_ODDS_H
#define CCS_BEHAVIOR_ODDS_H

#include <math.h>

static inline double ccs_odds_shift(double p, double shift)
{
    if (p <= 0 || p >= 1 || shift == 0) {
        return p;
    }
    return 1.0 / (1.0 + (1.0 - p) / p * exp(-shift));
}

#endif
