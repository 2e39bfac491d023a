/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an issue: see issue.h. */
#include "world/case/issue.h"

#include "base/units.h"
#include "world/booking.h"
#include "world/case/customer.h"
#include "world/case/follow_on.h"
#include "world/case/worth.h"
#include "world/charge.h"
#include "world/queue/contact.h"

#include <math.h>

void ccs_issue_experience(struct ccs_world *w, const struct ccs_issue *is, enum ccs_experience kind,
                          double amount)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    if (is->customer == CCS_NONE) {
        return;
    }
    for (int i = 0; i < hooks->experience_n; i++) {
        hooks->experience[i].fn(hooks->experience[i].config, w, is, kind, amount);
    }
}

static uint8_t first_channel(const struct ccs_world *w, const struct ccs_issue *is)
{
    uint16_t n = w->model->channel_n;
    if (n == 1) {
        return 0;
    }
    if (is->recorded && w->model->replay[is->type]->row[is->recorded - 1].channel >= 0) {
        return (uint8_t)w->model->replay[is->type]->row[is->recorded - 1].channel;
    }
    const double *cdf = &w->model->channel_cdf[is->type * n];
    double u = ccs_uniform_at(w->key, is->key, CCS_DRAW_CHANNEL, 0);
    uint8_t c = 0;
    while (c + 1 < n && u >= cdf[c]) {
        c++;
    }
    return c;
}

double ccs_issue_talk_s(const struct ccs_world *w, const struct ccs_issue *is)
{
    if (is->recorded) {
        double talk_s = w->model->replay[is->type]->row[is->recorded - 1].talk_s;
        if (!isnan(talk_s)) {
            return talk_s;
        }
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_TALK, -1);
    return ccs_dist_draw(&ccs_type_of(w, is)->talk, &s);
}

struct ccs_issue *ccs_issue_create(struct ccs_world *w, uint64_t key, uint16_t type,
                                   uint32_t customer, uint16_t segment)
{
    uint32_t i = w->free_issue;
    if (i != CCS_NONE) {
        w->free_issue = ccs_issue_at(w, i)->next_of_customer;
    } else {
        i = w->issues.len++;
    }
    w->measure.conserved.issues_born++;
    struct ccs_issue *is = ccs_issue_at(w, i);
    *is = (struct ccs_issue){
        .key = key,
        .arose = w->now,
        .customer = customer,
        .segment = segment,
        .next_of_customer = CCS_NONE,
        .contact = CCS_NONE,
        .timer = CCS_EVENT_NONE,
        .type = type,
        .cause = CCS_CAUSE_FIRST_REQUEST,
        .is_used = 1,
    };
    ccs_customer_attach(w, is);
    return is;
}

static void destroy(struct ccs_world *w, struct ccs_issue *is)
{
    is->is_used = 0;
    is->next_of_customer = w->free_issue;
    w->free_issue = ccs_issue_index(w, is);
    w->measure.conserved.issues_ended++;
}

/* Draws the amount of the claim and whether it is justified: by issue, the same at every
 * attempt. Opportunists claim more, or with less right, on the same numbers. */
static void draw_claim(const struct ccs_world *w, struct ccs_issue *is)
{
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_AMOUNT, -1);
    const struct ccs_opportunists_config *opportunism =
        is->customer != CCS_NONE ? ccs_customer_opportunism(w, is->customer) : NULL;
    double justified =
        opportunism ? opportunism->justified_probability : type->justified_probability;
    double factor = opportunism ? opportunism->amount_factor : 1.0;
    is->amount = ccs_money_from_units(ccs_dist_draw(&type->amount, &s) * factor);
    if (justified >= 1 || ccs_uniform_at(w->key, is->key, CCS_DRAW_JUSTIFIED, 0) < justified) {
        is->flags |= CCS_ISSUE_JUSTIFIED;
    }
}

