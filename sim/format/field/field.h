/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Field rows: the one description of a scenario key from which parsing, units, ranges, defaults,
 * --set, the JSON Schema, the reference table and `explain` are all made. Rows are owned by the
 * module whose struct they fill (teams by config/, a mechanism by its file, a policy by its file);
 * this layer knows no module. What there is to know of a kind of field is its row in kinds.c.
 *
 * A *section* is a JSON object bound to one C struct. A section of kind MAP is an object keyed by
 * the user's names; it becomes an array of records sorted by name (strcmp), so that the order in
 * the file never matters. A VARIANT is an object whose "kind" member chooses the section.
 *
 * A new kind: a name in enum ccs_field_type, the C type it fills in union ccs_field_member, a row
 * in kinds.c and the functions it names.
 *
 * Invariants: rows are static and const; a bound struct is plain data whose pointers live in the
 * arena given to the binder; binding never stops at the first problem.
 */
#ifndef CCS_FORMAT_FIELD_FIELD_H
#define CCS_FORMAT_FIELD_FIELD_H

#include "base/arena.h"
#include "format/field/field_values.h"

#include <ccsim/diagnostic.h>
#include <ccsim/status.h>

enum ccs_field_type {
    CCS_FIELD_BOOL,
    CCS_FIELD_INT,
    CCS_FIELD_REAL,
    CCS_FIELD_PROBABILITY, /* in [0, 1] */
    CCS_FIELD_MONEY,       /* currency units */
    CCS_FIELD_DURATION,    /* JSON string with unit, or word i of `choices`: -(i + 1) */
    CCS_FIELD_DATE,        /* days since 1970-01-01; JSON "YYYY-MM-DD" */
    CCS_FIELD_STRING,
    CCS_FIELD_STRING_LIST,
    CCS_FIELD_ENUM,       /* index into `choices` */
    CCS_FIELD_REF,        /* index into the sorted names of group `ref` */
    CCS_FIELD_REF_LIST,   /* min and max: of the number of names */
    CCS_FIELD_DIST,       /* over seconds: a DURATION string means constant */
    CCS_FIELD_DIST_MONEY, /* over currency units: a number means constant */
    CCS_FIELD_DIST_REAL,  /* over plain numbers: a number means constant */
    CCS_FIELD_REAL_LIST,
    CCS_FIELD_DATE_LIST,   /* sorted day numbers */
    CCS_FIELD_REAL_MAP,    /* names of group `ref` -> number */
    CCS_FIELD_REAL_MATRIX, /* name of `ref` -> name of `ref` -> number */
    CCS_FIELD_HOURS,       /* {"mon-fri": "08:00-18:00", ...} */
    CCS_FIELD_SERIES,      /* number, or interval table (inline or CSV) */
    CCS_FIELD_RECORDING,   /* a recorded list of arrivals, from CSV */
    CCS_FIELD_SECTION,     /* nested struct, described by `section` */
    CCS_FIELD_OPTIONAL,    /* pointer to struct (NULL if absent), by `section` */
    CCS_FIELD_MAP          /* user-named records, by `section` */
};
enum {
    CCS_FIELD_TYPE_COUNT = CCS_FIELD_MAP + 1
};

/* What each kind writes into its member; SECTION and OPTIONAL write the struct of their section. */
union ccs_field_member {
    bool BOOL;
    int64_t INT, DATE;
    double REAL, PROBABILITY, MONEY;
    ccs_time DURATION;
    const char *STRING;
    struct ccs_string_list STRING_LIST;
    int ENUM;
    int32_t REF;
    struct ccs_ref_list REF_LIST;
    struct ccs_dist DIST, DIST_MONEY, DIST_REAL;
    struct ccs_real_list REAL_LIST, DATE_LIST;
    struct ccs_real_map REAL_MAP;
    struct ccs_real_matrix REAL_MATRIX;
    struct ccs_week_hours HOURS;
    struct ccs_series SERIES;
    struct ccs_recording RECORDING;
    struct ccs_map MAP;
};

struct ccs_section;

