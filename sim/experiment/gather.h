/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gathering: from records back to arrays over replications, of which results are put together.
 * Durations are pooled in blocks, by the number of replications.
 */
#ifndef CCS_EXPERIMENT_GATHER_H
#define CCS_EXPERIMENT_GATHER_H

#include "experiment/assemble.h"
#include "experiment/record.h"

/* Replications with their records, in ascending order. */
struct ccs_record_list {
    const struct ccs_record *records; /* [n] */
    const uint64_t *numbers;          /* [n] which replication each is */
    size_t n;
};

/* Fills num, den and replications of the results and all of the assembly, whose arrays come from
 * the arena. CCS_ENOMEM; CCS_EDATA if a record is damaged: `message` says so in both cases. */
ccs_status ccs_gather(const struct ccs_record_shape *shape, const struct ccs_record_list *list,
                      struct ccs_arena *arena, struct ccs_results *results,
                      struct ccs_assembly *assembly, char *message, size_t message_size);

#endif
