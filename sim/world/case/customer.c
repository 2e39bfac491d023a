/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Population, resistance and leaving: see customer.h. */
#include "world/case/customer.h"

#include "base/units.h"
#include "world/case/issue.h"
#include "world/case/worth.h"
#include "world/charge.h"

#include <math.h>

static double hazard_per_us(const struct ccs_world *w, uint32_t segment)
{
    return ccs_segment_of(w, segment)->churn_hazard_per_year / (double)CCS_US_PER_YEAR;
}

/* The key of a customer's draws: segment and index in it. The generation is the occurrence. */
static uint64_t entity_of(const struct ccs_world *w, uint32_t customer)
{
    const struct ccs_customer *cu = &((const struct ccs_customer *)w->customers.data)[customer];
    uint32_t index = customer;
    for (uint32_t s = 0; s < cu->segment; s++) {
        index -= (uint32_t)ccs_segment_of(w, s)->population;
    }
    return ccs_entity_member(w->model->segment_entity[cu->segment], index);
}

void ccs_population_touch(struct ccs_world *w, uint32_t segment)
{
    struct ccs_population *pop = ccs_population_at(w, segment);
    ccs_time dt = w->now - pop->touched;
    if (dt <= 0) {
        return;
    }
    double n = (double)pop->active;
    double delta = w->model->config->run.discount_rate_per_year / (double)CCS_US_PER_YEAR;
    pop->customer_us += n * (double)dt;
    if (delta > 0) { /* integral of e^(-delta t) over [touched, now] */
        pop->discounted_us += n * exp(-delta * (double)(pop->touched - w->origin)) *
                              -expm1(-delta * (double)dt) / delta;
    } else {
        pop->discounted_us += n * (double)dt;
    }
    pop->touched = w->now;
}

/* Schedules the leaving that the baseline hazard alone would bring; none if it comes after the end
 * of the follow-up. */
static void schedule_leaving(struct ccs_world *w, uint32_t customer)
{
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    const struct ccs_tenure_curve *curve = ccs_customer_curve(w, customer);
    double hazard = hazard_per_us(w, cu->segment);
    cu->leave_event = CCS_EVENT_NONE;
    if (hazard <= 0 && !curve) {
        return;
    }
    double wait = curve ? ccs_tenure_wait(curve, ccs_customer_tenure_at(w, customer, w->now),
                                          cu->resistance) *
                              (double)CCS_US_PER_YEAR
                        : cu->resistance / hazard;
    ccs_time end = w->horizon + w->model->config->run.follow_up;
    if (wait < (double)(end - w->now)) {
        cu->leave_event = ccs_world_schedule(w, w->now + ccs_round(wait), CCS_EV_LEAVE, customer);
    }
}

/* Hazard that has accumulated since it was last looked at. */
static double hazard_since(const struct ccs_world *w, uint32_t customer)
{
    const struct ccs_customer *cu = &((const struct ccs_customer *)w->customers.data)[customer];
    const struct ccs_tenure_curve *curve = ccs_customer_curve(w, customer);
    if (curve) {
        return ccs_tenure_hazard(curve, ccs_customer_tenure_at(w, customer, cu->hazard_at),
                                 ccs_customer_tenure_at(w, customer, w->now));
    }
    return hazard_per_us(w, cu->segment) * (double)(w->now - cu->hazard_at);
}

/* Seconds with the company at t0. */
static double draw_tenure_s(const struct ccs_world *w, uint32_t customer, uint32_t generation)
{
    const struct ccs_customer *cu = &((const struct ccs_customer *)w->customers.data)[customer];
    struct ccs_stream s =
        ccs_stream_at(w->key, entity_of(w, customer), CCS_DRAW_TENURE, generation);
    return ccs_dist_draw(&ccs_segment_of(w, cu->segment)->tenure, &s);
}

/* Where customers of a segment differ, whoever takes a place in the warm-up is like the one before:
 * otherwise those who leave soon would be fewer at t0 than the scenario says. Tenures of heavy
 * tails are cut as times are, so that they stay numbers to reckon with. */
