/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What paid time costs beyond the plain wage, a line per team:
 *
 *     front: evening x 1.25 (mon-fri 18:00-22:00), feast x 2 (3 holidays of main); overtime x 1.5
 *         on top
 */
#include "report/explain_wages.h"
#include "report/writer.h"

#include <stdlib.h>

#define MIN_PER_DAY 1440

static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* The minute of its day, so that midnight at the end of a span is 24:00. */
static int end_minute(const struct ccs_week_span *span)
{
    return (span->to_min - 1) % MIN_PER_DAY + 1;
}

static bool is_same_next_day(const struct ccs_week_span *a, const struct ccs_week_span *b)
{
    return b->from_min == a->from_min + MIN_PER_DAY && b->to_min == a->to_min + MIN_PER_DAY;
}

/* "mon-fri 18:00-22:00, sun 00:00-24:00"; a span over midnight says both of its days. */
static void put_hours(FILE *out, const struct ccs_week_hours *hours)
{
    for (size_t i = 0; i < hours->n; i++) {
        const struct ccs_week_span *span = &hours->span[i];
        size_t last = i;
        while (last + 1 < hours->n &&
               is_same_next_day(&hours->span[last], &hours->span[last + 1])) {
            last++;
        }
        int day = span->from_min / MIN_PER_DAY;
        int end_day = (span->to_min - 1) / MIN_PER_DAY;
        int from = span->from_min % MIN_PER_DAY;
        int to = end_minute(span);
        fprintf(out, "%s%s", i > 0 ? ", " : "", days[day]);
        if (last > i) {
            fprintf(out, "-%s", days[hours->span[last].from_min / MIN_PER_DAY]);
        }
        fprintf(out, " %02d:%02d-%s%s%02d:%02d", from / 60, from % 60,
                end_day > day ? days[end_day] : "", end_day > day ? " " : "", to / 60, to % 60);
        i = last;
    }
}

static void put_surcharge(FILE *out, const struct ccs_config *config, const char *name,
                          const struct ccs_surcharge_config *surcharge)
{
    fprintf(out, "%s x %g (", name, surcharge->factor);
    if (surcharge->holidays >= 0) {
        const struct ccs_calendar_config *calendar =
            ccs_config_calendar(config, surcharge->holidays);
        fprintf(out, "%zu holiday%s of %s", calendar->holidays.n,
                calendar->holidays.n == 1 ? "" : "s", config->calendars.name[surcharge->holidays]);
    } else {
        put_hours(out, &surcharge->hours);
    }
    fputc(')', out);
}

static void put_team(struct ccs_text *text, const struct ccs_config *config, size_t team)
{
    const struct ccs_team_config *cfg = ccs_config_team(config, team);
    const struct ccs_map *map = &cfg->wage_surcharges;
    struct ccs_report line;
    FILE *out = ccs_writer_open(&line);
    if (out) {
        fprintf(out, "%s: ", config->teams.name[team]);
        for (size_t i = 0; i < map->n; i++) {
            fputs(i > 0 ? ", " : "", out);
            put_surcharge(out, config, map->name[i],
                          CCS_MAP_AT(*map, struct ccs_surcharge_config, i));
        }
        if (cfg->overtime_factor != 1) {
            fprintf(out, "%sovertime x %g%s", map->n > 0 ? "; " : "", cfg->overtime_factor,
                    map->n > 0 ? " on top" : "");
        }
    }
    ccs_status status = ccs_writer_close(out, &line, CCS_OK);
    if (status != CCS_OK) {
        text->status = text->status != CCS_OK ? text->status : status;
        return;
    }
    ccs_text_paragraph(text, 2, 6, line.text);
    free(line.text);
}

void ccs_explain_wages(struct ccs_text *text, const struct ccs_config *config)
{
    bool has_heading = false;
    for (size_t t = 0; t < config->teams.n && text->status == CCS_OK; t++) {
        const struct ccs_team_config *cfg = ccs_config_team(config, t);
        if (!config->teams.present[t] ||
            (cfg->wage_surcharges.n == 0 && cfg->overtime_factor == 1)) {
            continue;
        }
        if (!has_heading) {
            ccs_text_heading(text, "Wages at special times", "factors on the wage");
            has_heading = true;
        }
        put_team(text, config, t);
    }
}
