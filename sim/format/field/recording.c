/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recorded arrivals (CCS_FIELD_RECORDING), one row each of a CSV file with a header. Members:
 *
 *   csv         file
 *   arrival     column of the time: "arrival" by default
 *   talk        column of the talk time, in seconds whatever `unit` is; none by default
 *   issue_type  column of the issue type's name; none by default
 *   channel     column of the channel's name; none by default
 *   unit        of a time that is a number: "s" (default), "min", "h"
 *
 * Rows need not be in order: they are sorted by time, equal times stay in the order of the file.
 * Lines that begin with # before the header are skipped. Every wrong cell is reported with its
 * line.
 */
#include "base/array.h"
#include "base/units.h"
#include "format/document/csv_walk.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_FAULTS = 10,
    CELL_MAX = 120
};

enum column {
    ARRIVAL,
    TALK,
    ISSUE_TYPE,
    CHANNEL,
    COLUMN_N
};

static const char *const members[COLUMN_N] = {"arrival", "talk", "issue_type", "channel"};
static const char *const keys[] = {"csv", "arrival", "talk", "issue_type", "channel", "unit", NULL};
static const char *const units[] = {"s", "min", "h", NULL};
static const double unit_s[] = {1, 60, 3600};

struct reading {
    struct ccs_binding *b;
    const struct ccs_bound_file *file;
    const char *name[COLUMN_N]; /* NULL: not wanted */
    size_t at[COLUMN_N];        /* from 1; 0: not found */
    char cell[COLUMN_N][CELL_MAX + 1];
    bool has[COLUMN_N];
    double unit;
    size_t row, column, line, faults;
    size_t width; /* columns of the first row */
    bool is_civil;
    struct ccs_array rows; /* struct ccs_recording_row */
    ccs_status status;
};

static void fault(struct reading *r, enum ccs_diag_code code, const char *message)
{
    r->status = r->status == CCS_OK ? CCS_EDATA : r->status;
    if (++r->faults <= MAX_FAULTS) {
        ccs_diag_add_once(r->b->diags, code, r->file->name, (int)r->line, 0, r->file->pointer,
                          message);
    }
}

static void on_cell(void *data, size_t size, void *context)
{
    struct reading *r = context;
    char cell[CELL_MAX + 1];
    size_t n = size < CELL_MAX ? size : CELL_MAX;
    if (n > 0) {
        memcpy(cell, data, n);
    }
    cell[n] = '\0';
    r->column++;
    for (int k = 0; k < COLUMN_N; k++) {
        if (r->row == 0 && r->name[k] && r->at[k] == 0 && strcmp(cell, r->name[k]) == 0) {
            r->at[k] = r->column;
        } else if (r->row > 0 && r->at[k] == r->column) {
            memcpy(r->cell[k], cell, n + 1);
            r->has[k] = true;
        }
    }
}

/* "2026-01-05 09:30[:12[.5]]", with T or a blank between: microseconds since 1970. */
static bool parse_civil(const char *text, ccs_time *at)
{
    char date[11];
    int64_t day;
    int32_t minutes;
    double seconds = 0;
    size_t n = strlen(text);
    if (n < 16 || (text[10] != ' ' && text[10] != 'T')) {
        return false;
    }
    memcpy(date, text, 10);
    date[10] = '\0';
    if (!ccs_date_parse(date, &day) || !ccs_clock_parse(text + 11, 5, &minutes)) {
        return false;
    }
    if (n > 16 && (text[16] != ':' || n < 19 || text[17] < '0' || text[17] > '9' ||
                   !ccs_text_number(text + 17, n - 17, &seconds) || seconds >= 60)) {
        return false;
    }
    *at = day * CCS_US_PER_DAY + minutes * CCS_US_PER_MIN + ccs_time_from_s(seconds);
    return true;
}

