/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics and how each comes from what a world has counted: see metrics.h. */
#include "experiment/metrics.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

const char *ccs_slice_kind_name(enum ccs_slice_kind kind)
{
    static const char *const names[CCS_SLICE_KIND_COUNT] = {
        "",      "team",    "channel", "segment", "issue_type",
        "cause", "account", "line",    "settled", "period"};
    return names[kind];
}

static double cost_of(const struct ccs_totals *t)
{
    double sum = 0.0;
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        sum += ccs_account_is_cost((enum ccs_account)a) ? t->account[a] : 0.0;
    }
    return sum;
}

static double labor_of(const struct ccs_totals *t)
{
    return t->account[CCS_ACCOUNT_LABOR_TALK] + t->account[CCS_ACCOUNT_LABOR_HOLD] +
           t->account[CCS_ACCOUNT_LABOR_WRAP] + t->account[CCS_ACCOUNT_LABOR_IDLE] +
           t->account[CCS_ACCOUNT_LABOR_PREMIUM];
}

static double concessions_of(const struct ccs_totals *t)
{
    return t->account[CCS_ACCOUNT_CONCESSIONS_JUSTIFIED] +
           t->account[CCS_ACCOUNT_CONCESSIONS_UNJUSTIFIED];
}

/* Value of customers lost, by the compensator: negative. */
static double lost_lines(const struct ccs_totals *t)
{
    ccs_money sum = 0;
    for (int i = CCS_LINE_LOST; i < CCS_LINE_PAID; i++) {
        sum += t->measure->net.line[i];
    }
    return ccs_money_to_units(sum);
}

static double settled_of(const struct ccs_totals *t)
{
    double sum = 0.0;
    for (int way = 0; way < CCS_WAY_COUNT; way++) {
        sum += (double)t->settled[way];
    }
    return sum;
}

/* A metric's function: numerator, denominator, number of rare events (NAN: none), available? */
#define METRIC(function, numerator, denominator, event_count, available)                           \
    static void function(const struct ccs_totals *t, struct ccs_value *v)                          \
    {                                                                                              \
        v->num = (double)(numerator);                                                              \
        v->den = (double)(denominator);                                                            \
        v->events = (double)(event_count);                                                         \
        v->is_available = (available);                                                             \
    }

#define S(us) ((double)(us) / 1e6)
#define CASH(m) (ccs_money_to_units(m))

METRIC(get_cost_total, cost_of(t), 1, NAN, true)
METRIC(get_cost_workload, cost_of(t) - labor_of(t) + t->workload_labor, 1, NAN, true)
METRIC(get_cost_per_contact, cost_of(t), t->access.handled, NAN, true)
METRIC(get_cost_per_issue, CASH(t->cohort.cost), t->cohort.issues, NAN, true)
#define RIGHTLY(t) ccs_cohort_rightly_ended(&(t)->cohort)
METRIC(get_cost_per_resolved, CASH(t->cohort.cost), RIGHTLY(t), NAN, true)
METRIC(get_cost_per_customer_year, cost_of(t), t->churn.customer_years, NAN, t->has_population)
METRIC(get_concession_cost, concessions_of(t), 1, NAN, true)
METRIC(get_churn_rate, t->churn.leavers, t->churn.customer_years, t->churn.leavers,
       t->has_population)
METRIC(get_churn_silent, t->churn.silent, t->churn.leavers, t->churn.silent, t->has_population)
METRIC(get_churn_complained, t->churn.complained_before, t->churn.silent,
       t->churn.complained_before, t->has_population)
METRIC(get_value_lost, t->churn.value_lost, 1, t->churn.leavers, t->has_population)
METRIC(get_desk_contacts, t->churn.desk_contacts, t->churn.at_start, t->churn.desk_contacts,
       t->has_population)
METRIC(get_saved, t->churn.saves, t->churn.desk_contacts, t->churn.saves, t->has_population)
METRIC(get_avoidable, t->churn.avoidable_saves, t->churn.saves, t->churn.avoidable_saves,
       t->has_population)
METRIC(get_handle_per_contact, S(t->access.handle_us), t->access.handled, NAN, true)
METRIC(get_handle_per_issue, S(t->cohort.handle_us), t->cohort.voiced, NAN, true)
METRIC(get_handle_per_resolved, S(t->cohort.handle_us), RIGHTLY(t), NAN, true)
METRIC(get_contacts_per_issue, t->cohort.contacts, t->cohort.voiced, NAN, true)
METRIC(get_transfers_per_issue, t->cohort.transfers, t->cohort.voiced, t->cohort.transfers, true)
METRIC(get_refusals_per_issue, t->cohort.refusals, t->cohort.voiced, t->cohort.refusals, true)
METRIC(get_fcr, t->cohort.first_contact, t->cohort.contacted, t->cohort.first_contact, true)
METRIC(get_fcr_apparent, t->measure->sums.apparent, t->measure->sums.first_contacts,
       t->measure->sums.apparent, true)
