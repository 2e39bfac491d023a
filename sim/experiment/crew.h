/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The threads of an experiment: they run the replications that nobody has made before, and leave a
 * record of each. Replication r is the same whichever thread runs it and whenever.
 */
#ifndef CCS_EXPERIMENT_CREW_H
#define CCS_EXPERIMENT_CREW_H

#include "experiment/experiment.h"
#include "experiment/record.h"

#include <pthread.h>

struct ccs_crew {
    struct ccs_replication_plan plan;
    struct ccs_record_shape shape;
    const struct ccs_experiment_options *options;
    const struct ccs_keeper *keeper; /* NULL: none */
    struct ccs_volume volume;
    bool has_volume;
    size_t expected; /* replications in the end, for the progress; at least n */
    /* of replications 0 ... n - 1; those found belong to the keeper */
    struct ccs_record *records;
    bool *is_found;
    size_t n, found;
    pthread_mutex_t lock;
    /* under the lock, while threads run: */
    size_t next, finished;
    ccs_status status;
    bool was_full;           /* a replication reached its memory limit; atomic */
    bool is_keeper_at_fault; /* it made the status, in the replication before `next` */
    uint64_t faulty;
};

/* plan, options and keeper are set; the rest is zero. */
void ccs_crew_init(struct ccs_crew *crew);
void ccs_crew_fini(struct ccs_crew *crew);

/* Sees to it that replications 0 ... n - 1 are there: finds them or runs them. CCS_EINTERRUPTED
 * after a stop, some may be missing then; CCS_ENOMEM; CCS_EDATA when a found record is no good;
 * what the keeper says. `message` tells. */
ccs_status ccs_crew_extend(struct ccs_crew *crew, size_t n, char *message, size_t message_size);

#endif
