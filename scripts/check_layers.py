#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the direction of dependencies in sim/ and include/, and prints each offence.

A file includes only its own folder or a lower layer; folders of equal number do not include each
other. The public headers include nothing of sim/. Nothing outside cli/ prints to the terminal,
exits or reads the environment. The modelled world knows no JSON, thread, file or clock on the wall.
"""
import pathlib
import re
import sys

LAYER = {
    "base": 0, "random": 1, "stats": 1, "engine": 2, "format": 2, "config": 3, "model": 4,
    "books": 4, "world": 5, "behavior": 6, "policy": 6, "lint": 6, "experiment": 7, "calibrate": 7,
    "gate": 8, "study": 8, "report": 9, "cli": 10,
}
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


def check_include(root, folder, is_header, bracket, name):
    top = name.split("/")[0]
    if bracket == '"':
        if folder is None:
            return f'a public header includes "{name}"'
        if top not in LAYER or "/" not in name:
            return f'"{name}" is not written as "folder/file.h" of sim/'
        if not (root / "sim" / name).exists():
            return f'"{name}" does not exist'
        if top == "world" and (LAYER[folder] > 7 or (folder == "experiment" and is_header)):
            return f"{folder} includes {name}: above a replication nobody knows the world"
        if top != folder and LAYER[top] >= LAYER[folder]:
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


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    files = sorted(p for top in ("sim", "include") for p in (root / top).rglob("*.[ch]"))
    found = 0
    for path in files:
        for number, problem in offences(root, path):
            print(f"{path.relative_to(root)}:{number}: {problem}")
            found += 1
    if found:
        print(f"check-layers: {found} offence(s) in {len(files)} files")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
