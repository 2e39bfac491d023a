/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tolerances as text and as widths: see tolerance.h. */
#include "gate/tolerance.h"

#include "experiment/metrics.h"
#include "format/document/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEAST 1e-6 /* relative: what differs by less differs by rounding */

static bool parse_amount(const char *text, struct ccs_tolerance *tolerance,
                         char fault[CCS_TOLERANCE_FAULT])
{
    size_t n = strlen(text);
    bool is_relative = n > 0 && text[n - 1] == '%';
    double value;
    if (strcmp(text, "ci95") == 0) {
        tolerance->kind = CCS_TOLERANCE_INTERVAL;
        tolerance->value = 1.0;
        return true;
    }
    if (!ccs_text_number(text, n - is_relative, &value) || value < 0) {
        snprintf(fault, CCS_TOLERANCE_FAULT,
                 "must be a number >= 0 in the unit of the metric, a percentage like \"2%%\", or "
                 "\"ci95\" (found '%.60s')",
                 text);
        return false;
    }
    tolerance->kind = is_relative ? CCS_TOLERANCE_RELATIVE : CCS_TOLERANCE_ABSOLUTE;
    tolerance->value = is_relative ? value / 100 : value;
    return true;
}

bool ccs_tolerance_parse(const char *text, struct ccs_tolerance *tolerance,
                         char fault[CCS_TOLERANCE_FAULT])
{
    const char *colon = strchr(text, ':');
    char name[100];
    if (!colon || colon == text || (size_t)(colon - text) >= sizeof name) {
        snprintf(fault, CCS_TOLERANCE_FAULT,
                 "must be METRIC:AMOUNT, as in wait_mean:2%% or '*:1%%' (found '%.60s')", text);
        return false;
    }
    memcpy(name, text, (size_t)(colon - text));
    name[colon - text] = '\0';
    int metric = ccs_metric_find(name);
    if (metric < 0 && strcmp(name, "*") != 0) {
        char suggestion[CCS_SUGGEST_TEXT];
        snprintf(fault, CCS_TOLERANCE_FAULT, "no metric '%.60s'%s", name,
                 ccs_metric_suggest(suggestion, name));
        return false;
    }
    tolerance->metric = metric < 0 ? "*" : ccs_metrics[metric].name;
    return parse_amount(colon + 1, tolerance, fault);
}

char *ccs_tolerance_text(char text[CCS_TOLERANCE_TEXT], const struct ccs_tolerance *tolerance)
{
    bool is_relative = tolerance->kind == CCS_TOLERANCE_RELATIVE;
    if (tolerance->kind == CCS_TOLERANCE_INTERVAL) {
        snprintf(text, CCS_TOLERANCE_TEXT, "ci95");
        return text;
    }
    /* 0.07 * 100 is not 7: round to what was typed */
    char digits[CCS_TOLERANCE_TEXT];
    snprintf(digits, sizeof digits, "%.12g", tolerance->value * (is_relative ? 100 : 1));
    snprintf(text, CCS_TOLERANCE_TEXT, "%.30s%s", digits, is_relative ? "%" : "");
    return text;
}

const struct ccs_tolerance *ccs_tolerance_find(const struct ccs_tolerance *list, size_t n,
                                               const char *metric)
{
    const struct ccs_tolerance *all = NULL;
    for (size_t i = n; i-- > 0;) {
        if (strcmp(list[i].metric, metric) == 0) {
            return &list[i];
        }
        if (!all && strcmp(list[i].metric, "*") == 0) {
            all = &list[i];
        }
    }
    return all;
}

double ccs_tolerance_width(const struct ccs_tolerance *tolerance, double mean, double half_width)
{
    switch (tolerance->kind) {
    case CCS_TOLERANCE_ABSOLUTE:
        return tolerance->value;
    case CCS_TOLERANCE_RELATIVE:
        return tolerance->value * fabs(mean);
    case CCS_TOLERANCE_INTERVAL:
        break;
    }
    return fmax(isfinite(half_width) ? half_width : 0.0, LEAST * fabs(mean));
}
