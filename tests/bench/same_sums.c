/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is the loop the same simulation as the engine? Then a ratio of their speeds means something. */
#include "bench.h"

#include "experiment/experiment.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Microseconds as the engine's metrics have them. */
static double seconds(int64_t us)
{
    return (double)us / 1e6;
}

static int differs(const char *what, double engine, double loop)
{
    if (engine != loop) {
        fprintf(stderr, "bench: %s: engine %.17g, loop %.17g\n", what, engine, loop);
    }
    return engine != loop;
}

static double part(const struct ccs_results *res, const double *parts, const char *metric, size_t r)
{
    int row = ccs_results_row(res, metric, CCS_SLICE_ALL, NULL);
    return row < 0 ? NAN : parts[(size_t)row * res->replications + r];
}

/* Every sum of every replication to the digit. */
static int compare_sums(const struct ccs_results *res, const struct bench_sums *loops)
{
    int wrong = 0;
    for (size_t r = 0; r < res->replications; r++) {
        const struct bench_sums *s = &loops[r];
        const struct {
            const char *metric;
            double value;
        } numerators[] = {
            {"contacts_offered", (double)s->offered},
            {"contacts_answered", (double)s->answered},
            {"contacts_handled", (double)s->handled},
            {"abandonment_rate", (double)s->abandoned},
            {"wait_probability", (double)s->waited},
            {"service_level", (double)s->in_target},
            {"waited_over_2min_share", (double)s->over_2min},
            {"waited_over_5min_share", (double)s->over_5min},
            {"wait_mean", seconds(s->wait_us)},
            {"wait_answered_mean", seconds(s->wait_answered_us)},
            {"handle_time_per_contact", seconds(s->handle_us)},
            {"queue_length", seconds(s->queue_us)},
            {"occupancy", seconds(s->busy_us)},
            {"overtime_hours", seconds(s->paid_us - s->level_us) / 3600},
            {"resolved_share", (double)s->resolved},
            {"given_up_share", (double)s->given_up},
            {"contacts_per_issue", (double)s->contacts},
            {"effort_per_issue", seconds(s->effort_us)},
            {"handle_time_per_issue", seconds(s->issue_handle_us)},
            {"resolution_time", seconds(s->resolution_us)},
        };
        for (size_t i = 0; i < sizeof numerators / sizeof numerators[0]; i++) {
            wrong += differs(numerators[i].metric, part(res, res->num, numerators[i].metric, r),
                             numerators[i].value);
        }
        wrong += differs("staffed time", part(res, res->den, "occupancy", r), seconds(s->paid_us));
    }
    return wrong;
}

/* Pooled quantiles come out of the same bins. */
static int compare_quantiles(const struct ccs_results *res, const struct bench_sums *loops)
{
    struct ccs_histogram *pool = calloc(3, sizeof *pool);
    if (!pool) {
        return 1;
    }
    for (size_t r = 0; r < res->replications; r++) {
        ccs_histogram_merge(&pool[0], &loops[r].waits);
        ccs_histogram_merge(&pool[1], &loops[r].ended);
        ccs_histogram_merge(&pool[2], &loops[r].censored);
    }
    int wrong = 0;
    const char *const names[] = {"wait_p50", "wait_p90", "resolution_time_p50",
                                 "resolution_time_p90"};
    for (int i = 0; i < 4; i++) {
        int row = ccs_results_row(res, names[i], CCS_SLICE_ALL, NULL);
        double q = i % 2 ? 0.9 : 0.5;
        double us = i < 2 ? ccs_histogram_quantile(&pool[0], q)
                          : ccs_histogram_survival_quantile(&pool[1], &pool[2], q);
        wrong += differs(names[i], row < 0 ? NAN : res->estimates[row].mean, us / 1e6);
    }
    free(pool);
    return wrong;
}

int bench_differences(const struct ccs_results *res, const struct bench_sums *loops)
{
    /* The engine also closes its books every week of the window but the last. */
    int64_t events = (int64_t)res->replications * (BENCH_HORIZON_H / (7 * 24));
    for (size_t r = 0; r < res->replications; r++) {
        events += loops[r].events;
    }
    return compare_sums(res, loops) + compare_quantiles(res, loops) +
           differs("events", (double)res->events, (double)events);
}
