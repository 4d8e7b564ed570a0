#!/bin/sh
# npm.sh FOLDER: the npm packages of FOLDER, exactly as its lockfile says, unless they are installed already.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$root/.tools/bin:$PATH
cd "$root/$1"

installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
    npm ci --no-audit --no-fund --loglevel=error
fi
