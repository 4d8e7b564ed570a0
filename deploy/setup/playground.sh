#!/bin/sh
# playground.sh: builds the playground into playground/dist, unless that is newer than its sources.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
cd "$root/playground"

sources="package.json package-lock.json index.html vite.config.js clean.mjs src ../schema/examples"
# shellcheck disable=SC2086 # a list of names
if [ -f dist/index.html ] && [ -z "$(find $sources -newer dist/index.html 2>/dev/null | head -n 1)" ]; then
    echo "    playground/dist is newer than its sources"
    exit 0
fi
"$root/deploy/setup/npm.sh" playground
npm run --silent build
