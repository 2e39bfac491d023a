/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

Suite *suite_arena(void);

START_TEST(memory_is_zeroed_and_stays_where_it_is)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    unsigned char *blocks[500];
    for (size_t i = 0; i < 500; i++) {
        blocks[i] = ccs_arena_alloc(&arena, i);
        ck_assert_ptr_nonnull(blocks[i]);
        for (size_t k = 0; k < i; k++) {
            ck_assert_uint_eq(blocks[i][k], 0);
        }
        memset(blocks[i], (int)(i % 251) + 1, i);
    }
    for (size_t i = 0; i < 500; i++) { /* no block was overwritten by a later one */
        for (size_t k = 0; k < i; k++) {
            ck_assert_uint_eq(blocks[i][k], i % 251 + 1);
        }
    }
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(small_requests_fit_any_type_and_large_ones_a_cache_line)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    for (size_t size = 1; size < 3000; size += 7) {
        uintptr_t p = (uintptr_t)ccs_arena_alloc(&arena, size);
        ck_assert_uint_eq(p % _Alignof(max_align_t), 0);
        if (size >= 64) {
            ck_assert_uint_eq(p % 64, 0);
        }
    }
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(a_request_of_nothing_gives_distinct_valid_pointers)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    void *a = ccs_arena_alloc(&arena, 0);
    void *b = ccs_arena_alloc(&arena, 0);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    ck_assert_ptr_ne(a, b);
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(the_limit_is_never_exceeded_and_nearly_reachable)
{
    const size_t limit = 100000;
    struct ccs_arena arena;
    ccs_arena_init(&arena, limit);
    size_t got = 0;
    while (ccs_arena_alloc(&arena, 100) != NULL) {
        got += 100;
        ck_assert_uint_le(arena.used, limit);
    }
    /* 100 bytes occupy 128; chunk headers and the last chunk's rest take the remainder. */
    ck_assert_uint_ge(got, limit / 2);
    ck_assert_ptr_null(ccs_arena_alloc(&arena, limit));
    ccs_arena_fini(&arena);
    ck_assert_uint_eq(arena.used, 0);
}
END_TEST

START_TEST(one_request_may_take_the_whole_limit)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 1 << 20);
    ck_assert_ptr_nonnull(ccs_arena_alloc(&arena, (1 << 20) - 256));
    ck_assert_ptr_null(ccs_arena_alloc(&arena, 1024));
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(a_large_request_does_not_waste_the_chunk_in_use)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    char *before = ccs_arena_alloc(&arena, 16);
    ccs_arena_alloc(&arena, 10 << 20);
    char *after = ccs_arena_alloc(&arena, 16);
    ck_assert_int_eq(after - before, 16);
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    ck_assert_ptr_null(ccs_arena_calloc(&arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(ccs_arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(ccs_arena_alloc(&arena, SIZE_MAX - 100));
    ck_assert_ptr_nonnull(ccs_arena_calloc(&arena, 3, 5));
    ck_assert_ptr_nonnull(ccs_arena_calloc(&arena, SIZE_MAX, 0));
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(strings_are_copied_cut_and_formatted)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 0);
    char original[] = "queue";
    char *copy = ccs_arena_strdup(&arena, original);
    original[0] = 'Q';
    ck_assert_str_eq(copy, "queue");
    ck_assert_str_eq(ccs_arena_strndup(&arena, "queue", 3), "que");
    ck_assert_str_eq(ccs_arena_strndup(&arena, "que", 30), "que");
    ck_assert_str_eq(ccs_arena_printf(&arena, "%s-%d", "team", 7), "team-7");
    char *longer = ccs_arena_printf(&arena, "%0*d", 20000, 1);
    ck_assert_uint_eq(strlen(longer), 20000);
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(strings_beyond_the_limit_give_null)
{
    struct ccs_arena arena;
    ccs_arena_init(&arena, 64);
    ck_assert_ptr_null(ccs_arena_strdup(&arena, "does not fit with the chunk's own header"));
    ck_assert_ptr_null(ccs_arena_strndup(&arena, "does not fit", 5));
    ck_assert_ptr_null(ccs_arena_printf(&arena, "%d", 1));
    ccs_arena_fini(&arena);
}
END_TEST

START_TEST(finishing_twice_or_a_zeroed_arena_is_safe)
{
    struct ccs_arena arena;
    memset(&arena, 0, sizeof arena);
    ccs_arena_fini(&arena);
    ccs_arena_init(&arena, 0);
    ccs_arena_alloc(&arena, 1);
    ccs_arena_fini(&arena);
    ccs_arena_fini(&arena);
    ck_assert_uint_eq(arena.used, 0);
}
END_TEST

Suite *suite_arena(void)
{
    Suite *suite = suite_create("arena");
    TCase *tc = tcase_create("memory");
    tcase_add_test(tc, memory_is_zeroed_and_stays_where_it_is);
    tcase_add_test(tc, small_requests_fit_any_type_and_large_ones_a_cache_line);
    tcase_add_test(tc, a_request_of_nothing_gives_distinct_valid_pointers);
    tcase_add_test(tc, a_large_request_does_not_waste_the_chunk_in_use);
    tcase_add_test(tc, finishing_twice_or_a_zeroed_arena_is_safe);
    suite_add_tcase(suite, tc);
    tc = tcase_create("limits");
    tcase_add_test(tc, the_limit_is_never_exceeded_and_nearly_reachable);
    tcase_add_test(tc, one_request_may_take_the_whole_limit);
    tcase_add_test(tc, sizes_that_overflow_are_refused);
    suite_add_tcase(suite, tc);
    tc = tcase_create("strings");
    tcase_add_test(tc, strings_are_copied_cut_and_formatted);
    tcase_add_test(tc, strings_beyond_the_limit_give_null);
    suite_add_tcase(suite, tc);
    return suite;
}
