/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all commands share: exit codes, the table of commands, options, the terminal, loading a
 * scenario and writing a result.
 *
 * A command is one file: an option table, from which argp makes its help and its parser, and a
 * function. stdout carries the result only; everything else goes to stderr.
 */
#ifndef CCS_CLI_CLI_H
#define CCS_CLI_CLI_H

#include "experiment/experiment.h"
#include "gate/regression.h"
#include "report/report.h"

#include <argp.h>
#include <ccsim/diagnostic.h>
#include <ccsim/study.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ccs_exit {
    CCS_EXIT_OK = 0,
    CCS_EXIT_CHECK = 1, /* a requested check failed */
    CCS_EXIT_USAGE = 2,
    CCS_EXIT_DATA = 3,      /* bad scenario or data */
    CCS_EXIT_IO = 4,        /* files, memory */
    CCS_EXIT_INTERNAL = 70, /* our own bug */
    CCS_EXIT_SIGNAL = 128   /* and the number of the signal: 130 SIGINT, 143 SIGTERM, 129 SIGHUP */
};

struct ccs_options;

struct ccs_command {
    const char *name;
    const char *summary;               /* one line of `ccsim help` */
    const char *args;                  /* "SCENARIO" */
    const char *doc;                   /* what it does, \v, examples */
    const struct argp_option *options; /* NULL: help, which has none */
    size_t file_min, file_max;
    int (*run)(struct ccs_options *options); /* returns an exit code; signals set the flag */
};

extern const struct ccs_command *const ccs_commands[];
extern const size_t ccs_command_n;

extern const struct ccs_command ccs_command_compare;
extern const struct ccs_command ccs_command_run;
extern const struct ccs_command ccs_command_validate;
extern const struct ccs_command ccs_command_explain;
extern const struct ccs_command ccs_command_verify;
extern const struct ccs_command ccs_command_baseline;
extern const struct ccs_command ccs_command_check;
extern const struct ccs_command ccs_command_schema;
extern const struct ccs_command ccs_command_bench;
extern const struct ccs_command ccs_command_sweep;
extern const struct ccs_command ccs_command_export;
extern const struct ccs_command ccs_command_help;

/* NULL if there is none. */
const struct ccs_command *ccs_command_find(const char *name);
/* Says so on stderr, with a suggestion; returns CCS_EXIT_USAGE. */
int ccs_command_unknown(const char *name);
/* argv[0] is the name of the command. Returns an exit code. */
int ccs_command_call(const struct ccs_command *command, int argc, char **argv);

/* ---- options (options.c) ---- */

enum ccs_format {
    CCS_FORMAT_TEXT,
    CCS_FORMAT_JSON,
    CCS_FORMAT_CSV
};
enum ccs_when {
    CCS_WHEN_AUTO,
    CCS_WHEN_NEVER,
    CCS_WHEN_ALWAYS
};

struct ccs_options {
    const char *program; /* "ccsim compare", the start of messages */
    const char **sets;   /* --set, in order */
    size_t set_n;
    int64_t seed;            /* -1: not given */
    int64_t replications;    /* 0: not given */
    const char **precisions; /* --precision, in order */
    size_t precision_n;
    int64_t replications_max; /* 0: not given */
    int jobs;                 /* 0: not given */
    const char *policy;
    bool with_periods;
    bool long_run;
    bool has_format;
    enum ccs_format format;
    const char *output; /* NULL: stdout */
    bool is_quiet;
    enum ccs_when color, progress;
    const char *effort;
    bool with_checks;
    bool is_reference;
    const char *baseline; /* --baseline FILE */
    const char *trail;    /* --trail FILE */
    const char *junit;    /* --junit FILE */
    bool has_mode;
    enum ccs_regression_mode mode;
    struct ccs_tolerance *tolerances; /* --tolerance and --margin, in order */
    size_t tolerance_n;
    bool is_update, is_lenient;
    const char **vary, **metrics;
    size_t vary_n, metric_n;
    const char *store, *points_file, *study;
    enum ccs_design_kind design;
    size_t points;
    int64_t design_seed;
    bool is_dry, keep_going, with_replications;
    const char **files; /* the arguments that are not options */
    size_t file_n;
};

/* Every option there is; a command lists those it has. The same letter means the same everywhere.
 */
