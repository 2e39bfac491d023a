/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared past, one world per policy, and what is kept of each: see replication.h. */
#include "experiment/replication.h"

#include "base/units.h"
#include "experiment/balance.h"
#include "world/booking.h"
#include "world/demand/arrival.h"
#include "world/demand/backlog.h"
#include "world/signature.h"

#include <math.h>
#include <stdlib.h>

#define FOLLOW_UP_STEP CCS_US_PER_DAY
#define FOLLOW_UP_FIRST CCS_US_PER_MIN

struct ccs_replication_plan ccs_replication_plan_of(const struct ccs_results *results)
{
    ccs_time horizon = results->scenario->run.horizon;
    return (struct ccs_replication_plan){
        .scenario = results->scenario,
        .policies = results->policies,
        .policy_n = results->policy_n,
        .rows = results->rows,
        .row_n = results->row_n,
        .weeks = (size_t)((horizon + results->scenario->run.follow_up + CCS_US_PER_WEEK - 1) /
                          CCS_US_PER_WEEK),
        .seed = results->seed,
        .volume_factor = results->volume_factor,
        .independent_pasts = results->is_long_run,
        .warmup = results->warmup_finding ? results->warmup : -1,
    };
}

static ccs_status run(const struct ccs_replication_plan *plan, struct ccs_world *w, ccs_time until)
{
    return plan->observer ? ccs_world_run_watched(w, until, plan->stop, &plan->observer->watch)
                          : ccs_world_run(w, until, plan->stop);
}

static void tell_begin(const struct ccs_replication_plan *plan, size_t policy)
{
    if (plan->observer) {
        plan->observer->begin(plan->observer->watch.context, policy);
    }
}

/*
 * After T the world goes on until the policy's issues have ended, at most for the follow-up. Steps
 * begin with a minute and double to a day, so that minutes of calls do not cost a day of simulated
 * demand. With a population every step is a day: the customers' next contacts, of issues after the
 * window too, say whether a first contact of the cohort had seemed to do.
 */
static ccs_status follow_up(const struct ccs_replication_plan *plan, struct ccs_world *w)
{
    ccs_time end = w->horizon + w->model->config->run.follow_up;
    ccs_time step = w->model->has_population ? FOLLOW_UP_STEP : FOLLOW_UP_FIRST;
    ccs_status status = CCS_OK;
    ccs_time week = (w->horizon - w->origin) / CCS_US_PER_WEEK + 1; /* whose end comes next */
    while (!status && w->now < end && w->own_open > 0) {
        ccs_time until = w->now + step;
        step = 2 * step < FOLLOW_UP_STEP ? 2 * step : FOLLOW_UP_STEP;
        until = until < end ? until : end;
        ccs_time week_end = w->origin + week * CCS_US_PER_WEEK;
        if (week_end <= until) {
            status = run(plan, w, week_end);
            ccs_booking_note_week(w, (size_t)week++);
        }
        status = status ? status : run(plan, w, until);
    }
    return status;
}

/* Utilisation is offered work over staffed time: handled work, and the growth of the number waiting
 * times the mean length of a leg. */
static void measure_load(const struct ccs_world *w, struct ccs_outcome *out)
{
    struct ccs_totals all;
    ccs_totals_of(w, CCS_SLICE_ALL, 0, &all);
    double growth = (double)(w->measure.sums.backlog_end - w->measure.sums.backlog_start);
    double legs = (double)all.team.legs;
    double mean_us = legs > 0 ? (double)all.team.busy_us / legs : 0.0;
    double level_us = (double)all.team.level_us;
    out->utilisation =
        level_us > 0 ? ((double)all.team.busy_us + growth * mean_us) / level_us : NAN;
    out->backlog_per_day = growth / ((double)(w->horizon - w->origin) / (double)CCS_US_PER_DAY);
}

