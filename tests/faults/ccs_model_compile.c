/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fault for the gate to catch: every talk takes 1 % longer. */
#include "model/model.h"

ccs_status __real_ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                                    struct ccs_arena *arena);
ccs_status __wrap_ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                                    struct ccs_arena *arena);

ccs_status __wrap_ccs_model_compile(struct ccs_model *model, const struct ccs_config *config,
                                    struct ccs_arena *arena)
{
    ccs_status status = __real_ccs_model_compile(model, config, arena);
    for (uint16_t t = 0; !status && t < model->team_n; t++) {
        for (uint16_t y = 0; y < model->type_n; y++) {
            model->teams[t].talk_factor[y] *= 1.01;
        }
    }
    return status;
}
