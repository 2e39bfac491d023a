/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the attempt to the queue, and the end of a contact: see contact.h. */
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
#include "world/queue/waiting.h"
#include "world/staff/closing.h"

#define REPEAT_WINDOW_MIN (7 * 24 * 60) /* apparent first-contact resolution */

void ccs_contact_free(struct ccs_world *w, struct ccs_contact *ct)
{
    uint32_t self = ccs_contact_index(w, ct);
    ct->phase = CCS_PHASE_FREE;
    ct->issue = w->free_contact;
    w->free_contact = self;
    *ccs_taken_at(w, self) &= ~(UINT64_C(1) << self % 64);
    w->measure.conserved.contacts_ended++;
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
    w->measure.conserved.contacts_born++;
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

uint16_t ccs_contact_special_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                                   const struct ccs_issue *is)
{
    const struct ccs_model *model = w->model;
    uint16_t queue = CCS_NO_QUEUE;
    switch ((enum ccs_contact_kind)ct->kind) {
    case CCS_CONTACT_INBOUND:
        queue = ct->misrouted ? ccs_access_wrong_queue(w, is) : ccs_transfer_queue(w, ct, is);
        break;
    case CCS_CONTACT_CALLBACK:
        queue = model->callback[is->type * CCS_TIER_MAX + ct->tier - 1];
        break;
    case CCS_CONTACT_WORK:
        queue = model->work[is->type];
        break;
    case CCS_CONTACT_DESK:
        queue = model->desk;
        break;
    }
    return queue;
}

void ccs_contact_pay_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                             struct ccs_issue *is, ccs_time us)
{
    if (us > 0 && ccs_contact_is_live(w, ct)) {
        ccs_money cost = ccs_round(w->model->channels[ct->channel].telecom_per_us * (double)us);
        ccs_booking_spend(w, is, CCS_ACCOUNT_TELECOM, -1, (enum ccs_cause)ct->cause, cost);
    }
}

/* The first team of the queue with a free agent; CCS_NO_TEAM if all are busy. */
static uint16_t first_free_team(struct ccs_world *w, uint16_t queue)
{
    const struct ccs_queue_plan *plan = &w->model->queues[queue];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        if (ccs_team_free(ccs_team_at(w, plan->team[i])) > 0) {
            return plan->team[i];
        }
    }
    return CCS_NO_TEAM;
}

static void begin_wait(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is)
{
    ct->queue = ccs_contact_queue(w, ct, is);
    CCS_REQUIRE(ct->queue != CCS_NO_QUEUE);
    ct->phase = CCS_PHASE_WAITING;
    ct->u.wait.since = w->now;
    ct->u.wait.order = w->queue_order++;
    ct->u.wait.holder_from = w->now;
}

void ccs_contact_enqueue(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    begin_wait(w, ct, is);
    uint16_t team =
        w->model->routes_plainly ? first_free_team(w, ct->queue) : ccs_routing_team(w, ct, is);
    if (team == CCS_NO_TEAM && ct->serve_out) {
        team = ccs_closing_team(w, ct);
    }
    if (team != CCS_NO_TEAM) {
        ccs_leg_start(w, ccs_contact_index(w, ct), team);
        return;
    }
    if (w->model->channels[ct->channel].may_turn_away && ccs_access_turns_away(w, ct, is)) {
        return;
    }
    ccs_waiting_join(w, ct, is);
}

/* Apparent first-contact resolution: this attempt shows that an earlier contact did not settle. */
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
        w->measure.sums.apparent--;
    }
    *last -= 1;
}

