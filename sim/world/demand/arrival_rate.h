/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rate of a stream in pieces, and the inversion of its integral; for the files arrival_*.c.
 *
 * rate(t) = volume(t) x share(t) x profile(t) / mean of the profile x factors of the day, of
 * bursts, and the random ones of the day and of its periods (arrival_factor.c). Volumes are
 * constant within an interval or a straight line, everything else is constant in pieces, so each
 * piece is a line. From `at` on, with rate r and slope s, the integral reaches `need` after d = 2
 * need / (r + sqrt(r^2 + 2 s need)), the root of r d + s d^2 / 2 = need that has no cancellation
 * and is need / r for s = 0 (inversion of the cumulative rate: Cinlar, Introduction to Stochastic
 * Processes, 1975, ch. 4). Nothing is thinned.
 */
#ifndef CCS_WORLD_DEMAND_ARRIVAL_RATE_H
#define CCS_WORLD_DEMAND_ARRIVAL_RATE_H

#include "world/demand/arrival.h"

extern const struct ccs_arrival_process ccs_arrival_poisson;
extern const struct ccs_arrival_process ccs_arrival_renewal;
extern const struct ccs_arrival_process ccs_arrival_daily;
extern const struct ccs_arrival_process ccs_arrival_burst;
extern const struct ccs_arrival_process ccs_arrival_replay;
extern const struct ccs_arrival_process ccs_arrival_interval;

/* Moves st->at to where the integral of the rate since then has reached `need`; false, with st->at
 * at or after it, if that is beyond `limit`. */
bool ccs_rate_walk(struct ccs_world *w, const struct ccs_stream_plan *plan,
                   struct ccs_stream_state *st, double need, ccs_time limit);

/* Integral of the rate over [from, to), random factors and volume factor 1. */
double ccs_rate_integral(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                         ccs_time from, ccs_time to);

/* End of the piece that begins at `from`, at most `to`, and the integral over it. */
ccs_time ccs_rate_part(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       ccs_time from, ccs_time to, double *weight);

/* End of the last piece within [from, to) in which the rate is not 0; `from` if there is none. */
ccs_time ccs_rate_last(const struct ccs_model *model, const struct ccs_stream_plan *plan,
                       ccs_time from, ccs_time to);

/* The integral over the window: what `expected` of most processes is. */
double ccs_rate_expected(const struct ccs_model *model, const struct ccs_stream_plan *plan);

/* The factor of a special day or holiday; 1 on all other days. */
double ccs_rate_rule_factor(const struct ccs_stream_plan *plan, int64_t day);

/* The random factor on the rate from st->at on; *end is shortened to where it changes. */
double ccs_arrival_factor(struct ccs_world *w, const struct ccs_stream_plan *plan,
                          struct ccs_stream_state *st, ccs_time *end);

/* Random shares of the parts of a day (arrival_shares.c): the integral of the rate over the day
 * that begins at `midnight`, and the factor on the part that begins at st->at and lasts until
 * `end`. */
double ccs_arrival_shares_mass(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                               struct ccs_stream_state *st, ccs_time midnight);
double ccs_arrival_shares_factor(const struct ccs_world *w, const struct ccs_stream_plan *plan,
                                 const struct ccs_stream_state *st, ccs_time end);

/* The stream of the draws of arrival st->n. */
static inline struct ccs_stream ccs_arrival_draws(const struct ccs_world *w,
                                                  const struct ccs_stream_plan *plan,
                                                  const struct ccs_stream_state *st)
{
    return ccs_stream_at(w->key, ccs_entity_member(plan->entity, st->n), CCS_DRAW_ARRIVAL, 0);
}

/* The end of the follow-up: nothing arrives after it. */
static inline ccs_time ccs_arrival_limit(const struct ccs_world *w)
{
    return w->horizon + w->model->config->run.follow_up;
}

#endif
