/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The verdict: by what a comparison is decided, and what is said of it. One team with few, enough
 * or many agents where callers have no value in the model; and a center in which nobody leaves and
 * claims are paid or not, so that every figure can be worked out.
 */
#include "experiment/expect.h"
#include "experiment/rank.h"
#include "experiment/staffing.h"
#include "experiment/verdict.h"
#include "report/report.h"
#include "stats/holm.h"

#include "../sim_help.h"

Suite *suite_verdict(void);

/* 5 agents are busy on average; callers wait 2 minutes for an answer at most, on average. */
static cJSON *staffed(void)
{
    return document_of(
        "{'name': 'staffed', 'currency': 'EUR', 'run': {'horizon': '2 days', 'follow_up': '1 day', "
        "'replications': 8}, 'channels': {'phone': {'patience': {'dist': 'exponential', "
        "'mean': '2 min'}}}, 'issue_types': {'call': {'volume': {'rate_per_h': 60}, 'talk': "
        "{'dist': 'exponential', 'mean': '5 min'}}}, 'teams': {'all': {'agents': 7, "
        "'wage_per_h': 20}}, 'policies': {'enough': {'kind': 'none'}, "
        "'few': {'kind': 'none', 'with': {'teams': {'all': {'agents': 4}}}}, "
        "'many': {'kind': 'none', 'with': {'teams': {'all': {'agents': 14}}}}}, "
        "'baseline': 'enough'}");
}

/* Customers who bring 10 a month and never leave; claims of 20, all justified. `late` never
 * pays. */
static cJSON *claims(void)
{
    return document_of(
        "{'name': 'claims', 'currency': 'EUR', 'run': {'horizon': '4 weeks', 'warmup': '0 s', "
        "'follow_up': '8 weeks', 'replications': 8, 'labor': 'workload'}, "
        "'segments': {'all': {'population': 500, "
        "'margin_per_month': 10, 'churn_hazard_per_year': 0.2}}, 'channels': {'phone': {}}, "
        "'issue_types': {'claim': {'rate_per_customer_year': 6, 'needs': 'decision', 'amount': 20, "
        "'talk': '3 min'}}, 'teams': {'all': {'agents': 10, 'wage_per_h': 12}}, "
        "'policies': {'late': {'kind': 'escalate_late', 'authority_limits': [0], 'discretion': "
        "[0], 'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0, "
        "'supervisor_granted': 0}, 'pays': {'kind': 'empowered_first_contact', "
        "'authority_limits': [1000], 'discretion': [1]}}, 'baseline': 'late'}");
}

/* The verdict about a policy and the baseline. */
static const struct ccs_verdict *verdict_of(const struct ccs_results *res, const char *policy)
{
    for (size_t i = 0; i < res->verdict_n; i++) {
        if (res->comparisons[res->verdicts[i].comparison].a == policy_at(res, policy)) {
            return &res->verdicts[i];
        }
    }
    ck_abort_msg("no verdict on %s", policy);
}

static void assert_says(const char *sentence, const char *words)
{
    ck_assert_msg(strstr(sentence, words) != NULL, "not \"%s\": %s", words, sentence);
}

/* ---- what decides ---- */

