/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mechanisms one at a time, against closed forms and hand calculation.
 *
 * The center has more agents than callers, so that nothing waits unless the test wants it to.
 * Counts are compared by z-scores with the exact variance, |z| <= 4 on fixed seeds; what is not
 * random is compared to the microsecond.
 */
#include "../sim_help.h"

#include "behavior/odds.h"
#include "world/decision.h"
#include "world/hooks.h"

Suite *suite_closed_forms(void);

/* 20,000 customers, two issues a year each, decided on the phone in 5 minutes. */
static const char *const SIMPLE =
    "{'name': 'simple', 'run': {'start': '2026-01-05', 'horizon': '8 weeks', 'warmup': '0 s', "
    "'follow_up': '20 weeks', 'replications': 3, 'seed': 2}, "
    "'segments': {'all': {'population': 20000}}, 'channels': {'phone': {}}, "
    "'issue_types': {'refund': {'rate_per_customer_year': 2, 'needs': 'decision', 'amount': 50, "
    "'talk': '5 min'}}, "
    "'teams': {'front': {'agents': 10000, 'wage_per_h': 30}, "
    "'senior': {'agents': 10000, 'tier': 2, 'wage_per_h': 60}}, "
    "'policies': {'p': {'kind': 'none'}}}";

/* Refuses everybody at once unless changed. */
static const char *const STUBBORN =
    "{'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0], "
    "'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0, "
    "'supervisor_granted': 0}";

static cJSON *simple(void)
{
    cJSON *doc = document_of(SIMPLE);
    put(doc, "/behavior", "{}");
    put(doc, "/promises", "{}");
    return doc;
}

static cJSON *stubborn(void)
{
    cJSON *doc = simple();
    put(doc, "/policies/p", STUBBORN);
    return doc;
}

/* Numerator and denominator of a metric, added up over replications. */
static double num(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->num, 0, metric);
}

static double den(const struct run *run, const char *metric)
{
    return total_of(run->res, run->res->den, 0, metric);
}

static double slice_sum(const struct run *run, const char *metric, enum ccs_slice_kind kind,
                        const char *name)
{
    int row = ccs_results_row(run->res, metric, kind, name);
    ck_assert_int_ge(row, 0);
    double sum = 0;
    for (size_t r = 0; r < run->res->replications; r++) {
        sum += run->res->num[(size_t)row * run->res->replications + r];
    }
    return sum;
}

static double cause_hours(const struct run *run, const char *cause)
{
    return slice_sum(run, "handle_hours_by_cause", CCS_SLICE_CAUSE, cause);
}

#define ck_assert_z(what, got, want, sd)                                                           \
    do {                                                                                           \
        double z_ = ((got) - (want)) / (sd);                                                       \
        ck_assert_msg(fabs(z_) <= 4, "%s: %.10g instead of %.10g, z = %.2f", what, (double)(got),  \
                      (double)(want), z_);                                                         \
    } while (0)

/* k of n with probability p. */
static void assert_share(const char *what, double k, double n, double p)
{
    ck_assert_double_gt(n, 100);
    ck_assert_z(what, k, n * p, sqrt(n * p * (1 - p)));
}

/* ---- contacts ---- */

