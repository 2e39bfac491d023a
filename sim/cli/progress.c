/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The progress line: a thread of its own draws it on stderr, so that it also moves while the first
 * replication still runs, and the simulation never waits for the terminal.
 */
#include "cli/cli.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct ccs_meter {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const char *what; /* "replications" */
    struct timespec started;
    /* under the lock: */
    struct ccs_progress progress;
    bool is_over;
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void draw(const struct ccs_meter *meter)
{
    const struct ccs_progress *p = &meter->progress;
    double elapsed = seconds_since(&meter->started);
    char eta[40] = "";
    if (p->done > p->found) { /* what was found took no time */
        double each = elapsed / (double)(p->done - p->found);
        int left = (int)(each * (double)(p->total - p->done) + 0.5);
        snprintf(eta, sizeof eta, ", %d:%02d left", left / 60, left % 60);
    }
    if (p->total > 0) {
        fprintf(stderr, "\r%zu of %zu %s%s\033[K", p->done, p->total, meter->what, eta);
    } else {
        fprintf(stderr, "\r%s, %.0f s\033[K", meter->what, elapsed);
    }
    fflush(stderr);
}

/* Waits until it is over or `ms` have passed; true when it is over. */
static bool wait_ms(struct ccs_meter *meter, long ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    int error = 0;
    while (!meter->is_over && error == 0) {
        error = pthread_cond_timedwait(&meter->changed, &meter->lock, &until);
    }
    return meter->is_over;
}

static void *work(void *arg)
{
    struct ccs_meter *meter = arg;
    pthread_mutex_lock(&meter->lock);
    bool is_drawn = false;
    for (long ms = 1000; !wait_ms(meter, ms); ms = 200) {
        draw(meter);
        is_drawn = true;
    }
    pthread_mutex_unlock(&meter->lock);
    if (is_drawn) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
    }
    return NULL;
}

/* On a terminal, and not in the background where it would write over something else. */
static bool is_wanted(const struct ccs_options *options)
{
    if (options->progress != CCS_WHEN_AUTO) {
        return options->progress == CCS_WHEN_ALWAYS;
    }
    return !options->is_quiet && isatty(STDERR_FILENO) && !ccs_terminal_is_dumb() &&
           tcgetpgrp(STDERR_FILENO) == getpgrp();
}

struct ccs_meter *ccs_meter_start(const struct ccs_options *options, const char *what)
{
    struct ccs_meter *meter = is_wanted(options) ? calloc(1, sizeof *meter) : NULL;
    if (meter == NULL) {
        return NULL;
    }
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&meter->lock, NULL);
    pthread_cond_init(&meter->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    meter->what = what;
    clock_gettime(CLOCK_MONOTONIC, &meter->started);
    if (pthread_create(&meter->thread, NULL, work, meter) != 0) {
        pthread_cond_destroy(&meter->changed);
        pthread_mutex_destroy(&meter->lock);
        free(meter);
        return NULL;
    }
    return meter;
}

void ccs_meter_update(void *context, const struct ccs_progress *progress)
{
    struct ccs_meter *meter = context;
    if (meter != NULL) {
        pthread_mutex_lock(&meter->lock);
        meter->progress = *progress;
        pthread_mutex_unlock(&meter->lock);
    }
}

void ccs_meter_stop(struct ccs_meter *meter)
{
    if (meter == NULL) {
        return;
    }
    pthread_mutex_lock(&meter->lock);
    meter->is_over = true;
    pthread_cond_signal(&meter->changed);
    pthread_mutex_unlock(&meter->lock);
    pthread_join(meter->thread, NULL);
    pthread_cond_destroy(&meter->changed);
    pthread_mutex_destroy(&meter->lock);
    free(meter);
}
