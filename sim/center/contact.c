/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a contact: see contact.h. */
#include "center/contact.h"

#include "base/units.h"
#include "center/books.h"
#include "center/customer.h"
#include "center/issue.h"
#include "center/promise.h"
#include "center/team.h"
#include "center/timetable.h"

#include <math.h>

static const char *const kind_choices[] = {"phone", "chat", "form", NULL};

static const struct ccs_field channel_fields[] = {
    {.key = "kind",
     .type = CCS_FIELD_ENUM,
     .offset = offsetof(struct ccs_channel_config, kind),
     .choices = kind_choices,
     .def = "\"phone\"",
     .help = "On phone and chat the customer waits (patience, abandonment); a form or email waits "
             "alone."},
    {.key = "calendar",
     .type = CCS_FIELD_REF,
     .offset = offsetof(struct ccs_channel_config, calendar),
     .ref = "calendars",
     .def = "null",
     .help = "When the channel accepts contacts; left out: always. Outside these hours an attempt "
             "fails and is retried after the next opening."},
    {.key = "priority",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_channel_config, priority),
     .min = -100,
     .max = 100,
     .def = "0",
     .help = "Added to the issue type's priority; higher is served first, non-preemptively."},
    {.key = "lines",
     .type = CCS_FIELD_INT,
     .offset = offsetof(struct ccs_channel_config, lines),
     .min = 1,
     .max = 1000000,
     .unit = "contacts",
     .def = "null",
     .help = "Contacts that can be in the channel at once, waiting or served; the next one finds "
             "it busy. Left out: no limit."},
    {.key = "ivr",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_channel_config, ivr),
     .unit = "duration",
     .def = "\"0 s\"",
     .help = "Delay between the attempt and the queue (menus, announcements)."},
    {.key = "patience",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_channel_config, patience),
     .unit = "duration",
     .def = "null",
     .help = "How long a customer waits in one queue before abandoning, drawn once per issue; left "
             "out: forever."},
    {.key = "redial_probability",
     .type = CCS_FIELD_PROBABILITY,
     .offset = offsetof(struct ccs_channel_config, redial_probability),
     .max = 1,
     .def = "0",
     .help = "Probability of trying again after abandoning or a busy signal, at each attempt."},
    {.key = "redial_delay",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_channel_config, redial_delay),
     .unit = "duration",
     .def = "\"10 min\"",
     .source = "assumption",
     .help = "Time until the redial, at least 1 s."},
    {.key = "retry_delay",
     .type = CCS_FIELD_DIST,
     .offset = offsetof(struct ccs_channel_config, retry_delay),
     .unit = "duration",
     .def = "{\"dist\": \"exponential\", \"mean\": \"2 h\"}",
     .source = "assumption",
     .help = "Time between the next opening and the retry of an attempt that found the channel "
             "closed."},
    {.key = "service_level_threshold",
     .type = CCS_FIELD_DURATION,
     .offset = offsetof(struct ccs_channel_config, service_level_threshold),
     .def = "\"20 s\"",
     .source = "the customary 80/20 target",
     .help = "Service level = answered within this time / offered."},
    {.key = "telecom_cost_per_min",
     .type = CCS_FIELD_MONEY,
     .offset = offsetof(struct ccs_channel_config, telecom_cost_per_min),
     .max = 1e6,
     .unit = "currency per minute",
     .def = "0",
     .help = "Per minute connected, waiting included."},
};

const struct ccs_section ccs_channel_section = {
    .title = "channel",
    .help = "A way to reach the company.",
    .size = sizeof(struct ccs_channel_config),
    .field = channel_fields,
    .field_n = sizeof channel_fields / sizeof channel_fields[0],
};

#define REPEAT_WINDOW_MIN (7 * 24 * 60) /* apparent first-contact resolution */

static const struct ccs_channel_config *channel_of(const struct ccs_world *w, int channel)
{
    return CCS_MAP_AT(w->model->config->channels, struct ccs_channel_config, channel);
}

static bool is_live(const struct ccs_world *w, const struct ccs_contact *ct)
{
    return ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK
               ? w->model->channels[ct->channel].is_live
               : ct->kind == CCS_CONTACT_CALLBACK;
}

/* Does the contact count as access (offered, answered, abandoned)? */
static bool is_inbound(const struct ccs_contact *ct)
{
    return ct->kind == CCS_CONTACT_INBOUND || ct->kind == CCS_CONTACT_DESK;
}

/* Sums of the period in which t lies (t in the window). */
static struct ccs_access *access_at(struct ccs_world *w, ccs_time t, int channel)
{
    uint32_t period = (uint32_t)(t / w->model->config->run.period);
    struct ccs_access *access = w->measure.access.data;
    return &access[(size_t)period * w->model->channel_n + (size_t)channel];
}

static void free_contact(struct ccs_world *w, struct ccs_contact *ct)
{
    ct->phase = CCS_PHASE_FREE;
    ct->issue = w->free_contact;
    w->free_contact = ccs_contact_index(w, ct);
    w->measure.contacts_ended++;
}

