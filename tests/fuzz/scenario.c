/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario from memory: parsed, bound, compiled, explained; and what is accepted is run for a
 * moment, must balance, and is reported. */
#include "fuzz/fuzz.h"
#include "report/report.h"

#include <signal.h>
#include <sys/time.h>

enum {
    RUN_US = 200000,              /* of processor time; then the run is stopped */
    MEMORY_MAX = 64 * 1024 * 1024 /* of a run */
};

static volatile int stop;

static void on_time(int signal)
{
    (void)signal;
    stop = 1;
}

static void limit_time(long us)
{
    struct sigaction action = {.sa_handler = on_time, .sa_flags = SA_RESTART};
    struct itimerval timer = {.it_value = {.tv_usec = us}};
    stop = 0;
    sigaction(SIGVTALRM, &action, NULL);
    setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static void explain(const struct ccs_scenario *sc)
{
    const struct ccs_report_text_options options = {.width = 80, .is_utf8 = false};
    struct ccs_report report;
    FUZZ_CHECK(ccs_report_explain(sc, &options, &report) == CCS_OK);
    free(report.text);
}

static void report_all(const struct ccs_results *results)
{
    const struct ccs_report_text_options options = {
        .width = 80, .is_utf8 = false, .with_periods = true};
    struct ccs_report report;
    FUZZ_CHECK(ccs_report_text(results, "ccsim", &options, &report) == CCS_OK);
    free(report.text);
    FUZZ_CHECK(ccs_report_json(results, "ccsim", &report) == CCS_OK);
    static const char *const no_numbers[] = {": nan", ": -nan", ": inf", ": -inf"};
    for (size_t i = 0; i < sizeof no_numbers / sizeof no_numbers[0]; i++) {
        FUZZ_CHECK(strstr(report.text, no_numbers[i]) == NULL); /* texts stand in quotes */
    }
    free(report.text);
}

static void run(const struct ccs_scenario *sc)
{
    const struct ccs_experiment_options options = {
        .replications = 2, .seed = -1, .jobs = 1, .memory_limit = MEMORY_MAX, .stop = &stop};
    struct ccs_results *results = NULL;
    char message[600];
    limit_time(RUN_US);
    ccs_status status = ccs_experiment_run(sc, &options, &results, message, sizeof message);
    limit_time(0);
    if (status == CCS_OK) {
        FUZZ_CHECK(ccs_results_balanced(results));
        report_all(results);
    } else {
        FUZZ_CHECK(message[0] != '\0');
    }
    ccs_results_destroy(results);
}

static void scenario(const char *text, size_t size)
{
    static const char *const sets[] = {"/run/horizon=6 h", "/run/warmup=1 h", "/run/follow_up=6 h"};
    struct ccs_scenario *sc;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status = ccs_scenario_parse(&sc, "input", "/nowhere", text, size, NULL, 0, diags);
    fuzz_refusal(diags, status);
    ccs_diagnostics_destroy(diags);
    if (status != CCS_OK) {
        return;
    }
    explain(sc);
    ccs_scenario_destroy(sc);
    diags = ccs_diagnostics_create();
    if (ccs_scenario_parse(&sc, "input", "/nowhere", text, size, sets, 3, diags) == CCS_OK) {
        run(sc);
        ccs_scenario_destroy(sc);
    }
    ccs_diagnostics_destroy(diags);
}

FUZZ_TARGET(scenario)
