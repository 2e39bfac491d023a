/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "channels" section, and of what a channel may have: menus, balking, voicemail,
 * redial. */
#include "config/channel_config.h"

/* ---- before an agent answers ---- */

static const struct ccs_field menus_fields[] = {
    CCS_ROW(INT, struct ccs_menus_config, depth, .min = 1, .max = 50, .unit = "menus", .def = "1",
            .help = "Menus one after the other."),
    CCS_ROW(DIST, struct ccs_menus_config, time, .unit = "duration", .def = "\"20 s\"",
            .source = "assumption", .help = "Time in one menu."),
    CCS_ROW(PROBABILITY, struct ccs_menus_config, hang_up_probability, .max = 1, .def = "0",
            .help = "Probability of hanging up at the end of each menu."),
    CCS_ROW(PROBABILITY, struct ccs_menus_config, misroute_probability, .max = 1, .def = "0",
            .help = "Probability of ending in the queue of another issue type, any that other "
                    "teams or priorities serve on this channel being equally likely. The agent "
                    "finds out and passes the contact on."),
    CCS_ROW(DIST, struct ccs_menus_config, found_out_after, .unit = "duration", .def = "\"60 s\"",
            .source = "assumption",
            .help = "Talk until the agent has found out that the contact is in the wrong place."),
};

const struct ccs_section ccs_menus_section = {
    .title = "menus",
    .help = "A phone tree before the queue.",
    .size = sizeof(struct ccs_menus_config),
    CCS_ROWS(menus_fields),
};

static const char *const estimates[] = {"last_wait", "queue_length", "mean_of_last", NULL};

static const struct ccs_field balking_fields[] = {
    CCS_ROW(DIST, struct ccs_balking_config, tolerance, .unit = "duration",
            .help = "The longest expected wait a customer puts up with, drawn once per issue: "
                    "whoever expects more does not join. Exponential: probability 1 - exp(-wait / "
                    "mean); constant: a threshold; empirical: a table."),
    CCS_ROW(
        ENUM, struct ccs_balking_config, estimate, .choices = estimates, .def = "\"last_wait\"",
        .help =
            "What the customer expects or is told: the wait of the last contact that left this "
            "queue for an agent, the mean of the last ones (`window`), or (number waiting + 1) x "
            "mean talk, hold and wrap / agents on duty. Only asked for when no agent is free."),
    CCS_ROW(INT, struct ccs_balking_config, window, .min = 1, .max = 1000, .unit = "contacts",
            .def = "10", .source = "assumption",
            .help = "`mean_of_last`: of how many waits, those of the contacts that left this queue "
                    "for an agent last; of all there are while there are fewer."),
    CCS_ROW(DURATION, struct ccs_balking_config, initial, .min = 0, .max = 864000, .def = "\"0 s\"",
            .help = "What is expected until a contact has left this queue for an agent "
                    "(`last_wait`, `mean_of_last`)."),
    CCS_ROW(PROBABILITY, struct ccs_balking_config, probability, .max = 1, .def = "1",
            .help = "Share of customers who act on it at all."),
};

const struct ccs_section ccs_balking_section = {
    .title = "balking",
    .help = "Turning away from an expected wait.",
    .size = sizeof(struct ccs_balking_config),
    CCS_ROWS(balking_fields),
};

static const struct ccs_field voicemail_fields[] = {
    CCS_ROW(DURATION, struct ccs_voicemail_config, after, .min = 0.001, .max = 86400,
            .help = "Longest wait in the queue; then the call is ended into voicemail."),
    CCS_ROW(BOOL, struct ccs_voicemail_config, called_back, .def = "true",
            .help = "The message becomes a call to be made, in the queue of promised calls. false: "
                    "it is lost, and the customer redials or not."),
};

const struct ccs_section ccs_voicemail_section = {
    .title = "voicemail",
    .help = "A limit on waiting: a message instead.",
    .size = sizeof(struct ccs_voicemail_config),
    CCS_ROWS(voicemail_fields),
};

#define AFTER(name, loss, what)                                                                    \
    CCS_ROW_AS("after_" name, REAL_LIST, struct ccs_redial_config, after[loss], .max = 1,          \
               .def = "[]",                                                                        \
               .help = "Probability of trying again after " what                                   \
                       ", by number of the attempt; the last one holds for all further. Empty: "   \
                       "`redial_probability`.")

static const struct ccs_field redial_fields[] = {
    AFTER("abandonment", CCS_LOSS_ABANDONED, "abandoning the queue"),
    AFTER("busy", CCS_LOSS_BUSY, "a busy signal"),
    AFTER("balking", CCS_LOSS_BALKED, "balking"),
    AFTER("hang_up", CCS_LOSS_HUNG_UP, "hanging up in a menu"),
    AFTER("voicemail", CCS_LOSS_VOICEMAIL, "a message that nobody answers"),
    CCS_ROW(REAL_MAP, struct ccs_redial_config, channel_mix, .max = 1e9, .unit = "weight",
            .ref = "channels", .def = "0",
            .help = "Weights of the channel of the next attempt, among those that serve the issue "
                    "type; left out: the same channel again."),
};

const struct ccs_section ccs_redial_section = {
    .title = "redial",
    .help = "Trying again when an attempt came to nothing.",
    .size = sizeof(struct ccs_redial_config),
    CCS_ROWS(redial_fields),
};

