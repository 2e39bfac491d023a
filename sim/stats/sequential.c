/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to stop: see sequential.h. */
#include "stats/sequential.h"

double ccs_goal_half_width(const struct ccs_goal *goal, const struct ccs_estimate *estimate)
{
    if (isnan(estimate->mean) || !goal->is_relative) {
        return isnan(estimate->mean) ? NAN : goal->half_width;
    }
    return goal->half_width / (1 + goal->half_width) * fabs(estimate->mean);
}

static bool has_half_width(const struct ccs_estimate *estimate)
{
    return estimate->kind == CCS_ESTIMATE_T && isfinite(estimate->half_width);
}

bool ccs_goal_holds(const struct ccs_goal *goal, const struct ccs_estimate *estimate)
{
    if (!has_half_width(estimate)) {
        return false;
    }
    if (estimate->half_width == 0) {
        return estimate->n >= CCS_SEQUENTIAL_LEAST_CONSTANT;
    }
    return estimate->half_width <= ccs_goal_half_width(goal, estimate);
}

double ccs_goal_replications(const struct ccs_goal *goal, const struct ccs_estimate *estimate)
{
    if (!has_half_width(estimate)) {
        return NAN;
    }
    if (estimate->half_width == 0) {
        return CCS_SEQUENTIAL_LEAST_CONSTANT;
    }
    double ratio = estimate->half_width / ccs_goal_half_width(goal, estimate);
    return ceil((double)estimate->n * ratio * ratio);
}

size_t ccs_sequence_start(const struct ccs_sequence *sequence, size_t asked)
{
    size_t n = asked > CCS_SEQUENTIAL_LEAST ? asked : CCS_SEQUENTIAL_LEAST;
    return n < sequence->max ? n : sequence->max;
}

size_t ccs_sequence_next(struct ccs_sequence *sequence, size_t n, bool holds, double needed)
{
    bool is_confirmed = holds && sequence->held;
    sequence->held = holds;
    if (is_confirmed || n >= sequence->max) {
        return n;
    }
    size_t least = n + (n + 9) / 10;
    size_t most = 3 * n;
    size_t next = holds ? least : most;
    if (!holds && needed < (double)most) { /* false for NAN */
        next = needed > (double)least ? (size_t)needed : least;
    }
    return next < sequence->max ? next : sequence->max;
}
