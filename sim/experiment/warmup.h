/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long the warm-up has to be: `run.warmup: "auto"`.
 *
 * Pilot runs under the baseline begin empty, as the warm-up itself would, on keys of their own that
 * no result uses, and end at t0. The number in the system (waiting, or with an agent) is integrated
 * over intervals and averaged over the pilots; MSER-5 (stats/mser.h) says how many intervals to
 * cut. Intervals are days where anything follows the clock, with the means of the weekdays taken
 * off; else they are short against the pilot.
 *
 * A pilot that is too short to tell (the cut would be half of it or more) is made four times as
 * long, up to the longer of horizon and a year. A cut counts when the next longer pilot finds one
 * too. If no pilot finds one there is no steady state to be found: queues still grow or still fall.
 *
 * MSER weighs bias against noise for the mean of one run, and leaves a bias as large as that noise;
 * replications average the noise away but not the bias. So three times the longer cut is taken, at
 * least one batch of five of the first intervals, and three half-lives of anger where it is on.
 *
 * The result depends on the scenario and the seed alone, not on policies other than the baseline,
 * nor on the number of replications. Tables that count all contacts are not scaled yet.
 */
#ifndef CCS_EXPERIMENT_WARMUP_H
#define CCS_EXPERIMENT_WARMUP_H

#include "experiment/replication.h"

struct ccs_warmup_found {
    ccs_time length; /* of the warm-up */
    bool is_steady;
    bool is_empty; /* nothing happened in the pilots */
    ccs_time interval, pilot;
    size_t cut, intervals;
    size_t runs;
    double level; /* mean number in the system after the cut */
};

/* Runs the pilots of `plan` (its scenario, seed, memory limit and stop). CCS_ENOMEM,
 * CCS_EINTERRUPTED. */
ccs_status ccs_warmup_find(const struct ccs_replication_plan *plan, struct ccs_warmup_found *found);

/* What was cut, and what the test said, as a sentence. */
void ccs_warmup_text(const struct ccs_warmup_found *found, char *text, size_t size);

#endif
