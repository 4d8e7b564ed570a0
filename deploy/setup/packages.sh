#!/bin/sh
# packages.sh serve|test: the Debian packages that serving or testing needs and this machine lacks. Installs them when root;
# else says which command does. Never touches what is there already.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
purpose=$1
missing=

has() { command -v "$1" >/dev/null 2>&1; }
need() { missing="$missing $1"; }

has_postgres() {
    has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

if ! has cargo; then
    echo "Rust is missing: install it from https://rustup.rs, then run this again." >&2
    exit 1
fi
has cc || need "gcc libc6-dev"
if [ "$purpose" = test ] || ! "$root/deploy/setup/node.sh" --check; then
    python3 -m pip --version >/dev/null 2>&1 || need "python3 python3-pip"
fi
if [ "$purpose" = test ]; then
    has_postgres || need postgresql
    has "${CHROMIUM:-chromium}" || need chromium
fi

if [ -z "$missing" ]; then
    echo "    every package is there"
    exit 0
fi
if ! has apt-get; then
    echo "Install what provides these, and run this again:$missing" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "Packages are missing. Run: sudo apt-get install -y$missing" >&2
    exit 1
fi
echo "    installing:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of names
apt-get install -y -qq --no-install-recommends $missing >/dev/null
