/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ccsim from C: the difference of two policies, with as many replications as the answer needs, and
 * with progress. Ctrl-C stops it and shows what there is. After `make install`:
 *
 *   cc scripts/library_example.c $(pkg-config --cflags --libs ccsim) -o compare
 *   ./compare scenarios/newspaper-refund.json empowered_first_contact escalate_late 0.05
 */
#include <ccsim/ccsim.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile int stop; /* may be set by a signal, another thread or the callback */

static void on_interrupt(int signal)
{
    stop = signal;
}

static void on_progress(void *context, const struct ccs_progress *progress)
{
    fprintf(context, "%zu of %zu replications\n", progress->done, progress->total);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    struct ccs_precision wanted = {"net_value_per_customer", argv[2], argv[3], atof(argv[4]),
                                   false};
    struct ccs_experiment_options options = CCS_EXPERIMENT_DEFAULTS;
    options.progress = on_progress;
    options.context = stderr;
    options.stop = &stop;
    options.precision = &wanted;
    options.precision_n = 1;
    signal(SIGINT, on_interrupt);
    ccs_library_init();

    struct ccs_diagnostics *faults = ccs_diagnostics_create();
    struct ccs_scenario *scenario;
    ccs_status status = ccs_scenario_load(&scenario, argv[1], NULL, 0, faults);
    for (size_t i = 0; i < ccs_diagnostics_count(faults); i++) {
        fprintf(stderr, "%s\n", ccs_diagnostics_line(faults, i));
    }
    struct ccs_results *results = NULL;
    char message[500] = "cannot load it";
    if (scenario != NULL) {
        status = ccs_experiment_run(scenario, &options, &results, message, sizeof message);
    }
    struct ccs_result value;
    if (results != NULL) { /* all of it, or what was finished before the stop */
        ccs_results_difference(results, (size_t)ccs_scenario_policy(scenario, wanted.a),
                               (size_t)ccs_scenario_policy(scenario, wanted.b), wanted.metric,
                               &value);
        printf("%.3f (95 %%: %.3f to %.3f) after %zu replications%s\n", value.mean, value.lo,
               value.hi, value.n, status == CCS_OK ? "" : ", stopped");
    } else {
        fprintf(stderr, "%s: %s\n", ccs_status_text(status), message);
    }
    ccs_results_destroy(results);
    ccs_scenario_destroy(scenario);
    ccs_diagnostics_destroy(faults);
    return status == CCS_OK ? 0 : 1;
}
