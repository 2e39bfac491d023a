/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Erlang's formulas (1917), by their recursion: c servers, an offered load of a erlangs. */
#ifndef TESTS_ERLANG_H
#define TESTS_ERLANG_H

/* B: the share that is lost where nobody waits. */
static inline double erlang_b(double a, int c)
{
    double b = 1.0;
    for (int k = 1; k <= c; k++) {
        b = a * b / (k + a * b);
    }
    return b;
}

/* C: the share that waits where everybody does. The mean wait in mean services is C / (c - a). */
static inline double erlang_c(double a, int c)
{
    double b = erlang_b(a, c);
    return b / (1 - a / c * (1 - b));
}

#endif
