/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text report: what was run, the answer, two dashboards, where money and time went, the checks,
 * and last, where the eye ends on a terminal, the verdict.
 */
#include "report/report_text.h"

#include "base/units.h"
#include "experiment/number.h"
#include "format/field/duration.h"
#include "report/writer.h"

#include <ccsim/version.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    PARAGRAPH_MAX = 100 /* columns: longer lines are hard to read however wide the terminal */
};

void ccs_text_heading(const struct ccs_text *t, const char *heading, const char *remark)
{
    fputc('\n', t->out);
    fputs(t->options->is_bold ? "\033[1m" : "", t->out);
    ccs_write_safe(t->out, heading, t->options->is_utf8);
    fputs(t->options->is_bold ? "\033[0m" : "", t->out);
    if (remark[0] != '\0') {
        fputs(", ", t->out);
        ccs_write_safe(t->out, remark, t->options->is_utf8);
    }
    fputc('\n', t->out);
}

/* Characters, for filling lines: wide ones only make a line a little longer. */
static size_t length_of(const char *text, size_t n)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        length += ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return length;
}

void ccs_text_paragraph(const struct ccs_text *t, int first, int rest, const char *text)
{
    size_t width = t->options->width < PARAGRAPH_MAX ? t->options->width : PARAGRAPH_MAX;
    size_t column = (size_t)first;
    bool is_begun = false;
    fprintf(t->out, "%*s", first, "");
    while (*text != '\0') {
        size_t n = strcspn(text, " ");
        size_t length = length_of(text, n);
        if (is_begun && column + 1 + length > width) {
            fprintf(t->out, "\n%*s", rest, "");
            column = (size_t)rest;
        } else if (is_begun) {
            fputc(' ', t->out);
            column++;
        }
        ccs_write_safe_n(t->out, text, n, t->options->is_utf8);
        is_begun = true;
        column += length;
        text += n;
        text += strspn(text, " ");
    }
    fputc('\n', t->out);
}

void ccs_text_print(const struct ccs_text *t, int first, int rest, const char *format, ...)
{
    char text[2000]; /* longer ones are cut: only names could make them so */
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    ccs_text_paragraph(t, first, rest, text);
}

/* ---- the head ---- */

static void put_bold(const struct ccs_text *t, const char *text)
{
    fputs(t->options->is_bold ? "\033[1m" : "", t->out);
    ccs_write_safe(t->out, text, t->options->is_utf8);
    fputs(t->options->is_bold ? "\033[0m" : "", t->out);
}

static void put_head(const struct ccs_text *t, const char *command)
{
    const struct ccs_scenario *sc = t->res->scenario;
    char horizon[CCS_DURATION_TEXT], warmup[CCS_DURATION_TEXT], follow_up[CCS_DURATION_TEXT];
    char date[CCS_DATE_TEXT], past[300] = "", asked[40] = "";
    put_bold(t, sc->name);
    fputc('\n', t->out);
    if (sc->description[0] != '\0') {
        ccs_text_paragraph(t, 0, 0, sc->description);
    }
    if (t->res->warmup > 0) {
        snprintf(past, sizeof past, " after a warm-up of %s%s%s",
                 ccs_duration_text(warmup, ccs_time_to_s(t->res->warmup)),
                 sc->policy_n > 1 ? " under " : "",
                 sc->policy_n <= 1     ? ""
                 : t->res->is_long_run ? "each policy itself (long-run states)"
                                       : sc->policies[sc->baseline].name);
    }
    if (t->res->is_partial) {
        snprintf(asked, sizeof asked, " of %zu", t->res->replications_asked);
    }
    ccs_text_print(t, 0, 0, "%s from %s%s%s, followed up for at most %s",
                   ccs_duration_text(horizon, ccs_time_to_s(sc->run.horizon)),
                   ccs_date_text(date, sc->run.start_day),
                   sc->run.days == CCS_DAYS_INDEPENDENT
                       ? " and one after the other, each a replication of its own"
                       : "",
                   past, ccs_duration_text(follow_up, ccs_time_to_s(sc->run.follow_up)));
    if (t->res->warmup_finding != NULL) {
        ccs_text_print(t, 0, 0, "%s", t->res->warmup_finding);
    }
    if (t->res->volume_factor != 1.0) { /* tables that count all contacts were calibrated */
        ccs_text_print(t, 0, 0,
                       "first requests are %.1f %% of the contacts in the tables; with them, pilot "
                       "runs of the baseline make %.1f %% of the tables' contacts",
                       100 * t->res->volume_factor, 100 * t->res->volume_fit);
    }
    ccs_text_print(
        t, 0, 0, "%zu%s replication%s, seed %" PRIu64 ", scenario %016" PRIx64 ", ccsim %s",
        t->res->replications, asked, t->res->replications == 1 && !t->res->is_partial ? "" : "s",
        t->res->seed, sc->hash, CCS_VERSION);
    fputs("$ ", t->out);
    ccs_write_safe(t->out, command, t->options->is_utf8);
    fputc('\n', t->out);
}

