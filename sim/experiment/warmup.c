/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pilot runs and their test: see warmup.h. */
#include "experiment/warmup.h"

#include "base/units.h"
#include "format/field/duration.h"
#include "stats/mser.h"
#include "world/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define RUNS_STEADY 20 /* short pilots: noise is what blinds the test */
#define RUNS_BY_DAY 5
#define SAFETY 3
#define LEAST_INTERVALS 5 /* one batch of MSER-5 */
#define GROWTH 4
#define STEADY_INTERVALS 200
#define DAYS_AT_FIRST 70
#define LONGEST CCS_US_PER_YEAR
/* An interval that is not a day is so many mean handle times long. */
#define HANDLE_TIMES 5
/* Far from replications and from the pilots of the calibration. */
#define FIRST_RUN (2 * CCS_REPLICATION_RANGE)

/* Does anything in the model depend on the time of day or the date? */
static bool has_clock(const struct ccs_model *m)
{
    const struct ccs_config *config = m->config;
    bool clock = false;
    for (uint16_t i = 0; i < m->stream_n; i++) {
        const struct ccs_stream_plan *s = &m->streams[i];
        clock = clock || s->volume || s->profile || s->counts || s->total || s->share_table ||
                s->day_factor_n > 0;
    }
    for (uint16_t t = 0; t < m->team_n; t++) {
        const struct ccs_team_config *team = ccs_config_team(config, t);
        clock = clock || team->calendar >= 0 || team->agents.n > 0;
    }
    for (uint16_t c = 0; c < m->channel_n; c++) {
        clock = clock || ccs_config_channel(config, c)->calendar >= 0;
    }
    return clock;
}

static ccs_time first_interval(const struct ccs_model *m)
{
    if (has_clock(m)) {
        return CCS_US_PER_DAY;
    }
    double longest_s = 1.0;
    for (uint16_t i = 0; i < m->type_n; i++) {
        const struct ccs_issue_type_config *type = ccs_config_type(m->config, i);
        double handle_s =
            ccs_dist_mean(&type->talk) + ccs_dist_mean(&type->hold) + ccs_dist_mean(&type->wrap);
        if (type->back_office) {
            handle_s = fmax(handle_s, ccs_dist_mean(&type->back_office->work));
        }
        longest_s = fmax(longest_s, handle_s);
    }
    return ccs_time_from_s(fmin(HANDLE_TIMES * longest_s, 86400.0));
}

/* Integral so far of the number waiting or with agents. */
static double occupied(const struct ccs_world *w)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < w->queues.len; i++) {
        const struct ccs_queue *queue = &((const struct ccs_queue *)w->queues.data)[i];
        sum += (double)queue->integral_us + (double)queue->len * (double)(w->now - queue->touched);
    }
    for (uint32_t i = 0; i < w->teams.len; i++) {
        const struct ccs_team *tm = &((const struct ccs_team *)w->teams.data)[i];
        sum += (double)tm->busy_us + (double)tm->busy * (double)(w->now - tm->touched);
    }
    return sum;
}

/* Adds one run to the series. */
static ccs_status run_pilot(const struct ccs_replication_plan *plan, ccs_time interval, size_t n,
                            uint64_t r, size_t runs, double *series)
{
    struct ccs_arena budget;
    ccs_arena_init(&budget, plan->memory_limit);
    struct ccs_world *w = ccs_arena_alloc(&budget, sizeof *w);
    struct ccs_model *model = ccs_arena_alloc(&budget, sizeof *model);
    if (!w || !model) {
        ccs_arena_fini(&budget);
        return CCS_ENOMEM;
    }
    *model = plan->scenario->policies[plan->scenario->baseline].model;
    model->warmup = interval * (ccs_time)n;
    ccs_status status = ccs_world_init(w, model, plan->seed, FIRST_RUN + r, 1.0, &budget);
    double before = 0.0;
    for (size_t i = 0; i < n && !status; i++) {
        status = ccs_world_run(w, w->now + interval, plan->stop);
        if (!status && plan->stop && __atomic_load_n(plan->stop, __ATOMIC_RELAXED)) {
            status = CCS_EINTERRUPTED;
        }
        double now = occupied(w);
        series[i] += (now - before) / (double)interval / (double)runs;
        before = now;
    }
    ccs_world_fini(w);
    ccs_arena_fini(&budget);
    return status;
}

