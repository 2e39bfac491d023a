/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger's cells and totals: see ledger.h. */
#include "books/ledger.h"

#include "base/arena.h"

#include <stdlib.h>

static const struct {
    const char *name;
    bool is_cost;
} accounts[CCS_ACCOUNT_COUNT] = {
#define X(constant, name, is_cost) {name, is_cost},
    CCS_ACCOUNTS(X)
#undef X
};

static const char *const causes[CCS_CAUSE_COUNT] = {
#define X(constant, name) name,
    CCS_CAUSES(X)
#undef X
};

const char *ccs_account_name(enum ccs_account account)
{
    return accounts[account].name;
}

bool ccs_account_is_cost(enum ccs_account account)
{
    return accounts[account].is_cost;
}

const char *ccs_cause_name(enum ccs_cause cause)
{
    return causes[cause];
}

bool ccs_cause_is_failure(enum ccs_cause cause)
{
    return cause <= CCS_CAUSE_UNRESOLVED_BEFORE;
}

static size_t cell_count(const struct ccs_ledger *ledger)
{
    return (size_t)(ledger->teams + 1) * (ledger->segments + 1U) * (ledger->issue_types + 1U) *
           CCS_CAUSE_COUNT;
}

ccs_status ccs_ledger_init(struct ccs_ledger *ledger, struct ccs_arena *budget, uint16_t teams,
                           uint16_t segments, uint16_t issue_types)
{
    *ledger = (struct ccs_ledger){.teams = teams, .segments = segments, .issue_types = issue_types};
    ccs_array_init(&ledger->cells, sizeof(ccs_money));
    size_t n = cell_count(ledger) * CCS_ACCOUNT_COUNT;
    ccs_status status = ccs_array_reserve(&ledger->cells, budget, n);
    if (!status) {
        ledger->cells.len = (uint32_t)n;
    }
    return status;
}

void ccs_ledger_fini(struct ccs_ledger *ledger, struct ccs_arena *budget)
{
    ccs_array_fini(&ledger->cells, budget);
}

ccs_status ccs_ledger_copy(struct ccs_ledger *dst, const struct ccs_ledger *src,
                           struct ccs_arena *budget)
{
    struct ccs_array cells = dst->cells;
    cells.size = src->cells.size;
    ccs_status status = ccs_array_copy(&cells, &src->cells, budget);
    *dst = *src;
    dst->cells = cells;
    return status;
}

void ccs_ledger_book(struct ccs_ledger *ledger, enum ccs_account account, enum ccs_account contra,
                     struct ccs_ledger_key key, ccs_money amount)
{
    size_t at = account;
    at = at * (ledger->teams + 1U) + key.team;
    at = at * (ledger->segments + 1U) + key.segment;
    at = at * (ledger->issue_types + 1U) + key.issue_type;
    at = at * CCS_CAUSE_COUNT + key.cause;
    ccs_money *cell = &((ccs_money *)ledger->cells.data)[at];
    bool no_room = __builtin_add_overflow(*cell, amount, cell);
    no_room =
        __builtin_add_overflow(ledger->total[account], amount, &ledger->total[account]) || no_room;
    no_room =
        __builtin_sub_overflow(ledger->total[contra], amount, &ledger->total[contra]) || no_room;
    ledger->has_overflowed = ledger->has_overflowed || no_room;
    ledger->entries++;
}

ccs_money ccs_ledger_sum(const struct ccs_ledger *ledger, enum ccs_account account, int team,
                         int segment, int issue_type, int cause)
{
    const ccs_money *cell =
        (const ccs_money *)ledger->cells.data + (size_t)account * cell_count(ledger);
    ccs_money sum = 0;
    for (int t = 0; t <= ledger->teams; t++) {
        for (int s = 0; s <= ledger->segments; s++) {
            for (int y = 0; y <= ledger->issue_types; y++) {
                for (int c = 0; c < CCS_CAUSE_COUNT; c++, cell++) {
                    if ((team < 0 || t == team) && (segment < 0 || s == segment) &&
                        (issue_type < 0 || y == issue_type) && (cause < 0 || c == cause)) {
                        sum += *cell;
                    }
                }
            }
        }
    }
    return sum;
}

ccs_money ccs_ledger_check(const struct ccs_ledger *ledger)
{
    ccs_money all = 0;
    ccs_money apart = 0;
    if (ledger->has_overflowed) {
        return INT64_MAX / 4; /* two of them can be added */
    }
    for (int a = 0; a < CCS_ACCOUNT_COUNT; a++) {
        all += ledger->total[a];
        if (a != CCS_ACCOUNT_CASH && a != CCS_ACCOUNT_PAYABLE) {
            apart += llabs(ledger->total[a] -
                           ccs_ledger_sum(ledger, (enum ccs_account)a, -1, -1, -1, -1));
        }
    }
    return llabs(all) + apart;
}
