/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verification cases: a scenario and what it must give. A case file is
 *
 *   {"id": "ERLB-01a", "title": "...", "source": "...",
 *    "scenario": {...},
 *    "checks": [{"path": "policies.none.metrics.abandonment_rate", "value": 0.05,
 *                "kind": "exact", "half_width": 0, "scale": 1, "source": "..."}],
 *    "effort": {"default": {"replications": 10}, "full": {"replications": 200}}}
 *
 * or {"id": "...", "skipped": "what cannot be expressed"}. `path` is where the number stands in the
 * JSON results (policies.NAME.by.channel.NAME.METRIC for a slice). `value` and its 95 % half-width
 * are in the unit of their source, times `scale` they are in the unit of the metric. `effort`
 * replaces members of scenario.run.
 *
 * A check compares by z-score (stats/zscore.h) and fails at |z| > 4, or when there is no score. Of
 * all checks together only so many may have |z| > 2 as a binomial of probability 0.0455 stays
 * within in 99.9 % of cases.
 */
#ifndef CCS_GATE_VERIFY_H
#define CCS_GATE_VERIFY_H

#include "base/arena.h"
#include "stats/interval.h"

#include <ccsim/diagnostic.h>
#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ccs_verify_check {
    const char *path;
    const char *kind;                /* where the value is from: see ccs_verify_kinds */
    const char *source;              /* NULL: that of the case */
    double value, half_width, scale; /* as in the file */
    struct ccs_estimate simulated;   /* divided by scale: in the unit of `value` */
    double z;                        /* NAN: no score, see `problem` */
    bool is_ok;
    const char *problem; /* why there is no score; NULL */
};

struct ccs_verify_case {
    const char *id, *title, *source; /* title and source may be NULL */
    const char *skipped;             /* why it was not run; NULL */
    struct ccs_verify_check *checks;
    size_t check_n;
    size_t replications;
    uint64_t events;
    bool is_balanced;       /* conservation, ledger and Little's law held in every run */
    bool is_ok;             /* that, and every check; true for a skipped case */
    struct ccs_arena arena; /* owns all of the above */
};

struct ccs_verify_options {
    const char *effort;       /* "default" or "full"; NULL: "default" */
    int64_t seed;             /* -1: as the scenario says */
    int jobs;                 /* threads; 0: one per core */
    const volatile int *stop; /* becomes non-zero to stop; NULL: never */
};

/* What `kind` may be, ended by NULL. */
extern const char *const ccs_verify_kinds[];

/* Runs the case in a file. *result is NULL on failure, else the caller's to destroy.
 * CCS_EIO: the file cannot be read; CCS_EDATA: it is not a case, or its scenario is wrong: see the
 * diagnostics; CCS_EINTERRUPTED; CCS_ENOMEM: `message` (size bytes) says what. */
ccs_status ccs_verify_run(const char *path, const struct ccs_verify_options *options,
                          struct ccs_verify_case **result, struct ccs_diagnostics *diags,
                          char *message, size_t message_size);

/* The same from text in memory; `origin` names it, relative paths start at `directory`. */
ccs_status ccs_verify_run_text(const char *origin, const char *directory, const char *text,
                               size_t size, const struct ccs_verify_options *options,
                               struct ccs_verify_case **result, struct ccs_diagnostics *diags,
                               char *message, size_t message_size);

void ccs_verify_case_destroy(struct ccs_verify_case *result); /* NULL is fine */

#define CCS_VERIFY_NOTABLE_MAX 1024

/* Sums over cases. How many checks may have |z| > 2 by chance is not binomial: the checks of a case
 * look at the same runs. They are taken as dependent as can be, all notable at once or none (among
 * all dependences this has the heaviest tail: Dhaene, Denuit, Goovaerts, Kaas, Vyncke 2002, The
 * concept of comonotonicity in actuarial science and finance, Insurance: Mathematics and Economics
 * 31), and cases as independent: m checks are m or 0 notable ones, and the cases are convolved. */
struct ccs_verify_tally {
    size_t cases, skipped, failed; /* cases */
    size_t checks, checks_failed;
    size_t notable;                            /* checks with |z| > 2 */
    double chance[CCS_VERIFY_NOTABLE_MAX + 1]; /* of so many notable ones, the last: or more */
};

void ccs_verify_tally_add(struct ccs_verify_tally *tally, const struct ccs_verify_case *result);

/* How many notable checks there may be, by chance exceeded once in a thousand runs; and whether all
 * is well. */
size_t ccs_verify_tally_limit(const struct ccs_verify_tally *tally);
bool ccs_verify_tally_is_ok(const struct ccs_verify_tally *tally);

#endif
