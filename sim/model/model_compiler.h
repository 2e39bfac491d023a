/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that compile a model share; only files of this folder include it. See model.h. */
#ifndef CCS_MODEL_MODEL_COMPILER_H
#define CCS_MODEL_MODEL_COMPILER_H

#include "model/model.h"

struct compiler {
    struct ccs_model *model;
    const struct ccs_config *config;
    struct ccs_arena *arena;
    uint16_t queue_cap;
    bool no_memory;
    uint16_t *scratch;           /* a team list being made */
    struct ccs_service *service; /* and its terms */
};

/* Zeroed memory from the scenario's arena; NULL, with no_memory set, when it is exhausted. */
static inline void *get(struct compiler *c, size_t n, size_t size)
{
    void *p = ccs_arena_calloc(c->arena, n ? n : 1, size);
    c->no_memory = c->no_memory || !p;
    return p;
}

/* Demand: the streams (model_arrivals.c) and their random factors (model_day_factors.c). */
void ccs_model_plan_streams(struct compiler *c);
void ccs_model_plan_day_factors(struct compiler *c, int type, struct ccs_stream_plan *plan);

/* Access: the terms by channel and type (model_access.c). */
void ccs_model_plan_access(struct compiler *c);

/* Queues and who serves them (model_routes.c), those of transfers included (model_transfers.c). */
void ccs_model_plan_routes(struct compiler *c);
void ccs_model_plan_transfers(struct compiler *c);

/* The queue of contacts passed on to the team; CCS_NO_QUEUE if the team does not serve them. */
uint16_t ccs_model_team_queue(struct compiler *c, int channel, int type, int team);

/* Shifts and agents of each team (model_staff.c), after the routes. */
void ccs_model_plan_staff(struct compiler *c);

/* What customers are worth (model_worth.c). */
void ccs_model_plan_worth(struct compiler *c);

/* The follow-ons of issue types (model_follow_on.c). */
void ccs_model_plan_follow_on(struct compiler *c);

#endif
