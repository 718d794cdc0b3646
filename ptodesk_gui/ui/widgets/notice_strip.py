"""The strip at the bottom: what the program has to say, without ever getting in the way of a call."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ptodesk_gui.sop.form import Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted, words
from ptodesk_gui.ui.widgets.signs import SignLabel
from ptodesk_gui.ui.widgets.spoken import announce

DISMISS: Final = "Dismiss"
_LINES: Final = 1.9  # height of the strip in lines of text: as high with a notice as without


class NoticeStrip(QWidget):
    """One sentence at a time; when there is none, the keys that help most."""

    def __init__(self, idle: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight: Weight | None = None
        self._notice: _Notice | None = None
        self._narrow = False
        self._corners: list[QWidget] = []
        self._left_out: list[QWidget] = []
        self._idle = muted(idle)
        self._idle.setWordWrap(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 2, 8, 2)
        self._row.addWidget(self._idle, 1)
        self.text_resized()

    def text_resized(self) -> None:
        """As high with a notice as without."""
        self.setMinimumHeight(round(self.fontMetrics().height() * _LINES))

    def add_corner(self, widget: QWidget) -> None:
        """Put something at the end of the strip that is always seen."""
        self._row.addWidget(widget)
        self._corners.append(widget)

    def set_narrow(self, narrow: bool) -> None:
        """Leave only what there is to say, where the window is narrow; or show again what was left out."""
        self._narrow = narrow
        if narrow:
            self._left_out = [corner for corner in self._corners if not corner.isHidden()]
        for corner in self._left_out:
            corner.setVisible(not narrow)
        self._idle.setVisible(not narrow and not self.text)

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._notice.text.text() if self._notice is not None else ""

    def set_idle(self, text: str) -> None:
        """What stands there while there is nothing to say."""
        self._idle.setText(text)

    def say(self, text: str, weight: Weight = Weight.HINT) -> None:
        """Say a sentence until the next one, and have screen readers speak it."""
        self._idle.setVisible(not text and not self._narrow)  # first: beside it a notice would wrap, and move the page
        if self._notice is None:
            self._notice = _Notice()
            self._notice.dismiss.clicked.connect(self.clear)
            self._row.insertWidget(0, self._notice, 1)
        self._weight = weight if text else None
        self._notice.show_notice(text, weight)
        self.update()
        if text:
            announce(self, text, urgent=weight is not Weight.HINT)

    def clear(self) -> None:
        """Say nothing more."""
        if self._notice is not None:
            self.say("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A fill by weight; the sign and the words say the same."""
        c = theme.colours(self.palette())
        painter = painting.begin(self)
        painting.fill_box(painter, QRectF(self.rect()), self._fill(c))
        painting.fill_box(painter, QRectF(0, 0, self.width(), 1), c.border)
        painter.end()

    def _fill(self, c: theme.Colours) -> QColor:
        fills = {Weight.ERROR: c.error_fill, Weight.WARNING: c.warning_fill, Weight.HINT: c.accent_fill}
        return fills[self._weight] if self._weight else c.panel


class _Notice(QWidget):
    """A sign, a sentence and a button; made with the first notice, after the first paint."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = SignLabel()
        self.text: QLabel = words("")
        self.text.setWordWrap(True)
        self.dismiss = Button(DISMISS, Kind.QUIET)
        self.dismiss.setAccessibleName("Dismiss the notice")
        self.dismiss.setProperty("focusPolicy", numbers.TAB_FOCUS)
        from ptodesk_gui.ui.widgets.keyed import give_key  # here: not before the first paint

        give_key(self.dismiss, "Ctrl+Shift+X")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.dismiss)

    def show_notice(self, text: str, weight: Weight) -> None:
        """Show it, or nothing."""
        from ptodesk_gui.ui.widgets.word_label import SIGNS

        self._sign.set_sign(SIGNS[weight])
        self.text.setText(text)
        self.setVisible(bool(text))
