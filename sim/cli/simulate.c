/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `compare` and `run` have in common: see simulate.h. */
#include "cli/simulate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int report(const struct ccs_options *options, const struct ccs_results *results)
{
    struct ccs_report_text_options text = ccs_text_options(options);
    struct ccs_report out = {0};
    ccs_status status = CCS_ENOMEM;
    char *command = ccs_options_command(options);
    if (command != NULL) {
        status = options->format == CCS_FORMAT_JSON ? ccs_report_json(results, command, &out)
                 : options->format == CCS_FORMAT_CSV
                     ? ccs_report_csv(results, command, &out)
                     : ccs_report_text(results, command, &text, &out);
    }
    free(command);
    if (status != CCS_OK) {
        ccs_complain(options, "cannot write the result: %s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    return ccs_deliver(options, &out);
}

/* Was it said when the scenario was loaded? Results may have it cut. */
static bool is_told(const struct ccs_scenario *scenario, const struct ccs_warning *warning)
{
    bool is_one = false;
    for (size_t i = 0; i < scenario->warning_n; i++) {
        is_one = is_one ||
                 strncmp(scenario->warnings[i].text, warning->text, strlen(warning->text)) == 0;
    }
    return is_one;
}

/* The text form tells them itself; no need to say it twice on one terminal. */
static void print_warnings(const struct ccs_options *options, const struct ccs_results *results)
{
    bool is_seen =
        options->format == CCS_FORMAT_TEXT && options->output == NULL && isatty(STDOUT_FILENO);
    for (size_t i = 0; i < results->warning_n && !options->is_quiet && !is_seen; i++) {
        const struct ccs_warning *w = &results->warnings[i];
        if (!is_told(results->scenario, w)) {
            ccs_complain(options, "warning%s%s: %s", w->code == NULL ? "" : " ",
                         w->code == NULL ? "" : w->code, w->text);
        }
    }
}

int ccs_simulate_run(const struct ccs_options *options, const struct ccs_scenario *scenario,
                     struct ccs_results **results)
{
    struct ccs_precisions precisions;
    int parsed = ccs_precisions_parse(options, scenario, &precisions);
    if (parsed != CCS_EXIT_OK) {
        ccs_precisions_free(&precisions);
        return parsed;
    }
    struct ccs_meter *meter = ccs_meter_start(options, "replications");
    struct ccs_experiment_options run = {
        .policy = options->policy,
        .replications = options->replications,
        .seed = options->seed,
        .jobs = options->jobs,
        .memory_limit = ccs_memory_limit(),
        .independent_pasts = options->long_run,
        .progress = ccs_meter_update,
        .context = meter,
        .stop = ccs_catch_interrupt(),
        .precision = precisions.all,
        .precision_n = precisions.n,
        .replications_max = options->replications_max,
    };
    char message[600];
    ccs_status status = ccs_experiment_run(scenario, &run, results, message, sizeof message);
    ccs_meter_stop(meter);
    ccs_precisions_free(&precisions);
    if (message[0] != '\0' && status != CCS_OK) {
        ccs_complain(options, "%s", message);
    } else if (status != CCS_OK && status != CCS_EINTERRUPTED) {
        ccs_complain(options, "%s", ccs_status_text(status));
    }
    return ccs_exit_of(status);
}

int ccs_simulate_check(const struct ccs_options *options, const struct ccs_results *results)
{
    if (ccs_results_balanced(results)) {
        return CCS_EXIT_OK;
    }
    ccs_complain(options, "internal error: the checks of the run failed, the result is not to be "
                          "trusted");
    return CCS_EXIT_INTERNAL;
}

int ccs_simulate_report(struct ccs_options *options, struct ccs_scenario *scenario)
{
    struct ccs_results *results = NULL;
    int code = ccs_simulate_run(options, scenario, &results);
    if (results != NULL) {
        print_warnings(options, results);
        int written = report(options, results);
        code = written != CCS_EXIT_OK ? written : code;
        int balance = ccs_simulate_check(options, results);
        code = balance != CCS_EXIT_OK ? balance : code;
    }
    ccs_results_destroy(results);
    return code;
}
