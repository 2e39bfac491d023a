/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A points file, CSV or JSON by its first character. */
#include "fuzz/fuzz.h"
#include "study/design.h"

static void points(const char *text, size_t size)
{
    char path[40], message[1000] = "";
    int fd;
    fuzz_file(path, &fd, text, size);
    const struct ccs_design_spec spec = {.points_file = path, .kind = CCS_DESIGN_GRID};
    struct ccs_design *design = NULL;
    ccs_status status = ccs_design_create(&design, &spec, message, sizeof message);
    FUZZ_CHECK(status == CCS_OK || message[0] != '\0');
    for (size_t i = 0; status == CCS_OK && i < design->point_n; i++) {
        for (size_t k = 0; k < design->pointer_n; k++) {
            const char *value = ccs_design_value(design, i, k);
            FUZZ_CHECK(value == NULL || strlen(value) < size + 40);
        }
    }
    ccs_design_destroy(design);
    close(fd);
}

FUZZ_TARGET(points)
