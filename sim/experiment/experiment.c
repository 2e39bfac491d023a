/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads over replications: see experiment.h. */
#include "experiment/experiment.h"

#include "base/units.h"
#include "experiment/assemble.h"
#include "experiment/balance.h"
#include "stats/quantile.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct pool_run {
    struct ccs_replication_plan plan;
    const struct ccs_experiment_options *options;
    struct ccs_outcome *outcomes; /* [replication][policy] */
    struct ccs_pool *pools;       /* [policy] */
    bool *done;                   /* [replication] */
    size_t n, block_size;
    pthread_mutex_t lock;
    /* under the lock: */
    size_t next, finished;
    ccs_status status;
};

/* Adds one replication's durations to its block. Integers: the order does not matter. */
static void pool_durations(struct pool_run *run, size_t r)
{
    for (size_t p = 0; p < run->plan.policy_n; p++) {
        struct ccs_outcome *out = &run->outcomes[r * run->plan.policy_n + p];
        size_t block = r / run->block_size;
        ccs_histogram_merge(&run->pools[p].waits[block], out->waits);
        ccs_histogram_merge(&run->pools[p].ended[block], out->ended);
        ccs_histogram_merge(&run->pools[p].censored[block], out->censored);
        out->waits = out->ended = out->censored = NULL;
    }
}

