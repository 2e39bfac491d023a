/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comments and JSON Merge Patches on a cJSON tree (RFC 7396, section 2): members of the patch that
 * are objects are merged, null deletes, everything else replaces.
 *
 * One departure: inside /policies/NAME/with a null is kept, because there a patch meets a patch
 * that is still to be applied.
 */
#include "base/try.h"
#include "format/document/document_internal.h"
#include "format/document/json.h"

#include <cjson/cJSON.h>
#include <string.h>

bool ccs_key_is_comment(const char *key)
{
    return key[0] == '$' || (key[0] == '/' && key[1] == '/');
}

void ccs_json_drop_comments(struct cJSON *value)
{
    for (struct cJSON *item = value->child, *next; item != NULL; item = next) {
        next = item->next;
        if (cJSON_IsObject(value) && ccs_key_is_comment(item->string)) {
            cJSON_Delete(cJSON_DetachItemViaPointer(value, item));
        } else {
            ccs_json_drop_comments(item);
        }
    }
}

ccs_status ccs_json_put(struct cJSON *object, const char *key, struct cJSON *value)
{
    if (value == NULL) {
        return CCS_ENOMEM;
    }
    struct cJSON *old = ccs_json_member(object, key);
    if (old != NULL) {
        cJSON_Delete(cJSON_DetachItemViaPointer(object, old));
    }
    if (!cJSON_AddItemToObject(object, key, value)) {
        cJSON_Delete(value);
        return CCS_ENOMEM;
    }
    return CCS_OK;
}

enum region {
    ROOT,
    POLICIES,
    POLICY,
    WITH,
    ELSEWHERE
};

static enum region region_below(enum region region, const char *key)
{
    switch (region) {
    case ROOT:
        return strcmp(key, "policies") == 0 ? POLICIES : ELSEWHERE;
    case POLICIES:
        return POLICY;
    case POLICY:
        return strcmp(key, "with") == 0 ? WITH : ELSEWHERE;
    case WITH:
        return WITH;
    case ELSEWHERE:
        break;
    }
    return ELSEWHERE;
}

static ccs_status merge_object(struct cJSON *target, const struct cJSON *patch, enum region region,
                               const struct ccs_path *path, const struct ccs_merge *merge)
{
    for (const struct cJSON *item = patch->child; item != NULL; item = item->next) {
        struct ccs_path here = ccs_path_key(path, item->string);
        struct cJSON *old = ccs_json_member(target, item->string);
        if (cJSON_IsNull(item) && region != WITH) {
            if (old == NULL) {
                merge->idle(merge, &here);
            } else {
                cJSON_Delete(cJSON_DetachItemViaPointer(target, old));
            }
        } else if (cJSON_IsObject(item)) {
            if (!cJSON_IsObject(old)) {
                CCS_TRY(ccs_json_put(target, item->string, cJSON_CreateObject()));
                old = ccs_json_member(target, item->string);
            }
            CCS_TRY(merge_object(old, item, region_below(region, item->string), &here, merge));
        } else {
            CCS_TRY(ccs_json_put(target, item->string, cJSON_Duplicate(item, 1)));
        }
    }
    return CCS_OK;
}

ccs_status ccs_json_merge(struct cJSON *target, const struct cJSON *patch,
                          const struct ccs_merge *merge)
{
    return merge_object(target, patch, ROOT, NULL, merge);
}
