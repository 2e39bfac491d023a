/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hash.h"

#include <check.h>

Suite *suite_hash(void);

enum {
    N = 10000
};

static unsigned char bytes[N];

static void set_up(void)
{
    for (size_t i = 0; i < N; i++) {
        bytes[i] = (unsigned char)(i * 131 + i / 7);
    }
}

static uint64_t digest_in_pieces(size_t n, size_t piece)
{
    struct ccs_hasher hasher;
    ccs_hasher_init(&hasher);
    for (size_t at = 0; at < n; at += piece) {
        ccs_hasher_add(&hasher, bytes + at, n - at < piece ? n - at : piece);
    }
    return ccs_hasher_digest(&hasher);
}

START_TEST(known_answers_of_xxh3)
{
    /* XXH3 64 bits, seed 0, of nothing: from the xxHash specification's own sanity test. */
    ck_assert_uint_eq(ccs_hash64(NULL, 0), UINT64_C(0x2D06800538D394C2));
    ck_assert_uint_eq(digest_in_pieces(0, 1), UINT64_C(0x2D06800538D394C2));
}
END_TEST

START_TEST(the_digest_does_not_depend_on_how_bytes_are_cut)
{
    static const size_t lengths[] = {0, 1, 16, 255, 256, 257, 2047, 2048, 2049, 4096, 9999, N};
    static const size_t pieces[] = {1, 3, 16, 100, 2047, 2048, 2049, 5000, N};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        uint64_t whole = ccs_hash64(bytes, lengths[i]);
        for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
            ck_assert_uint_eq(digest_in_pieces(lengths[i], pieces[k]), whole);
        }
    }
}
END_TEST

START_TEST(records_of_16_bytes_equal_the_same_bytes)
{
    struct ccs_hasher a;
    struct ccs_hasher b;
    ccs_hasher_init(&a);
    ccs_hasher_init(&b);
    for (uint64_t i = 0; i < 1000; i++) {
        if (i % 37 == 0) { /* odd bytes in between move the records off the buffer's grid */
            ccs_hasher_add(&a, bytes, i % 13);
            ccs_hasher_add(&b, bytes, i % 13);
        }
        uint64_t pair[2] = {i * 17, ~i};
        ccs_hasher_add16(&a, pair[0], pair[1]);
        ccs_hasher_add(&b, pair, sizeof pair);
        ck_assert_uint_eq(ccs_hasher_digest(&a), ccs_hasher_digest(&b));
    }
}
END_TEST

START_TEST(a_digest_in_between_changes_nothing)
{
    struct ccs_hasher hasher;
    ccs_hasher_init(&hasher);
    for (size_t i = 0; i < N; i += 100) {
        ck_assert_uint_eq(ccs_hasher_digest(&hasher), ccs_hash64(bytes, i));
        ccs_hasher_add(&hasher, bytes + i, 100);
    }
    ck_assert_uint_eq(ccs_hasher_digest(&hasher), ccs_hash64(bytes, N));
}
END_TEST

START_TEST(a_copied_hasher_goes_its_own_way)
{
    struct ccs_hasher one;
    ccs_hasher_init(&one);
    ccs_hasher_add(&one, bytes, 3000);
    struct ccs_hasher two = one;
    ccs_hasher_add(&one, bytes + 3000, 1000);
    ck_assert_uint_eq(ccs_hasher_digest(&two), ccs_hash64(bytes, 3000));
    ccs_hasher_add(&two, bytes + 3000, 7000);
    ck_assert_uint_eq(ccs_hasher_digest(&one), ccs_hash64(bytes, 4000));
    ck_assert_uint_eq(ccs_hasher_digest(&two), ccs_hash64(bytes, N));
}
END_TEST

START_TEST(one_changed_bit_or_swapped_records_change_the_digest)
{
    uint64_t before = ccs_hash64(bytes, N);
    bytes[N / 2] ^= 1;
    ck_assert_uint_ne(ccs_hash64(bytes, N), before);
    struct ccs_hasher a;
    struct ccs_hasher b;
    ccs_hasher_init(&a);
    ccs_hasher_init(&b);
    ccs_hasher_add16(&a, 1, 2);
    ccs_hasher_add16(&a, 3, 4);
    ccs_hasher_add16(&b, 3, 4);
    ccs_hasher_add16(&b, 1, 2);
    ck_assert_uint_ne(ccs_hasher_digest(&a), ccs_hasher_digest(&b));
}
END_TEST

Suite *suite_hash(void)
{
    Suite *suite = suite_create("hash");
    TCase *tc = tcase_create("hash");
    tcase_add_checked_fixture(tc, set_up, NULL);
    tcase_add_test(tc, known_answers_of_xxh3);
    tcase_add_test(tc, the_digest_does_not_depend_on_how_bytes_are_cut);
    tcase_add_test(tc, records_of_16_bytes_equal_the_same_bytes);
    tcase_add_test(tc, a_digest_in_between_changes_nothing);
    tcase_add_test(tc, a_copied_hasher_goes_its_own_way);
    tcase_add_test(tc, one_changed_bit_or_swapped_records_change_the_digest);
    suite_add_tcase(suite, tc);
    return suite;
}
