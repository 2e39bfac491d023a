/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of a world at any moment. */
#ifndef TESTS_ANY_MOMENT_H
#define TESTS_ANY_MOMENT_H

#include "../sim_help.h"

/* Every contact, issue, customer, queue, team and agent is where the others say it is. */
void look_around(struct ccs_world *w);

/* Contacts of those who have gone, as they were when they were first seen to have gone. */
struct gone {
    bool is_known;
    uint16_t handled;
};

/* The first `n` customers: nobody comes back, nobody who has gone is served. */
void check_the_gone(struct ccs_world *w, struct gone *gone, uint32_t n);

#endif
