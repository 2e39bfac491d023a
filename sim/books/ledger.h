/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The double-entry ledger. Amounts are integers (ten-thousandths), so the books balance to the
 * last unit and do not depend on the order of entries.
 *
 * Every entry moves an amount between an account and the contra account `cash` (for concessions:
 * `payable`), and carries team, segment, issue type and root cause; policy and replication are
 * those of the world the ledger lives in. Entries are not kept one by one: each is added to the
 * cell of its account and dimensions, and independently to the account totals.
 *
 * Invariants: sum over all accounts = 0; sum over an account's cells = the account's total; both
 * are checked after every run (ccs_ledger_check), and so is that no sum has overflowed.
 */
#ifndef CCS_BOOKS_LEDGER_H
#define CCS_BOOKS_LEDGER_H

#include "base/array.h"

#include <ccsim/types.h>
#include <stdbool.h>

/* X(constant, name, is_cost). Append only: results and signatures hold the numbers. */
#define CCS_ACCOUNTS(X)                                                                            \
    X(LABOR_TALK, "labor_talk", 1)                                                                 \
    X(LABOR_HOLD, "labor_hold", 1)                                                                 \
    X(LABOR_WRAP, "labor_wrap", 1)                                                                 \
    X(LABOR_IDLE, "labor_idle", 1)                                                                 \
    X(TELECOM, "telecom", 1)                                                                       \
    X(CONCESSIONS_JUSTIFIED, "concessions_justified", 1)                                           \
    X(CONCESSIONS_UNJUSTIFIED, "concessions_unjustified", 1)                                       \
    X(RETENTION_OFFERS, "retention_offers", 1)                                                     \
    X(FULFILMENT, "fulfilment", 1)                                                                 \
    X(MARGIN, "margin_received", 0)                                                                \
    X(CASH, "cash", 0)                                                                             \
    X(PAYABLE, "payable", 0)                                                                       \
    X(LABOR_PREMIUM, "labor_premium", 1) /* surcharges and overtime, beyond the plain wage */      \
    X(OUTSOURCING, "outsourcing", 1)     /* billed per contact and per handled minute */

enum ccs_account {
#define X(constant, name, is_cost) CCS_ACCOUNT_##constant,
    CCS_ACCOUNTS(X)
#undef X
    CCS_ACCOUNT_COUNT
};

/* Root causes of a leg, in order of precedence: X(constant, name). Append only at the end: stores
 * and baselines hold them. Legs of the first eight are failure demand; so are those of a
 * cancellation (world/case/leg_time.c). Three wait for mechanisms to come, no leg has them yet:
 * CONTRADICTION (the customer was told something else before), STATUS_CHASE (the customer asks what
 * became of a promise that is not due) and PROACTIVE (the center calls first). */
#define CCS_CAUSES(X)                                                                              \
    X(BROKEN_PROMISE, "broken_promise")                                                            \
    X(FALSE_CLOSURE, "false_closure")                                                              \
    X(CONTRADICTION, "contradiction")                                                              \
    X(MISROUTED, "misrouted")                                                                      \
    X(TRANSFER, "transfer")                                                                        \
    X(ABANDONED_BEFORE, "abandoned_before")                                                        \
    X(STATUS_CHASE, "status_chase")                                                                \
    X(UNRESOLVED_BEFORE, "unresolved_before")                                                      \
    X(CANCELLATION, "cancellation")                                                                \
    X(CALLBACK, "callback")                                                                        \
    X(PROACTIVE, "proactive")                                                                      \
    X(FIRST_REQUEST, "first_request")                                                              \
    X(CAPACITY, "capacity")           /* idle time, premium and margin: no leg */                  \
    X(RIGHT_REFUSAL, "right_refusal") /* a claim without right was refused before */

enum ccs_cause {
#define X(constant, name) CCS_CAUSE_##constant,
    CCS_CAUSES(X)
#undef X
    CCS_CAUSE_COUNT
};

const char *ccs_account_name(enum ccs_account account);
bool ccs_account_is_cost(enum ccs_account account);
const char *ccs_cause_name(enum ccs_cause cause);
/* True for the causes that are failure demand in themselves. */
bool ccs_cause_is_failure(enum ccs_cause cause);

/* Dimensions of an entry. The size of a dimension (one past its last index) stands for "none". */
struct ccs_ledger_key {
    uint16_t team, segment, issue_type;
    uint16_t cause;
};

struct ccs_ledger {
    uint16_t teams, segments, issue_types; /* sizes, "none" not counted */
    ccs_money total[CCS_ACCOUNT_COUNT];
    uint64_t entries;
    bool has_overflowed; /* a sum had no room: the books balance no more */
    /* int64_t [account][team + 1][segment + 1][type + 1][cause] */
    struct ccs_array cells;
};

ccs_status ccs_ledger_init(struct ccs_ledger *ledger, struct ccs_arena *budget, uint16_t teams,
                           uint16_t segments, uint16_t issue_types);
void ccs_ledger_fini(struct ccs_ledger *ledger, struct ccs_arena *budget);
ccs_status ccs_ledger_copy(struct ccs_ledger *dst, const struct ccs_ledger *src,
                           struct ccs_arena *budget);

/* Books `amount` to `account` and -amount to `contra`. A cost is positive, income is negative. */
void ccs_ledger_book(struct ccs_ledger *ledger, enum ccs_account account, enum ccs_account contra,
                     struct ccs_ledger_key key, ccs_money amount);

/* Sum over the cells of one account; of each dimension the given index, or all if it is below 0. */
ccs_money ccs_ledger_sum(const struct ccs_ledger *ledger, enum ccs_account account, int team,
                         int segment, int issue_type, int cause);

/* What is out of balance: 0 when all is well (total over accounts, plus the absolute difference of
 * cells and totals per account). */
ccs_money ccs_ledger_check(const struct ccs_ledger *ledger);

#endif