static bool is_voiced(struct ccs_world *w, const struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    for (int i = 0; i < hooks->voiced_n; i++) {
        if (!hooks->voiced[i].fn(hooks->voiced[i].config, w, is)) {
            return false;
        }
    }
    return true;
}

uint32_t ccs_issue_customer(struct ccs_world *w, int32_t segment, uint64_t entity)
{
    if (segment < 0) {
        return ccs_customer_create(w);
    }
    uint32_t base = 0;
    for (int32_t s = 0; s < segment; s++) {
        base += (uint32_t)ccs_segment_of(w, s)->population;
    }
    int64_t size = ccs_segment_of(w, segment)->population;
    double u = ccs_uniform_at(w->key, entity, CCS_DRAW_CUSTOMER, 0);
    return base + (uint32_t)(u * (double)size);
}

void ccs_issue_arrive(struct ccs_world *w, uint32_t stream, uint64_t n)
{
    const struct ccs_stream_plan *plan = &w->model->streams[stream];
    uint64_t key = ccs_entity_member(plan->entity, n);
    uint32_t customer = ccs_issue_customer(w, plan->segment, key);
    if (plan->segment >= 0 && ccs_customer_at(w, customer)->is_gone) {
        w->measure.sums.lost_to_churn += w->in_window;
        return;
    }
    if (plan->segment >= 0 && ccs_segment_of(w, plan->segment)->one_at_a_time &&
        ccs_customer_at(w, customer)->first_issue != CCS_NONE) {
        w->measure.sums.held_off += w->in_window;
        return; /* thins the Poisson arrivals to those of customers without an open issue */
    }
    struct ccs_issue *is =
        ccs_issue_create(w, key, plan->issue_type, customer,
                         plan->segment >= 0 ? (uint16_t)plan->segment : w->model->segment_n);
    is->recorded = plan->kind == CCS_ARRIVAL_REPLAY ? (uint32_t)n + 1 : 0;
    ccs_issue_arise(w, ccs_issue_index(w, is));
}

void ccs_issue_arise_waiting(struct ccs_world *w, struct ccs_issue *is)
{
    draw_claim(w, is);
    is->flags |= CCS_ISSUE_VOICED;
    is->channel = first_channel(w, is);
    ccs_contact_open_waiting(w, is);
}

void ccs_issue_arise(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    is->timer = CCS_EVENT_NONE;
    is->arose = w->now;
    draw_claim(w, is);
    struct ccs_cohort *cohort = ccs_issue_cohort(w, is);
    if (w->in_window) {
        w->own_open += !(is->flags & CCS_ISSUE_OWN);
        is->flags |= CCS_ISSUE_COHORT | CCS_ISSUE_OWN;
        cohort->issues++;
        w->cohort_open++;
    }
    if (!is_voiced(w, is)) {
        bool left = ccs_customer_moment(w, is, CCS_MOMENT_SILENT_ISSUE);
        if (!left) {
            ccs_issue_end(w, is, CCS_END_SILENT);
        }
        return;
    }
    is->flags |= CCS_ISSUE_VOICED;
    if (is->flags & CCS_ISSUE_COHORT) {
        cohort->voiced++;
        if (ccs_type_of(w, is)->needs == CCS_NEEDS_DECISION) {
            cohort->claims.justified += (is->flags & CCS_ISSUE_JUSTIFIED) != 0;
            cohort->claims.unjustified += (is->flags & CCS_ISSUE_JUSTIFIED) == 0;
        }
    }
    is->channel = first_channel(w, is);
    ccs_contact_attempt(w, issue);
}

/* A claim with right must be settled, one without must be refused; an issue that is no claim must
 * be settled. A payment that the customer has no right to ends the issue, but not rightly. */
