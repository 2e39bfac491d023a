/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The balance: every run checks the ledger, labour against staffed time, the net-value identity,
 * conservation of issues, contacts and customers, and Little's law. The balance is part of the
 * results; a result out of balance has is_ok false.
 */
#ifndef CCS_EXPERIMENT_BALANCE_H
#define CCS_EXPERIMENT_BALANCE_H

#include "experiment/results.h"

/* Checks one finished world. */
void ccs_balance_check(const struct ccs_world *w, struct ccs_balance *balance);

/* `total` takes the worst of both. */
void ccs_balance_merge(struct ccs_balance *total, const struct ccs_balance *one);

#endif
