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
    size_t done, total; /* replications; the total may change when a precision is asked for */
    size_t found;       /* of those done: not run, but taken from an earlier run */
};

/* A half-width of 95 % intervals that is wanted. a and b are names of policies: with neither, the
 * metric of every policy that is run; with a, of that one; with both, the difference a - b, which
 * takes an absolute half-width only (its mean may be 0). */
struct ccs_precision {
    const char *metric; /* one that has a value for the whole run */
    const char *a, *b;  /* NULL: see above */
    double half_width;  /* > 0, in the unit of the metric; relative: a fraction of the mean, < 1 */
    bool is_relative;
};

#define CCS_REPLICATIONS_MAX 1000 /* by default, when a precision is asked for */

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
    /* Replications are added until all of these are reached or replications_max are done. Begins
     * with what is given above, but with no fewer than 20. */
    const struct ccs_precision *precision;
    size_t precision_n;
    int64_t replications_max; /* 0: CCS_REPLICATIONS_MAX, or what it begins with if that is more */
};

#define CCS_EXPERIMENT_DEFAULTS                                                                    \
    {                                                                                              \
        NULL, 0, -1, 0, 0, false, NULL, NULL, NULL, NULL, 0, 0                                     \
    }

/* Runs it. CCS_OK; CCS_EINTERRUPTED after a stop, with what was finished in *results (NULL if
 * nothing was); CCS_ENOMEM, CCS_EUSAGE (an unknown policy or metric, a
 * precision that makes no sense) with *results NULL. `message` (of message_size > 0 bytes)
 * says what went wrong. The scenario must outlive the results; the caller destroys them. */
ccs_status ccs_experiment_run(const struct ccs_scenario *scenario,
                              const struct ccs_experiment_options *options,
                              struct ccs_results **results, char *message, size_t message_size);

#ifdef __cplusplus
}
#endif
#endif
