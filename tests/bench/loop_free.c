/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The same model by whatever is cheapest, for information: what a specialist gets out of this
 * machine who needs neither events nor streams by key.
 *
 * First come first served needs no queue: an arrival waits until the earliest of the times at
 * which the servers become free, unless patience ends before (Kiefer and Wolfowitz 1955). So there
 * is one heap of 100 doubles and one pass over the arrivals; the generator is xoshiro256+
 * (Blackman and Vigna 2021).
 */
#include "bench.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

struct generator {
    uint64_t s[4];
};

static inline uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static inline double exponential(struct generator *g)
{
    uint64_t bits = g->s[0] + g->s[3];
    uint64_t t = g->s[1] << 17;
    g->s[2] ^= g->s[0];
    g->s[3] ^= g->s[1];
    g->s[1] ^= g->s[2];
    g->s[0] ^= g->s[3];
    g->s[2] ^= t;
    g->s[3] = rotate(g->s[3], 45);
    return -log((double)((bits >> 12) + 1) * 0x1p-52);
}

static inline double overlap(double from, double to, double horizon)
{
    double lo = from > 0 ? from : 0;
    double hi = to < horizon ? to : horizon;
    return hi > lo ? hi - lo : 0;
}

/* The server that was free first takes the next contact until `free_at`. */
static inline void replace_first(double *heap, double free_at)
{
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= BENCH_SERVERS) {
            break;
        }
        child += child + 1 < BENCH_SERVERS && heap[child + 1] < heap[child];
        if (heap[child] >= free_at) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = free_at;
}

static inline ccs_time us(double hours)
{
    return (ccs_time)(hours * (double)CCS_US_PER_H);
}

void bench_loop_free(uint64_t seed, uint64_t replication, struct bench_sums *sums)
{
    struct generator g = {{seed + 1, replication + 2, 3, 4}};
    for (int i = 0; i < 20; i++) {
        exponential(&g);
    }
    double free_at[BENCH_SERVERS];
    for (int i = 0; i < BENCH_SERVERS; i++) {
        free_at[i] = -BENCH_WARMUP_H;
    }
    memset(sums, 0, sizeof *sums);
    double horizon = BENCH_HORIZON_H;
    double busy = 0;
    double queue = 0;
    double target = BENCH_TARGET_S / 3600.0;
    for (double t = -BENCH_WARMUP_H;;) {
        t += exponential(&g) / BENCH_RATE_PER_H;
        if (t >= horizon) {
            break;
        }
        double wait = free_at[0] > t ? free_at[0] - t : 0;
        double patience = wait > 0 ? exponential(&g) * (BENCH_PATIENCE_S / 3600) : 0;
        bool measured = t >= 0;
        bool is_served = wait <= patience;
        double stay = is_served ? wait : patience;
        queue += overlap(t, t + stay, horizon);
        sums->events += 2;
        if (measured) {
            sums->offered++;
            sums->waited += stay > 0;
            sums->wait_us += us(stay);
            sums->over_2min += stay > 2 / 60.0;
            sums->over_5min += stay > 5 / 60.0;
        }
        if (!is_served) {
            sums->abandoned += measured;
            continue;
        }
        double service = exponential(&g) * (BENCH_SERVICE_S / 3600);
        replace_first(free_at, t + wait + service);
        busy += overlap(t + wait, t + wait + service, horizon);
        if (measured) {
            sums->answered++;
            sums->in_target += stay <= target;
            sums->wait_answered_us += us(stay);
            sums->handle_us += us(service);
            sums->resolution_us += us(stay + service);
            sums->resolved++;
            ccs_histogram_add(&sums->waits, us(stay));
            ccs_histogram_add(&sums->ended, us(stay + service));
        }
    }
    sums->busy_us = us(busy);
    sums->queue_us = us(queue);
    sums->paid_us = sums->level_us = BENCH_SERVERS * us(horizon);
}
