/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding, calibrating, running: see thread_pool.h. */
#include "experiment/thread_pool.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void ccs_thread_pool_init(struct ccs_thread_pool *pool)
{
    pool->shape = ccs_record_shape_of(&pool->plan);
    pool->volume = (struct ccs_volume){1.0, 1.0};
    pthread_mutex_init(&pool->lock, NULL);
}

void ccs_thread_pool_fini(struct ccs_thread_pool *pool)
{
    for (size_t r = 0; r < pool->n; r++) {
        if (!pool->is_found[r]) {
            free((void *)pool->records[r].bytes);
        }
    }
    free(pool->records);
    free(pool->is_found);
    pthread_mutex_destroy(&pool->lock);
}

/* ---- finding ---- */

static bool grow(struct ccs_thread_pool *pool, size_t n)
{
    void *records = realloc(pool->records, n * sizeof *pool->records);
    if (!records) {
        return false;
    }
    pool->records = records;
    void *is_found = realloc(pool->is_found, n * sizeof *pool->is_found);
    if (!is_found) {
        return false;
    }
    pool->is_found = is_found;
    memset(&pool->records[pool->n], 0, (n - pool->n) * sizeof *pool->records);
    memset(&pool->is_found[pool->n], 0, (n - pool->n) * sizeof *pool->is_found);
    return true;
}

/* Asks the cache for replication r. Equal scenarios and seeds have equal volume factors: with a
 * found record there is no need to calibrate. */
static const char *find(struct ccs_thread_pool *pool, size_t r)
{
    struct ccs_record record = {0};
    struct ccs_volume volume;
    if (!pool->cache || !pool->cache->find) {
        return NULL;
    }
    record.bytes = pool->cache->find(pool->cache->context, r, &record.size);
    if (!record.bytes) {
        return NULL;
    }
    const char *fault = ccs_record_volume(&pool->shape, r, &record, &volume);
    if (fault) {
        return fault;
    }
    if (pool->has_volume && memcmp(&volume, &pool->volume, sizeof volume) != 0) {
        return "has another volume factor than the others";
    }
    pool->volume = volume;
    pool->has_volume = true;
    pool->records[r] = record;
    pool->is_found[r] = true;
    pool->found++;
    pool->finished++;
    return NULL;
}

/* ---- running ---- */

