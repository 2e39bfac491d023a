/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The version, defined here and nowhere else (the Makefile reads it from this file), and which
 * build of it this is: two builds with one digest find the same numbers.
 */
#ifndef CCSIM_VERSION_H
#define CCSIM_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

#define CCS_VERSION "0.1.0"

/* The commit it was built from, "-dirty" added if files of it were changed; "": not known. */
const char *ccs_build_commit(void);

/* 16 hex digits: a digest of the sources that decide numbers. */
const char *ccs_build_digest(void);

#ifdef __cplusplus
}
#endif

#endif
