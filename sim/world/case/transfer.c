/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passing on while the world runs: see transfer.h. Rows and checks are in transfer_rules.c. */
#include "world/case/transfer.h"

#include "base/units.h"
#include "world/queue/contact.h"
#include "world/staff/team.h"

static uint16_t lane_at(const struct ccs_model *m, int channel, int type, uint16_t team)
{
    return m->passed_on[(channel * m->type_n + type) * m->team_n + team];
}

static bool can_go(struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is,
                   uint16_t team)
{
    return lane_at(w->model, ct->channel, is->type, team) != CCS_NO_LANE &&
           (!ccs_contact_is_live(w, ct) || ccs_team_at(w, team)->level > 0);
}

/* The number of the rule that is drawn; -1 if none is. */
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
    struct ccs_seat *seat = ccs_seat_at(w, ccs_contact_index(w, ct));
    seat->done = ct->leg == 0 ? 0 : seat->done;
    seat->to = CCS_NO_TEAM;
    ct->passed = 0;
    int i = ct->misrouted ? -1 : draw(w, ct, is);
    if (i < 0 || (seat->done >> i & 1)) {
        return CCS_TIME_NEVER;
    }
    const struct ccs_transfer_config *rule =
        CCS_MAP_AT(w->model->config->routing.transfers, struct ccs_transfer_config, i);
    if (!can_go(w, ct, is, (uint16_t)rule->to)) {
        return CCS_TIME_NEVER;
    }
    seat->done |= UINT64_C(1) << i;
    seat->to = (uint16_t)rule->to;
    seat->mode = (uint8_t)rule->mode;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_TRANSFER_TIME, ct->leg);
    *passing = ccs_time_from_s(ccs_dist_draw(&rule->time, &s));
    if (rule->after.kind == CCS_DIST_KIND_COUNT) {
        return CCS_TIME_NEVER;
    }
    s = ccs_issue_stream(w, is, CCS_DRAW_TRANSFER_AFTER, ct->leg);
    return ccs_time_from_s(ccs_dist_draw(&rule->after, &s));
}

/* The seat of a contact; NULL where the models have never had any. */
static const struct ccs_seat *seat_of(const struct ccs_world *w, const struct ccs_contact *ct)
{
    uint32_t i = ccs_contact_index(w, ct);
    return i < w->seats.len ? &((const struct ccs_seat *)w->seats.data)[i] : NULL;
}

/* The lane of the team that the seat names under the present model. */
static uint16_t named_lane(const struct ccs_world *w, const struct ccs_contact *ct,
                           const struct ccs_issue *is)
{
    const struct ccs_seat *seat = w->model->passed_on ? seat_of(w, ct) : NULL;
    return seat && seat->to != CCS_NO_TEAM ? lane_at(w->model, ct->channel, is->type, seat->to)
                                           : CCS_NO_LANE;
}

bool ccs_transfer_is_due(const struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is)
{
    return named_lane(w, ct, is) != CCS_NO_LANE;
}

uint16_t ccs_transfer_lane(const struct ccs_world *w, const struct ccs_contact *ct,
                           const struct ccs_issue *is)
{
    uint16_t lane = ct->passed ? named_lane(w, ct, is) : CCS_NO_LANE;
    const struct ccs_model *m = w->model;
    return lane != CCS_NO_LANE
               ? lane
               : m->inbound_again[(ct->channel * m->type_n + is->type) * CCS_TIER_MAX + ct->tier -
                                  1];
}
