/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an event costs must not depend on how many wait. Counted without a clock and without help
 * of the engine: before every event the records of contacts and issues and the event list are made
 * inaccessible, and the pages of memory that the event then reaches for are counted. An event that
 * looks through a queue of 32,000 reaches for five hundred pages.
 */
#include "sim_help.h"
#include "world/demand/backlog.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

Suite *suite_queue_work(void);

enum {
    EVENTS = 500,
    ARRAYS = 5,
    REACHED_MAX = 10000, /* in one event; more are not counted */
    SHORT = 1000,
    LONG = 32000
};

/* ---- pages reached for ---- */

struct range {
    char *from, *to; /* whole pages */
};

static uintptr_t page_size;
static struct range guarded[ARRAYS];
static char *reached[REACHED_MAX];
static int reached_n;

static void on_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    char *at = (char *)((uintptr_t)info->si_addr & ~(page_size - 1));
    for (int i = 0; i < ARRAYS; i++) {
        if (at >= guarded[i].from && at < guarded[i].to && reached_n < REACHED_MAX) {
            mprotect(at, page_size, PROT_READ | PROT_WRITE);
            reached[reached_n++] = at;
            return;
        }
    }
    signal(signal_number, SIG_DFL); /* a fault of our own */
}

static struct range pages_of(const struct ccs_array *array)
{
    uintptr_t from = ((uintptr_t)array->data + page_size - 1) & ~(page_size - 1);
    uintptr_t to = ((uintptr_t)array->data + (size_t)array->cap * array->size) & ~(page_size - 1);
    return (struct range){(char *)from, (char *)(to > from ? to : from)};
}

/* All of the guarded pages. */
static void set_access(int access)
{
    for (int i = 0; i < ARRAYS; i++) {
        if (guarded[i].to > guarded[i].from) {
            mprotect(guarded[i].from, (size_t)(guarded[i].to - guarded[i].from), access);
        }
    }
}

/* Closes what an event has opened. False if an array has grown, by copying all of it. */
static bool close_again(const struct ccs_world *w)
{
    const struct ccs_array *arrays[ARRAYS] = {&w->contacts, &w->issues, &w->contact_extras,
                                              &w->events.heap.entries, &w->events.slots};
    struct range now[ARRAYS];
    for (int i = 0; i < ARRAYS; i++) {
        now[i] = pages_of(arrays[i]);
    }
    if (memcmp(now, guarded, sizeof now) != 0) {
        set_access(PROT_READ | PROT_WRITE);
        memcpy(guarded, now, sizeof now);
        set_access(PROT_NONE);
        return false;
    }
    for (int i = 0; i < reached_n; i++) {
        mprotect(reached[i], page_size, PROT_NONE);
    }
    return true;
}

/* ---- a world, event by event ---- */

struct count {
    const struct ccs_world *w;
    int64_t events, pages;
    bool looks; /* as a fault would: at everybody in the queue */
};

static void look_through(const struct ccs_world *w)
{
    const struct ccs_queue *queue = w->queues.data;
    volatile uint32_t i = queue->head;
    while (i != CCS_NONE) {
        i = ((const struct ccs_contact *)w->contacts.data)[i].u.wait.next;
    }
}

/* From one event to the next: carrying it out, and finding the next. */
static void between_events(void *context, const struct ccs_event *ev)
{
    struct count *count = context;
    (void)ev;
    if (close_again(count->w)) {
        count->events++;
        count->pages += reached_n;
    }
    reached_n = 0;
    if (count->looks) {
        look_through(count->w);
    }
}