/* ---- the end ---- */

/* "week 7", "the start", "beyond the horizon" */
static const char *week_text(char text[40], const struct ccs_breakeven *b, size_t week)
{
    if (week == 0) {
        return "the start";
    }
    if (week >= b->weeks) {
        return "beyond the horizon";
    }
    snprintf(text, 40, "week %zu", week);
    return text;
}

/* "from week 7 on (95 %: week 5 to week 12; established from week 14)" */
static void curve_text(char *text, size_t size, const struct ccs_breakeven *b)
{
    char at[40], lo[40], hi[40], band[40], interval[120] = "", established[80] = "";
    if (b->has_interval && b->lo != b->hi) {
        snprintf(interval, sizeof interval, "95 %%: %s to %s", week_text(lo, b, b->lo),
                 week_text(hi, b, b->hi));
    }
    if (b->has_interval && b->week < b->weeks) {
        snprintf(established, sizeof established, "%s%s", interval[0] != '\0' ? "; " : "",
                 b->established >= b->weeks ? "not established" : "established from ");
    }
    bool has_week = established[0] != '\0' && b->established < b->weeks;
    bool has_remark = interval[0] != '\0' || established[0] != '\0';
    snprintf(
        text, size, "%s%s%s%s%s%s%s%s", b->week < b->weeks ? "from " : "not within the horizon",
        b->week < b->weeks ? week_text(at, b, b->week) : "",
        b->week < b->weeks && b->week > 0 ? " on" : "", has_remark ? " (" : "", interval,
        established, has_week ? week_text(band, b, b->established) : "", has_remark ? ")" : "");
}

static void put_breakeven(const struct ccs_text *t)
{
    bool is_headed = false;
    for (size_t i = 0; i < t->res->comparison_n && t->res->comparisons[i].b == 0; i++) {
        const struct ccs_comparison *cmp = &t->res->comparisons[i];
        char cash[300], value[300];
        if (!cmp->has_breakeven) {
            continue;
        }
        if (!is_headed) {
            ccs_text_heading(t, "Break-even", "switching is assumed free and instant");
            is_headed = true;
        }
        curve_text(cash, sizeof cash, &cmp->cash);
        curve_text(value, sizeof value, &cmp->value);
        ccs_text_print(t, 0, 2, "%s against %s: ahead in cash %s; in net value %s.",
                       ccs_text_policy(t, cmp->a), ccs_text_policy(t, cmp->b), cash, value);
    }
}

static struct ccs_balance worst_balance(const struct ccs_results *res)
{
    struct ccs_balance worst = {.is_ok = true};
    for (size_t p = 0; p < res->policy_n; p++) {
        const struct ccs_balance *b = &res->balance[p];
        worst.runs += b->runs;
        worst.ledger = fmax(worst.ledger, b->ledger);
        worst.net_value = fmax(worst.net_value, b->net_value);
        worst.labor = fmax(worst.labor, b->labor);
        worst.little = fmax(worst.little, b->little);
        worst.customers_lost += b->customers_lost;
        worst.issues_lost += b->issues_lost;
        worst.contacts_lost += b->contacts_lost;
        worst.is_ok = worst.is_ok && b->is_ok;
    }
    return worst;
}

static void put_balance(const struct ccs_text *t)
{
    struct ccs_balance b = worst_balance(t->res);
    ccs_text_heading(t, "Checks", b.is_ok ? "held in every run" : "FAILED");
    ccs_text_print(
        t, 0, 2,
        "%" PRId64 " runs: books balance to %.4f %s; labor booked is %swages due; "
        "net-value identity within %.1g; lost: %" PRId64 " customers, %" PRId64 " issues, %" PRId64
        " contacts; Little's law within %.1g. Signature %016" PRIx64 ".",
        b.runs, b.ledger, t->res->scenario->currency, b.labor > 0 ? "NOT " : "", b.net_value,
        b.customers_lost, b.issues_lost, b.contacts_lost, b.little, t->res->signature);
}

