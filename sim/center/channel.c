/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the "channels" section: ways to reach the company. What happens there: contact.c. */
#include "center/config.h"

static const char *const kind_choices[] = {"phone", "chat", "form", NULL};

static const char *const closing_choices[] = {"carry_over", "clear", "serve_out", NULL};

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
    {.key = "at_closing",
     .type = CCS_FIELD_ENUM,
     .offset = offsetof(struct ccs_channel_config, at_closing),
     .choices = closing_choices,
     .def = "\"carry_over\"",
     .help = "What becomes of contacts that wait, or are in the IVR, when the hours of the last "
             "team that could serve them end: they stay in the queue; are disconnected (the "
             "customer reacts as after abandoning); or are still served, in overtime of those on "
             "duty."},
};

const struct ccs_section ccs_channel_section = {
    .title = "channel",
    .help = "A way to reach the company.",
    .size = sizeof(struct ccs_channel_config),
    .field = channel_fields,
    .field_n = sizeof channel_fields / sizeof channel_fields[0],
};