static struct ccs_contact *create(struct ccs_world *w, struct ccs_issue *is,
                                  enum ccs_contact_kind kind, int tier)
{
    uint32_t i = w->free_contact;
    if (i != CCS_NONE) {
        w->free_contact = ccs_contact_at(w, i)->issue;
    } else {
        i = w->contacts.len++;
    }
    w->measure.contacts_born++;
    struct ccs_contact *ct = ccs_contact_at(w, i);
    *ct = (struct ccs_contact){
        .issue = ccs_issue_index(w, is),
        .timer = CCS_EVENT_NONE,
        .team = CCS_NO_TEAM,
        .holder = CCS_NO_TEAM,
        .kind = (uint8_t)kind,
        .phase = CCS_PHASE_ENTERING,
        .tier = (uint8_t)tier,
        .cause = is->cause,
        .channel = is->channel,
        .measured = w->in_window,
    };
    is->contact = i;
    return ct;
}

/* The lane a contact belongs to under the present model; CCS_NO_LANE if nobody takes it. */
static uint16_t lane_of(const struct ccs_world *w, const struct ccs_contact *ct,
                        const struct ccs_issue *is)
{
    const struct ccs_model *model = w->model;
    uint16_t lane = CCS_NO_LANE;
    switch ((enum ccs_contact_kind)ct->kind) {
    case CCS_CONTACT_INBOUND:
        lane = ccs_model_inbound_lane(model, ct->channel, is->type, ct->tier);
        break;
    case CCS_CONTACT_CALLBACK:
        lane = model->callback[is->type * CCS_TIER_MAX + ct->tier - 1];
        break;
    case CCS_CONTACT_WORK:
        lane = model->work[is->type];
        break;
    case CCS_CONTACT_DESK:
        lane = model->desk;
        break;
    }
    return lane;
}

static void lane_touch(struct ccs_world *w, struct ccs_lane *lane)
{
    lane->integral_us += (int64_t)lane->len * (w->now - lane->touched);
    lane->touched = w->now;
}

/* Appends to the contact's lane. Callers join in order of u.wait.order. */
static void link_waiting(struct ccs_world *w, struct ccs_contact *ct)
{
    struct ccs_lane *lane = ccs_lane_at(w, ct->lane);
    uint32_t self = ccs_contact_index(w, ct);
    lane_touch(w, lane);
    ct->u.wait.next = CCS_NONE;
    ct->u.wait.prev = lane->tail;
    if (lane->tail == CCS_NONE) {
        lane->head = self;
    } else {
        ccs_contact_at(w, lane->tail)->u.wait.next = self;
    }
    lane->tail = self;
    lane->len++;
}

void ccs_contact_unqueue(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_lane *lane = ccs_lane_at(w, ct->lane);
    lane_touch(w, lane);
    if (ct->u.wait.prev == CCS_NONE) {
        lane->head = ct->u.wait.next;
    } else {
        ccs_contact_at(w, ct->u.wait.prev)->u.wait.next = ct->u.wait.next;
    }
    if (ct->u.wait.next == CCS_NONE) {
        lane->tail = ct->u.wait.prev;
    } else {
        ccs_contact_at(w, ct->u.wait.next)->u.wait.prev = ct->u.wait.prev;
    }
    lane->len--;
    if (w->in_window) {
        w->measure.waited_us += w->now - (ct->u.wait.since > 0 ? ct->u.wait.since : 0);
    }
    ccs_world_cancel(w, &ct->timer);
}

static void book_telecom(struct ccs_world *w, const struct ccs_contact *ct,
                         const struct ccs_issue *is, ccs_time us)
{
    double per_us = w->model->channels[ct->channel].telecom_per_us;
    if (per_us > 0 && us > 0 && is_live(w, ct)) {
        ccs_books_cost(w, CCS_ACCOUNT_TELECOM,
                       ccs_books_key(w, is, -1, (enum ccs_cause)ct->cause),
                       ccs_round(per_us * (double)us));
    }
}

static ccs_time patience_of(struct ccs_world *w, const struct ccs_issue *is, int channel)
{
    const struct ccs_hooks *hooks = &w->model->hooks;
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_PATIENCE, -1);
    double patience_s = ccs_dist_draw(&channel_of(w, channel)->patience, &s);
    if (is->customer != CCS_NONE) {
        for (int i = 0; i < hooks->patience_n; i++) {
            patience_s *= hooks->patience[i].fn(hooks->patience[i].config, w, is);
        }
    }
    return ccs_time_from_s(patience_s);
}

/* Joins the lane, or goes straight to a free agent. */
static void enqueue(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    ct->lane = lane_of(w, ct, is);
    CCS_REQUIRE(ct->lane != CCS_NO_LANE);
    ct->phase = CCS_PHASE_WAITING;
    ct->u.wait.since = w->now;
    ct->u.wait.order = w->queue_order++;
    ct->u.wait.holder_from = w->now;
    const struct ccs_lane_plan *plan = &w->model->lanes[ct->lane];
    for (uint16_t i = 0; i < plan->team_n; i++) {
        const struct ccs_team *tm = ccs_team_at(w, plan->team[i]);
        if (tm->busy < tm->level) {
            ccs_contact_start(w, ccs_contact_index(w, ct), plan->team[i]);
            return;
        }
    }
    link_waiting(w, ct);
    if (is_inbound(ct) && w->model->channels[ct->channel].has_patience) {
        ct->timer = ccs_world_schedule(w, w->now + patience_of(w, is, ct->channel),
                                       CCS_EV_PATIENCE, ccs_contact_index(w, ct));
    }
}

