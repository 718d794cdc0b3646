"""One notice: its sign, its sentence, its rule, and the way to the field it is about."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptodesk_gui.sop.view import Notice
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import painting
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted, words
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

GO: Final = "Go there"


class NoticeRow(QWidget):
    """Paints a ``Notice``."""

    field_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._field = ""
        self._text = words("", theme.FIELD)
        self._text.setWordWrap(True)
        self._rule = muted("")
        self._go = Button(GO, Kind.QUIET)
        self._go.clicked.connect(lambda: self.field_requested.emit(self._field))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(SignLabel(Sign.WARNING), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._rule)
        row.addWidget(self._go)

    def set_notice(self, notice: Notice | None) -> None:
        """Paint another notice; None hides the row."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._field = notice.field
        self._text.setText(notice.text)
        self._rule.setText(notice.rule)
        self._go.setVisible(bool(notice.field))
        self._go.setAccessibleName(f"{GO}: {notice.text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box in the colour of warnings."""
        c = theme.colours(self.palette())
        painter = painting.begin(self)
        box = QRectF(self.rect())
        painting.fill(painter, painting.rounded(box.adjusted(0.5, 0.5, -0.5, -0.5), 6), c.warning_fill)
        painting.fill(painter, painting.ring(box, 6), c.warning)
        painter.end()
