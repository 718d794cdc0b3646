"""Practice mode: a desk on this computer, in a folder of its own. Nothing here knows how to reach a real site."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.desk.jira_desk import JiraDesk
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.dispatcher import NoDesk
    from ptodesk_gui.practice import PracticeDesk

SITE = "practice"  # what plans are queued under: the desk's port changes from start to start
STORE = "outbox.sqlite3"

log = logging.getLogger(__name__)


class PracticePlace:
    """Serves the practice desk from ``folder`` as long as it is open; its outbox lies beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._served: PracticeDesk | None = None
        self._desk: JiraDesk | None = None

    @property
    def store_path(self) -> Path:
        """The outbox of practice mode."""
        return self._folder / STORE

    @property
    def site(self) -> str:
        """The name of the practice desk."""
        return SITE

    @property
    def url(self) -> str:
        """The address of the desk for a browser; empty before it is open."""
        return "" if self._served is None else self._served.url

    def open(self, needs: "SiteNeeds") -> None:
        """Serve the desk and sign in to it."""
        if self._desk is not None:
            return
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.desk.session import SiteAccess
        from ptodesk_gui.practice import PracticeDesk

        served = PracticeDesk(self._folder)
        try:
            served.start()
        except OSError as error:
            log.warning("the practice desk could not be started: %s", type(error).__name__)
            return
        self._served = served
        self._desk = JiraDesk(SiteAccess(served.url, *served.account), None, needs)

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The practice desk, and only for what was queued in practice."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        if site != SITE:
            return None
        if self._desk is None:
            return NoDesk("The practice desk could not be started.", "Close the window and open it again.")
        return self._desk

    def close(self) -> None:
        """Sign out and serve no more; the desk keeps its tickets."""
        desk, self._desk = self._desk, None
        served, self._served = self._served, None
        if desk is not None:
            desk.close()
        if served is not None:
            served.stop()