/* Abandoned, or found all lines busy: redials or gives this attempt up. */
static void lose(struct ccs_world *w, struct ccs_issue *is)
{
    const struct ccs_channel_config *channel = channel_of(w, is->channel);
    if (channel->redial_probability > 0 &&
        ccs_issue_uniform(w, is, CCS_DRAW_REDIAL, 0) < channel->redial_probability) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_REDIAL_DELAY, 0);
        ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->redial_delay, &s));
        delay = delay > CCS_US_PER_S ? delay : CCS_US_PER_S;
        is->cause = CCS_CAUSE_ABANDONED_BEFORE < is->cause ? CCS_CAUSE_ABANDONED_BEFORE : is->cause;
        is->timer =
            ccs_world_schedule(w, w->now + delay, CCS_EV_ATTEMPT, ccs_issue_index(w, is));
        ccs_customer_moment(w, is, CCS_MOMENT_ABANDONED);
        return;
    }
    ccs_issue_fail(w, is, CCS_FAILURE_ABANDONED);
}

/* Apparent first-contact resolution: this attempt shows that an earlier contact did not do. */
static void note_attempt(struct ccs_world *w, const struct ccs_issue *is)
{
    if (is->customer == CCS_NONE) {
        return;
    }
    int32_t *last = &((int32_t *)w->last_contact
                          .data)[(size_t)is->customer * w->model->channel_n + is->channel];
    if (*last == INT32_MIN || *last % 2 == 0) {
        return;
    }
    int32_t minutes = (int32_t)(w->now / CCS_US_PER_MIN);
    if (minutes - (*last - 1) / 2 <= REPEAT_WINDOW_MIN) {
        w->measure.apparent--;
    }
    *last -= 1;
}

static void note_handled(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is)
{
    is->contacts++;
    bool first_of_cohort = is->contacts == 1 && (is->flags & CCS_ISSUE_COHORT);
    w->measure.first_contacts += first_of_cohort;
    w->measure.apparent += first_of_cohort;
    if (is->customer == CCS_NONE) {
        return;
    }
    struct ccs_customer *cu = ccs_customer_at(w, is->customer);
    cu->complained = 1;
    cu->handled = (uint16_t)(cu->handled + (cu->handled < UINT16_MAX));
    if (!is_inbound(ct)) {
        return; /* the company called: the customer's last contact remains what it was */
    }
    int32_t minutes = (int32_t)(w->now / CCS_US_PER_MIN);
    /* Only t >= 0 can carry the mark, so the parity of negative numbers does not matter. */
    ((int32_t *)w->last_contact.data)[(size_t)is->customer * w->model->channel_n + is->channel] =
        2 * minutes + (first_of_cohort ? 1 : 0);
}

void ccs_contact_attempt(struct ccs_world *w, uint32_t issue)
{
    struct ccs_issue *is = ccs_issue_at(w, issue);
    const struct ccs_config *config = w->model->config;
    const struct ccs_channel_config *channel = channel_of(w, is->channel);
    const struct ccs_channel_plan *plan = &w->model->channels[is->channel];
    is->timer = CCS_EVENT_NONE;
    if (channel->calendar >= 0) {
        ccs_time opening = ccs_calendar_next_open(
            CCS_MAP_AT(config->calendars, struct ccs_calendar_config, channel->calendar),
            config->run.start_day, w->now);
        if (opening > w->now) {
            w->measure.unreachable += w->in_window;
            is->attempts++;
            struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETRY_DELAY, 0);
            ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->retry_delay, &s));
            is->timer = ccs_world_schedule(w, opening + delay, CCS_EV_ATTEMPT, issue);
            return;
        }
    }
    is->attempts++;
    bool wants_out = (is->flags & CCS_ISSUE_WANTS_OUT) && w->model->desk != CCS_NO_LANE;
    int tier = wants_out ? 1 : ccs_model_first_tier(w->model, is->channel, is->type);
    if (tier == 0) { /* nobody takes this here (any more): there is nobody to ask */
        w->measure.unreachable += w->in_window;
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
        return;
    }
    uint32_t *used = &((uint32_t *)w->lines_used.data)[is->channel];
    if (*used >= plan->lines) {
        if (w->in_window) {
            access_at(w, w->now, is->channel)->blocked++;
        }
        lose(w, is);
        return;
    }
    (*used)++;
    note_attempt(w, is);
    if (is->contacts > 0) {
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REPEAT_CONTACT, 1.0);
    }
    struct ccs_contact *ct =
        create(w, is, wants_out ? CCS_CONTACT_DESK : CCS_CONTACT_INBOUND, tier);
    if (wants_out) {
        ct->cause = CCS_CAUSE_CANCELLATION;
    }
    if (w->in_window && is->contacts == 0 && w->model->hooks.anger_n) {
        double anger = w->model->hooks.anger[0].fn(w->model->hooks.anger[0].config, w, is);
        w->measure.opening_n++;
        w->measure.opening_anger += anger;
        w->measure.opening_angry += anger >= 1.0;
    }
    if (plan->has_ivr) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_IVR, 0);
        ccs_time delay = ccs_time_from_s(ccs_dist_draw(&channel->ivr, &s));
        ct->timer = ccs_world_schedule(w, w->now + delay, CCS_EV_QUEUE, is->contact);
        return;
    }
    if (ct->measured) {
        access_at(w, w->now, ct->channel)->offered++;
    }
    enqueue(w, ct, is);
}

