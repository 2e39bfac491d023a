/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chains of waiting contacts, and the rows that are told of them: see waiting.h. */
#include "world/queue/waiting.h"

#include "base/units.h"
#include "world/case/issue.h"
#include "world/case/leg.h"
#include "world/queue/contact.h"

#include <stdlib.h>

#define X(name, condition)                                                                         \
    void ccs_##name##_joins(struct ccs_world *, struct ccs_contact *, const struct ccs_issue *);   \
    void ccs_##name##_leaves(struct ccs_world *, struct ccs_contact *);                            \
    void ccs_##name##_moves(struct ccs_world *, struct ccs_contact *, const struct ccs_issue *);
CCS_WAITING_TOLD(X)
#undef X

/* One move makes at most so many events: one for each row. */
enum {
#define X(name, condition) TOLD_##name,
    CCS_WAITING_TOLD(X)
#undef X
    TOLD_N
};

static void touch(struct ccs_world *w, struct ccs_queue *queue)
{
    queue->integral_us += (int64_t)queue->len * (w->now - queue->touched);
    queue->touched = w->now;
}

/* Appends the contact to its queue. Contacts join in order of u.wait.order. */
static void append(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_queue *queue = ccs_queue_at(w, ct->queue);
    uint32_t self = ccs_contact_index(w, ct);
    touch(w, queue);
    ct->u.wait.next = CCS_NONE;
    ct->u.wait.prev = queue->tail;
    if (queue->tail == CCS_NONE) {
        queue->head = self;
    } else {
        ccs_contact_at(w, queue->tail)->u.wait.next = self;
    }
    queue->tail = self;
    queue->len++;
    queue->serve_out_n += ct->serve_out;
    if (ccs_contact_is_inbound(ct)) {
        ((uint32_t *)w->queued.data)[ct->channel]++;
    }
}

/* Takes the contact out of its queue, wherever in it. */
static void take_out(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_queue *queue = ccs_queue_at(w, ct->queue);
    touch(w, queue);
    if (ct->u.wait.prev == CCS_NONE) {
        queue->head = ct->u.wait.next;
    } else {
        ccs_contact_at(w, ct->u.wait.prev)->u.wait.next = ct->u.wait.next;
    }
    if (ct->u.wait.next == CCS_NONE) {
        queue->tail = ct->u.wait.prev;
    } else {
        struct ccs_contact *next = ccs_contact_at(w, ct->u.wait.next);
        next->u.wait.prev = ct->u.wait.prev;
        __builtin_prefetch(ccs_issue_at(w, next->issue)); /* will be served soon */
    }
    queue->len--;
    queue->serve_out_n -= ct->serve_out;
    if (ccs_contact_is_inbound(ct)) {
        ((uint32_t *)w->queued.data)[ct->channel]--;
    }
    if (w->in_window) {
        w->measure.sums.waited_us +=
            w->now - (ct->u.wait.since > w->origin ? ct->u.wait.since : w->origin);
    }
}

void ccs_waiting_join(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    const struct ccs_model *m = w->model;
    append(w, ct);
#define X(name, condition)                                                                         \
    if (condition) {                                                                               \
        ccs_##name##_joins(w, ct, is);                                                             \
    }
    CCS_WAITING_TOLD(X)
#undef X
}

void ccs_waiting_leave(struct ccs_world *w, uint32_t contact)
{
    const struct ccs_model *m = w->model;
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    take_out(w, ct);
#define X(name, condition)                                                                         \
    if (condition) {                                                                               \
        ccs_##name##_leaves(w, ct);                                                                \
    }
    CCS_WAITING_TOLD(X)
#undef X
}

/* The contact has no queue under the new model: tells all rows that it leaves. */
static void take_leave(struct ccs_world *w, struct ccs_contact *ct)
{
#define X(name, condition) ccs_##name##_leaves(w, ct);
    CCS_WAITING_TOLD(X)
#undef X
    ct->phase = CCS_PHASE_ENTERING; /* in no queue until drop_unserved */
}

