/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gate/ and what it records: what is written is read back to the bit, nothing
 * damaged is taken for good, the first difference is found, and the gate is silent on other seeds
 * as often as it says.
 */
#include "experiment/expect.h"
#include "gate/regression.h"

#include "../share.h"
#include "../sim_help.h"

Suite *suite_gate(void);

/* Two days of a small center: a millisecond a replication. */
static const char center[] =
    "{'name': 'small', 'run': {'horizon': '2 days', 'warmup': '6 h', 'follow_up': '1 days', "
    "'period': '1 days'}, 'channels': {'phone': {'patience': {'dist': 'exponential', "
    "'mean': '4 min'}}}, 'issue_types': {'call': {'volume': {'rate_per_h': 20}, "
    "'talk': {'dist': 'exponential', 'mean': '5 min'}}}, 'teams': {'all': {'agents': 3, "
    "'wage_per_h': 36}}}";

/* What is found for a scenario: results in the form of a baseline, with its trace. */
struct found {
    struct ccs_scenario *sc;
    struct ccs_results *res;
    struct ccs_arena arena;
    struct ccs_trace trace;
    struct ccs_divergence divergence;
    struct ccs_trail_writer trail;
    struct ccs_baseline b;
};

static void find(struct found *f, const char *set, int64_t seed, int64_t reps,
                 const struct ccs_tolerance *tolerances, size_t n)
{
    struct ccs_experiment_options options = {.replications = reps, .seed = seed, .jobs = 1};
    struct ccs_trace none = {0};
    char message[500];
    *f = (struct found){.sc = scenario_with(center, set)};
    ccs_arena_init(&f->arena, 0);
    MUST(ccs_experiment_run(f->sc, &options, &f->res, message, sizeof message) == CCS_OK);
    MUST(ccs_baseline_make(&f->b, f->res, NULL, &none, tolerances, n) == CCS_OK);
}

static void trace(struct found *f, const struct ccs_trace *old, const struct ccs_trail *old_trail)
{
    struct ccs_trace_options options = {.old = old, .old_trail = old_trail, .trail = &f->trail};
    struct ccs_trail_owner owner = {f->b.hash, f->b.signature, f->b.seed};
    MUST(ccs_trace_run(f->res, &options, &f->arena, &f->trace, &f->divergence) == CCS_OK);
    MUST(ccs_trail_finish(&f->trail, &owner) == CCS_OK);
    f->b.trace = f->trace;
}

static void drop(struct found *f)
{
    ccs_baseline_fini(&f->b);
    ccs_trail_writer_fini(&f->trail);
    ccs_arena_fini(&f->arena);
    ccs_results_destroy(f->res);
    ccs_scenario_destroy(f->sc);
}

static ccs_status parse(struct ccs_baseline *b, const char *text, size_t size)
{
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status = ccs_baseline_parse(b, "b.json", text, size, diags);
    ck_assert_int_eq(status != CCS_OK, ccs_diagnostics_error_count(diags) > 0);
    ccs_diagnostics_destroy(diags);
    return status;
}

static struct ccs_regression compare(const struct ccs_baseline *was, const struct ccs_baseline *now,
                                     struct ccs_regression_options options)
{
    struct ccs_arena arena;
    struct ccs_regression gate;
    ccs_arena_init(&arena, 0);
    MUST(ccs_regression_compare(&gate, was, now, &options, &arena) == CCS_OK);
    ccs_arena_fini(&arena);
    gate.lines = NULL;
    return gate;
}

