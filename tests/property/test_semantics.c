/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The semantics that decide the numbers, each as something that can be seen to be violated: one
 * past, common random numbers by name, off is off, windows and cohorts, who may change what.
 */
#include "../sim_help.h"

#include "behavior/behavior.h"

Suite *suite_semantics(void);

#define EVERYTHING "tests/data/everything.json"
#define QUEUE "tests/data/queue.json"

static uint64_t digest(const struct lone_world *lone)
{
    return ccs_hasher_digest(&lone->w->signature);
}

/* ---- one past ---- */

/* What a world has counted, apart from addresses: the plain part and all arrays of sums. */
static void assert_same_measure(const struct ccs_world *a, const struct ccs_world *b)
{
#define ARRAY(name)                                                                                \
    ck_assert_uint_eq(a->measure.name.len, b->measure.name.len);                                   \
    ck_assert_mem_eq(a->measure.name.data, b->measure.name.data,                                   \
                     (size_t)a->measure.name.len * a->measure.name.size)
    ARRAY(access);
    ARRAY(teams);
    ARRAY(cohort);
    ARRAY(churn);
    ARRAY(weeks);
    ARRAY(cause_us);
    ARRAY(waits);
    ARRAY(resolution);
#undef ARRAY
    ck_assert_mem_eq(a->books.total, b->books.total, sizeof a->books.total);
    ck_assert_mem_eq(a->later.total, b->later.total, sizeof a->later.total);
    ck_assert_int_eq(a->measure.queue_us, b->measure.queue_us);
    ck_assert_int_eq(a->measure.apparent, b->measure.apparent);
    ck_assert_int_eq(a->measure.issues_born, b->measure.issues_born);
    ck_assert_int_eq(a->measure.contacts_born, b->measure.contacts_born);
}

START_TEST(a_world_copied_at_t0_and_one_run_straight_through_end_the_same)
{
    static const char *const policies[] = {"late", "early", "consulting", "kept"};
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    const struct ccs_model *baseline = model_of(sc, NULL);
    const struct ccs_model *model = model_of(sc, policies[_i]);
    struct lone_world past;
    struct lone_world copy;
    struct lone_world through;
    world_warm_up(&past, baseline, 5, 0);
    uint64_t at_t0 = digest(&past);
    ck_assert_uint_gt(past.w->events_done, 1000);
    world_prepare(&copy);
    ck_assert_int_eq(ccs_world_copy(copy.w, past.w), CCS_OK);
    ck_assert_uint_eq(digest(&copy), at_t0);
    world_live(&copy, model);
    ck_assert_uint_eq(digest(&past), at_t0); /* the copy shares nothing with its origin */
    world_warm_up(&through, baseline, 5, 0);
    world_live(&through, model);
    ck_assert_uint_eq(digest(&copy), digest(&through));
    assert_same_measure(copy.w, through.w);
    world_live(&past, model); /* and the origin can still be lived in */
    ck_assert_uint_eq(digest(&past), digest(&through));
    assert_same_measure(past.w, through.w);
    world_finish(&past);
    world_finish(&copy);
    world_finish(&through);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_used_world_that_becomes_a_copy_is_as_good_as_a_new_one)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world past;
    struct lone_world used;
    world_warm_up(&past, model_of(sc, NULL), 5, 1);
    world_warm_up(&used, model_of(sc, "early"), 77, 0);
    world_live(&used, model_of(sc, "kept"));
    ck_assert_int_eq(ccs_world_copy(used.w, past.w), CCS_OK);
    world_live(&used, model_of(sc, "early"));
    world_live(&past, model_of(sc, "early"));
    ck_assert_uint_eq(digest(&used), digest(&past));
    assert_same_measure(used.w, past.w);
    world_finish(&past);
    world_finish(&used);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_policy_alone_gives_what_it_gives_in_a_comparison)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run all = run_document(doc, 2);
    static const char *const policies[] = {"late", "early", "consulting", "kept"};
    for (size_t k = 0; k < 4; k++) {
        struct ccs_experiment_options options = {
            .policy = policies[k], .replications = 2, .seed = -1, .jobs = 1};
        struct ccs_results *one = NULL;
        char message[300];
        ck_assert_int_eq(ccs_experiment_run(all.sc, &options, &one, message, sizeof message),
                         CCS_OK);
        ck_assert_uint_eq(one->policy_n, 1);
        size_t p = policy_at(all.res, policies[k]);
        ck_assert_uint_eq(one->signatures[0], all.res->signatures[p]);
        ck_assert_same_numbers(one, 0, all.res, p, -1);
        ccs_results_destroy(one);
    }
    run_free(&all);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_the_others_do_after_t0_does_not_reach_back)
{
    /* A policy that would have changed the past, had it ruled then: with independent pasts it
     * does, with the shared one it does not. */
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world a;
    struct lone_world b;
    world_warm_up(&a, model_of(sc, "late"), 5, 0);
    world_warm_up(&b, model_of(sc, "early"), 5, 0);
    ck_assert_uint_ne(digest(&a), digest(&b));
    world_finish(&a);
    world_finish(&b);
    struct ccs_results *shared = experiment_of(sc, 2, 1);
    struct ccs_experiment_options options = {
        .replications = 2, .seed = -1, .jobs = 1, .independent_pasts = true};
    struct ccs_results *apart = NULL;
    char message[300];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &apart, message, sizeof message), CCS_OK);
    assert_balanced(apart);
    ck_assert_uint_eq(apart->signatures[policy_at(apart, "late")],
                      shared->signatures[policy_at(shared, "late")]);
    ck_assert_uint_ne(apart->signatures[policy_at(apart, "early")],
                      shared->signatures[policy_at(shared, "early")]);
    ccs_results_destroy(shared);
    ccs_results_destroy(apart);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_population_at_t0_is_the_stated_one_after_a_long_and_lossy_past)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/warmup", "'1 years'");
    put(doc, "/segments/loyal/churn_hazard_per_year", "3");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 5, 0);
    const struct ccs_customer *customers = lone.w->customers.data;
    size_t moved_in = 0;
    size_t angry = 0;
    for (uint32_t i = 0; i < 800; i++) {
        ck_assert(!customers[i].is_gone);
        moved_in += customers[i].generation > 0;
        angry += customers[i].anger > 0.01;
    }
    ck_assert_uint_gt(moved_in, 500); /* 1 - exp(-3) of 500 and some of the others */
    ck_assert_uint_gt(angry, 20);     /* they have a past */
    world_begin(&lone, model_of(sc, NULL));
    int64_t at_start = 0;
    for (uint32_t s = 0; s < 2; s++) {
        at_start += ((const struct ccs_churn *)lone.w->measure.churn.data)[s].at_start;
    }
    ck_assert_int_eq(at_start, 800);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- pairing ---- */

