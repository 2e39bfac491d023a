/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Engine against loops, in one process, one thread, taking turns, so that whatever else the
 * machine does falls on all alike. Times are processor times; printed are medians, and the median
 * of the ratios of the rounds. The engine's time is that of a whole experiment without loading:
 * warm-up, window, follow-up, balances, estimates.
 */
#include "bench.h"

#include "experiment/experiment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SCENARIO "scenarios/bench/erlang-a-100.json"

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

/* --- the loop must be the same simulation --- */

/* Microseconds as the engine's metrics have them. */
static double seconds(int64_t us)
{
    return (double)us / 1e6;
}

static int differs(const char *what, double engine, double loop)
{
    if (engine != loop) {
        fprintf(stderr, "bench: %s: engine %.17g, loop %.17g\n", what, engine, loop);
    }
    return engine != loop;
}

static double part(const struct ccs_results *res, const double *parts, const char *metric, size_t r)
{
    int row = ccs_results_row(res, metric, CCS_SLICE_ALL, NULL);
    return row < 0 ? NAN : parts[(size_t)row * res->replications + r];
}

/* Every sum of every replication to the digit. */
static int compare_sums(const struct ccs_results *res, const struct bench_sums *loops)
{
    int wrong = 0;
    for (size_t r = 0; r < res->replications; r++) {
        const struct bench_sums *s = &loops[r];
        const struct {
            const char *metric;
            double value;
        } numerators[] = {
            {"contacts_offered", (double)s->offered},
            {"contacts_answered", (double)s->answered},
            {"contacts_handled", (double)s->handled},
            {"abandonment_rate", (double)s->abandoned},
            {"wait_probability", (double)s->waited},
            {"service_level", (double)s->in_target},
            {"waited_over_2min_share", (double)s->over_2min},
            {"waited_over_5min_share", (double)s->over_5min},
            {"wait_mean", seconds(s->wait_us)},
            {"wait_answered_mean", seconds(s->wait_answered_us)},
            {"handle_time_per_contact", seconds(s->handle_us)},
            {"queue_length", seconds(s->queue_us)},
            {"occupancy", seconds(s->busy_us)},
            {"overtime_hours", seconds(s->paid_us - s->level_us) / 3600},
            {"resolved_share", (double)s->resolved},
            {"given_up_share", (double)s->given_up},
            {"contacts_per_issue", (double)s->contacts},
            {"effort_per_issue", seconds(s->effort_us)},
            {"handle_time_per_issue", seconds(s->issue_handle_us)},
            {"resolution_time", seconds(s->resolution_us)},
        };
        for (size_t i = 0; i < sizeof numerators / sizeof numerators[0]; i++) {
            wrong += differs(numerators[i].metric, part(res, res->num, numerators[i].metric, r),
                             numerators[i].value);
        }
        wrong += differs("staffed time", part(res, res->den, "occupancy", r), seconds(s->paid_us));
    }
    return wrong;
}

/* Pooled quantiles come out of the same bins. */
static int compare_quantiles(const struct ccs_results *res, const struct bench_sums *loops)
{
    struct ccs_histogram *pool = calloc(3, sizeof *pool);
    if (!pool) {
        return 1;
    }
    for (size_t r = 0; r < res->replications; r++) {
        ccs_histogram_merge(&pool[0], &loops[r].waits);
        ccs_histogram_merge(&pool[1], &loops[r].ended);
        ccs_histogram_merge(&pool[2], &loops[r].censored);
    }
    int wrong = 0;
    const char *const names[] = {"wait_p50", "wait_p90", "resolution_time_p50",
                                 "resolution_time_p90"};
    for (int i = 0; i < 4; i++) {
        int row = ccs_results_row(res, names[i], CCS_SLICE_ALL, NULL);
        double q = i % 2 ? 0.9 : 0.5;
        double us = i < 2 ? ccs_histogram_quantile(&pool[0], q)
                          : ccs_histogram_survival_quantile(&pool[1], &pool[2], q);
        wrong += differs(names[i], row < 0 ? NAN : res->estimates[row].mean, us / 1e6);
    }
    free(pool);
    return wrong;
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
        c->wrong = compare_sums(res, c->sums) + compare_quantiles(res, c->sums);
        /* The engine also closes its books every week of the window but the last. */
        int64_t closings = (int64_t)c->replications * (BENCH_HORIZON_H / (7 * 24));
        c->wrong += differs("events", (double)res->events, (double)(c->keyed_events + closings));
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
    if (ccs_scenario_load(&c.scenario, SCENARIO, NULL, 0, diags)) {
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
    printf("speed: %s, %zu replications, one thread, median of %d rounds in turn\n", SCENARIO,
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
