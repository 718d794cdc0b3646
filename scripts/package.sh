#!/usr/bin/env bash
# make package: the built program in dist/ptodesk, started once before it is called built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/setup.sh dev
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN --distpath dist --workpath build packaging/pyinstaller.spec
QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q tests/frozen
du -sh dist/ptodesk
