/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `ccsim check` found, the difference from a baseline and the expectations, in three forms:
 * text for people, JSON for programs, JUnit XML for CI services. All show the same.
 */
#ifndef CCS_REPORT_CHECK_H
#define CCS_REPORT_CHECK_H

#include "experiment/expect.h"
#include "gate/regression.h"
#include "report/report.h"

struct ccs_check {
    const struct ccs_scenario *scenario;
    uint64_t seed;
    size_t replications;
    const char *baseline;                    /* file; NULL: none was given */
    const struct ccs_regression *regression; /* NULL without a baseline */
    const struct ccs_expect_report *expect;
    bool with_all; /* a line for every metric, not only for those that moved */
    bool is_ok;
};

ccs_status ccs_report_check_text(const struct ccs_check *check,
                                 const struct ccs_report_text_options *options,
                                 struct ccs_report *report);
ccs_status ccs_report_check_json(const struct ccs_check *check, struct ccs_report *report);

/* JUnit XML: one test case per metric and policy, and one per fact that fails the check. */
ccs_status ccs_report_check_junit(const struct ccs_check *check, struct ccs_report *report);

#endif
