#!/usr/bin/env bash
# make package: the built program in dist/ptodesk, started before it is called built. `package.sh --build` only builds it.
# The same sources give the same files, as far as that goes (docs/packaging.md): one time for all, and no random hashes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "${1:-}" = --build ] || scripts/setup.sh dev
export PYTHONHASHSEED=0 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level ERROR --distpath dist --workpath build packaging/pyinstaller.spec
[ "${1:-}" = --build ] || QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q tests/frozen
du -sm dist/ptodesk
