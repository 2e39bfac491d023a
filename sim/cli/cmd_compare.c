/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim compare: all policies on common random numbers. */
#include "cli/simulate.h"

static const struct argp_option options[] = {
    CCS_OPTION_SET,      CCS_OPTION_SEED,  CCS_OPTION_REPS,     CCS_OPTION_PRECISION,
    CCS_OPTION_MAX_REPS, CCS_OPTION_JOBS,  CCS_OPTION_FORMAT,   CCS_OPTION_OUTPUT,
    CCS_OPTION_QUIET,    CCS_OPTION_COLOR, CCS_OPTION_PROGRESS, CCS_OPTION_LONG_RUN,
    CCS_OPTION_END,
};

static int run(struct ccs_options *o)
{
    return ccs_with_scenario(o, ccs_simulate_report);
}

const struct ccs_command ccs_command_compare = {
    .name = "compare",
    .summary = "compare all policies of a scenario",
    .args = "SCENARIO",
    .doc = "Simulate all policies of a scenario for the same customers with the same problems, and "
           "compare them: cost, churn, handle time, with 95 % intervals and a verdict.\v"
           "In CSV a name that begins with = + - or @ has an apostrophe in front, or spreadsheets "
           "would take it for a formula.\n"
           "\n"
           "Examples:\n"
           "  ccsim compare scenarios/newspaper-refund.json\n"
           "  ccsim compare scenarios/bank.json --set /run/replications=50\n"
           "  ccsim compare scenarios/bank.json --format json -o bank-results.json\n"
           "  ccsim compare scenarios/newspaper-refund.json --precision \\\n"
           "    empowered_first_contact-escalate_late/net_value_per_customer:0.05\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
