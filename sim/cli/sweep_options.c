/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The options only `sweep` and `export` have. */
#include "cli/cli.h"
#include "cli/sweep.h"

#include <string.h>

#define SEED_MAX ((INT64_C(1) << 53) - 1)

bool ccs_options_parse_sweep(struct ccs_options *o, int key, char *arg, struct argp_state *state)
{
    static const char *const designs[] = {"grid", "lhs", "sobol", "halton", NULL};
    static const char *const formats[] = {"csv", "jsonl", NULL};
    switch (key) {
    case CCS_KEY_VARY:
        o->vary[o->vary_n++] = arg; /* the design says what is wrong with it */
        return true;
    case CCS_KEY_DESIGN:
        o->design = (enum ccs_design_kind)ccs_options_choice(state, "design", arg, designs);
        return true;
    case CCS_KEY_POINTS:
        o->points = (size_t)ccs_options_number(state, "points", arg, 1, 100000);
        return true;
    case CCS_KEY_POINTS_FILE:
        o->points_file = arg;
        return true;
    case CCS_KEY_DESIGN_SEED:
        o->design_seed = ccs_options_number(state, "design-seed", arg, 0, SEED_MAX);
        return true;
    case CCS_KEY_STORE:
        o->store = arg;
        return true;
    case CCS_KEY_DRY_RUN:
        o->is_dry = true;
        return true;
    case CCS_KEY_KEEP_GOING:
        o->keep_going = true;
        return true;
    case CCS_KEY_METRIC:
        o->metrics[o->metric_n++] = arg;
        return true;
    case CCS_KEY_EXPORT_FORMAT:
        o->format = ccs_options_choice(state, "format", arg, formats) == 0 ? CCS_FORMAT_CSV
                                                                           : CCS_FORMAT_JSON;
        return true;
    case CCS_KEY_REPLICATIONS:
        o->with_replications = true;
        return true;
    case CCS_KEY_STUDY:
        o->study = arg;
        return true;
    default:
        return false;
    }
}
