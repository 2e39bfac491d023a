# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks CSV results (stdin) against the contract: columns, statistics, that they fit together."""
import collections
import csv
import math
import statistics
import sys

COLUMNS = ("scenario,policy,versus,replication,period,segment,issue_type,team,channel,metric,"
           "statistic,value,unit").split(",")
lines = sys.stdin.read().split("\n")
problems = []
if lines.pop() != "":
    problems.append("the last line does not end")
comments = [line for line in lines if line.startswith("# ")]
if lines[:len(comments)] != comments or not comments:
    problems.append("comments do not lead")
if not any(line.startswith("# command: ccsim compare ") for line in comments):
    problems.append("no command")
table = list(csv.reader(lines[len(comments):]))
if table[0] != COLUMNS:
    problems.append(f"columns: {table[0]}")
values = collections.defaultdict(list)
found = {}
for row in table[1:]:
    if len(row) != len(COLUMNS):
        problems.append(f"{len(row)} cells: {row}")
        continue
    r = dict(zip(COLUMNS, row))
    key = tuple(r[c] for c in COLUMNS if c not in ("replication", "statistic", "value"))
    number = float(r["value"]) if r["value"] else None
    if r["statistic"] == "value":
        values[key].append(number)
        if int(r["replication"]) != len(values[key]):
            problems.append(f"replications out of order: {row}")
    elif r["statistic"] not in ("mean", "sd", "n", "ci95_lo", "ci95_hi", "p") or r["replication"]:
        problems.append(f"statistic: {row}")
    elif (key, r["statistic"]) in found:
        problems.append(f"twice: {row}")
    else:
        found[key, r["statistic"]] = number
for key, of_replications in values.items():
    if found[key, "n"] != len(of_replications):
        problems.append(f"n is not the number of values: {key}")
    if key[-2] in ("cost_total", "account.labor_talk", "contacts_offered"):  # plain means
        if not math.isclose(statistics.fmean(of_replications), found[key, "mean"], rel_tol=1e-12,
                            abs_tol=1e-12):
            problems.append(f"mean is not the mean of the values: {key}")
for what in ("account.labor_talk", "handle_hours_by_cause.first_request", "service_level"):
    if not any(key[-2] == what for key, _ in found):
        problems.append(f"no {what}")
if not any(key[2] and statistic == "p" for key, statistic in found):
    problems.append("no comparison")
for problem in problems[:20]:
    print(problem)
print("ok" if not problems else f"{len(problems)} problems")
