/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Expectations: what a scenario is held to, in its own file.
 *
 *   EXPECTATION = QUANTITY OP NUMBER
 *   QUANTITY    = METRIC                       under every policy that is run
 *               | POLICY.METRIC                | either with [SLICE=NAME] behind it
 *               | compare(A, B).METRIC         the paired difference A - B
 *   OP          = < <= > >=
 *   NUMBER      = decimal number in the unit of the metric; 12% is 0.12
 *
 * Judged by one-sided t tests over replications. Of the whole list (one test per expectation and
 * policy) each of the two ways to be wrong, saying *holds* where one does not and saying *fails*
 * where one holds, has a probability of at most 5 % (Holm); what is neither is *undecided*. A
 * quantity without noise is simply compared. One with too few events for a t interval is taken to
 * be on one side with p = 0.025 where its exact 95 % bounds are (stats/rare.h), with the
 * exact p of so few events where the value is above them.
 *
 * Expectations change no result and are no part of the scenario's hash.
 */
#ifndef CCS_EXPERIMENT_EXPECT_H
#define CCS_EXPERIMENT_EXPECT_H

#include "experiment/results.h"
#include "experiment/scenario.h"

enum ccs_expect_op {
    CCS_EXPECT_LESS,
    CCS_EXPECT_LESS_EQUAL,
    CCS_EXPECT_GREATER,
    CCS_EXPECT_GREATER_EQUAL
};

struct ccs_expectation {
    const char *text;
    const struct ccs_metric *metric;
    int policy; /* number in the scenario; -1: every one */
    int versus; /* compare: the difference policy - versus; -1: none */
    enum ccs_slice_kind slice;
    const char *name; /* in the slice; NULL for ALL */
    enum ccs_expect_op op;
    double value;
};

enum {
    CCS_EXPECT_FAULT = 300
};

/* The names that a text may refer to. */
struct ccs_expect_scope {
    const struct ccs_scenario *scenario;
    const struct ccs_row *rows; /* of the scenario, without periods */
    size_t row_n;
};

/* Reads `expect` and `run.targets` of a scenario that is otherwise complete; faults become
 * diagnostics at /expect/N and /run/targets/N. A target compares no policies. */
ccs_status ccs_expectations_load(struct ccs_scenario *scenario,
                                 const struct ccs_string_list *expect,
                                 struct ccs_diagnostics *diags);

enum ccs_expect_outcome {
    CCS_EXPECT_HOLDS,
    CCS_EXPECT_FAILS,
    CCS_EXPECT_UNDECIDED,
    CCS_EXPECT_NOT_RUN, /* a policy it names was not run */
    CCS_EXPECT_OUTCOME_COUNT
};

/* One test: an expectation for one policy, or for a pair. */
struct ccs_expect_test {
    const struct ccs_expectation *expectation;
    const char *policy; /* NULL: a comparison */
    struct ccs_estimate estimate;
    double p; /* adjusted, of the outcome; NAN: not tested */
    enum ccs_expect_outcome outcome;
};

struct ccs_expect_report {
    struct ccs_expect_test *tests;
    size_t n;
    size_t count[CCS_EXPECT_OUTCOME_COUNT];
    bool is_lenient; /* undecided is allowed */
    bool is_ok;      /* nothing fails, and nothing is undecided unless that is allowed */
};

/* Judges a list of expectations of the results' scenario (expect_judge.c). In the arena;
 * CCS_ENOMEM. */
ccs_status ccs_expectations_judge(const struct ccs_results *results,
                                  const struct ccs_expectations *list, bool is_lenient,
                                  struct ccs_arena *arena, struct ccs_expect_report *report);

/* "holds", "fails", "undecided", "not run". */
const char *ccs_expect_outcome_name(enum ccs_expect_outcome outcome);

#endif
