/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One replication: the shared past, then every policy from the same state at t0. A pure function of
 * (scenario, policies, seed, replication number).
 */
#ifndef CCS_EXPERIMENT_REPLICATION_H
#define CCS_EXPERIMENT_REPLICATION_H

#include "engine/event_list.h"
#include "experiment/results.h"
#include "experiment/scenario.h"

/* What is kept of one finished world. */
struct ccs_outcome {
    double *num, *den, *events; /* [row_n]; num NAN: not available */
    double *cash, *value;       /* [weeks] cumulative */
    struct ccs_histogram *waits, *ended, *censored;
    uint64_t signature;    /* of everything: events, books, sums */
    uint64_t signature_t0; /* of the events of the past: equal for all policies */
    uint64_t events_done;
    double utilisation;
    double backlog_per_day;
    struct ccs_balance balance;
};

/* An observer of one replication (experiment/trace.h). */
struct ccs_observer {
    struct ccs_watch watch;
    /* A stretch of events begins: the past (policy SIZE_MAX), or that policy of the plan from t0 on
     * (with independent pasts: from the beginning). */
    void (*begin)(void *context, size_t policy);
    /* The world has finished. */
    void (*end)(void *context, const struct ccs_world *w);
};

struct ccs_replication_plan {
    const struct ccs_scenario *scenario;
    const size_t *policies;
    size_t policy_n;
    const struct ccs_row *rows;
    size_t row_n;
    size_t weeks;
    uint64_t seed;
    double volume_factor;
    size_t memory_limit; /* bytes for this replication; 0: none */
    bool *was_full;      /* becomes true if a replication reached the limit; may be NULL */
    bool independent_pasts;
    ccs_time warmup; /* found by a test; -1: that of the model */
    const volatile int *stop;
    const struct ccs_observer *observer; /* NULL: no observer */
};

/* The plan behind results, from these and their scenario. The caller adds memory limit, stop and
 * observer. A warm-up that was found and the volume factor are set once the results have them. */
struct ccs_replication_plan ccs_replication_plan_of(const struct ccs_results *results);

/* Finds plan->volume_factor: the factor on tables that count all contacts with which the baseline
 * policy reproduces their total over the window. A fixed point, found on replications that no
 * result uses; 1 if there is no such table. `fit` becomes simulated / table at the last step. */
ccs_status ccs_replication_calibrate(struct ccs_replication_plan *plan, double *fit);

/* Gives n outcomes their arrays, histograms too, from the arena; all zero. CCS_ENOMEM. */
ccs_status ccs_outcomes_allocate(struct ccs_outcome *outcomes, size_t n, size_t row_n, size_t weeks,
                                 struct ccs_arena *arena);

/* Runs replication r for all policies of the plan; outcome[p] has its arrays allocated. */
ccs_status ccs_replication_run(const struct ccs_replication_plan *plan, uint64_t r,
                               struct ccs_outcome *outcome);

#endif
