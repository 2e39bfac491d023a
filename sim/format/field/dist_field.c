/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Distributions (CCS_FIELD_DIST, _MONEY, _REAL), by the table in random/dist.h:
 *
 *   "90 s"  or  12.5                                     constant (durations; money and numbers)
 *   {"dist": "lognormal", "mean": "6 min", "cv": 1.2}    mean min mode max sd in the field's unit
 *   {"dist": "empirical", "values": ["20 s", "3 min"]}   or numbers with "unit": "s"
 *   {"dist": "empirical", "csv": "talk.csv", "column": "seconds", "unit": "s"}
 *   {"dist": "mixture", "parts": [{"weight": 0.3, "dist": ...}, ...]}
 *
 * "unit" says what plain numbers of a duration are; money and numbers have none. The row's range
 * holds for the mean.
 */
#include "base/json_out.h"
#include "format/document/json.h"
#include "format/document/text.h"
#include "format/field/binding.h"
#include "format/field/duration.h"
#include "format/field/kinds.h"
#include "format/field/schema_writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

/* The parameters that are one number; the others are lists. */
static const struct parameter {
    const char *key;
    unsigned bit;
    size_t offset;      /* in struct ccs_dist_spec */
    bool has_dimension; /* in the unit of the quantity */
} parameters[] = {
    {"mean", CCS_PARAM_MEAN, offsetof(struct ccs_dist_spec, mean), true},
    {"cv", CCS_PARAM_CV, offsetof(struct ccs_dist_spec, cv), false},
    {"sd", CCS_PARAM_CV, offsetof(struct ccs_dist_spec, sd), true},
    {"min", CCS_PARAM_MIN, offsetof(struct ccs_dist_spec, min), true},
    {"mode", CCS_PARAM_MODE, offsetof(struct ccs_dist_spec, mode), true},
    {"max", CCS_PARAM_MAX, offsetof(struct ccs_dist_spec, max), true},
    {"stages", CCS_PARAM_STAGES, offsetof(struct ccs_dist_spec, stages), false},
};
enum {
    PARAMETER_N = sizeof parameters / sizeof parameters[0]
};

static const struct {
    const char *key;
    unsigned bit;
} lists[] = {
    {"values", CCS_PARAM_VALUES}, {"csv", CCS_PARAM_VALUES},  {"column", CCS_PARAM_VALUES},
    {"unit", CCS_PARAM_VALUES},   {"parts", CCS_PARAM_PARTS},
};
enum {
    LIST_N = sizeof lists / sizeof lists[0]
};

struct dist_binding {
    struct ccs_binding *b;
    enum ccs_field_type type;
    bool is_part; /* of a mixture: has a weight */
};

static bool is_duration(const struct dist_binding *d)
{
    return d->type == CCS_FIELD_DIST;
}

/* One quantity in the field's unit. */
static bool bind_quantity(const struct dist_binding *d, const struct cJSON *value,
                          const struct ccs_path *path, double *out)
{
    return is_duration(d) ? ccs_bind_duration_s(d->b, value, path, -INFINITY, INFINITY, out)
                          : ccs_bind_number(d->b, value, path, -INFINITY, INFINITY, out);
}

static void *alloc_table(void *context, size_t bytes)
{
    return ccs_binding_alloc(context, 1, bytes);
}

/* Makes the distribution; a refusal is reported at the parameter its message begins with. */
static void make(const struct dist_binding *d, const struct ccs_dist_info *info,
                 const struct ccs_dist_spec *spec, const struct cJSON *value,
                 const struct ccs_path *path, struct ccs_dist *out)
{
    const char *refusal = info->make(out, spec, alloc_table, d->b);
    if (refusal == NULL || d->b->status == CCS_ENOMEM) {
        return;
    }
    for (size_t i = 0; i < PARAMETER_N; i++) {
        const char *key = parameters[i].key;
        size_t n = strlen(key);
        if (strncmp(refusal, key, n) == 0 && refusal[n] == ' ' &&
            ccs_json_member(value, key) != NULL) {
            struct ccs_path here = ccs_path_key(path, key);
            ccs_binding_fail(d->b, CCS_E216, &here, "%s: %s", info->name, refusal);
            return;
        }
    }
    ccs_binding_fail(d->b, CCS_E216, path, "%s: %s", info->name, refusal);
}

