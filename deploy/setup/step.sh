#!/bin/sh
# step.sh "WHAT IT DOES" COMMAND...: says what happens, does it, says how long it took. Gives back COMMAND's exit code.
set -u

name=$1
shift
echo "==> $name"
begun=$(date +%s)
"$@"
status=$?
took=$(($(date +%s) - begun))
if [ "$status" = 0 ]; then
    echo "    $name: done in $took s"
else
    echo "    $name: FAILED after $took s (exit code $status)"
fi
exit "$status"
