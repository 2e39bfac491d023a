/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The regression check: a baseline against what is found now. Three modes.
 *
 *   exact        same seed: signatures and every number are the same to the bit
 *   tolerance    same seed: every mean within its tolerance
 *   equivalence  another seed: every mean that has a margin is shown to lie within it by two
 *                one-sided tests at 5 % (stats/equivalence.h), the sampling error of the baseline
 *                included
 *
 * Equivalence has three outcomes. *Equivalent* needs no correction for the number of metrics.
 * *Different*, shown to lie outside its margin, is adjusted by Holm over all metrics: where all
 * true differences are within their margins, some metric is called different with a probability of
 * at most 5 %. What is neither is *undecided*: too few replications for so small a margin. It fails
 * the check unless that is lenient. A lenient comparison is therefore silent on an unchanged model
 * with probability 95 % or more, a strict one with the probability `silence`, a Bonferroni bound
 * made from the standard errors of both sides; it is said with the result.
 *
 * In every mode another scenario hash, and policies or metrics that are new or gone, fail the check
 * (what is not compared is not guarded: the baseline is to be recorded anew); in exact and
 * tolerance mode also another seed or number of replications.
 */
#ifndef CCS_GATE_REGRESSION_H
#define CCS_GATE_REGRESSION_H

#include "gate/baseline.h"

enum ccs_regression_mode {
    CCS_REGRESSION_EXACT,
    CCS_REGRESSION_TOLERANCE,
    CCS_REGRESSION_EQUIVALENCE
};

enum ccs_regression_outcome {
    CCS_REGRESSION_EQUAL,     /* to the bit */
    CCS_REGRESSION_WITHIN,    /* within its tolerance; shown equivalent */
    CCS_REGRESSION_MOVED,     /* not; shown different */
    CCS_REGRESSION_UNDECIDED, /* equivalence: too few replications */
    CCS_REGRESSION_UNJUDGED,  /* equivalence: no margin, or too few events for one meant for all */
    CCS_REGRESSION_NEW,  /* the baseline does not have the metric: it cannot be compared, and fails
                          */
    CCS_REGRESSION_GONE, /* the baseline has a metric that there is no more: likewise */
    CCS_REGRESSION_OUTCOME_COUNT
};

/* One metric of one policy. */
struct ccs_regression_line {
    const char *policy, *metric, *unit;
    const struct ccs_baseline_metric *was, *now; /* NULL: not on that side */
    double difference;                           /* now - was; NAN: not of two numbers */
    double width;                                /* tolerance or margin; NAN: none */
    double p;                                    /* equivalence: of the outcome; NAN: no test */
    double growth; /* undecided: times as many replications (both sides); NAN: unknown */
    enum ccs_regression_outcome outcome;
};

/* Something that is not a metric: hashes, seeds, the first event that differs. */
struct ccs_regression_fact {
    const char *what;
    char text[600];
    bool is_fault; /* fails the check by itself */
};

enum {
    CCS_REGRESSION_FACTS = 24
};

struct ccs_regression {
    enum ccs_regression_mode mode;
    bool is_lenient;
    struct ccs_regression_line *lines;
    size_t line_n;
    size_t count[CCS_REGRESSION_OUTCOME_COUNT];
    struct ccs_regression_fact facts[CCS_REGRESSION_FACTS];
    size_t fact_n;
    double silence; /* equivalence: see above */
    bool is_ok;
    char verdict[400];
};

struct ccs_regression_options {
    enum ccs_regression_mode mode;
    const struct ccs_tolerance *margins; /* before those of the baseline; both modes but exact */
    size_t margin_n;
    bool is_lenient;
};

/* Compares; lines live in the arena and borrow from both sides. CCS_ENOMEM. */
ccs_status ccs_regression_compare(struct ccs_regression *reg, const struct ccs_baseline *was,
                                  const struct ccs_baseline *now,
                                  const struct ccs_regression_options *options,
                                  struct ccs_arena *arena);

/* Adds where the runs part, or which accounts differ; `now` has a trace. Exact mode. */
void ccs_regression_explain(struct ccs_regression *reg, const struct ccs_scenario *scenario,
                            const struct ccs_baseline *was, const struct ccs_baseline *now,
                            const struct ccs_divergence *divergence);

/* "exact", ... and "equal", "within", ... */
const char *ccs_regression_mode_name(enum ccs_regression_mode mode);
const char *ccs_regression_outcome_name(enum ccs_regression_mode mode,
                                        enum ccs_regression_outcome outcome);

/* Can any metric be judged for equivalence: is there a margin other than "ci95"? */
bool ccs_regression_has_margin(const struct ccs_baseline *was,
                               const struct ccs_regression_options *options);

/* A seed for equivalence that is not the baseline's; always the same one for the same baseline. */
uint64_t ccs_regression_fresh_seed(uint64_t seed);

#endif
