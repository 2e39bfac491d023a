/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A table of texts for the terminal: widths in columns, control characters made visible. Headings
 * are broken at _ - and blanks; a table wider than the line is printed in blocks, each beginning
 * with the leading columns again.
 */
#ifndef CCS_REPORT_TABLE_H
#define CCS_REPORT_TABLE_H

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct ccs_table {
    size_t column_n;
    size_t lead_n; /* columns that stand in every block; aligned left, the others right */
    size_t seam;   /* block border to prefer when it does not fit: first column after it; 0: none */
    size_t row_n, row_cap;
    char **cell;      /* [row][column], row 0 is the heading; NULL: empty */
    bool *is_section; /* [row] */
    bool has_failed;  /* memory */
};

void ccs_table_init(struct ccs_table *table, size_t column_n, size_t lead_n);
void ccs_table_fini(struct ccs_table *table);

/* Nothing but the heading? Not if something could not be added: then printing says so. */
bool ccs_table_is_empty(const struct ccs_table *table);

/* Begins the next row (the first is the heading). */
void ccs_table_row(struct ccs_table *table);

/* A row that is one text across all columns; it takes no part in their widths. */
void ccs_table_section(struct ccs_table *table, const char *text);

/* Sets a cell of the last row, or of any. */
void ccs_table_set(struct ccs_table *table, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void ccs_table_set_at(struct ccs_table *table, size_t row, size_t column, const char *text);

/* Adds to a cell. */
void ccs_table_append(struct ccs_table *table, size_t row, size_t column, const char *text);

/* Pads the cells of a column so that what follows `mark` (the first one in each cell) begins at one
 * place: 12,340 +- 120 above 0.710 +- 0.012. The heading is left alone. */
void ccs_table_align(struct ccs_table *table, size_t column, const char *mark);

/* CCS_ENOMEM if anything failed since init. */
ccs_status ccs_table_print(const struct ccs_table *table, size_t width, bool is_utf8, FILE *out);

#endif
