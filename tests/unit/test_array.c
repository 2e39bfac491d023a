/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/array.h"

#include "base/arena.h"

#include <check.h>
#include <string.h>

Suite *suite_array(void);

struct record {
    uint64_t value;
    unsigned char rest[56];
};

static struct ccs_arena budget;
static struct ccs_array array;

static void set_up(void)
{
    ccs_arena_init(&budget, 0);
    ccs_array_init(&array, sizeof(struct record));
}

static void tear_down(void)
{
    ccs_array_fini(&array, &budget);
    ck_assert_uint_eq(budget.used, 0);
    ccs_arena_fini(&budget);
}

static void push(uint64_t value)
{
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, (size_t)array.len + 1), CCS_OK);
    struct record *records = array.data;
    records[array.len++].value = value;
}

START_TEST(records_survive_growing)
{
    for (uint64_t i = 0; i < 10000; i++) {
        push(i * i);
    }
    const struct record *records = array.data;
    for (uint64_t i = 0; i < 10000; i++) {
        ck_assert_uint_eq(records[i].value, i * i);
    }
    ck_assert_uint_ge(budget.used, 10000 * sizeof(struct record));
}
END_TEST

START_TEST(growth_is_by_doubling_but_a_larger_wish_is_met_exactly)
{
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 100), CCS_OK);
    ck_assert_uint_eq(array.cap, 100);
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 50), CCS_OK);
    ck_assert_uint_eq(array.cap, 100);
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 101), CCS_OK);
    ck_assert_uint_eq(array.cap, 200);
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 1000), CCS_OK);
    ck_assert_uint_eq(array.cap, 1000);
}
END_TEST

START_TEST(new_room_is_zeroed_and_starts_on_a_cache_line)
{
    for (uint32_t cap = 1; cap < 3000; cap = cap * 3 + 1) {
        ck_assert_int_eq(ccs_array_reserve(&array, &budget, cap), CCS_OK);
        ck_assert_uint_eq((uintptr_t)array.data % 64, 0);
        const unsigned char *bytes = array.data;
        for (size_t k = (size_t)array.len * array.size; k < (size_t)array.cap * array.size; k++) {
            ck_assert_uint_eq(bytes[k], 0);
        }
        memset(array.data, 0xff, (size_t)array.cap * array.size);
        array.len = array.cap;
    }
}
END_TEST

START_TEST(the_budget_stops_growth_and_leaves_the_array_as_it_was)
{
    budget.limit = 16000; /* bytes: about 250 records */
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 100), CCS_OK);
    push(42);
    void *data = array.data;
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 1000), CCS_ENOMEM);
    ck_assert_ptr_eq(array.data, data);
    ck_assert_uint_eq(array.cap, 100);
    ck_assert_uint_eq(((struct record *)array.data)[0].value, 42);
    /* The double does not fit beside the old storage, an eighth more does; the wish alone would
     * make a long run of small requests move everything each time. */
    ck_assert_int_eq(ccs_array_reserve(&array, &budget, 101), CCS_OK);
    ck_assert_uint_eq(array.cap, 112);
    ck_assert_uint_le(budget.used, budget.limit);
}
END_TEST

START_TEST(more_records_than_an_index_can_name_are_refused)
{
    struct ccs_array bytes;
    ccs_array_init(&bytes, 1);
    ck_assert_int_eq(ccs_array_reserve(&bytes, NULL, UINT32_MAX), CCS_ENOMEM);
    ck_assert_int_eq(ccs_array_reserve(&bytes, NULL, SIZE_MAX), CCS_ENOMEM);
    ck_assert_ptr_null(bytes.data);
    ck_assert_int_eq(ccs_array_reserve(&bytes, NULL, 3), CCS_OK); /* a budget is not required */
    ccs_array_fini(&bytes, NULL);
}
END_TEST

START_TEST(a_copy_has_the_same_records_and_its_own_storage)
{
    struct ccs_array copy;
    ccs_array_init(&copy, sizeof(struct record));
    for (uint64_t i = 0; i < 77; i++) {
        push(i);
    }
    ck_assert_int_eq(ccs_array_copy(&copy, &array, &budget), CCS_OK);
    ck_assert_uint_eq(copy.len, 77);
    ck_assert_ptr_ne(copy.data, array.data);
    ck_assert_int_eq(memcmp(copy.data, array.data, 77 * sizeof(struct record)), 0);
    array.len = 0; /* copying an empty array empties the copy */
    ck_assert_int_eq(ccs_array_copy(&copy, &array, &budget), CCS_OK);
    ck_assert_uint_eq(copy.len, 0);
    ccs_array_fini(&copy, &budget);
}
END_TEST

Suite *suite_array(void)
{
    Suite *suite = suite_create("array");
    TCase *tc = tcase_create("array");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, records_survive_growing);
    tcase_add_test(tc, growth_is_by_doubling_but_a_larger_wish_is_met_exactly);
    tcase_add_test(tc, new_room_is_zeroed_and_starts_on_a_cache_line);
    tcase_add_test(tc, the_budget_stops_growth_and_leaves_the_array_as_it_was);
    tcase_add_test(tc, more_records_than_an_index_can_name_are_refused);
    tcase_add_test(tc, a_copy_has_the_same_records_and_its_own_storage);
    suite_add_tcase(suite, tc);
    return suite;
}