void ccs_contact_note_handled(struct ccs_world *w, const struct ccs_contact *ct,
                              struct ccs_issue *is)
{
    is->contacts++;
    bool first_of_cohort = is->contacts == 1 && (is->flags & CCS_ISSUE_COHORT);
    w->measure.sums.first_contacts += first_of_cohort;
    w->measure.sums.apparent += first_of_cohort;
    if (is->customer == CCS_NONE) {
        return;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    cu->complained = 1;
    cu->handled = (uint16_t)(cu->handled + (cu->handled < UINT16_MAX));
    if (!ccs_contact_is_inbound(ct)) {
        return; /* calls of the company are no contacts that the customer makes */
    }
    int32_t minutes = (int32_t)(w->now / CCS_US_PER_MIN);
    /* Only times from t0 on carry the mark (bit 0), so the parity of negative ones does not
     * matter. */
    ((int32_t *)w->last_contact.data)[(size_t)is->customer * w->model->channel_n + is->channel] =
        2 * minutes + (first_of_cohort ? 1 : 0);
}

/* The first contact of an issue, and how angry its customer is. Those who moved in during the
 * warm-up begin without anger and nobody moves in after it, so that whether anger still rises is
 * asked of the others. */
static void note_opening(struct ccs_world *w, const struct ccs_issue *is, double anger)
{
    struct ccs_openings *openings = &w->measure.openings;
    ccs_time quarter = (w->horizon - w->origin) / 4;
    openings->n++;
    openings->anger += anger;
    openings->angry += anger >= 1.0;
    bool is_outer = w->now < w->origin + quarter || w->now >= w->horizon - quarter;
    if (is_outer && ccs_customer_at(w, is->customer)->generation == 0) {
        int i = w->now >= w->horizon - quarter;
        openings->quarter_n[i]++;
        openings->quarter_anger[i] += anger;
    }
}

void ccs_contact_attempt(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    const struct ccs_config *config = w->model->config;
    const struct ccs_channel_config *channel = ccs_channel_of(w, is->channel);
    const struct ccs_channel_plan *plan = &w->model->channels[is->channel];
    is->timer = CCS_EVENT_NONE;
    if (channel->calendar >= 0) {
        ccs_time opening = ccs_calendar_next_open(ccs_config_calendar(config, channel->calendar),
                                                  config->run.start_day, w->now);
        if (opening > w->now) {
            w->measure.sums.unreachable += w->in_window;
            is->attempts++;
            if (!ccs_access_retries(w, is)) {
                ccs_issue_fail(w, is, CCS_FAILURE_ABANDONED);
                return;
            }
            struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETRY_DELAY, 0);
            ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->retry_delay, &s));
            is->timer = ccs_world_schedule(w, opening + delay, CCS_EV_ATTEMPT, issue);
            return;
        }
    }
    is->attempts++;
    bool wants_out = (is->flags & CCS_ISSUE_WANTS_OUT) && w->model->desk != CCS_NO_QUEUE;
    int tier = wants_out ? 1 : ccs_model_first_tier(w->model, is->channel, is->type);
    if (tier == 0) { /* no team serves the type on this channel under the present model */
        w->measure.sums.unreachable += w->in_window;
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
        note_opening(w, is, anger);
    }
    if (plan->has_entry) {
        ccs_time delay = ccs_access_enter(w, ct, is);
        ct->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_ENTERED, is->contact);
        return;
    }
    if (ct->measured) {
        ccs_access_at(w, w->now, ct->channel)->offered++;
    }
    ccs_contact_enqueue(w, ct, is);
}

void ccs_contact_entered_event(struct ccs_world *w, uint32_t contact)
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
    CCS_REQUIRE(tier > 0); /* lint: some team serves each channel that a type's mix names */
    is->attempts++;
    is->flags |= CCS_ISSUE_OPENED;
    ((uint32_t *)w->lines_used.data)[is->channel]++;
    struct ccs_contact *ct = create(w, is, CCS_CONTACT_INBOUND, tier);
    begin_wait(w, ct, is);
    ccs_waiting_join(w, ct, is);
}

void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is)
{
    ccs_contact_enqueue(w, create(w, is, CCS_CONTACT_WORK, 1), is);
}

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
    w->measure.sums.contacts_withdrawn += w->in_window;
    if (ct->phase == CCS_PHASE_WAITING) {
        ccs_waiting_leave(w, contact);
        if (ct->measured && !ct->answered && ccs_contact_is_inbound(ct)) {
            ccs_access_at(w, ct->u.wait.since, ct->channel)->withdrawn++;
        }
        if (ccs_contact_is_live(w, ct) && ct->kind != CCS_CONTACT_CALLBACK) {
            is->effort_us += w->now - ct->u.wait.since;
        }
        ccs_leg_release_holder(w, ct, is, w->now - ct->u.wait.since);
    } else {
        ccs_world_cancel(w, &ct->timer);
        if (ct->holder != CCS_NO_TEAM) { /* at t0, on the way from its queue to none */
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
    ccs_waiting_leave(w, ccs_contact_index(w, ct));
    ccs_time wait = w->now - ct->u.wait.since;
    if (ct->measured && !ct->answered) {
        access = ccs_access_at(w, ct->u.wait.since, ct->channel);
        ccs_waiting_count(w, ct, access, wait);
    }
    is->effort_us += wait;
    ccs_contact_book_telecom(w, ct, is, wait);
    ccs_issue_experience(w, is, CCS_EXPERIENCE_WAIT, ccs_time_to_s(wait));
    ccs_leg_release_holder(w, ct, is, wait);
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    return access;
}
