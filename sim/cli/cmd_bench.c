/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim bench: how fast a scenario runs here. The only command that tells the time. */
#include "cli/cli.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const struct argp_option options[] = {
    CCS_OPTION_POLICY, CCS_OPTION_SET,   CCS_OPTION_SEED,     CCS_OPTION_REPS, CCS_OPTION_JOBS,
    CCS_OPTION_QUIET,  CCS_OPTION_COLOR, CCS_OPTION_PROGRESS, CCS_OPTION_END,
};

static const struct ccs_usage usage = {
    .options = options,
    .args = "SCENARIO",
    .doc = "Run a scenario and tell how fast that was and how much memory it took.\v"
           "Examples:\n"
           "  ccsim bench scenarios/bench/erlang-a-100.json --reps 4 --jobs 1\n"
           "  ccsim bench scenarios/newspaper-refund.json\n",
    .file_min = 1,
    .file_max = 1,
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

static int bench(const struct ccs_options *o, const struct ccs_scenario *scenario)
{
    struct ccs_results *results = NULL;
    struct ccs_meter *meter = ccs_meter_start(o, "replications");
    struct ccs_experiment_options run = {
        .policy = o->policy,
        .replications = o->replications,
        .seed = o->seed,
        .jobs = o->jobs,
        .memory_limit = ccs_memory_limit(),
        .progress = ccs_meter_update,
        .context = meter,
        .stop = ccs_catch_interrupt(),
    };
    char message[600];
    double started_s = now_s();
    ccs_status status = ccs_experiment_run(scenario, &run, &results, message, sizeof message);
    double elapsed_s = now_s() - started_s;
    ccs_meter_stop(meter);
    if (status != CCS_OK) {
        ccs_complain(o, "%s", message[0] != '\0' ? message : ccs_status_text(status));
    }
    if (results != NULL) {
        print_speed(o, results, elapsed_s);
    }
    ccs_results_destroy(results);
    return ccs_exit_of(status);
}

static int run(int argc, char **argv)
{
    struct ccs_options o;
    struct ccs_scenario *scenario;
    ccs_options_parse(&o, &usage, argc, argv);
    ccs_catch_interrupt();
    int code = ccs_load(&o, o.files[0], &scenario);
    if (code == CCS_EXIT_OK) {
        code = bench(&o, scenario);
    }
    ccs_scenario_destroy(scenario);
    ccs_options_free(&o);
    return code;
}

const struct ccs_command ccs_command_bench = {
    .name = "bench",
    .args = "SCENARIO",
    .summary = "measure how fast a scenario runs here",
    .run = run,
};
