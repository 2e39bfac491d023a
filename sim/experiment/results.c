/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results table, and the public view of it: see results.h, ccsim/results.h. */
#include "experiment/results.h"

#include "base/arena.h"
#include "experiment/scenario.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void ccs_results_destroy(struct ccs_results *results)
{
    if (results) {
        ccs_arena_fini(results->arena);
        free(results->arena);
        free(results);
    }
}

const char *ccs_results_policy(const struct ccs_results *results, size_t p)
{
    return results->scenario->policies[results->policies[p]].name;
}

int ccs_results_row(const struct ccs_results *results, const char *metric,
                    enum ccs_slice_kind slice, const char *name)
{
    for (size_t i = 0; i < results->row_n; i++) {
        const struct ccs_row *row = &results->rows[i];
        if (row->slice == slice && strcmp(row->metric->name, metric) == 0 &&
            (!name || strcmp(row->name, name) == 0)) {
            return (int)i;
        }
    }
    return -1;
}

void ccs_results_warn(struct ccs_results *results, const char *code, const char *format, ...)
{
    char text[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct ccs_warning *all = ccs_arena_calloc(results->arena, results->warning_n + 1, sizeof *all);
    char *copy = ccs_arena_strdup(results->arena, text);
    if (!all || !copy) {
        return;
    }
    if (results->warning_n > 0) {
        memcpy(all, results->warnings, results->warning_n * sizeof *all);
    }
    all[results->warning_n++] = (struct ccs_warning){code, copy};
    results->warnings = all;
}

/* Position in the results of a policy of the scenario; policy_n if it was not run. */
static size_t position(const struct ccs_results *results, size_t policy)
{
    size_t p = 0;
    while (p < results->policy_n && results->policies[p] != policy) {
        p++;
    }
    return p;
}

static struct ccs_result view(const struct ccs_estimate *e, double sign, double p)
{
    return (struct ccs_result){
        .mean = sign * e->mean,
        .sd = e->sd,
        .lo = sign > 0 ? e->lo : -e->hi,
        .hi = sign > 0 ? e->hi : -e->lo,
        .n = (size_t)e->n,
        .is_rare = e->kind == CCS_ESTIMATE_RARE,
        .p = p,
    };
}

bool ccs_results_metric(const struct ccs_results *results, size_t policy, const char *metric,
                        struct ccs_result *result)
{
    int row = ccs_results_row(results, metric, CCS_SLICE_ALL, NULL);
    size_t p = position(results, policy);
    if (row < 0 || p == results->policy_n) {
        return false;
    }
    *result = view(&results->estimates[p * results->row_n + (size_t)row], 1.0, NAN);
    return true;
}

bool ccs_results_difference(const struct ccs_results *results, size_t a, size_t b,
                            const char *metric, struct ccs_result *result)
{
    int row = ccs_results_row(results, metric, CCS_SLICE_ALL, NULL);
    size_t x = position(results, a);
    size_t y = position(results, b);
    for (size_t i = 0; row >= 0 && i < results->comparison_n; i++) {
        const struct ccs_comparison *cmp = &results->comparisons[i];
        bool straight = cmp->a == x && cmp->b == y;
        if (straight || (cmp->a == y && cmp->b == x)) {
            const struct ccs_paired *pair = &cmp->rows[row];
            *result = view(&pair->diff, straight ? 1.0 : -1.0, pair->p);
            return true;
        }
    }
    return false;
}

const char *ccs_results_verdict(const struct ccs_results *results, size_t index)
{
    return index < results->verdict_n ? results->verdicts[index].sentence : NULL;
}

bool ccs_results_precision(const struct ccs_results *results, size_t index,
                           struct ccs_precision_result *result)
{
    if (index >= results->target_n) {
        return false;
    }
    const struct ccs_target *t = &results->targets[index];
    *result = (struct ccs_precision_result){
        .label = t->label,
        .asked = t->asked,
        .half_width = t->half_width,
        .needed = t->needed,
        .is_reached = t->is_reached,
        .has_decided = (int)index == results->decided_by,
    };
    return true;
}

size_t ccs_results_replications(const struct ccs_results *results)
{
    return results->replications;
}

uint64_t ccs_results_signature(const struct ccs_results *results)
{
    return results->signature;
}

bool ccs_results_balanced(const struct ccs_results *results)
{
    for (size_t p = 0; p < results->policy_n; p++) {
        if (!results->balance[p].is_ok) {
            return false;
        }
    }
    return true;
}
