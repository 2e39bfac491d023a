/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two units everything is counted in. Both are integers, so that sums are exact and do not
 * depend on the order in which threads or events contribute to them.
 */
#ifndef CCSIM_TYPES_H
#define CCSIM_TYPES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int64_t ccs_time;  /* microseconds; 0 is run.start (t0), the warm-up lies before it */
typedef int64_t ccs_money; /* ten-thousandths of the scenario's currency unit */

#define CCS_US_PER_S INT64_C(1000000)
#define CCS_MONEY_PER_UNIT INT64_C(10000)
#define CCS_TIME_NEVER INT64_MAX

#ifdef __cplusplus
}
#endif
#endif
