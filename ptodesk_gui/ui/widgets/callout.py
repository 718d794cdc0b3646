"""A word in full, floating under its field: it takes no room in the layout, no mouse and no keyboard."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from ptodesk_gui.sop.view import FieldWord
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.signs import paint_sign, sign_colour
from ptodesk_gui.ui.widgets.word_label import SIGNS

_MARGIN: Final = 8
_WIDEST: Final = 380


class Callout(QLabel):
    """Shown for the field with the keyboard when the word beside it does not fit there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._word: FieldWord | None = None
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.text_resized()
        self.hide()

    def text_resized(self) -> None:
        """Room for the sign."""
        self.setContentsMargins(self._lead(), 4, _MARGIN, 4)

    def show_under(self, field: QWidget, word: FieldWord) -> None:
        """Show the word under the field, within the parent."""
        self._word = word
        self.setText(shown(word.text))
        parent = self._over
        lead = self._lead() + _MARGIN
        wish = self.fontMetrics().horizontalAdvance(word.text) + lead + 4
        width = min(wish, max(field.width(), _WIDEST), parent.width() - 8)
        size = QRect(QPoint(), self.sizeHint()).size()
        size.setWidth(width)
        size.setHeight(self.heightForWidth(width))
        spot = field.mapTo(parent, QPoint(0, field.height() + 2))
        left = max(4, min(spot.x(), parent.width() - width - 4))
        top = spot.y()
        if top + size.height() > parent.height():
            top = field.mapTo(parent, QPoint(0, 0)).y() - size.height() - 2
        self.setGeometry(left, top, size.width(), size.height())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small card, its sign, then the text."""
        if self._word is None:
            return
        c = theme.colours(self.palette())
        sign = SIGNS[self._word.weight]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(sign_colour(sign, c), 1.5))
        painter.setBrush(c.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        side = self.fontMetrics().ascent()
        paint_sign(painter, sign, QRectF(_MARGIN, 7, side, side), c)
        painter.end()
        super().paintEvent(event)

    def _lead(self) -> int:
        return self.fontMetrics().ascent() + 5 + _MARGIN