/* Load alone is not overload: impatient customers keep queues short. Whether they grow has been
 * tested when the results were put together. */
static bool is_overloaded(const struct ccs_results *res)
{
    for (size_t i = 0; i < res->warning_n; i++) {
        if (res->warnings[i].code != NULL && strcmp(res->warnings[i].code, "CCS-W400") == 0) {
            return true;
        }
    }
    return false;
}

static void put_load(struct ccs_text *t)
{
    struct ccs_report line;
    bool is_over = is_overloaded(t->res);
    FILE *out = ccs_writer_open(&line);
    for (size_t p = 0; out != NULL && p < t->res->policy_n; p++) {
        char percent[CCS_NUMBER_TEXT], growth[CCS_NUMBER_TEXT];
        double load = 100 * t->res->utilisation[p];
        double per_day = t->res->backlog_per_day[p];
        fprintf(out, "%s%s %s %%", p > 0 ? ", " : "", ccs_text_policy(t, p),
                ccs_number_text(percent, load, 1, false));
        if (is_over && load >= 100 && per_day > 0) {
            fprintf(out, " (queues grow by %s a day)",
                    ccs_number_text(growth, per_day, ccs_number_decimals(per_day, NAN), false));
        }
    }
    ccs_status status = ccs_writer_close(out, &line, CCS_OK);
    t->status = t->status != CCS_OK ? t->status : status;
    if (status == CCS_OK) {
        ccs_text_print(t, 0, 2, "%s in %% of what the staff can do: %s.",
                       is_over ? "OVERLOADED: work offered" : "Work offered", line.text);
        free(line.text);
    }
}

static void put_warnings(const struct ccs_text *t)
{
    for (size_t i = 0; i < t->res->warning_n; i++) {
        const struct ccs_warning *w = &t->res->warnings[i];
        if (i == 0) {
            ccs_text_heading(t, "Warnings", "");
        }
        ccs_text_print(t, 0, 2, "%s%s%s", w->code == NULL ? "" : w->code,
                       w->code == NULL ? "" : ": ", w->text);
    }
}

static void put_verdicts(const struct ccs_text *t)
{
    bool is_headed = false;
    if (t->res->verdict_n == 0 && t->res->choice != NULL) {
        ccs_text_heading(t, "Targets", "");
        ccs_text_paragraph(t, 0, 2, t->res->choice);
    }
    for (size_t i = 0; i < t->res->verdict_n; i++) {
        if (t->res->verdicts[i].sentence[0] == '\0') {
            continue;
        }
        if (!is_headed) {
            ccs_text_heading(t, "Verdict",
                             t->res->verdict_n > 1
                                 ? "at the 5 % level for all comparisons together (Holm)"
                                 : "");
            is_headed = true;
            if (t->res->choice != NULL) {
                ccs_text_paragraph(t, 0, 2, t->res->choice);
            }
        }
        ccs_text_paragraph(t, 0, 2, t->res->verdicts[i].sentence);
    }
}

ccs_status ccs_report_text(const struct ccs_results *results, const char *command,
                           const struct ccs_report_text_options *options, struct ccs_report *report)
{
    struct ccs_text t = {.res = results, .options = options, .out = ccs_writer_open(report)};
    if (t.out == NULL) {
        return CCS_ENOMEM;
    }
    put_head(&t, command);
    if (results->policy_n > CCS_TEXT_COLUMNS) {
        ccs_text_answer_many(&t);
    } else {
        ccs_text_answer(&t);
        ccs_text_waterfall(&t);
        ccs_text_two_by_two(&t);
        ccs_text_dashboards(&t);
        ccs_text_settled(&t);
        ccs_text_ledger(&t);
        ccs_text_causes(&t);
        ccs_text_teams(&t);
    }
    put_load(&t);
    if (options->with_periods) {
        ccs_text_periods(&t);
    }
    put_breakeven(&t);
    ccs_text_precision(&t);
    put_balance(&t);
    put_warnings(&t);
    put_verdicts(&t);
    return ccs_writer_close(t.out, report, t.status);
}
