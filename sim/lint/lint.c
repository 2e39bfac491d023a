/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All checks, in order: see lint.h. */
#include "lint/lint.h"

#include "lint/lint_part.h"

void ccs_lint_model(const struct ccs_model *model, struct ccs_arena *arena,
                    struct ccs_diagnostics *diags, const struct ccs_document *doc)
{
    struct ccs_lint lint = {model, model->config, arena, diags, doc};
    struct ccs_lint *c = &lint;
    ccs_lint_follow_on(c);
    for (int ty = 0; ty < model->type_n; ty++) {
        ccs_lint_demand(c, ty);
        ccs_lint_dates(c, ty);
        ccs_lint_channel_mix(c, ty);
        ccs_lint_type_access(c, ty);
    }
    for (int ch = 0; ch < model->channel_n; ch++) {
        ccs_lint_access(c, ch);
    }
    ccs_lint_line_groups(c);
    ccs_lint_run(c);
    ccs_lint_closing(c);
    ccs_lint_staff(c);
    ccs_lint_wages(c);
    ccs_lint_special(c);
    ccs_lint_service(c);
    ccs_lint_transfers(c);
    ccs_lint_skills(c);
    ccs_lint_calendars(c);
    ccs_lint_value(c);
    ccs_lint_triggers(c);
    if (ccs_diagnostics_error_count(diags) == 0) { /* these need a scenario without errors */
        ccs_lint_size(c);
        ccs_lint_count(c);
        ccs_lint_hours(c);
    }
}
