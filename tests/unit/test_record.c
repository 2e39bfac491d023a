/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records and the cache: what one run has kept another finds, whatever else happens in between.
 * Reports are compared as JSON, which shows every number of the results with all its digits.
 */
#include "../sim_help.h"
#include "base/hash.h"
#include "experiment/assemble.h"
#include "experiment/record.h"
#include "report/report.h"

#include <pthread.h>

Suite *suite_record(void);

/* ---- records by themselves ---- */

enum {
    ROWS = 8,
    WEEKS = 3,
    POLICIES = 2
};

static const struct ccs_record_shape shape = {UINT64_C(0x0123456789abcdef), POLICIES, ROWS, WEEKS};
static const struct ccs_volume volume = {0.8915263, 1.0003};

/* Numbers that are easy to get wrong: both zeros, ends of what is whole, too small, too large. */
static const double hard[ROWS] = {0.0,      -0.0,     9007199254740991.0, 9007199254740992.0,
                                  4.9e-324, -1.0 / 3, INFINITY,           NAN};

struct stand {
    struct ccs_arena arena;
    struct ccs_outcome outcomes[POLICIES];
};

static void stand_init(struct stand *stand)
{
    ccs_arena_init(&stand->arena, 0);
    memset(stand->outcomes, 0, sizeof stand->outcomes);
    ck_assert_int_eq(ccs_outcomes_allocate(stand->outcomes, POLICIES, ROWS, WEEKS, &stand->arena),
                     CCS_OK);
}

static void stand_fill(struct stand *stand)
{
    for (size_t p = 0; p < POLICIES; p++) {
        struct ccs_outcome *o = &stand->outcomes[p];
        for (size_t i = 0; i < ROWS; i++) {
            o->num[i] = hard[i];
            o->den[i] = hard[(i + p) % ROWS];
            o->events[i] = (double)(i * 1000 + p);
        }
        for (size_t w = 0; w < WEEKS; w++) {
            o->cash[w] = -1.5 * (double)w;
            o->value[w] = 1e300 * (double)w;
        }
        o->waits->count[0] = 1;
        o->waits->count[1] = UINT64_MAX - 10;
        o->waits->count[CCS_HISTOGRAM_BINS - 1] = 9;
        o->waits->n = UINT64_MAX;
        for (uint32_t bin = 100; bin < 400; bin++) {
            o->ended->count[bin] = bin;
            o->ended->n += bin;
        }
        o->signature = UINT64_MAX - p;
        o->signature_t0 = 1;
        o->events_done = UINT64_C(1) << 40;
        o->utilisation = NAN;
        o->backlog_per_day = -0.25;
        o->balance = (struct ccs_balance){.runs = 1,
                                          .ledger = 1e-4,
                                          .net_value = 3e-17,
                                          .issues_lost = 2,
                                          .contacts_lost = INT64_MAX,
                                          .customers_lost = 4,
                                          .little = 1e-15,
                                          .is_ok = p == 1};
    }
}

static struct ccs_record stand_record(const struct stand *stand, uint64_t r)
{
    struct ccs_record record;
    ck_assert_int_eq(ccs_record_encode(&shape, r, &volume, stand->outcomes, &record), CCS_OK);
    return record;
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || same_bits(&a, &b, 1);
}

static bool same_balance(const struct ccs_balance *a, const struct ccs_balance *b)
{
    return a->runs == b->runs && a->ledger == b->ledger && a->net_value == b->net_value &&
           a->labor == b->labor && a->issues_lost == b->issues_lost &&
           a->contacts_lost == b->contacts_lost && a->customers_lost == b->customers_lost &&
           a->little == b->little && a->is_ok == b->is_ok;
}

