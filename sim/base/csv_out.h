/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV output: a cell as RFC 4180 wants it. */
#ifndef CCS_BASE_CSV_OUT_H
#define CCS_BASE_CSV_OUT_H

#include <stdio.h>

/* In quotes, doubled inside, only where the text needs them. A text that spreadsheets would take
 * for a formula, one that begins with = + - @, a tab or a carriage return, gets an apostrophe in
 * front (OWASP, "CSV Injection"): names are the user's. Not for numbers. */
void ccs_csv_out_text(FILE *out, const char *text);

#endif
