"""The grace period: in large words, and as a picture under them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.view import GraceView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.timeline import Timeline
from ptodesk_gui.ui.widgets.card import Card


class GraceCard(Card):
    """Paints a ``GraceView``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: GraceView | None = None
        self.timeline = Timeline()
        self._headline = _Words(1.7, bold=True)
        self._sentence = _Words(1.08, bold=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 7)
        column.setSpacing(0)
        for widget in (self._headline, self._sentence, self.timeline):
            column.addWidget(widget)

    @property
    def words(self) -> tuple[str, str]:
        """The headline and the sentence, as shown."""
        return self._headline.text(), self._sentence.text()

    def set_view(self, view: GraceView) -> None:
        """Paint another day or period."""
        if view == self._view:
            return
        self._view = view
        self.timeline.set_view(view)
        self._headline.setText(view.headline)
        self._sentence.setText(view.sentence)
        palette = self.palette()
        c = theme.colours(palette)
        colour = c.error if view.status == GraceStatus.PAST else c.text
        palette.setColor(palette.ColorRole.WindowText, colour)
        self._headline.setPalette(palette)


class _Words(QLabel):
    """One line of words whose length moves nothing."""

    def __init__(self, scale: float, *, bold: bool) -> None:
        super().__init__()
        self.setFont(theme.font(scale, bold=bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
