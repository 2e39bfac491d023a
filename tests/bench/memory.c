/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes per customer and world in flight: the same scenario with two sizes of population, each in
 * a process of its own; the difference of the peaks of resident memory over the difference of
 * customers. What does not depend on the population (program, scenario, results) falls out; what
 * grows with it (issues, contacts, events, all rounded up to the room that arrays have) is in.
 *
 * With several policies two worlds are in memory at a time: the past at t0 and the one policy that
 * is being run.
 */
#include "bench.h"

#include "experiment/experiment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* "VmHWM" of this process in bytes; 0 if the system does not tell. */
static double status_bytes(const char *key)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[200];
    double kb = 0;
    while (f && fgets(line, sizeof line, f)) {
        if (strncmp(line, key, strlen(key)) == 0) {
            kb = strtod(line + strlen(key) + 1, NULL);
        }
    }
    if (f) {
        fclose(f);
    }
    return kb * 1024;
}

struct subject {
    const char *name, *path, *segment, *policy; /* policy NULL: all of them */
    double worlds;                              /* in memory at once */
    const char *more;                           /* further --set texts, separated by ';' */
};

/* Runs it in this process; returns the growth of the peak. */
static double grow(const struct subject *s, long customers)
{
    char population[200];
    char rest[1000];
    const char *sets[20] = {population};
    size_t set_n = 1;
    snprintf(population, sizeof population, "/segments/%s/population=%ld", s->segment, customers);
    snprintf(rest, sizeof rest, "%s", s->more);
    for (char *set = strtok(rest, ";"); set && set_n < 20; set = strtok(NULL, ";")) {
        sets[set_n++] = set;
    }
    struct ccs_scenario *scenario;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    if (ccs_scenario_load(&scenario, s->path, sets, set_n, diags)) {
        fprintf(stderr, "bench: %s\n", ccs_diagnostics_line(diags, 0));
        return 0;
    }
    double before = status_bytes("VmRSS");
    struct ccs_experiment_options options = {
        .policy = s->policy, .seed = -1, .jobs = 1, .replications = 1};
    struct ccs_results *res;
    char message[400];
    if (ccs_experiment_run(scenario, &options, &res, message, sizeof message)) {
        fprintf(stderr, "bench: %s\n", message);
        return 0;
    }
    return status_bytes("VmHWM") - before;
}

/* The same in a child, so that one peak does not hide the other. */
static double grow_apart(const struct subject *s, long customers)
{
    int ends[2];
    double bytes = 0;
    fflush(NULL);
    if (pipe(ends)) {
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        bytes = grow(s, customers);
        bool sent = write(ends[1], &bytes, sizeof bytes) == (ssize_t)sizeof bytes;
        _exit(sent ? 0 : 1);
    }
    close(ends[1]);
    bool received = child > 0 && read(ends[0], &bytes, sizeof bytes) == (ssize_t)sizeof bytes;
    close(ends[0]);
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
    return received ? bytes : 0;
}

int bench_memory(void)
{
    static const struct subject subjects[] = {
        {"no mechanism, one world", "scenarios/bench/population.json", "customers", "none", 1, ""},
    };
    const long small = 200000;
    const long large = 1000000;
    printf("memory: peak of resident memory with %ld against %ld customers\n", large, small);
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        const struct subject *s = &subjects[i];
        double a = grow_apart(s, small);
        double b = grow_apart(s, large);
        if (a <= 0 || b <= a) {
            fprintf(stderr, "bench: %s: no measurement\n", s->name);
            return 1;
        }
        printf("  %-40s %6.1f MB, %6.1f MB: %5.1f bytes per customer and world\n", s->name, a / 1e6,
               b / 1e6, (b - a) / (double)(large - small) / s->worlds);
    }
    return 0;
}
