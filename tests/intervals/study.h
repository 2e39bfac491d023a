/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Do the intervals of whole experiments keep their promise? Queues with known answers are simulated
 * again and again, each time with another seed, and it is counted how often the 95 % interval holds
 * the answer: of means, ratios, shares, quantiles, paired differences and rare events, with a fixed
 * number of replications and with one that is decided on the way (--precision).
 *
 * `make intervals` does it thousands of times (main.c), suite `coverage` a few hundred times.
 */
#ifndef TESTS_INTERVALS_STUDY_H
#define TESTS_INTERVALS_STUDY_H

#include <ccsim/ccsim.h>
#include <stdbool.h>
#include <stddef.h>

/* What one check has found. */
struct tally {
    size_t trials;
    size_t held;         /* interval held the answer */
    size_t above, below; /* the interval lay above or below it */
    size_t missing;      /* there was no interval: it did not hold the answer either */
    double replications; /* mean */
};

struct check {
    const char *metric;
    const char *a, *b; /* policies; b: the difference a - b */
    double (*answer)(void);
    double least, most; /* coverage that is kept, before sampling error */
};

struct study {
    const char *name;
    const char *scenario; /* JSON */
    bool independent_pasts;
    const struct ccs_precision *precision;
    size_t precision_n;
    const struct check *checks;
    size_t check_n;
};

extern const struct study studies[];
extern const size_t study_n;

/* Repeats a study `trials` times, with seeds from `seed` on; one tally per check. False if an
 * experiment failed: it is told on stderr. */
bool study_run(const struct study *study, size_t trials, int64_t seed, int jobs,
               struct tally *tallies);

/* Is the share that held compatible with a coverage in [least, most], within |z| <= z_limit of the
 * binomial? */
bool tally_is_ok(const struct tally *tally, const struct check *check, double z_limit);

#endif
