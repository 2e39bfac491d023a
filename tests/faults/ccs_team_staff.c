/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault for the gate to catch: two events of the same instant change places. The first changes of
 * duty are scheduled for team 1 before team 0, and wherever both fall together it stays so. */
#include "world/staff/team.h"
#include "world/world.h"

void __real_ccs_team_staff(struct ccs_world *w, uint32_t team);
void __wrap_ccs_team_staff(struct ccs_world *w, uint32_t team);

void __wrap_ccs_team_staff(struct ccs_world *w, uint32_t team)
{
    bool at_start = w->events_done == 0 && w->model->team_n > 1;
    if (at_start && team == 0) {
        return;
    }
    __real_ccs_team_staff(w, team);
    if (at_start && team == 1) {
        __real_ccs_team_staff(w, 0);
    }
}