START_TEST(what_is_written_is_read_again_to_the_bit)
{
    struct stand from;
    struct stand to;
    struct ccs_volume found;
    stand_init(&from);
    stand_init(&to);
    stand_fill(&from);
    struct ccs_record record = stand_record(&from, 41);
    to.outcomes[1].ended->count[7] = 7; /* what was there before is overwritten */
    ck_assert_ptr_null(ccs_record_decode(&shape, 41, &record, &found, to.outcomes));
    ck_assert_double_eq(found.factor, volume.factor);
    ck_assert_double_eq(found.fit, volume.fit);
    for (size_t p = 0; p < POLICIES; p++) {
        const struct ccs_outcome *a = &from.outcomes[p];
        const struct ccs_outcome *b = &to.outcomes[p];
        for (size_t i = 0; i < 3 * ROWS + 2 * WEEKS; i++) { /* all numbers lie side by side */
            ck_assert_msg(same_number(a->num[i], b->num[i]), "number %zu: %g, %g", i, a->num[i],
                          b->num[i]);
        }
        ck_assert_mem_eq(a->waits, b->waits, sizeof *a->waits);
        ck_assert_mem_eq(a->ended, b->ended, sizeof *a->ended);
        ck_assert_mem_eq(a->censored, b->censored, sizeof *a->censored);
        ck_assert_uint_eq(a->signature, b->signature);
        ck_assert_uint_eq(a->signature_t0, b->signature_t0);
        ck_assert_uint_eq(a->events_done, b->events_done);
        ck_assert(same_number(a->utilisation, b->utilisation));
        ck_assert(same_number(a->backlog_per_day, b->backlog_per_day));
        ck_assert(same_balance(&a->balance, &b->balance));
    }
    struct ccs_record again = stand_record(&to, 41);
    ck_assert_uint_eq(again.size, record.size);
    ck_assert_mem_eq(again.bytes, record.bytes, record.size);
    free((void *)again.bytes);
    free((void *)record.bytes);
    ccs_arena_fini(&from.arena);
    ccs_arena_fini(&to.arena);
}
END_TEST

/* In memory of just that size, so that a sanitizer sees every step beyond. */
static const char *decode_copy(const void *bytes, size_t size, struct stand *to)
{
    unsigned char *copy = malloc(size + (size == 0));
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, size);
    struct ccs_record record = {copy, size};
    struct ccs_volume found;
    const char *fault = ccs_record_decode(&shape, 3, &record, &found, to->outcomes);
    free(copy);
    return fault;
}

START_TEST(damage_anywhere_is_found)
{
    struct stand stand;
    stand_init(&stand);
    stand_fill(&stand);
    struct ccs_record record = stand_record(&stand, 3);
    unsigned char *bytes = (unsigned char *)record.bytes;
    ck_assert_ptr_null(decode_copy(bytes, record.size, &stand));
    for (size_t size = 0; size < record.size; size++) {
        MUST(decode_copy(bytes, size, &stand) != NULL);
    }
    for (size_t i = 0; i < record.size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] ^= (unsigned char)(1 << bit);
            MUST(decode_copy(bytes, record.size, &stand) != NULL);
            bytes[i] ^= (unsigned char)(1 << bit);
        }
    }
    ck_assert_ptr_null(decode_copy(bytes, record.size, &stand));
    free(bytes);
    ccs_arena_fini(&stand.arena);
}
END_TEST

static void seal(unsigned char *bytes, size_t size)
{
    uint64_t hash = ccs_hash64(bytes + 24, size - 24);
    for (int i = 0; i < 8; i++) {
        bytes[8 + i] = (unsigned char)((uint64_t)size >> 8 * i);
        bytes[16 + i] = (unsigned char)(hash >> 8 * i);
    }
}

START_TEST(nonsense_with_a_right_checksum_does_no_harm)
{
    /* some of it still has a meaning, but whatever is read stays where it belongs */
    struct stand stand;
    stand_init(&stand);
    stand_fill(&stand);
    struct ccs_record record = stand_record(&stand, 3);
    unsigned char *copy = malloc(record.size + 8);
    ck_assert_ptr_nonnull(copy);
    size_t refused = 0;
    for (size_t i = 40; i < record.size; i++) {
        memcpy(copy, record.bytes, record.size);
        copy[i] ^= 0xFF;
        seal(copy, record.size);
        refused += decode_copy(copy, record.size, &stand) != NULL;
        memcpy(copy, record.bytes, i); /* cut off here */
        seal(copy, i);
        MUST(decode_copy(copy, i, &stand) != NULL);
    }
    ck_assert_uint_gt(refused, (record.size - 40) / 4);
    memcpy(copy, record.bytes, record.size); /* something behind it */
    copy[record.size] = 0;
    seal(copy, record.size + 1);
    ck_assert_ptr_nonnull(decode_copy(copy, record.size + 1, &stand));
    free(copy);
    free((void *)record.bytes);
    ccs_arena_fini(&stand.arena);
}
END_TEST