static bool is_stopped(const struct ccs_thread_pool *pool)
{
    const volatile int *stop = pool->options->stop;
    return stop && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

static void report(struct ccs_thread_pool *pool)
{
    if (pool->options->progress) {
        struct ccs_progress progress = {pool->finished, pool->expected, pool->found};
        pool->options->progress(pool->options->context, &progress);
    }
}

/* Under the lock: the next replication that is missing; n if there is none. */
static size_t take(struct ccs_thread_pool *pool)
{
    while (pool->next < pool->n && pool->records[pool->next].bytes) {
        pool->next++;
    }
    return pool->next < pool->n ? pool->next++ : pool->n;
}

/* Under the lock: the record has been made. */
static ccs_status keep(struct ccs_thread_pool *pool, size_t r, const struct ccs_record *record)
{
    pool->records[r] = *record;
    pool->finished++;
    ccs_status status = CCS_OK;
    if (pool->cache && pool->cache->keep) {
        status = pool->cache->keep(pool->cache->context, r, record->bytes, record->size);
        if (status && !pool->status) {
            pool->is_cache_at_fault = true;
            pool->faulty = r;
        }
    }
    report(pool);
    return status;
}

static void *work(void *arg)
{
    struct ccs_thread_pool *pool = arg;
    size_t policies = pool->plan.policy_n;
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    struct ccs_outcome *outcomes = ccs_arena_calloc(&arena, policies, sizeof *outcomes);
    ccs_status status = CCS_ENOMEM;
    if (outcomes) {
        status =
            ccs_outcomes_allocate(outcomes, policies, pool->plan.row_n, pool->plan.weeks, &arena);
    }
    pthread_mutex_lock(&pool->lock);
    while (!status && !pool->status) {
        size_t r = take(pool);
        if (r == pool->n) { /* all are done: a stop now does not make the result partial */
            break;
        }
        if (is_stopped(pool)) { /* short replications never look themselves */
            status = CCS_EINTERRUPTED;
            break;
        }
        pthread_mutex_unlock(&pool->lock);
        struct ccs_record record = {0};
        status = ccs_replication_run(&pool->plan, r, outcomes);
        if (!status) {
            status = ccs_record_encode(&pool->shape, r, &pool->volume, outcomes, &record);
        }
        pthread_mutex_lock(&pool->lock);
        if (!status) {
            status = keep(pool, r, &record);
        }
    }
    pool->status = pool->status ? pool->status : status;
    pthread_mutex_unlock(&pool->lock);
    ccs_arena_fini(&arena);
    return NULL;
}

static void run_threads(struct ccs_thread_pool *pool, int jobs)
{
    pthread_t *threads = calloc((size_t)jobs, sizeof *threads);
    int started = 0;
    while (threads && started < jobs - 1 &&
           pthread_create(&threads[started], NULL, work, pool) == 0) {
        started++;
    }
    work(pool); /* this thread works too, so one that cannot be started costs only time */
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
    return (size_t)cores > replications ? (int)replications : (int)cores;
}

static ccs_status run_missing(struct ccs_thread_pool *pool, size_t missing)
{
    int jobs = choose_jobs(pool->options->jobs, missing);
    pool->plan.memory_limit = pool->options->memory_limit / (size_t)jobs;
    pool->status = CCS_OK;
    pool->was_full = false;
    pool->plan.was_full = &pool->was_full;
    if (!pool->has_volume) {
        pool->status = ccs_replication_calibrate(&pool->plan, &pool->volume.fit);
        pool->volume.factor = pool->plan.volume_factor;
        pool->has_volume = !pool->status;
    }
    pool->plan.volume_factor = pool->volume.factor;
    pool->next = 0;
    if (!pool->status) {
        run_threads(pool, jobs);
    }
    return pool->status;
}

ccs_status ccs_thread_pool_extend(struct ccs_thread_pool *pool, size_t n, char *message,
                                  size_t message_size)
{
    if (!grow(pool, n)) {
        snprintf(message, message_size, "not enough memory for %zu replications", n);
        return CCS_ENOMEM;
    }
    size_t missing = 0;
    for (size_t r = pool->n; r < n; r++) {
        const char *fault = find(pool, r);
        if (fault) {
            snprintf(message, message_size, "the record of replication %zu %s", r + 1, fault);
            return CCS_EDATA;
        }
        missing += !pool->records[r].bytes;
    }
    pool->n = n;
    pool->expected = pool->expected > n ? pool->expected : n;
    if (pool->found > 0) {
        report(pool);
    }
    ccs_status status = missing > 0 ? run_missing(pool, missing) : CCS_OK;
    if (pool->is_cache_at_fault) {
        snprintf(message, message_size, "the record of replication %" PRIu64 " was not kept: %s",
                 pool->faulty + 1, ccs_status_text(status));
    } else if (status == CCS_ENOMEM && pool->was_full) {
        snprintf(message, message_size,
                 "a replication needs more memory than the %.0f MB it may have (CCS-E313): use "
                 "fewer --jobs, simulate fewer customers, or raise the limit on memory if there is "
                 "one (ulimit -v); contacts that pile up because nobody serves them take memory, "
                 "too",
                 (double)pool->plan.memory_limit / 1e6);
    } else if (status == CCS_ENOMEM) {
        snprintf(message, message_size,
                 "not enough memory for a replication: use fewer --jobs, or raise the limit on "
                 "memory if there is one (ulimit -v)");
    }
    return status;
}
