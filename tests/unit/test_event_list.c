/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine/event_list: order, ties, cancellation, and a naive sorted list that must agree with it. */
#include "../child.h"

#include "base/arena.h"
#include "engine/event_list.h"

#include <stdlib.h>
#include <string.h>

Suite *suite_event_list(void);

static struct ccs_arena budget;
static struct ccs_event_list list;

static void set_up(void)
{
    ccs_arena_init(&budget, 0);
    ccs_event_list_init(&list);
}

static void tear_down(void)
{
    ccs_event_list_fini(&list, &budget);
    ck_assert_uint_eq(budget.used, 0);
    ccs_arena_fini(&budget);
}

/* Schedules with the room it needs. */
static uint32_t put(ccs_time time, uint32_t entity)
{
    ck_assert_int_eq(ccs_event_list_reserve(&list, &budget, 1), CCS_OK);
    return ccs_event_list_schedule(&list, time, 7, entity);
}

/* Takes the next event, whenever it is. */
static bool take(struct ccs_event *event)
{
    return ccs_event_list_pop(&list, CCS_TIME_NEVER, event);
}

START_TEST(an_empty_list_has_no_next_event)
{
    struct ccs_event ev = {-1, 2, 3};
    ck_assert_int_eq(ccs_event_list_peek(&list), CCS_TIME_NEVER);
    ck_assert(!take(&ev));
    ck_assert_int_eq(ev.time, -1);
    ck_assert_uint_eq(ccs_event_list_count(&list), 0);
}
END_TEST

START_TEST(events_fire_in_order_of_time_also_before_zero)
{
    static const ccs_time times[] = {5, -3, 0, 12, -40, 7, 6, 1, -1, 11};
    static const ccs_time sorted[] = {-40, -3, -1, 0, 1, 5, 6, 7, 11, 12};
    for (uint32_t i = 0; i < 10; i++) {
        put(times[i], i);
    }
    struct ccs_event ev;
    for (int i = 0; i < 10; i++) {
        ck_assert_int_eq(ccs_event_list_peek(&list), sorted[i]);
        ck_assert(take(&ev));
        ck_assert_int_eq(ev.time, sorted[i]);
        ck_assert_int_eq(times[ev.entity], sorted[i]);
        ck_assert_uint_eq(ev.kind, 7);
    }
    ck_assert(!take(&ev));
}
END_TEST

START_TEST(equal_times_fire_in_schedule_order)
{
    for (uint32_t i = 0; i < 1000; i++) {
        put(42, i);
    }
    struct ccs_event ev;
    for (uint32_t i = 0; i < 1000; i++) {
        ck_assert(take(&ev));
        ck_assert_uint_eq(ev.entity, i);
    }
}
END_TEST

START_TEST(a_reused_slot_does_not_bring_an_event_forward_among_equals)
{
    put(1, 100);
    put(9, 0);
    put(9, 1);
    struct ccs_event ev;
    ck_assert(take(&ev));
    ck_assert_uint_eq(ev.entity, 100);
    put(9, 2); /* gets the slot of the first, but comes last */
    for (uint32_t i = 0; i < 3; i++) {
        ck_assert(take(&ev));
        ck_assert_uint_eq(ev.entity, i);
    }
}
END_TEST

START_TEST(pop_leaves_what_is_later_than_until)
{
    put(10, 1);
    struct ccs_event ev;
    ck_assert(!ccs_event_list_pop(&list, 9, &ev));
    ck_assert_uint_eq(ccs_event_list_count(&list), 1);
    ck_assert(ccs_event_list_pop(&list, 10, &ev));
    ck_assert_uint_eq(ccs_event_list_count(&list), 0);
}
END_TEST

START_TEST(a_cancelled_event_neither_fires_nor_decides_what_comes_next)
{
    uint32_t first = put(1, 1);
    put(5, 5);
    uint32_t last = put(9, 9);
    ccs_event_list_cancel(&list, first);
    ck_assert_uint_eq(ccs_event_list_count(&list), 2);
    ck_assert_int_eq(ccs_event_list_peek(&list), 5);
    struct ccs_event ev;
    ck_assert(!ccs_event_list_pop(&list, 4, &ev));
    ck_assert(ccs_event_list_pop(&list, 5, &ev));
    ck_assert_uint_eq(ev.entity, 5);
    ccs_event_list_cancel(&list, last);
    ck_assert_int_eq(ccs_event_list_peek(&list), CCS_TIME_NEVER);
    ck_assert(!take(&ev));
}
END_TEST

