/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which policy is best at a point of a study, by the rules of the verdict
 * (experiment/verdict.h). */
#ifndef CCS_STUDY_BEST_H
#define CCS_STUDY_BEST_H

#include "experiment/metrics.h"
#include "study/study.h"

enum ccs_best_kind {
    CCS_BEST_NONE,   /* fewer than two policies have a value, or the metric does not rank */
    CCS_BEST_POLICY, /* better than each other one, adjusted for their number (Holm) */
    CCS_BEST_UNDECIDED,
    CCS_BEST_INDIFFERENT, /* apart from one by less than run.indifference */
    CCS_BEST_LOSES,       /* its figure is good, but it clearly loses more callers than another */
    CCS_BEST_NOT_COST_ALONE, /* policies differ in staff and customers have no value */
    CCS_BEST_KIND_COUNT
};

struct ccs_best {
    enum ccs_best_kind kind;
    const char *policy; /* POLICY; NULL otherwise */
};

/* Staff and the worth of customers are those of the scenario in which nothing is varied.
 * CCS_ENOMEM. */
ccs_status ccs_study_best(const struct ccs_study *study, size_t point,
                          const struct ccs_metric *metric, struct ccs_best *best);

#endif