static bool is_rightly_ended(const struct ccs_issue *is, bool is_claim, enum ccs_issue_end how)
{
    if (how == CCS_END_OPEN) {
        return false;
    }
    if (!is_claim || is->flags & CCS_ISSUE_JUSTIFIED) {
        return how == CCS_END_RESOLVED;
    }
    return how != CCS_END_RESOLVED && is->refusals > 0 && !(is->flags & CCS_ISSUE_PAID);
}

/* Adds an ended (or censored) claim to what has become of the others. */
static void count_claim(struct ccs_claims *claims, const struct ccs_issue *is,
                        enum ccs_issue_end how)
{
    bool justified = (is->flags & CCS_ISSUE_JUSTIFIED) != 0;
    if (is->flags & CCS_ISSUE_PAID) { /* back-office work may still be open */
        claims->justified_paid += justified;
        claims->unjustified_paid += !justified;
    } else if (how == CCS_END_OPEN) {
        claims->open++;
    } else if (justified) {
        claims->justified_unpaid++;
    } else if (is->refusals > 0) {
        claims->unjustified_refused++;
        claims->refused_given_up += how == CCS_END_GIVEN_UP;
    } else {
        claims->unjustified_dropped++;
    }
}

/* Adds an ended (or censored) issue to the sums of the cohort. */
static void count_ended(struct ccs_world *w, const struct ccs_issue *is,
                        const struct ccs_issue_type_config *type, enum ccs_issue_end how)
{
    struct ccs_cohort *c = ccs_issue_cohort(w, is);
    bool is_claim = type->needs == CCS_NEEDS_DECISION;
    ccs_time age = w->now - is->arose;
    struct ccs_histogram *resolution = w->measure.resolution.data;
    c->contacts += is->contacts;
    c->legs += is->legs;
    c->transfers += is->transfers;
    c->refusals += is->refusals;
    c->handle_us += is->handle_us;
    c->effort_us += is->effort_us;
    c->cost += is->cost;
    c->escalated += (is->flags & CCS_ISSUE_ESCALATED) != 0;
    c->contacted += is->contacts > 0;
    bool rightly = is_rightly_ended(is, is_claim, how);
    c->first_contact += rightly && is->contacts == 1;
    c->resolution_us += rightly ? age : 0;
    ccs_histogram_add(&resolution[rightly ? 0 : 1], age);
    if (is_claim) {
        count_claim(&c->claims, is, how);
    }
    if (how == CCS_END_RESOLVED) {
        c->resolved++;
        c->wrongly_settled += !rightly;
        c->settled_by_tier[is->settled_at]++;
    } else {
        if ((is->flags & CCS_ISSUE_JUSTIFIED) && !(is->flags & CCS_ISSUE_PAID)) {
            c->justified_unpaid += is->amount;
        }
    }
    c->given_up += how == CCS_END_GIVEN_UP;
    c->left += how == CCS_END_LEFT;
}

/* By whom, how, and in which contact an issue of the cohort was settled. */
static void count_settled(struct ccs_world *w, const struct ccs_issue *is,
                          const struct ccs_issue_type_config *type)
{
    int way = is->settled_way;
    int tier = is->settled_at;
    if (type->back_office && type->needs != CCS_NEEDS_DECISION && way != CCS_WAY_DESK) {
        way = CCS_WAY_BACK_OFFICE;
        tier = 0;
    }
    int contact = is->contacts < CCS_SETTLED_CONTACTS ? is->contacts : CCS_SETTLED_CONTACTS;
    CCS_ASSERT(contact > 0); /* somebody has talked to the customer */
    w->measure.settled.n[tier][way][contact - 1]++;
}

