/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watching one replication: see trace.h. */
#include "experiment/trace.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/units.h"
#include "experiment/replication.h"
#include "format/field/duration.h"
#include "world/events.h"
#include "world/signature.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tracer {
    const struct ccs_results *results;
    const struct ccs_trace_options *options;
    struct ccs_arena *arena;
    struct ccs_trace *trace;
    struct ccs_divergence *divergence;
    struct ccs_stretch *at; /* the running one; NULL: none yet */
    uint64_t next;          /* number of events at the next mark */
    const struct ccs_stretch *old;
    const struct ccs_trail_stretch *old_trail;
    uint64_t equal;      /* events known to be equal to those of `old` */
    ccs_time equal_time; /* of the last of them */
    bool has_failed;     /* memory */
};

size_t ccs_trace_mark_count(uint64_t event_n)
{
    size_t n = 0;
    for (uint64_t k = 1; k <= event_n; k = ccs_trace_next(k)) {
        n++;
    }
    return n;
}

static uint16_t mark_of(uint64_t hash)
{
    return (uint16_t)(hash ^ hash >> 16 ^ hash >> 32 ^ hash >> 48);
}

static void part(struct tracer *t, uint64_t last, ccs_time to, const struct ccs_event *now,
                 const struct ccs_event *then, bool then_is_known)
{
    *t->divergence = (struct ccs_divergence){
        .is_found = true,
        .is_exact = last == t->equal + 1,
        .policy = t->at->policy,
        .first = t->equal + 1,
        .last = last,
        .from = t->equal_time,
        .to = to,
        .has_now = now != NULL,
        .has_then = then != NULL,
        .then_is_known = then_is_known,
    };
    if (now) {
        t->divergence->now = *now;
    }
    if (then) {
        t->divergence->then = *then;
    }
}

/* Event number k is `ev`: is it what the trail has? */
static void compare_trail(struct tracer *t, uint64_t k, const struct ccs_event *ev)
{
    if (k <= t->old_trail->recorded) {
        struct ccs_event then = ccs_trail_event(t->old_trail, k - 1);
        if (then.time == ev->time && then.kind == ev->kind && then.entity == ev->entity) {
            t->equal = k;
            t->equal_time = ev->time;
        } else {
            part(t, k, ev->time, ev, &then, true);
        }
    }
}

/* After event number k. `is_mark`: the mark just made can be compared. */
static void compare(struct tracer *t, uint64_t k, const struct ccs_event *ev, bool is_mark)
{
    if (t->old_trail && t->equal + 1 == k) {
        compare_trail(t, k, ev);
    }
    size_t i = t->at->mark_n - 1;
    if (t->divergence->is_found || t->equal >= k) {
        return;
    }
    if (k == t->old->event_n + 1 && t->equal == t->old->event_n) {
        part(t, k, ev->time, ev, NULL, true); /* there was none */
    } else if (k == t->old->event_n && t->at->hash == t->old->hash) {
        t->equal = k;
        t->equal_time = ev->time;
    } else if (is_mark && i < t->old->mark_n) {
        if (t->at->marks[i] != t->old->marks[i]) {
            part(t, k, ev->time, t->equal + 1 == k ? ev : NULL, NULL, false);
        } else {
            t->equal = k;
            t->equal_time = ev->time;
        }
    }
}

/* The running stretch is over. */
static void close_stretch(struct tracer *t)
{
    struct ccs_stretch *s = t->at;
    if (!s || !t->old || t->divergence->is_found) {
        return;
    }
    if (s->event_n != t->old->event_n || s->hash != t->old->hash) {
        bool is_short = s->event_n == t->equal; /* ended where the old one went on */
        struct ccs_event then = {0};
        bool is_known = is_short && t->old_trail && t->equal < t->old_trail->recorded;
        if (is_known) {
            then = ccs_trail_event(t->old_trail, t->equal);
        }
        part(t, is_short ? t->equal + 1 : s->event_n, CCS_TIME_NEVER, NULL, is_known ? &then : NULL,
             is_known);
    }
}

static void on_begin(void *context, size_t policy)
{
    struct tracer *t = context;
    const struct ccs_results *res = t->results;
    close_stretch(t);
    t->at = &t->trace->stretch[t->trace->stretch_n++];
    *t->at = (struct ccs_stretch){
        .policy = policy == SIZE_MAX ? NULL : ccs_results_policy(res, policy),
        .marks = ccs_arena_alloc(t->arena, CCS_TRACE_MARKS * sizeof *t->at->marks),
    };
    t->has_failed = t->has_failed || !t->at->marks;
    t->next = 1;
    t->equal = 0;
    t->equal_time = policy == SIZE_MAX ? -res->warmup : 0;
    t->old = t->options->old ? ccs_trace_find(t->options->old, t->at->policy) : NULL;
    t->old_trail =
        t->options->old_trail ? ccs_trail_find(t->options->old_trail, t->at->policy) : NULL;
    if (t->options->trail) {
        ccs_trail_begin(t->options->trail, t->at->policy);
    }
}

