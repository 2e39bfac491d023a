/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One results table, several forms: text for people, JSON and CSV for programs. And two documents
 * about things rather than results: a scenario in plain language, the table of metrics.
 *
 * Nothing here prints: every function hands back a text. JSON and CSV hold nothing that depends on
 * the clock on the wall, on threads, on the locale or on where they are shown, so equal results are
 * equal files.
 */
#ifndef CCS_REPORT_REPORT_H
#define CCS_REPORT_REPORT_H

#include "experiment/results.h"
#include "experiment/scenario.h"

#include <ccsim/status.h>
#include <stdbool.h>
#include <stddef.h>

/* A finished text; `text` is the caller's to free, and NULL after a failure. */
struct ccs_report {
    char *text;
    size_t size; /* without the terminating NUL */
};

struct ccs_report_text_options {
    size_t width;      /* of a line, in columns: tables are broken into blocks that fit */
    bool is_utf8;      /* false: ASCII only. true needs an LC_CTYPE with UTF-8 */
    bool is_bold;      /* headings in bold, by terminal escapes */
    bool with_periods; /* the period table of the first policy */
};

/* `command` repeats the result and is written into it. CCS_OK or CCS_ENOMEM, for all of these. */
ccs_status ccs_report_text(const struct ccs_results *results, const char *command,
                           const struct ccs_report_text_options *options,
                           struct ccs_report *report);
ccs_status ccs_report_json(const struct ccs_results *results, const char *command,
                           struct ccs_report *report);
ccs_status ccs_report_csv(const struct ccs_results *results, const char *command,
                          struct ccs_report *report);

/* What the scenario says, resolved: policies, teams, who serves what, demand, mechanisms, every
 * value with where it comes from, and which defaults favour a side. */
ccs_status ccs_report_explain(const struct ccs_scenario *scenario,
                              const struct ccs_report_text_options *options,
                              struct ccs_report *report);

/* What a diagnostic means. */
struct ccs_diag_info;
ccs_status ccs_report_diagnostic(const struct ccs_diag_info *info,
                                 const struct ccs_report_text_options *options,
                                 struct ccs_report *report);

/* The table of metrics in Markdown. */
ccs_status ccs_report_metrics_markdown(struct ccs_report *report);

#endif
