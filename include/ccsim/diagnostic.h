/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diagnostics: what is wrong with the user's data, all of it at once.
 *
 *   scenario.json:5:16: error CCS-E214 at /teams/billing/agents: must be >= 1 (found -2)
 *
 * Codes are stable: a code is never reused for something else. `ccsim explain CODE` prints the
 * long form. E1xx the file and its JSON, E2xx single values, E3xx what must fit together,
 * W4xx warnings.
 */
#ifndef CCSIM_DIAGNOSTIC_H
#define CCSIM_DIAGNOSTIC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct ccs_diagnostics; /* an ordered collection, opaque */

struct ccs_diagnostic {
    const char *code;    /* "CCS-E214" */
    int is_error;        /* 0 for a warning */
    const char *origin;  /* file name, "--set" text, ... */
    int line;            /* 1-based; 0 = unknown */
    int column;          /* 1-based, in bytes; 0 = unknown */
    const char *pointer; /* JSON pointer, "" for the whole document */
    const char *message; /* what was expected and found; may end with a suggestion */
};

struct ccs_diagnostics *ccs_diagnostics_create(void);
void ccs_diagnostics_destroy(struct ccs_diagnostics *diagnostics); /* NULL is fine */

/* How many are kept and can be asked for; errors reported, kept or not; reported but not kept (at
 * most 100 errors and 100 warnings are). */
size_t ccs_diagnostics_count(const struct ccs_diagnostics *diagnostics);
size_t ccs_diagnostics_error_count(const struct ccs_diagnostics *diagnostics);
size_t ccs_diagnostics_omitted(const struct ccs_diagnostics *diagnostics);

/* Valid until the collection changes or is destroyed. */
const struct ccs_diagnostic *ccs_diagnostics_get(const struct ccs_diagnostics *diagnostics,
                                                 size_t index);

/* The line shown above, without a newline; the text is owned by the collection. */
const char *ccs_diagnostics_line(const struct ccs_diagnostics *diagnostics, size_t index);

#ifdef __cplusplus
}
#endif
#endif
