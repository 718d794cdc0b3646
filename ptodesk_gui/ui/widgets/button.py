"""Push buttons of the program's own look, painted without a style sheet (that alone would cost the start 45 ms)."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting
from ptodesk_gui.ui.widgets.drawings import Drawing, paint_drawing

_SIDE: Final = 12  # pixels beside the text
_TIGHT: Final = 6  # the same where there is not even room for its drawing
_OVER: Final = 5  # pixels over and under it
_GAP: Final = 6  # pixels between the drawing and the text
_RADIUS: Final = 5.0


class Kind(Enum):
    """How a button presents itself."""

    PLAIN = auto()
    QUIET = auto()  # no frame until the mouse or the keyboard is on it
    PRIMARY = auto()  # the next thing to do
    TAB = auto()  # framed and underlined while it is the one that is shown


class Button(QPushButton):
    """A push button; Enter and Space press it."""

    def __init__(self, text: str, kind: Kind = Kind.PLAIN) -> None:
        super().__init__(text)  # a second argument, None even, would make PySide load what an icon may be: 2 ms
        self._kind = kind
        self._filled = kind is Kind.PRIMARY
        self._drawing: Drawing | None = None
        self._drawn = True
        self.setAutoDefault(True)  # Enter presses it
        if kind is Kind.PRIMARY:
            self.setFont(theme.font(theme.FIELD, bold=True))
            self._choose_ink()

    def set_next(self, is_next: bool) -> None:
        """Whether a primary button is the next thing to do now: filled, or else with a frame only. Its size stays, and it can be pressed."""
        if is_next is not self._filled:
            self._filled = is_next
            self._choose_ink()
            self.update()

    def set_drawing(self, drawing: Drawing | None) -> None:
        """Have a drawing before the text, in its colour and size."""
        self._drawing = drawing
        self.updateGeometry()

    def show_drawing(self, shown: bool) -> None:
        """Whether there is room for the drawing; the text stays."""
        if shown is not self._drawn:
            self._drawn = shown
            self.updateGeometry()
            self.update()

    @property
    def drawn(self) -> bool:
        """Whether its drawing is shown, if it has one."""
        return self._drawn

    @property
    def drawing_room(self) -> int:
        """The width that its drawing takes or would take, with the room it has around it, in pixels."""
        return self._drawing_width + 2 * (_SIDE - _TIGHT) if self._drawing is not None else 0

    @property
    def _drawing_width(self) -> int:
        return self.fontMetrics().ascent() + _GAP

    def sizeHint(self) -> QSize:
        """The text with room around it."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * _SIDE
        if self._drawing is not None:
            width += self._drawing_width if self._drawn else 2 * (_TIGHT - _SIDE)
        return QSize(width, metrics.height() + 2 * _OVER)

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """A primary button has a colour of text of its own."""
        super().changeEvent(event)
        if self._kind is Kind.PRIMARY and event.type() is QEvent.Type.PaletteChange:
            self._choose_ink()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill, frame, text; a thick frame with the keyboard."""
        c = theme.colours(self.palette())
        fill, edge = self._colours(c)
        box = QRectF(self.rect())
        painter = painting.begin(self)
        if fill is not None:
            painting.fill(painter, painting.rounded(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS), fill)
        if edge is not None:
            painting.fill(painter, painting.ring(box, _RADIUS), edge)
        if self._kind is Kind.TAB and self.isChecked():
            painting.fill(painter, painting.rounded(QRectF(4, box.height() - 4, box.width() - 8, 3), 1.5), c.accent)
        if self.hasFocus():
            inset = 3.0 if self._filled else 1.0
            ring = painting.ring(box.adjusted(inset - 1, inset - 1, 1 - inset, 1 - inset), _RADIUS, 2)
            painting.fill(painter, ring, c.on_accent if self._filled else self._focus_ink(c))
        words = self.rect()
        if self._drawing is not None and self._drawn:
            words = self._draw(painter, self._drawing)
        painter.drawText(words, numbers.CENTRED, self.text())
        painter.end()

    def _draw(self, painter: QPainter, drawing: Drawing) -> QRect:
        """Paint the drawing, and say where the text goes."""
        metrics, room, words = self.fontMetrics(), self._drawing_width, self.rect()
        side = room - _GAP
        left = (self.width() - room - metrics.horizontalAdvance(self.text())) / 2
        if self.isRightToLeft():
            left = self.width() - left - side
            words.setRight(words.right() - room)
        else:
            words.setLeft(words.left() + room)
        box = QRectF(round(left), round((self.height() - side) / 2), side, side)
        paint_drawing(painter, drawing, box, self.palette().color(QPalette.ColorRole.ButtonText))
        return words

    def _choose_ink(self) -> None:
        self.setPalette(theme.text_palette(theme.colours(QPalette()).on_accent) if self._filled else QPalette())

    def _focus_ink(self, c: theme.Colours) -> QColor:
        """Some stand on the practice bar as well, where only its own ink is sure to be seen."""
        on_bar = self._kind in (Kind.QUIET, Kind.PRIMARY)
        return self.palette().color(QPalette.ColorRole.ButtonText) if on_bar else c.accent

    def _colours(self, c: theme.Colours) -> tuple[QColor | None, QColor | None]:
        """Fill and frame."""
        ink, pressed = self.palette().color(QPalette.ColorRole.ButtonText), self.isDown()
        if not self.isEnabled():
            return None, (c.border if self._kind is not Kind.QUIET else None)
        if self._filled:
            return (c.accent.darker(120) if pressed else c.accent), None
        hovered = self.underMouse()
        if self._kind is Kind.PRIMARY:
            return (c.accent_fill if pressed else None), (c.edge if ink == c.text and not hovered else ink)
        if self._kind is Kind.PLAIN:
            return (c.accent_fill if pressed else c.panel), (c.accent if hovered else c.edge)
        if self._kind is Kind.TAB and self.isChecked():
            return c.accent_fill, c.accent
        return (c.accent_fill if pressed else None), (ink if hovered else None)
