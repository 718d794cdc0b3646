"""Questions to the site that nobody waits for: asked on threads of their own, answered on the UI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject

from ptodesk_gui.application.place import Place
from ptodesk_gui.application.worker import Worker

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Later, Refused
    from ptodesk_gui.desk.history import TicketReader

T = TypeVar("T")

THREADS = 2


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why there is no answer, in a sentence, and what to do about it. ``lasts``: asking again will not help by itself."""

    reason: str
    cure: str = ""
    lasts: bool = True


OTHER_SITE = NoAnswer("The site was changed meanwhile.", "Try again.", lasts=False)  # its keys are others' tickets here
NOT_ASKED = NoAnswer("", lasts=False)  # nobody wants to know any more


class Asking(QObject):
    """A small pool for look-ups. None of them writes anything, so none is waited for when the window closes."""

    def __init__(self, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._stopped = False
        self._worker = Worker("ptodesk-looks", self, threads=THREADS)

    def ask(
        self,
        question: "Callable[[TicketReader], T | Refused | Later]",
        then: Callable[[T | NoAnswer], Any],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Have the question asked; ``then`` gets the answer, or why there is none.

        ``wanted`` is asked on the pool's thread, right before: False leaves the question out.
        """

        def answer() -> T | NoAnswer:
            return self._answer(question) if wanted() and not self._stopped else NOT_ASKED

        self._worker.submit(answer, lambda found: None if found is NOT_ASKED else then(found), lambda e: then(_odd(e)))

    @property
    def site(self) -> str:
        """The site that is asked."""
        return self._place.site

    def page_of(self, key: str) -> str:
        """The address of a ticket's page; empty while no site is set."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        desk = self._place.desk_for_site(self._place.site)
        return "" if desk is None or isinstance(desk, NoDesk) else desk.browse_url(key)

    def stop(self, seconds: float) -> bool:
        """Ask nothing more; wait at most so long for questions that are under way."""
        self._stopped = True
        return self._worker.stop(seconds)

    def _answer(self, question: "Callable[[TicketReader], T | Refused | Later]") -> T | NoAnswer:
        from ptodesk_gui.desk.desk import Later, Refused
        from ptodesk_gui.outbox.dispatcher import NoDesk

        site, reader = self._place.site, self._place.reader()
        if isinstance(reader, NoDesk):
            return NoAnswer(reader.reason, reader.cure)
        found = question(reader)
        if self._place.site != site:
            return OTHER_SITE
        if isinstance(found, Refused):
            return NoAnswer(found.reason, found.cure)
        if isinstance(found, Later):
            return NoAnswer(found.reason, lasts=False)
        return found


def _odd(error: Exception) -> NoAnswer:
    from ptodesk_gui.application.sentences import sentence

    return NoAnswer(sentence(error))
