/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim sweep: a scenario at many points, into a store. */
#include "cli/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option options[] = {
    {"vary", CCS_KEY_VARY, "/POINTER=VALUES", 0,
     "Vary one value of the scenario (repeatable): a,b,c or lo:hi:step, or lo..hi for designs "
     "other "
     "than grid",
     1},
    {"design", CCS_KEY_DESIGN, "grid|lhs|sobol|halton", 0,
     "Every combination, a Latin hypercube, or a quasi-random sequence (default: grid)", 1},
    {"points", CCS_KEY_POINTS, "N", 0, "Points of the design, 1 to 100,000", 1},
    {"points-file", CCS_KEY_POINTS_FILE, "FILE", 0,
     "Take the points from a CSV file with pointers as header, or a JSON list of objects", 1},
    {"design-seed", CCS_KEY_DESIGN_SEED, "N", 0, "Which Latin hypercube (default: 1)", 1},
    {"store", CCS_KEY_STORE, "FILE", 0, "The SQLite database the results go into", 1},
    {"dry-run", CCS_KEY_DRY_RUN, NULL, 0, "Only show the points and what is missing", 1},
    {"keep-going", CCS_KEY_KEEP_GOING, NULL, 0, "Record points that fail, and go on", 1},
    {"metric", CCS_KEY_METRIC, "NAME", 0,
     "Show this metric in the end (repeatable; default: the one that decides)", 2},
    CCS_OPTION_SET,
    CCS_OPTION_POLICY,
    CCS_OPTION_SEED,
    CCS_OPTION_REPS,
    CCS_OPTION_LONG_RUN,
    CCS_OPTION_JOBS,
    CCS_OPTION_OUTPUT,
    CCS_OPTION_QUIET,
    CCS_OPTION_COLOR,
    CCS_OPTION_PROGRESS,
    CCS_OPTION_END,
};

struct sweep {
    const struct ccs_options *options;
    struct ccs_study *study;
    struct ccs_meter *meter;
};

static void on_progress(void *context, const struct ccs_study_progress *progress)
{
    struct ccs_progress replications = {.done = progress->replications_done,
                                        .total = progress->replications};
    ccs_meter_update(context, &replications);
}

static int check_metrics(const struct ccs_options *o)
{
    for (size_t i = 0; i < o->metric_n; i++) {
        int index = ccs_metric_find(o->metrics[i]);
        if (index >= 0 && (ccs_metrics[index].slices >> CCS_SLICE_ALL & 1) != 0) {
            continue;
        }
        char suggestion[CCS_SUGGEST_TEXT];
        ccs_complain(o, "--metric: there is no metric '%s' of the whole run%s", o->metrics[i],
                     ccs_metric_suggest(suggestion, o->metrics[i]));
        return CCS_EXIT_USAGE;
    }
    return CCS_EXIT_OK;
}

static int open_study(struct sweep *sweep)
{
    const struct ccs_options *o = sweep->options;
    struct ccs_study_options study = CCS_STUDY_DEFAULTS;
    study.scenario = o->files[0];
    study.sets = o->sets;
    study.set_n = o->set_n;
    study.vary = o->vary;
    study.vary_n = o->vary_n;
    study.points_file = o->points_file;
    study.design = o->design;
    study.points = o->points;
    study.design_seed = o->design_seed;
    study.store = o->store;
    study.is_dry = o->is_dry;
    study.keep_going = o->keep_going;
    study.policy = o->policy;
    study.replications = o->replications;
    study.seed = o->seed;
    study.jobs = o->jobs;
    study.memory_limit = ccs_memory_limit();
    study.independent_pasts = o->long_run;
    study.progress = on_progress;
    study.context = sweep->meter;
    study.stop = ccs_catch_interrupt();
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    char message[1600] = "out of memory";
    ccs_status status = diagnostics == NULL ? CCS_ENOMEM
                                            : ccs_study_open(&sweep->study, &study, diagnostics,
                                                             message, sizeof message);
    ccs_meter_stop(o->is_dry || status != CCS_OK ? sweep->meter : NULL);
    if (o->is_dry || status != CCS_OK) {
        sweep->meter = NULL;
    }
    if (diagnostics != NULL) {
        ccs_print_diagnostics(o, diagnostics);
    }
    if (status != CCS_OK && message[0] != '\0') {
        ccs_complain(o, "%s", message);
    }
    ccs_diagnostics_destroy(diagnostics);
    if (status == CCS_OK && ccs_study_dropped(sweep->study) > 0 && !o->is_quiet) {
        ccs_complain(o,
                     "%zu points fall together with others (whole numbers, few values): %zu are "
                     "left",
                     ccs_study_dropped(sweep->study), ccs_study_point_count(sweep->study));
    }
    return ccs_exit_of(status);
}