void ccs_contact_queue_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    ct->timer = CCS_EVENT_NONE;
    ct->measured = w->in_window;
    if (ct->measured) {
        access_at(w, w->now, ct->channel)->offered++;
    }
    enqueue(w, ct, is);
}

void ccs_contact_open_callback(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    is->attempts++;
    struct ccs_contact *ct = create(w, is, CCS_CONTACT_CALLBACK, tier);
    if (w->model->outbound_channel >= 0) {
        ct->channel = (uint8_t)w->model->outbound_channel;
    }
    enqueue(w, ct, is);
}

void ccs_contact_open_work(struct ccs_world *w, struct ccs_issue *is)
{
    enqueue(w, create(w, is, CCS_CONTACT_WORK, 1), is);
}

/* Frees the agent who stayed on the line. */
static void release_holder(struct ccs_world *w, struct ccs_contact *ct)
{
    if (ct->holder != CCS_NO_TEAM) {
        ccs_books_leg(w, ct);
        uint16_t holder = ct->holder;
        ct->holder = CCS_NO_TEAM;
        ccs_team_release(w, holder);
    }
}

/* Adds time of an agent of `team` to all that counts it. `extra_us`: the part that anger and
 * retelling have added; all of it is failure demand if the cause is. */
static void count_time(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                       uint16_t team, enum ccs_account account, ccs_time us, ccs_time extra_us)
{
    is->handle_us += us;
    is->cost += ccs_round(w->model->teams[team].workload_per_us * (double)us);
    if (!w->in_window) {
        return;
    }
    struct ccs_team_sums *sums = &((struct ccs_team_sums *)w->measure.teams.data)[team];
    ccs_time failure_us = ccs_cause_is_failure((enum ccs_cause)ct->cause) ||
                                  ct->cause == CCS_CAUSE_CANCELLATION
                              ? us
                              : extra_us;
    sums->talk_us += account == CCS_ACCOUNT_LABOR_TALK ? us : 0;
    sums->hold_us += account == CCS_ACCOUNT_LABOR_HOLD ? us : 0;
    sums->wrap_us += account == CCS_ACCOUNT_LABOR_WRAP ? us : 0;
    sums->failure_us += failure_us;
    w->measure.handle_us += us;
    w->measure.failure_us += failure_us;
    ((int64_t *)w->measure.cause_us.data)[ct->cause] += us;
    access_at(w, w->now, ct->channel)->handle_us += us;
}

/* The agent who stays on the line is handling the contact too. */
static void count_holder(struct ccs_world *w, const struct ccs_contact *ct, struct ccs_issue *is,
                         ccs_time us)
{
    if (ct->holder != CCS_NO_TEAM && us > 0) {
        count_time(w, ct, is, ct->holder, CCS_ACCOUNT_LABOR_HOLD, us, 0);
    }
}

/* The first agent of this contact answers. */
static void count_answer(struct ccs_world *w, const struct ccs_contact *ct, ccs_time wait)
{
    if (!ct->measured || !is_inbound(ct)) {
        return;
    }
    struct ccs_access *access = access_at(w, ct->u.wait.since, ct->channel);
    access->answered++;
    access->waited += wait > 0;
    access->wait_us += wait;
    access->wait_answered_us += wait;
    access->in_target += wait <= channel_of(w, ct->channel)->service_level_threshold;
    access->over_2min += wait > 2 * CCS_US_PER_MIN;
    access->over_5min += wait > 5 * CCS_US_PER_MIN;
    ccs_histogram_add(w->measure.waits.data, wait);
}

