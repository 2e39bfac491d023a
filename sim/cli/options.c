/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of all commands: one parser, one option table per command. */
#include "base/sink.h"
#include "cli/cli.h"
#include "format/document/document.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEED_MAX ((INT64_C(1) << 53) - 1)

struct parsing {
    struct ccs_options *options;
    const struct ccs_command *command;
};

int64_t ccs_options_number(const struct argp_state *state, const char *option, const char *text,
                           int64_t min, int64_t max)
{
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    bool is_number = (text[0] >= '0' && text[0] <= '9') || text[0] == '-';
    if (!is_number || *end != '\0' || errno != 0 || value < min || value > max) {
        argp_error(state, "--%s must be a whole number from %lld to %lld (found '%s')", option,
                   (long long)min, (long long)max, text);
    }
    return value;
}

/* Index of `text` in the list, which ends with NULL. */
int ccs_options_choice(const struct argp_state *state, const char *option, const char *text,
                       const char *const *choices)
{
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(text, choices[i]) == 0) {
            return i;
        }
    }
    char list[100] = "";
    for (int i = 0; choices[i] != NULL; i++) {
        size_t n = strlen(list);
        snprintf(list + n, sizeof list - n, "%s%s", i == 0 ? "" : ", ", choices[i]);
    }
    argp_error(state, "--%s must be one of %s (found '%s')", option, list, text);
    return 0;
}

static const char *const formats[] = {"text", "json", "csv", NULL};
static const char *const whens[] = {"auto", "never", "always", NULL};
static const char *const modes[] = {"exact", "tolerance", "equivalence", NULL};
static const char *const efforts[] = {"default", "full", NULL};

static error_t parse_argument(const struct parsing *p, char *arg, struct argp_state *state)
{
    if (p->options->file_n == p->command->file_max) {
        if (p->command->file_max == 0) {
            argp_error(state, "takes no arguments (found '%s')", arg);
        } else {
            argp_error(state, "takes one %s (found also '%s')", p->command->args, arg);
        }
        return EINVAL;
    }
    p->options->files[p->options->file_n++] = arg;
    return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct parsing *p = state->input;
    struct ccs_options *o = p->options;
    switch (key) {
    case CCS_KEY_SET: {
        const char *fault = ccs_document_set_fault(arg);
        if (fault != NULL) {
            argp_error(state, "--set '%s': %s", arg, fault);
        }
        o->sets[o->set_n++] = arg;
        return 0;
    }
    case CCS_KEY_SEED:
        o->seed = ccs_options_number(state, "seed", arg, 0, SEED_MAX);
        return 0;
    case CCS_KEY_REPS:
        o->replications = ccs_options_number(state, "reps", arg, 1, 1000000);
        return 0;
    case CCS_KEY_PRECISION: {
        const char *fault = ccs_precision_fault(arg);
        if (fault != NULL) {
            argp_error(state, "--precision '%s': %s", arg, fault);
        }
        o->precisions[o->precision_n++] = arg;
        return 0;
    }
    case CCS_KEY_MAX_REPS:
        o->replications_max = ccs_options_number(state, "max-reps", arg, 1, 1000000);
        return 0;
    case CCS_KEY_JOBS:
        o->jobs = (int)ccs_options_number(state, "jobs", arg, 1, 1024);
        return 0;
    case CCS_KEY_FORMAT:
        o->has_format = true;
        o->format = (enum ccs_format)ccs_options_choice(state, "format", arg, formats);
        return 0;
    case CCS_KEY_OUTPUT:
        o->output = strcmp(arg, "-") == 0 ? NULL : arg;
        return 0;
    case CCS_KEY_QUIET:
        o->is_quiet = true;
        return 0;
    case CCS_KEY_COLOR:
        o->color = (enum ccs_when)ccs_options_choice(state, "color", arg, whens);
        return 0;
    case CCS_KEY_PROGRESS:
        o->progress = (enum ccs_when)ccs_options_choice(state, "progress", arg, whens);
        return 0;
    case CCS_KEY_POLICY:
        o->policy = arg;
        return 0;
    case CCS_KEY_LONG_RUN:
        o->long_run = true;
        return 0;
    case CCS_KEY_PERIODS:
        o->with_periods = true;
        return 0;
    case CCS_KEY_EFFORT:
        o->effort = efforts[ccs_options_choice(state, "effort", arg, efforts)];
        return 0;
    case CCS_KEY_CHECKS:
        o->with_checks = true;
        return 0;
    case CCS_KEY_REFERENCE:
        o->is_reference = true;
        return 0;
    case CCS_KEY_BASELINE:
        o->baseline = arg;
        return 0;
    case CCS_KEY_TRAIL:
        o->trail = arg;
        return 0;
    case CCS_KEY_JUNIT:
        o->junit = arg;
        return 0;
    case CCS_KEY_MODE:
        o->has_mode = true;
        o->mode = (enum ccs_regression_mode)ccs_options_choice(state, "mode", arg, modes);
        return 0;
    case CCS_KEY_TOLERANCE:
    case CCS_KEY_MARGIN: {
        char fault[CCS_TOLERANCE_FAULT];
        if (!ccs_tolerance_parse(arg, &o->tolerances[o->tolerance_n], fault)) {
            argp_error(state, "--%s %s", key == CCS_KEY_MARGIN ? "margin" : "tolerance", fault);
        }
        o->tolerance_n++;
        return 0;
    }
    case CCS_KEY_UPDATE:
        o->is_update = true;
        return 0;
    case CCS_KEY_LENIENT:
        o->is_lenient = true;
        return 0;
    case CCS_KEY_HELP:
        argp_state_help(state, state->out_stream, ARGP_HELP_STD_HELP);
        return 0;
    case ARGP_KEY_ARG:
        return parse_argument(p, arg, state);
    case ARGP_KEY_END:
        if (o->file_n < p->command->file_min) {
            argp_error(state, "missing %s", p->command->args);
        }
        if (o->replications_max > 0 && o->precision_n == 0) {
            argp_error(state, "--max-reps goes with --precision; for a fixed number give --reps");
        }
        if (o->replications_max > 0 && o->replications > o->replications_max) {
            argp_error(state, "--reps %lld is more than --max-reps %lld",
                       (long long)o->replications, (long long)o->replications_max);
        }
        return 0;
    default:
        return ccs_options_parse_sweep(o, key, arg, state) ? 0 : ARGP_ERR_UNKNOWN;
    }
}

