/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes of a leg: the policy decides, and the decision is carried out. See leg.h; how a leg
 * begins is in leg_begin.c. */
#include "world/case/leg.h"

#include "base/units.h"
#include "world/booking.h"
#include "world/case/customer.h"
#include "world/case/issue.h"
#include "world/case/leg_time.h"
#include "world/case/promise.h"
#include "world/case/transfer.h"
#include "world/charge.h"
#include "world/decision.h"
#include "world/queue/contact.h"
#include "world/staff/pause.h"
#include "world/staff/team.h"

void ccs_leg_release_holder(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is,
                            ccs_time us)
{
    ccs_leg_count_holder(w, ct, is, us);
    if (ct->holder != CCS_NO_TEAM) {
        ccs_booking_leg(w, ct);
        uint16_t holder = ct->holder;
        ct->holder = CCS_NO_TEAM;
        ccs_team_release(w, holder, ccs_team_holder_of(w, ct));
    }
}

/* Lengthens the talk of the leg: the agent checks a claim, or argues, as `line` says. */
static void extend(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is, ccs_time us,
                   enum ccs_line line)
{
    ccs_booking_leg(w, ct);
    ct->u.leg.talk_end = w->now + us;
    ct->u.leg.hold_end = w->now + us;
    ccs_leg_count_time(w, ct, is, ct->team, CCS_ACCOUNT_LABOR_TALK, us, 0);
    ccs_charge_part(w, is, ct->team, (enum ccs_cause)ct->cause, line, us);
    ccs_leg_count_holder(w, ct, is, us);
    if (ccs_contact_is_live(w, ct)) {
        is->effort_us += us;
        ccs_contact_book_telecom(w, ct, is, us);
    }
    ct->timer = ccs_world_schedule(w, w->now + us, CCS_EV_TALK_END, ccs_contact_index(w, ct));
}

/* Fills in the members that matter only when the issue needs a decision. */
static void see_decision(struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is, struct ccs_view *view)
{
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    const struct ccs_hooks *hooks = w->model->hooks;
    int next = ccs_model_next_tier(w->model, ct->channel, is->type, ct->tier);
    view->top_tier = next ? CCS_TIER_MAX : ct->tier;
    view->next_tier_open = next && ccs_team_on_duty(w, ct->channel, is->type, next);
    view->tenure_years = ccs_customer_tenure_years(w, is);
    view->can_check = type->verification && !ct->checked;
    view->u_discretion = ccs_issue_uniform(w, is, CCS_DRAW_DISCRETION, ct->leg);
    view->u_instead = ccs_issue_uniform(w, is, CCS_DRAW_INSTEAD, ct->leg);
    view->u_granted = ccs_issue_uniform(w, is, CCS_DRAW_SUPERVISOR_GRANTED, ct->leg);
    if (view->history_known) {
        view->contacts_before = is->contacts - 1;
        view->refusals_before = is->refusals;
        view->promise_broken_before = (is->flags & CCS_ISSUE_BROKEN) != 0;
    }
    if (is->customer != CCS_NONE && hooks->sensed_anger.fn) {
        view->sensed_anger = hooks->sensed_anger.fn(hooks->sensed_anger.config, w, is, ct);
    }
    if (ct->checked && type->verification) {
        double u = ccs_uniform_at(w->key, is->key, CCS_DRAW_EVIDENCE, 0);
        bool supports = is->flags & CCS_ISSUE_JUSTIFIED ? u < type->verification->sensitivity
                                                        : u >= type->verification->specificity;
        view->evidence = supports ? CCS_EVIDENCE_SUPPORTS : CCS_EVIDENCE_CONTRADICTS;
    }
}

static bool sees_record(struct ccs_world *w, const struct ccs_contact *ct,
                        const struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    return is->customer == CCS_NONE || !hooks->record.fn ||
           hooks->record.fn(hooks->record.config, w, is, ct);
}

