/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One past, common random numbers by name, and who may change what. */
#include "semantics.h"

Suite *suite_one_past(void);

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
    ck_assert_mem_eq(a->window_books.total, b->window_books.total, sizeof a->window_books.total);
    ck_assert_mem_eq(a->follow_up_books.total, b->follow_up_books.total,
                     sizeof a->follow_up_books.total);
    ck_assert_int_eq(a->measure.sums.queue_us, b->measure.sums.queue_us);
    ck_assert_int_eq(a->measure.sums.apparent, b->measure.sums.apparent);
    ck_assert_int_eq(a->measure.conserved.issues_born, b->measure.conserved.issues_born);
    ck_assert_int_eq(a->measure.conserved.contacts_born, b->measure.conserved.contacts_born);
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
    put(doc, "/run/labor", "'workload'"); /* `auto` looks at the staff of all policies */
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
    put(doc, "/run/labor", "'workload'"); /* `auto` looks at the staff of all policies */
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

Suite *suite_one_past(void)
{
    Suite *suite = suite_create("one_past");
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
    TCase *who = tcase_create("who may change what");
    tcase_add_test(who, a_patch_of_staffing_changes_only_its_own_policy);
    tcase_add_test(who, another_policy_in_the_file_changes_nothing_for_the_rest);
    tcase_add_test(who, things_that_nobody_uses_change_nothing);
    suite_add_tcase(suite, who);
    return suite;
}
