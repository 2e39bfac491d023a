/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A loop written by hand for one model, M/M/100+M, as a fair opponent of the engine: the same keyed
 * streams, the same statistics, patience as events that can be cancelled, the same rounding to
 * microseconds, the same order of equal times. So it reproduces the engine's sums to the digit
 * (speed.c insists). But nothing general: fixed arrays, one queue, one team, no scenario, no
 * policy, no hooks, no books.
 *
 * Its event list is a 4-ary heap of (time, order, who). A cancelled patience stays in it until it
 * comes up, and is known by an order that is no longer its contact's.
 */
#include "bench.h"

#include "base/assert.h"
#include "base/units.h"
#include "random/stream.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum {
    CONTACT_MAX = 4096,
    HEAP_MAX = 16384,
    NOBODY = CONTACT_MAX,
    ARRIVAL = CONTACT_MAX /* in the place of a contact */
};

struct entry {
    ccs_time time;
    uint64_t order; /* schedule number << 16 | contact or ARRIVAL */
};

struct contact {
    uint64_t key;
    uint64_t order; /* of its event */
    ccs_time arose;
    ccs_time handle_us;
    uint16_t next, prev; /* in the queue; free list: next */
    bool is_waiting, measured;
};

struct loop {
    uint64_t key, stream;
    struct bench_sums *sums;
    ccs_time now, touched, queue_touched;
    struct entry arrival; /* the next one stands beside the heap */
    uint64_t arrivals, scheduled;
    int64_t cohort_open;
    int32_t busy, queued;
    uint16_t head, tail, unused;
    bool in_window;
    bool is_vacant; /* the top was taken and not yet replaced */
    uint32_t heap_len;
    struct entry heap[HEAP_MAX];
    struct contact contacts[CONTACT_MAX];
};

/* --- events --- */

static inline unsigned __int128 rank(const struct entry *e)
{
    return (unsigned __int128)((uint64_t)e->time ^ UINT64_C(1) << 63) << 64 | e->order;
}

static inline void sift_down(struct entry *heap, uint32_t len, struct entry last)
{
    uint32_t at = 0;
    for (uint32_t child = 1; child < len; child = 4 * at + 1) {
        uint32_t best = child;
        if (child + 4 <= len) {
            uint32_t left = child + (rank(&heap[child + 1]) < rank(&heap[child]));
            uint32_t right = child + 2 + (rank(&heap[child + 3]) < rank(&heap[child + 2]));
            best = rank(&heap[right]) < rank(&heap[left]) ? right : left;
        } else {
            for (uint32_t k = child + 1; k < len; k++) {
                best = rank(&heap[k]) < rank(&heap[best]) ? k : best;
            }
        }
        if (!(rank(&heap[best]) < rank(&last))) {
            break;
        }
        heap[at] = heap[best];
        at = best;
    }
    heap[at] = last;
}

static inline uint64_t schedule(struct loop *l, ccs_time time, uint16_t who)
{
    struct entry e = {time, l->scheduled++ << 16 | who};
    if (l->is_vacant) {
        l->is_vacant = false;
        sift_down(l->heap, l->heap_len, e);
        return e.order;
    }
    CCS_REQUIRE(l->heap_len < HEAP_MAX);
    uint32_t at = l->heap_len++;
    while (at > 0) {
        uint32_t parent = (at - 1) / 4;
        if (!(rank(&e) < rank(&l->heap[parent]))) {
            break;
        }
        l->heap[at] = l->heap[parent];
        at = parent;
    }
    l->heap[at] = e;
    return e.order;
}

/* The next event before `until` that was not cancelled. */
static inline bool next_event(struct loop *l, ccs_time until, uint16_t *who)
{
    for (;;) {
        if (l->is_vacant && --l->heap_len > 0) {
            sift_down(l->heap, l->heap_len, l->heap[l->heap_len]);
        }
        l->is_vacant = false;
        struct entry top = l->heap[0];
        if (l->heap_len == 0 || rank(&l->arrival) < rank(&top)) {
            if (l->arrival.time >= until) {
                return false;
            }
            l->now = l->arrival.time;
            *who = ARRIVAL;
            return true;
        }
        if (top.time >= until) {
            return false;
        }
        l->is_vacant = true;
        *who = (uint16_t)(top.order & 0xFFFF);
        if (l->contacts[*who].order == top.order) {
            l->now = top.time;
            return true;
        }
    }
}

