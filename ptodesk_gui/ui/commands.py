"""The window's actions, and the buttons that ask for them. The actions are made in the turn after the first paint."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.drawings import BY_ACTION

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ptodesk_gui.ui.actions import Habit, Spec
    from ptodesk_gui.ui.main_window import MainWindow
    from ptodesk_gui.ui.palette_rows import Row


class Commands:
    """Makes the actions of the table when they are needed first, and lets those work that belong to the page shown."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._page = ""
        self._buttons: list[tuple[Button, str]] = []
        self._made: dict[str, QAction] = {}
        self._why_not: dict[str, Callable[[], str]] = {}
        self.listed: tuple[Spec | Habit, ...] = ()  # what the palette lists, besides the pages' own

    def make(self) -> None:
        """Make the actions, so that their keys work. Does nothing the second time."""
        if self._made:
            return
        from ptodesk_gui.ui import actions, wiring

        self._made = actions.build_actions(self._window)
        self.listed = actions.LISTED
        wiring.connect(self._window, self._made)
        for button, id_ in self._buttons:
            _attach(button, self._made[id_])
        self.show_page(self._page)

    def action(self, id_: str) -> "QAction":
        """An action of the table. Raises KeyError for an unknown id."""
        self.make()
        return self._made[id_]

    def add(self, specs: "tuple[Spec, ...]") -> None:
        """Add further actions; they are listed as well."""
        from ptodesk_gui.ui import actions

        self.make()
        self._made |= actions.build_actions(self._window, specs)
        self.listed += specs
        self.show_page(self._page)

    def give(self, button: Button, id_: str) -> None:
        """Let a button ask for an action, made by then or not."""
        button.clicked.connect(lambda: self.action(id_).trigger())
        button.set_drawing(BY_ACTION.get(id_))
        self._buttons.append((button, id_))
        if self._made:
            _attach(button, self._made[id_])

    def show_page(self, name: str) -> None:
        """Let the actions of this page work, and those that work anywhere."""
        self._page = name
        for action in self._made.values():
            page = action.data()
            action.setEnabled(not page or page == name)

    def set_why_not(self, id_: str, why_not: Callable[[], str]) -> None:
        """Have the palette ask why an action cannot do anything now; empty when it can."""
        self._why_not[id_] = why_not

    def rows(self, pages: "Mapping[str, QWidget]") -> "list[Row]":
        """What can be done and by which key: here first, then what the other pages have."""
        from ptodesk_gui.ui.palette_rows import Row

        rows = [
            Row(each.text, each.key, each.group, self._why(each.id), self._made[each.id].trigger)
            if hasattr(each, "id")
            else Row(each.text, each.key, each.group)
            for each in self.listed
        ]
        rows += [row for name, page in pages.items() for row in _rows_of(name, page)]
        return sorted(rows, key=lambda row: bool(row.why_not))

    def _why(self, id_: str) -> str:
        """Why an action cannot be asked for now; empty when it can."""
        from ptodesk_gui.ui import actions

        action = self._made[id_]
        page = action.data()
        if page and page != self._page:
            return actions.ELSEWHERE.format(page=actions.PAGE_WORDS.get(page, page))
        if not action.isEnabled():
            return actions.NOT_NOW
        return self._why_not[id_]() if id_ in self._why_not else ""


def _rows_of(name: str, page: "QWidget") -> "Iterator[Row]":
    """The actions that a page has by itself, and the parts of it."""
    from PySide6.QtGui import QAction, QKeySequence
    from PySide6.QtWidgets import QWidget

    from ptodesk_gui.ui import actions
    from ptodesk_gui.ui.palette_rows import Row

    place = actions.PAGE_WORDS.get(name, name)
    for action in page.findChildren(QAction):
        owner, key = action.parent(), action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        if not key or not action.text() or not isinstance(owner, QWidget):
            continue
        why_not = "" if action.isEnabled() and owner.isEnabled() else actions.NOT_NOW
        if not owner.isVisible():
            why_not = actions.ELSEWHERE.format(page=place) if not page.isVisible() else actions.NOT_NOW
        yield Row(action.text(), key.replace("Return", "Enter"), place.capitalize(), why_not, action.trigger)


def _attach(button: Button, action: "QAction") -> None:
    """Have a button follow its action."""
    if not button.accessibleName():
        button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
