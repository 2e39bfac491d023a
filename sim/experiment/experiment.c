/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From options to results: see experiment.h. */
#include "experiment/experiment.h"

#include "base/units.h"
#include "experiment/assemble.h"
#include "experiment/gather.h"
#include "experiment/precision.h"
#include "experiment/rows.h"
#include "experiment/thread_pool.h"
#include "experiment/warmup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The baseline first, then the others by name. */
static ccs_status choose_policies(const struct ccs_scenario *sc, const char *only,
                                  struct ccs_results *results, char *message, size_t size)
{
    results->policies = ccs_arena_calloc(results->arena, sc->policy_n, sizeof(size_t));
    if (!results->policies) {
        return CCS_ENOMEM;
    }
    if (only) {
        int found = ccs_scenario_policy(sc, only);
        if (found < 0) {
            snprintf(message, size, "no policy named '%s' in the scenario", only);
            return CCS_EUSAGE;
        }
        results->policies[0] = (size_t)found;
        results->policy_n = 1;
        return CCS_OK;
    }
    results->policies[results->policy_n++] = sc->baseline;
    for (size_t i = 0; i < sc->policy_n; i++) {
        if (i != sc->baseline) {
            results->policies[results->policy_n++] = i;
        }
    }
    return CCS_OK;
}

static struct ccs_results *create(const struct ccs_scenario *sc)
{
    struct ccs_results *results = calloc(1, sizeof *results);
    struct ccs_arena *arena = calloc(1, sizeof *arena);
    if (!results || !arena) {
        free(results);
        free(arena);
        return NULL;
    }
    ccs_arena_init(arena, 0);
    results->arena = arena;
    results->scenario = sc;
    return results;
}

/* The records that are there, decoded. */
static ccs_status gather(const struct ccs_thread_pool *pool, struct ccs_arena *scratch,
                         struct ccs_results *results, struct ccs_assembly *assembly, char *message,
                         size_t size)
{
    struct ccs_record *records = ccs_arena_calloc(scratch, pool->n, sizeof *records);
    uint64_t *numbers = ccs_arena_calloc(scratch, pool->n, sizeof *numbers);
    struct ccs_record_list list = {records, numbers, 0};
    for (size_t r = 0; records && numbers && r < pool->n; r++) {
        if (pool->records[r].bytes) {
            records[list.n] = pool->records[r];
            numbers[list.n++] = r;
        }
    }
    if (!records || !numbers) {
        snprintf(message, size, "not enough memory for %zu replications", pool->n);
        return CCS_ENOMEM;
    }
    if (list.n == 0) {
        snprintf(message, size, "stopped before the first replication was done");
        return CCS_EINTERRUPTED;
    }
    *assembly = (struct ccs_assembly){.independent_pasts = pool->plan.independent_pasts};
    return ccs_gather(&pool->shape, &list, scratch, results, assembly, message, size);
}

/* How narrow are the intervals by now? In the numbers of a table of its own. */
static ccs_status look(const struct ccs_thread_pool *pool, struct ccs_results *results, bool *holds,
                       double *needed, char *message, size_t size)
{
    struct ccs_arena scratch;
    ccs_arena_init(&scratch, 0);
    struct ccs_results now = *results;
    struct ccs_assembly assembly;
    int most;
    now.arena = &scratch;
    ccs_status status = gather(pool, &scratch, &now, &assembly, message, size);
    status = status ? status : ccs_targets_check(&now, message, size);
    if (!status) {
        *holds = ccs_targets_look(&now, &assembly, needed, &most);
        results->decided_by = *holds ? results->decided_by : most;
    }
    ccs_arena_fini(&scratch);
    return status;
}

/* Adds replications until the precision that was asked for is reached. */
static ccs_status run_until_precise(struct ccs_results *results, struct ccs_thread_pool *pool,
                                    char *message, size_t size)
{
    struct ccs_sequence sequence = {.max = results->replications_max};
    size_t next = results->replications_first;
    ccs_status status = CCS_OK;
    do {
        bool holds = false;
        double needed = NAN;
        results->replications_asked = next;
        status = ccs_thread_pool_extend(pool, next, message, size);
        status = status ? status : look(pool, results, &holds, &needed, message, size);
        if (!status) {
            next = ccs_sequence_next(&sequence, pool->n, holds, needed);
            pool->expected =
                !holds && needed > (double)next ? (size_t)fmin(needed, (double)sequence.max) : next;
        }
    } while (!status && next > pool->n);
    return status;
}

