#!/usr/bin/env bash
# try.sh INSTALLER NEXT_INSTALLER: installs, starts, upgrades and removes the Windows program under wine, as run.sh made it.
# Says a line for each thing that was tried; ends with 1 when one went wrong. Files and the registry are looked at, not exit codes alone.
set -uo pipefail
here=$(dirname "$(readlink -f "$0")")
installer=$1
next=$2
drive=$WINEPREFIX/drive_c
user=$(ls -d "$drive"/users/*/AppData | grep -v Public | head -1)/Local
everybody="$drive/Program Files/ptodesk"
alone=$user/Programs/ptodesk
data=$user/ptodesk
pictures=$(dirname "$installer")/tour
bad=0

good() { printf 'ok    %s\n' "$1"; }
fault() { printf 'FAIL  %s\n' "$1"; bad=1; }
see() { # see WHAT COMMAND...
    local what=$1
    shift
    if "$@" >/dev/null 2>&1; then good "$what"; else fault "$what"; fi
}
windows() { "$here/wrun" "$@"; }
settled() { timeout 120 wineserver -w; } # until every Windows process has ended: the uninstaller goes on in a copy of itself
registered() { windows reg query "$1" | grep -qF "$2"; }
code_is() { # code_is CODE COMMAND...
    local wanted=$1 code=0
    shift
    windows "$@" >/dev/null || code=$?
    [ "$code" -eq "$wanted" ]
}
# The self-test, into a file: a windowed program has no console.
self_test() {
    local said=$drive/self-test.txt
    rm -f "$said"
    windows "$1/ptodesk-gui.exe" --self-test 'C:\self-test.txt' >/dev/null
    local code=$?
    sed 's/^/      /' "$said"
    [ "$code" -eq 0 ] && grep -q '^All is well' "$said" && grep -q 'ok    Keyring: keeps keys, by keyring.backends.Windows' "$said"
}
plans() { windows "$1/ptodesk.exe" plan scripts/smoke-case.json --today 2026-03-14 | grep -q '"day": 41'; }

rm -rf "$everybody" "$alone" "$data" "$pictures"

echo "== for everybody, silently"
windows "$installer" /S
see "the program is in Program Files" test -f "$everybody/ptodesk-gui.exe"
see "the start menu has it" test -n "$(find "$drive/ProgramData" -name ptodesk.lnk)"
see "Windows lists it with its version" registered 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\ptodesk' DisplayVersion
see "ptodesk: links open it" registered 'HKLM\Software\Classes\ptodesk\shell\open\command' 'ptodesk-gui.exe" "%1"'
if self_test "$everybody"; then good "the self-test, with Credential Manager"; else fault "the self-test, with Credential Manager"; fi
see "the console command plans a case" plans "$everybody"
mkdir -p "$pictures"
windows "$everybody/ptodesk-gui.exe" --tour "Z:${pictures//\//\\}" >"$pictures/said.txt"
see "the tour through the window" test "$(find "$pictures" -name '*.png' -size +8k | wc -l)" -gt 10

echo "== while a window is open"
mkdir -p "$data"
printf 'agent = "Sam Sample"\n' >"$data/settings.toml"
windows "$everybody/ptodesk-gui.exe" --practice >/dev/null &
for _ in $(seq 600); do [ -e "$data/practice/window.lock" ] && break; sleep 0.2; done
see "the window is open" test -e "$data/practice/window.lock"
see "the installer refuses (exit 3)" code_is 3 "$next" /S
see "the uninstaller refuses, and the program is there" sh -c "'$here/wrun' '$everybody/uninstall.exe' /S; sleep 5; test -f '$everybody/ptodesk-gui.exe' && test -d '$everybody/_internal/PySide6'"
windows taskkill /f /im ptodesk-gui.exe >/dev/null
wait
settled

echo "== upgraded in place"
touch "$everybody/_internal/of-the-version-before.txt"
windows "$next" /S
see "what the version before had and this one has not is gone" test ! -e "$everybody/_internal/of-the-version-before.txt"
see "the new version is listed" sh -c "'$here/wrun' reg query 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\ptodesk' | grep -q 'DisplayVersion.*\.1\$\|DisplayVersion.*\.1[[:space:]]'"
see "the user's settings stay" grep -q 'Sam Sample' "$data/settings.toml"
see "it starts" plans "$everybody"

echo "== removed, silently"
windows "$everybody/uninstall.exe" /S
settled
see "the program is gone" test ! -e "$everybody"
see "the start menu is as before" test -z "$(find "$drive/ProgramData" -name ptodesk.lnk)"
if registered 'HKLM\Software\Classes\ptodesk\shell\open\command' ptodesk; then fault "the link is gone"; else good "the link is gone"; fi
see "the user's data stay" grep -q 'Sam Sample' "$data/settings.toml"

echo "== for one user, silently, and removed with the data"
windows "$installer" /S /CURRENTUSER
see "the program is in the user's own folder" test -f "$alone/ptodesk-gui.exe"
see "ptodesk: links open it" registered 'HKCU\Software\Classes\ptodesk\shell\open\command' 'ptodesk-gui.exe" "%1"'
see "it starts" plans "$alone"
windows "$alone/uninstall.exe" /S /REMOVEDATA
settled
see "the program is gone" test ! -e "$alone"
see "the data are gone, as was asked" test ! -e "$data"
exit "$bad"
