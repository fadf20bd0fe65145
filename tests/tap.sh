# shellcheck shell=bash
# TAP (testanything.org) for tests written in bash: source it, call check, is, like..., end with
# tap_done. $scratch is an empty folder of this test's own, removed at its end.
#
#   . "$(dirname "$0")/../tap.sh"
#   check 'a folder is refused' refuses govah add /
#   is "$(govah figures | wc -l)" 3 'three figures'
#   tap_done

set -u
export LC_ALL=C.UTF-8
tap_count=0
tap_failed=0
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT

tap_note() {
    printf '%s\n' "$*" | sed 's/^/# /'
}

# pass NAME, fail NAME [DETAIL]
pass() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$1"
}

fail() {
    tap_count=$((tap_count + 1))
    tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
    [ -z "${2-}" ] || tap_note "$2"
}

# check NAME COMMAND...: passes when the command succeeds; what it printed is shown otherwise
check() {
    local name=$1 output status
    shift
    output=$("$@" 2>&1 </dev/null)
    status=$?
    if [ "$status" = 0 ]; then
        pass "$name"
    else
        fail "$name" "exit status $status: $output"
    fi
}

# exits STATUS NAME COMMAND...: passes when the command ends with exactly that status
exits() {
    local wanted=$1 name=$2 output status
    shift 2
    output=$("$@" 2>&1 </dev/null)
    status=$?
    if [ "$status" = "$wanted" ]; then
        pass "$name"
    else
        fail "$name" "exit status $status, not $wanted: $output"
    fi
}

# is GOT WANTED NAME
is() {
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3" "got:    $1
wanted: $2"
    fi
}

# like GOT REGEX NAME: REGEX as in [[ =~ ]]
like() {
    if [[ $1 =~ $2 ]]; then
        pass "$3"
    else
        fail "$3" "got:    $1
wanted: something like $2"
    fi
}

# unlike GOT REGEX NAME
unlike() {
    if [[ $1 =~ $2 ]]; then
        fail "$3" "got:    $1
wanted: nothing like $2"
    else
        pass "$3"
    fi
}

# empty OUTPUT NAME: passes when there is none; for checks that print what they object to
empty() {
    if [ -z "$1" ]; then
        pass "$2"
    else
        fail "$2" "$1"
    fi
}

# skip NAME REASON: one check that cannot be made here
skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

# skip_all REASON: nothing of this test can be checked here
skip_all() {
    printf '1..0 # SKIP %s\n' "$1"
    exit 0
}

# cannot REASON: what every machine must be able to do fails, so the whole test does
cannot() {
    fail "$1" "${2-}"
    printf '1..%d\n' "$tap_count"
    exit 1
}

tap_done() {
    printf '1..%d\n' "$tap_count"
    [ "$tap_failed" = 0 ]
    exit
}
