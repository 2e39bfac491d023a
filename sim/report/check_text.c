/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A check as text: what changed, a line per metric that moved, the verdict last. */
#include "report/check.h"

#include "base/json_out.h"
#include "report/table.h"
#include "report/writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum {
    LINE = 1000 /* columns: a metric is one line however long */
};

struct form {
    const struct ccs_check *check;
    const struct ccs_report_text_options *options;
    FILE *out;
    ccs_status status;
};

/* Digits enough to see a difference wherever it is; every one where that is what counts. */
static const char *number(char text[CCS_DOUBLE_TEXT], double value, bool in_full)
{
    if (isnan(value)) {
        return "-";
    }
    if (in_full) {
        return ccs_double_text(text, value);
    }
    snprintf(text, CCS_DOUBLE_TEXT, "%.6g", value);
    return text;
}

static bool is_shown(const struct ccs_check *check, const struct ccs_regression_line *line)
{
    return check->with_all || line->outcome == CCS_REGRESSION_MOVED ||
           line->outcome == CCS_REGRESSION_UNDECIDED || line->outcome == CCS_REGRESSION_NEW ||
           line->outcome == CCS_REGRESSION_GONE;
}

static void put_width(struct ccs_table *table, size_t column,
                      const struct ccs_regression_line *line, enum ccs_regression_mode mode)
{
    char text[CCS_DOUBLE_TEXT];
    if (mode == CCS_REGRESSION_EXACT) {
        ccs_table_set(table, column, "exact");
    } else {
        ccs_table_set(table, column, "%s", number(text, line->width, false));
    }
}

static void put_outcome(struct ccs_table *table, size_t column,
                        const struct ccs_regression_line *line, enum ccs_regression_mode mode)
{
    const char *name = ccs_regression_outcome_name(mode, line->outcome);
    if (line->outcome == CCS_REGRESSION_NEW) {
        ccs_table_set(table, column, "new since the baseline");
    } else if (line->outcome == CCS_REGRESSION_GONE) {
        ccs_table_set(table, column, "gone since the baseline");
    } else if (line->outcome == CCS_REGRESSION_UNDECIDED && isfinite(line->growth)) {
        ccs_table_set(table, column, "%s (needs about %.*f x the replications)", name,
                      line->growth < 10 ? 1 : 0, line->growth);
    } else if (line->outcome == CCS_REGRESSION_UNDECIDED) {
        ccs_table_set(table, column, "%s (too few events)", name);
    } else {
        ccs_table_set(table, column, "%s", name);
    }
}

static void put_line(struct ccs_table *table, const struct ccs_regression_line *line,
                     enum ccs_regression_mode mode)
{
    char was[CCS_DOUBLE_TEXT], now[CCS_DOUBLE_TEXT], difference[CCS_DOUBLE_TEXT];
    double a = line->was ? line->was->mean : NAN;
    double b = line->now ? line->now->mean : NAN;
    /* what moved in the seventh digit must not look the same */
    bool in_full = a != b && fabs(b - a) < 1e-4 * fabs(a);
    ccs_table_row(table);
    ccs_table_set(table, 0, "%s", line->metric);
    ccs_table_set(table, 1, "%s", line->policy);
    ccs_table_set(table, 2, "%s", line->was ? number(was, a, in_full) : "not there");
    ccs_table_set(table, 3, "%s", line->now ? number(now, b, in_full) : "not there");
    ccs_table_set(table, 4, "%s",
                  a == b ? "interval" : number(difference, line->difference, false));
    if (a == b && line->outcome != CCS_REGRESSION_MOVED) {
        ccs_table_set(table, 4, "0");
    }
    put_width(table, 5, line, mode);
    put_outcome(table, 6, line, mode);
}

static void put_lines(struct form *f)
{
    const struct ccs_regression *regression = f->check->regression;
    struct ccs_table table;
    size_t n = 0;
    ccs_table_init(&table, 7, 2);
    ccs_table_row(&table);
    const char *const heading[] = {"metric",     "policy", "baseline", "now",
                                   "difference", "",       "outcome"};
    for (size_t i = 0; i < 7; i++) {
        ccs_table_set(&table, i, "%s", heading[i]);
    }
    ccs_table_set(&table, 5,
                  regression->mode == CCS_REGRESSION_EQUIVALENCE ? "margin" : "tolerance");
    for (size_t i = 0; i < regression->line_n; i++) {
        if (is_shown(f->check, &regression->lines[i])) {
            put_line(&table, &regression->lines[i], regression->mode);
            n++;
        }
    }
    if (n > 0) {
        fputc('\n', f->out);
        ccs_status status = ccs_table_print(&table, LINE, f->options->is_utf8, f->out);
        f->status = f->status ? f->status : status;
    }
    ccs_table_fini(&table);
}

