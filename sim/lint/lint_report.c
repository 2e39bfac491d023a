/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reporting what does not fit together: see lint_report.h. */
#include "lint/lint_report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Has the same been reported of the scenario itself? Policies without a `with` are compiled
 * first. */
static bool is_known(const struct ccs_lint *c, enum ccs_diag_code code, const char *pointer,
                     const char *message)
{
    for (size_t i = 0; i < ccs_diagnostics_count(c->diags); i++) {
        const struct ccs_diagnostic *d = ccs_diagnostics_get(c->diags, i);
        if (strcmp(d->code, ccs_diag_info(code)->code) == 0 && strcmp(d->pointer, pointer) == 0 &&
            strcmp(d->message, message) == 0) {
            return true;
        }
    }
    return false;
}

void ccs_lint_report(struct ccs_lint *c, enum ccs_diag_code code, const char *pointer,
                     const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *message = ccs_arena_vprintf(c->arena, format, args);
    va_end(args);
    pointer = pointer ? pointer : "";
    message = message ? message : format;
    const char *policy = ccs_document_patched_by(c->doc);
    if (!policy) {
        ccs_document_report(c->doc, c->diags, code, pointer, "%s", message);
    } else if (!is_known(c, code, pointer, message)) {
        ccs_document_report(c->doc, c->diags, code, pointer, "%s (under policy `%s`)", message,
                            policy);
    }
}
