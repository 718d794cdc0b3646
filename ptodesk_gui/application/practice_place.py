"""Practice mode: a desk on this computer, in a folder of its own. Nothing here knows how to reach a real site."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.desk.doctor import Finding
    from ptodesk_gui.desk.history import TicketReader
    from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.dispatcher import NoDesk
    from ptodesk_gui.practice import PracticeDesk
    from ptodesk_gui.ui.settings.view import SettingsView, SettingsWanted
    from ptodesk_gui.workstation.settings import Settings

SITE = "practice"  # what plans are queued under: the desk's port changes from start to start
STORE = "outbox.sqlite3"
AGENT = "Practice Agent"
NOT_STARTED = "The practice desk could not be started."
START_AGAIN = "Close the window and open it again."

log = logging.getLogger(__name__)


class PracticePlace:
    """Serves the practice desk as long as it is open, from ``folder`` or the data folder's own; its outbox lies beside it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._given = folder
        self._served: PracticeDesk | None = None
        self._desk: JiraDesk | None = None

    @property
    def store_path(self) -> Path:
        """The outbox of practice mode."""
        return self._folder() / STORE

    @property
    def site(self) -> str:
        """The name of the practice desk."""
        return SITE

    @property
    def served(self) -> "PracticeDesk | None":
        """The desk that is served; None while it is not open."""
        return self._served

    def open(self, needs: "SiteNeeds", settings: "Settings") -> None:
        """Serve the desk and sign in to it, whatever site the settings name."""
        if self._desk is not None:
            return
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.desk.session import SiteAccess

        served = self._new_desk(settings)
        try:
            served.start()
        except OSError as error:
            log.warning("the practice desk could not be started: %s", type(error).__name__)
            return
        self._served = served
        self._desk = JiraDesk(SiteAccess(served.url, *served.account), None, needs, timing=self._timing())
        self._prepare(served, settings)

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The practice desk, and only for what was queued in practice."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        if site != SITE:
            return None
        if self._desk is None:
            return NoDesk(NOT_STARTED, START_AGAIN)
        return self._desk

    def reader(self) -> "TicketReader | NoDesk":
        """What reads the practice desk's tickets."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        desk = self._desk
        return NoDesk(NOT_STARTED, START_AGAIN) if desk is None else desk.reader

    def examine(self) -> "tuple[Finding, ...]":
        """The doctor's lines about the practice desk."""
        from ptodesk_gui.desk.doctor import Finding

        if self._desk is None:
            return (Finding("Site", False, NOT_STARTED, START_AGAIN),)
        return self._desk.doctor()

    def view(self, settings: "Settings") -> "SettingsView":
        """The agent's name; nothing else counts in practice."""
        from ptodesk_gui.ui.settings.view import SettingsView

        return SettingsView(agent=settings.agent or AGENT, locked=settings.locked & {"agent"}, practice=True)

    def keep(self, wanted: "SettingsWanted", settings: "Settings") -> None:
        """Keep the agent's name, and nothing else."""
        from ptodesk_gui.workstation.settings import write_settings

        if "agent" not in settings.locked:
            write_settings({"agent": wanted.agent})

    def _new_desk(self, settings: "Settings") -> "PracticeDesk":
        """The desk to serve, not started yet."""
        from ptodesk_gui.practice import PracticeDesk

        return PracticeDesk(self._folder())

    def _prepare(self, served: "PracticeDesk", settings: "Settings") -> None:
        """What happens to the desk that has just been started; here nothing."""

    def _timing(self) -> "Timing | None":
        """The waits of whoever files to it; None for those of a real site."""
        return None

    def _folder(self) -> Path:
        from ptodesk_gui.workstation import paths

        return paths.practice_dir() if self._given is None else self._given

    def close(self) -> None:
        """Sign out and serve no more; the desk keeps its tickets."""
        desk, self._desk = self._desk, None
        served, self._served = self._served, None
        if desk is not None:
            desk.close()
        if served is not None:
            served.stop()