static ccs_status put_together(struct ccs_results *results, const struct ccs_thread_pool *pool,
                               bool is_stopped, char *message, size_t size)
{
    struct ccs_arena scratch;
    ccs_arena_init(&scratch, 0);
    struct ccs_assembly assembly;
    ccs_status status = gather(pool, &scratch, results, &assembly, message, size);
    if (!status) {
        results->volume_factor = pool->volume.factor;
        results->volume_fit = pool->volume.fit;
        results->is_partial = is_stopped || results->replications < results->replications_asked;
        status = ccs_assemble(results, &assembly);
        if (status) {
            snprintf(message, size, "not enough memory to put the results together");
        }
    }
    if (!status && results->target_n > 0) {
        double needed;
        int most;
        bool holds = ccs_targets_look(results, &assembly, &needed, &most);
        results->decided_by = holds ? results->decided_by : most;
        ccs_targets_warn(results);
    }
    ccs_arena_fini(&scratch);
    return status;
}

static ccs_status run_all(struct ccs_results *results, struct ccs_thread_pool *pool, char *message,
                          size_t size)
{
    ccs_status status =
        results->target_n > 0
            ? run_until_precise(results, pool, message, size)
            : ccs_thread_pool_extend(pool, results->replications_asked, message, size);
    if (status && status != CCS_EINTERRUPTED) {
        return status;
    }
    ccs_status put = put_together(results, pool, status == CCS_EINTERRUPTED, message, size);
    return put ? put : status;
}

/* The warm-up of all replications, by pilot runs if the scenario wants that. */
static ccs_status find_warmup(struct ccs_results *results, struct ccs_thread_pool *pool,
                              char *message, size_t size)
{
    const struct ccs_scenario *sc = results->scenario;
    results->warmup = sc->policies[sc->baseline].model.warmup;
    if (sc->run.warmup != CCS_WARMUP_AUTO) {
        return CCS_OK;
    }
    struct ccs_warmup_found found;
    char text[400];
    pool->plan.memory_limit = pool->options->memory_limit;
    ccs_status status = ccs_warmup_find(&pool->plan, &found);
    if (status) {
        snprintf(message, size, "the pilot runs for the warm-up: %s", ccs_status_text(status));
        return status;
    }
    ccs_warmup_text(&found, text, sizeof text);
    pool->plan.warmup = results->warmup = found.length;
    results->warmup_finding = ccs_arena_strdup(results->arena, text);
    if (!found.is_steady || found.is_empty) {
        ccs_results_warn(results, "CCS-W440",
                         found.is_empty
                             ? "%s: tables without \"repeat\" begin at t0, so that a warm-up is "
                               "empty; give a backlog, or tables that repeat"
                             : "%s: the number in the system still grows or falls, so that results "
                               "depend on the length of the run. Add staff, give customers "
                               "patience, or state the warm-up",
                         text);
    }
    return results->warmup_finding ? CCS_OK : CCS_ENOMEM;
}

ccs_status ccs_experiment_run_kept(const struct ccs_scenario *scenario,
                                   const struct ccs_experiment_options *options,
                                   const struct ccs_outcome_cache *cache,
                                   struct ccs_results **results, char *message, size_t message_size)
{
    *results = NULL;
    message[0] = '\0';
    struct ccs_results *res = create(scenario);
    if (!res) {
        snprintf(message, message_size, "not enough memory");
        return CCS_ENOMEM;
    }
    ccs_status status = choose_policies(scenario, options->policy, res, message, message_size);
    int64_t n = options->replications > 0 ? options->replications : scenario->run.replications;
    res->seed = (uint64_t)(options->seed >= 0 ? options->seed : scenario->run.seed);
    res->replications_asked = (size_t)n;
    res->is_long_run = options->independent_pasts;
    res->rows =
        ccs_rows_create(scenario, !(cache && cache->without_periods), res->arena, &res->row_n);
    if (!status && !res->rows) {
        status = CCS_ENOMEM;
    }
    status = status ? status : ccs_targets_create(res, options, message, message_size);
    if (!status) {
        struct ccs_thread_pool pool = {
            .plan = ccs_replication_plan_of(res), .options = options, .cache = cache};
        pool.plan.stop = options->stop;
        ccs_thread_pool_init(&pool);
        status = find_warmup(res, &pool, message, message_size);
        status = status ? status : run_all(res, &pool, message, message_size);
        ccs_thread_pool_fini(&pool);
    }
    if (status && !(status == CCS_EINTERRUPTED && res->replications > 0)) {
        ccs_results_destroy(res);
        return status;
    }
    *results = res;
    return status;
}

ccs_status ccs_experiment_run(const struct ccs_scenario *scenario,
                              const struct ccs_experiment_options *options,
                              struct ccs_results **results, char *message, size_t message_size)
{
    return ccs_experiment_run_kept(scenario, options, NULL, results, message, message_size);
}
