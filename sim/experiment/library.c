/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Initialisation of the library, once per process. */
#include <ccsim/ccsim.h>
#include <gsl/gsl_errno.h>

void ccs_library_init(void)
{
    gsl_set_error_handler_off();
}
