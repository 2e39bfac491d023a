/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding, transposing, pooling: see gather.h. */
#include "experiment/gather.h"

#include "stats/quantile.h"

#include <inttypes.h>
#include <stdio.h>

/* Allocates the outcomes into which records are read, one after the other. */
static ccs_status allocate_scratch(const struct ccs_record_shape *shape, struct ccs_arena *arena,
                                   struct ccs_outcome **scratch)
{
    *scratch = ccs_arena_calloc(arena, shape->policy_n, sizeof **scratch);
    return *scratch
               ? ccs_outcomes_allocate(*scratch, shape->policy_n, shape->row_n, shape->weeks, arena)
               : CCS_ENOMEM;
}

static ccs_status allocate(const struct ccs_record_shape *shape, size_t n, struct ccs_arena *arena,
                           struct ccs_results *results, struct ccs_assembly *a)
{
    size_t cells = shape->policy_n * shape->row_n;
    size_t worlds = n * shape->policy_n;
    results->num = ccs_arena_calloc(results->arena, cells * n, sizeof(double));
    results->den = ccs_arena_calloc(results->arena, cells * n, sizeof(double));
    a->events = ccs_arena_calloc(arena, cells * n, sizeof(double));
    a->outcomes = ccs_arena_calloc(arena, worlds, sizeof *a->outcomes);
    a->pools = ccs_arena_calloc(arena, shape->policy_n, sizeof *a->pools);
    double *curves = ccs_arena_calloc(arena, worlds * 2 * shape->weeks, sizeof *curves);
    struct ccs_histogram *histograms =
        ccs_arena_calloc(arena, 3 * shape->policy_n * a->blocks, sizeof *histograms);
    if (!results->num || !results->den || !a->events || !a->outcomes || !a->pools || !curves ||
        !histograms) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < worlds; i++) {
        a->outcomes[i].cash = curves + 2 * i * shape->weeks;
        a->outcomes[i].value = a->outcomes[i].cash + shape->weeks;
    }
    for (size_t p = 0; p < shape->policy_n; p++) {
        a->pools[p].waits = &histograms[3 * p * a->blocks];
        a->pools[p].ended = &histograms[(3 * p + 1) * a->blocks];
        a->pools[p].censored = &histograms[(3 * p + 2) * a->blocks];
    }
    return CCS_OK;
}

/* Scatters the numbers of one replication into [policy][row][replication]. */
static void scatter(const struct ccs_record_shape *shape, const struct ccs_outcome *from, size_t p,
                    size_t i, size_t n, struct ccs_results *results, struct ccs_assembly *a)
{
    for (size_t row = 0; row < shape->row_n; row++) {
        size_t at = (p * shape->row_n + row) * n + i;
        results->num[at] = from->num[row];
        results->den[at] = from->den[row];
        a->events[at] = from->events[row];
    }
}

/* Keeps what is needed by replication: all but numbers and durations. */
static void keep(const struct ccs_record_shape *shape, const struct ccs_outcome *from,
                 struct ccs_outcome *to)
{
    double *cash = to->cash;
    double *value = to->value;
    *to = *from;
    to->num = to->den = to->events = NULL;
    to->waits = to->ended = to->censored = NULL;
    to->cash = cash;
    to->value = value;
    for (size_t w = 0; w < shape->weeks; w++) {
        cash[w] = from->cash[w];
        value[w] = from->value[w];
    }
}

ccs_status ccs_gather(const struct ccs_record_shape *shape, const struct ccs_record_list *list,
                      struct ccs_arena *arena, struct ccs_results *results,
                      struct ccs_assembly *assembly, char *message, size_t message_size)
{
    size_t n = list->n;
    size_t block_size = ccs_jackknife_block_size(n);
    struct ccs_outcome *scratch;
    assembly->blocks = (n + block_size - 1) / block_size;
    assembly->weeks = shape->weeks;
    ccs_status status = allocate_scratch(shape, arena, &scratch);
    status = status ? status : allocate(shape, n, arena, results, assembly);
    if (status) {
        snprintf(message, message_size, "not enough memory for %zu replications", n);
        return status;
    }
    results->replications = n;
    for (size_t i = 0; i < n; i++) {
        struct ccs_volume volume;
        const char *fault =
            ccs_record_decode(shape, list->numbers[i], &list->records[i], &volume, scratch);
        if (fault) {
            snprintf(message, message_size, "the record of replication %" PRIu64 " %s",
                     list->numbers[i] + 1, fault);
            return CCS_EDATA;
        }
        for (size_t p = 0; p < shape->policy_n; p++) {
            const struct ccs_pool *pool = &assembly->pools[p];
            scatter(shape, &scratch[p], p, i, n, results, assembly);
            keep(shape, &scratch[p], &assembly->outcomes[i * shape->policy_n + p]);
            ccs_histogram_merge(&pool->waits[i / block_size], scratch[p].waits);
            ccs_histogram_merge(&pool->ended[i / block_size], scratch[p].ended);
            ccs_histogram_merge(&pool->censored[i / block_size], scratch[p].censored);
        }
    }
    return CCS_OK;
}