static void see(struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is,
                struct ccs_view *view)
{
    /* Copied, because compilers clear so large a struct by a string instruction, which starts
     * slowly. */
    static const struct ccs_view blank;
    *view = blank;
    view->issue_type = is->type;
    view->channel = ct->channel;
    view->tier = ct->tier;
    view->needs_decision = ccs_type_of(w, is)->needs == CCS_NEEDS_DECISION;
    view->claimed = is->amount;
    view->is_callback = ct->kind == CCS_CONTACT_CALLBACK;
    view->history_known = sees_record(w, ct, is);
    if (view->needs_decision) {
        see_decision(w, ct, is, view);
    }
}

static bool demands_supervisor(struct ccs_world *w, const struct ccs_contact *ct,
                               const struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    return is->customer != CCS_NONE && hooks->demands.fn && ccs_contact_is_live(w, ct) &&
           ccs_model_next_tier(w->model, ct->channel, is->type, ct->tier) &&
           hooks->demands.fn(hooks->demands.config, w, is, ct);
}

/* Asks the policy. False if the agent first checks the claim or argues: the leg ends again
 * later. */
static bool decide(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_model *model = w->model;
    struct ccs_view view;
    struct ccs_decision decision = {.action = CCS_ACT_RESOLVE};
    see(w, ct, is, &view);
    model->policy->decide(model->policy_config, &view, &decision);
    if (decision.action == CCS_ACT_CHECK) {
        CCS_REQUIRE(view.can_check);
        ct->checked = 1;
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_EVIDENCE, 1 + ct->leg);
        extend(w, ct, is,
               ccs_time_from_s(ccs_dist_draw(&ccs_type_of(w, is)->verification->time, &s)),
               CCS_LINE_CHECKING);
        return false;
    }
    ccs_time argue = 0;
    if (decision.action == CCS_ACT_REFUSE && demands_supervisor(w, ct, is)) {
        view.asks_supervisor = true;
        model->policy->decide(model->policy_config, &view, &decision);
        ct->blocked = decision.action != CCS_ACT_ESCALATE;
        w->measure.sums.supervisor_asked += w->in_window;
        w->measure.sums.supervisor_granted += w->in_window && !ct->blocked;
        if (ct->blocked && model->hooks->argues.fn) {
            argue = model->hooks->argues.fn(model->hooks->argues.config, w, is, ct);
        }
    }
    ct->decided = 1;
    ct->action = (uint8_t)decision.action;
    ct->transfer = (uint8_t)decision.transfer;
    ct->concession = view.needs_decision ? decision.concession : 0;
    if (argue > 0) {
        extend(w, ct, is, argue, CCS_LINE_ARGUING);
        return false;
    }
    return true;
}

/* The contact is over. The agent pauses if `pause` is above 0, and is free otherwise. */
static void release(struct ccs_world *w, struct ccs_contact *ct, ccs_time pause)
{
    uint16_t team = ct->team;
    uint32_t agent = ccs_team_agent_of(w, ct);
    ccs_contact_free(w, ct);
    if (pause > 0) {
        ccs_pause_begin(w, team, agent, pause);
    } else {
        ccs_team_release(w, team, agent);
    }
}

/* Talk and hold are over: the customer is off the line, the agent wraps up or is free. */
static void finish_leg(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    ccs_booking_leg(w, ct);
    ccs_leg_release_holder(w, ct, is, 0);
    ccs_contact_leave_channel(w, ct);
    ccs_time wrap = 0;
    ccs_time pause = 0;
    if (ct->kind != CCS_CONTACT_WORK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_WRAP, ct->leg);
        wrap = ccs_time_from_s(ccs_dist_draw(&ccs_type_of(w, is)->wrap, &s) *
                               w->model->teams[ct->team].wrap_factor[is->type]);
        pause = w->model->teams[ct->team].pauses ? ccs_pause_draw(w, is, ct) : 0;
    }
    if (wrap > 0) {
        ccs_leg_count_time(w, ct, is, ct->team, CCS_ACCOUNT_LABOR_WRAP, wrap, 0);
        struct ccs_ledger_key key = ccs_booking_key(w, is, ct->team, (enum ccs_cause)ct->cause);
        ct->phase = CCS_PHASE_WRAPPING;
        ct->u.wrap.booked_from = w->now;
        ct->u.wrap.key = key;
        ct->u.wrap.pause = pause;
        ct->timer = ccs_world_schedule(w, w->now + wrap, CCS_EV_WRAP_END, ccs_contact_index(w, ct));
        return;
    }
    release(w, ct, pause);
}

