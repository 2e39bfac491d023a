/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Adding up what a world has counted: see totals.h. */
#include "experiment/totals.h"

#include "base/units.h"
#include "world/case/customer.h"

/* dst += src over n int64_t: the sums are structs of nothing else. */
static void add_ints(int64_t *dst, const int64_t *src, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        dst[i] += src[i];
    }
}

#define ADD_INTS(dst, src) add_ints((int64_t *)(dst), (const int64_t *)(src), sizeof *(src) / 8)

static void add_access(const struct ccs_world *w, int channel, int period, struct ccs_totals *t)
{
    const struct ccs_access *access = w->measure.access.data;
    uint32_t first = period < 0 ? 0 : (uint32_t)period;
    uint32_t end = period < 0 ? w->measure.period_n : first + 1;
    for (uint32_t p = first; p < end; p++) {
        for (int c = 0; c < w->model->channel_n; c++) {
            if (channel < 0 || c == channel) {
                const struct ccs_access *one = &access[p * w->model->channel_n + (uint32_t)c];
                ADD_INTS(&t->access, one);
                if (channel >= 0 || w->model->channels[c].is_live) {
                    ADD_INTS(&t->live, one);
                }
            }
        }
    }
}

static void add_teams(const struct ccs_world *w, int team, struct ccs_totals *t)
{
    const struct ccs_team_sums *sums = w->measure.teams.data;
    for (int i = 0; i < w->model->team_n; i++) {
        if (team < 0 || i == team) {
            ADD_INTS(&t->team, &sums[i]);
            double handle_us = (double)(sums[i].talk_us + sums[i].hold_us + sums[i].wrap_us);
            t->workload_labor +=
                w->model->teams[i].workload_per_us * handle_us / (double)CCS_MONEY_PER_UNIT;
        }
    }
}

/* What one team (-1: all) has worked in one period. */
static void add_work(const struct ccs_world *w, int team, int period, struct ccs_totals *t)
{
    const struct ccs_work *end =
        &((const struct ccs_work *)w->measure.work.data)[period * w->model->team_n];
    for (int i = 0; i < w->model->team_n; i++) {
        if (team < 0 || i == team) {
            struct ccs_work done = end[i];
            if (period > 0) {
                const struct ccs_work *begin = &end[i - w->model->team_n];
                done.busy_us -= begin->busy_us;
                done.level_us -= begin->level_us;
                done.overtime_us -= begin->overtime_us;
                done.away_us -= begin->away_us;
            }
            t->team.busy_us += done.busy_us;
            t->team.level_us += done.level_us;
            t->team.paid_us += done.level_us + done.overtime_us;
            t->team.away_us += done.away_us;
        }
    }
}

static void add_cohort(const struct ccs_world *w, int segment, int type, struct ccs_totals *t)
{
    const struct ccs_cohort *cohort = w->measure.cohort.data;
    for (int s = 0; s <= w->model->segment_n; s++) {
        for (int y = 0; y < w->model->type_n; y++) {
            if ((segment < 0 || s == segment) && (type < 0 || y == type)) {
                ADD_INTS(&t->cohort, &cohort[s * w->model->type_n + y]);
            }
        }
    }
}

static void add_churn(const struct ccs_world *w, int segment, struct ccs_totals *t)
{
    const struct ccs_churn *churn = w->measure.churn.data;
    for (int s = 0; s < w->model->segment_n; s++) {
        if (segment >= 0 && s != segment) {
            continue;
        }
        const struct ccs_churn *c = &churn[s];
        t->churn.at_start += c->at_start;
        t->churn.leavers += c->leavers;
        t->churn.silent += c->silent;
        t->churn.announced += c->announced;
        t->churn.complained_before += c->complained_before;
        t->churn.customer_years += c->customer_years;
        t->churn.value_lost += c->value_lost;
        t->churn.value_start += c->value_start;
        t->churn.value_end += c->value_end;
        t->churn.margin_pv += c->margin_pv;
        t->churn.desk_contacts += c->desk_contacts;
        t->churn.saves += c->saves;
        t->churn.avoidable_saves += c->avoidable_saves;
    }
}

static void add_accounts(const struct ccs_world *w, int team, int segment, int type,
                         struct ccs_totals *t)
{
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        t->account[a] = ccs_money_to_units(
            team < 0 && segment < 0 && type < 0
                ? w->window_books.total[a]
                : ccs_ledger_sum(&w->window_books, (enum ccs_account)a, team, segment, type, -1));
    }
}

static bool has_claims(const struct ccs_model *model)
{
    for (int y = 0; y < model->type_n; y++) {
        if (ccs_config_type(model->config, (size_t)y)->needs == CCS_NEEDS_DECISION) {
            return true;
        }
    }
    return false;
}

static void add_settled(const struct ccs_world *w, struct ccs_totals *t)
{
    for (size_t i = 0; i < CCS_SETTLED_CELLS; i++) {
        struct ccs_settled_at at = ccs_settled_at(i);
        t->settled[at.way] += w->measure.settled.n[at.tier][at.way][at.contact - 1];
    }
}

void ccs_totals_of(const struct ccs_world *w, enum ccs_slice_kind kind, size_t index,
                   struct ccs_totals *totals)
{
    *totals = (struct ccs_totals){
        .horizon_s = ccs_time_to_s(w->horizon - w->origin),
        .has_population = w->model->has_population,
        .has_claims = has_claims(w->model),
        .measure = &w->measure,
        .view = w->model->labor_view,
    };
    int i = (int)index;
    switch (kind) {
    case CCS_SLICE_ALL:
        add_access(w, -1, -1, totals);
        add_teams(w, -1, totals);
        add_cohort(w, -1, -1, totals);
        add_churn(w, -1, totals);
        add_accounts(w, -1, -1, -1, totals);
        for (int v = 0; v < CCS_LABOR_AUTO; v++) {
            totals->net[v] =
                ccs_money_to_units(ccs_net_value_sum(&w->measure.net, (enum ccs_labor_view)v));
        }
        add_settled(w, totals);
        totals->queue_s = (double)w->measure.sums.queue_us / 1e6;
        break;
    case CCS_SLICE_TEAM:
        add_teams(w, i, totals);
        add_accounts(w, i, -1, -1, totals);
        break;
    case CCS_SLICE_CHANNEL:
        add_access(w, i, -1, totals);
        break;
    case CCS_SLICE_SEGMENT:
        add_cohort(w, i, -1, totals);
        add_churn(w, i, totals);
        add_accounts(w, -1, i, -1, totals);
        break;
    case CCS_SLICE_ISSUE_TYPE:
        add_cohort(w, -1, i, totals);
        add_accounts(w, -1, -1, i, totals);
        break;
    case CCS_SLICE_CAUSE:
        totals->cause_s = (double)((const int64_t *)w->measure.cause_us.data)[i] / 1e6;
        break;
    case CCS_SLICE_ACCOUNT:
        totals->account[i] = ccs_money_to_units(w->window_books.total[i]);
        break;
    case CCS_SLICE_LINE:
        totals->net_line = ccs_money_to_units(w->measure.net.line[i]);
        break;
    case CCS_SLICE_SETTLED: {
        struct ccs_settled_at at = ccs_settled_at(index);
        totals->settled[at.way] = w->measure.settled.n[at.tier][at.way][at.contact - 1];
        break;
    }
    case CCS_SLICE_PERIOD:
        add_access(w, -1, i, totals);
        add_work(w, -1, i, totals);
        break;
    case CCS_SLICE_KIND_COUNT:
        break;
    }
}
