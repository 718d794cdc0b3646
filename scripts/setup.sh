#!/usr/bin/env bash
# scripts/setup.sh run|dev: makes the clone ready to run, or to be tested as well.
# Does nothing, fast, when that has been done for the lock files as they are now. Safe to interrupt and to call again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
kind=${1:?usage: setup.sh run|dev}

locks=(requirements/run.txt requirements/build.txt)
packages=(requirements/debian-run.txt)
if [ "$kind" = dev ]; then
    locks=(requirements/dev.txt)
    packages+=(requirements/debian-dev.txt)
fi

key=$({ pwd; cat pyproject.toml requirements/*.txt scripts/setup.sh; } | sha256sum)
ready() { # what is ready to be tested is ready to run
    [ -x .venv/bin/python ] && grep -qsxF "$key" .venv/.ready-dev ".venv/.ready-$kind"
}
ready && exit 0

say() { printf '%s\n' "$@" >&2; }
die() { say "$@"; exit 1; }

# One set-up at a time in this folder; whoever waited finds the work done.
exec 9<.
command -v flock >/dev/null && flock 9
ready && exit 0

command -v python3 >/dev/null || die "ptodesk needs Python 3.11 or newer, and there is no python3 here."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    die "ptodesk needs Python 3.11 or newer; python3 here is $(python3 -V 2>&1)."

# The Debian packages of which something is missing, one a line.
missing_packages() {
    local libraries package probe
    libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    grep -hv '^#' "${packages[@]}" | while read -r package probe; do
        case $probe in
            lib:*) grep -qF "${probe#lib:} " <<<"$libraries" ;;
            cmd:*) command -v "${probe#cmd:}" >/dev/null ;;
            py:*) python3 -c "import ${probe#py:}" 2>/dev/null ;;
            gi:*) /usr/bin/python3 -c 'import sys, gi; gi.require_version(*sys.argv[1].rsplit("-", 1))' "${probe#gi:}" 2>/dev/null ;;
            file:*) [ -e "${probe#file:}" ] ;;
            font) [ -n "$(find /usr/share/fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ] ;;
        esac || printf '%s\n' "$package"
    done
}

install_packages() {
    local missing as_root=() command
    missing=$(missing_packages | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    command="apt-get update && apt-get install --yes --no-install-recommends $missing"
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        else
            command -v sudo >/dev/null && command="sudo sh -c '$command'" || command="su - -c '$command'"
            die "ptodesk needs system packages that are not installed, and this account may not install them." \
                "Type this (or ask whoever may), then run make again:" "" "    $command" ""
        fi
    fi
    command -v apt-get >/dev/null ||
        die "ptodesk needs the libraries of these Debian packages, and this system has no apt-get: $missing" \
            "Install what this system calls them, then run make again."
    say "Installing system packages: $missing"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
        apt-get -qq update || true
        apt-get -qq install --yes --no-install-recommends "$@" </dev/null >/dev/null' apt $missing ||
        die "The system packages could not be installed (the reason is above). Type this, then run make again:" "" \
            "    $command" ""
}

# A virtual environment that was left half made, that was made in another folder, or whose Python is gone is made anew.
# One that somebody else made is used as it is.
make_environment() {
    local made_for=.venv/.made-for
    if ! .venv/bin/python -c '' 2>/dev/null || [ -e .venv/.unfinished ] ||
        { [ -e $made_for ] && [ "$(cat $made_for)" != "$PWD" ]; }; then
        rm -rf .venv/bin && rm -rf .venv # the interpreter first: what an interruption leaves is seen as broken
        mkdir .venv
        pwd >$made_for
        touch .venv/.unfinished
        python3 -m venv .venv
    fi
    [ ! -e $made_for ] || touch .venv/.unfinished
}

install_packages
say "Setting up Python packages in .venv (a minute the first time) ..."
make_environment
pip=(.venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input)
"${pip[@]}" install --require-hashes --only-binary=:all: "${locks[@]/#/--requirement=}" ||
    die "The Python packages could not be installed (the reason is above). Run make again to go on."
"${pip[@]}" install --no-deps --no-build-isolation --no-index --editable .
printf '%s\n' "$key" >".venv/.ready-$kind"
rm -f .venv/.unfinished
