/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/assert.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

Suite *suite_assert(void);

/* What `fails` writes to stderr before it dies of SIGABRT. */
static void message_of(void (*fails)(void), char *text, size_t size)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        fails();
        _exit(0);
    }
    close(ends[1]);
    size_t n = 0;
    ssize_t got;
    while ((got = read(ends[0], text + n, size - 1 - n)) > 0) {
        n += (size_t)got;
    }
    text[n] = '\0';
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGABRT);
}

static void fail_plainly(void)
{
    CCS_REQUIRE(1 + 1 == 3);
}

static void fail_in_a_run(void)
{
    const int64_t now_us = 90 * INT64_C(60000000);
    const uint64_t event_n = 12345;
    ccs_assert_clock(&now_us, &event_n);
    ccs_assert_context("seed 7, replication 3: ccsim run a.json --seed 7");
    CCS_REQUIRE(1 + 1 == 3);
}

static void fail_after_a_run(void)
{
    const int64_t now_us = 1;
    ccs_assert_clock(&now_us, NULL);
    ccs_assert_context("seed 7");
    ccs_assert_clock(NULL, NULL);
    ccs_assert_context(NULL);
    CCS_REQUIRE(1 + 1 == 3);
}

START_TEST(a_failed_requirement_names_place_and_condition)
{
    char text[1024];
    message_of(fail_plainly, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "test_assert.c:"));
    ck_assert_ptr_nonnull(strstr(text, "1 + 1 == 3"));
    ck_assert_ptr_null(strstr(text, "simulated time"));
}
END_TEST

START_TEST(a_failure_inside_a_run_tells_time_event_and_how_to_repeat_it)
{
    char text[1024];
    message_of(fail_in_a_run, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "at simulated time 5400.000000 s, event 12345\n"));
    ck_assert_ptr_nonnull(strstr(text, "seed 7, replication 3: ccsim run a.json --seed 7\n"));
}
END_TEST

START_TEST(a_cleared_context_is_not_shown)
{
    char text[1024];
    message_of(fail_after_a_run, text, sizeof text);
    ck_assert_ptr_null(strstr(text, "simulated time"));
    ck_assert_ptr_null(strstr(text, "seed 7"));
}
END_TEST

START_TEST(a_requirement_that_holds_does_nothing)
{
    int evaluated = 0;
    CCS_REQUIRE(++evaluated == 1);
    ck_assert_int_eq(evaluated, 1);
}
END_TEST

Suite *suite_assert(void)
{
    Suite *suite = suite_create("assert");
    TCase *tc = tcase_create("assert");
    tcase_add_test(tc, a_failed_requirement_names_place_and_condition);
    tcase_add_test(tc, a_failure_inside_a_run_tells_time_event_and_how_to_repeat_it);
    tcase_add_test(tc, a_cleared_context_is_not_shown);
    tcase_add_test(tc, a_requirement_that_holds_does_nothing);
    suite_add_tcase(suite, tc);
    return suite;
}
