/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An experiment: replications of all chosen policies on common random numbers, on threads.
 *
 * One replication runs the shared warm-up once under the baseline, copies the world at t0 for each
 * policy, and runs each to its end. Replication r is the same whichever thread runs it; results are
 * put together in the order of r.
 */
#ifndef CCS_EXPERIMENT_EXPERIMENT_H
#define CCS_EXPERIMENT_EXPERIMENT_H

#include "experiment/results.h"
#include "experiment/scenario.h"

#include <ccsim/experiment.h>

/* Where replications come from and go to. NULL functions: nothing is found, nothing kept. */
struct ccs_outcome_cache {
    void *context;
    /* The record (record.h) of replication r = 0, 1, ..., made earlier, and its size; NULL: it has
     * to be run. Called from the thread that called the experiment. The bytes stay valid until the
     * experiment returns. */
    const void *(*find)(void *context, uint64_t r, size_t *size);
    /* Replication r has been run: its record, valid for the call. From one thread at a time, in any
     * order of r. A failure stops the experiment with that status. */
    ccs_status (*keep)(void *context, uint64_t r, const void *record, size_t size);
    bool without_periods; /* leave out the rows by period; records fit only the same choice */
};

/* As ccs_experiment_run, with a cache (NULL: none). Results are the same to the bit whether a
 * replication was run or found. CCS_EDATA, *results NULL: a record that was found is damaged or
 * belongs to something else. */
ccs_status ccs_experiment_run_kept(const struct ccs_scenario *scenario,
                                   const struct ccs_experiment_options *options,
                                   const struct ccs_outcome_cache *cache,
                                   struct ccs_results **results, char *message,
                                   size_t message_size);

#endif
