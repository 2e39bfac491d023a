/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting up, copying and running a world: see world.h. */
#include "world/world.h"
#include "world/charge.h"

#include "base/units.h"
#include "world/booking.h"
#include "world/case/customer.h"
#include "world/case/issue.h"
#include "world/case/worth.h"
#include "world/demand/arrival.h"
#include "world/queue/wait_memory.h"
#include "world/queue/waiting.h"
#include "world/staff/agent.h"
#include "world/staff/team.h"
#include "world/staff/wage.h"

#include <stdalign.h>

_Static_assert(sizeof(struct ccs_contact) == 64, "a contact in flight is one cache line");
_Static_assert(sizeof(struct ccs_customer) == 48, "memory per customer is a contract");

/* One event creates at most so much: an arrival makes a customer, an issue, a contact and the next
 * arrival. Where one event may start or clear many contacts, ccs_team_serve and closing.c make more
 * room for events. */
#define RECORDS_PER_EVENT 2
#define EVENTS_PER_EVENT 16

/* One row for each customer the pool has room for. `len` covers all of it, so that a copy does. */
static ccs_status reserve_last_contact(struct ccs_world *w)
{
    size_t n = (size_t)w->customers.cap * w->model->channel_n;
    ccs_status status = ccs_array_reserve(&w->last_contact, w->budget, n);
    w->last_contact.len = status ? w->last_contact.len : (uint32_t)n;
    return status;
}

/* One extra record for each contact the pool has room for. `len` covers them all, so that a copy
 * does. */
static ccs_status reserve_extras(struct ccs_world *w)
{
    ccs_status status = ccs_array_reserve(&w->contact_extras, w->budget, w->contacts.cap);
    for (uint32_t i = w->contact_extras.len; !status && i < w->contacts.cap; i++) {
        *ccs_contact_extra_at(w, i) = (struct ccs_contact_extra){
            .agent = CCS_NONE, .holder = CCS_NONE, .overflow = CCS_EVENT_NONE, .to = CCS_NO_TEAM};
    }
    w->contact_extras.len = status ? w->contact_extras.len : w->contacts.cap;
    return status;
}

/* One bit for each contact the pool has room for. `len` covers them all, so that a copy does. */
static ccs_status reserve_ever_answered(struct ccs_world *w)
{
    uint32_t n = w->contacts.cap / 64 + 1;
    ccs_status status = ccs_array_reserve(&w->ever_answered, w->budget, n);
    for (; !status && w->ever_answered.len < n; w->ever_answered.len++) {
        ((uint64_t *)w->ever_answered.data)[w->ever_answered.len] = 0;
    }
    return status;
}

ccs_status ccs_world_reserve_contacts(struct ccs_world *w, size_t n)
{
    ccs_status status = ccs_array_reserve(&w->issues, w->budget, w->issues.len + n);
    status = status ? status : ccs_array_reserve(&w->contacts, w->budget, w->contacts.len + n);
    return status ? status : reserve_ever_answered(w);
}

ccs_status ccs_world_reserve(struct ccs_world *w)
{
    ccs_status status = CCS_OK;
    if (w->model->has_customers && w->customers.len + RECORDS_PER_EVENT > w->customers.cap) {
        status = ccs_array_reserve(&w->customers, w->budget, w->customers.len + RECORDS_PER_EVENT);
        status = status ? status : reserve_last_contact(w);
    }
    if (!status && (w->issues.len + RECORDS_PER_EVENT > w->issues.cap ||
                    w->contacts.len + RECORDS_PER_EVENT > w->contacts.cap)) {
        status = ccs_world_reserve_contacts(w, RECORDS_PER_EVENT);
    }
    if (!status && w->model->has_contact_extras && w->contact_extras.len < w->contacts.cap) {
        status = reserve_extras(w);
    }
    if (!status && !ccs_event_list_has_room(&w->events, EVENTS_PER_EVENT)) {
        status = ccs_event_list_reserve(&w->events, w->budget, EVENTS_PER_EVENT);
    }
    return status;
}

