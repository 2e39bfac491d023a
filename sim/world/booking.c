/* SPDX-License-Identifier: GPL-3.0-or-later */
/* World events become ledger entries: see booking.h. */
#include "world/booking.h"

#include "base/units.h"
#include "world/case/customer.h"
#include "world/case/worth.h"
#include "world/charge.h"
#include "world/staff/wage.h"

#include <math.h>

struct ccs_ledger_key ccs_booking_key(const struct ccs_world *w, const struct ccs_issue *is,
                                      int team, enum ccs_cause cause)
{
    struct ccs_ledger_key key = {
        .team = (uint16_t)(team < 0 ? w->model->team_n : team),
        .segment = is->segment,
        .issue_type = is->type,
        .cause = (uint16_t)cause,
    };
    return key;
}

void ccs_booking_cost(struct ccs_world *w, enum ccs_account account, struct ccs_ledger_key key,
                      ccs_money amount)
{
    if (!w->is_warm || amount == 0) {
        return;
    }
    enum ccs_account contra = account == CCS_ACCOUNT_CONCESSIONS_JUSTIFIED ||
                                      account == CCS_ACCOUNT_CONCESSIONS_UNJUSTIFIED
                                  ? CCS_ACCOUNT_PAYABLE
                                  : CCS_ACCOUNT_CASH;
    ccs_ledger_book(w->in_window ? &w->window_books : &w->follow_up_books, account, contra, key,
                    amount);
}

void ccs_booking_spend(struct ccs_world *w, struct ccs_issue *is, enum ccs_account account,
                       int team, enum ccs_cause cause, ccs_money amount)
{
    ccs_booking_cost(w, account, ccs_booking_key(w, is, team, cause), amount);
    ccs_charge_cost(w, is, account, amount);
    is->cost += amount;
}

static void pay_labor(struct ccs_world *w, enum ccs_account account, struct ccs_ledger_key key,
                      int team, ccs_time us)
{
    const struct ccs_team_plan *plan = &w->model->teams[team];
    ccs_money amount = ccs_round(plan->wage_per_us * (double)us);
    ccs_booking_cost(w, account, key, amount);
    ccs_team_at(w, (uint32_t)team)->booked += w->in_window ? amount : 0;
    if (plan->per_handled_us > 0) {
        ccs_booking_cost(w, CCS_ACCOUNT_OUTSOURCING, key,
                         ccs_round(plan->per_handled_us * (double)us));
    }
}

/* Books `us` microseconds of one agent of `team`. Mostly there is nothing to book: no agent holds
 * the line, or the team has no wage. */
static inline void book_labor(struct ccs_world *w, enum ccs_account account,
                              struct ccs_ledger_key key, int team, ccs_time us)
{
    const struct ccs_team_plan *plan = &w->model->teams[team];
    if (us != 0 && (plan->wage_per_us > 0 || plan->per_handled_us > 0)) {
        pay_labor(w, account, key, team, us);
    }
}

static ccs_time min_time(ccs_time a, ccs_time b)
{
    return a < b ? a : b;
}

static ccs_time max_time(ccs_time a, ccs_time b)
{
    return a > b ? a : b;
}

void ccs_booking_leg(struct ccs_world *w, struct ccs_contact *ct)
{
    ccs_time *holder_from = NULL;
    if (ct->phase == CCS_PHASE_TALKING) {
        struct ccs_ledger_key key =
            ccs_booking_key(w, ccs_issue_at(w, ct->issue), ct->team, (enum ccs_cause)ct->cause);
        ccs_time from = ct->u.leg.booked_from;
        ccs_time talk_to = min_time(w->now, ct->u.leg.talk_end);
        book_labor(w, CCS_ACCOUNT_LABOR_TALK, key, ct->team, max_time(talk_to - from, 0));
        ccs_time hold_from = max_time(from, ct->u.leg.talk_end);
        book_labor(w, CCS_ACCOUNT_LABOR_HOLD, key, ct->team, max_time(w->now - hold_from, 0));
        ct->u.leg.booked_from = w->now;
        holder_from = &ct->u.leg.holder_from;
    } else if (ct->phase == CCS_PHASE_WRAPPING) {
        book_labor(w, CCS_ACCOUNT_LABOR_WRAP, ct->u.wrap.key, ct->team,
                   w->now - ct->u.wrap.booked_from);
        ct->u.wrap.booked_from = w->now;
    } else if (ct->phase == CCS_PHASE_WAITING) {
        holder_from = &ct->u.wait.holder_from;
    } else if (ct->phase == CCS_PHASE_RINGING) {
        struct ccs_ledger_key key =
            ccs_booking_key(w, ccs_issue_at(w, ct->issue), ct->team, (enum ccs_cause)ct->cause);
        book_labor(w, CCS_ACCOUNT_LABOR_HOLD, key, ct->team, w->now - ct->u.ring.booked_from);
        ct->u.ring.booked_from = w->now;
        holder_from = &ct->u.ring.holder_from;
    }
    if (holder_from && ct->holder != CCS_NO_TEAM) {
        struct ccs_ledger_key key =
            ccs_booking_key(w, ccs_issue_at(w, ct->issue), ct->holder, (enum ccs_cause)ct->cause);
        book_labor(w, CCS_ACCOUNT_LABOR_HOLD, key, ct->holder, w->now - *holder_from);
        *holder_from = w->now;
    }
}

