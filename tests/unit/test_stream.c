/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keyed streams: the generator against its published vectors, the addressing (same key same
 * number, any other key another and an uncorrelated one), the uniforms, the GSL adaptor.
 *
 * Statistical checks: fixed seeds, N = 100,000; correlations fail at |z| > 4, chi-square tests at
 * p < 1e-4 (both about one false alarm in 10,000 checks, were the seeds not fixed).
 */
#include "random/gsl_rng.h"
#include "random/stream.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

Suite *suite_stream(void);

#define N 100000
#define Z_MAX 4.0
#define P_MIN 1e-4

/* ---- known answers ---- */

/* Random123's published vectors (file kat_vectors) for philox2x64 with 10 rounds: counter and key
 * all zeros, all ones, and the digits of pi. */
static const uint64_t known_answer[3][5] = {
    {0, 0, 0, UINT64_C(0xca00a0459843d731), UINT64_C(0x66c24222c9a845b5)},
    {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_C(0x65b021d60cd8310f),
     UINT64_C(0x4d02f3222f86df20)},
    {UINT64_C(0x243f6a8885a308d3), UINT64_C(0x13198a2e03707344), UINT64_C(0xa4093822299f31d0),
     UINT64_C(0x0a5e742c2997341c), UINT64_C(0xb0f883d38000de5d)},
};

START_TEST(generator_gives_the_published_known_answers)
{
    const uint64_t *row = known_answer[_i];
    philox2x64_ctr_t counter = {{row[0], row[1]}};
    philox2x64_key_t key = {{row[2]}};
    philox2x64_ctr_t block = philox2x64(counter, key);
    ck_assert_uint_eq(block.v[0], row[3]);
    ck_assert_uint_eq(block.v[1], row[4]);
}
END_TEST

START_TEST(stream_gives_the_first_word_of_the_published_block)
{
    /* Not the row of all ones: its draw number is the last a stream has, which is an error. */
    for (int i = 0; i < 3; i += 2) {
        const uint64_t *row = known_answer[i];
        struct ccs_stream stream = {row[2], row[0], row[1]};
        ck_assert_uint_eq(ccs_stream_bits(&stream), row[3]);
        ck_assert_uint_eq(stream.lane, row[1] + 1);
    }
}
END_TEST

/* ---- addressing ---- */

START_TEST(lane_holds_purpose_occurrence_and_draw_without_overlap)
{
    struct ccs_stream s = ccs_stream_at(7, 9, (enum ccs_purpose)0xab, 0xfedcba98U);
    ck_assert_uint_eq(s.key, 7);
    ck_assert_uint_eq(s.entity, 9);
    ck_assert_uint_eq(s.lane, UINT64_C(0xabfedcba98000000));
    ccs_stream_bits(&s);
    ck_assert_uint_eq(s.lane, UINT64_C(0xabfedcba98000001));
}
END_TEST

START_TEST(same_address_gives_the_same_number_in_any_order)
{
    uint64_t key = ccs_stream_key(1, 0);
    uint64_t entity = ccs_entity_from_name("customer", "reader");
    struct ccs_stream first = ccs_stream_at(key, entity, CCS_DRAW_TALK, 3);
    uint64_t a = ccs_stream_bits(&first);
    uint64_t b = ccs_stream_bits(&first);
    struct ccs_stream other = ccs_stream_at(key, entity, CCS_DRAW_PATIENCE, 3);
    ccs_stream_bits(&other);
    struct ccs_stream again = ccs_stream_at(key, entity, CCS_DRAW_TALK, 3);
    ck_assert_uint_eq(ccs_stream_bits(&again), a);
    ck_assert_uint_eq(ccs_stream_bits(&again), b);
    ck_assert_uint_ne(a, b);
    ck_assert_double_eq(ccs_uniform_at(key, entity, CCS_DRAW_TALK, 3), ccs_uniform_from_bits(a));
}
END_TEST

