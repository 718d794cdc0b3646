"""Check boxes and radio buttons that look the same in light, dark and high contrast, and show the keyboard plainly."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting

_MARGIN: Final = 4  # pixels around, room for the keyboard's frame
_GAP: Final = 6
_RADIUS: Final = 5.0


class CheckBox(QCheckBox):
    """A check box. Up and Down are left to the form."""

    def sizeHint(self) -> QSize:
        """The box, the text, the frame."""
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        """The same: the text is never cut."""
        return _size(self)

    def hitButton(self, pos: object) -> bool:
        """Anywhere."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go to whatever this box stands in."""
        if _is_up_or_down(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A square with a tick."""
        painter, box = _begin(self), _box(self)
        _paint_shape(self, painter, painting.rounded(box, 3))
        if self.isChecked():
            spots = ((0.24, 0.52), (0.43, 0.71), (0.78, 0.3))
            tick = painting.line(*(QPointF(box.x() + x * box.width(), box.y() + y * box.width()) for x, y in spots))
            c = theme.colours(self.palette())
            painting.frame(painter, tick, c.on_accent if self.isEnabled() else c.panel, 2)
        _end(self, painter)


class RadioButton(QRadioButton):
    """A radio button. Up and Down are left to the row of choices."""

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
        painter, box = _begin(self), _box(self)
        _paint_shape(self, painter, painting.disc(box))
        if self.isChecked():
            c = theme.colours(self.palette())
            third = box.width() * 0.3
            dot = painting.disc(box.adjusted(third, third, -third, -third))
            painting.fill(painter, dot, c.on_accent if self.isEnabled() else c.panel)
        _end(self, painter)


def _is_up_or_down(event: QKeyEvent) -> bool:
    from PySide6.QtCore import Qt  # not before the first paint

    return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)


def _side(button: QAbstractButton) -> int:
    return button.fontMetrics().ascent() + 3


def _size(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    text = _GAP + metrics.horizontalAdvance(button.text()) + 1 if button.text() else 0
    return QSize(2 * _MARGIN + _side(button) + text, max(_side(button), metrics.height()) + _MARGIN)


def _box(button: QAbstractButton) -> QRectF:
    side = _side(button)
    left = button.width() - _MARGIN - side if button.isRightToLeft() else _MARGIN
    return QRectF(left + 0.5, (button.height() - side) // 2 + 0.5, side - 1, side - 1)


def _begin(button: QAbstractButton) -> QPainter:
    """The keyboard's frame."""
    painter = painting.begin(button)
    if button.hasFocus():
        c = theme.colours(button.palette())
        box = QRectF(button.rect())
        painting.fill(painter, painting.rounded(box, _RADIUS), c.accent_fill)
        painting.fill(painter, painting.ring(box, _RADIUS, 2), c.accent)
    return painter


def _paint_shape(button: QAbstractButton, painter: QPainter, shape: QPainterPath) -> None:
    """The box or ring, filled while it is ticked."""
    c, ready = theme.colours(button.palette()), button.isEnabled()
    if button.isChecked():
        painting.fill(painter, shape, c.accent if ready else c.muted)
    else:
        painting.fill(painter, shape, c.panel)
        hovered = ready and button.underMouse()
        painting.frame(painter, shape, c.accent if hovered else c.muted if ready else c.border, 1.2)


def _end(button: QAbstractButton, painter: QPainter) -> None:
    """The text."""
    lead = _MARGIN + _side(button) + _GAP
    right = button.isRightToLeft()
    room = button.rect().adjusted(0, 0, -lead, 0) if right else button.rect().adjusted(lead, 0, 0, 0)
    painter.drawText(room, numbers.LEADING | numbers.SHOW_MNEMONIC, button.text())
    painter.end()
