/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Equivalence of two independent estimates: two one-sided tests (Schuirmann 1987, Journal of
 * Pharmacokinetics and Biopharmaceutics 15), with Welch's standard error and degrees of freedom.
 *
 * For D = b - a with standard error s and a margin m > 0,
 *
 *   p_equivalent = P(T > (m - |D|) / s)      of "the true difference is m or more",
 *   p_different  = P(T > (|D| - m) / s) + P(T > (|D| + m) / s)   of "it is m or less".
 *
 * A small p_equivalent shows equivalence. Showing it for each of several estimates needs no
 * correction: all have to be shown (intersection-union, Berger 1982, Technometrics 24). Calling one
 * of several different does: adjust p_different (stats/holm.h).
 */
#ifndef CCS_STATS_EQUIVALENCE_H
#define CCS_STATS_EQUIVALENCE_H

#define CCS_EQUIVALENCE_LEVEL 0.05

/* A mean with its standard error and the degrees of freedom behind that. */
struct ccs_sample {
    double mean, se, df;
};

struct ccs_equivalence {
    double difference; /* b - a */
    double se, df;
    double p_equivalent, p_different;
    double power;  /* probability that equal truths are shown equivalent at the 5 % level, with
                      these standard errors */
    double growth; /* times as many replications on both sides give a power of 0.95; 1: enough */
};

/* margin >= 0; standard errors finite and >= 0. */
struct ccs_equivalence ccs_equivalence_test(const struct ccs_sample *a, const struct ccs_sample *b,
                                            double margin);

/* Back from a 95 % t interval to the standard error. */
double ccs_se_of_interval(double half_width, double df);

#endif
