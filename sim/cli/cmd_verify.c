/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ccsim verify: cases with known answers. */
#include "cli/cli.h"
#include "gate/verify.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct argp_option options[] = {
    CCS_OPTION_EFFORT, CCS_OPTION_CHECKS, CCS_OPTION_SEED,
    CCS_OPTION_JOBS,   CCS_OPTION_COLOR,  CCS_OPTION_END,
};

struct run {
    const struct ccs_options *options;
    struct ccs_verify_options how;
    struct ccs_verify_tally tally;
    int code; /* the worst so far */
};

static void worsen(struct run *run, int code)
{
    run->code = code > run->code ? code : run->code;
}

static void print_checks(const struct ccs_verify_case *c)
{
    for (size_t i = 0; i < c->check_n; i++) {
        const struct ccs_verify_check *check = &c->checks[i];
        printf("    %-6s %s: %.6g +- %.2g, expected %.6g", check->is_ok ? "ok" : "FAILED",
               check->path, check->simulated.mean, check->simulated.half_width, check->value);
        if (check->half_width > 0) {
            printf(" +- %.2g", check->half_width);
        }
        if (isnan(check->z)) {
            printf(", %s", check->problem != NULL ? check->problem : "no score");
        } else {
            printf(", z %+.2f", check->z);
        }
        printf(" (%s%s%s)\n", check->kind, check->source != NULL ? "; " : "",
               check->source != NULL ? check->source : "");
    }
}

static void print_case(const struct ccs_verify_case *c, bool with_checks)
{
    double worst = 0.0;
    for (size_t i = 0; i < c->check_n; i++) {
        worst = fmax(worst, fabs(c->checks[i].z)); /* NAN is passed over */
    }
    if (c->skipped != NULL) {
        printf("%s skipped: %s\n", c->id, c->skipped);
        return;
    }
    printf("%-12s %-6s %2zu check%s  |z| <= %.2f  %s%s\n", c->id, c->is_ok ? "ok" : "FAILED",
           c->check_n, c->check_n == 1 ? " " : "s", worst, c->title != NULL ? c->title : "",
           c->is_balanced ? "" : " (a run did not balance)");
    if (with_checks) {
        print_checks(c);
    }
}

static void verify_file(struct run *run, const char *path)
{
    struct ccs_verify_case *result = NULL;
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    char message[600] = "";
    ccs_status status = CCS_ENOMEM;
    size_t error_n = 0;
    if (diagnostics != NULL) {
        status = ccs_verify_run(path, &run->how, &result, diagnostics, message, sizeof message);
        ccs_print_diagnostics(run->options, diagnostics);
        error_n = ccs_diagnostics_error_count(diagnostics);
    }
    if (status != CCS_OK && (message[0] != '\0' || error_n == 0)) {
        ccs_complain(run->options, "%s: %s", path,
                     message[0] != '\0' ? message : ccs_status_text(status));
    }
    worsen(run, ccs_exit_of(status));
    if (result != NULL) {
        ccs_verify_tally_add(&run->tally, result);
        print_case(result, run->options->with_checks || (!result->is_ok && !result->skipped));
        fflush(stdout);
    }
    ccs_verify_case_destroy(result);
    ccs_diagnostics_destroy(diagnostics);
}

static int is_case(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return entry->d_name[0] != '.' && n > 5 && strcmp(entry->d_name + n - 5, ".json") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void verify_folder(struct run *run, const char *path)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, is_case, by_bytes);
    if (n < 0) {
        ccs_complain(run->options, "cannot read '%s': %s", path, strerror(errno));
        worsen(run, CCS_EXIT_IO);
        return;
    }
    for (int i = 0; i < n; i++) {
        char *file = NULL;
        if (*run->how.stop) {
            /* the rest is only freed */
        } else if (asprintf(&file, "%s/%s", path, entries[i]->d_name) >= 0) {
            verify_file(run, file);
            free(file);
        } else {
            ccs_complain(run->options, "%s: out of memory", path);
            worsen(run, CCS_EXIT_IO);
        }
        free(entries[i]);
    }
    free(entries);
}

static void print_tally(const struct run *run)
{
    const struct ccs_verify_tally *t = &run->tally;
    size_t limit = ccs_verify_tally_limit(t);
    printf("%zu cases, %zu failed, %zu skipped; %zu checks, %zu failed; |z| > 2 in %zu of at most "
           "%zu%s\n",
           t->cases, t->failed, t->skipped, t->checks, t->checks_failed, t->notable, limit,
           t->notable > limit ? ": FAILED, more than chance explains" : "");
}

static int run(struct ccs_options *o)
{
    static const char *const standard[] = {"scenarios/verify"};
    struct run run = {
        .options = o,
        .how = {.effort = o->effort,
                .seed = o->seed,
                .jobs = o->jobs,
                .stop = ccs_catch_interrupt()},
    };
    const char *const *paths = o->file_n > 0 ? o->files : standard;
    size_t path_n = o->file_n > 0 ? o->file_n : 1;
    for (size_t i = 0; i < path_n && !*run.how.stop; i++) {
        struct stat info;
        bool is_folder = stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode);
        (is_folder ? verify_folder : verify_file)(&run, paths[i]);
    }
    if (run.tally.cases > 0) {
        print_tally(&run);
    } else if (run.code == CCS_EXIT_OK && !*run.how.stop) {
        ccs_complain(o, "no case found: nothing has been verified");
        worsen(&run, CCS_EXIT_IO);
    }
    if (!ccs_verify_tally_is_ok(&run.tally)) {
        worsen(&run, CCS_EXIT_CHECK);
    }
    return *run.how.stop ? ccs_exit_of(CCS_EINTERRUPTED) : run.code;
}

const struct ccs_command ccs_command_verify = {
    .name = "verify",
    .summary = "check the simulator against known answers",
    .args = "[FILE|DIR...]",
    .doc = "Simulate cases whose answer is known, from formulas or publications, and compare. "
           "Without arguments: scenarios/verify.\v"
           "A check fails at |z| > 4; together they fail if more have |z| > 2 than chance allows.\n"
           "Exit status: 0 all hold, 1 some do not, 3 a case is wrong, 4 a file cannot be read.\n"
           "\n"
           "Examples:\n"
           "  ccsim verify\n"
           "  ccsim verify scenarios/verify/ERLA-01.json --checks\n"
           "  ccsim verify --effort full --jobs 8\n",
    .file_max = SIZE_MAX,
    .options = options,
    .run = run,
};
