"""The window: a slim bar, one page at a time, a strip for notices. It paints and asks; nothing is decided here."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui import actions, theme
from ptodesk_gui.ui.call.page import CallPage
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER
from ptodesk_gui.ui.top_bar import PRACTICE, TopBar
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.notice_strip import NoticeStrip

if TYPE_CHECKING:
    from ptodesk_gui.ui.widgets.key_help import KeyHelp

TITLE: Final = "PTO desk"
IDLE: Final = "Ctrl+N: new call    F1: all keys"
IDLE_IN_CALL: Final = (
    "Enter: next field    Alt+0: what to ask next    F2, F3: copy a reply    F9: end call    F1: all keys"
)
OUTBOX_EMPTY: Final = "Outbox: empty"
SIZE: Final = QSize(1280, 800)
SMALLEST: Final = QSize(960, 600)


class MainWindow(QMainWindow):
    """The call page is there from the start as page "call"; others are added when they are first needed."""

    new_call_requested = Signal()
    outbox_requested = Signal()
    settings_requested = Signal()
    page_shown = Signal(str)
    closing = Signal(QCloseEvent)  # a slot may ignore the event to keep the window open

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{TITLE} - {PRACTICE}" if practice else TITLE)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)
        self._actions = actions.build_actions(self)
        self._listed: tuple[actions.Spec | actions.Habit, ...] = actions.LISTED
        self._bar = TopBar(practice)
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._whole = QWidget()
        self._strip = NoticeStrip(IDLE)
        self._help: KeyHelp | None = None
        self._due = 0
        self._outbox_words = OUTBOX_EMPTY
        self.call_page = CallPage()
        self._lay_out()
        self._connect()
        self.add_page(actions.CALL, self.call_page)
        self.show_page(actions.CALL)
        self.call_page.focus_field(Field.FIRST_NAME)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, widget in self._pages.items() if widget is self._stack.currentWidget())

    def action(self, id_: str) -> QAction:
        """An action of the table. Raises KeyError for an unknown id."""
        return self._actions[id_]

    def add_actions(self, specs: tuple[actions.Spec, ...]) -> None:
        """Add further actions; F1 lists them as well."""
        self._actions |= actions.build_actions(self, specs)
        self._listed += specs

    def add_page(self, name: str, widget: QWidget) -> None:
        """Add a page, or put another widget in its place."""
        old = self._pages.get(name)
        if widget is not self.call_page:
            theme.dress(widget)
        self._pages[name] = widget
        self._stack.addWidget(widget)
        if old is not None and old is not widget:
            self._stack.removeWidget(old)
            old.deleteLater()

    def has_page(self, name: str) -> bool:
        """Whether the page was added."""
        return name in self._pages

    def show_page(self, name: str) -> None:
        """Show a page. Raises KeyError when it was not added."""
        self._stack.setCurrentWidget(self._pages[name])
        for spec in actions.ACTIONS:
            if spec.page != actions.ANYWHERE:
                self._actions[spec.id].setEnabled(spec.page == name)
        self._strip.set_idle(IDLE_IN_CALL if name == actions.CALL else IDLE)
        if self._help is not None:
            self._help.hide()
        self.page_shown.emit(name)

    def add_to_bar(self, id_: str, text: str) -> None:
        """Give an action a button in the bar, before the outbox. Raises KeyError for an unknown id."""
        self._bar.add_button(self._actions[id_], text, before=self._outbox)

    def add_to_strip(self, id_: str) -> Button:
        """Give an action a button at the end of the strip at the bottom. Raises KeyError for an unknown id."""
        action = self._actions[id_]
        button = Button("", Kind.QUIET)
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        self._strip.add_corner(button)
        return button

    def set_call_seconds(self, seconds: int | None) -> None:
        """The time the call has taken; None while there is no call."""
        self._bar.set_call_seconds(seconds)

    def set_wrap_up_seconds(self, seconds: int | None) -> None:
        """The time since the call ended; None hides it."""
        self._bar.set_wrap_up_seconds(seconds)

    def set_homeowner(self, name: str) -> None:
        """Who is on the line."""
        self._bar.set_homeowner(name)

    def set_site(self, site: str) -> None:
        """Where tickets go."""
        self._bar.set_site(site)

    def set_outbox(self, waiting: int, needs_person: int = 0) -> None:
        """How many plans wait, and how many of them for a person."""
        text = f"Outbox: {waiting} waiting" if waiting else OUTBOX_EMPTY
        self._outbox_words = f"Outbox: {needs_person} need you" if needs_person else text
        self._show_outbox()

    def set_follow_ups(self, due: int) -> None:
        """How many follow-ups wait for a person."""
        self._due = due
        self._show_outbox()

    def say_in_strip(self, text: str, weight: Weight = Weight.HINT) -> None:
        """Say a sentence at the bottom; it stays until the next one or until it is dismissed."""
        self._strip.say(text, weight)

    def clear_strip(self) -> None:
        """Say nothing more at the bottom."""
        self._strip.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever listens."""
        self.closing.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the keys in the middle."""
        super().resizeEvent(event)
        if self._help is not None and self._help.isVisible():
            self._help.show_over(self._stack.geometry())

    def _show_outbox(self) -> None:
        words = self._outbox_words
        if self._due:
            words = f"{words}, {self._due} due" if words != OUTBOX_EMPTY else f"Outbox: {self._due} due"
        self._outbox.setText(words)
        self._outbox.setAccessibleName(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self._bar, 0), (self._stack, 1), (self._strip, 0)):
            column.addWidget(widget, stretch)
        self.setCentralWidget(self._whole)
        self._end = self._bar.add_button(self._actions["call.end"], "End call  F9", primary=True, after="clock")
        self._outbox = self._bar.add_button(self._actions["outbox"], "")
        self._bar.add_button(self._actions["settings"], "Settings")
        self._bar.add_button(self._actions["help"], "Keys  F1")
        self.set_outbox(0)

    def _connect(self) -> None:
        page, table = self.call_page, self._actions
        for item, id_ in actions.ITEM_IDS.items():
            table[id_].triggered.connect(lambda _=False, item=item: page.focus_item(item))
        for field, id_ in actions.TICK_IDS.items():
            table[id_].triggered.connect(lambda _=False, field=field: page.toggle(field))
        for who in (HOMEOWNER, INSTALLER):
            table[f"copy.{who}"].triggered.connect(lambda _=False, who=who: page.copy_requested.emit(who))
            table[f"reply.{who}"].triggered.connect(lambda _=False, who=who: page.replies.go_to(who))
        table["item.next"].triggered.connect(page.focus_next_item)
        table["reply.next"].triggered.connect(lambda: page.replies.step(1))
        table["reply.previous"].triggered.connect(lambda: page.replies.step(-1))
        table["call.end"].triggered.connect(page.end_call_requested)
        table["call.new"].triggered.connect(self.new_call_requested)
        table["outbox"].triggered.connect(self.outbox_requested)
        table["settings"].triggered.connect(self.settings_requested)
        table["help"].triggered.connect(self._toggle_help)
        table["quit"].triggered.connect(self.close)
        page.passed_the_end.connect(lambda: self._end.setFocus(Qt.FocusReason.TabFocusReason))

    def _toggle_help(self) -> None:
        if self._help is None:
            from ptodesk_gui.ui.widgets.key_help import KeyHelp

            self._help = KeyHelp(_key_groups(self._listed), 3, self._whole)
        if self._help.isVisible():
            self._help.hide()
        else:
            self._help.show_over(self._stack.geometry())


def _key_groups(all_: tuple[actions.Spec | actions.Habit, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for listed in all_:
        groups.setdefault(listed.group, []).append((listed.key, listed.text))
    return list(groups.items())
