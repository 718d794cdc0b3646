"""Flags where the eye is, over the words to say: what is so, and what follows from it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ptodesk_gui.sop.view import Notice
    from ptodesk_gui.ui.call.notice_row import NoticeRow


class Notices(QWidget):
    """Paints the notices, one under the other. Rows are kept and filled anew."""

    field_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Notice, ...] = ()
        self._rows: list[NoticeRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def set_notices(self, notices: "tuple[Notice, ...]") -> bool:
        """Paint these notices. False when they are painted already."""
        if notices == self._shown:
            return False
        self._shown = notices
        while len(self._rows) < len(notices):
            self.add_row()
        for number, row in enumerate(self._rows):
            row.set_notice(notices[number] if number < len(notices) else None)
        self.setVisible(bool(notices))
        return True

    def add_row(self) -> None:
        """One more place for a notice."""
        from ptodesk_gui.ui.call.notice_row import NoticeRow  # not before the first paint

        row = NoticeRow()
        row.hide()
        row.field_requested.connect(self.field_requested)
        self._rows.append(row)
        self._column.addWidget(row)
