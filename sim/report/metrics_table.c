/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference of metrics, from their one table (experiment/metrics.c). */
#include "report/report.h"
#include "report/writer.h"

static const char *kind_text(const struct ccs_metric *metric)
{
    return metric->kind == CCS_METRIC_MEAN    ? "mean"
           : metric->kind == CCS_METRIC_RATIO ? "ratio"
                                              : "quantile";
}

static void put_slices(FILE *out, const struct ccs_metric *metric)
{
    bool is_first = true;
    for (int kind = CCS_SLICE_ALL + 1; kind < CCS_SLICE_KIND_COUNT; kind++) {
        if (metric->slices >> kind & 1) {
            fprintf(out, "%s%s", is_first ? "" : ", ",
                    ccs_slice_kind_name((enum ccs_slice_kind)kind));
            is_first = false;
        }
    }
}

ccs_status ccs_report_metrics_markdown(struct ccs_report *report)
{
    FILE *out = ccs_writer_open(report);
    if (out == NULL) {
        return CCS_ENOMEM;
    }
    fputs("## Metrics\n\n"
          "A *mean* is a sum per replication; a *ratio* is the sum of its numerator over all "
          "replications divided by that of its denominator; a *quantile* is pooled over "
          "replications. *Window* metrics belong to what happens between t0 and the horizon, "
          "*cohort* metrics to the issues that arise in it, followed to their end. **Bold**: "
          "always there (null with a reason where not defined). \u2020: the policy moves the "
          "denominator too, so the metric does not rank policies by itself.\n\n"
          "| metric | unit | kind | of | numerator | denominator | better | also by |\n"
          "|---|---|---|---|---|---|---|---|\n",
          out);
    for (size_t i = 0; i < ccs_metric_n; i++) {
        const struct ccs_metric *m = &ccs_metrics[i];
        const char *bold = m->is_core ? "**" : "";
        fprintf(out, "| %s`%s`%s%s | %s | %s | %s | %s | %s | %s | ", bold, m->name, bold,
                m->policy_moves ? "\u2020" : "", m->unit, kind_text(m),
                m->scope == CCS_SCOPE_WINDOW ? "window" : "cohort", m->numerator,
                m->denominator == NULL ? "" : m->denominator,
                m->better > 0   ? "higher"
                : m->better < 0 ? "lower"
                                : "");
        put_slices(out, m);
        fputs(" |\n", out);
    }
    return ccs_writer_close(out, report, CCS_OK);
}