/* How long the leg will take: talk (anger and retelling in `extra_us`), then hold. */
static ccs_time talk_us(struct ccs_world *w, struct ccs_issue *is, struct ccs_contact *ct,
                        ccs_time *extra_us)
{
    const struct ccs_hooks *hooks = &w->model->hooks;
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    *extra_us = 0;
    if (ct->kind == CCS_CONTACT_WORK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_WORK_CONTENT, -1);
        return ccs_time_from_s(ccs_dist_draw(&type->back_office->work, &s));
    }
    if (ct->kind == CCS_CONTACT_DESK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_RETENTION_TALK, 0);
        return ccs_time_from_s(ccs_dist_draw(&w->model->desk_talk, &s));
    }
    struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_TALK, -1);
    struct ccs_talk talk = {.stretch = 1.0};
    talk.base_us = 1e6 * ccs_dist_draw(&type->talk, &s) * w->model->teams[ct->team].talk_factor;
    if (ct->tier <= type->talk_factor_by_tier.n) {
        talk.base_us *= type->talk_factor_by_tier.v[ct->tier - 1];
    }
    if (is->customer != CCS_NONE) {
        ct->has_context = 1;
        bool has_past = is->legs > 0 && ct->kind == CCS_CONTACT_INBOUND;
        for (int i = 0; has_past && i < hooks->context_n; i++) {
            if (!hooks->context[i].fn(hooks->context[i].config, w, is, ct)) {
                ct->has_context = 0;
            }
        }
        for (int i = 0; i < hooks->talk_n; i++) {
            hooks->talk[i].fn(hooks->talk[i].config, w, is, ct, &talk);
        }
    }
    ccs_time base = ccs_round(talk.base_us);
    ccs_time all = ccs_round(talk.base_us * talk.stretch + talk.retell_us);
    *extra_us = all - base;
    if (w->in_window && all != base) {
        w->measure.stretch_us += ccs_round(talk.base_us * (talk.stretch - 1.0));
        w->measure.retell_us += ccs_round(talk.retell_us);
    }
    return all;
}

void ccs_contact_start(struct ccs_world *w, uint32_t contact, uint16_t team)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    ccs_time wait = w->now - ct->u.wait.since;
    bool live = is_live(w, ct);
    if (live && is_inbound(ct) && wait > 0) { /* nobody holds the line for a promised call */
        is->effort_us += wait;
        book_telecom(w, ct, is, wait);
        ccs_issue_experience(w, is, CCS_EXPERIENCE_WAIT, ccs_time_to_s(wait));
    }
    if (!ct->answered) {
        count_answer(w, ct, wait);
        ct->answered = 1;
        if (ct->kind != CCS_CONTACT_WORK) {
            note_handled(w, ct, is);
        }
        if (ct->kind == CCS_CONTACT_CALLBACK) {
            ccs_promise_keep(w, is);
        }
        if (w->in_window && ct->kind != CCS_CONTACT_WORK) {
            access_at(w, w->now, ct->channel)->handled++;
        }
    }
    uint16_t freed = CCS_NO_TEAM;
    if (ct->holder != CCS_NO_TEAM) { /* the warm hand-over is done, or the consultation begins */
        count_holder(w, ct, is, wait);
        ccs_books_leg(w, ct);
        if (!ct->consult) {
            freed = ct->holder;
            ct->holder = CCS_NO_TEAM;
        }
    }
    ccs_team_touch(w, team);
    ccs_team_at(w, team)->busy++;
    ct->team = team;
    ct->phase = CCS_PHASE_TALKING;
    ct->decided = 0;
    ct->blocked = 0;
    ct->checked = 0;
    if (w->in_window) {
        ((struct ccs_team_sums *)w->measure.teams.data)[team].legs++;
    }
    ccs_time extra;
    ccs_time talk = talk_us(w, is, ct, &extra);
    ccs_time hold = 0;
    if (ct->kind != CCS_CONTACT_WORK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_HOLD, ct->leg);
        hold = ccs_time_from_s(ccs_dist_draw(&type->hold, &s));
    }
    is->legs++;
    ct->u.leg.booked_from = w->now;
    ct->u.leg.talk_end = w->now + talk;
    ct->u.leg.hold_end = w->now + talk + hold;
    ct->u.leg.holder_from = w->now;
    count_time(w, ct, is, team, CCS_ACCOUNT_LABOR_TALK, talk, extra);
    if (hold > 0) {
        count_time(w, ct, is, team, CCS_ACCOUNT_LABOR_HOLD, hold, 0);
    }
    count_holder(w, ct, is, talk + hold);
    if (live) {
        is->effort_us += talk + hold;
        book_telecom(w, ct, is, talk + hold);
    }
    ct->timer = ccs_world_schedule(w, ct->u.leg.hold_end, CCS_EV_TALK_END, contact);
    if (freed != CCS_NO_TEAM) {
        ccs_team_release(w, freed);
    }
}

/* The customer is off the line (or was never on it). */
static void leave_channel(struct ccs_world *w, struct ccs_contact *ct)
{
    if (is_inbound(ct)) {
        ((uint32_t *)w->lines_used.data)[ct->channel]--;
    }
    ccs_issue_at(w, ct->issue)->contact = CCS_NONE;
}

bool ccs_contact_withdraw(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    if (ct->phase >= CCS_PHASE_TALKING || ct->kind == CCS_CONTACT_WORK) {
        return false;
    }
    w->measure.contacts_withdrawn += w->in_window;
    if (ct->phase == CCS_PHASE_WAITING) {
        ccs_contact_unqueue(w, contact);
        if (is_live(w, ct) && ct->kind != CCS_CONTACT_CALLBACK) {
            is->effort_us += w->now - ct->u.wait.since;
        }
        count_holder(w, ct, is, w->now - ct->u.wait.since);
        release_holder(w, ct);
    } else {
        ccs_world_cancel(w, &ct->timer);
    }
    leave_channel(w, ct);
    free_contact(w, ct);
    return true;
}

