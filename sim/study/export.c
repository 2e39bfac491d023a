/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A store as one tidy, long table: a line per number, in the columns `compare --format csv` has,
 * with study, point and one column per parameter in front. A parameter whose values are all
 * durations is in seconds, and its column is called /pointer_s.
 *
 * Lines are sorted by study, parameters, policy and metric: what is written depends on what the
 * store holds, not on the order in which it was filled.
 */
#include "base/csv_out.h"
#include "base/sink.h"
#include "experiment/long_table.h"
#include "study/store.h"

#include <ccsim/study.h>
#include <ccsim/version.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum form {
    FORM_TEXT,
    FORM_NUMBER,
    FORM_SECONDS
};

struct parameter {
    const char *pointer;
    enum form form;
};

struct value {
    const char *text; /* NULL: as in the scenario */
    double number;    /* NAN: none */
};

struct point {
    const char *id, *study, *scenario;
    struct value *values;        /* [parameter_n] */
    const struct export *export; /* for sorting */
};

struct export
{
    struct ccs_store *store;
    const struct ccs_export_options *options;
    struct ccs_arena arena;
    FILE *out;
    struct parameter *parameters;
    size_t parameter_n;
    struct point *points;
    size_t point_n;
    ccs_status status;
    char *message;
    size_t message_size;
};

/* ---- cells ---- */

static void put_json(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20) {
            fprintf(out, "\\u%04x", (unsigned char)*text);
        } else {
            if (*text == '"' || *text == '\\') {
                fputc('\\', out);
            }
            fputc(*text, out);
        }
    }
    fputc('"', out);
}

/* A line is begun with the first cell and ended by its writer. An empty cell is an empty text; in
 * JSON it is left out. */
struct line {
    const struct export *x;
    size_t cell_n;
};

static void put_cell(struct line *line, const char *key, const char *text, bool is_number)
{
    FILE *out = line->x->out;
    if (line->x->options->format == CCS_EXPORT_CSV) {
        fputs(line->cell_n++ > 0 ? "," : "", out);
        if (is_number) {
            fputs(text, out);
        } else {
            ccs_csv_out_text(out, text);
        }
    } else if (text[0] != '\0') {
        fputs(line->cell_n++ > 0 ? ", " : "{", out);
        put_json(out, key);
        fputs(": ", out);
        if (is_number) {
            fputs(text, out);
        } else {
            put_json(out, text);
        }
    }
}

static void end_line(const struct line *line)
{
    fputs(line->x->options->format == CCS_EXPORT_CSV ? "\n" : "}\n", line->x->out);
}

static const char *parameter_key(const struct parameter *p, char *buffer, size_t size)
{
    snprintf(buffer, size, "%s%s", p->pointer, p->form == FORM_SECONDS ? "_s" : "");
    return buffer;
}

static const char *number_text(char text[CCS_DOUBLE_TEXT], double value)
{
    return isfinite(value) ? ccs_double_text(text, value) : "";
}

static void put_line(const struct export *x, const struct point *point,
                     const struct ccs_long_number *number, const char *statistic, double value)
{
    struct line line = {x, 0};
    struct ccs_long_line cells;
    char text[CCS_DOUBLE_TEXT];
    char key[600];
    put_cell(&line, "study", point->study, false);
    put_cell(&line, "point", point->id, false);
    for (size_t i = 0; i < x->parameter_n; i++) {
        const struct parameter *p = &x->parameters[i];
        const struct value *v = &point->values[i];
        bool is_number = p->form != FORM_TEXT;
        const char *shown = v->text == NULL ? ""
                            : is_number     ? number_text(text, v->number)
                                            : v->text;
        put_cell(&line, parameter_key(p, key, sizeof key), shown, is_number);
    }
    ccs_long_line(&cells, number, statistic, value);
    for (int i = 0; i < CCS_LONG_COLUMN_COUNT; i++) {
        put_cell(&line, ccs_long_columns[i], cells.cell[i], ccs_long_is_number(i));
    }
    end_line(&line);
}

