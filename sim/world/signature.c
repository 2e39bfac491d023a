/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events, books and sums in one number: see signature.h. */
#include "world/signature.h"

#include <stddef.h>
#include <string.h>

/* Adds the 8-byte words that are not 0, so that a counter which a later version adds changes no
 * signature where it counts nothing. */
static void add_words(struct ccs_hasher *hasher, const void *from, size_t size)
{
    const char *at = from;
    for (size_t i = 0; i + sizeof(uint64_t) <= size; i += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, at + i, sizeof word);
        if (word != 0) {
            ccs_hasher_add(hasher, &word, sizeof word);
        }
    }
}

static void add_array(struct ccs_hasher *hasher, const struct ccs_array *array)
{
    add_words(hasher, array->data, (size_t)array->len * array->size);
}

/* Adds each amount with its place, so that the same amount in another cell changes the
 * signature. */
static void add_amounts(struct ccs_hasher *hasher, const ccs_money *amounts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (amounts[i] != 0) {
            uint64_t words[2] = {i, (uint64_t)amounts[i]};
            ccs_hasher_add(hasher, words, sizeof words);
        }
    }
}

static void add_ledger(struct ccs_hasher *hasher, const struct ccs_ledger *ledger)
{
    add_amounts(hasher, ledger->total, CCS_ACCOUNT_COUNT);
    add_amounts(hasher, ledger->cells.data, ledger->cells.len);
}

/* Adds access by channel, summed over periods: how reports cut the window changes no signature. */
static void add_access(struct ccs_hasher *hasher, const struct ccs_measure *m)
{
    enum {
        SUMS = offsetof(struct ccs_access, parts) / sizeof(int64_t)
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
        add_words(hasher, total, sizeof total);
    }
}

/* Adds all measures but struct ccs_work (team sums by period, a matter of reporting),
 * struct ccs_openings (see measure.h), and what only values them: net value and its weeks. */
static void add_measure(struct ccs_hasher *hasher, const struct ccs_measure *m)
{
    const struct ccs_array *arrays[] = {&m->teams,    &m->cohort, &m->churn,
                                        &m->cause_us, &m->waits,  &m->resolution};
    add_access(hasher, m);
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        add_array(hasher, arrays[i]);
    }
    add_words(hasher, &m->sums, sizeof m->sums);
    add_words(hasher, &m->conserved, sizeof m->conserved);
}

uint64_t ccs_world_signature(const struct ccs_world *w)
{
    struct ccs_hasher hasher = w->signature;
    add_ledger(&hasher, &w->window_books);
    add_ledger(&hasher, &w->follow_up_books);
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
