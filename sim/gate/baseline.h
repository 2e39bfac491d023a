/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A baseline: what a version of the program found for a scenario, kept in a file and compared with
 * later versions. What is found now is put into the same form, so that comparing (regression.h),
 * writing and updating deal with one thing.
 *
 * The file is JSON, one metric per line:
 *
 *   {"format": "ccsim baseline", "format_version": 1, "ccsim",
 *    "build": {"commit", "digest"} (not in those of old), "platform",
 *    "scenario", "scenario_hash", "seed", "replications", "policy" (only with --policy),
 *    "signature", "tolerances": {METRIC or "*": "2%" | 0.5 | "ci95"},
 *    "policies": {NAME: {"signature", "metrics": {METRIC: {"mean", "ci95", "df", "unit"}}}},
 *    "replication_signatures": ["8 hex digits per replication, 8 to a line"],
 *    "trace": {"past": {"events", "hash", "marks": [hex]},
 *              "policies": {NAME: {..., "sums", "accounts": {NAME: [window, follow-up]}}}}}
 *
 * Numbers are written so that they read back to the bit. Tolerances are meant to be edited by hand.
 */
#ifndef CCS_GATE_BASELINE_H
#define CCS_GATE_BASELINE_H

#include "base/arena.h"
#include "base/file.h"
#include "experiment/trace.h"
#include "gate/tolerance.h"

#include <ccsim/diagnostic.h>

#define CCS_BASELINE_FORMAT 1
#define CCS_BASELINE_BYTES_MAX ((size_t)16 << 20)
#define CCS_BASELINE_REPLICATIONS 10000 /* signatures of more are not kept */

struct ccs_baseline_metric {
    const char *name, *unit;
    double mean;   /* NAN: undefined */
    double lo, hi; /* 95 % interval; NAN: none */
    double df;     /* degrees of freedom of a t interval; NAN: it is none */
};

struct ccs_baseline_policy {
    const char *name;
    uint64_t signature;
    struct ccs_baseline_metric *metrics;
    size_t metric_n;
};

struct ccs_baseline {
    struct ccs_arena arena;      /* owns all of the rest */
    const char *commit, *digest; /* of the program; "": not known */
    const char *version, *platform, *scenario;
    uint64_t hash, seed, signature;
    size_t replications;
    const char *policy; /* the only one that was run; NULL: all there are */
    struct ccs_tolerance *tolerances;
    size_t tolerance_n;
    struct ccs_baseline_policy *policies;
    size_t policy_n;
    uint32_t *signature_of; /* of the first replications */
    size_t signature_n;
    struct ccs_trace trace;
};

/* Puts results into this form; `trace` may be empty. `policy`: as in the experiment's options.
 * Names belong to the results' scenario, trace and tolerances to their owner: all must outlive the
 * baseline. CCS_ENOMEM. */
ccs_status ccs_baseline_make(struct ccs_baseline *baseline, const struct ccs_results *results,
                             const char *policy, const struct ccs_trace *trace,
                             const struct ccs_tolerance *tolerances, size_t tolerance_n);

/* The file, to be freed with free. CCS_ENOMEM. */
ccs_status ccs_baseline_write(const struct ccs_baseline *baseline, char **text, size_t *size);

/* Reads a file. CCS_EDATA: it is no baseline, see the diagnostics; CCS_EIO: it cannot be read, see
 * `error`; CCS_ENOMEM. */
ccs_status ccs_baseline_load(struct ccs_baseline *baseline, const char *path,
                             struct ccs_diagnostics *diags, struct ccs_file_error *error);

/* The same from text; `origin` names it in diagnostics. */
ccs_status ccs_baseline_parse(struct ccs_baseline *baseline, const char *origin, const char *text,
                              size_t size, struct ccs_diagnostics *diags);

void ccs_baseline_fini(struct ccs_baseline *baseline); /* zeroed is fine */

const struct ccs_baseline_policy *ccs_baseline_policy(const struct ccs_baseline *baseline,
                                                      const char *name);
const struct ccs_baseline_metric *ccs_baseline_metric(const struct ccs_baseline_policy *policy,
                                                      const char *name);

/* Half of the interval; of a share whose interval is cut off at 0 or 1 the side that is not. NAN
 * without an interval. */
double ccs_baseline_half_width(const struct ccs_baseline_metric *metric);

/* Machine and C library, on which the last digit of a number may depend. Returns `text`. */
enum {
    CCS_PLATFORM_TEXT = 60
};
char *ccs_platform_text(char text[CCS_PLATFORM_TEXT]);

#endif