static void draw_kind(struct ccs_world *w, uint32_t customer)
{
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    const struct ccs_worth_plan *plan = w->model->worth[cu->segment];
    if (plan) {
        double tenure_s = fmax(draw_tenure_s(w, customer, 0), 0.0);
        ((double *)w->tenures.data)[customer] =
            fmin(tenure_s, CCS_TIME_MAX_S) / ccs_time_to_s(CCS_US_PER_YEAR);
        cu->is_opportunist = plan->opportunists &&
                             ccs_uniform_at(w->key, entity_of(w, customer), CCS_DRAW_OPPORTUNIST,
                                            0) < plan->opportunists->share;
    }
}

/* A new customer takes the place. */
static void move_in(struct ccs_world *w, uint32_t customer, uint16_t segment, uint32_t generation)
{
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    *cu = (struct ccs_customer){
        .segment = segment,
        .generation = generation & 0xFFFFFF,
        .first_issue = CCS_NONE,
        .anger_at = w->now,
        .hazard_at = w->now,
    };
    double u = ccs_uniform_at(w->key, entity_of(w, customer), CCS_DRAW_RESISTANCE, cu->generation);
    cu->resistance = -log(u);
    draw_kind(w, customer);
    schedule_leaving(w, customer);
    if (w->last_contact.size) {
        int32_t *last = w->last_contact.data;
        for (uint16_t c = 0; c < w->model->channel_n; c++) {
            last[(size_t)customer * w->model->channel_n + c] = INT32_MIN;
        }
    }
}

ccs_status ccs_customer_populate(struct ccs_world *w)
{
    for (uint16_t s = 0; s < w->model->segment_n; s++) {
        int64_t n = ccs_segment_of(w, s)->population;
        for (int64_t i = 0; i < n; i++) {
            if (!ccs_event_list_has_room(&w->events, 1)) {
                ccs_status status = ccs_event_list_reserve(&w->events, w->budget, 64);
                if (status) {
                    return status;
                }
            }
            move_in(w, w->customers.len++, s, 0);
        }
        ccs_population_at(w, s)->active = n;
    }
    return CCS_OK;
}

uint32_t ccs_customer_create(struct ccs_world *w)
{
    if (!w->model->has_customers) {
        return CCS_NONE;
    }
    uint32_t i = w->free_customer;
    if (i != CCS_NONE) {
        w->free_customer = ccs_customer_at(w, i)->first_issue;
    } else {
        i = w->customers.len++;
    }
    *ccs_customer_at(w, i) = (struct ccs_customer){
        .segment = w->model->segment_n,
        .first_issue = CCS_NONE,
        .leave_event = CCS_EVENT_NONE,
        .anger_at = w->now,
        .hazard_at = w->now,
    };
    int32_t *last = w->last_contact.data;
    for (uint16_t c = 0; c < w->model->channel_n; c++) {
        last[(size_t)i * w->model->channel_n + c] = INT32_MIN;
    }
    return i;
}

