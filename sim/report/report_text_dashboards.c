/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two dashboards: what is usually shown beside what is so. That they can point in opposite
 * directions is what this program was made to show. A check mark stands only where the number ranks
 * policies; the usual dashboard counts what merely looks best, too.
 */
#include "report/report_text.h"

#include "experiment/rank.h"

#include <stdlib.h>

/* `better`: which way the reader of that dashboard takes for good. */
static const struct tile {
    const char *metric;
    const char *label;
    int better;
    bool is_truth;
} tiles[] = {
    {"handle_time_per_contact", "handle time per contact", -1, false},
    {"contacts_per_agent_hour", "contacts per agent hour", 1, false},
    {"first_contact_resolution_apparent", "first contact, apparent", 1, false},
    {"cost_per_contact", "cost per contact", -1, false},
    {"service_level", "service level", 1, false},
    {"cost_per_resolved_issue", "cost per resolved issue", -1, true},
    {"churn_rate_per_year", "leaving per year", -1, true},
    {"failure_demand_share", "failure demand", -1, true},
    {"contacts_per_issue", "contacts per issue", -1, true},
    {"justified_unpaid", "owed, never paid", -1, true},
};

#define TILE_N (sizeof tiles / sizeof tiles[0])

/* The policy this number speaks for: the best one, if it is clearly apart from the baseline (or,
 * being the baseline, from all others); -1 if none. *ranks: whether it says so rightly, or only
 * looks like it (experiment/rank.h). */
static int spoken_for(const struct ccs_text *t, const struct tile *tile, int row, bool *ranks)
{
    const struct ccs_results *res = t->res;
    const struct ccs_metric *metric = res->rows[row].metric;
    int best = -1;
    double best_diff = 0.0;
    bool baseline_beats_all = true;
    bool baseline_ranks = true;
    bool best_ranks = true;
    for (size_t d = 0; d < res->comparison_n && res->comparisons[d].b == 0; d++) {
        const struct ccs_comparison *cmp = &res->comparisons[d];
        int sign = ccs_rank_sign(cmp, row) * tile->better;
        bool is_spoiled = ccs_rank_is_spoiled(res, cmp, metric, sign);
        double gain = cmp->rows[row].diff.mean * tile->better;
        if (sign > 0 && gain > best_diff) {
            best = (int)cmp->a;
            best_diff = gain;
            best_ranks = !is_spoiled;
        }
        baseline_beats_all = baseline_beats_all && sign < 0;
        baseline_ranks = baseline_ranks && !is_spoiled;
    }
    *ranks =
        metric->better != 0 && !metric->policy_moves && (best >= 0 ? best_ranks : baseline_ranks);
    return best >= 0 ? best : baseline_beats_all ? 0 : -1;
}

/* What one dashboard says as a whole, by the number of tiles that speak for each policy. */
static void say_side(const struct ccs_text *t, const char *side, const size_t *votes, size_t shown,
                     char *text, size_t size)
{
    size_t winner = 0;
    bool is_tied = false;
    for (size_t p = 1; p < t->res->policy_n; p++) {
        is_tied = votes[p] == votes[winner] || (is_tied && votes[p] < votes[winner]);
        winner = votes[p] > votes[winner] ? p : winner;
    }
    if (votes[winner] == 0) {
        snprintf(text, size, "%s speaks for none", side);
    } else if (is_tied) {
        snprintf(text, size, "%s is divided", side);
    } else {
        snprintf(text, size, "%s speaks for %s in %zu of %zu", side, ccs_text_policy(t, winner),
                 votes[winner], shown);
    }
}

static void print_finding(const struct ccs_text *t, const size_t *votes, const size_t *shown)
{
    char usual[300], truth[300];
    say_side(t, "The usual dashboard", votes, shown[0], usual, sizeof usual);
    say_side(t, "what is so", votes + t->res->policy_n, shown[1], truth, sizeof truth);
    ccs_text_print(
        t, 0, 2,
        "%s the best one, where that is clear; %s looks best, but the number does not "
        "rank policies, or gets better by losing callers. %s; %s. The verdict weighs it in "
        "money.",
        ccs_text_mark(t, CCS_MARK_BETTER), ccs_text_mark(t, CCS_MARK_DIFFERENT), usual, truth);
}

void ccs_text_dashboards(struct ccs_text *t)
{
    const struct ccs_results *res = t->res;
    size_t *votes = calloc(2 * res->policy_n, sizeof *votes);
    size_t shown[2] = {0, 0};
    struct ccs_table table;
    const char *group = NULL;
    if (votes == NULL) {
        t->status = CCS_ENOMEM;
        return;
    }
    ccs_table_init(&table, CCS_TEXT_LEAD + res->policy_n, CCS_TEXT_LEAD);
    ccs_text_set_policies(t, &table);
    for (size_t i = 0; i < TILE_N; i++) {
        int row = ccs_text_row(t, tiles[i].metric);
        if (row < 0 || !ccs_text_is_defined(t, row)) {
            continue;
        }
        char unit[CCS_UNIT_TEXT];
        struct ccs_scale scale = ccs_text_scale(t, row, unit);
        ccs_text_group(&table, &group, tiles[i].is_truth ? "What is so" : "What is usually shown");
        ccs_table_row(&table);
        ccs_table_set(&table, 0, "  %s", tiles[i].label);
        ccs_table_set(&table, 1, "%s", scale.unit);
        ccs_text_set_means(t, &table, row, scale.factor);
        bool ranks = true;
        int side = res->policy_n > 1 ? spoken_for(t, &tiles[i], row, &ranks) : -1;
        const char *mark = ccs_text_mark(t, ranks ? CCS_MARK_BETTER : CCS_MARK_DIFFERENT);
        for (size_t p = 0; p < res->policy_n && res->policy_n > 1; p++) {
            ccs_table_append(&table, table.row_n - 1, CCS_TEXT_LEAD + p, " ");
            ccs_table_append(&table, table.row_n - 1, CCS_TEXT_LEAD + p,
                             (int)p == side ? mark : " ");
        }
        shown[tiles[i].is_truth]++;
        if (side >= 0 && (ranks || !tiles[i].is_truth)) {
            votes[(tiles[i].is_truth ? res->policy_n : 0) + (size_t)side]++;
        }
    }
    ccs_text_heading(t, "Two dashboards", "");
    ccs_text_print_table(t, &table);
    if (res->policy_n > 1) {
        print_finding(t, votes, shown);
    }
    free(votes);
}
