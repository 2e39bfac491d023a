/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive simulator: between the attempt and the agent, see reference.h. */
#include "reference.h"

/* ---- queues ---- */

/* Do contacts of two types wait in one queue: same teams on the same terms, same priority? */
static bool is_same_queue(const struct reference *m, int channel, int a, int other, int b)
{
    bool same = ref_channel_of(m, channel)->priority + ref_type_of(m, a)->priority ==
                ref_channel_of(m, other)->priority + ref_type_of(m, b)->priority;
    for (int t = 0; t < m->team_n; t++) {
        bool takes = ref_takes(m, t, channel, a);
        same = same && takes == ref_takes(m, t, other, b) &&
               (!takes || ref_has_same_terms(m, t, a, b));
    }
    return same && ref_ranks_alike(m, a, b);
}

static bool is_served(const struct reference *m, int channel, int type)
{
    bool found = false;
    for (int t = 0; t < m->team_n; t++) {
        found = found || ref_takes(m, t, channel, type);
    }
    return found;
}

/* Would `call`, wherever it waits, be in the queue of this channel and type? */
static bool is_in_queue(const struct reference *m, const struct call *call, int channel, int type)
{
    bool same = ref_priority_of(m, call) ==
                ref_channel_of(m, channel)->priority + ref_type_of(m, type)->priority;
    for (int t = 0; t < m->team_n; t++) {
        bool takes = ref_takes(m, t, channel, type);
        same = same && ref_serves(m, t, call) == takes &&
               (!takes || ref_has_same_terms(m, t, call->queue_type, type));
    }
    return same && ref_ranks_alike(m, call->queue_type, type);
}

void ref_note_departure(struct reference *m, const struct call *call, ccs_time wait)
{
    if (call->is_callback) {
        return;
    }
    if (m->departure_n == m->departure_cap) {
        m->departure_cap = 2 * m->departure_cap + 64;
        m->departures = realloc(m->departures, m->departure_cap * sizeof *m->departures);
        ck_assert_ptr_nonnull(m->departures);
    }
    m->departures[m->departure_n++] = (struct departure){call->channel, call->queue_type, wait};
}

/* ---- menus ---- */

ccs_time ref_enter(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = ref_channel_of(m, call->channel);
    const struct ccs_menus_config *menus = channel->menus;
    ccs_time delay = ref_duration(m, call, &channel->ivr, CCS_DRAW_IVR, 0);
    for (uint32_t k = 0; menus && k < menus->depth && !call->hangs_up; k++) {
        delay += ref_duration(m, call, &menus->time, CCS_DRAW_MENU, k);
        call->hangs_up = ref_uniform(m, call, CCS_DRAW_HANG_UP, k) < menus->hang_up_probability;
    }
    if (!menus || call->hangs_up ||
        ref_uniform(m, call, CCS_DRAW_MISROUTE, 0) >= menus->misroute_probability) {
        return delay;
    }
    int other[MAX_TYPES];
    int n = 0;
    for (int y = 0; y < m->type_n; y++) {
        if (is_served(m, call->channel, y) &&
            !is_same_queue(m, call->channel, call->type, call->channel, y)) {
            other[n++] = y;
        }
    }
    if (n > 0) {
        call->queue_type = other[(int)(ref_uniform(m, call, CCS_DRAW_MISROUTE_TO, 0) * n)];
    }
    return delay;
}

/* ---- no agent is free ---- */

static ccs_time last_wait(const struct reference *m, const struct call *call)
{
    ccs_time wait = 0;
    for (size_t i = 0; i < m->departure_n; i++) {
        const struct departure *d = &m->departures[i];
        if (is_same_queue(m, d->channel, d->type, call->channel, call->queue_type)) {
            wait = d->wait;
        }
    }
    return wait;
}

static ccs_time work_before(const struct reference *m, const struct call *call)
{
    const struct ccs_issue_type_config *type = ref_type_of(m, call->type);
    int agents = 0;
    int waiting = 0;
    for (int t = 0; t < m->team_n; t++) {
        agents += ref_serves(m, t, call) ? ref_level_of(m, t) : 0;
    }
    for (size_t i = 0; i < m->call_n; i++) {
        waiting += m->calls[i].state == WAITING && &m->calls[i] != call &&
                   is_in_queue(m, &m->calls[i], call->channel, call->queue_type);
    }
    double handle_s =
        ccs_dist_mean(&type->talk) + ccs_dist_mean(&type->hold) + ccs_dist_mean(&type->wrap);
    return agents ? ccs_time_from_s(handle_s * (waiting + 1) / agents) : CCS_TIME_NEVER;
}

