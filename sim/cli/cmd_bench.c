/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim bench: how fast a scenario runs here. The only command that tells the time. */
#include "cli/simulate.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const struct argp_option options[] = {
    CCS_OPTION_POLICY, CCS_OPTION_SET,   CCS_OPTION_SEED,     CCS_OPTION_REPS, CCS_OPTION_JOBS,
    CCS_OPTION_QUIET,  CCS_OPTION_COLOR, CCS_OPTION_PROGRESS, CCS_OPTION_END,
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void print_speed(const struct ccs_options *o, const struct ccs_results *results,
                        double elapsed_s)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double worlds = (double)(results->replications * results->policy_n);
    double cpu_s = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    printf("%zu replications of %zu policies, %.3g million events\n", results->replications,
           results->policy_n, (double)results->events / 1e6);
    printf("elapsed      %10.2f s, %ld jobs\n", elapsed_s, o->jobs > 0 ? o->jobs : processors);
    printf("processor    %10.2f s\n", cpu_s);
    printf("events       %10.3g per s elapsed\n", (double)results->events / elapsed_s);
    printf("replications %10.3g per s elapsed, of one policy each\n", worlds / elapsed_s);
    printf("peak memory  %10.1f MB\n", (double)used.ru_maxrss / 1024);
}

static int bench(struct ccs_options *o, struct ccs_scenario *scenario)
{
    struct ccs_results *results = NULL;
    double started_s = now_s();
    int code = ccs_simulate_run(o, scenario, &results);
    double elapsed_s = now_s() - started_s;
    if (code >= CCS_EXIT_SIGNAL) { /* the figures do not show it */
        ccs_complain(o, "%s", ccs_status_text(CCS_EINTERRUPTED));
    }
    if (results != NULL) {
        print_speed(o, results, elapsed_s);
    }
    ccs_results_destroy(results);
    return code;
}

static int run(struct ccs_options *o)
{
    return ccs_with_scenario(o, bench);
}

const struct ccs_command ccs_command_bench = {
    .name = "bench",
    .summary = "measure how fast a scenario runs here",
    .args = "SCENARIO",
    .doc = "Run a scenario and tell how fast that was and how much memory it took.\v"
           "Examples:\n"
           "  ccsim bench scenarios/bench/erlang-a-100.json --reps 4 --jobs 1\n"
           "  ccsim bench scenarios/newspaper-refund.json\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
