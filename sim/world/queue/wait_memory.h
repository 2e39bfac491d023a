/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a queue remembers of the waits of contacts that went to an agent: the last wait and, where
 * customers balk at the mean of several, a ring of waits for each queue.
 *
 * Invariant: the k-th wait that a queue has remembered (from 0) is at k modulo model.wait_window of
 * its ring; of past_n of them the last wait_window are there.
 */
#ifndef CCS_WORLD_QUEUE_WAIT_MEMORY_H
#define CCS_WORLD_QUEUE_WAIT_MEMORY_H

#include "world/world.h"

/* Notes the wait of a contact that goes from its queue to an agent in the ring of the queue
 * (world.past_waits, model.wait_window waits each). Only if the window is above 0. */
void ccs_wait_memory_add(struct ccs_world *w, uint16_t queue, ccs_time wait);

/* The mean of the last waits, at most `window` of them, rounded down; CCS_TIME_NEVER: none yet. */
ccs_time ccs_wait_memory_mean(struct ccs_world *w, uint16_t queue, int64_t window);

/* Queue `to` takes over what a queue of the past model remembers, at most `past_window` waits. */
void ccs_wait_memory_keep(struct ccs_world *w, uint16_t to, const struct ccs_queue *from,
                          const ccs_time *past, uint32_t past_window);

/* A contact has gone to an agent after `wait`. */
static inline void ccs_wait_memory_note(struct ccs_world *w, uint16_t queue, ccs_time wait)
{
    ccs_queue_at(w, queue)->last_wait = wait;
    if (w->model->wait_window > 0) {
        ccs_wait_memory_add(w, queue, wait);
    }
}

#endif