START_TEST(records_of_something_else_are_refused)
{
    struct stand stand;
    struct ccs_volume found;
    stand_init(&stand);
    stand_fill(&stand);
    struct ccs_record record = stand_record(&stand, 3);
    struct ccs_record_shape other = shape;
    other.identity++;
    ck_assert_ptr_null(ccs_record_volume(&shape, 3, &record, &found));
    ck_assert_double_eq(found.fit, volume.fit);
    ck_assert_ptr_nonnull(
        strstr(ccs_record_decode(&other, 3, &record, &found, stand.outcomes), "another scenario"));
    ck_assert_ptr_nonnull(strstr(ccs_record_decode(&shape, 4, &record, &found, stand.outcomes),
                                 "another replication"));
    ck_assert_ptr_null(ccs_record_fault(record.bytes, record.size));
    unsigned char *bytes = (unsigned char *)record.bytes;
    bytes[4]++;
    ck_assert_ptr_nonnull(strstr(ccs_record_fault(bytes, record.size), "another version"));
    free(bytes);
    ccs_arena_fini(&stand.arena);
}
END_TEST

/* ---- with a cache ---- */

enum {
    MOST = 64
};

struct shelf {
    void *bytes[MOST];
    size_t size[MOST];
    size_t kept, asked, fail_at; /* keeping fails once so many are there; 0: never */
    pthread_t owner;
    int inside;         /* calls of keep under way */
    volatile int *stop; /* set when keeping has failed (NULL: nothing) */
    ccs_status failure;
};

static const void *find(void *context, uint64_t r, size_t *size)
{
    struct shelf *shelf = context;
    MUST(pthread_equal(pthread_self(), shelf->owner));
    shelf->asked++;
    *size = r < MOST ? shelf->size[r] : 0;
    return r < MOST ? shelf->bytes[r] : NULL;
}

static ccs_status keep(void *context, uint64_t r, const void *record, size_t size)
{
    struct shelf *shelf = context;
    MUST(__atomic_add_fetch(&shelf->inside, 1, __ATOMIC_SEQ_CST) == 1);
    MUST(r < MOST && shelf->bytes[r] == NULL);
    ccs_status status = CCS_OK;
    if (shelf->fail_at > 0 && shelf->kept == shelf->fail_at) {
        status = shelf->failure;
    } else {
        shelf->bytes[r] = malloc(size);
        MUST(shelf->bytes[r] != NULL);
        memcpy(shelf->bytes[r], record, size);
        shelf->size[r] = size;
        shelf->kept++;
    }
    __atomic_sub_fetch(&shelf->inside, 1, __ATOMIC_SEQ_CST);
    return status;
}

static struct ccs_outcome_cache cache_of(struct shelf *shelf)
{
    shelf->owner = pthread_self();
    return (struct ccs_outcome_cache){.context = shelf, .find = find, .keep = keep};
}

static void shelf_drop(struct shelf *shelf, size_t r)
{
    free(shelf->bytes[r]);
    shelf->bytes[r] = NULL;
    shelf->size[r] = 0;
}

static void shelf_free(struct shelf *shelf)
{
    for (size_t r = 0; r < MOST; r++) {
        free(shelf->bytes[r]);
    }
}

static const char tiny[] = "tests/data/tiny.json";

static struct ccs_scenario *load(const char *path)
{
    cJSON *doc = read_document(path);
    struct ccs_scenario *sc = scenario_from(doc);
    cJSON_Delete(doc);
    return sc;
}

/* All numbers of the results as text. */
static char *json_of(const struct ccs_results *res)
{
    struct ccs_report report;
    ck_assert_int_eq(ccs_report_json(res, "test", &report), CCS_OK);
    return report.text;
}