START_TEST(another_seed_replication_entity_purpose_or_occurrence_gives_another_number)
{
    uint64_t entity = ccs_entity_from_name("customer", "reader");
    double u[] = {
        ccs_uniform_at(ccs_stream_key(1, 0), entity, CCS_DRAW_TALK, 0),
        ccs_uniform_at(ccs_stream_key(2, 0), entity, CCS_DRAW_TALK, 0),
        ccs_uniform_at(ccs_stream_key(1, 1), entity, CCS_DRAW_TALK, 0),
        ccs_uniform_at(ccs_stream_key(0, 1), entity, CCS_DRAW_TALK, 0),
        ccs_uniform_at(ccs_stream_key(1, 0), entity + 1, CCS_DRAW_TALK, 0),
        ccs_uniform_at(ccs_stream_key(1, 0), entity, CCS_DRAW_HOLD, 0),
        ccs_uniform_at(ccs_stream_key(1, 0), entity, CCS_DRAW_TALK, 1),
        ccs_uniform_at(ccs_stream_key(1, 0), entity, CCS_DRAW_TALK, UINT32_MAX),
    };
    size_t n = sizeof u / sizeof u[0];
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            ck_assert_double_ne(u[i], u[j]);
        }
    }
}
END_TEST

/* Keys, entities and members are part of what a seed means. The expected values were computed
 * apart from this code: Philox and SplitMix64 from their definitions, XXH3 by its one-call form. */
START_TEST(addresses_never_change_between_versions)
{
    ck_assert_uint_eq(ccs_stream_key(0, 0), UINT64_C(0x152cdf7e9f39f577));
    ck_assert_uint_eq(ccs_stream_key(1, 0), UINT64_C(0x3984d0b3ae42e42c));
    ck_assert_uint_eq(ccs_stream_key((UINT64_C(1) << 53) - 1, 99), UINT64_C(0xf7b6a2c881e8920b));
    ck_assert_uint_eq(ccs_entity_from_name("segment", "reader"), UINT64_C(0xe7bb4516e3061d3c));
    ck_assert_uint_eq(ccs_entity_from_name("issue_type", "delivery failed twice in one week, and "
                                                         "nobody has called back since then"),
                      UINT64_C(0x66f8d4ceadf94135));
    ck_assert_uint_eq(ccs_entity_member(1, 0), UINT64_C(0x910a2dec89025cc1));
    ck_assert_uint_eq(ccs_entity_member(1, 41), UINT64_C(0xb54b3c40881e2907));
    ck_assert_int_eq(CCS_DRAW_ARRIVAL, 1);
    ck_assert_int_eq(CCS_DRAW_PATIENCE, 7);
    ck_assert_int_eq(CCS_DRAW_TALK, 8);
    ck_assert_int_eq(CCS_DRAW_BOOTSTRAP, 38);
}
END_TEST

START_TEST(kind_and_name_do_not_run_together)
{
    uint64_t a = ccs_entity_from_name("team", "billing");
    ck_assert_uint_ne(a, ccs_entity_from_name("teamb", "illing"));
    ck_assert_uint_ne(a, ccs_entity_from_name("", "teambilling"));
    ck_assert_uint_ne(a, ccs_entity_from_name("billing", "team"));
    ck_assert_uint_eq(a, ccs_entity_from_name("team", "billing"));
}
END_TEST

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t count_equal(uint64_t *v, size_t n)
{
    size_t equal = 0;
    qsort(v, n, sizeof *v, compare_u64);
    for (size_t i = 1; i < n; i++) {
        equal += v[i] == v[i - 1];
    }
    return equal;
}

START_TEST(members_of_members_do_not_collide)
{
    /* An additive rule would make issue 1 of customer 0 the same entity as issue 0 of customer 1.
     * 10^6 entities among 2^64: a collision by chance has probability 3e-8. */
    size_t side = 1000;
    uint64_t *entity = malloc(side * side * sizeof *entity);
    ck_assert_ptr_nonnull(entity);
    uint64_t segment = ccs_entity_from_name("segment", "reader");
    for (size_t i = 0; i < side; i++) {
        uint64_t customer = ccs_entity_member(segment, i);
        for (size_t j = 0; j < side; j++) {
            entity[i * side + j] = ccs_entity_member(customer, j);
        }
    }
    ck_assert_uint_eq(count_equal(entity, side * side), 0);
    free(entity);
}
END_TEST

START_TEST(world_keys_of_seeds_and_replications_do_not_collide)
{
    uint64_t *key = malloc(N * sizeof *key);
    ck_assert_ptr_nonnull(key);
    for (size_t i = 0; i < N; i++) {
        key[i] = ccs_stream_key(i / 1000, i % 1000);
    }
    ck_assert_uint_eq(count_equal(key, N), 0);
    free(key);
}
END_TEST

/* ---- uniforms ---- */

