/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is generated from field rows: JSON Schema, reference tables, resolved values. That the
 * schema accepts and refuses what it should is checked by an independent validator in CI;
 * here, that it is sound JSON, closed, and says what the rows say. */
#include "format/field/schema.h"

#include "format/document/json.h"
#include "format/field/reference.h"
#include "test_scenario_help.h"

#include <cjson/cJSON.h>

Suite *suite_scenario_schema(void);

static struct ccs_diagnostics *diags;
static struct cJSON *schema;

static const char *const may_patch[] = {"teams"};

static void set_up(void)
{
    diags = ccs_diagnostics_create();
    ck_assert_ptr_nonnull(diags);
    char *text = ccs_schema_text(&mini_root_section, "mini", may_patch, 1);
    ck_assert_ptr_nonnull(text);
    ccs_status status = ccs_json_parse(text, strlen(text), "schema", "", diags, &schema);
    print_diags(diags);
    ck_assert_int_eq(status, CCS_OK);
    free(text);
}

static void tear_down(void)
{
    cJSON_Delete(schema);
    ccs_diagnostics_destroy(diags);
}

static double number_at(const char *pointer)
{
    const struct cJSON *value = ccs_json_at(schema, pointer);
    ck_assert_msg(cJSON_IsNumber(value), "%s", pointer);
    return value->valuedouble;
}

static const char *string_at(const char *pointer)
{
    const struct cJSON *value = ccs_json_at(schema, pointer);
    ck_assert_msg(cJSON_IsString(value), "%s", pointer);
    return value->valuestring;
}

/* Every schema of an object says what else it may have; returns how many there were. */
static size_t count_closed(const struct cJSON *value)
{
    size_t n = 0;
    const struct cJSON *type = ccs_json_member(value, "type");
    bool is_object = cJSON_IsString(type) && strcmp(type->valuestring, "object") == 0;
    const struct cJSON *condition = ccs_json_member(schema, "if");
    if (is_object && value != condition) {
        ck_assert_ptr_nonnull(ccs_json_member(value, "additionalProperties"));
        ck_assert_ptr_nonnull(
            ccs_json_member(ccs_json_member(value, "patternProperties"), "^(\\$|//)"));
        n++;
    }
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        n += count_closed(item);
    }
    return n;
}

START_TEST(every_object_of_the_schema_is_closed_but_for_comments)
{
    ck_assert_uint_gt(count_closed(schema), 50);
}
END_TEST

/* Every "$ref" leads to a definition. */
static size_t count_references(const struct cJSON *value)
{
    size_t n = 0;
    if (value->string != NULL && strcmp(value->string, "$ref") == 0) {
        ck_assert_msg(ccs_json_at(schema, value->valuestring + 1) != NULL, "%s",
                      value->valuestring);
        n++;
    }
    for (const struct cJSON *item = value->child; item != NULL; item = item->next) {
        n += count_references(item);
    }
    return n;
}

START_TEST(every_reference_of_the_schema_leads_somewhere)
{
    ck_assert_uint_gt(count_references(schema), 50);
}
END_TEST

START_TEST(the_schema_says_what_the_rows_say)
{
    ck_assert_str_eq(string_at("/title"), "mini");
    ck_assert_double_eq(number_at("/$defs/scenario/properties/run/properties/seed/maximum"),
                        9007199254740991.0);
    ck_assert_double_eq(number_at("/$defs/scenario/properties/run/properties/seed/default"), 1);
    ck_assert_str_eq(string_at("/$defs/scenario/properties/all/properties/choice/enum/1"),
                     "priority");
    ck_assert_str_eq(string_at("/$defs/scenario/properties/all/properties/wait/$ref"),
                     "#/$defs/duration");
    ck_assert_str_eq(string_at("/$defs/scenario/properties/teams/additionalProperties/required/0"),
                     "agents");
    ck_assert_str_eq(string_at("/$defs/scenario/properties/teams/additionalProperties/properties/"
                               "wage_per_h/description"),
                     "Wage | gross. Unit: currency/h.");
    ck_assert_ptr_nonnull(ccs_json_at(schema, "/$defs/with/properties/teams"));
    ck_assert_ptr_null(ccs_json_at(schema, "/$defs/with/properties/run"));
    ck_assert_ptr_nonnull(ccs_json_at(schema, "/$defs/patch/properties/extends"));
    ck_assert_ptr_null(ccs_json_at(schema, "/$defs/scenario/properties/extends"));
}
END_TEST