void ccs_customer_attach(struct ccs_world *w, struct ccs_issue *is)
{
    if (is->customer == CCS_NONE) {
        return;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    is->next_of_customer = cu->first_issue;
    cu->first_issue = ccs_issue_index(w, is);
}

void ccs_customer_detach(struct ccs_world *w, struct ccs_issue *is)
{
    if (is->customer == CCS_NONE) {
        return;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    uint32_t self = ccs_issue_index(w, is);
    uint32_t *link = &cu->first_issue;
    while (*link != self) {
        link = &ccs_issue_at(w, *link)->next_of_customer;
    }
    *link = is->next_of_customer;
    /* an anonymous customer lives for one issue and its follow-on issues */
    if (cu->segment == w->model->segment_n && cu->first_issue == CCS_NONE) {
        cu->first_issue = w->free_customer;
        w->free_customer = is->customer;
    }
}

/* The customer leaves. `moment` is the kind of moment that crossed R, NONE for the baseline
 * hazard. */
static void leave(struct ccs_world *w, uint32_t customer, enum ccs_moment moment)
{
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    uint16_t segment = cu->segment;
    if (w->in_window) {
        struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[segment];
        churn->leavers++;
        churn->by_moment[moment]++;
        if (moment == CCS_MOMENT_CANCELLATION) {
            churn->announced++;
        } else {
            churn->silent++;
            churn->complained_before += cu->complained;
        }
        churn->value_lost += ccs_discount_now(w) * ccs_customer_value(w, customer);
        ccs_worth_leave(w, customer);
    }
    ccs_population_touch(w, segment);
    ccs_world_cancel(w, &cu->leave_event);
    cu->is_gone = 1;
    uint32_t next;
    for (uint32_t i = cu->first_issue; i != CCS_NONE; i = next) {
        next = ccs_issue_at(w, i)->next_of_customer;
        ccs_issue_abandon_by_leaver(w, i);
    }
    if (w->is_warm) {
        ccs_population_at(w, segment)->active--;
        return;
    }
    /* Issues whose leg or work still runs must not touch the customer who moves in. */
    cu = ccs_customer_at(w, customer);
    for (uint32_t i = cu->first_issue; i != CCS_NONE; i = next) {
        next = ccs_issue_at(w, i)->next_of_customer;
        ccs_issue_at(w, i)->customer = CCS_NONE;
    }
    move_in(w, customer, segment, cu->generation + 1);
}

/* Uses up resistance. True if the customer leaves. */
static bool wear(struct ccs_world *w, const struct ccs_issue *is, double p, enum ccs_moment moment)
{
    uint32_t customer = is->customer;
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    double value = ccs_customer_value(w, customer);
    ccs_charge_moment(w, is, moment, p, value);
    cu->resistance -= hazard_since(w, customer) - log1p(-p);
    cu->hazard_at = w->now;
    if (cu->resistance <= 0 || p >= 1) {
        ccs_charge_leaver(w, is, value);
        leave(w, customer, moment);
        return true;
    }
    ccs_world_cancel(w, &cu->leave_event);
    schedule_leaving(w, customer);
    return false;
}

static bool can_leave(struct ccs_world *w, const struct ccs_issue *is)
{
    if (is->customer == CCS_NONE) {
        return false;
    }
    const struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    return cu->segment < w->model->segment_n && !cu->is_gone;
}

bool ccs_customer_moment(struct ccs_world *w, const struct ccs_issue *is, enum ccs_moment moment)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    if (!hooks->leaving.fn || moment == CCS_MOMENT_NONE || (is->flags & CCS_ISSUE_FACED) ||
        !can_leave(w, is)) {
        return false;
    }
    double p = hooks->leaving.fn(hooks->leaving.config, w, is, moment);
    return p > 0 && wear(w, is, p, moment);
}

bool ccs_customer_cancel(struct ccs_world *w, const struct ccs_issue *is, double p)
{
    return can_leave(w, is) && p > 0 && wear(w, is, p, CCS_MOMENT_CANCELLATION);
}

void ccs_customer_leave_event(struct ccs_world *w, uint32_t customer)
{
    struct ccs_customer *cu = ccs_customer_at(w, customer);
    cu->leave_event = CCS_EVENT_NONE;
    leave(w, customer, CCS_MOMENT_NONE);
}

double ccs_customer_tenure_years(const struct ccs_world *w, const struct ccs_issue *is)
{
    if (is->segment >= w->model->segment_n || is->customer == CCS_NONE) {
        return 0.0;
    }
    const struct ccs_customer *cu = &((const struct ccs_customer *)w->customers.data)[is->customer];
    double years =
        w->model->worth[is->segment]
            ? ccs_customer_tenure_at(w, is->customer, w->now)
            : (draw_tenure_s(w, is->customer, cu->generation) + ccs_time_to_s(w->now - w->origin)) /
                  ccs_time_to_s(CCS_US_PER_YEAR);
    return years > 0 ? years : 0.0;
}