/* ---- channels ---- */

static const char *const kind_choices[] = {"phone", "chat", "form", NULL};

static const char *const closing_choices[] = {"carry_over", "clear", "serve_out", NULL};

static const struct ccs_field channel_fields[] = {
    CCS_ROW(ENUM, struct ccs_channel_config, kind, .choices = kind_choices, .def = "\"phone\"",
            .help = "On phone and chat the customer waits (patience, abandonment); a form or email "
                    "waits alone."),
    CCS_ROW(REF, struct ccs_channel_config, calendar, .ref = "calendars", .def = "null",
            .help = "When the channel accepts contacts; left out: always. Outside these hours an "
                    "attempt fails and is retried after the next opening (`retry_probability`)."),
    CCS_ROW(INT, struct ccs_channel_config, priority, .min = -100, .max = 100, .def = "0",
            .help =
                "Added to the issue type's priority; higher is served first, non-preemptively."),
    CCS_ROW(INT, struct ccs_channel_config, lines, .min = 1, .max = 1000000, .unit = "contacts",
            .def = "null",
            .help = "Contacts that can be in the channel at once, waiting or served; the next one "
                    "finds it busy. Left out: no limit."),
    CCS_ROW(INT, struct ccs_channel_config, queue_limit, .min = 0, .max = 1000000,
            .unit = "contacts", .def = "null",
            .help = "Waiting places of the channel: who would have to wait and finds as many "
                    "waiting gets a busy signal. Left out: no limit but `lines`."),
    CCS_ROW(REAL, struct ccs_channel_config, queue_limit_per_agent, .min = 0, .max = 1e6,
            .unit = "contacts per agent", .def = "null",
            .help =
                "Waiting places of the channel for each agent on duty who can serve the contact, "
                "together rounded down: a limit that follows the staff (nobody on duty: no place). "
                "With `queue_limit` the smaller one holds. Left out: no such limit."),
    CCS_ROW_OPTIONAL(struct ccs_channel_config, menus, .section = &ccs_menus_section,
                     .help = "Menus to go through before the queue, after `ivr`."),
    CCS_ROW_OPTIONAL(
        struct ccs_channel_config, balking, .section = &ccs_balking_section,
        .help =
            "Turning away at once from a long expected wait. An issue type's own goes before it."),
    CCS_ROW_OPTIONAL(struct ccs_channel_config, voicemail, .section = &ccs_voicemail_section,
                     .help = "Nobody waits longer than this: the call ends in a message."),
    CCS_ROW(DIST, struct ccs_channel_config, ivr, .unit = "duration", .def = "\"0 s\"",
            .help = "Delay between the attempt and the queue (menus, announcements)."),
    CCS_ROW(DIST, struct ccs_channel_config, patience, .unit = "duration", .def = "null",
            .help = "How long a customer waits in one queue before abandoning, drawn once per "
                    "issue; left out: forever. An issue type's own goes before it."),
    CCS_ROW(PROBABILITY, struct ccs_channel_config, redial_probability, .max = 1, .def = "0",
            .help = "Probability of trying again after abandoning or a busy signal, at each "
                    "attempt. An issue type's own goes before it."),
    CCS_ROW_OPTIONAL(struct ccs_channel_config, redial, .section = &ccs_redial_section,
                     .help = "Redialling by reason and number of the attempt, and on another "
                             "channel. An issue type's own goes before it."),
    CCS_ROW(DIST, struct ccs_channel_config, redial_delay, .unit = "duration", .def = "\"10 min\"",
            .source = "assumption", .help = "Time until the redial, at least 1 s."),
    CCS_ROW(PROBABILITY, struct ccs_channel_config, retry_probability, .max = 1, .def = "1",
            .source = "assumption",
            .help = "Probability that a customer who finds the channel closed tries again after "
                    "the next opening, at each attempt. The others react as after abandoning."),
    CCS_ROW(DIST, struct ccs_channel_config, retry_delay, .unit = "duration",
            .def = "{\"dist\": \"exponential\", \"mean\": \"2 h\"}", .source = "assumption",
            .help = "Time between the next opening and the retry of an attempt that found the "
                    "channel closed."),
    CCS_ROW(DURATION, struct ccs_channel_config, service_level_threshold, .def = "\"20 s\"",
            .source = "the customary 80/20 target",
            .help = "Service level = answered within this time / offered. An issue type's own goes "
                    "before it."),
    CCS_ROW(MONEY, struct ccs_channel_config, telecom_cost_per_min, .max = 1e6,
            .unit = "currency per minute", .def = "0",
            .help = "Per minute connected, waiting included."),
    CCS_ROW(ENUM, struct ccs_channel_config, at_closing, .choices = closing_choices,
            .def = "\"carry_over\"",
            .help = "What becomes of contacts that wait, or are in the IVR, when the hours of the "
                    "last team that could serve them end: they stay in the queue; are disconnected "
                    "(the customer reacts as after abandoning); or are still served, in overtime "
                    "of those on duty."),
};

const struct ccs_section ccs_channel_section = {
    .title = "channel",
    .help = "A way to reach the company.",
    .size = sizeof(struct ccs_channel_config),
    CCS_ROWS(channel_fields),
};
