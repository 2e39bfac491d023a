/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make bench: how fast the engine is, as a ratio to a loop written by hand, and how much memory a
 * customer takes.
 *
 *   bench                 all of it
 *   bench speed [ROUNDS]  only that
 *   bench memory
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 9
};

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "all";
    int rounds = argc > 2 ? atoi(argv[2]) : ROUNDS;
    bool all = strcmp(what, "all") == 0;
    bool speed = all || strcmp(what, "speed") == 0;
    bool memory = all || strcmp(what, "memory") == 0;
    if ((!speed && !memory) || rounds < 1) {
        fprintf(stderr, "usage: bench [speed [ROUNDS]|memory]\n");
        return 2;
    }
    int failed = speed ? bench_speed(rounds) : 0;
    if (memory) {
        failed = bench_memory() || failed;
    }
    return failed;
}
