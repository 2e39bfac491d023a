/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers are worth must be a number (E341): margin / (hazard + discount rate), in the last
 * band where these change with tenure. Bands must be in an order (E344). */
#include "lint/lint_part.h"

static void check_value(struct ccs_lint *c, const char *segment, double margin, double hazard,
                        const char *who)
{
    if (margin > 0 && hazard <= 0 && c->config->run.discount_rate_per_year <= 0) {
        ccs_lint_report(c, CCS_E341, CCS_AT(c, "segments", segment, "churn_hazard_per_year"),
                        "%s who bring a margin, never leave of themselves and are not discounted "
                        "would be worth more than any number: give a hazard, or a "
                        "`run.discount_rate_per_year`",
                        who);
    }
}

static void check_curve(struct ccs_lint *c, const char *segment,
                        const struct ccs_tenure_curve *curve, const char *who)
{
    const struct ccs_tenure_piece *last = &curve->piece[curve->n - 1];
    check_value(c, segment, last->margin_per_year, last->hazard_per_year, who);
}

static void check_bands(struct ccs_lint *c, const char *segment, const struct ccs_map *bands)
{
    for (size_t i = 0; i < bands->n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (CCS_MAP_AT(*bands, struct ccs_tenure_band_config, i)->from ==
                CCS_MAP_AT(*bands, struct ccs_tenure_band_config, k)->from) {
                ccs_lint_report(c, CCS_E344,
                                CCS_AT(c, "segments", segment, "by_tenure", bands->name[i]),
                                "begins at the same tenure as `%s`", bands->name[k]);
                return;
            }
        }
    }
}

void ccs_lint_value(struct ccs_lint *c)
{
    const struct ccs_map *segments = &c->config->segments;
    for (int s = 0; s < c->model->segment_n; s++) {
        const struct ccs_segment_config *segment = ccs_config_segment(c->config, s);
        const struct ccs_worth_plan *worth = c->model->worth[s];
        const char *name = segments->name[s];
        check_bands(c, name, &segment->by_tenure);
        if (!worth) {
            check_value(c, name, segment->margin_per_month, segment->churn_hazard_per_year,
                        "customers");
            continue;
        }
        check_curve(c, name, &worth->plain, "customers");
        if (worth->opportunists) {
            check_curve(c, name, &worth->opportunist, "opportunists");
        }
    }
}