enum {
    CCS_KEY_SET = 's',
    CCS_KEY_REPS = 'n',
    CCS_KEY_JOBS = 'j',
    CCS_KEY_OUTPUT = 'o',
    CCS_KEY_QUIET = 'q',
    CCS_KEY_POLICY = 'p',
    CCS_KEY_FORMAT = 'f',
    CCS_KEY_HELP = 'h',
    CCS_KEY_SEED = 0x100,
    CCS_KEY_COLOR,
    CCS_KEY_PROGRESS,
    CCS_KEY_PERIODS,
    CCS_KEY_LONG_RUN,
    CCS_KEY_EFFORT,
    CCS_KEY_CHECKS,
    CCS_KEY_REFERENCE,
    CCS_KEY_PRECISION,
    CCS_KEY_MAX_REPS,
    CCS_KEY_BASELINE,
    CCS_KEY_TRAIL,
    CCS_KEY_JUNIT,
    CCS_KEY_MODE,
    CCS_KEY_TOLERANCE,
    CCS_KEY_MARGIN,
    CCS_KEY_UPDATE,
    CCS_KEY_LENIENT,
    CCS_KEY_VARY = 0x200, /* sweep and export: sweep_options.c */
    CCS_KEY_DESIGN,
    CCS_KEY_POINTS,
    CCS_KEY_POINTS_FILE,
    CCS_KEY_DESIGN_SEED,
    CCS_KEY_STORE,
    CCS_KEY_DRY_RUN,
    CCS_KEY_KEEP_GOING,
    CCS_KEY_METRIC,
    CCS_KEY_EXPORT_FORMAT,
    CCS_KEY_REPLICATIONS,
    CCS_KEY_STUDY
};

#define CCS_OPTION_SET                                                                             \
    {                                                                                              \
        "set", CCS_KEY_SET, "/POINTER=VALUE", 0,                                                   \
            "Change one value of the scenario, named by its JSON pointer (repeatable)", 1          \
    }
#define CCS_OPTION_SEED                                                                            \
    {                                                                                              \
        "seed", CCS_KEY_SEED, "N", 0, "Seed, 0 to 2^53 - 1", 1                                     \
    }
#define CCS_OPTION_REPS                                                                            \
    {                                                                                              \
        "reps", CCS_KEY_REPS, "N", 0, "Replications, 1 to 1,000,000", 1                            \
    }
#define CCS_OPTION_PRECISION                                                                       \
    {                                                                                              \
        "precision", CCS_KEY_PRECISION, "TARGET", 0,                                               \
            "Add replications until a half-width is reached, METRIC:0.5 in its unit or METRIC:5% " \
            "of the mean, under all policies; POLICY/METRIC:5% under one; A-B/METRIC:0.5 of the "  \
            "difference (repeatable)",                                                             \
            1                                                                                      \
    }
#define CCS_OPTION_MAX_REPS                                                                        \
    {                                                                                              \
        "max-reps", CCS_KEY_MAX_REPS, "N", 0,                                                      \
            "With --precision: at most N replications (default 1000)", 1                           \
    }
#define CCS_OPTION_JOBS                                                                            \
    {                                                                                              \
        "jobs", CCS_KEY_JOBS, "N", 0, "Threads, 1 to 1024 (default: one per processor)", 2         \
    }
#define CCS_OPTION_FORMAT                                                                          \
    {                                                                                              \
        "format", CCS_KEY_FORMAT, "text|json|csv", 0, "Form of the result", 2                      \
    }
#define CCS_OPTION_OUTPUT                                                                          \
    {                                                                                              \
        "output", CCS_KEY_OUTPUT, "FILE", 0, "Write the result to FILE", 2                         \
    }
#define CCS_OPTION_QUIET                                                                           \
    {                                                                                              \
        "quiet", CCS_KEY_QUIET, NULL, 0, "No warnings and no progress", 3                          \
    }
#define CCS_OPTION_COLOR                                                                           \
    {                                                                                              \
        "color", CCS_KEY_COLOR, "auto|never|always", 0, "Bold headings and colored messages", 3    \
    }
#define CCS_OPTION_PROGRESS                                                                        \
    {                                                                                              \
        "progress", CCS_KEY_PROGRESS, "auto|never|always", 0, "How far it is, on the terminal", 3  \
    }
#define CCS_OPTION_POLICY                                                                          \
    {                                                                                              \
        "policy", CCS_KEY_POLICY, "NAME", 0, "Run this one", 1                                     \
    }
#define CCS_OPTION_LONG_RUN                                                                        \
    {                                                                                              \
        "long-run", CCS_KEY_LONG_RUN, NULL, 0,                                                     \
            "Each policy lives its own warm-up: compares long-run states, not a switch at t0", 1   \
    }
#define CCS_OPTION_PERIODS                                                                         \
    {                                                                                              \
        "periods", CCS_KEY_PERIODS, NULL, 0, "Add the table by period to the text", 2              \
    }
#define CCS_OPTION_EFFORT                                                                          \
    {                                                                                              \
        "effort", CCS_KEY_EFFORT, "default|full", 0, "How many replications", 1                    \
    }
#define CCS_OPTION_CHECKS                                                                          \
    {                                                                                              \
        "checks", CCS_KEY_CHECKS, NULL, 0, "A line for every check", 2                             \
    }
#define CCS_OPTION_REFERENCE                                                                       \
    {                                                                                              \
        "reference", CCS_KEY_REFERENCE, NULL, 0, "The reference in Markdown instead", 1            \
    }
#define CCS_OPTION_FORMAT_PLAIN                                                                    \
    {                                                                                              \
        "format", CCS_KEY_FORMAT, "text|json", 0, "Form of the result", 2                          \
    }
