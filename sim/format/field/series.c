/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantities by interval (CCS_FIELD_SERIES): a number, or an interval table. Members:
 *
 *   interval   length of one interval, at most a week
 *   values     list of numbers, or
 *   csv        file, with `column` (name or number; not needed if there is only one)
 *   repeat     "none" (default), "day", "week", "all": what comes after the last value
 *   from       where the first interval begins: "0 s" by default, less than the repeated period
 *   per_day    values belong to calendar days, so many to each
 *   days       "all" (default) or "weekdays": the days that get values; needs per_day
 *
 * The row's range holds for every value.
 */
#include "base/units.h"
#include "format/document/json.h"
#include "format/field/binding.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

static const char *const keys[] = {"interval", "values",  "csv",  "column", "repeat",
                                   "from",     "per_day", "days", NULL};
static const char *const repeats[] = {"none", "day", "week", "all", NULL};
static const char *const days[] = {"all", "weekdays", NULL};

static void bind_values(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path,
                        struct ccs_series *out)
{
    const struct cJSON *values = ccs_json_member(value, "values");
    const struct cJSON *csv = ccs_json_member(value, "csv");
    double min = ccs_field_min(field), max = ccs_field_max(field);
    struct ccs_real_list list = {NULL, 0};
    if ((values != NULL) == (csv != NULL)) {
        ccs_binding_fail(b, CCS_E217, path, "must have either `values` or `csv`%s",
                         csv != NULL ? ", not both" : "");
        return;
    }
    if (values != NULL) {
        struct ccs_path here = ccs_path_key(path, "values");
        if (ccs_json_member(value, "column") != NULL) {
            struct ccs_path at_column = ccs_path_key(path, "column");
            ccs_binding_fail_key(b, CCS_E217, &at_column, "belongs to `csv`, not to `values`");
        }
        ccs_bind_numbers(b, values, &here, min, max, &list);
        if (cJSON_IsArray(values) && values->child == NULL) {
            ccs_binding_fail(b, CCS_E217, &here, "must have at least one value");
        }
    } else {
        ccs_bind_csv(b, value, path, min, max, &list);
    }
    out->v = list.v;
    out->n = list.n;
}

/* A duration member; false if absent or wrong. */
static bool bind_time(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                      const char *key, double min_s, double max_s, ccs_time *out)
{
    const struct cJSON *member = ccs_json_member(value, key);
    struct ccs_path here = ccs_path_key(path, key);
    double seconds;
    if (member == NULL || !ccs_bind_duration_s(b, member, &here, min_s, max_s, &seconds)) {
        return false;
    }
    *out = ccs_time_from_s(seconds);
    return true;
}

static void bind_options(struct ccs_binding *b, const struct cJSON *value,
                         const struct ccs_path *path, struct ccs_series *out)
{
    const struct cJSON *repeat = ccs_json_member(value, "repeat");
    const struct cJSON *per_day = ccs_json_member(value, "per_day");
    const struct cJSON *which = ccs_json_member(value, "days");
    struct ccs_path at_repeat = ccs_path_key(path, "repeat");
    struct ccs_path at_per_day = ccs_path_key(path, "per_day");
    struct ccs_path at_days = ccs_path_key(path, "days");
    double number;
    if (repeat != NULL) {
        int choice = ccs_bind_choice(b, repeat, &at_repeat, repeats);
        out->repeat = choice < 0 ? CCS_REPEAT_NONE : (enum ccs_series_repeat)choice;
    }
    if (per_day != NULL && ccs_bind_number(b, per_day, &at_per_day, 1, 86400, &number)) {
        if (number != floor(number)) {
            ccs_binding_fail(b, CCS_E215, &at_per_day, "must be a whole number");
        } else {
            out->per_day = (int64_t)number;
        }
    }
    out->weekdays_only = which != NULL && ccs_bind_choice(b, which, &at_days, days) == 1;
    if (out->weekdays_only && per_day == NULL) {
        ccs_binding_fail(b, CCS_E217, &at_days,
                         "\"weekdays\" needs `per_day`, the number of values of one day");
    }
}

