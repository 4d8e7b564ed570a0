#!/bin/sh
# browser.sh BAB [PROGRAM ARGUMENT...]: the browser stories, or another program of playground/test, against a fresh server.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" playground
BAB=$(realpath "$1")
export BAB
shift
program=${1:-run.mjs}
[ $# = 0 ] || shift
exec "$root/deploy/setup/with-server.sh" "$BAB" node "$root/playground/test/$program" "$@"
