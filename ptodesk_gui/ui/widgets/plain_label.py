"""Labels that never read markup and set names in other scripts apart; what is copied from them is the text as it is."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel

from ptodesk_gui.ui.widgets import numbers
from ptodesk_gui.ui.widgets.bidi import plain, shown

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent

COPY = "Copy"
MEASURE: Final = 85  # average letters of the font in a line: about 90 of a sentence, as far as the eye finds back
_FIRST_TO_GROW: Final = 1000  # share of the room that is left


class PlainLabel(QLabel):
    """A label of plain text."""

    _measured = 0  # average letters in a line at most; 0: as many as there is room for

    def __init__(self, text: str = "") -> None:
        super().__init__(shown(text))
        self.setProperty("textFormat", numbers.PLAIN_TEXT)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(shown(text))

    def text_resized(self) -> None:
        """A line that is held to its measure keeps to it in another size of text."""
        if self._measured:
            self._hold()

    def in_measure(self, letters: int = MEASURE) -> QHBoxLayout:
        """A line with this label in it, no wider than so many average letters."""
        self._measured = letters
        self._hold()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self, _FIRST_TO_GROW)
        row.addStretch(1)
        return row

    def _hold(self) -> None:
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * self._measured)


class SelectableLabel(PlainLabel):
    """A text that can be selected by mouse and copied, without the marks that only order it on the screen."""

    def __init__(self, text: str = "") -> None:
        from PySide6.QtCore import Qt

        super().__init__(text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """What was selected can be pasted with the middle button, where the system has that."""
        from PySide6.QtGui import QClipboard

        super().mouseReleaseEvent(event)
        clipboard = QApplication.clipboard()
        if self.hasSelectedText() and clipboard.supportsSelection():
            clipboard.setText(plain(self.selectedText()), QClipboard.Mode.Selection)

    def copy_selected(self) -> None:
        """Put what is selected on the clipboard."""
        QApplication.clipboard().setText(plain(self.selectedText()))

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        """Copy what is selected."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        copy = menu.addAction(COPY)
        copy.setEnabled(self.hasSelectedText())
        copy.triggered.connect(self.copy_selected)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def plain_tip(text: str) -> str:
    """The text for a tool tip, shown as it is: Qt takes one that looks like HTML for HTML, and titles may look like anything."""
    if "<" not in text:  # nothing else makes it look so
        return text
    from html import escape  # not before the first paint

    return f"<span>{escape(text)}</span>".replace("\n", "<br>")