START_TEST(uniform_is_never_0_or_1_whatever_the_bits)
{
    ck_assert_double_eq(ccs_uniform_from_bits(0), 0x1p-53);
    ck_assert_double_eq(ccs_uniform_from_bits(UINT64_MAX), 1 - 0x1p-53);
    ck_assert_double_lt(ccs_uniform_from_bits(UINT64_MAX), 1);
    for (int bit = 0; bit < 64; bit++) {
        double u = ccs_uniform_from_bits(UINT64_MAX << bit);
        double v = ccs_uniform_from_bits(UINT64_MAX >> bit);
        ck_assert(u > 0 && u < 1 && v > 0 && v < 1);
    }
}
END_TEST

START_TEST(uniforms_mirror_exactly_so_that_antithetic_pairs_exist)
{
    struct ccs_stream s = ccs_stream_at(1, 2, CCS_DRAW_TALK, 0);
    for (int i = 0; i < 1000; i++) {
        uint64_t bits = ccs_stream_bits(&s);
        ck_assert_double_eq(ccs_uniform_from_bits(~bits), 1 - ccs_uniform_from_bits(bits));
    }
}
END_TEST

/* ---- statistics along every axis of the address ---- */

enum axis {
    AXIS_DRAW,
    AXIS_OCCURRENCE,
    AXIS_ENTITY,
    AXIS_MEMBER,
    AXIS_MEMBER_OF_MEMBER,
    AXIS_NAME,
    AXIS_PURPOSE,
    AXIS_REPLICATION,
    AXIS_SEED,
    AXIS_COUNT
};

/* Number i of the sequence whose neighbours differ in that one coordinate. */
static uint64_t bits_along(enum axis axis, uint32_t i)
{
    static const char *const name[] = {"reader", "student", "company", "library"};
    uint64_t key = ccs_stream_key(20240229, 0);
    uint64_t entity = ccs_entity_from_name("segment", "reader");
    enum ccs_purpose purpose = CCS_DRAW_TALK;
    uint32_t occurrence = 0;
    switch (axis) {
    case AXIS_OCCURRENCE:
        occurrence = i;
        break;
    case AXIS_ENTITY:
        entity = i;
        break;
    case AXIS_MEMBER:
        entity = ccs_entity_member(entity, i);
        break;
    case AXIS_MEMBER_OF_MEMBER:
        entity = ccs_entity_member(ccs_entity_member(entity, i / 4), i % 4);
        break;
    case AXIS_NAME:
        entity = ccs_entity_member(ccs_entity_from_name("segment", name[i % 4]), i / 4);
        break;
    case AXIS_PURPOSE:
        purpose = (enum ccs_purpose)(1 + i % CCS_DRAW_BOOTSTRAP);
        occurrence = i / CCS_DRAW_BOOTSTRAP;
        break;
    case AXIS_REPLICATION:
        key = ccs_stream_key(1, i);
        break;
    case AXIS_SEED:
        key = ccs_stream_key(i, 0);
        break;
    case AXIS_DRAW:
    case AXIS_COUNT:
        break;
    }
    struct ccs_stream s = ccs_stream_at(key, entity, purpose, occurrence);
    if (axis == AXIS_DRAW) {
        s.lane += i;
    }
    return ccs_stream_bits(&s);
}

static uint64_t *sequence_along(enum axis axis)
{
    uint64_t *bits = malloc(N * sizeof *bits);
    ck_assert_ptr_nonnull(bits);
    for (uint32_t i = 0; i < N; i++) {
        bits[i] = bits_along(axis, i);
    }
    return bits;
}

/* Correlation of u[i] with u[i + lag], as a normal score; uniforms have variance 1/12. */
static double serial_z(const uint64_t *bits, size_t n, size_t lag)
{
    double sum = 0;
    for (size_t i = 0; i + lag < n; i++) {
        sum +=
            (ccs_uniform_from_bits(bits[i]) - 0.5) * (ccs_uniform_from_bits(bits[i + lag]) - 0.5);
    }
    return sum * 12 / sqrt((double)(n - lag));
}

/* Upper tail probability of the chi-square statistic of counts expected to be equal. */
static double chi_square_p(const size_t *count, size_t cells, size_t n)
{
    double expected = (double)n / (double)cells;
    double statistic = 0;
    for (size_t i = 0; i < cells; i++) {
        double off = (double)count[i] - expected;
        statistic += off * off / expected;
    }
    return gsl_cdf_chisq_Q(statistic, (double)(cells - 1));
}

