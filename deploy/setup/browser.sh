#!/bin/sh
# browser.sh BAB: the browser stories against a fresh server.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" playground
BAB=$(realpath "$1")
export BAB
exec "$root/deploy/setup/with-server.sh" "$BAB" node "$root/playground/test/run.mjs"
