/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --set: every line is an assignment to a scenario that uses every section. */
#include "base/file.h"
#include "format/document/document.h"
#include "fuzz/fuzz.h"

enum {
    SET_MAX = 4
};

static void set(char *text, size_t size)
{
    static char *base;
    static size_t base_size;
    struct ccs_file_error error;
    if (base == NULL) {
        FUZZ_CHECK(ccs_file_read("tests/data/everything.json", 1 << 20, &base, &base_size,
                                 &error) == CCS_OK);
    }
    (void)size;
    const char *sets[SET_MAX];
    size_t n = 0;
    for (char *line = strtok(text, "\n"); line != NULL && n < SET_MAX; line = strtok(NULL, "\n")) {
        if (ccs_document_set_fault(line) == NULL) {
            sets[n++] = line;
        }
    }
    struct ccs_scenario *sc;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status =
        ccs_scenario_parse(&sc, "input", "tests/data", base, base_size, sets, n, diags);
    fuzz_refusal(diags, status);
    ccs_diagnostics_destroy(diags);
    ccs_scenario_destroy(sc);
}

FUZZ_TARGET(set)
