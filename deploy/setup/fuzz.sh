#!/bin/sh
# fuzz.sh SECONDS: the fuzz targets, that long each. cargo-fuzz is installed when missing. A finding lies in fuzz/artifacts.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
command -v cargo-fuzz >/dev/null 2>&1 || cargo install --quiet --locked cargo-fuzz
# The stable compiler has the sanitizers, behind this switch.
export RUSTC_BOOTSTRAP=1
for target in fuzz/fuzz_targets/*.rs; do
    name=$(basename "$target" .rs)
    mkdir -p "fuzz/corpus/$name"
    sed -n "s/^question = [\"']\(.*\)[\"']$/\1/p" crates/ask/tests/questions/specification/*.toml |
        awk -v folder="fuzz/corpus/$name" '{ file = folder "/" NR; printf "\n%s", $0 > file; close(file) }'
    cargo fuzz run "$name" -- -max_total_time="$1" -max_len=4096 -timeout=2 -verbosity=0
done
