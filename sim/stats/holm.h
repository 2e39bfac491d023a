/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holm's step-down adjustment of p-values (Holm 1979, Scandinavian Journal of Statistics 6):
 * with the m p-values in ascending order,
 *
 *   adjusted(i) = max over j <= i of min(1, (m - j + 1) p(j)).
 *
 * Rejecting what is adjusted to 0.05 or less keeps the chance of any false rejection among all m
 * at 5 %, however the tests depend on each other.
 */
#ifndef CCS_STATS_HOLM_H
#define CCS_STATS_HOLM_H

#include <stddef.h>

/* `adjusted` (length n) must not overlap `p`. A NAN stays NAN and does not count towards m. */
void ccs_holm_adjust(const double *p, double *adjusted, size_t n);

#endif
