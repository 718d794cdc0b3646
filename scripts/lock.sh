#!/usr/bin/env bash
# make lock: chooses versions and writes the lock files, with the hashes of every platform's files and without any
# index address, so that plain pip takes them from whatever index a site uses. Needs `uv` (pip install uv).
# `make lock UPGRADE=1` takes newer versions; without it, what is locked stays unless pyproject.toml demands otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
uv=(uv)
command -v uv >/dev/null || uv=(.venv/bin/uv)
"${uv[@]}" --version >/dev/null 2>&1 || { echo "make lock needs uv: .venv/bin/python -m pip install uv" >&2; exit 1; }

compile() { # compile OUTPUT INPUT... : the arguments after OUTPUT say what to lock
    local output=$1
    shift
    "${uv[@]}" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} --output-file "$output" "$@" >/dev/null
}

compile requirements/dev.txt pyproject.toml --extra dev
# The others are parts of it, in the same versions.
UPGRADE='' compile requirements/run.txt pyproject.toml --constraint requirements/dev.txt
UPGRADE='' compile requirements/build.txt requirements/build.in --constraint requirements/dev.txt
compile requirements/audit.txt requirements/audit.in --constraint requirements/dev.txt