METRIC(get_resolved, RIGHTLY(t), t->cohort.voiced, RIGHTLY(t), true)
METRIC(get_resolution_time, S(t->cohort.resolution_us), RIGHTLY(t), NAN, true)
#define WRONGLY_GIVEN_UP(t) ((t)->cohort.given_up - (t)->cohort.claims.refused_given_up)
METRIC(get_given_up, WRONGLY_GIVEN_UP(t), t->cohort.voiced, WRONGLY_GIVEN_UP(t), true)
#define CLAIMS t->cohort.claims
METRIC(get_justified_paid, CLAIMS.justified_paid, 1, CLAIMS.justified_paid, t->has_claims)
METRIC(get_justified_not_paid, CLAIMS.justified_unpaid, 1, CLAIMS.justified_unpaid, t->has_claims)
METRIC(get_unjustified_paid, CLAIMS.unjustified_paid, 1, CLAIMS.unjustified_paid, t->has_claims)
METRIC(get_unjustified_refused, CLAIMS.unjustified_refused, 1, CLAIMS.unjustified_refused,
       t->has_claims)
METRIC(get_unjustified_dropped, CLAIMS.unjustified_dropped, 1, CLAIMS.unjustified_dropped,
       t->has_claims)
METRIC(get_claims_open, CLAIMS.open, 1, CLAIMS.open, t->has_claims)
METRIC(get_justified_paid_share, CLAIMS.justified_paid, CLAIMS.justified, CLAIMS.justified_paid,
       t->has_claims)
METRIC(get_unjustified_paid_share, CLAIMS.unjustified_paid, CLAIMS.unjustified,
       CLAIMS.unjustified_paid, t->has_claims)
METRIC(get_open, t->cohort.open, t->cohort.voiced, t->cohort.open, true)
METRIC(get_unvoiced, t->cohort.issues - t->cohort.voiced, t->cohort.issues,
       t->cohort.issues - t->cohort.voiced, true)
METRIC(get_false_closures, t->cohort.false_closures, t->cohort.voiced, t->cohort.false_closures,
       true)
METRIC(get_settled_first_tier, t->cohort.settled_by_tier[1], t->cohort.resolved,
       t->cohort.settled_by_tier[1], true)
METRIC(get_settled, settled_of(t), 1, settled_of(t), true)
#define SETTLED(function, way)                                                                     \
    METRIC(function, t->settled[way], settled_of(t), t->settled[way], true)
SETTLED(get_settled_at_once, CCS_WAY_AT_ONCE)
SETTLED(get_settled_escalated, CCS_WAY_ESCALATED)
SETTLED(get_settled_promised, CCS_WAY_PROMISED_CALL)
SETTLED(get_settled_desk, CCS_WAY_DESK)
METRIC(get_offered, t->access.offered, 1, NAN, true)
METRIC(get_answered, t->access.answered, 1, NAN, true)
METRIC(get_handled, t->access.handled, 1, NAN, true)
METRIC(get_wait_mean, S(t->live.wait_us), t->live.offered, NAN, true)
METRIC(get_wait_answered, S(t->live.wait_answered_us), t->live.answered, NAN, true)
METRIC(get_wait_probability, t->live.waited, t->live.offered, t->live.waited, true)
METRIC(get_service_level, t->live.in_target, t->live.offered, t->live.in_target, true)
METRIC(get_wait_delayed, S(t->live.wait_us), t->live.waited, NAN, true)
METRIC(get_wait_abandoned, S(t->live.parts.wait_abandoned_us), t->live.abandoned, NAN, true)
METRIC(get_wait_beyond, S(t->live.parts.wait_beyond_us), t->live.offered, NAN, true)
METRIC(get_service_level_patient, t->live.in_target,
       t->live.offered - t->live.parts.abandoned_in_target, t->live.in_target, true)
METRIC(get_abandoned_late, t->live.abandoned - t->live.parts.abandoned_in_target, t->live.offered,
       t->live.abandoned - t->live.parts.abandoned_in_target, true)
METRIC(get_abandonment, t->live.abandoned, t->live.offered, t->live.abandoned, true)
#define REFUSED(a) ((a).blocked + (a).queue_full)
#define ATTEMPTED(a) ((a).offered + REFUSED(a) + (a).hung_up)
METRIC(get_blocking, REFUSED(t->live), t->live.offered + REFUSED(t->live), REFUSED(t->live), true)
METRIC(get_queue_full, t->live.queue_full, t->live.offered + REFUSED(t->live), t->live.queue_full,
       true)
