/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `baseline` and `check` have in common: tracing replication 0, keeping the files. */
#ifndef CCS_CLI_TRACING_H
#define CCS_CLI_TRACING_H

#include "cli/cli.h"

/* Replication 0, watched. */
struct ccs_tracing {
    struct ccs_arena arena;
    struct ccs_trace trace;
    struct ccs_divergence divergence; /* from the old trace */
    struct ccs_trail_writer trail;    /* if it is to be kept */
};

/* Runs it; compares with `old` and its trail (NULL: not). Returns an exit code. To be finished by
 * ccs_tracing_fini in any case. */
int ccs_tracing_run(struct ccs_tracing *tracing, const struct ccs_options *options,
                    const struct ccs_results *results, const struct ccs_trace *old,
                    const struct ccs_trail *old_trail, bool with_trail);
void ccs_tracing_fini(struct ccs_tracing *tracing);

/* Writes the baseline to `path` (NULL: stdout) and, if trail_path is not NULL, its trail, that one
 * first. Returns an exit code. */
int ccs_tracing_save(const struct ccs_options *options, const struct ccs_baseline *baseline,
                     const char *path, struct ccs_tracing *tracing, const char *trail_path);

/* Reads the --baseline of the options. Returns an exit code, and complains where it is not 0; to be
 * finished by ccs_baseline_fini in any case. */
int ccs_tracing_load_baseline(const struct ccs_options *options, struct ccs_baseline *baseline);

/* Reads the --trail of the options, which must be that of the baseline. `trail` borrows from
 * *bytes, which are the caller's to free, in any case; so is ccs_trail_fini. */
int ccs_tracing_load_trail(const struct ccs_options *options, const struct ccs_baseline *baseline,
                           struct ccs_trail *trail, char **bytes);

#endif