void ccs_contact_patience_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    ct->timer = CCS_EVENT_NONE;
    ccs_contact_unqueue(w, contact);
    ccs_time wait = w->now - ct->u.wait.since;
    if (ct->measured && !ct->answered) {
        struct ccs_access *access = access_at(w, ct->u.wait.since, ct->channel);
        access->abandoned++;
        access->waited += wait > 0;
        access->wait_us += wait;
        access->over_2min += wait > 2 * CCS_US_PER_MIN;
        access->over_5min += wait > 5 * CCS_US_PER_MIN;
    }
    is->effort_us += wait;
    book_telecom(w, ct, is, wait);
    ccs_issue_experience(w, is, CCS_EXPERIENCE_WAIT, ccs_time_to_s(wait));
    count_holder(w, ct, is, wait);
    release_holder(w, ct);
    leave_channel(w, ct);
    free_contact(w, ct);
    lose(w, is);
}

/* More minutes in the same leg: checking a claim, arguing. */
static void extend(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is, ccs_time us)
{
    ccs_books_leg(w, ct);
    ct->u.leg.talk_end = w->now + us;
    ct->u.leg.hold_end = w->now + us;
    count_time(w, ct, is, ct->team, CCS_ACCOUNT_LABOR_TALK, us, 0);
    count_holder(w, ct, is, us);
    if (is_live(w, ct)) {
        is->effort_us += us;
        book_telecom(w, ct, is, us);
    }
    ct->timer =
        ccs_world_schedule(w, w->now + us, CCS_EV_TALK_END, ccs_contact_index(w, ct));
}

static void see(struct ccs_world *w, const struct ccs_contact *ct, const struct ccs_issue *is,
                struct ccs_view *view)
{
    const struct ccs_model *model = w->model;
    const struct ccs_issue_type_config *type = ccs_type_of(w, is);
    const struct ccs_hooks *hooks = &model->hooks;
    int next = ccs_model_next_tier(model, ct->channel, is->type, ct->tier);
    *view = (struct ccs_view){
        .issue_type = is->type,
        .channel = ct->channel,
        .tier = ct->tier,
        .top_tier = next ? CCS_TIER_MAX : ct->tier,
        .needs_decision = type->needs == CCS_NEEDS_DECISION,
        .claimed = is->amount,
        .is_callback = ct->kind == CCS_CONTACT_CALLBACK,
        .history_known = ct->has_context,
        .tenure_years = ccs_customer_tenure_years(w, is),
        .next_tier_open = next && ccs_team_on_duty(w, ct->channel, is->type, next),
        .can_check = type->verification && !ct->checked,
        .u_discretion = ccs_issue_uniform(w, is, CCS_DRAW_DISCRETION, ct->leg),
        .u_instead = ccs_issue_uniform(w, is, CCS_DRAW_INSTEAD, ct->leg),
        .u_granted = ccs_issue_uniform(w, is, CCS_DRAW_SUPERVISOR_GRANTED, ct->leg),
    };
    if (view->history_known) {
        view->contacts_before = is->contacts - 1;
        view->refusals_before = is->refusals;
        view->promise_broken_before = (is->flags & CCS_ISSUE_BROKEN) != 0;
    }
    if (is->customer != CCS_NONE && hooks->sensed_anger_n) {
        view->sensed_anger =
            hooks->sensed_anger[0].fn(hooks->sensed_anger[0].config, w, is, ct);
    }
    if (ct->checked) {
        double u = ccs_uniform_at(w->key, is->key, CCS_DRAW_EVIDENCE, 0);
        bool supports = is->flags & CCS_ISSUE_JUSTIFIED ? u < type->verification->sensitivity
                                                        : u >= type->verification->specificity;
        view->evidence = supports ? CCS_EVIDENCE_SUPPORTS : CCS_EVIDENCE_CONTRADICTS;
    }
}

static bool demands_supervisor(struct ccs_world *w, const struct ccs_contact *ct,
                               const struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = &w->model->hooks;
    return is->customer != CCS_NONE && hooks->demands_n && is_live(w, ct) &&
           ccs_model_next_tier(w->model, ct->channel, is->type, ct->tier) &&
           hooks->demands[0].fn(hooks->demands[0].config, w, is, ct);
}

/* Asks the policy. False if that takes more minutes first; the leg's end comes again then. */
static bool decide(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_model *model = w->model;
    struct ccs_view view;
    struct ccs_decision decision = {.action = CCS_ACT_RESOLVE};
    see(w, ct, is, &view);
    model->policy->decide(model->policy_config, &view, &decision);
    if (decision.action == CCS_ACT_CHECK) {
        CCS_REQUIRE(view.can_check);
        ct->checked = 1;
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_EVIDENCE, 1 + ct->leg);
        extend(w, ct, is,
               ccs_time_from_s(ccs_dist_draw(&ccs_type_of(w, is)->verification->time, &s)));
        return false;
    }
    ccs_time argue = 0;
    if (decision.action == CCS_ACT_REFUSE && demands_supervisor(w, ct, is)) {
        view.asks_supervisor = true;
        model->policy->decide(model->policy_config, &view, &decision);
        ct->blocked = decision.action != CCS_ACT_ESCALATE;
        w->measure.supervisor_asked += w->in_window;
        w->measure.supervisor_granted += w->in_window && !ct->blocked;
        if (ct->blocked && model->hooks.argues_n) {
            argue = model->hooks.argues[0].fn(model->hooks.argues[0].config, w, is, ct);
        }
    }
    ct->decided = 1;
    ct->action = (uint8_t)decision.action;
    ct->transfer = decision.transfer;
    ct->concession = view.needs_decision ? decision.concession : 0;
    if (argue > 0) {
        extend(w, ct, is, argue);
        return false;
    }
    return true;
}

