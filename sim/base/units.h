/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only two places where seconds and currency units become integers and back.
 * Rounding is half away from zero. A month is 30.4375 days, a year 365.25 days.
 */
#ifndef CCS_BASE_UNITS_H
#define CCS_BASE_UNITS_H

#include <ccsim/types.h>

#define CCS_US_PER_MIN (60 * CCS_US_PER_S)
#define CCS_US_PER_H (3600 * CCS_US_PER_S)
#define CCS_US_PER_DAY (86400 * CCS_US_PER_S)
#define CCS_US_PER_WEEK (7 * CCS_US_PER_DAY)
#define CCS_US_PER_MONTH (INT64_C(2629800) * CCS_US_PER_S)
#define CCS_US_PER_YEAR (12 * CCS_US_PER_MONTH)

/* Nearest integer, half away from zero: llround without the call. |x| < 2^63. What is added is the
 * largest double below a half, so that 0.49999999999999994 stays below and 0.5 is carried up. */
static inline int64_t ccs_round(double x)
{
    return (int64_t)(x + __builtin_copysign(0x1.fffffffffffffp-2, x));
}

/* Seconds to microseconds. Draws of heavy tails are cut at about 127,000 years, far beyond any
 * run, so that adding one to a simulated time cannot overflow. */
#define CCS_TIME_MAX_S 4e12
static inline ccs_time ccs_time_from_s(double s)
{
    return ccs_round((s < CCS_TIME_MAX_S ? s : CCS_TIME_MAX_S) * 1e6);
}

static inline double ccs_time_to_s(ccs_time t)
{
    return (double)t / 1e6;
}

/* Currency units to ten-thousandths, rounded once, half away from zero. */
static inline ccs_money ccs_money_from_units(double units)
{
    return ccs_round(units * 1e4);
}

static inline double ccs_money_to_units(ccs_money m)
{
    return (double)m / 1e4;
}

#endif
