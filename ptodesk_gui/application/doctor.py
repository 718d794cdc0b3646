"""Everything that support asks for, a line each: the program, the computer, what IT has set, what is kept, and whether the site is fit for filing.

No token, no email address, no name of a folder of the user's and nothing of any homeowner is in it.
"""

import os
import platform
import re
import shutil
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ptodesk_gui import __version__
from ptodesk_gui.application.key_findings import key_findings
from ptodesk_gui.application.place import needs_of
from ptodesk_gui.application.playbooks import InUse, playbook_for, with_project
from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.desk.doctor import Finding
from ptodesk_gui.outbox.census import census
from ptodesk_gui.outbox.health import examine as examine_disk
from ptodesk_gui.sop.faults import PlaybookFaults
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.credentials import Credentials
from ptodesk_gui.workstation.policy import TELL_IT, Policy, read_policy
from ptodesk_gui.workstation.policy_keys import SETTINGS
from ptodesk_gui.workstation.settings import Settings, Source, read_settings

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook

Tell = Callable[[Finding], object]

MOST_OFF: Final = 300.0  # seconds between this computer's clock and the site's
SET_CLOCK: Final = "Set the computer's clock; waits and follow-ups go by it."
CHECK: Final = "Correct the playbook; `ptodesk playbook check` names the same faults."
CHANGEABLE: Final = "Its file may be changed by whoever is signed in, so that it locks nothing."
ONLY_IT: Final = "Tell IT: only administrators may be able to write it."
_ACCESS: Final = os.access in os.supports_effective_ids
OF_POLICY: Final = "The machine's policy"
SIGNED_IN: Final = "The site accepts the token."  # as whom is nobody's business but the agent's
NO_UPDATER: Final = "The program has no updater."

_QUERY: Final = re.compile(r"(https?://[^\s?#]+)[?#][^\s,;]*")
_EMAIL: Final = re.compile(r"[^\s<>()\[\],;:\"'/]+@[^\s<>()\[\],;:\"'/]+")


def examine(tell: Tell, credentials: Credentials, *, display: str = "", today: date | None = None) -> None:
    """Tell every line, each as soon as it is known. Takes seconds: never on the UI thread. Changes nothing on the site."""
    settings, policy = read_settings(), read_policy()

    def say(finding: Finding) -> None:
        if finding.name == "Sign-in" and finding.ok:
            finding = replace(finding, words=SIGNED_IN)
        tell(replace(finding, words=discreet(finding.words), cure=discreet(finding.cure)))

    for finding in (*_what_runs(display), *_what_it_set(settings, policy)):
        say(finding)
    place = RealPlace(credentials)
    for finding in (*_keyring(credentials), *key_findings(place), examine_disk(place.store_path), *_store(place)):
        say(finding)
    book = _playbook(settings, today or date.today(), say)
    if book is None:
        return
    try:
        place.open(needs_of(with_project(book, settings.project)), settings)
        place.examine(say)
        if (off := place.clock_off) is not None:
            say(_clock(off))
    finally:
        place.close()


def discreet(text: str) -> str:
    """The text without email addresses, without what stands after an address's path, which may let somebody in, and without the home folder, which has
    the user's name in it."""
    home = os.path.expanduser("~")
    if len(home) > 1:
        text = text.replace(home, "~")
    return _EMAIL.sub("<email>", _QUERY.sub(r"\1?<hidden>", text))


def _what_runs(display: str) -> Iterator[Finding]:
    how = "built program" if getattr(sys, "frozen", False) else "from its source"
    parts = [
        f"ptodesk {__version__} ({how})",
        f"Python {platform.python_version()}",
        *_libraries(),
        ssl.OPENSSL_VERSION,
    ]
    yield Finding("Program", True, f"{', '.join(parts)}.")
    zone, at = time.strftime("%Z"), time.strftime("%z")
    language = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "not set"
    yield Finding("Computer", True, f"{platform.platform()}, language {language}, time zone {zone} ({at}).")
    session = [f"{name}={os.environ[name]}" for name in _SESSION if os.environ.get(name)]
    yield Finding("Display", True, f"{'; '.join(filter(None, (display, ', '.join(session)))) or 'None is known'}.")


_SESSION: Final = (
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",
)


def _libraries() -> Iterator[str]:
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        yield f"Qt {core.qVersion()}"
    for name in ("PySide6_Essentials", "jira", "requests", "keyring", "cryptography"):
        try:
            yield f"{name} {metadata.version(name)}"
        except metadata.PackageNotFoundError:  # the built program has no metadata
            continue


