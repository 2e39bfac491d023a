/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From outcomes of replications to the results table: rows, estimates, comparisons, verdicts,
 * warnings. Everything here is sequential and in the order of replications.
 */
#ifndef CCS_EXPERIMENT_ASSEMBLE_H
#define CCS_EXPERIMENT_ASSEMBLE_H

#include "experiment/replication.h"

/* Pooled durations of one policy, by block of replications. */
struct ccs_pool {
    struct ccs_histogram *waits, *ended, *censored; /* [blocks] */
};

/* What replications have left behind, beside num and den of the results. */
struct ccs_assembly {
    struct ccs_outcome *outcomes; /* [replication][policy]; without numbers and histograms */
    double *events;               /* [policy][row][replication] */
    struct ccs_pool *pools;       /* [policy] */
    size_t blocks;
    size_t weeks;
    bool independent_pasts;
};

/* Fills results, whose scenario, seed, policies, rows, replications, num and den are set. */
ccs_status ccs_assemble(struct ccs_results *results, const struct ccs_assembly *from);

/* One estimate, and one paired difference a - b, for the same results before they are filled. */
struct ccs_estimate ccs_assemble_estimate(const struct ccs_results *results,
                                          const struct ccs_assembly *from, size_t policy,
                                          size_t row);
struct ccs_paired ccs_assemble_pair(const struct ccs_results *results,
                                    const struct ccs_assembly *from, size_t a, size_t b,
                                    size_t row);

#endif
