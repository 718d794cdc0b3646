"""The grace period: in large words, and as a picture beside them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

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
        self._headline = _Words(1.75, bold=True, lines=1)
        self._sentence = _Words(1.08, bold=False, lines=3)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._headline)
        words.addWidget(self._sentence, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 12, 7)
        row.setSpacing(14)
        row.addLayout(words, 42)
        row.addWidget(self.timeline, 58, Qt.AlignmentFlag.AlignVCenter)

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
    """Wrapped words in a fixed number of lines, so that the picture below never moves."""

    def __init__(self, scale: float, *, bold: bool, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setFont(theme.font(scale, bold=bold))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """So many lines, any width."""
        return QSize(0, self.fontMetrics().lineSpacing() * self._lines)

    def minimumSizeHint(self) -> QSize:
        """So many lines, any width."""
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The height does not follow the text."""
        return False
