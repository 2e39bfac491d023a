/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim check: is it still what it was? */
#include "cli/simulate.h"
#include "cli/tracing.h"
#include "report/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option options[] = {
    {"baseline", CCS_KEY_BASELINE, "FILE", 0, "What to compare with, from ccsim baseline", 1},
    {"mode", CCS_KEY_MODE, "exact|tolerance|equivalence", 0,
     "How to compare (default: exact; tolerance where the baseline is from another machine or C "
     "library)",
     1},
    CCS_OPTION_TOLERANCE,
    {"margin", CCS_KEY_MARGIN, "METRIC:AMOUNT", 0,
     "The same, for equivalence: how far apart still counts as equivalent (repeatable)", 1},
    {"lenient", CCS_KEY_LENIENT, NULL, 0, "What cannot be decided passes", 1},
    CCS_OPTION_SET,
    CCS_OPTION_SEED,
    CCS_OPTION_REPS,
    CCS_OPTION_POLICY,
    CCS_OPTION_JOBS,
    CCS_OPTION_FORMAT_PLAIN,
    CCS_OPTION_OUTPUT,
    CCS_OPTION_TRAIL,
    {"checks", CCS_KEY_CHECKS, NULL, 0, "A line for every metric, not only for what moved", 2},
    {"junit", CCS_KEY_JUNIT, "FILE", 0, "Write the checks to FILE as JUnit XML", 2},
    {"update", CCS_KEY_UPDATE, NULL, 0,
     "After showing the difference, make what is found now the baseline", 2},
    CCS_OPTION_QUIET,
    CCS_OPTION_COLOR,
    CCS_OPTION_PROGRESS,
    CCS_OPTION_END,
};

struct work {
    struct ccs_options *o;
    struct ccs_regression_options how;
    struct ccs_scenario *scenario;
    struct ccs_results *results;
    struct ccs_baseline was, now;
    struct ccs_regression regression;
    struct ccs_tracing tracing;
    bool is_traced;
    char *trail_bytes;
    struct ccs_trail trail; /* of the baseline */
    bool has_trail;
    struct ccs_arena arena;
    struct ccs_expect_report expect;
    struct ccs_check check;
};

/* ---- what is asked for ---- */

static int refuse(const struct work *w, const char *message)
{
    ccs_complain(w->o, "%s", message);
    return CCS_EXIT_USAGE;
}

/* Does a --set give /run/KEY, by itself or with all of /run? */
static bool sets_run(const struct ccs_options *o, const char *key)
{
    char pointer[40], member[40];
    snprintf(pointer, sizeof pointer, "/run/%s=", key);
    snprintf(member, sizeof member, "\"%s\"", key);
    for (size_t i = 0; i < o->set_n; i++) {
        if (strncmp(o->sets[i], pointer, strlen(pointer)) == 0 ||
            (strncmp(o->sets[i], "/run=", 5) == 0 && strstr(o->sets[i], member) != NULL)) {
            return true;
        }
    }
    return false;
}

static int check_usage(const struct work *w)
{
    const struct ccs_options *o = w->o;
    if (o->format == CCS_FORMAT_CSV) {
        return refuse(w, "--format must be one of text, json (found 'csv')");
    }
    if (o->baseline == NULL && (o->has_mode || o->is_update || o->trail || o->tolerance_n > 0)) {
        return refuse(w, "--mode, --tolerance, --margin, --trail and --update compare with a "
                         "baseline: give --baseline FILE");
    }
    if (o->baseline != NULL && o->seed < 0 && sets_run(o, "seed")) {
        return refuse(w, "--set of /run/seed has no effect: the seed is that of the baseline; give "
                         "--seed for another one");
    }
    if (o->baseline != NULL && o->replications == 0 && sets_run(o, "replications")) {
        return refuse(w, "--set of /run/replications has no effect: their number is that of the "
                         "baseline; give --reps for another one");
    }
    if (o->is_update && o->mode == CCS_REGRESSION_EQUIVALENCE) {
        return refuse(w, "--update keeps the seed of the baseline: give --mode exact or tolerance");
    }
    if (o->is_update && strcmp(o->baseline, "-") == 0) {
        return refuse(w, "--update cannot write to standard input: give --baseline FILE");
    }
    return CCS_EXIT_OK;
}