START_TEST(a_policy_against_a_copy_of_itself_differs_by_exactly_nothing)
{
    static const char *const policies[] = {"late", "early", "consulting", "kept"};
    cJSON *doc = read_document(EVERYTHING);
    cJSON *group = cJSON_GetObjectItemCaseSensitive(doc, "policies");
    cJSON *twin = cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(group, policies[_i]), true);
    cJSON_AddItemToObject(group, "a copy", twin);
    struct run run = run_document(doc, 3);
    size_t a = policy_at(run.res, policies[_i]);
    size_t b = policy_at(run.res, "a copy");
    ck_assert_uint_eq(run.res->signatures[a], run.res->signatures[b]);
    ck_assert_same_numbers(run.res, a, run.res, b, -1);
    for (size_t i = 0; i < run.res->comparison_n; i++) {
        const struct ccs_comparison *cmp = &run.res->comparisons[i];
        if (!((cmp->a == a && cmp->b == b) || (cmp->a == b && cmp->b == a))) {
            continue;
        }
        for (size_t r = 0; r < run.res->row_n; r++) {
            const struct ccs_estimate *d = &cmp->rows[r].diff;
            if (ccs_estimate_is_defined(d)) {
                ck_assert_double_eq(d->mean, 0);
                ck_assert(!ccs_estimate_has_interval(d) || d->kind == CCS_ESTIMATE_RARE ||
                          (d->lo == 0 && d->hi == 0));
            }
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_world_that_had_more_customers_forgets_no_contact_as_a_copy)
{
    /* Callers without a segment pile up after t0, the fewer the more is conceded. So the second
     * policy is copied into a world with room for more of them than there are, and outgrows it,
     * and the third finds room for all. Last contacts decide the apparent resolution. */
    cJSON *doc = document_of(
        "{'name': 'twins', 'run': {'horizon': '4 days', 'warmup': '6 h', 'follow_up': '0 s'}, "
        "'channels': {'phone': {}}, "
        "'issue_types': {'claim': {'volume': {'rate_per_h': 30}, 'talk': '3 min', "
        "'needs': 'decision', 'amount': 50}}, 'teams': {'desk': {'agents': 9}}, "
        "'behavior': {'recontact': {'after_refusal': 0.9, 'delay': '1 days'}}, 'policies': {"
        "'a': {'kind': 'escalate_late', 'authority_limits': [90], 'promise_share': 0, "
        "'discretion': [0.4]}, "
        "'b': {'kind': 'escalate_late', 'authority_limits': [10], 'promise_share': 0}, "
        "'c': {'kind': 'escalate_late', 'authority_limits': [10], 'promise_share': 0}}, "
        "'baseline': 'a'}");
    struct run run = run_document(doc, 2);
    size_t b = policy_at(run.res, "b");
    size_t c = policy_at(run.res, "c");
    ck_assert_uint_eq(run.res->signatures[b], run.res->signatures[c]);
    ck_assert_same_numbers(run.res, b, run.res, c, -1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(nobody_has_power_is_the_same_under_every_name)
{
    /* Refusing everything: an empowered policy without authority, and a late one without
     * discretion that is never triggered, in a center with one tier. */
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/teams/senior", NULL);
    put(doc, "/teams/chief", NULL);
    put(doc, "/policies",
        "{'late': {'kind': 'escalate_late', 'authority_limits': [0], 'discretion': [0], "
        "'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0}, "
        "'powerless': {'kind': 'empowered_first_contact', 'authority_limits': [0], "
        "'transfer': 'cold'}}");
    struct run run = run_document(doc, 2);
    size_t a = policy_at(run.res, "late");
    size_t b = policy_at(run.res, "powerless");
    ck_assert_double_gt(total_of(run.res, run.res->num, a, "refusals_per_issue"), 0);
    ck_assert_uint_eq(run.res->signatures[a], run.res->signatures[b]);
    ck_assert_same_numbers(run.res, a, run.res, b, -1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_same_problems_arise_under_every_policy)
{
    /* Issues of the window plus those whose customer had left: a stream that nobody moves. */
    cJSON *doc = read_document(EVERYTHING);
    struct run run = run_document(doc, 3);
    size_t n = run.res->replications;
    size_t issues = row_at(run.res, "unvoiced_share");
    size_t lost = row_at(run.res, "issues_lost_to_churn");
    for (size_t p = 1; p < run.res->policy_n; p++) {
        for (size_t r = 0; r < n; r++) {
            double here = run.res->den[(p * run.res->row_n + issues) * n + r] +
                          run.res->num[(p * run.res->row_n + lost) * n + r];
            double there = run.res->den[issues * n + r] + run.res->num[lost * n + r];
            ck_assert_double_eq(here, there);
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what must not matter ---- */

static void assert_same_estimate(const struct ccs_estimate *a, const struct ccs_estimate *b)
{
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->n, b->n);
    ck_assert(same_bits(&a->mean, &b->mean, 1));
    ck_assert(same_bits(&a->sd, &b->sd, 1));
    ck_assert(same_bits(&a->se, &b->se, 1));
    ck_assert(same_bits(&a->lo, &b->lo, 1));
    ck_assert(same_bits(&a->hi, &b->hi, 1));
}

static void assert_same_results(const struct ccs_results *a, const struct ccs_results *b)
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

START_TEST(the_number_of_threads_changes_no_bit)
{
    cJSON *doc = read_document(_i == 0 ? EVERYTHING : QUEUE);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *one = experiment_of(sc, 7, 1);
    for (int jobs = 2; jobs <= 3; jobs++) {
        struct ccs_results *more = experiment_of(sc, 7, jobs);
        assert_same_results(one, more);
        ccs_results_destroy(more);
    }
    ccs_results_destroy(one);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(replication_k_is_the_same_however_many_there_are)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *two = experiment_of(sc, 2, 1);
    struct ccs_results *four = experiment_of(sc, 4, 1);
    for (size_t i = 0; i < two->policy_n * two->row_n; i++) {
        ck_assert(same_bits(&two->num[i * 2], &four->num[i * 4], 2));
        ck_assert(same_bits(&two->den[i * 2], &four->den[i * 4], 2));
    }
    ccs_results_destroy(two);
    ccs_results_destroy(four);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_same_seed_repeats_and_another_does_not)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    uint64_t signature[3];
    static const int64_t seeds[] = {5, 5, 6};
    for (int i = 0; i < 3; i++) {
        struct ccs_experiment_options options = {.replications = 1, .seed = seeds[i], .jobs = 1};
        struct ccs_results *res = NULL;
        char message[300];
        ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message), CCS_OK);
        signature[i] = res->signature;
        ccs_results_destroy(res);
    }
    ck_assert_uint_eq(signature[0], signature[1]);
    ck_assert_uint_ne(signature[0], signature[2]);
    struct lone_world a;
    struct lone_world b;
    world_warm_up(&a, model_of(sc, NULL), 5, 0);
    world_warm_up(&b, model_of(sc, NULL), 5, 1);
    ck_assert_uint_ne(digest(&a), digest(&b)); /* replications are not repeats of each other */
    world_finish(&a);
    world_finish(&b);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* Turns the order of the members of every object around. */
static void reverse_members(cJSON *item)
{
    cJSON *turned = cJSON_CreateObject();
    cJSON *child;
    while (item->child) {
        child = cJSON_DetachItemViaPointer(item, item->child);
        if (cJSON_IsObject(child) || cJSON_IsArray(child)) {
            for (cJSON *c = child->child; cJSON_IsArray(child) && c; c = c->next) {
                if (cJSON_IsObject(c)) {
                    reverse_members(c);
                }
            }
            if (cJSON_IsObject(child)) {
                reverse_members(child);
            }
        }
        cJSON_AddItemToObject(turned, child->string, child);
    }
    while (turned->child) { /* taken from the end */
        child = turned->child->prev;
        cJSON_DetachItemViaPointer(turned, child);
        cJSON_AddItemToObject(item, child->string, child);
    }
    cJSON_Delete(turned);
}

START_TEST(the_order_of_keys_teams_and_policies_in_the_file_does_not_matter)
{
    cJSON *doc = read_document(_i == 0 ? EVERYTHING : QUEUE);
    struct run forth = run_document(doc, 2);
    reverse_members(doc);
    ck_assert_str_eq(doc->child->string, _i == 0 ? "policies" : "teams"); /* it did turn */
    struct run back = run_document(doc, 2);
    ck_assert_uint_eq(forth.sc->hash, back.sc->hash);
    assert_same_results(forth.res, back.res);
    run_free(&forth);
    run_free(&back);
    cJSON_Delete(doc);
}
END_TEST

/* Renames the member `from` of an object to `to`. */
static void rename_member(cJSON *holder, const char *from, const char *to)
{
    cJSON *item = cJSON_DetachItemFromObjectCaseSensitive(holder, from);
    ck_assert_ptr_nonnull(item);
    cJSON_AddItemToObject(holder, to, item);
}

START_TEST(a_new_name_for_a_team_changes_no_arrival_and_in_a_plain_queue_nothing_at_all)
{
    const char *text = "{'name': 't', 'run': {'horizon': '5 days', 'warmup': '1 days', "
                       "'follow_up': '1 days'}, 'channels': {'phone': {'patience': '5 min'}}, "
                       "'issue_types': {'call': {'volume': {'rate_per_h': 30}, "
                       "'talk': {'dist': 'exponential', 'mean': '5 min'}}}, "
                       "'teams': {'%s': {'agents': 3}}}";
    char one[2000];
    char two[2000];
    snprintf(one, sizeof one, text, "agents");
    snprintf(two, sizeof two, text, "zebras");
    struct ccs_scenario *a = scenario_of(one);
    struct ccs_scenario *b = scenario_of(two);
    struct ccs_results *x = experiment_of(a, 3, 1);
    struct ccs_results *y = experiment_of(b, 3, 1);
    ck_assert_uint_eq(x->signature, y->signature);
    ck_assert_same_numbers(x, 0, y, 0, -1);
    ccs_results_destroy(x);
    ccs_results_destroy(y);
    ccs_scenario_destroy(a);
    ccs_scenario_destroy(b);

    cJSON *doc = read_document(EVERYTHING);
    struct run before = run_document(doc, 2);
    rename_member(cJSON_GetObjectItemCaseSensitive(doc, "teams"), "front", "zfront");
    struct run after = run_document(doc, 2);
    size_t row = row_at(before.res, "unvoiced_share"); /* all issues of the window; silent ones */
    ck_assert(same_bits(&before.res->den[row * 2], &after.res->den[row * 2], 1));
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_new_name_for_an_issue_type_draws_other_issues)
{
    cJSON *doc = read_document(QUEUE);
    struct run before = run_document(doc, 2);
    rename_member(cJSON_GetObjectItemCaseSensitive(doc, "issue_types"), "order", "zorder");
    struct run after = run_document(doc, 2);
    const char *which;
    ck_assert_uint_gt(differing_rows(before.res, 0, after.res, 0, -1, &which), 10);
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(two_pooled_teams_are_one_team)
{
    cJSON *doc = read_document(QUEUE);
    put(doc, "/issue_types/fault/priority", "0");
    put(doc, "/channels/chat/priority", "0");
    put(doc, "/teams", "{'one': {'agents': 5, 'calendar': 'day'}}");
    struct run one = run_document(doc, 3);
    put(doc, "/teams",
        "{'b': {'agents': 3, 'calendar': 'day'}, "
        "'a': {'agents': 2, 'calendar': 'day'}}");
    struct run two = run_document(doc, 3);
    /* signatures too: which of the two teams takes a call is in no event */
    static const char *const metrics[] = {"wait_mean",     "service_level",    "abandonment_rate",
                                          "occupancy",     "contacts_offered", "resolution_time",
                                          "blocking_rate", "handle_hours"};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        size_t row = row_at(one.res, metrics[i]);
        ck_assert(same_bits(&one.res->num[row * 3], &two.res->num[row * 3], 3));
        ck_assert(same_bits(&one.res->den[row * 3], &two.res->den[row * 3], 3));
    }
    run_free(&one);
    run_free(&two);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_load_split_into_two_alike_types_waits_as_long)
{
    /* In law, not to the bit: other names draw other numbers. Two independent means, |z| <= 4. */
    const char *whole = "{'name': 't', 'run': {'horizon': '10 days', 'warmup': '1 days', "
                        "'follow_up': '1 days', 'seed': 3}, 'channels': {'phone': "
                        "{'patience': {'dist': 'exponential', 'mean': '6 min'}}}, "
                        "'issue_types': {'call': {'volume': {'rate_per_h': 40}, "
                        "'talk': {'dist': 'exponential', 'mean': '6 min'}}}, "
                        "'teams': {'all': {'agents': 4}}}";
    struct text text = {.n = 0};
    say(&text, "%s", whole);
    struct ccs_scenario *one = scenario_of(text.s);
    cJSON *doc = document_of(whole);
    put(doc, "/issue_types/call/volume/rate_per_h", "28");
    put(doc, "/issue_types/more",
        "{'volume': {'rate_per_h': 12}, 'talk': {'dist': 'exponential', 'mean': '6 min'}}");
    struct ccs_scenario *two = scenario_from(doc);
    struct ccs_results *x = experiment_of(one, 30, 1);
    struct ccs_results *y = experiment_of(two, 30, 1);
    static const char *const metrics[] = {"wait_mean", "service_level",    "abandonment_rate",
                                          "occupancy", "wait_probability", "contacts_offered"};
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        const struct ccs_estimate *a = estimate_of(x, 0, metrics[i]);
        const struct ccs_estimate *b = estimate_of(y, 0, metrics[i]);
        double z = (a->mean - b->mean) / hypot(a->se, b->se);
        ck_assert_msg(fabs(z) <= 4, "%s: %g and %g, z = %g", metrics[i], a->mean, b->mean, z);
    }
    ccs_results_destroy(x);
    ccs_results_destroy(y);
    ccs_scenario_destroy(one);
    ccs_scenario_destroy(two);
    cJSON_Delete(doc);
}
END_TEST

/* ---- who may change what ---- */

START_TEST(a_patch_of_staffing_changes_only_its_own_policy)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run before = run_document(doc, 2);
    put(doc, "/policies/early/with", "{'teams': {'front': {'agents': 4}}}");
    struct run after = run_document(doc, 2);
    static const char *const others[] = {"late", "consulting", "kept"};
    for (size_t i = 0; i < 3; i++) {
        size_t a = policy_at(before.res, others[i]);
        size_t b = policy_at(after.res, others[i]);
        ck_assert_uint_eq(before.res->signatures[a], after.res->signatures[b]);
        ck_assert_same_numbers(before.res, a, after.res, b, -1);
    }
    const char *which;
    ck_assert_uint_gt(differing_rows(before.res, policy_at(before.res, "early"), after.res,
                                     policy_at(after.res, "early"), -1, &which),
                      20);
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(another_policy_in_the_file_changes_nothing_for_the_rest)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run all = run_document(doc, 2);
    put(doc, "/policies/consulting", NULL);
    put(doc, "/policies/kept", NULL); /* and with it the team that only it has */
    struct run few = run_document(doc, 2);
    static const char *const stay[] = {"late", "early"};
    for (size_t i = 0; i < 2; i++) {
        size_t a = policy_at(all.res, stay[i]);
        size_t b = policy_at(few.res, stay[i]);
        /* not the signature: it knows teams by number */
        ck_assert_same_numbers(all.res, a, few.res, b, -1);
    }
    run_free(&all);
    run_free(&few);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(things_that_nobody_uses_change_nothing)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run before = run_document(doc, 2);
    put(doc, "/calendars/unused", "{'hours': {'sun': '10:00-11:00'}}");
    put(doc, "/channels/aa_unused", "{'kind': 'chat', 'patience': '1 s'}");
    put(doc, "/teams/aa_unused", "{'agents': 0}");
    put(doc, "/issue_types/aa_unused", "{'rate_per_customer_year': 0, 'talk': '1 s'}");
    putf(doc, "/issue_types/aa_unused/channel_mix", "{'phone': 1}");
    struct run after = run_document(doc, 2);
    for (size_t p = 0; p < before.res->policy_n; p++) {
        ck_assert_same_numbers(before.res, p, after.res, p, -1);
    }
    run_free(&before);
    run_free(&after);
    cJSON_Delete(doc);
}
END_TEST

/* ---- window and cohort ---- */

START_TEST(a_longer_follow_up_changes_no_window_metric_and_ends_more_issues)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/follow_up", "'2 weeks'");
    struct run brief = run_document(doc, 2);
    put(doc, "/run/follow_up", "'20 weeks'");
    struct run lengthy = run_document(doc, 2);
    for (size_t p = 0; p < brief.res->policy_n; p++) {
        ck_assert_same_numbers(brief.res, p, lengthy.res, p, CCS_SCOPE_WINDOW);
        double open_then = total_of(brief.res, brief.res->num, p, "open_share");
        double open_later = total_of(lengthy.res, lengthy.res->num, p, "open_share");
        ck_assert_double_gt(open_then, 0);
        ck_assert_double_lt(open_later, open_then);
        ck_assert_double_ge(total_of(lengthy.res, lengthy.res->num, p, "resolved_share"),
                            total_of(brief.res, brief.res->num, p, "resolved_share"));
    }
    run_free(&brief);
    run_free(&lengthy);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(once_the_cohort_has_ended_a_longer_follow_up_changes_no_number)
{
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/run/follow_up", "'40 weeks'");
    struct run enough = run_document(doc, 1);
    put(doc, "/run/follow_up", "'60 weeks'");
    struct run more = run_document(doc, 1);
    for (size_t p = 0; p < enough.res->policy_n; p++) {
        ck_assert_double_eq(total_of(enough.res, enough.res->num, p, "open_share"), 0);
        ck_assert_uint_eq(enough.res->signatures[p], more.res->signatures[p]);
        ck_assert_same_numbers(enough.res, p, more.res, p, -1);
        /* every promise has met its fate */
        const struct ccs_balance *b = &more.res->balance[p];
        ck_assert(b->is_ok);
    }
    run_free(&enough);
    run_free(&more);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_length_of_the_reporting_period_changes_no_total)
{
    cJSON *doc = read_document(QUEUE);
    struct run days = run_document(doc, 2);
    put(doc, "/run/period", "'5 h'");
    struct run hours = run_document(doc, 2);
    ck_assert_uint_eq(days.res->signature, hours.res->signature);
    for (size_t i = 0; i < days.res->row_n && days.res->rows[i].slice == CCS_SLICE_ALL; i++) {
        ck_assert(same_bits(&days.res->num[i * 2], &hours.res->num[i * 2], 2));
    }
    run_free(&days);
    run_free(&hours);
    cJSON_Delete(doc);
}
END_TEST

/* Sum over the slices of one kind, of the numerator (or denominator) in one replication. */
static double slices_of(const struct ccs_results *res, const double *what, size_t policy,
                        const char *metric, enum ccs_slice_kind kind, size_t r)
{
    double sum = 0;
    size_t found = 0;
    for (size_t i = 0; i < res->row_n; i++) {
        if (res->rows[i].slice == kind && strcmp(res->rows[i].metric->name, metric) == 0) {
            sum += what[(policy * res->row_n + i) * res->replications + r];
            found++;
        }
    }
    ck_assert_uint_gt(found, 1);
    return sum;
}

START_TEST(slices_add_up_to_the_whole)
{
    static const struct {
        const char *metric, *whole;
        enum ccs_slice_kind kind;
    } parts[] = {{"contacts_offered", "contacts_offered", CCS_SLICE_CHANNEL},
                 {"contacts_offered", "contacts_offered", CCS_SLICE_PERIOD},
                 {"contacts_handled", "contacts_handled", CCS_SLICE_CHANNEL},
                 {"contacts_handled", "contacts_handled", CCS_SLICE_PERIOD},
                 {"wait_mean", "wait_mean", CCS_SLICE_PERIOD},
                 {"service_level", "service_level", CCS_SLICE_PERIOD},
                 {"handle_hours", "handle_hours", CCS_SLICE_TEAM},
                 {"handle_hours_by_cause", "handle_hours", CCS_SLICE_CAUSE},
                 {"staffed_hours", "staffed_hours", CCS_SLICE_TEAM},
                 {"occupancy", "occupancy", CCS_SLICE_TEAM},
                 {"churn_rate_per_year", "churn_rate_per_year", CCS_SLICE_SEGMENT},
                 {"lifetime_value_lost", "lifetime_value_lost", CCS_SLICE_SEGMENT},
                 {"contacts_per_issue", "contacts_per_issue", CCS_SLICE_ISSUE_TYPE},
                 {"cost_per_issue", "cost_per_issue", CCS_SLICE_ISSUE_TYPE},
                 {"resolution_time", "resolution_time", CCS_SLICE_ISSUE_TYPE},
                 {"concession_cost", "concession_cost", CCS_SLICE_ISSUE_TYPE}};
    cJSON *doc = read_document(EVERYTHING);
    struct run run = run_document(doc, 2);
    const struct ccs_results *res = run.res;
    for (size_t p = 0; p < res->policy_n; p++) {
        for (size_t r = 0; r < 2; r++) {
            for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
                size_t i = (p * res->row_n + row_at(res, parts[k].whole)) * 2 + r;
                double num = slices_of(res, res->num, p, parts[k].metric, parts[k].kind, r);
                /* sums of doubles that were integers of microseconds or ten-thousandths */
                ck_assert_double_eq_tol(num, res->num[i], 1e-9 * (1 + fabs(num)));
                if (res->rows[row_at(res, parts[k].whole)].metric->kind == CCS_METRIC_RATIO) {
                    double den = slices_of(res, res->den, p, parts[k].metric, parts[k].kind, r);
                    ck_assert_double_eq_tol(den, res->den[i], 1e-9 * (1 + den));
                }
            }
            /* double entry: all accounts together are nothing */
            double all = slices_of(res, res->num, p, "account", CCS_SLICE_ACCOUNT, r);
            ck_assert_double_eq_tol(all, 0, 1e-6);
        }
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- volumes ---- */

/* A crowded line whose callers redial: 60 first requests an hour become more contacts than that. */
static cJSON *crowded(const char *counts)
{
    cJSON *doc =
        document_of("{'name': 't', 'run': {'horizon': '2 weeks', 'warmup': '1 days', "
                    "'follow_up': '1 days', 'replications': 5, 'seed': 4}, "
                    "'channels': {'phone': {'patience': {'dist': 'exponential', 'mean': '2 min'}, "
                    "'redial_probability': 0.8}}, 'issue_types': {'call': {'volume': "
                    "{'per_interval': {'interval': '1 h', 'repeat': 'all', 'values': [60]}}, "
                    "'talk': {'dist': 'exponential', 'mean': '6 min'}}}, "
                    "'teams': {'all': {'agents': 6}}, 'baseline': 'few', "
                    "'policies': {'few': {'kind': 'none'}, 'many': {'kind': 'none', "
                    "'with': {'teams': {'all': {'agents': 20}}}}}}");
    putf(doc, "/issue_types/call/volume/counts", "'%s'", counts);
    return doc;
}

START_TEST(a_table_of_all_contacts_is_reproduced_by_the_baseline_and_serves_every_policy)
{
    const double table = 5 * 14 * 24 * 60;
    cJSON *doc = crowded("first_requests");
    struct run first = run_document(doc, 5);
    double offered = total_of(first.res, first.res->num, 0, "contacts_offered");
    ck_assert_double_gt(offered, 1.1 * table); /* redials come on top */
    ck_assert_double_eq(first.res->volume_factor, 1);
    run_free(&first);
    cJSON_Delete(doc);

    doc = crowded("all_contacts");
    struct run all = run_document(doc, 5);
    offered = total_of(all.res, all.res->num, 0, "contacts_offered");
    /* pilot runs are other replications: Poisson noise of five of theirs and five of ours, made
     * wider by redials; 2 % is more than four standard errors */
    ck_assert_double_eq_tol(offered / table, 1, 0.02);
    ck_assert_double_eq_tol(all.res->volume_fit, 1, 0.01);
    ck_assert_double_lt(all.res->volume_factor, 0.95);
    /* the other policy gets the same first requests, not a calibration of its own */
    size_t row = row_at(all.res, "contacts_per_issue");
    for (size_t r = 0; r < 5; r++) {
        ck_assert_double_eq(all.res->den[row * 5 + r],
                            all.res->den[(all.res->row_n + row) * 5 + r]);
    }
    ck_assert_double_lt(total_of(all.res, all.res->num, 1, "contacts_offered"), 0.97 * table);
    /* and nothing of it depends on the number of threads */
    struct ccs_results *again = experiment_of(all.sc, 5, 2);
    assert_same_results(all.res, again);
    ccs_results_destroy(again);
    run_free(&all);
    cJSON_Delete(doc);
}
END_TEST

/* ---- stopping ---- */

struct stopper {
    volatile int stop;
    size_t after;
};

static void stop_after(void *context, const struct ccs_progress *progress)
{
    struct stopper *s = context;
    s->stop = progress->done >= s->after;
}

START_TEST(a_run_that_is_stopped_keeps_what_is_finished)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *two = experiment_of(sc, 2, 1);
    struct stopper s = {.after = 2};
    struct ccs_experiment_options options = {.replications = 50,
                                             .seed = -1,
                                             .jobs = 1,
                                             .progress = stop_after,
                                             .context = &s,
                                             .stop = &s.stop};
    struct ccs_results *res = NULL;
    char message[300];
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_ptr_nonnull(res);
    ck_assert(res->is_partial);
    ck_assert_uint_eq(res->replications, 2);
    ck_assert_uint_eq(res->replications_asked, 50);
    for (size_t p = 0; p < res->policy_n; p++) {
        ck_assert_same_numbers(two, p, res, p, -1);
    }
    ccs_results_destroy(res);
    s.stop = 1; /* before anything is done there is nothing to keep */
    options.progress = NULL;
    ck_assert_int_eq(ccs_experiment_run(sc, &options, &res, message, sizeof message),
                     CCS_EINTERRUPTED);
    ck_assert_ptr_null(res);
    ccs_results_destroy(two);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_run_without_memory_says_so_and_leaves_nothing_behind)
{
    cJSON *doc = read_document(EVERYTHING);
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_results *enough = experiment_of(sc, 1, 1);
    ccs_results_destroy(enough);
    bool failed = false;
    /* from next to nothing to enough, so that it runs out in many different places */
    for (size_t limit = 20000; limit < 4000000; limit += limit / 3) {
        struct ccs_experiment_options options = {
            .replications = 1, .seed = -1, .jobs = 1, .memory_limit = limit};
        struct ccs_results *res = NULL;
        char message[300] = "";
        ccs_status status = ccs_experiment_run(sc, &options, &res, message, sizeof message);
        failed = failed || status == CCS_ENOMEM;
        ck_assert(status == CCS_OK || status == CCS_ENOMEM);
        ck_assert((status == CCS_OK) == (res != NULL));
        ck_assert((status == CCS_OK) == (message[0] == '\0'));
        ccs_results_destroy(res);
    }
    ck_assert(failed);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- off is off ---- */

/* A mechanism left out must be the same as one set to values that do nothing. */
static const struct off {
    const char *pointer, *neutral;
} off[] = {
    {"/behavior/anger",
     "{'half_life': '6 weeks', 'weight_wait_per_min': 0, 'weight_transfer': 0, "
     "'weight_retelling': 0, 'weight_refusal': 0, 'weight_contradiction': 0, "
     "'weight_broken_promise': 0, 'weight_repeat_contact': 0, 'weight_second_failure': 0, "
     "'sense_noise_sd': 0}"},
    {"/behavior/voicing", "{'probability': 1}"},
    {"/behavior/recontact", "{}"},
    {"/behavior/retelling", "{'time': {'dist': 'exponential', 'mean': '9 min'}, "
                            "'context_carried_probability': 1}"},
    {"/behavior/supervisor", "{'demand_probability': 0, 'argue': '1 h'}"},
    {"/behavior/leaving", "{'anger_logit': 3}"},
    {"/behavior/retention",
     "{'team': 'desk', 'talk': '5 min', 'threat_probability': 0, 'anger_logit': 2, "
     "'save_probability': 0.5}"},
    {"/promises/false_closure", "{'probability': 0}"},
};
#define OFF_N (sizeof off / sizeof *off)

START_TEST(off_is_off)
{
    cJSON *doc = read_document(EVERYTHING);
    struct run on = run_document(doc, 1);
    put(doc, off[_i].pointer, off[_i].neutral);
    struct run neutral = run_document(doc, 1);
    put(doc, off[_i].pointer, NULL);
    struct run absent = run_document(doc, 1);
    for (size_t p = 0; p < absent.res->policy_n; p++) {
        ck_assert_uint_ne(on.res->signatures[p], absent.res->signatures[p]); /* it does something */
        ck_assert_uint_eq(neutral.res->signatures[p], absent.res->signatures[p]);
        /* but for the two metrics that are not there without the mechanism */
        const char *which;
        size_t differ = differing_rows(neutral.res, p, absent.res, p, -1, &which);
        size_t expected = strcmp(off[_i].pointer, "/behavior/anger") == 0 ? 2 : 0;
        ck_assert_msg(differ == expected, "%s: %zu rows differ, %s among them", off[_i].pointer,
                      differ, which ? which : "");
    }
    run_free(&on);
    run_free(&neutral);
    run_free(&absent);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(promises_that_are_never_made_are_off)
{
    /* The only mechanism without neutral values: used by nobody, it must not be felt. */
    cJSON *doc = read_document(EVERYTHING);
    put(doc, "/policies", "{'late': {'kind': 'none'}}");
    struct run with = run_document(doc, 2);
    put(doc, "/promises/callback", NULL);
    struct run without = run_document(doc, 2);
    ck_assert_uint_eq(with.res->signature, without.res->signature);
    ck_assert_same_numbers(with.res, 0, without.res, 0, -1);
    run_free(&with);
    run_free(&without);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_mechanism_is_in_the_list_of_those_that_can_be_off)
{
    ck_assert_uint_eq(ccs_mechanism_n, OFF_N + 1); /* and promises, above */
}
END_TEST

START_TEST(with_everything_off_customers_who_remember_nothing_change_nothing)
{
    /* Anonymous callers become customers of one issue as soon as any mechanism is on. */
    cJSON *doc = read_document(QUEUE);
    struct run plain = run_document(doc, 2);
    put(doc, "/behavior", "{'voicing': {'probability': 1}, 'leaving': {}}");
    struct run kept = run_document(doc, 2);
    ck_assert_uint_eq(plain.res->signature, kept.res->signature);
    ck_assert_same_numbers(plain.res, 0, kept.res, 0, -1);
    run_free(&plain);
    run_free(&kept);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_semantics(void)
{
    Suite *suite = suite_create("semantics");
    TCase *past = tcase_create("one past");
    tcase_add_loop_test(past, a_world_copied_at_t0_and_one_run_straight_through_end_the_same, 0, 4);
    tcase_add_test(past, a_used_world_that_becomes_a_copy_is_as_good_as_a_new_one);
    tcase_add_test(past, a_policy_alone_gives_what_it_gives_in_a_comparison);
    tcase_add_test(past, what_the_others_do_after_t0_does_not_reach_back);
    tcase_add_test(past, the_population_at_t0_is_the_stated_one_after_a_long_and_lossy_past);
    suite_add_tcase(suite, past);
    TCase *pairing = tcase_create("pairing");
    tcase_add_loop_test(pairing, a_policy_against_a_copy_of_itself_differs_by_exactly_nothing, 0,
                        4);
    tcase_add_test(pairing, a_world_that_had_more_customers_forgets_no_contact_as_a_copy);
    tcase_add_test(pairing, nobody_has_power_is_the_same_under_every_name);
    tcase_add_test(pairing, the_same_problems_arise_under_every_policy);
    suite_add_tcase(suite, pairing);
    TCase *matter = tcase_create("what must not matter");
    tcase_add_loop_test(matter, the_number_of_threads_changes_no_bit, 0, 2);
    tcase_add_test(matter, replication_k_is_the_same_however_many_there_are);
    tcase_add_test(matter, the_same_seed_repeats_and_another_does_not);
    tcase_add_loop_test(matter, the_order_of_keys_teams_and_policies_in_the_file_does_not_matter, 0,
                        2);
    tcase_add_test(matter,
                   a_new_name_for_a_team_changes_no_arrival_and_in_a_plain_queue_nothing_at_all);
    tcase_add_test(matter, a_new_name_for_an_issue_type_draws_other_issues);
    tcase_add_test(matter, two_pooled_teams_are_one_team);
    tcase_add_test(matter, a_load_split_into_two_alike_types_waits_as_long);
    suite_add_tcase(suite, matter);
    TCase *who = tcase_create("who may change what");
    tcase_add_test(who, a_patch_of_staffing_changes_only_its_own_policy);
    tcase_add_test(who, another_policy_in_the_file_changes_nothing_for_the_rest);
    tcase_add_test(who, things_that_nobody_uses_change_nothing);
    suite_add_tcase(suite, who);
    TCase *window = tcase_create("window and cohort");
    tcase_add_test(window, a_longer_follow_up_changes_no_window_metric_and_ends_more_issues);
    tcase_add_test(window, once_the_cohort_has_ended_a_longer_follow_up_changes_no_number);
    tcase_add_test(window, the_length_of_the_reporting_period_changes_no_total);
    tcase_add_test(window, slices_add_up_to_the_whole);
    suite_add_tcase(suite, window);
    TCase *volumes = tcase_create("volumes");
    tcase_add_test(volumes,
                   a_table_of_all_contacts_is_reproduced_by_the_baseline_and_serves_every_policy);
    suite_add_tcase(suite, volumes);
    TCase *stopping = tcase_create("stopping");
    tcase_add_test(stopping, a_run_that_is_stopped_keeps_what_is_finished);
    tcase_add_test(stopping, a_run_without_memory_says_so_and_leaves_nothing_behind);
    suite_add_tcase(suite, stopping);
    TCase *is_off = tcase_create("off is off");
    tcase_add_loop_test(is_off, off_is_off, 0, (int)OFF_N);
    tcase_add_test(is_off, promises_that_are_never_made_are_off);
    tcase_add_test(is_off, every_mechanism_is_in_the_list_of_those_that_can_be_off);
    tcase_add_test(is_off, with_everything_off_customers_who_remember_nothing_change_nothing);
    suite_add_tcase(suite, is_off);
    return suite;
}