static void read_arrival(struct reading *r, struct ccs_recording_row *row)
{
    const char *cell = r->cell[ARRIVAL];
    char message[240];
    double number;
    bool is_civil = false;
    if (ccs_text_number(cell, strlen(cell), &number)) {
        if (fabs(number * r->unit) > 1e9) {
            fault(r, CCS_E214, "the time is more than 30 years from the start of the run");
            return;
        }
        row->at = ccs_round(number * r->unit * 1e6);
    } else if (parse_civil(cell, &row->at)) {
        is_civil = true;
    } else {
        snprintf(message, sizeof message,
                 "column `%.40s` is neither a number nor a date and time like \"2026-01-05 "
                 "09:30:12\" (found \"%.40s\")",
                 r->name[ARRIVAL], cell);
        fault(r, CCS_E117, message);
        return;
    }
    if (r->rows.len == 0) {
        r->is_civil = is_civil;
    } else if (r->is_civil != is_civil) {
        fault(r, CCS_E117, "arrivals must all be numbers, or all be dates with times");
    }
}

static void read_talk(struct reading *r, struct ccs_recording_row *row)
{
    const char *cell = r->cell[TALK];
    char message[160];
    if (!ccs_text_number(cell, strlen(cell), &row->talk_s)) {
        snprintf(message, sizeof message, "column `%.40s` is not a number (found \"%.40s\")",
                 r->name[TALK], cell);
        fault(r, CCS_E117, message);
    } else if (row->talk_s < 0 || row->talk_s > 1e9) {
        fault(r, CCS_E214, "the talk time must be between 0 and 1000000000 s");
    }
}

static int32_t read_name(struct reading *r, enum column column, const char *group)
{
    const struct ccs_name_group *names = ccs_binding_group(r->b, group);
    struct ccs_nearest nearest = ccs_nearest_to(r->cell[column]);
    char message[320], suggestion[CCS_SUGGEST_TEXT];
    for (size_t i = 0; i < names->n; i++) {
        if (strcmp(names->name[i], r->cell[column]) == 0) {
            return (int32_t)i;
        }
        ccs_nearest_try(&nearest, names->name[i]);
    }
    snprintf(message, sizeof message, "column `%.40s`: \"%.60s\" is none of the %s%s",
             r->name[column], r->cell[column], column == CHANNEL ? "channels" : "issue types",
             ccs_nearest_text(suggestion, &nearest));
    fault(r, CCS_E205, message);
    return -1;
}

static void read_row(struct reading *r)
{
    struct ccs_recording_row row = {.talk_s = NAN, .issue_type = -1, .channel = -1};
    char message[200];
    for (int k = 0; k < COLUMN_N; k++) {
        if (r->at[k] && !r->has[k]) {
            snprintf(message, sizeof message, "the row has %zu columns, but `%.60s` is column %zu",
                     r->column, r->name[k], r->at[k]);
            fault(r, CCS_E116, message);
            return;
        }
    }
    read_arrival(r, &row);
    if (r->at[TALK]) {
        read_talk(r, &row);
    }
    if (r->at[ISSUE_TYPE]) {
        row.issue_type = read_name(r, ISSUE_TYPE, "issue_types");
    }
    if (r->at[CHANNEL]) {
        row.channel = read_name(r, CHANNEL, "channels");
    }
    if (ccs_array_reserve(&r->rows, r->b->arena, (size_t)r->rows.len + 1) != CCS_OK) {
        r->status = CCS_ENOMEM;
        return;
    }
    ((struct ccs_recording_row *)r->rows.data)[r->rows.len++] = row;
}

static void on_row(int end, void *context)
{
    struct reading *r = context;
    char message[160];
    (void)end;
    for (int k = 0; r->row == 0 && k < COLUMN_N; k++) {
        if (r->name[k] && r->at[k] == 0) {
            snprintf(message, sizeof message,
                     "the first row must name the columns, and has no `%.60s`", r->name[k]);
            fault(r, CCS_E116, message);
        }
    }
    r->width = r->row == 0 ? r->column : r->width;
    if (r->column > r->width) {
        snprintf(message, sizeof message,
                 "the row has %zu columns, the first row %zu: a decimal comma? Write 1.5",
                 r->column, r->width);
        fault(r, CCS_E116, message);
    } else if (r->row > 0 && r->at[ARRIVAL] && r->status != CCS_ENOMEM) {
        read_row(r);
    }
    r->row++;
    r->column = 0;
    memset(r->has, 0, sizeof r->has);
}

