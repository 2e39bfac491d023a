/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the attempt and the agent: see access.h. */
#include "world/queue/access.h"

#include "base/units.h"
#include "world/case/customer.h"
#include "world/case/issue.h"
#include "world/queue/contact.h"
#include "world/queue/wait_memory.h"

#include <math.h>

/* ---- menus ---- */

ccs_time ccs_access_enter(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_channel_config *channel = ccs_channel_of(w, ct->channel);
    const struct ccs_menus_config *menus = channel->menus;
    uint16_t other;
    ct->u.enter.since = w->now;
    ct->u.enter.hangs_up = false;
    ccs_time delay = 0;
    if (w->model->channels[ct->channel].has_ivr) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_IVR, 0);
        delay = ccs_time_from_s(ccs_dist_draw(&channel->ivr, &s));
    }
    for (int k = 0; menus && k < menus->depth && !ct->u.enter.hangs_up; k++) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_MENU, k);
        delay += ccs_time_from_s(ccs_dist_draw(&menus->time, &s));
        ct->u.enter.hangs_up =
            ccs_issue_uniform(w, is, CCS_DRAW_HANG_UP, k) < menus->hang_up_probability;
    }
    if (menus && !ct->u.enter.hangs_up && ct->kind == CCS_CONTACT_INBOUND &&
        ccs_issue_uniform(w, is, CCS_DRAW_MISROUTE, 0) < menus->misroute_probability &&
        ccs_model_other_queues(w->model, ct->channel, is->type, 0, &other) > 0) {
        ct->misrouted = 1;
        ct->cause = CCS_CAUSE_MISROUTED < ct->cause ? CCS_CAUSE_MISROUTED : ct->cause;
    }
    return delay;
}

void ccs_access_hang_up(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    if (ct->measured) {
        ccs_access_at(w, ct->u.enter.since, ct->channel)->hung_up++;
    }
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    ccs_access_lose(w, is, CCS_LOSS_HUNG_UP);
}

uint16_t ccs_access_wrong_queue(const struct ccs_world *w, const struct ccs_issue *is)
{
    uint16_t queue;
    uint32_t n = ccs_model_other_queues(w->model, is->channel, is->type, 0, &queue);
    double u = ccs_issue_uniform(w, is, CCS_DRAW_MISROUTE_TO, 0);
    ccs_model_other_queues(w->model, is->channel, is->type, (uint32_t)(u * n), &queue);
    return queue; /* the right one, if the present model has no other */
}

/* ---- no agent is free ---- */

/* Agents on duty in the teams that serve the contact's queue. */
static int64_t agents_on_duty(struct ccs_world *w, const struct ccs_contact *ct)
{
    const struct ccs_queue_plan *plan = &w->model->queues[ct->queue];
    int64_t agents = 0;
    for (uint16_t i = 0; i < plan->team_n; i++) {
        agents += ccs_team_at(w, plan->team[i])->level;
    }
    return agents;
}

/* The wait that somebody who joins this contact's queue now expects, on the terms of `balking`
 * (CCS_TIME_NEVER: nobody works). */
static ccs_time expected_wait(struct ccs_world *w, const struct ccs_contact *ct,
                              const struct ccs_issue *is, const struct ccs_balking_config *balking)
{
    const struct ccs_queue *queue = ccs_queue_at(w, ct->queue);
    if (balking->estimate != CCS_ESTIMATE_QUEUE_LENGTH) {
        ccs_time past = balking->estimate == CCS_ESTIMATE_LAST_WAIT
                            ? queue->last_wait
                            : ccs_wait_memory_mean(w, ct->queue, balking->window);
        return past == CCS_TIME_NEVER ? balking->initial : past;
    }
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    double handle_s =
        ccs_dist_mean(&type->talk) + ccs_dist_mean(&type->hold) + ccs_dist_mean(&type->wrap);
    int64_t agents = agents_on_duty(w, ct);
    return agents > 0 ? ccs_time_from_s(handle_s * (queue->len + 1.0) / (double)agents)
                      : CCS_TIME_NEVER;
}

static bool balks(struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is)
{
    const struct ccs_balking_config *b =
        ccs_model_access_terms(w->model, ct->channel, is->type)->balking;
    if (!b || (b->probability < 1 &&
               ccs_uniform_at(w->key, is->key, CCS_DRAW_BALKS, 0) >= b->probability)) {
        return false;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_TOLERANCE, -1);
    ccs_time tolerance = ccs_time_from_s(ccs_dist_draw(&b->tolerance, &s));
    return expected_wait(w, ct, is, b) > tolerance;
}

/* Does the channel have no waiting place left for the contact? */
static bool is_queue_full(struct ccs_world *w, const struct ccs_contact *ct)
{
    uint32_t waiting = ((const uint32_t *)w->queued.data)[ct->channel];
    double per_agent = ccs_channel_of(w, ct->channel)->queue_limit_per_agent;
    if (waiting >= w->model->channels[ct->channel].queue_limit) {
        return true;
    }
    if (isnan(per_agent)) {
        return false;
    }
    /* 0.29 x 100 is 28.999...: a product that is off by its rounding only is the whole number. */
    return waiting >= floor(per_agent * (double)agents_on_duty(w, ct) * (1 + 1e-12));
}