def _what_it_set(settings: Settings, policy: Policy) -> Iterator[Finding]:
    for fault in settings.faults:
        name = "Policy" if fault.startswith(OF_POLICY) else "Settings"
        yield Finding(name, ok=False, words=fault)
    where = ", ".join(policy.read_from) or "none"
    said = [f"{key.name} {word}" for key in SETTINGS for word in _set_how(policy, key.name)]
    if policy.keep_days != Policy().keep_days:
        said.append(f"keep_days {policy.keep_days}")
    yield Finding("Policy", True, f"Read from: {where}. It sets: {', '.join(said) or 'nothing'}. {NO_UPDATER}")
    if any(_may_change(Path(place)) for place in policy.read_from):
        yield Finding("Policy", False, CHANGEABLE, ONLY_IT)
    host = urlsplit(settings.url).hostname or "none"
    sources = {key: settings.sources.get(key, Source.NOWHERE).value for key in ("url", "email", "agent")}
    words = [f"site {host} ({sources['url']})", f"email ({sources['email']})", f"agent's name ({sources['agent']})"]
    words += list(settings.of_it())
    yield Finding("In use", True, f"{'; '.join(words)}.")
    if settings.site_unsure:
        yield Finding("Site", False, "It is not known which site IT has set; nothing is filed.", TELL_IT)


def _may_change(file: Path) -> bool:
    """Whether whoever runs this, no administrator, could write the policy. What Windows says of that is not to be relied on."""
    geteuid = getattr(os, "geteuid", None)
    return geteuid is not None and geteuid() != 0 and file.exists() and os.access(file, os.W_OK, effective_ids=_ACCESS)


def _set_how(policy: Policy, key: str) -> Iterator[str]:
    if key in policy.locked:
        yield "(locked)"
    elif key in policy.default:
        yield "(preset)"


def _keyring(credentials: Credentials) -> Iterator[Finding]:
    fault = credentials.probe()
    if fault is None:
        yield Finding("Keyring", ok=True, words="It keeps what it is given.")
    else:
        yield Finding("Keyring", ok=False, words=fault.reason, cure=fault.cure)
    yield Finding("Keyring back end", True, f"{credentials.back_end()}.")


def _store(place: RealPlace) -> Iterator[Finding]:
    path = place.store_path
    found = census(path)
    if found is not None:
        words = (
            f"Calls filed or to be filed: {found.plans}, of them not all filed: {found.open}; calls not ended: {found.drafts}; "
            f"follow-ups open: {found.follow_ups}; {found.size // 1024} KB, tables of version {found.version}."
        )
        yield Finding("In the outbox", True, words)
    try:
        free = shutil.disk_usage(path.parent).free // 1024**2
        yield Finding("Disk", True, f"{free} MB are left where the outbox is, {_shown(path.parent)}.")
        logs = paths.log_path("window").parent
        size = sum(file.stat().st_size for file in logs.iterdir() if file.is_file())
        yield Finding("Logs", True, f"{size // 1024} KB in {_shown(logs)}.")
    except OSError:
        return  # the line about the outbox says what is wrong


def _shown(folder: Path) -> str:
    return discreet(str(folder))


def _playbook(settings: Settings, today: date, tell: Tell) -> "Playbook | None":
    """The playbook in use, and what there is to say of it. None where there is none to go on with."""
    from ptodesk_gui.workstation.playbook_files import load_playbook

    if settings.source is None and settings.playbook:
        try:
            load_playbook(Path(settings.playbook))
        except PlaybookFaults as wrong:
            for line in wrong.lines:
                tell(Finding("Playbook", ok=False, words=line, cure=CHECK))
            return None
    found = playbook_for(settings, today)
    for line in found.faults:
        tell(Finding("Playbook", ok=False, words=line, cure=CHECK))
    tell(Finding("Playbook", ok=True, words=_playbook_words(found)))
    return found.playbook


def _playbook_words(found: InUse) -> str:
    faults = "" if found.faults else ", no faults"
    return " ".join(filter(None, (f"Version {found.playbook.version}{faults}.", found.origin, found.notice)))


def _clock(off: float) -> Finding:
    words = f"It is {abs(off):.0f} s {'behind' if off > 0 else 'ahead of'} the site's."
    well = abs(off) <= MOST_OFF
    return Finding("Clock", well, words, "" if well else SET_CLOCK)