static char *run_json(const struct ccs_scenario *sc, int64_t reps, int jobs,
                      const struct ccs_outcome_cache *cache)
{
    struct ccs_experiment_options options = {.replications = reps, .seed = -1, .jobs = jobs};
    struct ccs_results *res = NULL;
    char message[500];
    ccs_status status = ccs_experiment_run_kept(sc, &options, cache, &res, message, sizeof message);
    ck_assert_msg(status == CCS_OK, "%s: %s", ccs_status_text(status), message);
    char *text = json_of(res);
    ccs_results_destroy(res);
    return text;
}

START_TEST(results_are_the_same_whether_replications_are_run_or_found)
{
    /* beyond 50 replications durations are pooled in blocks of several */
    int64_t reps = _i == 0 ? 6 : 53;
    struct ccs_scenario *sc = load(tiny);
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    char *plain = run_json(sc, reps, 2, NULL);
    char *first = run_json(sc, reps, 2, &cache);
    ck_assert_str_eq(first, plain);
    ck_assert_uint_eq(shelf.kept, (size_t)reps);
    char *found = run_json(sc, reps, 2, &cache);
    ck_assert_str_eq(found, plain);
    ck_assert_uint_eq(shelf.kept, (size_t)reps);
    ck_assert_uint_eq(shelf.asked, 2 * (size_t)reps);
    for (size_t r = 0; r < (size_t)reps; r += 3) {
        shelf_drop(&shelf, r);
    }
    size_t dropped = ((size_t)reps + 2) / 3;
    char *mixed = run_json(sc, reps, 1, &cache);
    ck_assert_str_eq(mixed, plain);
    ck_assert_uint_eq(shelf.kept, (size_t)reps + dropped);
    free(plain);
    free(first);
    free(found);
    free(mixed);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(more_replications_add_only_what_is_missing)
{
    struct ccs_scenario *sc = load(tiny);
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    free(run_json(sc, 4, 2, &cache));
    char *more = run_json(sc, 9, 2, &cache);
    ck_assert_uint_eq(shelf.kept, 9);
    char *plain = run_json(sc, 9, 1, NULL);
    ck_assert_str_eq(more, plain);
    free(more);
    more = run_json(sc, 5, 2, &cache); /* and fewer take the first ones */
    ck_assert_uint_eq(shelf.kept, 9);
    free(plain);
    plain = run_json(sc, 5, 1, NULL);
    ck_assert_str_eq(more, plain);
    free(more);
    free(plain);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(equal_runs_keep_equal_bytes_on_any_number_of_threads)
{
    struct ccs_scenario *sc = load("tests/data/everything.json");
    struct shelf one = {0};
    struct shelf three = {0};
    struct ccs_outcome_cache cache = cache_of(&one);
    free(run_json(sc, 5, 1, &cache));
    cache = cache_of(&three);
    free(run_json(sc, 5, 3, &cache));
    for (size_t r = 0; r < 5; r++) {
        ck_assert_uint_eq(one.size[r], three.size[r]);
        ck_assert_mem_eq(one.bytes[r], three.bytes[r], one.size[r]);
    }
    shelf_free(&one);
    shelf_free(&three);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(rows_by_period_can_be_left_out)
{
    struct ccs_scenario *sc = load(tiny);
    struct ccs_results *with = experiment_of(sc, 3, 1);
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    cache.without_periods = true;
    struct ccs_experiment_options options = {.replications = 3, .seed = -1, .jobs = 1};
    struct ccs_results *without = NULL;
    char message[300];
    ck_assert_int_eq(
        ccs_experiment_run_kept(sc, &options, &cache, &without, message, sizeof message), CCS_OK);
    ck_assert_uint_lt(without->row_n, with->row_n);
    for (size_t row = 0; row < with->row_n; row++) {
        bool is_there = ccs_results_row(without, with->rows[row].metric->name,
                                        with->rows[row].slice, with->rows[row].name) >= 0;
        ck_assert(is_there == (with->rows[row].slice != CCS_SLICE_PERIOD));
    }
    for (size_t p = 0; p < with->policy_n; p++) {
        ck_assert_same_numbers(with, p, without, p, -1);
    }
    ck_assert_uint_eq(with->signature, without->signature);
    ccs_results_destroy(without);
    cache.without_periods = false; /* and then the records do not fit */
    ck_assert_int_eq(
        ccs_experiment_run_kept(sc, &options, &cache, &without, message, sizeof message),
        CCS_EDATA);
    ck_assert_ptr_null(without);
    ccs_results_destroy(with);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
}
END_TEST

static ccs_status try_run(const struct ccs_scenario *sc, const struct ccs_outcome_cache *cache,
                          int64_t seed, char message[500])
{
    struct ccs_experiment_options options = {.replications = 4, .seed = seed, .jobs = 2};
    struct ccs_results *res = NULL;
    ccs_status status = ccs_experiment_run_kept(sc, &options, cache, &res, message, 500);
    ck_assert((res != NULL) == (status == CCS_OK));
    ck_assert((message[0] != '\0') == (status != CCS_OK));
    ccs_results_destroy(res);
    return status;
}

START_TEST(a_record_that_does_not_fit_is_named_and_nothing_is_run)
{
    struct ccs_scenario *sc = load(tiny);
    struct ccs_scenario *other = load("tests/data/everything.json");
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    char message[500];
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_OK);
    ck_assert_int_eq(try_run(sc, &cache, 8, message), CCS_EDATA); /* another seed */
    ck_assert_ptr_nonnull(strstr(message, "replication 1 belongs to another scenario, seed"));
    ck_assert_int_eq(try_run(other, &cache, -1, message), CCS_EDATA);
    unsigned char *bytes = shelf.bytes[2];
    bytes[shelf.size[2] / 2] ^= 1;
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_EDATA);
    ck_assert_str_eq(message, "the record of replication 3 is damaged: its checksum does not fit");
    /* damage that only shows when it is read: the checksum is right */
    bytes[shelf.size[2] / 2] ^= 1;
    bytes[shelf.size[2] - 1] = 2; /* is_ok */
    seal(bytes, shelf.size[2]);
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_EDATA);
    ck_assert_ptr_nonnull(strstr(message, "replication 3 is damaged: its contents"));
    /* two that were exchanged */
    bytes[shelf.size[2] - 1] = 1;
    seal(bytes, shelf.size[2]);
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_OK);
    void *moved = shelf.bytes[0];
    size_t size = shelf.size[0];
    shelf.bytes[0] = shelf.bytes[1];
    shelf.size[0] = shelf.size[1];
    shelf.bytes[1] = moved;
    shelf.size[1] = size;
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_EDATA);
    ck_assert_ptr_nonnull(strstr(message, "replication 1 is that of another replication"));
    ck_assert_uint_eq(shelf.kept, 4);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
    ccs_scenario_destroy(other);
}
END_TEST

