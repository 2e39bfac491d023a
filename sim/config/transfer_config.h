/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contacts that agents pass on: "transfers" of the routing. */
#ifndef CCS_CONFIG_TRANSFER_CONFIG_H
#define CCS_CONFIG_TRANSFER_CONFIG_H

#include "format/field/field.h"

enum ccs_transfer {
    CCS_TRANSFER_COLD,   /* the customer queues again, the first agent is free */
    CCS_TRANSFER_WARM,   /* the first agent stays on hold with the customer */
    CCS_TRANSFER_CONSULT /* the first agent asks and stays the owner */
};

/* Contacts that some teams pass on to another: see transfer.h. */
struct ccs_transfer_config {
    double probability;
    int32_t to;                      /* team */
    struct ccs_ref_list by;          /* teams; absent: every other one */
    struct ccs_ref_list issue_types; /* absent: all that the other team serves */
    int mode;                        /* enum ccs_transfer */
    struct ccs_dist after;           /* absent: a whole talk */
    struct ccs_dist time;            /* it takes, besides */
};

#define CCS_TRANSFER_RULES_MAX 64 /* bits of ccs_contact_extra.rules_used */

/* Does the rule apply to the issue type after a leg by the team? */
bool ccs_transfer_applies(const struct ccs_transfer_config *rule, int type, int team);

extern const struct ccs_section ccs_transfer_section;

#endif
