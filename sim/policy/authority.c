/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows of authority.h refer to. */
#include "policy/authority.h"

const char *const ccs_authority_transfers[] = {"cold", "warm", "consult", NULL};
