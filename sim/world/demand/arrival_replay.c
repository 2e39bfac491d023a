/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recorded arrivals, the same in every replication: arrival n is row n of the table. */
#include "world/demand/arrival_rate.h"

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    while (st->n < plan->row_n && plan->row[st->n].at < w->now) {
        st->n++; /* before the run begins */
    }
    if (st->n >= plan->row_n || plan->row[st->n].at > ccs_arrival_limit(w)) {
        return false;
    }
    st->at = plan->row[st->n].at;
    return true;
}

static double expected(const struct ccs_model *model, const struct ccs_stream_plan *plan)
{
    double n = 0.0;
    for (size_t i = 0; i < plan->row_n; i++) {
        n += plan->row[i].at >= 0 && plan->row[i].at < model->config->run.horizon;
    }
    return n;
}

const struct ccs_arrival_process ccs_arrival_replay = {
    .name = "replay", .next = next, .expected = expected};