/* Appends the contact to its queue under the new model. The conditions of rows may have changed
 * with the model: tells all of them. */
static void move(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    append(w, ct);
#define X(name, condition) ccs_##name##_moves(w, ct, is);
    CCS_WAITING_TOLD(X)
#undef X
}

void ccs_waiting_count(const struct ccs_world *w, const struct ccs_contact *ct,
                       struct ccs_access *access, ccs_time wait)
{
    const struct ccs_issue *is = &((const struct ccs_issue *)w->issues.data)[ct->issue];
    ccs_time in_target = ccs_model_access_terms(w->model, ct->channel, is->type)->in_target;
    access->waited += wait > 0;
    access->wait_us += wait;
    access->over_2min += wait > 2 * CCS_US_PER_MIN;
    access->over_5min += wait > 5 * CCS_US_PER_MIN;
    access->parts.wait_beyond_us += wait > in_target ? wait - in_target : 0;
}

static int by_order(const void *a, const void *b, void *arg)
{
    const struct ccs_contact *contacts = arg;
    uint64_t x = contacts[*(const uint32_t *)a].u.wait.order;
    uint64_t y = contacts[*(const uint32_t *)b].u.wait.order;
    return (x > y) - (x < y);
}

/* No team of the new model serves this contact: its customer gives up. A promised call stays open
 * and falls due unkept. */
static void drop_unserved(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    bool gives_up = ct->kind != CCS_CONTACT_CALLBACK;
    ccs_world_cancel(w, &ct->timer);
    ccs_leg_release_holder(w, ct, is, w->now - ct->u.wait.since);
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    if (gives_up) {
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
    }
}

void ccs_waiting_move_all(struct ccs_world *w)
{
    struct ccs_array waiting;
    ccs_array_init(&waiting, sizeof(uint32_t));
    w->status = ccs_array_reserve(&waiting, w->budget, w->contacts.len);
    if (w->status) {
        return;
    }
    uint32_t *index = waiting.data;
    uint64_t last = 0;
    bool in_order = true; /* a given backlog (world/demand/backlog.h) needs no sorting */
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = ccs_contact_at(w, i);
        if (ct->phase == CCS_PHASE_WAITING) {
            index[waiting.len++] = i;
            in_order = in_order && ct->u.wait.order >= last;
            last = ct->u.wait.order;
        }
    }
    if (!in_order) {
        qsort_r(index, waiting.len, sizeof *index, by_order, w->contacts.data);
    }
    for (uint32_t i = 0; i < waiting.len; i++) {
        struct ccs_contact *ct = ccs_contact_at(w, index[i]);
        struct ccs_issue *is = ccs_issue_at(w, ct->issue);
        int first = ccs_model_first_tier(w->model, ct->channel, is->type);
        if (ct->kind == CCS_CONTACT_INBOUND && first > 0 &&
            ccs_model_inbound_queue(w->model, ct->channel, is->type, ct->tier) == CCS_NO_QUEUE) {
            ct->tier = (uint8_t)first;
        }
        ct->queue = ccs_contact_queue(w, ct, is);
        if (ct->queue != CCS_NO_QUEUE) {
            w->status = ccs_event_list_reserve(&w->events, w->budget, TOLD_N);
            if (w->status) {
                break;
            }
            move(w, ct, is);
        } else {
            take_leave(w, ct);
        }
    }
    /* Only now, when all other contacts are in their queues: a customer who gives up may leave,
     * which withdraws the customer's other contacts, perhaps some of this list. */
    for (uint32_t i = 0; i < waiting.len; i++) {
        struct ccs_contact *ct = ccs_contact_at(w, index[i]);
        if (ct->phase == CCS_PHASE_ENTERING && ct->queue == CCS_NO_QUEUE) {
            drop_unserved(w, ct, ccs_issue_at(w, ct->issue));
        }
    }
    ccs_array_fini(&waiting, w->budget);
}
