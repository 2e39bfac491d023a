/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text to fprintf into, and the user's strings made harmless on the way. */
#ifndef CCS_REPORT_WRITER_H
#define CCS_REPORT_WRITER_H

#include "report/report.h"

#include <stdio.h>

/* Starts a text; NULL when memory is exhausted. */
FILE *ccs_writer_open(struct ccs_report *report);

/* Ends it: CCS_OK, or `status` if it is not, or CCS_ENOMEM if a write failed; then the report is
 * emptied. `out` may be NULL (after a failed open). */
ccs_status ccs_writer_close(FILE *out, struct ccs_report *report, ccs_status status);

/* The user's text on one line: line breaks as blanks, other control characters as \xHH
 * (base/visible.h); without is_utf8 also all that is not ASCII. */
void ccs_write_safe(FILE *out, const char *text, bool is_utf8);
void ccs_write_safe_n(FILE *out, const char *text, size_t n, bool is_utf8); /* the first n bytes */

#endif