/* --- draws --- */

static inline double draw(const struct loop *l, uint64_t entity, enum ccs_purpose purpose)
{
    return -log(ccs_uniform_at(l->key, entity, purpose, 0));
}

static void schedule_arrival(struct loop *l)
{
    double need = draw(l, ccs_entity_member(l->stream, l->arrivals), CCS_DRAW_ARRIVAL);
    double step = need / (BENCH_RATE_PER_H / (double)CCS_US_PER_H);
    ccs_time end = (BENCH_HORIZON_H + BENCH_FOLLOW_UP_H) * CCS_US_PER_H;
    bool is_late = step > (double)(end - l->arrival.time);
    l->arrival.time = is_late ? CCS_TIME_NEVER : l->arrival.time + ccs_round(step);
    l->arrival.order = l->scheduled++ << 16;
}

/* --- sums --- */

static inline void touch_team(struct loop *l)
{
    ccs_time dt = l->now - l->touched;
    l->sums->busy_us += l->busy * dt;
    l->sums->level_us += BENCH_SERVERS * dt;
    l->sums->paid_us += (l->busy > BENCH_SERVERS ? l->busy : BENCH_SERVERS) * dt;
    l->touched = l->now;
}

static inline void touch_queue(struct loop *l)
{
    l->sums->queue_us += l->queued * (l->now - l->queue_touched);
    l->queue_touched = l->now;
}

static inline void count_wait(struct bench_sums *s, ccs_time wait)
{
    s->waited += wait > 0;
    s->wait_us += wait;
    s->over_2min += wait > 2 * CCS_US_PER_MIN;
    s->over_5min += wait > 5 * CCS_US_PER_MIN;
}

/* --- the way of a contact --- */

static void start(struct loop *l, struct contact *ct)
{
    struct bench_sums *s = l->sums;
    ccs_time wait = l->now - ct->arose;
    if (ct->measured) {
        s->answered++;
        count_wait(s, wait);
        s->wait_answered_us += wait;
        s->in_target += wait <= BENCH_TARGET_S * CCS_US_PER_S;
        ccs_histogram_add(&s->waits, wait);
    }
    touch_team(l);
    l->busy++;
    ccs_time talk = ccs_round(1e6 * (BENCH_SERVICE_S * draw(l, ct->key, CCS_DRAW_TALK)));
    if (l->in_window) {
        s->handled++;
        s->handle_us += talk;
    }
    ct->handle_us = talk;
    ct->is_waiting = false;
    ct->order = schedule(l, l->now + talk, (uint16_t)(ct - l->contacts));
}

static void unlink_waiting(struct loop *l, struct contact *ct)
{
    touch_queue(l);
    if (ct->prev == NOBODY) {
        l->head = ct->next;
    } else {
        l->contacts[ct->prev].next = ct->next;
    }
    if (ct->next == NOBODY) {
        l->tail = ct->prev;
    } else {
        l->contacts[ct->next].prev = ct->prev;
    }
    l->queued--;
}

static void arrive(struct loop *l)
{
    uint64_t key = ccs_entity_member(l->stream, l->arrivals++);
    schedule_arrival(l);
    CCS_REQUIRE(l->unused != NOBODY);
    struct contact *ct = &l->contacts[l->unused];
    uint16_t self = l->unused;
    l->unused = ct->next;
    *ct = (struct contact){.key = key, .arose = l->now, .measured = l->in_window};
    if (l->in_window) {
        l->sums->offered++;
        l->cohort_open++;
    }
    if (l->busy < BENCH_SERVERS) {
        start(l, ct);
        return;
    }
    touch_queue(l);
    ct->is_waiting = true;
    ct->next = NOBODY;
    ct->prev = l->tail;
    if (l->tail == NOBODY) {
        l->head = self;
    } else {
        l->contacts[l->tail].next = self;
    }
    l->tail = self;
    l->queued++;
    double patience_s = BENCH_PATIENCE_S * draw(l, key, CCS_DRAW_PATIENCE);
    ct->order = schedule(l, l->now + ccs_time_from_s(patience_s), self);
}