/* Talk and hold are over: the customer is off the line, the agent wraps up or is free. */
static void finish_leg(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    ccs_books_leg(w, ct);
    release_holder(w, ct);
    leave_channel(w, ct);
    ccs_time wrap = 0;
    if (ct->kind != CCS_CONTACT_WORK) {
        struct ccs_stream s = ccs_issue_stream(w, is, CCS_DRAW_WRAP, ct->leg);
        wrap = ccs_time_from_s(ccs_dist_draw(&ccs_type_of(w, is)->wrap, &s));
    }
    if (wrap > 0) {
        count_time(w, ct, is, ct->team, CCS_ACCOUNT_LABOR_WRAP, wrap, 0);
        struct ccs_ledger_key key = ccs_books_key(w, is, ct->team, (enum ccs_cause)ct->cause);
        ct->phase = CCS_PHASE_WRAPPING;
        ct->u.wrap.booked_from = w->now;
        ct->u.wrap.key = key;
        ct->timer = ccs_world_schedule(w, w->now + wrap, CCS_EV_WRAP_END,
                                       ccs_contact_index(w, ct));
        return;
    }
    uint16_t team = ct->team;
    free_contact(w, ct);
    ccs_team_release(w, team);
}

void ccs_contact_wrap_end_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    ccs_books_leg(w, ct);
    uint16_t team = ct->team;
    free_contact(w, ct);
    ccs_team_release(w, team);
}

/* Hands the contact to a higher tier. */
static void transfer(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is, int tier)
{
    is->transfers++;
    is->flags |= CCS_ISSUE_ESCALATED;
    ccs_issue_experience(w, is, CCS_EXPERIENCE_TRANSFER, 1.0);
    ccs_books_leg(w, ct);
    release_holder(w, ct);
    uint16_t team = ct->team;
    bool stays = ct->transfer != CCS_TRANSFER_COLD && is_live(w, ct);
    if (stays) {
        ct->holder = team;
        ct->consult = ct->transfer == CCS_TRANSFER_CONSULT;
    }
    ct->tier = (uint8_t)tier;
    ct->leg++;
    ct->cause = CCS_CAUSE_TRANSFER < ct->cause ? CCS_CAUSE_TRANSFER : ct->cause;
    if (ct->kind == CCS_CONTACT_CALLBACK) {
        /* From here on an ordinary contact of the channel; the company keeps the line. */
        ct->kind = CCS_CONTACT_INBOUND;
        ((uint32_t *)w->lines_used.data)[ct->channel]++;
    }
    enqueue(w, ct, is);
    if (!stays) {
        ccs_team_release(w, team);
    }
}

/* Promises a call by `tier`; without working promises it was a put-off. */
static void promise(struct ccs_world *w, struct ccs_issue *is, int tier)
{
    if (!ccs_promise_make(w, is, tier)) {
        ccs_issue_fail(w, is, CCS_FAILURE_PUT_OFF);
    }
}

static void apply(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = &w->model->hooks;
    enum ccs_action action = (enum ccs_action)ct->action;
    int tier = ct->tier;
    int next = ccs_model_next_tier(w->model, ct->channel, is->type, tier);
    ccs_money concession = ct->concession;
    bool blocked = ct->blocked;
    if (action == CCS_ACT_ESCALATE) {
        bool open = next && ccs_team_on_duty(w, ct->channel, is->type, next);
        if (open || (next && !is_live(w, ct))) {
            transfer(w, ct, is, next);
            return;
        }
        action = CCS_ACT_PROMISE; /* nobody up there now: they will call */
        tier = next ? next : tier;
    }
    finish_leg(w, ct, is);
    if (blocked) {
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REFUSAL, 1.0);
    }
    switch (action) {
    case CCS_ACT_RESOLVE: {
        ccs_time discovery = CCS_TIME_NEVER;
        if (is->customer != CCS_NONE && hooks->false_closure_n) {
            discovery =
                hooks->false_closure[0].fn(hooks->false_closure[0].config, w, is);
        }
        if (discovery == CCS_TIME_NEVER) {
            ccs_issue_settle(w, is, concession, tier);
            return;
        }
        is->flags |= CCS_ISSUE_FALSE;
        if (is->flags & CCS_ISSUE_COHORT) {
            ccs_issue_cohort(w, is)->false_closures++;
        }
        is->timer = ccs_world_schedule(w, w->now + discovery, CCS_EV_DISCOVER,
                                       ccs_issue_index(w, is));
        return;
    }
    case CCS_ACT_PROMISE:
        promise(w, is, tier);
        return;
    case CCS_ACT_REFUSE:
    case CCS_ACT_CHECK:
    case CCS_ACT_ESCALATE:
        is->refusals++;
        ccs_issue_experience(w, is, CCS_EXPERIENCE_REFUSAL, 1.0);
        ccs_issue_fail(w, is, CCS_FAILURE_REFUSED);
        return;
    }
}