static void keep(const struct ccs_replication_plan *plan, struct ccs_world *w,
                 struct ccs_outcome *out)
{
    struct ccs_totals totals = {0};
    enum ccs_slice_kind kind = CCS_SLICE_KIND_COUNT;
    size_t index = 0;
    for (size_t i = 0; i < plan->row_n; i++) {
        const struct ccs_row *row = &plan->rows[i];
        struct ccs_value v = {0};
        if (row->metric->get) {
            if (row->slice != kind || row->index != index) {
                kind = row->slice;
                index = row->index;
                ccs_totals_of(w, kind, index, &totals);
            }
            row->metric->get(&totals, &v);
        }
        out->num[i] = v.is_available ? v.num : NAN;
        out->den[i] = v.den;
        out->events[i] = v.events;
    }
    const struct ccs_week_sums *weeks = w->measure.weeks.data;
    for (size_t i = 0; i < plan->weeks; i++) {
        /* a last, partial week stands for all after it */
        size_t at = i < w->measure.weeks.len ? i : w->measure.weeks.len - 1;
        out->cash[i] = weeks[at].cash;
        out->value[i] = weeks[at].value;
    }
    const struct ccs_histogram *resolution = w->measure.resolution.data;
    *out->waits = *(const struct ccs_histogram *)w->measure.waits.data;
    *out->ended = resolution[0];
    *out->censored = resolution[1];
    out->signature = ccs_world_signature(w);
    out->events_done = w->events_done;
    measure_load(w, out);
    ccs_balance_check(w, &out->balance);
}

ccs_status ccs_outcomes_allocate(struct ccs_outcome *outcomes, size_t n, size_t row_n, size_t weeks,
                                 struct ccs_arena *arena)
{
    for (size_t i = 0; i < n; i++) {
        struct ccs_outcome *out = &outcomes[i];
        double *numbers = ccs_arena_calloc(arena, 3 * row_n + 2 * weeks, sizeof *numbers);
        struct ccs_histogram *histograms = ccs_arena_calloc(arena, 3, sizeof *histograms);
        if (!numbers || !histograms) {
            return CCS_ENOMEM;
        }
        out->num = numbers;
        out->den = numbers + row_n;
        out->events = numbers + 2 * row_n;
        out->cash = numbers + 3 * row_n;
        out->value = out->cash + weeks;
        out->waits = &histograms[0];
        out->ended = &histograms[1];
        out->censored = &histograms[2];
    }
    return CCS_OK;
}

/* From t0 to the end, under one policy. */
static ccs_status live(const struct ccs_replication_plan *plan, struct ccs_world *w,
                       const struct ccs_model *model, struct ccs_outcome *out)
{
    out->signature_t0 = ccs_hasher_digest(&w->signature);
    ccs_status status = ccs_world_begin(w, model);
    if (!status) {
        if (!plan->independent_pasts) {
            ccs_world_take_over(w);
        }
        status = run(plan, w, w->horizon);
    }
    if (!status) {
        ccs_world_close(w);
        status = follow_up(plan, w);
    }
    if (!status) {
        ccs_world_finish(w);
        keep(plan, w, out);
        if (plan->observer) {
            plan->observer->end(plan->observer->watch.context, w);
        }
    }
    return status;
}

static ccs_status warm_up(const struct ccs_replication_plan *plan, struct ccs_world *w,
                          const struct ccs_model *model, uint64_t r, struct ccs_arena *budget)
{
    if (plan->warmup >= 0) { /* the past only: at t0 the model of the policy takes over */
        struct ccs_model *longer = ccs_arena_alloc(budget, sizeof *longer);
        if (!longer) {
            return CCS_ENOMEM;
        }
        *longer = *model;
        longer->warmup = plan->warmup;
        model = longer;
    }
    ccs_status status = ccs_world_init(w, model, plan->seed, r, plan->volume_factor, budget);
    status = status ? status : run(plan, w, w->origin);
    return status ? status : ccs_backlog_place(w);
}