METRIC(get_hung_up, t->live.hung_up, ATTEMPTED(t->live), t->live.hung_up, true)
METRIC(get_misrouted, t->access.misrouted, t->access.offered, t->access.misrouted, true)
METRIC(get_balking, t->live.balked, t->live.offered, t->live.balked, true)
METRIC(get_voicemail, t->live.voicemail, t->live.offered, t->live.voicemail, true)
#define CLEARED(a) ((a).cleared + (a).cleared_early)
#define LOST(a) ((a).abandoned + (a).balked + REFUSED(a) + (a).hung_up + CLEARED(a))
METRIC(get_lost, LOST(t->live), ATTEMPTED(t->live) + t->live.cleared_early, LOST(t->live), true)
METRIC(get_cleared, CLEARED(t->access), 1, CLEARED(t->access), true)
METRIC(get_clearing, t->live.cleared, t->live.offered, t->live.cleared, true)
METRIC(get_over_2min, t->live.over_2min, t->live.offered, t->live.over_2min, true)
METRIC(get_over_5min, t->live.over_5min, t->live.offered, t->live.over_5min, true)
METRIC(get_queue_length, t->queue_s, t->horizon_s, NAN, true)
METRIC(get_backlog_growth, t->measure->sums.backlog_end - t->measure->sums.backlog_start,
       t->horizon_s / (double)(24 * 3600), NAN, true)
METRIC(get_occupancy, S(t->team.busy_us), S(t->team.paid_us), NAN, true)
METRIC(get_staffed_hours, S(t->team.paid_us) / 3600, 1, NAN, true)
METRIC(get_overtime_hours, S(t->team.paid_us - t->team.level_us) / 3600, 1, NAN, true)
METRIC(get_handle_hours, S(t->team.talk_us + t->team.hold_us + t->team.wrap_us) / 3600, 1, NAN,
       true)
METRIC(get_busy_hours, S(t->team.busy_us) / 3600, 1, NAN, true)
METRIC(get_contacts_per_agent_hour, t->access.handled, S(t->team.paid_us) / 3600, NAN, true)
METRIC(get_handle_per_leg, S(t->team.talk_us + t->team.hold_us + t->team.wrap_us), t->team.legs,
       NAN, true)
METRIC(get_escalation, t->cohort.escalated, t->cohort.voiced, t->cohort.escalated, true)
METRIC(get_supervisor_granted, t->measure->sums.supervisor_granted,
       t->measure->sums.supervisor_asked, t->measure->sums.supervisor_granted, true)
METRIC(get_promises, t->cohort.promises, t->cohort.voiced, t->cohort.promises, true)
METRIC(get_promises_kept, t->cohort.kept, t->cohort.kept + t->cohort.broken, t->cohort.kept, true)
METRIC(get_failure_demand, S(t->measure->sums.failure_us), S(t->measure->sums.handle_us), NAN, true)
METRIC(get_justified_unpaid, CASH(t->cohort.justified_unpaid), 1, NAN, true)
METRIC(get_effort, S(t->cohort.effort_us), t->cohort.voiced, NAN, true)
METRIC(get_opening_anger, t->measure->openings.anger, t->measure->openings.n, NAN,
       t->measure->openings.n > 0)
METRIC(get_opening_angry, t->measure->openings.angry, t->measure->openings.n,
       t->measure->openings.angry, t->measure->openings.n > 0)
#define MEAN_ANGER(o, i) ((o).quarter_anger[i] / (double)(o).quarter_n[i])
METRIC(get_opening_rise, MEAN_ANGER(t->measure->openings, 1) - MEAN_ANGER(t->measure->openings, 0),
       1, NAN, t->measure->openings.quarter_n[0] > 0 && t->measure->openings.quarter_n[1] > 0)
METRIC(get_unreachable, t->measure->sums.unreachable, 1, t->measure->sums.unreachable, true)
METRIC(get_unreachable_share, t->measure->sums.unreachable,
       ATTEMPTED(t->access) + (t->access).cleared_early + t->measure->sums.unreachable,
       t->measure->sums.unreachable, true)
METRIC(get_lost_to_churn, t->measure->sums.lost_to_churn, 1, t->measure->sums.lost_to_churn,
       t->has_population)
METRIC(get_held_off, t->measure->sums.held_off, 1, t->measure->sums.held_off, t->has_population)
METRIC(get_net_value, t->net[t->view], t->churn.at_start, NAN, t->has_population)
METRIC(get_net_workload, t->net[CCS_LABOR_WORKLOAD], t->churn.at_start, NAN, t->has_population)
METRIC(get_net_staffed, t->net[CCS_LABOR_STAFFED], t->churn.at_start, NAN, t->has_population)
METRIC(get_net_settled, t->net[t->view] - CASH(t->measure->net.debts), t->churn.at_start, NAN,
       t->has_population)