static int deliver(const struct sweep *sweep)
{
    const struct ccs_options *o = sweep->options;
    struct ccs_report_text_options text = ccs_text_options(o);
    struct ccs_report report = {0};
    ccs_status status = o->is_dry ? ccs_sweep_plan_text(sweep->study, &text, &report)
                                  : ccs_sweep_text(sweep->study, ccs_study_currency(sweep->study),
                                                   o->metrics, o->metric_n, &text, &report);
    const char *fault;
    if (status != CCS_OK) {
        ccs_complain(o, "cannot write the result: %s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    status = ccs_study_reading(sweep->study, &fault);
    if (status != CCS_OK) { /* what could not be read would be blank cells */
        ccs_complain(o, "%s", fault);
        free(report.text);
        return ccs_exit_of(status);
    }
    return ccs_deliver(o, &report);
}

static bool has_results(const struct ccs_study *study)
{
    struct ccs_study_point point;
    for (size_t i = 0; ccs_study_point(study, i, &point); i++) {
        if (point.replications > 0) {
            return true;
        }
    }
    return false;
}

static int run_study(struct sweep *sweep)
{
    const struct ccs_options *o = sweep->options;
    char message[1600];
    ccs_status status = ccs_study_run(sweep->study, message, sizeof message);
    ccs_meter_stop(sweep->meter);
    sweep->meter = NULL;
    if (o->keep_going || status == CCS_EDATA) {
        ccs_sweep_tell_faults(o, sweep->study);
    }
    if (status == CCS_EINTERRUPTED) {
        ccs_sweep_tell_missing(o, sweep->study);
    } else if (status != CCS_OK) {
        ccs_complain(o, "%s", message);
    }
    int code = ccs_exit_of(status);
    if (has_results(sweep->study)) {
        int written = deliver(sweep);
        code = written != CCS_EXIT_OK ? written : code;
    }
    if (!ccs_study_balanced(sweep->study)) {
        ccs_complain(o, "internal error: the checks of a run failed, the results are not to be "
                        "trusted");
        code = CCS_EXIT_INTERNAL;
    }
    return code;
}

/* Nothing that is written may be a table that some point reads. */
static int check_files(const struct sweep *sweep)
{
    const char *path;
    for (size_t i = 0; (path = ccs_study_file(sweep->study, i)) != NULL; i++) {
        if (!ccs_files_may_read(sweep->options, path)) {
            return CCS_EXIT_USAGE;
        }
    }
    return CCS_EXIT_OK;
}

static int run(struct ccs_options *o)
{
    struct sweep sweep = {.options = o};
    int code = check_metrics(o);
    if (code == CCS_EXIT_OK && o->store == NULL) {
        ccs_complain(o, "a sweep needs a store: --store FILE.db");
        code = CCS_EXIT_USAGE;
    }
    if (code != CCS_EXIT_OK) {
        return code;
    }
    sweep.meter = ccs_meter_start(o, "replications");
    code = open_study(&sweep);
    code = code == CCS_EXIT_OK ? check_files(&sweep) : code;
    if (code == CCS_EXIT_OK) {
        if (o->is_dry) {
            code = ccs_sweep_tell_faults(o, sweep.study) > 0 ? CCS_EXIT_DATA : CCS_EXIT_OK;
            int written = deliver(&sweep);
            code = written != CCS_EXIT_OK ? written : code;
        } else {
            code = run_study(&sweep);
        }
    }
    ccs_meter_stop(sweep.meter);
    ccs_study_close(sweep.study);
    return code;
}

const struct ccs_command ccs_command_sweep = {
    .name = "sweep",
    .summary = "simulate a scenario at many points, into a store",
    .args = "SCENARIO",
    .doc =
        "Simulate a scenario at many points: every policy at every point, all on the same random "
        "numbers. Results go into a store, one transaction per point. Run the same command again "
        "after it was stopped or killed, or with more points or replications: only what is missing "
        "is run. `ccsim export` takes the results out; the store is an SQLite database.\v"
        "A value is what --set takes: 12, true, 6 min, \"a text\", [1, 2]. Ranges and steps may "
        "have "
        "units.\n"
        "Exit status: 0 all points are done, 2 usage, 3 a point (or the store) is wrong, 4 files "
        "or "
        "memory, 130 interrupted (143 by SIGTERM, 129 by SIGHUP).\n"
        "\n"
        "Examples:\n"
        "  ccsim sweep bank.json --vary /teams/front/agents=20:30:2 --store bank.db\n"
        "  ccsim sweep bank.json --vary '/channels/phone/patience/mean=1 min,3 min,5 min' \\\n"
        "      --vary /teams/front/agents=20:30:5 --reps 20 --store bank.db --dry-run\n"
        "  ccsim sweep bank.json --vary /teams/front/agents=15..40 \\\n"
        "      --vary '/issue_types/refund/talk/mean=4 min..8 min' \\\n"
        "      --design sobol --points 64 --store bank.db\n"
        "  ccsim sweep bank.json --points-file points.csv --store bank.db --keep-going\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