static ccs_status reserve_full(struct ccs_array *array, size_t record, size_t n,
                               struct ccs_arena *budget)
{
    ccs_array_init(array, record);
    ccs_status status = ccs_array_reserve(array, budget, n);
    if (!status) {
        array->len = (uint32_t)n;
    }
    return status;
}

/* Makes empty queues, as many as the model plans. */
static ccs_status make_queues(struct ccs_world *w)
{
    w->queues.len = 0;
    ccs_status status = ccs_array_reserve(&w->queues, w->budget, w->model->queue_n);
    if (!status) {
        w->queues.len = w->model->queue_n;
        for (uint32_t c = 0; c < w->queued.len; c++) {
            ((uint32_t *)w->queued.data)[c] = 0;
        }
        for (uint32_t i = 0; i < w->queues.len; i++) {
            *ccs_queue_at(w, i) = (struct ccs_queue){
                .head = CCS_NONE, .tail = CCS_NONE, .touched = w->now, .last_wait = CCS_TIME_NEVER};
        }
        status = reserve_full(&w->past_waits, sizeof(ccs_time),
                              (size_t)w->model->queue_n * w->model->wait_window, w->budget);
    }
    return status;
}

/* Makes the queues of a new model. A queue with the same plan as one of the past model keeps its
 * memory of waits. ccs_waiting_move_all moves the waiting contacts. */
static ccs_status replace_queues(struct ccs_world *w, const struct ccs_model *past)
{
    struct ccs_array old = w->queues;
    struct ccs_array waits = w->past_waits;
    ccs_array_init(&w->queues, sizeof(struct ccs_queue));
    ccs_array_init(&w->past_waits, sizeof(ccs_time));
    ccs_status status = make_queues(w);
    for (uint32_t i = 0; !status && i < w->queues.len; i++) {
        for (uint32_t k = 0; k < old.len; k++) {
            if (ccs_model_same_queue(&w->model->queues[i], &past->queues[k])) {
                const ccs_time *kept = waits.data; /* NULL: the past model kept none */
                ccs_wait_memory_keep(w, (uint16_t)i, &((const struct ccs_queue *)old.data)[k],
                                     kept == NULL ? NULL : kept + (size_t)k * past->wait_window,
                                     past->wait_window);
            }
        }
    }
    ccs_array_fini(&old, w->budget);
    ccs_array_fini(&waits, w->budget);
    return status;
}

static ccs_status make_population(struct ccs_world *w)
{
    size_t n = 0;
    for (uint16_t s = 0; s < w->model->segment_n; s++) {
        n += (size_t)ccs_segment_of(w, s)->population;
    }
    ccs_status status = ccs_array_reserve(&w->customers, w->budget, n + RECORDS_PER_EVENT);
    if (!status) {
        status = reserve_last_contact(w);
    }
    if (!status && w->model->has_worth) {
        status = reserve_full(&w->tenures, sizeof(double), n, w->budget);
    }
    if (!status) {
        status = ccs_customer_populate(w);
    }
    return status;
}

/* Where the window of this replication begins. Numbers of pilot runs begin with a multiple of
 * CCS_REPLICATION_RANGE, so that their windows are those of the first replications. */
static ccs_time origin_of(const struct ccs_run_config *run, uint64_t replication)
{
    if (run->days == CCS_DAYS_CONTINUOUS) {
        return 0;
    }
    return (ccs_time)(replication % CCS_REPLICATION_RANGE) * ccs_run_step(run);
}

static ccs_status init_measure(struct ccs_world *w)
{
    const struct ccs_run_config *run = &w->model->config->run;
    struct ccs_measure_size size = {
        .periods = (size_t)((run->horizon + run->period - 1) / run->period),
        .weeks = (size_t)((run->horizon + run->follow_up) / CCS_US_PER_WEEK) + 1,
        .channels = w->model->channel_n,
        .teams = w->model->team_n,
        .segments = w->model->segment_n,
        .types = w->model->type_n,
    };
    return ccs_measure_init(&w->measure, &size, w->budget);
}