void ccs_issue_end(struct ccs_world *w, struct ccs_issue *is, enum ccs_issue_end how)
{
    if (is->flags & CCS_ISSUE_COHORT) {
        const struct ccs_issue_type_config *type = ccs_type_of(w, is);
        w->cohort_open--;
        if (is->flags & CCS_ISSUE_VOICED) {
            count_ended(w, is, type, how);
        }
        if (how == CCS_END_RESOLVED) {
            count_settled(w, is, type);
        }
    }
    if (is->flags & CCS_ISSUE_OWN) {
        w->own_open--;
        if (how != CCS_END_RESOLVED && how != CCS_END_SILENT) {
            ccs_charge_debt(w, is);
        }
    }
    ccs_world_cancel(w, &is->timer);
    if (how == CCS_END_RESOLVED && w->model->follow_on) {
        ccs_follow_on_spawn(w, is);
    }
    if (is->segment >= w->model->segment_n) { /* anonymous customers do not leave */
        ccs_customer_detach(w, is);
        destroy(w, is);
        return;
    }
    enum ccs_moment moment = how == CCS_END_RESOLVED   ? CCS_MOMENT_ISSUE_ENDED
                             : how == CCS_END_GIVEN_UP ? CCS_MOMENT_GIVEN_UP
                                                       : CCS_MOMENT_NONE;
    /* The moment of truth reads the issue. If the customer leaves, that ends all issues on the
     * customer's list: this one must be off it before. */
    struct ccs_issue ended = *is;
    ccs_customer_detach(w, is);
    destroy(w, is);
    ccs_customer_moment(w, &ended, moment);
}

void ccs_issue_settle(struct ccs_world *w, struct ccs_issue *is, ccs_money concession, int tier)
{
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    bool justified = (is->flags & CCS_ISSUE_JUSTIFIED) != 0;
    is->flags |= CCS_ISSUE_DECIDED;
    is->settled_at = (uint8_t)tier;
    enum ccs_cause cause = (enum ccs_cause)is->cause;
    if (concession > 0) {
        ccs_booking_spend(w, is,
                          justified ? CCS_ACCOUNT_CONCESSIONS_JUSTIFIED
                                    : CCS_ACCOUNT_CONCESSIONS_UNJUSTIFIED,
                          -1, cause, concession);
        if (is->flags & CCS_ISSUE_COHORT) {
            ccs_issue_cohort(w, is)->conceded += concession;
        }
    }
    if (concession >= is->amount) {
        is->flags |= CCS_ISSUE_PAID;
    }
    if (type->fulfilment_cost > 0) {
        ccs_booking_spend(w, is, CCS_ACCOUNT_FULFILMENT, -1, cause,
                          ccs_money_from_units(type->fulfilment_cost));
    }
    if (type->back_office) {
        ccs_contact_open_work(w, is);
    } else {
        ccs_issue_end(w, is, CCS_END_RESOLVED);
    }
}

/* A refusal of what the customer has no right to is no failure of the company's. */
static bool is_right_refusal(const struct ccs_world *w, const struct ccs_issue *is,
                             enum ccs_failure failure)
{
    return failure == CCS_FAILURE_REFUSED && ccs_issue_is_without_right(w, is);
}

static enum ccs_cause cause_after(enum ccs_failure failure)
{
    switch (failure) {
    case CCS_FAILURE_PROMISE_BROKEN:
        return CCS_CAUSE_BROKEN_PROMISE;
    case CCS_FAILURE_FALSE_CLOSURE:
        return CCS_CAUSE_FALSE_CLOSURE;
    case CCS_FAILURE_ABANDONED:
        return CCS_CAUSE_ABANDONED_BEFORE;
    case CCS_FAILURE_REFUSED:
    case CCS_FAILURE_PUT_OFF:
    case CCS_FAILURE_COUNT:
        break;
    }
    return CCS_CAUSE_UNRESOLVED_BEFORE;
}

static enum ccs_moment moment_of(enum ccs_failure failure)
{
    switch (failure) {
    case CCS_FAILURE_PROMISE_BROKEN:
        return CCS_MOMENT_PROMISE_BROKEN;
    case CCS_FAILURE_ABANDONED:
        return CCS_MOMENT_ABANDONED;
    case CCS_FAILURE_REFUSED:
    case CCS_FAILURE_PUT_OFF:
    case CCS_FAILURE_FALSE_CLOSURE:
    case CCS_FAILURE_COUNT:
        break;
    }
    return CCS_MOMENT_FAILED_CONTACT;
}