START_TEST(the_reference_has_a_line_for_every_row)
{
    char *text = ccs_reference_markdown(&mini_root_section);
    ck_assert_ptr_nonnull(text);
    static const char *const expected[] = {
        "### `/`: scenario\n",
        "### `/teams/NAME`: team\n",
        "| `agents` | whole number | *required* | >= 1 | Agents on duty. |  |\n",
        ("| `wage_per_h` | money (currency/h) | `25` | 0 to 1000 | Wage \\| gross. | assumption; "
         "favours nobody |\n"),
        "| `break` | duration | `\"15 min\"` | 1 min to 1 h | Length of a break. |  |\n",
        "| `choice` | `\"fifo\"`, `\"priority\"` | none |",
        "| `team` | one of the teams | none |",
        "#### `/policies/NAME` with `\"kind\": \"early\"`: early\n",
        "### `/teams/NAME/skills/NAME`: skill\n",
        "| `lognormal` | `mean`, `cv` or `sd` |  |",
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ck_assert_msg(strstr(text, expected[i]) != NULL, "%s", expected[i]);
    }
    free(text);
}
END_TEST

/* Collects the explained values as lines. */
static void collect(void *context, const struct ccs_explained *value)
{
    char *text = context;
    size_t n = strlen(text);
    snprintf(text + n, 8192 - n, "%s=%s %s %s:%d\n", value->pointer, value->value,
             value->is_given ? "given" : "default", value->origin, value->line);
}

START_TEST(resolved_values_tell_what_was_given_and_what_was_assumed)
{
    static char text[8192];
    struct ccs_document *doc =
        sound_document("{'run': {'seed': 0.1},\n 'teams': {'b': {'agents': 2}, 'a': {'agents': 1}},"
                       " 'policies': {'p': {'kind': 'late'}},\n"
                       " 'all': {'list': [1,2,3,4,5,6,7,8], 'alarm': {'threshold': 4}}}");
    text[0] = '\0';
    ck_assert_int_eq(ccs_document_set(doc, NULL, "/run/replications=9", diags), CCS_OK);
    ck_assert_int_eq(ccs_explain_values(doc, &mini_root_section, true, collect, text), CCS_OK);
    static const char *const expected[] = {
        "/run/horizon=\"4 weeks\" default :0\n",
        "/run/seed=0.1 given a.json:1\n",
        "/run/replications=9 given --set /run/replications=9:0\n",
        "/teams/a/agents=1 given a.json:2\n/teams/a/wage_per_h=25 default :0\n",
        "/policies/p/discretion=0.1 default :0\n/policies/p/limit=50 default :0\n",
        "/all/list=[1, 2, 3, 4, 5, 6, ... 8 in all] given a.json:3\n",
        "/all/alarm/threshold=4 given a.json:3\n/all/alarm/text=\"ring\" default :0\n",
        "/all/share= default :0\n",
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ck_assert_msg(strstr(text, expected[i]) != NULL, "%s not in\n%s", expected[i], text);
    }
    ck_assert(strstr(text, "/teams/a/") < strstr(text, "/teams/b/"));
    ck_assert_ptr_null(strstr(text, "/policies/p/tier"));
    ccs_document_destroy(doc);
}
END_TEST

START_TEST(an_absent_optional_section_is_one_value)
{
    static char text[8192];
    struct ccs_document *doc = sound_document("{}");
    text[0] = '\0';
    ck_assert_int_eq(ccs_explain_values(doc, &mini_root_section, true, collect, text), CCS_OK);
    ck_assert_ptr_nonnull(strstr(text, "/all/alarm= default :0\n"));
    ck_assert_ptr_null(strstr(text, "/all/alarm/"));
    ccs_document_destroy(doc);
}
END_TEST

Suite *suite_scenario_schema(void)
{
    Suite *suite = suite_create("scenario_schema");
    TCase *generated = tcase_create("generated");
    tcase_add_checked_fixture(generated, set_up, tear_down);
    tcase_add_test(generated, every_object_of_the_schema_is_closed_but_for_comments);
    tcase_add_test(generated, every_reference_of_the_schema_leads_somewhere);
    tcase_add_test(generated, the_schema_says_what_the_rows_say);
    tcase_add_test(generated, the_reference_has_a_line_for_every_row);
    tcase_add_test(generated, resolved_values_tell_what_was_given_and_what_was_assumed);
    tcase_add_test(generated, an_absent_optional_section_is_one_value);
    suite_add_tcase(suite, generated);
    return suite;
}
