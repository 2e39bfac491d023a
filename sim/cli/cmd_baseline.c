/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim baseline: what this version finds, kept for `ccsim check`. */
#include "cli/simulate.h"
#include "cli/tracing.h"

static const struct argp_option options[] = {
    CCS_OPTION_SET,       CCS_OPTION_SEED,  CCS_OPTION_REPS,     CCS_OPTION_POLICY,
    CCS_OPTION_TOLERANCE, CCS_OPTION_JOBS,  CCS_OPTION_OUTPUT,   CCS_OPTION_TRAIL,
    CCS_OPTION_QUIET,     CCS_OPTION_COLOR, CCS_OPTION_PROGRESS, CCS_OPTION_END,
};

static const struct ccs_tolerance standard = {"*", CCS_TOLERANCE_INTERVAL, 1.0};

static int deliver(const struct ccs_options *o, const struct ccs_results *results)
{
    struct ccs_tracing tracing;
    struct ccs_baseline baseline = {0};
    int code = ccs_tracing_run(&tracing, o, results, NULL, NULL, o->trail != NULL);
    if (code == CCS_EXIT_OK) {
        bool has_own = o->tolerance_n > 0;
        ccs_status status =
            ccs_baseline_make(&baseline, results, o->policy, &tracing.trace,
                              has_own ? o->tolerances : &standard, has_own ? o->tolerance_n : 1);
        code = ccs_exit_of(status);
        if (status != CCS_OK) {
            ccs_complain(o, "%s", ccs_status_text(status));
        }
    }
    if (code == CCS_EXIT_OK) {
        code = ccs_tracing_save(o, &baseline, o->output, &tracing, o->trail);
    }
    ccs_baseline_fini(&baseline);
    ccs_tracing_fini(&tracing);
    return code;
}

static int baseline(struct ccs_options *o, struct ccs_scenario *scenario)
{
    struct ccs_results *results = NULL;
    int code = ccs_simulate_run(o, scenario, &results);
    if (code == CCS_EXIT_OK) {
        code = ccs_simulate_check(o, results);
    }
    if (code == CCS_EXIT_OK) {
        code = deliver(o, results);
    }
    ccs_results_destroy(results);
    return code;
}

static int run(struct ccs_options *o)
{
    return ccs_with_scenario(o, baseline);
}

const struct ccs_command ccs_command_baseline = {
    .name = "baseline",
    .summary = "keep what a scenario gives, for check",
    .args = "SCENARIO",
    .doc = "Simulate a scenario and keep what was found (every metric with its interval, the "
           "signatures, fingerprints of the events) as a small JSON file that belongs beside the "
           "scenario in your repository; `ccsim check` compares later runs with it.\v"
           "Tolerances stand in the file and may be edited there; without --tolerance it is "
           "\"*\": \"ci95\".\n"
           "\n"
           "Examples:\n"
           "  ccsim baseline scenarios/newspaper-refund.json -o newspaper-refund.baseline.json\n"
           "  ccsim baseline scenarios/bank.json --tolerance '*:1%' --tolerance wait_mean:0.5 \\\n"
           "        -o bank.baseline.json\n"
           "  ccsim check scenarios/bank.json --baseline bank.baseline.json\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
