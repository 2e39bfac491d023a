/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The beginning of a run: a warm-up too short (W401), a backlog that is no whole number (E215). */
#include "base/units.h"
#include "lint/lint_part.h"

#include <math.h>

static void check_warmup(struct ccs_lint *c)
{
    const struct ccs_model *m = c->model;
    ccs_time enough = 3 * m->anger_half_life;
    if (m->segment_n > 0 && c->config->run.warmup >= 0 && c->config->run.warmup < enough) {
        ccs_lint_report(c, CCS_W401, CCS_AT(c, "run", "warmup"),
                        "is shorter than three half-lives of anger (%.0f days): leave it out",
                        (double)enough / (double)CCS_US_PER_DAY);
    }
}

static void check_backlog(struct ccs_lint *c)
{
    const struct ccs_real_map *backlog = &c->config->run.backlog;
    for (size_t type = 0; type < backlog->n; type++) {
        if (backlog->v[type] != floor(backlog->v[type])) {
            ccs_lint_report(
                c, CCS_E215, CCS_AT(c, "run", "backlog", c->config->issue_types.name[type]),
                "contacts are counted: a whole number is needed (found %g)", backlog->v[type]);
        }
    }
}

void ccs_lint_run(struct ccs_lint *c)
{
    check_warmup(c);
    check_backlog(c);
}
