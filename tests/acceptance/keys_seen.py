"""What a person cannot find out by looking: a key that does what a button does and does not stand on it, or one that two things want."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from ptodesk_gui.ui.call.fields import ADD_NOTES
from ptodesk_gui.ui.call.notice_row import GO
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.training.words import NO_MORE
from ptodesk_gui.ui.widgets.keyed import with_key

WITHOUT: Final[Mapping[str, str]] = {
    GO: "There is one for each notice; what it is about has the key of its item, and Tab comes by.",
    ADD_NOTES: "Its key stands beside it, in a line with those of the ticks around it.",
    NO_MORE: "It says why it can no longer be pressed.",
}
_ENDS_WITH_KEY: Final = re.compile(r"  ((Ctrl|Alt|Shift)\+)*(Esc|Enter|Del|F\d+|\S)$")


def unseen_keys(window: QWidget, *, hidden: bool = False) -> list[str]:
    """A line for each button that is seen, or ``hidden`` for now, and does not show its key."""
    asked_for: dict[QPushButton, QAction] = {}
    if isinstance(window, MainWindow):
        asked_for = {button: window.action(id_) for button, id_ in window._commands._buttons}
    found = []
    for button in window.findChildren(QPushButton):
        if not (hidden or button.isVisibleTo(window)) or button.isCheckable() or button.text() in WITHOUT:
            continue  # what is checkable stands among others, with their keys beside them
        actions = [*button.actions(), *([asked_for[button]] if button in asked_for else [])]
        wrong = [key for action in actions for key in _keys(action) if not button.text().endswith(with_key("", key))]
        if wrong or not _ENDS_WITH_KEY.search(button.text()):
            found.append(f"{button.text()!r} does not show {' or '.join(wrong) or 'a key'}")
    return found


def wanted_twice(window: QWidget) -> list[str]:
    """A line for each key that would do two things wherever the keyboard is, which makes it do neither."""
    by_key: dict[str, list[str]] = {}
    for action in window.findChildren(QAction):
        owner = action.parent()
        everywhere = action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
        if everywhere and action.isEnabled() and isinstance(owner, QWidget) and _reacts(owner, window):
            for key in _keys(action):
                by_key.setdefault(key, []).append(action.text())
    return [f"{key}: {' and '.join(names)}" for key, names in by_key.items() if len(names) > 1]


def _reacts(owner: QWidget, window: QWidget) -> bool:
    return owner.isEnabled() and (owner is window or owner.isVisibleTo(window))


def _keys(action: QAction) -> Iterator[str]:
    for key in action.shortcuts():
        yield key.toString(QKeySequence.SequenceFormat.PortableText)