/* The leavers as they are, instead of the compensator: the value lines out, what it estimates
 * in. */
METRIC(get_net_realised,
       t->net[t->view] - lost_lines(t) + t->churn.margin_pv + t->churn.value_end -
           t->churn.value_start - CASH(t->measure->net.left_after),
       t->churn.at_start, NAN, t->has_population)
METRIC(get_net_total, t->net[t->view], 1, NAN, t->has_population)
METRIC(get_net_per_year, t->net[t->view],
       (double)t->churn.at_start * t->horizon_s / ccs_time_to_s(CCS_US_PER_YEAR), NAN,
       t->has_population)
METRIC(get_net_line, t->net_line, 1, NAN, true)
METRIC(get_debts, CASH(t->measure->net.debts), 1, NAN, true)
METRIC(get_cost_per_issue_settled, CASH(t->cohort.cost + t->cohort.justified_unpaid),
       t->cohort.issues, NAN, true)
METRIC(get_handle_by_cause, t->cause_s / 3600, 1, NAN, true)

static void get_account(const struct ccs_totals *t, struct ccs_value *v)
{
    *v = (struct ccs_value){.den = 1, .events = NAN, .is_available = true};
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        v->num += t->account[a];
    }
}

#define B(slice) (1u << CCS_SLICE_##slice)
#define W CCS_SCOPE_WINDOW
#define C CCS_SCOPE_COHORT
#define MEAN CCS_METRIC_MEAN
#define RATIO CCS_METRIC_RATIO

/* Shorthand for the rows: core says "always there by contract". */
#define ROW(name_, unit_, kind_, scope_, num_, den_, slices_, better_, get_, ...)                  \
    {                                                                                              \
        .name = name_, .unit = unit_, .kind = kind_, .scope = scope_, .numerator = num_,           \
        .denominator = den_, .slices = slices_, .better = better_, .get = get_, __VA_ARGS__        \
    }
#define QUANTILE_ROW(name_, scope_, what_, histogram_, quantile_, core_)                           \
    {                                                                                              \
        .name = name_, .unit = "s", .kind = CCS_METRIC_QUANTILE, .scope = scope_,                  \
        .numerator = what_, .slices = B(ALL), .better = -1, .quantile = quantile_,                 \
        .histogram = histogram_, .is_core = core_, .gets_better_by_losing = true                   \
    }