static void on_event(void *context, const struct ccs_event *ev)
{
    struct tracer *t = context;
    struct ccs_stretch *s = t->at;
    if (t->has_failed) {
        return;
    }
    uint64_t link[] = {s->hash, (uint64_t)ev->time, (uint64_t)ev->kind << 32 | ev->entity};
    uint64_t k = ++s->event_n;
    s->hash = ccs_hash64(link, sizeof link);
    bool is_mark = k == t->next && s->mark_n < CCS_TRACE_MARKS;
    if (is_mark) {
        s->marks[s->mark_n++] = mark_of(s->hash);
        t->next = ccs_trace_next(k);
    }
    if (t->old && !t->divergence->is_found) {
        compare(t, k, ev, is_mark);
    }
    if (t->options->trail) {
        ccs_trail_add(t->options->trail, ev);
    }
}

static void on_end(void *context, const struct ccs_world *w)
{
    struct tracer *t = context;
    memcpy(t->at->window, w->window_books.total, sizeof t->at->window);
    memcpy(t->at->later, w->follow_up_books.total, sizeof t->at->later);
    t->at->measures = ccs_world_measure_hash(w);
}

ccs_status ccs_trace_run(const struct ccs_results *results, const struct ccs_trace_options *options,
                         struct ccs_arena *arena, struct ccs_trace *trace,
                         struct ccs_divergence *divergence)
{
    *trace = (struct ccs_trace){
        .stretch = ccs_arena_calloc(arena, results->policy_n + 1, sizeof *trace->stretch)};
    *divergence = (struct ccs_divergence){0};
    struct ccs_outcome *outcomes = calloc(results->policy_n, sizeof *outcomes);
    struct ccs_histogram *scratch = calloc(3, sizeof *scratch);
    ccs_status status = trace->stretch && outcomes && scratch ? CCS_OK : CCS_ENOMEM;
    for (size_t p = 0; p < results->policy_n && !status; p++) {
        outcomes[p] = (struct ccs_outcome){
            .waits = &scratch[0], .ended = &scratch[1], .censored = &scratch[2]};
    }
    struct tracer tracer = {.results = results,
                            .options = options,
                            .arena = arena,
                            .trace = trace,
                            .divergence = divergence};
    struct ccs_observer observer = {{&tracer, on_event}, on_begin, on_end};
    struct ccs_replication_plan plan = ccs_replication_plan_of(results);
    plan.row_n = plan.weeks = 0; /* nothing is kept of it */
    plan.stop = options->stop;
    plan.observer = &observer;
    status = status ? status : ccs_replication_run(&plan, 0, outcomes);
    if (!status) {
        close_stretch(&tracer);
        status = tracer.has_failed ? CCS_ENOMEM : CCS_OK;
    }
    free(outcomes);
    free(scratch);
    return status;
}

const struct ccs_stretch *ccs_trace_find(const struct ccs_trace *trace, const char *policy)
{
    for (size_t i = 0; i < trace->stretch_n; i++) {
        const char *name = trace->stretch[i].policy;
        if (name && policy ? strcmp(name, policy) == 0 : name == policy) {
            return &trace->stretch[i];
        }
    }
    return NULL;
}

/* ---- in words ---- */

char *ccs_trace_time_text(char text[CCS_TRACE_TEXT], const struct ccs_scenario *scenario,
                          ccs_time time)
{
    if (time == CCS_TIME_NEVER) {
        snprintf(text, CCS_TRACE_TEXT, "the end");
        return text;
    }
    int64_t day = time / CCS_US_PER_DAY - (time % CCS_US_PER_DAY < 0);
    int64_t us = time - day * CCS_US_PER_DAY;
    char date[CCS_DATE_TEXT];
    snprintf(text, CCS_TRACE_TEXT, "%s %02d:%02d:%02d.%06d",
             ccs_date_text(date, scenario->run.start_day + day), (int)(us / CCS_US_PER_H),
             (int)(us / CCS_US_PER_MIN % 60), (int)(us / CCS_US_PER_S % 60),
             (int)(us % CCS_US_PER_S));
    return text;
}

char *ccs_trace_event_text(char text[CCS_TRACE_TEXT], const struct ccs_scenario *scenario,
                           const struct ccs_event *ev)
{
    char time[CCS_TRACE_TEXT];
    ccs_trace_time_text(time, scenario, ev->time);
    if (ev->kind < CCS_EVENT_KIND_COUNT) {
        snprintf(text, CCS_TRACE_TEXT, "%.40s %s, %s %" PRIu32, time, ccs_events[ev->kind].what,
                 ccs_events[ev->kind].entity, ev->entity);
    } else {
        snprintf(text, CCS_TRACE_TEXT, "%.40s event of kind %" PRIu32 ", number %" PRIu32, time,
                 ev->kind, ev->entity);
    }
    return text;
}
