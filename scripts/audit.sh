#!/usr/bin/env bash
# make audit: known vulnerabilities of the locked packages. Needs the network; its tool has an environment of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
lock=requirements/audit.txt
if ! cmp -s "$lock" .venv-audit/made-of.txt; then
    rm -rf .venv-audit
    python3 -m venv .venv-audit
    .venv-audit/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes --only-binary=:all: --requirement "$lock" || {
        rm -rf .venv-audit
        echo "The tool for the audit could not be installed (the reason is above): nothing was found out." >&2
        exit 2
    }
    cp "$lock" .venv-audit/made-of.txt
fi
exec .venv-audit/bin/python -m scripts.audit
