#!/bin/sh
# assistants.sh BAB: the official client of the Model Context Protocol against `bab mcp` and a fresh server.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" conformance
exec "$root/deploy/setup/with-server.sh" "$1" node "$root/conformance/mcp.mjs" "$1"
