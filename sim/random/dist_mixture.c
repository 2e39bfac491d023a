/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Mixture: part i with probability w_i / sum of w, then a draw from it.
 * Mean sum p_i m_i; variance sum p_i (v_i + (m_i - mean)^2); cdf sum p_i F_i.
 * table = cumulative probabilities, the last exactly 1; parts are the caller's. One uniform
 * chooses the part, the part draws on from the same stream.
 */
#include "random/dist_row.h"

#include <stdint.h>

static double weight(const struct ccs_dist *dist, size_t i)
{
    return i ? dist->table[i] - dist->table[i - 1] : dist->table[0];
}

const char *ccs_mixture_make(struct ccs_dist *dist, const struct ccs_dist_spec *spec,
                             void *(*alloc)(void *ctx, size_t bytes), void *ctx)
{
    const char *fault = ccs_dist_check(CCS_DIST_MIXTURE, spec);
    if (fault) {
        return fault;
    }
    if (!spec->weights) {
        return "weights must be given";
    }
    double sum = 0;
    for (size_t i = 0; i < spec->part_n; i++) {
        if (!(spec->weights[i] > 0 && spec->weights[i] <= CCS_DIST_VALUE_MAX)) {
            return "weights must be > 0 and at most 1e15";
        }
        sum += spec->weights[i];
    }
    if (spec->part_n > SIZE_MAX / sizeof(double)) {
        return "parts must fit into memory";
    }
    double *table = alloc(ctx, spec->part_n * sizeof(double));
    if (!table) {
        return "parts must fit into memory";
    }
    double upto = 0;
    for (size_t i = 0; i < spec->part_n; i++) {
        upto += spec->weights[i];
        table[i] = upto / sum; /* the last: sum / sum, the same additions in the same order */
    }
    *dist = ccs_dist_of(CCS_DIST_MIXTURE, 0, 0, 0, 0);
    dist->table = table;
    dist->parts = spec->parts;
    dist->n = spec->part_n;
    return NULL;
}

double ccs_mixture_draw(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    double u = ccs_stream_uniform(stream);
    size_t i = 0;
    while (u >= dist->table[i]) { /* ends: the last entry is 1 and u is below it */
        i++;
    }
    return ccs_dist_draw(&dist->parts[i], stream);
}

double ccs_mixture_mean(const struct ccs_dist *dist)
{
    double mean = 0;
    for (size_t i = 0; i < dist->n; i++) {
        mean += weight(dist, i) * ccs_dist_mean(&dist->parts[i]);
    }
    return mean;
}

double ccs_mixture_variance(const struct ccs_dist *dist)
{
    double mean = ccs_mixture_mean(dist);
    double variance = 0;
    for (size_t i = 0; i < dist->n; i++) {
        double off = ccs_dist_mean(&dist->parts[i]) - mean;
        variance += weight(dist, i) * (ccs_dist_variance(&dist->parts[i]) + off * off);
    }
    return variance;
}

double ccs_mixture_cdf(const struct ccs_dist *dist, double x)
{
    double p = 0;
    for (size_t i = 0; i < dist->n; i++) {
        p += weight(dist, i) * ccs_dist_cdf(&dist->parts[i], x);
    }
    return p;
}