ccs_status ccs_world_init(struct ccs_world *w, const struct ccs_model *model, uint64_t seed,
                          uint64_t replication, double volume_factor, struct ccs_arena *budget)
{
    *w = (struct ccs_world){
        .model = model,
        .budget = budget,
        .key = ccs_stream_key(seed, replication),
        .volume_factor = volume_factor,
        .origin = origin_of(&model->config->run, replication),
        .discount = 1.0,
        .free_customer = CCS_NONE,
        .free_issue = CCS_NONE,
        .free_contact = CCS_NONE,
    };
    w->now = w->origin - model->warmup;
    w->discount_at = w->origin;
    w->horizon = w->origin + model->config->run.horizon;
    ccs_hasher_init(&w->signature);
    ccs_event_list_init(&w->events);
    ccs_array_init(&w->customers, sizeof(struct ccs_customer));
    ccs_array_init(&w->issues, sizeof(struct ccs_issue));
    ccs_array_init(&w->contacts, sizeof(struct ccs_contact));
    ccs_array_init(&w->contact_extras, sizeof(struct ccs_contact_extra));
    ccs_array_init(&w->ever_answered, sizeof(uint64_t));
    ccs_array_init(&w->agents, sizeof(struct ccs_agent));
    ccs_array_init(&w->queues, sizeof(struct ccs_queue));
    ccs_array_init(&w->last_contact, sizeof(int32_t));
    ccs_array_init(&w->tenures, sizeof(double));
    ccs_status status = make_queues(w);
    if (!status) {
        status = reserve_full(&w->teams, sizeof(struct ccs_team), model->team_n, budget);
    }
    if (!status) {
        status =
            reserve_full(&w->streams, sizeof(struct ccs_stream_state), model->stream_n, budget);
    }
    if (!status) {
        status =
            reserve_full(&w->populations, sizeof(struct ccs_population), model->segment_n, budget);
    }
    if (!status) {
        status = reserve_full(&w->lines_used, sizeof(uint32_t), model->channel_n, budget);
    }
    if (!status) {
        status = reserve_full(&w->queued, sizeof(uint32_t), model->channel_n, budget);
    }
    if (!status) {
        status = ccs_ledger_init(&w->window_books, budget, model->team_n, model->segment_n,
                                 model->type_n);
    }
    if (!status) {
        status = ccs_ledger_init(&w->follow_up_books, budget, model->team_n, model->segment_n,
                                 model->type_n);
    }
    if (!status) {
        status = init_measure(w);
    }
    if (!status) {
        status = ccs_event_list_reserve_sources(&w->events, budget, model->stream_n);
    }
    if (!status) {
        status = make_population(w);
    }
    if (!status) {
        status = ccs_world_reserve(w);
    }
    if (!status && model->has_agents) {
        status = ccs_agents_begin(w, NULL);
    }
    for (uint32_t i = 0; !status && i < model->team_n; i++) {
        ccs_team_at(w, i)->touched = w->now;
        ccs_team_at(w, i)->period_to = CCS_TIME_NEVER;
        ccs_team_at(w, i)->staffing_event = CCS_EVENT_NONE;
        ccs_team_at(w, i)->wage_event = CCS_EVENT_NONE;
        ccs_team_staff(w, i);
        status = ccs_world_reserve(w);
    }
    for (uint32_t i = 0; !status && i < model->stream_n; i++) {
        ccs_arrival_begin(w, i);
        status = ccs_world_reserve(w);
    }
    return status;
}

/* All growable arrays of a world except those inside events, books and measure. */
#define WORLD_ARRAYS(X)                                                                            \
    X(customers)                                                                                   \
    X(issues)                                                                                      \
    X(contacts)                                                                                    \
    X(contact_extras)                                                                              \
    X(ever_answered)                                                                               \
    X(agents)                                                                                      \
    X(queues)                                                                                      \
    X(teams)                                                                                       \
    X(streams)                                                                                     \
    X(populations)                                                                                 \
    X(lines_used)                                                                                  \
    X(queued)                                                                                      \
    X(tenures)                                                                                     \
    X(past_waits)                                                                                  \
    X(last_contact)

