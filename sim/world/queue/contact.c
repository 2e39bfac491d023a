/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a contact: see contact.h. */
#include "world/queue/contact.h"

#include "base/units.h"
#include "model/timetable.h"
#include "world/booking.h"
#include "world/case/customer.h"
#include "world/case/issue.h"
#include "world/case/leg.h"
#include "world/case/transfer.h"
#include "world/queue/access.h"
#include "world/queue/line_group.h"
#include "world/queue/routing.h"
#include "world/staff/closing.h"

#include <math.h>
#include <stdlib.h>

#define REPEAT_WINDOW_MIN (7 * 24 * 60) /* apparent first-contact resolution */

void ccs_contact_free(struct ccs_world *w, struct ccs_contact *ct)
{
    uint32_t self = ccs_contact_index(w, ct);
    ct->phase = CCS_PHASE_FREE;
    ct->issue = w->free_contact;
    w->free_contact = self;
    *ccs_taken_at(w, self) &= ~(UINT64_C(1) << self % 64);
    w->measure.contacts_ended++;
}

static struct ccs_contact *create(struct ccs_world *w, struct ccs_issue *is,
                                  enum ccs_contact_kind kind, int tier)
{
    uint32_t i = w->free_contact;
    if (i != CCS_NONE) {
        w->free_contact = ccs_contact_at(w, i)->issue;
    } else {
        i = w->contacts.len++;
    }
    w->measure.contacts_born++;
    struct ccs_contact *ct = ccs_contact_at(w, i);
    *ct = (struct ccs_contact){
        .issue = ccs_issue_index(w, is),
        .timer = CCS_EVENT_NONE,
        .team = CCS_NO_TEAM,
        .holder = CCS_NO_TEAM,
        .kind = (uint8_t)kind,
        .phase = CCS_PHASE_ENTERING,
        .tier = (uint8_t)tier,
        .cause = is->cause,
        .channel = is->channel,
        .measured = w->in_window,
    };
    is->contact = i;
    return ct;
}

uint16_t ccs_contact_special_lane(const struct ccs_world *w, const struct ccs_contact *ct,
                                  const struct ccs_issue *is)
{
    const struct ccs_model *model = w->model;
    uint16_t lane = CCS_NO_LANE;
    switch ((enum ccs_contact_kind)ct->kind) {
    case CCS_CONTACT_INBOUND:
        lane = ct->misrouted ? ccs_access_wrong_lane(w, is) : ccs_transfer_lane(w, ct, is);
        break;
    case CCS_CONTACT_CALLBACK:
        lane = model->callback[is->type * CCS_TIER_MAX + ct->tier - 1];
        break;
    case CCS_CONTACT_WORK:
        lane = model->work[is->type];
        break;
    case CCS_CONTACT_DESK:
        lane = model->desk;
        break;
    }
    return lane;
}

static void lane_touch(struct ccs_world *w, struct ccs_lane *lane)
{
    lane->integral_us += (int64_t)lane->len * (w->now - lane->touched);
    lane->touched = w->now;
}

/* Appends to the contact's lane. Callers join in order of u.wait.order. */
static void link_waiting(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_lane *lane = ccs_lane_at(w, ct->lane);
    uint32_t self = ccs_contact_index(w, ct);
    lane_touch(w, lane);
    ct->u.wait.next = CCS_NONE;
    ct->u.wait.prev = lane->tail;
    if (lane->tail == CCS_NONE) {
        lane->head = self;
    } else {
        ccs_contact_at(w, lane->tail)->u.wait.next = self;
    }
    lane->tail = self;
    lane->len++;
    lane->staying += ct->stays;
    if (ccs_contact_is_inbound(ct)) {
        ((uint32_t *)w->queued.data)[ct->channel]++;
    }
}

