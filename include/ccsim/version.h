/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version, defined here and nowhere else (the Makefile reads it from this file). */
#ifndef CCSIM_VERSION_H
#define CCSIM_VERSION_H

#define CCS_VERSION "0.1.0"

#endif
