/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holm's step-down adjustment. Metrics are few dozen, so the smallest is looked for each time. */
#include "stats/holm.h"

#include <math.h>

void ccs_holm_adjust(const double *p, double *adjusted, size_t n)
{
    size_t left = 0;
    for (size_t i = 0; i < n; i++) {
        adjusted[i] = NAN; /* not yet adjusted */
        left += !isnan(p[i]);
    }
    double reached = 0;
    while (left > 0) {
        size_t smallest = n;
        for (size_t i = 0; i < n; i++) {
            if (!isnan(p[i]) && isnan(adjusted[i]) && (smallest == n || p[i] < p[smallest])) {
                smallest = i;
            }
        }
        reached = fmax(reached, fmin(1, (double)left * p[smallest]));
        adjusted[smallest] = reached;
        left--;
    }
}
