"""A few lines floating under a field, one of which may be meant. It takes no room in the layout and no keyboard."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.spoken import QUIET_MS, announce

KEY: Final = "Down ↓"
SPOKEN: Final = "Down arrow takes: {offers}"
_MARGIN: Final = 8


class OfferList(QWidget):
    """Paints the offers; which is chosen is said from outside."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._offers: tuple[str, ...] = ()
        self._chosen = -1
        self._under: QWidget | None = None
        self._spoken: tuple[QWidget | None, tuple[str, ...]] = (None, ())
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._speak)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def offers(self) -> tuple[str, ...]:
        """What is offered."""
        return self._offers

    def show_under(self, field: QWidget, offers: tuple[str, ...]) -> None:
        """Show the offers under the field, within the parent. They are spoken once, when the typing pauses."""
        self._under, self._offers, self._chosen = field, offers, -1
        self.setFont(theme.font(theme.FIELD))
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(shown(offer)) for offer in offers)
        wish = widest + metrics.horizontalAdvance(f"  {KEY}") + 4 * _MARGIN
        width = min(max(wish, field.width()), self._over.width() - 8)
        height = self._line * len(offers) + 6
        spot = field.mapTo(self._over, QPoint(0, field.height() + 2))
        left = max(4, min(spot.x(), self._over.width() - width - 4))
        top = spot.y()
        if top + height > self._over.height():
            top = field.mapTo(self._over, QPoint(0, 0)).y() - height - 2
        self.setGeometry(left, top, width, height)
        self.raise_()
        self.show()
        self.update()
        self.setAccessibleName(SPOKEN.format(offers=", ".join(offers)))
        if self._spoken == (field, offers):
            self._quiet.stop()
        else:
            self._quiet.start()

    def forget(self) -> None:
        """There is nothing to offer there any more: what comes after that is news, even if it is the same."""
        self.hide()
        self._spoken = (None, ())

    def set_chosen(self, at: int) -> None:
        """Mark the line that stands in the field; -1 for none."""
        if at != self._chosen:
            self._chosen = at
            self._quiet.stop()  # the agent knows them
            self._spoken = (self._under, self._offers)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small card with a line for each; the key stands beside the one that it takes next."""
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.accent, 1.5))
        painter.setBrush(c.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.setPen(self.palette().text().color())
        for number, offer in enumerate(self._offers):
            line = QRect(_MARGIN, 3 + number * self._line, self.width() - 2 * _MARGIN, self._line)
            bold = painter.font()
            bold.setBold(number == self._chosen)
            painter.setFont(bold)
            key = KEY if number == self._chosen + 1 else ""
            room = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(f"  {KEY}"), 0)
            words = painter.fontMetrics().elidedText(shown(offer), Qt.TextElideMode.ElideRight, room.width())
            leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(room, leading, words)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, key)
        painter.end()

    def _speak(self) -> None:
        if self._under is not None and self.isVisible():
            self._spoken = (self._under, self._offers)
            announce(self._under, self.accessibleName())

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + 4
