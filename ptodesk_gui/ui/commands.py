"""The window's actions, and the buttons that ask for them. The actions are made in the turn after the first paint."""

from typing import TYPE_CHECKING

from ptodesk_gui.ui.widgets.button import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ptodesk_gui.ui.actions import Habit, Spec
    from ptodesk_gui.ui.main_window import MainWindow


class Commands:
    """Makes the actions of the table when they are needed first, and lets those work that belong to the page shown."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._page = ""
        self._buttons: list[tuple[Button, str]] = []
        self._made: dict[str, QAction] = {}
        self.listed: tuple[Spec | Habit, ...] = ()  # what F1 shows

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
        self._buttons.append((button, id_))
        if self._made:
            _attach(button, self._made[id_])

    def show_page(self, name: str) -> None:
        """Let the actions of this page work, and those that work anywhere."""
        self._page = name
        for action in self._made.values():
            page = action.data()
            action.setEnabled(not page or page == name)


def _attach(button: Button, action: "QAction") -> None:
    """Have a button follow its action."""
    if not button.accessibleName():
        button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
