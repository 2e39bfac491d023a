/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim validate: every problem of every file at once. */
#include "cli/cli.h"

#include <stdio.h>

static const struct argp_option options[] = {
    CCS_OPTION_SET,
    CCS_OPTION_QUIET,
    CCS_OPTION_COLOR,
    CCS_OPTION_END,
};

static int run(struct ccs_options *o)
{
    int worst = CCS_EXIT_OK;
    const volatile int *stop = ccs_catch_interrupt();
    for (size_t i = 0; i < o->file_n && !*stop; i++) {
        struct ccs_scenario *scenario;
        int code = ccs_load(o, o->files[i], &scenario);
        if (code == CCS_EXIT_OK) {
            printf("%s: ok\n", o->files[i]);
        }
        worst = code > worst ? code : worst;
        ccs_scenario_destroy(scenario);
    }
    return *stop ? ccs_exit_of(CCS_EINTERRUPTED) : worst;
}

const struct ccs_command ccs_command_validate = {
    .name = "validate",
    .summary = "check scenarios and print every problem",
    .args = "SCENARIO...",
    .doc = "Check scenarios without running them, and print every problem: file, line, column, "
           "code, place, what is wrong. `ccsim explain CODE` says more about one.\v"
           "Exit status: 0 all are good, 3 some are not, 4 a file cannot be read.\n"
           "\n"
           "Examples:\n"
           "  ccsim validate my-center.json\n"
           "  ccsim validate scenarios/*.json\n"
           "  ccsim validate my-center.json --set /teams/billing/agents=12\n",
    .file_min = 1,
    .file_max = SIZE_MAX,
    .options = options,
    .run = run,
};
