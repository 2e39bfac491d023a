/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of distributions, the checks they share, and dispatch. A new distribution is one file
 * dist_<name>.c, one enumerator at the end of enum ccs_dist_kind, one declaration in dist_row.h
 * and one row here.
 */
#include "random/dist.h"

#include "random/dist_row.h"

#include <stdbool.h>
#include <string.h>

#define FUNCTIONS(name)                                                                            \
    .make = ccs_##name##_make, .draw = ccs_##name##_draw, .mean = ccs_##name##_mean,               \
    .variance = ccs_##name##_variance, .cdf = ccs_##name##_cdf

const struct ccs_dist_info ccs_dist_table[CCS_DIST_KIND_COUNT] = {
    [CCS_DIST_CONSTANT] = {"constant", CCS_PARAM_MEAN, 0, "always exactly the mean",
                           FUNCTIONS(constant)},
    [CCS_DIST_EXPONENTIAL] = {"exponential", CCS_PARAM_MEAN, 0,
                              "density exp(-x/mean)/mean: no memory, cv = 1",
                              FUNCTIONS(exponential)},
    [CCS_DIST_GAMMA] = {"gamma", CCS_PARAM_MEAN | CCS_PARAM_CV, 0,
                        "density x^(a-1) exp(-x/b) / (b^a Gamma(a)) with a = 1/cv^2 and b = "
                        "mean cv^2",
                        FUNCTIONS(gamma)},
    [CCS_DIST_ERLANG] = {"erlang", CCS_PARAM_MEAN, CCS_PARAM_STAGES | CCS_PARAM_CV,
                         "sum of so many equal exponential stages; give the stages, or a cv that "
                         "is 1/sqrt(stages)",
                         FUNCTIONS(erlang)},
    [CCS_DIST_WEIBULL] = {"weibull", CCS_PARAM_MEAN | CCS_PARAM_CV, 0,
                          "P(X > x) = exp(-(x/b)^k); shape k and scale b are solved from mean and "
                          "cv",
                          FUNCTIONS(weibull)},
    [CCS_DIST_LOGNORMAL] = {"lognormal", CCS_PARAM_MEAN | CCS_PARAM_CV, 0,
                            "log X is normal; mean and cv are those of X itself (usual for talk "
                            "times: Brown et al., JASA 2005)",
                            FUNCTIONS(lognormal)},
    [CCS_DIST_NORMAL] = {"normal", CCS_PARAM_MEAN | CCS_PARAM_CV, 0,
                         "normal truncated at 0; mean and cv or sd are those before truncation, "
                         "so the mean of what is drawn is higher when the cv is above about 0.3",
                         FUNCTIONS(normal)},
    [CCS_DIST_UNIFORM] = {"uniform", 0,
                          CCS_PARAM_MIN | CCS_PARAM_MAX | CCS_PARAM_MEAN | CCS_PARAM_CV,
                          "equally likely between min and max; give those two, or mean and cv "
                          "(at most 1/sqrt(3)) or sd",
                          FUNCTIONS(uniform)},
    [CCS_DIST_TRIANGULAR] = {"triangular", CCS_PARAM_MIN | CCS_PARAM_MODE | CCS_PARAM_MAX, 0,
                             "density rises in a straight line from min to mode and falls to max",
                             FUNCTIONS(triangular)},
    [CCS_DIST_PARETO] = {"pareto", CCS_PARAM_MEAN, CCS_PARAM_CV | CCS_PARAM_MIN,
                         "type I: P(X > x) = (min/x)^a for x >= min; give mean and cv or sd "
                         "(a = 1 + sqrt(1 + 1/cv^2)), or mean and min (a = mean/(mean - min))",
                         FUNCTIONS(pareto)},
    [CCS_DIST_HYPEREXPONENTIAL] = {"hyperexponential", CCS_PARAM_MEAN | CCS_PARAM_CV, 0,
                                   "one of two exponentials, with balanced means (each contributes "
                                   "half of the mean); cv >= 1",
                                   FUNCTIONS(hyperexponential)},
    [CCS_DIST_EMPIRICAL] = {"empirical", CCS_PARAM_VALUES, 0,
                            "one of the given values, each equally likely: mean and spread are "
                            "exactly those of the data, nothing is invented between them",
                            FUNCTIONS(empirical)},
    [CCS_DIST_MIXTURE] = {"mixture", CCS_PARAM_PARTS, 0,
                          "one of several distributions, chosen by weight", FUNCTIONS(mixture)},
};

