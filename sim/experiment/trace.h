/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The trace of replication 0: enough of every event to say later, without the program that made
 * it, which event was the first to differ.
 *
 * A stretch (the shared past; each policy from t0 on) chains all its events into one hash,
 *
 *   h(0) = 0,   h(k) = XXH3(h(k-1), time, kind << 32 | entity),
 *
 * and leaves marks, 16 bits of h(k), after each of the first 1024 events and from there on every
 * 1/64 further: after event k comes the mark of k + k/64. Two traces differ from the first mark on
 * that differs: the event itself among the first 1024, a window of 1.6 % of the events later on.
 * That a mark agrees by chance has a probability of 1/65536 and delays the finding by one mark.
 *
 * With a trail (trail.h) the event is found exactly wherever it is, and both sides are known.
 */
#ifndef CCS_EXPERIMENT_TRACE_H
#define CCS_EXPERIMENT_TRACE_H

#include "experiment/results.h"
#include "experiment/trail.h"

#define CCS_TRACE_DENSE 1024
#define CCS_TRACE_MARKS 4096 /* more than any number of events leaves */

struct ccs_stretch {
    const char *policy; /* NULL: the past */
    uint64_t event_n;
    uint64_t hash; /* h(event_n) */
    uint16_t *marks;
    size_t mark_n;
    /* not of the past: */
    uint64_t measures;                   /* hash of what was counted */
    ccs_money window[CCS_ACCOUNT_COUNT]; /* the books in [t0, T) ... */
    ccs_money later[CCS_ACCOUNT_COUNT];  /* ... and in the follow-up */
};

struct ccs_trace {
    struct ccs_stretch *stretch;
    size_t stretch_n;
};

/* Where a replication leaves an older trace. */
struct ccs_divergence {
    bool is_found;
    bool is_exact;        /* event `first` itself; else it is one of first .. last */
    const char *policy;   /* NULL: in the shared past */
    uint64_t first, last; /* number of the event in its stretch, from 1 */
    ccs_time from, to;    /* times of the run now that enclose it */
    bool has_now, has_then;
    struct ccs_event now, then; /* exact only; not there: that side has no more events */
    bool then_is_known;         /* by a trail, or because there was none */
};

struct ccs_trace_options {
    const struct ccs_trace *old;       /* NULL: do not compare */
    const struct ccs_trail *old_trail; /* NULL: none */
    struct ccs_trail_writer *trail;    /* NULL: keep no trail */
    const volatile int *stop;
};

/* Number of events before the mark after the one at k. */
static inline uint64_t ccs_trace_next(uint64_t k)
{
    return k + (k < CCS_TRACE_DENSE ? 1 : k / 64);
}

/* Number of marks that `event_n` events leave. */
size_t ccs_trace_mark_count(uint64_t event_n);

/* Runs replication 0 of the results once more and watches it. The trace lives in the arena; names
 * belong to the scenario. CCS_ENOMEM or CCS_EINTERRUPTED. */
ccs_status ccs_trace_run(const struct ccs_results *results, const struct ccs_trace_options *options,
                         struct ccs_arena *arena, struct ccs_trace *trace,
                         struct ccs_divergence *divergence);

/* The stretch of a policy (NULL: the past); NULL if there is none. */
const struct ccs_stretch *ccs_trace_find(const struct ccs_trace *trace, const char *policy);

/* "2026-01-05 10:22:31.123456 end of talk, contact 17". Returns `text`. */
enum {
    CCS_TRACE_TEXT = 200
};
char *ccs_trace_event_text(char text[CCS_TRACE_TEXT], const struct ccs_scenario *scenario,
                           const struct ccs_event *ev);
char *ccs_trace_time_text(char text[CCS_TRACE_TEXT], const struct ccs_scenario *scenario,
                          ccs_time time);

#endif