START_TEST(cancelling_the_last_event_right_after_a_pop_leaves_nothing)
{
    put(1, 1);
    uint32_t other = put(2, 2);
    struct ccs_event ev;
    ck_assert(take(&ev));
    ccs_event_list_cancel(&list, other);
    ck_assert_uint_eq(ccs_event_list_count(&list), 0);
    put(3, 3);
    ck_assert_uint_eq(ccs_event_list_count(&list), 1);
    ck_assert(take(&ev));
    ck_assert_uint_eq(ev.entity, 3);
    ck_assert(!take(&ev));
}
END_TEST

START_TEST(slots_are_reused_so_that_a_long_run_needs_little_room)
{
    ck_assert_int_eq(ccs_event_list_reserve(&list, &budget, 8), CCS_OK);
    size_t used = budget.used;
    struct ccs_event ev;
    uint32_t hanging = CCS_EVENT_NONE;
    for (int i = 0; i < 100000; i++) { /* per round: two scheduled, one fires, one is cancelled */
        ck_assert_int_eq(ccs_event_list_reserve(&list, &budget, 2), CCS_OK);
        ccs_event_list_schedule(&list, i, 1, 1);
        hanging = ccs_event_list_schedule(&list, i + 3, 2, 2);
        ck_assert(take(&ev));
        ck_assert_uint_eq(ev.kind, 1);
        ck_assert_int_eq(ev.time, i);
        ccs_event_list_cancel(&list, hanging);
    }
    ck_assert_uint_le(list.slots.cap, 64);
    ck_assert_uint_le(budget.used, 16 * used);
    ck_assert(!take(&ev));
}
END_TEST

START_TEST(many_cancelled_far_future_events_are_swept_out)
{
    /* Patience that nearly never runs out: dead entries would otherwise pile up at the bottom. */
    put(1000000, 77);
    struct ccs_event ev;
    for (int i = 0; i < 200000; i++) {
        uint32_t handle = put(2000000 + i, 1);
        ccs_event_list_cancel(&list, handle);
        ck_assert_uint_eq(ccs_event_list_count(&list), 1);
        ck_assert_uint_le(list.heap.entries.len, 4096);
    }
    ck_assert(take(&ev));
    ck_assert_uint_eq(ev.entity, 77);
    ck_assert(!take(&ev));
}
END_TEST

START_TEST(the_budget_bounds_the_list_and_a_failed_reserve_changes_nothing)
{
    struct ccs_arena small;
    ccs_arena_init(&small, 64 * 1024);
    struct ccs_event_list tight;
    ccs_event_list_init(&tight);
    ck_assert_int_eq(ccs_event_list_reserve(&tight, &small, 100), CCS_OK);
    ccs_event_list_schedule(&tight, 5, 1, 1);
    ck_assert_int_eq(ccs_event_list_reserve(&tight, &small, 1000000), CCS_ENOMEM);
    ck_assert_int_eq(ccs_event_list_reserve(&tight, &small, CCS_EVENT_SLOT_MAX), CCS_ENOMEM);
    struct ccs_event ev;
    ck_assert(ccs_event_list_pop(&tight, 5, &ev));
    ck_assert_uint_eq(ev.entity, 1);
    ccs_event_list_fini(&tight, &small);
    ccs_arena_fini(&small);
}
END_TEST

#ifdef CCS_DEBUG /* an assertion too frequent for the release build */
static void cancel_twice(void)
{
    uint32_t handle = put(1, 1);
    ccs_event_list_cancel(&list, handle);
    ccs_event_list_cancel(&list, handle);
}

START_TEST(cancelling_twice_is_our_own_bug_and_stops)
{
    assert_aborts(cancel_twice);
}
END_TEST
#endif

/* ---- against a naive list ---- */

/* What the naive list knows of an event; kept in schedule order. */
struct naive {
    ccs_time time;
    uint32_t kind, entity, handle;
    bool is_alive;
};

enum {
    SOURCES = 3
};

struct rig {
    struct naive *all;
    size_t n;
    uint64_t random;
};

