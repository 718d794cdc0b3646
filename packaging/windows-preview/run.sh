#!/usr/bin/env bash
# make windows-preview: builds the Windows program and installer on Linux and tries them under wine. A preview: what is handed out
# is built from the same spec and the same installer script on Windows (docs/packaging.md). Everything is made in build/windows.
# Needs of Debian: wine wine64 nsis gcc-mingw-w64-x86-64-win32 unzip xvfb. A step whose result is there already is not done again;
# `run.sh try` tries what was built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=packaging/windows-preview
work=$PWD/build/windows
python=$work/python
wheels=$work/wheels
export WINEPREFIX=$work/prefix
export PYTHONHASHSEED=0 SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' ptodesk_gui/__init__.py)
for_windows=(--no-deps --only-binary=:all: --platform win_amd64 --python-version 311 --implementation cp --disable-pip-version-check)

for program in wine makensis x86_64-w64-mingw32-gcc unzip Xvfb; do
    command -v "$program" >/dev/null ||
        { echo "needed: apt-get install wine wine64 nsis gcc-mingw-w64-x86-64-win32 unzip xvfb" >&2; exit 1; }
done
python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    { echo "the Windows Python is made with the standard library of Python 3.11, which python3 here is not" >&2; exit 1; }
mkdir -p "$wheels"

if [ "${1:-}" != try ]; then
    if [ ! -e "$python/.ready" ]; then
        echo "== a Windows Python, with the locked packages"
        rm -rf "$python"
        .venv/bin/python -m pip download --quiet "${for_windows[@]}" --dest "$wheels" panda3d==1.10.16
        WHEELS=$wheels $here/build-winpy.sh "$python" >"$work/python.log"
        .venv/bin/python $here/wanted.py >"$work/wanted.txt"
        .venv/bin/python -m pip install --quiet --require-hashes "${for_windows[@]}" \
            --target "$python/Lib/site-packages" --requirement "$work/wanted.txt"
        touch "$python/.ready"
    fi
    if [ ! -e "$WINEPREFIX/.ready" ]; then
        echo "== a fresh Windows"
        rm -rf "$WINEPREFIX"
        $here/with-screen.sh $here/setup-wine.sh >"$work/wine.log" 2>&1
        touch "$WINEPREFIX/.ready"
    fi
    echo "== the program"
    $here/with-screen.sh $here/wrun "$python/python.exe" -m PyInstaller --noconfirm --clean --log-level ERROR \
        --distpath "$work/dist" --workpath "$work/work" packaging/pyinstaller.spec
    du -sm "$work/dist/ptodesk"
    echo "== the installers: this version's, and one that calls itself the next"
    for number in "$version" "$version.1"; do
        makensis -V2 -DQUICK -DVERSION="${number}" -DSOURCE="$work/dist/ptodesk" -DOUTPUT="$work/ptodesk-$number-setup.exe" \
            packaging/windows/installer.nsi
    done
    ls -l "$work"/*-setup.exe
fi
exec $here/with-screen.sh $here/try.sh "$work/ptodesk-$version-setup.exe" "$work/ptodesk-$version.1-setup.exe"