void ccs_booking_cut(struct ccs_world *w)
{
    for (uint32_t i = 0; i < w->contacts.len; i += 64) {
        for (uint64_t left = *ccs_taken_at(w, i); left != 0; left &= left - 1) {
            ccs_booking_leg(w, ccs_contact_at(w, i + (uint32_t)__builtin_ctzll(left)));
        }
    }
}

/* Books idle time as what is left of wage x staffed time once the legs are booked, so that labour
 * adds up to the wages due, whatever each leg's rounding. */
static void book_idle(struct ccs_world *w, uint16_t team)
{
    ccs_team_touch(w, team);
    struct ccs_team *tm = ccs_team_at(w, team);
    double paid_us = (double)(tm->level_us + tm->overtime_us + tm->away_us);
    ccs_money due = ccs_round(w->model->teams[team].wage_per_us * paid_us);
    struct ccs_ledger_key key = {team, w->model->segment_n, w->model->type_n, CCS_CAUSE_CAPACITY};
    ccs_booking_cost(w, CCS_ACCOUNT_LABOR_IDLE, key, due - tm->booked);
    ccs_charge_staffed(w, due - tm->charged);
    tm->booked = tm->charged = due;
}

/* Books the margin since the last closing. */
static void book_margin(struct ccs_world *w, uint16_t segment)
{
    ccs_population_touch(w, segment);
    struct ccs_population *pop = ccs_population_at(w, segment);
    const struct ccs_segment_config *sg = ccs_segment_of(w, segment);
    double per_us = sg->margin_per_month / (double)CCS_US_PER_MONTH;
    double amount = per_us * (pop->customer_us - pop->booked_us);
    double pv = per_us * (pop->discounted_us - pop->booked_discounted_us);
    if (w->model->worth[segment]) {
        ccs_population_take_margin(w, segment, &amount, &pv);
    }
    pop->booked_us = pop->customer_us;
    pop->booked_discounted_us = pop->discounted_us;
    struct ccs_ledger_key key = {w->model->team_n, segment, w->model->type_n, CCS_CAUSE_CAPACITY};
    ccs_money margin = ccs_money_from_units(amount);
    if (margin != 0) {
        ccs_ledger_book(&w->window_books, CCS_ACCOUNT_MARGIN, CCS_ACCOUNT_CASH, key, -margin);
    }
    struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[segment];
    churn->margin_pv += pv;
}

static double margin_so_far(const struct ccs_world *w)
{
    double pv = 0.0;
    for (uint16_t s = 0; s < w->model->segment_n; s++) {
        pv += ((const struct ccs_churn *)w->measure.churn.data)[s].margin_pv;
    }
    return pv;
}

void ccs_booking_note_week(struct ccs_world *w, size_t week)
{
    struct ccs_array *weeks = &w->measure.weeks;
    if (week > weeks->cap) {
        return;
    }
    struct ccs_week_sums *at = weeks->data;
    for (size_t i = weeks->len; i > 0 && i + 1 < week; i++) { /* nothing was noted between */
        at[i] = at[i - 1];
    }
    enum ccs_labor_view view = w->model->labor_view;
    const struct ccs_net_value *net = &w->measure.net;
    ccs_money costs = 0;
    for (int i = CCS_LINE_PAID; i < CCS_LINE_COUNT; i++) {
        costs += ccs_line_is_in((enum ccs_line)i, view) ? net->line[i] : 0;
    }
    at[week - 1] = (struct ccs_week_sums){
        .cash = margin_so_far(w) + ccs_money_to_units(costs),
        .value = ccs_money_to_units(ccs_net_value_sum(net, view)),
    };
    weeks->len = (uint32_t)week;
}

void ccs_booking_close_week(struct ccs_world *w)
{
    ccs_booking_cut(w);
    for (uint16_t t = 0; t < w->model->team_n; t++) {
        book_idle(w, t);
        ccs_wage_book(w, t);
    }
    for (uint16_t s = 0; s < w->model->segment_n; s++) {
        book_margin(w, s);
    }
    ccs_booking_note_week(w, w->measure.weeks.len + 1);
}

void ccs_booking_week_event(struct ccs_world *w, uint32_t week)
{
    ccs_booking_close_week(w);
    if (w->now + CCS_US_PER_WEEK < w->horizon) {
        ccs_world_schedule(w, w->now + CCS_US_PER_WEEK, CCS_EV_BOOKS, week + 1);
    }
}

/* Notes the integrals of a team at the end of `period`. */
static void note_work(struct ccs_world *w, uint32_t team, uint32_t period)
{
    const struct ccs_team *tm = ccs_team_at(w, team);
    ((struct ccs_work *)w->measure.work.data)[period * w->model->team_n + team] =
        (struct ccs_work){tm->busy_us, tm->level_us, tm->overtime_us, tm->away_us};
}

/* The first period that has not been noted. */
static uint32_t open_period(const struct ccs_world *w, const struct ccs_team *tm)
{
    return (uint32_t)((tm->period_to - w->origin) / w->model->config->run.period) - 1;
}

void ccs_booking_end_periods(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    while (w->now >= tm->period_to) {
        ccs_team_integrate(tm, tm->period_to);
        note_work(w, team, open_period(w, tm));
        tm->period_to += w->model->config->run.period;
    }
}

void ccs_booking_close_periods(struct ccs_world *w, uint32_t team)
{
    struct ccs_team *tm = ccs_team_at(w, team);
    if (open_period(w, tm) < w->measure.period_n) { /* the horizon is no multiple of the period */
        note_work(w, team, open_period(w, tm));
    }
    tm->period_to = CCS_TIME_NEVER;
}
