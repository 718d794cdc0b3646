"""Check boxes and radio buttons that look the same in light, dark and high contrast, and show the keyboard plainly."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QWidget

from ptodesk_gui.ui import theme

_MARGIN: Final = 4  # pixels around, room for the keyboard's frame
_GAP: Final = 6


class CheckBox(QCheckBox):
    """A check box."""

    def sizeHint(self) -> QSize:
        """The box, the text, the frame."""
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        """The same: the text is never cut."""
        return _size(self)

    def hitButton(self, pos: object) -> bool:
        """Anywhere."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A square with a tick."""
        painter = _begin(self)
        box = _box(self)
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            c = theme.colours(self.palette())
            painter.setPen(_mark(c, self.isEnabled()))
            x, y, side = box.x(), box.y(), box.width()
            spots = ((0.24, 0.52), (0.43, 0.71), (0.78, 0.3))
            painter.drawPolyline(QPolygonF([QPointF(x + a * side, y + b * side) for a, b in spots]))
        _end(self, painter)


class RadioButton(QRadioButton):
    """A radio button."""

    def sizeHint(self) -> QSize:
        """The ring, the text, the frame."""
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        """The same: the text is never cut."""
        return _size(self)

    def hitButton(self, pos: object) -> bool:
        """Anywhere."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring with a dot."""
        painter = _begin(self)
        box = _box(self)
        painter.drawEllipse(box)
        if self.isChecked():
            c = theme.colours(self.palette())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.on_accent if self.isEnabled() else c.panel)
            third = box.width() * 0.3
            painter.drawEllipse(box.adjusted(third, third, -third, -third))
        _end(self, painter)


def _side(button: QWidget) -> int:
    return button.fontMetrics().ascent() + 3


def _size(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    text = _GAP + metrics.horizontalAdvance(button.text()) + 1 if button.text() else 0
    return QSize(2 * _MARGIN + _side(button) + text, max(_side(button), metrics.height()) + _MARGIN)


def _box(button: QAbstractButton) -> QRectF:
    side = _side(button)
    right = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = button.width() - _MARGIN - side if right else _MARGIN
    return QRectF(left + 0.5, (button.height() - side) // 2 + 0.5, side - 1, side - 1)


def _begin(button: QAbstractButton) -> QPainter:
    """The keyboard's frame; then pen and brush for the box."""
    c = theme.colours(button.palette())
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if button.hasFocus():
        painter.setPen(QPen(c.accent, 2))
        painter.setBrush(c.accent_fill)
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(1, 1, -1, -1), 4, 4)
    ready = button.isEnabled()
    if button.isChecked():
        painter.setPen(QPen(c.accent if ready else c.muted, 1))
        painter.setBrush(c.accent if ready else c.muted)
    else:
        hovered = ready and button.underMouse()
        painter.setPen(QPen(c.accent if hovered else c.muted if ready else c.border, 1.2))
        painter.setBrush(c.panel)
    return painter


def _mark(c: theme.Colours, ready: bool) -> QPen:
    colour = c.on_accent if ready else c.panel
    return QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _end(button: QAbstractButton, painter: QPainter) -> None:
    """The text."""
    lead = _MARGIN + _side(button) + _GAP
    right = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    room = button.rect().adjusted(0, 0, -lead, 0) if right else button.rect().adjusted(lead, 0, 0, 0)
    painter.setPen(button.palette().color(QPalette.ColorRole.WindowText))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, button.text())
    painter.end()