/* What the baseline says, unless given. */
static int follow_baseline(struct work *w)
{
    struct ccs_options *o = w->o;
    char platform[CCS_PLATFORM_TEXT];
    if (!o->has_mode && strcmp(w->was.platform, ccs_platform_text(platform)) != 0) {
        w->how.mode = CCS_REGRESSION_TOLERANCE; /* the last digit may differ; a fact says so */
    }
    if (w->how.mode == CCS_REGRESSION_EQUIVALENCE && o->seed < 0) {
        o->seed = (int64_t)ccs_regression_fresh_seed(w->was.seed);
    } else if (w->how.mode == CCS_REGRESSION_EQUIVALENCE && (uint64_t)o->seed == w->was.seed) {
        return refuse(w, "--seed is that of the baseline: equivalence needs runs that are "
                         "independent of it; leave --seed out");
    } else if (o->seed < 0) {
        o->seed = (int64_t)w->was.seed;
    }
    if (w->how.mode == CCS_REGRESSION_EQUIVALENCE && !ccs_regression_has_margin(&w->was, &w->how)) {
        return refuse(w, "equivalence needs a margin: give --margin '*:5%' or METRIC:AMOUNT, or "
                         "such a tolerance in the baseline");
    }
    if (o->replications == 0) {
        o->replications = (int64_t)w->was.replications;
    }
    if (o->policy == NULL) {
        o->policy = w->was.policy;
    }
    if (w->was.policy != NULL && o->policy == w->was.policy &&
        ccs_scenario_policy(w->scenario, o->policy) < 0) {
        ccs_complain(o, "the baseline is of policy '%s' alone, which the scenario does not have",
                     o->policy);
        return CCS_EXIT_CHECK;
    }
    return CCS_EXIT_OK;
}

/* ---- the work ---- */

