/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Experiments: replications of policies on common random numbers. A result is a function of the
 * scenario, the policies, the seed and the number of replications; threads do not change a bit.
 */
#ifndef CCSIM_EXPERIMENT_H
#define CCSIM_EXPERIMENT_H

#include <ccsim/results.h>
#include <ccsim/scenario.h>
#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ccs_progress {
    size_t done, total; /* replications */
    size_t found;       /* of those done: not run, but taken from an earlier run */
};

/* All members 0 but seed: what the scenario says, on all cores. Start from
 * CCS_EXPERIMENT_DEFAULTS. */
struct ccs_experiment_options {
    const char *policy;     /* run only this one (the warm-up is still the baseline's); NULL: all */
    int64_t replications;   /* 0: as the scenario says */
    int64_t seed;           /* 0 .. 2^53 - 1; -1: as the scenario says */
    int jobs;               /* threads; 0: one per core */
    size_t memory_limit;    /* bytes for all threads together; 0: none */
    bool independent_pasts; /* every policy lives its own warm-up: compares long-run states */
    /* Called after each replication (and for those that were found), from one thread at a time,
     * never from two at once. */
    void (*progress)(void *context, const struct ccs_progress *progress);
    void *context;
    const volatile int *stop; /* becomes non-zero (a signal handler may do it) to stop */
};

#define CCS_EXPERIMENT_DEFAULTS                                                                    \
    {                                                                                              \
        NULL, 0, -1, 0, 0, false, NULL, NULL, NULL                                                 \
    }

/* Runs it. CCS_OK; CCS_EINTERRUPTED after a stop, with what was finished in *results (NULL if
 * nothing was); CCS_ENOMEM, CCS_EUSAGE with *results NULL. `message` (of message_size > 0 bytes)
 * says what went wrong. The scenario must outlive the results; the caller destroys them. */
ccs_status ccs_experiment_run(const struct ccs_scenario *scenario,
                              const struct ccs_experiment_options *options,
                              struct ccs_results **results, char *message, size_t message_size);

#ifdef __cplusplus
}
#endif
#endif
