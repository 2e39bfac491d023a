# SPDX-License-Identifier: GPL-3.0-or-later
# For the cases beside this file: waits for a condition, ten minutes at most, for the machine may be
# busy. What never comes fails the case.
await() { # COMMAND...
    local i
    for i in $(seq 6000); do
        "$@" && return
        sleep 0.1
    done
    echo "never: $*"
}

finished_some() { # FILE: the progress line shows a finished replication
    grep -qs '[1-9][0-9]* of' "$1"
}

catches() { # PID NUMBER: the program (not the shell it was) handles this signal
    local caught
    [ "/proc/$1/exe" -ef "$CCSIM" ] || return
    caught=$(sed -n 's/^SigCgt:\s*//p' "/proc/$1/status") && ((16#${caught:-0} >> ($2 - 1) & 1))
}

waits_for_input() { # PID: it handles SIGINT and sleeps, which before the run is only for input
    catches "$1" 2 && grep -q '^State:\s*S' "/proc/$1/status"
}
