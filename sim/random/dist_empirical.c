/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Empirical: one of n given values, each with probability 1/n; a value that occurs k times in the
 * data has k/n. Mean and variance are those of the data (divisor n). Nothing is interpolated:
 * atoms in the data (zeros, rounded minutes) stay atoms, and the mean is exactly the data's.
 * table = the values, ascending. Inversion of one uniform.
 */
#include "random/dist_row.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdint.h>
#include <string.h>

const char *ccs_empirical_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                               void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    const char *fault = ccs_dist_check(CCS_DIST_EMPIRICAL, spec);
    if (fault) {
        return fault;
    }
    for (size_t i = 0; i < spec->value_n; i++) {
        if (!(spec->values[i] >= 0 && spec->values[i] <= CCS_DIST_VALUE_MAX)) {
            return "values must be numbers from 0 to 1e15";
        }
    }
    if (spec->value_n > SIZE_MAX / sizeof(double)) {
        return "values must fit into memory";
    }
    double *table = alloc(ctx, spec->value_n * sizeof(double));
    if (!table) {
        return "values must fit into memory";
    }
    memcpy(table, spec->values, spec->value_n * sizeof(double));
    gsl_sort(table, 1, spec->value_n);
    *dist = ccs_dist_of(CCS_DIST_EMPIRICAL, 0, 0, 0, 0);
    dist->table = table;
    dist->n = spec->value_n;
    return NULL;
}

double ccs_empirical_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    /* u n < n even after rounding: u is at most 1 - 2^-53, and n 2^-53 is more than half of the
     * distance from n to the double below it. */
    size_t from_top = (size_t)(ccs_stream_uniform(stream) * (double)dist->n);
    CCS_ASSERT(from_top < dist->n);
    return dist->table[dist->n - 1 - from_top];
}

double ccs_empirical_mean(const struct ccs_dist *dist)
{
    return gsl_stats_mean(dist->table, 1, dist->n);
}

double ccs_empirical_variance(const struct ccs_dist *dist)
{
    return gsl_stats_variance_with_fixed_mean(dist->table, 1, dist->n, ccs_empirical_mean(dist));
}

double ccs_empirical_cdf(const struct ccs_dist *dist, double x)
{
    size_t low = 0; /* values before low are <= x, values from high on are > x */
    size_t high = dist->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dist->table[middle] <= x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (double)low / (double)dist->n;
}
