#!/bin/sh
# conformance.sh BAB [CHECK...]: the checks of conformance/ (all, or those named) against a fresh server.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
"$root/deploy/setup/npm.sh" conformance
"$root/deploy/setup/pip.sh" schemathesis conformance/requirements.txt
"$root/deploy/setup/pip.sh" ariadne-codegen conformance/partners/python/requirements.txt
BAB=$(realpath "$1")
export BAB
shift
exec "$root/deploy/setup/with-server.sh" "$BAB" node "$root/conformance/run.mjs" "$@"
