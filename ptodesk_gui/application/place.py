"""Where the tickets go: what the composition root asks of the practice desk and of a real site alike. No Qt."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.desk.doctor import Finding
    from ptodesk_gui.desk.history import TicketReader
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.dispatcher import NoDesk
    from ptodesk_gui.outbox.keys import Keyring
    from ptodesk_gui.outbox.store import Store
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.ui.settings.view import SettingsView, SettingsWanted
    from ptodesk_gui.workstation.settings import Settings


class Place(Protocol):
    """A place that files tickets. Everything here may wait for disk, network or keyring: never on the UI thread."""

    @property
    def store_path(self) -> Path:
        """The outbox that belongs to this place and to no other."""

    @property
    def site(self) -> str:
        """The name that plans are queued under; empty as long as no site is set."""

    def open(self, needs: "SiteNeeds", settings: "Settings") -> None:
        """Get ready to file, anew when it was open already. What stands in the way is said by ``desk_for_site``, not raised."""

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The desk of a site; None when the site is another than this place's. Any thread."""

    def reader(self) -> "TicketReader | NoDesk":
        """What reads tickets of this place's site, or why nothing can be read. Any thread."""

    def examine(self) -> "tuple[Finding, ...]":
        """What works at this place and what does not, each with its cure."""

    def view(self, settings: "Settings") -> "SettingsView":
        """The settings as the settings window shows them for this place."""

    def keep(self, wanted: "SettingsWanted", settings: "Settings") -> None:
        """Keep what the agent typed into the settings window. Raises SettingsError or AddressError, each a sentence."""

    def close(self) -> None:
        """Let go of everything. May be called twice."""


@runtime_checkable
class Adapting(Protocol):
    """A place whose tickets come from senders that the playbook does not know: the practice desk's."""

    def adapted(self, playbook: "Playbook") -> "Playbook":
        """The playbook with those senders. Never on the UI thread."""


@runtime_checkable
class Holding(Protocol):
    """A place that may have to keep calls back: it is not known where IT wants them."""

    @property
    def held(self) -> str:
        """Why nothing may be queued, with what to do; empty when all is well. Any thread."""


@runtime_checkable
class Guarded(Protocol):
    """A place whose outbox's key belongs into the OS keyring. The practice desk is none: it has sample data."""

    @property
    def store_keys(self) -> "Keyring":
        """The keyring. Every question to it may take seconds."""


def open_store(place: Place, clock: Callable[[], float] = time.time, *, may_set_aside: bool) -> "Store":
    """The place's outbox. Raises StoreError; also where its key cannot be had, unless it may be set aside for that."""
    from ptodesk_gui.outbox.store import Store

    keyring = place.store_keys if isinstance(place, Guarded) else None
    return Store(place.store_path, clock=clock, keyring=keyring, may_set_aside=may_set_aside)


@runtime_checkable
class Emptying(Protocol):
    """A place whose desk may begin anew: the practice desk."""

    @property
    def emptied(self) -> bool:
        """Whether its desk was emptied when it was opened, so that what was filed there before is gone."""


def needs_of(playbook: "Playbook") -> "SiteNeeds":
    """What the playbook needs a site to have."""
    from ptodesk_gui.desk.needs import Closing, SiteNeeds

    closings = (playbook.done, playbook.duplicate)
    return SiteNeeds(
        playbook.project,
        playbook.request_type,
        (playbook.links.is_caused_by, playbook.links.relates_to, playbook.links.duplicates),
        tuple(Closing(c.transition, c.resolution, c.category) for c in closings),
        (playbook.person,),
    )
