/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks and their tolerances: see balance.h. */
#include "experiment/balance.h"

#include "base/units.h"
#include "world/world.h"

#include <math.h>
#include <stdlib.h>

/* wages due are one product of doubles */
#define LABOR_TOLERANCE 1e-12
/* integrals are sums of a few hundred weekly terms in double */
#define IDENTITY_TOLERANCE 1e-9
/* the number waiting is integrated as an integer, as waits are: nothing is rounded */
#define LITTLE_TOLERANCE 1e-12

static double max_of(double a, double b)
{
    return a > b ? a : b;
}

/* |labour booked - wage x paid time| over teams, less one unit for rounding the total. */
static double labor_error(const struct ccs_world *w)
{
    double worst = 0.0;
    const struct ccs_team_sums *sums = w->measure.teams.data;
    const struct ccs_team *teams = w->teams.data;
    for (int t = 0; t < w->model->team_n; t++) {
        double booked = 0.0;
        for (int a = CCS_ACCOUNT_LABOR_TALK; a <= CCS_ACCOUNT_LABOR_IDLE; a++) {
            booked += (double)ccs_ledger_sum(&w->window_books, (enum ccs_account)a, t, -1, -1, -1);
        }
        booked +=
            (double)ccs_ledger_sum(&w->window_books, CCS_ACCOUNT_LABOR_PREMIUM, t, -1, -1, -1);
        double paid_us = (double)(sums[t].paid_us + sums[t].away_us) + teams[t].premium_us;
        double due = w->model->teams[t].wage_per_us * paid_us;
        worst = max_of(worst, fabs(booked - due) - LABOR_TOLERANCE * (due + 1.0) - 1.0);
    }
    return worst / (double)CCS_MONEY_PER_UNIT;
}

/* What the books are apart; where net value has not fitted its lines are no numbers either. */
static double ledger_error(const struct ccs_world *w)
{
    if (!ccs_net_value_fits(&w->measure.net)) {
        return ccs_money_to_units(INT64_MAX / 4);
    }
    return ccs_money_to_units(ccs_ledger_check(&w->window_books) +
                              ccs_ledger_check(&w->follow_up_books));
}

/*
 * PV(margin) + e^(-delta T) sum V(T) - sum V(0) + sum e^(-delta t) V over leavers
 *   = sum of integrals of h0 V e^(-delta t), over the active, per segment, relative to sum V(0).
 */
static double identity_error(const struct ccs_world *w)
{
    double worst = 0.0;
    const struct ccs_churn *churn = w->measure.churn.data;
    for (int s = 0; s < w->model->segment_n; s++) {
        const struct ccs_churn *c = &churn[s];
        double left = c->margin_pv + c->value_end - c->value_start + c->value_lost;
        double scale = max_of(fabs(c->value_start), fabs(c->margin_pv));
        const struct ccs_segment_config *sg = ccs_segment_of(w, s);
        bool has_value =
            w->model->worth[s] ||
            sg->churn_hazard_per_year + w->model->config->run.discount_rate_per_year > 0;
        if (scale > 0 && has_value) {
            worst = max_of(worst, fabs(left - c->hazard_value_pv) / scale);
        }
    }
    return worst;
}

static int64_t lost_customers(const struct ccs_world *w)
{
    int64_t error = 0;
    const struct ccs_churn *churn = w->measure.churn.data;
    const struct ccs_customer *customers = w->customers.data;
    uint32_t at = 0;
    for (int s = 0; s < w->model->segment_n; s++) {
        int64_t n = ccs_segment_of(w, s)->population;
        int64_t active = 0;
        for (int64_t i = 0; i < n; i++, at++) {
            active += !customers[at].is_gone;
        }
        const struct ccs_population *pop = &((const struct ccs_population *)w->populations.data)[s];
        error += llabs(pop->active - active) + llabs(churn[s].at_start - n) +
                 llabs(churn[s].silent + churn[s].announced - churn[s].leavers);
    }
    return error;
}

