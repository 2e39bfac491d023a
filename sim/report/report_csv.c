/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results as one tidy, long table (CSV by RFC 4180, comma, point, LF): a line per number, in the
 * columns of long_table.h.
 */
#include "base/csv_out.h"
#include "experiment/long_table.h"
#include "report/report.h"
#include "report/writer.h"

#include <ccsim/version.h>
#include <inttypes.h>
#include <math.h>

static void put_line(FILE *out, const struct ccs_long_number *number, const char *statistic,
                     double value)
{
    struct ccs_long_line line;
    ccs_long_line(&line, number, statistic, value);
    for (int i = 0; i < CCS_LONG_COLUMN_COUNT; i++) {
        if (i > 0) {
            fputc(',', out);
        }
        if (ccs_long_is_number(i)) {
            fputs(line.cell[i], out);
        } else {
            ccs_csv_out_text(out, line.cell[i]);
        }
    }
    fputc('\n', out);
}

static void put_estimate(FILE *out, const struct ccs_long_number *number,
                         const struct ccs_estimate *e)
{
    const double values[CCS_LONG_STATISTIC_COUNT] = {e->mean, e->sd, (double)e->n, e->lo, e->hi};
    for (int i = 0; i < CCS_LONG_STATISTIC_COUNT; i++) {
        put_line(out, number, ccs_long_statistics[i], values[i]);
    }
}

/* The number of row `row` of policy p; versus: of no difference, "". */
static struct ccs_long_number number_of(const struct ccs_results *res, size_t p, const char *versus,
                                        const struct ccs_row *row)
{
    return (struct ccs_long_number){
        .scenario = res->scenario->name,
        .policy = ccs_results_policy(res, p),
        .versus = versus,
        .slice = row->slice,
        .name = row->name,
        .metric = row->metric->name,
        .unit = row->metric->unit,
    };
}

/* A quantile is pooled over replications: a single one has no value of it. */
static void put_replications(FILE *out, const struct ccs_results *res, size_t p, size_t row,
                             struct ccs_long_number number)
{
    if (res->rows[row].metric->kind == CCS_METRIC_QUANTILE) {
        return;
    }
    for (size_t r = 0; r < res->replications; r++) {
        size_t i = (p * res->row_n + row) * res->replications + r;
        number.replication = r + 1;
        put_line(out, &number, "value", res->den[i] != 0 ? res->num[i] / res->den[i] : NAN);
    }
}

static void put_policy(FILE *out, const struct ccs_results *res, size_t p)
{
    for (size_t row = 0; row < res->row_n; row++) {
        const struct ccs_long_number number = number_of(res, p, "", &res->rows[row]);
        put_replications(out, res, p, row, number);
        put_estimate(out, &number, &res->estimates[p * res->row_n + row]);
    }
}

static void put_comparison(FILE *out, const struct ccs_results *res,
                           const struct ccs_comparison *cmp)
{
    for (size_t row = 0; row < res->row_n; row++) {
        const struct ccs_long_number number =
            number_of(res, cmp->a, ccs_results_policy(res, cmp->b), &res->rows[row]);
        put_estimate(out, &number, &cmp->rows[row].diff);
        put_line(out, &number, "p", cmp->rows[row].p);
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
    for (int i = 0; i < CCS_LONG_COLUMN_COUNT; i++) {
        fprintf(out, "%s%s", i > 0 ? "," : "", ccs_long_columns[i]);
    }
    fputc('\n', out);
    for (size_t p = 0; p < results->policy_n; p++) {
        put_policy(out, results, p);
    }
    for (size_t i = 0; i < ccs_results_told(results); i++) {
        put_comparison(out, results, &results->comparisons[i]);
    }
    return ccs_writer_close(out, report, CCS_OK);
}
