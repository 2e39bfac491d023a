/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kinds of fields: one row of functions per kind (kinds.c), from which binding, the schema, the
 * reference and `explain` are made. Not for others.
 *
 * A binder fills `out`, the zeroed member, or reports why not; `value` is never null. ccs_absent_*
 * writes what stands for no value (field_values.h). ccs_schema_* writes the members of the object
 * that describes a value.
 */
#ifndef CCS_FORMAT_FIELD_KINDS_H
#define CCS_FORMAT_FIELD_KINDS_H

#include "format/field/field.h"

struct cJSON;
struct ccs_binding;
struct ccs_path;
struct ccs_schema_writer;

enum ccs_kind_holds {
    CCS_HOLDS_VALUE,
    CCS_HOLDS_SECTION, /* the members of the row's section */
    CCS_HOLDS_RECORDS  /* such an object under each of the user's names */
};

struct ccs_kind {
    const char *takes; /* for the reference; $ is where the row's group of names goes; the row's
                          choices follow, and are all there is if this is "" */
    void (*bind)(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                 const struct ccs_path *path, void *out);
    void (*absent)(struct ccs_binding *b, const struct ccs_field *field,
                   const struct ccs_path *path, void *out); /* NULL: zeros say it */
    void (*schema)(struct ccs_schema_writer *w, const struct ccs_field *field);
    size_t size; /* of the member; 0: that of the row's section */
    enum ccs_kind_holds holds;
    bool is_time;         /* the row's range is of seconds, and shown as durations */
    bool may_be_left_out; /* even where the row has no default */
};

const struct ccs_kind *ccs_kind_of(const struct ccs_field *field);

/* plain_field.c */
void ccs_bind_bool(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out);
void ccs_schema_bool(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_int(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *out);
void ccs_absent_int(struct ccs_binding *b, const struct ccs_field *field,
                    const struct ccs_path *path, void *out);
void ccs_schema_int(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_real(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out);
void ccs_absent_real(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out);
void ccs_schema_real(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_probability(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_probability(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_duration(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_absent_duration(struct ccs_binding *b, const struct ccs_field *field,
                         const struct ccs_path *path, void *out);
void ccs_schema_duration(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_date(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out);
void ccs_schema_date(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_string(struct ccs_binding *b, const struct ccs_field *field,
                     const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_string(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_enum(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out);
void ccs_absent_enum(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out);
void ccs_schema_enum(struct ccs_schema_writer *w, const struct ccs_field *field);

/* list_field.c */
void ccs_bind_string_list(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_string_list(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_real_list(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_real_list(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_date_list(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_date_list(struct ccs_schema_writer *w, const struct ccs_field *field);

/* bind_names.c */
void ccs_bind_ref(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *out);
void ccs_bind_ref_list(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_ref_list(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_real_map(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_real_map(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_real_matrix(struct ccs_binding *b, const struct ccs_field *field,
                          const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_real_matrix(struct ccs_schema_writer *w, const struct ccs_field *field);

/* dist_field.c */
void ccs_bind_dist(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                   const struct ccs_path *path, void *out);
void ccs_absent_dist(struct ccs_binding *b, const struct ccs_field *field,
                     const struct ccs_path *path, void *out);
void ccs_schema_dist(struct ccs_schema_writer *w, const struct ccs_field *field);

/* hours.c */
void ccs_bind_hours(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                    const struct ccs_path *path, void *out);
void ccs_schema_hours(struct ccs_schema_writer *w, const struct ccs_field *field);

/* series.c */
void ccs_bind_series(struct ccs_binding *b, const struct ccs_field *field,
                     const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_series(struct ccs_schema_writer *w, const struct ccs_field *field);

/* recording.c */
void ccs_bind_recording(struct ccs_binding *b, const struct ccs_field *field,
                        const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_recording(struct ccs_schema_writer *w, const struct ccs_field *field);

/* bind.c and schema.c */
void ccs_bind_section(struct ccs_binding *b, const struct ccs_field *field,
                      const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_schema_section(struct ccs_schema_writer *w, const struct ccs_field *field);
void ccs_bind_optional(struct ccs_binding *b, const struct ccs_field *field,
                       const struct cJSON *value, const struct ccs_path *path, void *out);
void ccs_bind_map(struct ccs_binding *b, const struct ccs_field *field, const struct cJSON *value,
                  const struct ccs_path *path, void *out);
void ccs_absent_map(struct ccs_binding *b, const struct ccs_field *field,
                    const struct ccs_path *path, void *out);
void ccs_schema_map(struct ccs_schema_writer *w, const struct ccs_field *field);

#endif
