"""Calls that were begun and not filed: they can be taken up again, or thrown away after a second press."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.ui.outbox import words
from ptodesk_gui.ui.outbox.text import breakable, wrap
from ptodesk_gui.ui.widgets.keyed import give_key, say_on

_ROWS = 3


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call that is not filed. ``title`` names it; ``saved`` is when it was last typed in, in seconds since the epoch."""

    call_id: str
    title: str
    saved: float


class _Rows(QListWidget):
    """Rows that wrap, as high as the first of them at the width it has."""

    def __init__(self) -> None:
        super().__init__()
        wrap(self)

    def fit(self) -> None:
        """Take the height of the first rows."""
        self.doItemsLayout()  # the hint of a row knows nothing of wrapping
        heights = [self.visualItemRect(self.item(row)).height() for row in range(min(self.count(), _ROWS))]
        self.setFixedHeight(sum(heights) + 2 * self.frameWidth() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap anew with another width."""
        super().resizeEvent(event)
        self.fit()


class KeptBox(QWidget):
    """Lists the calls that are kept; hidden while there are none."""

    take_up_requested = Signal(str)  # call id
    throw_away_requested = Signal(str)  # call id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = _Rows()
        heading = QLabel(words.KEPT)
        heading.setBuddy(self._list)
        self._list.setAccessibleName(words.KEPT.replace("&", ""))
        self._take_up = QPushButton(words.TAKE_UP)
        self._throw_away = QPushButton(words.THROW_AWAY)
        self._sure = False
        buttons = QHBoxLayout()
        buttons.addWidget(self._take_up)
        buttons.addWidget(self._throw_away)
        buttons.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # the room is for the plans
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self._list)
        column.addLayout(buttons)
        give_key(self._take_up, "Ctrl+G")
        give_key(self._throw_away, "Ctrl+Shift+Delete")
        self._list.itemActivated.connect(self._take_up.click)
        self._list.currentItemChanged.connect(lambda: self._ask_again(False))
        self._take_up.clicked.connect(lambda: self.take_up_requested.emit(self._current()))
        self._throw_away.clicked.connect(self._throw_away_pressed)

    def set_kept(self, calls: tuple[KeptCall, ...], now: float) -> None:
        """Show these calls; ``now`` decides how a time reads."""
        self._list.clear()
        for call in calls:
            item = QListWidgetItem(breakable(f"{call.title}   {words.when(call.saved, now)}"))
            item.setData(Qt.ItemDataRole.UserRole, call.call_id)
            self._list.addItem(item)
        if calls:
            self._list.setCurrentRow(0)
        self.setVisible(bool(calls))
        self._list.fit()

    def _current(self) -> str:
        item = self._list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _throw_away_pressed(self) -> None:
        if self._sure:
            self.throw_away_requested.emit(self._current())
        self._ask_again(not self._sure)

    def _ask_again(self, sure: bool) -> None:
        self._sure = sure
        say_on(self._throw_away, words.REALLY_THROW_AWAY if sure else words.THROW_AWAY)
