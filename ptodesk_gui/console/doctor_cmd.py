"""``ptodesk doctor``: is this workstation, this site and this account fit for filing? One line each, with the cure."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.console.wording import on_console
from ptodesk_gui.sop.faults import one_line

if TYPE_CHECKING:
    from ptodesk_gui.desk.doctor import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> None:
    """Check this computer, its policy and settings, the outbox, the playbook, the site and all that the procedure needs there.

    Changes nothing on the site. No token, no email and nothing of any homeowner is in it: it can be sent to support as it is.
    """
    findings: list[Finding] = []

    def tell(finding: "Finding") -> None:
        """A line is known; it is printed at once, for the next one may take its time."""
        found = replace(finding, words=on_console(finding.words), cure=on_console(finding.cure))
        findings.append(found)
        if not as_json:
            _print(found)

    with st.logged():
        _examine(tell)
    well = all(finding.ok for finding in findings)
    if as_json:
        lines = [{"name": f.name, "ok": f.ok, "words": f.words, "cure": f.cure} for f in findings]
        sys.stdout.buffer.write(json.dumps({"ok": well, "findings": lines}, ensure_ascii=False).encode() + b"\n")
    sys.exit(st.FILED if well else st.WRONG)


def _print(finding: "Finding") -> None:
    mark = "ok   " if finding.ok else "WRONG"
    click.echo(one_line(f"{mark}  {finding.name}: {finding.words} {finding.cure}".rstrip()))
    sys.stdout.flush()


def _examine(tell: "Callable[[Finding], None]") -> None:
    from ptodesk_gui.application.doctor import examine
    from ptodesk_gui.workstation.credentials import Credentials

    examine(tell, Credentials())
