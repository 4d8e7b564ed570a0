#!/bin/sh
# conformance.sh BAB: the graphql-http audits against a fresh server.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" conformance
exec "$root/deploy/setup/with-server.sh" "$1" node "$root/conformance/run.mjs"