START_TEST(false_closures_make_geometric_contacts)
{
    static const double p[] = {0.1, 0.3, 0.6};
    cJSON *doc = simple();
    putf(doc, "/promises/false_closure", "{'probability': %g, 'discovery_delay': '1 h'}", p[_i]);
    put(doc, "/behavior/recontact", "{'after_false_closure': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    /* var of a geometric number of contacts: p / (1 - p)^2 */
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), n / (1 - p[_i]),
                sqrt(n * p[_i]) / (1 - p[_i]));
    assert_share("resolved at once", num(&run, "first_contact_resolution"), n, 1 - p[_i]);
    ck_assert_double_eq(num(&run, "false_closures_per_issue"), num(&run, "contacts_per_issue") - n);
    /* each return costs an hour until it is found out and one until the call */
    ck_assert_double_eq_tol(num(&run, "resolution_time"),
                            n * 300 + (num(&run, "contacts_per_issue") - n) * 7500, 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(who_is_always_refused_comes_back_geometrically_and_then_gives_up)
{
    cJSON *doc = stubborn();
    put(doc, "/behavior/recontact", "{'after_refusal': 0.75, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "given_up_share"), n);
    ck_assert_double_eq(num(&run, "refusals_per_issue"), num(&run, "contacts_per_issue"));
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), 4 * n, sqrt(12 * n));
    ck_assert_double_eq(num(&run, "justified_unpaid"), 50 * n);
    ck_assert_double_eq(num(&run, "concession_cost"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/*
 * The absorbing chain of CHURN-01: per contact resolved with .70; else the customer leaves at once
 * with .06; else tries again with .80 or gives up with .20; leaves after resolution with .01, after
 * giving up with .25. Own algebra: N is geometric with 1 - (1 - .7)(1 - .06)(.8).
 * Here one event is one moment, and giving up comes before a failed contact: the two chances of
 * whoever gives up are one, 1 - (1 - .06)(1 - .25).
 */
START_TEST(the_chain_of_contacts_and_churn_is_absorbed_as_computed)
{
    cJSON *doc = stubborn();
    put(doc, "/run/horizon", "'26 weeks'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.5"); /* hardly two at a time */
    put(doc, "/policies/p/discretion", "[0.7]");
    put(doc, "/behavior/recontact", "{'after_refusal': 0.8, 'delay': '1 min'}");
    putf(doc, "/behavior/leaving",
         "{'given_up': %.17g, 'issue_ended': 0.01, 'failed_contact': 0.06}", 1 - 0.94 * 0.75);
    struct run run = run_document(doc, 4);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 15000);
    ck_assert_z("contacts", num(&run, "contacts_per_issue"), n * 1.2913223140495869,
                sqrt(n * 0.3761910047127929));
    assert_share("resolved", num(&run, "resolved_share"), n, 0.9039256198347108);
    assert_share("left", num(&run, "churn_rate_per_year"), n, 0.050490702479338845);
    assert_share("resolved by the first contact", num(&run, "first_contact_resolution"), n, 0.7);
    /* gave up: .3 x .2 per contact, whether leaving for it or not */
    assert_share("given up", num(&run, "given_up_share"), n, 1.2913223140495869 * 0.06);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(redials_after_a_busy_signal_are_geometric)
{
    /* One line that is never free: every issue holds it for longer than the run. */
    cJSON *doc = simple();
    put(doc, "/channels/phone", "{'lines': 1, 'redial_probability': 0.6, 'redial_delay': '1 min'}");
    put(doc, "/issue_types/refund/talk", "'2 years'");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue") - 2; /* but for the one on the line */
    ck_assert_double_eq(num(&run, "contacts_offered"), 2);
    ck_assert_z("blocked", num(&run, "blocking_rate"), n / 0.4, sqrt(n * 0.6) / 0.4);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- leaving ---- */

START_TEST(a_silent_problem_drives_away_with_exactly_its_probability)
{
    cJSON *doc = simple();
    put(doc, "/behavior/voicing", "{'probability': 0}");
    put(doc, "/behavior/leaving", "{'silent_issue': 0.1}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "unvoiced_share");
    double leavers = num(&run, "churn_rate_per_year");
    ck_assert_double_eq(num(&run, "unvoiced_share"), issues);
    ck_assert_double_eq(num(&run, "contacts_offered"), 0);
    assert_share("per moment", leavers, issues, 0.1);
    /* per customer: K ~ Poisson(r T) moments, E (1 - p)^K = e^(-r T p) */
    double left = 1 - exp(-2 * 8 * 7 / 365.25 * 0.1);
    assert_share("per customer", leavers, 3 * 20000, left);
    ck_assert_double_eq(num(&run, "churn_silent_share"), leavers);
    ck_assert_double_eq(num(&run, "churn_complained_share"), 0); /* they never said a word */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_baseline_hazard_alone_leaves_exponentially)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "1.5");
    put(doc, "/segments/all/margin_per_month", "10");
    struct run run = run_document(doc, 3);
    double t = 8 * 7 / 365.25;
    double leavers = num(&run, "churn_rate_per_year");
    assert_share("leavers", leavers, 3 * 20000, 1 - exp(-1.5 * t));
    /* customer-years: integral of e^(-ht); the variance per customer is below t^2 / 4 */
    ck_assert_z("years", den(&run, "churn_rate_per_year"), 60000 * (1 - exp(-1.5 * t)) / 1.5,
                t / 2 * sqrt(60000));
    /* V = 12 m / h, lost with every leaver, nothing discounted */
    ck_assert_double_eq_tol(num(&run, "lifetime_value_lost"), leavers * 120 / 1.5, 1e-6 * leavers);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(moments_and_hazard_compete_and_do_not_disturb_each_other)
{
    /* Independent risks: survival is e^(-hT) x e^(-rTp). */
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "1");
    put(doc, "/behavior/leaving", "{'issue_ended': 0.2}");
    put(doc, "/issue_types/refund/talk", "'1 s'");
    struct run run = run_document(doc, 3);
    double t = 8 * 7 / 365.25;
    assert_share("stayed", 60000 - num(&run, "churn_rate_per_year"), 60000,
                 exp(-t) * exp(-2 * t * 0.2));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_higher_burden_never_keeps_anybody)
{
    /* Coupling: everybody who leaves at a lower probability leaves at the higher one as well. */
    static const char *const low[] = {"{'issue_ended': 0.02}", "{'issue_ended': 0.05}"};
    static bool is_gone[2][20000];
    for (int k = 0; k < 2; k++) {
        cJSON *doc = simple();
        put(doc, "/behavior/leaving", low[k]);
        put(doc, "/segments/all/churn_hazard_per_year", "0.3");
        struct ccs_scenario *sc = scenario_from(doc);
        struct lone_world lone;
        world_warm_up(&lone, model_of(sc, NULL), 4, 0);
        world_begin(&lone, model_of(sc, NULL));
        world_run(&lone, lone.w->horizon);
        for (uint32_t i = 0; i < 20000; i++) {
            is_gone[k][i] = ccs_customer_at(lone.w, i)->is_gone;
        }
        world_finish(&lone);
        ccs_scenario_destroy(sc);
        cJSON_Delete(doc);
    }
    int more = 0;
    for (int i = 0; i < 20000; i++) {
        MUST(!is_gone[0][i] || is_gone[1][i]);
        more += is_gone[1][i] && !is_gone[0][i];
    }
    ck_assert_int_gt(more, 50);
}
END_TEST

START_TEST(anger_shifts_the_odds_of_leaving)
{
    ck_assert_double_eq(ccs_odds_shift(0.2, 0), 0.2);
    ck_assert_double_eq(ccs_odds_shift(0, 5), 0);
    ck_assert_double_eq(ccs_odds_shift(1, -5), 1);
    /* odds 1/4 times 3 */
    ck_assert_double_eq_tol(ccs_odds_shift(0.2, log(3)), 3.0 / 7, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(3.0 / 7, -log(3)), 0.2, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(0.5, 800), 1, 1e-15);
    ck_assert_double_eq_tol(ccs_odds_shift(0.5, -800), 0, 1e-15);
    /* in a run: everybody is refused once (anger 1) and gives up: odds 1/9 times e */
    cJSON *doc = stubborn();
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.3"); /* few are refused twice ... */
    put(doc, "/behavior/anger",
        "{'half_life': '60 s', 'weight_refusal': 1}"); /* ... and those have forgotten */
    put(doc, "/behavior/leaving", "{'given_up': 0.1, 'anger_logit': 1}");
    struct run run = run_document(doc, 3);
    assert_share("left", num(&run, "churn_rate_per_year"), num(&run, "given_up_share"),
                 ccs_odds_shift(0.1, 1));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_desk_saves_exactly_its_probability_and_pays_for_it)
{
    cJSON *doc = stubborn();
    /* before `front` in the alphabet: it would get every call if it served any other */
    put(doc, "/teams/desk", "{'agents': 10000}");
    put(doc, "/issue_types/refund/justified_probability", "0.3");
    put(doc, "/behavior/retention",
        "{'team': 'desk', 'talk': '10 min', 'threat_probability': 0.25, 'delay': '1 h', "
        "'save_probability': 0.6, 'offer_cost': 35}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "contacts_per_issue");
    double desk = num(&run, "cancellations_per_customer");
    double saves = num(&run, "saved_share");
    assert_share("threats", desk, issues, 0.25);
    assert_share("saves", saves, desk, 0.6);
    ck_assert_double_eq(num(&run, "churn_rate_per_year"), desk - saves);
    ck_assert_double_eq(num(&run, "churn_silent_share"), 0); /* all of them have said so */
    ck_assert_double_eq_tol(slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "retention_offers"),
                            35 * saves, 1e-6);
    /* the desk also settles; those it cannot keep, and those who did not threaten, go unpaid */
    /* (those of the last hour are saved after T: the issue counts, the contact does not) */
    double late = num(&run, "resolved_share") - saves;
    ck_assert(late >= 0 && late <= 10);
    ck_assert_double_eq_tol(num(&run, "concession_cost"), 50 * saves, 1e-6);
    ck_assert_double_eq_tol(cause_hours(&run, "cancellation"), desk / 6, 1e-9 * desk);
    ck_assert_double_eq_tol(slice_sum(&run, "handle_hours", CCS_SLICE_TEAM, "desk"), desk / 6,
                            1e-9 * desk);
    ck_assert_double_eq(den(&run, "avoidable_saves_share"), saves);
    assert_share("avoidable", num(&run, "avoidable_saves_share"), saves, 0.3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- anger ---- */

/* A world with one issue under way, for calling hooks by hand. */
static struct ccs_issue *first_issue(struct lone_world *lone, const struct ccs_model *model)
{
    world_warm_up(lone, model, 1, 0);
    world_begin(lone, model);
    while (lone->w->measure.issues_born == lone->w->measure.issues_ended) {
        world_run(lone, lone->w->now + CCS_US_PER_MIN);
    }
    for (uint32_t i = 0;; i++) {
        if (ccs_issue_at(lone->w, i)->is_used) {
            return ccs_issue_at(lone->w, i);
        }
    }
}

static void burden(struct ccs_world *w, const struct ccs_issue *is, enum ccs_experience kind,
                   double amount)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    ck_assert_int_eq(hooks->experience_n, 1);
    hooks->experience[0].fn(hooks->experience[0].config, w, is, kind, amount);
}

static double anger(struct ccs_world *w, const struct ccs_issue *is)
{
    return w->model->hooks->anger.fn(w->model->hooks->anger.config, w, is);
}

static const char *const ANGER =
    "{'half_life': '10 days', 'wait_tolerance': '2 min', 'weight_wait_per_min': 0.25, "
    "'weight_transfer': 2, 'weight_retelling': 3, 'weight_refusal': 1, 'weight_contradiction': 4, "
    "'weight_broken_promise': 5, 'weight_repeat_contact': 6, 'weight_second_failure': 7, "
    "'stretch_per_anger': 0.5, 'stretch_max': 3, 'patience_per_anger': 0.25, "
    "'sense_noise_sd': 0}";

START_TEST(anger_halves_in_a_half_life_and_adds_up)
{
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    const struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    struct ccs_world *w = lone.w;
    ck_assert_double_eq(anger(w, is), 0);
    burden(w, is, CCS_EXPERIENCE_REFUSAL, 1);
    ck_assert_double_eq(anger(w, is), 1);
    w->now += 10 * CCS_US_PER_DAY;
    ck_assert_double_eq_tol(anger(w, is), 0.5, 1e-15);
    ck_assert_double_eq_tol(anger(w, is), 0.5, 1e-15); /* reading it does not age it */
    w->now += 20 * CCS_US_PER_DAY;
    burden(w, is, CCS_EXPERIENCE_BROKEN_PROMISE, 1);
    ck_assert_double_eq_tol(anger(w, is), 5.125, 1e-14);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anger_is_the_sum_over_all_burdens_each_with_its_own_age)
{
    static const double weight[] = {
        [CCS_EXPERIENCE_TRANSFER] = 2,       [CCS_EXPERIENCE_RETELLING] = 3,
        [CCS_EXPERIENCE_REFUSAL] = 1,        [CCS_EXPERIENCE_CONTRADICTION] = 4,
        [CCS_EXPERIENCE_BROKEN_PROMISE] = 5, [CCS_EXPERIENCE_REPEAT_CONTACT] = 6,
        [CCS_EXPERIENCE_SECOND_FAILURE] = 7};
    enum {
        N = 300
    };
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    const struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    struct ccs_world *w = lone.w;
    ccs_time when[N];
    double size[N];
    srand(8);
    for (int i = 0; i < N; i++) {
        enum ccs_experience kind = (enum ccs_experience)(rand() % CCS_EXPERIENCE_COUNT);
        double amount = kind == CCS_EXPERIENCE_WAIT ? rand() % 600 : 1;
        when[i] = w->now;
        size[i] = kind == CCS_EXPERIENCE_WAIT ? 0.25 * fmax(amount - 120, 0) / 60 : weight[kind];
        burden(w, is, kind, amount);
        w->now += rand() % 1000 * CCS_US_PER_MIN;
        double sum = 0;
        for (int k = 0; k <= i; k++) {
            sum += size[k] * exp2(-(double)(w->now - when[k]) / (10.0 * CCS_US_PER_DAY));
        }
        ck_assert_double_eq_tol(anger(w, is), sum, 1e-12 * (1 + sum)); /* 300 roundings */
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(anger_stretches_talk_up_to_its_bound_and_shortens_patience)
{
    cJSON *doc = simple();
    put(doc, "/behavior/anger", ANGER);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    struct ccs_issue *is = first_issue(&lone, model_of(sc, NULL));
    const struct ccs_hooks *hooks = lone.w->model->hooks;
    static const double stretch[] = {1, 1.5, 2, 2.5, 3, 3, 3};
    for (int a = 0; a < 7; a++) {
        struct ccs_talk talk = {.base_us = 100, .stretch = 1};
        hooks->talk[0].fn(hooks->talk[0].config, lone.w, is, NULL, &talk);
        ck_assert_double_eq(talk.stretch, stretch[a]);
        ck_assert_double_eq(hooks->patience[0].fn(hooks->patience[0].config, lone.w, is),
                            1 / (1 + 0.25 * a));
        burden(lone.w, is, CCS_EXPERIENCE_REFUSAL, 1);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_second_call_of_a_refused_customer_takes_longer_by_the_stretch)
{
    /* refused (anger 1), comes back 10 days later (anger 1/2 + 1/4 for having to), is settled */
    cJSON *doc = stubborn();
    put(doc, "/run/horizon", "'20 weeks'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0");
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume",
        "{'per_interval': {'interval': '1 h', 'values': [500]}}"); /* all in hour 0 */
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/behavior/anger",
        "{'half_life': '10 days', 'weight_refusal': 1, 'weight_repeat_contact': 0.25, "
        "'stretch_per_anger': 0.4, 'weight_second_failure': 9}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '10 days'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * (300 + 300 * 1.3), 1e-3);
    /* root causes: the first calls are demand, the second are failure demand */
    ck_assert_double_eq_tol(cause_hours(&run, "first_request"), n / 12, 1e-9);
    ck_assert_double_eq_tol(cause_hours(&run, "unresolved_before"), n / 12 * 1.3, 1e-6);
    ck_assert_double_eq_tol(num(&run, "failure_demand_share"), n * 390, 1e-3);
    ck_assert_double_eq_tol(num(&run, "resolution_time"), n * (300 + 864000 + 390), 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- legs ---- */

/* What became of the anonymous callers, who stand behind the segments. */
static const struct ccs_cohort *anonymous(const struct lone_world *lone)
{
    const struct ccs_model *model = lone->w->model;
    return &(
        (const struct ccs_cohort *)lone->w->measure.cohort.data)[model->segment_n * model->type_n];
}

/* One hour of calls, then nothing: all of it lies in the window. */
static cJSON *one_hour(const char *policy)
{
    cJSON *doc = simple();
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume",
        "{'per_interval': {'interval': '1 h', 'values': [300]}}");
    put(doc, "/policies/p", policy);
    return doc;
}

static const char *const PASSES_ON =
    "{'kind': 'empowered_first_contact', 'authority_limits': [0, 1000], 'discretion': [1], "
    "'transfer': 'cold'}";

START_TEST(a_transfer_costs_what_its_two_legs_and_the_one_who_stays_take)
{
    /* 5 minutes by the first, 4 by the second (talk factor 0.8), 1 minute of wrap-up by the last;
     * with a consultation the first stays for the second leg. Nobody waits. */
    static const struct {
        const char *transfer;
        double handle_s, hold_s, cost;
    } want[] = {{"'cold'", 600, 0, 5 * 0.5 + 5 * 1.0},
                {"'warm'", 600, 0, 5 * 0.5 + 5 * 1.0},
                {"'consult'", 840, 240, 9 * 0.5 + 5 * 1.0}};
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/policies/p/transfer", want[_i].transfer);
    put(doc, "/issue_types/refund/talk_factor_by_tier", "[1, 0.8]");
    put(doc, "/issue_types/refund/wrap", "'1 min'");
    put(doc, "/teams/front/target_occupancy", "0.5");
    put(doc, "/teams/senior/target_occupancy", "0.5");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_gt(n, 200);
    ck_assert_double_eq(num(&run, "transfers_per_issue"), n);
    ck_assert_double_eq(num(&run, "escalation_rate"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), n);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), n);
    ck_assert_double_eq(num(&run, "settled_at_first_tier_share"), 0);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * want[_i].handle_s, 1e-6);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_contact"), n * want[_i].handle_s, 1e-6);
    ck_assert_double_eq_tol(num(&run, "occupancy"), n * want[_i].handle_s, 1e-3);
    ck_assert_double_eq_tol(num(&run, "effort_per_issue"), n * 540, 1e-6);
    /* as if staff followed the work: twice the wage of 30 and 60 an hour; a refund of 50 */
    ck_assert_double_eq_tol(num(&run, "cost_workload"), n * (2 * want[_i].cost + 50), 1e-2);
    ck_assert_double_eq_tol(num(&run, "cost_per_issue"), n * (2 * want[_i].cost + 50), 1e-2);
    /* what was booked leg by leg */
    double hold = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "labor_hold");
    double talk = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "labor_talk");
    ck_assert_double_eq_tol(hold, n * want[_i].hold_s / 3600 * 30, 1e-2);
    ck_assert_double_eq_tol(talk, n * (5 * 0.5 + 4 * 1.0), 1e-2);
    ck_assert_double_eq_tol(cause_hours(&run, "transfer"), n * (want[_i].handle_s - 300) / 3600,
                            1e-6);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(all_the_time_an_agent_is_busy_is_handle_time_of_somebody)
{
    /* Two people at the top for hundreds of calls an hour: most wait with the first agent on the
     * line, many give up. All of it happens within the window, so that busy time and handle time
     * must be the same to the microsecond, team by team. */
    static const char *const transfers[] = {"'cold'", "'warm'", "'consult'"};
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/policies/p/transfer", transfers[_i]);
    put(doc, "/teams/senior/agents", "2");
    put(doc, "/channels/phone",
        "{'patience': {'dist': 'exponential', 'mean': '7 min'}, 'redial_probability': 0.5}");
    put(doc, "/issue_types/refund/hold", "'20 s'");
    put(doc, "/issue_types/refund/wrap", "'40 s'");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 6, 0);
    world_live(&lone, model_of(sc, NULL));
    const struct ccs_team_sums *sums = lone.w->measure.teams.data;
    for (int t = 0; t < 2; t++) {
        ck_assert_int_gt(sums[t].busy_us, 0);
        ck_assert_int_eq(sums[t].busy_us, sums[t].talk_us + sums[t].hold_us + sums[t].wrap_us);
    }
    const struct ccs_cohort *cohort = anonymous(&lone);
    ck_assert_int_gt(cohort->given_up, 50);
    ck_assert_int_gt(cohort->resolved, 10);
    ck_assert_int_eq(cohort->handle_us, lone.w->measure.handle_us);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(every_leg_is_a_new_agent_with_discretion_of_its_own)
{
    /* Half of all agents dare: 1/2 settled at tier 1, 1/4 at tier 2, the rest at the top. */
    cJSON *doc = simple();
    put(doc, "/teams/top", "{'agents': 10000, 'tier': 3}");
    put(doc, "/policies/p",
        "{'kind': 'empowered_first_contact', 'authority_limits': [1000], "
        "'discretion': [0.5]}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    double transfers = num(&run, "transfers_per_issue");
    assert_share("settled at once", num(&run, "settled_at_first_tier_share"), n, 0.5);
    /* 0, 1 or 2 transfers with 1/2, 1/4, 1/4: mean 3/4, variance 11/16 */
    ck_assert_z("transfers", transfers, 0.75 * n, sqrt(n * 11 / 16));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_first_leg_tells_no_story_again_every_further_one_does)
{
    /* 1 minute per retelling, context carried over by nobody or by everybody */
    cJSON *doc = one_hour(PASSES_ON);
    putf(doc, "/behavior/retelling", "{'time': '1 min', 'context_carried_probability': %d}", _i);
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * (600 + (_i ? 0 : 60)), 1e-6);
    run_free(&run);

    /* refused once, settled by phone a day later */
    put(doc, "/policies/p", STUBBORN);
    put(doc, "/policies/p/discretion", "[0]");
    put(doc, "/policies/p/trigger_contacts", "2");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '1 days'}");
    put(doc, "/run/follow_up", "'1 weeks'");
    run = run_document(doc, 1);
    n = den(&run, "contacts_per_issue");
    if (_i) {
        ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
        ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * 600, 1e-6);
    } else { /* an agent who knows nothing of the first call refuses again: nobody is ever done */
        ck_assert_double_eq(num(&run, "resolved_share"), 0);
        ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"),
                                300 * n + 360 * (num(&run, "contacts_per_issue") - n), 1e-3);
    }
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_check_takes_its_time_and_finds_what_it_is_able_to_find)
{
    cJSON *doc = simple();
    put(doc, "/policies/p",
        "{'kind': 'empowered_first_contact', 'authority_limits': [1000], 'discretion': [1], "
        "'verify_above': 50}");
    put(doc, "/teams/senior", NULL);
    put(doc, "/issue_types/refund/justified_probability", "0.7");
    put(doc, "/issue_types/refund/verification",
        "{'time': '2 min', 'sensitivity': 0.9, 'specificity': 0.6}");
    struct run run = run_document(doc, 2);
    double n = den(&run, "contacts_per_issue");
    double paid = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_justified") / 50;
    double wrongly = slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "concessions_unjustified") / 50;
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * 420, 1e-3);
    assert_share("rightly paid", paid, n, 0.7 * 0.9);
    assert_share("wrongly paid", wrongly, n, 0.3 * 0.4);
    assert_share("wrongly refused", num(&run, "justified_unpaid") / 50, n, 0.7 * 0.1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_blocked_demand_for_a_supervisor_takes_the_arguing_and_is_a_share_of_refusals)
{
    cJSON *doc = stubborn();
    put(doc, "/behavior/supervisor", "{'demand_probability': 0.3, 'argue': '10 min'}");
    put(doc, "/policies/p/supervisor_granted", "0.25");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    double asked = den(&run, "supervisor_granted_share");
    double granted = num(&run, "supervisor_granted_share");
    assert_share("asked", asked, n, 0.3);
    assert_share("granted", granted, asked, 0.25);
    ck_assert_double_eq(num(&run, "transfers_per_issue"), granted);
    /* a granted one is refused again by tier 2, who has nobody above: another 5 minutes */
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"),
                            n * 300 + granted * 300 + (asked - granted) * 600, 1e-3);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what an agent sees ---- */

