/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim run: one policy. */
#include "cli/simulate.h"

static const struct argp_option options[] = {
    CCS_OPTION_POLICY,    CCS_OPTION_SET,      CCS_OPTION_SEED,  CCS_OPTION_REPS,
    CCS_OPTION_PRECISION, CCS_OPTION_MAX_REPS, CCS_OPTION_JOBS,  CCS_OPTION_FORMAT,
    CCS_OPTION_PERIODS,   CCS_OPTION_OUTPUT,   CCS_OPTION_QUIET, CCS_OPTION_COLOR,
    CCS_OPTION_PROGRESS,  CCS_OPTION_END,
};

static int simulate(struct ccs_options *o, struct ccs_scenario *scenario)
{
    if (o->policy == NULL) {
        o->policy = scenario->policies[scenario->baseline].name;
    }
    if (ccs_scenario_policy(scenario, o->policy) >= 0) {
        return ccs_simulate_report(o, scenario);
    }
    char suggestion[CCS_SUGGEST_TEXT];
    ccs_complain(o, "--policy: the scenario has no policy named '%s'%s", o->policy,
                 ccs_scenario_suggest(suggestion, scenario, o->policy));
    return CCS_EXIT_USAGE;
}

static int run(struct ccs_options *o)
{
    return ccs_with_scenario(o, simulate);
}

const struct ccs_command ccs_command_run = {
    .name = "run",
    .summary = "simulate one policy",
    .args = "SCENARIO",
    .doc = "Simulate one policy of a scenario: the one given by --policy, else the baseline.\v"
           "Examples:\n"
           "  ccsim run scenarios/bank.json --periods\n"
           "  ccsim run scenarios/newspaper-refund.json --policy empowered_first_contact\n"
           "  ccsim run scenarios/bench/erlang-a-100.json --reps 5 --format csv > results.csv\n"
           "  ccsim run scenarios/minimal.json --precision wait_mean:5% --precision \\\n"
           "    abandonment_rate:0.01 --max-reps 500\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
