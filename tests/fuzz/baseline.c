/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A baseline file: what is read is written again, and read back. */
#include "gate/baseline.h"
#include "fuzz/fuzz.h"

static void baseline(const char *text, size_t size)
{
    struct ccs_baseline first = {0}, second = {0};
    struct ccs_diagnostics *diags = ccs_diagnostics_create();
    ccs_status status = ccs_baseline_parse(&first, "input", text, size, diags);
    fuzz_refusal(diags, status);
    if (status == CCS_OK) {
        char *again = NULL;
        size_t again_size = 0;
        FUZZ_CHECK(ccs_baseline_write(&first, &again, &again_size) == CCS_OK);
        FUZZ_CHECK(ccs_baseline_parse(&second, "again", again, again_size, diags) == CCS_OK);
        FUZZ_CHECK(second.signature == first.signature && second.policy_n == first.policy_n);
        free(again);
    }
    ccs_baseline_fini(&first);
    ccs_baseline_fini(&second);
    ccs_diagnostics_destroy(diags);
}

FUZZ_TARGET(baseline)
