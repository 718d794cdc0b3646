"""A text of the playbook as it stands now, its unfilled blanks as boxes with their names."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ptodesk_gui.sop.view import Rendering
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.plain_label import MEASURE

_NO_BREAK: Final = "\u00a0"
_LEADING: Final = 1.06  # of the font's line spacing


class RenderingLabel(QLabel):
    """Paints a ``Rendering``. To accessibility tools it is a label with the same text, blanks in square brackets."""

    def __init__(self, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rendering: Rendering | None = None
        self._layout = QTextLayout()
        self._layout.setCacheEnabled(True)
        self._blanks: list[tuple[int, int]] = []  # first and last position of each box
        self._wrapped = -1  # pixels of room that the text is wrapped into
        self._heights: dict[int, int] = {}  # pixels, by that room: layouts ask at several widths until they are settled
        self.setFont(font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def rendering(self) -> Rendering | None:
        """What is painted."""
        return self._rendering

    def set_rendering(self, rendering: Rendering) -> None:
        """Paint another text. Costs nothing when it is the same."""
        if rendering == self._rendering:
            return
        self._rendering = rendering
        self.setText("".join(f"[{p.text}]" if p.blank_field else shown(p.text) for p in rendering.parts))
        self._lay_out_again()

    def text_resized(self) -> None:
        """Lay out the text in its new size."""
        self._lay_out_again()

    def hasHeightForWidth(self) -> bool:
        """The text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped text."""
        return self._height_in(width)

    def sizeHint(self) -> QSize:
        """The text wrapped at the present width."""
        width = self.width() if self.width() > 0 else 400
        return QSize(240, self._height_in(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow; the height follows the width."""
        return QSize(160, self.fontMetrics().lineSpacing())

    def changeEvent(self, event: QEvent) -> None:
        """The blanks have a colour of their own."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._blanks:
            self._lay_out_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more where the new width needs more lines: a scroll area has asked at another width, before its bar was there."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._height_in(self.width()) > self.height():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Boxes first, then the text over them."""
        self._wrap(self._room(self.width()))
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(c.accent, 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(c.accent_fill)
        for box in self.boxes():
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._layout.draw(painter, QPointF(self._left, 0))
        painter.end()

    def boxes(self) -> list[QRectF]:
        """Where the unfilled blanks stand, one rectangle for each line they are on."""
        self._wrap(self._room(self.width()))
        found: list[QRectF] = []
        for first, last in self._blanks:
            runs = self._layout.glyphRuns(first, last - first)
            found.extend(run.boundingRect().adjusted(0, -1, 0, 1).translated(self._left, 0) for run in runs)
        return _joined(found)

    @property
    def _left(self) -> int:
        """Pixels before the lines: right to left they begin at the other edge."""
        return self.width() - self._room(self.width()) if self.isRightToLeft() else 0

    def _lay_out_again(self) -> None:
        text, formats = "", []
        self._blanks = []
        accent = theme.colours(self.palette()).accent
        for part in self._rendering.parts if self._rendering else ():
            if part.blank_field is None:
                text += shown(part.text)
                continue
            blank = f"{_NO_BREAK}{part.text.replace(' ', _NO_BREAK)}{_NO_BREAK}"
            spot = QTextLayout.FormatRange()
            spot.start, spot.length = _utf16(text), _utf16(blank)
            spot.format = QTextCharFormat()
            spot.format.setForeground(accent)
            spot.format.setFontItalic(True)
            formats.append(spot)
            self._blanks.append((spot.start, spot.start + spot.length))
            text += blank
        self._layout.setText(text.replace("\n", "\u2028"))
        self._layout.setFont(self.font())
        self._layout.setFormats(formats)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        before = self._heights.get(self._room(self.width()))
        self._wrapped = -1
        self._heights.clear()
        if self._height_in(self.width()) != before:
            self.updateGeometry()
        self.update()

    def _room(self, width: int) -> int:
        """Pixels of a width that are used: lines are no longer than can be read well."""
        return min(width, math.ceil(QFontMetricsF(self.font()).averageCharWidth() * MEASURE))

    def _height_in(self, width: int) -> int:
        room = self._room(width)
        if room not in self._heights:
            self._wrap(room)
        return self._heights[room]

    def _wrap(self, room: int) -> None:
        """Have the text wrapped into so many pixels."""
        if room == self._wrapped:
            return
        self._wrapped = room
        spacing = QFontMetricsF(self.font()).lineSpacing()
        top = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0, top))
            top += max(spacing, line.height()) * _LEADING
        self._layout.endLayout()
        self._heights[room] = math.ceil(top) + 2


def _utf16(text: str) -> int:
    """The length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def _joined(boxes: list[QRectF]) -> list[QRectF]:
    """Runs of the same line that touch are one box."""
    joined: list[QRectF] = []
    for box in boxes:
        if (
            joined
            and abs(joined[-1].center().y() - box.center().y()) < box.height() / 2
            and box.left() - joined[-1].right() < 3
        ):
            joined[-1] = joined[-1].united(box)
        else:
            joined.append(box)
    return joined