void ccs_leg_wrap_end_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    ccs_booking_leg(w, ct);
    release(w, ct, ct->u.wrap.pause);
}

/* Passes the contact on to the teams of `tier`, in the mode ct->transfer: it waits in their queue,
 * unless an agent is free. */
static void transfer(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is, int tier)
{
    is->transfers++;
    ccs_issue_experience(w, is, CCS_EXPERIENCE_TRANSFER, 1.0);
    ccs_booking_leg(w, ct);
    ccs_leg_release_holder(w, ct, is, 0);
    uint16_t team = ct->team;
    uint32_t agent = ccs_team_agent_of(w, ct);
    bool stays = ct->transfer != CCS_TRANSFER_COLD && ccs_contact_is_live(w, ct);
    if (stays) {
        ct->holder = team;
        ccs_team_hold(w, ct);
        ct->consult = ct->transfer == CCS_TRANSFER_CONSULT;
    }
    ct->tier = (uint8_t)tier;
    ct->leg++;
    ct->cause = CCS_CAUSE_TRANSFER < ct->cause ? CCS_CAUSE_TRANSFER : ct->cause;
    if (ct->kind == CCS_CONTACT_CALLBACK) {
        /* From here on it is an ordinary contact of the channel and takes a line. */
        ct->kind = CCS_CONTACT_INBOUND;
        ((uint32_t *)w->lines_used.data)[ct->channel]++;
    }
    ccs_contact_enqueue(w, ct, is);
    if (!stays) {
        ccs_team_release(w, team, agent);
    }
}

/* Promises a call by `tier`. If the company makes no such calls, the customer was put off. */
static void promise(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    if (!ccs_promise_make(w, is, tier)) {
        ccs_issue_fail(w, is, CCS_FAILURE_PUT_OFF);
    }
}

static enum ccs_way way_of(const struct ccs_world *w, const struct ccs_contact *ct,
                           const struct ccs_issue *is)
{
    /* A promised call that is passed on becomes an ordinary contact: see transfer(). */
    return ct->kind == CCS_CONTACT_CALLBACK && ct->is_promised ? CCS_WAY_PROMISED_CALL
           : ccs_leg_is_higher(w, ct, is)                      ? CCS_WAY_ESCALATED
                                                               : CCS_WAY_AT_ONCE;
}

static void apply(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    enum ccs_action action = (enum ccs_action)ct->action;
    int tier = ct->tier;
    ccs_money concession = ct->concession;
    bool blocked = ct->blocked;
    if (action == CCS_ACT_ESCALATE) {
        int next = ccs_model_next_tier(w->model, ct->channel, is->type, tier);
        bool open = next && ccs_team_on_duty(w, ct->channel, is->type, next);
        if (open || (next && !ccs_contact_is_live(w, ct))) {
            is->flags |= CCS_ISSUE_ESCALATED;
            ct->was_passed_on = 0;
            transfer(w, ct, is, next);
            return;
        }
        action = CCS_ACT_PROMISE; /* no agent of the next tier is on duty: that tier will call */
        tier = next ? next : tier;
    }
    enum ccs_way way = way_of(w, ct, is);
    finish_leg(w, ct, is);
    if (blocked) {
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REFUSAL, 1.0);
    }
    switch (action) {
    case CCS_ACT_RESOLVE: {
        ccs_time discovery = CCS_TIME_NEVER;
        if (is->customer != CCS_NONE && hooks->false_closure.fn) {
            discovery = hooks->false_closure.fn(hooks->false_closure.config, w, is);
        }
        if (discovery == CCS_TIME_NEVER) {
            is->settled_way = (unsigned)way & 0x7F;
            ccs_issue_settle(w, is, concession, tier);
            return;
        }
        is->flags |= CCS_ISSUE_FALSE;
        if (is->flags & CCS_ISSUE_COHORT) {
            ccs_issue_cohort(w, is)->false_closures++;
        }
        is->timer =
            ccs_world_schedule(w, w->now + discovery, CCS_EV_DISCOVER, ccs_issue_index(w, is));
        return;
    }
    case CCS_ACT_PROMISE:
        promise(w, is, tier);
        return;
    case CCS_ACT_REFUSE:
    case CCS_ACT_CHECK:
    case CCS_ACT_ESCALATE:
        is->refusals++;
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REFUSAL, 1.0);
        ccs_issue_fail(w, is, CCS_FAILURE_REFUSED);
        return;
    }
}

