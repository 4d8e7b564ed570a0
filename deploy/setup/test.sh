#!/bin/sh
# test.sh: every check, one after the other. A failed one does not keep the others from running. Ends with one line that adds up
# what all runners counted; it is kept in target/test-summary.txt.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
PATH=$root/.tools/bin:$PATH
target=${CARGO_TARGET_DIR:-target}
setup=deploy/setup
output=$(mktemp)
trap 'rm -f "$output"' EXIT
passed=0
failed=0

# Runs a step whose success is one check.
check() {
    if $setup/step.sh "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# Runs a step whose runner prints "N passed" and "N failed", and adds these up. A runner that fails without counting a failure
# (it did not compile, it did not start) counts as one.
count() {
    # The exit code travels past tee in the last line of the copy.
    { $setup/step.sh "$@" 2>&1; echo "exit=$?"; } | tee "$output" | grep --line-buffered -v '^exit='
    ok=$(grep -aE '^(test result|conformance|browser):' "$output" | grep -oE '[0-9]+ passed' | awk '{ n += $1 } END { print n + 0 }')
    bad=$(grep -aE '^(test result|conformance|browser):' "$output" | grep -oE '[0-9]+ failed' | awk '{ n += $1 } END { print n + 0 }')
    [ "$(tail -n 1 "$output")" = exit=0 ] || [ "$bad" -gt 0 ] || bad=1
    passed=$((passed + ok))
    failed=$((failed + bad))
}

begun=$(date +%s)
if ! $setup/step.sh "Packages" $setup/packages.sh test; then
    exit 1
fi
check "Format" cargo fmt --all -- --check -l
check "Lints" cargo clippy --workspace --all-targets --locked --quiet -- -D warnings
check "Benchmarks" cargo check --locked --quiet --manifest-path bench/Cargo.toml --target-dir "$target"
check "Node" $setup/node.sh
check "Playground" $setup/playground.sh
count "Tests" cargo test --workspace --locked --no-fail-fast
# The tests have built the server that these checks call.
if [ -x "$target/debug/bab" ]; then
    count "Conformance (tools and clients of partners)" $setup/conformance.sh "$target/debug/bab"
    count "Browser" $setup/browser.sh "$target/debug/bab"
else
    failed=$((failed + 2))
fi

took=$(($(date +%s) - begun))
echo "all checks took $((took / 60)) min $((took % 60)) s"
mkdir -p "$target"
echo "$passed passed, $failed failed" | tee "$target/test-summary.txt"
[ "$failed" = 0 ]
