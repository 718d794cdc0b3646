"""``ptodesk doctor``: is this workstation, this site and this account fit for filing? One line each, with the cure."""

import json
import sys
from typing import TYPE_CHECKING

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.sop.faults import PlaybookFaults, one_line

if TYPE_CHECKING:
    from ptodesk_gui.desk.doctor import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> None:
    """Check keyring, site, sign-in and all that the procedure needs there. Changes nothing on the site."""
    with st.logged():
        findings = _examine()
    well = all(finding.ok for finding in findings)
    if as_json:
        lines = [{"name": f.name, "ok": f.ok, "words": f.words, "cure": f.cure} for f in findings]
        sys.stdout.buffer.write(json.dumps({"ok": well, "findings": lines}, ensure_ascii=False).encode() + b"\n")
    else:
        for finding in findings:
            mark = "ok   " if finding.ok else "WRONG"
            click.echo(one_line(f"{mark}  {finding.name}: {finding.words} {finding.cure}".rstrip()))
    sys.exit(st.FILED if well else st.WRONG)


def _examine() -> "list[Finding]":
    from ptodesk_gui.application.place import needs_of
    from ptodesk_gui.application.real_place import RealPlace
    from ptodesk_gui.desk.doctor import Finding
    from ptodesk_gui.workstation.credentials import Credentials
    from ptodesk_gui.workstation.settings import read_settings

    settings, credentials = read_settings(), Credentials()
    findings = [Finding("Settings", ok=False, words=fault) for fault in settings.faults]
    fault = credentials.probe()
    findings.append(
        Finding("Keyring", ok=True, words="It keeps what it is given.")
        if fault is None
        else Finding("Keyring", ok=False, words=fault.reason, cure=fault.cure)
    )
    try:
        book = st.playbook_of(settings)
    except PlaybookFaults as wrong:
        cure = "Correct the playbook; `ptodesk playbook check` names the same faults."
        return [*findings, *(Finding("Playbook", ok=False, words=line, cure=cure) for line in wrong.lines)]
    findings.append(Finding("Playbook", ok=True, words=f"Version {book.version}, no faults."))
    place = RealPlace(credentials)
    try:
        place.open(needs_of(book), settings)
        return [*findings, *place.examine()]
    finally:
        place.close()
