#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sweeps a scenario, reads the results and draws them: an example to start from, with awk, and with
# sqlite3 where that is installed.
#
#   scripts/sweep_example.sh [FOLDER]
#
# Into FOLDER (default: sweep-example) go the store study.db and the table study.csv; the chart is
# drawn on the terminal. CCSIM names the program (default: ccsim), SCENARIO the scenario. Run it
# again and nothing is simulated twice.
set -euo pipefail

ccsim=${CCSIM:-ccsim}
scenario=${SCENARIO:-$(dirname "$0")/../scenarios/minimal.json}
folder=${1:-sweep-example}
mkdir -p "$folder"

"$ccsim" sweep "$scenario" --vary /teams/agents/agents=11:16:1 \
    --vary '/issue_types/call/talk/mean=150 s,3 min,210 s' \
    --reps 5 --quiet --store "$folder/study.db" >/dev/null
"$ccsim" export "$folder/study.db" --metric service_level -o "$folder/study.csv"

# Columns by their names; the values here have no quotes and no commas.
echo "service_level: a bar for each point"
awk -F, '
    /^#/ { next }
    !n { for (n = 1; n <= NF; n++) column[$n] = n; next }
    $column["statistic"] == "mean" && $column["channel"] == "" && $column["issue_type"] == "" &&
    $column["team"] == "" && $column["versus"] == "" {
        value = $column["value"]
        bar = ""
        for (i = 0; i < int(50 * value + 0.5); i++) bar = bar "#"
        printf "talk %3d s  agents %2d  %5.1f %%  %s\n", $column["/issue_types/call/talk/mean_s"],
            $column["/teams/agents/agents"], 100 * value, bar
    }' "$folder/study.csv"

# The same question asked of the store itself.
if command -v sqlite3 >/dev/null; then
    echo
    echo "fewest agents for a service level of 80 %"
    sqlite3 "$folder/study.db" "
        SELECT 'talk ' || talk.value || ': ' || CAST(min(agents.number) AS INTEGER)
        FROM estimate
        JOIN parameter AS agents ON agents.point = estimate.point
            AND agents.pointer = '/teams/agents/agents'
        JOIN parameter AS talk ON talk.point = estimate.point
            AND talk.pointer = '/issue_types/call/talk/mean'
        WHERE metric = 'service_level' AND slice = '' AND mean >= 0.8
        GROUP BY talk.value ORDER BY talk.number"
fi
