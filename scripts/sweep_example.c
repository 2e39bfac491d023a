/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A parameter study from C: sweeps, shows its progress, can be stopped by Ctrl-C and goes on when
 * started again, and prints the answer at each point.
 *
 *   cc -o sweep_example sweep_example.c $(pkg-config --static --cflags --libs ccsim)
 *   ./sweep_example scenarios/minimal.json study.db */
#include <ccsim/ccsim.h>
#include <signal.h>
#include <stdio.h>

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    stop = number;
}

static void on_progress(void *context, const struct ccs_study_progress *p)
{
    (void)context;
    fprintf(stderr, "\r%zu of %zu replications", p->replications_done, p->replications);
}

int main(int argc, char **argv)
{
    const char *vary[] = {"/teams/agents/agents=12:16:2"};
    struct ccs_study_options options = CCS_STUDY_DEFAULTS;
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    struct ccs_study *study = NULL;
    struct ccs_result wait;
    char message[1000] = "usage: sweep_example SCENARIO STORE";
    options.scenario = argc == 3 ? argv[1] : "";
    options.store = argc == 3 ? argv[2] : NULL;
    options.vary = vary;
    options.vary_n = 1;
    options.replications = 5;
    options.progress = on_progress;
    options.stop = &stop;
    signal(SIGINT, on_signal);
    ccs_library_init();
    if (ccs_study_open(&study, &options, diagnostics, message, sizeof message) != CCS_OK ||
        ccs_study_run(study, message, sizeof message) != CCS_OK) {
        fprintf(stderr, "\n%s\n", message);
    }
    for (size_t i = 0; study != NULL && i < ccs_study_point_count(study); i++) {
        if (ccs_study_metric(study, i, ccs_study_policy(study, 0), "wait_mean", &wait)) {
            printf("%s agents: wait %.2f s (95 %%: %.2f to %.2f)\n", ccs_study_value(study, i, 0),
                   wait.mean, wait.lo, wait.hi);
        }
    }
    ccs_study_close(study);
    ccs_diagnostics_destroy(diagnostics);
    return study == NULL ? 1 : 0;
}
