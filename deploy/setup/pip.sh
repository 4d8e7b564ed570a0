#!/bin/sh
# pip.sh NAME REQUIREMENTS: the Python packages, exactly as the file REQUIREMENTS says, in .tools/NAME, unless they are there already.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
wanted=$root/$2
folder=$root/.tools/$1

if cmp -s "$wanted" "$folder/requirements.txt"; then
    exit 0
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || ! python3 -m pip --version >/dev/null 2>&1; then
    echo "$1 needs Python 3.11 or newer with pip. Run: sudo apt-get install -y python3 python3-pip" >&2
    exit 1
fi
echo "    taking $1 from PyPI into .tools"
rm -rf "$folder"
python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
    --no-deps --target "$folder" --requirement "$wanted"
cp "$wanted" "$folder/requirements.txt"
