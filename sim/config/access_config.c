/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what can happen between the attempt and the agent: menus, balking, voicemail, redial. */
#include "config/access_config.h"

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
