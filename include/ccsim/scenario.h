/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scenarios: a JSON file (or text) made ready to run. A loaded scenario is read-only and may be
 * used by any number of threads and experiments at once.
 */
#ifndef CCSIM_SCENARIO_H
#define CCSIM_SCENARIO_H

#include <ccsim/diagnostic.h>
#include <ccsim/status.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ccs_scenario; /* opaque */

/* Loads `path` ("-": standard input) with the files it extends, and applies `set_n` assignments
 * "/pointer=value" in order. On failure *scenario is NULL and `diagnostics` says why, all of it;
 * on success there may be warnings.
 * CCS_EIO: the file itself cannot be read, or a file it names is there and cannot; CCS_EDATA: it or
 * its data is wrong, or it names a file that is not there; CCS_EUSAGE: an
 * assignment is malformed; CCS_ENOMEM. The caller destroys the scenario. */
ccs_status ccs_scenario_load(struct ccs_scenario **scenario, const char *path,
                             const char *const *sets, size_t set_n,
                             struct ccs_diagnostics *diagnostics);

/* The same from `size` bytes of text. `origin` names it in diagnostics; relative file names in it
 * start at `directory` ("": the working directory). */
ccs_status ccs_scenario_parse(struct ccs_scenario **scenario, const char *origin,
                              const char *directory, const char *text, size_t size,
                              const char *const *sets, size_t set_n,
                              struct ccs_diagnostics *diagnostics);

void ccs_scenario_destroy(struct ccs_scenario *scenario); /* NULL is fine */

/* Policies are numbered 0 .. count - 1 in the order of their names; names live as long as the
 * scenario. The baseline is the one of the warm-up. */
size_t ccs_scenario_policy_count(const struct ccs_scenario *scenario);
const char *ccs_scenario_policy_name(const struct ccs_scenario *scenario, size_t policy);
size_t ccs_scenario_baseline(const struct ccs_scenario *scenario);

/* Number of a policy by name, or -1. */
int ccs_scenario_policy(const struct ccs_scenario *scenario, const char *name);

/* Identity: the same for files that differ only in name, description, comments, order of keys,
 * seed, number of replications and expectations. */
uint64_t ccs_scenario_hash(const struct ccs_scenario *scenario);

#ifdef __cplusplus
}
#endif
#endif
