/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One column of numbers from a CSV text (RFC 4180, read with libcsv in strict mode).
 *
 * Leading lines that begin with # and empty lines are skipped, so is a byte order mark. The first
 * row is a header if the column is chosen by name, or if its cell there is not a number.
 * Numbers have a decimal point in any locale.
 */
#ifndef CCS_FORMAT_DOCUMENT_CSV_H
#define CCS_FORMAT_DOCUMENT_CSV_H

#include "base/arena.h"
#include "base/diag.h"
#include "format/field/field.h"

#include <ccsim/status.h>
#include <stddef.h>

struct ccs_csv_column {
    const char *file;    /* name for the diagnostics, which give the line in the table */
    const char *pointer; /* of the key in the scenario that names the table */
    const char *name;    /* header of the column; NULL: by number */
    size_t number;       /* from 1; 0 and no name: the only column */
    double min, max;     /* every value must lie within; -INFINITY, INFINITY: any */
};

/* The values in the arena. CCS_OK, CCS_EDATA (reported) or CCS_ENOMEM. */
ccs_status ccs_csv_read(const struct ccs_csv_column *column, const char *text, size_t size,
                        struct ccs_arena *arena, struct ccs_diagnostics *diags,
                        struct ccs_real_list *values);

#endif
