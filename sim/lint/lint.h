/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What does not fit together in a scenario that could be read and compiled: errors (E3xx) that a
 * run would stumble over, and warnings (W4xx) of what has no effect or is mostly a mistake. Only
 * the loader calls it. It reads the compiled model and changes nothing.
 */
#ifndef CCS_LINT_LINT_H
#define CCS_LINT_LINT_H

#include "base/diag.h"
#include "format/document/document.h"
#include "model/model.h"

/* Reports into `diags` what does not fit under the model's policy, whose document is `doc`. Places
 * and messages are made in `arena`, which must live as long as the diagnostics. */
void ccs_lint_model(const struct ccs_model *model, struct ccs_arena *arena,
                    struct ccs_diagnostics *diags, const struct ccs_document *doc);

#endif
