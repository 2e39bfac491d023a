/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parameter studies: a scenario at many points, every policy at every point on common random
 * numbers, into an SQLite store that survives being killed.
 *
 *   struct ccs_study_options options = CCS_STUDY_DEFAULTS;
 *   const char *vary[] = {"/teams/front/agents=2:4:1"};
 *   options.scenario = "scenario.json"; options.vary = vary; options.vary_n = 1;
 *   options.store = "study.db";
 *   ccs_study_open(&study, &options, diagnostics, message, sizeof message);
 *   ccs_study_run(study, message, sizeof message);
 *
 * What the store holds already is not simulated again: an interrupted study goes on where it was,
 * more points or more replications add only what is missing. Several processes may work on one
 * store. The tables of the store are described in scripts/README.md. Results are a function of
 * scenario, point, policies, seed and version; neither threads nor the order of points matter.
 */
#ifndef CCSIM_STUDY_H
#define CCSIM_STUDY_H

#include <ccsim/diagnostic.h>
#include <ccsim/results.h>
#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ccs_study; /* opaque; used by one thread at a time */

enum ccs_design_kind {
    CCS_DESIGN_GRID, /* every combination */
    CCS_DESIGN_LHS,  /* Latin hypercube */
    CCS_DESIGN_SOBOL,
    CCS_DESIGN_HALTON
};

struct ccs_study_progress {
    size_t points_done, points;             /* of the design */
    size_t replications_done, replications; /* of those that were missing */
};

/* All strings are borrowed until the study is closed. Start from CCS_STUDY_DEFAULTS. */
struct ccs_study_options {
    const char *scenario;    /* path; "-": standard input */
    const char *const *sets; /* "/pointer=value", for all points */
    size_t set_n;
    const char *const *vary; /* "/pointer=a,b,c", "=lo:hi:step", "=lo..hi" */
    size_t vary_n;
    const char *points_file; /* instead of vary: CSV or JSON; NULL: none */
    enum ccs_design_kind design;
    size_t points;       /* of lhs, sobol, halton */
    int64_t design_seed; /* of lhs, 0 .. 2^53 - 1 */
    const char *store;
    bool is_dry; /* only look what there is to do: the store is not written, and need not exist */
    bool keep_going; /* a point that fails is recorded and the others are run */
    /* as in struct ccs_experiment_options */
    const char *policy;
    int64_t replications;
    int64_t seed;
    int jobs;
    size_t memory_limit;
    bool independent_pasts;
    /* After each replication and each point, from one thread at a time. */
    void (*progress)(void *context, const struct ccs_study_progress *progress);
    void *context;
    const volatile int *stop;
};

#define CCS_STUDY_DEFAULTS                                                                         \
    {                                                                                              \
        NULL, NULL, 0, NULL, 0, NULL, CCS_DESIGN_GRID, 0, 1, NULL, false, false, NULL, 0, -1, 0,   \
            0, false, NULL, NULL, NULL                                                             \
    }

/* Makes the design, checks the scenario at every point, opens the store and looks what is missing.
 * Problems of the scenario itself are in `diagnostics`; `message` says what else is wrong, "" if
 * nothing. Points the scenario does not allow are no failure here (see ccs_study_point).
 * CCS_EUSAGE: the options; CCS_EDATA: scenario, points file, or a store that is damaged, of another
 * schema or not a store; CCS_EIO: files; CCS_ENOMEM; CCS_EINTERRUPTED. */
ccs_status ccs_study_open(struct ccs_study **study, const struct ccs_study_options *options,
                          struct ccs_diagnostics *diagnostics, char *message, size_t message_size);

/* Runs what is missing; a transaction for each finished point. CCS_EDATA: a point is invalid or
 * failed (without keep_going nothing is run if any point is invalid, and the first one that fails
 * is the last); CCS_ENOMEM: one needed more memory than allowed; CCS_EINTERRUPTED: finished
 * replications are in the store; CCS_EIO: the store cannot be written, finished points are in it;
 * CCS_EUSAGE: a dry study. */
