/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Status codes: what a library call returns when the *environment* fails (memory, files, a wish
 * to stop). Faults in the user's data are collected as diagnostics (diagnostic.h) and summed up
 * by CCS_EDATA; our own bugs are assertions.
 *
 * Invariant: CCS_OK is 0 and every failure is negative, so `if (status)` reads right.
 */
#ifndef CCSIM_STATUS_H
#define CCSIM_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ccs_status {
    CCS_OK = 0,
    CCS_ENOMEM = -1,      /* memory, or the memory limit of the run, is exhausted */
    CCS_EIO = -2,         /* a file cannot be read or written */
    CCS_EDATA = -3,       /* the scenario or its data is wrong: see the diagnostics */
    CCS_EUSAGE = -4,      /* the call itself makes no sense (unknown policy, zero replications) */
    CCS_EINTERRUPTED = -5 /* stopped on request: what was finished is kept */
} ccs_status;

/* One line in plain English, without a full stop. Static storage. */
const char *ccs_status_text(ccs_status status);

#ifdef __cplusplus
}
#endif
#endif