START_TEST(a_baseline_is_read_back_to_the_bit)
{
    const struct ccs_tolerance tolerances[] = {{"*", CCS_TOLERANCE_INTERVAL, 1},
                                               {"wait_mean", CCS_TOLERANCE_RELATIVE, 0.07}};
    struct found f;
    struct ccs_baseline back;
    char *text, *again;
    size_t size, again_size;
    find(&f, NULL, 1, 3, tolerances, 2);
    trace(&f, NULL, NULL);
    MUST(ccs_baseline_write(&f.b, &text, &size) == CCS_OK);
    MUST(parse(&back, text, size) == CCS_OK);
    MUST(ccs_baseline_write(&back, &again, &again_size) == CCS_OK);
    ck_assert_uint_eq(size, again_size);
    ck_assert_mem_eq(text, again, size);
    struct ccs_regression gate = compare(&back, &f.b, (struct ccs_regression_options){0});
    ck_assert_msg(gate.is_ok, "%s", gate.verdict);
    ck_assert_uint_gt(gate.count[CCS_REGRESSION_EQUAL], 50);
    ck_assert_uint_eq(gate.fact_n, 0);
    ck_assert_double_eq(back.tolerances[1].value, 0.07);
    free(text);
    free(again);
    ccs_baseline_fini(&back);
    drop(&f);
}
END_TEST

START_TEST(a_damaged_baseline_never_brings_the_reader_down)
{
    struct found f;
    struct ccs_baseline back;
    char *text;
    size_t size;
    find(&f, NULL, 1, 2, NULL, 0);
    trace(&f, NULL, NULL);
    MUST(ccs_baseline_write(&f.b, &text, &size) == CCS_OK);
    for (size_t n = 0; n + 2 < size; n += 97) { /* without the last bracket it never is one */
        ck_assert_int_eq(parse(&back, text, n), CCS_EDATA);
    }
    uint64_t random = 12345;
    size_t read = 0;
    for (int i = 0; i < 400; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        size_t at = (size_t)((random >> 20) % size);
        char kept = text[at];
        text[at] = (char)(kept ^ (1 << (random >> 61)));
        if (parse(&back, text, size) == CCS_OK) {
            read++; /* a digit, a letter of a name, a blank */
            ccs_baseline_fini(&back);
        }
        text[at] = kept;
    }
    ck_assert_uint_gt(read, 0);
    ck_assert_uint_lt(read, 400);
    free(text);
    drop(&f);
}
END_TEST

START_TEST(a_damaged_trail_is_refused)
{
    struct found f;
    struct ccs_trail trail;
    const char *fault;
    find(&f, NULL, 1, 1, NULL, 0);
    trace(&f, NULL, NULL);
    const unsigned char *bytes = f.trail.bytes;
    size_t size = f.trail.size;
    MUST(ccs_trail_read(&trail, bytes, size, &fault) == CCS_OK);
    ck_assert_uint_eq(trail.stretch_n, 2);
    ck_assert_uint_eq(ccs_trail_find(&trail, NULL)->event_n, f.trace.stretch[0].event_n);
    ck_assert_uint_eq(ccs_trail_find(&trail, "none")->recorded, f.trace.stretch[1].event_n);
    ck_assert_ptr_null(ccs_trail_find(&trail, "somebody"));
    ccs_trail_fini(&trail);
    unsigned char *copy = malloc(size);
    for (size_t n = 0; n < size; n += 31) {
        ck_assert_int_eq(ccs_trail_read(&trail, bytes, n, &fault), CCS_EDATA);
        memcpy(copy, bytes, size);
        copy[n] ^= 4;
        ck_assert_int_eq(ccs_trail_read(&trail, copy, size, &fault), CCS_EDATA);
    }
    free(copy);
    drop(&f);
}
END_TEST

/* The horizon moves: the events are the same until the shorter one's follow-up ends. */
START_TEST(a_late_difference_is_found_within_two_percent_and_exactly_with_a_trail)
{
    struct found was, now, exact;
    struct ccs_trail trail;
    const char *fault;
    find(&was, NULL, 1, 1, NULL, 0);
    trace(&was, NULL, NULL);
    find(&now, "/issue_types/call/volume/rate_per_h=20", 1, 1, NULL, 0);
    trace(&now, &was.trace, NULL);
    ck_assert(!now.divergence.is_found);
    drop(&now);

    const char *set = "/run/horizon='3 days'";
    find(&now, set, 1, 1, NULL, 0);
    trace(&now, &was.trace, NULL);
    MUST(ccs_trail_read(&trail, was.trail.bytes, was.trail.size, &fault) == CCS_OK);
    find(&exact, set, 1, 1, NULL, 0);
    trace(&exact, &was.trace, &trail);
    const struct ccs_divergence *window = &now.divergence;
    const struct ccs_divergence *event = &exact.divergence;
    ck_assert(window->is_found && event->is_found && event->is_exact);
    ck_assert_uint_gt(event->first, CCS_TRACE_DENSE);
    ck_assert_uint_le(window->first, event->first);
    ck_assert_uint_ge(window->last, event->first);
    ck_assert_double_le((double)(window->last - window->first), 0.02 * (double)window->last);
    ck_assert_int_le(window->from, event->to);
    ck_assert_int_ge(window->to, event->to);
    ck_assert_str_eq(event->policy, "none");
    ccs_trail_fini(&trail);
    drop(&exact);
    drop(&now);
    drop(&was);
}
END_TEST

