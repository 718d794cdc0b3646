"""Works the real window by key presses, as an agent does: for the tour, and for tests of whole calls."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.app import App
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import Item

LOOK_MS = 10
PATIENCE = 60.0  # seconds, on a busy machine

_ITEM_OF: Mapping[str, Item] = {
    "homeowner": Item.CALLER,
    "address": Item.ADDRESS,
    "installer": Item.INSTALLER,
    "job": Item.JOB,
    "inspection": Item.INSPECTION,
    "notes": Item.CONTACT,
    "concern": Item.CONCERN,
    "installer_concern": Item.CONCERN,
}
_MOST_FIELDS = 12  # no item of the checklist has more


class LostError(Exception):
    """What was waited for did not come, or a key did not lead where it should. The text is a sentence."""


class Keyboard:
    """The agent's hands. Everything is a key press to whatever has the keyboard."""

    def __init__(self, app: App) -> None:
        self.app = app

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self._focused(), key, modifier)

    def chord(self, keys: str) -> None:
        """Press a key the way a table of keys names it: "F9", "Alt+1", "Ctrl+Return"."""
        QTest.keySequence(self._focused(), QKeySequence(keys))

    def write(self, text: str) -> None:
        """Type letters."""
        QTest.keyClicks(self._focused(), text)

    def go_to(self, field: Field) -> None:
        """Go to a field: the key of its item, back to where the item begins, then Enter from field to field."""
        item = _ITEM_OF[field.partition(".")[0]]
        self.chord(f"Alt+{list(Item).index(item) + 1}")
        while self.app.call.focus != field and _item_of(self.app.call.focus) is item:
            before = self.app.call.focus
            self.press(Qt.Key.Key_Backtab)
            if self.app.call.focus == before or _item_of(self.app.call.focus) is None:
                # out of the checklist: back into its first field
                self.press(Qt.Key.Key_Tab)
                break
        for _ in range(_MOST_FIELDS):
            if self.app.call.focus == field:
                return
            self.press(Qt.Key.Key_Return)
        raise LostError(f"The field {field} could not be reached by keyboard.")

    def fill(self, field: Field, text: str) -> None:
        """Replace what stands in a field."""
        self.go_to(field)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text:
            self.write(text)
        else:
            self.press(Qt.Key.Key_Delete)

    def wait(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Let the window live until the condition holds. Raises LostError, naming ``what``, when it does not in time."""
        if condition():
            return
        loop, look, end = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if condition() else None)
        end.setSingleShot(True)
        end.timeout.connect(loop.quit)
        look.start(LOOK_MS)
        end.start(int(seconds * 1000))
        loop.exec()
        look.stop()
        if not condition():
            raise LostError(f"{what} did not come within {seconds:.0f} seconds.")

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self.app.window


def _item_of(path: str) -> Item | None:
    return _ITEM_OF.get(path.partition(".")[0])
