"""One saying: its heading and rule, the words, and what to tell besides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import Saying
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel


class SayingBox(QWidget):
    """Paints a ``Saying``."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        title = QLabel(heading)
        title.setFont(theme.font(1.0, bold=True))
        title.setForegroundRole(title.palette().ColorRole.Link)
        self._rule = muted("", 0.9)
        self._words = RenderingLabel(theme.say_font())
        self._besides = QLabel()
        self._besides.setFont(theme.font(1.2))
        self._besides.setWordWrap(True)
        self._besides.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._rule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addWidget(self._besides)

    def set_saying(self, saying: Saying | None) -> None:
        self.setVisible(saying is not None)
        if saying is None:
            return
        self._rule.setText(saying.rule)
        self._words.set_rendering(saying.words)
        self._besides.setText(saying.besides)
        self._besides.setVisible(bool(saying.besides))