void ccs_issue_fail(struct ccs_world *w, struct ccs_issue *is, enum ccs_failure failure)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    if (failure != CCS_FAILURE_ABANDONED) {
        if (is->flags & CCS_ISSUE_FAILED) {
            ccs_issue_experience(w, is, CCS_EXPERIENCE_SECOND_FAILURE, 1.0);
        }
        is->flags |= CCS_ISSUE_FAILED;
    }
    /* After an abandoned attempt a cause of higher precedence stays: no contact has been about
     * it. */
    bool is_right = is_right_refusal(w, is, failure);
    enum ccs_cause cause = is_right ? CCS_CAUSE_RIGHT_REFUSAL : cause_after(failure);
    is->cause = failure == CCS_FAILURE_ABANDONED && is->cause < cause ? is->cause : (uint8_t)cause;
    struct ccs_reaction reaction = {.channel = is->channel};
    bool goes_on = is->attempts < CCS_ATTEMPTS_MAX;
    for (int i = 0; goes_on && i < hooks->react_n && reaction.kind == CCS_REACT_UNDECIDED; i++) {
        hooks->react[i].fn(hooks->react[i].config, w, is, failure, &reaction);
    }
    if (reaction.kind == CCS_REACT_UNDECIDED) {
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
        return;
    }
    if (reaction.kind == CCS_REACT_THREATEN) {
        is->flags |= CCS_ISSUE_WANTS_OUT;
    }
    uint32_t self = ccs_issue_index(w, is);
    ccs_time delay = reaction.delay > CCS_US_PER_S ? reaction.delay : CCS_US_PER_S;
    is->channel = (uint8_t)reaction.channel;
    is->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_ATTEMPT, self);
    /* The moment of truth of a threat to cancel is the one at the desk. */
    enum ccs_moment moment = reaction.kind == CCS_REACT_THREATEN ? CCS_MOMENT_NONE
                             : is_right                          ? CCS_MOMENT_RIGHTLY_REFUSED
                                                                 : moment_of(failure);
    ccs_customer_moment(w, is, moment);
}

void ccs_issue_abandon_by_leaver(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    ccs_world_cancel(w, &is->timer);
    if (is->flags & CCS_ISSUE_PROMISE) {
        is->flags &= (uint16_t)~CCS_ISSUE_PROMISE;
        if (is->flags & CCS_ISSUE_COHORT) {
            ccs_issue_cohort(w, is)->voided++;
        }
    }
    is->flags |= CCS_ISSUE_LEFT;
    if (is->contact != CCS_NONE && !ccs_contact_withdraw(w, is->contact)) {
        return; /* a leg runs, or decided back-office work is open: the issue ends with it */
    }
    ccs_issue_end(w, is, CCS_END_LEFT);
}

void ccs_issue_discover(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    is->timer = CCS_EVENT_NONE;
    is->flags &= (uint16_t)~CCS_ISSUE_FALSE;
    ccs_issue_experience(w, is, CCS_EXPERIENCE_CONTRADICTION, 1.0);
    ccs_issue_fail(w, is, CCS_FAILURE_FALSE_CLOSURE);
}

void ccs_issue_censor(struct ccs_world *w)
{
    for (uint32_t i = 0; i < w->issues.len; i++) {
        struct ccs_issue *is = ccs_issue_at(w, i);
        if (!is->is_used || !(is->flags & CCS_ISSUE_VOICED)) {
            continue;
        }
        ccs_charge_debt(w, is);
        if (is->flags & CCS_ISSUE_COHORT) {
            ccs_issue_cohort(w, is)->open++;
            count_ended(w, is, ccs_type_of(w, is), CCS_END_OPEN);
        }
    }
}
