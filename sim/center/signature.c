/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events, books and sums in one number: see signature.h. */
#include "center/signature.h"

#include <stddef.h>
#include <string.h>

static void add_array(struct ccs_hasher *hasher, const struct ccs_array *array)
{
    uint64_t len = array->len;
    ccs_hasher_add(hasher, &len, sizeof len);
    ccs_hasher_add(hasher, array->data, (size_t)array->len * array->size);
}

static void add_ledger(struct ccs_hasher *hasher, const struct ccs_ledger *ledger)
{
    ccs_hasher_add(hasher, ledger->total, sizeof ledger->total);
    add_array(hasher, &ledger->cells);
}

/* By channel over all periods: how the window is cut into periods is a matter of reporting. */
static void add_access(struct ccs_hasher *hasher, const struct ccs_measure *m)
{
    enum {
        SUMS = sizeof(struct ccs_access) / sizeof(int64_t)
    };
    const struct ccs_access *access = m->access.data;
    uint32_t channels = m->period_n > 0 ? m->access.len / m->period_n : 0;
    for (uint32_t c = 0; c < channels; c++) {
        int64_t total[SUMS] = {0};
        for (uint32_t i = c; i < m->access.len; i += channels) {
            int64_t one[SUMS];
            memcpy(one, &access[i], sizeof one);
            for (int k = 0; k < SUMS; k++) {
                total[k] += one[k];
            }
        }
        ccs_hasher_add(hasher, total, sizeof total);
    }
}

/* The sums that are no arrays stand together at the end of the struct, 8 bytes each. Those about
 * the openings of contacts are left out: they are counted only where there is anger, and a
 * mechanism without effect has to have the signature of one that is not there. */
static void add_measure(struct ccs_hasher *hasher, const struct ccs_measure *m)
{
    const struct ccs_array *arrays[] = {&m->teams,    &m->cohort, &m->churn,     &m->weeks,
                                        &m->cause_us, &m->waits,  &m->resolution};
    const size_t first = offsetof(struct ccs_measure, first_contacts);
    const size_t openings = offsetof(struct ccs_measure, opening_anger);
    const size_t conserved = offsetof(struct ccs_measure, issues_born);
    add_access(hasher, m);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        add_array(hasher, arrays[i]);
    }
    ccs_hasher_add(hasher, (const char *)m + first, openings - first);
    ccs_hasher_add(hasher, (const char *)m + conserved, sizeof *m - conserved);
}

uint64_t ccs_world_signature(const struct ccs_world *w)
{
    struct ccs_hasher hasher = w->signature;
    add_ledger(&hasher, &w->books);
    add_ledger(&hasher, &w->later);
    add_measure(&hasher, &w->measure);
    return ccs_hasher_digest(&hasher);
}

uint64_t ccs_world_measure_hash(const struct ccs_world *w)
{
    struct ccs_hasher hasher;
    ccs_hasher_init(&hasher);
    add_measure(&hasher, &w->measure);
    return ccs_hasher_digest(&hasher);
}
