/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What customers of each segment are worth by tenure and kind. See world/case/worth.h. */
#include "base/units.h"
#include "model/model_compiler.h"

#include <stdlib.h>

static double given_or(double value, double otherwise)
{
    return ccs_real_is_given(value) ? value : otherwise;
}

static int by_from(const void *a, const void *b)
{
    ccs_time x = (*(const struct ccs_tenure_band_config *const *)a)->from;
    ccs_time y = (*(const struct ccs_tenure_band_config *const *)b)->from;
    return (x > y) - (x < y);
}

/* Adds a piece that begins at `from` years. A piece like the one before prolongs that one, so that
 * bands which change nothing make no curve. */
static void add_piece(struct ccs_tenure_curve *curve, double from, double hazard, double margin)
{
    struct ccs_tenure_piece *last = &curve->piece[curve->n];
    if (curve->n > 0) {
        last--;
        if (last->hazard_per_year == hazard && last->margin_per_year == margin) {
            return;
        }
        last->to = from;
        last++;
    }
    *last = (struct ccs_tenure_piece){
        .to = INFINITY, .hazard_per_year = hazard, .margin_per_year = margin};
    curve->n++;
}

/* The curve of customers whose own values, where given, hold in all bands. */
static struct ccs_tenure_curve plan_curve(struct compiler *c,
                                          const struct ccs_segment_config *segment,
                                          double own_hazard, double own_margin)
{
    size_t n = segment->by_tenure.n;
    const struct ccs_tenure_band_config **band = get(c, n, sizeof *band);
    struct ccs_tenure_curve curve = {.discount_per_year = c->config->run.discount_rate_per_year};
    curve.piece = get(c, n + 1, sizeof *curve.piece);
    if (c->no_memory) {
        return curve;
    }
    for (size_t i = 0; i < n; i++) {
        band[i] = CCS_MAP_AT(segment->by_tenure, struct ccs_tenure_band_config, i);
    }
    qsort(band, n, sizeof *band, by_from);
    double hazard = given_or(own_hazard, segment->churn_hazard_per_year);
    double margin = given_or(own_margin, segment->margin_per_month);
    if (n == 0 || band[0]->from > 0) {
        add_piece(&curve, 0, hazard, 12.0 * margin);
    }
    for (size_t i = 0; i < n; i++) {
        double in_band = given_or(own_hazard, given_or(band[i]->churn_hazard_per_year, hazard));
        double margin_in_band = given_or(own_margin, given_or(band[i]->margin_per_month, margin));
        add_piece(&curve, (double)band[i]->from / (double)CCS_US_PER_YEAR, in_band,
                  12.0 * margin_in_band);
    }
    ccs_tenure_curve_set_values(&curve);
    return curve;
}

static struct ccs_worth_plan *plan_segment(struct compiler *c,
                                           const struct ccs_segment_config *segment)
{
    const struct ccs_opportunists_config *opportunists = segment->opportunists;
    bool has_opportunists = opportunists && opportunists->share > 0;
    if (segment->by_tenure.n == 0 && !has_opportunists) {
        return NULL;
    }
    struct ccs_worth_plan *plan = get(c, 1, sizeof *plan);
    if (!plan) {
        return NULL;
    }
    plan->plain = plan_curve(c, segment, NAN, NAN);
    plan->opportunist = plan->plain;
    if (has_opportunists) {
        plan->opportunists = opportunists;
        plan->opportunist = plan_curve(c, segment, opportunists->churn_hazard_per_year,
                                       opportunists->margin_per_month);
        return plan;
    }
    bool is_flat = !c->no_memory && plan->plain.n == 1 &&
                   plan->plain.piece[0].hazard_per_year == segment->churn_hazard_per_year &&
                   plan->plain.piece[0].margin_per_year == 12.0 * segment->margin_per_month;
    return is_flat ? NULL : plan;
}

void ccs_model_plan_worth(struct compiler *c)
{
    struct ccs_model *m = c->model;
    m->worth = get(c, m->segment_n + 1U, sizeof *m->worth); /* the last: anonymous customers */
    m->has_worth = false;
    for (int s = 0; s < m->segment_n && !c->no_memory; s++) {
        m->worth[s] = plan_segment(c, ccs_config_segment(c->config, s));
        m->has_worth = m->has_worth || m->worth[s];
    }
}
