/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a leg begins: the phone rings, the wait ends, and the length of the talk is drawn. See
 * leg.h. */
#include "world/case/leg.h"

#include "base/units.h"
#include "model/timetable.h"
#include "world/booking.h"
#include "world/case/issue.h"
#include "world/case/leg_time.h"
#include "world/case/promise.h"
#include "world/case/transfer.h"
#include "world/charge.h"
#include "world/queue/contact.h"
#include "world/queue/wait_memory.h"
#include "world/queue/waiting.h"
#include "world/staff/agent.h"
#include "world/staff/team.h"

/* Counts that the first agent of an inbound contact answers. */
static void count_answer(struct ccs_world *w, const struct ccs_contact *ct, ccs_time since,
                         ccs_time wait)
{
    if (!ct->measured || !ccs_contact_is_inbound(ct)) {
        return;
    }
    struct ccs_access *access = ccs_access_at(w, since, ct->channel);
    access->answered++;
    access->wait_answered_us += wait;
    ccs_time in_target =
        ccs_model_access_terms(w->model, ct->channel, ccs_issue_at(w, ct->issue)->type)->in_target;
    access->in_target += wait <= in_target;
    ccs_waiting_count(w, ct, access, wait);
    if (w->model->channels[ct->channel].is_live) {
        ccs_histogram_add(w->measure.waits.data, wait);
    }
}

/* The factor on talk at this time of day; 1 where the table has no value (its values are above
 * 0). */
static double profile_at(const struct ccs_world *w, const struct ccs_series *profile)
{
    ccs_time until;
    double factor = ccs_series_at(profile, w->model->config->run.start_day, w->now, &until);
    return factor > 0 ? factor : 1.0;
}

/* Parts of a talk that its content does not explain. */
struct extra {
    ccs_time all; /* what anger and retelling add */
    ccs_time retelling;
};

/* How long the talk will take. */
static ccs_time talk_us(struct ccs_world *w, struct ccs_issue *is, struct ccs_contact *ct,
                        struct extra *extra)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    *extra = (struct extra){0};
    if (ct->kind == CCS_CONTACT_WORK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_WORK_CONTENT, -1);
        return ccs_time_from_s(ccs_dist_draw(&type->back_office->work, &s));
    }
    if (ct->kind == CCS_CONTACT_DESK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETENTION_TALK, 0);
        return ccs_time_from_s(ccs_dist_draw(&w->model->desk_talk, &s));
    }
    ccs_time passing_us = 0;
    if (w->model->team_queue) {
        ccs_time until = ccs_transfer_plan(w, ct, is, &passing_us);
        if (until != CCS_TIME_NEVER) {
            return until + passing_us;
        }
    }
    if (ct->misrouted) { /* until the agent finds out */
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_FOUND_OUT, 0);
        const struct ccs_menus_config *menus = ccs_channel_of(w, ct->channel)->menus;
        return menus ? ccs_time_from_s(ccs_dist_draw(&menus->found_out_after, &s)) : 0;
    }
    struct ccs_talk talk = {.stretch = 1.0};
    talk.base_us = 1e6 * ccs_issue_talk_s(w, is) * w->model->teams[ct->team].talk_factor[is->type];
    if (w->model->has_agents) {
        talk.base_us *= ccs_agent_at(w, ccs_team_agent_of(w, ct))->speed;
    }
    if (ct->tier <= type->talk_factor_by_tier.n) {
        talk.base_us *= type->talk_factor_by_tier.v[ct->tier - 1];
    }
    if (type->talk_profile.is_constant || type->talk_profile.n > 0) {
        talk.base_us *= profile_at(w, &type->talk_profile);
    }
    if (is->customer != CCS_NONE) {
        ct->has_context = 1;
        bool has_past = is->legs > 0 && ct->kind == CCS_CONTACT_INBOUND;
        for (int i = 0; has_past && i < hooks->context_n; i++) {
            if (!hooks->context[i].fn(hooks->context[i].config, w, is, ct)) {
                ct->has_context = 0;
            }
        }
        for (int i = 0; i < hooks->talk_n; i++) {
            hooks->talk[i].fn(hooks->talk[i].config, w, is, ct, &talk);
        }
    }
    ccs_time base = ccs_round(talk.base_us);
    ccs_time all = ccs_round(talk.base_us * talk.stretch + talk.retell_us);
    extra->all = all - base;
    extra->retelling = ccs_round(talk.retell_us);
    if (w->in_window && all != base) {
        w->measure.sums.stretch_us += ccs_round(talk.base_us * (talk.stretch - 1.0));
        w->measure.sums.retell_us += ccs_round(talk.retell_us);
    }
    return all + passing_us;
}

/* An agent is assigned and the phone rings. False if the agent answers at once. */
static bool begin_ring(struct ccs_world *w, uint32_t contact, uint16_t team)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    if (!ccs_contact_is_live(w, ct)) {
        return false;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_ANSWER_DELAY, ct->leg);
    ccs_time delay =
        ccs_time_from_s(ccs_dist_draw(&w->model->teams[team].config->answer_delay, &s));
    if (delay <= 0) {
        return false;
    }
    ccs_team_take(w, team, ct, is);
    ccs_time since = ct->u.wait.since;
    ccs_time holder_from = ct->u.wait.holder_from;
    ct->team = team;
    ct->phase = CCS_PHASE_RINGING;
    *ccs_taken_at(w, contact) |= UINT64_C(1) << contact % 64;
    ct->u.ring.since = since;
    ct->u.ring.begun = w->now;
    ct->u.ring.booked_from = w->now;
    ct->u.ring.holder_from = holder_from;
    ct->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_ANSWER, contact);
    return true;
}

