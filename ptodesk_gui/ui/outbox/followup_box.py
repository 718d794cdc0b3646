"""What there is to come back to: a row each with its ticket and time, and what a person can do about the chosen one."""

from collections.abc import Callable, Sequence

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

from ptodesk_gui.sop.progress import FollowUp
from ptodesk_gui.ui.outbox import followup_words as words
from ptodesk_gui.ui.outbox.text import breakable, wrap
from ptodesk_gui.ui.widgets.keyed import give_key

_ROWS = 3  # rows that are seen without scrolling


class FollowUpBox(QWidget):
    """Lists the follow-ups; hidden while there are none. The chosen row stays chosen while others come and go."""

    answered_requested = Signal(int)  # id
    close_requested = Signal(int)  # id
    snooze_requested = Signal(int, float)  # id, hours
    open_requested = Signal(str)  # an address for the browser
    take_up_requested = Signal(str)  # a ticket's key: it is to be opened as a call

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[int, FollowUp] = {}
        self._list = QListWidget()
        self._list.setAccessibleName(words.HEADING.replace("&", ""))
        wrap(self._list)
        self._list.setAlternatingRowColors(True)
        heading = QLabel(words.HEADING)
        heading.setBuddy(self._list)
        self._buttons = {
            words.TAKE_UP: QPushButton(words.TAKE_UP),
            words.ANSWERED: QPushButton(words.ANSWERED),
            words.CLOSE_NOW: QPushButton(words.CLOSE_NOW),
            words.SNOOZE: QPushButton(words.SNOOZE),
            words.OPEN: QPushButton(words.OPEN),
        }
        row = QHBoxLayout()
        for number, button in enumerate(self._buttons.values(), 1):
            give_key(button, f"Alt+{number}")
            row.addWidget(button)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # the room is for the plans
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self._list)
        column.addLayout(row)
        self._connect()
        self.hide()

    def set_follow_ups(self, follow_ups: Sequence[FollowUp], now: float) -> None:
        """Show those that are not over; ``now`` (seconds since the epoch) decides how a time reads."""
        chosen = self._list.currentItem()
        chosen_id = None if chosen is None else _id(chosen)
        row_before = self._list.currentRow()
        self._shown = {one.id: one for one in follow_ups if not one.over}
        self._list.blockSignals(True)
        self._list.clear()
        for one in self._shown.values():
            item = QListWidgetItem(breakable(words.line(one, now)))
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self._list.addItem(item)
            if one.id == chosen_id:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None and self._shown:
            self._list.setCurrentRow(min(max(row_before, 0), len(self._shown) - 1))
        self._list.blockSignals(False)
        self.setVisible(bool(self._shown))
        self._fit()
        self._show_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap anew with another width."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self._list.currentItemChanged.connect(self._show_chosen)
        self._list.itemActivated.connect(lambda: self._buttons[words.OPEN].click())
        for name, ask in (
            (words.TAKE_UP, lambda one: self.take_up_requested.emit(one.ticket)),
            (words.ANSWERED, lambda one: self.answered_requested.emit(one.id)),
            (words.CLOSE_NOW, lambda one: self.close_requested.emit(one.id)),
            (words.SNOOZE, lambda one: self.snooze_requested.emit(one.id, words.SNOOZE_HOURS)),
            (words.OPEN, lambda one: self.open_requested.emit(one.browse_url)),
        ):
            self._buttons[name].clicked.connect(lambda _=False, ask=ask: self._ask(ask))

    def _ask(self, ask: Callable[[FollowUp], None]) -> None:
        if (one := self._chosen()) is not None:
            ask(one)

    def _chosen(self) -> FollowUp | None:
        item = self._list.currentItem()
        return None if item is None else self._shown.get(_id(item))

    def _show_chosen(self) -> None:
        """What can be done with the chosen one; each button says for which ticket."""
        if (one := self._chosen()) is None:
            return
        close_help = words.CLOSE_HELP.format(closing=one.closing) if one.closing else words.CANNOT_CLOSE_HELP
        for name, possible, help_text in (
            (words.TAKE_UP, words.may_take_up(one), words.TAKE_UP_HELP),
            (words.ANSWERED, words.may_answer(one), words.ANSWERED_HELP),
            (words.CLOSE_NOW, words.may_close(one), close_help),
            (words.SNOOZE, words.may_snooze(one), words.SNOOZE_HELP),
            (words.OPEN, bool(one.browse_url), words.OPEN_HELP),
        ):
            button = self._buttons[name]
            button.setEnabled(possible)
            button.setToolTip(help_text)
            button.setAccessibleName(f"{name}: {one.ticket}")
            button.setAccessibleDescription(help_text)

    def _fit(self) -> None:
        """As high as its first rows."""
        heights = [self._list.sizeHintForRow(row) for row in range(min(self._list.count(), _ROWS))]
        self._list.setFixedHeight(sum(heights) + 2 * self._list.frameWidth() + 2)


def _id(item: QListWidgetItem) -> int:
    return int(item.data(Qt.ItemDataRole.UserRole))
