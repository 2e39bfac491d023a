/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assumptions that no single key states: what is left out, and how things are counted. A line each:
 *
 *     Learning: what is paid teaches nobody to claim. Favours empowered_first_contact.
 *
 * A new one is a function that writes its value, or nothing where the scenario does not make the
 * assumption, and a row in the table.
 */
#include "report/explain_sides.h"

#include "experiment/staffing.h"

#include "base/units.h"
#include "format/document/json.h"
#include "format/field/duration.h"

#include <cjson/cJSON.h>
#include <string.h>

enum {
    VALUE_SIZE = 300 /* bytes of a value */
};

/* Writes the value; leaves "" where the scenario does not make the assumption. */
typedef void value_fn(const struct ccs_scenario *sc, char value[VALUE_SIZE]);

static const struct ccs_config *config_of(const struct ccs_scenario *sc)
{
    return &sc->policies[sc->baseline].config;
}

/* Does any issue type bring claims, with a justified share below `below`? */
static bool has_claims(const struct ccs_scenario *sc, double below)
{
    const struct ccs_config *config = config_of(sc);
    for (size_t i = 0; i < config->issue_types.n; i++) {
        const struct ccs_issue_type_config *type = ccs_config_type(config, i);
        if (type->needs == CCS_NEEDS_DECISION && type->justified_probability < below) {
            return true;
        }
    }
    return false;
}

static bool has_population(const struct ccs_scenario *sc)
{
    return sc->policies[sc->baseline].model.has_population;
}

/* ---- the values ---- */

/* Appends the key, unless the section is off or gives it. */
static void add_missing(const struct ccs_scenario *sc, const char *section, const char *key,
                        char value[VALUE_SIZE])
{
    const cJSON *behavior = ccs_json_member(ccs_document_root(sc->doc), "behavior");
    const cJSON *object = ccs_json_member(behavior, section);
    size_t n = strlen(value);
    if (cJSON_IsObject(object) && ccs_json_member(object, key) == NULL) {
        snprintf(value + n, VALUE_SIZE - n, "%s%s.%s", n > 0 ? ", " : "", section, key);
    }
}

static void say_reaction(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    if (!has_claims(sc, 1)) {
        return;
    }
    add_missing(sc, "recontact", "after_right_refusal", value);
    add_missing(sc, "leaving", "rightly_refused", value);
    add_missing(sc, "leaving", "given_up_without_right", value);
    size_t n = strlen(value);
    if (n > 0) {
        snprintf(value + n, VALUE_SIZE - n, " left out: when refused they do as the wronged do");
    }
}

/* In segments with customers of whom nothing is said about those who claim without right. */
static void say_worth(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    const struct ccs_config *config = config_of(sc);
    const cJSON *segments = ccs_json_member(ccs_document_root(sc->doc), "segments");
    size_t silent = 0;
    for (size_t i = 0; i < config->segments.n; i++) {
        const cJSON *segment = ccs_json_member(segments, config->segments.name[i]);
        silent += ccs_config_segment(config, i)->population > 0 &&
                  !cJSON_IsObject(ccs_json_member(segment, "opportunists"));
    }
    if (silent > 0 && has_claims(sc, 1)) {
        snprintf(value, VALUE_SIZE, "the margin and hazard of their segment (%zu of %zu segments)",
                 silent, config->segments.n);
    }
}

static void say_learning(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    if (has_claims(sc, 2)) {
        snprintf(value, VALUE_SIZE, "what is paid teaches nobody to claim");
    }
}

static void say_word_of_mouth(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    if (has_population(sc)) {
        snprintf(value, VALUE_SIZE, "none: customers who are wronged or leave tell nobody");
    }
}

static void say_switching(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    if (sc->policy_n > 1) {
        snprintf(value, VALUE_SIZE, "free, and in full force from the first minute on");
    }
}

static void say_follow_up(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    char text[CCS_DURATION_TEXT];
    snprintf(value, VALUE_SIZE,
             "issues are followed to their end, at most %s after the window; what is still owed "
             "then is a debt, and further contacts are not counted",
             ccs_duration_text(text, ccs_time_to_s(sc->run.follow_up)));
}

static void say_labor(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    bool is_staffed = sc->policies[sc->baseline].model.labor_view == CCS_LABOR_STAFFED;
    if (!is_staffed) {
        return; /* every contact costs its minutes */
    }
    snprintf(value, VALUE_SIZE, "as staffed: %s",
             ccs_scenario_staff_differs(sc)
                 ? "staff is the decision; a contact more costs nothing but waiting"
                 : "all policies have the same staff, so further contacts cost nothing");
}

static void say_debts(const struct ccs_scenario *sc, char value[VALUE_SIZE])
{
    (void)sc;
    snprintf(value, VALUE_SIZE,
             "justified claims never paid stay with the company; the results "
             "give net value with debts settled beside it");
}

/* ---- the table ---- */

static const struct {
    const char *what, *favours;
    value_fn *say;
} sides[] = {
    {"Claimants without right", "empowered_first_contact", say_reaction},
    {"Worth of claimants without right", "empowered_first_contact", say_worth},
    {"Learning", "empowered_first_contact", say_learning},
    {"Word of mouth", "escalate_late", say_word_of_mouth},
    {"Switching", "every policy but the baseline", say_switching},
    {"Follow-up", "escalate_late", say_follow_up},
    {"Labor in net value", "escalate_late", say_labor},
    {"Debts", "escalate_late", say_debts},
};

void ccs_explain_sides(struct ccs_text *text, const struct ccs_scenario *sc)
{
    bool is_first = true;
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        char value[VALUE_SIZE] = "";
        sides[i].say(sc, value);
        if (value[0] == '\0') {
            continue;
        }
        if (is_first) {
            fputc('\n', text->out);
            ccs_text_print(text, 0, 0, "What is left out, and how things are counted:");
        }
        is_first = false;
        ccs_text_print(text, 2, 6, "%s: %s. Favours %s.", sides[i].what, value, sides[i].favours);
    }
}
