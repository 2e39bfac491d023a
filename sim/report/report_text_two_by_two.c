/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Policy against quality in the text report: the effects on the metric that decides. */
#include "experiment/two_by_two.h"

#include "report/report_text.h"

void ccs_text_two_by_two(struct ccs_text *t)
{
    const struct ccs_two_by_two *square = t->res->two_by_two;
    if (!square) {
        return;
    }
    static const char *const labels[CCS_EFFECT_COUNT] = {
        [CCS_EFFECT_POLICY] = "policy, as well run as now",
        [CCS_EFFECT_QUALITY] = "quality, under the policy of now",
        [CCS_EFFECT_INTERACTION] = "interaction",
        [CCS_EFFECT_BOTH] = "both",
    };
    char unit[CCS_UNIT_TEXT], heading[100];
    struct ccs_scale scale = ccs_text_scale(t, square->row, unit);
    struct ccs_table table;
    ccs_text_words(heading, sizeof heading, t->res->rows[square->row].metric->name);
    ccs_table_init(&table, CCS_TEXT_LEAD + 2, CCS_TEXT_LEAD);
    ccs_table_row(&table);
    ccs_table_set(&table, CCS_TEXT_LEAD, "effect");
    ccs_table_set(&table, CCS_TEXT_LEAD + 1, "from, to");
    for (int e = 0; e < CCS_EFFECT_COUNT; e++) {
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "  %s", labels[e]);
        ccs_table_set(&table, 1, "%s", scale.unit);
        ccs_text_set_estimate(t, &table, CCS_TEXT_LEAD, &square->effect[e], scale.factor, true);
        size_t to = e == CCS_EFFECT_POLICY ? 1 : e == CCS_EFFECT_QUALITY ? 2 : 3;
        if (e != CCS_EFFECT_INTERACTION) {
            ccs_table_set(&table, CCS_TEXT_LEAD + 1, "%s, %s",
                          ccs_text_policy(t, square->policy[0]),
                          ccs_text_policy(t, square->policy[to]));
        }
    }
    ccs_text_heading(t, "Policy and quality", heading);
    ccs_text_print_table(t, &table);
}
