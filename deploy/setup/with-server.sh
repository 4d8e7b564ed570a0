#!/bin/sh
# with-server.sh BAB COMMAND...: runs COMMAND against a fresh server: a database of its own in a temporary folder, a free
# port. COMMAND finds the address in BASE_URL and the database in DATABASE_URL. The server is asked to stop (SIGTERM) and must do so cleanly.
set -eu

bab=$1
shift
folder=$(mktemp -d)
log=$folder/server.log
server=

finish() {
    status=$?
    trap - EXIT INT TERM
    if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
        kill -TERM "$server"
        wait "$server" || { echo "the server did not stop cleanly (exit code $?)"; status=1; }
    fi
    [ "$status" = 0 ] || { echo "--- the server's last lines:"; grep -avE '"level":"(INFO|DEBUG)"' "$log" | tail -n 30; }
    rm -rf "$folder"
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM

export DATABASE_URL="sqlite://$folder/bab.db?mode=rwc"
env -u TELEGRAM_BOT_TOKEN BAB_LISTEN=127.0.0.1:0 \
    "$bab" serve >"$log" 2>&1 &
server=$!

waited=0
BASE_URL=
while [ -z "$BASE_URL" ]; do
    kill -0 "$server" 2>/dev/null || { echo "$bab serve ended at once"; exit 1; }
    [ "$waited" -lt 1200 ] || { echo "$bab serve printed no address within 120 s"; exit 1; }
    sleep 0.1
    waited=$((waited + 1))
    BASE_URL=$(grep -aoE 'http://127\.0\.0\.1:[0-9]+' "$log" | grep -v ':0$' | head -n 1 || true)
done
export BASE_URL
"$@"
