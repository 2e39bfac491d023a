/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The long count of `make intervals`: every study some thousand times, a line per check. Exit code
 * 1 if a coverage, as counted, lies outside of its limits.
 *
 *   intervals [TRIALS [JOBS [NAME]]]      default: 4000 trials on all cores; of the studies those
 *                                         in whose name NAME occurs
 */
#include "study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHECKS = 16
};

int main(int argc, char **argv)
{
    size_t trials = argc > 1 ? strtoul(argv[1], NULL, 10) : 4000;
    int jobs = argc > 2 ? atoi(argv[2]) : 0;
    size_t failed = 0;
    size_t checked = 0;
    if (trials == 0) {
        fputs("usage: intervals [TRIALS [JOBS [NAME]]]\n", stderr);
        return 2;
    }
    ccs_library_init();
    printf("%zu experiments each; share of 95 %% intervals that hold the known answer\n", trials);
    for (size_t s = 0; s < study_n; s++) {
        if (argc > 3 && strstr(studies[s].name, argv[3]) == NULL) {
            continue;
        }
        struct tally tallies[CHECKS];
        if (studies[s].check_n > CHECKS || !study_run(&studies[s], trials, 1, jobs, tallies)) {
            return 70;
        }
        printf("\n%s\n", studies[s].name);
        for (size_t k = 0; k < studies[s].check_n; k++) {
            const struct check *check = &studies[s].checks[k];
            const struct tally *t = &tallies[k];
            bool is_ok = tally_is_ok(t, check, 0);
            printf("  %-20s %-6s %6.2f %%  too high %5.2f %%, too low %5.2f %%, none %5.2f %%, "
                   "replications %5.1f%s\n",
                   check->metric, check->b ? "a - b" : check->a,
                   100 * (double)t->held / (double)trials, 100 * (double)t->above / (double)trials,
                   100 * (double)t->below / (double)trials,
                   100 * (double)t->missing / (double)trials, t->replications,
                   is_ok ? "" : "  OUTSIDE");
            fflush(stdout);
            failed += !is_ok;
            checked++;
        }
    }
    printf("\n%zu passed, %zu failed\n", checked - failed, failed);
    return failed > 0;
}
