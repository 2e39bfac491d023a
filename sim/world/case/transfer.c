/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts that a rule passes on: see transfer.h. */
#include "world/case/transfer.h"

#include "base/units.h"
#include "world/queue/contact.h"
#include "world/staff/team.h"

static uint16_t queue_at(const struct ccs_model *m, int channel, int type, uint16_t team)
{
    return m->team_queue[(channel * m->type_n + type) * m->team_n + team];
}

static bool can_go(struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is,
                   uint16_t team)
{
    return queue_at(w->model, ct->channel, is->type, team) != CCS_NO_QUEUE &&
           (!ccs_contact_is_live(w, ct) || ccs_team_at(w, team)->level > 0);
}

/* Draws a rule: its number, -1 for none. */
static int draw(const struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is)
{
    const struct ccs_map *rules = &w->model->config->routing.transfers;
    double u = -1.0;
    double upto = 0.0;
    for (size_t i = 0; i < rules->n; i++) {
        const struct ccs_transfer_config *rule = CCS_MAP_AT(*rules, struct ccs_transfer_config, i);
        if (ccs_transfer_applies(rule, is->type, ct->team)) {
            u = u < 0 ? ccs_issue_uniform(w, is, CCS_DRAW_TRANSFER, ct->leg) : u;
            upto += rule->probability;
            if (u < upto) {
                return (int)i;
            }
        }
    }
    return -1;
}

ccs_time ccs_transfer_plan(struct ccs_world *w, struct ccs_contact *ct, const struct ccs_issue *is,
                           ccs_time *passing)
{
    struct ccs_contact_extra *extra = ccs_contact_extra_at(w, ccs_contact_index(w, ct));
    extra->rules_used = ct->leg == 0 ? 0 : extra->rules_used;
    extra->to = CCS_NO_TEAM;
    ct->was_passed_on = 0;
    int i = ct->misrouted ? -1 : draw(w, ct, is);
    if (i < 0 || (extra->rules_used >> i & 1)) {
        return CCS_TIME_NEVER;
    }
    const struct ccs_transfer_config *rule =
        CCS_MAP_AT(w->model->config->routing.transfers, struct ccs_transfer_config, i);
    if (!can_go(w, ct, is, (uint16_t)rule->to)) {
        return CCS_TIME_NEVER;
    }
    extra->rules_used |= UINT64_C(1) << i;
    extra->to = (uint16_t)rule->to;
    extra->mode = (uint8_t)rule->mode;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_TRANSFER_TIME, ct->leg);
    *passing = ccs_time_from_s(ccs_dist_draw(&rule->time, &s));
    if (!ccs_dist_is_given(&rule->after)) {
        return CCS_TIME_NEVER;
    }
    s = ccs_issue_stream(w, is, CCS_DRAW_TRANSFER_AFTER, ct->leg);
    return ccs_time_from_s(ccs_dist_draw(&rule->after, &s));
}

/* The extra record of a contact; NULL if no model of this world has had such records. */
static const struct ccs_contact_extra *extra_of(const struct ccs_world *w,
                                                const struct ccs_contact *ct)
{
    uint32_t i = ccs_contact_index(w, ct);
    return i < w->contact_extras.len
               ? &((const struct ccs_contact_extra *)w->contact_extras.data)[i]
               : NULL;
}

/* The queue, under the present model, of the team that the extra record names. */
static uint16_t named_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                            const struct ccs_issue *is)
{
    const struct ccs_contact_extra *extra = w->model->team_queue ? extra_of(w, ct) : NULL;
    return extra && extra->to != CCS_NO_TEAM ? queue_at(w->model, ct->channel, is->type, extra->to)
                                             : CCS_NO_QUEUE;
}

bool ccs_transfer_is_due(const struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is)
{
    return named_queue(w, ct, is) != CCS_NO_QUEUE;
}

uint16_t ccs_transfer_queue(const struct ccs_world *w, const struct ccs_contact *ct,
                            const struct ccs_issue *is)
{
    uint16_t queue = ct->was_passed_on ? named_queue(w, ct, is) : CCS_NO_QUEUE;
    const struct ccs_model *m = w->model;
    return queue != CCS_NO_QUEUE
               ? queue
               : m->inbound_again[(ct->channel * m->type_n + is->type) * CCS_TIER_MAX + ct->tier -
                                  1];
}