static void put_gate(struct form *f)
{
    const struct ccs_regression *regression = f->check->regression;
    for (size_t i = 0; i < regression->fact_n; i++) {
        fprintf(f->out, "%s: ", regression->facts[i].what);
        ccs_write_safe(f->out, regression->facts[i].text, f->options->is_utf8);
        fputc('\n', f->out);
    }
    put_lines(f);
    if (regression->mode == CCS_REGRESSION_EQUIVALENCE && regression->is_lenient) {
        fprintf(f->out, "\nAn unchanged model fails this check with a probability of at most 5 %% "
                        "(undecided passes).\n");
    } else if (regression->mode == CCS_REGRESSION_EQUIVALENCE) {
        fprintf(f->out,
                "\nAn unchanged model passes this check on another seed with a probability of at "
                "least %.0f %%.\n",
                floor(100 * regression->silence));
    }
}

/* ---- expectations ---- */

static void put_test(struct ccs_table *table, const struct ccs_expect_test *t)
{
    char mean[CCS_DOUBLE_TEXT], lo[CCS_DOUBLE_TEXT], hi[CCS_DOUBLE_TEXT];
    ccs_table_row(table);
    ccs_table_set(table, 0, "%s", t->expectation->text);
    ccs_table_set(table, 1, "%s", t->policy ? t->policy : "-");
    ccs_table_set(table, 2, "%s", number(mean, t->estimate.mean, false));
    if (ccs_estimate_has_interval(&t->estimate)) {
        ccs_table_set(table, 3, "%s to %s", number(lo, t->estimate.lo, false),
                      number(hi, t->estimate.hi, false));
    } else {
        ccs_table_set(table, 3, "-");
    }
    ccs_table_set(table, 4, "%s", ccs_expect_outcome_name(t->outcome));
}

static void put_expectations(struct form *f)
{
    const struct ccs_expect_report *expect = f->check->expect;
    const char *const heading[] = {"expectation", "policy", "found", "95 %", "outcome"};
    struct ccs_table table;
    if (expect->n == 0) {
        return;
    }
    ccs_table_init(&table, 5, 2);
    ccs_table_row(&table);
    for (size_t i = 0; i < 5; i++) {
        ccs_table_set(&table, i, "%s", heading[i]);
    }
    for (size_t i = 0; i < expect->n; i++) {
        put_test(&table, &expect->tests[i]);
    }
    fputc('\n', f->out);
    ccs_status status = ccs_table_print(&table, LINE, f->options->is_utf8, f->out);
    f->status = f->status ? f->status : status;
    ccs_table_fini(&table);
}

static void put_expect_verdict(struct form *f)
{
    const struct ccs_expect_report *e = f->check->expect;
    if (e->n > 0) {
        fprintf(f->out, "%s %zu of %zu expectations hold", f->check->regression ? ";" : ":",
                e->count[CCS_EXPECT_HOLDS], e->n);
        for (int k = CCS_EXPECT_FAILS; k < CCS_EXPECT_OUTCOME_COUNT; k++) {
            if (e->count[k] > 0) {
                fprintf(f->out, ", %zu %s", e->count[k],
                        k == CCS_EXPECT_FAILS
                            ? "fail"
                            : ccs_expect_outcome_name((enum ccs_expect_outcome)k));
            }
        }
    }
}

static void put_verdict(struct form *f)
{
    const struct ccs_check *c = f->check;
    fprintf(f->out, "\n%s%s%s", f->options->is_bold ? "\033[1m" : "",
            c->is_ok ? "passed" : "FAILED", f->options->is_bold ? "\033[0m" : "");
    if (c->regression) {
        fprintf(f->out, ": %s", c->regression->verdict);
    }
    put_expect_verdict(f);
    fputs(".\n", f->out);
}

ccs_status ccs_report_check_text(const struct ccs_check *check,
                                 const struct ccs_report_text_options *options,
                                 struct ccs_report *report)
{
    FILE *out = ccs_writer_open(report);
    struct form f = {.check = check, .options = options, .out = out};
    if (!out) {
        return ccs_writer_close(out, report, CCS_ENOMEM);
    }
    ccs_write_safe(out, check->scenario->name, options->is_utf8);
    if (check->regression) {
        fputs(" against ", out);
        ccs_write_safe(out, check->baseline, options->is_utf8);
        fprintf(out, ", %s", ccs_regression_mode_name(check->regression->mode));
    }
    fprintf(out, ": %zu replication%s, seed %" PRIu64 "\n", check->replications,
            check->replications == 1 ? "" : "s", check->seed);
    if (check->regression) {
        put_gate(&f);
    }
    put_expectations(&f);
    put_verdict(&f);
    return ccs_writer_close(out, report, f.status);
}