/* ---- Which parameters are there ---- */

static void check_parameters(const struct dist_binding *d, const struct ccs_dist_info *info,
                             const struct cJSON *value, const struct ccs_path *path)
{
    const char *keys[PARAMETER_N + LIST_N + 3];
    size_t n = 0;
    unsigned given = 0;
    keys[n++] = "dist";
    if (d->is_part) {
        keys[n++] = "weight";
    }
    for (size_t i = 0; i < PARAMETER_N + LIST_N; i++) {
        const char *key = i < PARAMETER_N ? parameters[i].key : lists[i - PARAMETER_N].key;
        unsigned bit = i < PARAMETER_N ? parameters[i].bit : lists[i - PARAMETER_N].bit;
        keys[n++] = key;
        if (ccs_json_member(value, key) == NULL) {
            continue;
        }
        given |= bit;
        if (((info->required | info->optional) & bit) == 0) {
            struct ccs_path here = ccs_path_key(path, key);
            ccs_binding_fail_key(d->b, CCS_E216, &here,
                                 "the %s distribution takes no `%s`; if it is inherited, delete it "
                                 "with \"%s\": null",
                                 info->name, key, key);
        }
    }
    keys[n] = NULL;
    ccs_bind_check_keys(d->b, value, path, keys);
    if (ccs_json_member(value, "cv") != NULL && ccs_json_member(value, "sd") != NULL) {
        struct ccs_path here = ccs_path_key(path, "sd");
        ccs_binding_fail_key(d->b, CCS_E216, &here, "give either `cv` or `sd`, not both");
    }
    for (size_t i = 0; i < PARAMETER_N; i++) {
        unsigned missing = info->required & ~given & parameters[i].bit;
        if (missing != 0 && strcmp(parameters[i].key, "sd") != 0) {
            struct ccs_path here = ccs_path_key(path, parameters[i].key);
            ccs_binding_fail(d->b, CCS_E201, &here, "the %s distribution needs `%s`%s", info->name,
                             parameters[i].key, missing == CCS_PARAM_CV ? " or `sd`" : "");
        }
    }
}

/* ---- Lists ---- */

/* Seconds per plain number; 0, and reported, when a duration has no unit. */
static double bind_unit(const struct dist_binding *d, const struct cJSON *value,
                        const struct ccs_path *path, bool is_needed)
{
    const struct cJSON *unit = ccs_json_member(value, "unit");
    struct ccs_path here = ccs_path_key(path, "unit");
    double seconds = 0.0;
    if (!is_duration(d)) {
        if (unit != NULL) {
            ccs_binding_fail_key(d->b, CCS_E216, &here, "only durations have a unit");
        }
        return 1.0;
    }
    if (unit == NULL) {
        if (is_needed) {
            ccs_binding_fail(d->b, CCS_E201, &here,
                             "say what the numbers are: \"unit\": \"s\", or \"min\"");
        }
    } else if (!cJSON_IsString(unit)) {
        ccs_binding_want(d->b, &here, unit, "a unit of time like \"s\"");
    } else if (!ccs_duration_unit(unit->valuestring, &seconds)) {
        ccs_binding_fail(d->b, CCS_E210, &here,
                         "must be one of ms s min h days weeks months years (found \"%.40s\")",
                         unit->valuestring);
    }
    return seconds;
}

static void bind_value_list(const struct dist_binding *d, const struct cJSON *value,
                            const struct ccs_path *path, struct ccs_real_list *out)
{
    const struct cJSON *values = ccs_json_member(value, "values");
    struct ccs_path here = ccs_path_key(path, "values");
    if (!cJSON_IsArray(values)) {
        ccs_binding_want(d->b, &here, values,
                         is_duration(d) ? "a list of durations" : "a list of numbers");
        return;
    }
    bool has_numbers = false;
    for (const struct cJSON *item = values->child; item != NULL; item = item->next) {
        has_numbers = has_numbers || cJSON_IsNumber(item);
    }
    double scale = bind_unit(d, value, path, has_numbers);
    out->v = ccs_binding_alloc(d->b, (size_t)cJSON_GetArraySize(values), sizeof *out->v);
    if (out->v == NULL) {
        return;
    }
    for (const struct cJSON *item = values->child; item != NULL; item = item->next) {
        struct ccs_path at_item = ccs_path_index(&here, out->n);
        double *v = &out->v[out->n++];
        if (cJSON_IsNumber(item)) {
            *v = item->valuedouble * scale;
        } else {
            bind_quantity(d, item, &at_item, v);
        }
    }
}

