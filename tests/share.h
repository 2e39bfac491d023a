/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How much of what is only repetition is wanted: seeds, trials, values of a statistic. All of it,
 * or with CCSIM_TEST_SHARE=K in the environment the first K-th part, as under the sanitizers, which
 * want every line of code run and not every seed.
 */
#ifndef CCS_TESTS_SHARE_H
#define CCS_TESTS_SHARE_H

#include <stdlib.h>

/* A share of n, at least `least`. */
static inline int share_of(int n, int least)
{
    const char *text = getenv("CCSIM_TEST_SHARE");
    long part = text ? strtol(text, NULL, 10) : 1;
    int share = part > 1 ? (int)(n / part) : n;
    return share > least ? share : least;
}

#endif
