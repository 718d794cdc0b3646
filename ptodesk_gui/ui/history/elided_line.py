"""Words on one line that never ask for more room than there is."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.plain_label import plain_tip

_LEAST = 12  # letters


class ElidedLine(QLabel):
    """Words on one line, elided where they do not fit; the tool tip then has all of them."""

    def __init__(self, scale: float = theme.TEXT, *, quiet: bool = False, lead: bool = False) -> None:
        """``lead``: in bold, and with all the room that it needs before the others of its kind."""
        super().__init__()
        self._quiet = quiet
        self.setFont(theme.font(scale, bold=lead))
        self.setTextFormat(Qt.TextFormat.PlainText)
        across = QSizePolicy.Policy.Preferred if lead else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Some letters."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _LEAST, metrics.height())

    @property
    def shown(self) -> str:
        """The words as painted."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def say(self, text: str) -> None:
        """Say other words."""
        self.setText(shown(text))
        self._tell_all()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is elided changes."""
        super().resizeEvent(event)
        self._tell_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words."""
        painter = QPainter(self)
        c = theme.colours(self.palette())
        painter.setPen(c.muted if self._quiet else c.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.shown)
        painter.end()

    def _tell_all(self) -> None:
        self.setToolTip("" if self.shown == self.text() else plain_tip(self.text()))
