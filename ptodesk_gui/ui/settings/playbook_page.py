"""Which playbook is in use, where it is from, and what is wrong with the one that was to be used."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.page_column import page_column
from ptodesk_gui.ui.widgets.page_head import back_button, page_button, page_head

TITLE = "Playbook"
BACK = "Back to the call"
FAULTS = "&Faults: give these to your team lead"
AGAIN = "Read it again"
AGAIN_KEY = "F5"
_STYLE = "QListWidget::item { padding: 4px 8px; }"


@dataclass(frozen=True, slots=True)
class PlaybookView:
    """The playbook in use in sentences, and the faults of the one that is not used."""

    sentences: tuple[str, ...]
    faults: tuple[str, ...] = ()


class PlaybookPage(QWidget):
    """Paints a ``PlaybookView``."""

    again_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_STYLE)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setFont(theme.font(theme.FIELD))
        self.list = QListWidget()
        self.list.setAccessibleName("Faults of the playbook")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._label = QLabel(FAULTS)
        self._label.setBuddy(self.list)
        self._back = back_button(self, BACK, self.back_requested.emit)
        self._again = page_button(self, AGAIN, AGAIN_KEY, self.again_requested.emit)
        column = page_column(self)
        column.setSpacing(8)
        column.addLayout(page_head(TITLE, self._back, self._again))
        column.addWidget(self._words)
        column.addWidget(self._label)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def set_view(self, view: PlaybookView) -> None:
        """Paint which playbook is in use."""
        self._words.setText("\n".join(view.sentences))
        self.list.clear()
        self.list.addItems(list(view.faults))
        for widget in (self._label, self.list):
            widget.setVisible(bool(view.faults))

    def showEvent(self, event: QShowEvent) -> None:
        """The faults have the keyboard where there are any."""
        super().showEvent(event)
        (self.list if self.list.count() else self._back).setFocus(Qt.FocusReason.OtherFocusReason)