/* Takes the mean of each weekday off its days. Over all weeks: means of the second half alone would
 * make its days vary less than those of the first, and MSER cut where nothing is wrong. */
static void take_weekdays_off(double *series, size_t n)
{
    for (size_t day = 0; day < 7; day++) {
        double sum = 0.0;
        size_t count = 0;
        for (size_t i = day; i < n; i += 7) {
            sum += series[i];
            count++;
        }
        for (size_t i = day; i < n; i += 7) {
            series[i] -= sum / (double)count;
        }
    }
}

/* One length of pilot: the test's answer in `found`. */
static ccs_status test_length(const struct ccs_replication_plan *plan,
                              struct ccs_warmup_found *found)
{
    size_t n = found->intervals;
    double *series = calloc(n, sizeof *series);
    ccs_status status = series ? CCS_OK : CCS_ENOMEM;
    for (uint64_t r = 0; r < found->runs && !status; r++) {
        status = run_pilot(plan, found->interval, n, r, found->runs, series);
    }
    double *raw = status ? NULL : malloc(n * sizeof *raw);
    if (!status && raw) {
        found->is_empty = true;
        for (size_t i = 0; i < n; i++) {
            raw[i] = series[i];
            found->is_empty = found->is_empty && !(series[i] > 0);
        }
        if (found->interval == CCS_US_PER_DAY) {
            take_weekdays_off(series, n);
        }
        struct ccs_warmup cut = ccs_warmup_mser5(series, n);
        found->cut = cut.cut;
        found->is_steady = cut.is_reliable;
        double sum = 0.0;
        for (size_t i = cut.cut; i < n; i++) {
            sum += raw[i];
        }
        found->level = sum / (double)(n - cut.cut);
    } else if (!status) {
        status = CCS_ENOMEM;
    }
    free(raw);
    free(series);
    return status;
}

ccs_status ccs_warmup_find(const struct ccs_replication_plan *plan, struct ccs_warmup_found *found)
{
    const struct ccs_model *model = &plan->scenario->policies[plan->scenario->baseline].model;
    bool by_day = has_clock(model);
    ccs_time longest = model->config->run.horizon;
    longest = longest > LONGEST ? longest : LONGEST;
    *found = (struct ccs_warmup_found){
        .interval = first_interval(model),
        .intervals = by_day ? DAYS_AT_FIRST : STEADY_INTERVALS,
        .runs = by_day ? RUNS_BY_DAY : RUNS_STEADY,
    };
    ccs_time least = 3 * model->anger_half_life;
    ccs_time batch = LEAST_INTERVALS * found->interval;
    ccs_time cut_before = -1; /* found by the pilot before */
    ccs_status status = CCS_OK;
    for (;;) {
        found->pilot = found->interval * (ccs_time)found->intervals;
        status = test_length(plan, found);
        if (status || found->is_empty) {
            break;
        }
        ccs_time cut = found->interval * (ccs_time)found->cut;
        found->length = SAFETY * (cut > cut_before ? cut : cut_before);
        found->length = found->length > batch ? found->length : batch;
        bool is_last = found->pilot > longest / GROWTH;
        if (is_last || (found->is_steady && cut_before >= 0)) {
            break;
        }
        cut_before = found->is_steady ? cut : -1;
        if (by_day) {
            found->intervals *= GROWTH;
        } else {
            found->interval *= GROWTH;
        }
    }
    found->length = found->length > least ? found->length : least;
    return status;
}

void ccs_warmup_text(const struct ccs_warmup_found *found, char *text, size_t size)
{
    char length[CCS_DURATION_TEXT], pilot[CCS_DURATION_TEXT], interval[CCS_DURATION_TEXT];
    if (found->is_empty) {
        snprintf(text, size, "automatic warm-up of %s: nothing happens before t0",
                 ccs_duration_text(length, ccs_time_to_s(found->length)));
        return;
    }
    snprintf(text, size,
             "automatic warm-up of %s: of %zu pilot runs of %s from empty, MSER-5 on the number in "
             "the system cuts %zu of %zu intervals of %s%s (three times the longest cut is used); "
             "%.4g in the system after that",
             ccs_duration_text(length, ccs_time_to_s(found->length)), found->runs,
             ccs_duration_text(pilot, ccs_time_to_s(found->pilot)), found->cut, found->intervals,
             ccs_duration_text(interval, ccs_time_to_s(found->interval)),
             found->is_steady ? "" : ", which is half of them: no steady state was found",
             found->level);
}
