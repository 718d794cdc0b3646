"""A key for a button: it works while the button is seen, stands in its tool tip, and is found in the palette."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton


def give_key(button: QAbstractButton, key: str) -> None:
    """Let a key press the button, wherever in the window the keyboard is. Made after the first paint.

    Buttons that are never seen together may share a key: one that is hidden or cannot be pressed leaves it to the others.
    """
    name = button.accessibleName() or button.text().replace("&", "")
    action = QAction(name, button)
    action.setShortcut(QKeySequence(key))
    action.setAutoRepeat(False)
    action.triggered.connect(button.click)
    button.addAction(action)
    button.setToolTip(f"{name} ({key})")
