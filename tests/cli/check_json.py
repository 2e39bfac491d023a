# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks JSON results (stdin) against the contract, and prints ok or what is wrong."""
import json
import math
import sys

CORE = """cost_total cost_workload cost_per_contact cost_per_issue cost_per_resolved_issue
concession_cost churn_rate_per_year churn_silent_share lifetime_value_lost handle_time_per_contact
handle_time_per_issue contacts_per_issue transfers_per_issue first_contact_resolution
first_contact_resolution_apparent resolution_time resolution_time_p50 resolution_time_p90 wait_mean
wait_answered_mean service_level abandonment_rate occupancy escalation_rate promises_kept_share
failure_demand_share justified_unpaid net_value_per_customer""".split()

problems = []


def expect(condition, what):
    if not condition:
        problems.append(what)


def check_metric(where, m):
    expect(set("mean sd n ci95 unit kind scope".split()) <= m.keys(), f"{where}: members")
    expect(m["mean"] is not None or m.get("reason"), f"{where}: null without a reason")
    expect(m["kind"] in ("mean", "ratio", "quantile"), f"{where}: kind")
    expect(m["scope"] in ("window", "cohort"), f"{where}: scope")
    if m["ci95"] is not None:
        low, high = m["ci95"]
        expect(high is None or low <= m["mean"] <= high, f"{where}: mean outside of its interval")


def no_duplicates(pairs):
    keys = [key for key, _ in pairs]
    expect(len(keys) == len(set(keys)), f"duplicate key among {keys[:5]}")
    return dict(pairs)


def refuse(constant):
    problems.append(f"not JSON: {constant}")


d = json.load(sys.stdin, object_pairs_hook=no_duplicates, parse_constant=refuse)
TOP = set("meta scenario policies comparisons balance signature warnings".split())
expect(TOP <= d.keys(), "top")
expect({"ccsim", "command"} <= d["meta"].keys(), "meta")
expect(set("name hash seed replications".split()) <= d["scenario"].keys(), "scenario")
for hexadecimal in [d["signature"], d["scenario"]["hash"]]:
    expect(len(hexadecimal) == 16 and int(hexadecimal, 16) >= 0, "16 hexadecimal digits")
for name, policy in d["policies"].items():
    for core in CORE:
        expect(core in policy["metrics"], f"{name}: no {core}")
    for metric, value in policy["metrics"].items():
        check_metric(f"{name}/{metric}", value)
    for slice_name, slices in policy["by"].items():
        for key, metrics in slices.items():
            for metric, value in metrics.items():
                check_metric(f"{name}/{slice_name}/{key}/{metric}", value)
    for metric, series in policy["series"].items():
        expect(all("period" in point for point in series), f"{name}/series/{metric}: period")
        for point in series:
            check_metric(f"{name}/series/{metric}", point)
    expect(len(policy["signature"]) == 16, f"{name}: signature")
    accounts = [a["account"]["mean"] for a in policy["by"]["account"].values()]
    expect(abs(math.fsum(accounts)) < 1e-6, f"{name}: the accounts do not add up to 0")
    expect(d["balance"][name]["ok"], f"{name}: balance")
n = len(d["policies"])
pairs = n * (n - 1) // 2 if n <= 10 else n - 1
expect(len(d["comparisons"]) == pairs, "one comparison per pair, or with the baseline")
for c in d["comparisons"]:
    a, b = d["policies"][c["a"]]["metrics"], d["policies"][c["b"]]["metrics"]
    expect(c["metrics"].keys() == a.keys(), "a difference for every metric")
    expect("breakeven" in c, "break-even")
    for metric, value in c["metrics"].items():
        expect({"diff", "ci95", "p_adjusted", "variance_reduction"} <= value.keys(), metric)
        if value["diff"] is not None:
            expect(math.isclose(value["diff"], a[metric]["mean"] - b[metric]["mean"], rel_tol=1e-9,
                                abs_tol=1e-9), f"{metric}: not the difference of the means")
for problem in problems:
    print(problem)
print("ok" if not problems else f"{len(problems)} problems")
