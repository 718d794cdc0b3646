"""What went wrong, in a form that can be handed on: a text to read and to copy. Never modal: whoever types goes on typing."""

from typing import Final

from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui.widgets.text_dialog import TextDialog

TITLE: Final = "What went wrong"
NOTHING: Final = "Nothing unexpected has happened since the start."
HAPPENED: Final = (
    "Send this report to IT. It says where the program was, and nothing of what was typed or of any homeowner."
)
COPY: Final = "&Copy report"
COPIED: Final = "The report is copied."
NAME: Final = "Report"
_WIDTH, _HEIGHT = 760, 420


class ReportDialog(TextDialog):
    """Shows a report; Enter copies it, Esc closes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, NAME, COPY, COPIED, parent)
        self.resize(_WIDTH, _HEIGHT)

    def set_report(self, text: str, *, happened: bool) -> None:
        """Show this report. ``happened``: whether there is an error in it, or only what runs."""
        self.say(HAPPENED if happened else NOTHING)
        if text != self.text:
            self._text.setPlainText(text)
            self._done.clear()