/* What the members must be to each other. Only called when each is right by itself. */
static void check_fit(struct ccs_binding *b, const struct ccs_path *path,
                      const struct ccs_series *s)
{
    double interval = ccs_time_to_s(s->interval);
    double covered = ccs_time_to_s(s->from) + interval * (double)s->n;
    if (s->per_day > 0) {
        struct ccs_path here = ccs_path_key(path, "per_day");
        if (s->n % (size_t)s->per_day != 0) {
            ccs_binding_fail(b, CCS_E217, &here, "must divide the number of values, which is %zu",
                             s->n);
        }
        if (ccs_time_to_s(s->from) + interval * (double)s->per_day > 86400) {
            ccs_binding_fail(b, CCS_E217, &here, "`from` and so many intervals exceed a day");
        }
        if (s->repeat == CCS_REPEAT_DAY || s->repeat == CCS_REPEAT_WEEK) {
            struct ccs_path at_repeat = ccs_path_key(path, "repeat");
            ccs_binding_fail(b, CCS_E217, &at_repeat,
                             "with `per_day` only \"none\" and \"all\" make sense");
        }
    } else if (s->repeat == CCS_REPEAT_DAY && covered > 86400) {
        ccs_binding_fail(b, CCS_E217, path, "%zu intervals do not fit into a day", s->n);
    } else if (s->repeat == CCS_REPEAT_WEEK && covered > 7 * 86400) {
        ccs_binding_fail(b, CCS_E217, path, "%zu intervals do not fit into a week", s->n);
    } else if (covered > 1e9) { /* keeps every end of an interval far from overflowing */
        ccs_binding_fail(b, CCS_E217, path, "the table covers more than 30 years");
    }
}

void ccs_bind_series(struct ccs_binding *b, const struct ccs_field *field,
                     const struct cJSON *value, const struct ccs_path *path, void *target)
{
    struct ccs_series *out = target;
    if (cJSON_IsNumber(value)) {
        out->is_constant = true;
        ccs_bind_number(b, value, path, ccs_field_min(field), ccs_field_max(field), &out->constant);
        return;
    }
    if (!cJSON_IsObject(value)) {
        ccs_binding_want(b, path, value,
                         "a number or an interval table like {\"interval\": \"30 min\", "
                         "\"values\": [..]}");
        return;
    }
    ccs_status before = b->status;
    b->status = CCS_OK;
    struct ccs_path at_interval = ccs_path_key(path, "interval");
    ccs_bind_check_keys(b, value, path, keys);
    if (ccs_json_member(value, "interval") == NULL) {
        ccs_binding_fail(b, CCS_E201, &at_interval, "is required in an interval table");
    }
    bind_time(b, value, path, "interval", 1, 7 * 86400, &out->interval);
    bind_time(b, value, path, "from", 0, 366 * 86400, &out->from);
    bind_options(b, value, path, out);
    bind_values(b, field, value, path, out);
    if (b->status == CCS_OK) {
        check_fit(b, path, out);
    }
    b->status = b->status == CCS_OK ? before : b->status;
}

void ccs_schema_series(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    static const char *const needed[] = {"interval", NULL};
    double min = ccs_field_min(field), max = ccs_field_max(field);
    ccs_json_out_key(&w->out, "anyOf");
    ccs_json_out_begin_array(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_number(w, min, max);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_begin_object(&w->out);
    ccs_schema_member(w, "type", "object");
    ccs_json_out_key(&w->out, "properties");
    ccs_json_out_begin_object(&w->out);
    ccs_schema_property_ref(w, "interval", "duration");
    ccs_schema_property_ref(w, "from", "duration");
    ccs_schema_property_choices(w, "repeat", repeats);
    ccs_schema_property_choices(w, "days", days);
    ccs_schema_property_type(w, "per_day", "integer");
    ccs_schema_property_type(w, "csv", "string");
    ccs_schema_property_column(w);
    ccs_schema_open_items(w, "values");
    ccs_schema_number(w, min, max);
    ccs_schema_close_items(w);
    ccs_json_out_end_object(&w->out);
    ccs_schema_required(w, needed);
    ccs_schema_closed(w);
    ccs_json_out_end_object(&w->out);
    ccs_json_out_end_array(&w->out);
}
