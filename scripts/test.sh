#!/usr/bin/env bash
# make test: style, types, tests; stops at the first that fails and ends with pytest's summary.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh dev
python=.venv/bin/python
$python -m ruff check .
$python -m ruff format --check .
$python -m mypy
QT_QPA_PLATFORM=offscreen exec $python -m pytest -n auto "$@"
