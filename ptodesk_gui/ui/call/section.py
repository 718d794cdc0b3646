"""One item of the checklist: its name, key and state on the leading side, its inputs beside them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Item, ItemState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.fields import NEXT, STATE_SIGNS, STATE_WORDS, TITLES
from ptodesk_gui.ui.widgets import numbers, painting
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.labelled import muted, words
from ptodesk_gui.ui.widgets.plain_label import plain_tip
from ptodesk_gui.ui.widgets.signs import Sign, paint_sign

if TYPE_CHECKING:
    from ptodesk_gui.sop.view import ChecklistItem

_SIDE_CHARACTERS: Final = 20
_LEAST_LINES: Final = (
    2  # of the state: it takes the height it is given and asks for these, so that no state moves the form
)
_EDGE: Final = 12  # pixels before the name
_BESIDE: Final = 8  # pixels between the name and the inputs, and after these
_GAP: Final = 5  # pixels between the state's sign and its words


class Section(Card):
    """Paints one ``ChecklistItem``."""

    def __init__(self, item: Item, key: str, body: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.sign = Sign.EMPTY
        self._shown: ChecklistItem | None = None
        self._is_next = False
        self._title = words(TITLES[item], theme.FIELD, bold=True)
        self._key = muted(key)
        self._state = _State()
        self._side = 0  # of the square that the sign is in
        self._beside_sign = QSpacerItem(0, 0)
        self._column = QVBoxLayout()
        self._body = body
        self._stacked = False
        self._strut = QSpacerItem(0, 0)
        self._lay_out(body)

    def text_resized(self) -> None:
        """The same share of the form for the name and the state, whatever the size of text."""
        metrics = self._state.fontMetrics()
        self._side = metrics.height()
        self._beside_sign.changeSize(self._side + _GAP, 0)
        self._strut.changeSize(metrics.averageCharWidth() * _SIDE_CHARACTERS, 0)
        self._state.text_resized()
        self._column.invalidate()

    def wide_width(self) -> int:
        """The width it needs with the name beside the inputs."""
        return self._column.minimumSize().width() + self._body.minimumSize().width() + _EDGE + 2 * _BESIDE

    def set_stacked(self, stacked: bool) -> None:
        """The name over the inputs, or beside them."""
        if stacked is not self._stacked:
            self._stacked = stacked
            way = QBoxLayout.Direction  # not before the first paint
            self._row.setDirection(way.TopToBottom if stacked else way.LeftToRight)
            self._row.setSpacing(4 if stacked else _BESIDE)

    @property
    def state_text(self) -> str:
        """The state in words, as shown."""
        return self._state.text()

    def set_item(self, shown: "ChecklistItem") -> None:
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, and the sign before the words of the state."""
        painter = painting.begin(self)
        self.paint_card(painter)
        self._paint_sign(painter)
        painter.end()

    def _paint_sign(self, painter: QPainter) -> None:
        box = QRectF(self._sign_box()).adjusted(1, 1, -1, -1)
        paint_sign(painter, self.sign, box, theme.colours(self.palette()))

    def _sign_box(self) -> QRect:
        state, side = self._state.geometry(), self._side
        left = state.right() + 1 + _GAP if self.isRightToLeft() else state.left() - _GAP - side
        return QRect(left, state.top(), side, side)

    def _say(self) -> None:
        shown = self._shown
        if shown is None:
            return
        before, self.sign = self.sign, STATE_SIGNS[shown.state]
        head = STATE_WORDS[shown.state] + (NEXT if self._is_next else "")
        self._state.setText(f"{head}\n{shown.wanted}" if shown.wanted else head)
        self._state.setToolTip(plain_tip(shown.words))
        if self.sign is not before:
            self.update(self._sign_box())  # not the inputs with it

    def _lay_out(self, body: QLayout) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._title, 1)
        top.addWidget(self._key)
        state = QHBoxLayout()
        state.setSpacing(0)
        state.addSpacerItem(self._beside_sign)
        state.addWidget(self._state)
        column = self._column
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(state, 1)
        column.addSpacerItem(self._strut)
        self.text_resized()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 4, _BESIDE, 4)
        row.setSpacing(_BESIDE)
        row.addLayout(column)
        row.addLayout(body, 1)


class _State(QLabel):
    """Wrapped text that takes the height it is given and asks for two lines, so that no state moves the form."""

    def __init__(self) -> None:
        super().__init__(STATE_WORDS[ItemState.OPEN])
        self.setProperty("textFormat", numbers.PLAIN_TEXT)
        self.setProperty("alignment", numbers.TOP_LEADING)
        self.setFont(theme.font(theme.SMALL))
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.text_resized()

    def text_resized(self) -> None:
        """So many lines."""
        self.setMinimumHeight(_LEAST_LINES * self.fontMetrics().lineSpacing())

    def hasHeightForWidth(self) -> bool:
        """The height does not follow the text."""
        return False
