/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring of waits: see wait_memory.h. */
#include "world/queue/wait_memory.h"

static ccs_time *ring(struct ccs_world *w, uint16_t queue)
{
    return (ccs_time *)w->past_waits.data + (size_t)queue * w->model->wait_window;
}

void ccs_wait_memory_add(struct ccs_world *w, uint16_t queue, ccs_time wait)
{
    struct ccs_queue *ln = ccs_queue_at(w, queue);
    ring(w, queue)[ln->past_n++ % w->model->wait_window] = wait;
}

void ccs_wait_memory_keep(struct ccs_world *w, uint16_t to, const struct ccs_queue *from,
                          const ccs_time *past, uint32_t past_window)
{
    struct ccs_queue *queue = ccs_queue_at(w, to);
    queue->last_wait = from->last_wait;
    if (w->model->wait_window == 0 || from->last_wait == CCS_TIME_NEVER) {
        return;
    }
    if (past_window == 0) { /* the past model remembered the last wait only */
        ccs_wait_memory_add(w, to, from->last_wait);
        return;
    }
    uint64_t n = from->past_n < past_window ? from->past_n : past_window;
    for (uint64_t k = from->past_n - n; k < from->past_n; k++) {
        ccs_wait_memory_add(w, to, past[k % past_window]);
    }
}

ccs_time ccs_wait_memory_mean(struct ccs_world *w, uint16_t queue, int64_t window)
{
    const struct ccs_queue *ln = ccs_queue_at(w, queue);
    const ccs_time *waits = ring(w, queue);
    uint64_t n = ln->past_n < (uint64_t)window ? ln->past_n : (uint64_t)window;
    ccs_time sum = 0;
    for (uint64_t k = ln->past_n - n; k < ln->past_n; k++) {
        sum += waits[k % w->model->wait_window];
    }
    return n > 0 ? sum / (ccs_time)n : CCS_TIME_NEVER;
}