START_TEST(marks_grow_by_a_64th_beyond_the_dense_ones)
{
    ck_assert_uint_eq(ccs_trace_mark_count(0), 0);
    ck_assert_uint_eq(ccs_trace_mark_count(1), 1);
    ck_assert_uint_eq(ccs_trace_mark_count(1024), 1024);
    ck_assert_uint_eq(ccs_trace_mark_count(1039), 1024);
    ck_assert_uint_eq(ccs_trace_mark_count(1040), 1025);
    ck_assert_uint_lt(ccs_trace_mark_count(UINT64_C(1) << 40), CCS_TRACE_MARKS);
}
END_TEST

START_TEST(tolerances_say_what_they_mean)
{
    struct ccs_tolerance t;
    char fault[CCS_TOLERANCE_FAULT], text[CCS_TOLERANCE_TEXT];
    MUST(ccs_tolerance_parse("wait_mean:2%", &t, fault));
    ck_assert_double_eq(ccs_tolerance_width(&t, -50, NAN), 1);
    ck_assert_str_eq(ccs_tolerance_text(text, &t), "2%");
    MUST(ccs_tolerance_parse("*:0.5", &t, fault));
    ck_assert_double_eq(ccs_tolerance_width(&t, -50, NAN), 0.5);
    MUST(ccs_tolerance_parse("*:ci95", &t, fault));
    ck_assert_double_eq(ccs_tolerance_width(&t, -50, 3), 3);
    ck_assert_double_eq_tol(ccs_tolerance_width(&t, -50, NAN), 50e-6, 1e-18); /* one rounding */
    static const char *const wrong[] = {"wait_mean", "wait_mean:", ":1",  "wait:1", "*:1 %",
                                        "*:-1",      "*:nan",      "*:%", "*:ci90"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(!ccs_tolerance_parse(wrong[i], &t, fault), "%s", wrong[i]);
    }
    const struct ccs_tolerance list[] = {{"*", CCS_TOLERANCE_ABSOLUTE, 1},
                                         {"wait_mean", CCS_TOLERANCE_ABSOLUTE, 2},
                                         {"*", CCS_TOLERANCE_ABSOLUTE, 3}};
    ck_assert_double_eq(ccs_tolerance_find(list, 3, "wait_mean")->value, 2);
    ck_assert_double_eq(ccs_tolerance_find(list, 3, "cost_total")->value, 3);
    ck_assert_ptr_null(ccs_tolerance_find(list, 0, "cost_total"));
}
END_TEST

/* ---- equivalence ---- */

enum {
    REPS = 8
};

static const struct ccs_tolerance margins[] = {
    {"handle_time_per_contact", CCS_TOLERANCE_RELATIVE, 0.12},
    {"contacts_offered", CCS_TOLERANCE_RELATIVE, 0.06},
    {"occupancy", CCS_TOLERANCE_ABSOLUTE, 0.08}};

static int pairs(void)
{
    return share_of(150, 15);
}

