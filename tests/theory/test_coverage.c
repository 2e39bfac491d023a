/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Coverage of whole experiments, the short count: a few hundred trials of each study, within
 * |z| <= 4 of the limits that `make intervals` measures with thousands (tests/intervals/).
 */
#include "../intervals/study.h"
#include "share.h"

#include <check.h>
#include <math.h>
#include <string.h>

Suite *suite_coverage(void);

#define Z_LIMIT 4.0

enum {
    CHECKS = 16
};

START_TEST(intervals_of_known_answers_hold_them)
{
    const struct study *study = &studies[_i];
    struct tally tallies[CHECKS];
    size_t trials = (size_t)share_of(study->precision_n > 0 ? 80 : 120, 10);
    ck_assert_uint_le(study->check_n, CHECKS);
    ck_assert(study_run(study, trials, 1000001, 1, tallies)); /* not the seeds of the long count */
    for (size_t k = 0; k < study->check_n; k++) {
        ck_assert_uint_eq(tallies[k].trials, trials);
        ck_assert_msg(tally_is_ok(&tallies[k], &study->checks[k], Z_LIMIT), "%s: %s: %zu of %zu",
                      study->name, study->checks[k].metric, tallies[k].held, trials);
    }
}
END_TEST

static double wrong(void)
{
    return 0.123;
}

START_TEST(a_wrong_answer_is_found)
{
    struct study study = studies[0];
    struct check check = study.checks[0];
    struct tally tally;
    check.answer = wrong;
    study.checks = &check;
    study.check_n = 1;
    ck_assert(study_run(&study, 20, 1, 1, &tally));
    ck_assert(!tally_is_ok(&tally, &check, Z_LIMIT));
    ck_assert_uint_eq(tally.above, 20);
    /* and so is a coverage of 90 % in the long count */
    tally = (struct tally){.trials = 4000, .held = 3600};
    ck_assert(!tally_is_ok(&tally, &check, Z_LIMIT));
    tally.held = 3790;
    ck_assert(tally_is_ok(&tally, &check, 0));
    tally.held = 3850;
    ck_assert(!tally_is_ok(&tally, &check, 0));
}
END_TEST

Suite *suite_coverage(void)
{
    Suite *suite = suite_create("coverage");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, intervals_of_known_answers_hold_them, 0, (int)study_n);
    tcase_add_test(tcase, a_wrong_answer_is_found);
    suite_add_tcase(suite, tcase);
    return suite;
}
