# Shared by the commands in scripts/: the Python environment, made and kept up to date.
# shellcheck shell=bash
#
# CECOP_VENV  where the environment is (default: .venv in the checkout)
# PYTHON      the Python it is made with (default: python3)

set -euo pipefail

ROOT="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
VENV="${CECOP_VENV:-$ROOT/.venv}"
case "$VENV" in /*) ;; *) VENV="$PWD/$VENV" ;; esac
REQUIREMENTS="$ROOT/requirements-dev.txt"
STAMP="$VENV/made-from"
# What starts these commands may have its own idea of Python; it must not leak in.
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

require_python() {
    command -v "$BASE_PYTHON" >/dev/null 2>&1 ||
        fail "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv)."
    "$BASE_PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        fail "Python 3.11 or newer is needed; $BASE_PYTHON is $("$BASE_PYTHON" -V 2>&1)." \
            "Install a newer one and name it, for example: PYTHON=python3.11 $0"
    "$BASE_PYTHON" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Python's venv module is needed. Install it (Debian: apt install python3-venv)."
}

# What an environment was made from. A moved checkout, another Python or another lock file differs.
wanted_stamp() {
    "$BASE_PYTHON" -c 'import sys; print(sys.version)'
    printf '%s\n' "$VENV"
    sha256sum <"$REQUIREMENTS"
}

is_current() {
    [ -x "$VENV/bin/python" ] && [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(wanted_stamp)" ]
}

make_environment() {
    say "Making the Python environment in $VENV (needed once) ..."
    rm -f "$STAMP"
    "$BASE_PYTHON" -m venv --clear "$VENV"
    # Wheels only: nothing is built on this machine, so it needs no compiler. The lock file is whole,
    # so pip need not look for what packages depend on (and stumble over releases newer than it).
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes --no-deps --only-binary=:all: --requirement "$REQUIREMENTS" ||
        fail "The packages could not be installed; what pip says above tells why." \
            "Run the same command again: it starts afresh."
    wanted_stamp >"$STAMP"
}

# Two commands may start at once, so the directory itself is locked meanwhile.
ensure_environment() {
    BASE_PYTHON="${PYTHON:-python3}"
    require_python
    if ! is_current; then
        mkdir -p "$VENV"
        exec 9<"$VENV"
        flock --nonblock 9 || { say "Waiting for another command to make the environment ..." && flock 9; }
        is_current || make_environment
        exec 9<&-
    fi
    PYTHON="$VENV/bin/python"
    cd "$ROOT"
}
