/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Field rows: the one description of a scenario key from which parsing, units, ranges, defaults,
 * --set, the JSON Schema, the reference table and `explain` are all made. Rows are owned by the
 * module whose struct they fill (teams by config/, a mechanism by its file, a policy by its file);
 * this layer knows no module.
 *
 * A *section* is a JSON object bound to one C struct. A section of kind MAP is an object keyed by
 * the user's names; it becomes an array of records sorted by name (strcmp), so that the order in
 * the file never matters. A VARIANT is an object whose "kind" member chooses the section.
 *
 * Absent values: a row with def "null" is optional and has no value when absent: INT INT64_MIN,
 * REAL/PROBABILITY/MONEY NAN, DURATION CCS_TIME_NEVER, DATE INT64_MIN, STRING NULL, ENUM and REF
 * -1, DIST kind CCS_DIST_KIND_COUNT, SERIES n 0 and is_constant false, RECORDING n 0; lists, maps,
 * hours n 0 with a NULL array (a list given but empty has n 0 and an array that is not NULL).
 *
 * Invariants: rows are static and const; a bound struct is plain data whose pointers live in the
 * arena given to the binder; binding never stops at the first problem.
 */
#ifndef CCS_FORMAT_FIELD_FIELD_H
#define CCS_FORMAT_FIELD_FIELD_H

#include "base/arena.h"
#include "random/dist.h"

#include <ccsim/diagnostic.h>
#include <ccsim/status.h>
#include <ccsim/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum ccs_field_type {
    CCS_FIELD_BOOL,        /* bool */
    CCS_FIELD_INT,         /* int64_t */
    CCS_FIELD_REAL,        /* double */
    CCS_FIELD_PROBABILITY, /* double in [0, 1] */
    CCS_FIELD_MONEY,       /* double, currency units */
    CCS_FIELD_DURATION,    /* ccs_time; JSON string with unit, or word i of `choices`: -(i + 1) */
    CCS_FIELD_DATE,        /* int64_t days since 1970-01-01; JSON "YYYY-MM-DD" */
    CCS_FIELD_STRING,      /* const char * */
    CCS_FIELD_STRING_LIST, /* struct ccs_string_list */
    CCS_FIELD_ENUM,        /* int: index into `choices` */
    CCS_FIELD_REF,         /* int32_t: index into the sorted names of group `ref`; -1 if absent */
    CCS_FIELD_REF_LIST,    /* struct ccs_ref_list; absent: n = 0 */
    CCS_FIELD_DIST,        /* struct ccs_dist over seconds: a DURATION string means constant */
    CCS_FIELD_DIST_MONEY,  /* struct ccs_dist over currency units: a number means constant */
    CCS_FIELD_DIST_REAL,   /* struct ccs_dist over plain numbers: a number means constant */
    CCS_FIELD_REAL_LIST,   /* struct ccs_real_list */
    CCS_FIELD_DATE_LIST,   /* struct ccs_real_list of day numbers */
    CCS_FIELD_REAL_MAP,    /* struct ccs_real_map: names of group `ref` -> number */
    CCS_FIELD_REAL_MATRIX, /* struct ccs_real_matrix: name of `ref` -> name of `ref` -> number */
    CCS_FIELD_HOURS,       /* struct ccs_week_hours: {"mon-fri": "08:00-18:00", ...} */
    CCS_FIELD_SERIES,      /* struct ccs_series: number, or interval table (inline or CSV) */
    CCS_FIELD_RECORDING,   /* struct ccs_recording: a recorded list of arrivals, from CSV */
    CCS_FIELD_SECTION,     /* nested struct at offset, described by `section` */
    CCS_FIELD_OPTIONAL,    /* pointer to struct at offset (NULL if absent), by `section` */
    CCS_FIELD_MAP          /* struct ccs_map: user-named records, by `section` */
};

struct ccs_ref_list {
    int32_t *index;
    size_t n;
};

static inline bool ccs_ref_list_has(const struct ccs_ref_list *list, int index)
{
    bool found = false;
    for (size_t i = 0; i < list->n; i++) {
        found = found || list->index[i] == index;
    }
    return found;
}

struct ccs_string_list {
    const char **v;
    size_t n;
};

struct ccs_real_list {
    double *v;
    size_t n;
};

/* One value per name of the referenced group; names not mentioned get the field's default
 * (`fallback`), `given` tells which were. A plain number instead of an object sets all. */