void ccs_contact_unqueue(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_lane *lane = ccs_lane_at(w, ct->lane);
    lane_touch(w, lane);
    if (ct->u.wait.prev == CCS_NONE) {
        lane->head = ct->u.wait.next;
    } else {
        ccs_contact_at(w, ct->u.wait.prev)->u.wait.next = ct->u.wait.next;
    }
    if (ct->u.wait.next == CCS_NONE) {
        lane->tail = ct->u.wait.prev;
    } else {
        struct ccs_contact *next = ccs_contact_at(w, ct->u.wait.next);
        next->u.wait.prev = ct->u.wait.prev;
        __builtin_prefetch(ccs_issue_at(w, next->issue)); /* soon served, perhaps long ago seen */
    }
    lane->len--;
    lane->staying -= ct->stays;
    if (ccs_contact_is_inbound(ct)) {
        ((uint32_t *)w->queued.data)[ct->channel]--;
    }
    if (w->in_window) {
        w->measure.waited_us +=
            w->now - (ct->u.wait.since > w->origin ? ct->u.wait.since : w->origin);
    }
    ccs_world_cancel(w, &ct->timer);
    if (w->model->has_overflow) {
        ccs_world_cancel(w, &ccs_seat_at(w, contact)->overflow);
    }
}

void ccs_contact_pay_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                             struct ccs_issue *is, ccs_time us)
{
    if (us > 0 && ccs_contact_is_live(w, ct)) {
        ccs_money cost = ccs_round(w->model->channels[ct->channel].telecom_per_us * (double)us);
        ccs_booking_cost(w, CCS_ACCOUNT_TELECOM,
                         ccs_booking_key(w, is, -1, (enum ccs_cause)ct->cause), cost);
        is->cost += cost;
    }
}

static ccs_time patience_of(struct ccs_world *w, const struct ccs_issue *is,
                            const struct ccs_dist *patience)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_PATIENCE, -1);
    double patience_s = ccs_dist_draw(patience, &s);
    if (is->customer != CCS_NONE) {
        for (int i = 0; i < hooks->patience_n; i++) {
            patience_s *= hooks->patience[i].fn(hooks->patience[i].config, w, is);
        }
    }
    return ccs_time_from_s(patience_s);
}

/* The first team of the lane with a free agent; CCS_NO_TEAM if all are busy. */
static uint16_t first_free_team(struct ccs_world *w, uint16_t lane)
{
    const struct ccs_lane_plan *plan = &w->model->lanes[lane];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        if (ccs_team_free(ccs_team_at(w, plan->team[i])) > 0) {
            return plan->team[i];
        }
    }
    return CCS_NO_TEAM;
}

/* A waiting contact is offered again when further teams may take it. */
static void schedule_overflow(struct ccs_world *w, const struct ccs_contact *ct)
{
    ccs_time at = ccs_routing_overflow(w, ct);
    uint32_t contact = ccs_contact_index(w, ct);
    ccs_seat_at(w, contact)->overflow =
        at == CCS_TIME_NEVER ? CCS_EVENT_NONE : ccs_world_schedule(w, at, CCS_EV_OVERFLOW, contact);
}

void ccs_contact_overflow_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    ccs_seat_at(w, contact)->overflow = CCS_EVENT_NONE;
    uint16_t team = ccs_routing_team(w, ct, ccs_issue_at(w, ct->issue));
    if (team == CCS_NO_TEAM) {
        schedule_overflow(w, ct);
        return;
    }
    ccs_contact_unqueue(w, contact);
    ccs_leg_start(w, contact, team);
}

static void join_lane(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    link_waiting(w, ct);
    if (w->model->has_overflow) {
        schedule_overflow(w, ct);
    }
    ccs_time most = CCS_TIME_NEVER;
    const struct ccs_dist *patience = ccs_model_terms(w->model, ct->channel, is->type)->patience;
    if (ccs_contact_is_inbound(ct) && patience) {
        most = patience_of(w, is, patience);
    }
    ccs_time cap = ccs_access_longest_wait(w, ct);
    most = cap < most ? cap : most;
    if (most != CCS_TIME_NEVER) {
        ct->timer = ccs_world_schedule(w, w->now + most, CCS_EV_PATIENCE, ccs_contact_index(w, ct));
    }
}

static void begin_wait(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    ct->lane = ccs_contact_lane(w, ct, is);
    CCS_REQUIRE(ct->lane != CCS_NO_LANE);
    ct->phase = CCS_PHASE_WAITING;
    ct->u.wait.since = w->now;
    ct->u.wait.order = w->queue_order++;
    ct->u.wait.holder_from = w->now;
}

