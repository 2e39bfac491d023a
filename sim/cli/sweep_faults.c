/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sweep says on stderr of points that are wrong, went wrong or are missing: see sweep.h. */
#include "cli/sweep.h"

#include <stdio.h>
#include <string.h>

enum {
    GROUPS = 20, /* different messages that are printed */
    NAMED = 3    /* points that are named for each */
};

/* Points that say the same. */
struct group {
    const char *message;
    size_t n, points[NAMED];
};

/* What a message is about, and how much of it: without the value that was set and found, so that a
 * range of wrong values is one message. */
static const char *gist(const char *message, size_t *size)
{
    const char *code = strstr(message, ": error CCS-");
    const char *end = code == NULL ? NULL : strstr(code, " (found ");
    const char *start = code == NULL ? message : code;
    *size = end == NULL ? strlen(start) : (size_t)(end - start);
    return start;
}

static bool is_alike(const char *a, const char *b)
{
    size_t n, m;
    const char *x = gist(a, &n);
    const char *y = gist(b, &m);
    return n == m && strncmp(x, y, n) == 0;
}

/* "point 3", "points 3 and 5", "points 1, 2, 3 and 97 others". */
static void complain_of_group(const struct ccs_options *o, const struct group *group)
{
    char list[120];
    size_t used = 0;
    size_t named = group->n < NAMED ? group->n : NAMED;
    for (size_t i = 0; i < named; i++) {
        bool is_last = i > 0 && i + 1 == group->n;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%zu",
                                 i == 0    ? ""
                                 : is_last ? " and "
                                           : ", ",
                                 group->points[i]);
    }
    if (group->n > named) {
        snprintf(list + used, sizeof list - used, " and %zu other%s", group->n - named,
                 group->n - named == 1 ? "" : "s");
    }
    ccs_complain(o, "point%s %s: %s", group->n == 1 ? "" : "s", list, group->message);
}

size_t ccs_sweep_tell_faults(const struct ccs_options *options, const struct ccs_study *study)
{
    struct ccs_study_point point;
    struct group groups[GROUPS];
    size_t group_n = 0;
    size_t others = 0;
    size_t invalid = 0;
    for (size_t i = 0; ccs_study_point(study, i, &point); i++) {
        invalid += point.state == CCS_POINT_INVALID;
        if (point.state != CCS_POINT_FAILED && point.state != CCS_POINT_INVALID) {
            continue;
        }
        const char *message = point.message == NULL ? "failed" : point.message;
        size_t g = 0;
        while (g < group_n && !is_alike(groups[g].message, message)) {
            g++;
        }
        if (g == GROUPS) {
            others++;
            continue;
        }
        if (g == group_n) {
            groups[group_n++] = (struct group){.message = message};
        }
        if (groups[g].n < NAMED) {
            groups[g].points[groups[g].n] = i + 1;
        }
        groups[g].n++;
    }
    for (size_t g = 0; g < group_n; g++) {
        complain_of_group(options, &groups[g]);
    }
    if (others > 0) {
        ccs_complain(options, "%zu more points failed for other reasons", others);
    }
    return invalid;
}

void ccs_sweep_tell_missing(const struct ccs_options *options, const struct ccs_study *study)
{
    struct ccs_study_point point;
    size_t done = 0;
    size_t missing = 0;
    for (size_t i = 0; ccs_study_point(study, i, &point); i++) {
        done += point.state == CCS_POINT_DONE;
        missing += point.missing;
    }
    ccs_complain(options,
                 "stopped: %zu of %zu points are done, %zu replications are missing; the same "
                 "command goes on from here",
                 done, ccs_study_point_count(study), missing);
}