#define CCS_OPTION_TRAIL                                                                           \
    {                                                                                              \
        "trail", CCS_KEY_TRAIL, "FILE", 0,                                                         \
            "Every event of replication 0 (13 bytes each, at most 218 MB), kept in FILE by "       \
            "baseline: with it, check finds the first event that differs wherever it is, and "     \
            "tells both sides",                                                                    \
            2                                                                                      \
    }
#define CCS_OPTION_TOLERANCE                                                                       \
    {                                                                                              \
        "tolerance", CCS_KEY_TOLERANCE, "METRIC:AMOUNT", 0,                                        \
            "How far the metric may move: 2% of it, 0.5 in its unit, or ci95, the half-width of "  \
            "its interval; '*' is every metric without one of its own (repeatable)",               \
            1                                                                                      \
    }
#define CCS_OPTION_END                                                                             \
    {NULL, CCS_KEY_HELP, NULL, OPTION_HIDDEN, NULL, 0},                                            \
    {                                                                                              \
        0                                                                                          \
    }

/* argv[0] is "ccsim NAME". Exits with CCS_EXIT_USAGE when the command line is wrong, with 0 after
 * --help. */
void ccs_options_parse(struct ccs_options *options, const struct ccs_command *command, int argc,
                       char **argv);
void ccs_options_free(struct ccs_options *options);

/* The options of sweep and export; true if `key` is one. Called by the parser. */
struct argp_state;
bool ccs_options_parse_sweep(struct ccs_options *options, int key, char *arg,
                             struct argp_state *state);

/* For the parsers: wrong values end the program with a message. */
int64_t ccs_options_number(const struct argp_state *state, const char *option, const char *text,
                           int64_t min, int64_t max);
int ccs_options_choice(const struct argp_state *state, const char *option, const char *text,
                       const char *const *choices);

/* The command that repeats the result: without --jobs, -o, -q, --color, --progress. To be freed;
 * NULL when memory is exhausted. */
char *ccs_options_command(const struct ccs_options *options);

/* ---- precision (precision.c) ---- */

/* What is wrong with the text of a --precision, whatever the scenario; NULL: nothing. */
const char *ccs_precision_fault(const char *text);

/* What the --precision of the options mean for this scenario. Returns an exit code, and complains
 * where it is not 0; *result is the caller's to free, also where it is. `result->all` borrows from
 * scenario and options. */
struct ccs_precisions {
    struct ccs_precision *all;
    size_t n;
    char *text; /* names of metrics */
};
int ccs_precisions_parse(const struct ccs_options *options, const struct ccs_scenario *scenario,
                         struct ccs_precisions *result);
void ccs_precisions_free(struct ccs_precisions *precisions);

/* ---- the terminal (terminal.c) ---- */

bool ccs_terminal_is_utf8(void);
size_t ccs_terminal_width(void); /* of stdout; 80 if it is none */
bool ccs_terminal_has_color(int fd, enum ccs_when color);
bool ccs_terminal_is_dumb(void); /* TERM=dumb, or not set */

/* "PROGRAM: message" on stderr. */
void ccs_complain(const struct ccs_options *options, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Errors, and warnings unless quiet, on stderr. */
void ccs_print_diagnostics(const struct ccs_options *options,
                           const struct ccs_diagnostics *diagnostics);

/* ---- files (files.c) ---- */

/* False, with a message, if something is written to a file that is also read or also written. The
 * arguments are stores or scenarios. */
bool ccs_files_are_apart(const struct ccs_options *options, bool has_store);

/* False, with a message, if what the scenario reads at `path` is also written. */
bool ccs_files_may_read(const struct ccs_options *options, const char *path);

/* ---- work (work.c) ---- */

int ccs_exit_of(ccs_status status);

/* Loads the scenario at `path` with the --set of the options, and prints its diagnostics. Returns
 * an exit code; *scenario is NULL unless that is CCS_EXIT_OK. */
int ccs_load(const struct ccs_options *options, const char *path, struct ccs_scenario **scenario);

/* Loads the one scenario of the command line, and does the work on it. Returns an exit code. */
int ccs_with_scenario(struct ccs_options *options,
                      int (*work)(struct ccs_options *options, struct ccs_scenario *scenario));

/* Writes to -o or stdout, and frees it. Returns an exit code. */
int ccs_deliver(const struct ccs_options *options, struct ccs_report *report);

/* How the text forms are to look where they go. */
struct ccs_report_text_options ccs_text_options(const struct ccs_options *options);

/* 80 % of the memory that is available now and allowed (ulimit -v), in bytes; 0 when that is not
 * known. */
size_t ccs_memory_limit(void);

/* From now on SIGINT, SIGTERM and SIGHUP (unless it is ignored: nohup) set a flag; a second one
 * kills. The flag: non-zero once one came. */
const volatile int *ccs_catch_interrupt(void);

/* ---- progress (progress.c) ---- */

struct ccs_meter;

/* Begins to show progress on stderr, from one second on, as the options say. NULL when it is not
 * shown. */
struct ccs_meter *ccs_meter_start(const struct ccs_options *options, const char *what);
void ccs_meter_update(void *meter, const struct ccs_progress *progress); /* meter may be NULL */
void ccs_meter_stop(struct ccs_meter *meter);                            /* clears the line */

#endif