const struct ccs_metric ccs_metrics[] = {
    ROW("net_value_per_customer", "currency", RATIO, C,
        "what the policy's issues cause, to their end and discounted: - value of customers lost - "
        "concessions, offers and other costs - labor in the view that decides (`run.labor`)",
        "customers active at t0", B(ALL), 1, get_net_value, .is_core = true),
    ROW("net_value_workload_per_customer", "currency", RATIO, C,
        "the same with labor by workload: minutes caused at wage / target occupancy",
        "customers active at t0", B(ALL), 1, get_net_workload),
    ROW("net_value_staffed_per_customer", "currency", RATIO, C,
        "the same with labor as the hours staffed in the window", "customers active at t0", B(ALL),
        1, get_net_staffed),
    ROW("net_value_settled_per_customer", "currency", RATIO, C,
        "net value less justified claims never paid, as if they were paid at their end",
        "customers active at t0", B(ALL), 1, get_net_settled),
    ROW("net_value_realised_per_customer", "currency", RATIO, C,
        "net value with the margin received, the value of the active at T and t0 and of those who "
        "left after T, instead of the expected value of leaving: the same mean, more noise",
        "customers active at t0", B(ALL), 1, get_net_realised),
    ROW("net_value_per_customer_year", "currency", RATIO, C, "net value",
        "customers active at t0 x length of the window", B(ALL), 1, get_net_per_year),
    ROW("net_value_total", "currency", MEAN, C, "net value", NULL, B(ALL), 1, get_net_total),
    ROW("net_value_line", "currency", MEAN, C,
        "what one thing contributes to net value; the lines add up to net_value_total", NULL,
        B(LINE), 1, get_net_line),
    ROW("debts", "currency", MEAN, C,
        "justified claims of the policy's issues never paid, discounted; not in net value", NULL,
        B(ALL), -1, get_debts),
    ROW("cost_total", "currency", MEAN, W, "all costs booked; labor as staffed hours", NULL,
        B(ALL) | B(TEAM) | B(ISSUE_TYPE), -1, get_cost_total, .is_core = true,
        .gets_better_by_losing = true),
    ROW("cost_workload", "currency", MEAN, W,
        "the same with labor as handled time at wage / target occupancy", NULL, B(ALL), -1,
        get_cost_workload, .is_core = true, .gets_better_by_losing = true),
    ROW("cost_per_contact", "currency", RATIO, W, "cost_total", "contacts handled", B(ALL), -1,
        get_cost_per_contact, .is_core = true, .policy_moves = true),
    ROW("cost_per_issue", "currency", RATIO, C,
        "handled time at wage / target occupancy + telecom, concessions, offers, fulfilment of the "
        "cohort",
        "issues, voiced or not", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_cost_per_issue,
        .is_core = true, .gets_better_by_losing = true),
    ROW("cost_per_issue_settled", "currency", RATIO, C,
        "as cost_per_issue, and justified claims never paid", "issues, voiced or not",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_cost_per_issue_settled,
        .gets_better_by_losing = true),
    ROW("cost_per_resolved_issue", "currency", RATIO, C, "as cost_per_issue",
        "issues rightly ended", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_cost_per_resolved,
        .is_core = true, .policy_moves = true),
    ROW("cost_per_customer_year", "currency", RATIO, W, "cost_total", "years of active customers",
        B(ALL), -1, get_cost_per_customer_year, .policy_moves = true),
    ROW("concession_cost", "currency", MEAN, W, "amounts conceded, justified or not", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_concession_cost, .is_core = true),
    ROW("account", "currency", MEAN, W, "amount booked to the account", NULL, B(ACCOUNT), 0,
        get_account),
    ROW("churn_rate_per_year", "per year", RATIO, W, "customers who left",
        "years of active customers", B(ALL) | B(SEGMENT), -1, get_churn_rate, .is_core = true),
    ROW("churn_silent_share", "share", RATIO, W, "leavers without a cancellation contact",
        "leavers", B(ALL) | B(SEGMENT), 0, get_churn_silent, .is_core = true, .is_share = true,
        .policy_moves = true),
    ROW("churn_complained_share", "share", RATIO, W, "silent leavers who had made contact before",
        "silent leavers", B(ALL), 0, get_churn_complained, .is_share = true, .policy_moves = true),
    ROW("lifetime_value_lost", "currency", MEAN, W, "discounted value of the leavers", NULL,
        B(ALL) | B(SEGMENT), -1, get_value_lost, .is_core = true),
    ROW("cancellations_per_customer", "contacts", RATIO, W, "contacts of the retention desk",
        "customers active at t0", B(ALL), -1, get_desk_contacts, .gets_better_by_losing = true),
    ROW("saved_share", "share", RATIO, W, "customers kept by the desk",
        "contacts of the retention desk", B(ALL), 1, get_saved, .is_share = true,
        .policy_moves = true),
    ROW("avoidable_saves_share", "share", RATIO, W,
        "saves of customers whose justified claim had failed before", "saves", B(ALL), -1,
        get_avoidable, .is_share = true, .policy_moves = true),
    ROW("handle_time_per_contact", "s", RATIO, W, "talk + hold + wrap of all legs",
        "contacts handled", B(ALL) | B(CHANNEL) | B(PERIOD), 0, get_handle_per_contact,
        .is_core = true, .policy_moves = true),
    ROW("handle_time_per_issue", "s", RATIO, C, "talk + hold + wrap, to the true end",
        "voiced issues", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_handle_per_issue,
        .is_core = true, .gets_better_by_losing = true),
    ROW("handle_time_per_resolved_issue", "s", RATIO, C, "talk + hold + wrap, to the true end",
        "issues rightly ended", B(ALL), -1, get_handle_per_resolved, .policy_moves = true),
    ROW("handle_time_per_leg", "s", RATIO, W, "talk + hold + wrap", "legs", B(TEAM), 0,
        get_handle_per_leg),
    ROW("handle_hours", "h", MEAN, W, "talk + hold + wrap", NULL, B(ALL) | B(TEAM), -1,
        get_handle_hours, .gets_better_by_losing = true),
    ROW("handle_hours_by_cause", "h", MEAN, W, "handle time by the root cause of the leg", NULL,
        B(CAUSE), 0, get_handle_by_cause),
    ROW("contacts_per_issue", "contacts", RATIO, C, "handled contacts", "voiced issues",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_contacts_per_issue, .is_core = true,
        .gets_better_by_losing = true),
    ROW("transfers_per_issue", "transfers", RATIO, C, "transfers", "voiced issues",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_transfers_per_issue, .is_core = true,
        .gets_better_by_losing = true),
    ROW("refusals_per_issue", "refusals", RATIO, C, "refusals", "voiced issues",
        B(ALL) | B(ISSUE_TYPE), -1, get_refusals_per_issue, .gets_better_by_losing = true),
    ROW("first_contact_resolution", "share", RATIO, C,
        "voiced issues rightly ended with exactly one handled contact",
        "voiced issues with at least one", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 1, get_fcr,
        .is_core = true, .is_share = true),
    ROW("first_contact_resolution_apparent", "share", RATIO, C,
        "first contacts not followed within 7 days by another of that customer on that channel",
        "handled first contacts", B(ALL), 1, get_fcr_apparent, .is_core = true, .is_share = true),
    ROW("resolved_share", "share", RATIO, C, "issues rightly ended", "voiced issues",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 1, get_resolved, .is_share = true),
    ROW("settled_at_first_tier_share", "share", RATIO, C, "issues settled by tier 1",
        "issues settled, rightly or not", B(ALL) | B(ISSUE_TYPE), 0, get_settled_first_tier,
        .is_share = true, .policy_moves = true),
    ROW("settled_issues", "issues", MEAN, C,
        "issues settled, rightly or not, by tier, way and handled contact", NULL,
        B(ALL) | B(SETTLED), 0, get_settled),
    ROW("settled_at_once_share", "share", RATIO, C,
        "issues settled in a contact of the customer's by the first tier that serves it",
        "issues settled", B(ALL), 0, get_settled_at_once, .is_share = true, .policy_moves = true),
    ROW("settled_after_escalation_share", "share", RATIO, C,
        "issues settled by a higher tier to which the contact was passed on", "issues settled",
        B(ALL), 0, get_settled_escalated, .is_share = true, .policy_moves = true),
    ROW("settled_by_promised_call_share", "share", RATIO, C, "issues settled in a promised call",
        "issues settled", B(ALL), 0, get_settled_promised, .is_share = true, .policy_moves = true),
    ROW("settled_by_desk_share", "share", RATIO, C, "issues settled by the retention desk",
        "issues settled", B(ALL), 0, get_settled_desk, .is_share = true, .policy_moves = true),
    ROW("resolution_time", "s", RATIO, C, "time from arising to the right end",
        "issues rightly ended", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_resolution_time,
        .is_core = true, .policy_moves = true),
    QUANTILE_ROW("resolution_time_p50", C, "Kaplan-Meier median of the time to the right end",
                 "resolution", 0.5, true),
    QUANTILE_ROW("resolution_time_p90", C, "Kaplan-Meier 90 % point of the same", "resolution", 0.9,
                 true),
    ROW("given_up_share", "share", RATIO, C,
        "issues the customer gave up that were not rightly ended", "voiced issues",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_given_up, .is_share = true),
    ROW("open_share", "share", RATIO, C, "issues still open at the end of the follow-up",
        "voiced issues", B(ALL), 0, get_open, .is_share = true),
    ROW("unvoiced_share", "share", RATIO, C, "issues the company never hears of", "issues", B(ALL),
        0, get_unvoiced, .is_share = true),
    ROW("false_closures_per_issue", "closures", RATIO, C, "settlements that were not any",
        "voiced issues", B(ALL) | B(ISSUE_TYPE), -1, get_false_closures,
        .gets_better_by_losing = true),
    ROW("contacts_offered", "contacts", MEAN, W, "contacts that reached the queue", NULL,
        B(ALL) | B(CHANNEL) | B(PERIOD), 0, get_offered),
    ROW("contacts_answered", "contacts", MEAN, W, "contacts answered by an agent", NULL,
        B(ALL) | B(CHANNEL) | B(PERIOD), 0, get_answered),
    ROW("contacts_handled", "contacts", MEAN, W, "contacts handled, promised calls included", NULL,
        B(ALL) | B(CHANNEL) | B(PERIOD), 0, get_handled),
    ROW("wait_mean", "s", RATIO, W, "waiting time, abandoners included",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_wait_mean,
        .is_core = true, .gets_better_by_losing = true),
    ROW("wait_answered_mean", "s", RATIO, W, "waiting time of the answered (speed of answer)",
        "contacts answered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1,
        get_wait_answered, .is_core = true, .gets_better_by_losing = true),
    QUANTILE_ROW("wait_p50", W, "median wait of the answered on live channels", "wait", 0.5, false),
    QUANTILE_ROW("wait_p90", W, "90 % point of the same", "wait", 0.9, false),
    QUANTILE_ROW("wait_p95", W, "95 % point of the same", "wait", 0.95, false),
    ROW("wait_delayed_mean", "s", RATIO, W, "waiting time, abandoners included",
        "contacts on live channels that had to wait", B(ALL) | B(CHANNEL) | B(PERIOD), -1,
        get_wait_delayed, .gets_better_by_losing = true),
    ROW("wait_abandoned_mean", "s", RATIO, W, "waiting time of the abandoned (not their patience)",
        "contacts abandoned on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), 0,
        get_wait_abandoned),
    ROW("wait_beyond_threshold_mean", "s", RATIO, W,
        "waiting time beyond the service level threshold, abandoners included",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_wait_beyond,
        .gets_better_by_losing = true),
    ROW("wait_probability", "share", RATIO, W, "contacts that had to wait",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1,
        get_wait_probability, .is_share = true, .gets_better_by_losing = true),
    ROW("service_level", "share", RATIO, W,
        "contacts answered within the threshold of their issue type or channel",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), 1, get_service_level,
        .is_core = true, .is_share = true, .gets_better_by_losing = true),
    ROW("service_level_without_short_abandons", "share", RATIO, W,
        "contacts answered within the threshold",
        "contacts offered on live channels less those abandoned within it",
        B(ALL) | B(CHANNEL) | B(PERIOD), 1, get_service_level_patient, .is_share = true,
        .gets_better_by_losing = true),
    ROW("abandoned_after_threshold_share", "share", RATIO, W,
        "contacts abandoned after the service level threshold", "contacts offered on live channels",
        B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_abandoned_late, .is_share = true),
    ROW("abandonment_rate", "share", RATIO, W, "contacts abandoned in the first queue",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_abandonment,
        .is_core = true, .is_share = true),
    ROW("blocking_rate", "share", RATIO, W,
        "attempts that got a busy signal: all lines busy, or no waiting place left",
        "contacts offered + blocked", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_blocking,
        .is_share = true),
    ROW("contacts_cleared", "contacts", MEAN, W,
        "contacts disconnected at closing time, in the queue or in the IVR", NULL,
        B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_cleared),
    ROW("clearing_rate", "share", RATIO, W,
        "contacts disconnected at closing time in the first queue",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_clearing,
        .is_share = true),
    ROW("queue_full_rate", "share", RATIO, W, "those of them that found no waiting place left",
        "contacts offered + blocked", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_queue_full,
        .is_share = true),
    ROW("menu_hang_up_rate", "share", RATIO, W, "attempts that ended in a menu",
        "contacts offered + blocked + hung up", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_hung_up,
        .is_share = true),
    ROW("misrouted_share", "share", RATIO, W, "contacts that came into the wrong queue",
        "contacts offered", B(ALL) | B(CHANNEL), -1, get_misrouted, .is_share = true,
        .gets_better_by_losing = true),
    ROW("balking_rate", "share", RATIO, W, "contacts that turned away from the expected wait",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_balking,
        .is_share = true),
    ROW("callers_lost_share", "share", RATIO, W,
        "attempts abandoned, turned away by the wait, blocked, hung up in a menu or cleared at "
        "closing time",
        "contacts offered + blocked + hung up + cleared in the IVR", B(ALL), -1, get_lost,
        .is_share = true),
    ROW("voicemail_rate", "share", RATIO, W, "contacts that waited until voicemail",
        "contacts offered on live channels", B(ALL) | B(CHANNEL) | B(PERIOD), -1, get_voicemail,
        .is_share = true, .gets_better_by_losing = true),
    ROW("waited_over_2min_share", "share", RATIO, W, "contacts that waited longer than 2 min",
        "contacts offered on live channels", B(ALL) | B(CHANNEL), -1, get_over_2min,
        .is_share = true, .gets_better_by_losing = true),
    ROW("waited_over_5min_share", "share", RATIO, W, "contacts that waited longer than 5 min",
        "contacts offered on live channels", B(ALL) | B(CHANNEL), -1, get_over_5min,
        .is_share = true, .gets_better_by_losing = true),
    ROW("queue_length", "contacts", RATIO, W, "integral of the number waiting", "time", B(ALL), -1,
        get_queue_length, .gets_better_by_losing = true),
    ROW("backlog_growth_per_day", "contacts per day", RATIO, W,
        "contacts and work items waiting at T less those waiting at t0; clear of 0 where staff "
        "cannot keep up",
        "days", B(ALL), -1, get_backlog_growth, .gets_better_by_losing = true),
    ROW("occupancy", "share", RATIO, W, "time agents handle contacts",
        "staffed time, overtime included", B(ALL) | B(TEAM) | B(PERIOD), 0, get_occupancy,
        .is_core = true, .is_share = true),
    ROW("staffed_hours", "h", MEAN, W, "staffed time, overtime included", NULL,
        B(ALL) | B(TEAM) | B(PERIOD), 0, get_staffed_hours),
    ROW("busy_hours", "h", MEAN, W,
        "time agents handle contacts, counted as it is worked (`handle_hours` counts a leg whole)",
        NULL, B(ALL) | B(TEAM) | B(PERIOD), 0, get_busy_hours),
    ROW("overtime_hours", "h", MEAN, W, "time worked after the end of the shift", NULL,
        B(ALL) | B(TEAM) | B(PERIOD), -1, get_overtime_hours, .gets_better_by_losing = true),
    ROW("contacts_per_agent_hour", "contacts", RATIO, W, "contacts handled", "staffed hours",
        B(ALL), 0, get_contacts_per_agent_hour),
    ROW("escalation_rate", "share", RATIO, C,
        "issues that came to a higher tier than the first that serves them: passed on, by a "
        "promised "
        "call, or at the retention desk",
        "voiced issues", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_escalation, .is_core = true,
        .is_share = true),
    ROW("supervisor_granted_share", "share", RATIO, W, "demands for a supervisor granted",
        "demands", B(ALL), 0, get_supervisor_granted, .is_share = true, .policy_moves = true),
    ROW("promises_per_issue", "promises", RATIO, C, "promises made", "voiced issues",
        B(ALL) | B(ISSUE_TYPE), 0, get_promises),
    ROW("promises_kept_share", "share", RATIO, C, "promises kept", "promises kept or broken",
        B(ALL) | B(ISSUE_TYPE), 1, get_promises_kept, .is_core = true, .is_share = true,
        .policy_moves = true),
    ROW("failure_demand_share", "share", RATIO, W,
        "handle time of legs whose root cause is a failure, and of retelling and anger in any",
        "handle time", B(ALL), -1, get_failure_demand, .is_core = true, .is_share = true,
        .gets_better_by_losing = true),
    ROW("justified_unpaid", "currency", MEAN, C,
        "justified claims that were voiced and never paid, those still open included", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_justified_unpaid, .is_core = true),
    ROW("claims_justified_paid", "claims", MEAN, C, "justified claims paid", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_justified_paid),
    ROW("claims_justified_unpaid", "claims", MEAN, C, "justified claims that ended unpaid", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_justified_not_paid),
    ROW("claims_unjustified_paid", "claims", MEAN, C, "claims without right that were paid", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_unjustified_paid),
    ROW("claims_unjustified_refused", "claims", MEAN, C,
        "claims without right that were refused and ended unpaid", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_unjustified_refused),
    ROW("claims_unjustified_dropped", "claims", MEAN, C,
        "claims without right that ended unpaid before any agent refused", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_unjustified_dropped),
    ROW("claims_open", "claims", MEAN, C,
        "claims neither ended nor paid at the end of the follow-up", NULL,
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 0, get_claims_open),
    ROW("justified_paid_share", "share", RATIO, C, "justified claims paid", "justified claims",
        B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), 1, get_justified_paid_share, .is_share = true),
    ROW("unjustified_paid_share", "share", RATIO, C, "claims without right that were paid",
        "claims without right", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_unjustified_paid_share,
        .is_share = true),
    ROW("effort_per_issue", "s", RATIO, C, "time the customer spent waiting and talking",
        "voiced issues", B(ALL) | B(SEGMENT) | B(ISSUE_TYPE), -1, get_effort,
        .gets_better_by_losing = true),
    ROW("anger_at_opening", "refusals", RATIO, W, "anger at the first contact of an issue",
        "first contacts", B(ALL), -1, get_opening_anger),
    ROW("angry_at_opening_share", "share", RATIO, W, "first contacts opened with anger >= 1",
        "first contacts", B(ALL), -1, get_opening_angry, .is_share = true),
    ROW("anger_at_opening_rise", "refusals", MEAN, W,
        "`anger_at_opening` of those who were customers from the start, in the last quarter of the "
        "window less that in the first",
        NULL, B(ALL), 0, get_opening_rise),
    ROW("attempts_outside_hours", "attempts", MEAN, W, "attempts that found the channel closed",
        NULL, B(ALL), -1, get_unreachable),
    ROW("attempts_outside_hours_share", "share", RATIO, W, "attempts that found the channel closed",
        "attempts", B(ALL), -1, get_unreachable_share, .is_share = true, .policy_moves = true),
    ROW("issues_lost_to_churn", "issues", MEAN, W,
        "issues that did not arise because their customer had left: not efficiency", NULL, B(ALL),
        -1, get_lost_to_churn),
    ROW("issues_held_off", "issues", MEAN, W,
        "issues that did not arise because their customer had one open (`one_at_a_time`)", NULL,
        B(ALL), 0, get_held_off),
};

const size_t ccs_metric_n = sizeof ccs_metrics / sizeof ccs_metrics[0];

int ccs_metric_find(const char *name)
{
    for (size_t i = 0; i < ccs_metric_n; i++) {
        if (strcmp(ccs_metrics[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *ccs_metric_suggest(char text[CCS_SUGGEST_TEXT], const char *name)
{
    struct ccs_nearest nearest = ccs_nearest_to(name);
    for (size_t i = 0; i < ccs_metric_n; i++) {
        ccs_nearest_try(&nearest, ccs_metrics[i].name);
    }
    return ccs_nearest_text(text, &nearest);
}
