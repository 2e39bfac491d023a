/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim explain: a scenario in plain language, or a diagnostic. */
#include "base/diag.h"
#include "cli/cli.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

static const struct argp_option options[] = {
    CCS_OPTION_SET, CCS_OPTION_OUTPUT, CCS_OPTION_QUIET, CCS_OPTION_COLOR, CCS_OPTION_END,
};

/* Writes the text, or says why there is none. */
static int finish(const struct ccs_options *o, ccs_status status, struct ccs_report *out)
{
    if (status != CCS_OK) {
        ccs_complain(o, "%s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    return ccs_deliver(o, out);
}

static int explain_code(const struct ccs_options *o, const struct ccs_diag_info *info)
{
    struct ccs_report out;
    struct ccs_report_text_options text = ccs_text_options(o);
    return finish(o, ccs_report_diagnostic(info, &text, &out), &out);
}

static int explain_scenario(struct ccs_options *o, struct ccs_scenario *scenario)
{
    struct ccs_report out;
    struct ccs_report_text_options text = ccs_text_options(o);
    return finish(o, ccs_report_explain(scenario, &text, &out), &out);
}

/* E or W and three digits, with or without the prefix: nobody calls a scenario that. */
static bool looks_like_code(const char *word)
{
    static const char prefix[] = "CCS-";
    if (strncasecmp(word, prefix, sizeof prefix - 1) == 0) {
        word += sizeof prefix - 1;
    }
    return strchr("EeWw", word[0]) != NULL && strlen(word) == 4 &&
           strspn(word + 1, "0123456789") == 3;
}

static int run(struct ccs_options *o)
{
    const char *word = o->files[0];
    const struct ccs_diag_info *info = ccs_diag_find(word);
    if (info == NULL && looks_like_code(word) && access(word, F_OK) != 0) {
        ccs_complain(o, "no diagnostic has the code '%s': copy it from the message that shows it",
                     word);
        return CCS_EXIT_USAGE;
    }
    return info != NULL ? explain_code(o, info) : ccs_with_scenario(o, explain_scenario);
}

const struct ccs_command ccs_command_explain = {
    .name = "explain",
    .summary = "say what a scenario, or a diagnostic, means",
    .args = "SCENARIO|CODE",
    .doc = "Say in plain language what a scenario means: policies, teams, who serves what, demand, "
           "active mechanisms, every value with where it comes from, and which assumptions favour "
           "a side. Or explain a diagnostic.\v"
           "Examples:\n"
           "  ccsim explain scenarios/newspaper-refund.json\n"
           "  ccsim explain CCS-E214\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
