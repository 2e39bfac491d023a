/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Storage of the raw sums: see measure.h. */
#include "books/measure.h"

#include "base/arena.h"

#include <stddef.h>

struct array_spec {
    size_t offset;
    size_t record;
    size_t n;
    bool starts_full;
};

static ccs_status init_array(struct ccs_measure *m, const struct array_spec *spec,
                             struct ccs_arena *budget)
{
    struct ccs_array *array = (struct ccs_array *)((char *)m + spec->offset);
    ccs_array_init(array, spec->record);
    ccs_status status = ccs_array_reserve(array, budget, spec->n);
    if (!status && spec->starts_full) {
        array->len = (uint32_t)spec->n;
    }
    return status;
}

ccs_status ccs_measure_init(struct ccs_measure *m, const struct ccs_measure_size *size,
                            struct ccs_arena *budget)
{
    *m = (struct ccs_measure){.period_n = (uint32_t)size->periods};
    const struct array_spec specs[] = {
        {offsetof(struct ccs_measure, access), sizeof(struct ccs_access),
         size->periods * size->channels, true},
        {offsetof(struct ccs_measure, teams), sizeof(struct ccs_team_sums), size->teams, true},
        {offsetof(struct ccs_measure, work), sizeof(struct ccs_work), size->periods * size->teams,
         true},
        {offsetof(struct ccs_measure, cohort), sizeof(struct ccs_cohort),
         (size->segments + 1) * size->types, true},
        {offsetof(struct ccs_measure, churn), sizeof(struct ccs_churn), size->segments, true},
        {offsetof(struct ccs_measure, weeks), sizeof(struct ccs_week_sums), size->weeks, false},
        {offsetof(struct ccs_measure, cause_us), sizeof(int64_t), CCS_CAUSE_COUNT, true},
        {offsetof(struct ccs_measure, waits), sizeof(struct ccs_histogram), 1, true},
        {offsetof(struct ccs_measure, resolution), sizeof(struct ccs_histogram), 2, true},
    };
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        ccs_status status = init_array(m, &specs[i], budget);
        if (status) {
            return status;
        }
    }
    return CCS_OK;
}

/* The arrays, in one list for fini and copy. */
#define MEASURE_ARRAYS(X)                                                                          \
    X(access) X(teams) X(work) X(cohort) X(churn) X(weeks) X(cause_us) X(waits) X(resolution)

void ccs_measure_fini(struct ccs_measure *m, struct ccs_arena *budget)
{
#define X(name) ccs_array_fini(&m->name, budget);
    MEASURE_ARRAYS(X)
#undef X
}

ccs_status ccs_measure_copy(struct ccs_measure *dst, const struct ccs_measure *src,
                            struct ccs_arena *budget)
{
    struct ccs_measure copy = *src;
    ccs_status status = CCS_OK;
#define X(name)                                                                                    \
    copy.name = dst->name;                                                                         \
    copy.name.size = src->name.size;                                                               \
    if (!status) {                                                                                 \
        ccs_status failed = ccs_array_reserve(&copy.name, budget, src->name.cap);                  \
        status = failed ? failed : ccs_array_copy(&copy.name, &src->name, budget);                 \
    }
    MEASURE_ARRAYS(X)
#undef X
    *dst = copy;
    return status;
}