START_TEST(neighbours_along_every_axis_are_uncorrelated)
{
    uint64_t *bits = sequence_along((enum axis)_i);
    for (size_t lag = 1; lag <= 5; lag++) {
        double z = serial_z(bits, N, lag);
        ck_assert_msg(fabs(z) <= Z_MAX, "axis %d lag %zu: z = %.2f", _i, lag, z);
    }
    free(bits);
}
END_TEST

START_TEST(high_and_low_bits_along_every_axis_are_uniform)
{
    uint64_t *bits = sequence_along((enum axis)_i);
    for (int shift = 0; shift <= 56; shift += 8) {
        size_t count[256] = {0};
        for (size_t i = 0; i < N; i++) {
            count[bits[i] >> shift & 255]++;
        }
        double p = chi_square_p(count, 256, N);
        ck_assert_msg(p > P_MIN, "axis %d byte at bit %d: p = %g", _i, shift, p);
    }
    free(bits);
}
END_TEST

START_TEST(pairs_of_neighbours_along_every_axis_fill_the_square_evenly)
{
    uint64_t *bits = sequence_along((enum axis)_i);
    for (int shift = 0; shift <= 60; shift += 60) { /* the lowest and the highest four bits */
        size_t count[256] = {0};
        for (size_t i = 0; i + 1 < N; i += 2) {
            count[(bits[i] >> shift & 15) << 4 | (bits[i + 1] >> shift & 15)]++;
        }
        double p = chi_square_p(count, 256, N / 2);
        ck_assert_msg(p > P_MIN, "axis %d bits from %d: p = %g", _i, shift, p);
    }
    free(bits);
}
END_TEST

START_TEST(uniform_has_mean_one_half_and_variance_one_twelfth)
{
    uint64_t *bits = sequence_along((enum axis)_i);
    double sum = 0;
    double sum2 = 0;
    for (size_t i = 0; i < N; i++) {
        double u = ccs_uniform_from_bits(bits[i]) - 0.5;
        sum += u;
        sum2 += u * u;
    }
    /* Var U = 1/12; Var (U - 1/2)^2 = 1/80 - 1/144 = 1/180. */
    ck_assert_double_le(fabs(sum / sqrt(N / 12.0)), Z_MAX);
    ck_assert_double_le(fabs((sum2 - N / 12.0) / sqrt(N / 180.0)), Z_MAX);
    free(bits);
}
END_TEST

START_TEST(the_checks_above_fail_on_numbers_that_are_not_random)
{
    uint64_t *bits = malloc(N * sizeof *bits);
    ck_assert_ptr_nonnull(bits);
    /* A correlation of 0.02 and one bit that is 1 with probability 0.52. */
    uint64_t *good = sequence_along(AXIS_DRAW);
    uint64_t *coin = sequence_along(AXIS_ENTITY);
    bits[0] = good[0];
    for (size_t i = 1; i < N; i++) {
        bits[i] = ccs_uniform_from_bits(coin[i]) < 0.02 ? bits[i - 1] : good[i];
    }
    ck_assert_double_gt(fabs(serial_z(bits, N, 1)), Z_MAX);
    size_t count[256] = {0};
    for (size_t i = 0; i < N; i++) {
        count[(good[i] & 255) | (ccs_uniform_from_bits(coin[i]) < 0.04)]++;
    }
    ck_assert_double_lt(chi_square_p(count, 256, N), P_MIN);
    free(bits);
    free(good);
    free(coin);
}
END_TEST

/* ---- the GSL adaptor ---- */

START_TEST(gsl_uniform_is_the_uniform_of_the_stream)
{
    struct ccs_stream a = ccs_stream_at(1, 2, CCS_DRAW_TALK, 3);
    struct ccs_stream b = a;
    gsl_rng rng = ccs_gsl_rng(&a);
    for (int i = 0; i < 100; i++) {
        ck_assert_double_eq(gsl_rng_uniform(&rng), ccs_stream_uniform(&b));
    }
    ck_assert_uint_eq(gsl_rng_get(&rng), (unsigned long)ccs_stream_bits(&b));
    ck_assert_uint_eq(a.lane, b.lane);
}
END_TEST

