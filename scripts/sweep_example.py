#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sweeps a scenario, reads the results and draws them: an example to start from.

    scripts/sweep_example.py [FOLDER]

Into FOLDER (default: sweep-example) go the store study.db, the table study.csv and the chart
study.svg, and the table is printed. CCSIM names the program (default: ccsim). Only the standard
library is needed; with pandas the table is read by it, with matplotlib it draws study.png too.

Run it again and nothing is simulated twice.
"""
import argparse
import csv
import os
import pathlib
import subprocess

CCSIM = os.environ.get("CCSIM", "ccsim")
ROOT = pathlib.Path(__file__).resolve().parents[1]
SCENARIO = os.environ.get("SCENARIO", str(ROOT / "scenarios" / "minimal.json"))
AGENTS = "/teams/agents/agents"
TALK = "/issue_types/call/talk/mean"
METRIC = "service_level"


def sweep(store):
    subprocess.run([CCSIM, "sweep", SCENARIO, "--vary", f"{AGENTS}=11:16:1",
                    "--vary", f"{TALK}=150 s,3 min,210 s", "--reps", "5", "--quiet",
                    "--store", str(store)], check=True, stdout=subprocess.DEVNULL)


def read(store, table):
    """{talk in seconds: [(agents, mean, lo, hi), ...]} of the metric over the whole run."""
    subprocess.run([CCSIM, "export", str(store), "--metric", METRIC, "-o", str(table)], check=True)
    try:
        import pandas
        rows = pandas.read_csv(table, comment="#", dtype=str, keep_default_na=False)
        rows = rows.to_dict("records")
    except ImportError:
        with open(table, newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    found = {}
    for row in rows:
        if row["channel"] == row["issue_type"] == row["team"] == row["versus"] == "":
            key = (float(row[TALK + "_s"]), int(row[AGENTS]))
            found.setdefault(key, {})[row["statistic"]] = float(row["value"] or "nan")
    curves = {}
    for (talk, agents), value in sorted(found.items()):
        curves.setdefault(talk, []).append(
            (agents, value["mean"], value["ci95_lo"], value["ci95_hi"]))
    return curves


def print_table(curves):
    agents = [point[0] for point in next(iter(curves.values()))]
    print(f"{METRIC} by agents" + "".join(f"{n:8d}" for n in agents))
    for talk, points in curves.items():
        print(f"talk {talk:5.0f} s" + " " * (len(METRIC) - 2)
              + "".join(f"{100 * mean:7.1f}%" for _, mean, _, _ in points))


def draw_svg(curves, path):
    """Lines with 95 % bars, without any library."""
    width, height, left, bottom = 640, 400, 60, 50
    agents = sorted({point[0] for points in curves.values() for point in points})
    colors = ["#1b6ca8", "#c0392b", "#3a7d44", "#7d5ba6"]

    def x(n):
        return left + (width - left - 130) * (n - agents[0]) / (agents[-1] - agents[0])

    def y(share):
        return height - bottom - (height - bottom - 30) * share

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
           'font-family="sans-serif" font-size="12">',
           f'<rect width="{width}" height="{height}" fill="white"/>']
    for share in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<path d="M{left} {y(share):.1f}H{width - 120}" stroke="#ddd"/>'
                   f'<text x="{left - 8}" y="{y(share) + 4:.1f}" text-anchor="end">'
                   f'{100 * share:.0f} %</text>')
    for n in agents:
        out.append(f'<text x="{x(n):.1f}" y="{height - bottom + 20}" text-anchor="middle">{n}'
                   '</text>')
    out.append(f'<text x="{x(agents[0]):.1f}" y="{height - 8}">agents</text>'
               f'<text x="{left}" y="18">{METRIC}, 95 % intervals</text>')
    for color, (talk, points) in zip(colors, curves.items()):
        line = " ".join(f"{x(n):.1f},{y(mean):.1f}" for n, mean, _, _ in points)
        bars = "".join(f"M{x(n):.1f} {y(lo):.1f}V{y(hi):.1f}" for n, _, lo, hi in points)
        end = points[-1]
        out.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>'
                   f'<path d="{bars}" stroke="{color}" stroke-width="5" opacity="0.5"/>'
                   f'<text x="{x(end[0]) + 8:.1f}" y="{y(end[1]) + 4:.1f}" fill="{color}">'
                   f'talk {talk:.0f} s</text>')
    out.append("</svg>\n")
    pathlib.Path(path).write_text("\n".join(out), encoding="utf-8")


def draw_png(curves, path):
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot
    for talk, points in curves.items():
        agents, mean, low, high = zip(*points)
        pyplot.errorbar(agents, mean, label=f"talk {talk:.0f} s", capsize=3,
                        yerr=[[m - l for m, l in zip(mean, low)],
                              [h - m for m, h in zip(mean, high)]])
    pyplot.xlabel("agents")
    pyplot.ylabel(METRIC)
    pyplot.legend()
    pyplot.savefig(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="sweep-example", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder / "study.db")
    curves = read(folder / "study.db", folder / "study.csv")
    print_table(curves)
    draw_svg(curves, folder / "study.svg")
    draw_png(curves, folder / "study.png")


if __name__ == "__main__":
    main()