/* A policy that writes down what it is shown: refuses the first contact, promises at the second,
 * passes on the third, and settles what comes to tier 2 or as a callback. */
static struct {
    int64_t seen[5]; /* 1st, 2nd, 3rd contact, tier 2, callback */
    double tenure_years;
    bool knows_history;
} spy;

static void spy_decide(const void *config, const struct ccs_view *view,
                       struct ccs_decision *decision)
{
    (void)config;
    MUST(view->needs_decision && view->claimed == 500000);
    MUST(view->tier == 1 || view->tier == 2);
    MUST((view->top_tier > view->tier) == (view->tier == 1));
    MUST(view->next_tier_open == (view->tier == 1));
    MUST(view->evidence == CCS_EVIDENCE_NONE && !view->can_check && !view->asks_supervisor);
    MUST(view->u_discretion > 0 && view->u_discretion < 1);
    MUST(view->history_known || !view->contacts_before);
    spy.tenure_years = view->tenure_years;
    spy.knows_history = spy.knows_history && view->history_known;
    decision->action = CCS_ACT_RESOLVE;
    decision->concession = view->claimed;
    if (view->is_callback) {
        MUST(view->contacts_before == 2 && view->refusals_before == 1);
        MUST(!view->promise_broken_before);
        spy.seen[4]++;
    } else if (view->tier == 2) {
        MUST(view->contacts_before == 2 && view->promise_broken_before);
        spy.seen[3]++;
    } else if (view->contacts_before == 0) {
        MUST(view->refusals_before == 0 && !view->promise_broken_before);
        MUST(view->sensed_anger == 0);
        decision->action = CCS_ACT_REFUSE;
        spy.seen[0]++;
    } else if (view->contacts_before == 1) {
        MUST(view->refusals_before == 1 && !view->promise_broken_before);
        MUST(view->sensed_anger > 0);
        decision->action = CCS_ACT_PROMISE;
        spy.seen[1]++;
    } else {
        MUST(view->contacts_before == 2 && view->refusals_before == 1);
        MUST(view->promise_broken_before);
        decision->action = CCS_ACT_ESCALATE;
        spy.seen[2]++;
    }
}