/* The issue has ended: its own sums, and the record is free. */
static void end(struct loop *l, struct contact *ct, bool is_resolved)
{
    struct bench_sums *s = l->sums;
    if (ct->measured) {
        ccs_time age = l->now - ct->arose;
        l->cohort_open--;
        s->effort_us += age; /* waiting and talking: all of it */
        s->issue_handle_us += ct->handle_us;
        s->contacts += is_resolved;
        if (is_resolved) {
            s->resolved++;
            s->resolution_us += age;
            ccs_histogram_add(&s->ended, age);
        } else {
            s->given_up++;
            ccs_histogram_add(&s->censored, age);
        }
    }
    ct->order = UINT64_MAX;
    ct->next = l->unused;
    l->unused = (uint16_t)(ct - l->contacts);
}

static void abandon(struct loop *l, struct contact *ct)
{
    unlink_waiting(l, ct);
    if (ct->measured) {
        l->sums->abandoned++;
        count_wait(l->sums, l->now - ct->arose);
    }
    end(l, ct, false);
}

static void finish(struct loop *l, struct contact *ct)
{
    end(l, ct, true);
    touch_team(l);
    l->busy--;
    if (l->head != NOBODY) {
        struct contact *first = &l->contacts[l->head];
        unlink_waiting(l, first);
        start(l, first); /* its new event's order cancels its patience */
    }
}

static void run(struct loop *l, ccs_time until)
{
    uint16_t who;
    while (next_event(l, until, &who)) {
        l->sums->events++;
        if (who == ARRIVAL) {
            arrive(l);
        } else if (l->contacts[who].is_waiting) {
            abandon(l, &l->contacts[who]);
        } else {
            finish(l, &l->contacts[who]);
        }
    }
    l->now = until;
}

void bench_loop_keyed(uint64_t seed, uint64_t replication, struct bench_sums *sums)
{
    static struct loop loop; /* too large for a stack; the benchmark has one thread */
    struct loop *l = &loop;
    memset(l, 0, offsetof(struct loop, heap));
    memset(sums, 0, sizeof *sums);
    l->sums = sums;
    l->key = ccs_stream_key(seed, replication);
    l->stream = ccs_entity_from_name("stream", "/call/volume");
    l->now = l->arrival.time = -BENCH_WARMUP_H * CCS_US_PER_H;
    l->touched = l->queue_touched = l->now;
    l->head = l->tail = NOBODY;
    for (uint16_t i = 0; i < CONTACT_MAX; i++) {
        l->contacts[i].next = i + 1;
    }
    schedule_arrival(l);
    run(l, 0);
    int64_t past_events = sums->events;
    memset(sums, 0, sizeof *sums);
    sums->events = past_events;
    l->touched = l->queue_touched = 0;
    l->in_window = true;
    run(l, BENCH_HORIZON_H * CCS_US_PER_H);
    touch_team(l);
    touch_queue(l);
    struct bench_sums window = {.busy_us = sums->busy_us,
                                .level_us = sums->level_us,
                                .paid_us = sums->paid_us,
                                .queue_us = sums->queue_us};
    l->in_window = false;
    ccs_time last = (BENCH_HORIZON_H + BENCH_FOLLOW_UP_H) * CCS_US_PER_H;
    ccs_time step = CCS_US_PER_MIN; /* as the engine does: see replication.c */
    while (l->now < last && l->cohort_open > 0) {
        run(l, l->now + step < last ? l->now + step : last);
        step = 2 * step < CCS_US_PER_DAY ? 2 * step : CCS_US_PER_DAY;
    }
    sums->busy_us = window.busy_us;
    sums->level_us = window.level_us;
    sums->paid_us = window.paid_us;
    sums->queue_us = window.queue_us;
}
