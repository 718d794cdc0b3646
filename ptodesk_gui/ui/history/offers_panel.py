"""What was found in a ticket or in a pasted text: taken one by one or all at once, never written over what was typed."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QWidget

from ptodesk_gui.ui.history.panel import Panel, wrapped_list
from ptodesk_gui.ui.history.view import OfferRow, OffersView
from ptodesk_gui.ui.widgets.bidi import shown
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.page_head import give_page_key
from ptodesk_gui.ui.widgets.plain_label import PlainLabel

HOW: Final = (
    "Enter takes the value. Ctrl+Enter takes all for which nothing is typed; none of them writes over your own words."
)
ALL: Final = "Take all that is still empty"
ALL_KEYS: Final = ("Ctrl+Return", "Ctrl+Enter")
INSTEAD: Final = "instead of"


class OffersPanel(Panel):
    """Paints an ``OffersView``."""

    taken = Signal(int)  # the number of a row
    all_taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", HOW, parent)
        self._view = OffersView("", ())
        self._notes = PlainLabel()
        self._notes.setWordWrap(True)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self.list = wrapped_list("Values to take over")
        self.list.itemActivated.connect(lambda item: self.taken.emit(self.list.row(item)))
        self.list.installEventFilter(self)
        give_page_key(self, ALL, ALL_KEYS, self.all_taken.emit)
        self._all = QPushButton(with_key(ALL, ALL_KEYS[0]))
        self._all.setAccessibleName(ALL)
        self._all.clicked.connect(self.all_taken)
        self.column.addWidget(self._notes)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._all)

    def open(self) -> None:
        """The panel was shown: the keyboard goes to the values."""
        self.enter(self.list)

    def set_offers(self, view: OffersView) -> None:
        """Paint these values; the place in the list stays."""
        if view == self._view:
            return
        at = max(self.list.currentRow(), 0)
        self._view = view
        self.title.setText(view.title)
        self._notes.setText("\n".join(view.notes))
        self._notes.setVisible(bool(view.notes))
        self.list.clear()
        for row in view.rows:
            self.list.addItem(QListWidgetItem(shown(row_text(row))))
        self.list.setCurrentRow(min(at, len(view.rows) - 1))
        self._all.setEnabled(any(not row.instead_of for row in view.rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space takes a value as well."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            if self.list.currentRow() >= 0:
                self.taken.emit(self.list.currentRow())
            return True
        return super().eventFilter(watched, event)


def row_text(row: OfferRow) -> str:
    """A value in two lines: what it is for, and where it is from."""
    value = " ".join(row.value.split())
    instead = f"   ({INSTEAD} {row.instead_of})" if row.instead_of else ""
    return f"{row.name[0].upper()}{row.name[1:]}: {value}{instead}\n{row.why}"
