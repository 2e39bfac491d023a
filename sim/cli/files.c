/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a command writes must not be what it reads, nor what else it writes: "-o s.json" would put
 * the result in the place of the scenario. All names that a command line gives are compared here,
 * by the file they lead to, and so is every file that the scenario reads.
 *
 * A database in WAL mode is three files: NAME, NAME-wal and NAME-shm (sqlite.org/wal.html), and a
 * fourth, NAME-journal, while it is turned into one.
 */
#include "base/file.h"
#include "cli/cli.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How a message calls the file, the option that gives it, and what becomes of it. */
struct use {
    const char *what;   /* "the scenario" */
    const char *option; /* "-o"; NULL: an argument */
    const char *path;   /* "-": standard input or output */
    bool is_written, is_store;
};

enum {
    USE_MAX = 8 /* all but the arguments */
};

static size_t list_options(const struct ccs_options *o, struct use use[USE_MAX])
{
    size_t n = 0;
    bool is_checked = o->baseline != NULL; /* the trail is read then, else written */
    bool is_updated = o->is_update && is_checked && strcmp(o->baseline, "-") != 0;
    const struct use all[USE_MAX] = {
        {"the result", o->output == NULL ? "standard output" : "-o",
         o->output == NULL ? "-" : o->output, true, false},
        {"the JUnit file", "--junit", o->junit, true, false},
        {"the trail", "--trail", o->trail, !is_checked || o->is_update, false},
        {"the baseline", "--update", o->baseline, is_updated, false},
        {"the store", "--store", o->store, true, true},
        {"the points file", "--points-file", o->points_file, false, false},
    };
    for (size_t i = 0; i < USE_MAX; i++) {
        if (all[i].path != NULL) {
            use[n++] = all[i];
        }
    }
    return n;
}

/* The name under which the file is looked for. */
static const char *real_name(const struct use *use)
{
    if (strcmp(use->path, "-") != 0) {
        return use->path;
    }
    return use->is_written ? "/dev/stdout" : "/dev/stdin";
}

/* Is the other file one that SQLite keeps beside the store? */
static bool is_companion(const struct use *store, const char *other)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};
    char name[PATH_MAX + 16];
    char *final = ccs_file_follow(store->path);
    bool is_one = false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && final != NULL; i++) {
        snprintf(name, sizeof name, "%s%s", final, ends[i]);
        is_one = is_one || ccs_file_is_same(name, other);
    }
    free(final);
    return is_one;
}

static bool is_same(const struct use *a, const struct use *b)
{
    bool is_dash = strcmp(a->path, "-") == 0 && strcmp(b->path, "-") == 0;
    return (is_dash && a->is_written && b->is_written) ||
           ccs_file_is_same(real_name(a), real_name(b)) ||
           (a->is_store && is_companion(a, real_name(b))) ||
           (b->is_store && is_companion(b, real_name(a)));
}

/* Says so if one of the two is written over the other. */
static bool collide(const struct ccs_options *o, const struct use *a, const struct use *b)
{
    const struct use *writer = a->is_written ? a : b;
    const struct use *other = writer == a ? b : a;
    if (!writer->is_written || !is_same(a, b)) {
        return false;
    }
    bool is_dash = strcmp(other->path, "-") == 0;
    if (is_dash && other->is_written) {
        ccs_complain(o, "%s and %s both go to standard output: give one of them a name",
                     writer->what, other->what);
    } else if (is_dash) {
        ccs_complain(o, "%s would overwrite %s, which is standard input: give another name",
                     writer->option, other->what);
    } else {
        ccs_complain(o, "%s would overwrite %s ('%s'): give another name", writer->option,
                     other->what, other->path);
    }
    return true;
}

bool ccs_files_are_apart(const struct ccs_options *options, bool has_store)
{
    struct use use[USE_MAX];
    size_t n = list_options(options, use);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            if (collide(options, &use[i], &use[k])) {
                return false;
            }
        }
        for (size_t k = 0; k < options->file_n; k++) {
            const struct use argument = {has_store ? "the store" : "the scenario", NULL,
                                         options->files[k], false, has_store};
            if (collide(options, &use[i], &argument)) {
                return false;
            }
        }
    }
    return true;
}

bool ccs_files_may_read(const struct ccs_options *options, const char *path)
{
    struct use use[USE_MAX];
    size_t n = list_options(options, use);
    const struct use table = {"a file the scenario reads", NULL, path, false, false};
    for (size_t i = 0; i < n; i++) {
        if (collide(options, &use[i], &table)) {
            return false;
        }
    }
    return true;
}
