"""What stands at the top of every page beside the call: the way back, the title, and what the page offers as a whole."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import drawings
from ptodesk_gui.ui.widgets.drawn_button import DrawnButton
from ptodesk_gui.ui.widgets.keyed import with_key

BACK_KEY = "Esc"


def give_page_key(page: QWidget, name: str, keys: str | tuple[str, ...], then: Callable[[], object]) -> None:
    """Let keys do something while the keyboard is on the page or in anything of it; the palette lists it."""
    action = QAction(name, page)
    action.setShortcuts([QKeySequence(key) for key in ((keys,) if isinstance(keys, str) else keys)])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda: then())
    page.addAction(action)


def back_button(page: QWidget, name: str, back: Callable[[], object]) -> QPushButton:
    """The button that leaves the page, and its key."""
    return _keyed(page, DrawnButton(with_key(name, BACK_KEY), drawings.BACK), name, BACK_KEY, back)


def page_button(page: QWidget, name: str, key: str, then: Callable[[], object]) -> QPushButton:
    """A button that does something with the page as a whole, and its key."""
    return _keyed(page, QPushButton(with_key(name, key)), name, key, then)


def page_head(title: str, back: QAbstractButton, *after: QAbstractButton) -> QHBoxLayout:
    """The row: the way back, the title, the buttons after it."""
    heading = QLabel(title)
    heading.setFont(theme.font(theme.TITLE, bold=True))
    row = QHBoxLayout()
    row.addWidget(back)
    row.addWidget(heading, 1)
    for button in after:
        row.addWidget(button)
    return row


def _keyed(page: QWidget, button: QPushButton, name: str, key: str, then: Callable[[], object]) -> QPushButton:
    button.setAccessibleName(name)
    button.clicked.connect(lambda: then())
    give_page_key(page, name, key, button.click)
    return button