static bool balks(const struct reference *m, const struct call *call)
{
    const struct ccs_balking_config *b = ref_channel_of(m, call->channel)->balking;
    if (!b || !ref_is_live(m, call->channel) ||
        ccs_uniform_at(m->world_key, call->key, CCS_DRAW_BALKS, 0) >= b->probability) {
        return false;
    }
    struct ccs_stream s = ref_draw(m, call, CCS_DRAW_TOLERANCE, false);
    ccs_time tolerance = ccs_time_from_s(ccs_dist_draw(&b->tolerance, &s));
    ccs_time expected =
        b->estimate == CCS_ESTIMATE_LAST_WAIT ? last_wait(m, call) : work_before(m, call);
    return expected > tolerance;
}

bool ref_turns_away(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    int64_t limit = ref_channel_of(m, call->channel)->queue_limit;
    int64_t waiting = 0;
    if (call->is_callback || call->is_answered) {
        return false;
    }
    for (size_t i = 0; i < m->call_n; i++) {
        const struct call *x = &m->calls[i];
        waiting +=
            x != call && x->state == WAITING && !x->is_callback && x->channel == call->channel;
    }
    bool is_full = limit != INT64_MIN && waiting >= limit;
    if (!is_full && !balks(m, call)) {
        return false;
    }
    if (call->is_offered) {
        struct ccs_access *a = ref_access_of(m, m->now, call->channel);
        if (is_full) {
            a->offered--;
            a->misrouted -= call->queue_type != call->type;
        }
        a->queue_full += is_full;
        a->balked += !is_full;
    }
    m->in_channel[call->channel]--;
    ref_lose(m, c, is_full ? CCS_LOSS_BUSY : CCS_LOSS_BALKED);
    return true;
}

ccs_time ref_longest_wait(const struct reference *m, const struct call *call)
{
    const struct ccs_voicemail_config *voicemail = ref_channel_of(m, call->channel)->voicemail;
    bool may =
        voicemail && !call->is_callback && !call->is_answered && ref_is_live(m, call->channel);
    return may ? voicemail->after : CCS_TIME_NEVER;
}

/* ---- what comes next ---- */

void ref_leave_message(struct reference *m, int c)
{
    struct call *call = &m->calls[c];
    if (!ref_channel_of(m, call->channel)->voicemail->called_back) {
        ref_lose(m, c, CCS_LOSS_VOICEMAIL);
        return;
    }
    call->tier = CCS_TIER_MAX + 1; /* who would have answered calls back */
    for (int t = 0; t < m->team_n; t++) {
        if (ref_takes(m, t, call->channel, call->type)) {
            call->tier = (int)ref_team_of(m, t)->tier;
        }
    }
    call->attempts++;
    for (int k = m->channel_n - 1; k >= 0; k--) { /* by phone */
        bool is_phone = ref_channel_of(m, k)->kind == CCS_CHANNEL_PHONE;
        call->channel = is_phone ? k : call->channel;
    }
    call->is_callback = true;
    call->stays = false;
    call->queue_type = call->type;
    call->is_offered = false;
    ref_join(m, c);
}

static double probability(const struct ccs_channel_config *channel, const struct call *call,
                          enum ccs_loss loss)
{
    if (!channel->redial || channel->redial->after[loss].n == 0) {
        return channel->redial_probability;
    }
    const struct ccs_real_list *list = &channel->redial->after[loss];
    return list->v[call->attempts < list->n ? call->attempts - 1 : list->n - 1];
}

static int next_channel(const struct reference *m, const struct call *call)
{
    const struct ccs_redial_config *redial = ref_channel_of(m, call->channel)->redial;
    double weight[MAX_CHANNELS] = {0};
    double all = 0;
    for (int c = 0; redial && c < m->channel_n && redial->channel_mix.n > 0; c++) {
        weight[c] = is_served(m, c, call->type) ? redial->channel_mix.v[c] : 0;
        all += weight[c];
    }
    double left = all * ref_uniform(m, call, CCS_DRAW_REDIAL_CHANNEL, 0);
    int chosen = call->channel;
    for (int c = 0; c < m->channel_n && all > 0 && left >= 0; c++) {
        chosen = weight[c] > 0 ? c : chosen;
        left -= weight[c];
    }
    return chosen;
}

void ref_lose(struct reference *m, int c, enum ccs_loss loss)
{
    struct call *call = &m->calls[c];
    const struct ccs_channel_config *channel = ref_channel_of(m, call->channel);
    call->state = AWAY;
    if (ref_uniform(m, call, CCS_DRAW_REDIAL, 0) >= probability(channel, call, loss)) {
        ref_end(m, call, false);
        return;
    }
    ccs_time delay = ref_duration(m, call, &channel->redial_delay, CCS_DRAW_REDIAL_DELAY, 0);
    call->channel = next_channel(m, call);
    ref_schedule(m, m->now + (delay > CCS_US_PER_S ? delay : CCS_US_PER_S), ATTEMPT, c);
}