/* ---- queries ---- */

static const char *column_text(sqlite3_stmt *s, int i)
{
    const char *text = (const char *)sqlite3_column_text(s, i);
    return text == NULL ? "" : text;
}

static double column_number(sqlite3_stmt *s, int i)
{
    return sqlite3_column_type(s, i) == SQLITE_NULL ? NAN : sqlite3_column_double(s, i);
}

static void fail_store(struct export *x)
{
    if (x->status == CCS_OK) {
        x->status = x->store->status;
        snprintf(x->message, x->message_size, "%s", x->store->message);
    }
}

static void fail_memory(struct export *x)
{
    if (x->status == CCS_OK) {
        x->status = CCS_ENOMEM;
        snprintf(x->message, x->message_size, "out of memory");
    }
}

/* ?1, ?2 are bound to texts that are not NULL. NULL after a failure. */
static sqlite3_stmt *query(struct export *x, const char *sql, const char *first)
{
    sqlite3_stmt *s = ccs_store_prepare(x->store, sql);
    if (s == NULL) {
        fail_store(x);
    } else if (first != NULL) {
        sqlite3_bind_text(s, 1, first, -1, SQLITE_STATIC);
    }
    return s;
}

static bool next(struct export *x, sqlite3_stmt *s)
{
    bool has_row = false;
    if (s == NULL || x->status != CCS_OK) {
        return false;
    }
    if (ccs_store_step(x->store, s, &has_row) != CCS_OK) {
        fail_store(x);
    }
    return has_row;
}

static const char *keep_text(struct export *x, sqlite3_stmt *s, int i)
{
    const char *copy = ccs_arena_strdup(&x->arena, column_text(s, i));
    if (copy == NULL) {
        fail_memory(x);
    }
    return copy;
}