/* Joins the lane, or goes straight to a free agent. */
void ccs_contact_enqueue(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    begin_wait(w, ct, is);
    uint16_t team =
        w->model->routes_plainly ? first_free_team(w, ct->lane) : ccs_routing_team(w, ct, is);
    if (team == CCS_NO_TEAM && ct->stays) {
        team = ccs_closing_team(w, ct);
    }
    if (team != CCS_NO_TEAM) {
        ccs_leg_start(w, ccs_contact_index(w, ct), team);
        return;
    }
    if (w->model->channels[ct->channel].has_gate && ccs_access_turns_away(w, ct, is)) {
        return;
    }
    join_lane(w, ct, is);
}

/* Apparent first-contact resolution: this attempt shows that an earlier contact did not do. */
static void note_attempt(struct ccs_world *w, const struct ccs_issue *is)
{
    if (is->customer == CCS_NONE) {
        return;
    }
    int32_t *last = &(
        (int32_t *)w->last_contact.data)[(size_t)is->customer * w->model->channel_n + is->channel];
    if (*last == INT32_MIN || *last % 2 == 0) {
        return;
    }
    int32_t minutes = (int32_t)(w->now / CCS_US_PER_MIN);
    if (minutes - (*last - 1) / 2 <= REPEAT_WINDOW_MIN) {
        w->measure.apparent--;
    }
    *last -= 1;
}

void ccs_contact_note_handled(struct ccs_world *w, const struct ccs_contact *ct,
                              struct ccs_issue *is)
{
    is->contacts++;
    bool first_of_cohort = is->contacts == 1 && (is->flags & CCS_ISSUE_COHORT);
    w->measure.first_contacts += first_of_cohort;
    w->measure.apparent += first_of_cohort;
    if (is->customer == CCS_NONE) {
        return;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    cu->complained = 1;
    cu->handled = (uint16_t)(cu->handled + (cu->handled < UINT16_MAX));
    if (!ccs_contact_is_inbound(ct)) {
        return; /* the company called: the customer's last contact remains what it was */
    }
    int32_t minutes = (int32_t)(w->now / CCS_US_PER_MIN);
    /* Only t >= 0 can carry the mark, so the parity of negative numbers does not matter. */
    ((int32_t *)w->last_contact.data)[(size_t)is->customer * w->model->channel_n + is->channel] =
        2 * minutes + (first_of_cohort ? 1 : 0);
}

void ccs_contact_attempt(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    const struct ccs_config *config = w->model->config;
    const struct ccs_channel_config *channel = ccs_channel_of(w, is->channel);
    const struct ccs_channel_plan *plan = &w->model->channels[is->channel];
    is->timer = CCS_EVENT_NONE;
    if (channel->calendar >= 0) {
        ccs_time opening = ccs_calendar_next_open(
            CCS_MAP_AT(config->calendars, struct ccs_calendar_config, channel->calendar),
            config->run.start_day, w->now);
        if (opening > w->now) {
            w->measure.unreachable += w->in_window;
            is->attempts++;
            struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETRY_DELAY, 0);
            ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->retry_delay, &s));
            is->timer = ccs_world_schedule(w, opening + delay, CCS_EV_ATTEMPT, issue);
            return;
        }
    }
    is->attempts++;
    bool wants_out = (is->flags & CCS_ISSUE_WANTS_OUT) && w->model->desk != CCS_NO_LANE;
    int tier = wants_out ? 1 : ccs_model_first_tier(w->model, is->channel, is->type);
    if (tier == 0) { /* nobody takes this here (any more): there is nobody to ask */
        w->measure.unreachable += w->in_window;
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
        return;
    }
    uint32_t *used = &((uint32_t *)w->lines_used.data)[is->channel];
    if (*used >= plan->lines || (plan->shares_lines && ccs_line_group_is_full(w, is->channel))) {
        if (w->in_window) {
            ccs_access_at(w, w->now, is->channel)->blocked++;
        }
        ccs_access_lose(w, is, CCS_LOSS_BUSY);
        return;
    }
    (*used)++;
    note_attempt(w, is);
    if (is->contacts > 0) {
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REPEAT_CONTACT, 1.0);
    }
    struct ccs_contact *ct =
        create(w, is, wants_out ? CCS_CONTACT_DESK : CCS_CONTACT_INBOUND, tier);
    if (wants_out) {
        ct->cause = CCS_CAUSE_CANCELLATION;
    }
    bool opens = !(is->flags & CCS_ISSUE_OPENED);
    is->flags |= CCS_ISSUE_OPENED;
    if (w->in_window && opens && is->customer != CCS_NONE && w->model->hooks->anger.fn) {
        double anger = w->model->hooks->anger.fn(w->model->hooks->anger.config, w, is);
        w->measure.opening_n++;
        w->measure.opening_anger += anger;
        w->measure.opening_angry += anger >= 1.0;
    }
    if (plan->has_entry) {
        ccs_time delay = ccs_access_enter(w, ct, is);
        ct->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_QUEUE, is->contact);
        return;
    }
    if (ct->measured) {
        ccs_access_at(w, w->now, ct->channel)->offered++;
    }
    ccs_contact_enqueue(w, ct, is);
}