START_TEST(a_cache_that_fails_stops_the_experiment_with_its_status)
{
    static const ccs_status failures[] = {CCS_EIO, CCS_ENOMEM, CCS_EDATA};
    struct ccs_scenario *sc = load(tiny);
    struct shelf shelf = {.fail_at = 2, .failure = failures[_i]};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    char message[500];
    ck_assert_int_eq(try_run(sc, &cache, -1, message), failures[_i]);
    ck_assert_ptr_nonnull(strstr(message, "was not kept"));
    ck_assert_ptr_null(strstr(message, "E313"));
    ck_assert_uint_eq(shelf.kept, 2);
    shelf.fail_at = 0; /* what was kept before is found */
    ck_assert_int_eq(try_run(sc, &cache, -1, message), CCS_OK);
    ck_assert_uint_eq(shelf.kept, 4);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
}
END_TEST

struct watcher {
    volatile int stop;
    size_t after, first_found, calls;
};

static void watch(void *context, const struct ccs_progress *progress)
{
    struct watcher *w = context;
    if (w->calls++ == 0) {
        w->first_found = progress->found;
    }
    MUST(progress->found <= progress->done && progress->done <= progress->total);
    if (w->after > 0 && progress->done >= w->after) {
        __atomic_store_n(&w->stop, 1, __ATOMIC_RELAXED);
    }
}

