"""One item of the checklist: its name, key and state on the leading side, its inputs beside them."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import ChecklistItem, Item, ItemState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.fields import NEXT, STATE_SIGNS, STATE_WORDS, TITLES
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.signs import SignLabel

_SIDE_CHARACTERS: Final = 21


class Section(Card):
    """Paints one ``ChecklistItem``."""

    def __init__(self, item: Item, key: str, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._shown = ChecklistItem(item, ItemState.OPEN, "")
        self._is_next = False
        self._title = QLabel(TITLES[item])
        self._title.setFont(theme.font(1.08, bold=True))
        self._key = muted(key, 0.88)
        self._sign = SignLabel()
        self._state = _SideText()
        side = QWidget()
        side.setFixedWidth(self._state.fontMetrics().averageCharWidth() * _SIDE_CHARACTERS)
        self._lay_out(side, body)
        self._say()

    @property
    def state_text(self) -> str:
        """The state in words, as shown."""
        return self._state.text()

    def set_item(self, shown: ChecklistItem) -> None:
        """Paint the item's state."""
        if shown != self._shown:
            self._shown = shown
            self._say()

    def set_next(self, is_next: bool) -> None:
        """Mark the item as the next one to ask for, in words and by the bar on its side."""
        if is_next != self._is_next:
            self._is_next = is_next
            self.set_lively(is_next)
            self._say()

    def _say(self) -> None:
        shown = self._shown
        self._sign.set_sign(STATE_SIGNS[shown.state])
        head = STATE_WORDS[shown.state] + (NEXT if self._is_next else "")
        self._state.setText(f"{head}\n{shown.wanted}" if shown.wanted else head)
        self._state.setToolTip(shown.words)

    def _lay_out(self, side: QWidget, body: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._key)
        state = QHBoxLayout()
        state.setSpacing(5)
        state.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(top)
        column.addLayout(state, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 10, 5)
        row.setSpacing(12)
        row.addWidget(side)
        row.addWidget(body, 1)


class _SideText(QLabel):
    """Wrapped text that takes the height it is given and asks for two lines, so that no state moves the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(0.92))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(0, 2 * self.fontMetrics().lineSpacing())

    def sizeHint(self) -> QSize:
        """Two lines."""
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """The height does not follow the text."""
        return False
