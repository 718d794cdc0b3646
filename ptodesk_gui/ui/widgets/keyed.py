"""A key for a button: it works while the button is seen, stands on it behind its words, and is found in the palette."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton

_AS_WE_CALL_THEM = (("Return", "Enter"), ("Escape", "Esc"), ("Delete", "Del"))


def with_key(words: str, key: str) -> str:
    """What stands on a control: its words, and the key that does the same."""
    for theirs, ours in _AS_WE_CALL_THEM:
        key = key.replace(theirs, ours)
    return f"{words}  {key}"


def give_key(button: QAbstractButton, key: str) -> None:
    """Let a key press the button, wherever in the window the keyboard is, and show it on the button. Made after the first paint.

    Buttons that are never seen together may share a key: one that is hidden or cannot be pressed leaves it to the others.
    """
    words = button.text()
    name = button.accessibleName() or words.replace("&", "")
    action = QAction(name, button)
    action.setShortcut(QKeySequence(key))
    action.setAutoRepeat(False)
    action.triggered.connect(button.click)
    button.addAction(action)
    button.setAccessibleName(name)
    button.setText(with_key(words, key))
    button.setToolTip(with_key(name, key))


def say_on(button: QAbstractButton, words: str) -> None:
    """Put other words on a button that was given a key; they are its name as well."""
    key = button.actions()[0].shortcut().toString(QKeySequence.SequenceFormat.PortableText)
    button.setAccessibleName(words.replace("&", ""))
    button.setText(with_key(words, key))
