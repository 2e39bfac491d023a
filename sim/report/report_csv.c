/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as one tidy, long table (CSV by RFC 4180, comma, point, LF): a line per number. The list
 * of columns is a contract, so what has no column of its own, accounts and root causes, is part of
 * the metric's name: account.labor_talk, handle_hours_by_cause.first_request.
 */
#include "base/csv_out.h"
#include "base/json_out.h"
#include "report/report.h"
#include "report/writer.h"

#include <ccsim/version.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#define HEADER                                                                                     \
    "scenario,policy,versus,replication,period,segment,issue_type,team,channel,metric,statistic,"  \
    "value,unit\n"

/* One line but for statistic and value. */
struct line {
    const char *scenario, *policy, *versus;
    size_t replication; /* from 1; 0: none */
    const struct ccs_row *row;
};

static void put_slice_field(FILE *out, const struct ccs_row *row, enum ccs_slice_kind kind)
{
    fputc(',', out);
    ccs_csv_out_text(out, row->slice == kind ? row->name : "");
}

static void put_line(FILE *out, const struct line *line, const char *statistic, double value)
{
    char text[CCS_DOUBLE_TEXT];
    bool has_name = line->row->slice == CCS_SLICE_ACCOUNT || line->row->slice == CCS_SLICE_CAUSE;
    ccs_csv_out_text(out, line->scenario);
    fputc(',', out);
    ccs_csv_out_text(out, line->policy);
    fputc(',', out);
    ccs_csv_out_text(out, line->versus);
    fputc(',', out);
    if (line->replication > 0) {
        fprintf(out, "%zu", line->replication);
    }
    put_slice_field(out, line->row, CCS_SLICE_PERIOD);
    put_slice_field(out, line->row, CCS_SLICE_SEGMENT);
    put_slice_field(out, line->row, CCS_SLICE_ISSUE_TYPE);
    put_slice_field(out, line->row, CCS_SLICE_TEAM);
    put_slice_field(out, line->row, CCS_SLICE_CHANNEL);
    fprintf(out, ",%s%s%s,%s,%s,%s\n", line->row->metric->name, has_name ? "." : "",
            has_name ? line->row->name : "", statistic,
            isfinite(value) ? ccs_double_text(text, value) : "", line->row->metric->unit);
}

static void put_estimate(FILE *out, const struct line *line, const struct ccs_estimate *e)
{
    put_line(out, line, "mean", e->mean);
    put_line(out, line, "sd", e->sd);
    put_line(out, line, "n", (double)e->n);
    put_line(out, line, "ci95_lo", e->lo);
    put_line(out, line, "ci95_hi", e->hi);
}

static const char *policy_name(const struct ccs_results *res, size_t p)
{
    return res->scenario->policies[res->policies[p]].name;
}

/* A quantile is pooled over replications: a single one has no value of it. */
static void put_replications(FILE *out, const struct ccs_results *res, size_t p, size_t row,
                             struct line line)
{
    if (line.row->metric->kind == CCS_METRIC_QUANTILE) {
        return;
    }
    for (size_t r = 0; r < res->replications; r++) {
        size_t i = (p * res->row_n + row) * res->replications + r;
        line.replication = r + 1;
        put_line(out, &line, "value", res->den[i] != 0 ? res->num[i] / res->den[i] : NAN);
    }
}

static void put_policy(FILE *out, const struct ccs_results *res, size_t p)
{
    for (size_t row = 0; row < res->row_n; row++) {
        struct line line = {res->scenario->name, policy_name(res, p), "", 0, &res->rows[row]};
        put_replications(out, res, p, row, line);
        put_estimate(out, &line, &res->estimates[p * res->row_n + row]);
    }
}

static void put_comparison(FILE *out, const struct ccs_results *res,
                           const struct ccs_comparison *cmp)
{
    for (size_t row = 0; row < res->row_n; row++) {
        struct line line = {res->scenario->name, policy_name(res, cmp->a), policy_name(res, cmp->b),
                            0, &res->rows[row]};
        put_estimate(out, &line, &cmp->rows[row].diff);
        put_line(out, &line, "p", cmp->rows[row].p);
    }
}

static void put_comment(FILE *out, const char *key, const char *text)
{
    fprintf(out, "# %s: ", key);
    ccs_write_safe(out, text, true);
    fputc('\n', out);
}

/* # precision: a-b/wait_mean:0.5 reached, half-width 0.48, decided the replications */
static void put_precision(FILE *out, const struct ccs_results *res)
{
    for (size_t i = 0; i < res->target_n; i++) {
        const struct ccs_target *t = &res->targets[i];
        char found[CCS_DOUBLE_TEXT], asked[CCS_DOUBLE_TEXT];
        fputs("# precision: ", out);
        ccs_write_safe(out, t->label, true);
        fprintf(out, " %s, half-width %s of %s%s\n", t->is_reached ? "reached" : "not reached",
                isnan(t->half_width) ? "none" : ccs_double_text(found, t->half_width),
                isnan(t->asked) ? "none" : ccs_double_text(asked, t->asked),
                (int)i == res->decided_by ? ", decided the replications" : "");
    }
}

static void put_metadata(FILE *out, const struct ccs_results *res, const char *command)
{
    put_comment(out, "ccsim", CCS_VERSION);
    fprintf(out, "# build: commit %s, sources %s\n",
            ccs_build_commit()[0] == '\0' ? "unknown" : ccs_build_commit(), ccs_build_digest());
    put_comment(out, "command", command);
    put_comment(out, "scenario", res->scenario->name);
    fprintf(out, "# hash: %016" PRIx64 "\n# seed: %" PRIu64 "\n", res->scenario->hash, res->seed);
    fprintf(out, "# replications: %zu\n", res->replications);
    if (res->is_partial) {
        fprintf(out, "# partial: stopped after %zu of %zu replications\n", res->replications,
                res->replications_asked);
    }
    put_precision(out, res);
    if (res->warmup_finding != NULL) {
        put_comment(out, "warmup", res->warmup_finding);
    }
    put_comment(out, "currency", res->scenario->currency);
    fprintf(out, "# signature: %016" PRIx64 "\n", res->signature);
    fputs("# accounts and root causes are part of the metric: account.NAME, "
          "handle_hours_by_cause.NAME\n"
          "# with a name in `versus`, mean is the difference policy - versus and p its test, not "
          "adjusted\n",
          out);
    if (ccs_results_told(res) < res->comparison_n) {
        fprintf(out, "# comparisons: with the baseline only, as there are more than %d policies\n",
                CCS_PAIRED_POLICIES);
    }
    for (size_t i = 0; i < res->warning_n; i++) {
        put_comment(out, "warning", res->warnings[i].text);
    }
}

ccs_status ccs_report_csv(const struct ccs_results *results, const char *command,
                          struct ccs_report *report)
{
    FILE *out = ccs_writer_open(report);
    if (out == NULL) {
        return CCS_ENOMEM;
    }
    put_metadata(out, results, command);
    fputs(HEADER, out);
    for (size_t p = 0; p < results->policy_n; p++) {
        put_policy(out, results, p);
    }
    for (size_t i = 0; i < ccs_results_told(results); i++) {
        put_comparison(out, results, &results->comparisons[i]);
    }
    return ccs_writer_close(out, report, CCS_OK);
}
