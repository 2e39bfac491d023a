/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one way to report what does not fit together in a scenario: code, place, message, and the
 * policy whose `with` brings it about.
 *
 * Invariant: all of lint/ reports through ccs_lint_report; nothing else in it touches diagnostics.
 */
#ifndef CCS_LINT_LINT_REPORT_H
#define CCS_LINT_LINT_REPORT_H

#include "base/diag.h"
#include "format/document/document.h"
#include "model/model.h"

/* The subject of all checks: the model of one policy, and the document it was made from. */
struct ccs_lint {
    const struct ccs_model *model;
    const struct ccs_config *config;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    const struct ccs_document *doc;
};

/* The JSON pointer of a place: the keys that lead to it; a NULL ends the list early. */
#define CCS_AT(c, ...) ccs_pointer_join((c)->arena, __VA_ARGS__, (char *)NULL)

/* Reports at `pointer`, printf-like. What has been reported of a policy without a `with` is not
 * repeated under other policies. */
void ccs_lint_report(struct ccs_lint *c, enum ccs_diag_code code, const char *pointer,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
