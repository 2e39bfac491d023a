/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every knob moves what it should: turned up, the named output moves in the named direction, with
 * the 95 % interval of the paired difference clear of zero. Two scenarios that differ in the one
 * key run on the same seeds; the difference is taken per replication.
 *
 * A last test demands that no knob of any mechanism or policy is missing from the table.
 */
#include "../share.h"
#include "../sim_help.h"

#include "behavior/behavior.h"
#include "policy/policy.h"

Suite *suite_mechanisms(void);

/* Enough for every knob to be seen; under the sanitizers its code only runs. */
#define ENOUGH 8
static int reps(void)
{
    return share_of(ENOUGH, 2);
}

struct knob {
    const char *pointer, *low, *high;
    const char *metric;
    int sign;            /* of metric(high) - metric(low) */
    const char *slice;   /* of the metric: "channel/form"; NULL: all */
    const char *also[4]; /* pointer, value, pointer, value: what must be set as well */
};

#define TURN(pointer_, low_, high_, metric_, sign_, ...)                                           \
    {                                                                                              \
        .pointer = pointer_, .low = low_, .high = high_, .metric = metric_, .sign = sign_,         \
        __VA_ARGS__                                                                                \
    }

static const struct knob knobs[] = {
    /* anger */
    TURN("/behavior/anger/half_life", "'3 days'", "'20 weeks'", "anger_at_opening", 1),
    TURN("/behavior/anger/wait_tolerance", "'0 s'", "'20 min'", "anger_at_opening", -1,
         .also = {"/behavior/anger/weight_wait_per_min", "1"}),
    TURN("/behavior/anger/weight_wait_per_min", "0", "2", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_transfer", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_retelling", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_refusal", "0", "3", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_contradiction", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_broken_promise", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_repeat_contact", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_second_failure", "0", "5", "anger_at_opening", 1),
    TURN("/behavior/anger/weight_refusal", "0", "3", "angry_at_opening_share", 1),
    TURN("/behavior/anger/stretch_per_anger", "0", "1", "handle_time_per_contact", 1),
    TURN("/behavior/anger/stretch_per_anger", "0", "1", "failure_demand_share", 1),
    TURN("/behavior/anger/stretch_max", "1", "4", "handle_time_per_contact", 1,
         .also = {"/behavior/anger/stretch_per_anger", "1"}),
    TURN("/behavior/anger/patience_per_anger", "0", "5", "abandonment_rate", 1),
    TURN("/behavior/anger/sense_noise_sd", "0", "4", "contacts_per_issue", -1,
         .also = {"/policies/late/trigger_anger", "5"}),
    /* leaving */
    TURN("/behavior/leaving/given_up", "0", "0.5", "churn_rate_per_year", 1),
    TURN("/behavior/leaving/promise_broken", "0", "0.5", "churn_rate_per_year", 1),
    TURN("/behavior/leaving/issue_ended", "0", "0.2", "churn_rate_per_year", 1),
    TURN("/behavior/leaving/failed_contact", "0", "0.3", "churn_rate_per_year", 1),
    TURN("/behavior/leaving/failed_contact", "0", "0.3", "lifetime_value_lost", 1),
    TURN("/behavior/leaving/failed_contact", "0", "0.3", "net_value_per_customer", -1),
    TURN("/behavior/leaving/abandoned", "0", "0.5", "churn_rate_per_year", 1),
    TURN("/behavior/leaving/silent_issue", "0", "0.3", "churn_silent_share", 1),
    TURN("/behavior/leaving/rightly_refused", "0", "0.5", "churn_rate_per_year", 1,
         .also = {"/issue_types/refund/justified_probability", "0.4"}),
    TURN("/behavior/leaving/given_up_without_right", "0", "0.9", "churn_rate_per_year", 1,
         .also = {"/issue_types/refund/justified_probability", "0.4"}),
    TURN("/behavior/leaving/anger_logit", "0", "2", "churn_rate_per_year", 1),
    /* voicing */
    TURN("/behavior/voicing/probability", "1", "0.4", "unvoiced_share", 1),
    TURN("/behavior/voicing/probability", "1", "0.4", "contacts_offered", -1),
    /* recontact */
    TURN("/behavior/recontact/after_refusal", "0", "0.95", "contacts_per_issue", 1),
    TURN("/behavior/recontact/after_refusal", "0", "0.95", "given_up_share", -1),
    TURN("/behavior/recontact/after_right_refusal", "0", "0.95", "contacts_per_issue", 1,
         .also = {"/issue_types/refund/justified_probability", "0.4"}),
    TURN("/behavior/recontact/after_put_off", "0", "0.95", "contacts_per_issue", 1,
         .also = {"/promises/callback", NULL}),
    TURN("/behavior/recontact/after_broken_promise", "0", "0.95", "contacts_per_issue", 1),
    TURN("/behavior/recontact/after_false_closure", "0", "0.95", "resolved_share", 1),
    TURN("/behavior/recontact/after_abandoned", "0", "0.95", "given_up_share", -1),
    TURN("/behavior/recontact/delay", "'1 h'", "'5 days'", "resolution_time", 1),
    TURN("/behavior/recontact/channel_switch", "{'phone': {'phone': 1}}", "{'phone': {'form': 1}}",
         "contacts_offered", 1, .slice = "channel/form"),
    /* retelling */
    TURN("/behavior/retelling/time", "'1 s'", "'4 min'", "handle_time_per_contact", 1),
    TURN("/behavior/retelling/time", "'1 s'", "'4 min'", "failure_demand_share", 1),
    TURN("/behavior/retelling/context_carried_probability", "0", "1", "handle_time_per_contact",
         -1),
    TURN("/behavior/retelling/record_known_probability", "1", "0", "contacts_per_issue", 1),
    /* supervisor */
    TURN("/behavior/supervisor/demand_probability", "0.01", "0.8", "transfers_per_issue", 1),
    TURN("/behavior/supervisor/anger_logit", "0", "3", "transfers_per_issue", 1),
    TURN("/behavior/supervisor/argue", "'0 s'", "'15 min'", "handle_time_per_contact", 1),
    /* retention */
    TURN("/behavior/retention/team", "'desk'", "'guards'", "occupancy", -1, .slice = "team/desk",
         .also = {"/teams/guards", "{'agents': 1, 'channels': [], 'calendar': 'late'}"}),
    TURN("/behavior/retention/talk", "'1 min'", "'40 min'", "occupancy", 1, .slice = "team/desk"),
    TURN("/behavior/retention/threat_probability", "0.01", "0.5", "cancellations_per_customer", 1),
    TURN("/behavior/retention/anger_logit", "0", "2", "cancellations_per_customer", 1),
    TURN("/behavior/retention/delay", "'1 min'", "'6 days'", "resolution_time", 1),
    TURN("/behavior/retention/save_probability", "0.1", "0.95", "saved_share", 1),
    TURN("/behavior/retention/save_probability", "0.1", "0.95", "churn_rate_per_year", -1),
    TURN("/behavior/retention/offer_cost", "0", "50", "cost_total", 1),
    TURN("/behavior/retention/settles_issue", "false", "true", "resolved_share", 1),
    /* promised callbacks */
    TURN("/promises/callback/due", "'1 h'", "'6 days'", "promises_kept_share", 1),
    TURN("/promises/callback/forget_probability", "0", "0.9", "promises_kept_share", -1),
    TURN("/promises/callback/forget_probability", "0", "0.9", "churn_rate_per_year", 1,
         .also = {"/behavior/leaving/promise_broken", "0.3"}),
    TURN("/promises/callback/by", "'same_tier'", "'next_tier'", "settled_at_first_tier_share", -1),
    TURN("/promises/callback/priority", "-5", "5", "promises_kept_share", 1,
         .also = {"/promises/callback/due", "'1 h'", "/promises/callback/by", "'same_tier'"}),
    /* false closures */
    TURN("/promises/false_closure/probability", "0", "0.5", "false_closures_per_issue", 1),
    TURN("/promises/false_closure/probability", "0", "0.5", "contacts_per_issue", 1),
    TURN("/promises/false_closure/probability", "0", "0.5", "first_contact_resolution", -1),
    TURN("/promises/false_closure/discovery_delay", "'1 h'", "'10 days'", "resolution_time", 1),
    /* false next day: it looks resolved all the same if the customer is slower than a week */
    TURN("/promises/false_closure/discovery_delay", "'1 h'", "'10 days'",
         "first_contact_resolution_apparent", 1),
    /* escalate late */
    TURN("/policies/late/authority_limits", "[1, 1, 1]", "[1000, 1000, 1000]", "resolved_share", 1),
    TURN("/policies/late/authority_limits", "[1, 1000]", "[1000]", "settled_at_first_tier_share",
         1),
    TURN("/policies/late/discretion", "[0]", "[1]", "first_contact_resolution", 1),
    TURN("/policies/late/discretion", "[0]", "[1]", "concession_cost", 1),
    TURN("/policies/late/trigger_contacts", "1", "8", "contacts_per_issue", 1),
    TURN("/policies/late/trigger_contacts", "1", "8", "resolution_time", 1),
    TURN("/policies/late/trigger_contacts", "1", "8", "justified_unpaid", 1),
    TURN("/policies/late/trigger_anger", "0.2", "50", "contacts_per_issue", 1),
    TURN("/policies/late/promise_share", "0", "1", "promises_per_issue", 1),
    TURN("/policies/late/promise_share", "0", "1", "refusals_per_issue", -1),
    TURN("/policies/late/supervisor_granted", "0", "1", "supervisor_granted_share", 1),
    TURN("/policies/late/supervisor_granted", "0", "1", "transfers_per_issue", 1),
    TURN("/policies/late/verify_above", "1000000", "0", "handle_time_per_contact", 1),
    TURN("/policies/late/verify_above", "1000000", "0", "concession_cost", -1),
    TURN("/policies/late/transfer", "'cold'", "'consult'", "handle_time_per_issue", 1,
         .also = {"/policies/late/trigger_contacts", "1"}),
    /* empowered first contact */
    TURN("/policies/early/authority_limits", "[1, 1000]", "[1000]", "settled_at_first_tier_share",
         1),
    TURN("/policies/early/authority_limits", "[1, 1000]", "[1000]", "transfers_per_issue", -1),
    TURN("/policies/early/discretion", "[0]", "[1]", "transfers_per_issue", -1),
    TURN("/policies/early/verify_above", "1000000", "0", "concession_cost", -1),
    TURN("/policies/early/transfer", "'cold'", "'consult'", "handle_time_per_issue", 1,
         .also = {"/policies/early/authority_limits", "[1, 1000]"}),
    /* the center itself */
    TURN("/teams/front/agents", "1", "6", "wait_mean", -1, .slice = "channel/phone"),
    TURN("/teams/front/talk_factor", "0.5", "1.5", "handle_time_per_contact", 1),
    TURN("/teams/front/wage_per_h", "20", "40", "cost_total", 1),
    TURN("/teams/front/wage_surcharges", "{}",
         "{'late': {'hours': {'mon-sun': '12:00-24:00'}, 'factor': 2}}", "cost_total", 1),
    TURN("/teams/front/overtime_factor", "1", "50", "cost_total", 1),
    TURN("/teams/senior/calendar", "'office'", "'late'", "resolution_time", -1,
         .also = {"/policies/late/trigger_contacts", "1"}),
    TURN("/channels/phone/lines", "1", "30", "blocking_rate", -1),
    TURN("/channels/phone/patience", "'30 s'", "'30 min'", "abandonment_rate", -1),
    TURN("/channels/phone/redial_probability", "0", "0.9", "contacts_offered", 1),
    TURN("/channels/phone/ivr", "'0 s'", "'2 h'", "resolution_time", 1),
    TURN("/channels/phone/calendar", "'late'", "'office'", "attempts_outside_hours", 1),
    TURN("/channels/phone/retry_probability", "1", "0", "given_up_share", 1),
    TURN("/channels/phone/retry_probability", "1", "0", "contacts_offered", -1),
    TURN("/channels/phone/telecom_cost_per_min", "0", "1", "cost_per_contact", 1),
    TURN("/channels/chat/priority", "-3", "3", "wait_mean", -1, .slice = "channel/chat"),
    TURN("/issue_types/refund/back_office", NULL, "{'team': 'back', 'work': '1 h'}",
         "resolution_time", 1),
    TURN("/issue_types/refund/amount", "10", "60", "concession_cost", 1,
         .also = {"/policies/late/authority_limits", "[1000]"}),
    TURN("/issue_types/refund/justified_probability", "0.1", "1", "justified_unpaid", 1),
    TURN("/issue_types/refund/hold", "'0 s'", "'5 min'", "effort_per_issue", 1),
    TURN("/issue_types/refund/wrap", "'0 s'", "'5 min'", "handle_time_per_contact", 1),
    TURN("/issue_types/question/fulfilment_cost", "0", "20", "cost_per_issue", 1),
    TURN("/segments/fickle/churn_hazard_per_year", "0.2", "3", "churn_rate_per_year", 1),
    TURN("/segments/fickle/margin_per_month", "5", "50", "lifetime_value_lost", 1),
};
#define KNOB_N (sizeof knobs / sizeof *knobs)

/* The scenario with the knob at one end; only the policy that is turned, as its own baseline. */
static struct run run_at(const struct knob *knob, const char *value)
{
    cJSON *doc = read_document("tests/data/everything.json");
    const char *policy = strncmp(knob->pointer, "/policies/early", 15) == 0 ? "early" : "late";
    static const char *const all[] = {"late", "early", "consulting", "kept"};
    for (size_t i = 0; i < 4; i++) {
        char pointer[64];
        snprintf(pointer, sizeof pointer, "/policies/%s", all[i]);
        if (strcmp(all[i], policy) != 0) {
            put(doc, pointer, NULL);
        }
    }
    putf(doc, "/baseline", "'%s'", policy);
    for (size_t i = 0; i < 4 && knob->also[i]; i += 2) {
        put(doc, knob->also[i], knob->also[i + 1]);
    }
    put(doc, knob->pointer, value);
    struct run run = run_document(doc, reps());
    cJSON_Delete(doc);
    return run;
}

static int row_of(const struct run *run, const struct knob *knob)
{
    if (!knob->slice) {
        return ccs_results_row(run->res, knob->metric, CCS_SLICE_ALL, NULL);
    }
    bool is_team = strncmp(knob->slice, "team/", 5) == 0;
    return ccs_results_row(run->res, knob->metric, is_team ? CCS_SLICE_TEAM : CCS_SLICE_CHANNEL,
                           strchr(knob->slice, '/') + 1);
}

static struct ccs_sums sums_at(const struct run *run, int row)
{
    ck_assert_int_ge(row, 0);
    size_t at = (size_t)row * run->res->replications;
    return (struct ccs_sums){.num = &run->res->num[at], .den = &run->res->den[at]};
}

START_TEST(a_knob_turned_up_moves_its_output_in_its_direction)
{
    const struct knob *knob = &knobs[_i];
    struct run low = run_at(knob, knob->low);
    struct run high = run_at(knob, knob->high);
    struct ccs_sums x = sums_at(&high, row_of(&high, knob));
    struct ccs_sums y = sums_at(&low, row_of(&low, knob));
    struct ccs_paired pair = ccs_ratio_paired(&x, &y, (size_t)reps());
    bool is_clear = knob->sign > 0 ? pair.diff.lo > 0 : pair.diff.hi < 0;
    ck_assert_msg(is_clear || reps() < ENOUGH, "%s from %s to %s moves %s by %g (%g to %g)",
                  knob->pointer, knob->low ? knob->low : "nothing", knob->high, knob->metric,
                  pair.diff.mean, pair.diff.lo, pair.diff.hi);
    run_free(&low);
    run_free(&high);
}
END_TEST

/* ---- completeness ---- */

static bool is_turned(const char *prefix, const char *key)
{
    char pointer[128];
    snprintf(pointer, sizeof pointer, "%s/%s", prefix, key);
    for (size_t i = 0; i < KNOB_N; i++) {
        if (strcmp(knobs[i].pointer, pointer) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(no_knob_of_any_mechanism_or_policy_is_missing)
{
    for (size_t m = 0; m < ccs_mechanism_n; m++) {
        char prefix[64];
        snprintf(prefix, sizeof prefix, "/%s/%s", ccs_mechanisms[m]->group, ccs_mechanisms[m]->key);
        const struct ccs_section *section = ccs_mechanisms[m]->section;
        ck_assert_uint_gt(section->field_n, 0);
        for (size_t f = 0; f < section->field_n; f++) {
            ck_assert_msg(is_turned(prefix, section->field[f].key), "%s/%s is turned by no test",
                          prefix, section->field[f].key);
        }
    }
    for (size_t p = 0; p < ccs_policy_n; p++) {
        const struct ccs_section *section = ccs_policies[p]->section;
        const char *prefix =
            ccs_policies[p] == &ccs_escalate_late ? "/policies/late" : "/policies/early";
        for (size_t f = 0; f < section->field_n; f++) {
            ck_assert_msg(is_turned(prefix, section->field[f].key), "%s of %s is turned by no test",
                          section->field[f].key, ccs_policies[p]->kind);
        }
    }
}
END_TEST

START_TEST(every_default_that_is_not_neutral_names_its_source)
{
    for (size_t m = 0; m < ccs_mechanism_n; m++) {
        const struct ccs_section *section = ccs_mechanisms[m]->section;
        for (size_t f = 0; f < section->field_n; f++) {
            const struct ccs_field *field = &section->field[f];
            bool is_neutral = !field->def || strcmp(field->def, "0") == 0 ||
                              strcmp(field->def, "\"0 s\"") == 0 || strcmp(field->def, "{}") == 0 ||
                              strcmp(field->def, "1") == 0 || field->type == CCS_FIELD_ENUM;
            ck_assert_msg(is_neutral || field->source, "%s/%s: default %s without source",
                          ccs_mechanisms[m]->key, field->key, field->def);
        }
    }
}
END_TEST

/* Would the table notice a knob that does nothing? */
START_TEST(a_knob_that_does_nothing_is_not_clear_of_zero)
{
    const struct knob idle = TURN("/currency", "'EUR'", "'USD'", "cost_total", 1);
    struct run low = run_at(&idle, idle.low);
    struct run high = run_at(&idle, idle.high);
    struct ccs_sums x = sums_at(&high, row_of(&high, &idle));
    struct ccs_sums y = sums_at(&low, row_of(&low, &idle));
    struct ccs_paired pair = ccs_ratio_paired(&x, &y, (size_t)reps());
    ck_assert(!(pair.diff.lo > 0) && !(pair.diff.hi < 0));
    run_free(&low);
    run_free(&high);
}
END_TEST

Suite *suite_mechanisms(void)
{
    Suite *suite = suite_create("mechanisms");
    TCase *knob = tcase_create("knobs");
    tcase_add_loop_test(knob, a_knob_turned_up_moves_its_output_in_its_direction, 0, (int)KNOB_N);
    suite_add_tcase(suite, knob);
    TCase *table = tcase_create("table");
    tcase_add_test(table, no_knob_of_any_mechanism_or_policy_is_missing);
    tcase_add_test(table, every_default_that_is_not_neutral_names_its_source);
    tcase_add_test(table, a_knob_that_does_nothing_is_not_clear_of_zero);
    suite_add_tcase(suite, table);
    return suite;
}
