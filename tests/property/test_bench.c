/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The benchmark's opponent, by what it computes, not by the clock. */
#include "../bench/bench.h"
#include "sim_help.h"

Suite *suite_bench(void);

enum {
    REPLICATIONS = 2
};

/* The benchmark's scenario, fewer replications of it, by the engine and by the loop. */
static struct ccs_results *both(struct bench_sums *sums)
{
    struct ccs_scenario *sc = NULL;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ck_assert_int_eq(ccs_scenario_load(&sc, BENCH_SCENARIO, NULL, 0, diags), CCS_OK);
    struct ccs_experiment_options options = {.seed = -1, .jobs = 1, .replications = REPLICATIONS};
    struct ccs_results *res = NULL;
    char message[400];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_OK);
    for (uint64_t r = 0; r < REPLICATIONS; r++) {
        bench_loop_keyed((uint64_t)sc->run.seed, r, &sums[r]);
    }
    ccs_scenario_destroy(sc);
    ccs_diagnostics_destroy(diags);
    return res;
}

START_TEST(the_hand_written_loop_reproduces_the_engine)
{
    static struct bench_sums sums[REPLICATIONS];
    struct ccs_results *res = both(sums);
    ck_assert_int_gt(sums[1].abandoned, 1000);
    ck_assert_int_eq(bench_differences(res, sums), 0);
    ccs_results_destroy(res);
}
END_TEST

START_TEST(a_difference_of_one_is_noticed)
{
    static struct bench_sums sums[REPLICATIONS];
    struct ccs_results *res = both(sums);
    sums[1].in_target++;
    ck_assert_int_eq(bench_differences(res, sums), 1);
    sums[0].busy_us++; /* a microsecond of a hundred thousand hours */
    sums[0].events--;
    ck_assert_int_eq(bench_differences(res, sums), 3);
    ccs_results_destroy(res);
}
END_TEST

Suite *suite_bench(void)
{
    Suite *suite = suite_create("bench");
    TCase *tc = tcase_create("bench");
    tcase_add_test(tc, the_hand_written_loop_reproduces_the_engine);
    tcase_add_test(tc, a_difference_of_one_is_noticed);
    suite_add_tcase(suite, tc);
    return suite;
}