void ccs_contact_queue_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    ct->timer = CCS_EVENT_NONE;
    if (ct->u.enter.hangs_up) {
        ccs_access_hang_up(w, ct, is);
        return;
    }
    ct->measured = w->in_window;
    if (ct->measured) {
        ccs_access_at(w, w->now, ct->channel)->offered++;
        ccs_access_at(w, w->now, ct->channel)->misrouted += ct->misrouted;
    }
    ccs_contact_enqueue(w, ct, is);
}

void ccs_contact_open_callback(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    is->attempts++;
    struct ccs_contact *ct = create(w, is, CCS_CONTACT_CALLBACK, tier);
    if (w->model->outbound_channel >= 0) {
        ct->channel = (uint8_t)w->model->outbound_channel;
    }
    ccs_contact_enqueue(w, ct, is);
}

void ccs_contact_open_waiting(struct ccs_world *w, struct ccs_issue *is)
{
    int tier = ccs_model_first_tier(w->model, is->channel, is->type);
    CCS_REQUIRE(tier > 0); /* checked when the model is compiled */
    is->attempts++;
    is->flags |= CCS_ISSUE_OPENED;
    ((uint32_t *)w->lines_used.data)[is->channel]++;
    struct ccs_contact *ct = create(w, is, CCS_CONTACT_INBOUND, tier);
    begin_wait(w, ct, is);
    join_lane(w, ct, is);
}

void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is)
{
    ccs_contact_enqueue(w, create(w, is, CCS_CONTACT_WORK, 1), is);
}

/* The customer is off the line (or was never on it). */
void ccs_contact_leave_channel(struct ccs_world *w, struct ccs_contact *ct)
{
    if (ccs_contact_is_inbound(ct)) {
        ((uint32_t *)w->lines_used.data)[ct->channel]--;
    }
    ccs_issue_at(w, ct->issue)->contact = CCS_NONE;
}

bool ccs_contact_withdraw(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    if (ct->phase >= CCS_PHASE_RINGING || ct->kind == CCS_CONTACT_WORK) {
        return false;
    }
    w->measure.contacts_withdrawn += w->in_window;
    if (ct->phase == CCS_PHASE_WAITING) {
        ccs_contact_unqueue(w, contact);
        if (ct->measured && !ct->answered && ccs_contact_is_inbound(ct)) {
            ccs_access_at(w, ct->u.wait.since, ct->channel)->withdrawn++;
        }
        if (ccs_contact_is_live(w, ct) && ct->kind != CCS_CONTACT_CALLBACK) {
            is->effort_us += w->now - ct->u.wait.since;
        }
        ccs_leg_release_holder(w, ct, is, w->now - ct->u.wait.since);
    } else {
        ccs_world_cancel(w, &ct->timer);
        if (ct->holder != CCS_NO_TEAM) { /* on the way from one lane to none, at t0 */
            ccs_leg_release_holder(w, ct, is, w->now - ct->u.wait.since);
        }
    }
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    return true;
}

