/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of net value: see net_value.h. */
#include "books/net_value.h"

#include <string.h>

#include <math.h>

static const char *const lost_names[CCS_MOMENT_NONE] = {
    [CCS_MOMENT_CANCELLATION] = "lost_cancellation",
    [CCS_MOMENT_GIVEN_UP] = "lost_given_up",
    [CCS_MOMENT_PROMISE_BROKEN] = "lost_promise_broken",
    [CCS_MOMENT_ISSUE_ENDED] = "lost_issue_ended",
    [CCS_MOMENT_FAILED_CONTACT] = "lost_failed_contact",
    [CCS_MOMENT_ABANDONED] = "lost_abandoned",
    [CCS_MOMENT_SILENT_ISSUE] = "lost_silent_issue",
    [CCS_MOMENT_RIGHTLY_REFUSED] = "lost_rightly_refused",
};

/* X(constant, name): labor by root cause, and what is told apart from it. */
#define LABOR_LINES(X)                                                                             \
    X(RETELLING, "labor_retelling")                                                                \
    X(ANGER, "labor_anger")                                                                        \
    X(ARGUING, "labor_arguing")                                                                    \
    X(CHECKING, "labor_checking")                                                                  \
    X(STAFFED, "labor_staffed")

static const char *const labor_by_cause[CCS_CAUSE_COUNT] = {
#define X(constant, name) "labor_" name,
    CCS_CAUSES(X)
#undef X
};

static bool is_window_labor(enum ccs_account account)
{
    return account == CCS_ACCOUNT_LABOR_TALK || account == CCS_ACCOUNT_LABOR_HOLD ||
           account == CCS_ACCOUNT_LABOR_WRAP || account == CCS_ACCOUNT_LABOR_IDLE ||
           account == CCS_ACCOUNT_LABOR_PREMIUM;
}

const char *ccs_line_name(enum ccs_line line)
{
    if (line < CCS_LINE_PAID) {
        return lost_names[line];
    }
    if (line < CCS_LINE_LABOR) {
        enum ccs_account account = (enum ccs_account)(line - CCS_LINE_PAID);
        bool has_line = ccs_account_is_cost(account) && !is_window_labor(account);
        return has_line ? ccs_account_name(account) : NULL;
    }
    if (line < CCS_LINE_RETELLING) {
        enum ccs_cause cause = (enum ccs_cause)(line - CCS_LINE_LABOR);
        return cause == CCS_CAUSE_CAPACITY ? NULL : labor_by_cause[cause];
    }
    switch (line) {
#define X(constant, name)                                                                          \
    case CCS_LINE_##constant:                                                                      \
        return name;
        LABOR_LINES(X)
#undef X
    default:
        return NULL;
    }
}

const char *ccs_line_group(enum ccs_line line, const char **part)
{
    const char *name = ccs_line_name(line);
    bool is_single = line >= CCS_LINE_PAID && line < CCS_LINE_LABOR;
    *part = is_single ? name : strchr(name, '_') + 1;
    return is_single ? NULL : line < CCS_LINE_PAID ? "customers lost" : "labor";
}

bool ccs_line_is_in(enum ccs_line line, enum ccs_labor_view view)
{
    if (!ccs_line_name(line)) {
        return false;
    }
    return line < CCS_LINE_LABOR || (line == CCS_LINE_STAFFED) == (view == CCS_LABOR_STAFFED);
}

void ccs_net_value_add(struct ccs_net_value *net, ccs_money *to, ccs_money amount)
{
    net->has_overflowed = __builtin_add_overflow(*to, amount, to) || net->has_overflowed;
}

/* Wraps around where there is no room, which is no fault of the sum: see ccs_net_value_fits. */
ccs_money ccs_net_value_sum(const struct ccs_net_value *net, enum ccs_labor_view view)
{
    ccs_money sum = 0;
    for (int i = 0; i < CCS_LINE_COUNT; i++) {
        ccs_money own = ccs_line_is_in((enum ccs_line)i, view) ? net->line[i] : 0;
        (void)__builtin_add_overflow(sum, own, &sum);
    }
    return sum;
}

bool ccs_net_value_fits(const struct ccs_net_value *net)
{
    double all = 0.0;
    for (int i = 0; i < CCS_LINE_COUNT; i++) {
        all += fabs((double)net->line[i]);
    }
    return !net->has_overflowed && all < CCS_NET_VALUE_ROOM;
}
