#!/usr/bin/env bash
# setup-wine.sh: a fresh Windows in WINEPREFIX (run under with-screen.sh), with stand-ins for what Wine 8 lacks. For trying only: they are
# in the trial's Windows, not in the package.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
export WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
wine wineboot -i </dev/null 2>&1 | cat
wine winecfg -v win10 </dev/null 2>&1 | cat
system=$WINEPREFIX/drive_c/windows/system32
for name in icuuc mscms bcryptprimitives; do
    rm -f "$system/$name.dll"
    x86_64-w64-mingw32-gcc -shared -O2 -s -o "$system/$name.dll" "$here/$name.c" -ladvapi32
done
