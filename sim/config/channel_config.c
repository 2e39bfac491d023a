/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "channels" section: ways to reach the company. What happens there: contact.c. */
#include "config/channel_config.h"

static const char *const kind_choices[] = {"phone", "chat", "form", NULL};

static const char *const closing_choices[] = {"carry_over", "clear", "serve_out", NULL};

static const struct ccs_field channel_fields[] = {
    CCS_ROW(ENUM, struct ccs_channel_config, kind, .choices = kind_choices, .def = "\"phone\"",
            .help = "On phone and chat the customer waits (patience, abandonment); a form or email "
                    "waits alone."),
    CCS_ROW(REF, struct ccs_channel_config, calendar, .ref = "calendars", .def = "null",
            .help = "When the channel accepts contacts; left out: always. Outside these hours an "
                    "attempt fails and is retried after the next opening."),
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
