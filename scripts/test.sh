#!/usr/bin/env bash
# make test: style, types, tests; stops at the first that fails and ends with pytest's summary.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh dev
unset PYTHONDONTWRITEBYTECODE # many tests start the program: it need not be compiled each time
python=.venv/bin/python
$python -m ruff check .
$python -m ruff format --check .
$python -m mypy
# One worker more than cores, because some tests wait; whoever has nothing left takes over from the others.
workers=$(($(getconf _NPROCESSORS_ONLN) + 1))
QT_QPA_PLATFORM=offscreen exec $python -m pytest -n $workers --dist worksteal "$@"