START_TEST(gsl_samplers_advance_only_the_stream_they_are_given)
{
    struct ccs_stream a = ccs_stream_at(1, 2, CCS_DRAW_TALK, 3);
    struct ccs_stream start = a;
    gsl_rng rng = ccs_gsl_rng(&a);
    double x = gsl_ran_gamma(&rng, 2.5, 1.0);
    ck_assert_uint_eq(a.key, start.key);
    ck_assert_uint_eq(a.entity, start.entity);
    ck_assert_uint_gt(a.lane, start.lane);
    ck_assert_uint_lt(a.lane, start.lane + 100);
    gsl_rng again = ccs_gsl_rng(&start);
    ck_assert_double_eq(gsl_ran_gamma(&again, 2.5, 1.0), x);
}
END_TEST

START_TEST(gsl_seeding_goes_to_a_draw_number)
{
    struct ccs_stream a = ccs_stream_at(1, 2, CCS_DRAW_TALK, 3);
    gsl_rng rng = ccs_gsl_rng(&a);
    unsigned long first = gsl_rng_get(&rng);
    unsigned long second = gsl_rng_get(&rng);
    gsl_rng_set(&rng, 0);
    ck_assert_uint_eq(gsl_rng_get(&rng), first);
    gsl_rng_set(&rng, 1);
    ck_assert_uint_eq(gsl_rng_get(&rng), second);
}
END_TEST

START_TEST(gsl_whole_numbers_reach_both_ends_and_nothing_beyond)
{
    struct ccs_stream a = ccs_stream_at(1, 2, CCS_DRAW_TALK, 4);
    gsl_rng rng = ccs_gsl_rng(&a);
    size_t count[6] = {0};
    for (int i = 0; i < N; i++) {
        unsigned long k = gsl_rng_uniform_int(&rng, 6);
        ck_assert_uint_lt(k, 6);
        count[k]++;
    }
    ck_assert_double_gt(chi_square_p(count, 6, N), P_MIN);
}
END_TEST

Suite *suite_stream(void)
{
    Suite *suite = suite_create("stream");

    TCase *known = tcase_create("known answers");
    tcase_add_loop_test(known, generator_gives_the_published_known_answers, 0, 3);
    tcase_add_test(known, stream_gives_the_first_word_of_the_published_block);
    suite_add_tcase(suite, known);

    TCase *address = tcase_create("addressing");
    tcase_add_test(address, lane_holds_purpose_occurrence_and_draw_without_overlap);
    tcase_add_test(address, same_address_gives_the_same_number_in_any_order);
    tcase_add_test(address,
                   another_seed_replication_entity_purpose_or_occurrence_gives_another_number);
    tcase_add_test(address, addresses_never_change_between_versions);
    tcase_add_test(address, kind_and_name_do_not_run_together);
    tcase_add_test(address, members_of_members_do_not_collide);
    tcase_add_test(address, world_keys_of_seeds_and_replications_do_not_collide);
    suite_add_tcase(suite, address);

    TCase *uniform = tcase_create("uniforms");
    tcase_add_test(uniform, uniform_is_never_0_or_1_whatever_the_bits);
    tcase_add_test(uniform, uniforms_mirror_exactly_so_that_antithetic_pairs_exist);
    suite_add_tcase(suite, uniform);

    TCase *statistics = tcase_create("statistics");
    tcase_add_loop_test(statistics, neighbours_along_every_axis_are_uncorrelated, 0, AXIS_COUNT);
    tcase_add_loop_test(statistics, high_and_low_bits_along_every_axis_are_uniform, 0, AXIS_COUNT);
    tcase_add_loop_test(statistics, pairs_of_neighbours_along_every_axis_fill_the_square_evenly, 0,
                        AXIS_COUNT);
    tcase_add_loop_test(statistics, uniform_has_mean_one_half_and_variance_one_twelfth, 0,
                        AXIS_COUNT);
    tcase_add_test(statistics, the_checks_above_fail_on_numbers_that_are_not_random);
    suite_add_tcase(suite, statistics);

    TCase *gsl = tcase_create("gsl adaptor");
    tcase_add_test(gsl, gsl_uniform_is_the_uniform_of_the_stream);
    tcase_add_test(gsl, gsl_samplers_advance_only_the_stream_they_are_given);
    tcase_add_test(gsl, gsl_seeding_goes_to_a_draw_number);
    tcase_add_test(gsl, gsl_whole_numbers_reach_both_ends_and_nothing_beyond);
    suite_add_tcase(suite, gsl);
    return suite;
}
