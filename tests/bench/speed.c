/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Engine against loops, in one process, one thread, taking turns, so that whatever else the
 * machine does falls on all alike. Times are processor times; printed are medians, and the median
 * of the ratios of the rounds. The engine's time is that of a whole experiment without loading:
 * warm-up, window, follow-up, balances, estimates.
 */
#include "bench.h"

#include "experiment/experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    ROUND_MAX = 101
};

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_size);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* --- speed --- */

struct contest {
    struct ccs_scenario *scenario;
    size_t replications;
    struct bench_sums *sums; /* [replications] */
    double engine_s[ROUND_MAX], keyed_s[ROUND_MAX], free_s[ROUND_MAX], ratio[ROUND_MAX];
    uint64_t engine_events;
    int64_t keyed_events, free_events;
    int wrong;
};

static struct ccs_results *run_engine(const struct contest *c)
{
    struct ccs_experiment_options options = {.seed = -1, .jobs = 1};
    struct ccs_results *res;
    char message[400];
    if (ccs_experiment_run(c->scenario, &options, &res, message, sizeof message)) {
        fprintf(stderr, "bench: %s\n", message);
        exit(1);
    }
    return res;
}

static int64_t run_loop(struct contest *c, void (*loop)(uint64_t, uint64_t, struct bench_sums *))
{
    int64_t events = 0;
    for (size_t r = 0; r < c->replications; r++) {
        loop((uint64_t)c->scenario->run.seed, r, &c->sums[r]);
        events += c->sums[r].events;
    }
    return events;
}

static void play_round(struct contest *c, int round)
{
    double t0 = now_s();
    struct ccs_results *res = run_engine(c);
    double t1 = now_s();
    c->keyed_events = run_loop(c, bench_loop_keyed);
    double t2 = now_s();
    if (round == 0) {
        c->engine_events = res->events;
        c->wrong = bench_differences(res, c->sums);
    }
    ccs_results_destroy(res);
    double t3 = now_s();
    c->free_events = run_loop(c, bench_loop_free);
    c->engine_s[round] = t1 - t0;
    c->keyed_s[round] = t2 - t1;
    c->free_s[round] = now_s() - t3;
    c->ratio[round] = ((double)c->engine_events / c->engine_s[round]) /
                      ((double)c->keyed_events / c->keyed_s[round]);
}

static void print_line(const char *name, double s, double events, double contacts, double best)
{
    printf("  %-28s %8.3f s  %6.2f million events/s  %6.2f million contacts/s  %5.2f\n", name, s,
           events / s / 1e6, contacts / s / 1e6, best / s);
}

int bench_speed(int rounds)
{
    struct contest c = {0};
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    if (ccs_scenario_load(&c.scenario, BENCH_SCENARIO, NULL, 0, diags)) {
        for (size_t i = 0; i < ccs_diagnostics_count(diags); i++) {
            fprintf(stderr, "%s\n", ccs_diagnostics_line(diags, i));
        }
        return 1;
    }
    c.replications = (size_t)c.scenario->run.replications;
    c.sums = calloc(c.replications, sizeof *c.sums);
    if (!c.sums) {
        return 1;
    }
    rounds = rounds > ROUND_MAX ? ROUND_MAX : rounds;
    for (int i = 0; i < rounds; i++) {
        play_round(&c, i);
        if (c.wrong) {
            fprintf(stderr, "bench: the loop does not reproduce the engine\n");
            return 1;
        }
    }
    double contacts = 0;
    for (size_t r = 0; r < c.replications; r++) {
        contacts += (double)c.sums[r].offered;
    }
    double engine = median(c.engine_s, rounds);
    double keyed = median(c.keyed_s, rounds);
    double specialist = median(c.free_s, rounds);
    printf("speed: %s, %zu replications, one thread, median of %d rounds in turn\n", BENCH_SCENARIO,
           c.replications, rounds);
    print_line("engine", engine, (double)c.engine_events, contacts, keyed);
    print_line("loop, same model and streams", keyed, (double)c.keyed_events, contacts, keyed);
    print_line("loop, anything goes", specialist, (double)c.free_events, contacts, keyed);
    printf("  the loop reproduces the engine's sums to the digit\n");
    double ratio = median(c.ratio, rounds); /* sorts them */
    printf("  ratio engine speed / loop speed: %.2f (smallest %.2f, largest %.2f)\n", ratio,
           c.ratio[0], c.ratio[rounds - 1]);
    free(c.sums);
    ccs_scenario_destroy(c.scenario);
    ccs_diagnostics_destroy(diags);
    return 0;
}