ccs_status ccs_replication_run(const struct ccs_replication_plan *plan, uint64_t r,
                               struct ccs_outcome *outcome)
{
    const struct ccs_scenario *sc = plan->scenario;
    struct ccs_arena budget;
    ccs_arena_init(&budget, plan->memory_limit);
    /* A world is a few kilobytes beside its arrays, and the hasher wants its alignment. */
    struct ccs_world *past = ccs_arena_alloc(&budget, sizeof *past);
    struct ccs_world *world = ccs_arena_alloc(&budget, sizeof *world);
    if (!past || !world) {
        ccs_arena_fini(&budget);
        return CCS_ENOMEM;
    }
    past->budget = &budget;
    world->budget = &budget;
    const struct ccs_model *baseline = &sc->policies[sc->baseline].model;
    ccs_status status = CCS_OK;
    if (!plan->independent_pasts) {
        tell_begin(plan, SIZE_MAX);
        status = warm_up(plan, past, baseline, r, &budget);
    }
    for (size_t p = 0; p < plan->policy_n && !status; p++) {
        const struct ccs_model *model = &sc->policies[plan->policies[p]].model;
        tell_begin(plan, p);
        if (plan->independent_pasts) {
            ccs_world_fini(past);
            status = warm_up(plan, past, model, r, &budget);
        }
        if (status) {
            break;
        }
        if (p + 1 == plan->policy_n) {
            status = live(plan, past, model, &outcome[p]); /* the past is not needed again */
        } else {
            status = ccs_world_copy(world, past);
            status = status ? status : live(plan, world, model, &outcome[p]);
        }
    }
    ccs_world_fini(past);
    ccs_world_fini(world);
    if (budget.was_full && plan->was_full) {
        __atomic_store_n(plan->was_full, true, __ATOMIC_RELAXED);
    }
    ccs_arena_fini(&budget);
    return status;
}

/* Far from the numbers of replications that make results. */
#define PILOT_REPLICATION (UINT64_C(1) << 40)
#define PILOTS 3
#define CALIBRATED 0.002 /* close enough: below the noise of a run */
#define CALIBRATION_STEPS 6

/* Mean number of contacts that come in during the window under the baseline, over the pilots:
 * always the same ones, so that only the factor differs from step to step. */
static ccs_status run_pilots(const struct ccs_replication_plan *plan, double *contacts)
{
    const struct ccs_model *model = &plan->scenario->policies[plan->scenario->baseline].model;
    *contacts = 0.0;
    ccs_status status = CCS_OK;
    for (uint64_t r = 0; r < PILOTS && !status; r++) {
        struct ccs_arena budget;
        ccs_arena_init(&budget, plan->memory_limit);
        struct ccs_world *w = ccs_arena_alloc(&budget, sizeof *w);
        if (!w) {
            return CCS_ENOMEM;
        }
        status = warm_up(plan, w, model, PILOT_REPLICATION + r, &budget);
        status = status ? status : ccs_world_begin(w, model);
        status = status ? status : ccs_world_run(w, w->horizon, plan->stop);
        if (!status) {
            struct ccs_totals all;
            ccs_totals_of(w, CCS_SLICE_ALL, 0, &all);
            *contacts += (double)(all.access.offered + all.access.blocked + all.access.queue_full +
                                  all.access.hung_up) /
                         PILOTS;
        }
        ccs_world_fini(w);
        ccs_arena_fini(&budget);
    }
    return status;
}

ccs_status ccs_replication_calibrate(struct ccs_replication_plan *plan, double *fit)
{
    const struct ccs_model *model = &plan->scenario->policies[plan->scenario->baseline].model;
    double tables = 0.0;
    double others = 0.0;
    for (uint32_t i = 0; i < model->stream_n; i++) {
        double expected = ccs_arrival_expected(model, i);
        tables += model->streams[i].counts_all ? expected : 0.0;
        others += model->streams[i].counts_all ? 0.0 : expected;
    }
    plan->volume_factor = 1.0;
    *fit = 1.0;
    /* Secant on log(contacts / table) over log(factor): a crowded center multiplies a little more
     * demand into many more redials, so that simple scaling would overshoot.
     * Contacts of other streams cannot be told apart from those of the tables; their first
     * requests are taken off. The last step only measures the fit. */
    double slope = 1.0;
    double last_x = 0.0;
    double last_y = 0.0;
    for (int step = 0; tables > 0 && step < CALIBRATION_STEPS; step++) {
        double x = step == 0 ? 0.0 : last_x - last_y / slope;
        plan->volume_factor = exp(x);
        double contacts = 0.0;
        ccs_status status = run_pilots(plan, &contacts);
        if (status) {
            return status;
        }
        if (contacts <= others) {
            break;
        }
        *fit = (contacts - others) / tables;
        double y = log(*fit);
        if (fabs(y) < CALIBRATED) {
            break;
        }
        if (step > 0 && x != last_x) {
            slope = fmin(fmax((y - last_y) / (x - last_x), 0.5), 50.0);
        }
        last_x = x;
        last_y = y;
    }
    return CCS_OK;
}