/* The retention desk has talked to a customer who wants to cancel. */
static void end_desk(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    const struct ccs_hooks *hooks = &w->model->hooks;
    struct ccs_desk_result result = {0};
    hooks->desk[0].fn(hooks->desk[0].config, w, is, &result);
    finish_leg(w, ct, is);
    is->flags &= (uint16_t)~CCS_ISSUE_WANTS_OUT;
    uint16_t segment = is->segment;
    bool avoidable = (is->flags & CCS_ISSUE_JUSTIFIED) && (is->flags & CCS_ISSUE_FAILED);
    bool left = ccs_customer_cancel(w, is, result.leave_probability);
    if (w->in_window && segment < w->model->segment_n) {
        struct ccs_churn *churn = &((struct ccs_churn *)w->measure.churn.data)[segment];
        churn->desk_contacts++;
        churn->saves += !left;
        churn->avoidable_saves += !left && avoidable;
    }
    if (left) {
        return;
    }
    ccs_books_cost(w, CCS_ACCOUNT_RETENTION_OFFERS,
                   ccs_books_key(w, is, -1, CCS_CAUSE_CANCELLATION), result.offer);
    is->cost += result.offer;
    if (result.settles) {
        bool pays = ccs_type_of(w, is)->needs == CCS_NEEDS_DECISION;
        ccs_issue_settle(w, is, pays ? is->amount : 0, 0);
    } else {
        ccs_issue_fail(w, is, CCS_FAILURE_PUT_OFF);
    }
}

void ccs_contact_talk_end_event(struct ccs_world *w, uint32_t contact)
{
    struct ccs_contact *ct = ccs_contact_at(w, contact);
    struct ccs_issue *is = ccs_issue_at(w, ct->issue);
    ct->timer = CCS_EVENT_NONE;
    if (ct->kind == CCS_CONTACT_WORK || (is->flags & CCS_ISSUE_LEFT)) {
        bool gone = (is->flags & CCS_ISSUE_LEFT) != 0;
        finish_leg(w, ct, is);
        ccs_issue_end(w, is, gone ? CCS_END_LEFT : CCS_END_RESOLVED);
        return;
    }
    if (ct->kind == CCS_CONTACT_DESK) {
        end_desk(w, ct, is);
        return;
    }
    if (ct->decided || decide(w, ct, is)) {
        apply(w, ct, is);
    }
}

static int by_order(const void *a, const void *b, void *arg)
{
    const struct ccs_contact *contacts = arg;
    uint64_t x = contacts[*(const uint32_t *)a].u.wait.order;
    uint64_t y = contacts[*(const uint32_t *)b].u.wait.order;
    return (x > y) - (x < y);
}

/* The new policy has nobody for this contact. A promised call will fall due unkept. */
static void drop_unserved(struct ccs_world *w, struct ccs_contact *ct, struct ccs_issue *is)
{
    bool gives_up = ct->kind != CCS_CONTACT_CALLBACK;
    ct->phase = CCS_PHASE_ENTERING; /* in no lane */
    ccs_world_cancel(w, &ct->timer);
    release_holder(w, ct);
    leave_channel(w, ct);
    free_contact(w, ct);
    if (gives_up) {
        ccs_issue_end(w, is, CCS_END_GIVEN_UP);
    }
}

void ccs_contact_reroute_all(struct ccs_world *w)
{
    struct ccs_array waiting;
    ccs_array_init(&waiting, sizeof(uint32_t));
    w->status = ccs_array_reserve(&waiting, w->budget, w->contacts.len);
    if (w->status) {
        return;
    }
    uint32_t *index = waiting.data;
    for (uint32_t i = 0; i < w->contacts.len; i++) {
        if (ccs_contact_at(w, i)->phase == CCS_PHASE_WAITING) {
            index[waiting.len++] = i;
        }
    }
    if (waiting.len > 1) {
        qsort_r(index, waiting.len, sizeof *index, by_order, w->contacts.data);
    }
    for (uint32_t i = 0; i < waiting.len; i++) {
        struct ccs_contact *ct = ccs_contact_at(w, index[i]);
        struct ccs_issue *is = ccs_issue_at(w, ct->issue);
        int first = ccs_model_first_tier(w->model, ct->channel, is->type);
        if (ct->kind == CCS_CONTACT_INBOUND && first > 0 &&
            ccs_model_inbound_lane(w->model, ct->channel, is->type, ct->tier) == CCS_NO_LANE) {
            ct->tier = (uint8_t)first;
        }
        ct->lane = lane_of(w, ct, is);
        if (ct->lane == CCS_NO_LANE) {
            drop_unserved(w, ct, is);
        } else {
            link_waiting(w, ct);
        }
    }
    ccs_array_fini(&waiting, w->budget);
}