static bool goes_on(const void *context)
{
    const struct reading *r = context;
    return r->status != CCS_ENOMEM && r->faults <= MAX_FAULTS;
}

static void parse(struct reading *r)
{
    const struct ccs_csv_reader reader = {on_cell, on_row, goes_on, r, &r->line};
    const char *wrong;
    ccs_status status = ccs_csv_walk(&reader, r->file->text, r->file->size, &wrong);
    if (status == CCS_ENOMEM) {
        r->status = CCS_ENOMEM;
    } else if (status) {
        fault(r, CCS_E116, wrong);
    }
}

static int by_time(const void *a, const void *b)
{
    const struct ccs_recording_row *const *x = a;
    const struct ccs_recording_row *const *y = b;
    if ((*x)->at != (*y)->at) {
        return (*x)->at > (*y)->at ? 1 : -1;
    }
    return (*x > *y) - (*x < *y); /* in the order of the file */
}

/* The rows in order of time, in the arena. */
static void keep_sorted(struct reading *r, struct ccs_recording *out)
{
    const struct ccs_recording_row *rows = r->rows.data;
    size_t n = r->rows.len;
    const struct ccs_recording_row **order = malloc(n * sizeof *order);
    out->row = ccs_binding_alloc(r->b, n, sizeof *out->row);
    if (order && out->row) {
        for (size_t i = 0; i < n; i++) {
            order[i] = &rows[i];
        }
        qsort(order, n, sizeof *order, by_time);
        for (size_t i = 0; i < n; i++) {
            out->row[i] = *order[i];
        }
        out->n = n;
        out->is_civil = r->is_civil;
    } else {
        r->status = CCS_ENOMEM;
    }
    free(order);
}

static void read_names(struct reading *r, const struct cJSON *value, const struct ccs_path *path)
{
    r->name[ARRIVAL] = "arrival";
    for (int k = 0; k < COLUMN_N; k++) {
        const struct cJSON *name = ccs_json_member(value, members[k]);
        struct ccs_path here = ccs_path_key(path, members[k]);
        if (name != NULL && (!cJSON_IsString(name) || name->valuestring[0] == '\0')) {
            ccs_binding_want(r->b, &here, name, "the name of a column");
        } else if (name != NULL) {
            r->name[k] = name->valuestring;
        }
    }
    const struct cJSON *unit = ccs_json_member(value, "unit");
    struct ccs_path here = ccs_path_key(path, "unit");
    int choice = unit ? ccs_bind_choice(r->b, unit, &here, units) : 0;
    r->unit = choice > 0 ? unit_s[choice] : 1;
}

void ccs_bind_recording(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_recording *out = target;
    (void)field;
    if (!cJSON_IsObject(value)) {
        ccs_binding_want(b, path, value, "an object like {\"csv\": \"calls.csv\"}");
        return;
    }
    struct ccs_bound_file file;
    struct reading r = {.b = b, .file = &file};
    ccs_bind_check_keys(b, value, path, keys);
    read_names(&r, value, path);
    if (!ccs_bind_file(b, value, path, &file)) {
        return;
    }
    ccs_array_init(&r.rows, sizeof(struct ccs_recording_row));
    parse(&r);
    if (r.status == CCS_OK && r.rows.len == 0) {
        fault(&r, CCS_E116, "the table has no rows");
    }
    if (r.status == CCS_OK) {
        keep_sorted(&r, out);
    }
    ccs_array_fini(&r.rows, b->arena);
    b->status = r.status == CCS_OK || b->status == CCS_ENOMEM ? b->status : r.status;
    free(file.text);
    free(file.name);
}

/* A file of recorded arrivals and the names of its columns. */
void ccs_schema_recording(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    static const char *const names[] = {"csv", "arrival", "talk", "issue_type", "channel", NULL};
    static const char *const unit_names[] = {"s", "min", "h", NULL};
    static const char *const needed[] = {"csv", NULL};
    (void)field;
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    for (int i = 0; names[i] != NULL; i++) {
        ccs_schema_property_type(w, names[i], "string");
    }
    ccs_schema_property_choices(w, "unit", unit_names);
    ccs_json_out_end_object(&w->out);
    ccs_schema_closed(w);
    ccs_schema_required(w, needed);
}
