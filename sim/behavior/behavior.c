/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of mechanisms: see behavior.h. The order decides which mechanism reacts first to a
 * failure: a customer who threatens to cancel does not also try again. */
#include "behavior/behavior.h"

const struct ccs_mechanism *const ccs_mechanisms[] = {
    &ccs_anger,     &ccs_leaving,   &ccs_voicing,  &ccs_supervisor,    &ccs_retention,
    &ccs_recontact, &ccs_retelling, &ccs_callback, &ccs_false_closure,
};

const size_t ccs_mechanism_n = sizeof ccs_mechanisms / sizeof ccs_mechanisms[0];
