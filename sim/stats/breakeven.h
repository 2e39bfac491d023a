/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Break-even in time: from which week on the cumulative paired difference stays positive.
 *
 *   break-even  = first week after the last week in which the mean curve is <= 0
 *   its interval: replications are drawn with replacement 1000 times, 2.5 % cut off at each end
 *                 (percentile bootstrap, Efron 1979); "not within the horizon" counts as later
 *                 than any week
 *   established = first week after the last week in which a simultaneous 95 % band touches 0:
 *                 mean +- c se(week), c the 95 % point of max over weeks of |mean* - mean| / se*
 *                 over the same resamples (sup-t band: Montiel Olea and Plagborg-Moller 2019,
 *                 J. Applied Econometrics 34), each with its own standard error se*, and never
 *                 below t(0.975; n-1)
 *
 * The band errs on the wide side for few replications (with 5, hardly anything is ever
 * established), and is right from about 20 on.
 *
 * Weeks count from 0 = t0; a curve holds its value at the end of each week. Week number W (the
 * number of weeks) stands for "not within the horizon", 0 for "from the start".
 */
#ifndef CCS_STATS_BREAKEVEN_H
#define CCS_STATS_BREAKEVEN_H

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

#define CCS_BREAKEVEN_RESAMPLES 1000

/* A uniform index 0 ... n-1, drawn anew at each call; `context` is the caller's own. */
typedef size_t (*ccs_index_draw)(void *context, size_t n);

struct ccs_breakeven {
    size_t weeks;       /* W */
    size_t week;        /* 0 ... W */
    size_t lo, hi;      /* 95 % interval of it, 0 ... W; only if has_interval */
    size_t established; /* 0 ... W; only if has_interval */
    bool has_interval;  /* two replications or more */
    double critical;    /* c of the band; NAN without interval */
    double within_frac; /* share of resamples that break even within the horizon, or NAN */
};

/* curves[r * weeks + w]: cumulative difference a - b of replication r at the end of week w, any
 * unit, finite. n >= 1, weeks >= 1, else CCS_EUSAGE; CCS_ENOMEM for lack of scratch memory. */
ccs_status ccs_breakeven(const double *curves, size_t n, size_t weeks, ccs_index_draw draw,
                         void *context, struct ccs_breakeven *result);

#endif
