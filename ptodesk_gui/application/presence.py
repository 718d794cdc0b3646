"""Being the one window: asking the first to come forward, coming forward when a later start asks, taking the place when it is free."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.application.worker import Worker
from ptodesk_gui.workstation.single_instance import SingleInstance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ptodesk_gui.application.asked import Asked
    from ptodesk_gui.application.handover import Reception

OPEN_ALREADY: Final = "A window of this program is open already; it has come to the front."
OPENED_THERE: Final = "A window of this program is open already; it has been given the link."
NOT_CARRIED_OUT: Final = " It stays as it is: --fresh and --bad-day are for the start of the first."
SILENT: Final = "Another window of this program is open and does not answer. An unfinished call stays with that window."
ELSEWHERE: Final = (
    "A window of this program is open on another computer, with the same folder. An unfinished call stays with it."
)
NOT_KNOWN: Final = (
    "It cannot be told whether another window of this program is open: its data folder may not be written or locked. "
    "Calls that are not filed yet are in the outbox (Ctrl+Shift+O)."
)
LOOK_MS: Final = 1000


def hand_over(instance: SingleInstance, asked: "Asked") -> str:
    """Ask the first window to come forward; what to say on stderr before ending.

    Empty when there shall be a window here all the same: the first is gone, does not answer, or is out of reach.
    """
    if not instance.known:
        instance.notice = NOT_KNOWN
        return ""
    from ptodesk_gui.application import handover

    outcome = handover.hand_over(instance, asked.link)
    if outcome is handover.Outcome.SHOWN:
        return (OPENED_THERE if asked.link else OPEN_ALREADY) + (
            NOT_CARRIED_OUT if asked.fresh or asked.bad_day else ""
        )
    if outcome is not handover.Outcome.GONE:
        instance.notice = SILENT if outcome is handover.Outcome.SILENT else ELSEWHERE
    return ""


class Presence(QObject):
    """Lets later starts reach the window that holds the place. One that does not takes it when it is free.

    ``link_given`` passes on the link that a later start was given.

    ``disk``: where the lock is looked at again; the folder may be a slow one.
    """

    link_given = Signal(str)

    def __init__(self, instance: SingleInstance, window: QWidget, disk: Worker) -> None:
        super().__init__()
        self._instance = instance
        self._window = window
        self._reception: Reception | None = None
        self._looking = QTimer(self)
        self._looking.timeout.connect(lambda: disk.submit(instance.take, self._looked, self._not_looked))
        if instance.mine:
            self._load()
        else:
            self._looking.start(LOOK_MS)

    def stop(self) -> None:
        """Take no more calls of later starts: they wait until the place is given up."""
        self._looking.stop()
        if self._reception is not None:
            self._reception.close()

    def _looked(self, mine: bool) -> None:
        if mine and self._looking.isActive():
            self._looking.stop()
            self._load()

    def _not_looked(self, _error: Exception) -> None:
        """It is looked again."""

    def _load(self) -> None:
        from ptodesk_gui.application.in_turns import InTurns

        InTurns(self._opening(), self)

    def _opening(self) -> "Iterator[None]":
        from ptodesk_gui.application.in_turns import HANDOVER, loading

        yield from loading(HANDOVER)
        from ptodesk_gui.application.handover import Reception

        self._reception = Reception(self._instance, self)
        self._reception.show_requested.connect(lambda: come_forward(self._window))
        self._reception.link_requested.connect(self.link_given)
        self._reception.open()


def come_forward(window: QWidget) -> None:
    """Bring the window to the front, or whatever of it has to be answered first; where the system does not allow that, it calls."""
    front = QApplication.activeModalWidget() or window
    for each in dict.fromkeys((window, front)):
        each.setWindowState(each.windowState() & ~Qt.WindowState.WindowMinimized)
        each.show()
        each.raise_()
    front.activateWindow()
    QApplication.alert(front)
