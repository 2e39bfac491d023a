/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts that wait at t0: see backlog.h. */
#include "world/demand/backlog.h"

#include "base/diag.h"
#include "world/case/issue.h"
#include "world/queue/contact.h"

#include <math.h>

/* The weight of a stream among those of its type. Only populations have several, and these have
 * rates. */
static double weight_of(const struct ccs_stream_plan *stream)
{
    return stream->per_us > 0 ? stream->per_us : 1.0;
}

/* Draws the segment of an issue, in proportion to the demand of the type from each segment. */
static int32_t segment_of(const struct ccs_world *w, uint16_t type, uint64_t key)
{
    const struct ccs_model *m = w->model;
    double total = 0.0;
    for (uint16_t i = 0; i < m->stream_n; i++) {
        total += m->streams[i].issue_type == type ? weight_of(&m->streams[i]) : 0.0;
    }
    double left = total * ccs_uniform_at(w->key, key, CCS_DRAW_BACKLOG_SEGMENT, 0);
    int32_t segment = -1;
    for (uint16_t i = 0; i < m->stream_n && left >= 0; i++) {
        if (m->streams[i].issue_type == type) {
            segment = m->streams[i].segment;
            left -= weight_of(&m->streams[i]);
        }
    }
    return segment;
}

static ccs_status place(struct ccs_world *w, uint16_t type, uint64_t key)
{
    ccs_status status = ccs_world_reserve(w);
    if (status) {
        return status;
    }
    int32_t segment = segment_of(w, type, key);
    uint32_t customer = ccs_issue_customer(w, segment, key);
    uint16_t as = segment >= 0 ? (uint16_t)segment : w->model->segment_n;
    ccs_issue_arise_waiting(w, ccs_issue_create(w, key, type, customer, as));
    return CCS_OK;
}

ccs_status ccs_backlog_place(struct ccs_world *w)
{
    const struct ccs_real_map *backlog = &w->model->config->run.backlog;
    size_t all = 0;
    for (size_t type = 0; type < backlog->n; type++) {
        all += (size_t)backlog->v[type];
    }
    /* room for all at once, and for an eighth more: growing later would copy everything */
    ccs_status status = all > 0 ? ccs_world_reserve_contacts(w, all + all / 8) : CCS_OK;
    for (uint16_t type = 0; type < backlog->n; type++) {
        uint64_t waiting = (uint64_t)backlog->v[type];
        uint64_t entity = ccs_entity_from_name("backlog", w->model->config->issue_types.name[type]);
        for (uint64_t n = 0; n < waiting && !status; n++) {
            status = place(w, type, ccs_entity_member(entity, n));
        }
    }
    return status ? status : ccs_world_reserve(w);
}
