/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What field rows fill: the C types of values that are more than a number, and what a value is when
 * nobody gave one.
 *
 * Absent. A row whose default is "null" may be left out without anything taking its place. What its
 * member then holds differs by type and is asked for, never compared:
 *
 *   int64_t (INT, DATE)                  CCS_INT_ABSENT      ccs_int_is_given
 *   double (REAL, PROBABILITY, MONEY)    NAN                 ccs_real_is_given
 *   ccs_time (DURATION)                  CCS_TIME_NEVER      ccs_duration_is_given
 *   int, int32_t (ENUM, REF)             -1                  ccs_index_is_given
 *   struct ccs_dist                      CCS_DIST_KIND_COUNT ccs_dist_is_given
 *   struct ccs_series, ccs_recording     nothing in it       ccs_series_is_given, ccs_recording_...
 *   pointers (STRING, OPTIONAL), lists   NULL, and n 0; a list given but empty is not NULL
 *   maps, hours                          n 0
 *
 * null in a document says "delete this" and is allowed in patches only: in a policy's `with` and in
 * a file that extends another. It is gone before anything is bound; one that is still there is a
 * fault (CCS_E203, ccs_binding_want), whatever the key takes.
 */
#ifndef CCS_FORMAT_FIELD_FIELD_VALUES_H
#define CCS_FORMAT_FIELD_FIELD_VALUES_H

#include "random/dist.h"

#include <ccsim/types.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CCS_INT_ABSENT INT64_MIN

static inline bool ccs_int_is_given(int64_t value)
{
    return value != CCS_INT_ABSENT;
}

static inline bool ccs_real_is_given(double value)
{
    return !isnan(value);
}

static inline bool ccs_duration_is_given(ccs_time value)
{
    return value != CCS_TIME_NEVER;
}

static inline bool ccs_index_is_given(int index)
{
    return index >= 0;
}

static inline bool ccs_dist_is_given(const struct ccs_dist *dist)
{
    return dist->kind != CCS_DIST_KIND_COUNT;
}

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

static inline bool ccs_recording_is_given(const struct ccs_recording *recording)
{
    return recording->n > 0;
}

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

#endif
