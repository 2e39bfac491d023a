/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the results table: every metric for every slice a scenario has. */
#ifndef CCS_EXPERIMENT_ROWS_H
#define CCS_EXPERIMENT_ROWS_H

#include "experiment/results.h"

/* Those by period only if wanted. In the arena; NULL when exhausted. */
struct ccs_row *ccs_rows_create(const struct ccs_scenario *scenario, bool with_periods,
                                struct ccs_arena *arena, size_t *n);

#endif
