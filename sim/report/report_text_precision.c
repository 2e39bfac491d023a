/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paragraph about precision that was asked for: what was reached, and what it took. */
#include "report/report_text.h"

#include <math.h>
#include <string.h>

/* "0.48 s", "1.2 %", in the scale of the row; "none" where there is no interval. */
static void width_text(const struct ccs_text *t, const struct ccs_target *target, double width,
                       char *text, size_t size)
{
    char unit[CCS_UNIT_TEXT], number[CCS_NUMBER_TEXT];
    struct ccs_scale scale = ccs_text_scale(t, (int)target->row, unit);
    if (isnan(width)) {
        snprintf(text, size, "none");
        return;
    }
    double shown = width * scale.factor;
    snprintf(text, size, "%s%s%s",
             ccs_number_text(number, shown, ccs_number_decimals(shown, shown / 10), false),
             scale.unit[0] != '\0' ? " " : "", scale.unit);
}

static void put_target(const struct ccs_text *t, const struct ccs_target *target)
{
    char found[CCS_NUMBER_TEXT + CCS_UNIT_TEXT], asked[CCS_NUMBER_TEXT + CCS_UNIT_TEXT + 8] = "";
    width_text(t, target, target->half_width, found, sizeof found);
    if (target->goal.is_relative && !isnan(target->asked)) {
        char limit[CCS_NUMBER_TEXT + CCS_UNIT_TEXT];
        width_text(t, target, target->asked, limit, sizeof limit);
        snprintf(asked, sizeof asked, " (%s)", limit);
    }
    ccs_text_print(t, 0, 2, "%s%s: %s, half-width %s", target->label, asked,
                   target->is_reached ? "reached" : "NOT reached", found);
}

void ccs_text_precision(const struct ccs_text *t)
{
    const struct ccs_results *res = t->res;
    if (res->target_n == 0) {
        return;
    }
    ccs_text_heading(t, "Precision", "half-widths of 95 % intervals");
    for (size_t i = 0; i < res->target_n; i++) {
        put_target(t, &res->targets[i]);
    }
    const char *decided = res->decided_by < 0 ? NULL : res->targets[res->decided_by].label;
    if (res->is_partial) {
        ccs_text_print(t, 0, 2, "Stopped before that was decided.");
    } else if (decided == NULL) {
        ccs_text_print(t, 0, 2, "%zu replications: those to begin with and to confirm were enough.",
                       res->replications);
    } else if (res->targets[res->decided_by].is_reached) {
        ccs_text_print(t, 0, 2, "%zu replications, decided by %s.", res->replications, decided);
    } else {
        ccs_text_print(t, 0, 2, "%zu replications, the most there may be; farthest off: %s.",
                       res->replications, decided);
    }
}
