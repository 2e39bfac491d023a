/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ccsim: the table of commands, and what holds for all of them.
 *
 * LC_CTYPE is the only part of the locale in use: what a number looks like never depends on it.
 */
#include "cli/cli.h"
#include "cli/help.h"
#include "format/document/text.h"

#include <ccsim/ccsim.h>
#include <ccsim/version.h>
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <wchar.h>

const struct ccs_command *const ccs_commands[] = {
    &ccs_command_compare, &ccs_command_run,      &ccs_command_validate, &ccs_command_explain,
    &ccs_command_verify,  &ccs_command_baseline, &ccs_command_check,    &ccs_command_sweep,
    &ccs_command_export,  &ccs_command_schema,   &ccs_command_bench,    &ccs_command_help,
};

const size_t ccs_command_n = sizeof ccs_commands / sizeof ccs_commands[0];

const struct ccs_command *ccs_command_find(const char *name)
{
    for (size_t i = 0; i < ccs_command_n; i++) {
        if (strcmp(ccs_commands[i]->name, name) == 0) {
            return ccs_commands[i];
        }
    }
    return NULL;
}

int ccs_command_unknown(const char *name)
{
    struct ccs_nearest nearest = ccs_nearest_to(name);
    char suggestion[CCS_SUGGEST_TEXT];
    for (size_t i = 0; i < ccs_command_n; i++) {
        ccs_nearest_try(&nearest, ccs_commands[i]->name);
    }
    fprintf(stderr, "ccsim: no command '%s'%s\nTry `ccsim help'.\n", name,
            ccs_nearest_text(suggestion, &nearest));
    return CCS_EXIT_USAGE;
}

/* What stdio still holds for stdout may meet a full disk or a closed pipe only now. */
static void close_stdout(void)
{
    bool has_failed = ferror(stdout) != 0;
    if (fflush(stdout) != 0 || has_failed) {
        fprintf(stderr, "ccsim: cannot write to standard output: %s\n", strerror(errno));
        _exit(CCS_EXIT_IO);
    }
}

/* An assertion has said on stderr what is wrong. */
static void on_abort(int signal)
{
    (void)signal;
    _exit(CCS_EXIT_INTERNAL);
}

int ccs_command_call(const struct ccs_command *command, int argc, char **argv)
{
    char name[40];
    struct ccs_options options;
    if (command->options == NULL) {
        return ccs_help_run(argc, argv);
    }
    snprintf(name, sizeof name, "ccsim %s", command->name);
    argv[0] = name;
    ccs_options_parse(&options, command, argc, argv);
    ccs_catch_interrupt();
    int code = command->run(&options);
    ccs_options_free(&options);
    return code;
}

/* The conversions of the locale are loaded when they are first needed, and stay those of ASCII if
 * there is no memory at that moment: tables would look different. False if that is so. Where there
 * is no such locale, that is no fault. */
static bool choose_locale(void)
{
    static const char sign[] = "\u00b1";
    wchar_t wide = 0;
    mbstate_t state = {0};
    if (setlocale(LC_CTYPE, "") == NULL) {
        return errno != ENOMEM;
    }
    return !ccs_terminal_is_utf8() ||
           (mbrtowc(&wide, sign, sizeof sign - 1, &state) == sizeof sign - 1 && wide == 0xb1);
}

enum {
    STACK_KIB = 512 /* two pairs of histograms are 170 of it, arguments and environment up to 128 */
};

/* Says so if the stack is too small: it would end in a crash. */
static bool has_stack(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur >= (rlim_t)STACK_KIB * 1024) {
        return true;
    }
    fprintf(stderr, "ccsim: %lu KiB of stack are too little, %d are needed: ulimit -s %d\n",
            (unsigned long)limit.rlim_cur / 1024, STACK_KIB, STACK_KIB);
    return false;
}

int main(int argc, char **argv)
{
    if (!has_stack()) {
        return CCS_EXIT_IO;
    }
    if (!choose_locale()) {
        fputs("ccsim: out of memory\n", stderr);
        return CCS_EXIT_IO;
    }
    ccs_library_init();
    argp_err_exit_status = CCS_EXIT_USAGE;
    setenv("ARGP_HELP_FMT", "no-dup-args-note", 0); /* "--set=X" says enough about "-s" */
    signal(SIGPIPE, SIG_IGN);                       /* a closed pipe is an error of writing */
    signal(SIGXFSZ, SIG_IGN);                       /* and so is a file that may not grow */
    signal(SIGABRT, on_abort);
    atexit(close_stdout);
    if (argc < 2) {
        ccs_help_print(stderr);
        return CCS_EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
        const char *commit = ccs_build_commit();
        printf("ccsim %s (commit %s, sources %s)\n", CCS_VERSION,
               commit[0] == '\0' ? "unknown" : commit, ccs_build_digest());
        return CCS_EXIT_OK;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        ccs_help_print(stdout);
        return CCS_EXIT_OK;
    }
    const struct ccs_command *command = ccs_command_find(word);
    return command == NULL ? ccs_command_unknown(word)
                           : ccs_command_call(command, argc - 1, argv + 1);
}
