#!/usr/bin/env bash
# make run: the window in practice mode; without a display, the tour through it, with pictures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh run
if .venv/bin/python -I -S scripts/display.py; then
    exec .venv/bin/python -m ptodesk_gui --practice
fi
pictures=$PWD/artifacts/tour
printf '%s\n' "There is no display here: walking through one practice call off screen instead." \
    "Pictures of every stage go to $pictures" ""
QT_QPA_PLATFORM=offscreen exec .venv/bin/python -m ptodesk_gui --tour "$pictures"
