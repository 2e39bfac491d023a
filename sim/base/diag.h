/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diagnostics, inside: the table of codes and how a layer reports one.
 * Each code has a broken file scenarios/bad/<code>-*.json that a test runs.
 */
#ifndef CCS_BASE_DIAG_H
#define CCS_BASE_DIAG_H

#include <ccsim/diagnostic.h>

/* Every code, in the order of the texts in diag_texts.inc.
 *
 * A code is never renumbered nor reused. The layer that reports it: E1xx format/document (files,
 * JSON), E2xx format/field (one value against its row), E3xx and W4xx lint/ and loading (what must
 * fit together), except E305 and W403, which format/ finds while patching and binding. */
enum ccs_diag_code {
    CCS_E100,
    CCS_E101,
    CCS_E102,
    CCS_E103,
    CCS_E104,
    CCS_E105,
    CCS_E106,
    CCS_E107,
    CCS_E108,
    CCS_E109,
    CCS_E110,
    CCS_E111,
    CCS_E112,
    CCS_E113,
    CCS_E114,
    CCS_E115,
    CCS_E116,
    CCS_E117,
    CCS_E200,
    CCS_E201,
    CCS_E202,
    CCS_E203,
    CCS_E204,
    CCS_E205,
    CCS_E206,
    CCS_E207,
    CCS_E210,
    CCS_E211,
    CCS_E212,
    CCS_E213,
    CCS_E214,
    CCS_E215,
    CCS_E216,
    CCS_E217,
    CCS_E218,
    CCS_E300,
    CCS_E301,
    CCS_E302,
    CCS_E303,
    CCS_E304,
    CCS_E305,
    CCS_E306,
    CCS_E307,
    CCS_E308,
    CCS_E309,
    CCS_E311,
    CCS_E312,
    CCS_E313,
    CCS_E314,
    CCS_E315,
    CCS_E316,
    CCS_E317,
    CCS_E318,
    CCS_E330,
    CCS_E331,
    CCS_E332,
    CCS_E333,
    CCS_E334,
    CCS_E335,
    CCS_E340,
    CCS_E341,
    CCS_E344,
    CCS_E345,
    CCS_E390,
    CCS_E391,
    CCS_E395,
    CCS_W400,
    CCS_W401,
    CCS_W402,
    CCS_W403,
    CCS_W404,
    CCS_W406,
    CCS_W407,
    CCS_W408,
    CCS_W420,
    CCS_W440,
    CCS_W405,
    CCS_W410,
    CCS_DIAG_CODE_COUNT
};

struct ccs_diag_info {
    const char *code; /* "CCS-E214" */
    const char *title;
    const char *text;
};

const struct ccs_diag_info *ccs_diag_info(enum ccs_diag_code code);

/* By "CCS-E214", "E214" or lower case; NULL if there is none. */
const struct ccs_diag_info *ccs_diag_find(const char *code);

/* Adds one. All strings are copied (very long ones cut, control characters made visible); `origin`
 * and `pointer` may be NULL for unknown. After 100 errors, or 100 warnings, further ones are only
 * counted (ccs_diagnostics_omitted); an error is never lost to memory running out. */
void ccs_diag_add(struct ccs_diagnostics *diags, enum ccs_diag_code code, const char *origin,
                  int line, int column, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

#endif
