#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the commands shown in README files and compares what they print with what is shown.

A block that begins with ```console holds commands (lines starting with "$ ") and their exact
output. A line "..." stands for any number of lines. Commands run in the repository's root with
the build first in PATH and an empty folder as TMP. `--update` rewrites the outputs of blocks
without "...".

    tests/readme.py README.md scenarios/README.md ...
"""
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = tempfile.TemporaryDirectory(prefix="ccsim-readme-")
SIMULATED = {}
BLOCK = re.compile(r"```console\n(.*?)```\n", re.S)


def simulated(command, env):
    """What `ccsim ...` before the first pipe prints: a file of it, and its messages. Kept, because
    README files show several parts of one report."""
    if command not in SIMULATED:
        path = os.path.join(FOLDER.name, f"simulated-{len(SIMULATED)}")
        with open(path, "w") as out:
            done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, stdout=out,
                                  stderr=subprocess.PIPE, text=True, timeout=600)
        SIMULATED[command] = path, done.stderr
    return SIMULATED[command]


def run(command):
    env = dict(os.environ, LC_ALL="C.UTF-8", TMP=FOLDER.name)
    ccsim = os.path.abspath(os.environ.get("CCSIM", os.path.join(ROOT, "build/ccsim")))
    env["PATH"] = os.path.dirname(ccsim) + ":" + env["PATH"]
    messages = ""
    first, pipe, rest = command.partition(" | ")
    if pipe and first.startswith("ccsim compare ") and "$TMP" not in command:
        path, messages = simulated(first, env)
        command = f"cat {path} | {rest}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=600)
    return messages + done.stdout


def commands_of(block):
    """Pairs of command and shown output."""
    pairs = []
    for line in block.splitlines():
        if line.startswith("$ "):
            pairs.append([line[2:], []])
        elif pairs:
            pairs[-1][1].append(line)
    return pairs


def matches(shown, printed):
    """Line by line; "..." stands for any lines."""
    parts = [[]]
    for line in shown:
        if line.strip() == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return parts[0] == printed
    at = 0
    for i, part in enumerate(parts):
        if i == 0:
            if printed[:len(part)] != part:
                return False
            at = len(part)
        elif i == len(parts) - 1:
            return not part or (at <= len(printed) - len(part) and printed[-len(part):] == part)
        else:
            found = next((k for k in range(at, len(printed) - len(part) + 1)
                          if printed[k:k + len(part)] == part), None)
            if found is None:
                return False
            at = found + len(part)
    return True


def clean(text):
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text else []


def main():
    update = "--update" in sys.argv
    files = [a for a in sys.argv[1:] if not a.startswith("-")]
    passed = failed = 0
    for name in files:
        path = os.path.join(ROOT, name)
        text = open(path, encoding="utf-8").read()

        def check(match):
            nonlocal passed, failed
            out = []
            for command, shown in commands_of(match.group(1)):
                if "# not run" in command:
                    out += ["$ " + command] + shown
                    continue
                printed = clean(run(command))
                ok = matches([s.rstrip() for s in shown], printed)
                if update and not ok and "..." not in [s.strip() for s in shown]:
                    shown = printed
                    ok = True
                passed += ok
                failed += not ok
                if not ok:
                    print(f"{name}: `{command}` does not print what is shown; it prints:")
                    print("\n".join("    " + p for p in printed[:60]))
                out += ["$ " + command] + shown
            return "```console\n" + "\n".join(out) + "\n```\n"

        new = BLOCK.sub(check, text)
        if update and new != text:
            open(path, "w", encoding="utf-8").write(new)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