/* How often the gate is silent about pairs of seeds, and how often it said it would be. */
static void try_seeds(const char *set, bool is_lenient, size_t *silent, double *stated)
{
    *silent = 0;
    *stated = 0;
    for (int i = 0; i < pairs(); i++) {
        struct found was, now;
        find(&was, NULL, 1000 + 2 * i, REPS, margins, 3);
        find(&now, set, 1001 + 2 * i, REPS, NULL, 0);
        now.b.hash = was.b.hash; /* the scenario is what it was: the program has changed */
        struct ccs_regression gate = compare(
            &was.b, &now.b,
            (struct ccs_regression_options){CCS_REGRESSION_EQUIVALENCE, NULL, 0, is_lenient});
        *silent += gate.is_ok;
        *stated += gate.silence / pairs();
        drop(&now);
        drop(&was);
    }
}

START_TEST(on_other_seeds_the_gate_is_silent_at_the_stated_rate)
{
    size_t silent;
    double stated;
    try_seeds(NULL, false, &silent, &stated);
    /* a bound from below, over all three metrics; it has to say something, too */
    ck_assert_double_gt(stated, 0.5);
    ck_assert_double_ge((double)silent / pairs(),
                        stated - 4 * sqrt(stated * (1 - stated) / pairs()));
    try_seeds(NULL, true, &silent, &stated);
    ck_assert_double_ge((double)silent / pairs(), 0.95 - 4 * sqrt(0.95 * 0.05 / pairs()));
}
END_TEST

START_TEST(a_rare_metric_without_events_on_another_seed_is_not_judged)
{
    const struct ccs_tolerance margin = {"*", CCS_TOLERANCE_RELATIVE, 0.05};
    const struct ccs_regression_options how = {
        .mode = CCS_REGRESSION_EQUIVALENCE, .margins = &margin, .margin_n = 1};
    struct found was, now;
    find(&was, NULL, 1, 3, NULL, 0);
    find(&now, NULL, 1, 3, NULL, 0);
    size_t i = 0; /* one with a t interval */
    while (isnan(was.b.policies[0].metrics[i].df)) {
        i++;
        ck_assert_uint_lt(i, was.b.policies[0].metric_n);
    }
    struct ccs_baseline_metric *then = &was.b.policies[0].metrics[i];
    struct ccs_baseline_metric *here = &now.b.policies[0].metrics[i];
    struct ccs_regression all = compare(&was.b, &now.b, how);
    ck_assert_uint_eq(all.count[CCS_REGRESSION_MOVED], 0);
    here->mean = here->lo = here->hi = here->df = NAN;
    struct ccs_regression gone = compare(&was.b, &now.b, how);
    ck_assert_uint_eq(gone.count[CCS_REGRESSION_MOVED], 1); /* there were many */
    then->df = NAN;
    struct ccs_regression rare = compare(&was.b, &now.b, how);
    ck_assert_uint_eq(rare.count[CCS_REGRESSION_MOVED], 0);
    ck_assert_uint_gt(rare.count[CCS_REGRESSION_UNJUDGED], all.count[CCS_REGRESSION_UNJUDGED]);
    drop(&was);
    drop(&now);
}
END_TEST

START_TEST(a_longer_talk_is_not_equivalent)
{
    size_t silent;
    double stated;
    try_seeds("/issue_types/call/talk/mean='6.5 min'", true, &silent, &stated);
    ck_assert_uint_eq(silent, 0);
    try_seeds("/issue_types/call/talk/mean='5.6 min'", false, &silent, &stated);
    ck_assert_double_le((double)silent / pairs(), 0.05 + 4 * sqrt(0.95 * 0.05 / pairs()));
}
END_TEST

START_TEST(the_fresh_seed_is_another_one_and_always_the_same)
{
    for (uint64_t seed = 0; seed < 1000; seed++) {
        ck_assert_uint_ne(ccs_regression_fresh_seed(seed), seed);
        ck_assert_uint_eq(ccs_regression_fresh_seed(seed), ccs_regression_fresh_seed(seed));
        ck_assert_uint_le(ccs_regression_fresh_seed(seed), (UINT64_C(1) << 53) - 1);
    }
}
END_TEST

/* ---- expectations ---- */

