/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading, delivering, and what the machine allows. */
#include "base/file.h"
#include "cli/cli.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* The signal that came, 0 before. The handler and all threads: only by atomic access. */
static volatile int interrupt;

static void on_interrupt(int signal)
{
    __atomic_store_n(&interrupt, signal, __ATOMIC_RELAXED);
}

static int interrupting_signal(void)
{
    int signal = __atomic_load_n(&interrupt, __ATOMIC_RELAXED);
    return signal != 0 ? signal : SIGINT;
}

int ccs_exit_of(ccs_status status)
{
    switch (status) {
    case CCS_OK:
        return CCS_EXIT_OK;
    case CCS_EDATA:
        return CCS_EXIT_DATA;
    case CCS_EUSAGE:
        return CCS_EXIT_USAGE;
    case CCS_EINTERRUPTED:
        return CCS_EXIT_SIGNAL + interrupting_signal();
    case CCS_ENOMEM:
    case CCS_EIO:
        break;
    }
    return CCS_EXIT_IO;
}

static ccs_status check_file(void *context, const char *path)
{
    return ccs_files_may_read(context, path) ? CCS_OK : CCS_EUSAGE;
}

int ccs_load(const struct ccs_options *options, const char *path, struct ccs_scenario **scenario)
{
    *scenario = NULL;
    struct ccs_diagnostics *diagnostics = ccs_diagnostics_create();
    if (diagnostics == NULL) {
        ccs_complain(options, "out of memory");
        return CCS_EXIT_IO;
    }
    ccs_status status =
        ccs_scenario_load(scenario, path, options->sets, options->set_n, diagnostics);
    ccs_print_diagnostics(options, diagnostics);
    if (status != CCS_OK && ccs_diagnostics_error_count(diagnostics) == 0) {
        ccs_complain(options, "%s: %s", path, ccs_status_text(status));
    }
    ccs_diagnostics_destroy(diagnostics);
    if (status == CCS_OK) {
        status = ccs_document_files((*scenario)->doc, check_file, (void *)options);
    }
    if (status != CCS_OK) {
        ccs_scenario_destroy(*scenario);
        *scenario = NULL;
    }
    return ccs_exit_of(status);
}

int ccs_with_scenario(struct ccs_options *options,
                      int (*work)(struct ccs_options *options, struct ccs_scenario *scenario))
{
    struct ccs_scenario *scenario;
    int code = ccs_load(options, options->files[0], &scenario);
    if (code == CCS_EXIT_OK) {
        code = work(options, scenario);
    }
    ccs_scenario_destroy(scenario);
    return code;
}

int ccs_deliver(const struct ccs_options *options, struct ccs_report *report)
{
    struct ccs_file_error error;
    ccs_catch_interrupt(); /* or a temporary file could be left behind */
    ccs_status status = ccs_file_write(options->output, report->text, report->size, &error);
    if (status != CCS_OK) {
        ccs_complain(options, "%s", error.text);
    }
    free(report->text);
    *report = (struct ccs_report){0};
    return ccs_exit_of(status);
}

struct ccs_report_text_options ccs_text_options(const struct ccs_options *options)
{
    bool to_terminal = options->output == NULL;
    bool in_bold = options->color == CCS_WHEN_ALWAYS ||
                   (to_terminal && ccs_terminal_has_color(STDOUT_FILENO, options->color));
    return (struct ccs_report_text_options){
        .width = to_terminal ? ccs_terminal_width() : 80,
        .is_utf8 = ccs_terminal_is_utf8(),
        .is_bold = in_bold,
        .with_periods = options->with_periods,
    };
}

/* What the limit on the address space (ulimit -v, h_vmem of a batch system) leaves; SIZE_MAX
 * without one. */
static size_t address_space_left(void)
{
    struct rlimit limit;
    unsigned long pages = 0;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
        return SIZE_MAX;
    }
    FILE *in = fopen("/proc/self/statm", "re");
    bool is_known = in != NULL && fscanf(in, "%lu", &pages) == 1;
    if (in != NULL) {
        fclose(in);
    }
    size_t used = is_known ? (size_t)pages * (size_t)sysconf(_SC_PAGESIZE) : 0;
    return used < limit.rlim_cur ? (size_t)limit.rlim_cur - used : 1;
}

size_t ccs_memory_limit(void)
{
    FILE *in = fopen("/proc/meminfo", "re");
    char line[200];
    uint64_t kib = 0;
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        if (sscanf(line, "MemAvailable: %" SCNu64 " kB", &kib) == 1) {
            break;
        }
    }
    if (in != NULL) {
        fclose(in);
    }
    size_t free_now = (size_t)(kib / 5 * 4 * 1024);
    size_t left = address_space_left();
    if (left == SIZE_MAX) {
        return free_now;
    }
    left = left / 5 * 4 + 1;
    return free_now == 0 || left < free_now ? left : free_now;
}

const volatile int *ccs_catch_interrupt(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    /* No SA_RESTART: reading a pipe ends. SA_RESETHAND: the second one has its usual effect. */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct sigaction old;
        bool is_ignored = sigaction(signals[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN;
        if (signals[i] != SIGHUP || !is_ignored) { /* nohup wants it so */
            sigaction(signals[i], &action, NULL);
        }
    }
    return &interrupt;
}