void ccs_options_parse(struct ccs_options *options, const struct ccs_command *command, int argc,
                       char **argv)
{
    *options = (struct ccs_options){.program = argv[0], .seed = -1, .design_seed = 1};
    /* each argument is at most one of either */
    options->sets = calloc((size_t)argc, sizeof *options->sets);
    options->files = calloc((size_t)argc, sizeof *options->files);
    options->precisions = calloc((size_t)argc, sizeof *options->precisions);
    options->tolerances = calloc((size_t)argc, sizeof *options->tolerances);
    options->vary = calloc((size_t)argc, sizeof *options->vary);
    options->metrics = calloc((size_t)argc, sizeof *options->metrics);
    if (options->sets == NULL || options->files == NULL || options->precisions == NULL ||
        options->tolerances == NULL || options->vary == NULL || options->metrics == NULL) {
        ccs_complain(options, "out of memory");
        exit(CCS_EXIT_IO);
    }
    struct argp argp = {
        .options = command->options,
        .parser = parse_option,
        .args_doc = command->args,
        .doc = command->doc,
    };
    struct parsing parsing = {options, command};
    error_t error = argp_parse(&argp, argc, argv, 0, NULL, &parsing);
    if (error != 0) {
        ccs_complain(options, "%s", strerror(error));
        exit(error == ENOMEM ? CCS_EXIT_IO : CCS_EXIT_USAGE);
    }
    if (!ccs_files_are_apart(options, strcmp(command->args, "STORE") == 0)) {
        exit(CCS_EXIT_USAGE);
    }
}

void ccs_options_free(struct ccs_options *options)
{
    free(options->sets);
    free(options->files);
    free(options->precisions);
    free(options->tolerances);
    free(options->vary);
    free(options->metrics);
}

/* ---- the command that repeats the result ---- */

/* As a shell reads it back: bare where that is safe, else in single quotes. */
static void put_word(FILE *out, const char *text)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                               "_@%+=:,./-~";
    fputc(' ', out);
    if (text[0] != '\0' && text[0] != '~' && strspn(text, safe) == strlen(text)) {
        fputs(text, out);
        return;
    }
    fputc('\'', out);
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
        } else {
            fputc(*text, out);
        }
    }
    fputc('\'', out);
}

char *ccs_options_command(const struct ccs_options *options)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = ccs_sink_to_text(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    fputs(options->program, out);
    for (size_t i = 0; i < options->file_n; i++) {
        put_word(out, options->files[i]);
    }
    for (size_t i = 0; i < options->set_n; i++) {
        fputs(" --set", out);
        put_word(out, options->sets[i]);
    }
    if (options->policy != NULL) {
        fputs(" --policy", out);
        put_word(out, options->policy);
    }
    if (options->seed >= 0) {
        fprintf(out, " --seed %lld", (long long)options->seed);
    }
    if (options->replications > 0) {
        fprintf(out, " --reps %lld", (long long)options->replications);
    }
    for (size_t i = 0; i < options->precision_n; i++) {
        fputs(" --precision", out);
        put_word(out, options->precisions[i]);
    }
    if (options->replications_max > 0) {
        fprintf(out, " --max-reps %lld", (long long)options->replications_max);
    }
    if (options->long_run) {
        fputs(" --long-run", out);
    }
    if (options->with_periods) {
        fputs(" --periods", out);
    }
    if (options->has_format) {
        fprintf(out, " --format %s", formats[options->format]);
    }
    ccs_sink_end_text(out, &text, &size);
    return text;
}
