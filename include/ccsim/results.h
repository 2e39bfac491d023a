/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results: estimates with 95 % intervals over replications, per policy and as paired differences.
 * Metrics and their definitions are listed by `ccsim schema --reference`. Times are in seconds,
 * money in the scenario's currency, shares between 0 and 1.
 */
#ifndef CCSIM_RESULTS_H
#define CCSIM_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ccs_results; /* opaque */

/* One estimate. NAN where something does not exist: mean without a value (no population, nothing
 * happened), sd and interval with one replication. */
struct ccs_result {
    double mean;
    double sd;     /* of one replication */
    double lo, hi; /* 95 % interval */
    size_t n;      /* replications */
    bool is_rare;  /* too few events for a t interval: lo and hi are exact bounds */
    double p;      /* differences only: two-sided p-value, not adjusted; NAN otherwise */
};

void ccs_results_destroy(struct ccs_results *results); /* NULL is fine */

/* The metric over the whole window or cohort under one policy. `policy` is the number in the
 * scenario. False (and *result untouched) if there is no such metric or the policy was not run. */
bool ccs_results_metric(const struct ccs_results *results, size_t policy, const char *metric,
                        struct ccs_result *result);

/* The paired difference a - b of two policies. */
bool ccs_results_difference(const struct ccs_results *results, size_t a, size_t b,
                            const char *metric, struct ccs_result *result);

/* A few sentences per comparison with the baseline, in the order of the policies; NULL beyond the
 * last. Owned by the results. */
const char *ccs_results_verdict(const struct ccs_results *results, size_t index);

/* What has become of one precision that was asked for, for one policy or difference. */
struct ccs_precision_result {
    const char *label; /* "POLICY/METRIC:5%", "A-B/METRIC:0.5", as --precision takes it */
    double asked;      /* half-width, in the unit of the metric (for 5 %: 1/21 of the mean) */
    double half_width; /* at the end; NAN: there is no t interval (few events, no value) */
    double needed;     /* not reached: replications it takes, roughly; NAN: cannot be told */
    bool is_reached;
    bool has_decided; /* it decided the number of replications: the last to be reached, or farthest
                         from it */
};

/* In the order in which they were asked for; false beyond the last. Text is owned by the results.
 */
bool ccs_results_precision(const struct ccs_results *results, size_t index,
                           struct ccs_precision_result *result);

/* Replications that were finished; hash of all events of all runs; did every run balance? */
size_t ccs_results_replications(const struct ccs_results *results);
uint64_t ccs_results_signature(const struct ccs_results *results);
bool ccs_results_balanced(const struct ccs_results *results);

#ifdef __cplusplus
}
#endif
#endif
