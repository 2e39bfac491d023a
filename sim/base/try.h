/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Handing a status up (ccsim/status.h), where nothing has to be put in order first.
 *
 *   CCS_TRY(ccs_json_put(target, key, value));
 *
 * leaves the function with the status of the call unless that is CCS_OK. Not where something is to
 * be freed, nor where further faults are still to be reported: there the status is kept and tested.
 */
#ifndef CCS_BASE_TRY_H
#define CCS_BASE_TRY_H

#include <ccsim/status.h>

#define CCS_TRY(call)                                                                              \
    do {                                                                                           \
        ccs_status try_status_ = (call);                                                           \
        if (try_status_ != CCS_OK) {                                                               \
            return try_status_;                                                                    \
        }                                                                                          \
    } while (0)

#endif