/* Pages an event reaches for, on average, while so many wait. */
static double pages_per_event(const char *text, int waiting, bool looks)
{
    char set[60];
    snprintf(set, sizeof set, "/run/backlog=%d", waiting);
    struct ccs_scenario *sc = scenario_with(text, set);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 7, 0);
    ck_assert_int_eq(ccs_backlog_place(lone.w), CCS_OK);
    world_begin(&lone, model_of(sc, NULL));
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    memset(guarded, 0, sizeof guarded);
    reached_n = 0;
    struct sigaction fault = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    struct sigaction old;
    ck_assert_int_eq(sigaction(SIGSEGV, &fault, &old), 0);
    struct count count = {.w = lone.w, .looks = looks};
    struct ccs_watch watch = {.context = &count, .event = between_events};
    for (ccs_time until = 0; count.events < EVENTS && until < lone.w->horizon;) {
        until += CCS_US_PER_S;
        ck_assert_int_eq(ccs_world_run_watched(lone.w, until, NULL, &watch), CCS_OK);
    }
    set_access(PROT_READ | PROT_WRITE);
    ck_assert_int_eq(sigaction(SIGSEGV, &old, NULL), 0);
    uint32_t queued = ((const uint32_t *)lone.w->queued.data)[0];
    ck_assert_int_gt(queued, waiting / 2); /* they still wait */
    ck_assert_int_ge(count.events, EVENTS);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    return (double)count.pages / (double)count.events;
}

#define WORLD(channel, types, teams, rest)                                                         \
    "{'name': 'work', 'run': {'start': '2026-01-05', 'horizon': '2 days', "                        \
    "'warmup': '0 s'}, 'channels': {'phone': {" channel "}}, 'issue_types': {" types               \
    "}, 'teams': {" teams "}" rest "}"
#define CALL "'call': {'volume': {'rate_per_h': 6000}, 'talk': {'dist': " EXP "}}"
#define EXP "'exponential', 'mean': '5 min'"
#define MORE ", 'more': {'volume': {'rate_per_h': 600}, 'talk': '1 min'}"

static const char *const worlds[] = {
    /* impatient callers who leave messages */
    WORLD("'patience': {'dist': 'exponential', 'mean': '20 h'}, 'voicemail': {'after': '20 h'}",
          CALL, "'a': {'agents': 500}", ""),
    /* callers who ask how long it will take; waiting places */
    WORLD("'queue_limit': 100000, 'balking': {'tolerance': {'dist': 'exponential', "
          "'mean': '100 h'}}",
          CALL, "'a': {'agents': 500}", ""),
    /* teams that come in later and keep some agents back; queues by length */
    WORLD("", CALL MORE,
          "'a': {'agents': 500}, 'b': {'agents': 50, 'overflow_after_s': {'call': 3600}, "
          "'reserve': {'more': 3}}",
          ", 'routing': {'agent': 'least_occupied', 'contact': 'longest_queue'}"),
    WORLD("", CALL MORE, "'a': {'agents': 500}, 'b': {'agents': 50, 'skill_priority': {'more': 2}}",
          ", 'routing': {'agent': 'random', 'contact': 'weighted_wait', 'weights': {'more': 3}}"),
};

START_TEST(an_event_looks_at_no_more_when_many_wait)
{
    double few = pages_per_event(worlds[_i], SHORT, false);
    double many = pages_per_event(worlds[_i], LONG, false);
    ck_assert_double_gt(few, 0.5); /* it does count */
    /* spread over more pages, and the heap is three levels higher */
    ck_assert_double_lt(many, few + 5);
}
END_TEST

START_TEST(an_event_that_looked_through_the_queue_would_be_caught)
{
    double few = pages_per_event(worlds[0], SHORT, true);
    double many = pages_per_event(worlds[0], LONG, true);
    ck_assert_double_gt(many, few + 100);
}
END_TEST

Suite *suite_queue_work(void)
{
    Suite *suite = suite_create("queue_work");
    TCase *tc = tcase_create("queue");
    tcase_add_loop_test(tc, an_event_looks_at_no_more_when_many_wait, 0,
                        sizeof worlds / sizeof worlds[0]);
    tcase_add_test(tc, an_event_that_looked_through_the_queue_would_be_caught);
    suite_add_tcase(suite, tc);
    return suite;
}
