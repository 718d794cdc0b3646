#!/usr/bin/env bash
# with-screen.sh COMMAND...: runs it with a virtual screen.
set -euo pipefail
place=$(mktemp -d)
exec 9>"$place/number"
Xvfb -displayfd 9 -screen 0 1280x900x24 -nolisten tcp >"$place/log" 2>&1 &
screen=$!
trap 'kill $screen 2>/dev/null; wait $screen 2>/dev/null || true; rm -rf "$place"' EXIT
for _ in $(seq 100); do [ -s "$place/number" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$place/number") "$@"