bool ccs_access_turns_away(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    if (!ccs_contact_is_inbound(ct) || ct->answered) {
        return false; /* calls of the company and contacts passed on always wait */
    }
    bool is_full = is_queue_full(w, ct);
    if (!is_full && !balks(w, ct, is)) {
        return false;
    }
    if (ct->measured) {
        struct ccs_access *access = ccs_access_at(w, w->now, ct->channel);
        access->offered -= is_full; /* queue_full is not offered */
        access->misrouted -= is_full && ct->misrouted;
        access->queue_full += is_full;
        access->balked += !is_full;
    }
    ccs_contact_leave_channel(w, ct);
    ccs_contact_free(w, ct);
    ccs_access_lose(w, is, is_full ? CCS_LOSS_BUSY : CCS_LOSS_BALKED);
    return true;
}

/* ---- what comes next ---- */

void ccs_access_leave_message(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    const struct ccs_voicemail_config *voicemail = ccs_channel_of(w, is->channel)->voicemail;
    bool possible = w->model->callback[is->type * CCS_TIER_MAX + tier - 1] != CCS_NO_QUEUE;
    if (voicemail->called_back && possible && !(is->flags & CCS_ISSUE_WANTS_OUT)) {
        is->cause = CCS_CAUSE_CALLBACK < is->cause ? CCS_CAUSE_CALLBACK : is->cause;
        ccs_contact_open_callback(w, is, tier);
        return;
    }
    ccs_access_lose(w, is, CCS_LOSS_VOICEMAIL);
}

/* The list of redial probabilities after this loss; NULL: none is given. */
static const struct ccs_real_list *list_of(const struct ccs_redial_config *redial,
                                           enum ccs_loss loss)
{
    return redial && redial->after[loss].n > 0 ? &redial->after[loss] : NULL;
}

/* The issue type takes precedence over the channel, a list over the plain number. */
static double redial_probability(const struct ccs_world *w, const struct ccs_issue *is,
                                 enum ccs_loss loss)
{
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    const struct ccs_channel_config *channel = ccs_channel_of(w, is->channel);
    const struct ccs_real_list *list = list_of(type->redial, loss);
    if (!list && !isnan(type->redial_probability)) {
        return type->redial_probability;
    }
    list = list ? list : list_of(channel->redial, loss);
    if (!list) {
        return channel->redial_probability;
    }
    size_t attempt = is->attempts > 0 ? is->attempts : 1;
    return list->v[(attempt < list->n ? attempt : list->n) - 1];
}

/* Does the channel mix of redials have any weight? */
static bool has_mix(const struct ccs_redial_config *redial)
{
    double total = 0.0;
    for (size_t c = 0; redial && c < redial->channel_mix.n; c++) {
        total += redial->channel_mix.v[c];
    }
    return total > 0;
}

/* The channel of the next attempt. */
static uint8_t redial_channel(const struct ccs_world *w, const struct ccs_issue *is)
{
    const struct ccs_redial_config *of_type = ccs_type_of(w, is)->redial;
    const struct ccs_redial_config *redial =
        has_mix(of_type) ? of_type : ccs_channel_of(w, is->channel)->redial;
    double total = 0.0;
    for (size_t c = 0; redial && c < redial->channel_mix.n; c++) {
        bool serves = ccs_model_first_tier(w->model, (int)c, is->type) > 0;
        total += serves ? redial->channel_mix.v[c] : 0.0;
    }
    if (total <= 0) {
        return is->channel;
    }
    double u = total * ccs_issue_uniform(w, is, CCS_DRAW_REDIAL_CHANNEL, 0);
    uint8_t chosen = is->channel;
    for (size_t c = 0; c < redial->channel_mix.n && u >= 0; c++) {
        double weight = redial->channel_mix.v[c];
        if (weight > 0 && ccs_model_first_tier(w->model, (int)c, is->type) > 0) {
            chosen = (uint8_t)c;
            u -= weight;
        }
    }
    return chosen;
}

bool ccs_access_retries(const struct ccs_world *w, const struct ccs_issue *is)
{
    double p = ccs_channel_of(w, is->channel)->retry_probability;
    return p >= 1 || ccs_issue_uniform(w, is, CCS_DRAW_RETRY, 0) < p;
}

void ccs_access_lose(struct ccs_world *w, struct ccs_issue *is, enum ccs_loss loss)
{
    const struct ccs_channel_config *channel = ccs_channel_of(w, is->channel);
    double p = redial_probability(w, is, loss);
    if (p <= 0 || is->attempts >= CCS_ATTEMPTS_MAX ||
        ccs_issue_uniform(w, is, CCS_DRAW_REDIAL, 0) >= p) {
        ccs_issue_fail(w, is, CCS_FAILURE_ABANDONED);
        return;
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_REDIAL_DELAY, 0);
    ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->redial_delay, &s));
    delay = delay > CCS_US_PER_S ? delay : CCS_US_PER_S;
    is->cause = CCS_CAUSE_ABANDONED_BEFORE < is->cause ? CCS_CAUSE_ABANDONED_BEFORE : is->cause;
    is->channel = redial_channel(w, is);
    is->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_ATTEMPT, ccs_issue_index(w, is));
    ccs_customer_moment(w, is, CCS_MOMENT_ABANDONED);
}