START_TEST(an_interrupted_experiment_has_kept_what_it_shows)
{
    struct ccs_scenario *sc = load(tiny);
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    struct watcher w = {.after = 5};
    struct ccs_experiment_options options = {.replications = 40,
                                             .seed = -1,
                                             .jobs = 2,
                                             .progress = watch,
                                             .context = &w,
                                             .stop = &w.stop};
    struct ccs_results *res = NULL;
    char message[300];
    ck_assert_int_eq(ccs_experiment_run_kept(sc, &options, &cache, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_ptr_nonnull(res);
    ck_assert(res->is_partial);
    ck_assert_uint_eq(res->replications, shelf.kept);
    ck_assert_uint_ge(shelf.kept, 5);
    ck_assert_uint_lt(shelf.kept, 40);
    ck_assert_uint_eq(w.first_found, 0);
    ccs_results_destroy(res);
    /* still stopped: what was found is shown, nothing is run */
    size_t kept = shelf.kept;
    w.calls = 0;
    ck_assert_int_eq(ccs_experiment_run_kept(sc, &options, &cache, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_uint_eq(res->replications, kept);
    ck_assert_uint_eq(shelf.kept, kept);
    ck_assert_uint_eq(w.first_found, kept);
    ccs_results_destroy(res);
    /* and it goes on from there to the same end */
    char *plain = run_json(sc, 40, 2, NULL);
    char *resumed = run_json(sc, 40, 2, &cache);
    ck_assert_str_eq(plain, resumed);
    ck_assert_uint_eq(shelf.kept, 40);
    free(plain);
    free(resumed);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
}
END_TEST

START_TEST(calibration_is_found_too)
{
    cJSON *doc = read_document("tests/data/queue.json");
    put(doc, "/run/replications", "3");
    put(doc, "/issue_types/order/volume/counts", "'all_contacts'");
    struct ccs_scenario *sc = scenario_from(doc);
    struct shelf shelf = {0};
    struct ccs_outcome_cache cache = cache_of(&shelf);
    char *first = run_json(sc, 3, 1, &cache);
    cJSON *report = cJSON_Parse(first);
    const cJSON *head = cJSON_GetObjectItemCaseSensitive(report, "scenario");
    ck_assert_double_lt(cJSON_GetObjectItemCaseSensitive(head, "volume_factor")->valuedouble, 1);
    cJSON_Delete(report);
    /* pilot runs would see the wish to stop and end the experiment */
    static const volatile int stop = 1;
    struct ccs_experiment_options options = {.seed = -1, .jobs = 1, .stop = &stop};
    struct ccs_results *res = NULL;
    char message[300];
    ck_assert_int_eq(ccs_experiment_run_kept(sc, &options, &cache, &res, message, sizeof message),
                     CCS_OK);
    char *found = json_of(res);
    ck_assert_str_eq(found, first);
    free(found);
    free(first);
    ccs_results_destroy(res);
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    shelf_free(&shelf);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_record(void)
{
    Suite *suite = suite_create("record");
    TCase *bytes = tcase_create("bytes");
    tcase_add_test(bytes, what_is_written_is_read_again_to_the_bit);
    tcase_add_test(bytes, damage_anywhere_is_found);
    tcase_add_test(bytes, nonsense_with_a_right_checksum_does_no_harm);
    tcase_add_test(bytes, records_of_something_else_are_refused);
    suite_add_tcase(suite, bytes);
    TCase *kept = tcase_create("kept");
    tcase_add_loop_test(kept, results_are_the_same_whether_replications_are_run_or_found, 0, 2);
    tcase_add_test(kept, more_replications_add_only_what_is_missing);
    tcase_add_test(kept, equal_runs_keep_equal_bytes_on_any_number_of_threads);
    tcase_add_test(kept, rows_by_period_can_be_left_out);
    tcase_add_test(kept, a_record_that_does_not_fit_is_named_and_nothing_is_run);
    tcase_add_loop_test(kept, a_cache_that_fails_stops_the_experiment_with_its_status, 0, 3);
    tcase_add_test(kept, an_interrupted_experiment_has_kept_what_it_shows);
    tcase_add_test(kept, calibration_is_found_too);
    suite_add_tcase(suite, kept);
    return suite;
}