ccs_status ccs_study_run(struct ccs_study *study, char *message, size_t message_size);

void ccs_study_close(struct ccs_study *study); /* NULL is fine */

/* ---- what there is, before and after running; pointers live until the study is closed ---- */

enum ccs_point_state {
    CCS_POINT_NEW,     /* nothing in the store */
    CCS_POINT_PARTIAL, /* some replications, no results yet, or fewer than asked for */
    CCS_POINT_DONE,
    CCS_POINT_FAILED, /* tried and failed, see message; will be tried again */
    CCS_POINT_INVALID /* not a scenario, see message */
};

struct ccs_study_point {
    enum ccs_point_state state;
    size_t missing;      /* replications to be run */
    size_t replications; /* behind the results in the store; 0: none */
    const char *message; /* why it failed; NULL otherwise */
    const char *primary; /* the metric that decides there; NULL without results */
};

size_t ccs_study_point_count(const struct ccs_study *study);
bool ccs_study_point(const struct ccs_study *study, size_t point, struct ccs_study_point *info);

/* The files that the scenario reads at its points (itself, what it extends, its tables), as paths
 * from the working directory, each once. NULL beyond the last. */
const char *ccs_study_file(const struct ccs_study *study, size_t file);

/* What is varied, and the value at a point as --set takes it (NULL: as in the scenario). */
size_t ccs_study_parameter_count(const struct ccs_study *study);
const char *ccs_study_parameter(const struct ccs_study *study, size_t parameter);
const char *ccs_study_value(const struct ccs_study *study, size_t point, size_t parameter);

/* Points asked for that fell together with others (whole numbers, few levels). */
size_t ccs_study_dropped(const struct ccs_study *study);

/* Policies of the scenario, the baseline first; only one if it was chosen. NULL beyond the last. */
const char *ccs_study_policy(const struct ccs_study *study, size_t policy);

const char *ccs_study_currency(const struct ccs_study *study); /* of all amounts */

/* From the store: a metric over the whole run under a policy; the paired difference policy - versus
 * (NULL: the baseline; between two others it is the mean difference over replications). False if
 * the store has none for that point. */
bool ccs_study_metric(const struct ccs_study *study, size_t point, const char *policy,
                      const char *metric, struct ccs_result *result);
bool ccs_study_difference(const struct ccs_study *study, size_t point, const char *policy,
                          const char *versus, const char *metric, struct ccs_result *result);

/* What went wrong while the store was read for the answers above, which are then not complete:
 * CCS_OK if nothing did. */
ccs_status ccs_study_reading(const struct ccs_study *study, const char **message);

/* Did every run balance? False means a bug: its results are not to be trusted. */
bool ccs_study_balanced(const struct ccs_study *study);

/* ---- taking results out ---- */

enum ccs_export_format {
    CCS_EXPORT_CSV,
    CCS_EXPORT_JSONL /* a JSON object per line, same fields */
};

struct ccs_export_options {
    enum ccs_export_format format;
    const char *const *metrics; /* only these; none: all */
    size_t metric_n;
    const char *policy;       /* only this one, and its differences; NULL: all */
    const char *study;        /* only this one, by its id; NULL: all */
    bool with_replications;   /* also the value of each replication, for metrics of the whole run */
    const volatile int *stop; /* non-zero ends it; NULL: nothing does */
};

/* The store as one tidy, long table, sorted by study and parameters; the caller frees *text
 * (*size bytes and a NUL). CCS_EUSAGE: no such study, metric or policy in the store. */
ccs_status ccs_study_export(const char *store, const struct ccs_export_options *options,
                            char **text, size_t *size, char *message, size_t message_size);

/* The same, row by row into a stream: what the store holds is checked before the first one is
 * written. CCS_EIO also for an error of the stream, CCS_EINTERRUPTED; then part of it may be
 * written. */
ccs_status ccs_study_export_to(const char *store, const struct ccs_export_options *options,
                               FILE *out, char *message, size_t message_size);

#ifdef __cplusplus
}
#endif
#endif