static void bind_empirical(const struct dist_binding *d, const struct cJSON *value,
                           const struct ccs_path *path, struct ccs_dist_spec *spec)
{
    struct ccs_real_list list = {NULL, 0};
    bool has_values = ccs_json_member(value, "values") != NULL;
    bool has_csv = ccs_json_member(value, "csv") != NULL;
    if (has_values == has_csv) {
        ccs_binding_fail(d->b, CCS_E216, path, "must have either `values` or `csv`%s",
                         has_csv ? ", not both" : "");
        return;
    }
    if (has_values) {
        if (ccs_json_member(value, "column") != NULL) {
            struct ccs_path here = ccs_path_key(path, "column");
            ccs_binding_fail_key(d->b, CCS_E216, &here, "belongs to `csv`, not to `values`");
        }
        bind_value_list(d, value, path, &list);
    } else {
        double scale = bind_unit(d, value, path, true);
        ccs_bind_csv(d->b, value, path, 0, INFINITY, &list);
        for (size_t i = 0; i < list.n; i++) {
            list.v[i] *= scale;
        }
    }
    spec->values = list.v;
    spec->value_n = list.n;
}

static void bind_object(const struct dist_binding *d, const struct cJSON *value,
                        const struct ccs_path *path, struct ccs_dist *out);

static void bind_mixture(const struct dist_binding *d, const struct cJSON *value,
                         const struct ccs_path *path, struct ccs_dist_spec *spec)
{
    const struct cJSON *list = ccs_json_member(value, "parts");
    struct ccs_path here = ccs_path_key(path, "parts");
    struct dist_binding part = {d->b, d->type, true};
    if (!cJSON_IsArray(list)) {
        if (list == NULL) {
            ccs_binding_fail(d->b, CCS_E201, &here, "the mixture distribution needs `parts`");
        } else {
            ccs_binding_want(d->b, &here, list, "a list of distributions with a weight each");
        }
        return;
    }
    size_t n = (size_t)cJSON_GetArraySize(list);
    struct ccs_dist *parts = ccs_binding_alloc(d->b, n, sizeof *parts);
    double *weights = ccs_binding_alloc(d->b, n, sizeof *weights);
    if (parts == NULL || weights == NULL) {
        return;
    }
    size_t i = 0;
    for (const struct cJSON *item = list->child; item != NULL; item = item->next, i++) {
        struct ccs_path at_item = ccs_path_index(&here, i);
        struct ccs_path at_weight = ccs_path_key(&at_item, "weight");
        const struct cJSON *weight = ccs_json_member(item, "weight");
        if (!cJSON_IsObject(item)) {
            ccs_binding_want(d->b, &at_item, item, "an object with `weight` and `dist`");
            continue;
        }
        if (weight == NULL) {
            ccs_binding_fail(d->b, CCS_E201, &at_weight, "each part needs a `weight`");
        } else if (ccs_bind_number(d->b, weight, &at_weight, 0, INFINITY, &weights[i]) &&
                   weights[i] == 0) {
            ccs_binding_fail(d->b, CCS_E214, &at_weight, "must be > 0 (found 0)");
        }
        bind_object(&part, item, &at_item, &parts[i]);
    }
    spec->parts = parts;
    spec->weights = weights;
    spec->part_n = n;
}

/* ---- The whole ---- */

