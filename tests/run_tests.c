/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one test runner: every suite named in suites.h.
 *
 *   run_tests                     all of them
 *   run_tests arena event_list    these only
 *   run_tests --shard 1/2         every second one, for running halves side by side
 *   run_tests --list              their names
 *
 * The variables of Check work as usual: CK_RUN_CASE, CK_FORK, CK_VERBOSITY ...
 */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* With CCS_SOME_SUITES (make tsan) those that are linked in; else a missing one is an error. */
#ifdef CCS_SOME_SUITES
#define CCS_SUITE(name) Suite *suite_##name(void) __attribute__((weak));
#else
#define CCS_SUITE(name) Suite *suite_##name(void);
#endif
#include "suites.h"
#undef CCS_SUITE

static const struct {
    const char *name;
    Suite *(*make)(void);
} suites[] = {
#define CCS_SUITE(name) {#name, suite_##name},
#include "suites.h"
#undef CCS_SUITE
};

enum {
    SUITE_N = sizeof suites / sizeof suites[0]
};

static bool is_listed(const char *name)
{
    for (size_t i = 0; i < SUITE_N; i++) {
        if (suites[i].make && strcmp(suites[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(size_t index, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(suites[index].name, argv[i]) == 0) {
            return true;
        }
    }
    return argc == 1;
}

static int usage(const char *what, const char *detail)
{
    fprintf(stderr, "run_tests: %s '%s' (see --list)\n", what, detail);
    return 2;
}

int main(int argc, char **argv)
{
    size_t shard = 0;
    size_t shard_n = 1;
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (size_t i = 0; i < SUITE_N; i++) {
            if (suites[i].make) {
                puts(suites[i].name);
            }
        }
        return 0;
    }
    if (argc == 3 && strcmp(argv[1], "--shard") == 0) {
        char *slash;
        shard = strtoul(argv[2], &slash, 10) - 1;
        shard_n = *slash == '/' ? strtoul(slash + 1, NULL, 10) : 0;
        if (shard >= shard_n) {
            return usage("no such shard", argv[2]);
        }
        argc = 1;
    }
    for (int i = 1; i < argc; i++) {
        if (!is_listed(argv[i])) {
            return usage("no such suite", argv[i]);
        }
    }
    setenv("CK_DEFAULT_TIMEOUT", "900", 0); /* for what hangs; a busy machine must fail nothing */
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < SUITE_N; i++) {
        if (suites[i].make && i % shard_n == shard && is_wanted(i, argc, argv)) {
            srunner_add_suite(runner, suites[i].make());
        }
    }
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
