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

#define SCENARIO "scenarios/newspaper-refund.json"
#define SEGMENT "subscribers"

/* Agents for 40,000 customers, so that the center is as busy at any size. */
static const struct {
    const char *team;
    long agents;
} staff[] = {{"front_line", 4}, {"mail", 1}, {"billing", 2}, {"retention", 1}};

enum {
    STAFF_N = sizeof staff / sizeof staff[0]
};
#define CUSTOMERS_PER_STAFF 40000

/* Runs it in this process; returns the growth of the peak. */
static double grow(const char *policy, long customers)
{
    char text[STAFF_N + 1][100];
    const char *sets[STAFF_N + 3] = {"/run/horizon=4 weeks", "/run/follow_up=4 weeks"};
    for (size_t i = 0; i < STAFF_N; i++) {
        snprintf(text[i], sizeof text[i], "/teams/%s/agents=%ld", staff[i].team,
                 staff[i].agents * customers / CUSTOMERS_PER_STAFF);
        sets[i + 2] = text[i];
    }
    snprintf(text[STAFF_N], sizeof text[STAFF_N], "/segments/" SEGMENT "/population=%ld",
             customers);
    sets[STAFF_N + 2] = text[STAFF_N];
    struct ccs_scenario *scenario;
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    if (ccs_scenario_load(&scenario, SCENARIO, sets, STAFF_N + 3, diags)) {
        fprintf(stderr, "bench: %s\n", ccs_diagnostics_line(diags, 0));
        return 0;
    }
    double before = status_bytes("VmRSS");
    struct ccs_experiment_options options = {
        .policy = policy, .seed = -1, .jobs = 1, .replications = 1};
    struct ccs_results *res;
    char message[400];
    if (ccs_experiment_run(scenario, &options, &res, message, sizeof message)) {
        fprintf(stderr, "bench: %s\n", message);
        return 0;
    }
    return status_bytes("VmHWM") - before;
}

/* The same in a child, so that one peak does not hide the other. */
static double grow_apart(const char *policy, long customers)
{
    int ends[2];
    double bytes = 0;
    fflush(NULL);
    if (pipe(ends)) {
        return 0;
    }
    pid_t child = fork();
    if (child == 0) {
        bytes = grow(policy, customers);
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
    static const struct {
        const char *name, *policy; /* NULL: all policies of the scenario */
        double worlds;             /* in memory at once */
    } subjects[] = {
        {"one policy, one world", "escalate_late", 1},
        {"all policies: the past and one at a time", NULL, 2},
    };
    const long small = 200000;
    const long large = 1000000;
    printf("memory: " SCENARIO " with %ld and with %ld customers, peak of resident memory\n", small,
           large);
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        double a = grow_apart(subjects[i].policy, small);
        double b = grow_apart(subjects[i].policy, large);
        if (a <= 0 || b <= a) {
            fprintf(stderr, "bench: %s: no measurement\n", subjects[i].name);
            return 1;
        }
        printf("  %-42s %6.1f MB, %6.1f MB: %5.1f bytes per customer and world\n", subjects[i].name,
               a / 1e6, b / 1e6, (b - a) / (double)(large - small) / subjects[i].worlds);
    }
    return 0;
}
