/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A check as JUnit XML, the form CI services show: a test case per metric and policy, per fact
 * about the whole run, and per expectation. There is no standard; this is the part all readers know
 * (testsuites, testsuite with counts, testcase with failure or skipped).
 */
#include "report/check.h"
#include "report/writer.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* XML 1.0 text: markup escaped; control characters, which it cannot hold, as '?'; what is not
 * UTF-8 as '?', too. */
static void put_xml(FILE *out, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    while (*s) {
        unsigned length = *s < 0x80 ? 1 : *s >= 0xF0 ? 4 : *s >= 0xE0 ? 3 : *s >= 0xC2 ? 2 : 0;
        bool is_whole = length > 0 && *s < 0xF5;
        for (unsigned i = 1; i < length && is_whole; i++) {
            is_whole = (s[i] & 0xC0) == 0x80;
        }
        /* surrogates, overlong forms, and U+FFFE and U+FFFF are no XML characters */
        bool is_odd = length >= 3 && is_whole &&
                      ((s[0] == 0xED && s[1] >= 0xA0) || (s[0] == 0xE0 && s[1] < 0xA0) ||
                       (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] >= 0x90) ||
                       (s[0] == 0xEF && s[1] == 0xBF && s[2] >= 0xBE));
        if (!is_whole || is_odd || (*s < 0x20) || *s == 0x7F) {
            fputc('?', out);
            s += is_odd ? length : 1;
            continue;
        }
        switch (*s) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fwrite(s, 1, length, out);
        }
        s += length;
    }
}

/* Opens a test case; the class names scenario and policy. */
static void begin_case(FILE *out, const struct ccs_check *check, const char *class,
                       const char *name)
{
    fputs("    <testcase classname=\"", out);
    put_xml(out, check->scenario->name);
    fputc('.', out);
    put_xml(out, class);
    fputs("\" name=\"", out);
    put_xml(out, name);
    fputs("\"", out);
}

enum result {
    PASSED,
    FAILED,
    SKIPPED
};

static void end_case(FILE *out, enum result result, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void end_case(FILE *out, enum result result, const char *format, ...)
{
    char text[700];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (result == PASSED) {
        fputs("/>\n", out);
        return;
    }
    fprintf(out, ">\n      <%s message=\"", result == FAILED ? "failure" : "skipped");
    put_xml(out, text);
    fputs("\"/>\n    </testcase>\n", out);
}

static enum result of_line(const struct ccs_regression *regression,
                           const struct ccs_regression_line *line)
{
    switch (line->outcome) {
    case CCS_REGRESSION_MOVED:
    case CCS_REGRESSION_NEW:
    case CCS_REGRESSION_GONE:
        return FAILED;
    case CCS_REGRESSION_UNDECIDED:
        return regression->is_lenient ? SKIPPED : FAILED;
    case CCS_REGRESSION_UNJUDGED:
        return SKIPPED;
    default:
        return PASSED;
    }
}

static enum result of_test(const struct ccs_check *check, const struct ccs_expect_test *t)
{
    switch (t->outcome) {
    case CCS_EXPECT_FAILS:
        return FAILED;
    case CCS_EXPECT_UNDECIDED:
        return check->expect->is_lenient ? SKIPPED : FAILED;
    case CCS_EXPECT_NOT_RUN:
        return SKIPPED;
    default:
        return PASSED;
    }
}

static void put_gate(FILE *out, const struct ccs_check *check)
{
    const struct ccs_regression *regression = check->regression;
    for (size_t i = 0; i < regression->fact_n; i++) {
        if (regression->facts[i].is_fault) {
            begin_case(out, check, "run", regression->facts[i].what);
            end_case(out, FAILED, "%s", regression->facts[i].text);
        }
    }
    for (size_t i = 0; i < regression->line_n; i++) {
        const struct ccs_regression_line *line = &regression->lines[i];
        begin_case(out, check, line->policy, line->metric);
        if (!line->was || !line->now) {
            end_case(out, FAILED, "%s since the baseline: record it anew with --update",
                     ccs_regression_outcome_name(regression->mode, line->outcome));
            continue;
        }
        end_case(
            out, of_line(regression, line), "%s: was %.9g, is %.9g %s, difference %.6g, %s %.6g",
            ccs_regression_outcome_name(regression->mode, line->outcome), line->was->mean,
            line->now->mean, line->unit, line->difference,
            regression->mode == CCS_REGRESSION_EQUIVALENCE ? "margin" : "tolerance", line->width);
    }
}

static void put_expectations(FILE *out, const struct ccs_check *check)
{
    for (size_t i = 0; i < check->expect->n; i++) {
        const struct ccs_expect_test *t = &check->expect->tests[i];
        begin_case(out, check, t->policy ? t->policy : "compare", t->expectation->text);
        end_case(out, of_test(check, t), "%s: %.9g (95 %%: %.9g to %.9g)",
                 ccs_expect_outcome_name(t->outcome), t->estimate.mean, t->estimate.lo,
                 t->estimate.hi);
    }
}

static void count(size_t counts[3], const struct ccs_check *check)
{
    for (size_t i = 0; check->regression && i < check->regression->fact_n; i++) {
        counts[FAILED] += check->regression->facts[i].is_fault;
    }
    for (size_t i = 0; check->regression && i < check->regression->line_n; i++) {
        counts[of_line(check->regression, &check->regression->lines[i])]++;
    }
    for (size_t i = 0; i < check->expect->n; i++) {
        counts[of_test(check, &check->expect->tests[i])]++;
    }
}

ccs_status ccs_report_check_junit(const struct ccs_check *check, struct ccs_report *report)
{
    size_t counts[3] = {0};
    FILE *out = ccs_writer_open(report);
    if (!out) {
        return ccs_writer_close(out, report, CCS_ENOMEM);
    }
    count(counts, check);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"ccsim "
          "check ",
          out);
    put_xml(out, check->scenario->name);
    fprintf(out, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n",
            counts[PASSED] + counts[FAILED] + counts[SKIPPED], counts[FAILED], counts[SKIPPED]);
    if (check->regression) {
        put_gate(out, check);
    }
    put_expectations(out, check);
    fputs("  </testsuite>\n</testsuites>\n", out);
    return ccs_writer_close(out, report, CCS_OK);
}
