/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of the benchmark share: the sums a hand-written loop leaves behind, and the parts
 * themselves. Only a benchmark tells the time; that the loop does the same as the engine is tested
 * without (tests/property/test_bench.c).
 */
#ifndef CCS_TESTS_BENCH_H
#define CCS_TESTS_BENCH_H

#include "stats/histogram.h"

#include <stdbool.h>
#include <stdint.h>

struct ccs_results;

#define BENCH_SCENARIO "scenarios/bench/erlang-a-100.json"

/* M/M/c+M as in scenarios/bench/erlang-a-100.json. */
enum {
    BENCH_SERVERS = 100
};
#define BENCH_RATE_PER_H 100.0
#define BENCH_SERVICE_S 3600.0
#define BENCH_PATIENCE_S 7200.0
#define BENCH_WARMUP_H 10
#define BENCH_HORIZON_H 1000
#define BENCH_FOLLOW_UP_H 100
#define BENCH_TARGET_S 20

/* One replication. Counts, and times in microseconds; the meaning of each is that of the engine's
 * sums (books/measure.h). */
struct bench_sums {
    int64_t offered, answered, abandoned, waited, in_target, over_2min, over_5min, handled;
    int64_t wait_us, wait_answered_us, handle_us;
    int64_t busy_us, level_us, paid_us, queue_us;
    int64_t resolved, given_up, contacts, effort_us, issue_handle_us, resolution_us;
    int64_t events;
    struct ccs_histogram waits, ended, censored;
};

/* The engine's model with the engine's random numbers, event by event. */
void bench_loop_keyed(uint64_t seed, uint64_t replication, struct bench_sums *sums);

/* The same model by the cheapest means there are; only means agree. */
void bench_loop_free(uint64_t seed, uint64_t replication, struct bench_sums *sums);

/* In how many sums, of each replication, counts of events and pooled quantiles do results of
 * BENCH_SCENARIO differ from the keyed loop's? To the digit; each difference is told on stderr. */
int bench_differences(const struct ccs_results *res, const struct bench_sums *loops);

/* Speed of the engine and both loops; returns 0, or 1 if the loop does not reproduce the engine. */
int bench_speed(int rounds);

/* Bytes per customer and world; 0, or 1 if it cannot be measured. */
int bench_memory(void);

#endif
