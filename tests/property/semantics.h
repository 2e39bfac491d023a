/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The semantics that decide the numbers, each as something that can be seen to be violated: what
 * these tests share.
 */
#ifndef TESTS_SEMANTICS_H
#define TESTS_SEMANTICS_H

#include "../sim_help.h"

#define EVERYTHING "tests/data/everything.json"
#define QUEUE "tests/data/queue.json"

static inline uint64_t digest(const struct lone_world *lone)
{
    return ccs_hasher_digest(&lone->w->signature);
}

static inline void assert_same_estimate(const struct ccs_estimate *a, const struct ccs_estimate *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->n, b->n);
    ck_assert(same_bits(&a->mean, &b->mean, 1));
    ck_assert(same_bits(&a->sd, &b->sd, 1));
    ck_assert(same_bits(&a->se, &b->se, 1));
    ck_assert(same_bits(&a->lo, &b->lo, 1));
    ck_assert(same_bits(&a->hi, &b->hi, 1));
}

static inline void assert_same_results(const struct ccs_results *a, const struct ccs_results *b)
{
    size_t worlds = a->policy_n * a->row_n;
    ck_assert_uint_eq(a->replications, b->replications);
    ck_assert_uint_eq(a->signature, b->signature);
    ck_assert_uint_eq(a->events, b->events);
    ck_assert_mem_eq(a->signatures, b->signatures, a->policy_n * sizeof *a->signatures);
    ck_assert(same_bits(a->num, b->num, worlds * a->replications));
    ck_assert(same_bits(a->den, b->den, worlds * a->replications));
    ck_assert(same_bits(a->utilisation, b->utilisation, a->policy_n));
    for (size_t i = 0; i < worlds; i++) {
        assert_same_estimate(&a->estimates[i], &b->estimates[i]);
    }
    ck_assert_uint_eq(a->comparison_n, b->comparison_n);
    for (size_t i = 0; i < a->comparison_n; i++) {
        for (size_t r = 0; r < a->row_n; r++) {
            const struct ccs_paired *x = &a->comparisons[i].rows[r];
            const struct ccs_paired *y = &b->comparisons[i].rows[r];
            assert_same_estimate(&x->diff, &y->diff);
            ck_assert(same_bits(&x->p, &y->p, 1));
            ck_assert(same_bits(&x->variance_reduction, &y->variance_reduction, 1));
        }
        ck_assert(same_bits(a->comparisons[i].p_adjusted, b->comparisons[i].p_adjusted, a->row_n));
        ck_assert_int_eq(a->comparisons[i].has_breakeven, b->comparisons[i].has_breakeven);
    }
    for (size_t i = 0; i < a->verdict_n; i++) {
        ck_assert_str_eq(a->verdicts[i].sentence, b->verdicts[i].sentence);
    }
    ck_assert_uint_eq(a->warning_n, b->warning_n);
    for (size_t i = 0; i < a->warning_n; i++) {
        ck_assert_str_eq(a->warnings[i].text, b->warnings[i].text);
    }
}

#endif