static int compare(struct work *w)
{
    struct ccs_trace none = {0};
    bool keep_trail = w->o->is_update && w->o->trail != NULL;
    ccs_status status = ccs_baseline_make(&w->now, w->results, w->o->policy, &none,
                                          w->was.tolerances, w->was.tolerance_n);
    status = status ? status
                    : ccs_regression_compare(&w->regression, &w->was, &w->now, &w->how, &w->arena);
    if (status != CCS_OK) {
        ccs_complain(w->o, "%s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    bool is_searched = w->regression.mode == CCS_REGRESSION_EXACT && !w->regression.is_ok &&
                       w->was.signature != w->now.signature && w->was.seed == w->now.seed;
    if (!is_searched && !w->o->is_update) {
        return CCS_EXIT_OK;
    }
    int code = ccs_tracing_run(&w->tracing, w->o, w->results, is_searched ? &w->was.trace : NULL,
                               w->has_trail ? &w->trail : NULL, keep_trail);
    w->is_traced = true;
    w->now.trace = w->tracing.trace;
    if (code == CCS_EXIT_OK && is_searched) {
        ccs_regression_explain(&w->regression, w->scenario, &w->was, &w->now,
                               &w->tracing.divergence);
    }
    return code;
}

static int report(struct work *w)
{
    struct ccs_report_text_options text = ccs_text_options(w->o);
    struct ccs_report out = {0};
    ccs_status status = w->o->format == CCS_FORMAT_JSON
                            ? ccs_report_check_json(&w->check, &out)
                            : ccs_report_check_text(&w->check, &text, &out);
    if (status != CCS_OK) {
        ccs_complain(w->o, "cannot write the result: %s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    return ccs_deliver(w->o, &out);
}

static int report_junit(struct work *w)
{
    struct ccs_options to_file = *w->o;
    struct ccs_report out = {0};
    ccs_status status = ccs_report_check_junit(&w->check, &out);
    if (status != CCS_OK) {
        ccs_complain(w->o, "cannot write the result: %s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    to_file.output = w->o->junit;
    return ccs_deliver(&to_file, &out);
}

static int check(struct work *w)
{
    int code = ccs_simulate_run(w->o, w->scenario, &w->results);
    if (code != CCS_EXIT_OK) {
        return code;
    }
    code = ccs_simulate_check(w->o, w->results);
    if (code == CCS_EXIT_OK && w->o->baseline != NULL) {
        code = compare(w);
    }
    if (code != CCS_EXIT_OK) {
        return code;
    }
    ccs_status status = ccs_expectations_judge(w->results, &w->scenario->expect, w->o->is_lenient,
                                               &w->arena, &w->expect);
    if (status != CCS_OK) {
        ccs_complain(w->o, "%s", ccs_status_text(status));
        return ccs_exit_of(status);
    }
    w->check = (struct ccs_check){
        .expect = &w->expect,
        .scenario = w->scenario,
        .seed = w->results->seed,
        .replications = w->results->replications,
        .baseline = w->o->baseline,
        .regression = w->o->baseline != NULL ? &w->regression : NULL,
        .with_all = w->o->with_checks,
        .is_ok = w->expect.is_ok && (w->o->baseline == NULL || w->regression.is_ok),
    };
    code = report(w);
    if (w->o->junit != NULL) {
        int written = report_junit(w);
        code = code != CCS_EXIT_OK ? code : written;
    }
    bool is_ok = w->check.is_ok;
    if (code == CCS_EXIT_OK && w->o->is_update) {
        code = ccs_tracing_save(w->o, &w->now, w->o->baseline, &w->tracing, w->o->trail);
        is_ok = w->expect.is_ok; /* the difference is accepted, a broken expectation is not */
    }
    return code == CCS_EXIT_OK && !is_ok ? CCS_EXIT_CHECK : code;
}

static int run(struct ccs_options *o)
{
    struct work w = {
        .o = o,
        .how = {o->mode, o->tolerances, o->tolerance_n, o->is_lenient},
    };
    ccs_arena_init(&w.arena, 0);
    int code = check_usage(&w);
    code = code != CCS_EXIT_OK ? code : ccs_load(o, o->files[0], &w.scenario);
    if (code == CCS_EXIT_OK && o->baseline == NULL && w.scenario->expect.n == 0) {
        code = refuse(&w, "nothing to check: give --baseline FILE, or say in the scenario what to "
                          "\"expect\"");
    }
    if (code == CCS_EXIT_OK && o->baseline != NULL) {
        code = ccs_tracing_load_baseline(o, &w.was);
        code = code != CCS_EXIT_OK ? code : follow_baseline(&w);
    }
    if (code == CCS_EXIT_OK && o->trail != NULL) {
        code = ccs_tracing_load_trail(o, &w.was, &w.trail, &w.trail_bytes);
        w.has_trail = code == CCS_EXIT_OK;
    }
    code = code != CCS_EXIT_OK ? code : check(&w);
    if (w.is_traced) {
        ccs_tracing_fini(&w.tracing);
    }
    ccs_trail_fini(&w.trail);
    free(w.trail_bytes);
    ccs_baseline_fini(&w.was);
    ccs_baseline_fini(&w.now);
    ccs_arena_fini(&w.arena);
    ccs_results_destroy(w.results);
    ccs_scenario_destroy(w.scenario);
    return code;
}

const struct ccs_command ccs_command_check = {
    .name = "check",
    .summary = "compare a scenario with its baseline, and with what it expects",
    .args = "SCENARIO",
    .doc = "Simulate a scenario as its baseline did (seed, replications, policies) and compare; "
           "check what the scenario expects (\"expect\"), too.\v"
           "exact: the signatures and every number are the same; if not, the first event that "
           "differs is told.\n"
           "tolerance: every metric within its tolerance.\n"
           "equivalence: on a fresh seed, every metric with a margin is shown to lie within it "
           "(two one-sided tests at 5 %).\n"
           "Exit status: 0 all is well, 1 something differs or an expectation does not hold, 3 "
           "the scenario or the baseline is wrong or cannot be read, 4 a file cannot be written.\n"
           "\n"
           "Examples:\n"
           "  ccsim check scenarios/bank.json --baseline bank.baseline.json\n"
           "  ccsim check scenarios/bank.json --baseline bank.baseline.json --mode equivalence \\\n"
           "        --margin '*:5%' --reps 50 --junit check.xml\n"
           "  ccsim check scenarios/bank.json --baseline bank.baseline.json --update\n",
    .file_min = 1,
    .file_max = 1,
    .options = options,
    .run = run,
};