static int64_t lost_issues(const struct ccs_world *w)
{
    int64_t open = 0;
    const struct ccs_issue *issues = w->issues.data;
    for (uint32_t i = 0; i < w->issues.len; i++) {
        open += issues[i].is_used;
    }
    int64_t error =
        llabs(w->measure.conserved.issues_born - w->measure.conserved.issues_ended - open);
    const struct ccs_cohort *cohort = w->measure.cohort.data;
    int64_t cohort_open = 0;
    for (uint32_t i = 0; i < w->measure.cohort.len; i++) {
        const struct ccs_cohort *c = &cohort[i];
        error += llabs(c->voiced - c->resolved - c->given_up - c->left - c->open);
        error += llabs(c->promises < c->kept + c->broken + c->voided);
        const struct ccs_claims *k = &c->claims;
        error +=
            llabs(k->justified + k->unjustified - k->justified_paid - k->justified_unpaid -
                  k->unjustified_paid - k->unjustified_refused - k->unjustified_dropped - k->open);
        error += llabs(c->wrongly_settled > k->unjustified_paid);
        cohort_open += c->open;
    }
    return error + llabs(cohort_open - w->cohort_open);
}

/* offered = answered + abandoned + balked + in voicemail + cleared + withdrawn + still waiting */
static int64_t lost_access(const struct ccs_world *w)
{
    int64_t balance = 0;
    const struct ccs_access *access = w->measure.access.data;
    for (uint32_t i = 0; i < w->measure.access.len; i++) {
        const struct ccs_access *a = &access[i];
        balance += a->offered - a->answered - a->abandoned - a->balked - a->voicemail - a->cleared -
                   a->withdrawn;
    }
    const struct ccs_contact *contacts = w->contacts.data;
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        const struct ccs_contact *ct = &contacts[i];
        bool is_inbound = ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK;
        bool waits = ct->phase == CCS_PHASE_WAITING || ct->phase == CCS_PHASE_RINGING;
        balance -= waits && ct->measured && !ct->answered && is_inbound;
    }
    return llabs(balance);
}

static int64_t lost_contacts(const struct ccs_world *w)
{
    int64_t live = 0;
    int64_t waiting = 0;
    const struct ccs_contact *contacts = w->contacts.data;
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        live += contacts[i].phase != CCS_PHASE_FREE;
        waiting += contacts[i].phase == CCS_PHASE_WAITING;
    }
    int64_t in_queues = 0;
    const struct ccs_queue *queues = w->queues.data;
    for (uint32_t i = 0; i < w->queues.len; i++) {
        in_queues += queues[i].len;
    }
    return lost_access(w) +
           llabs(w->measure.conserved.contacts_born - w->measure.conserved.contacts_ended - live) +
           llabs(waiting - in_queues);
}

/* Sum of waits inside the window = integral of the number waiting over it. */
static double little_error(const struct ccs_world *w)
{
    double a = (double)w->measure.sums.queue_us;
    double b = (double)w->measure.sums.waited_us;
    double scale = max_of(fabs(a), fabs(b));
    return scale > 0 ? fabs(a - b) / scale : 0.0;
}

void ccs_balance_check(const struct ccs_world *w, struct ccs_balance *balance)
{
    *balance = (struct ccs_balance){
        .runs = 1,
        .ledger = ledger_error(w),
        .net_value = identity_error(w),
        .labor = labor_error(w),
        .issues_lost = lost_issues(w),
        .contacts_lost = lost_contacts(w),
        .customers_lost = lost_customers(w),
        .little = little_error(w),
    };
    balance->is_ok = balance->ledger == 0 && balance->net_value <= IDENTITY_TOLERANCE &&
                     balance->labor <= 0 && balance->issues_lost == 0 &&
                     balance->contacts_lost == 0 && balance->customers_lost == 0 &&
                     balance->little <= LITTLE_TOLERANCE;
}

void ccs_balance_merge(struct ccs_balance *total, const struct ccs_balance *one)
{
    total->is_ok = (total->runs == 0 || total->is_ok) && one->is_ok;
    total->runs += one->runs;
    total->ledger = max_of(total->ledger, one->ledger);
    total->net_value = max_of(total->net_value, one->net_value);
    total->labor = max_of(total->labor, one->labor);
    total->issues_lost += one->issues_lost;
    total->contacts_lost += one->contacts_lost;
    total->customers_lost += one->customers_lost;
    total->little = max_of(total->little, one->little);
}
