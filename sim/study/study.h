/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A study from the inside (ccsim/study.h from the outside): the scenario's text, read once; the
 * design; and for each point what the store has and what is missing.
 *
 * study_plan.c makes it, study.c runs it.
 */
#ifndef CCS_STUDY_STUDY_H
#define CCS_STUDY_STUDY_H

#include "base/arena.h"
#include "experiment/scenario.h"
#include "study/design.h"
#include "study/store.h"

#include <ccsim/study.h>

struct ccs_plan_point {
    struct ccs_store_point key;
    enum ccs_point_state state;
    size_t asked;        /* replications */
    size_t missing;      /* of these */
    size_t replications; /* behind the results in the store */
    const char *message, *primary;
};

struct ccs_study {
    struct ccs_study_options options;
    struct ccs_arena arena;
    char *text; /* of the scenario */
    size_t text_size;
    const char *origin, *directory;
    struct ccs_scenario *base; /* nothing varied */
    struct ccs_design *design;
    struct ccs_plan_point *points; /* [design->point_n] */
    const char **files;            /* each once */
    size_t file_n, file_cap;
    struct ccs_store_study key;
    struct ccs_store *store; /* NULL: nothing will be run, and there is none */
    struct ccs_study_progress progress;
    bool is_unbalanced;
};

/* The scenario at a point. CCS_EDATA: *message, in the study's arena, is the first fault. */
ccs_status ccs_plan_load(struct ccs_study *study, size_t point, struct ccs_scenario **scenario,
                         const char **message);

/* What the store now says of a point. */
ccs_status ccs_plan_look(struct ccs_study *study, struct ccs_plan_point *point);

/* How many points are no scenario. */
size_t ccs_plan_invalid(const struct ccs_study *study);

bool ccs_plan_is_stopped(const struct ccs_study *study);

#endif
