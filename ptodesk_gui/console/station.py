"""What the commands that file have in common: settings, place, store and filer, opened in order and closed in reverse."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from ptodesk_gui.console.wording import LOGIN as LOGIN
from ptodesk_gui.console.wording import on_console

if TYPE_CHECKING:
    from ptodesk_gui.application.place import Place
    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.outbox.dispatcher import NoDesk
    from ptodesk_gui.outbox.filer import Filer
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.sop.progress import PlanProgress
    from ptodesk_gui.workstation.settings import Settings

FILED: Final = 0
WRONG: Final = 1
INVALID: Final = 2
QUEUED: Final = 3
PERSON: Final = 4

STOP_SECONDS: Final = 5.0  # how long ending waits for a request that is under way


def say(line: str) -> None:
    """A message for a person. It goes to stderr: stdout is for the answer."""
    click.echo(line, err=True)


def say_notice(notice: str) -> None:
    """What there is to say of the outbox as a whole; nothing when it is all well again."""
    if notice:
        say(notice)


def end(code: int, *lines: str) -> NoReturn:
    """End the command with these messages."""
    for line in lines:
        say(line)
    sys.exit(code)


@dataclass(frozen=True, slots=True)
class Station:
    """This workstation, as far as filing needs it. ``site`` is what plans are queued under, empty when none is set."""

    settings: "Settings"
    place: "Place"
    site: str
    store: "Store"

    def open(self, playbook: "Playbook") -> None:
        """Get the place ready to file; nothing is sent yet."""
        from ptodesk_gui.application.place import needs_of

        self.place.open(needs_of(playbook), self.settings)

    def filer(self, told: "Callable[[PlanProgress], None]") -> "Filer":
        """A filer for the place, which must be open."""
        from ptodesk_gui.outbox.filer import Filer

        return Filer(self.store, self._desk_for_site, on_progress=told, on_notice=say_notice)

    def _desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        from ptodesk_gui.outbox.dispatcher import NoDesk

        found = self.place.desk_for_site(site)
        if not isinstance(found, NoDesk) or self.site != site or self.settings.site_unsure:
            return found
        cure = on_console(found.cure)
        return replace(found, cure=cure if LOGIN in cure else f"{cure} {LOGIN}")


@contextmanager
def station(*, practice: bool) -> Iterator[Station]:
    """The workstation with its log and its store open. Ends the command when the store cannot be opened or fails."""
    from ptodesk_gui.application.place import open_store
    from ptodesk_gui.outbox.database import StoreError

    with ExitStack() as stack:
        stack.enter_context(logged())
        settings = read_settings()
        try:
            place, site = _practice() if practice else _real(settings)
            store = open_store(
                place, may_set_aside=False
            )  # a console may run where the user's keyring cannot be reached
            stack.callback(store.close)
            stack.callback(place.close)
            say_notice(store.notice)
            if store.wants_care:
                say_notice(store.look_after())
            yield Station(settings, place, site, store)
        except StoreError as error:
            end(PERSON, str(error))


@contextmanager
def filing(at: Station, told: "Callable[[PlanProgress], None]") -> "Iterator[Filer]":
    """A filer that is stopped in the end, whatever happens."""
    filer = at.filer(told)
    try:
        yield filer
    finally:
        filer.stop(STOP_SECONDS)


@contextmanager
def logged() -> Iterator[None]:
    """With the console's log open, where it can be."""
    from ptodesk_gui.workstation import logs, paths, settings

    try:
        handler = logs.start_log(paths.log_path("console"))
    except OSError:
        handler = None
    logs.set_level(settings.read_settings().log_level)
    try:
        yield
    finally:
        logs.stop_log(handler)


def read_settings() -> "Settings":
    """The settings that hold; what is wrong with their files is said."""
    from ptodesk_gui.workstation import settings

    found = settings.read_settings()
    for fault in found.faults:
        say(fault)
    return found


def playbook_of(settings: "Settings", day: date | None = None) -> "Playbook":
    """The playbook that was fetched for IT, of the settings, else the one that came with the program; of today or that day. Raises PlaybookFaults."""
    if settings.source is not None:
        from ptodesk_gui.application.playbooks import playbook_for

        found = playbook_for(settings, day or date.today())
        if found.notice:
            say(found.notice)
        return found.playbook
    return playbook_on(day or date.today(), Path(settings.playbook) if settings.playbook else None)


def playbook_on(today: date, path: Path | None) -> "Playbook":
    """The playbook at the path (None: the one that came with the program) where it holds on that day, else the one that the window
    uses until it does, which is said. Raises PlaybookFaults.
    """
    from ptodesk_gui.workstation.playbook_files import load_playbook

    book = load_playbook(path)
    if book.holds_on(today):
        return book
    from ptodesk_gui.application.playbooks import LAST_GOOD, playbook_in_use
    from ptodesk_gui.workstation import paths

    found = playbook_in_use(path, paths.data_dir() / LAST_GOOD, today)
    if found.notice:
        say(found.notice)
    return found.playbook


def place_of(*, practice: bool) -> "Place":
    """The practice desk or the real site, not opened."""
    if practice:
        from ptodesk_gui.application.practice_place import PracticePlace
        from ptodesk_gui.workstation import paths

        return PracticePlace(paths.practice_dir())
    from ptodesk_gui.application.real_place import RealPlace
    from ptodesk_gui.workstation.credentials import Credentials

    return RealPlace(Credentials())


def _practice() -> "tuple[Place, str]":
    place = place_of(practice=True)
    return place, place.site


def _real(settings: "Settings") -> "tuple[Place, str]":
    from ptodesk_gui.desk.address import AddressError, site_address

    try:
        site = site_address(settings.url) if settings.url else ""
    except AddressError as error:
        end(PERSON, f"{error} {LOGIN}")
    return place_of(practice=False), site
