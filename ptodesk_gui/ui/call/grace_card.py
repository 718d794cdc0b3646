"""The grace period: in large words, and as a picture under them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.timeline import Timeline
from ptodesk_gui.ui.widgets import numbers
from ptodesk_gui.ui.widgets.card import Card

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from ptodesk_gui.sop.view import GraceView

_NARROW: Final = 72  # letters of width below which the sentence has two lines


class GraceCard(Card):
    """Paints a ``GraceView``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: GraceView | None = None
        self.timeline = Timeline()
        self._headline = _Words((theme.SAY, theme.TITLE, theme.LEAD, theme.TEXT), bold=True)
        self._sentence = _Words((theme.FIELD, theme.TEXT, theme.SMALL, theme.TINY), may_wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(0)
        for widget in (self._headline, self._sentence, self.timeline):
            column.addWidget(widget)

    @property
    def words(self) -> tuple[str, str]:
        """The headline and the sentence, as shown."""
        return self._headline.text(), self._sentence.text()

    def set_view(self, view: "GraceView") -> None:
        """Paint another day or period."""
        from ptodesk_gui.sop.grace import GraceStatus  # not before the first paint

        if view == self._view:
            return
        self._view = view
        self.timeline.set_view(view)
        self._headline.say(view.headline)
        self._sentence.say(view.sentence)
        past = view.status == GraceStatus.PAST
        self._headline.setForegroundRole(QPalette.ColorRole.BrightText if past else QPalette.ColorRole.WindowText)


class _Words(QLabel):
    """Words in a room of fixed height: a smaller font where they are too long, never a line more or less."""

    def __init__(self, scales: tuple[float, ...], *, bold: bool = False, may_wrap: bool = False) -> None:
        super().__init__()
        self._scales = scales
        self._bold = bold
        self._fonts = self._made_fonts()
        self._may_wrap = may_wrap
        self.setFont(self._fonts[0])
        self.setProperty("textFormat", numbers.PLAIN_TEXT)
        self.setProperty("alignment", numbers.TOP_LEADING)
        self.setWordWrap(may_wrap)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _made_fonts(self) -> "list[QFont]":
        return [theme.font(scale, bold=self._bold) for scale in self._scales]

    def text_resized(self) -> None:
        """The fonts to choose from in their new sizes."""
        self._fonts = self._made_fonts()
        self.setFont(self._fonts[0])
        self.updateGeometry()
        self._fit()

    @property
    def _narrow(self) -> int:
        return QFontMetrics(self._fonts[0]).averageCharWidth() * _NARROW

    def say(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self._fit()

    def sizeHint(self) -> QSize:
        """One line; two where the window is narrow and the words may wrap."""
        two = self._may_wrap and 0 < self.width() < self._narrow
        return QSize(0, QFontMetrics(self._fonts[0]).lineSpacing() * (2 if two else 1))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The height does not follow the text."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        if (event.size().width() < self._narrow) != (event.oldSize().width() < self._narrow):
            self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        """The largest font that shows all of it."""
        if not self.text():
            return
        for font in self._fonts:
            needed = QFontMetrics(font).boundingRect(self.rect(), numbers.WORD_WRAP, self.text())
            if needed.width() <= self.width() and needed.height() <= self.height():
                break
        if font != self.font():
            self.setFont(font)
