/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every run checks itself: the ledger, labour against staffed time, the net-value identity,
 * conservation of issues, contacts and customers, Little's law. The result is part of the results.
 */
#ifndef CCS_EXPERIMENT_BALANCE_H
#define CCS_EXPERIMENT_BALANCE_H

#include "experiment/results.h"

/* Checks one finished world. */
void ccs_balance_check(const struct ccs_world *w, struct ccs_balance *balance);

/* total becomes the worst of both. */
void ccs_balance_merge(struct ccs_balance *total, const struct ccs_balance *one);

#endif
