/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column of an interval table: the first line is the column (a number, a name, or empty for the
 * only one), the rest the CSV text. */
#include "format/document/csv.h"
#include "fuzz/fuzz.h"

#include <math.h>

static void table(char *text, size_t size)
{
    size_t head = strcspn(text, "\n");
    if (head >= size) {
        return;
    }
    text[head] = '\0';
    long number = strtol(text, NULL, 10);
    struct ccs_csv_column column = {
        .file = "table.csv",
        .pointer = "/x",
        .name = number == 0 && head > 0 ? text : NULL,
        .number = number > 0 ? (size_t)number : 0,
        .min = 0,
        .max = size % 2 ? INFINITY : 1000,
    };
    struct ccs_arena arena;
    struct ccs_real_list values = {0};
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_arena_init(&arena, 0);
    ccs_status status =
        ccs_csv_read(&column, text + head + 1, size - head - 1, &arena, diags, &values);
    fuzz_refusal(diags, status);
    for (size_t i = 0; status == CCS_OK && i < values.n; i++) {
        FUZZ_CHECK(values.v[i] >= column.min && values.v[i] <= column.max);
    }
    ccs_arena_fini(&arena);
    ccs_diagnostics_destroy(diags);
}

FUZZ_TARGET(table)
