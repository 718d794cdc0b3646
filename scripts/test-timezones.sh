#!/usr/bin/env bash
# make test-timezones: the tests in which dates, times or words of a language could matter, under other clocks and languages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh dev
folders=()
for folder in tests/sop tests/application tests/outbox tests/console tests/ui; do
    [ -d "$folder" ] && folders+=("$folder")
done
while read -r zone language; do
    echo "== TZ=$zone LANG=$language"
    # Qt reads the language from these variables itself; the C library need not know it.
    env -u LC_ALL TZ="$zone" LANG="$language" LC_CTYPE=C.UTF-8 QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q -n auto "${folders[@]}" </dev/null
done <<'EOT'
LINT-14 de_DE.UTF-8
MST7MDT,M3.2.0,M11.1.0 tr_TR.UTF-8
NPT-5:45 ar_EG.UTF-8
UTC C
EOT
