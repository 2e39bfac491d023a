/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poisson arrivals with a rate that varies: the integral of the rate between two is Exp(1). */
#include "world/demand/arrival_rate.h"

#include <math.h>

static bool next(struct ccs_world *w, const struct ccs_stream_plan *plan,
                 struct ccs_stream_state *st)
{
    struct ccs_stream s = ccs_arrival_draws(w, plan, st);
    return ccs_rate_walk(w, plan, st, -log(ccs_stream_uniform(&s)), ccs_arrival_limit(w));
}

const struct ccs_arrival_process ccs_arrival_poisson = {
    .name = "Poisson", .next = next, .expected = ccs_rate_expected};
