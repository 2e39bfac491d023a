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

struct ccs_progress {
    size_t done, total;  /* replications */
};

struct ccs_experiment_options {
    const char *policy;      /* run only this one (the warm-up is still the baseline's); NULL: all */
    int64_t replications;    /* 0: as the scenario says */
    int64_t seed;            /* -1: as the scenario says */
    int jobs;                /* threads; 0: one per core */
    size_t memory_limit;     /* bytes for all threads together; 0: none */
    bool independent_pasts;  /* every policy lives its own warm-up: compares long-run states */
    void (*progress)(void *context, const struct ccs_progress *progress); /* from any one thread
                                at a time; NULL: none */
    void *context;
    const volatile int *stop; /* becomes non-zero to stop; NULL: never */
};

/* Runs it. CCS_OK; CCS_EINTERRUPTED with partial results (or *results NULL if none was finished);
 * CCS_ENOMEM, CCS_EUSAGE with *results NULL. `message` (size bytes) says what went wrong. */
ccs_status ccs_experiment_run(const struct ccs_scenario *scenario,
                              const struct ccs_experiment_options *options,
                              struct ccs_results **results, char *message, size_t message_size);

#endif
