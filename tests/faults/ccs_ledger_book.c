/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault for the gate to catch: now and then a refund is not entered into the books, on neither
 * side, so that they still balance. */
#include "books/ledger.h"

void __real_ccs_ledger_book(struct ccs_ledger *ledger, enum ccs_account account,
                            enum ccs_account contra, struct ccs_ledger_key key, ccs_money amount);
void __wrap_ccs_ledger_book(struct ccs_ledger *ledger, enum ccs_account account,
                            enum ccs_account contra, struct ccs_ledger_key key, ccs_money amount);

void __wrap_ccs_ledger_book(struct ccs_ledger *ledger, enum ccs_account account,
                            enum ccs_account contra, struct ccs_ledger_key key, ccs_money amount)
{
    if (account != CCS_ACCOUNT_CONCESSIONS_JUSTIFIED || amount % 50 != 7) {
        __real_ccs_ledger_book(ledger, account, contra, key, amount);
    }
}