struct ccs_field {
    const char *key;
    enum ccs_field_type type;
    size_t offset, size; /* of the member; OPTIONAL: of what it points to; 0: not known */
    double min, max;     /* inclusive; in the unit of the key (durations: seconds); both 0: none */
    const char *unit;    /* "per customer and year", "USD/h"; NULL: as the type says */
    const char *def;     /* default as JSON text; NULL: required (OPTIONAL and MAP: absent/empty) */
    const char *help;    /* one sentence */
    const char *source;  /* of the default: literature, or "assumption"; NULL when def is neutral */
    const char *favours; /* side the default favours, for `explain`; NULL: none */
    const char *ref;     /* group of names: "teams", "channels", "segments", ... */
    const char *const *choices; /* ENUM, or words a DURATION takes besides; NULL-terminated */
    size_t at_least;            /* lists: fewest elements */
    const struct ccs_section *section;
};

/* Rows of the sections a VARIANT can take, chosen by the member "kind". */
struct ccs_variant {
    const char *kind;
    const struct ccs_section *section;
};

struct ccs_section {
    const char *title; /* "team", for the reference */
    const char *help;  /* one or two sentences */
    size_t size;       /* of the bound struct */
    const struct ccs_field *field;
    size_t field_n;
    const struct ccs_variant *variant; /* NULL unless this section is a variant; then the struct
                                          begins with struct ccs_variant_value and `field` are
                                          the members every kind has */
    size_t variant_n;
};

struct ccs_variant_value {
    int kind;    /* index into section->variant */
    void *value; /* bound struct of that variant */
};

/*
 * Rows are written with these: the key is the member's name unless given (_AS), what follows sets
 * further members of struct ccs_field.
 *
 *   CCS_ROW(INT, struct ccs_menus_config, depth, .min = 1, .max = 50, .help = "..."),
 *   CCS_ROW_AS("after_busy", REAL_LIST, struct ccs_redial_config, after[CCS_LOSS_BUSY], ...),
 *
 * They do not compile unless the member has the type that the kind writes. (int64_t and ccs_time
 * are one type to the compiler, and so are int and int32_t.)
 */
#define CCS_ROW(kind, record, member, ...) CCS_ROW_AS(#member, kind, record, member, __VA_ARGS__)
#define CCS_ROW_AS(key_, kind, record, member, ...)                                                \
    {                                                                                              \
        .key = key_, .type = CCS_FIELD_##kind, .size = sizeof CCS_MEMBER(record, member),          \
        .offset = offsetof(record, member) +                                                       \
                  CCS_ZERO_IF(CCS_SAME_TYPE(CCS_MEMBER(record, member),                            \
                                            CCS_MEMBER(union ccs_field_member, kind)),             \
                              "the member has not the type that this kind of field writes"),       \
        __VA_ARGS__                                                                                \
    }

/* The member is the struct of the section. (That it is, a test finds out by the sizes.) */
#define CCS_ROW_SECTION(record, member, ...)                                                       \
    CCS_ROW_SECTION_AS(#member, record, member, __VA_ARGS__)
#define CCS_ROW_SECTION_AS(key_, record, member, ...)                                              \
    {                                                                                              \
        .key = key_, .type = CCS_FIELD_SECTION, .size = sizeof CCS_MEMBER(record, member),         \
        .offset = offsetof(record, member), __VA_ARGS__                                            \
    }

/* The member is a pointer to it. */
#define CCS_ROW_OPTIONAL(record, member, ...)                                                      \
    {                                                                                              \
        .key = #member, .type = CCS_FIELD_OPTIONAL, .size = sizeof *CCS_MEMBER(record, member),    \
        .offset =                                                                                  \
            offsetof(record, member) +                                                             \
            CCS_ZERO_IF(CCS_SAME_TYPE(CCS_MEMBER(record, member), &*CCS_MEMBER(record, member)),   \
                        "the member is no pointer"),                                               \
        __VA_ARGS__                                                                                \
    }

/* The rows of a section. */
#define CCS_ROWS(rows) .field = (rows), .field_n = sizeof(rows) / sizeof(rows)[0]

#define CCS_MEMBER(record, member) (((record *)0)->member)
#define CCS_SAME_TYPE(a, b) __builtin_types_compatible_p(__typeof__(a), __typeof__(b))
#define CCS_ZERO_IF(condition, message)                                                            \
    (0 * sizeof(struct {                                                                           \
         _Static_assert(condition, message);                                                       \
         char unused;                                                                              \
     }))

enum ccs_field_default {
    CCS_DEFAULT_NONE,   /* the key is required */
    CCS_DEFAULT_ABSENT, /* without it there is no value: field_values.h */
    CCS_DEFAULT_VALUE   /* `def` takes its place */
};

/* What holds when the key is left out. */
enum ccs_field_default ccs_field_default(const struct ccs_field *field);

#endif
