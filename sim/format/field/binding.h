/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files that bind values share: the state of one binding, how to complain, and values
 * that several kinds have in them (the kinds themselves: kinds.h). Not for others.
 *
 * Every ccs_bind_* function fills its target or reports why not; none stops the binding. The
 * target is zeroed beforehand.
 */
#ifndef CCS_FORMAT_FIELD_BINDING_H
#define CCS_FORMAT_FIELD_BINDING_H

#include "format/document/path.h"
#include "format/field/bind.h"

#include <stdbool.h>

struct cJSON;

struct ccs_binding {
    const struct ccs_document *doc;
    const struct ccs_name_group *group;
    size_t group_n;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    bool is_default; /* the value comes from a row's `def`, not from the document */
    ccs_status status;
};

/* Reports at the value (at its key: ccs_binding_fail_key). */
void ccs_binding_fail(struct ccs_binding *b, enum ccs_diag_code code, const struct ccs_path *path,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));
void ccs_binding_fail_key(struct ccs_binding *b, enum ccs_diag_code code,
                          const struct ccs_path *path, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "must be EXPECTED (found ...)"; null is reported as null. */
void ccs_binding_want(struct ccs_binding *b, const struct ccs_path *path, const struct cJSON *value,
                      const char *expected);

/* Are there so many errors that nobody will see the next one, nor need a suggestion? */
bool ccs_binding_is_flooded(const struct ccs_binding *b);

/* Zeroed; NULL, and the binding's status says so, when memory is exhausted. */
void *ccs_binding_alloc(struct ccs_binding *b, size_t n, size_t size);

/* The pointer of a path, in the arena; NULL as above. */
const char *ccs_binding_pointer(struct ccs_binding *b, const struct ccs_path *path);

/* A finite number within [min, max]. */
bool ccs_bind_number(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                     double min, double max, double *out);

/* A duration within [min, max] seconds. */
bool ccs_bind_duration_s(struct ccs_binding *b, const struct cJSON *value,
                         const struct ccs_path *path, double min, double max, double *seconds);

/* A list of numbers within [min, max]. */
void ccs_bind_numbers(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                      double min, double max, struct ccs_real_list *out);

/* The column that the members "csv" and "column" of `object` name; values within [min, max]. */
void ccs_bind_csv(struct ccs_binding *b, const struct cJSON *object, const struct ccs_path *path,
                  double min, double max, struct ccs_real_list *out);

/* The file that the member "csv" of `object` names: its name (to be freed), text (to be freed) and
 * size, and the pointer to report at. False, and reported, if it cannot be read. */
struct ccs_bound_file {
    char *name, *text;
    size_t size;
    const char *pointer;
};
bool ccs_bind_file(struct ccs_binding *b, const struct cJSON *object, const struct ccs_path *path,
                   struct ccs_bound_file *file);

/* Reports members of `object` that are not in `keys` (NULL-terminated). */
void ccs_bind_check_keys(struct ccs_binding *b, const struct cJSON *object,
                         const struct ccs_path *path, const char *const *keys);

/* Index of a string in a NULL-terminated list, -1 and reported when it is none of them. */
int ccs_bind_choice(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                    const char *const *choices);

/* The range of a row: infinite ends when it has none. */
double ccs_field_min(const struct ccs_field *field);
double ccs_field_max(const struct ccs_field *field);

/* A day as its number. False, and reported, if it is none. */
bool ccs_bind_day(struct ccs_binding *b, const struct cJSON *value, const struct ccs_path *path,
                  int64_t *out);

/* The names of a group, which must be there. */
const struct ccs_name_group *ccs_binding_group(const struct ccs_binding *b, const char *group);

#endif
