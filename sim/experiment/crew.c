/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding, calibrating, running: see crew.h. */
#include "experiment/crew.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void ccs_crew_init(struct ccs_crew *crew)
{
    crew->shape = ccs_record_shape_of(&crew->plan);
    crew->volume = (struct ccs_volume){1.0, 1.0};
    pthread_mutex_init(&crew->lock, NULL);
}

void ccs_crew_fini(struct ccs_crew *crew)
{
    for (size_t r = 0; r < crew->n; r++) {
        if (!crew->is_found[r]) {
            free((void *)crew->records[r].bytes);
        }
    }
    free(crew->records);
    free(crew->is_found);
    pthread_mutex_destroy(&crew->lock);
}

/* ---- finding ---- */

static bool grow(struct ccs_crew *crew, size_t n)
{
    void *records = realloc(crew->records, n * sizeof *crew->records);
    if (!records) {
        return false;
    }
    crew->records = records;
    void *is_found = realloc(crew->is_found, n * sizeof *crew->is_found);
    if (!is_found) {
        return false;
    }
    crew->is_found = is_found;
    memset(&crew->records[crew->n], 0, (n - crew->n) * sizeof *crew->records);
    memset(&crew->is_found[crew->n], 0, (n - crew->n) * sizeof *crew->is_found);
    return true;
}

/* Asks the keeper for replication r, which is not there yet. Equal scenarios and seeds have equal
 * volume factors: whoever finds one need not calibrate. */
static const char *find(struct ccs_crew *crew, size_t r)
{
    struct ccs_record record = {0};
    struct ccs_volume volume;
    if (!crew->keeper || !crew->keeper->find) {
        return NULL;
    }
    record.bytes = crew->keeper->find(crew->keeper->context, r, &record.size);
    if (!record.bytes) {
        return NULL;
    }
    const char *fault = ccs_record_volume(&crew->shape, r, &record, &volume);
    if (fault) {
        return fault;
    }
    if (crew->has_volume && memcmp(&volume, &crew->volume, sizeof volume) != 0) {
        return "has another volume factor than the others";
    }
    crew->volume = volume;
    crew->has_volume = true;
    crew->records[r] = record;
    crew->is_found[r] = true;
    crew->found++;
    crew->finished++;
    return NULL;
}

/* ---- running ---- */

static bool is_stopped(const struct ccs_crew *crew)
{
    const volatile int *stop = crew->options->stop;
    return stop && __atomic_load_n(stop, __ATOMIC_RELAXED);
}

static void report(struct ccs_crew *crew)
{
    if (crew->options->progress) {
        struct ccs_progress progress = {crew->finished, crew->expected, crew->found};
        crew->options->progress(crew->options->context, &progress);
    }
}

/* Under the lock: the next replication that is missing; n if there is none. */
static size_t take(struct ccs_crew *crew)
{
    while (crew->next < crew->n && crew->records[crew->next].bytes) {
        crew->next++;
    }
    return crew->next < crew->n ? crew->next++ : crew->n;
}

/* Under the lock: the record has been made. */
static ccs_status keep(struct ccs_crew *crew, size_t r, const struct ccs_record *record)
{
    crew->records[r] = *record;
    crew->finished++;
    ccs_status status = CCS_OK;
    if (crew->keeper && crew->keeper->keep) {
        status = crew->keeper->keep(crew->keeper->context, r, record->bytes, record->size);
        if (status && !crew->status) {
            crew->is_keeper_at_fault = true;
            crew->faulty = r;
        }
    }
    report(crew);
    return status;
}

static void *work(void *arg)
{
    struct ccs_crew *crew = arg;
    size_t policies = crew->plan.policy_n;
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    struct ccs_outcome *outcomes = ccs_arena_calloc(&arena, policies, sizeof *outcomes);
    ccs_status status = CCS_ENOMEM;
    if (outcomes) {
        status =
            ccs_outcomes_allocate(outcomes, policies, crew->plan.row_n, crew->plan.weeks, &arena);
    }
    pthread_mutex_lock(&crew->lock);
    while (!status && !crew->status) {
        size_t r = take(crew);
        if (r == crew->n) { /* all are done: a stop comes too late to make them partial */
            break;
        }
        if (is_stopped(crew)) { /* short replications never look themselves */
            status = CCS_EINTERRUPTED;
            break;
        }
        pthread_mutex_unlock(&crew->lock);
        struct ccs_record record = {0};
        status = ccs_replication_run(&crew->plan, r, outcomes);
        if (!status) {
            status = ccs_record_encode(&crew->shape, r, &crew->volume, outcomes, &record);
        }
        pthread_mutex_lock(&crew->lock);
        if (!status) {
            status = keep(crew, r, &record);
        }
    }
    crew->status = crew->status ? crew->status : status;
    pthread_mutex_unlock(&crew->lock);
    ccs_arena_fini(&arena);
    return NULL;
}

static void run_threads(struct ccs_crew *crew, int jobs)
{
    pthread_t *threads = calloc((size_t)jobs, sizeof *threads);
    int started = 0;
    while (threads && started < jobs - 1 &&
           pthread_create(&threads[started], NULL, work, crew) == 0) {
        started++;
    }
    work(crew); /* this thread works too, so one that cannot be started costs only time */
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

static ccs_status run_missing(struct ccs_crew *crew, size_t missing)
{
    int jobs = choose_jobs(crew->options->jobs, missing);
    crew->plan.memory_limit = crew->options->memory_limit / (size_t)jobs;
    crew->status = CCS_OK;
    crew->was_full = false;
    crew->plan.was_full = &crew->was_full;
    if (!crew->has_volume) {
        crew->status = ccs_replication_calibrate(&crew->plan, &crew->volume.fit);
        crew->volume.factor = crew->plan.volume_factor;
        crew->has_volume = !crew->status;
    }
    crew->plan.volume_factor = crew->volume.factor;
    crew->next = 0;
    if (!crew->status) {
        run_threads(crew, jobs);
    }
    return crew->status;
}

ccs_status ccs_crew_extend(struct ccs_crew *crew, size_t n, char *message, size_t message_size)
{
    if (!grow(crew, n)) {
        snprintf(message, message_size, "not enough memory for %zu replications", n);
        return CCS_ENOMEM;
    }
    size_t missing = 0;
    for (size_t r = crew->n; r < n; r++) {
        const char *fault = find(crew, r);
        if (fault) {
            snprintf(message, message_size, "the record of replication %zu %s", r + 1, fault);
            return CCS_EDATA;
        }
        missing += !crew->records[r].bytes;
    }
    crew->n = n;
    crew->expected = crew->expected > n ? crew->expected : n;
    if (crew->found > 0) {
        report(crew);
    }
    ccs_status status = missing > 0 ? run_missing(crew, missing) : CCS_OK;
    if (crew->is_keeper_at_fault) {
        snprintf(message, message_size, "the record of replication %" PRIu64 " was not kept: %s",
                 crew->faulty + 1, ccs_status_text(status));
    } else if (status == CCS_ENOMEM && crew->was_full) {
        snprintf(message, message_size,
                 "a replication needs more memory than the %.0f MB it may have (CCS-E313): use "
                 "fewer --jobs, simulate fewer customers, or raise the limit on memory if there is "
                 "one (ulimit -v); contacts that pile up because nobody serves them take memory, "
                 "too",
                 (double)crew->plan.memory_limit / 1e6);
    } else if (status == CCS_ENOMEM) {
        snprintf(message, message_size,
                 "not enough memory for a replication: use fewer --jobs, or raise the limit on "
                 "memory if there is one (ulimit -v)");
    }
    return status;
}
