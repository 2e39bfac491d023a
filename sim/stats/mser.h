/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the warm-up of one long run ends: MSER-5 (White 1997, Simulation 69; White, Cobb and Spratt
 * 2000, Proc. Winter Simulation Conf.). Of the means z of consecutive fives, drop the first d that
 * minimise
 *
 *   MSER(d) = sum over i >= d of (z_i - mean of z_d...)^2 / (m - d)^2,
 *
 * looking only at the first half: a minimum at its end means the run is too short to tell.
 */
#ifndef CCS_STATS_MSER_H
#define CCS_STATS_MSER_H

#include <stdbool.h>
#include <stddef.h>

struct ccs_warmup {
    size_t cut;       /* observations to drop, a multiple of 5 */
    bool is_reliable; /* false: too short (fewer than 10 fives, or the minimum at half the run) */
};

struct ccs_warmup ccs_warmup_mser5(const double *x, size_t n);

#endif