struct ccs_real_map {
    double *v;
    bool *given;
    size_t n;
};

struct ccs_real_matrix {
    double *v; /* n x n, row-major; rows not mentioned are all 0 and given[row] is false */
    bool *given;
    size_t n;
};

/* Opening hours of a week as sorted, merged, half-open spans in minutes from Monday 00:00. */
struct ccs_week_span {
    int32_t from_min, to_min;
};
struct ccs_week_hours {
    struct ccs_week_span *span;
    size_t n;
};

/*
 * A quantity by interval. Written as
 *   12                                              constant
 *   {"interval": "30 min", "values": [..]}          from t0 on; after the last value: `repeat`
 *   {"interval": "5 min", "csv": "calls.csv", "column": "calls"}
 * with `repeat` one of "none" (then 0), "day", "week", "all"; `from` offsets the first interval.
 * With "day" or "week" the pattern is aligned to midnight / Monday 00:00, intervals not covered
 * are 0. "days": "weekdays" places each further run of `per_day` values on the next Mon-Fri day.
 */
enum ccs_series_repeat {
    CCS_REPEAT_NONE,
    CCS_REPEAT_DAY,
    CCS_REPEAT_WEEK,
    CCS_REPEAT_ALL
};
struct ccs_series {
    bool is_constant;
    double constant;
    ccs_time interval;
    ccs_time from; /* offset of the first interval: from midnight / Monday / t0's midnight */
    enum ccs_series_repeat repeat;
    int64_t per_day;    /* > 0: values come in runs of this many per calendar day */
    bool weekdays_only; /* runs are placed on Monday..Friday only */
    double *v;
    size_t n;
};

/* Is there a number or a table at all? */
static inline bool ccs_series_is_given(const struct ccs_series *series)
{
    return series->n > 0 || series->is_constant;
}

/* The largest value that the table, or number, has; at least 0, which is what holds where it says
 * nothing. */
static inline double ccs_series_highest(const struct ccs_series *series)
{
    double most = series->is_constant ? series->constant : 0.0;
    for (size_t i = 0; i < series->n; i++) {
        most = series->v[i] > most ? series->v[i] : most;
    }
    return most;
}

/* The smallest value that it has. */
static inline double ccs_series_least(const struct ccs_series *series)
{
    double least = series->n > 0 ? series->v[0] : series->constant;
    for (size_t i = 1; i < series->n; i++) {
        least = series->v[i] < least ? series->v[i] : least;
    }
    return least;
}

/*
 * Recorded arrivals, in order of time; written as
 *   {"csv": "calls.csv", "arrival": "time", "talk": "seconds", "issue_type": "reason",
 *    "channel": "medium", "unit": "s"}
 * where all but `csv` name columns (or, `unit`, the unit of numbers). An arrival is a number, since
 * the start of the run, or a date and time, "2026-01-05 09:30:12.5".
 */
struct ccs_recording_row {
    ccs_time at;   /* since the start of the run; of a civil recording since 1970-01-01 00:00 */
    double talk_s; /* NAN: not recorded */
    int32_t issue_type, channel; /* -1: not recorded */
};
struct ccs_recording {
    bool is_civil;
    struct ccs_recording_row *row;
    size_t n;
};

/* Records sorted by name. `name[i]` belongs to the record at (char *)data + i * record_size.
 * A MAP whose row names a group in `ref` is aligned with that group's names (the union over all
 * policies, so that index i means the same team under every policy); a record this policy does
 * not have is zeroed and `present[i]` is false. */
struct ccs_map {
    const char **name;
    bool *present;
    void *data;
    size_t n;
    size_t record_size;
};

/* Is the record there under this policy? (Maps are aligned over all policies.) */
static inline bool ccs_map_has(const struct ccs_map *map, int i)
{
    return !map->present || map->present[i];
}

/* Index of a record by name; -1 if there is none. */
static inline int ccs_map_find(const struct ccs_map *map, const char *name)
{
    for (size_t i = 0; i < map->n; i++) {
        if (strcmp(map->name[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The record `index` of a map, as its type. */
#define CCS_MAP_AT(map, type, index) (&((const type *)(map).data)[index])

struct ccs_section;

struct ccs_field {
    const char *key;
    enum ccs_field_type type;
    size_t offset;
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

#endif
