"""make audit: known vulnerabilities of what is shipped and of what builds it, asked of the advisories' service by pip-audit.

Needs the network. A package about which nothing could be found out counts as not asked: pip-audit itself says "none found" then.
Ends with 0 when none is known, 1 when one is, 2 when it could not be asked for everything.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scripts.locked import REQUIREMENTS, lock

AUDITED = ("run", "build", "dev")
SECONDS = 600
NOT_ASKED = "It could not be found out whether there are known vulnerabilities: the service that lists them could not be asked about {count} of {all} packages. Try again with the network."


def report(answers: Mapping[str, Any], packages: set[str]) -> tuple[int, list[str]]:
    """The exit code and what to say, of pip-audit's answer (JSON) and the packages that were to be asked about."""
    known = {found["name"]: found for found in answers.get("dependencies", [])}
    lines = [
        f"{name} {found['version']}: {fault['id']}, mended in {', '.join(fault.get('fix_versions') or []) or 'no version yet'}"
        for name, found in sorted(known.items())
        for fault in found.get("vulns") or []
    ]
    asked = {name for name, found in known.items() if "skip_reason" not in found}
    code = 1 if lines else 0
    if missing := packages - asked:
        lines.append(NOT_ASKED.format(count=len(missing), all=len(packages)))
        code = code or 2
    elif not lines:
        lines.append(f"No vulnerability is known of these {len(packages)} packages.")
    return code, lines


def main(pip_audit: str = ".venv-audit/bin/pip-audit") -> int:
    """Ask and say."""
    packages = {package.name for which in AUDITED for package in lock(which) if not package.marker}
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        command = [pip_audit, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        for which in AUDITED:
            command += ["--requirement", str(REQUIREMENTS / f"{which}.txt")]
        try:
            subprocess.run([*command, "--output", str(answer)], timeout=SECONDS, check=False, capture_output=True)  # noqa: S603
            answers = json.loads(answer.read_text(encoding="utf-8"))
        except (OSError, ValueError, subprocess.TimeoutExpired):
            answers = {}
    code, lines = report(answers, packages)
    for line in lines:
        (sys.stderr if code else sys.stdout).write(f"{line}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