static bool is_stopped(const struct pool_run *run)
{
    const volatile int *stop = run->options->stop;
    return stop && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

static void *work(void *arg)
{
    struct pool_run *run = arg;
    size_t policies = run->plan.policy_n;
    struct ccs_histogram *scratch = calloc(3 * policies, sizeof *scratch);
    pthread_mutex_lock(&run->lock);
    if (!scratch) {
        run->status = CCS_ENOMEM;
    }
    while (!run->status && run->next < run->n) {
        if (is_stopped(run)) { /* short replications never look themselves */
            run->status = CCS_EINTERRUPTED;
            break;
        }
        size_t r = run->next++;
        pthread_mutex_unlock(&run->lock);
        struct ccs_outcome *out = &run->outcomes[r * policies];
        for (size_t p = 0; p < policies; p++) {
            out[p].waits = &scratch[3 * p];
            out[p].ended = &scratch[3 * p + 1];
            out[p].censored = &scratch[3 * p + 2];
        }
        ccs_status status = ccs_replication_run(&run->plan, r, out);
        pthread_mutex_lock(&run->lock);
        if (status) {
            run->status = run->status ? run->status : status;
            break;
        }
        pool_durations(run, r);
        run->done[r] = true;
        run->finished++;
        if (run->options->progress) {
            struct ccs_progress progress = {run->finished, run->n};
            run->options->progress(run->options->context, &progress);
        }
    }
    pthread_mutex_unlock(&run->lock);
    free(scratch);
    return NULL;
}

static void run_threads(struct pool_run *run, int jobs)
{
    pthread_t *threads = calloc((size_t)jobs, sizeof *threads);
    int started = 0;
    while (threads && started < jobs - 1 &&
           pthread_create(&threads[started], NULL, work, run) == 0) {
        started++;
    }
    work(run); /* this thread works too, so one that cannot be started costs only time */
    for (int i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    free(threads);
}

static int choose_jobs(int asked, size_t replications)
{
    long cores = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 1) {
        cores = 1;
    }
    if (replications < 1) {
        return 1;
    }
    return (size_t)cores > replications ? (int)replications : (int)cores;
}

/* Storage for what every replication leaves behind. */
static ccs_status allocate(struct pool_run *run, struct ccs_arena *arena, size_t blocks)
{
    size_t policies = run->plan.policy_n;
    size_t rows = run->plan.row_n;
    size_t weeks = run->plan.weeks;
    size_t worlds = run->n * policies;
    run->outcomes = ccs_arena_calloc(arena, worlds, sizeof *run->outcomes);
    run->done = ccs_arena_calloc(arena, run->n, sizeof *run->done);
    run->pools = ccs_arena_calloc(arena, policies, sizeof *run->pools);
    double *numbers = ccs_arena_calloc(arena, worlds * (3 * rows + 2 * weeks), sizeof *numbers);
    struct ccs_histogram *histograms =
        ccs_arena_calloc(arena, 3 * policies * blocks, sizeof *histograms);
    if (!run->outcomes || !run->done || !run->pools || !numbers || !histograms) {
        return CCS_ENOMEM;
    }
    for (size_t i = 0; i < worlds; i++) {
        struct ccs_outcome *out = &run->outcomes[i];
        out->num = numbers;
        out->den = numbers + rows;
        out->events = numbers + 2 * rows;
        out->cash = numbers + 3 * rows;
        out->value = numbers + 3 * rows + weeks;
        numbers += 3 * rows + 2 * weeks;
    }
    for (size_t p = 0; p < policies; p++) {
        run->pools[p].waits = &histograms[3 * p * blocks];
        run->pools[p].ended = &histograms[(3 * p + 1) * blocks];
        run->pools[p].censored = &histograms[(3 * p + 2) * blocks];
    }
    return CCS_OK;
}

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

/* Moves the finished replications to the front, in order; returns their number. */
static size_t keep_finished(struct pool_run *run)
{
    size_t kept = 0;
    for (size_t r = 0; r < run->n; r++) {
        if (run->done[r]) {
            for (size_t p = 0; p < run->plan.policy_n && kept != r; p++) {
                run->outcomes[kept * run->plan.policy_n + p] =
                    run->outcomes[r * run->plan.policy_n + p];
            }
            kept++;
        }
    }
    return kept;
}

static ccs_status run_all(struct ccs_results *results, struct pool_run *run,
                          struct ccs_arena *scratch, char *message, size_t size)
{
    const struct ccs_experiment_options *options = run->options;
    size_t blocks = (run->n + run->block_size - 1) / run->block_size;
    ccs_status status = allocate(run, scratch, blocks);
    if (status) {
        snprintf(message, size, "not enough memory for %zu replications", run->n);
        return status;
    }
    int jobs = choose_jobs(options->jobs, run->n);
    run->plan.memory_limit = options->memory_limit / (size_t)jobs;
    run->status = ccs_replication_calibrate(&run->plan, &results->volume_fit);
    results->volume_factor = run->plan.volume_factor;
    pthread_mutex_init(&run->lock, NULL);
    run_threads(run, jobs);
    pthread_mutex_destroy(&run->lock);
    if (run->status == CCS_ENOMEM) {
        snprintf(message, size,
                 "a replication needs more memory than the %.0f MB it may have (CCS-E313): "
                 "offered work may exceed what the staff can do, or use fewer --jobs",
                 (double)run->plan.memory_limit / 1e6);
        return run->status;
    }
    results->replications = keep_finished(run);
    results->is_partial = results->replications < run->n;
    if (results->replications == 0) {
        snprintf(message, size, "stopped before the first replication was done");
        return CCS_EINTERRUPTED;
    }
    struct ccs_assembly assembly = {run->outcomes, run->pools, blocks, run->plan.weeks,
                                    options->independent_pasts};
    status = ccs_assemble(results, &assembly);
    if (status) {
        snprintf(message, size, "not enough memory to put the results together");
        return status;
    }
    return run->status;
}

ccs_status ccs_experiment_run(const struct ccs_scenario *scenario,
                              const struct ccs_experiment_options *options,
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
    res->rows = ccs_rows_create(scenario, res->arena, &res->row_n);
    if (!status && !res->rows) {
        status = CCS_ENOMEM;
    }
    if (!status) {
        struct ccs_arena scratch;
        ccs_arena_init(&scratch, 0);
        struct pool_run run = {
            .plan =
                {
                    .scenario = scenario,
                    .policies = res->policies,
                    .policy_n = res->policy_n,
                    .rows = res->rows,
                    .row_n = res->row_n,
                    .weeks =
                        (size_t)((scenario->run.horizon + CCS_US_PER_WEEK - 1) / CCS_US_PER_WEEK),
                    .seed = res->seed,
                    .independent_pasts = options->independent_pasts,
                    .stop = options->stop,
                },
            .options = options,
            .n = (size_t)n,
            .block_size = ccs_jackknife_block_size((size_t)n),
        };
        status = run_all(res, &run, &scratch, message, message_size);
        ccs_arena_fini(&scratch);
    }
    if (status && !(status == CCS_EINTERRUPTED && res->replications > 0)) {
        ccs_results_destroy(res);
        return status;
    }
    *results = res;
    return status;
}
