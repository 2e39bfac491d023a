/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers are worth must be a number (E341): margin / (hazard + discount rate). */
#include "lint/lint_part.h"

void ccs_lint_value(struct ccs_lint *c)
{
    const struct ccs_map *segments = &c->config->segments;
    for (int s = 0; s < c->model->segment_n; s++) {
        const struct ccs_segment_config *segment = ccs_config_segment(c->config, s);
        if (segment->margin_per_month > 0 && segment->churn_hazard_per_year <= 0 &&
            c->config->run.discount_rate_per_year <= 0) {
            ccs_lint_report(
                c, CCS_E341, CCS_AT(c, "segments", segments->name[s], "churn_hazard_per_year"),
                "customers who bring a margin, never leave of themselves and are not discounted "
                "would be worth more than any number: give a hazard, or a "
                "`run.discount_rate_per_year`");
        }
    }
}
