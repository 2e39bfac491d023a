/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What must stop the program, run in a child process: such tests pass also where the tests
 * themselves share one process (CK_FORK=no, as under the address sanitizer, where a fork is dear).
 */
#ifndef CCS_TESTS_CHILD_H
#define CCS_TESTS_CHILD_H

#include <check.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static inline void assert_aborts(void (*fails)(void))
{
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        fails();
        _exit(0);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGABRT);
}

#endif