START_TEST(an_agent_sees_what_is_on_record)
{
    static const struct ccs_policy_info info = {.kind = "spy", .decide = spy_decide};
    cJSON *doc = simple();
    put(doc, "/segments/all/tenure", "'10 years'");
    put(doc, "/issue_types/refund/rate_per_customer_year", "0.01"); /* one issue at a time */
    put(doc, "/behavior/anger", "{'half_life': '1 years', 'sense_noise_sd': 0}");
    put(doc, "/behavior/recontact",
        "{'after_refusal': 1, 'after_broken_promise': 1, 'delay': '1 h'}");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 0.5}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct ccs_model model = *model_of(sc, NULL);
    model.policy = &info;
    memset(&spy, 0, sizeof spy);
    spy.knows_history = true;
    struct lone_world lone;
    world_warm_up(&lone, &model, 3, 0);
    world_live(&lone, &model);
    ck_assert_int_gt(spy.seen[0], 20);
    ck_assert_int_eq(spy.seen[1], spy.seen[0]);
    ck_assert_int_eq(spy.seen[2] + spy.seen[4], spy.seen[1]);
    ck_assert_int_eq(spy.seen[3], spy.seen[2]);
    ck_assert_int_gt(spy.seen[2], 0);
    ck_assert_int_gt(spy.seen[4], 0);
    ck_assert(spy.knows_history);
    ck_assert_double_eq_tol(spy.tenure_years, 10.25, 0.35); /* ten at t0, and up to 28 weeks */
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_explanation_concedes_nothing_whatever_is_at_stake)
{
    cJSON *doc = simple();
    put(doc, "/issue_types/refund/needs", "'explanation'");
    struct run run = run_document(doc, 1);
    ck_assert_double_gt(num(&run, "resolved_share"), 1000);
    ck_assert_double_eq(num(&run, "concession_cost"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- promises ---- */

static const char *const PROMISES_ALWAYS =
    "{'kind': 'escalate_late', 'authority_limits': [1000], 'discretion': [0], "
    "'trigger_contacts': 2, 'trigger_anger': 1000, 'promise_share': 1}";

START_TEST(forgotten_promises_are_broken_and_the_others_kept)
{
    cJSON *doc = simple();
    put(doc, "/policies/p", PROMISES_ALWAYS);
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 0.35}");
    put(doc, "/behavior/recontact", "{'after_broken_promise': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    double made = num(&run, "promises_per_issue");
    ck_assert_double_eq(made, n); /* the second contact settles */
    ck_assert_double_eq(den(&run, "promises_kept_share"), made);
    assert_share("kept", num(&run, "promises_kept_share"), made, 0.65);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "first_contact_resolution"), 0);
    ck_assert_double_gt(cause_hours(&run, "broken_promise"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_promise_to_somebody_who_has_gone_is_void_not_broken)
{
    /* Nobody calls back for three weeks, and a good part of the customers leaves in that time. */
    cJSON *doc = simple();
    put(doc, "/run/follow_up", "'10 weeks'");
    put(doc, "/policies/p", PROMISES_ALWAYS);
    put(doc, "/segments/all/churn_hazard_per_year", "3");
    put(doc, "/teams/senior/agents",
        "{'interval': '1 weeks', 'repeat': 'all', 'values': [0, 0, 0, 9999, 9999, 9999]}");
    put(doc, "/promises/callback", "{'due': '9 weeks', 'by': 'next_tier'}");
    struct run run = run_document(doc, 2);
    double made = num(&run, "promises_per_issue");
    double kept = num(&run, "promises_kept_share");
    ck_assert_double_gt(made, kept + 0.02 * made);
    ck_assert_double_eq(den(&run, "promises_kept_share"), kept); /* none was broken */
    ck_assert_double_eq(estimate_of(run.res, 0, "promises_kept_share")->mean, 1);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(what_was_decided_is_paid_though_the_customer_leaves_before_it_is_done)
{
    cJSON *doc = simple();
    put(doc, "/segments/all/churn_hazard_per_year", "3");
    put(doc, "/teams/back", "{'agents': 10000, 'channels': []}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '2 weeks'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_lt(num(&run, "resolved_share"), 0.97 * n); /* some have gone meanwhile */
    ck_assert_double_eq(num(&run, "justified_unpaid"), 0);
    ck_assert_double_eq(den(&run, "cost_per_issue"), n);
    ck_assert_double_ge(num(&run, "cost_per_issue"), 50 * n);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(nobody_holds_the_line_for_a_promised_call)
{
    /* The calls are made by the second tier, which opens the next morning: hours of waiting that
     * cost the customer nothing, the company no line, and anger nobody. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/run/start", "'2026-01-05'");
    put(doc, "/calendars", "{'morning': {'hours': {'tue': '08:00-12:00'}}}");
    put(doc, "/teams/senior/calendar", "'morning'");
    put(doc, "/channels/phone/telecom_cost_per_min", "0.1");
    put(doc, "/promises/callback", "{'due': '3 days', 'by': 'next_tier'}");
    put(doc, "/behavior/anger", "{'half_life': '9 months', 'weight_wait_per_min': 1}");
    put(doc, "/run/warmup", "'0 s'");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "promises_kept_share"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    /* two calls of 5 minutes, talk not stretched by any anger */
    ck_assert_double_eq_tol(num(&run, "effort_per_issue"), n * 600, 1e-6);
    ck_assert_double_eq_tol(num(&run, "handle_time_per_issue"), n * 600, 1e-6);
    ck_assert_double_eq_tol(slice_sum(&run, "account", CCS_SLICE_ACCOUNT, "telecom"), n, 1e-6);
    ck_assert_double_eq(num(&run, "wait_mean"), 0);
    ck_assert_double_eq(den(&run, "wait_mean"), n); /* the company's calls are not offered */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_kept_callback_does_not_hide_that_the_customer_called_again)
{
    /* Promised, called back within the day, refused there, calls again two days later: the first
     * contact was no resolution, not even an apparent one. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/policies/p/trigger_contacts", "3");
    put(doc, "/promises/callback", "{'due': '2 days', 'by': 'next_tier'}");
    put(doc, "/behavior/recontact", "{'after_refusal': 1, 'delay': '2 days'}");
    put(doc, "/policies/p/promise_share", "0.5");
    struct run run = run_document(doc, 1);
    double n = den(&run, "first_contact_resolution_apparent");
    ck_assert_double_eq(n, den(&run, "contacts_per_issue"));
    ck_assert_double_gt(num(&run, "promises_kept_share"), 0);
    /* Three contacts each. Whoever has called again in the week counts; only those who were called
     * back twice, and never called themselves, look resolved: promised twice, 1/4. */
    assert_share("apparent", num(&run, "first_contact_resolution_apparent"), n, 0.25);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_broken_promise_stays_the_cause_of_the_call_that_gets_through_at_last)
{
    /* The promise is forgotten; the call about it finds nobody, is abandoned, and tried again the
     * next day through the other chance (after_abandoned). Its cause is the broken promise. */
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/teams/senior", NULL);
    put(doc, "/channels/phone", "{'patience': '1 min'}");
    /* hour 0: everybody is answered; day 1: nobody is there; day 2 on: all are there */
    put(doc, "/teams/front/agents",
        "{'interval': '1 days', 'values': [1000, 0, 1000, 1000, 1000, 1000]}");
    put(doc, "/promises/callback", "{'due': '20 h', 'forget_probability': 1}");
    put(doc, "/behavior/recontact",
        "{'after_broken_promise': 1, 'after_abandoned': 1, 'delay': '6 h'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "contacts_per_issue"), 2 * n);
    ck_assert_double_ge(num(&run, "abandonment_rate"), n);
    ck_assert_double_eq_tol(cause_hours(&run, "broken_promise"), n / 12, 1e-9);
    ck_assert_double_eq(cause_hours(&run, "abandoned_before"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_leg_passed_on_after_a_broken_promise_is_due_to_the_promise_not_to_the_transfer)
{
    cJSON *doc = one_hour(PROMISES_ALWAYS);
    put(doc, "/policies/p/authority_limits", "[0, 1000]");
    put(doc, "/promises/callback", "{'due': '1 days', 'forget_probability': 1}");
    put(doc, "/behavior/recontact", "{'after_broken_promise': 1, 'delay': '1 h'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "transfers_per_issue"), n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq_tol(cause_hours(&run, "first_request"), n / 12, 1e-9);
    ck_assert_double_eq_tol(cause_hours(&run, "broken_promise"), 2 * n / 12, 1e-9);
    ck_assert_double_eq(cause_hours(&run, "transfer"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(an_escalation_to_a_closed_tier_becomes_a_promise)
{
    cJSON *doc = one_hour(PASSES_ON);
    put(doc, "/calendars", "{'later': {'hours': {'wed': '08:00-12:00'}}}");
    put(doc, "/teams/senior/calendar", "'later'");
    put(doc, "/promises/callback", "{'due': '5 days'}");
    struct run run = run_document(doc, 1);
    double n = den(&run, "contacts_per_issue");
    ck_assert_double_eq(num(&run, "promises_per_issue"), n);
    ck_assert_double_eq(num(&run, "promises_kept_share"), n);
    ck_assert_double_eq(num(&run, "resolved_share"), n);
    ck_assert_double_eq(num(&run, "settled_at_first_tier_share"), 0); /* decided by who called */
    ck_assert_double_eq(num(&run, "transfers_per_issue"), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- hours ---- */

START_TEST(decided_on_saturday_done_when_the_back_office_opens_on_monday)
{
    cJSON *doc = one_hour("{'kind': 'none'}");
    put(doc, "/run/start", "'2026-01-10'"); /* a Saturday */
    put(doc, "/calendars", "{'office': {'hours': {'mon-fri': '09:00-17:00'}}}");
    put(doc, "/teams/back",
        "{'agents': 10000, 'calendar': 'office', 'channels': [], 'wage_per_h': 20}");
    put(doc, "/issue_types/refund/back_office", "{'team': 'back', 'work': '10 min'}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    world_begin(&lone, model_of(sc, NULL));
    const struct ccs_cohort *cohort = anonymous(&lone);
    ccs_time done = 2 * CCS_US_PER_DAY + 9 * CCS_US_PER_H + 10 * CCS_US_PER_MIN;
    world_run(&lone, done);
    ck_assert_int_gt(cohort->voiced, 200);
    ck_assert_int_eq(cohort->resolved, 0);
    /* the money was decided, and booked, on Saturday */
    ck_assert_int_eq(lone.w->books.total[CCS_ACCOUNT_CONCESSIONS_JUSTIFIED],
                     cohort->voiced * 500000);
    world_run(&lone, done + 1);
    ck_assert_int_eq(cohort->resolved, cohort->voiced);
    ck_assert_int_eq(cohort->first_contact, cohort->voiced);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_closed_channel_is_tried_again_after_its_next_opening)
{
    cJSON *doc = one_hour("{'kind': 'none'}"); /* calls in the first hour of a Monday */
    put(doc, "/calendars", "{'day': {'hours': {'mon-fri': '08:00-18:00'}}}");
    put(doc, "/channels/phone", "{'calendar': 'day', 'retry_delay': '30 min'}");
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 1, 0);
    world_begin(&lone, model_of(sc, NULL));
    const struct ccs_cohort *cohort = anonymous(&lone);
    ccs_time answered = 8 * CCS_US_PER_H + 30 * CCS_US_PER_MIN;
    world_run(&lone, answered);
    ck_assert_int_eq(lone.w->measure.unreachable, cohort->voiced);
    ck_assert_int_eq(lone.w->measure.contacts_born, 0);
    world_run(&lone, answered + 1);
    ck_assert_int_eq(lone.w->measure.contacts_born, cohort->voiced);
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- voicing and arrivals ---- */

START_TEST(issues_are_voiced_with_their_probability_and_arise_at_their_rate)
{
    cJSON *doc = simple();
    put(doc, "/behavior/voicing", "{'probability': {'refund': 0.35}}");
    put(doc, "/issue_types/refund/profile",
        "{'interval': '1 h', 'per_day': 10, 'from': '8 h', 'days': 'weekdays', 'repeat': 'all', "
        "'values': [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]}");
    struct run run = run_document(doc, 3);
    double issues = den(&run, "unvoiced_share");
    /* eight whole weeks: a profile only moves issues about, it does not make or lose any */
    double mean = 3 * 20000 * 2 * 56 / 365.25;
    ck_assert_z("issues", issues, mean, sqrt(mean));
    assert_share("voiced", den(&run, "contacts_per_issue"), issues, 0.35);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(customers_are_drawn_evenly_and_first_channels_by_their_weights)
{
    cJSON *doc = simple();
    put(doc, "/channels", "{'phone': {}, 'chat': {'kind': 'chat'}, 'form': {'kind': 'form'}}");
    put(doc, "/issue_types/refund/channel_mix", "{'phone': 5, 'chat': 2, 'form': 1}");
    struct run run = run_document(doc, 3);
    double n = den(&run, "contacts_per_issue");
    static const char *const names[] = {"phone", "chat", "form"};
    static const double share[] = {0.625, 0.25, 0.125};
    for (int c = 0; c < 3; c++) {
        assert_share(names[c], slice_sum(&run, "contacts_offered", CCS_SLICE_CHANNEL, names[c]), n,
                     share[c]);
    }
    run_free(&run);
    struct ccs_scenario *sc = scenario_from(doc);
    struct lone_world lone;
    world_warm_up(&lone, model_of(sc, NULL), 2, 0);
    world_live(&lone, model_of(sc, NULL));
    double by_quarter[4] = {0};
    double all = 0;
    for (uint32_t i = 0; i < 20000; i++) {
        uint16_t handled = ccs_customer_at(lone.w, i)->handled;
        by_quarter[i / 5000] += handled;
        all += handled;
    }
    for (int q = 0; q < 4; q++) {
        assert_share("a quarter of the customers", by_quarter[q], all, 0.25);
    }
    world_finish(&lone);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_day_factor_spreads_daily_counts_by_its_cv)
{
    /* Var(N) of a day = m + (m cv)^2; 60 days of 4 replications, each count nearly normal: the
     * standard error of a variance of k counts is about its value x sqrt(2 / k) (gamma: a bit
     * more); |z| <= 4 leaves room for that. */
    cJSON *doc = simple();
    put(doc, "/run/horizon", "'60 days'");
    put(doc, "/run/period", "'1 days'");
    put(doc, "/issue_types/refund/day_factor_cv", "0.3");
    put(doc, "/issue_types/refund/rate_per_customer_year", NULL);
    put(doc, "/issue_types/refund/volume", "{'rate_per_h': 20}");
    struct run run = run_document(doc, 4);
    double sum = 0;
    double square = 0;
    size_t days = 0;
    for (size_t i = 0; i < run.res->row_n; i++) {
        if (run.res->rows[i].slice == CCS_SLICE_PERIOD &&
            strcmp(run.res->rows[i].metric->name, "contacts_offered") == 0) {
            for (size_t r = 0; r < 4; r++, days++) {
                double x = run.res->num[i * 4 + r];
                sum += x;
                square += x * x;
            }
        }
    }
    ck_assert_uint_eq(days, 240);
    double k = (double)days;
    double variance = (square - sum * sum / k) / (k - 1);
    double want = 480 + 480 * 480 * 0.09;
    ck_assert_z("mean", sum / k, 480, sqrt(want / k));
    ck_assert_z("variance", variance, want, want * sqrt(2.5 / k));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_closed_forms(void)
{
    Suite *suite = suite_create("closed_forms");
    TCase *contacts = tcase_create("contacts");
    tcase_add_loop_test(contacts, false_closures_make_geometric_contacts, 0, 3);
    tcase_add_test(contacts, who_is_always_refused_comes_back_geometrically_and_then_gives_up);
    tcase_add_test(contacts, the_chain_of_contacts_and_churn_is_absorbed_as_computed);
    tcase_add_test(contacts, redials_after_a_busy_signal_are_geometric);
    suite_add_tcase(suite, contacts);
    TCase *leaving = tcase_create("leaving");
    tcase_add_test(leaving, a_silent_problem_drives_away_with_exactly_its_probability);
    tcase_add_test(leaving, the_baseline_hazard_alone_leaves_exponentially);
    tcase_add_test(leaving, moments_and_hazard_compete_and_do_not_disturb_each_other);
    tcase_add_test(leaving, a_higher_burden_never_keeps_anybody);
    tcase_add_test(leaving, anger_shifts_the_odds_of_leaving);
    tcase_add_test(leaving, the_desk_saves_exactly_its_probability_and_pays_for_it);
    suite_add_tcase(suite, leaving);
    TCase *angry = tcase_create("anger");
    tcase_add_test(angry, anger_halves_in_a_half_life_and_adds_up);
    tcase_add_test(angry, anger_is_the_sum_over_all_burdens_each_with_its_own_age);
    tcase_add_test(angry, anger_stretches_talk_up_to_its_bound_and_shortens_patience);
    tcase_add_test(angry, the_second_call_of_a_refused_customer_takes_longer_by_the_stretch);
    suite_add_tcase(suite, angry);
    TCase *legs = tcase_create("legs");
    tcase_add_loop_test(legs, a_transfer_costs_what_its_two_legs_and_the_one_who_stays_take, 0, 3);
    tcase_add_loop_test(legs, all_the_time_an_agent_is_busy_is_handle_time_of_somebody, 0, 3);
    tcase_add_test(legs, every_leg_is_a_new_agent_with_discretion_of_its_own);
    tcase_add_loop_test(legs, the_first_leg_tells_no_story_again_every_further_one_does, 0, 2);
    tcase_add_test(legs, a_check_takes_its_time_and_finds_what_it_is_able_to_find);
    tcase_add_test(legs,
                   a_blocked_demand_for_a_supervisor_takes_the_arguing_and_is_a_share_of_refusals);
    suite_add_tcase(suite, legs);
    TCase *sees = tcase_create("what an agent sees");
    tcase_add_test(sees, an_agent_sees_what_is_on_record);
    tcase_add_test(sees, an_explanation_concedes_nothing_whatever_is_at_stake);
    suite_add_tcase(suite, sees);
    TCase *promises = tcase_create("promises");
    tcase_add_test(promises, forgotten_promises_are_broken_and_the_others_kept);
    tcase_add_test(promises, a_promise_to_somebody_who_has_gone_is_void_not_broken);
    tcase_add_test(promises, what_was_decided_is_paid_though_the_customer_leaves_before_it_is_done);
    tcase_add_test(promises, nobody_holds_the_line_for_a_promised_call);
    tcase_add_test(promises, a_kept_callback_does_not_hide_that_the_customer_called_again);
    tcase_add_test(promises,
                   a_broken_promise_stays_the_cause_of_the_call_that_gets_through_at_last);
    tcase_add_test(
        promises, a_leg_passed_on_after_a_broken_promise_is_due_to_the_promise_not_to_the_transfer);
    tcase_add_test(promises, an_escalation_to_a_closed_tier_becomes_a_promise);
    suite_add_tcase(suite, promises);
    TCase *hours = tcase_create("hours");
    tcase_add_test(hours, decided_on_saturday_done_when_the_back_office_opens_on_monday);
    tcase_add_test(hours, a_closed_channel_is_tried_again_after_its_next_opening);
    suite_add_tcase(suite, hours);
    TCase *demand = tcase_create("demand");
    tcase_add_test(demand, issues_are_voiced_with_their_probability_and_arise_at_their_rate);
    tcase_add_test(demand, customers_are_drawn_evenly_and_first_channels_by_their_weights);
    tcase_add_test(demand, a_day_factor_spreads_daily_counts_by_its_cv);
    suite_add_tcase(suite, demand);
    return suite;
}
