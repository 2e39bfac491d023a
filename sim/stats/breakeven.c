/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Break-even in time: one bootstrap of the replications serves interval and band. */
#include "stats/breakeven.h"

#include "stats/interval.h"

#include <stdlib.h>

/* First week after the last one in which the curve is not positive; weeks if that is the last. */
static size_t positive_from(const double *curve, size_t weeks)
{
    size_t w = weeks;
    while (w > 0 && curve[w - 1] > 0) {
        w--;
    }
    return w;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Mean and standard error of each week. Around the first curve, so that equal ones have se 0. */
static void moments(const double *curves, size_t n, size_t weeks, double *mean, double *se)
{
    for (size_t w = 0; w < weeks; w++) {
        double first = curves[w];
        double sum = 0;
        for (size_t r = 0; r < n; r++) {
            sum += curves[r * weeks + w] - first;
        }
        mean[w] = first + sum / (double)n;
        double squares = 0;
        for (size_t r = 0; r < n; r++) {
            double d = curves[r * weeks + w] - mean[w];
            squares += d * d;
        }
        se[w] = n > 1 ? sqrt(squares / ((double)n - 1) / (double)n) : NAN;
    }
}

/* Mean and standard error of n replications drawn with replacement. Sums are taken around the mean
 * of all, where they are small. */
static void resample(const double *curves, size_t n, size_t weeks, const double *mean,
                     ccs_index_draw draw, void *context, double *drawn, double *drawn_se)
{
    for (size_t w = 0; w < weeks; w++) {
        drawn[w] = 0;
        drawn_se[w] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        const double *curve = curves + draw(context, n) * weeks;
        for (size_t w = 0; w < weeks; w++) {
            double d = curve[w] - mean[w];
            drawn[w] += d;
            drawn_se[w] += d * d;
        }
    }
    double count = (double)n;
    for (size_t w = 0; w < weeks; w++) {
        double d = drawn[w] / count;
        double variance = fmax(0, drawn_se[w] / count - d * d);
        drawn[w] = mean[w] + d;
        drawn_se[w] = sqrt(variance / (count - 1));
    }
}

/* max over weeks of |drawn - mean| / drawn_se. INFINITY where one replication was drawn n times
 * over and has no noise left but rounding; 0 if nothing moved at all. */
static double largest_deviation(const double *drawn, const double *drawn_se, const double *mean,
                                const double *se, size_t weeks)
{
    double largest = 0;
    for (size_t w = 0; w < weeks; w++) {
        double distance = fabs(drawn[w] - mean[w]);
        if (se[w] > 0 && distance > 0) {
            bool has_noise = drawn_se[w] > 1e-9 * se[w];
            largest = fmax(largest, has_noise ? distance / drawn_se[w] : INFINITY);
        }
    }
    return largest;
}

static void bootstrap(const double *curves, size_t n, size_t weeks, ccs_index_draw draw,
                      void *context, double *scratch, struct ccs_breakeven *result)
{
    const size_t resamples = CCS_BREAKEVEN_RESAMPLES;
    const double *mean = scratch;
    const double *se = scratch + weeks;
    double *drawn = scratch + 2 * weeks;
    double *drawn_se = scratch + 3 * weeks;
    double *week = scratch + 4 * weeks;
    double *deviation = week + resamples;
    size_t within = 0;
    for (size_t b = 0; b < resamples; b++) {
        resample(curves, n, weeks, mean, draw, context, drawn, drawn_se);
        size_t from = positive_from(drawn, weeks);
        within += from < weeks;
        week[b] = (double)from;
        deviation[b] = largest_deviation(drawn, drawn_se, mean, se, weeks);
    }
    qsort(week, resamples, sizeof *week, compare);
    qsort(deviation, resamples, sizeof *deviation, compare);

    size_t cut = resamples / 40; /* 2.5 % */
    result->lo = (size_t)week[cut];
    result->hi = (size_t)week[resamples - 1 - cut];
    result->within_frac = (double)within / (double)resamples;

    double t = ccs_t_quantile(0.5 + CCS_CONFIDENCE / 2, (double)n - 1);
    result->critical = fmax(t, deviation[resamples - 1 - resamples / 20]);
    for (size_t w = 0; w < weeks; w++) {
        drawn[w] = se[w] > 0 ? mean[w] - result->critical * se[w] : mean[w]; /* not inf * 0 */
    }
    result->established = positive_from(drawn, weeks);
    result->has_interval = true;
}

ccs_status ccs_breakeven(const double *curves, size_t n, size_t weeks, ccs_index_draw draw,
                         void *context, struct ccs_breakeven *result)
{
    *result = (struct ccs_breakeven){.weeks = weeks,
                                     .week = weeks,
                                     .lo = weeks,
                                     .hi = weeks,
                                     .established = weeks,
                                     .has_interval = false,
                                     .critical = NAN,
                                     .within_frac = NAN};
    if (n == 0 || weeks == 0) {
        return CCS_EUSAGE;
    }
    double *scratch = calloc(4 * weeks + 2 * CCS_BREAKEVEN_RESAMPLES, sizeof *scratch);
    if (!scratch) {
        return CCS_ENOMEM;
    }
    moments(curves, n, weeks, scratch, scratch + weeks);
    result->week = positive_from(scratch, weeks);
    if (n > 1) {
        bootstrap(curves, n, weeks, draw, context, scratch, result);
    }
    free(scratch);
    return CCS_OK;
}
