/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The threads of an experiment: they run the replications that the cache does not have, and leave a
 * record of each.
 *
 * Invariant: replication r is the same whichever thread runs it and whenever.
 */
#ifndef CCS_EXPERIMENT_THREAD_POOL_H
#define CCS_EXPERIMENT_THREAD_POOL_H

#include "experiment/experiment.h"
#include "experiment/record.h"

#include <pthread.h>

struct ccs_thread_pool {
    struct ccs_replication_plan plan;
    struct ccs_record_shape shape;
    const struct ccs_experiment_options *options;
    const struct ccs_outcome_cache *cache; /* NULL: none */
    struct ccs_volume volume;
    bool has_volume;
    size_t expected; /* replications in the end, for the progress; at least n */
    /* of replications 0 ... n - 1; those found belong to the cache */
    struct ccs_record *records;
    bool *is_found;
    size_t n, found;
    pthread_mutex_t lock;
    /* under the lock, while threads run: */
    size_t next, finished;
    ccs_status status;
    bool was_full;          /* a replication reached its memory limit; atomic */
    bool is_cache_at_fault; /* it made the status, in the replication before `next` */
    uint64_t faulty;
};

/* plan, options and cache are set; the rest is zero. */
void ccs_thread_pool_init(struct ccs_thread_pool *pool);
void ccs_thread_pool_fini(struct ccs_thread_pool *pool);

/* Finds or runs replications 0 ... n - 1. CCS_EINTERRUPTED after a stop, when some may be missing;
 * CCS_ENOMEM; CCS_EDATA if a found record is damaged or of something else; a status of the cache.
 * `message` says what went wrong. */
ccs_status ccs_thread_pool_extend(struct ccs_thread_pool *pool, size_t n, char *message,
                                  size_t message_size);

#endif