START_TEST(a_primary_that_does_not_rank_policies_is_refused)
{
    static const char *const primary[] = {"cost_per_resolved_issue", "cost_per_contact",
                                          "occupancy", "account", "happiness"};
    cJSON *doc = staffed();
    struct ccs_diagnostics *diags;
    putf(doc, "/run/primary", "'%s'", primary[_i]);
    ck_assert_ptr_null(try_document(doc, &diags));
    assert_diagnostic(diags, "CCS-E312", "/run/primary", primary[_i]);
    ccs_diagnostics_destroy(diags);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_cost_of_the_same_issues_decides_where_there_is_no_population)
{
    cJSON *doc = staffed();
    struct run run = run_document(doc, 2);
    ck_assert_int_eq(run.res->primary, (int)row_at(run.res, "cost_per_issue"));
    run_free(&run);
    cJSON_Delete(doc);
    doc = claims();
    run = run_document(doc, 2);
    ck_assert_int_eq(run.res->primary, (int)row_at(run.res, "net_value_per_customer"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_target_is_about_one_policy_and_something_that_is_there)
{
    static const struct {
        const char *targets, *code, *at;
    } bad[] = {
        {"['compare(many, few).service_level > 0']", "CCS-E390", "/run/targets/0"},
        {"['service_level > 80%', 'service_level = 80%']", "CCS-E390", "/run/targets/1"},
        {"['politeness > 80%']", "CCS-E391", "/run/targets/0"},
        {"['lots.service_level > 80%']", "CCS-E391", "/run/targets/0"},
    };
    cJSON *doc = staffed();
    struct ccs_diagnostics *diags;
    put(doc, "/run/targets", bad[_i].targets);
    ck_assert_ptr_null(try_document(doc, &diags));
    assert_diagnostic(diags, bad[_i].code, bad[_i].at, bad[_i].targets);
    ccs_diagnostics_destroy(diags);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(targets_and_indifference_move_no_number)
{
    cJSON *doc = staffed();
    struct run plain = run_document(doc, 3);
    put(doc, "/run/targets", "['service_level > 80%']");
    put(doc, "/run/indifference", "3");
    struct run with = run_document(doc, 3);
    ck_assert_uint_eq(plain.res->signature, with.res->signature);
    for (size_t p = 0; p < 3; p++) {
        ck_assert_same_numbers(plain.res, p, with.res, p, -1);
    }
    run_free(&plain);
    run_free(&with);
    cJSON_Delete(doc);
}
END_TEST

/* ---- where staff differs ---- */

START_TEST(where_staff_differs_cost_against_service_is_a_trade_off)
{
    cJSON *doc = staffed();
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *few = verdict_of(run.res, "few");
    const struct ccs_verdict *many = verdict_of(run.res, "many");
    ck_assert_int_eq(few->kind, CCS_VERDICT_TRADE_OFF);
    ck_assert_int_eq(many->kind, CCS_VERDICT_TRADE_OFF);
    ck_assert_int_eq(many->basis, CCS_BASIS_SERVICE);
    ck_assert(many->staff_differs);
    /* 7 agents more for 48 hours at 20, exactly: work after closing time there is none */
    ck_assert_double_eq_tol(many->total, 7 * 48 * 20, 20);
    assert_says(many->sentence, "A trade-off: many costs 6,7");
    assert_says(many->sentence, "EUR more (95 %: ");
    assert_says(many->sentence, "than enough over 2 days");
    assert_says(many->sentence, "of its callers within their target time");
    assert_says(many->sentence, "no target says what that is worth (run.targets)");
    assert_says(many->sentence, "Simulation error only, inputs taken as exact.");
    assert_says(few->sentence, "A trade-off: enough costs ");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_same_service_for_a_lower_wage_wins_without_targets)
{
    cJSON *doc = staffed();
    put(doc, "/policies/many", NULL);
    put(doc, "/policies/few/with/teams/all", "{'wage_per_h': 19}");
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "few");
    ck_assert_int_eq(v->basis, CCS_BASIS_SERVICE);
    ck_assert_int_eq(v->kind, CCS_VERDICT_A);
    assert_says(v->sentence, "few beats enough: cost total is lower by ");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_dear_service_that_is_not_surely_better_is_told_without_a_winner)
{
    /* half an agent more in an hour of the day */
    cJSON *doc = staffed();
    put(doc, "/run/replications", "4");
    put(doc, "/policies/few/with/teams/all", "{'agents': 8}");
    bool is_seen = false;
    for (int seed = 1; seed <= 40 && !is_seen; seed++) {
        putf(doc, "/run/seed", "%d", seed);
        struct run run = run_document(doc, 0);
        const struct ccs_verdict *v = verdict_of(run.res, "few");
        if (v->kind == CCS_VERDICT_UNDECIDED && strstr(v->sentence, "; few ")) {
            assert_says(v->sentence, "Undecided: few and enough differ in staff; few costs ");
            assert_says(v->sentence, "of each measure by itself, and not sure of all together");
            ck_assert(strstr(v->sentence, "few,") == NULL);
            is_seen = true;
        }
        run_free(&run);
    }
    ck_assert(is_seen);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(one_policy_alone_is_told_whether_it_meets_the_targets)
{
    cJSON *doc = staffed();
    put(doc, "/policies/few", NULL);
    put(doc, "/policies/many", NULL);
    put(doc, "/run/targets", "['service_level >= 99.9%']");
    struct run run = run_document(doc, 0);
    ck_assert_int_eq(run.res->standings[0].kind, CCS_STANDING_MISSES);
    ck_assert_uint_eq(run.res->verdict_n, 0);
    assert_says(run.res->choice, "enough misses the target `service_level >= 99.9%` (0.");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_primary_that_is_no_cost_decides_whatever_the_staff)
{
    cJSON *doc = staffed();
    put(doc, "/run/primary", "'wait_answered_mean'");
    struct run run = run_document(doc, 0);
    ck_assert_int_eq(verdict_of(run.res, "many")->basis, CCS_BASIS_PRIMARY);
    ck_assert_int_eq(verdict_of(run.res, "many")->kind, CCS_VERDICT_A);
    ck_assert_int_eq(verdict_of(run.res, "few")->kind, CCS_VERDICT_B);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_cheapest_policy_that_meets_the_targets_wins)
{
    cJSON *doc = staffed();
    put(doc, "/run/targets", "['service_level >= 60%', 'abandonment_rate < 30%']");
    struct run run = run_document(doc, 0);
    const struct ccs_results *res = run.res;
    const struct ccs_verdict *few = verdict_of(res, "few");
    const struct ccs_verdict *many = verdict_of(res, "many");
    ck_assert_int_eq(few->basis, CCS_BASIS_TARGETS);
    ck_assert_int_eq(res->standings[policy_at(res, "few")].kind, CCS_STANDING_MISSES);
    ck_assert_int_eq(res->standings[policy_at(res, "enough")].kind, CCS_STANDING_MEETS);
    ck_assert_int_eq(res->standings[policy_at(res, "many")].kind, CCS_STANDING_MEETS);
    ck_assert_int_eq(few->kind, CCS_VERDICT_B);
    ck_assert_int_eq(many->kind, CCS_VERDICT_B);
    assert_says(few->sentence, "enough beats few: few misses the target `service_level >= 60%` (");
    assert_says(many->sentence, "enough beats many: both meet the targets, and many costs ");
    ck_assert_int_eq(res->chosen, (int)policy_at(res, "enough"));
    assert_says(res->choice,
                "enough wins: of 3 policies it is the cheapest that meets the targets");
    assert_says(res->choice, "few misses the target `service_level >= 60%`");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(few_events_far_below_a_target_meet_it_however_long_the_list)
{
    /* many loses nobody, or hardly anybody: bounds only, in a list of nine tests */
    cJSON *doc = staffed();
    put(doc, "/run/targets",
        "['abandonment_rate < 50%', 'blocking_rate < 50%', 'balking_rate < 50%']");
    struct run run = run_document(doc, 0);
    size_t many = policy_at(run.res, "many");
    ck_assert_int_eq(estimate_of(run.res, many, "abandonment_rate")->kind, CCS_ESTIMATE_RARE);
    ck_assert_int_eq(estimate_of(run.res, many, "blocking_rate")->kind, CCS_ESTIMATE_RARE);
    ck_assert_int_eq(run.res->standings[many].kind, CCS_STANDING_MEETS);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_target_for_one_policy_binds_only_that_one)
{
    cJSON *doc = staffed();
    put(doc, "/run/targets", "['many.service_level < 1%']");
    struct run run = run_document(doc, 0);
    ck_assert_int_eq(run.res->standings[policy_at(run.res, "many")].kind, CCS_STANDING_MISSES);
    ck_assert_int_eq(run.res->standings[policy_at(run.res, "few")].kind, CCS_STANDING_MEETS);
    ck_assert_int_eq(run.res->chosen, (int)policy_at(run.res, "few"));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(where_nobody_meets_the_targets_nobody_wins)
{
    cJSON *doc = staffed();
    put(doc, "/run/targets", "['wait_mean < -1']");
    struct run run = run_document(doc, 0);
    ck_assert_int_eq(verdict_of(run.res, "few")->kind, CCS_VERDICT_NEITHER);
    ck_assert_int_eq(run.res->chosen, -1);
    assert_says(verdict_of(run.res, "few")->sentence, "Neither meets what is asked: ");
    assert_says(run.res->choice, "No policy wins: none meets the targets.");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_target_at_the_mean_leaves_it_undecided)
{
    cJSON *doc = staffed();
    struct run run = run_document(doc, 0);
    double level = estimate_of(run.res, policy_at(run.res, "few"), "service_level")->mean;
    run_free(&run);
    putf(doc, "/run/targets", "['service_level >= %.6f']", level);
    run = run_document(doc, 0);
    size_t few = policy_at(run.res, "few");
    ck_assert_int_eq(run.res->standings[few].kind, CCS_STANDING_UNDECIDED);
    ck_assert_int_eq(verdict_of(run.res, "few")->kind, CCS_VERDICT_UNDECIDED);
    assert_says(verdict_of(run.res, "few")->sentence, "few may or may not meet the target `");
    /* few is cheaper, so which is the cheapest that meets it is open, too */
    ck_assert_int_eq(run.res->chosen, -1);
    assert_says(run.res->choice, "Undecided: ");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(staff_is_who_is_on_duty_and_what_an_hour_costs)
{
    static const struct {
        const char *team;
        bool differs;
    } cases[] = {
        {"{'agents': 8}", true},
        {"{'wage_per_h': 21}", true},
        {"{'absence': 0.1}", true},
        {"{'shrinkage': 0.1}", true},
        {"{'skills': ['call']}", false},
        {"{'talk_factor': {'call': 1.1}}", false},
        {"{'channels': ['phone']}", false},
    };
    cJSON *doc = staffed();
    put(doc, "/policies/many", NULL);
    put(doc, "/policies/few/with/teams/all", cases[_i].team);
    struct ccs_scenario *sc = scenario_from(doc);
    ck_assert_int_eq(ccs_scenario_staff_differs_between(sc, 0, 1), cases[_i].differs);
    ck_assert_int_eq(ccs_scenario_staff_differs(sc), cases[_i].differs);
    ccs_scenario_destroy(sc);
    cJSON_Delete(doc);
}
END_TEST

/* ---- how sure ---- */

START_TEST(a_difference_within_the_indifference_does_not_matter)
{
    cJSON *doc = staffed();
    put(doc, "/run/primary", "'wait_answered_mean'");
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "many");
    const struct ccs_estimate *d = &run.res->comparisons[v->comparison].rows[v->row].diff;
    double far = fmax(fabs(d->lo), fabs(d->hi));
    ck_assert_int_eq(v->kind, CCS_VERDICT_A);
    run_free(&run);
    putf(doc, "/run/indifference", "%.9f", far * 1.001);
    run = run_document(doc, 0);
    ck_assert_int_eq(verdict_of(run.res, "many")->kind, CCS_VERDICT_INDIFFERENT);
    assert_says(verdict_of(run.res, "many")->sentence, "No difference that matters: ");
    run_free(&run);
    putf(doc, "/run/indifference", "%.9f", far * 0.999); /* a part of the interval is outside */
    run = run_document(doc, 0);
    ck_assert_int_eq(verdict_of(run.res, "many")->kind, CCS_VERDICT_A);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(verdicts_are_adjusted_for_their_number)
{
    /* six policies that differ from the baseline by noise only, or hardly */
    cJSON *doc = staffed();
    put(doc, "/run/primary", "'wait_answered_mean'");
    put(doc, "/policies/few/with", "{'teams': {'all': {'talk_factor': {'call': 1.001}}}}");
    for (int i = 0; i < 4; i++) {
        char at[40];
        snprintf(at, sizeof at, "/policies/p%d", i);
        putf(doc, at,
             "{'kind': 'none', 'with': {'channels': {'phone': {'patience': {'dist': 'gamma', "
             "'mean': '2 min', 'cv': %g}}}}}",
             0.999 - 0.001 * i);
    }
    struct run run = run_document(doc, 0);
    const struct ccs_results *res = run.res;
    double p[6], adjusted[6];
    ck_assert_uint_eq(res->verdict_n, 6);
    for (size_t i = 0; i < 6; i++) {
        p[i] = res->comparisons[i].rows[res->primary].p;
    }
    ccs_holm_adjust(p, adjusted, 6);
    bool is_raised = false;
    for (size_t i = 0; i < 6; i++) {
        const struct ccs_verdict *v = &res->verdicts[i];
        ck_assert_double_eq(v->p, adjusted[i]);
        ck_assert_double_eq(res->comparisons[i].p_adjusted[res->primary], adjusted[i]);
        bool is_decided = v->kind == CCS_VERDICT_A || v->kind == CCS_VERDICT_B;
        ck_assert_int_eq(is_decided, adjusted[i] <= 0.05);
        is_raised = is_raised || adjusted[i] > p[i];
    }
    ck_assert(is_raised);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- what it rests on ---- */

START_TEST(who_wins_by_keeping_what_it_owes_is_told)
{
    cJSON *doc = claims();
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "pays");
    ck_assert_int_eq(v->kind, CCS_VERDICT_B); /* late keeps 20 per claim */
    ck_assert(v->wins_by_owing);
    assert_says(v->sentence, "late beats pays: net value is higher by ");
    assert_says(v->sentence, " EUR per customer (95 %: ");
    assert_says(v->sentence, " over 4 weeks, ");
    assert_says(v->sentence, " EUR in all, ");
    assert_says(v->sentence, " EUR per customer and year.");
    assert_says(v->sentence, "late wins by keeping what it owes: with debts settled ");
    assert_says(v->sentence, "Labor is counted by workload");
    const struct ccs_estimate *d = &run.res->comparisons[0].rows[v->row].diff;
    ck_assert_double_eq_tol(v->total, 500 * d->mean, 1e-6 * fabs(v->total));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(debts_are_settled_per_issue_settled_or_not)
{
    cJSON *doc = claims();
    put(doc, "/run/primary", "'cost_per_issue'");
    struct run run = run_document(doc, 0);
    const char *sentence = verdict_of(run.res, "pays")->sentence;
    assert_says(sentence, "with debts settled ");
    assert_says(sentence, " EUR per issue (95 %");
    ck_assert(strstr(sentence, "per issue settled") == NULL);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_largest_lines_of_the_waterfall_are_told_the_largest_first)
{
    cJSON *doc = claims();
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "pays");
    const struct ccs_comparison *cmp = &run.res->comparisons[v->comparison];
    ck_assert_uint_ge(v->line_n, 1);
    ck_assert_str_eq(run.res->rows[v->lines[0]].name, "concessions_justified");
    ck_assert_double_eq_tol(v->line_factor, 1.0 / 500, 1e-9);
    for (size_t i = 1; i < v->line_n; i++) {
        ck_assert_double_ge(fabs(cmp->rows[v->lines[i - 1]].diff.mean),
                            fabs(cmp->rows[v->lines[i]].diff.mean));
    }
    assert_says(v->sentence, "largest lines: concessions justified +");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(views_of_labor_that_disagree_are_told)
{
    /* the same staff: what a second contact costs is in the workload only */
    cJSON *doc = claims();
    put(doc, "/policies/pays/authority_limits", "[0]");
    put(doc, "/policies/pays/discretion", "[0]");
    put(doc, "/policies/late/with", "{'teams': {'all': {'talk_factor': {'claim': 2}}}}");
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "pays");
    ck_assert_int_eq(v->kind, CCS_VERDICT_A);
    ck_assert(!v->is_staffed);
    ck_assert(v->views_disagree);
    assert_says(v->sentence, "the other view disagrees: by staffed hours ");
    run_free(&run);
    put(doc, "/run/labor", "'staffed'");
    run = run_document(doc, 0);
    v = verdict_of(run.res, "pays");
    ck_assert(v->is_staffed);
    ck_assert(v->views_disagree);
    assert_says(v->sentence, "by workload (wages over target occupancy) pays is ahead by ");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(views_of_labor_that_say_the_same_do_not_disagree)
{
    /* a handle time that hardly differs: clear in either view for one pair, not for many */
    cJSON *doc = claims();
    put(doc, "/run/replications", "2");
    put(doc, "/policies/pays/authority_limits", "[0]");
    put(doc, "/policies/pays/discretion", "[0]");
    bool is_seen = false;
    for (int i = 0; i < 24; i++) {
        char at[40];
        snprintf(at, sizeof at, "/policies/p%d", i);
        putf(doc, at,
             "{'kind': 'escalate_late', 'authority_limits': [%d], 'discretion': [1], "
             "'trigger_contacts': 1000, 'trigger_anger': 1000, 'promise_share': 0, "
             "'supervisor_granted': 0}",
             20 + i);
    }
    struct run run = run_document(doc, 0);
    for (size_t i = 0; i < run.res->verdict_n; i++) {
        const struct ccs_verdict *v = &run.res->verdicts[i];
        const struct ccs_comparison *cmp = &run.res->comparisons[v->comparison];
        int own = ccs_verdict_side(run.res, cmp, v->row);
        int other = v->other_row < 0 ? own : ccs_verdict_side(run.res, cmp, v->other_row);
        is_seen = is_seen || (v->kind == CCS_VERDICT_UNDECIDED && own != 0 && own == other);
        ck_assert_int_eq(v->views_disagree, own != other);
    }
    ck_assert(is_seen);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_copy_does_not_differ_in_events_that_are_rare)
{
    /* almost three times the staff that is busy: hardly anybody is lost */
    cJSON *doc = staffed();
    put(doc, "/run/primary", "'callers_lost_share'");
    put(doc, "/teams/all/agents", "14");
    put(doc, "/policies/few", NULL);
    put(doc, "/policies/many", "{'kind': 'none'}");
    struct run run = run_document(doc, 2);
    const struct ccs_verdict *v = verdict_of(run.res, "many");
    const struct ccs_estimate *d = &run.res->comparisons[v->comparison].rows[v->row].diff;
    ck_assert_int_eq(d->kind, CCS_ESTIMATE_RARE);
    ck_assert_int_eq(v->kind, CCS_VERDICT_SAME);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(views_of_labor_that_do_not_matter_do_not_disagree)
{
    cJSON *doc = claims();
    put(doc, "/run/indifference", "100000");
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "pays");
    ck_assert_int_eq(v->kind, CCS_VERDICT_INDIFFERENT);
    ck_assert(!v->views_disagree);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(the_cost_of_an_issue_counts_labor_by_workload_whatever_another_policy_staffs)
{
    /* long and enough have the same staff; few does not, so that net value would be as staffed */
    cJSON *doc = staffed();
    put(doc, "/policies/long",
        "{'kind': 'none', 'with': {'teams': {'all': {'talk_factor': {'call': 1.2}}}}}");
    put(doc, "/policies/many", NULL);
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "long");
    ck_assert_int_eq(v->basis, CCS_BASIS_PRIMARY);
    ck_assert(!v->is_staffed);
    ck_assert_int_eq(v->other_row, (int)row_at(run.res, "cost_total"));
    assert_says(v->sentence, "Labor is counted by workload");
    ck_assert(verdict_of(run.res, "few")->is_staffed); /* decided by the total cost */
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(many_open_issues_stand_in_the_verdict)
{
    cJSON *doc = claims();
    put(doc, "/run/follow_up", "'0 s'");
    put(doc, "/behavior", "{'recontact': {'after_refusal': 1}}");
    struct run run = run_document(doc, 0);
    size_t late = policy_at(run.res, "late");
    ck_assert_double_gt(estimate_of(run.res, late, "open_share")->mean, 0.01);
    assert_says(verdict_of(run.res, "pays")->sentence,
                "% of the issues of late were still open at the end of the follow-up.");
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(targets_are_told_where_something_else_decides)
{
    cJSON *doc = claims();
    put(doc, "/run/targets", "['contacts_per_issue < 1000', 'concession_cost > 1']");
    struct run run = run_document(doc, 0);
    const struct ccs_verdict *v = verdict_of(run.res, "pays");
    ck_assert_int_eq(v->basis, CCS_BASIS_PRIMARY);
    ck_assert_int_eq(v->kind, CCS_VERDICT_B);
    assert_says(v->sentence, "Of run.targets: pays meets the targets, late misses the target "
                             "`concession_cost > 1` (0).");
    ck_assert_ptr_null(run.res->choice);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_verdict_is_never_cut)
{
    char name[101];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    cJSON *doc = claims();
    cJSON *policies = cJSON_GetObjectItem(doc, "policies");
    cJSON_AddItemToObject(policies, name, cJSON_DetachItemFromObject(policies, "pays"));
    put(doc, "/run/targets", "['concession_cost > 1', 'contacts_per_issue < 1000']");
    struct run run = run_document(doc, 3);
    const char *sentence = run.res->verdicts[0].sentence;
    const char *end = "Simulation error only, inputs taken as exact.";
    assert_says(sentence, name);
    ck_assert_uint_gt(strlen(sentence), 600);
    ck_assert_str_eq(sentence + strlen(sentence) - strlen(end), end);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

START_TEST(a_verdict_that_rests_on_what_the_rightly_refused_do_says_so)
{
    /* every claim is a fraud, found out by `late`; who is refused comes again, and may leave */
    cJSON *doc = claims();
    put(doc, "/issue_types/claim/justified_probability", "0");
    put(doc, "/issue_types/claim/verification",
        "{'time': '1 s', 'sensitivity': 1, 'specificity': 1}");
    put(doc, "/policies/late/verify_above", "0");
    put(doc, "/behavior",
        "{'recontact': {'after_refusal': 0.5, 'delay': '1 h'}, "
        "'leaving': {'failed_contact': 0.1}}");
    struct run run = run_document(doc, 8);
    ck_assert(verdict_of(run.res, "pays")->rests_on_claimants);
    assert_says(verdict_of(run.res, "pays")->sentence, "rightly refused to leave like the wronged");
    run_free(&run);
    put(doc, "/behavior/leaving/rightly_refused", "0.1");
    run = run_document(doc, 8);
    ck_assert(!verdict_of(run.res, "pays")->rests_on_claimants);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- marks ---- */

START_TEST(serving_fewer_callers_earns_no_check_mark)
{
    cJSON *doc = staffed();
    struct run run = run_document(doc, 0);
    const struct ccs_results *res = run.res;
    const struct ccs_comparison *few = &res->comparisons[verdict_of(res, "few")->comparison];
    const struct ccs_comparison *many = &res->comparisons[verdict_of(res, "many")->comparison];
    ck_assert_int_eq(ccs_rank_loses(res, few), 1);
    ck_assert_int_eq(ccs_rank_loses(res, many), -1);
    static const char *const spoiled[] = {"cost_total", "cost_workload", "cost_per_issue",
                                          "handle_time_per_issue", "contacts_per_issue"};
    for (size_t i = 0; i < sizeof spoiled / sizeof spoiled[0]; i++) {
        int row = (int)row_at(res, spoiled[i]);
        ck_assert_msg(ccs_rank_sign(few, row) == -1, "%s is not lower", spoiled[i]);
        ck_assert_msg(ccs_rank_better(res, few, row) == 0, "%s ranks", spoiled[i]);
        /* the other way round: a cross for serving more is none, either */
        ck_assert_msg(ccs_rank_better(res, many, row) == 0, "%s ranks", spoiled[i]);
    }
    /* what got worse for it is worse all the same */
    ck_assert_int_eq(ccs_rank_better(res, few, (int)row_at(res, "service_level")), -1);
    ck_assert_int_eq(ccs_rank_better(res, few, (int)row_at(res, "abandonment_rate")), -1);
    ck_assert_int_eq(ccs_rank_better(res, many, (int)row_at(res, "service_level")), 1);
    /* policies move these, whoever is lost */
    ck_assert_int_eq(ccs_rank_better(res, few, (int)row_at(res, "cost_per_contact")), 0);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* The line of a table that begins with the label. */
static void line_of(char line[400], const char *text, const char *heading, const char *label)
{
    const char *at = strstr(strstr(text, heading), label);
    snprintf(line, 400, "%.*s", (int)strcspn(at, "\n"), at);
}

START_TEST(dashboards_give_no_check_for_losing_callers)
{
    cJSON *doc = staffed();
    put(doc, "/policies/many", NULL);
    struct run run = run_document(doc, 0);
    struct ccs_report report;
    struct ccs_report_text_options options = {.width = 100};
    char line[400];
    ck_assert_int_eq(ccs_report_text(run.res, "ccsim", &options, &report), CCS_OK);
    line_of(line, report.text, "\nTwo dashboards", "  cost per contact");
    assert_says(line, " *"); /* few looks better */
    ck_assert_ptr_null(strstr(line, " v"));
    line_of(line, report.text, "\nTwo dashboards", "  service level");
    assert_says(line, " v");
    line_of(line, report.text, "\nTwo dashboards", "  contacts per issue");
    ck_assert_ptr_null(strstr(line, " v"));
    line_of(line, report.text, "\nCost", "  total, staffed hours");
    assert_says(line, " *");
    ck_assert_ptr_null(strstr(line, " v"));
    free(report.text);
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

/* ---- a past that is too short ---- */

/* Refused for ever: every issue leaves anger, with a half-life of a month. */
static cJSON *angry(const char *warmup)
{
    cJSON *doc = claims();
    put(doc, "/run/horizon", "'26 weeks'");
    put(doc, "/policies/pays", NULL);
    put(doc, "/behavior",
        "{'anger': {'half_life': '2 months', 'weight_wait_per_min': 0, 'stretch_per_anger': 0}, "
        "'leaving': {}}");
    putf(doc, "/run/warmup", "'%s'", warmup);
    return doc;
}

static bool warns_of_rise(const struct ccs_results *res)
{
    for (size_t i = 0; i < res->warning_n; i++) {
        if (strstr(res->warnings[i].text, "anger at opening still rises")) {
            ck_assert_str_eq(res->warnings[i].code, "CCS-W401");
            return true;
        }
    }
    return false;
}

START_TEST(a_warm_up_that_leaves_anger_rising_warns)
{
    cJSON *doc = angry("1 month");
    struct run run = run_document(doc, 0);
    ck_assert(warns_of_rise(run.res));
    run_free(&run);
    cJSON_Delete(doc);
    /* six half-lives: the rest is 1 %, also though newcomers of the warm-up grow angry later */
    doc = angry("24 months");
    run = run_document(doc, 0);
    ck_assert(!warns_of_rise(run.res));
    run_free(&run);
    cJSON_Delete(doc);
}
END_TEST

Suite *suite_verdict(void)
{
    Suite *suite = suite_create("verdict");
    TCase *decides = tcase_create("what decides");
    tcase_add_loop_test(decides, a_primary_that_does_not_rank_policies_is_refused, 0, 5);
    tcase_add_test(decides, the_cost_of_the_same_issues_decides_where_there_is_no_population);
    tcase_add_loop_test(decides, a_target_is_about_one_policy_and_something_that_is_there, 0, 4);
    tcase_add_test(decides, targets_and_indifference_move_no_number);
    suite_add_tcase(suite, decides);
    TCase *staff = tcase_create("staff");
    tcase_add_test(staff, where_staff_differs_cost_against_service_is_a_trade_off);
    tcase_add_test(staff, the_same_service_for_a_lower_wage_wins_without_targets);
    tcase_add_test(staff, a_dear_service_that_is_not_surely_better_is_told_without_a_winner);
    tcase_add_test(staff, one_policy_alone_is_told_whether_it_meets_the_targets);
    tcase_add_test(staff, a_primary_that_is_no_cost_decides_whatever_the_staff);
    tcase_add_test(staff, the_cheapest_policy_that_meets_the_targets_wins);
    tcase_add_test(staff, few_events_far_below_a_target_meet_it_however_long_the_list);
    tcase_add_test(staff, a_target_for_one_policy_binds_only_that_one);
    tcase_add_test(staff, where_nobody_meets_the_targets_nobody_wins);
    tcase_add_test(staff, a_target_at_the_mean_leaves_it_undecided);
    tcase_add_loop_test(staff, staff_is_who_is_on_duty_and_what_an_hour_costs, 0, 7);
    suite_add_tcase(suite, staff);
    TCase *sure = tcase_create("how sure");
    tcase_add_test(sure, a_difference_within_the_indifference_does_not_matter);
    tcase_add_test(sure, verdicts_are_adjusted_for_their_number);
    suite_add_tcase(suite, sure);
    TCase *rests = tcase_create("what it rests on");
    tcase_add_test(rests, who_wins_by_keeping_what_it_owes_is_told);
    tcase_add_test(rests, a_verdict_that_rests_on_what_the_rightly_refused_do_says_so);
    tcase_add_test(rests, debts_are_settled_per_issue_settled_or_not);
    tcase_add_test(rests, the_largest_lines_of_the_waterfall_are_told_the_largest_first);
    tcase_add_test(rests, views_of_labor_that_disagree_are_told);
    tcase_add_test(rests, views_of_labor_that_say_the_same_do_not_disagree);
    tcase_add_test(rests, a_copy_does_not_differ_in_events_that_are_rare);
    tcase_add_test(rests, views_of_labor_that_do_not_matter_do_not_disagree);
    tcase_add_test(rests,
                   the_cost_of_an_issue_counts_labor_by_workload_whatever_another_policy_staffs);
    tcase_add_test(rests, many_open_issues_stand_in_the_verdict);
    tcase_add_test(rests, targets_are_told_where_something_else_decides);
    tcase_add_test(rests, a_verdict_is_never_cut);
    suite_add_tcase(suite, rests);
    TCase *marks = tcase_create("marks");
    tcase_add_test(marks, serving_fewer_callers_earns_no_check_mark);
    tcase_add_test(marks, dashboards_give_no_check_for_losing_callers);
    suite_add_tcase(suite, marks);
    TCase *past = tcase_create("past");
    tcase_add_test(past, a_warm_up_that_leaves_anger_rising_warns);
    suite_add_tcase(suite, past);
    return suite;
}