static size_t count(struct export *x, const char *sql)
{
    sqlite3_stmt *s = query(x, sql, NULL);
    size_t n = next(x, s) ? (size_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return n;
}

/* ---- parameters and points ---- */

static void read_parameters(struct export *x)
{
    size_t n = count(x, "SELECT count(DISTINCT pointer) FROM parameter");
    x->parameters = ccs_arena_calloc(&x->arena, n, sizeof *x->parameters);
    if (x->parameters == NULL) {
        fail_memory(x);
    }
    sqlite3_stmt *s = query(x,
                            "SELECT parameter.pointer, count(*), count(number), "
                            "sum(parameter.unit = 's') FROM parameter JOIN point ON point.id = "
                            "parameter.point WHERE ?1 IS NULL OR point.study = ?1 GROUP BY pointer "
                            "ORDER BY pointer",
                            x->options->study);
    while (next(x, s) && x->parameter_n < n) {
        int64_t values = sqlite3_column_int64(s, 1);
        int64_t durations = sqlite3_column_int64(s, 3);
        bool is_number = sqlite3_column_int64(s, 2) == values && durations == 0;
        x->parameters[x->parameter_n++] =
            (struct parameter){keep_text(x, s, 0), is_number             ? FORM_NUMBER
                                                   : durations == values ? FORM_SECONDS
                                                                         : FORM_TEXT};
    }
    sqlite3_finalize(s);
}

static void read_values(struct export *x, struct point *point)
{
    point->values = ccs_arena_calloc(&x->arena, x->parameter_n, sizeof *point->values);
    if (point->values == NULL) {
        fail_memory(x);
        return;
    }
    sqlite3_stmt *s =
        query(x, "SELECT pointer, value, number FROM parameter WHERE point = ?1", point->id);
    while (next(x, s)) {
        for (size_t i = 0; i < x->parameter_n; i++) {
            if (strcmp(x->parameters[i].pointer, column_text(s, 0)) == 0) {
                point->values[i] = (struct value){keep_text(x, s, 1), column_number(s, 2)};
            }
        }
    }
    sqlite3_finalize(s);
}

static int compare_values(const struct value *a, const struct value *b)
{
    if (a->text == NULL || b->text == NULL) {
        return (a->text != NULL) - (b->text != NULL);
    }
    bool has_both = !isnan(a->number) && !isnan(b->number);
    if (has_both && a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return strcmp(a->text, b->text);
}

static int compare_points(const void *a, const void *b)
{
    const struct point *x = a;
    const struct point *y = b;
    int order = strcmp(x->study, y->study);
    for (size_t i = 0; i < x->export->parameter_n && order == 0; i++) {
        order = compare_values(&x->values[i], &y->values[i]);
    }
    return order != 0 ? order : strcmp(x->id, y->id);
}

static void read_points(struct export *x)
{
    size_t n = count(x, "SELECT count(*) FROM point");
    x->points = ccs_arena_calloc(&x->arena, n, sizeof *x->points);
    if (x->points == NULL) {
        fail_memory(x);
    }
    sqlite3_stmt *s = query(x,
                            "SELECT point.id, study.id, study.scenario FROM point JOIN study ON "
                            "study.id = point.study WHERE point.status = 'done' AND (?1 IS NULL OR "
                            "study.id = ?1)",
                            x->options->study);
    while (next(x, s) && x->point_n < n) {
        x->points[x->point_n++] = (struct point){.id = keep_text(x, s, 0),
                                                 .study = keep_text(x, s, 1),
                                                 .scenario = keep_text(x, s, 2),
                                                 .export = x};
    }
    sqlite3_finalize(s);
    for (size_t i = 0; i < x->point_n && x->status == CCS_OK; i++) {
        struct ccs_store_state state;
        read_values(x, &x->points[i]);
        if (x->status == CCS_OK &&
            ccs_store_look(x->store, x->points[i].id, &state) != CCS_OK) { /* its checksum */
            fail_store(x);
        }
    }
    if (x->status == CCS_OK && x->point_n > 0) {
        qsort(x->points, x->point_n, sizeof *x->points, compare_points);
    }
}

/* ---- numbers ---- */

static bool is_wanted(const struct export *x, const char *policy, const char *metric)
{
    const struct ccs_export_options *o = x->options;
    bool is_one = o->metric_n == 0;
    for (size_t i = 0; i < o->metric_n; i++) {
        is_one = is_one || strcmp(o->metrics[i], metric) == 0;
    }
    return is_one && (o->policy == NULL || strcmp(o->policy, policy) == 0);
}

static enum ccs_slice_kind slice_of(const char *name)
{
    enum ccs_slice_kind kind = CCS_SLICE_ALL;
    while (kind < CCS_SLICE_KIND_COUNT - 1 && strcmp(ccs_slice_kind_name(kind), name) != 0) {
        kind++;
    }
    return kind;
}

/* Of a row that begins with slice, name, metric, unit and the statistics, from column `first` on.
 */
static void put_estimate(const struct export *x, const struct point *point, const char *policy,
                         const char *versus, sqlite3_stmt *s, int first)
{
    const struct ccs_long_number number = {
        .scenario = point->scenario,
        .policy = policy,
        .versus = versus,
        .slice = slice_of(column_text(s, first)),
        .name = column_text(s, first + 1),
        .metric = column_text(s, first + 2),
        .unit = column_text(s, first + 3),
    };
    if (!is_wanted(x, policy, number.metric)) {
        return;
    }
    for (int i = 0; i < CCS_LONG_STATISTIC_COUNT; i++) {
        put_line(x, point, &number, ccs_long_statistics[i], column_number(s, first + 4 + i));
    }
    if (versus[0] != '\0') {
        put_line(x, point, &number, "p", column_number(s, first + 4 + CCS_LONG_STATISTIC_COUNT));
    }
}

static void export_point(struct export *x, const struct point *point)
{
    sqlite3_stmt *s = query(x,
                            "SELECT policy, slice, name, metric, unit, mean, sd, n, lo, hi FROM "
                            "estimate WHERE point = ?1 ORDER BY policy, slice, name, metric",
                            point->id);
    while (next(x, s)) {
        put_estimate(x, point, column_text(s, 0), "", s, 1);
    }
    sqlite3_finalize(s);
    s = query(x,
              "SELECT policy, versus, slice, name, metric, unit, mean, sd, n, lo, hi, p FROM "
              "difference WHERE point = ?1 ORDER BY policy, versus, slice, name, metric",
              point->id);
    while (next(x, s)) {
        put_estimate(x, point, column_text(s, 0), column_text(s, 1), s, 2);
    }
    sqlite3_finalize(s);
}

static void export_replications(struct export *x, const struct point *point)
{
    sqlite3_stmt *s = query(
        x,
        "SELECT value.policy, value.metric, replication, value, estimate.unit FROM value JOIN "
        "estimate USING (point, policy, metric) WHERE point = ?1 AND slice = '' AND name = '' "
        "ORDER BY value.policy, value.metric, replication",
        point->id);
    while (next(x, s)) {
        const struct ccs_long_number number = {
            .scenario = point->scenario,
            .policy = column_text(s, 0),
            .versus = "",
            .replication = (size_t)sqlite3_column_int64(s, 2),
            .metric = column_text(s, 1),
            .unit = column_text(s, 4),
        };
        if (is_wanted(x, number.policy, number.metric)) {
            put_line(x, point, &number, "value", column_number(s, 3));
        }
    }
    sqlite3_finalize(s);
}

/* The user's names on one line. */
static void put_words(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        fputc((unsigned char)*text < 0x20 ? ' ' : *text, out);
    }
}

/* `build` is an expression: the oldest stores have no such column. */
#define STUDIES(build)                                                                             \
    "SELECT study.id, scenario, scenario_hash, study.ccsim, seed, mode, study.policy, currency, "  \
    "(SELECT count(*) FROM point WHERE study = study.id AND status = 'done'), (SELECT count(*) "   \
    "FROM point WHERE study = study.id AND status != 'done'), " build                              \
    " FROM study WHERE ?1 IS NULL OR id = ?1 ORDER BY id"

static void put_head(struct export *x)
{
    char key[600];
    if (x->options->format != CCS_EXPORT_CSV) {
        return;
    }
    fputs("# ccsim: " CCS_VERSION "\n", x->out);
    const char *sql = x->store->edition == 1 ? STUDIES("''") : STUDIES("build");
    sqlite3_stmt *s = query(x, sql, x->options->study);
    while (next(x, s)) {
        fprintf(x->out, "# study %s: scenario ", column_text(s, 0));
        put_words(x->out, column_text(s, 1));
        fprintf(x->out, ", hash %s, ccsim %s, build %s, seed %s, mode %s, policy ",
                column_text(s, 2), column_text(s, 3),
                column_text(s, 10)[0] == '\0' ? "unknown" : column_text(s, 10), column_text(s, 4),
                column_text(s, 5));
        put_words(x->out, column_text(s, 6)[0] == '\0' ? "all" : column_text(s, 6));
        fprintf(x->out, ", currency ");
        put_words(x->out, column_text(s, 7));
        fprintf(x->out, ", %s points done, %s not\n", column_text(s, 8), column_text(s, 9));
    }
    sqlite3_finalize(s);
    fputs("# with a name in `versus`, mean is the difference policy - versus and p its test, not "
          "adjusted\n",
          x->out);
    fputs("study,point", x->out);
    for (size_t i = 0; i < x->parameter_n; i++) {
        fputc(',', x->out);
        ccs_csv_out_text(x->out, parameter_key(&x->parameters[i], key, sizeof key));
    }
    for (int i = 0; i < CCS_LONG_COLUMN_COUNT; i++) {
        fprintf(x->out, ",%s", ccs_long_columns[i]);
    }
    fputc('\n', x->out);
}

/* ---- all of it ---- */

static void refuse(struct export *x, const char *what, const char *name, const char *more)
{
    x->status = CCS_EUSAGE;
    snprintf(x->message, x->message_size, "there is no %s '%.100s'%s", what, name, more);
}

static void check_options(struct export *x)
{
    const struct ccs_export_options *o = x->options;
    for (size_t i = 0; i < o->metric_n && x->status == CCS_OK; i++) {
        if (ccs_metric_find(o->metrics[i]) < 0) {
            char suggestion[CCS_SUGGEST_TEXT];
            refuse(x, "metric", o->metrics[i], ccs_metric_suggest(suggestion, o->metrics[i]));
        }
    }
    if (x->status == CCS_OK && o->study != NULL) {
        sqlite3_stmt *s = query(x, "SELECT 1 FROM study WHERE id = ?1", o->study);
        if (!next(x, s) && x->status == CCS_OK) {
            refuse(x, "study", o->study, " in the store; the lines that begin with # list them");
        }
        sqlite3_finalize(s);
    }
    if (x->status == CCS_OK && o->policy != NULL) {
        sqlite3_stmt *s = query(x, "SELECT 1 FROM estimate WHERE policy = ?1 LIMIT 1", o->policy);
        if (!next(x, s) && x->status == CCS_OK) {
            refuse(x, "policy", o->policy, " in the store");
        }
        sqlite3_finalize(s);
    }
}

/* Neither failed, nor stopped, nor a stream that takes no more? */
static bool is_going(struct export *x)
{
    const volatile int *stop = x->options->stop;
    if (x->status == CCS_OK && stop != NULL && __atomic_load_n(stop, __ATOMIC_RELAXED)) {
        x->status = CCS_EINTERRUPTED;
        snprintf(x->message, x->message_size, "interrupted");
    } else if (x->status == CCS_OK && ferror(x->out)) {
        x->status = CCS_EIO;
        snprintf(x->message, x->message_size, "cannot write the export");
    }
    return x->status == CCS_OK;
}

static void write_all(struct export *x)
{
    if (ccs_store_run(x->store, "BEGIN", "read") != CCS_OK) { /* all of it as of one moment */
        fail_store(x);
        return;
    }
    check_options(x);
    if (x->status == CCS_OK) {
        read_parameters(x);
    }
    if (x->status == CCS_OK) {
        read_points(x);
    }
    if (x->status == CCS_OK) {
        put_head(x);
    }
    for (size_t i = 0; i < x->point_n && is_going(x); i++) {
        export_point(x, &x->points[i]);
        if (x->options->with_replications) {
            export_replications(x, &x->points[i]);
        }
    }
}

ccs_status ccs_study_export_to(const char *store, const struct ccs_export_options *options,
                               FILE *out, char *message, size_t message_size)
{
    struct export x = {
        .options = options, .out = out, .message = message, .message_size = message_size};
    message[0] = '\0';
    ccs_status status = ccs_store_open(&x.store, store, false, message, message_size);
    if (status != CCS_OK) {
        return status;
    }
    ccs_arena_init(&x.arena, 0);
    write_all(&x);
    fflush(out);
    is_going(&x);
    ccs_arena_fini(&x.arena);
    ccs_store_close(x.store);
    return x.status;
}

ccs_status ccs_study_export(const char *store, const struct ccs_export_options *options,
                            char **text, size_t *size, char *message, size_t message_size)
{
    FILE *out = ccs_sink_to_text(text, size);
    if (out == NULL) {
        snprintf(message, message_size, "out of memory");
        return CCS_ENOMEM;
    }
    ccs_status status = ccs_study_export_to(store, options, out, message, message_size);
    bool is_short = ferror(out) != 0;
    if (ccs_sink_end_text(out, text, size) != CCS_OK && (status == CCS_OK || is_short)) {
        snprintf(message, message_size, "out of memory");
        return CCS_ENOMEM;
    }
    if (status != CCS_OK) {
        free(*text);
        *text = NULL;
        *size = 0;
    }
    return status;
}
