"""What the check of this computer found, in one text to copy. Never modal: the call goes on beside it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.text_dialog import TextDialog

TITLE: Final = "Check of this computer"
RUNNING: Final = "Being checked; the site may take some seconds to answer ..."
WELL: Final = (
    "All is well. The text can be sent to support as it is: no token, no email and nothing of any homeowner is in it."
)
WRONG: Final = "{count} to be mended: the lines that begin with WRONG say how. The text can be sent to support as it is: no token, no email and nothing of any homeowner is in it."
COPY: Final = "&Copy all"
COPIED: Final = "Copied."
AGAIN: Final = "Check &again"
NAME: Final = "What was found"
_WIDTH, _HEIGHT = 860, 560


class CheckDialog(TextDialog):
    """Shows lines as they come. Enter copies them when the check is over, Esc closes."""

    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, NAME, COPY, COPIED, parent)
        self.resize(_WIDTH, _HEIGHT)
        self._again = QPushButton(AGAIN)
        self._again.setAutoDefault(False)
        give_key(self._again, "F5")
        self._again.clicked.connect(self.again_requested)
        self.buttons.insertWidget(0, self._again)
        self.setTabOrder(self._text, self._again)

    def begin(self) -> None:
        """A check has begun."""
        self._text.clear()
        self._done.clear()
        self.say(RUNNING)
        for button in (self._copy, self._again):
            button.setEnabled(False)

    def add_line(self, line: str) -> None:
        """One more line is known."""
        self._text.appendPlainText(line)

    def end(self, wrong: int) -> None:
        """All is known; ``wrong`` lines are to be mended."""
        self.say(WRONG.format(count="1 thing is" if wrong == 1 else f"{wrong} things are") if wrong else WELL)
        for button in (self._copy, self._again):
            button.setEnabled(True)
        self._copy.setFocus()