START_TEST(expectations_hold_fail_or_stay_undecided)
{
    struct ccs_arena arena;
    struct ccs_expect_report report;
    struct found f;
    find(&f,
         "/expect=['occupancy > 0.1', 'occupancy < 10%', 'staffed_hours >= 100', "
         "'service_level[channel=phone] > 1%']",
         1, 6, NULL, 0);
    double mean = estimate_of(f.res, 0, "occupancy")->mean;
    ccs_arena_init(&arena, 0);
    MUST(ccs_expectations_judge(f.res, &f.sc->expect, false, &arena, &report) == CCS_OK);
    ck_assert_uint_eq(report.n, 4);
    ck_assert_int_eq(report.tests[0].outcome, CCS_EXPECT_HOLDS);
    ck_assert_int_eq(report.tests[1].outcome, CCS_EXPECT_FAILS);
    ck_assert_int_eq(report.tests[2].outcome, CCS_EXPECT_HOLDS);
    ck_assert_int_eq(report.tests[3].outcome, CCS_EXPECT_HOLDS);
    ck_assert(!report.is_ok);
    /* at the mean itself nothing can be said */
    f.sc->expect.v[1].value = mean;
    MUST(ccs_expectations_judge(f.res, &f.sc->expect, false, &arena, &report) == CCS_OK);
    ck_assert_int_eq(report.tests[1].outcome, CCS_EXPECT_UNDECIDED);
    ck_assert(!report.is_ok);
    MUST(ccs_expectations_judge(f.res, &f.sc->expect, true, &arena, &report) == CCS_OK);
    ck_assert(report.is_ok);
    ccs_arena_fini(&arena);
    drop(&f);
}
END_TEST

/* Both are false by a hair, so neither may be said to hold in more than 5 % of runs together. */
START_TEST(a_list_of_expectations_is_adjusted_as_a_whole)
{
    size_t wrong = 0;
    for (int i = 0; i < 60; i++) {
        struct ccs_arena arena;
        struct ccs_expect_report report;
        struct found f;
        find(&f, "/expect=['contacts_offered < 960', 'contacts_offered > 960']", 500 + i, 6, NULL,
             0); /* 20 an hour for 48 hours, on average exactly */
        ccs_arena_init(&arena, 0);
        MUST(ccs_expectations_judge(f.res, &f.sc->expect, false, &arena, &report) == CCS_OK);
        wrong += report.count[CCS_EXPECT_HOLDS] > 0;
        ccs_arena_fini(&arena);
        drop(&f);
    }
    ck_assert_uint_le(wrong, 3 + 4 * 2); /* 5 % of 60, and 4 standard deviations */
}
END_TEST

Suite *suite_gate(void)
{
    Suite *s = suite_create("gate");
    TCase *files = tcase_create("files");
    tcase_add_test(files, a_baseline_is_read_back_to_the_bit);
    tcase_add_test(files, a_damaged_baseline_never_brings_the_reader_down);
    tcase_add_test(files, a_damaged_trail_is_refused);
    tcase_add_test(files, tolerances_say_what_they_mean);
    suite_add_tcase(s, files);
    TCase *traces = tcase_create("first difference");
    tcase_add_test(traces, marks_grow_by_a_64th_beyond_the_dense_ones);
    tcase_add_test(traces, a_late_difference_is_found_within_two_percent_and_exactly_with_a_trail);
    suite_add_tcase(s, traces);
    TCase *equivalence = tcase_create("equivalence");
    tcase_add_test(equivalence, on_other_seeds_the_gate_is_silent_at_the_stated_rate);
    tcase_add_test(equivalence, a_rare_metric_without_events_on_another_seed_is_not_judged);
    tcase_add_test(equivalence, a_longer_talk_is_not_equivalent);
    tcase_add_test(equivalence, the_fresh_seed_is_another_one_and_always_the_same);
    suite_add_tcase(s, equivalence);
    TCase *expectations = tcase_create("expectations");
    tcase_add_test(expectations, expectations_hold_fail_or_stay_undecided);
    tcase_add_test(expectations, a_list_of_expectations_is_adjusted_as_a_whole);
    suite_add_tcase(s, expectations);
    return s;
}
