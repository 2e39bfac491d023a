/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of the status codes (ccsim/status.h). */
#include <ccsim/status.h>

const char *ccs_status_text(ccs_status status)
{
    switch (status) {
    case CCS_OK:
        return "success";
    case CCS_ENOMEM:
        return "out of memory, or the memory limit of the run is reached";
    case CCS_EIO:
        return "a file cannot be read or written";
    case CCS_EDATA:
        return "the scenario or its data is wrong";
    case CCS_EUSAGE:
        return "the call makes no sense";
    case CCS_EINTERRUPTED:
        return "interrupted";
    }
    return "unknown status";
}