static const struct ccs_dist_info *bind_name(const struct dist_binding *d,
                                             const struct cJSON *value, const struct ccs_path *path)
{
    const struct cJSON *name = ccs_json_member(value, "dist");
    struct ccs_path here = ccs_path_key(path, "dist");
    const char *names[CCS_DIST_KIND_COUNT + 1];
    for (int i = 0; i < CCS_DIST_KIND_COUNT; i++) {
        names[i] = ccs_dist_table[i].name;
    }
    names[CCS_DIST_KIND_COUNT] = NULL;
    if (name == NULL) {
        ccs_binding_fail(d->b, CCS_E201, &here,
                         "a distribution needs `dist`, its name, like \"lognormal\"");
        return NULL;
    }
    int choice = ccs_bind_choice(d->b, name, &here, names);
    return choice < 0 ? NULL : &ccs_dist_table[choice];
}

static void bind_object(const struct dist_binding *d, const struct cJSON *value,
                        const struct ccs_path *path, struct ccs_dist *out)
{
    const struct ccs_dist_info *info = bind_name(d, value, path);
    if (info == NULL) {
        return;
    }
    ccs_status before = d->b->status;
    d->b->status = CCS_OK;
    struct ccs_dist_spec spec = ccs_dist_spec_empty();
    check_parameters(d, info, value, path);
    for (size_t i = 0; i < PARAMETER_N; i++) {
        const struct parameter *p = &parameters[i];
        const struct cJSON *member = ccs_json_member(value, p->key);
        struct ccs_path here = ccs_path_key(path, p->key);
        double *target = (double *)(void *)((char *)&spec + p->offset);
        if (member != NULL && p->has_dimension) {
            bind_quantity(d, member, &here, target);
        } else if (member != NULL) {
            ccs_bind_number(d->b, member, &here, -INFINITY, INFINITY, target);
        }
    }
    if ((info->required & CCS_PARAM_VALUES) != 0) {
        bind_empirical(d, value, path, &spec);
    }
    if ((info->required & CCS_PARAM_PARTS) != 0) {
        bind_mixture(d, value, path, &spec);
    }
    if (d->b->status == CCS_OK) { /* otherwise the reasons are told already */
        make(d, info, &spec, value, path, out);
    }
    d->b->status = d->b->status == CCS_OK ? before : d->b->status;
}

static void check_range(const struct dist_binding *d, const struct ccs_field *field,
                        const struct ccs_path *path, const struct ccs_dist *dist)
{
    double mean = ccs_dist_mean(dist);
    double min = ccs_field_min(field), max = ccs_field_max(field);
    if (mean >= min && mean <= max) {
        return;
    }
    char range[CCS_RANGE_TEXT], found[CCS_DOUBLE_TEXT];
    ccs_binding_fail(d->b, CCS_E214, path, "the mean %s%s (found %s)",
                     ccs_text_range(range, min, max), is_duration(d) ? " seconds" : "",
                     ccs_double_text(found, mean));
}

void ccs_bind_dist(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *target)
{
    struct ccs_dist *out = target;
    struct dist_binding d = {b, field->type, false};
    ccs_status before = b->status;
    b->status = CCS_OK;
    if (cJSON_IsObject(value)) {
        bind_object(&d, value, path, out);
    } else if (is_duration(&d) ? !cJSON_IsString(value) && !cJSON_IsNumber(value)
                               : !cJSON_IsNumber(value)) {
        ccs_binding_want(b, path, value,
                         is_duration(&d)
                             ? "a duration like \"90 s\" or a distribution like {\"dist\": "
                               "\"lognormal\", \"mean\": \"6 min\", \"cv\": 1.2}"
                             : "a number or a distribution like {\"dist\": \"gamma\", \"mean\": "
                               "20, \"cv\": 0.5}");
    } else {
        struct ccs_dist_spec spec = ccs_dist_spec_empty();
        if (bind_quantity(&d, value, path, &spec.mean)) {
            make(&d, &ccs_dist_table[CCS_DIST_CONSTANT], &spec, value, path, out);
        }
    }
    if (b->status == CCS_OK) {
        check_range(&d, field, path, out);
    }
    b->status = b->status == CCS_OK ? before : b->status;
}

void ccs_absent_dist(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out)
{
    (void)b, (void)field, (void)path;
    ((struct ccs_dist *)out)->kind = CCS_DIST_KIND_COUNT;
}

void ccs_schema_dist(struct ccs_schema_writer *w, const struct ccs_field *field)
{
    ccs_schema_reference(w, field->type == CCS_FIELD_DIST ? "dist" : "dist_number");
}
