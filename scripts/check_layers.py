#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the direction of dependencies in sim/ and include/, and prints each offence.

  check_layers.py [ROOT]                    what files include and use
  check_layers.py [ROOT] --objects FOLDER   also what the object files below FOLDER (as
                                            build/debug/sim) call, and names that are defined twice

A file includes and calls only its own folder or a lower layer; folders of equal number know nothing
of each other. The public headers include nothing of sim/. Above a replication nobody knows the
world. Nothing outside cli/ prints to the terminal, exits or reads the environment. The modelled
world knows no JSON, thread, file or clock on the wall. The name of a file occurs once in sim/.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys

LAYER = {
    "base": 0, "random": 1, "stats": 1, "engine": 2, "format": 2, "config": 3, "model": 4,
    "books": 4, "world": 5, "behavior": 6, "policy": 6, "lint": 6, "experiment": 7, "calibrate": 7,
    "gate": 8, "study": 8, "report": 9, "cli": 10,
}
REPLICATION = "experiment"  # joins world, behavior and policy
WORLD = {"random", "stats", "engine", "model", "books", "world", "behavior", "policy"}
NOT_IN_WORLD = {"cjson/cJSON.h", "pthread.h", "threads.h", "time.h", "sys/time.h", "unistd.h",
                "fcntl.h"}
ONLY_IN_CLI = re.compile(r"(?<![\w.>])(exit|_exit|quick_exit|abort|getenv|secure_getenv|printf|"
                         r"vprintf|puts|putchar|perror|setlocale|signal|sigaction)\s*\(")
ASSERTIONS = pathlib.Path("sim/base/assert.c")  # the one place that may abort
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


def without_comments_and_strings(text):
    """The text with comments and literals blanked, line numbers kept."""
    return NOISE.sub(lambda m: "\n" * m.group().count("\n"), text)


def is_upward(folder, other):
    return other != folder and LAYER[other] >= LAYER[folder]


def check_include(root, folder, is_header, bracket, name):
    top = name.split("/")[0]
    if bracket == '"':
        if folder is None:
            return f'a public header includes "{name}"'
        if top not in LAYER or "/" not in name:
            return f'"{name}" is not written as "folder/file.h" of sim/'
        if not (root / "sim" / name).exists():
            return f'"{name}" does not exist'
        if top == "world" and (LAYER[folder] > LAYER[REPLICATION] or
                               (folder == REPLICATION and is_header)):
            return f"{folder} includes {name}: above a replication nobody knows the world"
        if is_upward(folder, top):
            return f"{folder} ({LAYER[folder]}) includes {top} ({LAYER[top]})"
    elif top in LAYER and "/" in name:
        return f'<{name}> is ours: write "{name}"'
    elif folder in WORLD and name in NOT_IN_WORLD:
        return f"{folder} includes <{name}>: the modelled world knows nothing of that"
    return None


def offences(root, path):
    folder = path.relative_to(root / "sim").parts[0] if root / "sim" in path.parents else None
    text = path.read_text(encoding="utf-8")
    if folder is not None and folder not in LAYER:
        yield 1, f"folder sim/{folder} has no layer"
        return
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        problem = match and check_include(root, folder, path.suffix == ".h", *match.groups())
        if problem:
            yield number, problem
    if folder == "cli" or path == root / ASSERTIONS:
        return
    for number, line in enumerate(without_comments_and_strings(text).splitlines(), 1):
        match = ONLY_IN_CLI.search(line)
        if match:
            yield number, f"{match.group(1)}() belongs to cli/"


def names_twice(root, files):
    """Files of sim/ that are called alike."""
    seen = collections.defaultdict(list)
    for path in files:
        if root / "sim" in path.parents:
            seen[path.name].append(str(path.relative_to(root)))
    for name, places in seen.items():
        if len(places) > 1:
            yield f"{name} occurs more than once: {', '.join(places)}"


def symbols(root, objects):
    """(object, defined names, used names) of each object file that is made of a file of sim/."""
    files = sorted(p for p in objects.rglob("*.o")
                   if (root / "sim" / p.relative_to(objects)).with_suffix(".c").exists())
    text = subprocess.run(["nm", "-A", *map(str, files)], check=True, capture_output=True,
                          text=True).stdout if files else ""
    defined, used = collections.defaultdict(set), collections.defaultdict(set)
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        kind, symbol = rest.split()[-2:]
        if kind == "U":
            used[name].add(symbol)
        elif kind.isupper():
            defined[name].add(symbol)
    return [(p, defined[str(p)], used[str(p)]) for p in files]


def call_offences(root, objects):
    table = symbols(root, objects)
    home = {}
    for path, defined, _ in table:
        for symbol in sorted(defined):
            if symbol in home:
                yield f"{symbol} is defined in {home[symbol].relative_to(objects)} and in " \
                      f"{path.relative_to(objects)}"
            home[symbol] = path
    for path, _, used in table:
        folder = path.relative_to(objects).parts[0]
        for symbol in sorted(used & home.keys()):
            other = home[symbol].relative_to(objects).parts[0]
            if is_upward(folder, other):
                yield f"{path.relative_to(objects)}: {folder} ({LAYER[folder]}) calls {symbol} " \
                      f"of {other} ({LAYER[other]})"
            elif other == "world" and LAYER[folder] > LAYER[REPLICATION]:
                yield f"{path.relative_to(objects)}: calls {symbol}: above a replication nobody " \
                      "knows the world"
    if not table:
        yield f"{objects}: no object files of sim/"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", nargs="?", default=".")
    parser.add_argument("--objects", metavar="FOLDER", type=pathlib.Path)
    options = parser.parse_args()
    root = pathlib.Path(options.root).resolve()
    files = sorted(p for top in ("sim", "include") for p in (root / top).rglob("*.[ch]"))
    found = [f"{path.relative_to(root)}:{number}: {problem}"
             for path in files for number, problem in offences(root, path)]
    found += names_twice(root, files)
    if options.objects:
        found += call_offences(root, options.objects)
    for line in found:
        print(line)
    if found:
        print(f"check-layers: {len(found)} offence(s) in {len(files)} files")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
