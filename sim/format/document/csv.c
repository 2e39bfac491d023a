/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column of numbers from CSV text: see csv.h. */
#include "format/document/csv.h"

#include "base/array.h"
#include "base/json_out.h"
#include "format/document/csv_walk.h"
#include "format/document/text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_FAULTS = 10, /* of one table; the rest is more of the same */
    CELL_MAX = 64    /* bytes of a cell that are kept; no number is longer */
};

struct reading {
    const struct ccs_csv_column *column;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    struct ccs_array values; /* double */
    size_t number;           /* of the column, once known; from 1 */
    size_t row;              /* complete rows */
    size_t cell;             /* cells seen in this row */
    size_t width;            /* cells of the first row */
    size_t line;             /* where the parser is */
    bool has_cell;           /* the row has had the column's cell */
    char text[CELL_MAX + 1]; /* of that cell */
    size_t faults;
    ccs_status status;
    struct ccs_nearest nearest; /* header names like the one looked for */
    char nearest_name[CELL_MAX + 1];
    bool is_semicolons; /* the first row is one cell with semicolons */
};

static void fault(struct reading *r, enum ccs_diag_code code, size_t line, const char *message)
{
    if (r->status == CCS_OK) {
        r->status = CCS_EDATA;
    }
    if (++r->faults <= MAX_FAULTS) {
        ccs_diag_add_once(r->diags, code, r->column->file, (int)line, 0, r->column->pointer,
                          message);
    }
}

static void read_header_cell(struct reading *r, const char *cell)
{
    if (r->column->name == NULL) {
        return;
    }
    if (r->number == 0 && strcmp(cell, r->column->name) == 0) {
        r->number = r->cell;
    }
    const char *before = r->nearest.best;
    ccs_nearest_try(&r->nearest, cell);
    if (r->nearest.best != before) {
        memcpy(r->nearest_name, cell, strlen(cell) + 1);
        r->nearest.best = r->nearest_name;
    }
}

static void on_cell(void *data, size_t size, void *context)
{
    struct reading *r = context;
    char cell[CELL_MAX + 1];
    size_t n = size < CELL_MAX ? size : CELL_MAX;
    if (n > 0) { /* an empty cell may come as NULL */
        memcpy(cell, data, n);
    }
    cell[n] = '\0';
    r->cell++;
    if (r->row == 0) {
        read_header_cell(r, cell);
        r->is_semicolons = r->cell == 1 && strchr(cell, ';') != NULL;
    }
    if (r->number != 0 ? r->cell == r->number : r->cell == 1) {
        r->has_cell = true;
        memcpy(r->text, cell, n + 1);
    }
}

static void add_value(struct reading *r, double value)
{
    if (ccs_array_reserve(&r->values, r->arena, (size_t)r->values.len + 1) != CCS_OK) {
        r->status = CCS_ENOMEM;
        return;
    }
    ((double *)r->values.data)[r->values.len++] = value;
}

static void read_value(struct reading *r)
{
    char message[200], number[CCS_DOUBLE_TEXT], range[CCS_RANGE_TEXT];
    double value;
    if (!ccs_text_number(r->text, strlen(r->text), &value)) {
        if (r->row == 0) {
            return; /* a header */
        }
        snprintf(message, sizeof message, "column %zu is not a number (found \"%.40s\")", r->number,
                 r->text);
        fault(r, CCS_E117, r->line, message);
    } else if (value < r->column->min || value > r->column->max) {
        snprintf(message, sizeof message, "%s (found %s)",
                 ccs_text_range(range, r->column->min, r->column->max),
                 ccs_double_text(number, value));
        fault(r, CCS_E214, r->line, message);
    } else {
        add_value(r, value + 0.0); /* no -0 */
    }
}

/* After the first row it is known which column is meant. */
static void settle_column(struct reading *r)
{
    char message[320], suggestion[CCS_SUGGEST_TEXT];
    if (r->column->name != NULL && r->number == 0) {
        snprintf(message, sizeof message, "the first row has no column `%.60s`%s%s",
                 r->column->name, ccs_nearest_text(suggestion, &r->nearest),
                 r->is_semicolons ? "; columns must be separated by commas" : "");
        fault(r, CCS_E116, r->line, message);
    } else if (r->column->name == NULL && r->number == 0) {
        r->number = 1;
        if (r->cell > 1) {
            snprintf(message, sizeof message,
                     "there are %zu columns: say which one by \"column\": name or number", r->cell);
            fault(r, CCS_E116, r->line, message);
        }
    }
}

static void on_row(int end, void *context)
{
    struct reading *r = context;
    char message[120];
    (void)end;
    if (r->row == 0) {
        settle_column(r);
        r->width = r->cell;
    } else if (r->cell > r->width) {
        snprintf(message, sizeof message,
                 "the row has %zu columns, the first row %zu: a decimal comma? Write 1.5", r->cell,
                 r->width);
        fault(r, CCS_E116, r->line, message);
    }
    if (r->status != CCS_ENOMEM && r->number != 0) {
        if (!r->has_cell) {
            snprintf(message, sizeof message, "the row has %zu columns, but column %zu is needed",
                     r->cell, r->number);
            fault(r, CCS_E116, r->line, message);
            r->number = r->row == 0 ? 0 : r->number; /* the whole table lacks it: once is enough */
        } else if (r->row > 0 || r->column->name == NULL) {
            read_value(r);
        }
    }
    r->row++;
    r->cell = 0;
    r->has_cell = false;
}

static bool goes_on(const void *context)
{
    const struct reading *r = context;
    return r->status != CCS_ENOMEM && r->faults <= MAX_FAULTS;
}

static void parse(struct reading *r, const char *text, size_t size)
{
    const struct ccs_csv_reader reader = {on_cell, on_row, goes_on, r, &r->line};
    const char *wrong;
    ccs_status status = ccs_csv_walk(&reader, text, size, &wrong);
    if (status == CCS_ENOMEM) {
        r->status = CCS_ENOMEM;
    } else if (status) {
        fault(r, CCS_E116, r->line, wrong);
    }
}

ccs_status ccs_csv_read(const struct ccs_csv_column *column, const char *text, size_t size,
                        struct ccs_arena *arena, struct ccs_diagnostics *diags,
                        struct ccs_real_list *values)
{
    struct reading r = {
        .column = column,
        .arena = arena,
        .diags = diags,
        .number = column->number,
        .nearest = ccs_nearest_to(column->name == NULL ? "" : column->name),
    };
    values->v = NULL;
    values->n = 0;
    ccs_array_init(&r.values, sizeof(double));
    parse(&r, text, size);
    if (r.status == CCS_OK && r.values.len == 0) {
        fault(&r, CCS_E116, r.line, "the table has no values");
    }
    if (r.status == CCS_OK) {
        values->v = ccs_arena_calloc(arena, r.values.len, sizeof(double));
        if (values->v == NULL) {
            r.status = CCS_ENOMEM;
        } else {
            memcpy(values->v, r.values.data, r.values.len * sizeof(double));
            values->n = r.values.len;
        }
    }
    ccs_array_fini(&r.values, arena);
    return r.status;
}