void ccs_world_fini(struct ccs_world *w)
{
#define X(name) ccs_array_fini(&w->name, w->budget);
    WORLD_ARRAYS(X)
#undef X
    ccs_event_list_fini(&w->events, w->budget);
    ccs_ledger_fini(&w->window_books, w->budget);
    ccs_ledger_fini(&w->follow_up_books, w->budget);
    ccs_measure_fini(&w->measure, w->budget);
}

ccs_status ccs_world_copy(struct ccs_world *dst, const struct ccs_world *src)
{
    struct ccs_world copy = *src;
    copy.budget = dst->budget;
    ccs_status status = CCS_OK;
#define X(name)                                                                                    \
    copy.name = dst->name;                                                                         \
    copy.name.size = src->name.size;                                                               \
    status = status ? status : ccs_array_copy(&copy.name, &src->name, copy.budget);
    WORLD_ARRAYS(X)
#undef X
    copy.events = dst->events;
    copy.events.heap.entries.size = src->events.heap.entries.size;
    copy.events.sources.entries.size = src->events.sources.entries.size;
    copy.events.slots.size = src->events.slots.size;
    copy.window_books.cells = dst->window_books.cells;
    copy.follow_up_books.cells = dst->follow_up_books.cells;
    copy.measure = dst->measure;
    status = status ? status : ccs_event_list_copy(&copy.events, &src->events, copy.budget);
    status = status ? status : ccs_ledger_copy(&copy.window_books, &src->window_books, copy.budget);
    status = status ? status
                    : ccs_ledger_copy(&copy.follow_up_books, &src->follow_up_books, copy.budget);
    status = status ? status : ccs_measure_copy(&copy.measure, &src->measure, copy.budget);
    *dst = copy;
    /* dst may have more room for customers and contacts than src */
    status = status ? status : reserve_last_contact(dst);
    status = status ? status : reserve_ever_answered(dst);
    return status ? status : ccs_world_reserve(dst);
}

/* Inlined into both callers, so that the one without a watch does not test for it. */
static inline __attribute__((always_inline)) ccs_status run_events(struct ccs_world *w,
                                                                   ccs_time until,
                                                                   const volatile int *stop,
                                                                   const struct ccs_watch *watch)
{
    struct ccs_event ev;
    while (!w->status && ccs_event_list_pop(&w->events, until - 1, &ev)) {
        CCS_ASSERT(ev.time >= w->now);
        w->now = ev.time;
        ccs_hasher_add16(&w->signature, (uint64_t)ev.time, (uint64_t)ev.kind << 32 | ev.entity);
        if (watch) {
            watch->event(watch->context, &ev);
        }
        ccs_events[ev.kind].handler(w, ev.entity);
        if (!w->status) {
            w->status = ccs_world_reserve(w);
        }
        if ((++w->events_done & 0xFFFF) == 0 && stop && __atomic_load_n(stop, __ATOMIC_RELAXED)) {
            return CCS_EINTERRUPTED;
        }
    }
    w->now = w->status ? w->now : until;
    return w->status;
}

ccs_status ccs_world_run(struct ccs_world *w, ccs_time until, const volatile int *stop)
{
    return run_events(w, until, stop, NULL);
}

ccs_status ccs_world_run_watched(struct ccs_world *w, ccs_time until, const volatile int *stop,
                                 const struct ccs_watch *watch)
{
    return run_events(w, until, stop, watch);
}

/* Number waiting in all queues. */
static int64_t backlog(const struct ccs_world *w)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < w->queues.len; i++) {
        n += ((const struct ccs_queue *)w->queues.data)[i].len;
    }
    return n;
}

/* At t0 no agent is on duty until ccs_team_staff staffs the teams under the new model. */
static ccs_status begin_agents(struct ccs_world *w, const struct ccs_model *past)
{
    if (past->has_agents) {
        ccs_agents_forget(w);
    }
    if (!w->model->has_agents) {
        return CCS_OK;
    }
    for (uint16_t t = 0; t < w->model->team_n; t++) {
        ccs_team_at(w, t)->level = 0;
    }
    return ccs_agents_begin(w, past);
}

