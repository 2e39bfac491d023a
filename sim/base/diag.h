/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diagnostics, inside: the table of codes and how a layer reports one.
 * Each code has a broken file scenarios/bad/<code>-*.json that a test runs.
 */
#ifndef CCS_BASE_DIAG_H
#define CCS_BASE_DIAG_H

#include <ccsim/diagnostic.h>

/* X(code, short title, long explanation with remedy)
 *
 * A code is never renumbered nor reused. The layer that reports it: E1xx scenario/ (files, JSON),
 * E2xx format/ (one value against its row), E3xx and W4xx lint/ and loading (what must fit
 * together), except E305 and W403, which scenario/ finds while patching and binding. */
#define CCS_DIAG_CODES(X)                                                                          \
    X(E100, "file cannot be read",                                                                 \
      "The scenario, a file named by \"extends\" or a table named by \"csv\" cannot be opened or " \
      "read. Relative paths start at the folder of the file in which they are written, not at "    \
      "the working directory. Check the spelling, that it is a file and not a folder, and that "   \
      "you may read it.")                                                                          \
    X(E101, "too large",                                                                           \
      "A scenario file or a table may have at most 64 MiB, and a scenario at most 4,000,000 "      \
      "values. Move long interval tables into CSV files ({\"interval\": \"5 min\", \"csv\": "      \
      "\"calls.csv\"}), and check that the name is not that of a device.")                         \
    X(E102, "byte order mark",                                                                     \
      "The file begins with a byte order mark. JSON is UTF-8 without one (RFC 8259, section "      \
      "8.1). "                                                                                     \
      "Save it as \"UTF-8\", not \"UTF-8 with BOM\" and not UTF-16.")                              \
    X(E103, "not UTF-8",                                                                           \
      "A byte sequence is not UTF-8: overlong, cut off, a surrogate, or a file in another "        \
      "encoding such as Latin-1. Convert it: iconv -f LATIN1 -t UTF-8 old.json > new.json")        \
    X(E104, "raw control character",                                                               \
      "Inside a string, characters below U+0020 (line breaks, tabs, NUL) must be written as "      \
      "escapes: \\n, \\t, \\u001b. A line break is most often a missing closing quote.")           \
    X(E105, "\\u0000 in a string",                                                                 \
      "The character U+0000 ends strings in C programs, so that a name would silently lose its "   \
      "end. It is refused everywhere.")                                                            \
    X(E106, "lone surrogate",                                                                      \
      "\\uD800 to \\uDFFF are halves of a pair: \\uD83D\\uDE00 is one character, a half alone is " \
      "none. Write the character itself, the file is UTF-8.")                                      \
    X(E107, "unknown escape",                                                                      \
      "After a backslash only \" \\ / b f n r t and u with four hexadecimal digits may follow. A " \
      "backslash itself is written \\\\.")                                                         \
    X(E108, "not JSON",                                                                            \
      "The text breaks the grammar of JSON (RFC 8259): a missing or an extra comma, a missing "    \
      "bracket or colon, a word without quotes, single quotes, a comment. Comments are written "   \
      "as members whose key starts with // or $: \"// why\": \"measured in 2023\".")               \
    X(E109, "text after the end",                                                                  \
      "After the closing bracket of the document only white space may follow. Two documents in "   \
      "one file are not supported; most often there is one closing bracket too many.")             \
    X(E110, "malformed number",                                                                    \
      "JSON numbers have no leading zeros (1, not 01), a digit on both sides of the point (1.0, "  \
      "0.5; not 1. or .5), no plus sign, no NaN, no Infinity, no hexadecimal digits, no "          \
      "thousands "                                                                                 \
      "separators, and at most 63 characters. A quantity with a unit is a string: \"90 s\".")      \
    X(E111, "number out of range of a double",                                                     \
      "The number is larger than about 1.8e308 or so small that nothing is left of it. Something " \
      "else was meant: check the exponent.")                                                       \
    X(E112, "key given twice",                                                                     \
      "Two members of one object have the same key, so that one of them would be lost. Delete "    \
      "one. This holds for comments too: number them (\"//1\", \"//2\").")                         \
    X(E113, "nested too deeply",                                                                   \
      "Brackets may be nested 200 deep. No scenario needs more than a dozen levels.")              \
    X(E114, "not an object",                                                                       \
      "A scenario is a JSON object: { \"name\": ..., \"teams\": { ... }, ... }.")                  \
    X(E115, "extends in a circle or too long",                                                     \
      "\"extends\" names one other scenario file. Files must not extend each other in a circle, "  \
      "and a chain may have at most 16 files.")                                                    \
    X(E116, "table cannot be read as CSV",                                                         \
      "Tables are comma-separated with a point in numbers, UTF-8, and optionally one header line " \
      "and leading lines that start with #. A quote inside a quoted cell is doubled. \"column\" "  \
      "is a name of the header line or a number counted from 1.")                                  \
    X(E117, "cell is not a number",                                                                \
      "A cell of the chosen column is empty or not a number. The position given is that of the "   \
      "table, not of the scenario. Missing values must be filled in: an interval without "         \
      "contacts is 0.")                                                                            \
    X(E200, "unknown key",                                                                         \
      "No such key exists at this place; it would have no effect. Check the spelling against the " \
      "suggestion or the reference in scenarios/README.md. To leave a remark, start the key with " \
      "// or $.")                                                                                  \
    X(E201, "missing key", "The key is required here and has no default.")                         \
    X(E202, "wrong type",                                                                          \
      "The value is of another type than the key takes: a number in quotes, a string where a "     \
      "list "                                                                                      \
      "is due, and so on. The message says what is expected.")                                     \
    X(E203, "null where it has no meaning",                                                        \
      "null deletes an inherited value. It is allowed inside a policy's \"with\" and in a file "   \
      "that \"extends\" another, and only as the value of a member, not in a list. Elsewhere "     \
      "leave the key out.")                                                                        \
    X(E204, "unknown choice", "The key takes one of a few words; the message lists them.")         \
    X(E205, "unknown name",                                                                        \
      "The value refers to a team, channel, segment, issue type, calendar or policy that the "     \
      "scenario does not define. Names are compared exactly, including upper and lower case.")     \
    X(E206, "unusable name",                                                                       \
      "Names must not be empty, longer than 100 bytes, or contain control characters.")            \
    X(E207, "given twice in a list", "A list of names or dates has the same entry twice.")         \
    X(E210, "not a duration",                                                                      \
      "A duration is a string with a number and a unit: \"90 s\", \"6 min\", \"1.5 h\". Units: "   \
      "ms s min h day days week weeks month months year years; a month is 30.4375 days, a year "   \
      "365.25 days.")                                                                              \
    X(E211, "not a date",                                                                          \
      "A date is a string \"YYYY-MM-DD\" of a day that exists, in the years 1000 to 9999.")        \
    X(E212, "not opening hours",                                                                   \
      "Opening hours are \"always\" or an object from days to times: {\"mon-fri\": "               \
      "\"08:00-18:00\", \"sat\": [\"09:00-12:00\", \"13:00-16:00\"]}. Times go from 00:00 to "     \
      "24:00; a span over midnight is written as two, one for each day.")                          \
    X(E213, "opening hours overlap",                                                               \
      "Two spans of opening hours cover the same minutes of the week, so that one of them is "     \
      "probably meant for another day.")                                                           \
    X(E214, "out of range",                                                                        \
      "The value is outside the range of its key, which the message states; both ends belong to "  \
      "it. A probability is between 0 and 1, not a percentage.")                                   \
    X(E215, "not a whole number",                                                                  \
      "The key counts something and takes whole numbers of at most 2^53 - 1, beyond which a "      \
      "double cannot tell neighbours apart.")                                                      \
    X(E216, "distribution does not fit together",                                                  \
      "A distribution is {\"dist\": name, parameters}. Each takes its own parameters (see the "    \
      "reference): mostly mean with cv or sd, not both; min and max; min, mode and max. When a "   \
      "patch changes \"dist\", inherited parameters the new one does not take must be deleted "    \
      "with null.")                                                                                \
    X(E217, "interval table does not fit together",                                                \
      "An interval table has \"interval\" and either \"values\" or \"csv\". A repeated day or "    \
      "week must fit into a day or a week together with \"from\"; \"per_day\" must divide the "    \
      "number of values; \"days\": \"weekdays\" needs \"per_day\".")                               \
    X(E218, "a policy may not change this",                                                        \
      "\"with\" may patch what the company controls. What customers are like and how the run is "  \
      "measured is the same under all policies, or they could not be compared.")                   \
    X(E300, "no team", "A scenario needs at least one team in \"teams\", under every policy.")     \
    X(E301, "no issue type",                                                                       \
      "A scenario needs at least one issue type in \"issue_types\": without it nothing happens.")  \
    X(E302, "no policy",                                                                           \
      "\"policies\" is there but empty. Leave it out to run without one (everything is served, "   \
      "nothing is refused), or name at least one.")                                                \
    X(E303, "baseline unknown",                                                                    \
      "\"baseline\" must be one of the policies: differences are measured against it and the "     \
      "warm-up runs under it. It may be left out when there is only one policy.")                  \
    X(E304, "nobody serves this",                                                                  \
      "Contacts or work items can arrive for which no team has the channel and the skill, so "     \
      "that they would wait forever. Give a team that channel and skill, or remove the demand.")   \
    X(E305, "name does not exist under a policy",                                                  \
      "The value refers to something that the scenario defines but that one policy's \"with\" "    \
      "deletes (or only another policy's \"with\" adds). Patch the reference in the same "         \
      "\"with\".")                                                                                 \
    X(E306, "no demand",                                                                           \
      "Nothing ever happens: no issue type has a volume, and none has a rate in a segment with a " \
      "population.")                                                                               \
    X(E307, "no channel leads in",                                                                 \
      "An issue type's channel_mix gives no channel a positive weight, or the scenario has no "    \
      "channel at all.")                                                                           \
    X(E308, "never staffed",                                                                       \
      "A team that has to serve something (contacts that no other team takes, back-office work, "  \
      "the retention desk) never has anybody on duty, or never more than it keeps in reserve.")    \
    X(E309, "run does not fit together",                                                           \
      "Start, horizon, warm-up, follow-up and reporting period contradict each other; the "        \
      "message "                                                                                   \
      "says how.")                                                                                 \
    X(E311, "schema version not supported",                                                        \
      "\"schema_version\" says which edition of the scenario format a file is written in. This "   \
      "program reads edition 1.")                                                                  \
    X(E312, "unknown metric", "\"run.primary\" must be one of the metrics that ccsim reports.")    \
    X(E313, "too large to run",                                                                    \
      "The scenario would need more memory than is available. Simulate a smaller population "      \
      "with the staff reduced in proportion, or run fewer replications at a time (--jobs).")       \
    X(E314, "demand does not fit together",                                                        \
      "An issue type arises either by customer (rate_per_customer_year) or by forecast (volume). " \
      "A volume has one of: a table (per_interval), one rate (rate_per_h), points with lines "     \
      "between (rate_points_per_h), counts of days or intervals (daily_counts, daily_total, "      \
      "interval_counts), recorded arrivals (replay), or nothing but a time from one contact to "   \
      "the next (interarrival). What changes single days, or adds bursts, must fit to that.")      \
    X(E315, "team without a skill",                                                                \
      "An empty list of skills: such agents could serve nobody. Leave the key out for all types.") \
    X(E316, "calendar never opens",                                                                \
      "The calendar has no opening hours at all, so that nobody who depends on it would ever be "  \
      "served.")                                                                                   \
    X(E317, "too many contacts",                                                                   \
      "The demand alone, rates times time, is more contacts in a replication than can be "         \
      "simulated (4,000,000,000): a run would never end. Mostly a rate is per day where it "       \
      "should be per hour, or a time in milliseconds. Otherwise simulate a smaller center, with "  \
      "population, volumes and staff reduced in proportion, or a shorter run.horizon.")            \
    X(E318, "more than can be counted",                                                            \
      "Times are counted in microseconds and money in ten-thousandths, in 63 bits. The staff of "  \
      "the whole run, the wages or margins, or the waits of those for whom there is no staff "     \
      "could exceed that. Shorten the run, simulate a smaller center, or give money in "           \
      "thousands.")                                                                                \
    X(E330, "staffing given twice or not at all",                                                  \
      "A team has either \"agents\", a headcount that may change by interval, or \"shifts\", by "  \
      "name, each with agents, hours and breaks of its own.")                                      \
    X(E331, "breaks do not fit into the shift",                                                    \
      "A break, for the last of the agents over whom it is spread, must end before the shortest "  \
      "of the shift's days does, and all breaks together must leave some of it. Begin it "         \
      "earlier, make it shorter, or give short days a shift of their own.")                        \
    X(E332, "breaks overlap",                                                                      \
      "Two breaks of a shift cover the same time for some of its agents. Move one, or give both "  \
      "the same \"spread\".")                                                                      \
    X(E333, "shift at a closed time",                                                              \
      "A shift has no hours, or hours at which the team's calendar is closed. Change the hours "   \
      "of either; holidays of the calendar need nothing, the shift does not take place then.")     \
    X(E334, "wage surcharge without a time of its own",                                            \
      "A surcharge holds at \"hours\" of the week or on the \"holidays\" of a calendar: give one " \
      "of "                                                                                        \
      "the two.")                                                                                  \
    X(E335, "wage surcharges overlap",                                                             \
      "At any time at most one surcharge by hours holds, and on any date one by holidays (it "     \
      "takes the place of those by hours). Cut the hours so that they meet, with the higher "      \
      "factor for the time that both claim.")                                                      \
    X(E340, "issues lead to issues without end",                                                   \
      "What \"leads_to\" says must die out: the probabilities of one type add up to 1 at most "    \
      "(a settled issue leads to one other or to none), and no circle of types may pass an issue " \
      "on with certainty. Lower one of the probabilities on the way round.")                       \
    X(E345, "transfer that cannot take place",                                                     \
      "A transfer passes contacts on to a team that has the skill and a channel for them, from "   \
      "teams other than that one. What a team passes on of one issue type adds up to a "           \
      "probability of 1 at most.")                                                                 \
    X(E390, "expectation cannot be read",                                                          \
      "An expectation is \"METRIC < NUMBER\", \"POLICY.METRIC >= NUMBER\" or \"compare(A, "        \
      "B).METRIC > NUMBER\", with <, <=, > or >=. A metric may be taken for one channel, team, "   \
      "segment, issue type, cause or account: service_level[channel=phone]. The number is in the " \
      "unit of the metric; 12% is 0.12. compare takes two policies and no slice.")                 \
    X(E391, "expectation about something that is not there",                                       \
      "The expectation names a metric, a policy or a slice that this scenario does not have. "     \
      "Metrics are listed by ccsim schema --reference; policies are those of \"policies\".")       \
    X(E395, "baseline cannot be used",                                                             \
      "The file is no baseline, or one in a format that this version does not read, or it was "    \
      "damaged. Write it anew with ccsim baseline, or take it from your repository.")              \
    X(W400, "overloaded",                                                                          \
      "Offered work exceeds what the staff can do, so that queues grow for as long as the run "    \
      "lasts and waiting times say more about the length of the run than about the center. Add "   \
      "staff, lower the demand, or give customers a finite patience. More than 20 times what all " \
      "agents could do is said before the run: it is mostly a wrong unit.")                        \
    X(W401, "short warm-up",                                                                       \
      "The warm-up is shorter than three half-lives of anger, so that the run starts with "        \
      "customers who have less of a past than they should.")                                       \
    X(W402, "table does not cover its time",                                                       \
      "An interval table without \"repeat\" ends before the horizon or begins after it, one that " \
      "is repeated every day begins at midnight and has fewer intervals than a day, or one for a " \
      "special day is shorter or longer than a day. Where there is no interval the value is 0. "   \
      "Give the others, or say with \"from\" where the table begins.")                             \
    X(W403, "null deletes nothing",                                                                \
      "A null in \"with\" or in an extending file names something that is not there. Check the "   \
      "spelling: what should have been deleted is still in effect.")                               \
    X(W404, "no effect",                                                                           \
      "The key is valid but what it belongs to is switched off or never used, so that it changes " \
      "nothing.")                                                                                  \
    X(W406, "very many contacts",                                                                  \
      "The demand alone is more than 100,000,000 contacts in each replication. If that is meant, " \
      "expect minutes for each, times replications and policies; a center a tenth of the size, "   \
      "or fewer replications, tell nearly as much.")                                               \
    X(W407, "hours that never meet",                                                               \
      "A channel is open at no time of the run, a team is on duty at no time of it, or those who " \
      "serve an issue type on a channel come only when the channel has closed, so that no caller " \
      "is ever answered. Check days and hours of both, run.start and run.horizon. A channel for "  \
      "messages that are answered later is a form, or has voicemail.")                             \
    X(W408, "extreme value",                                                                       \
      "The value is possible but hardly meant: nobody, or hardly anybody, of a team ever comes "   \
      "(absence and shrinkage are shares: 0.08 is 8 %), or agents differ so much in speed that "   \
      "most need no time at all. Check the unit.")                                                 \
    X(W440, "no steady state",                                                                     \
      "run.warmup is \"auto\", but in the pilot runs the number of contacts in the center still "  \
      "grows or falls after half of the longest of them, or nothing happens before t0 because "    \
      "tables begin there. Results then depend on where the run begins. Add staff or patience if " \
      "it is overloaded, state run.warmup, or begin with a run.backlog.")                          \
    X(W405, "too few replications",                                                                \
      "With fewer than two replications there is no interval, and with fewer than five it is too " \
      "wide to trust. Raise run.replications or give --reps.")                                     \
    X(W410, "precision not reached",                                                               \
      "A half-width asked for by --precision was not reached with --max-reps replications. The "   \
      "message says how many it would take, by the variance seen so far: half the width takes "    \
      "four times as many. Raise --max-reps, ask for less, or measure longer (run.horizon). A "    \
      "relative half-width cannot be reached where the mean is about 0, and none where events "    \
      "are too rare for an interval: ask for an absolute one, or for another metric.")

enum ccs_diag_code {
#define X(code, title, text) CCS_##code,
    CCS_DIAG_CODES(X)
#undef X
    CCS_DIAG_CODE_COUNT
};

struct ccs_diag_info {
    const char *code; /* "CCS-E214" */
    const char *title;
    const char *text;
};

const struct ccs_diag_info *ccs_diag_info(enum ccs_diag_code code);

/* By "CCS-E214", "E214" or lower case; NULL if there is none. */
const struct ccs_diag_info *ccs_diag_find(const char *code);

/* Adds one. All strings are copied (very long ones cut, control characters made visible); `origin`
 * and `pointer` may be NULL for unknown. After 100 errors, or 100 warnings, further ones are only
 * counted (ccs_diagnostics_omitted); an error is never lost to memory running out. */
void ccs_diag_add(struct ccs_diagnostics *diags, enum ccs_diag_code code, const char *origin,
                  int line, int column, const char *pointer, const char *format, ...)
    __attribute__((format(printf, 7, 8)));

#endif
