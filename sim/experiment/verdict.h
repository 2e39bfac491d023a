/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verdict on every comparison with the baseline.
 *
 * One metric decides, the primary, at the 5 % level adjusted for the number of comparisons (Holm).
 * Where policies differ in staff and customers have no value in the model, cost alone decides
 * nothing: with run.targets the cheapest policy that meets them wins, without them the verdict is a
 * trade-off, unless one of two policies is clearly cheaper and serves as well. "Undecided" is a
 * verdict, and so is "no difference that matters" (run.indifference).
 *
 * verdict.c decides, verdict_text.c says it.
 */
#ifndef CCS_EXPERIMENT_VERDICT_H
#define CCS_EXPERIMENT_VERDICT_H

#include "experiment/results.h"

/* Fills verdicts, standings and the choice of results whose comparisons are complete.
 * CCS_ENOMEM. */
ccs_status ccs_verdicts_decide(struct ccs_results *results);

/* Do customers have a value in the scenario, so that losing them costs something? */
bool ccs_verdict_values_customers(const struct ccs_scenario *scenario);

/* Is the whole interval of a difference, which must have one, no more than rounding? */
bool ccs_verdict_is_nothing(const struct ccs_results *results, const struct ccs_comparison *cmp,
                            int row);

/* +1 if the interval of a row says that a is better than b, -1 that b is, 0 if it holds 0 or is not
 * there. */
int ccs_verdict_side(const struct ccs_results *results, const struct ccs_comparison *cmp, int row);

/* Measures of service that more staff buys; -1: there is no such row. */
enum {
    CCS_SERVICE_LEVEL,
    CCS_SERVICE_LOST,
    CCS_SERVICE_WAIT,
    CCS_SERVICE_COUNT
};
int ccs_verdict_service_row(const struct ccs_results *results, int measure);

/* Writes verdicts[i].sentence, which is decided. CCS_ENOMEM. */
ccs_status ccs_verdict_write(struct ccs_results *results, size_t i);

/* Writes the choice: `meets` of the policies are the only ones that may be it. CCS_ENOMEM. */
ccs_status ccs_verdict_write_choice(struct ccs_results *results);

#endif
