/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one way to tell what does not fit together in a scenario: code, place, message, and the
 * policy whose `with` brings it about.
 */
#ifndef CCS_LINT_LINT_REPORT_H
#define CCS_LINT_LINT_REPORT_H

#include "base/diag.h"
#include "format/document/document.h"
#include "model/model.h"

/* What is looked at: one policy's model, and the documents and names it was made from. */
struct ccs_lint {
    const struct ccs_model *model;
    const struct ccs_config *config;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    const struct ccs_document *doc;
};

/* A place: the keys that lead to it; a NULL ends the list early. */
#define CCS_AT(c, ...) ccs_pointer_join((c)->arena, __VA_ARGS__, (char *)NULL)

/* Reports it at `pointer`. What a policy without a `with` has been told is not repeated under the
 * others. */
void ccs_lint_report(struct ccs_lint *c, enum ccs_diag_code code, const char *pointer,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