static uint64_t next_random(struct rig *rig) /* SplitMix64 */
{
    uint64_t z = rig->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* The first of the earliest, or NULL. */
static struct naive *earliest(struct rig *rig)
{
    struct naive *best = NULL;
    for (size_t i = 0; i < rig->n; i++) {
        if (rig->all[i].is_alive && (!best || rig->all[i].time < best->time)) {
            best = &rig->all[i];
        }
    }
    return best;
}

/* One that can be cancelled, or NULL. */
static struct naive *any_alive(struct rig *rig)
{
    for (int tries = 0; tries < 20 && rig->n > 0; tries++) {
        struct naive *pick = &rig->all[next_random(rig) % rig->n];
        if (pick->is_alive && pick->kind != CCS_EVENT_SOURCE) {
            return pick;
        }
    }
    return NULL;
}

static uint32_t count_alive(const struct rig *rig)
{
    uint32_t n = 0;
    for (size_t i = 0; i < rig->n; i++) {
        n += rig->all[i].is_alive;
    }
    return n;
}

/* Both must take the same next event; from the real list it comes with `until` = its time. */
static void take_both(struct rig *rig, struct ccs_event_list *real)
{
    struct naive *want = earliest(rig);
    struct ccs_event ev;
    if (!want) {
        ck_assert(!ccs_event_list_pop(real, CCS_TIME_NEVER, &ev));
        return;
    }
    ck_assert_int_eq(ccs_event_list_peek(real), want->time);
    ck_assert(!ccs_event_list_pop(real, want->time - 1, &ev));
    ck_assert(ccs_event_list_pop(real, want->time, &ev));
    ck_assert_int_eq(ev.time, want->time);
    ck_assert_uint_eq(ev.kind, want->kind);
    ck_assert_uint_eq(ev.entity, want->entity);
    want->is_alive = false;
}

static bool is_pending(const struct rig *rig, uint32_t source)
{
    for (size_t i = 0; i < rig->n; i++) {
        if (rig->all[i].is_alive && rig->all[i].kind == CCS_EVENT_SOURCE &&
            rig->all[i].entity == source) {
            return true;
        }
    }
    return false;
}

/* Every other event is a source's, if that has none pending. */
static void schedule_both(struct rig *rig, struct ccs_event_list *real)
{
    uint32_t source = (uint32_t)(next_random(rig) % (2 * SOURCES));
    struct naive *new = &rig->all[rig->n];
    *new = (struct naive){.time = (ccs_time)(next_random(rig) % 50), .is_alive = true};
    if (source < SOURCES && !is_pending(rig, source)) {
        new->kind = CCS_EVENT_SOURCE;
        new->entity = source;
        ccs_event_list_schedule_source(real, new->time, source);
    } else {
        new->kind = 1;
        new->entity = (uint32_t)rig->n;
        ck_assert_int_eq(ccs_event_list_reserve(real, &budget, 1), CCS_OK);
        new->handle = ccs_event_list_schedule(real, new->time, new->kind, new->entity);
    }
    rig->n++;
}

/* One random operation; `p_cancel` of 100 are cancellations, 30 are pops. */
static void operate(struct rig *rig, struct ccs_event_list *real, unsigned p_cancel)
{
    unsigned what = (unsigned)(next_random(rig) % 100);
    if (what < p_cancel) {
        struct naive *victim = any_alive(rig);
        if (victim) {
            ccs_event_list_cancel(real, victim->handle);
            victim->is_alive = false;
        }
    } else if (what < p_cancel + 30) {
        take_both(rig, real);
    } else {
        schedule_both(rig, real);
    }
    ck_assert_uint_eq(ccs_event_list_count(real), count_alive(rig));
}

static void start_rig(struct rig *rig, size_t room, uint64_t seed)
{
    *rig = (struct rig){.all = calloc(room, sizeof *rig->all), .random = seed};
    ck_assert_ptr_nonnull(rig->all);
    ck_assert_int_eq(ccs_event_list_reserve_sources(&list, &budget, SOURCES), CCS_OK);
}

START_TEST(random_operations_agree_with_a_naive_list)
{
    static const unsigned p_cancel[] = {0, 10, 30, 38};
    struct rig rig;
    start_rig(&rig, 1500, (uint64_t)_i + 1);
    for (int i = 0; i < 1500; i++) {
        operate(&rig, &list, p_cancel[_i % 4]);
    }
    while (count_alive(&rig) > 0) {
        take_both(&rig, &list);
    }
    take_both(&rig, &list);
    free(rig.all);
}
END_TEST

START_TEST(a_copy_fires_the_same_events_whatever_state_it_was_taken_in)
{
    struct rig rig;
    struct rig twin;
    start_rig(&rig, 600, 1000 + (uint64_t)_i);
    start_rig(&twin, 600, 0);
    for (int i = 0; i < 200 + _i; i++) {
        operate(&rig, &list, 25);
    }
    struct ccs_event_list copy;
    ccs_event_list_init(&copy);
    ck_assert_int_eq(ccs_event_list_copy(&copy, &list, &budget), CCS_OK);
    memcpy(twin.all, rig.all, 600 * sizeof *rig.all);
    twin.n = rig.n;
    twin.random = rig.random;
    for (int i = 0; i < 200; i++) { /* the two lives do not touch each other */
        operate(&rig, &list, 25);
    }
    for (int i = 0; i < 200; i++) {
        operate(&twin, &copy, 25);
    }
    ck_assert_mem_eq(twin.all, rig.all, 600 * sizeof *rig.all); /* handles included */
    while (count_alive(&twin) > 0) {
        take_both(&twin, &copy);
        take_both(&rig, &list);
    }
    ccs_event_list_fini(&copy, &budget);
    free(rig.all);
    free(twin.all);
}
END_TEST

START_TEST(sweeping_changes_nothing_that_fires)
{
    /* Enough cancellations at once that the list sweeps, with ties around them, after a pop (top
     * vacant) or not. */
    enum {
        N = 4000
    };
    static uint32_t handle[N];
    struct rig rig;
    start_rig(&rig, 1, 17 + (uint64_t)_i);
    put(-5, N);
    for (uint32_t i = 0; i < N; i++) {
        handle[i] = put((ccs_time)(i % 40), i);
    }
    struct ccs_event ev;
    if (_i % 2) {
        ck_assert(take(&ev));
        ck_assert_uint_eq(ev.entity, N);
    }
    static bool is_dead[N];
    memset(is_dead, 0, sizeof is_dead);
    for (int k = 0; k < 3500; k++) {
        uint32_t i;
        do {
            i = (uint32_t)(next_random(&rig) % N);
        } while (is_dead[i]);
        is_dead[i] = true;
        ccs_event_list_cancel(&list, handle[i]);
    }
    ck_assert_uint_lt(list.heap.entries.len, N); /* it did sweep */
    if (_i % 2 == 0) {
        ck_assert(take(&ev));
        ck_assert_uint_eq(ev.entity, N);
    }
    for (uint32_t t = 0; t < 40; t++) {
        for (uint32_t i = t; i < N; i += 40) {
            if (!is_dead[i]) {
                ck_assert(take(&ev));
                ck_assert_uint_eq(ev.entity, i);
            }
        }
    }
    ck_assert(!take(&ev));
    free(rig.all);
}
END_TEST

Suite *suite_event_list(void)
{
    Suite *suite = suite_create("event_list");
    TCase *order = tcase_create("order");
    tcase_add_checked_fixture(order, set_up, tear_down);
    tcase_add_test(order, an_empty_list_has_no_next_event);
    tcase_add_test(order, events_fire_in_order_of_time_also_before_zero);
    tcase_add_test(order, equal_times_fire_in_schedule_order);
    tcase_add_test(order, a_reused_slot_does_not_bring_an_event_forward_among_equals);
    tcase_add_test(order, pop_leaves_what_is_later_than_until);
    suite_add_tcase(suite, order);

    TCase *cancel = tcase_create("cancel");
    tcase_add_checked_fixture(cancel, set_up, tear_down);
    tcase_add_test(cancel, a_cancelled_event_neither_fires_nor_decides_what_comes_next);
    tcase_add_test(cancel, cancelling_the_last_event_right_after_a_pop_leaves_nothing);
#ifdef CCS_DEBUG
    tcase_add_test(cancel, cancelling_twice_is_our_own_bug_and_stops);
#endif
    suite_add_tcase(suite, cancel);

    TCase *room = tcase_create("room");
    tcase_add_checked_fixture(room, set_up, tear_down);
    tcase_add_test(room, slots_are_reused_so_that_a_long_run_needs_little_room);
    tcase_add_test(room, many_cancelled_far_future_events_are_swept_out);
    tcase_add_test(room, the_budget_bounds_the_list_and_a_failed_reserve_changes_nothing);
    suite_add_tcase(suite, room);

    TCase *property = tcase_create("against a naive list");
    tcase_add_checked_fixture(property, set_up, tear_down);
    tcase_add_loop_test(property, random_operations_agree_with_a_naive_list, 0, 12);
    tcase_add_loop_test(property, a_copy_fires_the_same_events_whatever_state_it_was_taken_in, 0,
                        8);
    tcase_add_loop_test(property, sweeping_changes_nothing_that_fires, 0, 4);
    suite_add_tcase(suite, property);
    return suite;
}
