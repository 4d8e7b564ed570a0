#!/bin/sh
# websocket.sh BAB: the graphql-ws client against a fresh server, with imports beside it.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" conformance
exec "$root/deploy/setup/with-server.sh" "$1" node --experimental-websocket "$root/conformance/websocket.mjs" "$1"
