/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening hours of a week (CCS_FIELD_HOURS):
 *
 *   "always"
 *   {"mon-fri": "08:00-18:00", "sat": ["09:00-12:00", "13:00-16:00"]}
 *
 * Days are mon tue wed thu fri sat sun or a range of them, which may go over Sunday ("sat-mon").
 * A span ends on the day it begins, 24:00 at the latest. {} is never open.
 *
 * Invariant of the result: sorted, disjoint, and not even touching (touching spans are merged).
 */
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAY_MIN = 24 * 60,
    WEEK_MIN = 7 * DAY_MIN
};

static const char *const day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* 0 = Monday; -1 if the first three bytes are no day. */
static int day_of(const char *text)
{
    for (int i = 0; i < 7; i++) {
        if (strncmp(text, day_names[i], 3) == 0) {
            return i;
        }
    }
    return -1;
}

/* "mon" or "mon-fri" as first day and number of days. */
static bool parse_days(const char *text, int *first, int *n)
{
    size_t length = strlen(text);
    *first = day_of(text);
    *n = 1;
    if (length == 3) {
        return *first >= 0;
    }
    if (length != 7 || text[3] != '-') {
        return false;
    }
    int last = day_of(text + 4);
    *n = (last - *first + 7) % 7 + 1;
    return *first >= 0 && last >= 0;
}

/* A minute of the week is open or not: slow and plainly right. */
struct week {
    bool is_open[WEEK_MIN];
};

static void add_span(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                     int first, int n, struct week *week)
{
    const char *text = cJSON_IsString(value) ? value->valuestring : NULL;
    int32_t from, to;
    if (text == NULL) {
        ccs_binding_want(b, path, value, "a span of time like \"08:00-18:00\"");
        return;
    }
    if (strlen(text) != 11 || text[5] != '-' || !ccs_clock_parse(text, 5, &from) ||
        !ccs_clock_parse(text + 6, 5, &to)) {
        ccs_binding_fail(b, CCS_E212, path,
                         "must be a span of time like \"08:00-18:00\" (found \"%.40s\")", text);
        return;
    }
    if (from >= to) {
        ccs_binding_fail(b, CCS_E212, path,
                         "must end after it begins (found \"%s\"); over midnight write "
                         "\"%.5s-24:00\" and, on the next day, \"00:00-%.5s\"",
                         text, text, text + 6);
        return;
    }
    bool has_overlap = false;
    for (int i = 0; i < n; i++) {
        int32_t midnight = (first + i) % 7 * DAY_MIN;
        for (int32_t minute = midnight + from; minute < midnight + to; minute++) {
            has_overlap = has_overlap || week->is_open[minute];
            week->is_open[minute] = true;
        }
    }
    if (has_overlap) {
        ccs_binding_fail(b, CCS_E213, path, "\"%s\" overlaps with hours given before", text);
    }
}

static void add_days(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                     struct week *week)
{
    int first, n;
    if (!parse_days(value->string, &first, &n)) {
        ccs_binding_fail_key(b, CCS_E212, path,
                             "must be a day (mon tue wed thu fri sat sun) or a range of days like "
                             "\"mon-fri\"");
        return;
    }
    if (!cJSON_IsArray(value)) {
        add_span(b, value, path, first, n, week);
        return;
    }
    size_t index = 0;
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_index(path, index++);
        add_span(b, item, &here, first, n, week);
    }
}

/* Writes the open stretches to `span` (NULL: only counts them) and returns their number. */
static size_t stretches(const struct week *week, struct ccs_week_span *span)
{
    size_t n = 0;
    for (int32_t minute = 0; minute < WEEK_MIN; minute++) {
        bool was_open = minute > 0 && week->is_open[minute - 1];
        if (!week->is_open[minute]) {
            continue;
        }
        n += was_open ? 0 : 1;
        if (span != NULL) {
            span[n - 1].from_min = was_open ? span[n - 1].from_min : minute;
            span[n - 1].to_min = minute + 1;
        }
    }
    return n;
}

void ccs_bind_hours(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                    const struct ccs_path *path, void *target)
{
    struct ccs_week_hours *out = target;
    (void)field;
    bool is_always = cJSON_IsString(value) && strcmp(value->valuestring, "always") == 0;
    if (!is_always && !cJSON_IsObject(value)) {
        ccs_binding_want(b, path, value,
                         "\"always\" or an object like {\"mon-fri\": \"08:00-18:00\"}");
        return;
    }
    struct week *week = calloc(1, sizeof *week);
    if (week == NULL) {
        b->status = CCS_ENOMEM;
        return;
    }
    if (is_always) {
        memset(week->is_open, true, sizeof week->is_open);
    }
    const struct cJSON *item = is_always ? NULL : value->child;
    for (; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_key(path, item->string);
        add_days(b, item, &here, week);
    }
    out->n = stretches(week, NULL);
    out->span = ccs_binding_alloc(b, out->n, sizeof *out->span);
    if (out->span == NULL) {
        out->n = 0;
    } else {
        stretches(week, out->span);
    }
    free(week);
}

void ccs_schema_hours_definition(struct ccs_schema_writer *w)
{
    static const char span[] = "^([01][0-9]|2[0-3]):[0-5][0-9]-"
                               "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
    static const char day[] = "^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$";
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "const", "always");
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "patternProperties");
    ccs_json_out_begin_object(&w->out);
    ccs_json_out_key(&w->out, "^(\\$|//)");
    ccs_json_out_bool(&w->out, true);
    ccs_json_out_key(&w->out, day);
    ccs_schema_open(w);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "string");
    ccs_schema_member(w, "pattern", span);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "array");
    ccs_json_out_key(&w->out, "items");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "string");
    ccs_schema_member(w, "pattern", span);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
    ccs_schema_close(w);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_key(&w->out, "additionalProperties");
    ccs_json_out_bool(&w->out, false);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
    ccs_json_out_end_object(&w->out);
}

void ccs_schema_hours(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    (void)field;
    ccs_schema_reference(w, "hours");
}
