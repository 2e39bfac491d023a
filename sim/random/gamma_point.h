/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points of the gamma distribution with mean 1, right for every shape. GSL's inverse alone is not:
 * for shapes below 0.12 what it finds in the lower tail is not the point, and from about 0.028 down
 * (a cv of 6) it is too high by any factor.
 */
#ifndef CCS_RANDOM_GAMMA_POINT_H
#define CCS_RANDOM_GAMMA_POINT_H

/* The value below which a share p lies and above which q = 1 - p (both given, as each is exact only
 * when it is small; 0 < p, q < 1), for a cv > 0. 0 where it is too small for a double. */
double ccs_gamma_point(double p, double q, double cv);

#endif
