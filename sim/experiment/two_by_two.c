/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effects and their interaction: see two_by_two.h. */
#include "experiment/two_by_two.h"

#include "base/arena.h"
#include "experiment/scenario.h"
#include "stats/ratio.h"

#include <string.h>

enum {
    NEITHER,
    POLICY,
    QUALITY,
    BOTH,
    CORNERS
};

static const int weight[CCS_EFFECT_COUNT][CORNERS] = {
    [CCS_EFFECT_POLICY] = {-1, 1, 0, 0},
    [CCS_EFFECT_QUALITY] = {-1, 0, 1, 0},
    [CCS_EFFECT_INTERACTION] = {1, -1, -1, 1},
    [CCS_EFFECT_BOTH] = {-1, 0, 0, 1},
};

const char *ccs_effect_name(enum ccs_effect effect)
{
    static const char *const names[CCS_EFFECT_COUNT] = {"policy", "quality", "interaction", "both"};
    return names[effect];
}

/* The number in the results of a policy of the scenario; policy_n if it was not run. */
static size_t find_policy(const struct ccs_results *res, int32_t number)
{
    size_t p = 0;
    while (p < res->policy_n && res->policies[p] != (size_t)number) {
        p++;
    }
    return p;
}

/* Do all four have the same denominators in every replication, and numbers at all? */
static bool is_comparable(const struct ccs_results *res, const struct ccs_two_by_two *square)
{
    size_t n = res->replications;
    size_t first = (square->policy[NEITHER] * res->row_n + (size_t)square->row) * n;
    for (int c = 0; c < CORNERS; c++) {
        size_t at = (square->policy[c] * res->row_n + (size_t)square->row) * n;
        if (!ccs_estimate_is_defined(
                &res->estimates[square->policy[c] * res->row_n + (size_t)square->row]) ||
            memcmp(&res->den[at], &res->den[first], n * sizeof *res->den) != 0) {
            return false;
        }
    }
    return true;
}

static void estimate(const struct ccs_results *res, struct ccs_two_by_two *square, double *num)
{
    size_t n = res->replications;
    const double *den = NULL;
    for (int e = 0; e < CCS_EFFECT_COUNT; e++) {
        memset(num, 0, n * sizeof *num);
        for (int c = 0; c < CORNERS; c++) {
            size_t at = (square->policy[c] * res->row_n + (size_t)square->row) * n;
            den = &res->den[at];
            for (size_t r = 0; r < n; r++) {
                num[r] += weight[e][c] * res->num[at + r];
            }
        }
        struct ccs_sums sums = {.num = num, .den = den};
        square->effect[e] = ccs_ratio_estimate(&sums, n);
    }
}

ccs_status ccs_two_by_two_find(struct ccs_results *res)
{
    const struct ccs_two_by_two_config *config = res->scenario->two_by_two;
    if (!config || res->primary < 0 ||
        res->rows[res->primary].metric->kind == CCS_METRIC_QUANTILE) {
        return CCS_OK;
    }
    struct ccs_two_by_two found = {
        .policy = {find_policy(res, config->neither), find_policy(res, config->policy),
                   find_policy(res, config->quality), find_policy(res, config->both)},
        .row = res->primary,
    };
    for (int c = 0; c < CORNERS; c++) {
        if (found.policy[c] == res->policy_n) {
            return CCS_OK;
        }
    }
    if (!is_comparable(res, &found)) {
        return CCS_OK;
    }
    double *num = ccs_arena_calloc(res->arena, res->replications, sizeof *num);
    res->two_by_two = ccs_arena_alloc(res->arena, sizeof *res->two_by_two);
    if (!num || !res->two_by_two) {
        return CCS_ENOMEM;
    }
    estimate(res, &found, num);
    *res->two_by_two = found;
    return CCS_OK;
}
