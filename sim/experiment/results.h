/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The results table: what an experiment found, ready to be written as text, JSON or CSV. All
 * formats show this and nothing else.
 *
 * A *row* is a metric for a slice ("service_level", by channel "phone"). Arrays over policies and
 * rows are flat: policy p, row r at [p * row_n + r].
 *
 * Invariants: rows of slice ALL come first, in the order of the metric table; names belong to the
 * scenario, which must outlive the results; nothing in here depends on threads or the clock.
 */
#ifndef CCS_EXPERIMENT_RESULTS_H
#define CCS_EXPERIMENT_RESULTS_H

#include "experiment/metrics.h"
#include "stats/breakeven.h"
#include "stats/ratio.h"
#include "stats/sequential.h"

#include <ccsim/results.h>
#include <ccsim/status.h>
#include <stdint.h>

struct ccs_scenario;
struct ccs_two_by_two;

struct ccs_row {
    const struct ccs_metric *metric;
    enum ccs_slice_kind slice;
    size_t index;     /* in the slice: team number, period number, ... */
    const char *name; /* of the team, channel, cause ...; period: "2026-01-05T00:00:00" */
};

struct ccs_comparison {
    size_t a, b;             /* difference a - b */
    struct ccs_paired *rows; /* [row_n] */
    double *p_adjusted;      /* [row_n]; Holm within the comparison over the rows of slice ALL; of
                                the primary metric Holm over the comparisons with the baseline (of
                                two others: over all), see experiment/rank.h; NAN: no test */
    bool has_breakeven;
    struct ccs_breakeven cash, value; /* weeks since t0 */
};

/* What was checked in every run. */
struct ccs_balance {
    int64_t runs;
    double ledger;    /* largest imbalance, currency units: 0 when all is well */
    double net_value; /* largest error of the identity, relative */
    double labor;     /* largest |labour booked - wage x paid time|, currency units */
    int64_t issues_lost, contacts_lost, customers_lost; /* conservation violations: 0 */
    double little; /* largest relative error of Little's law over queues */
    bool is_ok;
};

enum ccs_verdict_kind {
    CCS_VERDICT_A, /* a is better */
    CCS_VERDICT_B, /* the baseline is better */
    CCS_VERDICT_UNDECIDED,
    CCS_VERDICT_SAME,        /* no difference in any replication */
    CCS_VERDICT_INDIFFERENT, /* the whole interval lies within run.indifference */
    /* what costs more serves better, and no target says what that is worth */
    CCS_VERDICT_TRADE_OFF,
    CCS_VERDICT_NEITHER, /* both miss a target */
    CCS_VERDICT_NONE     /* one policy only, or the metric is not available */
};

/* By what a comparison is decided. */
enum ccs_verdict_basis {
    CCS_BASIS_PRIMARY, /* the primary metric */
    /* who meets run.targets, then cost: staff differs, customers have no value */
    CCS_BASIS_TARGETS,
    CCS_BASIS_SERVICE /* the same without targets: cost against service */
};

enum {
    CCS_VERDICT_LINES = 3
};

/* What a comparison comes to, as numbers and as text. Rows are numbers of rows of the results,
 * whose paired difference is in the comparison; -1: there is none. */
struct ccs_verdict {
    size_t comparison;
    enum ccs_verdict_kind kind;
    enum ccs_verdict_basis basis;
    int row;             /* whose difference is told: the primary, or cost_total */
    double p;            /* of it, adjusted for the number of verdicts; NAN: no test */
    double total;        /* a - b of its numerator, where that is money; NAN */
    int year_row;        /* per customer and year */
    bool is_staffed;     /* labor is counted as staffed hours, not as workload */
    int other_row;       /* the other view of labor */
    int settled_row;     /* with debts settled */
    bool views_disagree; /* the other view decides otherwise */
    bool wins_by_owing;  /* with debts settled the winner does not win */
    size_t line_n;       /* largest lines of the waterfall */
    int lines[CCS_VERDICT_LINES];
    double line_factor;    /* from their amounts to the unit of `row` */
    double open_a, open_b; /* share of issues still open at the end of the follow-up; NAN */
    bool staff_differs;
    bool rests_on_claimants; /* a large line is that claimants without right leave like the wronged,
                                of whom the scenario says nothing */
    int loses;               /* +1: a clearly loses more callers than b, -1: b */
    const char *sentence;    /* a few sentences; "": nothing to say */
};