const struct ccs_dist_info *ccs_dist_find(const char *name)
{
    for (size_t i = 0; i < CCS_DIST_KIND_COUNT; i++) {
        if (strcmp(ccs_dist_table[i].name, name) == 0) {
            return &ccs_dist_table[i];
        }
    }
    return NULL;
}

double ccs_dist_draw_slow(const struct ccs_dist *dist, struct ccs_stream *stream)
{
    return ccs_dist_table[dist->kind].draw(dist, stream);
}

double ccs_dist_mean(const struct ccs_dist *dist)
{
    return ccs_dist_table[dist->kind].mean(dist);
}

double ccs_dist_variance(const struct ccs_dist *dist)
{
    return ccs_dist_table[dist->kind].variance(dist);
}

double ccs_dist_cdf(const struct ccs_dist *dist, double x)
{
    return ccs_dist_table[dist->kind].cdf(dist, x);
}

const char *ccs_dist_check(enum ccs_dist_kind kind, const struct ccs_dist_spec *spec)
{
    /* Not static: the values are the caller's. One row per parameter, so that every
     * distribution says the same thing about the same mistake. */
    const struct {
        unsigned param;
        double value;
        const char *missing, *unused, *invalid;
    } row[] = {
        {CCS_PARAM_MEAN, spec->mean, "mean must be given",
         "mean must not be given: this distribution does not use it",
         "mean must be a number from 0 to 1e15"},
        {CCS_PARAM_CV, spec->cv, "cv or sd must be given",
         "cv must not be given: this distribution does not use it", "cv must be from 0.01 to 100"},
        {CCS_PARAM_CV, spec->sd, "cv or sd must be given",
         "sd must not be given: this distribution does not use it",
         "sd must be a number from 0 to 1e15"},
        {CCS_PARAM_MIN, spec->min, "min must be given",
         "min must not be given: this distribution does not use it",
         "min must be a number from 0 to 1e15"},
        {CCS_PARAM_MODE, spec->mode, "mode must be given",
         "mode must not be given: this distribution does not use it",
         "mode must be a number from 0 to 1e15"},
        {CCS_PARAM_MAX, spec->max, "max must be given",
         "max must not be given: this distribution does not use it",
         "max must be a number from 0 to 1e15"},
        {CCS_PARAM_STAGES, spec->stages, "stages must be given",
         "stages must not be given: this distribution does not use it",
         "stages must be a whole number from 1 to 10000"},
        {CCS_PARAM_VALUES, spec->value_n ? 0 : NAN, "values must contain at least one value",
         "values must not be given: this distribution does not use them", NULL},
        {CCS_PARAM_PARTS, spec->part_n ? 0 : NAN, "parts must contain at least one distribution",
         "parts must not be given: this distribution does not use them", NULL},
    };
    const struct ccs_dist_info *info = &ccs_dist_table[kind];
    unsigned given = 0;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (isnan(row[i].value)) {
            continue;
        }
        if (!((info->required | info->optional) & row[i].param)) {
            return row[i].unused;
        }
        if (row[i].param == CCS_PARAM_MEAN && row[i].value <= 0 && kind != CCS_DIST_CONSTANT) {
            return "mean must be > 0";
        }
        if (row[i].value < 0 || row[i].value > CCS_DIST_VALUE_MAX) {
            return row[i].invalid;
        }
        given |= row[i].param;
    }
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (info->required & ~given & row[i].param) {
            return row[i].missing;
        }
    }
    if (!isnan(spec->cv) && !isnan(spec->sd)) {
        return "cv and sd must not both be given";
    }
    return NULL;
}

const char *ccs_dist_check_cv(const struct ccs_dist_spec *spec, double *cv)
{
    bool by_sd = isnan(spec->cv);
    double c = by_sd ? spec->sd / spec->mean : spec->cv;
    if (!(c >= CCS_CV_MIN && c <= CCS_CV_MAX)) {
        return by_sd ? "sd must be from 0.01 to 100 times the mean" : "cv must be from 0.01 to 100";
    }
    *cv = c;
    return NULL;
}