/* Books the price per contact of a team that has one. */
static void book_price(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is)
{
    ccs_money price = w->model->teams[ct->team].per_contact;
    ccs_booking_spend(w, is, CCS_ACCOUNT_OUTSOURCING, ct->team, (enum ccs_cause)ct->cause, price);
}

bool ccs_leg_is_above_first_tier(const struct ccs_world *w, const struct ccs_contact *ct,
                                 const struct ccs_issue *is)
{
    if (ct->kind == CCS_CONTACT_WORK) {
        return false;
    }
    int first = ccs_model_first_tier(w->model, is->channel, is->type);
    return first > 0 && ct->tier > first;
}

/* Talk begins. The contact has waited since `since`. */
static void begin_talk(struct ccs_world *w, uint32_t contact, uint16_t team, ccs_time since)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    ccs_time wait = w->now - since;
    bool rang = ct->phase == CCS_PHASE_RINGING;
    bool live = ccs_contact_is_live(w, ct);
    if (ccs_contact_is_inbound(ct)) {
        ccs_wait_memory_note(w, ct->queue, wait);
    }
    if (live && ccs_contact_is_inbound(ct) &&
        wait > 0) { /* the customer does not wait on the line for a promised call */
        is->effort_us += wait;
        ccs_contact_book_telecom(w, ct, is, wait);
        ccs_issue_experience(w, is, CCS_EXPERIENCE_WAIT, ccs_time_to_s(wait));
    }
    if (!ct->answered) {
        count_answer(w, ct, since, wait);
        ct->answered = 1;
        if (ct->kind != CCS_CONTACT_WORK) {
            ccs_contact_note_handled(w, ct, is);
        }
        if (ct->kind == CCS_CONTACT_CALLBACK && !(is->flags & CCS_ISSUE_LEFT)) {
            ct->is_promised = (is->flags & CCS_ISSUE_PROMISE) != 0;
            ccs_promise_keep(w, is);
        }
        if (w->in_window && ct->kind != CCS_CONTACT_WORK) {
            ccs_access_at(w, w->now, ct->channel)->handled++;
        }
    }
    uint16_t freed = CCS_NO_TEAM;
    if (ct->holder != CCS_NO_TEAM) { /* the warm hand-over ends, or the consultation begins */
        ccs_leg_count_holder(w, ct, is, wait);
        ccs_booking_leg(w, ct);
        if (!ct->consult) {
            freed = ct->holder;
            ct->holder = CCS_NO_TEAM;
        }
    }
    uint32_t freed_agent = ccs_team_holder_of(w, ct);
    if (!rang) {
        ccs_team_take(w, team, ct, is);
    }
    ct->team = team;
    ct->phase = CCS_PHASE_TALKING;
    *ccs_taken_at(w, contact) |= UINT64_C(1) << contact % 64;
    ct->decided = 0;
    ct->blocked = 0;
    ct->checked = 0;
    if (w->in_window) {
        ((struct ccs_team_sums *)w->measure.teams.data)[team].legs++;
    }
    if (w->model->teams[team].per_contact > 0) {
        book_price(w, ct, is);
    }
    struct extra extra;
    ccs_time talk = talk_us(w, is, ct, &extra);
    ccs_time hold = 0;
    if (ct->kind != CCS_CONTACT_WORK && !ct->misrouted) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_HOLD, ct->leg);
        hold = ccs_time_from_s(ccs_dist_draw(&type->hold, &s));
    }
    is->legs++;
    if (ccs_leg_is_higher(w, ct, is)) { /* whichever way it has come there */
        is->flags |= CCS_ISSUE_ESCALATED;
    }
    ct->u.leg.booked_from = w->now;
    ct->u.leg.talk_end = w->now + talk;
    ct->u.leg.hold_end = w->now + talk + hold;
    ct->u.leg.holder_from = w->now;
    ccs_leg_count_time(w, ct, is, team, CCS_ACCOUNT_LABOR_TALK, talk, extra.all);
    if (extra.all != 0) {
        enum ccs_cause cause = (enum ccs_cause)ct->cause;
        ccs_charge_part(w, is, team, cause, CCS_LINE_RETELLING, extra.retelling);
        ccs_charge_part(w, is, team, cause, CCS_LINE_ANGER, extra.all - extra.retelling);
    }
    if (hold > 0) {
        ccs_leg_count_time(w, ct, is, team, CCS_ACCOUNT_LABOR_HOLD, hold, 0);
    }
    ccs_leg_count_holder(w, ct, is, talk + hold);
    if (live) {
        is->effort_us += talk + hold;
        ccs_contact_book_telecom(w, ct, is, talk + hold);
    }
    ct->timer = ccs_world_schedule(w, ct->u.leg.hold_end, CCS_EV_TALK_END, contact);
    if (freed != CCS_NO_TEAM) {
        ccs_team_release(w, freed, freed_agent);
    }
}

void ccs_leg_start(struct ccs_world *w, uint32_t contact, uint16_t team)
{
    if (!w->model->teams[team].rings || !begin_ring(w, contact, team)) {
        begin_talk(w, contact, team, ccs_contact_at(w, contact)->u.wait.since);
    }
}

void ccs_leg_answer_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    ct->timer = CCS_EVENT_NONE;
    ccs_booking_leg(w, ct);
    ccs_leg_count_time(w, ct, ccs_issue_at(w, ct->issue), ct->team, CCS_ACCOUNT_LABOR_HOLD,
                       w->now - ct->u.ring.begun, 0);
    begin_talk(w, contact, ct->team, ct->u.ring.since);
}
