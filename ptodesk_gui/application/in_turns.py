"""Loads what is made of Qt's classes on the window's thread, a module in each turn (docs/decisions/0028)."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

# What comes after the call, part by part: an import of all of it would stand still for a third of a second.
OPENING: Final = (
    "ptodesk_gui.sop.grace",
    "ptodesk_gui.sop.steps",
    "ptodesk_gui.sop.progress",
    "ptodesk_gui.ui.outbox.kept_box",
    "ptodesk_gui.ui.outbox.page",
    "ptodesk_gui.ui.outbox.receipt",
    "ptodesk_gui.application.announcing",
    "ptodesk_gui.application.appearance",
    "ptodesk_gui.sop.plan",
    "ptodesk_gui.ui.review.ticket_card",
    "ptodesk_gui.ui.review.page",
    "ptodesk_gui.application.filing",
    "ptodesk_gui.application.countdown",
    "ptodesk_gui.sop.case",
    "ptodesk_gui.sop.tickets",
    "ptodesk_gui.application.lines",
    "ptodesk_gui.sop.replies",
    "ptodesk_gui.sop.playbook",
    "ptodesk_gui.sop.facts",
    "ptodesk_gui.sop.reading",
    "ptodesk_gui.sop.stale",
    "ptodesk_gui.application.kept_uses",
    "ptodesk_gui.ui.past.page",
    "ptodesk_gui.application.past",
    "ptodesk_gui.ui.settings.view",
    "ptodesk_gui.ui.settings.dialog",
    "ptodesk_gui.application.playbook_shown",
    "ptodesk_gui.application.reminding",
    "ptodesk_gui.application.settling",
    "ptodesk_gui.application.store_care",
    "ptodesk_gui.application.switching",
    "ptodesk_gui.application.tray",
)
# In the order in which they need each other, so that each takes some milliseconds at most. The first ones are what the call page
# needs with the first facts: no letter is to wait for them.
BESIDE: Final = (
    "ptodesk_gui.ui.call.notice_row",
    "ptodesk_gui.ui.call.saying_box",
    "ptodesk_gui.ui.call.period",
    "ptodesk_gui.ui.widgets.scroll_handle",
    "ptodesk_gui.ui.widgets.offer_list",
    "ptodesk_gui.ui.tab_order",
    "ptodesk_gui.application.asking",
    "ptodesk_gui.ui.history.view",
    "ptodesk_gui.ui.history.strip",
    "ptodesk_gui.ui.history.offers_panel",
    "ptodesk_gui.ui.history.source_panel",
    "ptodesk_gui.ui.history.tickets_page",
    "ptodesk_gui.application.offering",
    "ptodesk_gui.application.open_tickets",
    "ptodesk_gui.application.marks",
    "ptodesk_gui.application.arriving",
    "ptodesk_gui.application.beside",
    "ptodesk_gui.application.helping",
    "ptodesk_gui.ui.ledger.chart",
    "ptodesk_gui.ui.ledger.page",
    "ptodesk_gui.application.ledger",
    "ptodesk_gui.application.popping",
    "ptodesk_gui.application.compact_mode",
    "ptodesk_gui.application.keeping_up",
    "ptodesk_gui.application.rollout",
)
HANDOVER: Final = ("PySide6.QtNetwork", "ptodesk_gui.application.handover")


class InTurns(QObject):
    """Does one step after the other, each in a turn of the window's loop, so that no key press waits for more than one of them."""

    def __init__(self, steps: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._next)
        self._turn.start(0)

    def stop(self) -> None:
        """Do no more of it."""
        self._turn.stop()

    def _next(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            self._turn.stop()


def loading(modules: Sequence[str]) -> Iterator[None]:
    """Loads a module in each step.

    PySide makes a class when it is first named. A second thread that names it meanwhile finds it half made, and fails or
    crashes: no thread but the window's loads a module that names any.
    """
    for module in modules:
        import_module(module)
        yield
