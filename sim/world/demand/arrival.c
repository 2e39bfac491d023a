/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of arrival processes, and the event of an arrival: see arrival.h. */
#include "world/demand/arrival.h"

#include "model/timetable.h"
#include "world/case/issue.h"
#include "world/demand/arrival_rate.h"

/* In the order of enum ccs_arrival_kind. */
static const struct ccs_arrival_process *const processes[] = {
    [CCS_ARRIVAL_POISSON] = &ccs_arrival_poisson, [CCS_ARRIVAL_RENEWAL] = &ccs_arrival_renewal,
    [CCS_ARRIVAL_DAILY] = &ccs_arrival_daily,     [CCS_ARRIVAL_BURST] = &ccs_arrival_burst,
    [CCS_ARRIVAL_REPLAY] = &ccs_arrival_replay,   [CCS_ARRIVAL_INTERVAL] = &ccs_arrival_interval,
};

static struct ccs_stream_state *state_of(struct ccs_world *w, uint32_t stream)
{
    return &((struct ccs_stream_state *)w->streams.data)[stream];
}

static void schedule(struct ccs_world *w, uint32_t stream)
{
    const struct ccs_stream_plan *plan = &w->model->streams[stream];
    struct ccs_stream_state *st = state_of(w, stream);
    if (processes[plan->kind]->next(w, plan, st)) {
        CCS_ASSERT(st->at >= w->now);
        ccs_event_list_schedule_source(&w->events, st->at, stream);
    }
}

void ccs_arrival_begin(struct ccs_world *w, uint32_t stream)
{
    *state_of(w, stream) = (struct ccs_stream_state){
        .at = w->now,
        .piece_end = w->now,
        .day = INT64_MIN,
        .factor_day = INT64_MIN,
        .count_day = ccs_day_of(w->model->config->run.start_day, w->now) - 1,
    };
    schedule(w, stream);
}

double ccs_arrival_expected(const struct ccs_model *model, uint32_t stream)
{
    const struct ccs_stream_plan *plan = &model->streams[stream];
    return processes[plan->kind]->expected(model, plan);
}

void ccs_arrival_event(struct ccs_world *w, uint32_t stream)
{
    uint64_t n = state_of(w, stream)->n++;
    schedule(w, stream);
    ccs_issue_arrive(w, stream, n);
}
