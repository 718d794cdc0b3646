"""Flags where the eye is, over the words to say: what is so, and what follows from it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.view import Notice
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

GO = "Go there"


class Notices(QWidget):
    """Paints the notices, one under the other. Rows are kept and filled anew."""

    field_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Notice, ...] = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def set_notices(self, notices: tuple[Notice, ...]) -> None:
        """Paint these notices."""
        if notices == self._shown:
            return
        self._shown = notices
        while len(self._rows) < len(notices):
            row = _Row()
            row.field_requested.connect(self.field_requested)
            self._rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self._rows):
            row.set_notice(notices[number] if number < len(notices) else None)
        self.setVisible(bool(notices))


class _Row(QWidget):
    field_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._field = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setFont(theme.font(1.08))
        self._rule = muted("", 0.85)
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
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._field = notice.field
        self._text.setText(notice.text)
        self._rule.setText(notice.rule)
        self._go.setVisible(bool(notice.field))
        self._go.setAccessibleName(f"{GO}: {notice.text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(c.warning, 1))
        painter.setBrush(c.warning_fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
