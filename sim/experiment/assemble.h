/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From outcomes of replications to the results table: rows, estimates, comparisons, verdicts,
 * warnings. Everything here is sequential and in the order of replications.
 */
#ifndef CCS_EXPERIMENT_ASSEMBLE_H
#define CCS_EXPERIMENT_ASSEMBLE_H

#include "experiment/replication.h"

/* The rows of a scenario: every metric for every slice it has. In the arena; NULL when exhausted.
 */
struct ccs_row *ccs_rows_create(const struct ccs_scenario *scenario, struct ccs_arena *arena,
                                size_t *n);

/* Pooled durations of one policy, by block of replications. */
struct ccs_pool {
    struct ccs_histogram *waits, *ended, *censored; /* [blocks] */
};

struct ccs_assembly {
    const struct ccs_outcome *outcomes; /* [replication][policy] */
    const struct ccs_pool *pools;       /* [policy] */
    size_t blocks;
    size_t weeks;
    bool independent_pasts;
};

/* Fills results, whose scenario, seed, policies, rows and replications are set. */
ccs_status ccs_assemble(struct ccs_results *results, const struct ccs_assembly *from);

/* Adds a warning, printf-like. */
void ccs_results_warn(struct ccs_results *results, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Decides one comparison by the primary metric. */
void ccs_verdict_decide(const struct ccs_results *results, size_t comparison,
                        struct ccs_verdict *verdict);

#endif