ccs_status ccs_world_begin(struct ccs_world *w, const struct ccs_model *model)
{
    ccs_booking_cut(w); /* before t0 this books nothing: legs count from t0 on */
    const struct ccs_model *past = w->model;
    w->model = model;
    w->is_warm = true;
    w->in_window = true;
    w->status = replace_queues(w, past);
    w->status = w->status ? w->status : ccs_world_reserve(w);
    if (!w->status) {
        w->status = begin_agents(w, past);
    }
    if (!w->status) {
        ccs_waiting_move_all(w);
    }
    w->measure.sums.backlog_start = backlog(w);
    for (uint16_t s = 0; s < model->segment_n; s++) {
        struct ccs_population *pop = ccs_population_at(w, s);
        struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[s];
        *pop = (struct ccs_population){.active = pop->active,
                                       .touched = w->now,
                                       .at_start = pop->active,
                                       .margin_from = w->now};
        churn->at_start = pop->active;
        churn->value_start = ccs_population_value(w, s);
    }
    for (uint16_t t = 0; t < model->team_n && !w->status; t++) {
        struct ccs_team *tm = ccs_team_at(w, t);
        ccs_world_cancel(w, &tm->staffing_event); /* the old model's next change of duty */
        tm->touched = w->now;
        tm->period_to = w->origin + model->config->run.period;
        tm->busy_us = tm->level_us = tm->overtime_us = tm->away_us = 0;
        tm->booked = tm->charged = 0;
        ccs_wage_begin(w, t);
        tm->late = model->has_agents ? tm->late : 0;
        ccs_team_staff(w, t);
        w->status = w->status ? w->status : ccs_world_reserve(w);
    }
    if (!w->status && w->horizon - w->now > CCS_US_PER_WEEK) {
        ccs_world_schedule(w, w->now + CCS_US_PER_WEEK, CCS_EV_BOOKS, 1);
    }
    return w->status;
}

void ccs_world_take_over(struct ccs_world *w)
{
    for (uint32_t i = 0; i < w->issues.len; i++) {
        struct ccs_issue *is = ccs_issue_at(w, i);
        if (is->is_used && (is->flags & CCS_ISSUE_VOICED)) { /* a follow-on may be still to arise */
            is->flags |= CCS_ISSUE_OWN;
            w->own_open++;
        }
    }
}

void ccs_world_close(struct ccs_world *w)
{
    ccs_booking_close_week(w);
    for (uint32_t i = 0; i < w->queues.len; i++) {
        const struct ccs_queue *queue = ccs_queue_at(w, i);
        w->measure.sums.queue_us +=
            queue->integral_us + (int64_t)queue->len * (w->now - queue->touched);
    }
    w->measure.sums.backlog_end = backlog(w);
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = ccs_contact_at(w, i);
        if (ct->phase == CCS_PHASE_WAITING) {
            w->measure.sums.waited_us +=
                w->now - (ct->u.wait.since > w->origin ? ct->u.wait.since : w->origin);
        }
    }
    for (uint16_t t = 0; t < w->model->team_n; t++) {
        const struct ccs_team *tm = ccs_team_at(w, t);
        struct ccs_team_sums *sums = &((struct ccs_team_sums *)w->measure.teams.data)[t];
        sums->busy_us = tm->busy_us;
        sums->paid_us = tm->level_us + tm->overtime_us;
        sums->level_us = tm->level_us;
        sums->away_us = tm->away_us;
        ccs_booking_close_periods(w, t);
    }
    for (uint16_t s = 0; s < w->model->segment_n; s++) {
        const struct ccs_population *pop = ccs_population_at(w, s);
        struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[s];
        churn->customer_years = pop->customer_us / (double)CCS_US_PER_YEAR;
        churn->value_end = ccs_population_value(w, s) * ccs_discount_now(w);
        churn->hazard_value_pv = ccs_population_hazard_value(w, s);
    }
    w->in_window = false;
}

void ccs_world_finish(struct ccs_world *w)
{
    ccs_booking_cut(w);
    ccs_issue_censor(w);
    ccs_booking_note_week(w,
                          (size_t)((w->now - w->origin + CCS_US_PER_WEEK - 1) / CCS_US_PER_WEEK));
}