/* Whether a policy meets run.targets. */
enum ccs_standing_kind {
    CCS_STANDING_MEETS,
    CCS_STANDING_MISSES,
    CCS_STANDING_UNDECIDED
};

struct ccs_expectation;

struct ccs_standing {
    enum ccs_standing_kind kind;
    const struct ccs_expectation *target; /* the first one missed, or undecided; NULL if it meets */
    double mean;                          /* of that metric */
};

/* One goal of a precision that was asked for: of one policy, or of one difference. */
struct ccs_target {
    const char *label; /* as --precision takes it */
    size_t row;
    size_t a, b; /* policies of the results; b == policy_n: no difference */
    struct ccs_goal goal;
    /* at the end: */
    double asked;      /* half-width in the unit of the metric; NAN: no mean */
    double half_width; /* NAN: no t interval */
    double needed;     /* replications, if not reached; NAN: cannot be told */
    bool is_reached;
};

struct ccs_warning {
    const char *code; /* "CCS-W400" or NULL */
    char *text;       /* with a remedy */
};

struct ccs_results {
    const struct ccs_scenario *scenario;
    uint64_t seed;
    size_t replications; /* finished; equal for all policies */
    size_t replications_asked;
    bool is_partial;  /* stopped before all were done */
    bool is_long_run; /* every policy had its own past: long-run states are compared */
    size_t policy_n;
    size_t *policies; /* [policy_n] scenario's policy numbers, the baseline first */
    size_t row_n;
    struct ccs_row *rows;
    struct ccs_estimate *estimates; /* [policy_n][row_n] */
    double *num, *den;              /* [policy_n][row_n][replications]: raw, for CSV */
    size_t comparison_n;
    struct ccs_comparison *comparisons;
    size_t verdict_n;
    struct ccs_verdict *verdicts;
    struct ccs_two_by_two *two_by_two; /* NULL: none: two_by_two.h */
    struct ccs_standing *standings;    /* [policy_n]; NULL: no run.targets */
    const char *choice;          /* of more than two policies: the cheapest that meets the targets,
                                       and why not the others; NULL: that does not decide */
    int chosen;                  /* that policy; -1: none */
    int primary;                 /* row of the primary metric */
    uint64_t *signatures;        /* [policy_n] */
    uint64_t signature;          /* of all */
    uint64_t *signature_of;      /* [replications] of all policies in one replication */
    struct ccs_balance *balance; /* [policy_n] */
    size_t warning_n;
    struct ccs_warning *warnings;
    double
        volume_factor; /* first requests per contact of tables that count all contacts; 1: none */
    ccs_time warmup;   /* before t0, given or found */
    const char *warmup_finding; /* what the test of an automatic warm-up said; NULL: it was given */
    double volume_fit;          /* simulated / table contacts of the last calibration run */
    double *utilisation;        /* [policy_n] offered work / staffed time; above 1: overloaded */
    double *backlog_per_day;    /* [policy_n] growth of the number waiting */
    uint64_t events;            /* of all replications and policies */
    size_t target_n;            /* 0: no precision was asked for, the next four are 0 */
    struct ccs_target *targets;
    int decided_by;            /* target that decided the number of replications; -1: none did */
    size_t replications_first; /* where it began */
    size_t replications_max;
    struct ccs_arena *arena; /* owns everything above */
};

/* Files and stores get the comparisons of all pairs of at most so many policies. Of more policies
 * they get those with the baseline only, because files would grow with the square. */
#define CCS_PAIRED_POLICIES 10
static inline size_t ccs_results_told(const struct ccs_results *results)
{
    return results->policy_n > CCS_PAIRED_POLICIES ? results->policy_n - 1 : results->comparison_n;
}

/* The name of policy p of the results. */
const char *ccs_results_policy(const struct ccs_results *results, size_t p);

/* Row of a metric (slice ALL if name is NULL, else by slice kind and name); -1 if none. */
int ccs_results_row(const struct ccs_results *results, const char *metric,
                    enum ccs_slice_kind slice, const char *name);

/* Adds a warning, printf-like. */
void ccs_results_warn(struct ccs_results *results, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
