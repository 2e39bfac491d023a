/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --precision: METRIC:WIDTH for every policy, POLICY/METRIC:WIDTH for one, A-B/METRIC:WIDTH for a
 * difference. WIDTH is a number in the unit of the metric, or with % a part of the mean. Names of
 * policies may themselves contain "-", "/" and ":"; what a text means is decided by the policies
 * there are.
 */
#include "cli/cli.h"
#include "format/document/text.h"

#include <stdlib.h>
#include <string.h>

/* Half-width and whether it is relative, behind the last colon. */
static const char *parse_width(const char *text, struct ccs_precision *result)
{
    const char *colon = strrchr(text, ':');
    if (colon == NULL || colon == text) {
        return "must be METRIC:WIDTH, such as wait_mean:5% or wait_mean:0.5";
    }
    size_t n = strlen(colon + 1);
    result->is_relative = n > 0 && colon[n] == '%';
    n -= result->is_relative;
    if (!ccs_text_number(colon + 1, n, &result->half_width) || result->half_width <= 0) {
        return "what follows the colon must be a number greater than 0, with % for a part of the "
               "mean";
    }
    if (result->is_relative) {
        result->half_width /= 100;
        if (result->half_width >= 1) {
            return "a part of the mean must be below 100%";
        }
    }
    return NULL;
}

const char *ccs_precision_fault(const char *text)
{
    struct ccs_precision ignored;
    return parse_width(text, &ignored);
}

/* The name of the policy that is just these n bytes; NULL if there is none. */
static const char *policy_of(const struct ccs_scenario *scenario, const char *text, size_t n)
{
    for (size_t p = 0; p < scenario->policy_n; p++) {
        const char *name = scenario->policies[p].name;
        if (strlen(name) == n && memcmp(name, text, n) == 0) {
            return name;
        }
    }
    return NULL;
}

/* In how many ways the n bytes can be read as A-B; the last one found. */
static size_t split(const struct ccs_scenario *scenario, const char *text, size_t n,
                    struct ccs_precision *result)
{
    size_t ways = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        const char *a = text[i] == '-' ? policy_of(scenario, text, i) : NULL;
        const char *b = a != NULL ? policy_of(scenario, text + i + 1, n - i - 1) : NULL;
        if (b != NULL && a != b) {
            result->a = a;
            result->b = b;
            ways++;
        }
    }
    return ways;
}

/* What stands before the last slash: a policy or a difference. */
static int parse_policies(const struct ccs_options *options, const struct ccs_scenario *scenario,
                          const char *text, size_t n, struct ccs_precision *result)
{
    size_t ways = split(scenario, text, n, result);
    const char *one = policy_of(scenario, text, n);
    if (one != NULL) {
        result->a = one;
        result->b = NULL;
        ways++;
    }
    if (ways == 1) {
        return CCS_EXIT_OK;
    }
    if (ways > 1) {
        ccs_complain(
            options,
            "--precision: '%.*s' can be read in several ways, as names of policies contain "
            "'-'; rename one",
            (int)n, text);
        return CCS_EXIT_USAGE;
    }
    char *name = strndup(text, n);
    char suggestion[CCS_SUGGEST_TEXT];
    ccs_complain(options, "--precision: '%.*s' is no policy and no difference A-B of two%s", (int)n,
                 text, ccs_scenario_suggest(suggestion, scenario, name != NULL ? name : ""));
    free(name);
    return CCS_EXIT_USAGE;
}

/* `metric` has room for the whole text. */
static int parse(const struct ccs_options *options, const struct ccs_scenario *scenario,
                 const char *text, char *metric, struct ccs_precision *result)
{
    *result = (struct ccs_precision){.metric = metric};
    parse_width(text, result); /* it was looked at before */
    size_t n = (size_t)(strrchr(text, ':') - text);
    size_t slash = n;
    while (slash > 0 && text[slash - 1] != '/') {
        slash--;
    }
    memcpy(metric, text + slash, n - slash);
    metric[n - slash] = '\0';
    return slash > 0 ? parse_policies(options, scenario, text, slash - 1, result) : CCS_EXIT_OK;
}

int ccs_precisions_parse(const struct ccs_options *options, const struct ccs_scenario *scenario,
                         struct ccs_precisions *result)
{
    size_t length = 1;
    for (size_t i = 0; i < options->precision_n; i++) {
        length += strlen(options->precisions[i]) + 1;
    }
    *result = (struct ccs_precisions){
        .all = calloc(options->precision_n + 1, sizeof *result->all),
        .n = options->precision_n,
        .text = malloc(length),
    };
    if (result->all == NULL || result->text == NULL) {
        ccs_complain(options, "out of memory");
        return CCS_EXIT_IO;
    }
    char *metric = result->text;
    int code = CCS_EXIT_OK;
    for (size_t i = 0; i < result->n && code == CCS_EXIT_OK; i++) {
        code = parse(options, scenario, options->precisions[i], metric, &result->all[i]);
        metric += strlen(options->precisions[i]) + 1;
    }
    return code;
}

void ccs_precisions_free(struct ccs_precisions *precisions)
{
    free(precisions->all);
    free(precisions->text);
    *precisions = (struct ccs_precisions){0};
}