/* The retention desk has talked to a customer who wants to cancel. */
static void end_desk(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    struct ccs_desk_result result = {0};
    hooks->desk.fn(hooks->desk.config, w, is, &result);
    finish_leg(w, ct, is);
    is->flags &= (uint16_t)~CCS_ISSUE_WANTS_OUT;
    uint16_t segment = is->segment;
    bool avoidable = (is->flags & CCS_ISSUE_JUSTIFIED) && (is->flags & CCS_ISSUE_FAILED);
    bool left = ccs_customer_cancel(w, is, result.leave_probability);
    if (w->in_window && segment < w->model->segment_n) {
        struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[segment];
        churn->desk_contacts++;
        churn->saves += !left;
        churn->avoidable_saves += !left && avoidable;
    }
    if (left) {
        return;
    }
    ccs_booking_spend(w, is, CCS_ACCOUNT_RETENTION_OFFERS, -1, CCS_CAUSE_CANCELLATION,
                      result.offer);
    /* The contact at the desk is one event, and its moment of truth was the cancellation: that the
     * desk settles the issue, or does not, is no second one. */
    uint32_t self = ccs_issue_index(w, is);
    is->flags |= CCS_ISSUE_FACED;
    if (result.settles) {
        bool pays = ccs_type_of(w, is)->needs == CCS_NEEDS_DECISION;
        is->settled_way = CCS_WAY_DESK;
        ccs_issue_settle(w, is, pays ? is->amount : 0, 0);
    } else {
        ccs_issue_fail(w, is, CCS_FAILURE_PUT_OFF);
    }
    /* If the issue has ended, its record is free, or is another issue's, which has no such flag. */
    ccs_issue_at(w, self)->flags &= (uint16_t)~CCS_ISSUE_FACED;
}

/* The agent has found out that a menu misrouted the contact: passes it on to the right teams. */
static void pass_on(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    int tier = ccs_model_first_tier(w->model, ct->channel, is->type);
    ct->misrouted = 0;
    if (tier == 0) { /* no team serves it under the present model: as in ccs_contact_attempt */
        finish_leg(w, ct, is);
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
        return;
    }
    ct->transfer = CCS_TRANSFER_COLD;
    transfer(w, ct, is, tier);
}

/* A transfer rule passes the contact on; the policy is not asked. False if none is due. */
static bool goes_on(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    if (!ccs_transfer_is_due(w, ct, is)) {
        return false;
    }
    const struct ccs_contact_extra *extra = ccs_contact_extra_at(w, ccs_contact_index(w, ct));
    ct->transfer = extra->mode;
    ct->was_passed_on = 1;
    transfer(w, ct, is, w->model->teams[extra->to].tier);
    return true;
}

void ccs_leg_talk_end_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    ct->timer = CCS_EVENT_NONE;
    if (ct->kind == CCS_CONTACT_WORK || (is->flags & CCS_ISSUE_LEFT)) {
        bool gone = (is->flags & CCS_ISSUE_LEFT) != 0;
        finish_leg(w, ct, is);
        ccs_issue_end(w, is, gone ? CCS_END_LEFT : CCS_END_RESOLVED);
        return;
    }
    if (ct->misrouted) {
        pass_on(w, ct, is);
        return;
    }
    if (ct->kind == CCS_CONTACT_DESK) {
        end_desk(w, ct, is);
        return;
    }
    if (w->model->team_queue && !ct->decided && goes_on(w, ct, is)) {
        return;
    }
    if (ct->decided || decide(w, ct, is)) {
        apply(w, ct, is);
    }
}
