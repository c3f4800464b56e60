# How a command of this folder runs: it says one line when it fails, and leaves nothing half-done. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail
set -m # each program in a process group of its own, which ends as a whole
umask 077
export LC_ALL=C PGAPPNAME=${0##*/} PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-15}

child=''
temporary=$(mktemp -d)
errors=$temporary/errors
: >"$errors"

# fail TEXT…: says what was wanted, what was found, where, and what to do; ends the command.
fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

say() {
    printf '%s: %s\n' "${0##*/}" "$*"
}

# reason: the line of the last program's errors that says most.
reason() {
    local line
    line=$(grep -iE -m1 '(error|fatal|panic):' "$errors" || tail -n 1 "$errors")
    printf '%.400s' "${line:-no reason given}"
}

# run PROGRAM…: as the shell's job, since a signal must not wait until the program has ended by itself.
run() {
    local status=0
    "$@" </dev/null 2>"$errors" &
    child=$!
    wait "$child" || status=$?
    child=''
    return "$status"
}

# clean: what each command has to undo; those that have more to undo define it anew.
clean() { :; }

ended() {
    local status=$?
    trap '' HUP INT TERM
    trap - EXIT
    set +e
    if [ -n "$child" ]; then
        kill -TERM -- "-$child"
        wait "$child"
    fi 2>/dev/null
    clean
    rm -rf "$temporary"
    exit "$status"
}

trap ended EXIT
trap 'printf "%s: interrupted; nothing was changed.\n" "${0##*/}" >&2; exit 130' INT
trap 'printf "%s: told to stop; nothing was changed.\n" "${0##*/}" >&2; exit 143' HUP TERM
