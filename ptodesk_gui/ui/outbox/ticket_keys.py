"""The keys of a plan's tickets, large, each with what one does with a key: open its page, copy it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ptodesk_gui.sop.progress import PlanProgress
from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.text import TICKET_KEY, text_label
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.turning import Turning

KEYS = ("F2", "F3", "F4", "F6", "F7")  # copy the key of the first ticket, of the second
OPENING, LINKING = "Ctrl+", "Ctrl+Shift+"  # with these they open its page, and copy the page's address
_BETWEEN = 8  # pixels between two boxes


class TicketKeys(Turning):
    """One box for each ticket that exists, beside each other or one under the other; rebuilt only when a ticket is new."""

    open_requested = Signal(str)  # an address for the browser
    copy_requested = Signal(str)  # a ticket's key, or its page's address

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_BETWEEN, parent)
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._boxes = self.row

    def set_plan(self, plan: PlanProgress) -> None:
        """Show the plan's tickets as far as they are known."""
        shown = tuple((role, key, plan.browse_urls.get(role, "")) for role, key in plan.tickets.items())
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._boxes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (role, key, url) in enumerate(shown):
            self._boxes.addWidget(self._box(role, key, url, number))
        self._boxes.addStretch(1)

    def _box(self, role: str, key: str, url: str, number: int) -> Card:
        box = Card()
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(text_label(words.role_words(role), bold=True))
        column.addWidget(text_label(key, TICKET_KEY, bold=True))
        row = QHBoxLayout()
        browse = QPushButton(words.OPEN)
        browse.setAccessibleName(f"{words.OPEN}: {key}")
        browse.setEnabled(bool(url))
        browse.clicked.connect(lambda: self.open_requested.emit(url))
        copy = QPushButton(words.COPY_KEY)
        copy.setAccessibleName(f"{words.COPY_KEY}: {key}")
        copy.clicked.connect(lambda: self.copy_requested.emit(key))
        link = QPushButton(words.COPY_LINK)
        link.setAccessibleName(f"{words.COPY_LINK}: {key}")
        link.setEnabled(bool(url))
        link.clicked.connect(lambda: self.copy_requested.emit(url))
        if number < len(KEYS):
            give_key(copy, KEYS[number])
            give_key(browse, OPENING + KEYS[number])
            give_key(link, LINKING + KEYS[number])
        row.addWidget(browse)
        row.addWidget(copy)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return box
