/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registry of mechanisms. A mechanism is one file in this folder (its rows, its functions, an
 * `install` that puts them on points of world/hooks.h) and one row in behavior.c.
 *
 * Invariant: a mechanism that a scenario leaves out is never called, so that off is bit-identical.
 */
#ifndef CCS_BEHAVIOR_BEHAVIOR_H
#define CCS_BEHAVIOR_BEHAVIOR_H

#include "world/hooks.h"
#include "world/world.h"

extern const struct ccs_mechanism *const ccs_mechanisms[];
extern const size_t ccs_mechanism_n;

extern const struct ccs_mechanism ccs_anger;
extern const struct ccs_mechanism ccs_leaving;
extern const struct ccs_mechanism ccs_voicing;
extern const struct ccs_mechanism ccs_supervisor;
extern const struct ccs_mechanism ccs_recontact;
extern const struct ccs_mechanism ccs_retelling;
extern const struct ccs_mechanism ccs_retention;
extern const struct ccs_mechanism ccs_callback;
extern const struct ccs_mechanism ccs_false_closure;

/* True anger of the issue's customer now; 0 without a customer record or where anger is off. */
static inline double ccs_anger_now(struct ccs_world *w, const struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = w->model->hooks;
    if (is->customer == CCS_NONE || !hooks->anger.fn) {
        return 0.0;
    }
    return hooks->anger.fn(hooks->anger.config, w, is);
}

#endif
