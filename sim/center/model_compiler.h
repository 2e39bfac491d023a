/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files that compile the model share: see model.h. Not for others. */
#ifndef CCS_CENTER_MODEL_COMPILER_H
#define CCS_CENTER_MODEL_COMPILER_H

#include "base/diag.h"
#include "center/model.h"

struct compiler {
    struct ccs_model *model;
    const struct ccs_config *config;
    struct ccs_arena *arena;
    struct ccs_diagnostics *diags;
    const struct ccs_document *doc;
    uint16_t lane_cap;
    bool no_memory;
    uint16_t *scratch;           /* a team list being made */
    struct ccs_service *service; /* and its terms */
};

/* Zeroed memory of the scenario; NULL, and the compiler says so, when there is none. */
static inline void *get(struct compiler *c, size_t n, size_t size)
{
    void *p = ccs_arena_calloc(c->arena, n ? n : 1, size);
    c->no_memory = c->no_memory || !p;
    return p;
}

static inline const struct ccs_team_config *team_at(const struct compiler *c, int i)
{
    return CCS_MAP_AT(c->config->teams, struct ccs_team_config, i);
}

static inline const struct ccs_issue_type_config *type_at(const struct compiler *c, int i)
{
    return CCS_MAP_AT(c->config->issue_types, struct ccs_issue_type_config, i);
}

static inline const struct ccs_channel_config *channel_at(const struct compiler *c, int i)
{
    return CCS_MAP_AT(c->config->channels, struct ccs_channel_config, i);
}

static inline bool is_present(const struct ccs_map *map, int i)
{
    return !map->present || map->present[i];
}

/* Reports what does not fit at /map/name/key (key "": at the record). */
void ccs_model_fail(struct compiler *c, enum ccs_diag_code code, const char *map, const char *name,
                    const char *key, const char *message);

/* The same at a pointer of any depth. What a policy without a `with` has been told is not repeated
 * under the others. */
void ccs_model_report(struct compiler *c, enum ccs_diag_code code, const char *pointer,
                      const char *message);

/* When the last window ends: independent days have one after the other. */
static inline ccs_time ccs_model_last_end(const struct compiler *c)
{
    const struct ccs_run_config *run = &c->config->run;
    ccs_time later =
        run->days == CCS_DAYS_INDEPENDENT ? (run->replications - 1) * ccs_run_step(run) : 0;
    return run->horizon + later;
}

/* Demand (model_arrivals.c): the streams, and whether they make sense. */
void ccs_model_plan_streams(struct compiler *c);
void ccs_model_check_demand(struct compiler *c, int type);
/* What tables and dates have to do with the time of the run (model_dates.c). */
void ccs_model_check_dates(struct compiler *c, int type);
void ccs_model_check_headcount(struct compiler *c, int team);
/* More contacts than can be simulated, none at all, far more than the staff can do
 * (model_size.c). */
void ccs_model_check_size(struct compiler *c);
/* Time and money that have no room (model_count.c); the same of those who wait where demand is
 * `load` times what the staff can do. */
void ccs_model_check_count(struct compiler *c);
void ccs_model_check_queue(struct compiler *c, const char *pointer, double contacts, double load);

/* Access (model_access.c): the terms by channel and type. */
void ccs_model_plan_access(struct compiler *c);
void ccs_model_check_type_access(struct compiler *c, int type);
void ccs_model_check_access(struct compiler *c, int channel);

/* Shared lines (line_group.c). */
void ccs_line_groups_plan(struct compiler *c);
void ccs_line_groups_check(struct compiler *c);

/* Routes (model_routes.c): lanes and who serves them, and whether somebody is there for first
 * contacts of a type on a channel. */
void ccs_model_plan_routes(struct compiler *c);
void ccs_model_check_staffed(struct compiler *c, int channel, int type);
void ccs_model_check_special(struct compiler *c); /* the same for back office and desk */
/* Somebody must be there at some time for what waits in the lane, who `what` it. */
void ccs_model_check_lane(struct compiler *c, uint16_t lane, const char *what);
/* The lane of those who have been passed on to the team; CCS_NO_LANE if it does not take them. */
uint16_t ccs_model_team_lane(struct compiler *c, int channel, int type, int team);

/* Transfers (transfer_rules.c): their lanes, and whether they make sense. */
void ccs_model_plan_transfers(struct compiler *c);
void ccs_model_check_transfers(struct compiler *c);

/* Staff (model_staff.c): after the routes. Largest headcount that a team ever has. */
void ccs_model_plan_staff(struct compiler *c);
void ccs_model_check_staff(struct compiler *c);

double ccs_model_most_agents(const struct ccs_team_config *team);

/* The largest and the smallest value that the table, or number, has; where it says nothing, 0 is
 * among them for the largest. */
double ccs_model_highest(const struct ccs_series *series);
double ccs_model_least(const struct ccs_series *series);
/* Terms that keep a team from serving what it is there for (model_terms.c). */
void ccs_model_check_terms(struct compiler *c);
/* Hours of channels and of those who serve them (model_hours.c). */
void ccs_model_check_hours(struct compiler *c);

/* Wages (model_wage.c). */
void ccs_model_check_wages(struct compiler *c);

#endif
