# Shared by the scripts beside it, which source it after `set -euo pipefail`.
# Sets: root (the checkout), cache (what may be deleted at any time).
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # read by the scripts that source this file
cache=$root/.cache
mkdir -p "$cache"

# Playwright is given Debian's Chromium; its own download is not wanted.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename "$0"): $*"
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# locked NAME waits until no other script of this checkout holds NAME, and
# holds it until the calling script ends. Children must not outlive it.
locked() {
  has flock || return 0
  exec 9>"$cache/$1.lock"
  flock 9
}

# digest PATH... prints one hash over the names and contents of all files
# below the paths but for tests and what is made, so that a stamp changes when any of them does.
digest() {
  (cd "$root" && find "$@" \
    \( -name node_modules -o -name dist -o -name test -o -name test-results \) -prune -o \
    -type f ! -name '*.go' -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1)
}

# fresh STAMP VALUE succeeds when the file STAMP holds exactly VALUE.
fresh() { [ -f "$1" ] && [ "$(<"$1")" = "$2" ]; }

# at_least WANTED FOUND succeeds when version FOUND is WANTED or newer.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