struct ccs_access *ccs_contact_end_wait(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    struct ccs_access *access = NULL;
    ccs_contact_unqueue(w, ccs_contact_index(w, ct));
    ccs_time wait = w->now - ct->u.wait.since;
    if (ct->measured && !ct->answered) {
        access = ccs_access_at(w, ct->u.wait.since, ct->channel);
        access->waited += wait > 0;
        access->wait_us += wait;
        access->over_2min += wait > 2 * CCS_US_PER_MIN;
        access->over_5min += wait > 5 * CCS_US_PER_MIN;
        ccs_time in_target = ccs_model_terms(w->model, ct->channel, is->type)->in_target;
        access->wait_beyond_us += wait > in_target ? wait - in_target : 0;
    }
    is->effort_us += wait;
    ccs_contact_book_telecom(w, ct, is, wait);
    ccs_issue_experience(w, is, CCS_EXPERIENCE_WAIT, ccs_time_to_s(wait));
    ccs_leg_release_holder(w, ct, is, wait);
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    return access;
}

void ccs_contact_patience_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    int tier = ct->tier;
    bool leaves_message = w->now - ct->u.wait.since >= ccs_access_longest_wait(w, ct);
    ct->timer = CCS_EVENT_NONE;
    ccs_time wait = w->now - ct->u.wait.since;
    ccs_time in_target = ccs_model_terms(w->model, ct->channel, is->type)->in_target;
    struct ccs_access *access = ccs_contact_end_wait(w, ct);
    if (access && leaves_message) {
        access->voicemail++;
    } else if (access) {
        access->abandoned++;
        access->abandoned_in_target += wait <= in_target;
        access->wait_abandoned_us += wait;
    }
    if (leaves_message) {
        ccs_access_leave_message(w, is, tier);
    } else {
        ccs_access_lose(w, is, CCS_LOSS_ABANDONED);
    }
}

static int by_order(const void *a, const void *b, void *arg)
{
    const struct ccs_contact *contacts = arg;
    uint64_t x = contacts[*(const uint32_t *)a].u.wait.order;
    uint64_t y = contacts[*(const uint32_t *)b].u.wait.order;
    return (x > y) - (x < y);
}

/* The new policy has nobody for this contact. A promised call will fall due unkept. */
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

void ccs_contact_reroute_all(struct ccs_world *w)
{
    struct ccs_array waiting;
    ccs_array_init(&waiting, sizeof(uint32_t));
    w->status = ccs_array_reserve(&waiting, w->budget, w->contacts.len);
    if (w->status) {
        return;
    }
    uint32_t *index = waiting.data;
    uint64_t last = 0;
    bool in_order = true; /* as a backlog is */
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
            ccs_model_inbound_lane(w->model, ct->channel, is->type, ct->tier) == CCS_NO_LANE) {
            ct->tier = (uint8_t)first;
        }
        ct->lane = ccs_contact_lane(w, ct, is);
        if (index[i] < w->seats.len) { /* the old model's terms */
            ccs_world_cancel(w, &ccs_seat_at(w, index[i])->overflow);
        }
        if (ct->lane != CCS_NO_LANE) {
            link_waiting(w, ct);
            if (w->model->has_overflow) {
                w->status = ccs_event_list_reserve(&w->events, w->budget, 1);
                if (w->status) {
                    break;
                }
                schedule_overflow(w, ct);
            }
        } else {
            ct->phase = CCS_PHASE_ENTERING; /* in no lane */
        }
    }
    /* Only now, with everybody else in a lane: giving up may make a customer leave and withdraw
     * other contacts of his, some of them perhaps on this list too. */
    for (uint32_t i = 0; i < waiting.len; i++) {
        struct ccs_contact *ct = ccs_contact_at(w, index[i]);
        if (ct->phase == CCS_PHASE_ENTERING && ct->lane == CCS_NO_LANE) {
            drop_unserved(w, ct, ccs_issue_at(w, ct->issue));
        }
    }
    ccs_array_fini(&waiting, w->budget);
}
