/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is asked for a contact, in which order: a line per channel and tier under each issue type,
 *
 *     phone: front > back after 30 s, keeping 1 free; then tier 2: senior
 *
 * where > goes on to teams in which the skill has a lower priority, and | parts teams among which
 * the rule for agents chooses.
 */
#include "report/explain_routes.h"
#include "base/units.h"
#include "format/field/duration.h"
#include "report/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_team(FILE *out, const struct ccs_model *m, const struct ccs_queue_plan *queue,
                     int i)
{
    const struct ccs_service *s = &queue->service[i];
    char delay[CCS_DURATION_TEXT];
    bool ranks_lower = i > 0 && s->skill < queue->service[i - 1].skill;
    fprintf(out, "%s%s",
            i == 0        ? ""
            : ranks_lower ? " > "
                          : " | ",
            m->config->teams.name[queue->team[i]]);
    if (s->after > 0) {
        fprintf(out, " after %s", ccs_duration_text(delay, ccs_time_to_s(s->after)));
    }
    if (s->reserve > 0) {
        fprintf(out, "%s keeping %d free", s->after > 0 ? "," : "", (int)s->reserve);
    }
}

static void put_queue(FILE *out, const struct ccs_model *m, uint16_t queue)
{
    for (int i = 0; i < m->queues[queue].team_n; i++) {
        put_team(out, m, &m->queues[queue], i);
    }
}

/* The tiers of a type on a channel; true if there is any. */
static bool put_tiers(FILE *out, const struct ccs_model *m, int channel, int type)
{
    int tier = ccs_model_first_tier(m, channel, type);
    bool has_any = tier > 0;
    for (bool is_first = true; tier > 0; is_first = false) {
        if (!is_first) {
            fprintf(out, "; escalated, tier %d: ", tier);
        }
        put_queue(out, m, ccs_model_inbound_queue(m, channel, type, tier));
        tier = ccs_model_next_tier(m, channel, type, tier);
    }
    return has_any;
}

/* The same text for several channels stands once. */
static ccs_status tiers_text(const struct ccs_model *m, int channel, int type,
                             struct ccs_report *line)
{
    FILE *out = ccs_writer_open(line);
    if (out != NULL && !put_tiers(out, m, channel, type)) {
        fprintf(out, "nobody");
    }
    return ccs_writer_close(out, line, CCS_OK);
}

static void put_type(struct ccs_text *text, const struct ccs_model *m, int type)
{
    ccs_text_print(text, 2, 4, "%s", m->config->issue_types.name[type]);
    for (int ch = 0; ch < m->channel_n; ch++) {
        struct ccs_report line = {0};
        ccs_status status = tiers_text(m, ch, type, &line);
        if (status == CCS_OK) {
            ccs_text_print(text, 4, 7, "%s: %s", m->config->channels.name[ch], line.text);
        }
        text->status = text->status != CCS_OK ? text->status : status;
        free(line.text);
    }
    if (m->work[type] != CCS_NO_QUEUE) {
        ccs_text_print(text, 4, 7, "back-office work: %s",
                       m->config->teams.name[m->queues[m->work[type]].team[0]]);
    }
}

/* What is not 0 of a map by issue type: "complaint +5, order -2". */
static bool put_numbers(FILE *out, const struct ccs_model *m, const struct ccs_real_map *map)
{
    bool has_any = false;
    for (size_t ty = 0; ty < map->n; ty++) {
        if (map->v[ty] < 0 || map->v[ty] > 0) {
            fprintf(out, "%s%s %+.6g", has_any ? ", " : "", m->config->issue_types.name[ty],
                    map->v[ty]);
            has_any = true;
        }
    }
    return has_any;
}

/* A line that ends in the numbers of a map, unless they are all 0. */
static void put_map(struct ccs_text *text, const struct ccs_model *m, const char *beginning,
                    const struct ccs_real_map *map)
{
    struct ccs_report line = {0};
    FILE *out = ccs_writer_open(&line);
    bool has_any = out != NULL && put_numbers(out, m, map);
    ccs_status status = ccs_writer_close(out, &line, CCS_OK);
    if (status == CCS_OK && has_any) {
        ccs_text_print(text, 2, 4, "%s: %s", beginning, line.text);
    }
    text->status = text->status != CCS_OK ? text->status : status;
    free(line.text);
}

/* Which contact an agent takes, as far as the scenario says more than the rule. */
static void put_contacts(struct ccs_text *text, const struct ccs_model *m)
{
    if (m->contact_rule == CCS_CONTACT_RULE_RISING_PRIORITY) {
        put_map(text, m, "each minute of waiting adds to the priority",
                &m->config->routing.priority_per_min);
    }
    if (m->contact_rule != CCS_CONTACT_RULE_PRIORITY &&
        m->contact_rule != CCS_CONTACT_RULE_RISING_PRIORITY) {
        return;
    }
    for (int t = 0; t < m->team_n; t++) {
        const struct ccs_team_config *cfg = ccs_config_team(m->config, t);
        char beginning[160];
        snprintf(beginning, sizeof beginning, "for agents of %.100s priorities are",
                 m->config->teams.name[t]);
        put_map(text, m, beginning,
                cfg->contact_priority.n > 0 ? &cfg->contact_priority : &cfg->skill_priority);
    }
}

/* The names of a list, behind `word`; nothing if it is left out. */
static void put_names(char *out, size_t size, const char *word, const struct ccs_ref_list *list,
                      const struct ccs_map *names)
{
    size_t n = strlen(out);
    for (size_t i = 0; i < list->n && n < size; i++) {
        snprintf(out + n, size - n, "%s%.100s", i == 0 ? word : ", ", names->name[list->index[i]]);
        n = strlen(out);
    }
}

static void put_transfers(struct ccs_text *text, const struct ccs_model *m)
{
    const struct ccs_map *transfers = &m->config->routing.transfers;
    for (size_t i = 0; i < transfers->n; i++) {
        const struct ccs_transfer_config *rule =
            CCS_MAP_AT(*transfers, struct ccs_transfer_config, i);
        char limits[600] = "";
        put_names(limits, sizeof limits, " of ", &rule->issue_types, &m->config->issue_types);
        put_names(limits, sizeof limits, " by ", &rule->by, &m->config->teams);
        ccs_text_print(text, 2, 4, "passed on (%s): %.4g %%%s to %s, %s", transfers->name[i],
                       100 * rule->probability, limits, m->config->teams.name[rule->to],
                       rule->mode == CCS_TRANSFER_WARM ? "warm" : "cold");
    }
}

void ccs_explain_routes(struct ccs_text *text, const struct ccs_model *m)
{
    ccs_text_heading(text, "Who is asked for what", "in this order");
    ccs_text_print(text, 2, 2,
                   "A contact goes to a free agent: %s; `>` goes on to teams with a lower priority "
                   "of the skill, `|` parts teams between which this rule decides. A free agent "
                   "takes %s.",
                   ccs_agent_rule_help((enum ccs_agent_rule)m->agent_rule),
                   ccs_contact_rule_help((enum ccs_contact_rule)m->contact_rule));
    put_contacts(text, m);
    for (int ty = 0; ty < m->type_n; ty++) {
        put_type(text, m, ty);
    }
    put_transfers(text, m);
    if (m->desk != CCS_NO_QUEUE) {
        ccs_text_print(text, 2, 4, "customers who want to cancel: %s",
                       m->config->teams.name[m->queues[m->desk].team[0]]);
    }
}
